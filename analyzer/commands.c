#include "analyzer/commands.h"

const struct program analyzer_program = {
	.name = "analyzer",
	.summary = "collects audit events with container attribution, finds what happened, and "
		   "answers",
	.commands = NULL,
	.command_count = 0,
};
