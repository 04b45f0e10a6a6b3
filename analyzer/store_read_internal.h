/*
 * What the files store_read.c (opening), stored_event.c and stored_record.c share.
 */
#ifndef ANALYZER_STORE_READ_INTERNAL_H
#define ANALYZER_STORE_READ_INTERNAL_H

#include "analyzer/store_read.h"
#include "common/arena.h"
#include "common/text.h"

struct store_reader {
	char *path;
	sqlite3 *database;
	/* each prepared at its first use */
	sqlite3_stmt *find_statement;
	sqlite3_stmt *event_statement;
	sqlite3_stmt *path_statement;
	sqlite3_stmt *fragment_statement;
	sqlite3_stmt *block_statement;
	struct arena event_memory;  /* of the event given last */
	struct arena record_memory; /* of the records given last */
	struct stored_event event;
	/* the block decompressed last: the events of one batch lie side by side */
	struct text block;
	int64_t block_row; /* 0: none */
};

#endif
