#include "tests/unit/sample_invocation.h"
#include "tests/unit/sample_store.h"
#include "tests/unit/table.h"

#include "analyzer/finding_output.h"
#include "analyzer/stored_finding.h"

#include <string.h>

#define NOW 1795602030400LL

struct technique_row {
	const char *name;
	const char *tags;
	const char *v18, *v19; /* blanks between */
};

static struct technique_row technique_rows[] = {
	{"technique", "[\"attack.t1611\"]", "T1611", ""},
	{"technique and its part", "[\"attack.t1059.013\",\"attack.t1609\"]", "T1059.013 T1609",
	 ""},
	{"tactics and other tags are none",
	 "[\"attack.privilege-escalation\",\"car.2013-05-002\",\"attack.g0016\",\"attack.s0005\"]",
	 "", ""},
	{"both numberings",
	 "[\"attack.t1562.012\",\"attack.t1070.002\",\"attack.t1685.004\",\"attack.t1685.006\"]",
	 "T1562.012 T1070.002", "T1685.004 T1685.006"},
	{"the new numbering alone", "[\"attack.t1685.004\"]", "T1562.012", "T1685.004"},
	{"the new numbering alone, whole", "[\"attack.t1685\",\"attack.t1611\"]", "T1611 T1562.001",
	 "T1685"},
	{"the new numbering alone, a part without a table's row", "[\"attack.t1685.001\"]",
	 "T1562.001", "T1685.001"},
	{"the new numbering of firewalls", "[\"attack.t1686.001\"]", "T1562.004", "T1686.001"},
	{"twice the same", "[\"attack.t1611\",\"attack.T1611\"]", "T1611", ""},
	{"wrong shapes",
	 "[\"attack.t161\",\"attack.t16111\",\"attack.t1611.1\",\"attack.t1611x001\"]", "", ""},
	{"no array", "{\"a\":1}", "", ""},
	{"no JSON", "attack.t1611", "", ""},
	{"not texts", "[1,null,[\"attack.t1611\"]]", "", ""},
	{"no tags", "[]", "", ""},
};

static void join(const struct techniques *techniques, struct text *text)
{
	for (size_t i = 0; i < techniques->count; i++)
		assert_int_equal(text_append_format(text, "%s%s", i ? " " : "", techniques->ids[i]),
				 0);
}

static void tags_give_techniques(void **state)
{
	CLEANUP(text_done) struct text old = TEXT_INIT;
	CLEANUP(text_done) struct text new = TEXT_INIT;
	const struct technique_row *row = *state;
	struct techniques v18, v19;

	assert_int_equal(techniques_parse(row->tags, &v18, &v19), 0);
	join(&v18, &old);
	join(&v19, &new);
	assert_string_equal(text_string(&old), row->v18);
	assert_string_equal(text_string(&new), row->v19);
}

static void fill(struct sample_store *store)
{
	sample_store_event(store,
			   SAMPLE_EVENT(.time = 2000, .serial = 2, .keys = "docker",
					.syscall = "connect", .auid = 1001, .auid_name = "dev",
					.pid = 5, .exe = "/usr/bin/curl", .socket_family = 1,
					.socket_address = "/run/docker.sock"));
	sample_store_event(store, SAMPLE_EVENT(.time = 1000, .serial = 1, .auid = 4294967295));
	sample_store_run(
		store,
		"INSERT INTO rule (id, uuid, title, level, description, tags) VALUES "
		"(3, 'b-uuid', 'Socket used', 'medium', 'why', '[\"attack.t1609\"]'), "
		"(7, 'a-uuid', 'Tampered', 'critical', 'why', "
		"'[\"attack.t1562.001\",\"attack.t1685\"]'), "
		"(9, 'c-uuid', 'Odd', 'nonsense', '', 'x');"
		"INSERT INTO finding (rule_id, event_id) VALUES (3, 1), (7, 1), (3, 2), (9, 2)");
}

struct row {
	const char *name;
	const char *line;
	enum stored_level level;
	const char *found; /* rule and serial of each */
};

static struct row rows[] = {
	{"all, by time and then by rule", "", LEVEL_INFORMATIONAL,
	 "b-uuid:1 c-uuid:1 a-uuid:2 b-uuid:2"},
	{"a level and above", "", LEVEL_MEDIUM, "b-uuid:1 a-uuid:2 b-uuid:2"},
	{"the highest level", "", LEVEL_CRITICAL, "a-uuid:2"},
	{"limit", "--limit=1", LEVEL_INFORMATIONAL, "b-uuid:1"},
	{"filters apply", "--user=dev --key=docker --exe=curl", LEVEL_INFORMATIONAL,
	 "a-uuid:2 b-uuid:2"},
	{"time applies", "--until=@2", LEVEL_LOW, "b-uuid:1"},
	{"filter that lets nothing through", "--key=other", LEVEL_INFORMATIONAL, ""},
};

