/*
 * What another file says already.
 */
#include "auditmgr/plan_step.h"

#include "auditmgr/rule_compare.h"

#include <string.h>

/*
 * Writes to *widened what `wanted` would be with the arch and the permissions of `other`, where
 * those match at least as much: if the two are equal then, `other` covers `wanted`. `fields` holds
 * the fields.
 */
static void widen(const struct rule *wanted, const struct rule *other, struct rule *widened,
		  struct rule_field *fields)
{
	uint32_t permissions = rule_permissions(other);

	*widened = *wanted;
	widened->fields = fields;
	widened->field_count = 0;
	for (size_t i = 0; i < wanted->field_count; i++) {
		struct rule_field field = wanted->fields[i];

		/* without arch= a rule is for the programs of all of them */
		if (field.id == AUDIT_ARCH && !rule_find(other, AUDIT_ARCH))
			continue;
		if (field.id == AUDIT_PERM && (permissions & field.value) == field.value)
			field.value = permissions;
		fields[widened->field_count++] = field;
	}
}

static bool covers_rule(const struct rule *other, const struct rule *wanted)
{
	struct rule_field fields[RULE_MAX_FIELDS + 1];
	struct rule widened;

	if (other->verb == RULE_DELETE || other->action != wanted->action)
		return false;
	if (rule_compare(other, wanted) != RULE_DIFFERENT)
		return true;
	widen(wanted, other, &widened, fields);
	return rule_compare(other, &widened) != RULE_DIFFERENT;
}

/* augenrules keeps the last -b of all files */
static const struct rule_statement *last_backlog_limit(const struct rule_set *others)
{
	for (size_t i = others->count; i > 0; i--) {
		const struct rule_statement *statement = &others->statements[i - 1];

		if (statement->kind == RULE_STATEMENT_CONTROL &&
		    statement->control.kind == RULE_CONTROL_BACKLOG_LIMIT)
			return statement;
	}
	return NULL;
}

static bool covers_control(const struct rule_control *other, const struct rule_control *wanted)
{
	if (other->kind == RULE_CONTROL_IGNORE_ERRORS && wanted->kind == RULE_CONTROL_CONTINUE)
		return true;
	return other->kind == wanted->kind && other->value == wanted->value;
}

const struct rule_statement *plan_cover_find(const struct rule_statement *wanted,
					     const struct rule_set *others)
{
	if (wanted->kind == RULE_STATEMENT_CONTROL &&
	    wanted->control.kind == RULE_CONTROL_BACKLOG_LIMIT) {
		const struct rule_statement *last = last_backlog_limit(others);

		return last && last->control.value >= wanted->control.value ? last : NULL;
	}
	for (size_t i = 0; i < others->count; i++) {
		const struct rule_statement *other = &others->statements[i];

		if (other->kind != wanted->kind)
			continue;
		/* -c and -i count from where they stand: behind our rules they are too late */
		if (other->kind == RULE_STATEMENT_CONTROL
			    ? !rules_directory_is_behind(other) &&
				      covers_control(&other->control, &wanted->control)
			    : covers_rule(&other->rule, &wanted->rule))
			return other;
	}
	return NULL;
}
