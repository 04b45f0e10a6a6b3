#include "auditmgr/rule_builder.h"

#include "auditmgr/rule_field.h"
#include "auditmgr/rule_machine.h"
#include "auditmgr/rule_value.h"

#include <libaudit.h>

/* The parser puts the option's own text before it, so only the reason is filled in here. */
#define refuse(error, ...) error_set(error, ERROR_INPUT, "", "", __VA_ARGS__)

void rule_builder_init(struct rule_builder *builder, struct arena *arena,
		       const struct rule_parse_options *options)
{
	*builder = (struct rule_builder){.arena = arena,
					 .options = options,
					 .machine = options->host.machine,
					 .keys = TEXT_INIT};
}

void rule_builder_done(struct rule_builder *builder)
{
	text_done(&builder->keys);
}

bool rule_builder_is_used(const struct rule_builder *builder)
{
	return builder->has_list || builder->has_syscalls || builder->field_count > 0 ||
	       builder->keys.length > 0;
}

static bool parse_list(struct slice text, bool io_uring, enum rule_list *list)
{
	static const enum rule_list lists[] = {RULE_LIST_EXIT, RULE_LIST_TASK, RULE_LIST_USER,
					       RULE_LIST_EXCLUDE, RULE_LIST_FILESYSTEM};

	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		if (slice_is(text, rule_list_name(lists[i]))) {
			*list = lists[i];
			return true;
		}
	if (!io_uring || !slice_is(text, rule_list_name(RULE_LIST_IO_URING)))
		return false;
	*list = RULE_LIST_IO_URING;
	return true;
}

static bool parse_action(struct slice text, enum rule_action *action)
{
	if (slice_is(text, "always"))
		*action = RULE_ALWAYS;
	else if (slice_is(text, "never"))
		*action = RULE_NEVER;
	else
		return false;
	return true;
}

static const char *explain_word(struct slice word)
{
	if (slice_is(word, "possible"))
		return "the action possible is deprecated: auditctl ignores the whole line";
	if (slice_is(word, "entry"))
		return "the entry list is gone from the kernel: use exit";
	if (slice_is(word, "io_uring"))
		return "auditctl before 3.1 doesn't know the io_uring list";
	return NULL;
}

int rule_builder_list(struct rule_builder *builder, enum rule_verb verb, struct slice text,
		      struct error *error)
{
	const char *comma = memchr(text.bytes, ',', text.length);
	struct slice first = {text.bytes, comma ? (size_t)(comma - text.bytes) : text.length};
	struct slice second = SLICE_NONE;
	struct rule *rule = &builder->rule;
	bool uring = builder->options->io_uring;
	const char *known;

	if (builder->has_list)
		return refuse(error, "the rule has a list, or is a watch, already");
	if (!comma)
		return refuse(error, "a list and an action, joined by a comma, are wanted");
	second = (struct slice){comma + 1, text.length - first.length - 1};
	if (!(parse_action(first, &rule->action) && parse_list(second, uring, &rule->list)) &&
	    !(parse_list(first, uring, &rule->list) && parse_action(second, &rule->action))) {
		known = explain_word(first);
		if (!known)
			known = explain_word(second);
		return refuse(error, "%s",
			      known ? known
				    : "lists are exit, task, user, exclude and filesystem; actions "
				      "are always and never");
	}
	if (builder->has_syscalls && !rule_uses_syscalls(rule))
		return refuse(error, "the %s list takes no -S", rule_list_name(rule->list));
	rule->verb = verb;
	rule->form = RULE_FORM_FILTER;
	builder->has_list = true;
	return 0;
}

static int add_field(struct rule_builder *builder, const struct rule_field *field,
		     struct error *error)
{
	if (builder->field_count >= RULE_MAX_FIELDS)
		return refuse(error, "the rule has too many fields; the limit is %d",
			      RULE_MAX_FIELDS);
	builder->fields[builder->field_count++] = *field;
	return 0;
}

static struct rule_field *find_field(struct rule_builder *builder, uint32_t id)
{
	for (size_t i = 0; i < builder->field_count; i++)
		if (builder->fields[i].id == id)
			return &builder->fields[i];
	return NULL;
}

int rule_builder_watch(struct rule_builder *builder, enum rule_verb verb, struct slice path,
		       struct error *error)
{
	struct rule_field field;
	const struct rule_field all = {.id = AUDIT_PERM,
				       .comparison = AUDIT_EQUAL,
				       .value = AUDIT_PERM_READ | AUDIT_PERM_WRITE |
						AUDIT_PERM_EXEC | AUDIT_PERM_ATTR};

