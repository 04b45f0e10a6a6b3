/*
 * The raw records of events, written in blocks and read back while writing (a late record must be
 * compared with those that are there).
 */
#ifndef ANALYZER_STORE_RAW_H
#define ANALYZER_STORE_RAW_H

#include "analyzer/assembler.h"
#include "analyzer/database.h"

/* A block is closed at this size: larger ones pack better and cost more to look into. */
enum {
	STORE_RAW_BLOCK_SIZE = 256 * 1024
};

struct store_raw;

/* Where an event's records lie. */
struct store_raw_place {
	int64_t block_id;
	int64_t offset; /* in the uncompressed block */
	int64_t length;
};

/* Returns NULL with *error. Borrows the connection. */
struct store_raw *store_raw_new(sqlite3 *database, struct error *error);

void store_raw_free(struct store_raw *raw);

/* Appends records to the open block. Returns 0 with *place, or -1 with *error. */
int store_raw_add(struct store_raw *raw, const struct record *records, size_t count,
		  struct store_raw_place *place, struct error *error) MUST_CHECK;

/*
 * The bytes at `place`, in raw_block's form, of a written block or of the open one. Borrowed until
 * the next call of this module. Returns 0, or -1 with *error: the block isn't there or is damaged.
 */
int store_raw_read(struct store_raw *raw, const struct store_raw_place *place, struct slice *bytes,
		   struct error *error) MUST_CHECK;

/* Writes the open block, if it holds anything: before each commit. Returns 0, or -1 with *error. */
int store_raw_flush(struct store_raw *raw, struct error *error) MUST_CHECK;

#endif
