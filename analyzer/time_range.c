#include "analyzer/time_range.h"

#include "analyzer/local_time.h"
#include "common/number.h"
#include "common/slice.h"

#include <stdio.h>
#include <strings.h>
#include <time.h>

#define SECOND          1000LL
#define MINUTE          (60 * SECOND)
#define HOUR            (60 * MINUTE)
#define DAY             (24 * HOUR)
#define TIME_OFFSET_MAX (10000LL * 366 * DAY) /* ten thousand years: further is a typing error */

/* systemd.time(7), time spans; months and years are averages there too */
static const struct {
	const char *name;
	int64_t milliseconds;
} units[] = {
	{"ms", 1},
	{"msec", 1},
	{"s", SECOND},
	{"sec", SECOND},
	{"second", SECOND},
	{"seconds", SECOND},
	{"m", MINUTE},
	{"min", MINUTE},
	{"minute", MINUTE},
	{"minutes", MINUTE},
	{"h", HOUR},
	{"hr", HOUR},
	{"hour", HOUR},
	{"hours", HOUR},
	{"d", DAY},
	{"day", DAY},
	{"days", DAY},
	{"w", 7 * DAY},
	{"week", 7 * DAY},
	{"weeks", 7 * DAY},
	{"M", 2629800 * SECOND},
	{"month", 2629800 * SECOND},
	{"months", 2629800 * SECOND},
	{"y", 31557600 * SECOND},
	{"year", 31557600 * SECOND},
	{"years", 31557600 * SECOND},
};

static struct slice trim(struct slice text)
{
	while (text.length > 0 && text.bytes[0] == ' ') {
		text.bytes++;
		text.length--;
	}
	while (text.length > 0 && text.bytes[text.length - 1] == ' ')
		text.length--;
	return text;
}

static bool ends_with(struct slice *text, const char *end)
{
	size_t length = strlen(end);

	if (text->length < length ||
	    strncasecmp(text->bytes + text->length - length, end, length) != 0)
		return false;
	text->length -= length;
	return true;
}

static size_t count_digits(struct slice text)
{
	size_t digits = 0;

	while (digits < text.length && text.bytes[digits] >= '0' && text.bytes[digits] <= '9')
		digits++;
	return digits;
}

static void skip(struct slice *text, size_t count)
{
	text->bytes += count;
	text->length -= count;
}

/* Takes exactly `digits` digits whose number lies between `minimum` and `maximum`. */
static bool take_number(struct slice *text, size_t digits, int minimum, int maximum, int *value)
{
	uint64_t number;

	if (count_digits(*text) < digits ||
	    number_parse(text->bytes, digits, (uint64_t)maximum, &number) || (int)number < minimum)
		return false;
	*value = (int)number;
	skip(text, digits);
	return true;
}

static bool take_char(struct slice *text, const char *any_of)
{
	if (text->length == 0 || text->bytes[0] == '\0' || !strchr(any_of, text->bytes[0]))
		return false;
	skip(text, 1);
	return true;
}

/* ".125": up to nine digits, of which the first three count */
static bool take_fraction(struct slice *text, int *milliseconds)
{
	size_t digits;

	*milliseconds = 0;
	if (!take_char(text, "."))
		return true;
	digits = count_digits(*text);
	if (digits == 0 || digits > 9)
		return false;
	for (size_t i = 0; i < 3; i++)
		*milliseconds = *milliseconds * 10 + (i < digits ? text->bytes[i] - '0' : 0);
	skip(text, digits);
	return true;
}

static bool take_clock(struct slice *text, struct tm *clock, int *milliseconds)
{
	*milliseconds = 0;
	if (!take_number(text, 2, 0, 23, &clock->tm_hour) || !take_char(text, ":") ||
	    !take_number(text, 2, 0, 59, &clock->tm_min))
		return false;
	if (!take_char(text, ":"))
		return true;
	/* 60: a leap second, the same moment as the next minute's first (POSIX time) */
	return take_number(text, 2, 0, 60, &clock->tm_sec) && take_fraction(text, milliseconds);
}

