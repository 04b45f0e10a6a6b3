/*
 * The fields of one raw record with what they mean, for people: libauparse's tables for flags,
 * modes and numbers of all kinds, and our own decoding where those of 3.0.9 read past what is there
 * or lose bytes (socket addresses, encoded texts).
 *
 * Users and groups are never looked up on this host: they are what the log's own enrichment says,
 * else numbers (C79).
 */
#ifndef ANALYZER_INTERPRET_H
#define ANALYZER_INTERPRET_H

#include "analyzer/record.h"
#include "common/error.h"

enum {
	INTERPRET_LINE_MAX = 64 * 1024, /* a longer line is no record */
};

struct interpreted_field {
	const char *name; /* as the record spells it */
	struct slice raw; /* as it stands there */
	struct slice
		text; /* what it means: untrusted bytes; equal to raw where it means nothing else */
	bool undecodable; /* it should be an encoding and isn't one: text is raw */
};

struct interpreted_record {
	const char *fault;                      /* why the line is no record (record.h), or NULL */
	struct record record;                   /* where fault is NULL */
	const struct interpreted_field *fields; /* in order, those inside msg='...' among them */
	size_t field_count;
};

struct interpreter;

/* Returns NULL when out of memory. libauparse keeps process-wide caches: one thread only. */
struct interpreter *interpreter_new(void);

/* Takes NULL too. */
void interpreter_free(struct interpreter *interpreter);

/* for CLEANUP */
static inline void interpreter_done(struct interpreter **interpreter)
{
	interpreter_free(*interpreter);
}

/*
 * Interprets `line`, any bytes; `arch` is that of the event's SYSCALL record (for socket addresses
 * of big-endian hosts) or EVENT_UNSET. *record is valid until the next call and as long as `line`.
 * Returns 0, also where the line is no record or libauparse finds no fields in it, or -1 with
 * *error when out of memory.
 */
int interpreter_read(struct interpreter *interpreter, struct slice line, int64_t arch,
		     struct interpreted_record *record, struct error *error) MUST_CHECK;

#endif
