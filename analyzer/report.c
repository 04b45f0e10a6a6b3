#include "analyzer/report.h"

#include "analyzer/report_gather.h"

int report_query(struct store_reader *reader, const char *before, const struct filter *filter,
		 const char *after, sqlite3_stmt **statement, struct error *error)
{
	CLEANUP(query_sql_done) struct query_sql sql = QUERY_SQL_INIT;
	sqlite3 *database = store_reader_database(reader);

	if (query_sql_append(&sql, before) || query_sql_append_filter(&sql, filter) ||
	    query_sql_append(&sql, after))
		return error_set_memory(error, "cannot build a query");
	if (query_sql_prepare(&sql, database, statement) != SQLITE_OK)
		return database_error(database, "cannot query the store", error);
	return 0;
}

struct slice report_copy(struct report *report, struct slice bytes, bool *failed)
{
	if (!bytes.bytes)
		return bytes;
	bytes.bytes = arena_copy(&report->memory, bytes.bytes, bytes.length);
	if (!bytes.bytes) {
		*failed = true;
		bytes.length = 0;
	}
	return bytes;
}

static int gather_totals(struct store_reader *reader, struct report *report, struct error *error)
{
	CLEANUP(statement_done) sqlite3_stmt *statement = NULL;
	CLEANUP(text_done) struct text sql = TEXT_INIT;
	long long earliest = REPORT_EARLIEST, latest = (long long)report->made;

	/* our own numbers; the filter's are bound */
	if (text_append_format(
		    &sql,
		    "SELECT count(*), min(CASE WHEN time BETWEEN %lld AND %lld THEN time "
		    "END), max(CASE WHEN time BETWEEN %lld AND %lld THEN time END), "
		    "total(time < %lld), total(time > %lld), total(incomplete) FROM event "
		    "WHERE 1",
		    earliest, latest, earliest, latest, earliest, latest))
		return error_set_memory(error, "cannot make the report");
	if (report_query(reader, sql.bytes, report->filter, "", &statement, error))
		return -1;
	if (database_step(statement, "cannot query the store", error) != 1)
		return -1;
	report->events = (uint64_t)sqlite3_column_int64(statement, 0);
	report->first = INT64_MAX;
	report->last = INT64_MIN;
	if (sqlite3_column_type(statement, 1) != SQLITE_NULL) {
		report->first = sqlite3_column_int64(statement, 1);
		report->last = sqlite3_column_int64(statement, 2);
	}
	report->too_early = (uint64_t)sqlite3_column_int64(statement, 3);
	report->too_late = (uint64_t)sqlite3_column_int64(statement, 4);
	report->incomplete = (uint64_t)sqlite3_column_int64(statement, 5);
	return 0;
}

int report_gather(struct store_reader *reader, const char *store, const struct filter *filter,
		  enum stored_level level, bool utc, int64_t now, struct report *report,
		  struct error *error)
{
	*report = (struct report){
		.made = now, .store = store, .filter = filter, .utc = utc, .memory = ARENA_INIT};
	if (gather_totals(reader, report, error) || report_gather_counts(reader, report, error) ||
	    report_gather_times(reader, report, error))
		return -1;
	return report_gather_findings(reader, level, report, error);
}

void report_done(struct report *report)
{
	stored_findings_free(report->findings);
	report->findings = NULL;
	arena_done(&report->memory);
}
