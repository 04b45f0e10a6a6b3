/*
 * A read event on its way to the store: with the records that it was read from and the detections
 * that matched.
 */
#ifndef ANALYZER_DETECTED_EVENT_H
#define ANALYZER_DETECTED_EVENT_H

#include "analyzer/assembler.h"

/* All borrowed; whoever makes one says for how long. */
struct detected_event {
	const struct event *event;
	struct assembled_event assembled;
	const size_t *matches; /* numbers of the rules, ascending */
	size_t match_count;
};

#endif
