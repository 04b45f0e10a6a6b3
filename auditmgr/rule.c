#include "auditmgr/rule.h"

#include <libaudit.h>
#include <string.h>

void rule_set_done(struct rule_set *set)
{
	free(set->statements);
	arena_done(&set->arena);
	*set = (struct rule_set)RULE_SET_INIT;
}

int rule_set_append(struct rule_set *set, const struct rule_statement *statement)
{
	if (set->count >= RULE_MAX_STATEMENTS)
		return -1;
	if (set->count == set->capacity) {
		size_t capacity = set->capacity ? set->capacity * 2 : 16;
		struct rule_statement *grown = realloc(set->statements, capacity * sizeof(*grown));

		if (!grown)
			return -1;
		set->statements = grown;
		set->capacity = capacity;
	}
	set->statements[set->count++] = *statement;
	return 0;
}

int rule_copy(struct arena *arena, struct rule *copy, const struct rule *source)
{
	struct rule_field *fields =
		arena_allocate_zeroed(arena, source->field_count + 1, sizeof(*fields));

	if (!fields)
		return -1;
	for (size_t i = 0; i < source->field_count; i++) {
		const struct slice text = source->fields[i].text;

		fields[i] = source->fields[i];
		if (!text.bytes)
			continue;
		fields[i].text.bytes = arena_copy(arena, text.bytes, text.length);
		if (!fields[i].text.bytes)
			return -1;
	}
	*copy = *source;
	copy->fields = fields;
	return 0;
}

const struct rule_field *rule_find(const struct rule *rule, uint32_t id)
{
	for (size_t i = 0; i < rule->field_count; i++)
		if (rule->fields[i].id == id)
			return &rule->fields[i];
	return NULL;
}

struct slice rule_path(const struct rule *rule)
{
	struct slice none = SLICE_NONE;
	const struct rule_field *field = rule_find(rule, AUDIT_WATCH);

	if (!field)
		field = rule_find(rule, AUDIT_DIR);
	return field ? field->text : none;
}

uint32_t rule_permissions(const struct rule *rule)
{
	const struct rule_field *field = rule_find(rule, AUDIT_PERM);

	return field ? field->value : 0;
}

uint32_t rule_architecture(const struct rule *rule)
{
	const struct rule_field *field = rule_find(rule, AUDIT_ARCH);

	return field && field->comparison == AUDIT_EQUAL ? field->value : 0;
}

struct slice rule_key(const struct rule *rule, size_t index)
{
	const struct rule_field *field = rule_find(rule, AUDIT_FILTERKEY);
	struct slice rest = field ? field->text : (struct slice)SLICE_NONE;

	while (rest.bytes) {
		const char *end = memchr(rest.bytes, AUDIT_KEY_SEPARATOR, rest.length);
		struct slice key = {rest.bytes, end ? (size_t)(end - rest.bytes) : rest.length};

		if (index-- == 0)
			return key;
		rest.length -= end ? key.length + 1 : key.length;
		rest.bytes = end ? end + 1 : NULL;
	}
	return (struct slice)SLICE_NONE;
}

bool rule_has_key(const struct rule *rule, const char *key)
{
	struct slice found;

	for (size_t i = 0; (found = rule_key(rule, i)).bytes; i++)
		if (slice_is(found, key))
			return true;
	return false;
}

static size_t count_keys(const struct rule *rule)
{
	size_t count = 0;

	while (rule_key(rule, count).bytes)
		count++;
	return count;
}

static bool has_key(const struct rule *rule, struct slice wanted)
{
	struct slice key;

	for (size_t i = 0; (key = rule_key(rule, i)).bytes; i++)
		if (slice_equal(key, wanted))
			return true;
	return false;
}

bool rule_same_keys(const struct rule *left, const struct rule *right)
{
	struct slice key;

	if (count_keys(left) != count_keys(right))
		return false;
	for (size_t i = 0; (key = rule_key(left, i)).bytes; i++)
		if (!has_key(right, key))
			return false;
	return true;
}

bool rule_uses_syscalls(const struct rule *rule)
{
	return rule->list == RULE_LIST_EXIT || rule->list == RULE_LIST_IO_URING;
}

bool rule_has_all_syscalls(const struct rule *rule)
{
	for (size_t i = 0; i + 1 < AUDIT_BITMASK_SIZE; i++)
		if (rule->syscalls[i] != UINT32_MAX)
			return false;
	return (rule->syscalls[AUDIT_BITMASK_SIZE - 1] & RULE_LAST_WORD_SYSCALLS) ==
	       RULE_LAST_WORD_SYSCALLS;
}

bool rule_has_syscall(const struct rule *rule, unsigned number)
{
	return number < RULE_SYSCALL_LIMIT && rule->syscalls[number / 32] >> number % 32 & 1U;
}

const char *rule_list_name(enum rule_list list)
{
	switch (list) {
	case RULE_LIST_USER:
		return "user";
	case RULE_LIST_TASK:
		return "task";
	case RULE_LIST_EXIT:
		return "exit";
	case RULE_LIST_EXCLUDE:
		return "exclude";
	case RULE_LIST_FILESYSTEM:
		return "filesystem";
	case RULE_LIST_IO_URING:
		return "io_uring";
	}
	return NULL;
}

const char *rule_action_name(enum rule_action action)
{
	switch (action) {
	case RULE_NEVER:
		return "never";
	case RULE_ALWAYS:
		return "always";
	}
	return NULL;
}
