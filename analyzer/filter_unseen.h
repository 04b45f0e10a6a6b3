/*
 * Why nothing was found: the values of a filter that no event of the store has at all, so that a
 * misspelt key doesn't look like a quiet night.
 */
#ifndef ANALYZER_FILTER_UNSEEN_H
#define ANALYZER_FILTER_UNSEEN_H

#include "analyzer/filter.h"
#include "analyzer/store_read.h"

/*
 * Prints a line to `stream` for each value of --user --session --pid --exe --path --key --syscall
 * --type --host that by itself, at any time, lets no event of the store through. `filter` is what
 * filter_parse made of `invocation`. Returns 0, or -1 with *error.
 */
int filter_unseen_print(struct store_reader *reader, const struct filter *filter,
			const struct invocation *invocation, FILE *stream,
			struct error *error) MUST_CHECK;

#endif
