/*
 * A copy of a read event that outlives its reader: all that the store keeps, which is everything
 * but the fields of the single records.
 */
#ifndef ANALYZER_EVENT_COPY_H
#define ANALYZER_EVENT_COPY_H

#include "common/arena.h"

#include "analyzer/assembler.h"

/*
 * Copies `event` and the records it was read from into `arena`. Returns the event, and its records
 * in *copied; their fields are gone. NULL when out of memory.
 */
const struct event *event_copy(const struct event *event, const struct assembled_event *assembled,
			       struct arena *arena, struct assembled_event *copied);

#endif
