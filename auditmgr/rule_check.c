#include "auditmgr/rule_check.h"

#include "auditmgr/rule_class.h"
#include "auditmgr/rule_compare.h"
#include "auditmgr/rule_control.h"
#include "auditmgr/rule_cover.h"
#include "auditmgr/rule_flaw.h"
#include "auditmgr/rule_machine.h"

/* A rule that the kernel would hold. */
struct loaded {
	const struct rule_statement *statement;
};

/* The statements so far, as if they had been loaded into an empty kernel. */
struct walk {
	const struct rule_set *set;
	const struct rule_host *host;
	enum rule_check_order order;
	struct diagnostics *diagnostics;
	struct loaded *loaded; /* in the order of their lists; room for all */
	size_t count;
	const struct rule_statement *backlog; /* the last -b */
	const struct rule_statement *locked;  /* -e 2 */
	bool locked_said;
	bool goes_on; /* -i or -c: a refused rule doesn't stop the load */
};

/* Adds a diagnostic about `statement`; `other`, if given, is named behind the reason. */
static int say(struct walk *walk, enum diagnostic_level level,
	       const struct rule_statement *statement, const char *what, const char *why,
	       const struct rule_statement *other)
{
	if (!other)
		return diagnostics_add(walk->diagnostics, level, statement->file, statement->line,
				       statement->column, what, "%s", why);
	return diagnostics_add(walk->diagnostics, level, statement->file, statement->line,
			       statement->column, what, "%s %s:%u", why, other->file, other->line);
}

static int warn(struct walk *walk, const struct rule_statement *statement, const char *what,
		const char *why, const struct rule_statement *other)
{
	return say(walk, DIAGNOSTIC_WARNING, statement, what, why, other);
}

/* What an earlier rule makes of a later one; the earlier one's place stands behind the reason. */
struct verdict {
	enum diagnostic_level level;
	const char *what;
	const char *why;
};

/* The verdict where both are the same but for their order, keys and verb. Static, or NULL. */
static const struct verdict *judge_same(const struct walk *walk, const struct rule *first,
					const struct rule *second)
{
	static const struct verdict twice = {
		DIAGNOSTIC_ERROR, "rule given twice",
		"the kernel answers \"Rule exists\" and auditctl -R stops: it stands at"};
	static const struct verdict twice_going_on = {
		DIAGNOSTIC_WARNING, "rule given twice",
		"the kernel answers \"Rule exists\": it stands at"};
	/* the kernel's test for duplicates looks at the flag of -A too, so it doesn't see this */
	static const struct verdict prepended = {DIAGNOSTIC_WARNING, "rule given twice",
						 "it stands already at"};
	static const struct verdict reordered = {
		DIAGNOSTIC_WARNING, "rule given twice",
		"in another order, so the kernel keeps both: it stands at"};
	static const struct verdict other_key = {DIAGNOSTIC_WARNING, "key never recorded",
						 "the same rule with another key comes first, at"};
	enum rule_comparison comparison = rule_compare(first, second);

	if (rule_compare_identical(first, second)) {
		if (second->verb == RULE_PREPEND)
			return &prepended;
		return walk->goes_on ? &twice_going_on : &twice;
	}
	if (comparison == RULE_EQUAL)
		return &reordered;
	return comparison == RULE_EQUAL_BUT_KEY ? &other_key : NULL;
}

/* The verdict where the first covers the second. Static, or NULL. */
static const struct verdict *judge_covered(const struct rule *first, const struct rule *second)
{
	static const struct verdict never_matches = {DIAGNOSTIC_WARNING, "rule never matches",
						     "a never rule that covers it comes first, at"};
	static const struct verdict no_effect = {
		DIAGNOSTIC_WARNING, "rule has no effect",
		"what it leaves out is recorded before, by the rule at"};
	static const struct verdict key_taken = {DIAGNOSTIC_WARNING, "key never recorded",
						 "a rule that covers it comes first, at"};

	if (!rule_covers(first, second))
		return NULL;
	if (first->action == RULE_NEVER)
		return second->action == RULE_ALWAYS ? &never_matches : NULL;
	if (second->action == RULE_NEVER)
		return &no_effect;
	return rule_key(second, 0).bytes && !rule_same_keys(first, second) ? &key_taken : NULL;
}

/* Returns 1 where there was something to say, 0, or -1 when out of memory. */
static int check_pair(struct walk *walk, const struct rule_statement *earlier,
		      const struct rule_statement *later)
{
	const struct verdict *verdict = judge_same(walk, &earlier->rule, &later->rule);

	if (!verdict)
		verdict = judge_covered(&earlier->rule, &later->rule);
	if (!verdict)
		return 0;
	return say(walk, verdict->level, later, verdict->what, verdict->why, earlier) ? -1 : 1;
}

