/*
 * A progress bar on standard error: on a terminal only, so that pipes and journals stay silent.
 */
#ifndef ANALYZER_PROGRESS_H
#define ANALYZER_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct progress {
	bool shown;         /* standard error is a terminal */
	const char *label;  /* borrowed: what is being read */
	struct timespec at; /* when the bar was drawn last */
};

void progress_begin(struct progress *progress, const char *label);

/* Draws the bar at most ten times a second; `size` 0: only how much was read. */
void progress_draw(struct progress *progress, uint64_t position, uint64_t size);

/* Removes the bar. */
void progress_end(struct progress *progress);

#endif