	if (builder->has_list || builder->has_syscalls || builder->field_count > 0)
		return refuse(error, "a watch stands alone: no list, -S or second watch with it");
	if (rule_value_watch(builder->arena, &field, path, &builder->options->host, error))
		return -1;
	builder->rule.list = RULE_LIST_EXIT;
	builder->rule.action = RULE_ALWAYS;
	builder->rule.verb = verb;
	builder->rule.form = RULE_FORM_WATCH;
	builder->has_list = true;
	builder->key_allowed = true;
	return add_field(builder, &field, error) || add_field(builder, &all, error) ? -1 : 0;
}

/*
 * What the kernel allows once in a rule: one file or tree to watch, one program (audit_to_watch(),
 * audit_make_tree(), audit_to_inode(), audit_data_to_entry() in kernel/auditfilter.c).
 */
static int check_once(struct rule_builder *builder, uint32_t id, struct error *error)
{
	bool places = id == AUDIT_WATCH || id == AUDIT_DIR || id == AUDIT_INODE;

	if (places && (find_field(builder, AUDIT_WATCH) || find_field(builder, AUDIT_DIR) ||
		       find_field(builder, AUDIT_INODE)))
		return refuse(error, "a rule takes only one of path, dir and inode, once");
	if (id == AUDIT_EXE && find_field(builder, AUDIT_EXE))
		return refuse(error, "a rule takes only one exe");
	return 0;
}

int rule_builder_key(struct rule_builder *builder, struct slice key, struct error *error)
{
	size_t length = builder->keys.length + key.length + (builder->keys.length > 0);

	if (key.length == 0)
		return refuse(error, "the key is empty");
	if (length > AUDIT_MAX_KEY_LEN)
		return refuse(error, "the rule's keys have %zu bytes together; the limit is %d",
			      length, AUDIT_MAX_KEY_LEN);
	/* auditctl builds "key=..." of them and reads that as it reads -F */
	if (memmem(key.bytes, key.length, "!=", 2) || memmem(key.bytes, key.length, ">=", 2) ||
	    memmem(key.bytes, key.length, "<=", 2) || memmem(key.bytes, key.length, "&=", 2))
		return refuse(error, "auditctl takes the operator in the key for that of a field");
	if ((builder->keys.length > 0 && text_append_char(&builder->keys, AUDIT_KEY_SEPARATOR)) ||
	    text_append(&builder->keys, key.bytes, key.length))
		return error_set_memory(error, "cannot read a rule");
	return 0;
}

int rule_builder_field(struct rule_builder *builder, struct slice text, struct error *error)
{
	struct rule_field field;

	if (!builder->has_list)
		return refuse(error, "the list (-a, -A, -d, -w or -W) must be given before it");
	if (text.length >= 4 && memcmp(text.bytes, "key=", 4) == 0)
		return rule_builder_key(builder, (struct slice){text.bytes + 4, text.length - 4},
					error);
	if (rule_value_field(builder->arena, &field, text, builder->rule.list, builder->options,
			     error) ||
	    check_once(builder, field.id, error))
		return -1;
	/* libaudit takes names in any case, so "Key=x" comes this way; the kernel wants one field
	 */
	if (field.id == AUDIT_FILTERKEY)
		return rule_builder_key(builder, field.text, error);
	if (field.id == AUDIT_ARCH && builder->rule.form == RULE_FORM_WATCH)
		return refuse(error, "a watch takes no arch: write it as -a, with path= or dir=");
	if (field.id == AUDIT_ARCH && builder->has_syscalls)
		return refuse(error,
			      "arch must be given before -S: it says whose numbers they are");
	if (field.id == AUDIT_ARCH)
		builder->machine = rule_machine_of_architecture(field.value);
	if (field.id == AUDIT_PERM || field.id == AUDIT_WATCH || field.id == AUDIT_DIR ||
	    field.id == AUDIT_EXE || field.id == AUDIT_FSTYPE)
		builder->key_allowed = true;
	return add_field(builder, &field, error);
}

bool rule_builder_lacks_architecture(const struct rule_builder *builder, struct slice text)
{
	struct slice name;
	struct slice value;
	int machine = builder->options->host.machine;

	if (rule_comparison_split(text, &name, &value) != AUDIT_EQUAL || !slice_is(name, "arch"))
		return false;
	return (slice_is(value, "b32") && rule_machine_32(machine) < 0) ||
	       (slice_is(value, "b64") && rule_machine_64(machine) < 0);
}

int rule_builder_interfield(struct rule_builder *builder, struct slice text, struct error *error)
{
	struct rule_field field;

	if (!builder->has_list)
		return refuse(error, "the list (-a, -A, -d, -w or -W) must be given before it");
	if (rule_value_interfield(&field, text, builder->rule.list, error))
		return -1;
	return add_field(builder, &field, error);
}

