/*
 * The values that a field of a rule has on an event, seen from one of the event's records.
 */
#ifndef ANALYZER_SIGMA_VIEW_H
#define ANALYZER_SIGMA_VIEW_H

#include "analyzer/event.h"
#include "analyzer/sigma_field.h"
#include "common/text.h"

/* One event, seen from one of its records. */
struct sigma_view {
	const struct event *event;
	const struct event_record *record; /* NULL: from none in particular */
	const struct event_record *path; /* the PATH record that gives PATH fields to a record that
					    has none; NULL where the event has none */
	struct text *scratch;            /* for values that are put together */
	struct text *command_line;       /* made once an event; empty until then */
	bool out_of_memory;              /* set where a value could not be put together */
};

/* Is shown each value: `value` is borrowed for the call, `null` tells audit's `(null)`. Returns
 * true to see no more. */
typedef bool sigma_visitor(void *context, struct slice value, bool null);

/*
 * Shows each value that `field` has in the view. Returns whether the visitor ended it.
 *
 * A field has the record's own values where the record has the field. Otherwise it has those that
 * the other records of the event give it, with two exceptions: the fields of PATH records come from
 * view->path alone, and a0, a1... of a record that has arguments of its own (EXECVE, SYSCALL) never
 * come from another (for other records they come from EXECVE where there is one, else SYSCALL).
 */
bool sigma_view_each(struct sigma_view *view, const struct sigma_field *field, sigma_visitor *visit,
		     void *context);

#endif
