/*
 * Serials that no stored event has. The kernel numbers events one by one, so a missing number is an
 * event that was lost, kept out by a rule of the exclude list, or is in a log that was not given:
 * "possible loss", one figure a node.
 *
 * Events are added in order of time. Where a node's serials fall back to less than half they began
 * anew (a boot, or the number after 4294967295), which is no gap. Within a run, order doesn't
 * matter.
 */
#ifndef ANALYZER_SERIAL_GAPS_H
#define ANALYZER_SERIAL_GAPS_H

#include "common/cleanup.h"

#include <stddef.h>
#include <stdint.h>

enum {
	SERIAL_GAPS_NODES_MAX = 4096, /* events of further nodes are not looked at */
};

struct serial_run {
	int64_t node; /* the caller's number for it */
	uint32_t lowest, highest;
	uint64_t events;  /* of the run */
	uint64_t runs;    /* how many there were, with this one */
	uint64_t missing; /* of the runs before */
};

struct serial_gaps {
	struct serial_run *runs; /* one a node */
	size_t count, capacity;
};

#define SERIAL_GAPS_INIT                                                                           \
	{                                                                                          \
		.runs = NULL                                                                       \
	}

void serial_gaps_done(struct serial_gaps *gaps);

/* Returns 0, or -1 when out of memory. */
int serial_gaps_add(struct serial_gaps *gaps, int64_t node, uint32_t serial) MUST_CHECK;

/* How many serials of the node's runs are missing. */
uint64_t serial_gaps_missing(const struct serial_run *run);

#endif
