/*
 * Times for people and for JSON.
 */
#ifndef ANALYZER_TIME_FORMAT_H
#define ANALYZER_TIME_FORMAT_H

#include <stdbool.h>
#include <stdint.h>

enum {
	TIME_TEXT_SIZE = 48,
};

/*
 * `time`, milliseconds since the epoch, as RFC 3339 with milliseconds: in UTC with "Z", or in local
 * time (TZ) with its offset. A time outside the years 1000 to 9999 reads "@SECONDS.MS".
 */
void time_format(int64_t time, bool utc, char text[TIME_TEXT_SIZE]);

#endif
