/*
 * Sigma's text patterns: wildcards `*` (any bytes) and `?` (one character: one UTF-8 sequence, or
 * one byte that is none), escaped by a backslash. Text is compared without regard to the case of
 * A-Z unless the pattern is `cased`. Source: Sigma rules specification 2.1, "Escaping".
 */
#ifndef ANALYZER_SIGMA_TEXT_H
#define ANALYZER_SIGMA_TEXT_H

#include "common/arena.h"
#include "common/slice.h"

enum {
	SIGMA_TEXT_LIMIT = 4096 /* bytes of one pattern */
};

enum sigma_anchor {
	SIGMA_WHOLE,      /* the pattern is the whole text */
	SIGMA_STARTSWITH, /* ... its beginning */
	SIGMA_ENDSWITH,   /* ... its end */
	SIGMA_CONTAINS,   /* ... anywhere in it */
};

/* a run of literal characters and `?`s between two `*`s */
struct sigma_run {
	const char *bytes; /* folded to lower case unless the pattern is cased */
	const bool *any;   /* any[i]: byte i stands for `?`; NULL where the run has none */
	size_t length;
};

struct sigma_text {
	bool cased;
	bool open_start, open_end; /* a `*` in front, behind */
	const struct sigma_run *runs;
	size_t run_count; /* 0: matches every text, or the empty one where nothing is open */
};

/* Compiles `pattern` into `arena`. Returns 0, or -1 when out of memory. */
int sigma_text_compile(struct arena *arena, struct slice pattern, enum sigma_anchor anchor,
		       bool cased, struct sigma_text *text) MUST_CHECK;

/* Whether `subject` (any bytes) matches. */
bool sigma_text_matches(const struct sigma_text *text, struct slice subject);

/* Whether the pattern is one literal for the whole text; then *literal is that literal, folded
 * unless cased. */
bool sigma_text_literal(const struct sigma_text *text, struct slice *literal);

/* Equality without regard to the case of A-Z. */
bool sigma_text_same(struct slice left, struct slice right);

/* `byte` with A-Z made a-z. */
static inline char sigma_text_fold(char byte)
{
	return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

#endif
