/*
 * The first fault of a document: what the compiler of a rule carries up until the document is
 * refused with it.
 */
#ifndef ANALYZER_SIGMA_FAULT_H
#define ANALYZER_SIGMA_FAULT_H

#include "analyzer/sigma_yaml.h"

struct sigma_fault {
	unsigned line, column;
	const char *what; /* "selection|foo", NULL: out of memory */
	const char *why;
};

/*
 * Sets *fault to a place, a thing and a reason, both texts in `arena` and cut to a readable length,
 * and returns -1. `why` NULL says out of memory.
 */
int sigma_fault_set(struct sigma_fault *fault, struct arena *arena, const struct sigma_node *at,
		    struct slice what, const char *why);

/* As above, out of memory. */
static inline int sigma_fault_memory(struct sigma_fault *fault)
{
	fault->what = NULL;
	return -1;
}

#endif
