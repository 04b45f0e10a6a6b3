#include "tests/unit/table.h"

#include "analyzer/time_format.h"
#include "analyzer/time_range.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* what a row that must be refused gives as its time */
#define REFUSED "refused"

/* 2026-11-25T10:20:30.400Z: in Berlin 11:20:30.400 */
#define NOW 1795602030400LL

struct row {
	const char *name;
	const char *zone;
	const char *text;
	const char *since; /* RFC 3339, UTC */
	const char *until; /* NULL: as since */
};

static struct row rows[] = {
	{"RFC 3339, UTC", "Europe/Berlin", "2026-10-25T02:30:00Z", "2026-10-25T02:30:00.000Z",
	 NULL},
	{"RFC 3339, offset", "UTC", "2026-10-25T02:30:00+02:00", "2026-10-25T00:30:00.000Z", NULL},
	{"RFC 3339, negative offset without colon", "UTC", "2026-10-25T02:30:00-0730",
	 "2026-10-25T10:00:00.000Z", NULL},
	{"RFC 3339, lower case and a blank", "UTC", "2026-10-25 02:30:00z",
	 "2026-10-25T02:30:00.000Z", NULL},
	{"UTC in words", "Europe/Berlin", "2026-10-25 02:30:00 UTC", "2026-10-25T02:30:00.000Z",
	 NULL},
	{"milliseconds", "UTC", "2026-10-25T02:30:00.125Z", "2026-10-25T02:30:00.125Z", NULL},
	{"one digit of a second", "UTC", "2026-10-25T02:30:00.5Z", "2026-10-25T02:30:00.500Z",
	 NULL},
	{"nanoseconds are cut", "UTC", "2026-10-25T02:30:00.123999999Z", "2026-10-25T02:30:00.123Z",
	 NULL},
	{"local, day", "Europe/Berlin", "2026-07-01", "2026-06-30T22:00:00.000Z", NULL},
	{"local, minutes", "Europe/Berlin", "2026-07-01 12:00", "2026-07-01T10:00:00.000Z", NULL},
	{"local, seconds, T", "Europe/Berlin", "2026-07-01T12:00:05.001",
	 "2026-07-01T10:00:05.001Z", NULL},
	{"time of day is today's", "Europe/Berlin", "02:30", "2026-11-25T01:30:00.000Z", NULL},
	{"now", "Europe/Berlin", "now", "2026-11-25T10:20:30.400Z", NULL},
	{"today", "Europe/Berlin", "today", "2026-11-24T23:00:00.000Z", NULL},
	{"yesterday", "Europe/Berlin", "yesterday", "2026-11-23T23:00:00.000Z", NULL},
	{"tomorrow", "Europe/Berlin", "tomorrow", "2026-11-25T23:00:00.000Z", NULL},
	{"today west of Greenwich is still yesterday's", "America/Los_Angeles", "today",
	 "2026-11-25T08:00:00.000Z", NULL},
	{"hours back", "UTC", "-2h", "2026-11-25T08:20:30.400Z", NULL},
	{"minutes back", "UTC", "-30min", "2026-11-25T09:50:30.400Z", NULL},
	{"in words", "UTC", "2 hours ago", "2026-11-25T08:20:30.400Z", NULL},
	{"units together", "UTC", "-1d12h", "2026-11-23T22:20:30.400Z", NULL},
	{"units with blanks", "UTC", "1 day 12 hours ago", "2026-11-23T22:20:30.400Z", NULL},
	{"milliseconds back", "UTC", "-400ms", "2026-11-25T10:20:30.000Z", NULL},
	{"weeks", "UTC", "-1week", "2026-11-18T10:20:30.400Z", NULL},
	{"m is minutes, M is months", "UTC", "-1M", "2026-10-25T23:50:30.400Z", NULL},
	{"forward", "UTC", "+5min", "2026-11-25T10:25:30.400Z", NULL},
	{"epoch", "Europe/Berlin", "@1795590162", "2026-11-25T07:02:42.000Z", NULL},
	{"epoch with milliseconds", "UTC", "@1795590162.713", "2026-11-25T07:02:42.713Z", NULL},
	{"the epoch itself", "UTC", "@0", "1970-01-01T00:00:00.000Z", NULL},
	{"blanks around", "UTC", "  now ", "2026-11-25T10:20:30.400Z", NULL},
	{"29 February", "UTC", "2024-02-29", "2024-02-29T00:00:00.000Z", NULL},
	{"C78: a leap second", "UTC", "2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z", NULL},
	{"C77: the hour that comes twice", "Europe/Berlin", "2026-10-25 02:30",
	 "2026-10-25T00:30:00.000Z", "2026-10-25T01:30:00.000Z"},
	{"C77: its end comes once", "Europe/Berlin", "2026-10-25 03:00", "2026-10-25T02:00:00.000Z",
	 NULL},
	{"C77: the hour that never comes", "Europe/Berlin", "2026-03-29 02:30",
	 "2026-03-29T01:00:00.000Z", NULL},
	{"C77: its end", "Europe/Berlin", "2026-03-29 03:00", "2026-03-29T01:00:00.000Z", NULL},
	{"C77: midnight that never comes", "America/Sao_Paulo", "2018-11-04",
	 "2018-11-04T03:00:00.000Z", NULL},
	{"C77: half an hour's change", "Australia/Lord_Howe", "2026-04-05 01:45",
	 "2026-04-04T14:45:00.000Z", "2026-04-04T15:15:00.000Z"},
	{"a day that a zone left out", "Pacific/Apia", "2011-12-30 12:00",
	 "2011-12-30T10:00:00.000Z", NULL},
	{"empty", "UTC", "", REFUSED, NULL},
	{"no such day", "UTC", "2026-02-29", REFUSED, NULL},
	{"no such day of a century", "UTC", "1900-02-29", REFUSED, NULL},
	{"no such month", "UTC", "2026-13-01", REFUSED, NULL},
	{"hour 24", "UTC", "2026-01-01 24:00", REFUSED, NULL},
	{"minute 60", "UTC", "2026-01-01 23:60", REFUSED, NULL},
	{"one digit", "UTC", "2026-1-01", REFUSED, NULL},
	{"text behind", "UTC", "2026-01-01x", REFUSED, NULL},
	{"blank behind a date and nothing more", "UTC", "2026-01-01T", REFUSED, NULL},
	{"fraction without digits", "UTC", "2026-01-01 00:00:00.", REFUSED, NULL},
	{"offset without minutes", "UTC", "2026-01-01T00:00:00+02", REFUSED, NULL},
	{"a span without a direction", "UTC", "2h", REFUSED, NULL},
	{"a unit that is none", "UTC", "-2parsec", REFUSED, NULL},
	{"a number without unit", "UTC", "-5", REFUSED, NULL},
	{"a minus alone", "UTC", "-", REFUSED, NULL},
	{"ago alone", "UTC", " ago", REFUSED, NULL},
	{"a span beyond 64 bits", "UTC", "-99999999999999999999y", REFUSED, NULL},
	{"a span beyond ten thousand years", "UTC", "-10100years", REFUSED, NULL},
	{"epoch beyond 64 bits", "UTC", "@99999999999999999999", REFUSED, NULL},
	{"epoch with text", "UTC", "@12x", REFUSED, NULL},
	{"words that are none", "UTC", "last tuesday", REFUSED, NULL},
	{"an American date", "UTC", "10/25/2026", REFUSED, NULL},
};

