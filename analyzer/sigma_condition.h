/*
 * The condition of a Sigma rule: names of selections under and, or, not, parentheses, `1 of x*`,
 * `all of x*`, `1 of them`, `all of them`. Binding, loosest first: or, and, not. `them` is every
 * selection whose name does not start with an underscore. Source: Sigma rules specification 2.1.
 */
#ifndef ANALYZER_SIGMA_CONDITION_H
#define ANALYZER_SIGMA_CONDITION_H

#include "common/arena.h"
#include "common/slice.h"

enum {
	SIGMA_CONDITION_DEPTH = 64,   /* parentheses and nots inside each other */
	SIGMA_CONDITION_LIMIT = 4096, /* bytes */
};

enum sigma_link {
	SIGMA_SELECTION, /* `selection` */
	SIGMA_AND,       /* all of the children */
	SIGMA_OR,        /* one of the children */
	SIGMA_NOT,       /* not `children[0]` */
};

struct sigma_condition {
	enum sigma_link link;
	size_t selection; /* index into the names given to the parser */
	const struct sigma_condition *const *children;
	size_t child_count;
};

/*
 * Parses `text`, at most SIGMA_CONDITION_LIMIT bytes, over the selections `names`. Returns the
 * tree, in `arena`, or NULL with *reason, a text in `arena` (NULL when out of memory), and *offset,
 * the byte of `text` it is about.
 */
const struct sigma_condition *sigma_condition_parse(struct arena *arena, struct slice text,
						    const struct slice *names, size_t name_count,
						    const char **reason, size_t *offset);

/* One condition out of several, linked by OR; NULL when out of memory. */
const struct sigma_condition *sigma_condition_any(struct arena *arena,
						  const struct sigma_condition *const *conditions,
						  size_t count);

/* Asks `holds` about selections, as few as needed and in order, until the condition is decided. */
bool sigma_condition_holds(const struct sigma_condition *condition,
			   bool (*holds)(void *context, size_t selection), void *context);

#endif
