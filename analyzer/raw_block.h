/*
 * The form in which raw records are kept (schema/store/0001-events.sql): for each record its line
 * number and its length, both as LEB128 numbers, and its bytes; many records together compressed by
 * zstd.
 */
#ifndef ANALYZER_RAW_BLOCK_H
#define ANALYZER_RAW_BLOCK_H

#include "common/slice.h"
#include "common/text.h"

/* A block that says it is larger was not made by us. */
enum {
	RAW_BLOCK_LENGTH_MAX = 64 * 1024 * 1024
};

struct raw_record {
	uint64_t line_number; /* from 1, in its source */
	struct slice line;    /* without the newline */
};

/* Appends one record to the uncompressed block. Returns 0, or -1 when out of memory. */
int raw_block_append(struct text *block, const struct raw_record *record) MUST_CHECK;

/*
 * Takes the first record off *rest. Returns 1 with *record (borrowed from *rest), 0 where *rest is
 * empty, -1 where the bytes are damaged.
 */
int raw_block_next(struct slice *rest, struct raw_record *record);

/* Replaces *compressed. Returns 0, or -1 when out of memory. */
int raw_block_compress(struct slice block, struct text *compressed) MUST_CHECK;

/*
 * Replaces *block by what `compressed` holds, which must be `length` bytes. Returns 0, or -1 where
 * it is damaged, not of that length, longer than RAW_BLOCK_LENGTH_MAX, or memory runs out.
 */
int raw_block_decompress(struct slice compressed, uint64_t length, struct text *block) MUST_CHECK;

#endif
