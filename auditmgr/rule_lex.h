/*
 * One line of a rule file -> words, as auditctl -R of audit 3.0.9 splits it: at blanks only, with
 * "\ " for a blank and "\\" for a backslash inside a word. There are no quotes.
 */
#ifndef AUDITMGR_RULE_LEX_H
#define AUDITMGR_RULE_LEX_H

#include "common/arena.h"
#include "common/diagnostic.h"
#include "common/slice.h"
#include "common/text.h"

struct rule_word {
	struct slice text; /* unescaped, a NUL behind it */
	unsigned column;   /* from 1, in bytes of the line */
};

struct rule_words {
	struct rule_word *items;
	size_t count; /* 0: a blank line or a comment */
};

/*
 * Splits line `line` of `file` (no newline in it). Words lie in `arena`. What the line has besides
 * its words (a CR at its end, a tab) goes to *diagnostics. Returns 0; 1 where an error was added
 * and the line can't be used; -1 when out of memory.
 */
int rule_lex(struct arena *arena, struct rule_words *words, const char *file, unsigned line,
	     struct slice bytes, struct diagnostics *diagnostics) MUST_CHECK;

/* Appends `word` so that rule_lex reads it back. Returns 0, or -1 when out of memory. */
int rule_lex_escape(struct text *text, struct slice word) MUST_CHECK;

/* Whether a word can stand in a rule file at all: not empty, no control characters. */
bool rule_lex_can_say(struct slice word);

#endif
