/*
 * What can be said against one rule by itself: that it can never match, that it doesn't do what it
 * looks like, that it costs too much.
 */
#ifndef AUDITMGR_RULE_FLAW_H
#define AUDITMGR_RULE_FLAW_H

#include "auditmgr/rule.h"
#include "auditmgr/rule_host.h"
#include "common/diagnostic.h"

/*
 * Adds a warning for each flaw of the rule in `statement`, which is one of `set`: what another rule
 * of the set makes up for is none. Returns 0, or -1 when out of memory.
 */
int rule_flaw_check(const struct rule_statement *statement, const struct rule_set *set,
		    const struct rule_host *host, struct diagnostics *diagnostics) MUST_CHECK;

#endif
