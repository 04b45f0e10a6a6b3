/*
 * Local time (TZ) where clocks change: mktime(3) leaves open which of two moments it means.
 */
#ifndef ANALYZER_LOCAL_TIME_H
#define ANALYZER_LOCAL_TIME_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/*
 * Seconds since the epoch of the local time in *fields (year, month, day, hour, minute, second;
 * days out of range count on into other months). Of two such moments it is the later one where
 * `later`; where there is none it is the moment of the change that skipped it.
 */
int64_t local_time_to_epoch(const struct tm *fields, bool later);

#endif
