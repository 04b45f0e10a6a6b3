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

/* In which order the statements of a set take effect. */
enum rule_check_order {
	RULE_CHECK_WRITTEN,  /* as they stand: auditctl -R */
	RULE_CHECK_COMPILED, /* as augenrules compiles rules.d: -D, the last -b and the last -f come
				first, the last -e comes last, where they start their line */
};

/*
 * Checks each statement of `set` and the statements against each other, in the order in which they
 * take effect, as if the kernel held no rule before. Diagnostics come in the set's order. Returns
 * 0, whatever was found, or -1 with *error when out of memory.
 */
int rule_check(const struct rule_set *set, const struct rule_host *host,
	       enum rule_check_order order, struct diagnostics *diagnostics,
	       struct error *error) MUST_CHECK;

#endif
