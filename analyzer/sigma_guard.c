#include "analyzer/sigma_guard.h"

#include <libaudit.h>

enum {
	ATOM_LIMIT = 2048, /* what does not fit is not asked for */
	SLOT_COUNT = 4096, /* of the hash table: a power of two, twice the atoms */
	CLAUSE_ATOMS = 64, /* a longer alternative says little, and is not asked for */
	CLAUSE_LIMIT = 4,  /* of a rule */
};

enum atom_kind {
	ATOM_TYPE,
	ATOM_SYSCALL,
	ATOM_KEY,
	ATOM_NO_SYSCALL, /* the event does not say: the field may come from any record */
	ATOM_NO_KEY,
};

struct atom {
	enum atom_kind kind;
	struct slice text; /* folded to lower case */
};

/* one of the atoms must be there */
struct clause {
	uint16_t atoms[CLAUSE_ATOMS];
	size_t count; /* 0: unknown, asks for nothing */
	bool common;  /* one of the atoms is in nearly every event */
};

/* all of the clauses must hold */
struct clauses {
	struct clause items[CLAUSE_LIMIT];
	size_t count;
};

struct sigma_guards {
	struct arena arena;
	struct atom atoms[ATOM_LIMIT];
	size_t atom_count;
	uint16_t slots[SLOT_COUNT]; /* number of an atom + 1, or 0 */
	uint64_t present[ATOM_LIMIT / 64];
	struct clauses *rules;
	size_t rule_count, rule_capacity;
	bool out_of_memory; /* while a rule is added */
};

struct sigma_guards *sigma_guards_new(void)
{
	return calloc(1, sizeof(struct sigma_guards));
}

void sigma_guards_free(struct sigma_guards *guards)
{
	if (!guards)
		return;
	arena_done(&guards->arena);
	free(guards->rules);
	free(guards);
}

/* FNV-1a over the folded text */
static size_t hash(enum atom_kind kind, struct slice text)
{
	uint32_t sum = 2166136261U ^ (uint32_t)kind;

	for (size_t i = 0; i < text.length; i++)
		sum = (sum ^ (unsigned char)sigma_text_fold(text.bytes[i])) * 16777619U;
	return sum % SLOT_COUNT;
}

/* The slot that holds the atom, or the empty one where it belongs. */
static size_t find_slot(const struct sigma_guards *guards, enum atom_kind kind, struct slice text)
{
	size_t slot = hash(kind, text);

	while (guards->slots[slot]) {
		const struct atom *atom = &guards->atoms[guards->slots[slot] - 1];

		if (atom->kind == kind && sigma_text_same(atom->text, text))
			break;
		slot = (slot + 1) % SLOT_COUNT;
	}
	return slot;
}

/* The number of an atom, made where there is none. Returns -1 where there is no room. */
static int intern(struct sigma_guards *guards, enum atom_kind kind, struct slice text)
{
	size_t slot = find_slot(guards, kind, text);
	char *copy;

	if (guards->slots[slot])
		return guards->slots[slot] - 1;
	if (guards->atom_count == ATOM_LIMIT)
		return -1;
	copy = arena_copy(&guards->arena, text.bytes, text.length);
	if (!copy) {
		guards->out_of_memory = true;
		return -1;
	}
	guards->atoms[guards->atom_count] =
		(struct atom){.kind = kind, .text = {.bytes = copy, .length = text.length}};
	guards->slots[slot] = (uint16_t)++guards->atom_count;
	return guards->slots[slot] - 1;
}

static bool is_common(enum atom_kind kind, struct slice text)
{
	static const char *const types[] = {"syscall", "path", "cwd", "proctitle"};

	for (size_t i = 0; kind == ATOM_TYPE && i < sizeof(types) / sizeof(types[0]); i++)
		if (sigma_text_same(text, slice_of(types[i])))
			return true;
	return false;
}

static bool has_atom(const struct clause *clause, uint16_t number)
{
	for (size_t i = 0; i < clause->count; i++)
		if (clause->atoms[i] == number)
			return true;
	return false;
}

/* Adds an alternative; returns false, with the clause asking for nothing, where there is no room */
static bool add_atom(struct sigma_guards *guards, struct clause *clause, enum atom_kind kind,
		     struct slice text)
{
	int number = clause->count < CLAUSE_ATOMS ? intern(guards, kind, text) : -1;

