/*
 * Whether one rule matches all that another matches. The kernel takes the first rule that matches,
 * in load order across the lists of its exit filter, so a rule that is covered by an earlier one is
 * never the one that decides.
 */
#ifndef AUDITMGR_RULE_COVER_H
#define AUDITMGR_RULE_COVER_H

#include "auditmgr/rule.h"

/*
 * true: each event that `narrow` matches, `wide` matches. false: not so, or it can't be told. A
 * dir= counts as covering what is named below it, although a file system mounted in between ends
 * it.
 */
bool rule_covers(const struct rule *wide, const struct rule *narrow);

/*
 * Whether no event can satisfy the rule's conditions together. *left and *right are two fields that
 * contradict each other (the same one, where it lets nothing through by itself).
 */
bool rule_contradicts_itself(const struct rule *rule, const struct rule_field **left,
			     const struct rule_field **right);

#endif
