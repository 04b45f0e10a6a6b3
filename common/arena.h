/*
 * Memory that is handed out piece by piece and released all at once: what belongs to one event, one
 * parsed file or one set of facts lives and dies together.
 */
#ifndef COMMON_ARENA_H
#define COMMON_ARENA_H

#include "common/cleanup.h"

#include <stddef.h>

struct arena_chunk;

struct arena {
	struct arena_chunk *chunks; /* newest first */
};

#define ARENA_INIT                                                                                 \
	{                                                                                          \
		.chunks = NULL                                                                     \
	}

/* Releases everything. */
void arena_done(struct arena *arena);

/* Makes all memory available again and keeps one chunk for reuse. What was handed out is invalid.
 */
void arena_clear(struct arena *arena);

/* `size` bytes aligned for any object, not zeroed; NULL when out of memory. */
void *arena_allocate(struct arena *arena, size_t size) MUST_CHECK;

/* As arena_allocate for `count` objects of `size` bytes, zeroed; NULL on overflow too. */
void *arena_allocate_zeroed(struct arena *arena, size_t count, size_t size) MUST_CHECK;

/* A NUL-terminated copy of `length` bytes; NULL when out of memory. */
char *arena_copy(struct arena *arena, const void *bytes, size_t length) MUST_CHECK;

/* A NUL-terminated string made as by printf; NULL when out of memory. */
char *arena_format(struct arena *arena, const char *format, ...) PRINTF_LIKE(2, 3) MUST_CHECK;

#endif
