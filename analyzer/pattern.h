/*
 * A text to look for, as a user gives it: exact, or with '*' for any run of bytes ('/' too).
 *
 * What the programs print can be given back: \\ is a backslash, \xNN a byte, \n \r \t those. \* is
 * a star that stands for itself. A backslash before anything else stands for itself.
 */
#ifndef ANALYZER_PATTERN_H
#define ANALYZER_PATTERN_H

#include "common/cleanup.h"
#include "common/slice.h"
#include "common/text.h"

#include <stdbool.h>
#include <stdint.h>

struct pattern {
	struct text bytes; /* unescaped; may hold NULs */
	struct text stars; /* a byte each of `bytes`: 1 where that is a '*' that matches anything */
	bool exact;        /* there is no such '*' */
	size_t prefix;     /* how many bytes stand before the first of them */
};

#define PATTERN_INIT                                                                               \
	{                                                                                          \
		.bytes = TEXT_INIT, .stars = TEXT_INIT                                             \
	}

/* Reads `text` into *pattern. Returns 0, or -1 when out of memory. */
int pattern_parse(const char *text, struct pattern *pattern) MUST_CHECK;

void pattern_done(struct pattern *pattern);

/* Whether all of `subject` matches. Time grows by the product of both lengths at worst. */
bool pattern_matches(const struct pattern *pattern, struct slice subject);

#endif
