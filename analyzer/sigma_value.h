/*
 * The values of a selection and the modifiers that say how they are compared. Source: Sigma rules
 * specification 2.1 and its modifiers appendix.
 */
#ifndef ANALYZER_SIGMA_VALUE_H
#define ANALYZER_SIGMA_VALUE_H

#include "analyzer/sigma_text.h"
#include "analyzer/sigma_yaml.h"

#include <netinet/in.h>

enum sigma_modifier {
	SIGMA_MODIFIER_CONTAINS = 1 << 0,
	SIGMA_MODIFIER_STARTSWITH = 1 << 1,
	SIGMA_MODIFIER_ENDSWITH = 1 << 2,
	SIGMA_MODIFIER_ALL = 1 << 3,
	SIGMA_MODIFIER_CASED = 1 << 4,
	SIGMA_MODIFIER_RE = 1 << 5,
	SIGMA_MODIFIER_RE_I = 1 << 6, /* i, m and s stand behind re */
	SIGMA_MODIFIER_RE_M = 1 << 7,
	SIGMA_MODIFIER_RE_S = 1 << 8,
	SIGMA_MODIFIER_CIDR = 1 << 9,
	SIGMA_MODIFIER_EXISTS = 1 << 10,
};

/* what a regular expression may cost on one text (pcre2api(3), match context) */
enum {
	SIGMA_REGEX_MATCH_LIMIT = 100000, /* calls of the matcher */
	SIGMA_REGEX_DEPTH_LIMIT = 10000,  /* backtracking depth */
	SIGMA_REGEX_HEAP_LIMIT = 4096,    /* KiB for backtracking */
};

enum sigma_value_kind {
	SIGMA_VALUE_TEXT,
	SIGMA_VALUE_WORD, /* a number as a keyword: digits with no letter or digit beside them */
	SIGMA_VALUE_NULL,
	SIGMA_VALUE_REGEX,
	SIGMA_VALUE_CIDR,
	SIGMA_VALUE_EXISTS,
};

struct sigma_regex;

struct sigma_value {
	enum sigma_value_kind kind;
	struct sigma_text text;    /* TEXT */
	struct slice word;         /* WORD */
	struct sigma_regex *regex; /* owned: sigma_value_done */
	int family;                /* CIDR: AF_INET or AF_INET6 */
	struct in6_addr network;
	unsigned prefix_length;
	bool exists; /* EXISTS */
};

/*
 * The modifiers behind a field's name: `modifiers` is "contains|all", or has no bytes where there
 * is no
 * `|`. Returns 0 with *set
 * (an OR of enum sigma_modifier), or -1 with *reason, a text in `arena` that names the one at fault
 * (NULL when out of memory).
 */
int sigma_modifiers_parse(struct arena *arena, struct slice modifiers, unsigned *set,
			  const char **reason) MUST_CHECK;

/*
 * Compiles the scalar `node` under `modifiers`, for a field or as a keyword. Returns 0, or -1 with
 * *reason as above. *value is to be released by sigma_value_done on success.
 */
int sigma_value_compile(struct arena *arena, const struct sigma_node *node, unsigned modifiers,
			bool keyword, struct sigma_value *value, const char **reason) MUST_CHECK;

void sigma_value_done(struct sigma_value *value);

enum sigma_match {
	SIGMA_NO_MATCH,
	SIGMA_MATCH,
	SIGMA_MATCH_GAVE_UP, /* a limit of the regular expression was hit: no match, to be counted
			      */
};

/* Compares a TEXT, WORD, REGEX or CIDR with one text of the event (any bytes); the other kinds are
 * about a field as a whole and never match here. */
enum sigma_match sigma_value_matches(const struct sigma_value *value, struct slice subject);

#endif
