/*
 * A finished log into the store: source, lines, records, events, store, in that direction. The only
 * place that knows all of them.
 */
#ifndef ANALYZER_INGEST_H
#define ANALYZER_INGEST_H

#include "analyzer/detector.h"
#include "analyzer/store.h"

enum {
	/* a transaction holds about this many bytes of raw records: what a crash makes one read
	 * again */
	INGEST_BATCH_BYTES = 16 * 1024 * 1024,
	/* of one event whose records arrive in pieces; what comes beyond is kept as lines */
	INGEST_EVENT_FRAGMENTS_MAX = 256,
	INGEST_EVENT_RECORDS_MAX = 65536,
	INGEST_EVENT_BYTES_MAX = 8 * 1024 * 1024,
};

struct ingest_totals {
	uint64_t lines;      /* of the logs read */
	uint64_t records;    /* lines that are records */
	uint64_t events;     /* new in the store */
	uint64_t duplicates; /* records that the store had already */
	uint64_t unusable;   /* lines that are no record, kept as they are */
	uint64_t findings;   /* of new events */
	uint64_t incomplete; /* new events with a record that could not be read in full */
};

/* Called now and then: bytes of the file on disk, read and in all (0: not known). */
typedef void (*ingest_progress)(void *context, uint64_t position, uint64_t size);

struct ingest;

/* Borrows both. Returns NULL with *error. */
struct ingest *ingest_new(struct store *store, struct detector *detector, struct error *error);

void ingest_free(struct ingest *ingest);

void ingest_set_progress(struct ingest *ingest, ingest_progress progress, void *context);

/*
 * Reads the log `name` ("-": standard input) to its end and commits all of it. Where the log can't
 * be read to its end, what came before is committed all the same. Returns 0, or -1 with *error.
 */
int ingest_log(struct ingest *ingest, const char *name, struct error *error) MUST_CHECK;

/* Over all logs so far. */
const struct ingest_totals *ingest_get_totals(const struct ingest *ingest);

#endif
