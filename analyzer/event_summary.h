/*
 * What the records of an event say together: who, which program, which files, with what outcome.
 * The SYSCALL record speaks first where two records give the same field.
 */
#ifndef ANALYZER_EVENT_SUMMARY_H
#define ANALYZER_EVENT_SUMMARY_H

#include "common/arena.h"

#include "analyzer/event.h"

/* An event that says nothing: every number EVENT_UNSET, every text none. */
void event_summary_clear(struct event *event);

/*
 * Fills what event.h lists after the records, from event->records. New memory comes from `arena`.
 * Returns 0, or -1 when out of memory.
 */
int event_summary_fill(struct event *event, struct arena *arena) MUST_CHECK;

#endif
