#include "auditmgr/rule_option.h"

#include <string.h>

/* auditctl 3.0.9; a colon behind a letter: it takes a value */
static const char option_letters[] = "hicslDvtC:e:f:r:b:a:A:d:S:F:m:R:w:W:k:p:q:";

static const struct {
	const char *name;
	int value;
	bool takes_value;
} option_names[] = {
	{"loginuid-immutable", RULE_OPTION_LOGINUID_IMMUTABLE, false},
	{"backlog_wait_time", RULE_OPTION_BACKLOG_WAIT_TIME, true},
	{"reset-lost", RULE_OPTION_RESET_LOST, false},
	{"reset_backlog_wait_time_actual", RULE_OPTION_RESET_WAIT_TIME, false},
	{"signal", RULE_OPTION_SIGNAL, true},
};

enum {
	OPTION_NAMES = sizeof(option_names) / sizeof(option_names[0]),
	SHOWN_MAX = 40, /* bytes of a faulty word in a message */
};

static int fault(struct error *error, struct slice word, const char *why)
{
	char thing[SHOWN_MAX + 1];
	size_t length = word.length < SHOWN_MAX ? word.length : SHOWN_MAX;

	memcpy(thing, word.bytes, length);
	thing[length] = '\0';
	return error_set(error, ERROR_INPUT, "", thing, "%s", why);
}

static const char *find_letter(char letter)
{
	return letter != ':' && letter != '\0' ? strchr(option_letters, letter) : NULL;
}

/* "-k" or "--reset-lost" where a value is wanted: someone forgot the value */
static bool is_option_word(struct slice word)
{
	if (word.length == 2 && word.bytes[0] == '-')
		return find_letter(word.bytes[1]) != NULL;
	return word.length > 2 && word.bytes[0] == '-' && word.bytes[1] == '-';
}

/* The value that stands in the next word. Returns 1, or -1 with *error. */
static int take_next_word(struct rule_option_reader *reader, struct rule_option *option,
			  struct error *error)
{
	const struct rule_word *next;

	if (reader->word >= reader->words->count)
		return fault(error, slice_of(option->shown), "it needs a value");
	next = &reader->words->items[reader->word];
	if (is_option_word(next->text))
		return error_set(error, ERROR_INPUT, "", option->shown,
				 "it needs a value, and the next word is the option %s",
				 next->text.bytes);
	option->value = next->text;
	option->value_column = next->column;
	reader->word++;
	return 1;
}

static int read_letter(struct rule_option_reader *reader, struct rule_option *option,
		       struct error *error)
{
	const struct rule_word *word = &reader->words->items[reader->word];
	size_t at = reader->offset ? reader->offset : 1;
	const char *found = find_letter(word->text.bytes[at]);
	char *shown = arena_format(reader->arena, "-%c", word->text.bytes[at]);
	bool last = at + 1 == word->text.length;

	if (!shown)
		return error_set_memory(error, "cannot read a rule");
	option->name = (unsigned char)word->text.bytes[at];
	option->shown = shown;
	option->column = word->column + (unsigned)(at == 1 ? 0 : at);
	option->value_column = option->column;
	option->alone = at == 1 && last;
	if (!found)
		return fault(error, slice_of(shown), "auditctl has no such option");
	if (found[1] != ':') {
		reader->offset = last ? 0 : at + 1;
		reader->word += last;
		return 1;
	}
	reader->offset = 0;
	reader->word++;
	if (last)
		return take_next_word(reader, option, error);
	option->value = (struct slice){word->text.bytes + at + 1, word->text.length - at - 1};
	option->value_column = word->column + (unsigned)at + 1;
	return 1;
}

/* The long name that `name` is or begins as the only one; OPTION_NAMES where there is none. */
static size_t find_long(struct slice name)
{
	size_t found = OPTION_NAMES;
	size_t matches = 0;

	for (size_t i = 0; i < OPTION_NAMES; i++) {
		if (strncmp(option_names[i].name, name.bytes, name.length) != 0)
			continue;
		if (strlen(option_names[i].name) == name.length)
			return i;
		found = i;
		matches++;
	}
	return matches == 1 ? found : OPTION_NAMES;
}

static int read_long(struct rule_option_reader *reader, struct rule_option *option,
		     struct error *error)
{
	const struct rule_word *word = &reader->words->items[reader->word++];
	struct slice name = {word->text.bytes + 2, word->text.length - 2};
	const char *equals = memchr(name.bytes, '=', name.length);
	size_t found;

	if (equals)
		name.length = (size_t)(equals - name.bytes);
	option->column = option->value_column = word->column;
	option->alone = !equals;
	found = name.length ? find_long(name) : OPTION_NAMES;
	if (found == OPTION_NAMES)
		return fault(error, word->text, "auditctl has no such option");
	option->name = option_names[found].value;
	option->shown = arena_format(reader->arena, "--%s", option_names[found].name);
	if (!option->shown)
		return error_set_memory(error, "cannot read a rule");
	if (!option_names[found].takes_value)
		return equals ? fault(error, word->text, "it takes no value") : 1;
	if (!equals)
		return take_next_word(reader, option, error);
	option->value = slice_of(equals + 1);
	option->value_column = word->column + (unsigned)(equals + 1 - word->text.bytes);
	return option->value.length ? 1 : fault(error, word->text, "it needs a value");
}

int rule_option_next(struct rule_option_reader *reader, struct rule_option *option,
		     struct error *error)
{
	const struct rule_word *word;

	*option = (struct rule_option){.name = 0};
	if (reader->word >= reader->words->count)
		return 0;
	word = &reader->words->items[reader->word];
	if (word->text.bytes[0] == '-' && word->text.length > 1)
		return word->text.bytes[1] == '-' ? read_long(reader, option, error)
						  : read_letter(reader, option, error);
	option->column = word->column;
	return fault(error, word->text,
		     "a word without an option (a blank inside a path or key is written \"\\ \")");
}
