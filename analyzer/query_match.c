#include "analyzer/query_match.h"

#include "analyzer/filter.h"

/* SQLite carries pointers to what may be changed; ours are only read, so the const goes and returns
 * here, in one place */
union carried {
	const void *constant;
	void *plain;
};

int query_match_bind(sqlite3_stmt *statement, int index, const void *pointer, const char *type)
{
	union carried carried = {.constant = pointer};

	return sqlite3_bind_pointer(statement, index, carried.plain, type, NULL);
}

static struct slice value_slice(sqlite3_value *value)
{
	struct slice slice = {.bytes = sqlite3_value_blob(value)};

	slice.length = (size_t)sqlite3_value_bytes(value);
	if (!slice.bytes)
		slice = (struct slice){.bytes = "", .length = 0};
	return slice;
}

static bool any_matches(const struct filter_patterns *patterns, struct slice subject)
{
	for (size_t i = 0; i < patterns->count; i++)
		if (pattern_matches(&patterns->items[i], subject))
			return true;
	return false;
}

static void answer_pattern(sqlite3_context *context, int count, sqlite3_value **values)
{
	const struct pattern *pattern = sqlite3_value_pointer(values[0], QUERY_MATCH_PATTERN);

	(void)count;
	sqlite3_result_int(context, pattern && pattern_matches(pattern, value_slice(values[1])));
}

static void answer_exe(sqlite3_context *context, int count, sqlite3_value **values)
{
	const struct filter_patterns *patterns =
		sqlite3_value_pointer(values[0], QUERY_MATCH_PATTERNS);
	struct slice path = value_slice(values[1]);
	const char *slash = path.length ? memrchr(path.bytes, '/', path.length) : NULL;
	struct slice name = path;
	bool matches = false;

	(void)count;
	if (slash) {
		name.bytes = slash + 1;
		name.length = path.length - (size_t)(name.bytes - path.bytes);
	}
	for (size_t i = 0; patterns && i < patterns->count && !matches; i++) {
		const struct pattern *pattern = &patterns->items[i];
		bool whole = memchr(pattern->bytes.bytes, '/', pattern->bytes.length) != NULL;

		matches = pattern_matches(pattern, whole ? path : name);
	}
	sqlite3_result_int(context, matches);
}

/* Takes the part of *rest up to `separator`; false when there is none left. */
static bool take_part(struct slice *rest, char separator, struct slice *part)
{
	const char *end;

	if (!rest->bytes)
		return false;
	end = rest->length ? memchr(rest->bytes, separator, rest->length) : NULL;
	part->bytes = rest->bytes;
	part->length = end ? (size_t)(end - rest->bytes) : rest->length;
	rest->bytes = end ? end + 1 : NULL;
	rest->length = end ? rest->length - part->length - 1 : 0;
	return true;
}

static void answer_keys(sqlite3_context *context, int count, sqlite3_value **values)
{
	const struct filter_patterns *patterns =
		sqlite3_value_pointer(values[0], QUERY_MATCH_PATTERNS);
	struct slice rest = value_slice(values[1]), key;
	bool matches = false;

	(void)count;
	while (patterns && !matches && take_part(&rest, '\1', &key))
		matches = any_matches(patterns, key);
	sqlite3_result_int(context, matches);
}

static void answer_types(sqlite3_context *context, int count, sqlite3_value **values)
{
	const struct filter *filter = sqlite3_value_pointer(values[0], QUERY_MATCH_FILTER);
	struct slice rest = value_slice(values[1]), type;
	bool matches = false;

	(void)count;
	while (filter && !matches && take_part(&rest, ',', &type))
		for (size_t i = 0; i < filter->type_count && !matches; i++)
			matches = slice_is(type, filter->types[i].name);
	sqlite3_result_int(context, matches);
}

int query_match_define(sqlite3 *database)
{
	static const struct {
		const char *name;
		void (*answer)(sqlite3_context *, int, sqlite3_value **);
	} functions[] = {
		{"pattern_matches", answer_pattern},
		{"exe_matches", answer_exe},
		{"keys_match", answer_keys},
		{"types_match", answer_types},
	};
	int code = SQLITE_OK;

	/* not deterministic: a pointer hides in the first argument, and nothing may be cached by it
	 */
	for (size_t i = 0; code == SQLITE_OK && i < sizeof(functions) / sizeof(functions[0]); i++)
		code = sqlite3_create_function_v2(database, functions[i].name, 2,
						  SQLITE_UTF8 | SQLITE_DIRECTONLY, NULL,
						  functions[i].answer, NULL, NULL, NULL);
	return code;
}
