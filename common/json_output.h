/*
 * jansson values from untrusted bytes, and their output.
 */
#ifndef COMMON_JSON_OUTPUT_H
#define COMMON_JSON_OUTPUT_H

#include "common/error.h"

#include <jansson.h>

/* A JSON string of any bytes, made valid by escape_utf8; NULL when out of memory. */
json_t *json_untrusted(const char *bytes, size_t length);

/* json_untrusted of a C string, or JSON null for NULL. */
json_t *json_untrusted_string(const char *string);

/*
 * Each writes characters that a terminal acts on, or that some readers take for the end of a line,
 * as \uNNNN: the same JSON, and safe to look at.
 *
 * json_write_compact writes `value` on one line, without a newline behind it. Returns 0, or -1 with
 * *error.
 */
int json_write_compact(FILE *stream, const json_t *value, struct error *error) MUST_CHECK;

/*
 * Writes `value` and a newline: on one line, or indented. Returns 0, or -1 with *error (a full
 * disk, a closed pipe).
 */
int json_write_line(FILE *stream, const json_t *value, struct error *error) MUST_CHECK;
int json_write_indented(FILE *stream, const json_t *value, struct error *error) MUST_CHECK;

/* json_decref for CLEANUP */
static inline void json_done(json_t **value)
{
	json_decref(*value);
}

#endif
