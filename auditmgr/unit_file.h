/*
 * systemd unit files (systemd.syntax(7)) and the command lines in them (systemd.service(5), COMMAND
 * LINES): what discovery needs of both. Pure: no file is opened here.
 */
#ifndef AUDITMGR_UNIT_FILE_H
#define AUDITMGR_UNIT_FILE_H

#include "common/arena.h"
#include "common/slice.h"

#include <stddef.h>

/* Directives, words and variables beyond these are not read: a unit has a few dozen. */
#define UNIT_DIRECTIVES_MAX 2048
#define UNIT_WORDS_MAX      1024

struct unit_directive {
	const char *section;
	const char *key;
	const char *value; /* continuation lines joined by a blank */
	const char *file;  /* where it is from, as given to unit_parse */
};

struct unit {
	struct unit_directive *directives; /* in file order, drop-ins behind their unit */
	size_t count;
	size_t capacity;
	const char *file; /* the main file, or NULL: there is no such unit */
};

struct unit_words {
	const char **words;
	size_t count;
};

/* Frees the array; the strings are the arena's. */
void unit_done(struct unit *unit);

/*
 * Appends the directives of one file; `file` is borrowed for as long as the unit lives, the rest is
 * copied into the arena. What is no directive is passed over, as systemd does. Returns 0, or -1
 * when out of memory.
 */
int unit_parse(struct unit *unit, struct arena *arena, const char *file, const char *bytes,
	       size_t length) MUST_CHECK;

/*
 * The values of a list setting that are in effect: an empty assignment drops the ones before it.
 * Iteration: start with *at = 0; returns NULL behind the last.
 */
const struct unit_directive *unit_next(const struct unit *unit, const char *section,
				       const char *key, size_t *at);

/*
 * Splits a command line or a list of assignments into words: blanks part, quotes of both kinds
 * group, backslash escapes. Where `environment` is given, a word $NAME becomes the words of its
 * value, ${NAME} inside a word its value, $$ a dollar; unknown names are empty. Returns 0, or -1
 * when out of memory.
 */
int unit_split(struct arena *arena, const char *line, const struct unit_words *environment,
	       struct unit_words *words) MUST_CHECK;

/*
 * Appends the assignments of an EnvironmentFile (NAME=value lines, # and ; comments, quotes) to
 * *environment as "NAME=value". Returns 0, or -1 when out of memory.
 */
int unit_parse_environment(struct arena *arena, const char *bytes, size_t length,
			   struct unit_words *environment) MUST_CHECK;

/* Appends a word (borrowed); silently full at UNIT_WORDS_MAX. Returns 0, or -1 when out of memory.
 */
int unit_words_add(struct arena *arena, struct unit_words *words, const char *word) MUST_CHECK;

/* The value of `name` in "NAME=value" words, the last one, or NULL. */
const char *unit_words_value(const struct unit_words *environment, struct slice name);

/*
 * The value of an option of a command line, when words[*at] is that option: `--name=value`, `--name
 * value` (*at moves on to the value), `-n value`, `-nvalue`. NULL where it is another word, or the
 * value is missing. `letter` is "-n" or NULL.
 */
const char *unit_words_option(const struct unit_words *words, size_t *at, const char *name,
			      const char *letter);

#endif
