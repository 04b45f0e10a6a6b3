/*
 * What is wrong with rules that parse: what the kernel refuses, what can never match or never be
 * seen, and what costs more than it tells. Errors are what stops a load; the rest are warnings.
 */
#ifndef AUDITMGR_RULE_CHECK_H
#define AUDITMGR_RULE_CHECK_H

#include "auditmgr/rule.h"
#include "auditmgr/rule_host.h"
#include "common/diagnostic.h"
#include "common/error.h"

/*
 * Checks each statement of `set` and the statements against each other, in the order in which they
 * take effect, as if the kernel held no rule before. Returns 0, whatever was found, or -1 with
 * *error when out of memory.
 */
int rule_check(const struct rule_set *set, const struct rule_host *host,
	       struct diagnostics *diagnostics, struct error *error) MUST_CHECK;

#endif
