#include "tests/unit/sample_invocation.h"
#include "tests/unit/sample_store.h"
#include "tests/unit/table.h"

#include "analyzer/report.h"

#include <string.h>
#include <time.h>

#define NOW 1795602030400LL /* 2026-11-25 */

enum {
	SERIALS_MAX = 12,
};

struct gap_row {
	const char *name;
	uint32_t serials[SERIALS_MAX];
	size_t count;
	uint64_t missing, runs;
};

static struct gap_row gap_rows[] = {
	{"C62: one figure for a gap", {49, 59, 60, 61, 62}, 5, 9, 1},
	{"C62: the number after the largest is no gap", {4294967294, 4294967295, 0, 1}, 4, 0, 2},
	{"none missing", {1, 2, 3}, 3, 0, 1},
	{"C59: disorder is no gap", {44607, 44609, 44608, 44610}, 4, 0, 1},
	{"C59: an event stamped early", {44609, 44606, 44607, 44608, 44610}, 5, 0, 1},
	{"C63: a boot begins anew", {1000, 1001, 1003, 5, 6}, 5, 1, 2},
	{"the same serial twice hides no more than itself", {5, 5, 7}, 3, 0, 1},
	{"one event", {7}, 1, 0, 1},
};

static void gaps_are_counted(void **state)
{
	CLEANUP(serial_gaps_done) struct serial_gaps gaps = SERIAL_GAPS_INIT;
	const struct gap_row *row = *state;

	for (size_t i = 0; i < row->count; i++)
		assert_int_equal(serial_gaps_add(&gaps, 3, row->serials[i]), 0);
	assert_int_equal(gaps.count, 1);
	if (!gaps.runs)
		return;
	assert_int_equal(serial_gaps_missing(&gaps.runs[0]), row->missing);
	assert_int_equal(gaps.runs[0].runs, row->runs);
}

struct fixture {
	struct sample_store store;
	struct store_reader *reader;
	struct sample_invocation invocation;
	struct filter filter;
	struct report report;
};

static void gather(struct fixture *fixture, const char *line)
{
	struct error error = ERROR_INIT;

	sample_store_close(&fixture->store);
	sample_invocation_fill(&fixture->invocation, line);
	assert_int_equal(
		filter_parse(&fixture->invocation.invocation, NOW, &fixture->filter, &error), 0);
	fixture->reader = store_reader_open(fixture->store.path, &error);
	assert_non_null(fixture->reader);
	if (report_gather(fixture->reader, fixture->store.path, &fixture->filter,
			  LEVEL_INFORMATIONAL, false, NOW, &fixture->report, &error))
		fail_msg("%s: %s", error.what, error.why);
}

static void finish(struct fixture *fixture)
{
	report_done(&fixture->report);
	filter_done(&fixture->filter);
	store_reader_free(fixture->reader);
	sample_store_remove(&fixture->store);
}

struct day_row {
	const char *name;
	const char *zone;
	int64_t start; /* of 72 hours with an event each ten minutes */
	uint64_t days[4];
	size_t count;
};

static struct day_row day_rows[] = {
	/* from 2026-10-23T22:00Z, midnight in Berlin */
	{"C77: a day of 25 hours", "CET-1CEST,M3.5.0,M10.5.0/3", 1792792800000, {144, 150, 138}, 3},
	/* from 2026-03-27T23:00Z */
	{"C77: a day of 23 hours",
	 "CET-1CEST,M3.5.0,M10.5.0/3",
	 1774652400000,
	 {144, 138, 144, 6},
	 4},
	{"C77: the same in UTC", "UTC0", 1792792800000, {12, 144, 144, 132}, 4},
};

static void days_are_counted(void **state)
{
	const struct day_row *row = *state;
	struct fixture fixture;
	uint64_t sum = 0;

	assert_int_equal(setenv("TZ", row->zone, 1), 0);
	tzset();
	sample_store_create(&fixture.store);
	sample_store_run(&fixture.store, "BEGIN");
	for (int i = 0; i < 72 * 6; i++)
		sample_store_event(&fixture.store,
				   SAMPLE_EVENT(.time = row->start + i * 600000LL, .serial = i));
	sample_store_run(&fixture.store, "COMMIT");
	gather(&fixture, "");
	assert_int_equal(fixture.report.day_count, row->count);
	for (size_t i = 0; i < row->count; i++) {
		assert_int_equal(fixture.report.days[i].events, row->days[i]);
		sum += fixture.report.days[i].events;
	}
	assert_int_equal(sum, 72 * 6);
	assert_int_equal(fixture.report.events, 72 * 6);
	finish(&fixture);
}

