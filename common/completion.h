/*
 * Shell completion scripts, made from the tables of verbs and options.
 */
#ifndef COMMON_COMPLETION_H
#define COMMON_COMPLETION_H

#include "common/command.h"

/* Prints the script for `shell` (bash, zsh or fish). Returns the exit status; *error for another.
 */
enum exit_status completion_print(const struct program *program, const char *shell, FILE *stream,
				  struct error *error);

#endif
