/*
 * Whether two rules mean the same to the kernel: the order of fields, the order of permission
 * letters, a slash at the end of a path, `-w` against `-a … -F path=`, the operands' order of -C,
 * auid=unset against auid=-1 don't matter. path= and dir= do: only dir= sees what is below.
 *
 * libaudit 4 fills in only the system calls that a perm= field can match where libaudit 3 sets all
 * of them; the two are equal here (see rule_class.h).
 */
#ifndef AUDITMGR_RULE_COMPARE_H
#define AUDITMGR_RULE_COMPARE_H

#include "auditmgr/rule.h"

enum rule_comparison {
	RULE_EQUAL,
	RULE_EQUAL_BUT_KEY, /* the same events, recorded with other keys (or none) */
	RULE_DIFFERENT,
};

/* The verb and the form are not compared: they say how a rule came to be, not what it matches. */
enum rule_comparison rule_compare(const struct rule *left, const struct rule *right);

/*
 * Whether the two differ in nothing (keys apart) but that one says dir= and the other path= of the
 * same path: "not recursive".
 */
bool rule_compare_differs_in_recursion(const struct rule *left, const struct rule *right);

/*
 * Whether they are the same to the kernel's own test for duplicates (EEXIST when added, found when
 * deleted): list, action, mask, and the fields with their operators and values in order, key too.
 */
bool rule_compare_identical(const struct rule *left, const struct rule *right);

/*
 * Whether the two differ, keys and system calls apart, in nothing but the value of arch=: the b64
 * and the b32 of one rule.
 */
bool rule_compare_are_twins(const struct rule *left, const struct rule *right);

#endif
