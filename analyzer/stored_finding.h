/*
 * What the detections found, out of the store: each finding with its rule as it was when it matched
 * and the event that it matched.
 */
#ifndef ANALYZER_STORED_FINDING_H
#define ANALYZER_STORED_FINDING_H

#include "analyzer/filter.h"
#include "analyzer/store_read.h"
#include "analyzer/technique.h"

/* Sigma's levels, in order. A level that is none of them counts as the lowest. */
enum stored_level {
	LEVEL_INFORMATIONAL,
	LEVEL_LOW,
	LEVEL_MEDIUM,
	LEVEL_HIGH,
	LEVEL_CRITICAL,
};

enum {
	LEVEL_COUNT = LEVEL_CRITICAL + 1,
};

const char *stored_level_name(enum stored_level level);

/* Reads the value of --level; NULL is the lowest. Returns 0, or -1 with *error naming the levels.
 */
int stored_level_parse(const char *name, enum stored_level *level, struct error *error) MUST_CHECK;

/* Texts are untrusted: a rule may be anyone's, and a store forged. */
struct stored_rule {
	int64_t row;
	char *id; /* Sigma's */
	char *name;
	char *description;
	enum stored_level level;
	struct techniques v18, v19; /* technique.h */
};

struct stored_finding {
	const struct stored_rule *rule;   /* lives as long as the findings */
	const struct stored_event *event; /* until the next call for the same reader */
};

struct stored_findings;

/*
 * Begins: the findings of `level` and above whose event `filter` lets through, in order of time, at
 * most its limit. `reader` and `filter` are borrowed. Returns NULL with *error. The caller frees it
 * by stored_findings_free.
 */
struct stored_findings *stored_findings_new(struct store_reader *reader,
					    const struct filter *filter, enum stored_level level,
					    struct error *error);

/* Takes NULL too. */
void stored_findings_free(struct stored_findings *findings);

/* for CLEANUP */
static inline void stored_findings_done(struct stored_findings **findings)
{
	stored_findings_free(*findings);
}

/* Returns 1 with *finding, 0 at the end, or -1 with *error. */
int stored_findings_next(struct stored_findings *findings, struct stored_finding *finding,
			 struct error *error) MUST_CHECK;

#endif
