#include "auditmgr/commands.h"

const struct program auditmgr_program = {
	.name = "auditmgr",
	.summary = "puts the right audit rules for this host's Docker into the kernel and on disk, "
		   "and proves it",
	.commands = NULL,
	.command_count = 0,
};
