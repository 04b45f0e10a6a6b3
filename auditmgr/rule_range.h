/*
 * The numbers that a condition lets through, where they are one run of numbers: auid>=1000 is
 * 1000…4294967295.
 */
#ifndef AUDITMGR_RULE_RANGE_H
#define AUDITMGR_RULE_RANGE_H

#include "auditmgr/rule.h"

struct rule_range {
	int64_t low; /* both ends belong to it; low > high: nothing is let through */
	int64_t high;
};

/*
 * The range of a field about one number of the event (uid, exit, a0, arch, msgtype ...). false for
 * text, for !=, & and &=, and for fields that hold when any of the event's files has the value
 * (obj_uid, inode, filetype, perm ...): two of those don't contradict each other.
 */
bool rule_range_of(const struct rule_field *field, struct rule_range *range);

/* Whether the field is about one number of the event, as above, whatever its operator. */
bool rule_range_applies(const struct rule_field *field);

/* The value of a field as the kernel compares it: exit is signed, the others are not. */
int64_t rule_range_value(const struct rule_field *field);

/* What both let through. */
struct rule_range rule_range_intersect(struct rule_range left, struct rule_range right);

/* Every number there is. */
#define RULE_RANGE_ALL                                                                             \
	{                                                                                          \
		.low = INT32_MIN, .high = UINT32_MAX                                               \
	}

#endif
