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

static struct event_id identity(const char *node, int64_t time, uint32_t serial)
{
	return (struct event_id){.node = slice_of(node), .time = time, .serial = serial};
}

/* Notes `line` for the event and says how often it came before. */
static size_t count(struct arrival_memory *memory, struct event_id id, const char *line)
{
	size_t before = SIZE_MAX;

	assert_int_equal(arrival_memory_note(memory, &id, slice_of(line), &before), 0);
	return before;
}

static bool is_fresh(const struct arrival_memory *memory, struct event_id id)
{
	return arrival_memory_is_fresh(memory, &id);
}

static struct arrival_memory *new_memory(void)
{
	struct arrival_memory *memory = arrival_memory_new();

	assert_non_null(memory);
	return memory;
}

static void lines_are_counted_for_their_event(void **state)
{
	struct arrival_memory *memory = new_memory();

	(void)state;
	assert_int_equal(count(memory, identity("", 1000, 1), "a"), 0);
	assert_int_equal(count(memory, identity("", 1000, 1), "a"), 1);
	assert_int_equal(count(memory, identity("", 1000, 1), "a"), 2);
	assert_int_equal(count(memory, identity("", 1000, 1), "b"), 0);
	assert_int_equal(count(memory, identity("", 1000, 1), ""), 0);
	assert_int_equal(count(memory, identity("", 1000, 1), ""), 1);
	/* another serial, another time, another node */
	assert_int_equal(count(memory, identity("", 1000, 2), "a"), 0);
	assert_int_equal(count(memory, identity("", 1001, 1), "a"), 0);
	assert_int_equal(count(memory, identity("h", 1000, 1), "a"), 0);
	assert_int_equal(count(memory, identity("i", 1000, 1), "a"), 0);
	assert_int_equal(count(memory, identity("h", 1000, 1), "a"), 1);
	arrival_memory_free(memory);
}

static void only_what_is_newer_than_the_store_is_fresh(void **state)
{
	struct arrival_memory *memory = new_memory();

	(void)state;
	/* nothing is known of the store */
	assert_false(is_fresh(memory, identity("", INT64_MAX, 1)));
	arrival_memory_clear(memory, 1000);
	assert_false(is_fresh(memory, identity("", 999, 1)));
	assert_false(is_fresh(memory, identity("", 1000, 1)));
	assert_true(is_fresh(memory, identity("", 1001, 1)));
	(void)count(memory, identity("", 1001, 1), "a");
	assert_false(is_fresh(memory, identity("", 1001, 1)));
	assert_true(is_fresh(memory, identity("", 1001, 2)));
	assert_true(is_fresh(memory, identity("h", 1001, 1)));
	/* an empty store */
	arrival_memory_clear(memory, -1);
	assert_true(is_fresh(memory, identity("", 0, 0)));
	arrival_memory_free(memory);
}

static void another_log_begins_anew(void **state)
{
	struct arrival_memory *memory = new_memory();

	(void)state;
	arrival_memory_clear(memory, -1);
	(void)count(memory, identity("", 1000, 1), "a");
	arrival_memory_clear(memory, 1000);
	assert_int_equal(count(memory, identity("", 1000, 1), "a"), 0);
	arrival_memory_free(memory);
}

/* lines of every length, each of which differs from the others in one byte */
static void each_byte_tells_lines_apart(void **state)
{
	struct arrival_memory *memory = new_memory();
	struct event_id id = identity("", 1000, 1);
	char line[40];
	size_t before;

	(void)state;
	for (size_t length = 1; length < sizeof(line); length++) {
		id.serial = (uint32_t)length;
		memset(line, 'x', length);
		assert_int_equal(
			arrival_memory_note(memory, &id, (struct slice){line, length}, &before), 0);
		for (size_t i = 0; i < length; i++) {
			line[i] = 'y';
			assert_int_equal(arrival_memory_note(memory, &id,
							     (struct slice){line, length}, &before),
					 0);
			assert_int_equal(before, 0);
			line[i] = 'x';
		}
	}
	arrival_memory_free(memory);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_are_counted_for_their_event),
		cmocka_unit_test(only_what_is_newer_than_the_store_is_fresh),
		cmocka_unit_test(another_log_begins_anew),
		cmocka_unit_test(each_byte_tells_lines_apart),
	};
	int failed = TABLE_RUN("arrival_memory: limits", rows, row_holds);

	return failed + cmocka_run_group_tests_name("arrival_memory", tests, NULL, NULL);
}
