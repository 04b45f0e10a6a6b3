/*
 * One event with all of its records: their bytes, and what each field means.
 */
#ifndef ANALYZER_EVENT_DETAIL_H
#define ANALYZER_EVENT_DETAIL_H

#include "analyzer/event_text.h"
#include "analyzer/interpret.h"
#include "analyzer/store_read.h"

#include <jansson.h>

struct event_detail {
	const struct stored_event *event;
	const struct stored_record *records;
	size_t record_count;
};

/* Prints the event's line and below it each record, escaped, with its fields. Returns 0, or -1 with
 * *error. */
int event_detail_text(const struct event_text *output, struct interpreter *interpreter,
		      const struct event_detail *detail, struct error *error) MUST_CHECK;

/*
 * Prints each record's bytes and a newline behind each, which the log had there: nothing is
 * escaped, since these are to be compared and hashed. Returns 0, or -1 with *error.
 */
int event_detail_raw(FILE *stream, const struct event_detail *detail,
		     struct error *error) MUST_CHECK;

/*
 * Returns a new object: the event as ecs.h has it, and "records" (schema/show.schema.json), or NULL
 * with *error.
 */
json_t *event_detail_json(struct interpreter *interpreter, const struct event_detail *detail,
			  struct error *error);

#endif
