#include "tests/unit/sample_invocation.h"
#include "tests/unit/table.h"

#include "analyzer/filter.h"

#include <string.h>

#define NOW 1795602030400LL

struct pattern_row {
	const char *name;
	const char *pattern;
	const char *subject;
	int matches;
};

static struct pattern_row pattern_rows[] = {
	{"the same", "/etc/passwd", "/etc/passwd", 1},
	{"longer", "/etc/passwd", "/etc/passwd-", 0},
	{"shorter", "/etc/passwd", "/etc/passw", 0},
	{"case counts", "/etc/Passwd", "/etc/passwd", 0},
	{"star at the end", "/etc/*", "/etc/docker/daemon.json", 1},
	{"star for nothing", "/etc/*", "/etc/", 1},
	{"star in front", "*.json", "/etc/docker/daemon.json", 1},
	{"star in the middle", "/etc/*/daemon.json", "/etc/docker/daemon.json", 1},
	{"star takes as much as it must", "*a*b", "aabab", 1},
	{"two stars that fail", "*a*b", "aabac", 0},
	{"star alone", "*", "", 1},
	{"nothing against something", "", "a", 0},
	{"escaped star", "a\\*", "a*", 1},
	{"escaped star is no star", "a\\*", "ab", 0},
	{"C44: a byte as it was shown", "/tmp/file\\xF1", "/tmp/file\xF1", 1},
	{"a newline as it was shown", "a\\nb", "a\nb", 1},
	{"a backslash as it was shown", "a\\\\b", "a\\b", 1},
	{"a backslash before another letter", "a\\qb", "a\\qb", 1},
	{"a backslash at the end", "a\\", "a\\", 1},
	{"half a byte", "a\\x4", "a\\x4", 1},
	{"a question mark stands for itself", "a?c", "abc", 0},
	{"many stars on a long run end soon", "*a*a*a*a*a*a*a*a*b",
	 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	 "a",
	 0},
};

static void pattern_holds(void **state)
{
	CLEANUP(pattern_done) struct pattern pattern = PATTERN_INIT;
	const struct pattern_row *row = *state;

	assert_int_equal(pattern_parse(row->pattern, &pattern), 0);
	assert_int_equal(pattern_matches(&pattern, slice_of(row->subject)), row->matches);
}

struct refused_row {
	const char *name;
	const char *line;
	const char *what;
	const char *why; /* part of it */
};

static struct refused_row refused_rows[] = {
	{"time", "--since=soon", "cannot read the time of --since", "yesterday"},
	{"empty range", "--since=now --until=-1h", "the range of time is empty", "--until"},
	{"pid with letters", "--pid=12x", "bad number", "--pid"},
	{"negative pid", "--pid=-7", "bad number", "--pid"},
	{"pid too large", "--pid=4294967296", "bad number", "4294967295"},
	{"session with letters", "--session=c2", "bad number", "--session"},
	{"empty user", "--user=auid=", "bad --user", "a name, a number or unset"},
	{"empty key", "--key=", "empty pattern", "--key"},
	{"result", "--result=maybe", "unknown --result", "success or failure"},
	{"limit", "--limit=-1", "bad --limit", "number"},
	{"misspelt system call", "--syscall=opnat", "unknown --syscall", "openat"},
	{"no system call at all", "--syscall=xyzzyxyzzy", "unknown --syscall", "no such name"},
	{"empty system call", "--syscall=", "unknown --syscall", "no such name"},
	{"misspelt type", "--type=SYSCAL", "unknown --type", "did you mean SYSCALL"},
	{"type of another case, misspelt", "--type=execv", "unknown --type", "EXECVE"},
	{"type beyond all", "--type=99999", "unknown --type", "no such name"},
};

