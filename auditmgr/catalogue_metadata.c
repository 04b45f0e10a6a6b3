#include "auditmgr/catalogue_metadata.h"

#include <ctype.h>
#include <string.h>

static const char *const key_names[METADATA_KEY_COUNT] = {
	[METADATA_ID] = "id",         [METADATA_TITLE] = "title", [METADATA_CONTROLS] = "controls",
	[METADATA_ATTACK] = "attack", [METADATA_WHY] = "why",
};

#define LIST_MAX 64 /* controls or techniques of one entry */

const char *metadata_key_name(enum metadata_key key)
{
	return key_names[key];
}

void metadata_done(struct metadata *metadata)
{
	for (int key = 0; key < METADATA_KEY_COUNT; key++)
		text_done(&metadata->values[key]);
}

void metadata_clear(struct metadata *metadata)
{
	for (int key = 0; key < METADATA_KEY_COUNT; key++) {
		text_clear(&metadata->values[key]);
		metadata->lines[key] = metadata->columns[key] = 0;
	}
	metadata->last = -1;
}

bool metadata_is(struct slice line)
{
	return line.length >= 2 && line.bytes[0] == '#' && line.bytes[1] == ':';
}

static int fault_at(struct metadata_fault *fault, unsigned line, unsigned column, struct slice what,
		    const char *why)
{
	*fault = (struct metadata_fault){line, column, what, why};
	return 1;
}

static int key_of(struct slice name)
{
	for (int key = 0; key < METADATA_KEY_COUNT; key++)
		if (slice_is(name, key_names[key]))
			return key;
	return -1;
}

static size_t blanks_at(struct slice line, size_t at)
{
	size_t count = 0;

	while (at + count < line.length && isblank((unsigned char)line.bytes[at + count]))
		count++;
	return count;
}

static int add_continuation(struct metadata *metadata, struct slice rest, unsigned number,
			    unsigned column, struct metadata_fault *fault)
{
	struct text *value;

	if (metadata->last < 0)
		return fault_at(fault, number, column, rest, "there is no value to continue");
	value = &metadata->values[metadata->last];
	if (value->length && text_append_char(value, ' '))
		return -1;
	return text_append(value, rest.bytes, rest.length);
}

int metadata_add(struct metadata *metadata, struct slice line, unsigned number,
		 struct metadata_fault *fault)
{
	size_t blanks = blanks_at(line, 2), at = 2 + blanks;
	struct slice rest = {.bytes = line.bytes + at, .length = line.length - at};
	const char *colon = memchr(rest.bytes, ':', rest.length);
	struct slice name = {.bytes = rest.bytes};
	size_t value_at;
	int key;

	if (rest.length == 0)
		return fault_at(fault, number, 1, slice_of("#:"), "nothing follows");
	if (blanks != 1)
		return add_continuation(metadata, rest, number, (unsigned)at + 1, fault);
	name.length = colon ? (size_t)(colon - rest.bytes) : rest.length;
	key = key_of(name);
	if (!colon || key < 0)
		return fault_at(fault, number, (unsigned)at + 1, name,
				"it is none of id, title, controls, attack and why");
	if (metadata->lines[key])
		return fault_at(fault, number, (unsigned)at + 1, name, "it is given twice");
	value_at = at + name.length + 1;
	value_at += blanks_at(line, value_at);
	metadata->lines[key] = number;
	metadata->columns[key] = (unsigned)value_at + 1;
	metadata->last = key;
	return text_append(&metadata->values[key], line.bytes + value_at, line.length - value_at);
}

/* The next item of a comma-separated list, blanks trimmed; .bytes NULL behind the last. */
static struct slice next_item(const struct text *list, size_t *at)
{
	struct slice item = SLICE_NONE;
	const char *bytes = text_string(list);

	if (*at > list->length)
		return item;
	item.bytes = bytes + *at;
	item.length = strcspn(item.bytes, ",");
	*at += item.length + 1;
	while (item.length && isblank((unsigned char)item.bytes[0])) {
		item.bytes++;
		item.length--;
	}
	while (item.length && isblank((unsigned char)item.bytes[item.length - 1]))
		item.length--;
	return item;
}

static bool is_word(struct slice text, const char *also)
{
	for (size_t i = 0; i < text.length; i++)
		if (!isalnum((unsigned char)text.bytes[i]) && !strchr(also, text.bytes[i]))
			return false;
	return text.length > 0;
}

/* T1611 or T1562.001 */
static bool is_technique(struct slice text)
{
	static const char shape[] = "T0000.000";

	if (text.length != 5 && text.length != 9)
		return false;
	for (size_t i = 0; i < text.length; i++)
		if (shape[i] == '0' ? !isdigit((unsigned char)text.bytes[i])
				    : text.bytes[i] != shape[i])
			return false;
	return true;
}