	if (number < 0) {
		clause->count = 0;
		return false;
	}
	clause->common = clause->common || is_common(kind, text);
	if (!has_atom(clause, (uint16_t)number))
		clause->atoms[clause->count++] = (uint16_t)number;
	return true;
}

/* What an item on the type, the system call or the key makes necessary: its literal values. */
static struct clause clause_of_item(struct sigma_guards *guards, const struct sigma_item *item)
{
	struct clause clause = {.count = 0};
	enum atom_kind kind;

	switch (item->field.kind) {
	case SIGMA_FIELD_TYPE:
		kind = ATOM_TYPE;
		break;
	case SIGMA_FIELD_SYSCALL:
		kind = ATOM_SYSCALL;
		break;
	case SIGMA_FIELD_KEY:
		kind = ATOM_KEY;
		break;
	default:
		return clause;
	}
	for (size_t i = 0; i < item->value_count; i++) {
		const struct sigma_value *value = &item->values[i];
		struct slice literal;

		/* a number could be that of a system call, which atoms have by name */
		if (value->kind != SIGMA_VALUE_TEXT ||
		    !sigma_text_literal(&value->text, &literal) ||
		    (literal.bytes[0] >= '0' && literal.bytes[0] <= '9') ||
		    !add_atom(guards, &clause, kind, literal))
			return (struct clause){.count = 0};
	}
	if (kind == ATOM_SYSCALL)
		add_atom(guards, &clause, ATOM_NO_SYSCALL, slice_of(""));
	else if (kind == ATOM_KEY)
		add_atom(guards, &clause, ATOM_NO_KEY, slice_of(""));
	return clause;
}

static void require(struct clauses *clauses, const struct clause *clause)
{
	if (clause->count > 0 && clauses->count < CLAUSE_LIMIT)
		clauses->items[clauses->count++] = *clause;
}

/* The clause to keep where only one can be: the one that the fewest events meet, as far as can be
 * told. */
static const struct clause *best(const struct clauses *clauses)
{
	const struct clause *found = NULL;

	for (size_t i = 0; i < clauses->count; i++) {
		const struct clause *clause = &clauses->items[i];

		if (!found || (found->common && !clause->common) ||
		    (found->common == clause->common && clause->count < found->count))
			found = clause;
	}
	return found;
}

/* Widens *either, the first time (`first`) set to it, by what `other` needs. Returns false where
 * one of the two needs nothing. */
static bool alternate(struct clause *either, bool first, const struct clauses *other)
{
	const struct clause *needed = best(other);

	if (!needed)
		return false;
	if (first)
		*either = (struct clause){.count = 0};
	either->common = either->common || needed->common;
	for (size_t i = 0; i < needed->count; i++) {
		if (has_atom(either, needed->atoms[i]))
			continue;
		if (either->count == CLAUSE_ATOMS)
			return false;
		either->atoms[either->count++] = needed->atoms[i];
	}
	return true;
}

/* What the types that a map was reduced to make necessary. */
static struct clause clause_of_types(struct sigma_guards *guards, const struct sigma_map *map)
{
	struct clause clause = {.count = 0};

	for (size_t i = 0; i < map->type_count; i++)
		if (!add_atom(guards, &clause, ATOM_TYPE,
			      slice_of(audit_msg_type_to_name(map->types[i]))))
			return (struct clause){.count = 0};
	return clause;
}

static struct clauses clauses_of_map(struct sigma_guards *guards, const struct sigma_map *map)
{
	struct clauses clauses = {.count = 0};
	struct clause types = clause_of_types(guards, map);

	require(&clauses, &types);
	for (size_t i = 0; i < map->item_count; i++) {
		struct clause clause = clause_of_item(guards, &map->items[i]);

		require(&clauses, &clause);
	}
	return clauses;
}

static struct clauses clauses_of_selection(struct sigma_guards *guards,
					   const struct sigma_selection *selection)
{
	struct clauses result = {.count = 0};
	struct clause either = {.count = 0};

	if (selection->map_count == 1)
		return clauses_of_map(guards, &selection->maps[0]);
	for (size_t i = 0; i < selection->map_count; i++) {
		struct clauses map = clauses_of_map(guards, &selection->maps[i]);

		if (!alternate(&either, i == 0, &map))
			return result;
	}
	require(&result, &either);
	return result;
}

