/*
 * Words -> options with their values, as getopt_long(3) gives them to auditctl: joined letters
 * (-kdocker), values in the same or the next word, long names that may be shortened.
 */
#ifndef AUDITMGR_RULE_OPTION_H
#define AUDITMGR_RULE_OPTION_H

#include "auditmgr/rule_lex.h"
#include "common/error.h"

/* the long options, besides the letters */
enum {
	RULE_OPTION_LOGINUID_IMMUTABLE = 256,
	RULE_OPTION_BACKLOG_WAIT_TIME,
	RULE_OPTION_RESET_LOST,
	RULE_OPTION_RESET_WAIT_TIME,
	RULE_OPTION_SIGNAL,
};

struct rule_option {
	int name;              /* a letter, or RULE_OPTION_* */
	const char *shown;     /* "-F", "--reset-lost": in the words' arena or static */
	struct slice value;    /* .bytes NULL where it takes none */
	unsigned column;       /* of the option */
	unsigned value_column; /* of its value, or of the option where there is none */
	bool alone;            /* no other letter in its word, and its value in the next one */
};

struct rule_option_reader {
	struct arena *arena;
	const struct rule_words *words;
	size_t word;   /* the one to read next */
	size_t offset; /* in that word, where letters are joined; 0: at its start */
};

/*
 * Reads the next option. Returns 1 with *option, 0 at the end, or -1 with *error: ERROR_INPUT with
 * the word at fault in .thing, the reason in .why and its place in option->column.
 */
int rule_option_next(struct rule_option_reader *reader, struct rule_option *option,
		     struct error *error) MUST_CHECK;

#endif
