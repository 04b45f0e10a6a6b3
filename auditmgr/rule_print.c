#include "auditmgr/rule_print.h"

#include "auditmgr/rule_control.h"
#include "auditmgr/rule_field.h"
#include "auditmgr/rule_lex.h"
#include "auditmgr/rule_machine.h"
#include "common/escape.h"

#include <inttypes.h>
#include <libaudit.h>
#include <string.h>
#include <sys/socket.h>

/* one rule, while it is written */
struct printing {
	struct text *text;
	const struct rule *rule;
	int machine;  /* what b64 and b32 stand for */
	int syscalls; /* whose numbers the mask holds */
	bool loose;   /* for reading only: what can't be parsed back is written somehow */
	struct error *error;
};

static int no_memory(const struct printing *printing)
{
	return error_set_memory(printing->error, "cannot write a rule");
}

static int cannot_say(const struct printing *printing, const char *thing, const char *why)
{
	return error_set(printing->error, ERROR_INPUT, "cannot write a rule", thing, "%s", why);
}

/* Appends " -o word" with the word escaped for a rule file. */
static int print_word(const struct printing *printing, const char *option, struct slice word)
{
	struct text *text = printing->text;
	int failed;

	if (!printing->loose && !rule_lex_can_say(word))
		return cannot_say(printing, option,
				  "a control character can't be written in a rule file");
	failed = text_append_format(text, "%s%s ", text->length ? " " : "", option);
	if (!failed)
		failed = printing->loose ? escape_terminal(text, word.bytes, word.length)
					 : rule_lex_escape(text, word);
	return failed ? no_memory(printing) : 0;
}

static int append_permissions(struct text *word, uint32_t permissions)
{
	static const struct {
		uint32_t bit;
		char letter;
	} letters[] = {{AUDIT_PERM_READ, 'r'},
		       {AUDIT_PERM_WRITE, 'w'},
		       {AUDIT_PERM_EXEC, 'x'},
		       {AUDIT_PERM_ATTR, 'a'}};

	for (size_t i = 0; i < sizeof(letters) / sizeof(letters[0]); i++)
		if (permissions & letters[i].bit && text_append_char(word, letters[i].letter))
			return -1;
	return 0;
}

static int append_exit(struct text *word, int32_t value)
{
	const char *name = value < 0 && value > INT32_MIN ? audit_errno_to_name(-value) : NULL;

	return name ? text_append_format(word, "-%s", name)
		    : text_append_format(word, "%" PRId32, value);
}

static int append_name_or_number(struct text *word, const char *name, uint32_t value)
{
	return name ? text_append_string(word, name) : text_append_format(word, "%" PRIu32, value);
}

static const char *architecture_name(const struct printing *printing, uint32_t value)
{
	return rule_machine_architecture_name(printing->machine, value);
}

/* Appends a value as auditctl reads it. Returns 0, 1 where it has no way to say it, or -1. */
static int append_value(const struct printing *printing, struct text *word,
			const struct rule_field *field, enum rule_value_kind kind)
{
	uint32_t value = field->value;
	const char *name;

	switch (kind) {
	case RULE_VALUE_USER:
	case RULE_VALUE_SESSION:
		return append_name_or_number(word, value == AUDIT_UID_UNSET ? "unset" : NULL,
					     value);
	case RULE_VALUE_EXIT:
		return append_exit(word, (int32_t)value);
	case RULE_VALUE_MESSAGE_TYPE:
		name = value > INT32_MAX ? NULL : audit_msg_type_to_name((int)value);
		return append_name_or_number(word, name, value);
	case RULE_VALUE_ARCHITECTURE:
		name = architecture_name(printing, value);
		return name ? text_append_string(word, name) : 1;
	case RULE_VALUE_PERMISSIONS:
		return value ? append_permissions(word, value) : 1;
	case RULE_VALUE_FILE_TYPE:
		name = rule_file_type_name(value);
		return name ? text_append_string(word, name) : 1;
	case RULE_VALUE_FILE_SYSTEM:
		name = value > INT32_MAX ? NULL : audit_fstype_to_name((int)value);
		if (!name && value > INT32_MAX)
			return 1;
		return append_name_or_number(word, name, value);
	case RULE_VALUE_ARGUMENT:
		return text_append_format(word, "0x%" PRIX32, value);
	case RULE_VALUE_FAMILY:
		return value < AF_MAX ? append_name_or_number(word, NULL, value) : 1;
	case RULE_VALUE_NUMBER:
	case RULE_VALUE_GROUP:
	case RULE_VALUE_COMPARISON:
		return append_name_or_number(word, NULL, value);
	case RULE_VALUE_STRING:
	case RULE_VALUE_PATH:
	case RULE_VALUE_KEY:
		return text_append(word, field->text.bytes, field->text.length);
	}
	return 1;
}

