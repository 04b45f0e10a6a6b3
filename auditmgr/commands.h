/*
 * The verbs of auditmgr: each is one file, cmd_<verb>.c.
 */
#ifndef AUDITMGR_COMMANDS_H
#define AUDITMGR_COMMANDS_H

#include "common/command.h"

extern const struct program auditmgr_program;

extern const struct command command_discover;
extern const struct command command_install;
extern const struct command command_plan;
extern const struct command command_lint;

#endif
