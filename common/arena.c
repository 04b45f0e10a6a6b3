#include "common/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

enum {
	ARENA_CHUNK_SIZE = 32 * 1024
};

struct arena_chunk {
	struct arena_chunk *next;
	size_t size;
	size_t used;
	alignas(max_align_t) char bytes[];
};

void arena_done(struct arena *arena)
{
	while (arena->chunks) {
		struct arena_chunk *chunk = arena->chunks;

		arena->chunks = chunk->next;
		free(chunk);
	}
}

void arena_clear(struct arena *arena)
{
	struct arena_chunk *kept = NULL;

	while (arena->chunks) {
		struct arena_chunk *chunk = arena->chunks;

		arena->chunks = chunk->next;
		if (!kept && chunk->size == ARENA_CHUNK_SIZE)
			kept = chunk;
		else
			free(chunk);
	}
	if (kept) {
		kept->next = NULL;
		kept->used = 0;
	}
	arena->chunks = kept;
}

static struct arena_chunk *arena_grow(struct arena *arena, size_t size)
{
	size_t capacity = size > ARENA_CHUNK_SIZE ? size : ARENA_CHUNK_SIZE;
	struct arena_chunk *chunk;

	if (capacity > SIZE_MAX - sizeof(*chunk))
		return NULL;
	chunk = malloc(sizeof(*chunk) + capacity);
	if (!chunk)
		return NULL;
	chunk->size = capacity;
	chunk->used = 0;
	chunk->next = arena->chunks;
	arena->chunks = chunk;
	return chunk;
}

void *arena_allocate(struct arena *arena, size_t size)
{
	const size_t alignment = alignof(max_align_t);
	struct arena_chunk *chunk = arena->chunks;
	size_t rounded;
	void *piece;

	if (size > SIZE_MAX - alignment)
		return NULL;
	rounded = (size + alignment - 1) / alignment * alignment;
	if (!chunk || chunk->size - chunk->used < rounded) {
		chunk = arena_grow(arena, rounded);
		if (!chunk)
			return NULL;
	}
	piece = chunk->bytes + chunk->used;
	chunk->used += rounded;
	return piece;
}

void *arena_allocate_zeroed(struct arena *arena, size_t count, size_t size)
{
	void *piece;

	if (size && count > SIZE_MAX / size)
		return NULL;
	piece = arena_allocate(arena, count * size);
	if (piece)
		memset(piece, 0, count * size);
	return piece;
}

char *arena_copy(struct arena *arena, const void *bytes, size_t length)
{
	char *copy;

	if (length == SIZE_MAX)
		return NULL;
	copy = arena_allocate(arena, length + 1);
	if (!copy)
		return NULL;
	if (length)
		memcpy(copy, bytes, length);
	copy[length] = '\0';
	return copy;
}

char *arena_format(struct arena *arena, const char *format, ...)
{
	va_list arguments;
	char *string;
	int length;

	va_start(arguments, format);
	length = vsnprintf(NULL, 0, format, arguments);
	va_end(arguments);
	if (length < 0)
		return NULL;
	string = arena_allocate(arena, (size_t)length + 1);
	if (!string)
		return NULL;
	va_start(arguments, format);
	(void)vsnprintf(string, (size_t)length + 1, format, arguments);
	va_end(arguments);
	return string;
}
