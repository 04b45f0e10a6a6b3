/*
 * Findings in the store: which rule matched which event.
 */
#ifndef ANALYZER_STORE_FINDING_H
#define ANALYZER_STORE_FINDING_H

#include "analyzer/database.h"
#include "analyzer/finding.h"

struct store_finding;

/* `rules` are borrowed; findings name them by their number in that array. Returns NULL with *error.
 */
struct store_finding *store_finding_new(sqlite3 *database, const struct finding_rule *rules,
					size_t rule_count, struct error *error);

void store_finding_free(struct store_finding *findings);

/* Adds what matched a new event. Returns 0, or -1 with *error. */
int store_finding_add(struct store_finding *findings, int64_t event_row, const size_t *matches,
		      size_t match_count, struct error *error) MUST_CHECK;

/*
 * Replaces what these rules found in an event that late records joined; findings of other rules
 * stay. Returns 0, or -1 with *error.
 */
int store_finding_replace(struct store_finding *findings, int64_t event_row, const size_t *matches,
			  size_t match_count, struct error *error) MUST_CHECK;

#endif