static unsigned column_of(const struct metadata *metadata, enum metadata_key key, struct slice item)
{
	return metadata->columns[key] +
	       (unsigned)(item.bytes - text_string(&metadata->values[key]));
}

static int fill_controls(const struct metadata *metadata, struct arena *arena,
			 struct catalogue_entry *entry, struct metadata_fault *fault)
{
	const struct text *value = &metadata->values[METADATA_CONTROLS];
	struct slice item;
	size_t at = 0;

	if (strcmp(text_string(value), "none") == 0)
		return 0;
	entry->controls = arena_allocate_zeroed(arena, LIST_MAX, sizeof(*entry->controls));
	if (!entry->controls)
		return -1;
	while ((item = next_item(value, &at)).bytes) {
		if (!is_word(item, "-._") || entry->control_count >= LIST_MAX)
			return fault_at(fault, metadata->lines[METADATA_CONTROLS],
					column_of(metadata, METADATA_CONTROLS, item), item,
					"it is no control such as CIS-1.1.3");
		entry->controls[entry->control_count] = arena_copy(arena, item.bytes, item.length);
		if (!entry->controls[entry->control_count++])
			return -1;
	}
	return 0;
}

/* `T1562.001` or `T1562.001 (v19: T1685)` */
static int read_technique(struct arena *arena, struct slice item,
			  struct catalogue_technique *technique)
{
	static const char open[] = " (v19: ";
	const char *blank = memchr(item.bytes, ' ', item.length);
	struct slice v18 = {.bytes = item.bytes,
			    .length = blank ? (size_t)(blank - item.bytes) : item.length};
	size_t open_length = strlen(open);
	struct slice v19;

	if (!is_technique(v18))
		return 1;
	technique->v18 = arena_copy(arena, v18.bytes, v18.length);
	if (!technique->v18)
		return -1;
	if (!blank)
		return 0;
	if (item.length < v18.length + open_length + 1 || strncmp(blank, open, open_length) != 0 ||
	    item.bytes[item.length - 1] != ')')
		return 1;
	v19.bytes = blank + open_length;
	v19.length = item.length - v18.length - open_length - 1;
	if (!is_technique(v19))
		return 1;
	technique->v19 = arena_copy(arena, v19.bytes, v19.length);
	return technique->v19 ? 0 : -1;
}

static int fill_attack(const struct metadata *metadata, struct arena *arena,
		       struct catalogue_entry *entry, struct metadata_fault *fault)
{
	const struct text *value = &metadata->values[METADATA_ATTACK];
	struct slice item;
	size_t at = 0;

	if (strcmp(text_string(value), "none") == 0)
		return 0;
	entry->attack = arena_allocate_zeroed(arena, LIST_MAX, sizeof(*entry->attack));
	if (!entry->attack)
		return -1;
	while ((item = next_item(value, &at)).bytes) {
		int result = 1;

		if (entry->attack_count < LIST_MAX)
			result = read_technique(arena, item, &entry->attack[entry->attack_count++]);
		if (result < 0)
			return -1;
		if (result > 0)
			return fault_at(fault, metadata->lines[METADATA_ATTACK],
					column_of(metadata, METADATA_ATTACK, item), item,
					"it is no technique such as T1611 or T1562.001 (v19: "
					"T1685)");
	}
	return 0;
}

int metadata_fill(const struct metadata *metadata, struct arena *arena,
		  struct catalogue_entry *entry, struct metadata_fault *fault)
{
	const struct text *id = &metadata->values[METADATA_ID];
	unsigned first = 0;
	int result;

	for (int key = 0; key < METADATA_KEY_COUNT; key++)
		if (metadata->lines[key] && (!first || metadata->lines[key] < first))
			first = metadata->lines[key];
	for (int key = 0; key < METADATA_KEY_COUNT; key++)
		if (metadata->values[key].length == 0)
			return fault_at(fault, metadata->lines[key] ? metadata->lines[key] : first,
					metadata->columns[key], slice_of(key_names[key]),
					"every rule needs it");
	if (!is_word((struct slice){.bytes = id->bytes, .length = id->length}, "-"))
		return fault_at(fault, metadata->lines[METADATA_ID], metadata->columns[METADATA_ID],
				(struct slice){.bytes = id->bytes, .length = id->length},
				"an id is letters, digits and dashes");
	entry->line = first;
	entry->id = arena_copy(arena, id->bytes, id->length);
	entry->title = arena_format(arena, "%s", text_string(&metadata->values[METADATA_TITLE]));
	entry->why = arena_format(arena, "%s", text_string(&metadata->values[METADATA_WHY]));
	if (!entry->id || !entry->title || !entry->why)
		return -1;
	result = fill_controls(metadata, arena, entry, fault);
	return result ? result : fill_attack(metadata, arena, entry, fault);
}