/* C78: clocks that had no time don't stretch the period, and it is said how many there were */
static void odd_clocks_are_noted(void **state)
{
	struct fixture fixture;

	(void)state;
	sample_store_create(&fixture.store);
	sample_store_event(&fixture.store, SAMPLE_EVENT(.time = 1483228799999, .serial = 5));
	sample_store_event(&fixture.store, SAMPLE_EVENT(.time = 1483228799200, .serial = 6));
	sample_store_event(&fixture.store, SAMPLE_EVENT(.time = 1483228799500, .serial = 7));
	sample_store_event(&fixture.store,
			   SAMPLE_EVENT(.time = 12003, .serial = 1, .types = "DAEMON_START"));
	sample_store_event(&fixture.store, SAMPLE_EVENT(.time = 4102444800001, .serial = 2));
	gather(&fixture, "");
	assert_int_equal(fixture.report.events, 5);
	assert_int_equal(fixture.report.first, 1483228799200);
	assert_int_equal(fixture.report.last, 1483228799999);
	assert_int_equal(fixture.report.too_early, 1);
	assert_int_equal(fixture.report.too_late, 1);
	/* the leap second's disorder is no loss, nor is auditd's own counter */
	assert_int_equal(fixture.report.gap_count, 1);
	assert_int_equal(fixture.report.gaps[0].missing, 0);
	finish(&fixture);
}

static uint64_t count_of(const struct report_counts *counts, const char *name)
{
	for (size_t i = 0; i < counts->count; i++)
		if (slice_is(counts->items[i].name, name))
			return counts->items[i].count;
	return 0;
}

static void fill_names(struct sample_store *store)
{
	sample_store_create(store);
	sample_store_event(store,
			   SAMPLE_EVENT(.time = 1000, .serial = 1, .keys = "docker\1cis-1.1.7",
					.types = "SYSCALL,PATH,PATH", .exe = "/bin/a", .auid = 1001,
					.auid_name = "dev"));
	sample_store_event(store, SAMPLE_EVENT(.time = 2000, .serial = 2, .keys = "docker",
					       .exe = "/bin/a", .auid = 4294967295, .node = "h1"));
	sample_store_event(store,
			   SAMPLE_EVENT(.time = 3000, .serial = 5, .exe = "/bin/b", .node = "h1"));
	sample_store_run(
		store,
		"INSERT INTO source (id, name) VALUES (1, x'61');"
		"INSERT INTO unusable_line (source_id, line, reason, bytes, after_time, "
		"after_serial, after_node_id, ordinal) VALUES (1, 1, 'it is empty', x'', 0, 0, "
		"1, 0), (1, 5, 'it is empty', x'', 2000, 2, 1, 0), (1, 9, 'it has no type=', "
		"x'41', 2500, 2, 1, 0)");
}

static void names_are_counted(void **state)
{
	struct fixture fixture;

	(void)state;
	fill_names(&fixture.store);
	gather(&fixture, "");
	assert_int_equal(fixture.report.events, 3);
	assert_int_equal(fixture.report.records, 5);
	assert_int_equal(count_of(&fixture.report.types, "PATH"), 2);
	assert_int_equal(count_of(&fixture.report.types, "SYSCALL"), 3);
	/* C85: each of two keys counts */
	assert_int_equal(count_of(&fixture.report.keys, "docker"), 2);
	assert_int_equal(count_of(&fixture.report.keys, "cis-1.1.7"), 1);
	assert_true(slice_is(fixture.report.exes.items[0].name, "/bin/a"));
	assert_int_equal(fixture.report.exes.items[0].count, 2);
	assert_int_equal(fixture.report.user_count, 3);
	/* a figure a node */
	assert_int_equal(fixture.report.gap_count, 2);
	assert_true(slice_is(fixture.report.gaps[1].node, "h1"));
	assert_int_equal(fixture.report.gaps[1].missing, 2);
	assert_int_equal(fixture.report.unusable_count, 3);
	assert_int_equal(count_of(&fixture.report.unusable, "it is empty"), 2);
	finish(&fixture);
}

