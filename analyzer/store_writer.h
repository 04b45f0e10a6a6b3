/*
 * Everything that one reading of a log writes to the store, in the transaction that the caller
 * begins and commits.
 */
#ifndef ANALYZER_STORE_WRITER_H
#define ANALYZER_STORE_WRITER_H

#include "analyzer/detected_event.h"
#include "analyzer/event_merge.h"
#include "analyzer/finding.h"
#include "analyzer/line_reader.h"
#include "analyzer/store.h"

struct store_writer;

/*
 * Borrows the store and the rules, which findings name by their number. Returns NULL with *error.
 */
struct store_writer *store_writer_new(struct store *store, const struct finding_rule *rules,
				      size_t rule_count, struct error *error);

void store_writer_free(struct store_writer *writer);

/* What follows comes from the log called `name`. Returns 0, or -1 with *error. */
int store_writer_set_source(struct store_writer *writer, const char *name,
			    struct error *error) MUST_CHECK;

/* The time of the newest event that is stored, in milliseconds; -1 where there is none. */
int64_t store_writer_newest(const struct store_writer *writer);

/* The row of the event with this identity; 0 where there is none. Returns 0, or -1 with *error. */
int store_writer_find(struct store_writer *writer, const struct event_id *id, int64_t *row,
		      struct error *error) MUST_CHECK;

/* Adds an event that isn't there, with its raw records and findings. Returns 0, or -1 with *error.
 */
int store_writer_add(struct store_writer *writer, const struct detected_event *event,
		     struct error *error) MUST_CHECK;

/*
 * Adds the records stored for the event at `row` to *merge, borrowed until the writer's next call,
 * and says in how many *fragments they came. Returns 0, or -1 with *error.
 */
int store_writer_stored(struct store_writer *writer, int64_t row, struct event_merge *merge,
			size_t *fragments, struct error *error) MUST_CHECK;

/*
 * Joins the new records of *merge to the event at `row`, which then says, and has findings, as
 * `event` does (it was read from all of the merge). Returns 0, or -1 with *error.
 */
int store_writer_join(struct store_writer *writer, int64_t row, const struct detected_event *event,
		      const struct event_merge *merge, struct error *error) MUST_CHECK;

/*
 * Keeps a line that is no record, `reason` being why. It stands `ordinal` unusable lines (from 0)
 * behind the record whose identity is `after` (NULL: before the first record). Adds nothing where
 * it is kept already.
 */
int store_writer_unusable(struct store_writer *writer, const struct line *line, const char *reason,
			  const struct event_id *after, uint64_t ordinal,
			  struct error *error) MUST_CHECK;

/* Writes what is still held back: to be called before each commit. Returns 0, or -1 with *error. */
int store_writer_flush(struct store_writer *writer, struct error *error) MUST_CHECK;

#endif
