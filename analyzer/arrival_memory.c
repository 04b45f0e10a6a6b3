#include "analyzer/arrival_memory.h"

enum {
	BUCKET_COUNT = 2 * ARRIVAL_MEMORY_EVENTS,
	NONE = -1,
	KEPT_CAPACITY = 32, /* what a forgotten event leaves to the next in its place */
};

struct arrivals {
	uint64_t node_hash;
	int64_t time;
	uint32_t serial;
	int32_t next; /* in the bucket, or NONE */
	uint32_t bucket;
	uint32_t count, capacity;
	uint64_t *hashes; /* of the lines */
};

struct arrival_memory {
	int64_t unsure; /* an event up to this time may be stored or forgotten */
	size_t used;    /* entries that hold an event: from the oldest on, around the end */
	size_t oldest;  /* the entry that gives way first */
	size_t lines;   /* noted of all of them */
	int32_t buckets[BUCKET_COUNT];
	struct arrivals events[ARRIVAL_MEMORY_EVENTS];
};

struct arrival_memory *arrival_memory_new(void)
{
	struct arrival_memory *memory = calloc(1, sizeof(*memory));

	if (memory)
		arrival_memory_clear(memory, INT64_MAX);
	return memory;
}

void arrival_memory_free(struct arrival_memory *memory)
{
	if (!memory)
		return;
	for (size_t i = 0; i < ARRIVAL_MEMORY_EVENTS; i++)
		free(memory->events[i].hashes);
	free(memory);
}

void arrival_memory_clear(struct arrival_memory *memory, int64_t newest)
{
	memory->unsure = newest;
	memory->used = memory->oldest = memory->lines = 0;
	for (size_t i = 0; i < BUCKET_COUNT; i++)
		memory->buckets[i] = NONE;
}

static uint32_t bucket_of(const struct event_id *id, uint64_t node_hash)
{
	uint64_t hash = (node_hash ^ (uint64_t)id->time) * 0x9E3779B97F4A7C15ULL;

	hash = (hash ^ hash >> 32 ^ id->serial) * 0xFF51AFD7ED558CCDULL;
	return (uint32_t)((hash ^ hash >> 32) % BUCKET_COUNT);
}

static int32_t find(const struct arrival_memory *memory, const struct event_id *id,
		    uint64_t node_hash, uint32_t bucket)
{
	int32_t at = memory->buckets[bucket];

	while (at != NONE) {
		const struct arrivals *event = &memory->events[at];

		if (event->time == id->time && event->serial == id->serial &&
		    event->node_hash == node_hash)
			break;
		at = event->next;
	}
	return at;
}

bool arrival_memory_is_fresh(const struct arrival_memory *memory, const struct event_id *id)
{
	uint64_t node_hash = slice_hash(id->node);

	return id->time > memory->unsure &&
	       find(memory, id, node_hash, bucket_of(id, node_hash)) == NONE;
}

static void forget_oldest(struct arrival_memory *memory)
{
	int32_t at = (int32_t)memory->oldest;
	struct arrivals *event = &memory->events[at];
	int32_t *link = &memory->buckets[event->bucket];

	if (event->time > memory->unsure)
		memory->unsure = event->time;
	while (*link != at)
		link = &memory->events[*link].next;
	*link = event->next;
	memory->lines -= event->count;
	memory->oldest = (memory->oldest + 1) % ARRIVAL_MEMORY_EVENTS;
	memory->used--;
	if (event->capacity > KEPT_CAPACITY) {
		free(event->hashes);
		event->hashes = NULL;
		event->capacity = 0;
	}
}

static struct arrivals *remember(struct arrival_memory *memory, const struct event_id *id,
				 uint64_t node_hash, uint32_t bucket)
{
	struct arrivals *event;
	int32_t at;

	while (memory->used == ARRIVAL_MEMORY_EVENTS || memory->lines > ARRIVAL_MEMORY_LINES)
		forget_oldest(memory);
	at = (int32_t)((memory->oldest + memory->used++) % ARRIVAL_MEMORY_EVENTS);
	event = &memory->events[at];
	event->node_hash = node_hash;
	event->time = id->time;
	event->serial = id->serial;
	event->bucket = bucket;
	event->count = 0;
	event->next = memory->buckets[bucket];
	memory->buckets[bucket] = at;
	return event;
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

int arrival_memory_note(struct arrival_memory *memory, const struct event_id *id, struct slice line,
			size_t *before)
{
	uint64_t node_hash = slice_hash(id->node), hash = slice_hash(line);
	uint32_t bucket = bucket_of(id, node_hash);
	int32_t at = find(memory, id, node_hash, bucket);
	struct arrivals *event =
		at == NONE ? remember(memory, id, node_hash, bucket) : &memory->events[at];

	*before = 0;
	for (uint32_t i = 0; i < event->count; i++)
		*before += event->hashes[i] == hash;
	if (event->count == ARRIVAL_MEMORY_RECORDS)
		return 0;
	if (reserve(event))
		return -1;
	event->hashes[event->count++] = hash;
	memory->lines++;
	return 0;
}
