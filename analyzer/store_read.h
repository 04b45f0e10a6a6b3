/*
 * The store's reading side: opens it without ever writing, sees one state of it throughout, and
 * gives events and the raw records behind them. Layout: schema/store.
 */
#ifndef ANALYZER_STORE_READ_H
#define ANALYZER_STORE_READ_H

#include "analyzer/event.h"
#include "analyzer/store.h"

/* a row for a verb's struct option_spec table */
#define STORE_READ_OPTION                                                                          \
	{                                                                                          \
		"store", 's', "FILE", "read the store FILE (" STORE_DEFAULT_PATH ")"               \
	}

enum {
	STORE_READ_VERSION_MIN = 3, /* of schema/store: what the queries need */
	STORE_READ_VERSION_MAX = 3, /* the newest that this program knows */
	/* of one event, so that a damaged store can't ask for all memory */
	STORE_READ_EVENT_MAX = 64 * 1024 * 1024,
	STORE_READ_RECORDS_MAX = 1024 * 1024,
};

struct store_reader;

/*
 * Opens the store `path`. Returns NULL with *error: there is none, it can't be read, it is no
 * store, or a newer program made it. A store on a read-only medium is read as it lies there.
 */
struct store_reader *store_reader_open(const char *path, struct error *error);

/* Takes NULL too. Everything the reader gave is invalid behind it. */
void store_reader_free(struct store_reader *reader);

/* for CLEANUP */
static inline void store_reader_done(struct store_reader **reader)
{
	store_reader_free(*reader);
}

/* The connection, for statements of the caller's own (database.h); it lives as long as the reader.
 */
sqlite3 *store_reader_database(const struct store_reader *reader);

/* sqlite3_finalize for CLEANUP; what it failed of was reported by its step */
static inline void statement_done(sqlite3_stmt **statement)
{
	(void)sqlite3_finalize(*statement);
}

/* An event as the store keeps it: everything but its records. */
struct stored_event {
	int64_t row;               /* event.id in the store */
	struct event event;        /* with no records */
	const struct slice *types; /* a record's type each, in order of arrival */
	size_t type_count;
};

/*
 * Reads the event of row `row`. Returns 1 with *event, borrowed until the next call for the same
 * reader, 0 where there is no such row, or -1 with *error.
 */
int store_reader_event(struct store_reader *reader, int64_t row, const struct stored_event **event,
		       struct error *error) MUST_CHECK;

/*
 * Finds the first event behind row `after` (0: from the beginning) with the time and serial of `id`
 * and its node; where id->node has no bytes, of any node. Returns 1 with *row, 0 where there is
 * none, or -1 with *error.
 */
int store_reader_find(struct store_reader *reader, const struct event_id *id, int64_t after,
		      int64_t *row, struct error *error) MUST_CHECK;

/* A line of a log, as it came. */
struct stored_record {
	struct slice source; /* the log's name as it was given; "-" is standard input */
	uint64_t line;       /* from 1, in its source */
	struct slice bytes;  /* without the newline */
};

/*
 * Reads the raw records of the event of row `row`, in order of arrival. Returns 0 with *records
 * (*count of them), borrowed until the next call for the same reader, or -1 with *error, which for
 * a damaged block or fragment says where.
 */
int store_reader_records(struct store_reader *reader, int64_t row,
			 const struct stored_record **records, size_t *count,
			 struct error *error) MUST_CHECK;

#endif
