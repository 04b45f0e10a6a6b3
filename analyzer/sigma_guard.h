/*
 * A cheap first look: which rules can match an event at all, by the record types, system calls and
 * keys that their conditions make necessary. It may let an event through that does not match; it
 * never holds one back that does.
 */
#ifndef ANALYZER_SIGMA_GUARD_H
#define ANALYZER_SIGMA_GUARD_H

#include "analyzer/event.h"
#include "analyzer/sigma_rule.h"

struct sigma_guards;

/* NULL when out of memory. */
struct sigma_guards *sigma_guards_new(void);
void sigma_guards_free(struct sigma_guards *guards);

/* Adds what `rule` needs; rules are numbered from 0 in the order they are added. Returns 0, or -1
 * when out of memory. */
int sigma_guards_add(struct sigma_guards *guards, const struct sigma_rule *rule) MUST_CHECK;

/* Looks at an event. */
void sigma_guards_look(struct sigma_guards *guards, const struct event *event);

/* Whether rule number `rule` can match the event last looked at. */
bool sigma_guards_pass(const struct sigma_guards *guards, size_t rule);

#endif
