/*
 * What the log that is being read has brought so far, of the events that it brought last: which
 * events, and how often each of their lines.
 *
 * It answers two questions without asking the store. Is this event surely new there? And: a log may
 * hold the same bytes twice in one event, and the same log may be read twice; what tells the two
 * apart is how often *this* reading has met the line. Bounded: an event that is long past is
 * forgotten; nothing is sure of it then, and a line that it has twice, far apart, is taken for one
 * that is stored already.
 */
#ifndef ANALYZER_ARRIVAL_MEMORY_H
#define ANALYZER_ARRIVAL_MEMORY_H

#include "analyzer/event.h"

#include "common/cleanup.h"

enum {
	ARRIVAL_MEMORY_EVENTS = 65536,
	ARRIVAL_MEMORY_RECORDS = 1024,      /* of one event; later ones are not counted */
	ARRIVAL_MEMORY_LINES = 1024 * 1024, /* of all events that are remembered */
};

struct arrival_memory;

/* Returns NULL when out of memory. */
struct arrival_memory *arrival_memory_new(void);

void arrival_memory_free(struct arrival_memory *memory);

/* Forgets all: another log begins, and the newest event stored so far is of time `newest`
 * (milliseconds). */
void arrival_memory_clear(struct arrival_memory *memory, int64_t newest);

/* Whether the store surely has no event of this identity. false: it may have one. */
bool arrival_memory_is_fresh(const struct arrival_memory *memory, const struct event_id *id);

/*
 * Notes that `line` came for the event `id`. Returns 0 with how often it came before, or -1 when
 * out of memory.
 */
int arrival_memory_note(struct arrival_memory *memory, const struct event_id *id, struct slice line,
			size_t *before) MUST_CHECK;

#endif
