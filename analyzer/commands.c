#include "analyzer/commands.h"

static const struct command *const commands[] = {
	&command_ingest, &command_rules,    &command_timeline,
	&command_show,   &command_findings, &command_report,
};

const struct program analyzer_program = {
	.name = "analyzer",
	.summary = "collects audit events, finds what happened on a Docker host, and answers",
	.commands = commands,
	.command_count = sizeof(commands) / sizeof(commands[0]),
};
