/*
 * What failed, on which thing, and why: filled where it happens, carried up, printed once by
 * command.c. Functions that can fail take a `struct error *` last and return 0 or -1.
 */
#ifndef COMMON_ERROR_H
#define COMMON_ERROR_H

#include "common/cleanup.h"

/* The exit statuses of both programs (DESIGN.md, conventions). */
enum exit_status {
	EXIT_HOLDS = 0,         /* it holds */
	EXIT_DOES_NOT_HOLD = 1, /* not compliant, findings, drift */
	EXIT_BAD_INPUT = 2,     /* bad usage or input */
	EXIT_SYSTEM = 3,        /* the system refused: permission, disk, memory, no kernel audit */
};

enum error_kind {
	ERROR_NONE,
	ERROR_INPUT,
	ERROR_SYSTEM,
};

struct error {
	enum error_kind kind;
	char what[96];    /* "cannot open the store" */
	char thing[512];  /* "/var/lib/auditmgr/events.db"; may hold untrusted bytes */
	char why[512];    /* "Permission denied" */
	char remedy[256]; /* "run as root", or empty */
};

#define ERROR_INIT                                                                                 \
	{                                                                                          \
		.kind = ERROR_NONE                                                                 \
	}

/* Fills *error (longer texts are cut) and returns -1, so that a failing function can return it. */
int error_set(struct error *error, enum error_kind kind, const char *what, const char *thing,
	      const char *why_format, ...) PRINTF_LIKE(5, 6);

/* As error_set with strerror(error_number) as the why, and ERROR_SYSTEM; ERROR_INPUT where the path
 * leads nowhere (ENOENT, ENOTDIR, EISDIR, ELOOP, ENAMETOOLONG). Returns -1. */
int error_set_errno(struct error *error, int error_number, const char *what, const char *thing);

/* Out of memory while doing `what`. Returns -1. */
int error_set_memory(struct error *error, const char *what);

/* Adds what the user can do about it. Returns -1. */
int error_set_remedy(struct error *error, const char *remedy_format, ...) PRINTF_LIKE(2, 3);

/* Prints `program: what: thing: why` and the remedy on a second line, escaped for a terminal. */
void error_print(const struct error *error, const char *program, FILE *stream);

/* EXIT_BAD_INPUT or EXIT_SYSTEM; EXIT_HOLDS where there is no error. */
enum exit_status error_exit_status(const struct error *error);

#endif
