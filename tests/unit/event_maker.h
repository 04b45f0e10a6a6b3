/*
 * Events for tests, from lines of text: each line is a record, "TYPE field=value field=value",
 * and gets the header that the audit system would give it. The real readers make the event.
 */
#ifndef TESTS_UNIT_EVENT_MAKER_H
#define TESTS_UNIT_EVENT_MAKER_H

#include "analyzer/event.h"

struct event_maker;

/* Aborts when out of memory, as everything here does: a test has nothing else to do then. */
struct event_maker *event_maker_new(void);
void event_maker_free(struct event_maker *maker);

/* Makes one event of `lines`, each ended by a newline or the end of the text; the event is valid
 * until the next call. Aborts where a line is no record. */
const struct event *event_maker_make(struct event_maker *maker, const char *lines);

#endif
