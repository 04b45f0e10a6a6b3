/*
 * One line of an audit log, checked and taken apart as far as its header. Nothing that fails here
 * reaches libauparse, whose 3.0.9 trusts its input (docs/decisions.md).
 *
 * line   = [ prefix ] [ "node=" NODE " " ] "type=" TYPE " " [ "msg=" ] "audit(" SEC "." MS ":"
 * SERIAL ")" body prefix = what syslog or the kernel's own log puts before it, up to
 * RECORD_PREFIX_MAX bytes, with a blank last TYPE   = NAME | NUMBER | "UNKNOWN[" NUMBER "]" NAME of
 * A-Z 0-9 _ - SEC    = 1 to 12 digits, up to the year 9999; MS = 1 to 3 digits; SERIAL = 0 to
 * 4294967295 body   = nothing, or begins with ":" or " "          (audit 1.2 wrote no ":")
 */
#ifndef ANALYZER_RECORD_H
#define ANALYZER_RECORD_H

#include "analyzer/event.h"

enum {
	RECORD_PREFIX_MAX = 256,
	RECORD_NODE_MAX = 255,
	RECORD_TYPE_MAX = 64,
};

/* All slices point into the line, except type_name where libaudit has a name for a number. */
struct record {
	struct event_id id;
	int type; /* or -1 for a name that libaudit doesn't know */
	struct slice type_name;
	struct slice line; /* all of it */
	struct slice body; /* what follows "audit(...)" and its ":" and blank */
	uint64_t line_number;
};

/*
 * Takes `line` apart. Returns NULL and fills *record, or returns why it is no record: a static
 * text. A carriage return at the end belongs to the line and not to the body.
 */
const char *record_parse(struct slice line, uint64_t line_number, struct record *record);

/* Whether an event of this type never has a second record: those that user space and auditd send.
 */
bool record_type_stands_alone(int type);

/* Whether a record of this type is the last of its event: PROCTITLE as auditd writes it, EOE in a
 * live stream. */
bool record_type_ends_event(int type);

#endif
