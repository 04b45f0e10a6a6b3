/*
 * "Did you mean": the known names nearest to one that isn't known.
 */
#ifndef ANALYZER_NEAR_NAME_H
#define ANALYZER_NEAR_NAME_H

#include <stddef.h>

enum {
	NEAR_NAME_LENGTH_MAX = 64, /* longer names have no neighbours */
	NEAR_NAME_COUNT = 3,
};

/* Starts empty; names are borrowed. */
struct near_names {
	const char *names[NEAR_NAME_COUNT];
	size_t distances[NEAR_NAME_COUNT];
	size_t count;
};

/* Keeps `candidate` where it is among the nearest to `wanted`, by edits of a letter, case aside;
 * more edits than a third of the letters is not near. */
void near_names_offer(struct near_names *near, const char *wanted, const char *candidate);

/* Writes ", did you mean a, b or c?" or nothing to `text`, cut at `size`. */
void near_names_write(const struct near_names *near, char *text, size_t size);

#endif
