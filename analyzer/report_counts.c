/* How often what occurs: names that the store has joined are counted one by one. */
#include "analyzer/report_gather.h"

static const char query_failed[] = "cannot query the store";

struct tally {
	struct report *report;
	struct report_count *items; /* room for REPORT_NAMES_MAX */
	size_t count;
	uint64_t total;
	bool failed; /* out of memory */
};

static int tally_begin(struct tally *tally, struct report *report)
{
	*tally = (struct tally){.report = report};
	tally->items = calloc(REPORT_NAMES_MAX, sizeof(*tally->items));
	return tally->items ? 0 : -1;
}

static void tally_done(struct tally *tally)
{
	free(tally->items);
}

static void tally_add(struct tally *tally, struct slice name, uint64_t count)
{
	tally->total += count;
	for (size_t i = 0; i < tally->count; i++) {
		if (!slice_equal(tally->items[i].name, name))
			continue;
		tally->items[i].count += count;
		return;
	}
	if (tally->count == REPORT_NAMES_MAX)
		return;
	tally->items[tally->count].name = report_copy(tally->report, name, &tally->failed);
	tally->items[tally->count++].count = count;
}

static int compare_counts(const void *left, const void *right)
{
	const struct report_count *a = left, *b = right;
	size_t shorter = a->name.length < b->name.length ? a->name.length : b->name.length;
	int order;

	if (a->count != b->count)
		return a->count < b->count ? 1 : -1;
	order = shorter ? memcmp(a->name.bytes, b->name.bytes, shorter) : 0;
	return order ? order
		     : (a->name.length > b->name.length) - (a->name.length < b->name.length);
}

/* Hands the `most` most frequent over to the report. */
static int tally_end(struct tally *tally, size_t most, struct report_counts *counts)
{
	if (tally->count)
		qsort(tally->items, tally->count, sizeof(*tally->items), compare_counts);
	counts->count = tally->count < most ? tally->count : most;
	counts->items = arena_allocate_zeroed(&tally->report->memory, counts->count + 1,
					      sizeof(*counts->items));
	if (!counts->items || tally->failed)
		return -1;
	memcpy(counts->items, tally->items, counts->count * sizeof(*counts->items));
	return 0;
}

/* Adds each row's text, taken apart at `separator`, as often as the row says. */
static int tally_rows(struct tally *tally, sqlite3_stmt *statement, char separator,
		      struct error *error)
{
	int more;

	while ((more = database_step(statement, query_failed, error)) == 1) {
		struct slice rest = database_column(statement, 0);
		uint64_t count = (uint64_t)sqlite3_column_int64(statement, 1);

		while (rest.bytes) {
			const char *end =
				rest.length ? memchr(rest.bytes, separator, rest.length) : NULL;
			struct slice name = rest;

			if (end)
				name.length = (size_t)(end - rest.bytes);
			tally_add(tally, name, count);
			rest.bytes = end ? end + 1 : NULL;
			rest.length = end ? rest.length - name.length - 1 : 0;
		}
	}
	return more;
}

struct kind {
	const char *column; /* interned, of event */
	char separator;     /* NUL: a path has none */
	size_t most;
};

static int gather_kind(struct store_reader *reader, struct report *report, const struct kind *kind,
		       struct report_counts *counts, uint64_t *total, struct error *error)
{
	CLEANUP(statement_done) sqlite3_stmt *statement = NULL;
	CLEANUP(text_done) struct text before = TEXT_INIT;
	CLEANUP(text_done) struct text after = TEXT_INIT;
	CLEANUP(tally_done) struct tally tally = {.items = NULL};

	if (text_append_format(&before,
			       "SELECT (SELECT value FROM string WHERE id = event.%s), count(*) "
			       "FROM event WHERE event.%s IS NOT NULL",
			       kind->column, kind->column) ||
	    text_append_format(&after, " GROUP BY event.%s", kind->column) ||
	    tally_begin(&tally, report))
		return error_set_memory(error, "cannot make the report");
	if (report_query(reader, before.bytes, report->filter, after.bytes, &statement, error) ||
	    tally_rows(&tally, statement, kind->separator, error))
		return -1;
	if (tally_end(&tally, kind->most, counts))
		return error_set_memory(error, "cannot make the report");
	*total = tally.total;
	return 0;
}

static int gather_users(struct store_reader *reader, struct report *report, struct error *error)
{
	CLEANUP(statement_done) sqlite3_stmt *statement = NULL;
	bool failed = false;
	int more;

	report->users = arena_allocate_zeroed(&report->memory, REPORT_TOP, sizeof(*report->users));
	if (!report->users)
		return error_set_memory(error, "cannot make the report");
	if (report_query(
		    reader,
		    "SELECT auid, (SELECT value FROM string WHERE id = auid_name_id), count(*) "
		    "FROM event WHERE 1",
		    report->filter, " GROUP BY auid, auid_name_id ORDER BY 3 DESC, 1, 2 LIMIT 10",
		    &statement, error))
		return -1;
	while ((more = database_step(statement, query_failed, error)) == 1 &&
	       report->user_count < REPORT_TOP) {
		struct report_user *user = &report->users[report->user_count++];

		user->auid = sqlite3_column_type(statement, 0) == SQLITE_NULL
				     ? EVENT_UNSET
				     : sqlite3_column_int64(statement, 0);
		user->name = report_copy(report, database_column(statement, 1), &failed);
		user->events = (uint64_t)sqlite3_column_int64(statement, 2);
	}
	if (failed)
		return error_set_memory(error, "cannot make the report");
	return more < 0 ? -1 : 0;
}

/* An unusable line has no time of its own: it belongs to the event before it. */
static int gather_unusable(struct store_reader *reader, struct report *report, struct error *error)
{
	CLEANUP(statement_done)
	sqlite3_stmt *statement = database_prepare(
		store_reader_database(reader),
		"SELECT CAST(reason AS BLOB), count(*) FROM unusable_line WHERE (?1 IS NULL OR "
		"after_time >= ?1) AND (?2 IS NULL OR after_time < ?2) GROUP BY reason",
		error);
	CLEANUP(tally_done) struct tally tally = {.items = NULL};

	if (!statement)
		return -1;
	database_bind_number(statement, 1, report->filter->time.since, INT64_MIN);
	database_bind_number(statement, 2, report->filter->time.until, INT64_MAX);
	if (tally_begin(&tally, report))
		return error_set_memory(error, "cannot make the report");
	if (tally_rows(&tally, statement, '\0', error))
		return -1;
	report->unusable_count = tally.total;
	return tally_end(&tally, REPORT_TOP, &report->unusable)
		       ? error_set_memory(error, "cannot make the report")
		       : 0;
}

int report_gather_counts(struct store_reader *reader, struct report *report, struct error *error)
{
	static const struct kind types = {"types_id", ',', REPORT_NAMES_MAX};
	static const struct kind keys = {"keys_id", '\1', REPORT_TOP};
	static const struct kind exes = {"exe_id", '\0', REPORT_TOP};
	uint64_t ignored;

	if (gather_kind(reader, report, &types, &report->types, &report->records, error) ||
	    gather_kind(reader, report, &keys, &report->keys, &ignored, error) ||
	    gather_kind(reader, report, &exes, &report->exes, &ignored, error) ||
	    gather_users(reader, report, error))
		return -1;
	return gather_unusable(reader, report, error);
}
