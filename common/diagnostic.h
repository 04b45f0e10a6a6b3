/*
 * Faults in an input file, each with its place: a parser collects them and goes on, so that one run
 * shows all of them. Printed as `file:line:column: what: why`.
 */
#ifndef COMMON_DIAGNOSTIC_H
#define COMMON_DIAGNOSTIC_H

#include "common/cleanup.h"

#include <stddef.h>

enum diagnostic_level {
	DIAGNOSTIC_ERROR,   /* the thing can't be used */
	DIAGNOSTIC_WARNING, /* it can, and likely does not do what was meant */
	DIAGNOSTIC_NOTICE,  /* it can, and something about it is worth knowing */
};

struct diagnostic {
	enum diagnostic_level level;
	char *file;      /* owned */
	unsigned line;   /* from 1; 0 where the whole file is meant */
	unsigned column; /* from 1, in bytes; 0 where the whole line is meant */
	char *what;      /* owned: the thing at fault, "-S nosuchcall" */
	char *why;       /* owned: "unknown system call for arch b64" */
};

struct diagnostics {
	struct diagnostic *items; /* in the order they were found */
	size_t count;
	size_t errors; /* how many are DIAGNOSTIC_ERROR */
	size_t capacity;
};

#define DIAGNOSTICS_INIT                                                                           \
	{                                                                                          \
		.items = NULL                                                                      \
	}

/* "error", "warning", "notice". */
const char *diagnostic_level_name(enum diagnostic_level level);

void diagnostics_done(struct diagnostics *diagnostics);

/* Adds one; texts are copied. Returns 0, or -1 when out of memory. */
int diagnostics_add(struct diagnostics *diagnostics, enum diagnostic_level level, const char *file,
		    unsigned line, unsigned column, const char *what, const char *why_format, ...)
	PRINTF_LIKE(7, 8) MUST_CHECK;

/*
 * Sorts them by file (in the order in which the files were first met), line and column; those of
 * one place stay in their order. Returns 0, or -1 when out of memory, and then nothing has changed.
 */
int diagnostics_sort(struct diagnostics *diagnostics) MUST_CHECK;

/* Prints all of them, a line each, escaped for a terminal; `warning: ` or `notice: ` stands before
 * what. */
void diagnostics_print(const struct diagnostics *diagnostics, FILE *stream);

#endif