/* Skips the row where the host has no rules for the zone (package tzdata). */
static void set_zone(const char *zone)
{
	char path[128];

	(void)snprintf(path, sizeof(path), "/usr/share/zoneinfo/%s", zone);
	if (strchr(zone, '/') && access(path, R_OK) != 0)
		skip();
	assert_int_equal(setenv("TZ", zone, 1), 0);
	tzset();
}

static void check(const struct row *row, enum time_edge edge, const char *expected)
{
	struct error error = ERROR_INIT;
	char text[TIME_TEXT_SIZE];
	int64_t time = 99;

	if (strcmp(expected, REFUSED) == 0) {
		assert_int_equal(time_parse(row->text, edge, NOW, &time, &error), -1);
		assert_int_equal(error.kind, ERROR_INPUT);
		assert_non_null(strstr(error.why, "2026-10-25T02:30:00Z"));
		assert_non_null(strstr(error.what, edge == TIME_SINCE ? "--since" : "--until"));
		assert_int_equal(time, 99);
		return;
	}
	assert_int_equal(time_parse(row->text, edge, NOW, &time, &error), 0);
	time_format(time, true, text);
	assert_string_equal(text, expected);
}

static void row_holds(void **state)
{
	const struct row *row = *state;

	set_zone(row->zone);
	check(row, TIME_SINCE, row->since);
	check(row, TIME_UNTIL, row->until ? row->until : row->since);
}