static void faults_are_named(void **state)
{
	CLEANUP(filter_done) struct filter filter = FILTER_INIT;
	const struct refused_row *row = *state;
	struct sample_invocation sample;
	struct error error = ERROR_INIT;

	sample_invocation_fill(&sample, row->line);
	assert_int_equal(filter_parse(&sample.invocation, NOW, &filter, &error), -1);
	/* exit status 2 */
	assert_int_equal(error.kind, ERROR_INPUT);
	assert_string_equal(error.what, row->what);
	if (!strstr(error.why, row->why))
		fail_msg("the error is: %s", error.why);
}

struct type_row {
	const char *name;
	const char *line;
	const char *type;
};

static struct type_row type_rows[] = {
	{"name", "--type=EXECVE", "EXECVE"},
	{"lower case", "--type=user_cmd", "USER_CMD"},
	{"number with a name", "--type=1300", "SYSCALL"},
	{"C61: number with a name, as a log may write it", "--type=UNKNOWN[1333]",
	 "TIME_ADJNTPVAL"},
	{"number without a name", "--type=1999", "UNKNOWN[1999]"},
};

static void types_are_spelt_as_stored(void **state)
{
	CLEANUP(filter_done) struct filter filter = FILTER_INIT;
	const struct type_row *row = *state;
	struct sample_invocation sample;
	struct error error = ERROR_INIT;

	sample_invocation_fill(&sample, row->line);
	assert_int_equal(filter_parse(&sample.invocation, NOW, &filter, &error), 0);
	assert_int_equal(filter.type_count, 1);
	assert_string_equal(filter.types[0].name, row->type);
}

static void users_are_names_or_numbers(void **state)
{
	CLEANUP(filter_done) struct filter filter = FILTER_INIT;
	struct sample_invocation sample;
	struct error error = ERROR_INIT;

	(void)state;
	sample_invocation_fill(&sample, "--user=1000 --user=dev --user=auid=0 --user=uid=www-data "
					"--user=unset --user=4294967295");
	assert_int_equal(filter_parse(&sample.invocation, NOW, &filter, &error), 0);
	assert_int_equal(filter.user_count, 6);
	assert_null(filter.users[0].name);
	assert_int_equal(filter.users[0].number, 1000);
	assert_int_equal(filter.users[0].roles, FILTER_AUID | FILTER_UID);
	assert_string_equal(filter.users[1].name, "dev");
	assert_int_equal(filter.users[2].roles, FILTER_AUID);
	assert_int_equal(filter.users[2].number, 0);
	assert_string_equal(filter.users[3].name, "www-data");
	assert_int_equal(filter.users[3].roles, FILTER_UID);
	assert_int_equal(filter.users[4].number, 4294967295);
	assert_int_equal(filter.users[4].roles, FILTER_AUID);
	assert_int_equal(filter.users[5].roles, FILTER_AUID);
}

static void nothing_given_lets_all_through(void **state)
{
	CLEANUP(filter_done) struct filter filter = FILTER_INIT;
	struct sample_invocation sample;
	struct error error = ERROR_INIT;

	(void)state;
	sample_invocation_fill(&sample, "");
	assert_int_equal(filter_parse(&sample.invocation, NOW, &filter, &error), 0);
	assert_int_equal(filter.time.since, INT64_MIN);
	assert_int_equal(filter.time.until, INT64_MAX);
	assert_int_equal(filter.result, EVENT_OUTCOME_UNKNOWN);
	assert_true(filter.limit == UINT64_MAX);
	assert_int_equal(filter.user_count + filter.sessions.count + filter.pids.count +
				 filter.exes.count + filter.paths.count + filter.keys.count +
				 filter.syscall_count + filter.type_count + filter.hosts.count,
			 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(users_are_names_or_numbers),
		cmocka_unit_test(nothing_given_lets_all_through),
	};
	int failed = cmocka_run_group_tests_name("filter", tests, NULL, NULL);

	failed += TABLE_RUN("pattern", pattern_rows, pattern_holds);
	failed += TABLE_RUN("filter types", type_rows, types_are_spelt_as_stored);
	return failed + TABLE_RUN("filter faults", refused_rows, faults_are_named);
}
