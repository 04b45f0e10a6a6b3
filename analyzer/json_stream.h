/*
 * Many JSON values to a stream, one after another without keeping them: an array of them, or a line
 * each.
 */
#ifndef ANALYZER_JSON_STREAM_H
#define ANALYZER_JSON_STREAM_H

#include "common/error.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

struct json_stream {
	FILE *stream;
	bool lines; /* ndjson; else an array, a value a line */
	bool any;
};

void json_stream_begin(struct json_stream *json, FILE *stream, bool lines);

/* Writes `value` and releases it; a NULL value means out of memory. Returns 0, or -1 with *error.
 */
int json_stream_add(struct json_stream *json, json_t *value, struct error *error) MUST_CHECK;

/* Ends the array. Returns 0, or -1 with *error. */
int json_stream_end(struct json_stream *json, struct error *error) MUST_CHECK;

#endif
