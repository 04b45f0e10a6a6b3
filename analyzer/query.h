/*
 * The events that a filter lets through, one after another in order of time and serial. Only their
 * row numbers are sorted (by SQLite, on disk where they are many); each event is read when its turn
 * comes, so memory doesn't grow with the answer.
 */
#ifndef ANALYZER_QUERY_H
#define ANALYZER_QUERY_H

#include "analyzer/filter.h"
#include "analyzer/store_read.h"

struct query;

/*
 * Begins. `reader` and `filter` are borrowed for the query's life. Returns NULL with *error. The
 * caller frees it by query_free.
 */
struct query *query_new(struct store_reader *reader, const struct filter *filter,
			struct error *error);

/* Takes NULL too. */
void query_free(struct query *query);

/* for CLEANUP */
static inline void query_done(struct query **query)
{
	query_free(*query);
}

/*
 * Returns 1 with *event, borrowed as store_reader_event says, 0 at the end, or -1 with *error.
 */
int query_next(struct query *query, const struct stored_event **event,
	       struct error *error) MUST_CHECK;

/* Whether query_next has given an event. */
bool query_found(const struct query *query);

/* The statement that the query runs, for EXPLAIN QUERY PLAN: bound parameters and all. */
sqlite3_stmt *query_statement(const struct query *query);

#endif
