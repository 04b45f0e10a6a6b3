/*
 * Whether an event matches a rule. An event has several records, and a map of a rule holds where
 * there is one record in whose view (sigma_view.h) all its items hold; where the items ask for
 * fields of PATH records, they must hold on one PATH record. Selections are combined by the
 * condition for the event as a whole. Keywords are looked for in all records.
 */
#ifndef ANALYZER_SIGMA_MATCH_H
#define ANALYZER_SIGMA_MATCH_H

#include "analyzer/event.h"
#include "analyzer/sigma_rule.h"
#include "common/text.h"

/* buffers that are used again, and what is known of the current event */
struct sigma_matcher {
	const struct event *event;
	struct text scratch, command_line;
	uint64_t gave_up; /* comparisons that hit a limit since it was last set to 0 */
	bool out_of_memory;
};

#define SIGMA_MATCHER_INIT                                                                         \
	{                                                                                          \
		.event = NULL                                                                      \
	}

void sigma_matcher_done(struct sigma_matcher *matcher);

/* Starts with another event, which is borrowed until the next. */
void sigma_matcher_event(struct sigma_matcher *matcher, const struct event *event);

/* Whether the event matches; matcher->out_of_memory tells that the answer can't be trusted. */
bool sigma_match(struct sigma_matcher *matcher, const struct sigma_rule *rule);

#endif
