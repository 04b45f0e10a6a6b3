/*
 * What a finding says of the rule that made it. The detector's words, without the detector: the
 * store keeps them, so that a report needs no rule files.
 */
#ifndef ANALYZER_FINDING_H
#define ANALYZER_FINDING_H

#include "common/error.h"

struct detector;

/* All borrowed from the rule but `tags`. */
struct finding_rule {
	const char *uuid;
	const char *title;
	const char *level; /* "informational" to "critical" */
	const char *description;
	char *tags; /* a JSON array of Sigma's tags; owned */
};

/*
 * One for each of the detector's rules, in its numbering: a malloc'ed array for finding_rules_free,
 * which must not outlive the detector. NULL with *error when out of memory.
 */
struct finding_rule *finding_rules_of(const struct detector *detector, struct error *error);

void finding_rules_free(struct finding_rule *rules, size_t count);

#endif
