/*
 * Bytes to lines, with bounded memory: a line longer than LINE_MAX_LENGTH comes in pieces.
 */
#ifndef ANALYZER_LINE_READER_H
#define ANALYZER_LINE_READER_H

#include "common/error.h"
#include "common/slice.h"

#include "analyzer/source.h"

#include <stdbool.h>

/*
 * The kernel ends a record at 8,970 bytes (MAX_AUDIT_MESSAGE_LENGTH in libaudit.h); auditd's
 * enrichment adds a name a field. Nothing of this length is a record.
 */
enum {
	LINE_MAX_LENGTH = 64 * 1024
};

struct line {
	struct slice bytes; /* without the newline; borrowed until the next call */
	uint64_t number;    /* from 1 */
	bool piece;         /* part of a line that is too long; all parts have the same number */
	bool ended;         /* a newline followed (false: the log ends here) */
	bool cut;           /* the log could not be read on: only its beginning is known */
};

struct line_reader;

/* Borrows `source` for its own life. Returns NULL when out of memory. */
struct line_reader *line_reader_new(struct source *source);

void line_reader_free(struct line_reader *reader);

/* Returns 1 with the next line, 0 at the end, -1 with *error; what could be read comes before the
 * error. */
int line_reader_next(struct line_reader *reader, struct line *line, struct error *error);

#endif