/* Whether libaudit would cut the word where we joined it: a path may hold an operator. */
static bool splits_back(const struct text *word, const char *name, uint32_t comparison)
{
	struct slice found_name;
	struct slice value;
	struct slice whole = {text_string(word), word->length};

	return rule_comparison_split(whole, &found_name, &value) == comparison &&
	       slice_is(found_name, name) && value.length > 0;
}

static int print_interfield(const struct printing *printing, const struct rule_field *field)
{
	const struct rule_interfield *pair = rule_interfield_by_value(field->value);
	CLEANUP(text_done) struct text word = TEXT_INIT;

	if (!pair)
		return cannot_say(printing, "field_compare", "the kernel has no such comparison");
	if (text_append_format(&word, "%s%s%s", rule_field_by_id(pair->left)->name,
			       rule_comparison_symbol(field->comparison),
			       rule_field_by_id(pair->right)->name))
		return no_memory(printing);
	return print_word(printing, "-C", (struct slice){word.bytes, word.length});
}

static int print_field(const struct printing *printing, const struct rule_field *field)
{
	const struct rule_field_type *type = rule_field_by_id(field->id);
	const char *symbol = rule_comparison_symbol(field->comparison);
	CLEANUP(text_done) struct text word = TEXT_INIT;
	int result;

	if (!type || !symbol)
		return cannot_say(printing, "field", "auditctl has no name for it");
	if (type->kind == RULE_VALUE_COMPARISON)
		return print_interfield(printing, field);
	if (text_append_format(&word, "%s%s", type->name, symbol))
		return no_memory(printing);
	result = append_value(printing, &word, field, type->kind);
	if (result == 1 && printing->loose)
		result = text_append_format(&word, "%" PRIu32, field->value);
	if (result == 1)
		return cannot_say(printing, type->name, "auditctl has no way to say its value");
	if (result)
		return no_memory(printing);
	if (!printing->loose && !splits_back(&word, type->name, field->comparison))
		return cannot_say(printing, text_string(&word),
				  "auditctl takes an operator inside the value for the field's");
	return print_word(printing, "-F", (struct slice){word.bytes, word.length});
}

static int append_syscall(const struct printing *printing, struct text *list, unsigned number)
{
	bool uring = printing->rule->list == RULE_LIST_IO_URING;
	const char *name = uring ? NULL : rule_machine_syscall_name(printing->syscalls, number);

	return (list->length && text_append_char(list, ',')) ||
			       append_name_or_number(list, name, number)
		       ? -1
		       : 0;
}

/* Whether auditctl fills in all system calls by itself, and a key may follow without -S. */
static bool is_all_implied(const struct rule *rule)
{
	return rule_find(rule, AUDIT_WATCH) || rule_find(rule, AUDIT_DIR) ||
	       rule_find(rule, AUDIT_PERM) || rule_find(rule, AUDIT_EXE) ||
	       !rule_find(rule, AUDIT_FILTERKEY);
}

static int print_syscalls(const struct printing *printing)
{
	const struct rule *rule = printing->rule;
	CLEANUP(text_done) struct text list = TEXT_INIT;

	if (!rule_uses_syscalls(rule))
		return 0;
	if (rule_has_all_syscalls(rule))
		return is_all_implied(rule) ? 0 : print_word(printing, "-S", slice_of("all"));
	if (rule->syscalls[AUDIT_BITMASK_SIZE - 1] & ~RULE_LAST_WORD_SYSCALLS && !printing->loose)
		return cannot_say(printing, "-S", "a class of system calls has no name");
	for (unsigned number = 0; number < RULE_SYSCALL_LIMIT; number++)
		if (rule_has_syscall(rule, number) && append_syscall(printing, &list, number))
			return no_memory(printing);
	if (list.length == 0)
		return printing->loose ? 0
				       : cannot_say(printing, "-S",
						    "the rule is about no system call at all");
	return print_word(printing, "-S", (struct slice){list.bytes, list.length});
}

