#include "auditmgr/unit_file.h"

#include "common/text.h"

#include <ctype.h>
#include <string.h>

void unit_done(struct unit *unit)
{
	free(unit->directives);
	unit->directives = NULL;
	unit->count = unit->capacity = 0;
}

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

/* The line at *at, which moves behind its newline. */
static struct slice next_line(const char *bytes, size_t length, size_t *at)
{
	const char *start = bytes + *at;
	const char *newline = memchr(start, '\n', length - *at);
	struct slice line = {.bytes = start,
			     .length = newline ? (size_t)(newline - start) : length - *at};

	*at += line.length + (newline ? 1 : 0);
	return line;
}

static bool is_comment(struct slice line)
{
	return line.length && (line.bytes[0] == '#' || line.bytes[0] == ';');
}

/* Joins a line with those that continue it; comments between them don't end it. */
static int next_logical_line(const char *bytes, size_t length, size_t *at, struct text *logical)
{
	text_clear(logical);
	while (*at < length) {
		struct slice line = next_line(bytes, length, at);
		struct slice trimmed = trim(line);
		bool continues;

		if (is_comment(trimmed)) {
			if (logical->length == 0)
				return 0;
			continue;
		}
		continues = trimmed.length && trimmed.bytes[trimmed.length - 1] == '\\';
		if (continues)
			trimmed.length--;
		if (text_append(logical, trimmed.bytes, trimmed.length))
			return -1;
		if (!continues)
			return 0;
		if (text_append_char(logical, ' '))
			return -1;
	}
	return 0;
}

static int add_directive(struct unit *unit, struct arena *arena, const char *file,
			 const char *section, struct slice line)
{
	const char *equals = memchr(line.bytes, '=', line.length);
	struct slice key, value;
	struct unit_directive *directive;

	if (!equals || !section || unit->count >= UNIT_DIRECTIVES_MAX)
		return 0;
	key = trim((struct slice){.bytes = line.bytes, .length = (size_t)(equals - line.bytes)});
	value = trim((struct slice){.bytes = equals + 1,
				    .length = line.length - (size_t)(equals + 1 - line.bytes)});
	if (unit->count == unit->capacity) {
		size_t capacity = unit->capacity ? unit->capacity * 2 : 32;
		struct unit_directive *grown = realloc(unit->directives, capacity * sizeof(*grown));

		if (!grown)
			return -1;
		unit->directives = grown;
		unit->capacity = capacity;
	}
	directive = &unit->directives[unit->count];
	directive->section = section;
	directive->file = file;
	directive->key = arena_copy(arena, key.bytes, key.length);
	directive->value = arena_copy(arena, value.bytes, value.length);
	if (!directive->key || !directive->value)
		return -1;
	unit->count++;
	return 0;
}

int unit_parse(struct unit *unit, struct arena *arena, const char *file, const char *bytes,
	       size_t length)
{
	CLEANUP(text_done) struct text logical = TEXT_INIT;
	const char *section = NULL;
	size_t at = 0;

	while (at < length) {
		struct slice line;

		if (next_logical_line(bytes, length, &at, &logical))
			return -1;
		line = trim(
			(struct slice){.bytes = text_string(&logical), .length = logical.length});
		if (line.length >= 2 && line.bytes[0] == '[' &&
		    line.bytes[line.length - 1] == ']') {
			section = arena_copy(arena, line.bytes + 1, line.length - 2);
			if (!section)
				return -1;
			continue;
		}
		if (add_directive(unit, arena, file, section, line))
			return -1;
	}
	return 0;
}

static bool matches(const struct unit_directive *directive, const char *section, const char *key)
{
	return strcmp(directive->section, section) == 0 && strcmp(directive->key, key) == 0;
}

const struct unit_directive *unit_next(const struct unit *unit, const char *section,
				       const char *key, size_t *at)
{
	if (*at == 0)
		for (size_t i = 0; i < unit->count; i++)
			if (matches(&unit->directives[i], section, key) &&
			    unit->directives[i].value[0] == '\0')
				*at = i + 1;
	while (*at < unit->count) {
		const struct unit_directive *directive = &unit->directives[(*at)++];

		if (matches(directive, section, key))
			return directive;
	}
	return NULL;
}

int unit_words_add(struct arena *arena, struct unit_words *words, const char *word)
{
	if (words->count >= UNIT_WORDS_MAX)
		return 0;
	/* grown at each power of two; the arena keeps the smaller ones until it is done */
	if ((words->count & (words->count - 1)) == 0) {
		size_t capacity = words->count ? words->count * 2 : 1;
		const char **grown = arena_allocate_zeroed(arena, capacity, sizeof(*grown));

		if (!grown)
			return -1;
		if (words->count)
			memcpy(grown, words->words, words->count * sizeof(*grown));
		words->words = grown;
	}
	words->words[words->count++] = word;
	return 0;
}

const char *unit_words_value(const struct unit_words *environment, struct slice name)
{
	for (size_t i = environment->count; i > 0; i--) {
		const char *word = environment->words[i - 1];

		if (strncmp(word, name.bytes, name.length) == 0 && word[name.length] == '=')
			return word + name.length + 1;
	}
	return NULL;
}

