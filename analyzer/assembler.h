/*
 * Records to events. Records of one event share node, time and serial; they may come out of order,
 * between the records of other events, and late. An event is handed on when its last record came
 * (PROCTITLE, EOE, a type that stands alone), when none of its records came for ASSEMBLER_TIMEOUT
 * of the stream's own time, or when a limit is reached. A record that comes later still is handed
 * on as a fragment of the same identity, which the store joins.
 *
 * Cost per record does not depend on how many events are open, nor on their order.
 */
#ifndef ANALYZER_ASSEMBLER_H
#define ANALYZER_ASSEMBLER_H

#include "common/error.h"

#include "analyzer/record.h"

enum {
	ASSEMBLER_OPEN_MAX = 8192,              /* events */
	ASSEMBLER_BYTES_MAX = 12 * 1024 * 1024, /* of all open events */
	ASSEMBLER_EVENT_BYTES_MAX = 2 * 1024 * 1024,
	ASSEMBLER_TIMEOUT = 2000,           /* milliseconds: what libauparse and auditd wait */
	ASSEMBLER_CLOCK_JUMP = 3600 * 1000, /* milliseconds back: a new clock, not disorder */
};

/* All borrowed for the call that gets it. */
struct assembled_event {
	struct event_id id;
	const struct record *records; /* in order of arrival */
	size_t record_count;
};

struct assembler;

/* Takes an event. Returns 0, or -1 with *error, which ends the call that handed it on. */
typedef int (*assembler_sink)(void *context, const struct assembled_event *event,
			      struct error *error);

/* Returns NULL when out of memory. `context` is given to `sink`. */
struct assembler *assembler_new(assembler_sink sink, void *context);

void assembler_free(struct assembler *assembler);

/* Adds a record (copied) and hands on each event that this completes. Returns 0, or -1 with *error.
 */
int assembler_add(struct assembler *assembler, const struct record *record,
		  struct error *error) MUST_CHECK;

/* Hands on all that is open, oldest first: the log has ended. Returns 0, or -1 with *error. */
int assembler_flush(struct assembler *assembler, struct error *error) MUST_CHECK;

/* How many events are open. */
size_t assembler_open_count(const struct assembler *assembler);

#endif
