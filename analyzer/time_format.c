#include "analyzer/time_format.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

void time_format(int64_t time, bool utc, char text[TIME_TEXT_SIZE])
{
	int64_t milliseconds = time % 1000;
	time_t seconds = (time_t)(time / 1000);
	struct tm fields = {0};
	size_t at;

	if (milliseconds < 0) {
		milliseconds += 1000;
		seconds--;
	}
	if ((utc ? !gmtime_r(&seconds, &fields) : !localtime_r(&seconds, &fields)) ||
	    fields.tm_year < 1000 - 1900 || fields.tm_year > 9999 - 1900) {
		(void)snprintf(text, TIME_TEXT_SIZE, "@%" PRId64 ".%03" PRId64, (int64_t)seconds,
			       milliseconds);
		return;
	}
	at = strftime(text, TIME_TEXT_SIZE, "%Y-%m-%dT%H:%M:%S", &fields);
	at += (size_t)snprintf(text + at, TIME_TEXT_SIZE - at, ".%03" PRId64, milliseconds);
	if (utc)
		(void)snprintf(text + at, TIME_TEXT_SIZE - at, "Z");
	else
		(void)snprintf(text + at, TIME_TEXT_SIZE - at, "%c%02ld:%02ld",
			       fields.tm_gmtoff < 0 ? '-' : '+', labs(fields.tm_gmtoff) / 3600,
			       labs(fields.tm_gmtoff) / 60 % 60);
}
