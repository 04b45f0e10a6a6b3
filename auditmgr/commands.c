#include "auditmgr/commands.h"

static const struct command *const commands[] = {
	&command_discover,
	&command_plan,
	&command_install,
	&command_lint,
};

const struct program auditmgr_program = {
	.name = "auditmgr",
	.summary = "puts the right audit rules for this host's Docker into the kernel and on disk, "
		   "and proves it",
	.commands = commands,
	.command_count = sizeof(commands) / sizeof(commands[0]),
};
