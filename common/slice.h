/*
 * A borrowed run of bytes: a pointer and a length, no NUL at the end promised. What it points into,
 * and for how long, is said where a slice is handed out.
 */
#ifndef COMMON_SLICE_H
#define COMMON_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct slice {
	const char *bytes; /* NULL: there is no such thing (an empty one has length 0 and bytes) */
	size_t length;
};

#define SLICE_NONE                                                                                 \
	{                                                                                          \
		.bytes = NULL, .length = 0                                                         \
	}

static inline struct slice slice_of(const char *string)
{
	struct slice slice = {.bytes = string, .length = string ? strlen(string) : 0};

	return slice;
}

static inline bool slice_equal(struct slice left, struct slice right)
{
	return left.length == right.length &&
	       (left.length == 0 ||
		(left.bytes && right.bytes && memcmp(left.bytes, right.bytes, left.length) == 0));
}

static inline bool slice_is(struct slice slice, const char *string)
{
	return slice.bytes && slice_equal(slice, slice_of(string));
}

#endif
