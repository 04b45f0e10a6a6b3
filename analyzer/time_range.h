/*
 * Points in time as people give them, with the forms of journalctl's --since and --until
 * (systemd.time(7)), and the range between two of them.
 *
 *   2026-10-25T02:30:00.125Z   2026-10-25 02:30:00+02:00   RFC 3339; a blank for T, any case, "
 * UTC" 2026-10-25 02:30[:00[.125]]   2026-10-25   02:30[:00]   local time (TZ); no day: today now
 * today   yesterday   tomorrow                     the last three: 00:00 local time -2h   -30min
 * -1d12h   +5min   2 hours ago            a day is 24 hours, as in systemd
 *   @1795590162[.713]                                      seconds since the epoch
 *
 * Clocks that change make some local times happen twice and others never. A time that happens twice
 * is the first of both as a range's beginning and the second as its end, so that a range never
 * loses an hour; one that never happens is the moment at which the clock was put forward.
 */
#ifndef ANALYZER_TIME_RANGE_H
#define ANALYZER_TIME_RANGE_H

#include "common/error.h"

#include <stdbool.h>
#include <stdint.h>

enum time_edge {
	TIME_SINCE,
	TIME_UNTIL,
};

/* Half open, so that ranges that follow each other share no event: since <= time < until. */
struct time_range {
	int64_t since; /* milliseconds since the epoch; INT64_MIN: no bound */
	int64_t until; /* INT64_MAX: no bound */
};

#define TIME_RANGE_ALL                                                                             \
	{                                                                                          \
		.since = INT64_MIN, .until = INT64_MAX                                             \
	}

/*
 * Reads `text`; `now` is the current time in milliseconds since the epoch. Returns 0 with *time in
 * milliseconds, or -1 with *error (ERROR_INPUT) that names what is accepted.
 */
int time_parse(const char *text, enum time_edge edge, int64_t now, int64_t *time,
	       struct error *error) MUST_CHECK;

/*
 * The range of `since` and `until`, each NULL for no bound. Returns 0, or -1 with *error: a time
 * that can't be read, or a range that ends before it begins.
 */
int time_range_parse(const char *since, const char *until, int64_t now, struct time_range *range,
		     struct error *error) MUST_CHECK;

bool time_range_holds(const struct time_range *range, int64_t time);

/* The current time in milliseconds since the epoch. */
int64_t time_now(void);

#endif
