/*
 * A fragment of an event that is stored already: which of its records are new, and the whole event
 * that they make.
 */
#ifndef ANALYZER_EVENT_MERGE_H
#define ANALYZER_EVENT_MERGE_H

#include "analyzer/arrival_memory.h"
#include "analyzer/assembler.h"

struct event_merge_line;

struct event_merge {
	struct record *records; /* the stored ones, then the new ones */
	size_t stored_count;
	size_t count;
	size_t capacity;
	struct event_merge_line *lines; /* the different lines among them: a hash table */
	size_t line_count;
	size_t line_capacity; /* a power of two, or 0 */
};

#define EVENT_MERGE_INIT                                                                           \
	{                                                                                          \
		.records = NULL, .lines = NULL                                                     \
	}

void event_merge_done(struct event_merge *merge);

/* Empties *merge and keeps its memory. */
void event_merge_clear(struct event_merge *merge);

/*
 * Adds the stored records that lie in `bytes` (raw_block's form), borrowed until the merge is over.
 * Returns 0, or -1 when out of memory or where the bytes are damaged.
 */
int event_merge_add_stored(struct event_merge *merge, struct slice bytes) MUST_CHECK;

/*
 * Adds those of `arrived` that are not among the stored ones, counting how often each line came in
 * this reading of the log (`memory`). They stand from records[stored_count] on.
 * Returns 0, or -1 when out of memory.
 */
int event_merge_add_arrived(struct event_merge *merge, const struct assembled_event *arrived,
			    struct arrival_memory *memory) MUST_CHECK;

#endif
