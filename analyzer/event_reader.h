/*
 * An assembled event to a read one: libauparse splits each record into its fields (this is the only
 * file that calls libauparse while storing), values are decoded, and event_summary gathers what the
 * records say together.
 *
 * libauparse gets one whole event at a time, in the one form it surely knows ("type=NAME
 * msg=audit(...): body"), from records that record_parse accepted. A record that it drops all the
 * same has no fields and marks the event incomplete.
 */
#ifndef ANALYZER_EVENT_READER_H
#define ANALYZER_EVENT_READER_H

#include "analyzer/assembler.h"

struct event_reader;

/* Returns NULL when out of memory. libauparse keeps process-wide caches: one thread only. */
struct event_reader *event_reader_new(void);

void event_reader_free(struct event_reader *reader);

/*
 * Reads `assembled` into *event, whose memory belongs to the reader until the next call and, for
 * the lines, to `assembled`. Returns 0, or -1 with *error when out of memory.
 */
int event_reader_read(struct event_reader *reader, const struct assembled_event *assembled,
		      struct event *event, struct error *error) MUST_CHECK;

#endif
