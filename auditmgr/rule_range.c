#include "auditmgr/rule_range.h"

#include "auditmgr/rule_field.h"

bool rule_range_applies(const struct rule_field *field)
{
	switch (field->id) {
	case AUDIT_PID:
	case AUDIT_PPID:
	case AUDIT_UID:
	case AUDIT_EUID:
	case AUDIT_SUID:
	case AUDIT_FSUID:
	case AUDIT_LOGINUID:
	case AUDIT_GID:
	case AUDIT_EGID:
	case AUDIT_SGID:
	case AUDIT_FSGID:
	case AUDIT_SESSIONID:
	case AUDIT_ARCH:
	case AUDIT_MSGTYPE:
	case AUDIT_EXIT:
	case AUDIT_SUCCESS:
	case AUDIT_SADDR_FAM:
	case AUDIT_ARG0:
	case AUDIT_ARG1:
	case AUDIT_ARG2:
	case AUDIT_ARG3:
		return true;
	default:
		return false;
	}
}

int64_t rule_range_value(const struct rule_field *field)
{
	return field->id == AUDIT_EXIT ? (int64_t)(int32_t)field->value : (int64_t)field->value;
}

bool rule_range_of(const struct rule_field *field, struct rule_range *range)
{
	int64_t value = rule_range_value(field);

	if (!rule_range_applies(field))
		return false;
	*range = (struct rule_range)RULE_RANGE_ALL;
	if (field->id != AUDIT_EXIT)
		range->low = 0;
	switch (field->comparison) {
	case AUDIT_EQUAL:
		*range = (struct rule_range){value, value};
		return true;
	case AUDIT_LESS_THAN:
		range->high = value - 1;
		return true;
	case AUDIT_LESS_THAN_OR_EQUAL:
		range->high = value;
		return true;
	case AUDIT_GREATER_THAN:
		range->low = value + 1;
		return true;
	case AUDIT_GREATER_THAN_OR_EQUAL:
		range->low = value;
		return true;
	default:
		return false;
	}
}

struct rule_range rule_range_intersect(struct rule_range left, struct rule_range right)
{
	return (struct rule_range){left.low > right.low ? left.low : right.low,
				   left.high < right.high ? left.high : right.high};
}