static int print_keys(const struct printing *printing)
{
	struct slice key;

	for (size_t i = 0; (key = rule_key(printing->rule, i)).bytes; i++) {
		CLEANUP(text_done) struct text word = TEXT_INIT;

		if (text_append_string(&word, "key=") || text_append(&word, key.bytes, key.length))
			return no_memory(printing);
		if (!printing->loose && !splits_back(&word, "key", AUDIT_EQUAL))
			return cannot_say(printing, text_string(&word),
					  "auditctl takes no such key");
		if (print_word(printing, "-F", (struct slice){word.bytes, word.length}))
			return -1;
	}
	return 0;
}

/* The index behind the last arch= field: -S must stand behind it, and names its calls. */
static size_t find_syscalls_place(struct printing *printing)
{
	const struct rule *rule = printing->rule;
	size_t place = 0;

	for (size_t i = 0; i < rule->field_count; i++)
		if (rule->fields[i].id == AUDIT_ARCH) {
			place = i + 1;
			printing->syscalls = rule_machine_of_architecture(rule->fields[i].value);
		}
	return place;
}

static int print_rule(struct printing *printing)
{
	static const char *const options[] = {
		[RULE_APPEND] = "-a", [RULE_PREPEND] = "-A", [RULE_DELETE] = "-d"};
	const struct rule *rule = printing->rule;
	size_t place = find_syscalls_place(printing);

	if (text_append_format(printing->text, "%s%s %s,%s", printing->text->length ? " " : "",
			       options[rule->verb], rule_action_name(rule->action),
			       rule_list_name(rule->list)))
		return no_memory(printing);
	for (size_t i = 0; i <= rule->field_count; i++) {
		if (i == place && print_syscalls(printing))
			return -1;
		if (i < rule->field_count && rule->fields[i].id != AUDIT_FILTERKEY &&
		    print_field(printing, &rule->fields[i]))
			return -1;
	}
	return print_keys(printing);
}

/* Appends the rule to *text, and nothing where it fails. */
static int print_whole(struct text *text, const struct rule *rule, int machine, bool loose,
		       struct error *error)
{
	CLEANUP(text_done) struct text whole = TEXT_INIT;
	struct printing printing = {.text = &whole,
				    .rule = rule,
				    .machine = machine,
				    .syscalls = machine,
				    .loose = loose,
				    .error = error};

	if (print_rule(&printing))
		return -1;
	return text_append(text, whole.bytes, whole.length) ? no_memory(&printing) : 0;
}

int rule_print(struct text *text, const struct rule *rule, int machine, struct error *error)
{
	return print_whole(text, rule, machine, false, error);
}

int rule_describe(struct text *text, const struct rule *rule, int machine)
{
	struct error error = ERROR_INIT;

	return print_whole(text, rule, machine, true, &error);
}

static int print_control(struct text *text, const struct rule_control *control, struct error *error)
{
	CLEANUP(text_done) struct text whole = TEXT_INIT;
	const char *name = rule_control_name(control->kind);
	struct printing printing = {.text = &whole, .error = error};
	bool deletes = control->kind == RULE_CONTROL_DELETE_ALL;

	if (control->text.bytes && deletes && text_append_string(&whole, name))
		return no_memory(&printing);
	if (control->text.bytes && print_word(&printing, deletes ? "-k" : name, control->text))
		return -1;
	if (!control->text.bytes && text_append_string(&whole, name))
		return no_memory(&printing);
	if (rule_control_has_value(control->kind) &&
	    text_append_format(&whole, " %" PRIu32, control->value))
		return no_memory(&printing);
	return text_append(text, whole.bytes, whole.length) ? no_memory(&printing) : 0;
}

int rule_print_statement(struct text *text, const struct rule_statement *statement, int machine,
			 struct error *error)
{
	if (statement->kind == RULE_STATEMENT_CONTROL)
		return print_control(text, &statement->control, error);
	return rule_print(text, &statement->rule, machine, error);
}