/* A prepended rule comes first for the kernel, whatever stands before it in the file. */
static int check_prepended(struct walk *walk, const struct rule_statement *statement)
{
	for (size_t i = 0; i < walk->count; i++) {
		const struct rule_statement *other = walk->loaded[i].statement;
		int result;

		if (rule_compare_identical(&other->rule, &statement->rule))
			result = check_pair(walk, other, statement);
		else
			result = check_pair(walk, statement, other);
		if (result)
			return result < 0 ? -1 : 0;
	}
	return 0;
}

static int check_appended(struct walk *walk, const struct rule_statement *statement)
{
	for (size_t i = 0; i < walk->count; i++) {
		int result = check_pair(walk, walk->loaded[i].statement, statement);

		if (result)
			return result < 0 ? -1 : 0;
	}
	return 0;
}

static bool is_catch_all(const struct rule *rule)
{
	for (size_t i = 0; i < rule->field_count; i++)
		if (rule->fields[i].id != AUDIT_ARCH && rule->fields[i].id != AUDIT_FILTERKEY)
			return false;
	return rule->list == RULE_LIST_EXIT && rule_has_all_syscalls(rule);
}

/*
 * The name of a system call of the b64 `rule` that 32-bit programs can make too and that `mask`, of
 * b32, lacks; NULL where there is none.
 */
static const char *find_unseen(const struct rule *rule, const uint32_t *mask, int machine_64,
			       int machine_32)
{
	for (unsigned number = 0; number < RULE_SYSCALL_LIMIT; number++) {
		const char *name;
		int twin;

		if (!rule_has_syscall(rule, number))
			continue;
		name = rule_machine_syscall_name(machine_64, number);
		twin = name ? rule_machine_syscall(machine_32, slice_of(name)) : -1;
		if (twin >= 0 && !(mask[twin / 32] >> twin % 32 & 1U))
			return name;
	}
	return NULL;
}

/* A b64 rule sees nothing of a 32-bit program. */
static int check_twin(struct walk *walk, const struct rule_statement *statement)
{
	int machine_64 = rule_machine_64(walk->host->machine);
	int machine_32 = rule_machine_32(walk->host->machine);
	uint32_t b64 = rule_machine_architecture(machine_64);
	uint32_t b32 = rule_machine_architecture(machine_32);
	const struct rule *rule = &statement->rule;
	uint32_t seen[AUDIT_BITMASK_SIZE] = {0};
	const char *unseen;

	if (b64 == 0 || b32 == 0 || rule->list != RULE_LIST_EXIT || rule->action != RULE_ALWAYS ||
	    rule_architecture(rule) != b64)
		return 0;
	for (size_t i = 0; i < walk->set->count; i++) {
		const struct rule_statement *other = &walk->set->statements[i];

		if (other->kind != RULE_STATEMENT_RULE || other->rule.verb == RULE_DELETE ||
		    other->rule.action != RULE_ALWAYS || rule_architecture(&other->rule) != b32)
			continue;
		if (!is_catch_all(&other->rule) && !rule_compare_are_twins(&other->rule, rule))
			continue;
		for (size_t word = 0; word < AUDIT_BITMASK_SIZE; word++)
			seen[word] |= other->rule.syscalls[word];
	}
	unseen = find_unseen(rule, seen, machine_64, machine_32);
	if (!unseen)
		return 0;
	if (rule_has_all_syscalls(rule))
		return warn(walk, statement, "arch=b64 alone",
			    "32-bit programs aren't seen: its twin with arch=b32 is missing", NULL);
	return diagnostics_add(walk->diagnostics, DIAGNOSTIC_WARNING, statement->file,
			       statement->line, statement->column, "arch=b64 alone",
			       "%s of 32-bit programs isn't seen: a twin with arch=b32 is missing",
			       unseen);
}

static int add_rule(struct walk *walk, const struct rule_statement *statement)
{
	bool prepend = statement->rule.verb == RULE_PREPEND;

	if (rule_flaw_check(statement, walk->set, walk->host, walk->diagnostics) ||
	    check_twin(walk, statement) ||
	    (prepend ? check_prepended(walk, statement) : check_appended(walk, statement)))
		return -1;
	if (prepend)
		memmove(walk->loaded + 1, walk->loaded, walk->count * sizeof(*walk->loaded));
	walk->loaded[prepend ? 0 : walk->count].statement = statement;
	walk->count++;
	return 0;
}

static void remove_loaded(struct walk *walk, size_t index)
{
	walk->count--;
	memmove(walk->loaded + index, walk->loaded + index + 1,
		(walk->count - index) * sizeof(*walk->loaded));
}

static int delete_rule(struct walk *walk, const struct rule_statement *statement)
{
	for (size_t i = 0; i < walk->count; i++)
		if (rule_compare_identical(&walk->loaded[i].statement->rule, &statement->rule)) {
			remove_loaded(walk, i);
			return 0;
		}
	return warn(walk, statement, "rule to delete",
		    "no rule before it is the same, fields in the same order and key included: the "
		    "kernel answers \"No rule matches\" and auditctl -R stops",
		    NULL);
}

