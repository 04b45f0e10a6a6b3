/*
 * An event's identity as text: "SECONDS.MS:SERIAL", with "NODE/" before it where the log names a
 * node (DESIGN.md, pinned interface).
 */
#ifndef ANALYZER_EVENT_IDENTITY_H
#define ANALYZER_EVENT_IDENTITY_H

#include "analyzer/event.h"
#include "common/error.h"
#include "common/text.h"

/* Appends the text; a node's bytes as they are. Returns 0, or -1 when out of memory. */
int event_identity_format(const struct event_id *id, struct text *text) MUST_CHECK;

/*
 * Reads `string`; id->node points into it, or has bytes == NULL where the text names none. Returns
 * 0, or -1 with *error (ERROR_INPUT) that says what an identity looks like.
 */
int event_identity_parse(const char *string, struct event_id *id, struct error *error) MUST_CHECK;

#endif
