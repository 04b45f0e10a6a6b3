#include "auditmgr/rule_cover.h"

#include "auditmgr/rule_class.h"
#include "auditmgr/rule_range.h"

static bool is_below(struct slice path, struct slice directory)
{
	while (directory.length > 1 && directory.bytes[directory.length - 1] == '/')
		directory.length--;
	if (path.length < directory.length ||
	    memcmp(path.bytes, directory.bytes, directory.length) != 0)
		return false;
	return path.length == directory.length || directory.length == 1 ||
	       path.bytes[directory.length] == '/';
}

/* Whether a number in the range of `narrow` always satisfies `wide`. */
static bool range_implies(const struct rule_field *narrow, const struct rule_field *wide)
{
	struct rule_range inner;
	struct rule_range outer;

	if (narrow->id != wide->id || !rule_range_of(narrow, &inner))
		return false;
	if (wide->comparison == AUDIT_NOT_EQUAL) {
		int64_t value = rule_range_value(wide);

		return value < inner.low || value > inner.high;
	}
	return rule_range_of(wide, &outer) && outer.low <= inner.low && inner.high <= outer.high;
}

/* Whether an event that satisfies `narrow` satisfies `wide`. */
static bool field_implies(const struct rule_field *narrow, const struct rule_field *wide)
{
	bool place = narrow->id == AUDIT_WATCH || narrow->id == AUDIT_DIR;

	if (wide->id == AUDIT_DIR)
		return place && is_below(narrow->text, wide->text);
	if (narrow->id != wide->id)
		return false;
	if (wide->id == AUDIT_PERM)
		return (narrow->value & ~wide->value) == 0;
	if (narrow->comparison == wide->comparison && narrow->value == wide->value &&
	    slice_equal(narrow->text, wide->text))
		return true;
	return range_implies(narrow, wide);
}

static bool conditions_cover(const struct rule *wide, const struct rule *narrow)
{
	for (size_t i = 0; i < wide->field_count; i++) {
		bool implied = wide->fields[i].id == AUDIT_FILTERKEY;

		for (size_t j = 0; j < narrow->field_count && !implied; j++)
			implied = field_implies(&narrow->fields[j], &wide->fields[i]);
		if (!implied)
			return false;
	}
	return true;
}

static bool syscalls_cover(const struct rule *wide, const struct rule *narrow)
{
	uint32_t class[AUDIT_BITMASK_SIZE];
	uint32_t permissions = rule_permissions(narrow);
	uint32_t architecture = rule_architecture(narrow);
	bool limited = permissions != 0 && architecture != 0;

	if (!rule_uses_syscalls(wide) || rule_has_all_syscalls(wide))
		return true;
	if (limited)
		rule_class_mask(class, architecture, permissions, false);
	for (size_t i = 0; i < AUDIT_BITMASK_SIZE; i++) {
		uint32_t wanted = narrow->syscalls[i] & (limited ? class[i] : UINT32_MAX);

		if ((wanted & ~wide->syscalls[i]) != 0)
			return false;
	}
	return true;
}

bool rule_covers(const struct rule *wide, const struct rule *narrow)
{
	return wide->list == narrow->list && conditions_cover(wide, narrow) &&
	       syscalls_cover(wide, narrow);
}

static bool fields_contradict(const struct rule_field *left, const struct rule_field *right)
{
	struct rule_range first;
	struct rule_range second;
	struct rule_range both;

	if (left->id != right->id || !rule_range_of(left, &first))
		return false;
	if (right->comparison == AUDIT_NOT_EQUAL)
		return first.low == first.high && first.low == rule_range_value(right);
	if (!rule_range_of(right, &second))
		return false;
	both = rule_range_intersect(first, second);
	return both.low > both.high;
}

bool rule_contradicts_itself(const struct rule *rule, const struct rule_field **left,
			     const struct rule_field **right)
{
	for (size_t i = 0; i < rule->field_count; i++)
		for (size_t j = 0; j < rule->field_count; j++)
			if (fields_contradict(&rule->fields[i], &rule->fields[j])) {
				*left = &rule->fields[i];
				*right = &rule->fields[j];
				return true;
			}
	return false;
}