static void a_range_of_time_applies_to_all(void **state)
{
	struct fixture fixture;

	(void)state;
	fill_names(&fixture.store);
	gather(&fixture, "--since=@2");
	assert_int_equal(fixture.report.events, 2);
	assert_int_equal(fixture.report.unusable_count, 2);
	assert_int_equal(fixture.report.gap_count, 1);
	assert_int_equal(count_of(&fixture.report.types, "PATH"), 0);
	finish(&fixture);
}

/* C76: a flood of one act is one entry, and the single act beside it stays seen */
static void floods_are_grouped(void **state)
{
	struct fixture fixture;

	(void)state;
	sample_store_create(&fixture.store);
	sample_store_run(
		&fixture.store,
		"BEGIN; INSERT INTO rule (id, uuid, title, level, description, tags) VALUES "
		"(1, 'u1', 'Low one', 'low', '', '[\"attack.t1611\"]'), (2, 'u2', 'High "
		"one', 'high', '', '[]')");
	for (int i = 0; i < 500; i++) {
		int64_t row = sample_store_event(
			&fixture.store,
			SAMPLE_EVENT(.time = 1000 + i, .serial = i, .syscall = "openat",
				     .exe = "/usr/sbin/dockerd", .auid = 4294967295, .pid = i + 1));

		sample_store_path(&fixture.store, row, 0, "/var/lib/docker/volumes/v", "NORMAL");
	}
	sample_store_event(&fixture.store,
			   SAMPLE_EVENT(.time = 9000, .serial = 900, .syscall = "openat",
					.auid = 1001, .auid_name = "dev", .exe = "/bin/vi"));
	sample_store_run(&fixture.store,
			 "INSERT INTO finding (rule_id, event_id) SELECT 1, id FROM event WHERE "
			 "serial < 500; INSERT INTO finding (rule_id, event_id) SELECT 2, id FROM "
			 "event WHERE serial = 900; COMMIT");
	gather(&fixture, "");
	assert_int_equal(fixture.report.finding_count, 501);
	assert_int_equal(fixture.report.by_level[LEVEL_HIGH], 1);
	assert_int_equal(fixture.report.group_count, 2);
	/* the more severe first */
	assert_string_equal(fixture.report.groups[0]->rule->name, "High one");
	assert_true(slice_is(fixture.report.groups[0]->user, "dev"));
	assert_int_equal(fixture.report.groups[0]->id_count, 1);
	assert_true(slice_is(fixture.report.groups[0]->ids[0], "9.000:900"));
	assert_int_equal(fixture.report.groups[1]->count, 500);
	assert_int_equal(fixture.report.groups[1]->first, 1000);
	assert_int_equal(fixture.report.groups[1]->last, 1499);
	assert_int_equal(fixture.report.groups[1]->id_count, REPORT_GROUP_IDS_MAX);
	assert_true(slice_is(fixture.report.groups[1]->what, "openat /var/lib/docker/volumes/v"));
	assert_string_equal(fixture.report.groups[1]->rule->v18.ids[0], "T1611");
	finish(&fixture);
}

static void an_empty_store_reports_nothing(void **state)
{
	struct error error = ERROR_INIT;
	struct fixture fixture;
	char *text = NULL;
	size_t length = 0;
	FILE *stream;

	(void)state;
	sample_store_create(&fixture.store);
	gather(&fixture, "");
	assert_int_equal(fixture.report.events, 0);
	assert_true(fixture.report.first > fixture.report.last);
	stream = open_memstream(&text, &length);
	assert_non_null(stream);
	assert_int_equal(report_text(&fixture.report, stream, &error), 0);
	assert_int_equal(fclose(stream), 0);
	assert_non_null(strstr(text, "no events"));
	assert_non_null(strstr(text, "nothing is known to be missing"));
	free(text);
	finish(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(odd_clocks_are_noted),
		cmocka_unit_test(names_are_counted),
		cmocka_unit_test(a_range_of_time_applies_to_all),
		cmocka_unit_test(floods_are_grouped),
		cmocka_unit_test(an_empty_store_reports_nothing),
	};
	int failed = cmocka_run_group_tests_name("report", tests, NULL, NULL);

	failed += TABLE_RUN("serial_gaps", gap_rows, gaps_are_counted);
	return failed + TABLE_RUN("report days", day_rows, days_are_counted);
}
