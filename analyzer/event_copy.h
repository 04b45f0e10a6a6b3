/*
 * A copy of a read event that outlives its reader: all that the store keeps, which is everything
 * but the fields of the single records.
 */
#ifndef ANALYZER_EVENT_COPY_H
#define ANALYZER_EVENT_COPY_H

#include "common/arena.h"

#include "analyzer/detected_event.h"

/*
 * Copies all of `original` into `arena` and points *copy there; the fields of its records are gone.
 * Returns 0, or -1 when out of memory.
 */
int event_copy(const struct detected_event *original, struct arena *arena,
	       struct detected_event *copy) MUST_CHECK;

#endif
