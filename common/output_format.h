/*
 * The --format option, the same for every verb that has results.
 */
#ifndef COMMON_OUTPUT_FORMAT_H
#define COMMON_OUTPUT_FORMAT_H

#include "common/error.h"

enum output_format {
	OUTPUT_TEXT = 1 << 0,
	OUTPUT_JSON = 1 << 1,
	OUTPUT_NDJSON = 1 << 2,
	OUTPUT_CSV = 1 << 3,
	OUTPUT_RAW = 1 << 4,
	OUTPUT_HTML = 1 << 5,
};

/*
 * `name` is what the user gave, or NULL for text; `supported` is an OR of what the verb can do.
 * Returns 0 with *format, or -1 with *error naming what is supported.
 */
int output_format_parse(const char *name, unsigned supported, enum output_format *format,
			struct error *error) MUST_CHECK;

#endif
