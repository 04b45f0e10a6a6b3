/*
 * The steps of plan_make. Shared by the plan_*.c files only.
 */
#ifndef AUDITMGR_PLAN_STEP_H
#define AUDITMGR_PLAN_STEP_H

#include "auditmgr/plan.h"

/*
 * The statement of `others` that makes `wanted` superfluous, or NULL. A rule does that when it
 * matches all that the wanted one matches: the same but for the key, with more permissions, or
 * without the arch= (a -w). A control statement does when it says the same, or for -b as much or
 * more in the end, or -i for -c.
 */
const struct rule_statement *plan_cover_find(const struct rule_statement *wanted,
					     const struct rule_set *others);

/* Fills the settings after the merge and the warnings. Returns 0, or -1 with *error. */
int plan_effect_find(struct plan *plan, const struct rules_directory *installed,
		     struct error *error) MUST_CHECK;

/* Writes our file's bytes to plan->file. Returns 0, or -1 when out of memory. */
int plan_render(struct plan *plan) MUST_CHECK;

#endif
