#include "analyzer/serial_gaps.h"

void serial_gaps_done(struct serial_gaps *gaps)
{
	free(gaps->runs);
	*gaps = (struct serial_gaps)SERIAL_GAPS_INIT;
}

static uint64_t missing_of_run(const struct serial_run *run)
{
	uint64_t room = (uint64_t)run->highest - run->lowest + 1;

	return room > run->events ? room - run->events : 0;
}

static void begin_run(struct serial_run *run, uint32_t serial)
{
	run->lowest = run->highest = serial;
	run->events = 1;
	run->runs++;
}

static struct serial_run *find_run(struct serial_gaps *gaps, int64_t node)
{
	for (size_t i = 0; i < gaps->count; i++)
		if (gaps->runs[i].node == node)
			return &gaps->runs[i];
	return NULL;
}

static int add_node(struct serial_gaps *gaps, int64_t node, uint32_t serial)
{
	if (gaps->count == SERIAL_GAPS_NODES_MAX)
		return 0;
	if (gaps->count == gaps->capacity) {
		size_t capacity = gaps->capacity ? gaps->capacity * 2 : 4;
		struct serial_run *grown = reallocarray(gaps->runs, capacity, sizeof(*grown));

		if (!grown)
			return -1;
		gaps->runs = grown;
		gaps->capacity = capacity;
	}
	gaps->runs[gaps->count] = (struct serial_run){.node = node};
	begin_run(&gaps->runs[gaps->count++], serial);
	return 0;
}

int serial_gaps_add(struct serial_gaps *gaps, int64_t node, uint32_t serial)
{
	struct serial_run *run = find_run(gaps, node);

	if (!run)
		return add_node(gaps, node, serial);
	if (serial < run->highest / 2) {
		run->missing += missing_of_run(run);
		begin_run(run, serial);
		return 0;
	}
	if (serial < run->lowest)
		run->lowest = serial;
	if (serial > run->highest)
		run->highest = serial;
	run->events++;
	return 0;
}

uint64_t serial_gaps_missing(const struct serial_run *run)
{
	return run->missing + missing_of_run(run);
}