static struct clauses clauses_of(struct sigma_guards *guards, const struct sigma_rule *rule,
				 const struct sigma_condition *condition)
{
	struct clauses result = {.count = 0};
	struct clause either = {.count = 0};

	if (condition->link == SIGMA_SELECTION)
		return clauses_of_selection(guards, &rule->selections[condition->selection]);
	if (condition->link == SIGMA_NOT)
		return result;
	for (size_t i = 0; i < condition->child_count; i++) {
		struct clauses child = clauses_of(guards, rule, condition->children[i]);

		if (condition->link == SIGMA_AND)
			for (size_t j = 0; j < child.count; j++)
				require(&result, &child.items[j]);
		else if (!alternate(&either, i == 0, &child))
			return result;
	}
	require(&result, &either);
	return result;
}

/* what sigma_logsource_has() makes necessary */
static struct clause clause_of_source(struct sigma_guards *guards, enum sigma_logsource source)
{
	struct clause clause = {.count = 0};

	if (source == SIGMA_PROCESS_CREATION) {
		if (add_atom(guards, &clause, ATOM_TYPE, slice_of("execve")) &&
		    add_atom(guards, &clause, ATOM_SYSCALL, slice_of("execve")))
			add_atom(guards, &clause, ATOM_SYSCALL, slice_of("execveat"));
	} else if (source == SIGMA_NETWORK_CONNECTION) {
		if (add_atom(guards, &clause, ATOM_SYSCALL, slice_of("connect")) &&
		    add_atom(guards, &clause, ATOM_SYSCALL, slice_of("sendto")) &&
		    add_atom(guards, &clause, ATOM_SYSCALL, slice_of("sendmsg")))
			add_atom(guards, &clause, ATOM_SYSCALL, slice_of("sendmmsg"));
	} else if (source == SIGMA_FILE_EVENT) {
		add_atom(guards, &clause, ATOM_TYPE, slice_of("path"));
	}
	return clause;
}

int sigma_guards_add(struct sigma_guards *guards, const struct sigma_rule *rule)
{
	struct clause source;
	struct clauses *made;

	if (guards->rule_count == guards->rule_capacity) {
		size_t capacity = guards->rule_capacity ? guards->rule_capacity * 2 : 16;
		struct clauses *grown = realloc(guards->rules, capacity * sizeof(*grown));

		if (!grown)
			return -1;
		guards->rules = grown;
		guards->rule_capacity = capacity;
	}
	made = &guards->rules[guards->rule_count];
	guards->out_of_memory = false;
	*made = clauses_of(guards, rule, rule->condition);
	source = clause_of_source(guards, rule->source);
	require(made, &source);
	if (guards->out_of_memory)
		return -1;
	guards->rule_count++;
	return 0;
}

static void note(struct sigma_guards *guards, enum atom_kind kind, struct slice text)
{
	uint16_t number = guards->slots[find_slot(guards, kind, text)];

	if (number)
		guards->present[(number - 1) / 64] |= UINT64_C(1) << (number - 1) % 64;
}

void sigma_guards_look(struct sigma_guards *guards, const struct event *event)
{
	memset(guards->present, 0, (guards->atom_count + 63) / 64 * sizeof(guards->present[0]));
	for (size_t i = 0; i < event->record_count; i++)
		if (event->records[i].type_name)
			note(guards, ATOM_TYPE, slice_of(event->records[i].type_name));
	if (event->syscall_name)
		note(guards, ATOM_SYSCALL, slice_of(event->syscall_name));
	else
		note(guards, ATOM_NO_SYSCALL, slice_of(""));
	for (size_t i = 0; i < event->key_count; i++)
		note(guards, ATOM_KEY, event->keys[i]);
	if (event->key_count == 0)
		note(guards, ATOM_NO_KEY, slice_of(""));
}

bool sigma_guards_pass(const struct sigma_guards *guards, size_t rule)
{
	const struct clauses *clauses = &guards->rules[rule];

	for (size_t i = 0; i < clauses->count; i++) {
		const struct clause *clause = &clauses->items[i];
		uint64_t met = 0;

		for (size_t j = 0; j < clause->count; j++)
			met |= guards->present[clause->atoms[j] / 64] >> clause->atoms[j] % 64 & 1;
		if (!met)
			return false;
	}
	return true;
}
