/*
 * Which records the log that is being read has already brought for the events that it brought last.
 *
 * A log may hold the same bytes twice in one event, and the same log may be read twice: what tells
 * the two apart is how often *this* reading has met the line. Bounded: an event that is long past
 * is forgotten, and a line that it has twice may then be taken for one that is stored already.
 */
#ifndef ANALYZER_ARRIVAL_MEMORY_H
#define ANALYZER_ARRIVAL_MEMORY_H

#include "common/cleanup.h"
#include "common/slice.h"

#include <stdint.h>

enum {
	ARRIVAL_MEMORY_EVENTS = 16384,
	ARRIVAL_MEMORY_RECORDS = 1024, /* of one event; later ones are not counted */
};

struct arrival_memory;

/* Returns NULL when out of memory. */
struct arrival_memory *arrival_memory_new(void);

void arrival_memory_free(struct arrival_memory *memory);

/* Forgets all: another log begins. */
void arrival_memory_clear(struct arrival_memory *memory);

/*
 * Notes that `line` came for the event at store row `row` (not 0). Returns 0 with how often it came
 * before, or -1 when out of memory.
 */
int arrival_memory_note(struct arrival_memory *memory, int64_t row, struct slice line,
			size_t *before) MUST_CHECK;

#endif
