#include "auditmgr/containerd_config.h"

#include "common/slice.h"
#include "common/text.h"

#include <ctype.h>

enum multi_line {
	MULTI_NONE,
	MULTI_BASIC,   /* inside """ """ */
	MULTI_LITERAL, /* inside ''' ''' */
};

struct reader {
	struct arena *arena;
	struct containerd_config *config;
	struct slice table; /* of the current header, blanks trimmed */
	enum multi_line inside;
	unsigned depth; /* of arrays and inline tables that go over lines */
};

static struct slice trim(struct slice text)
{
	while (text.length && isspace((unsigned char)text.bytes[0])) {
		text.bytes++;
		text.length--;
	}
	while (text.length && isspace((unsigned char)text.bytes[text.length - 1]))
		text.length--;
	return text;
}

static bool starts_with(struct slice text, const char *prefix)
{
	struct slice wanted = slice_of(prefix);

	return text.length >= wanted.length && memcmp(text.bytes, prefix, wanted.length) == 0;
}

static const char *multi_line_mark(enum multi_line kind)
{
	return kind == MULTI_BASIC ? "\"\"\"" : "'''";
}

/* The string at the start of `text`: 0 with *value, 1 where there is none on this line, -1 memory.
 */
static int read_string(struct arena *arena, struct slice text, const char **value)
{
	CLEANUP(text_done) struct text content = TEXT_INIT;
	char quote = text.length ? text.bytes[0] : '\0';

	if (quote != '"' && quote != '\'')
		return 1;
	for (size_t i = 1; i < text.length; i++) {
		char byte = text.bytes[i];

		if (byte == quote) {
			*value = arena_copy(arena, text_string(&content), content.length);
			return *value ? 0 : -1;
		}
		if (byte == '\\' && quote == '"' && i + 1 < text.length)
			byte = text.bytes[++i];
		if (text_append_char(&content, byte))
			return -1;
	}
	return 1;
}

/* Which setting `key` of the current table is, or NULL: none of ours. */
static const char **setting_of(const struct reader *reader, struct slice key)
{
	bool top = reader->table.length == 0;

	if (slice_is(key, "address") && (top || slice_is(reader->table, "grpc")))
		return &reader->config->address;
	if (top && slice_is(key, "grpc.address"))
		return &reader->config->address;
	if (top && slice_is(key, "root"))
		return &reader->config->root;
	if (top && slice_is(key, "state"))
		return &reader->config->state;
	return NULL;
}

/* Follows brackets and multi-line strings to know where a value ends that is not ours. */
static void skip_value(struct reader *reader, struct slice value)
{
	char quote = '\0';

	for (size_t i = 0; i < value.length; i++) {
		struct slice rest = {.bytes = value.bytes + i, .length = value.length - i};
		char byte = value.bytes[i];

		if (reader->inside != MULTI_NONE) {
			if (starts_with(rest, multi_line_mark(reader->inside))) {
				reader->inside = MULTI_NONE;
				i += 2;
			}
			continue;
		}
		if (quote) {
			if (byte == '\\' && quote == '"')
				i++;
			else if (byte == quote)
				quote = '\0';
			continue;
		}
		if (starts_with(rest, "\"\"\"") || starts_with(rest, "'''")) {
			reader->inside = byte == '"' ? MULTI_BASIC : MULTI_LITERAL;
			i += 2;
		} else if (byte == '"' || byte == '\'') {
			quote = byte;
		} else if (byte == '#') {
			return;
		} else if (byte == '[' || byte == '{') {
			reader->depth++;
		} else if ((byte == ']' || byte == '}') && reader->depth > 0) {
			reader->depth--;
		}
	}
}

/* [table] and [[array of tables]]: the name between the brackets. */
static int read_header(struct reader *reader, struct slice line)
{
	size_t open = starts_with(line, "[[") ? 2 : 1;
	const char *close = memchr(line.bytes, ']', line.length);

	if (!close)
		return 1;
	reader->table = trim((struct slice){.bytes = line.bytes + open,
					    .length = (size_t)(close - line.bytes) - open});
	return 0;
}

static int read_line(struct reader *reader, struct slice line)
{
	const char *equals;
	const char **setting;
	struct slice key, value;
	int result;

	if (reader->inside != MULTI_NONE || reader->depth > 0) {
		skip_value(reader, line);
		return 0;
	}
	line = trim(line);
	if (line.length == 0 || line.bytes[0] == '#')
		return 0;
	if (line.bytes[0] == '[')
		return read_header(reader, line);
	equals = memchr(line.bytes, '=', line.length);
	if (!equals)
		return 1;
	key = trim((struct slice){.bytes = line.bytes, .length = (size_t)(equals - line.bytes)});
	value = trim((struct slice){.bytes = equals + 1,
				    .length = line.length - (size_t)(equals + 1 - line.bytes)});
	setting = setting_of(reader, key);
	if (!setting || starts_with(value, "\"\"\"") || starts_with(value, "'''")) {
		skip_value(reader, value);
		return 0;
	}
	result = read_string(reader->arena, value, setting);
	return result;
}

int containerd_config_parse(struct arena *arena, const char *bytes, size_t length,
			    struct containerd_config *config, unsigned *line)
{
	struct reader reader = {.arena = arena, .config = config, .table = slice_of("")};
	unsigned number = 0;
	int result = 0;

	for (size_t at = 0; at < length;) {
		const char *start = bytes + at;
		const char *newline = memchr(start, '\n', length - at);
		size_t size = newline ? (size_t)(newline - start) : length - at;
		int read = read_line(&reader, (struct slice){.bytes = start, .length = size});

		number++;
		at += size + (newline ? 1 : 0);
		if (read < 0)
			return -1;
		if (read > 0 && result == 0) {
			result = 1;
			*line = number;
		}
	}
	return result;
}
