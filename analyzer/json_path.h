/*
 * Nested objects by dotted names, made as they are needed: "process.parent.pid".
 */
#ifndef ANALYZER_JSON_PATH_H
#define ANALYZER_JSON_PATH_H

#include "common/cleanup.h"
#include "common/slice.h"

#include <jansson.h>
#include <stdint.h>

/*
 * Puts `value` (taken over, also on failure) at `path` in `object`; a NULL value is a failure.
 * Returns 0, or -1 when out of memory.
 */
int json_path_set(json_t *object, const char *path, json_t *value) MUST_CHECK;

/* As json_path_set of an integer, a text of ours, or an untrusted text. A slice without bytes is
 * left out. */
int json_path_set_number(json_t *object, const char *path, int64_t number) MUST_CHECK;
int json_path_set_string(json_t *object, const char *path, const char *string) MUST_CHECK;
int json_path_set_slice(json_t *object, const char *path, struct slice slice) MUST_CHECK;

/* As json_path_set of an array of untrusted texts; left out where there are none. */
int json_path_set_slices(json_t *object, const char *path, const struct slice *slices,
			 size_t count) MUST_CHECK;

#endif