struct day_row {
	const char *name;
	const char *zone;
	const char *since, *until;
	int events; /* one each ten minutes */
};

static struct day_row day_rows[] = {
	{"C77: a day of 25 hours", "Europe/Berlin", "2026-10-25", "2026-10-26", 150},
	{"C77: a day of 23 hours", "Europe/Berlin", "2026-03-29", "2026-03-30", 138},
	{"C77: the same day in UTC", "UTC", "2026-10-25", "2026-10-26", 144},
	{"C77: the hours that come twice, both", "Europe/Berlin", "2026-10-25 02:00",
	 "2026-10-25 03:00", 12},
	{"C77: up to the middle of the hour that comes twice", "Europe/Berlin", "2026-10-25 02:00",
	 "2026-10-25 02:30", 9},
	{"C77: the month is the sum of its days", "Europe/Berlin", "2026-10-01", "2026-11-01",
	 30 * 144 + 150},
};

static void days_add_up(void **state)
{
	const struct day_row *row = *state;
	struct time_range range;
	struct error error = ERROR_INIT;
	int64_t start = 1767225600000; /* 2026-01-01T00:00:00Z */
	int events = 0;

	set_zone(row->zone);
	assert_int_equal(time_range_parse(row->since, row->until, NOW, &range, &error), 0);
	for (int64_t time = start; time < start + 366LL * 86400000; time += 600000)
		events += time_range_holds(&range, time);
	assert_int_equal(events, row->events);
}

static void ranges_have_bounds(void **state)
{
	struct error error = ERROR_INIT;
	struct time_range range;

	(void)state;
	set_zone("UTC");
	assert_int_equal(time_range_parse(NULL, NULL, NOW, &range, &error), 0);
	assert_true(time_range_holds(&range, 0));
	assert_true(time_range_holds(&range, INT64_MAX - 1));
	assert_int_equal(time_range_parse("today", NULL, NOW, &range, &error), 0);
	assert_int_equal(range.until, INT64_MAX);
	assert_int_equal(time_range_parse("now", "-1h", NOW, &range, &error), -1);
	assert_int_equal(error.kind, ERROR_INPUT);
}

struct format_row {
	const char *name;
	const char *zone; /* NULL: UTC wanted */
	int64_t time;
	const char *text;
};

static struct format_row format_rows[] = {
	{"UTC", NULL, 1795590162713, "2026-11-25T07:02:42.713Z"},
	{"C77: local time carries its offset", "Europe/Berlin", 1795590162713,
	 "2026-11-25T08:02:42.713+01:00"},
	{"C77: the same local time, first", "Europe/Berlin", 1792888200000,
	 "2026-10-25T02:30:00.000+02:00"},
	{"C77: the same local time, second", "Europe/Berlin", 1792891800000,
	 "2026-10-25T02:30:00.000+01:00"},
	{"half-hour offset west", "America/St_Johns", 1795590162007,
	 "2026-11-25T03:32:42.007-03:30"},
	{"C78: a dead clock", NULL, 12003, "1970-01-01T00:00:12.003Z"},
	{"before the epoch", NULL, -1, "1969-12-31T23:59:59.999Z"},
	{"far away", NULL, INT64_MAX, "@9223372036854775.807"},
};

static void times_read(void **state)
{
	const struct format_row *row = *state;
	char text[TIME_TEXT_SIZE];

	set_zone(row->zone ? row->zone : "Asia/Tokyo");
	time_format(row->time, row->zone == NULL, text);
	assert_string_equal(text, row->text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(ranges_have_bounds)};
	int failed = TABLE_RUN("time_range", rows, row_holds);

	failed += TABLE_RUN("time_range days", day_rows, days_add_up);
	failed += TABLE_RUN("time_format", format_rows, times_read);
	return failed + cmocka_run_group_tests_name("time_range bounds", tests, NULL, NULL);
}