/* augenrules lifts these out of the files only where they start their line: mawk has no \s */
static bool is_lifted(const struct walk *walk, const struct rule_statement *statement)
{
	return walk->order == RULE_CHECK_COMPILED && statement->column == 1;
}

static int delete_all(struct walk *walk, const struct rule_statement *statement)
{
	struct slice key = statement->control.text;

	if (!key.bytes && is_lifted(walk, statement))
		return 0;
	if (!key.bytes) {
		bool any = walk->count > 0;

		walk->count = 0;
		return any ? warn(walk, statement, "-D", "it removes the rules before it", NULL)
			   : 0;
	}
	for (size_t i = walk->count; i > 0; i--)
		if (rule_has_key(&walk->loaded[i - 1].statement->rule, key.bytes))
			remove_loaded(walk, i - 1);
	return 0;
}

static int check_indent(struct walk *walk, const struct rule_statement *statement)
{
	enum rule_control_kind kind = statement->control.kind;
	bool lifted = kind == RULE_CONTROL_ENABLED || kind == RULE_CONTROL_BACKLOG_LIMIT ||
		      kind == RULE_CONTROL_FAILURE ||
		      (kind == RULE_CONTROL_DELETE_ALL && !statement->control.text.bytes);

	if (!lifted || statement->column == 1)
		return 0;
	return warn(walk, statement, rule_control_name(kind),
		    "not at the start of its line: augenrules leaves it where it stands", NULL);
}

static int check_control_value(struct walk *walk, const struct rule_statement *statement)
{
	uint32_t value = statement->control.value;
	const struct rule_statement *before = walk->backlog;

	switch (statement->control.kind) {
	case RULE_CONTROL_BACKLOG_LIMIT:
		walk->backlog = statement;
		if (before && before->control.value > value)
			return warn(
				walk, statement, "-b",
				"it lowers the backlog limit, and the last one counts; a higher "
				"one stands at",
				before);
		return 0;
	case RULE_CONTROL_FAILURE:
		return value == 2 ? warn(walk, statement, "-f 2",
					 "the machine panics when audit events are lost", NULL)
				  : 0;
	case RULE_CONTROL_ENABLED:
		if (value == 2 && !is_lifted(walk, statement))
			walk->locked = statement;
		return value == 0 ? warn(walk, statement, "-e 0", "nothing is recorded", NULL) : 0;
	case RULE_CONTROL_DELETE_ALL:
		return delete_all(walk, statement);
	case RULE_CONTROL_CONTINUE:
	case RULE_CONTROL_IGNORE_ERRORS:
		walk->goes_on = true;
		return 0;
	case RULE_CONTROL_RATE_LIMIT:
	case RULE_CONTROL_BACKLOG_WAIT_TIME:
	case RULE_CONTROL_LOGINUID_IMMUTABLE:
	case RULE_CONTROL_RESET_LOST:
	case RULE_CONTROL_RESET_WAIT_TIME:
	case RULE_CONTROL_TRIM:
	case RULE_CONTROL_EQUIVALENT:
		return 0;
	}
	return 0;
}

/* The first statement behind -e 2 is where the load ends. */
static int check_locked(struct walk *walk, const struct rule_statement *statement)
{
	bool indented = walk->locked->column != 1;

	if (walk->locked_said)
		return 0;
	walk->locked_said = true;
	if (indented && !walk->goes_on)
		return say(
			walk, DIAGNOSTIC_ERROR, statement, "statement behind -e 2",
			"the kernel refuses it and auditctl -R stops; augenrules doesn't move the "
			"indented -e 2 at",
			walk->locked);
	return warn(walk, statement, "statement behind -e 2",
		    "auditctl -R stops here, though augenrules moves -e to the end; it stands at",
		    walk->locked);
}

static int check_statement(struct walk *walk, const struct rule_statement *statement)
{
	if (walk->locked && check_locked(walk, statement))
		return -1;
	if (statement->kind == RULE_STATEMENT_RULE)
		return statement->rule.verb == RULE_DELETE ? delete_rule(walk, statement)
							   : add_rule(walk, statement);
	return check_indent(walk, statement) || check_control_value(walk, statement) ? -1 : 0;
}

int rule_check(const struct rule_set *set, const struct rule_host *host,
	       enum rule_check_order order, struct diagnostics *diagnostics, struct error *error)
{
	CLEANUP(free_pointer)
	struct loaded *loaded = calloc(set->count + 1, sizeof(*loaded));
	struct walk walk = {.set = set,
			    .host = host,
			    .order = order,
			    .diagnostics = diagnostics,
			    .loaded = loaded};

	if (!loaded)
		return error_set_memory(error, "cannot check rules");
	for (size_t i = 0; i < set->count; i++)
		if (check_statement(&walk, &set->statements[i]))
			return error_set_memory(error, "cannot check rules");
	return 0;
}
