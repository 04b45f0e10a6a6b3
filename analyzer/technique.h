/*
 * ATT&CK technique numbers out of a rule's Sigma tags: "attack.t1562.001" is T1562.001.
 *
 * Two numberings are about. Version 18 is what findings are known by; version 19 gave T1562 and
 * parts of T1070 the new numbers T1685 and T1686, which are no numbers of version 18. A rule
 * carries tags of either or of both: ours carry both. Where one has only a new number, the old one
 * that it came from is given as well.
 */
#ifndef ANALYZER_TECHNIQUE_H
#define ANALYZER_TECHNIQUE_H

#include "common/cleanup.h"

#include <stdbool.h>
#include <stddef.h>

enum {
	TECHNIQUE_ID_SIZE = 12, /* "T1562.001" and a NUL */
	TECHNIQUES_MAX = 16,    /* of one rule: more are left out */
};

struct techniques {
	char ids[TECHNIQUES_MAX][TECHNIQUE_ID_SIZE];
	size_t count;
};

/*
 * Reads `tags`, a JSON array of texts; other tags and anything that is no such array give nothing.
 * *v18 gets the numbers of version 18, *v19 those that only version 19 has. Returns 0, or -1 when
 * out of memory.
 */
int techniques_parse(const char *tags, struct techniques *v18, struct techniques *v19) MUST_CHECK;

#endif
