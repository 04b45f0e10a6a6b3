#include "analyzer/arrival_memory.h"

struct arrivals {
	int64_t row; /* 0: none */
	uint32_t count, capacity;
	uint64_t *hashes;
};

struct arrival_memory {
	struct arrivals events[ARRIVAL_MEMORY_EVENTS]; /* by row: rows come in sequence */
};

struct arrival_memory *arrival_memory_new(void)
{
	return calloc(1, sizeof(struct arrival_memory));
}

void arrival_memory_free(struct arrival_memory *memory)
{
	if (!memory)
		return;
	for (size_t i = 0; i < ARRIVAL_MEMORY_EVENTS; i++)
		free(memory->events[i].hashes);
	free(memory);
}

void arrival_memory_clear(struct arrival_memory *memory)
{
	for (size_t i = 0; i < ARRIVAL_MEMORY_EVENTS; i++)
		memory->events[i].row = 0;
}

/* Eight bytes a step: every line of every log passes here. */
static uint64_t hash_of(struct slice line)
{
	uint64_t hash = line.length * 0x9E3779B97F4A7C15ULL;
	size_t i = 0;

	for (; i + sizeof(uint64_t) <= line.length; i += sizeof(uint64_t)) {
		uint64_t word;

		memcpy(&word, line.bytes + i, sizeof(word));
		hash = (hash ^ word) * 0xFF51AFD7ED558CCDULL;
		hash ^= hash >> 32;
	}
	for (; i < line.length; i++)
		hash = (hash ^ (unsigned char)line.bytes[i]) * 0xFF51AFD7ED558CCDULL;
	return hash ^ hash >> 29;
}

static int reserve(struct arrivals *event)
{
	uint32_t capacity = event->capacity ? event->capacity * 2 : 8;
	uint64_t *grown;

	if (event->count < event->capacity)
		return 0;
	grown = realloc(event->hashes, capacity * sizeof(*grown));
	if (!grown)
		return -1;
	event->hashes = grown;
	event->capacity = capacity;
	return 0;
}

int arrival_memory_note(struct arrival_memory *memory, int64_t row, struct slice line,
			size_t *before)
{
	struct arrivals *event = &memory->events[(uint64_t)row % ARRIVAL_MEMORY_EVENTS];
	uint64_t hash = hash_of(line);

	*before = 0;
	if (event->row != row) {
		event->row = row;
		event->count = 0;
	}
	for (uint32_t i = 0; i < event->count; i++)
		*before += event->hashes[i] == hash;
	if (event->count == ARRIVAL_MEMORY_RECORDS)
		return 0;
	if (reserve(event))
		return -1;
	event->hashes[event->count++] = hash;
	return 0;
}
