/*
 * Events as lines for people, and as rows of CSV.
 */
#ifndef ANALYZER_EVENT_TEXT_H
#define ANALYZER_EVENT_TEXT_H

#include "analyzer/store_read.h"
#include "analyzer/terminal_style.h"
#include "common/text.h"

struct event_text {
	FILE *stream;
	bool utc; /* times in UTC, else in local time with its offset */
	struct terminal_style style;
};

/* Names the columns of event_text_line, for a terminal. */
void event_text_header(const struct event_text *output);

/*
 * Prints one line: time, login user, process, program, result, act, what it was done to, keys, id.
 * Everything from the log is escaped. Returns 0, or -1 with *error.
 */
int event_text_line(const struct event_text *output, const struct stored_event *stored,
		    struct error *error) MUST_CHECK;

int event_text_csv_header(const struct event_text *output, struct error *error) MUST_CHECK;
int event_text_csv_row(const struct event_text *output, const struct stored_event *stored,
		       struct error *error) MUST_CHECK;

/*
 * Appends who the event's login user is: "dev" as the log names it, "1000", "unset", or "?" where
 * no record says. Untrusted bytes. Returns 0, or -1 when out of memory.
 */
int event_text_login_user(const struct event *event, struct text *text) MUST_CHECK;

/* As that, for the user that it ran as. */
int event_text_user(const struct event *event, struct text *text) MUST_CHECK;

#endif
