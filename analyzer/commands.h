/*
 * The verbs of analyzer: each is one file, cmd_<verb>.c.
 */
#ifndef ANALYZER_COMMANDS_H
#define ANALYZER_COMMANDS_H

#include "common/command.h"

extern const struct program analyzer_program;

extern const struct command command_findings;
extern const struct command command_ingest;
extern const struct command command_rules;
extern const struct command command_report;
extern const struct command command_show;
extern const struct command command_timeline;

#endif