static void row_holds(void **state)
{
	CLEANUP(filter_done) struct filter filter = FILTER_INIT;
	CLEANUP(store_reader_done) struct store_reader *reader = NULL;
	CLEANUP(stored_findings_done) struct stored_findings *findings = NULL;
	CLEANUP(text_done) struct text found = TEXT_INIT;
	const struct row *row = *state;
	struct sample_invocation sample;
	struct stored_finding finding;
	struct error error = ERROR_INIT;
	struct sample_store store;
	int more;

	sample_store_create(&store);
	fill(&store);
	sample_store_close(&store);
	sample_invocation_fill(&sample, row->line);
	assert_int_equal(filter_parse(&sample.invocation, NOW, &filter, &error), 0);
	reader = store_reader_open(store.path, &error);
	assert_non_null(reader);
	findings = stored_findings_new(reader, &filter, row->level, &error);
	assert_non_null(findings);
	while ((more = stored_findings_next(findings, &finding, &error)) == 1)
		assert_int_equal(text_append_format(&found, "%s%s:%u", found.length ? " " : "",
						    finding.rule->id,
						    finding.event->event.id.serial),
				 0);
	assert_int_equal(more, 0);
	assert_string_equal(text_string(&found), row->found);
	sample_store_remove(&store);
}

/* the names that scripts rely on (DESIGN.md, pinned interface) */
static void json_has_the_pinned_names(void **state)
{
	CLEANUP(store_reader_done) struct store_reader *reader = NULL;
	CLEANUP(stored_findings_done) struct stored_findings *findings = NULL;
	struct filter filter = FILTER_INIT;
	struct stored_finding finding;
	struct error error = ERROR_INIT;
	struct sample_store store;
	json_t *object, *expected;

	(void)state;
	sample_store_create(&store);
	fill(&store);
	sample_store_close(&store);
	reader = store_reader_open(store.path, &error);
	assert_non_null(reader);
	findings = stored_findings_new(reader, &filter, LEVEL_CRITICAL, &error);
	assert_non_null(findings);
	assert_int_equal(stored_findings_next(findings, &finding, &error), 1);
	object = finding_json(&finding);
	expected = json_pack("{s:{s:s, s:s, s:s, s:s}, s:{s:{s:[s], s:[s]}}, s:s}", "rule", "id",
			     "a-uuid", "name", "Tampered", "level", "critical", "description",
			     "why", "threat", "technique", "id", "T1562.001", "id_v19", "T1685",
			     "message", "connect /run/docker.sock");
	assert_non_null(object);
	assert_non_null(expected);
	assert_true(json_equal(json_object_get(object, "rule"), json_object_get(expected, "rule")));
	assert_true(
		json_equal(json_object_get(object, "threat"), json_object_get(expected, "threat")));
	assert_true(json_equal(json_object_get(object, "message"),
			       json_object_get(expected, "message")));
	json_decref(expected);
	expected = json_pack("{s:[s], s:s, s:s}", "event_ids", "2.000:2", "start",
			     "1970-01-01T00:00:02.000Z", "id", "1001");
	assert_non_null(expected);
	assert_true(json_equal(json_object_get(json_object_get(object, "auditd"), "event_ids"),
			       json_object_get(expected, "event_ids")));
	assert_true(json_equal(json_object_get(json_object_get(object, "event"), "start"),
			       json_object_get(expected, "start")));
	assert_true(json_equal(json_object_get(json_object_get(object, "event"), "end"),
			       json_object_get(expected, "start")));
	assert_true(json_equal(
		json_object_get(json_object_get(json_object_get(object, "user"), "audit"), "id"),
		json_object_get(expected, "id")));
	json_decref(expected);
	json_decref(object);
	sample_store_remove(&store);
}

static void levels_are_named(void **state)
{
	struct error error = ERROR_INIT;
	enum stored_level level;

	(void)state;
	assert_int_equal(stored_level_parse("high", &level, &error), 0);
	assert_int_equal(level, LEVEL_HIGH);
	assert_int_equal(stored_level_parse(NULL, &level, &error), 0);
	assert_int_equal(level, LEVEL_INFORMATIONAL);
	assert_int_equal(stored_level_parse("urgent", &level, &error), -1);
	assert_int_equal(error.kind, ERROR_INPUT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json_has_the_pinned_names),
		cmocka_unit_test(levels_are_named),
	};
	int failed = cmocka_run_group_tests_name("stored_finding", tests, NULL, NULL);

	failed += TABLE_RUN("technique", technique_rows, tags_give_techniques);
	return failed + TABLE_RUN("stored_finding filters", rows, row_holds);
}
