#include "auditmgr/rule_compare.h"

#include "auditmgr/rule_class.h"

/* what else is to be overlooked */
enum leniency {
	STRICT,
	PATH_IS_DIR, /* path= and dir= are one */
	ANY_ARCH,    /* the value of arch= */
};

static struct slice trim_slashes(struct slice path)
{
	while (path.length > 1 && path.bytes[path.length - 1] == '/')
		path.length--;
	return path;
}

static bool is_place(uint32_t id)
{
	return id == AUDIT_WATCH || id == AUDIT_DIR;
}

static bool same_field(const struct rule_field *left, const struct rule_field *right,
		       enum leniency leniency)
{
	bool one_place = leniency == PATH_IS_DIR && is_place(left->id) && is_place(right->id);

	if (left->id != right->id && !one_place)
		return false;
	if (left->comparison != right->comparison)
		return false;
	if (leniency == ANY_ARCH && left->id == AUDIT_ARCH)
		return true;
	if (!left->text.bytes || !right->text.bytes)
		return !left->text.bytes && !right->text.bytes && left->value == right->value;
	if (is_place(left->id))
		return slice_equal(trim_slashes(left->text), trim_slashes(right->text));
	return slice_equal(left->text, right->text);
}

/* How often `field` stands in the rule, so that repeated fields are matched one to one. */
static size_t count_field(const struct rule *rule, const struct rule_field *field,
			  enum leniency leniency)
{
	size_t count = 0;

	for (size_t i = 0; i < rule->field_count; i++)
		count += same_field(&rule->fields[i], field, leniency);
	return count;
}

static size_t count_conditions(const struct rule *rule)
{
	size_t count = 0;

	for (size_t i = 0; i < rule->field_count; i++)
		count += rule->fields[i].id != AUDIT_FILTERKEY;
	return count;
}

/* Whether the rules have the same fields, in any order, keys apart. */
static bool same_conditions(const struct rule *left, const struct rule *right,
			    enum leniency leniency)
{
	if (count_conditions(left) != count_conditions(right))
		return false;
	for (size_t i = 0; i < left->field_count; i++) {
		const struct rule_field *field = &left->fields[i];

		if (field->id != AUDIT_FILTERKEY &&
		    count_field(left, field, leniency) != count_field(right, field, leniency))
			return false;
	}
	return true;
}

static bool same_masks(const uint32_t *left, const uint32_t *right, const uint32_t *within)
{
	for (size_t i = 0; i < AUDIT_BITMASK_SIZE; i++)
		if (((left[i] ^ right[i]) & (within ? within[i] : UINT32_MAX)) != 0)
			return false;
	return true;
}

/* Whether the rules, whose conditions are the same, are about the same system calls. */
static bool same_syscalls(const struct rule *left, const struct rule *right)
{
	uint32_t class[AUDIT_BITMASK_SIZE];
	uint32_t permissions = rule_permissions(left);
	uint32_t architecture = rule_architecture(left);

	if (!rule_uses_syscalls(left) || same_masks(left->syscalls, right->syscalls, NULL))
		return true;
	/* the class bits come back from the kernel as 0 */
	if (rule_has_all_syscalls(left) && rule_has_all_syscalls(right))
		return true;
	if (permissions == 0 || architecture == 0)
		return false;
	rule_class_mask(class, architecture, permissions, true);
	return same_masks(left->syscalls, right->syscalls, class);
}

static bool same_events(const struct rule *left, const struct rule *right, enum leniency leniency)
{
	return left->list == right->list && left->action == right->action &&
	       same_conditions(left, right, leniency) && same_syscalls(left, right);
}

enum rule_comparison rule_compare(const struct rule *left, const struct rule *right)
{
	if (!same_events(left, right, STRICT))
		return RULE_DIFFERENT;
	return rule_same_keys(left, right) ? RULE_EQUAL : RULE_EQUAL_BUT_KEY;
}

bool rule_compare_differs_in_recursion(const struct rule *left, const struct rule *right)
{
	return !same_events(left, right, STRICT) && same_events(left, right, PATH_IS_DIR);
}

bool rule_compare_identical(const struct rule *left, const struct rule *right)
{
	if (left->list != right->list || left->action != right->action ||
	    left->field_count != right->field_count)
		return false;
	if (!same_masks(left->syscalls, right->syscalls, NULL) &&
	    !(rule_has_all_syscalls(left) && rule_has_all_syscalls(right)))
		return false;
	for (size_t i = 0; i < left->field_count; i++) {
		const struct rule_field *l = &left->fields[i];
		const struct rule_field *r = &right->fields[i];

		if (l->id != r->id || l->comparison != r->comparison || l->value != r->value ||
		    !slice_equal(l->text, r->text))
			return false;
	}
	return true;
}

bool rule_compare_are_twins(const struct rule *left, const struct rule *right)
{
	return left->list == right->list && left->action == right->action &&
	       rule_architecture(left) != rule_architecture(right) &&
	       same_conditions(left, right, ANY_ARCH);
}
