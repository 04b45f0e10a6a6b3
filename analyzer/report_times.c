/* When things happened, day by day, and which serials are missing. */
#include "analyzer/report_gather.h"

#include "analyzer/local_time.h"

static const char query_failed[] = "cannot query the store";

#define DAY 86400000LL

/* The day that `time` is in: its first moment and the next day's. */
static void day_of(int64_t time, bool utc, int64_t *start, int64_t *end)
{
	time_t seconds = (time_t)(time / 1000 - (time % 1000 < 0));
	struct tm local = {0}, day;

	if (utc || !localtime_r(&seconds, &local)) {
		*start = time - ((time % DAY) + DAY) % DAY;
		*end = *start + DAY;
		return;
	}
	day = (struct tm){
		.tm_year = local.tm_year, .tm_mon = local.tm_mon, .tm_mday = local.tm_mday};
	*start = local_time_to_epoch(&day, false) * 1000;
	day.tm_mday++;
	*end = local_time_to_epoch(&day, false) * 1000;
	/* no day is empty: whatever a zone's rules say, counting goes on */
	if (*start > time)
		*start = time;
	if (*end <= time)
		*end = time + 1;
}

static int gather_days(struct store_reader *reader, struct report *report, struct error *error)
{
	CLEANUP(statement_done) sqlite3_stmt *statement = NULL;
	int64_t start = 0, end = INT64_MIN;
	int more;

	report->days =
		arena_allocate_zeroed(&report->memory, REPORT_DAYS_MAX, sizeof(*report->days));
	if (!report->days)
		return error_set_memory(error, "cannot make the report");
	if (report_query(reader, "SELECT event.time FROM event WHERE 1", report->filter,
			 " ORDER BY event.time", &statement, error))
		return -1;
	while ((more = database_step(statement, query_failed, error)) == 1) {
		int64_t time = sqlite3_column_int64(statement, 0);

		if (time >= end) {
			day_of(time, report->utc, &start, &end);
			if (report->day_count < REPORT_DAYS_MAX)
				report->days[report->day_count++].start = start;
			else
				start = INT64_MAX;
		}
		if (start == INT64_MAX)
			report->days_left_out++;
		else
			report->days[report->day_count - 1].events++;
	}
	return more;
}

/* Only the range of time counts here: any other filter leaves serials out by itself. auditd numbers
 * its own DAEMON_* events by another counter. */
static int gather_runs(struct store_reader *reader, const struct report *report,
		       struct serial_gaps *gaps, struct error *error)
{
	CLEANUP(statement_done) sqlite3_stmt *statement = NULL;
	struct filter times = FILTER_INIT;
	int more;

	times.time = report->filter->time;
	if (report_query(
		    reader,
		    "SELECT event.node_id, event.serial FROM event WHERE types_id NOT IN "
		    "(SELECT id FROM string WHERE value >= CAST('DAEMON_' AS BLOB) AND value < "
		    "CAST('DAEMON`' AS BLOB))",
		    &times, " ORDER BY event.time, event.serial", &statement, error))
		return -1;
	while ((more = database_step(statement, query_failed, error)) == 1)
		if (serial_gaps_add(gaps, sqlite3_column_int64(statement, 0),
				    (uint32_t)sqlite3_column_int64(statement, 1)))
			return error_set_memory(error, "cannot make the report");
	return more;
}

static int gather_gaps(struct store_reader *reader, struct report *report, struct error *error)
{
	CLEANUP(serial_gaps_done) struct serial_gaps gaps = SERIAL_GAPS_INIT;
	CLEANUP(statement_done)
	sqlite3_stmt *statement = database_prepare(store_reader_database(reader),
						   "SELECT value FROM string WHERE id = ?1", error);
	bool failed = false;

	if (!statement || gather_runs(reader, report, &gaps, error))
		return -1;
	report->gaps =
		arena_allocate_zeroed(&report->memory, gaps.count + 1, sizeof(*report->gaps));
	if (!report->gaps)
		return error_set_memory(error, "cannot make the report");
	for (size_t i = 0; i < gaps.count; i++) {
		struct report_gap *gap = &report->gaps[report->gap_count++];
		int found;

		database_bind_number(statement, 1, gaps.runs[i].node, EVENT_UNSET);
		found = database_step(statement, query_failed, error);
		if (found < 0)
			return -1;
		if (found)
			gap->node = report_copy(report, database_column(statement, 0), &failed);
		(void)sqlite3_reset(statement);
		gap->missing = serial_gaps_missing(&gaps.runs[i]);
		gap->runs = gaps.runs[i].runs;
	}
	return failed ? error_set_memory(error, "cannot make the report") : 0;
}

int report_gather_times(struct store_reader *reader, struct report *report, struct error *error)
{
	return gather_days(reader, report, error) || gather_gaps(reader, report, error) ? -1 : 0;
}
