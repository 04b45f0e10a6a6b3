/*
 * Events in the store: found by identity, added, and replaced when late records joined them.
 */
#ifndef ANALYZER_STORE_EVENT_H
#define ANALYZER_STORE_EVENT_H

#include "analyzer/assembler.h"
#include "analyzer/store.h"
#include "analyzer/store_raw.h"
#include "analyzer/store_string.h"

/* More bytes of arguments than this are cut in the searchable column; the raw records keep them. */
enum {
	STORE_EVENT_ARGUMENTS_MAX = 64 * 1024
};

struct store_event;

/* Returns NULL with *error. Borrows both. */
struct store_event *store_event_new(struct store *store, struct store_string *strings,
				    struct error *error);

void store_event_free(struct store_event *events);

/* The time of the newest event that is stored, in milliseconds; -1 where there is none. */
int64_t store_event_newest(const struct store_event *events);

/* The row of the event with identity `id`; 0 where there is none. Returns 0, or -1 with *error. */
int store_event_find(struct store_event *events, const struct event_id *id, int64_t *row,
		     struct error *error) MUST_CHECK;

/*
 * Adds an event that isn't there, whose raw records came from source `source_id` and lie at
 * `place`. Returns 0 with its *row, or -1 with *error.
 */
int store_event_add(struct store_event *events, const struct event *event, int64_t source_id,
		    const struct store_raw_place *place, int64_t *row,
		    struct error *error) MUST_CHECK;

/* Replaces all that is said of the event at `row`. Returns 0, or -1 with *error. */
int store_event_replace(struct store_event *events, int64_t row, const struct event *event,
			struct error *error) MUST_CHECK;

#endif
