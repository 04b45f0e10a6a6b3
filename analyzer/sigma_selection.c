#include "analyzer/sigma_selection.h"

#include <ctype.h>
#include <libaudit.h>

struct compilation {
	struct arena *arena;
	enum sigma_logsource source;
	struct sigma_fault *fault;
};

static int fault_at(const struct compilation *state, const struct sigma_node *at, struct slice what,
		    const char *why)
{
	return sigma_fault_set(state->fault, state->arena, at, what, why);
}

/* Compiles one value, or each of a list, into item->values. `what` is named in a fault. */
static int compile_values(const struct compilation *state, const struct sigma_node *node,
			  struct slice what, unsigned modifiers, struct sigma_item *item)
{
	bool list = node->kind == SIGMA_NODE_LIST;
	size_t count = list ? node->count : 1;

	if (count == 0)
		return fault_at(state, node, what, "the list of values is empty");
	if ((modifiers & SIGMA_MODIFIER_ALL) && count < 2)
		return fault_at(state, node, what, "modifier all needs a list of values");
	if ((modifiers & SIGMA_MODIFIER_EXISTS) && list)
		return fault_at(state, node, what, "modifier exists takes true or false");
	item->all = modifiers & SIGMA_MODIFIER_ALL;
	item->values = arena_allocate_zeroed(state->arena, count, sizeof(*item->values));
	if (!item->values)
		return sigma_fault_memory(state->fault);
	for (size_t i = 0; i < count; i++) {
		const struct sigma_node *value = list ? &node->items[i] : node;
		const char *why;

		if (sigma_value_compile(state->arena, value, modifiers,
					item->field.kind == SIGMA_FIELD_KEYWORD, &item->values[i],
					&why))
			return fault_at(state, value, what, why);
		item->value_count++;
	}
	return 0;
}

/* `name|modifier|modifier`, apart */
static void split_key(struct slice key, struct slice *name, struct slice *modifiers)
{
	const char *bar = key.length ? memchr(key.bytes, '|', key.length) : NULL;

	*name = key;
	*modifiers = (struct slice)SLICE_NONE;
	if (!bar)
		return;
	name->length = (size_t)(bar - key.bytes);
	modifiers->bytes = bar + 1;
	modifiers->length = key.length - name->length - 1;
}

static int compile_item(const struct compilation *state, const struct sigma_pair *pair,
			struct sigma_item *item)
{
	struct slice name, modifiers, key = pair->key.text;
	const char *why;
	unsigned set;

	split_key(key, &name, &modifiers);
	if (sigma_modifiers_parse(state->arena, modifiers, &set, &why))
		return fault_at(state, &pair->key, key, why);
	if (sigma_field_resolve(state->arena, state->source, name, &item->field, &why))
		return fault_at(state, &pair->key, key, why);
	if (item->field.kind == SIGMA_FIELD_KEYWORD && (set & ~(unsigned)SIGMA_MODIFIER_ALL) &&
	    set != SIGMA_MODIFIER_RE && set != SIGMA_MODIFIER_CASED)
		return fault_at(state, &pair->key, key, "a keyword has no field to apply this to");
	return compile_values(state, &pair->value, key, set, item);
}

/* The number of a record type that a value names, or -1: unknown, or not one literal. */
static int type_number(const struct sigma_value *value)
{
	enum {
		NAME_MAX_LENGTH = 64
	};
	char name[NAME_MAX_LENGTH + 1];
	struct slice literal;

	if (value->kind != SIGMA_VALUE_TEXT || value->text.cased ||
	    !sigma_text_literal(&value->text, &literal) || literal.length > NAME_MAX_LENGTH)
		return -1;
	for (size_t i = 0; i < literal.length; i++)
		name[i] = (char)toupper((unsigned char)literal.bytes[i]);
	name[literal.length] = '\0';
	return audit_name_to_msg_type(name);
}

/* Makes numbers of the last item of a map where it is `type` with nothing but known names: most
 * records can then be passed over by one comparison. */
