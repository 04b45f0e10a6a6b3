/*
 * The parts of report.c, a file each.
 */
#ifndef ANALYZER_REPORT_GATHER_H
#define ANALYZER_REPORT_GATHER_H

#include "analyzer/query_sql.h"
#include "analyzer/report.h"

/* Types, keys, programs, users, unusable lines. Returns 0, or -1 with *error. */
int report_gather_counts(struct store_reader *reader, struct report *report,
			 struct error *error) MUST_CHECK;

/* Days and missing serials. Returns 0, or -1 with *error. */
int report_gather_times(struct store_reader *reader, struct report *report,
			struct error *error) MUST_CHECK;

/* Findings, grouped. Returns 0, or -1 with *error. */
int report_gather_findings(struct store_reader *reader, enum stored_level level,
			   struct report *report, struct error *error) MUST_CHECK;

/*
 * Prepares `before`, the conditions of `filter` and `after`. Returns 0 with *statement, or -1 with
 * *error.
 */
int report_query(struct store_reader *reader, const char *before, const struct filter *filter,
		 const char *after, sqlite3_stmt **statement, struct error *error) MUST_CHECK;

/* A copy of a column's bytes that lives as long as the report; NULL bytes for NULL, and *failed set
 * when out of memory. */
struct slice report_copy(struct report *report, struct slice bytes, bool *failed);

#endif
