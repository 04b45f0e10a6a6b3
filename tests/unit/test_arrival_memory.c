#include "tests/unit/table.h"

#include "analyzer/arrival_memory.h"

#include <stdbool.h>
#include <stdio.h>

/* Notes `lines` different lines for each of `events` events, whose times count up from 1. */
struct row {
	const char *name;
	size_t events, lines;
	bool first_is_known;   /* a line of the first event, again: it came before */
	size_t remembered_max; /* how many of the last events may be known at most */
	bool last_is_known;
};

static struct row rows[] = {
	{"one event of one line", 1, 1, true, 1, true},
	{"as many events as are remembered", ARRIVAL_MEMORY_EVENTS, 1, true, ARRIVAL_MEMORY_EVENTS,
	 true},
	{"one more, which the first gives way to", ARRIVAL_MEMORY_EVENTS + 1, 1, false,
	 ARRIVAL_MEMORY_EVENTS, true},
	{"few events of many lines: their lines are bounded",
	 (size_t)ARRIVAL_MEMORY_LINES / ARRIVAL_MEMORY_RECORDS * 2, ARRIVAL_MEMORY_RECORDS, false,
	 ARRIVAL_MEMORY_LINES / ARRIVAL_MEMORY_RECORDS + 1, true},
	{"lines of one event beyond those that are counted", 1, ARRIVAL_MEMORY_RECORDS + 5, true, 1,
	 true},
};

static struct event_id id_of(size_t number)
{
	return (struct event_id){.node = {"", 0}, .time = (int64_t)number + 1, .serial = 7};
}

static size_t note(struct arrival_memory *memory, size_t event, size_t line)
{
	struct event_id id = id_of(event);
	size_t before = 99;
	char text[32];

	(void)snprintf(text, sizeof(text), "line %zu", line);
	assert_int_equal(arrival_memory_note(memory, &id, slice_of(text), &before), 0);
	return before;
}

static void row_holds(void **state)
{
	const struct row *row = *state;
	struct arrival_memory *memory = arrival_memory_new();
	size_t remembered = 0;
	struct event_id id;

	assert_non_null(memory);
	arrival_memory_clear(memory, 0);
	for (size_t i = 0; i < row->events; i++) {
		id = id_of(i);
		assert_true(arrival_memory_is_fresh(memory, &id));
		for (size_t j = 0; j < row->lines; j++)
			assert_int_equal(note(memory, i, j), 0);
	}
	/* a forgotten event is never fresh again, so none here may be */
	for (size_t i = 0; i < row->events; i++) {
		id = id_of(i);
		assert_false(arrival_memory_is_fresh(memory, &id));
	}
	assert_int_equal(note(memory, row->events - 1, 0), row->last_is_known);
	for (size_t i = row->events; i-- > 0 && remembered <= row->remembered_max;) {
		if (note(memory, i, 0) == 0)
			break;
		remembered++;
	}
	assert_true(remembered <= row->remembered_max);
	assert_int_equal(remembered == row->events, row->first_is_known);
	arrival_memory_free(memory);
}

int main(void)
{
	return TABLE_RUN("arrival_memory", rows, row_holds);
}
