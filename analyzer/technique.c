#include "analyzer/technique.h"

#include <ctype.h>
#include <jansson.h>
#include <string.h>

/* what a number of version 19 was called before; the longest that fits comes first */
static const struct {
	const char *v19;
	const char *v18;
	const char *family; /* any number of version 18 below this one says it already */
} renumbered[] = {
	{"T1685.004", "T1562.012", "T1562"}, {"T1685.005", "T1070.001", "T1070"},
	{"T1685.006", "T1070.002", "T1070"}, {"T1685", "T1562.001", "T1562"},
	{"T1686", "T1562.004", "T1562"},
};

enum {
	RENUMBERED_COUNT = sizeof(renumbered) / sizeof(renumbered[0]),
};

static bool begins(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) == 0;
}

/* "attack.t1611", "attack.t1562.001" */
static bool read_tag(const char *tag, char id[TECHNIQUE_ID_SIZE])
{
	static const char shape[] = "tdddd.ddd";
	size_t length;

	if (!begins(tag, "attack."))
		return false;
	tag += strlen("attack.");
	length = strlen(tag);
	if (length != 5 && length != 9)
		return false;
	for (size_t i = 0; i < length; i++) {
		char c = (char)tolower((unsigned char)tag[i]);

		if (shape[i] == 'd' ? !isdigit((unsigned char)c) : c != shape[i])
			return false;
		id[i] = (char)toupper((unsigned char)c);
	}
	id[length] = '\0';
	return true;
}

static void add(struct techniques *techniques, const char *id)
{
	for (size_t i = 0; i < techniques->count; i++)
		if (strcmp(techniques->ids[i], id) == 0)
			return;
	if (techniques->count == TECHNIQUES_MAX)
		return;
	memcpy(techniques->ids[techniques->count], id, strlen(id) + 1);
	techniques->count++;
}

static bool has_family(const struct techniques *techniques, const char *family)
{
	for (size_t i = 0; i < techniques->count; i++)
		if (begins(techniques->ids[i], family))
			return true;
	return false;
}

static bool is_v19_only(const char *id)
{
	for (size_t i = 0; i < RENUMBERED_COUNT; i++)
		if (begins(id, renumbered[i].v19))
			return true;
	return false;
}

static void add_old_numbers(const struct techniques *v19, struct techniques *v18)
{
	struct techniques found = {.count = 0};

	for (size_t i = 0; i < v19->count; i++) {
		for (size_t j = 0; j < RENUMBERED_COUNT; j++) {
			if (!begins(v19->ids[i], renumbered[j].v19))
				continue;
			if (!has_family(v18, renumbered[j].family))
				add(&found, renumbered[j].v18);
			break;
		}
	}
	for (size_t i = 0; i < found.count; i++)
		add(v18, found.ids[i]);
}

int techniques_parse(const char *tags, struct techniques *v18, struct techniques *v19)
{
	json_error_t fault;
	json_t *array = json_loads(tags, 0, &fault);
	size_t index;
	json_t *tag;

	*v18 = (struct techniques){.count = 0};
	*v19 = (struct techniques){.count = 0};
	if (!array)
		return json_error_code(&fault) == json_error_out_of_memory ? -1 : 0;
	json_array_foreach (array, index, tag) {
		const char *text = json_string_value(tag);
		char id[TECHNIQUE_ID_SIZE];

		if (text && read_tag(text, id))
			add(is_v19_only(id) ? v19 : v18, id);
	}
	json_decref(array);
	add_old_numbers(v19, v18);
	return 0;
}