static size_t name_length(const char *bytes)
{
	size_t length = 0;

	while (isalnum((unsigned char)bytes[length]) || bytes[length] == '_')
		length++;
	return length;
}

/* `$` at line[at]: appends what stands for it and returns how many bytes that took, or 0 for a
 * plain dollar. -1 when out of memory. */
static long expand(const char *line, const struct unit_words *environment, struct text *word)
{
	size_t length;
	const char *value;

	if (line[1] == '$')
		return text_append_char(word, '$') ? -1 : 2;
	if (line[1] != '{')
		return 0;
	length = name_length(line + 2);
	if (length == 0 || line[2 + length] != '}')
		return 0;
	value = unit_words_value(environment, (struct slice){.bytes = line + 2, .length = length});
	if (value && text_append_string(word, value))
		return -1;
	return (long)length + 3;
}

/* Reads one word at *line, which moves behind it. Returns 0, or -1 when out of memory. */
static int read_word(const char **line, const struct unit_words *environment, struct text *word)
{
	const char *at = *line;
	char quote = '\0';

	for (; *at && (quote || !isspace((unsigned char)*at)); at++) {
		if (quote ? *at == quote : *at == '"' || *at == '\'') {
			quote = quote ? '\0' : *at;
			continue;
		}
		if (*at == '$' && environment) {
			long taken = expand(at, environment, word);

			if (taken < 0)
				return -1;
			if (taken > 0) {
				at += taken - 1;
				continue;
			}
		}
		if (*at == '\\' && at[1])
			at++;
		if (text_append_char(word, *at))
			return -1;
	}
	*line = at;
	return 0;
}

/* Whether the word at `line` is $NAME alone: it becomes as many words as its value has. */
static size_t whole_variable(const char *line)
{
	size_t length = line[0] == '$' ? name_length(line + 1) : 0;

	if (length == 0 || (line[1 + length] && !isspace((unsigned char)line[1 + length])))
		return 0;
	return length;
}

int unit_split(struct arena *arena, const char *line, const struct unit_words *environment,
	       struct unit_words *words)
{
	CLEANUP(text_done) struct text word = TEXT_INIT;

	for (;;) {
		size_t variable;
		const char *copy;

		while (isspace((unsigned char)*line))
			line++;
		if (!*line)
			return 0;
		variable = environment ? whole_variable(line) : 0;
		if (variable) {
			const char *value = unit_words_value(
				environment, (struct slice){.bytes = line + 1, .length = variable});

			/* no environment for the value: it is split, not expanded again */
			if (value && unit_split(arena, value, NULL, words))
				return -1;
			line += 1 + variable;
			continue;
		}
		text_clear(&word);
		if (read_word(&line, environment, &word))
			return -1;
		copy = arena_copy(arena, text_string(&word), word.length);
		if (!copy || unit_words_add(arena, words, copy))
			return -1;
	}
}

/* The value of an assignment in an EnvironmentFile: what quotes group stays one value. */
static int read_value(struct slice raw, struct text *value)
{
	char quote = '\0';

	for (size_t i = 0; i < raw.length; i++) {
		char byte = raw.bytes[i];

		if (quote ? byte == quote : byte == '"' || byte == '\'') {
			quote = quote ? '\0' : byte;
			continue;
		}
		if (byte == '\\' && quote != '\'' && i + 1 < raw.length)
			byte = raw.bytes[++i];
		if (text_append_char(value, byte))
			return -1;
	}
	return 0;
}

int unit_parse_environment(struct arena *arena, const char *bytes, size_t length,
			   struct unit_words *environment)
{
	CLEANUP(text_done) struct text logical = TEXT_INIT;
	CLEANUP(text_done) struct text value = TEXT_INIT;
	size_t at = 0;

	while (at < length) {
		struct slice line;
		const char *equals, *word;

		if (next_logical_line(bytes, length, &at, &logical))
			return -1;
		line = trim(
			(struct slice){.bytes = text_string(&logical), .length = logical.length});
		/* a shell that sources the file takes it with `export` too */
		if (line.length > 7 && strncmp(line.bytes, "export ", 7) == 0)
			line = trim(
				(struct slice){.bytes = line.bytes + 7, .length = line.length - 7});
		equals = memchr(line.bytes, '=', line.length);
		if (!equals || equals == line.bytes)
			continue;
		text_clear(&value);
		if (read_value((struct slice){.bytes = equals + 1,
					      .length = line.length -
							(size_t)(equals + 1 - line.bytes)},
			       &value))
			return -1;
		word = arena_format(arena, "%.*s=%s", (int)(equals - line.bytes), line.bytes,
				    text_string(&value));
		if (!word || unit_words_add(arena, environment, word))
			return -1;
	}
	return 0;
}

const char *unit_words_option(const struct unit_words *words, size_t *at, const char *name,
			      const char *letter)
{
	const char *word = words->words[*at];
	size_t length = strlen(name);

	if (!word)
		return NULL;
	if (strncmp(word, name, length) == 0 && word[length] == '=')
		return word + length + 1;
	if (strcmp(word, name) == 0 || (letter && strcmp(word, letter) == 0))
		return *at + 1 < words->count ? words->words[++*at] : NULL;
	if (letter && strncmp(word, letter, 2) == 0)
		return word + (word[2] == '=' ? 3 : 2);
	return NULL;
}