static int take_types(const struct compilation *state, struct sigma_map *map)
{
	struct sigma_item *item = &map->items[map->item_count - 1];
	int *types;

	if (item->field.kind != SIGMA_FIELD_TYPE || item->all || map->types)
		return 0;
	types = arena_allocate_zeroed(state->arena, item->value_count, sizeof(*types));
	if (!types)
		return sigma_fault_memory(state->fault);
	for (size_t i = 0; i < item->value_count; i++) {
		types[i] = type_number(&item->values[i]);
		if (types[i] < 0)
			return 0;
	}
	map->types = types;
	map->type_count = item->value_count;
	map->item_count--;
	*item = (struct sigma_item){.values = NULL}; /* the next one takes its place */
	return 0;
}

static bool is_whole_event(enum sigma_field_kind kind)
{
	return kind == SIGMA_FIELD_KEYWORD || kind == SIGMA_FIELD_SYSCALL ||
	       kind == SIGMA_FIELD_KEY;
}

static int compile_map(const struct compilation *state, const struct sigma_node *node,
		       struct slice what, struct sigma_map *map)
{
	if (node->count == 0)
		return fault_at(state, node, what, "the map is empty");
	map->items = arena_allocate_zeroed(state->arena, node->count, sizeof(*map->items));
	if (!map->items)
		return sigma_fault_memory(state->fault);
	map->whole_event = true;
	for (size_t i = 0; i < node->count; i++) {
		struct sigma_item *item = &map->items[map->item_count++];

		if (compile_item(state, &node->pairs[i], item))
			return -1;
		map->follows_path = map->follows_path || item->field.follows_path;
		map->whole_event = map->whole_event && is_whole_event(item->field.kind);
		if (take_types(state, map))
			return -1;
	}
	return 0;
}

/* A keyword (a scalar) or a list of them: one item without a field. */
static int compile_keywords(const struct compilation *state, const struct sigma_node *node,
			    struct slice what, struct sigma_map *map)
{
	map->items = arena_allocate_zeroed(state->arena, 1, sizeof(*map->items));
	if (!map->items)
		return sigma_fault_memory(state->fault);
	map->item_count = 1;
	map->whole_event = true;
	map->items[0].field.kind = SIGMA_FIELD_KEYWORD;
	return compile_values(state, node, what, 0, &map->items[0]);
}

static int compile_list(const struct compilation *state, const struct sigma_node *node,
			struct slice what, struct sigma_selection *selection)
{
	size_t maps = 0;

	for (size_t i = 0; i < node->count; i++)
		maps += node->items[i].kind == SIGMA_NODE_MAP;
	if (maps > 0 && maps < node->count)
		return fault_at(state, node, what, "maps and keywords can't share a list");
	selection->maps = arena_allocate_zeroed(state->arena, maps + 1, sizeof(*selection->maps));
	if (!selection->maps)
		return sigma_fault_memory(state->fault);
	if (maps == 0)
		return compile_keywords(state, node, what,
					&selection->maps[selection->map_count++]);
	for (size_t i = 0; i < node->count; i++)
		if (compile_map(state, &node->items[i], what,
				&selection->maps[selection->map_count++]))
			return -1;
	return 0;
}

int sigma_selection_compile(struct arena *arena, enum sigma_logsource source,
			    const struct sigma_pair *pair, struct sigma_selection *selection,
			    struct sigma_fault *fault)
{
	const struct compilation state = {arena, source, fault};
	const struct sigma_node *node = &pair->value;

	*selection = (struct sigma_selection){.map_count = 0};
	selection->name = pair->key.text;
	selection->name.bytes = arena_copy(arena, pair->key.text.bytes, pair->key.text.length);
	if (!selection->name.bytes)
		return sigma_fault_memory(fault);
	if (node->kind == SIGMA_NODE_LIST)
		return compile_list(&state, node, pair->key.text, selection);
	selection->maps = arena_allocate_zeroed(arena, 1, sizeof(*selection->maps));
	if (!selection->maps)
		return sigma_fault_memory(fault);
	selection->map_count = 1;
	if (node->kind == SIGMA_NODE_MAP)
		return compile_map(&state, node, pair->key.text, &selection->maps[0]);
	return compile_keywords(&state, node, pair->key.text, &selection->maps[0]);
}

static void item_done(struct sigma_item *item)
{
	for (size_t i = 0; i < item->value_count; i++)
		sigma_value_done(&item->values[i]);
}

void sigma_selection_done(struct sigma_selection *selection)
{
	for (size_t i = 0; i < selection->map_count; i++)
		for (size_t j = 0; j < selection->maps[i].item_count; j++)
			item_done(&selection->maps[i].items[j]);
}
