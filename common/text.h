/*
 * A growable run of bytes that always ends in a NUL (not counted). May hold NULs itself.
 */
#ifndef COMMON_TEXT_H
#define COMMON_TEXT_H

#include "common/cleanup.h"

#include <stddef.h>
#include <stdint.h>

struct text {
	char *bytes; /* NULL while empty and never grown: use text_string() for a C string */
	size_t length;
	size_t capacity;
};

#define TEXT_INIT                                                                                  \
	{                                                                                          \
		.bytes = NULL                                                                      \
	}

/* Frees the bytes; *text is empty and usable again. */
void text_done(struct text *text);

/* Empties *text and keeps its memory. */
void text_clear(struct text *text);

/* Each appends and returns 0, or -1 when out of memory (*text unchanged). */
int text_reserve(struct text *text, size_t additional) MUST_CHECK;
int text_append(struct text *text, const void *bytes, size_t length) MUST_CHECK;
int text_append_string(struct text *text, const char *string) MUST_CHECK;
int text_append_char(struct text *text, char byte) MUST_CHECK;
int text_append_format(struct text *text, const char *format, ...) PRINTF_LIKE(2, 3) MUST_CHECK;

/* The bytes as a C string, "" when empty. Borrowed until the next change. */
const char *text_string(const struct text *text);

/* Hands the bytes over: a malloc'ed C string that the caller frees, or NULL when out of memory. */
char *text_take(struct text *text);

#endif