static bool take_date(struct slice *text, struct tm *date)
{
	static const int lengths[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	int year, month, day;

	if (!take_number(text, 4, 0, 9999, &year) || !take_char(text, "-") ||
	    !take_number(text, 2, 1, 12, &month) || !take_char(text, "-") ||
	    !take_number(text, 2, 1, lengths[month - 1], &day))
		return false;
	if (month == 2 && day == 29 && (year % 4 != 0 || (year % 100 == 0 && year % 400 != 0)))
		return false;
	date->tm_year = year - 1900;
	date->tm_mon = month - 1;
	date->tm_mday = day;
	return true;
}

/* "Z", "+02:00", "-0730", " UTC"; *has is false where the text says none */
static bool take_zone(struct slice *text, bool *has, int64_t *offset)
{
	int hours, minutes = 0;
	bool negative;

	*has = true;
	*offset = 0;
	if (text->length == 0) {
		*has = false;
		return true;
	}
	if (take_char(text, "Zz"))
		return true;
	if (ends_with(text, " UTC") && text->length == 0)
		return true;
	negative = text->length > 0 && text->bytes[0] == '-';
	if (!take_char(text, "+-") || !take_number(text, 2, 0, 23, &hours))
		return false;
	(void)take_char(text, ":");
	if (!take_number(text, 2, 0, 59, &minutes))
		return false;
	*offset = (hours * HOUR + minutes * MINUTE) * (negative ? -1 : 1);
	return true;
}

static void set_today(struct tm *day, int64_t now)
{
	time_t seconds = (time_t)(now >= 0 ? now / SECOND : (now - SECOND + 1) / SECOND);
	struct tm local = {0};

	if (!localtime_r(&seconds, &local))
		local = (struct tm){.tm_mday = 1, .tm_year = 70};
	*day = (struct tm){
		.tm_year = local.tm_year, .tm_mon = local.tm_mon, .tm_mday = local.tm_mday};
}

static bool parse_calendar(struct slice text, enum time_edge edge, int64_t now, int64_t *time)
{
	struct tm fields = {0};
	int milliseconds = 0;
	bool has_zone = false;
	int64_t offset = 0;

	if (text.length > 2 && text.bytes[2] == ':') {
		set_today(&fields, now);
		if (!take_clock(&text, &fields, &milliseconds))
			return false;
	} else {
		if (!take_date(&text, &fields))
			return false;
		if (take_char(&text, "Tt ") && !take_clock(&text, &fields, &milliseconds))
			return false;
	}
	if (!take_zone(&text, &has_zone, &offset) || text.length > 0)
		return false;
	if (has_zone)
		*time = (int64_t)timegm(&fields) * SECOND - offset;
	else
		*time = local_time_to_epoch(&fields, edge == TIME_UNTIL) * SECOND;
	*time += milliseconds;
	return true;
}

static bool parse_word(struct slice text, int64_t now, int64_t *time)
{
	static const struct {
		const char *word;
		int days;
	} words[] = {{"yesterday", -1}, {"today", 0}, {"tomorrow", 1}};
	struct tm day;

	if (slice_is(text, "now")) {
		*time = now;
		return true;
	}
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (!slice_is(text, words[i].word))
			continue;
		set_today(&day, now);
		day.tm_mday += words[i].days;
		*time = local_time_to_epoch(&day, false) * SECOND;
		return true;
	}
	return false;
}

static bool take_unit(struct slice *text, int64_t *milliseconds)
{
	size_t length = 0;

	while (length < text->length && text->bytes[length] != ' ' &&
	       (text->bytes[length] < '0' || text->bytes[length] > '9'))
		length++;
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		if (!slice_is((struct slice){text->bytes, length}, units[i].name))
			continue;
		*milliseconds = units[i].milliseconds;
		skip(text, length);
		return true;
	}
	return false;
}

/* "1d12h", "2 hours", "1 week 2days" */
static bool parse_span(struct slice text, int64_t *span)
{
	*span = 0;
	if (text.length == 0)
		return false;
	while (text.length > 0) {
		size_t digits = count_digits(text);
		uint64_t count;
		int64_t unit;

		if (number_parse(text.bytes, digits, TIME_OFFSET_MAX, &count))
			return false;
		skip(&text, digits);
		text = trim(text);
		if (!take_unit(&text, &unit) || (int64_t)count > (TIME_OFFSET_MAX - *span) / unit)
			return false;
		*span += (int64_t)count * unit;
		text = trim(text);
	}
	return true;
}

static bool parse_relative(struct slice text, int64_t now, int64_t *time)
{
	int64_t span;
	int sign;

	if (ends_with(&text, " ago")) {
		sign = -1;
	} else {
		sign = text.length > 0 && text.bytes[0] == '-' ? -1 : 1;
		if (!take_char(&text, "+-"))
			return false;
	}
	if (!parse_span(trim(text), &span))
		return false;
	*time = now + sign * span;
	return true;
}

static bool parse_epoch(struct slice text, int64_t *time)
{
	uint64_t seconds;
	int milliseconds;
	size_t digits;

	if (!take_char(&text, "@"))
		return false;
	digits = count_digits(text);
	if (number_parse(text.bytes, digits, TIME_OFFSET_MAX / SECOND, &seconds))
		return false;
	skip(&text, digits);
	if (!take_fraction(&text, &milliseconds) || text.length > 0)
		return false;
	*time = (int64_t)seconds * SECOND + milliseconds;
	return true;
}

int time_parse(const char *text, enum time_edge edge, int64_t now, int64_t *time,
	       struct error *error)
{
	struct slice trimmed = trim(slice_of(text));
	int64_t parsed = 0;

	if (!parse_word(trimmed, now, &parsed) && !parse_epoch(trimmed, &parsed) &&
	    !parse_calendar(trimmed, edge, now, &parsed) && !parse_relative(trimmed, now, &parsed))
		return error_set(error, ERROR_INPUT,
				 edge == TIME_SINCE ? "cannot read the time of --since"
						    : "cannot read the time of --until",
				 text,
				 "a time is like 2026-10-25T02:30:00Z, \"2026-10-25 02:30\" "
				 "(local), 2026-10-25, 02:30, today, yesterday, now, -2h, "
				 "-1d12h, \"30 minutes ago\" or @1795590162");
	*time = parsed;
	return 0;
}

int time_range_parse(const char *since, const char *until, int64_t now, struct time_range *range,
		     struct error *error)
{
	struct time_range parsed = TIME_RANGE_ALL;

	if ((since && time_parse(since, TIME_SINCE, now, &parsed.since, error)) ||
	    (until && time_parse(until, TIME_UNTIL, now, &parsed.until, error)))
		return -1;
	if (parsed.until < parsed.since)
		return error_set(error, ERROR_INPUT, "the range of time is empty", until,
				 "--until lies before --since %s", since);
	*range = parsed;
	return 0;
}

bool time_range_holds(const struct time_range *range, int64_t time)
{
	return range->since <= time && time < range->until;
}

int64_t time_now(void)
{
	struct timespec now = {0};

	(void)clock_gettime(CLOCK_REALTIME, &now); /* fails for an unknown clock only */
	return (int64_t)now.tv_sec * SECOND + now.tv_nsec / 1000000;
}
