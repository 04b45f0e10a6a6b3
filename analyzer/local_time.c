#include "analyzer/local_time.h"

#define DAY_SECONDS 86400LL

static int64_t offset_at(int64_t moment)
{
	time_t seconds = (time_t)moment;
	struct tm local = {0};

	return localtime_r(&seconds, &local) ? (int64_t)local.tm_gmtoff : 0;
}

/* the first second after `before` that has another offset than that; by `after` it has changed */
static int64_t find_change(int64_t before, int64_t after)
{
	int64_t old = offset_at(before);

	while (after - before > 1) {
		int64_t middle = before + (after - before) / 2;

		if (offset_at(middle) == old)
			before = middle;
		else
			after = middle;
	}
	return after;
}

int64_t local_time_to_epoch(const struct tm *fields, bool later)
{
	struct tm copy = *fields;
	int64_t as_utc, old, new, by_old, by_new;
	bool old_holds, new_holds;

	tzset();
	as_utc = (int64_t)timegm(&copy);
	/* no zone is a day away from UTC, nor has two changes in two days */
	old = offset_at(as_utc - DAY_SECONDS);
	new = offset_at(as_utc + DAY_SECONDS);
	by_old = as_utc - old;
	by_new = as_utc - new;
	old_holds = offset_at(by_old) == old;
	new_holds = offset_at(by_new) == new;
	if (old_holds && new_holds) {
		if (later)
			return by_old > by_new ? by_old : by_new;
		return by_old < by_new ? by_old : by_new;
	}
	if (old_holds)
		return by_old;
	if (new_holds)
		return by_new;
	return find_change(as_utc - DAY_SECONDS, as_utc + DAY_SECONDS);
}
