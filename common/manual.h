/*
 * The manual page of a program, made from the tables of its verbs and options, so that it can't say
 * anything else than
 * --help does. Format: mdoc(7).
 */
#ifndef COMMON_MANUAL_H
#define COMMON_MANUAL_H

#include "common/command.h"

/* Prints the page for section 8. Always succeeds; a failing stream is its owner's to notice. */
void manual_print(const struct program *program, FILE *stream);

#endif