int rule_builder_permissions(struct rule_builder *builder, struct slice letters,
			     struct error *error)
{
	struct rule_field field = {.id = AUDIT_PERM, .comparison = AUDIT_EQUAL};
	struct rule_field *given = find_field(builder, AUDIT_PERM);

	if (!builder->has_list || builder->field_count == 0)
		return refuse(error, "a watch must be given before it");
	if (builder->rule.list != RULE_LIST_EXIT)
		return refuse(error, "perm can't be used on the %s list",
			      rule_list_name(builder->rule.list));
	if (rule_value_permissions(&field.value, letters, error))
		return -1;
	builder->key_allowed = true;
	if (!given)
		return add_field(builder, &field, error);
	given->value = field.value;
	return 0;
}

int rule_builder_syscalls(struct rule_builder *builder, struct error *error)
{
	if (builder->has_list && builder->rule.form == RULE_FORM_WATCH)
		return refuse(error, "a watch is for all system calls: -S does nothing");
	if (builder->has_list && !rule_uses_syscalls(&builder->rule))
		return refuse(error, "the %s list takes no -S", rule_list_name(builder->rule.list));
	builder->has_syscalls = true;
	builder->key_allowed = true;
	return 0;
}

static int unknown_syscall(const struct rule_builder *builder, struct slice name,
			   struct error *error)
{
	const char *width = rule_machine_architecture_name(
		builder->options->host.machine, rule_machine_architecture(builder->machine));
	const char *machine = builder->machine < 0 ? NULL : audit_machine_to_name(builder->machine);

	if (!width || !machine)
		return refuse(error, "no table of system calls for this machine");
	return refuse(error, "there is no system call \"%.*s\" on %s (%s)", (int)name.length,
		      name.bytes, machine, width);
}

int rule_builder_syscall(struct rule_builder *builder, struct slice name, struct error *error)
{
	bool uring = builder->has_list && builder->rule.list == RULE_LIST_IO_URING;
	int machine = uring ? -1 : builder->machine;
	int64_t number = rule_machine_syscall(machine, name);

	if (slice_is(name, "all")) {
		memset(builder->rule.syscalls, 0xFF, sizeof(builder->rule.syscalls));
		builder->syscalls++;
		return 0;
	}
	if (number < 0 && name.length > 0 && name.bytes[0] >= '0' && name.bytes[0] <= '9' &&
	    rule_value_number(name, 0, RULE_SYSCALL_LIMIT - 1, &number))
		return refuse(error, "system calls have numbers from 0 to %d",
			      RULE_SYSCALL_LIMIT - 1);
	if (number < 0 && uring)
		return refuse(error, "io_uring operations are given by number");
	if (number < 0 && builder->options->drop_missing_syscalls && machine >= 0 &&
	    rule_machine_any_syscall(name)) {
		builder->missing = true;
		return 1;
	}
	if (number < 0)
		return unknown_syscall(builder, name, error);
	builder->rule.syscalls[number / 32] |= 1U << number % 32;
	builder->syscalls++;
	return 0;
}

/* What only the whole rule shows. */
static int check_whole(const struct rule_builder *builder, struct error *error)
{
	if (!builder->has_list)
		return refuse(error, "the rule has no list: -a, -A, -d, -w or -W is missing");
	if (builder->has_syscalls && builder->syscalls == 0 && !builder->missing)
		return refuse(error, "-S names no system call");
	if (builder->keys.length > 0 && builder->rule.list == RULE_LIST_EXCLUDE)
		return refuse(error, "the exclude list takes no key");
	if (builder->keys.length > 0 && !builder->key_allowed)
		return refuse(error, "a key needs a watch, -S, path, dir, perm, exe or fstype");
	return 0;
}

int rule_builder_finish(struct rule_builder *builder, struct rule *rule, struct error *error)
{
	struct rule_field key = {
		.id = AUDIT_FILTERKEY,
		.comparison = AUDIT_EQUAL,
		.text = {text_string(&builder->keys), builder->keys.length},
	};

	if (check_whole(builder, error))
		return -1;
	if (builder->has_syscalls && builder->syscalls == 0)
		return 1;
	if (key.text.length > 0 && add_field(builder, &key, error))
		return -1;
	/* auditctl asks for all of them wherever none were named, task excepted */
	if (!builder->has_syscalls && builder->rule.list != RULE_LIST_TASK)
		memset(builder->rule.syscalls, 0xFF, sizeof(builder->rule.syscalls));
	builder->rule.fields = builder->fields;
	builder->rule.field_count = builder->field_count;
	if (rule_copy(builder->arena, rule, &builder->rule))
		return error_set_memory(error, "cannot read a rule");
	return 0;
}
