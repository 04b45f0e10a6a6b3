/*
 * A borrowed run of bytes: a pointer and a length, no NUL at the end promised. What it points into,
 * and for how long, is said where a slice is handed out.
 */
#ifndef COMMON_SLICE_H
#define COMMON_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
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

/* Eight bytes a step: every line of every log passes here. Equal slices have the same; nothing that
 * is kept may rest on its value. */
static inline uint64_t slice_hash(struct slice slice)
{
	uint64_t hash = slice.length * 0x9E3779B97F4A7C15ULL;
	size_t i = 0;

	for (; i + sizeof(uint64_t) <= slice.length; i += sizeof(uint64_t)) {
		uint64_t word;

		memcpy(&word, slice.bytes + i, sizeof(word));
		hash = (hash ^ word) * 0xFF51AFD7ED558CCDULL;
		hash ^= hash >> 32;
	}
	for (; i < slice.length; i++)
		hash = (hash ^ (unsigned char)slice.bytes[i]) * 0xFF51AFD7ED558CCDULL;
	return hash ^ hash >> 29;
}

#endif
