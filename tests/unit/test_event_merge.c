#include "tests/unit/table.h"

#include "analyzer/event_merge.h"
#include "analyzer/raw_block.h"

#include <inttypes.h>
#include <stdio.h>

/*
 * Records are letters: `stored` are those in the store, each of `arrivals` (parted by blanks) is a
 * fragment that arrives, one after the other; the new ones of each fragment are joined to the
 * stored ones. `read_before` arrived in this reading of the log already, as part of what is stored.
 */
struct row {
	const char *name;
	const char *stored;
	const char *read_before;
	const char *arrivals;
	const char *joined; /* the new ones of each fragment, parted by blanks */
};

static struct row rows[] = {
	{"a late record is new", "abc", "abc", "d", "d"},
	{"the same log again: nothing is new", "abc", "", "abc", ""},
	{"the same in pieces", "abc", "", "a b c", "  "},
	{"the same in another order", "abc", "", "cab", ""},
	{"a part of it, and something new", "abc", "", "bcd", "d"},
	{"a line that comes twice in one reading is two lines", "abc", "abc", "a", "a"},
	{"twice in an event that isn't read yet", "abc", "", "abca", "a"},
	{"twice, read again: both are there", "aabc", "", "aabc", ""},
	{"twice, read again in pieces", "aabc", "", "a abc", " "},
	{"three of it, where two are there", "aab", "", "aaab", "a"},
	{"new ones that are alike", "a", "a", "bb b", "bb b"},
	{"new ones, and the same ones in the next fragment of this reading", "a", "a", "b ab",
	 "b ab"},
	{"nothing is stored", "", "", "ab", "ab"},
	{"nothing arrives", "ab", "", "", ""},
};

enum {
	LINE_SIZE = 64
};

static struct slice line_of(char letter, char line[LINE_SIZE])
{
	int length = snprintf(line, LINE_SIZE, "node=h type=CWD msg=audit(1.500:9): %c", letter);

	return (struct slice){line, (size_t)length};
}

static void store(struct text *block, const char *letters, size_t count)
{
	char line[LINE_SIZE];

	for (size_t i = 0; i < count; i++)
		assert_int_equal(
			raw_block_append(block,
					 &(struct raw_record){100 + i, line_of(letters[i], line)}),
			0);
}

/* A fragment of one record each for `count` letters. */
struct fragment {
	char lines[16][LINE_SIZE];
	struct record records[16];
	struct assembled_event event;
};

static void make_fragment(struct fragment *fragment, const char *letters, size_t count)
{
	assert_true(count <= 16);
	for (size_t i = 0; i < count; i++)
		assert_null(record_parse(line_of(letters[i], fragment->lines[i]), i + 1,
					 &fragment->records[i]));
	fragment->event = (struct assembled_event){
		.id = {.node = {"h", 1}, .time = 1500, .serial = 9},
		.records = fragment->records,
		.record_count = count,
	};
}

static void read_before(struct arrival_memory *memory, const char *letters)
{
	struct event_id id = {.node = {"h", 1}, .time = 1500, .serial = 9};
	char line[LINE_SIZE];
	size_t before;

	for (; *letters; letters++)
		assert_int_equal(arrival_memory_note(memory, &id, line_of(*letters, line), &before),
				 0);
}

/* Joins one fragment to what lies in `block`, which grows by what is new. */
static void join(struct event_merge *merge, struct text *block, struct arrival_memory *memory,
		 const char *letters, size_t count, struct text *joined)
{
	struct fragment fragment;
	size_t before = merge->count;

	event_merge_clear(merge);
	assert_int_equal(
		event_merge_add_stored(merge, (struct slice){text_string(block), block->length}),
		0);
	assert_int_equal(merge->stored_count, merge->count);
	assert_true(merge->count >= before);
	make_fragment(&fragment, letters, count);
	assert_int_equal(event_merge_add_arrived(merge, &fragment.event, memory), 0);
	for (size_t i = merge->stored_count; i < merge->count; i++) {
		struct slice line = merge->records[i].line;
		char letter = line.bytes[line.length - 1];

		assert_int_equal(text_append_char(joined, letter), 0);
	}
	store(block, joined->bytes + joined->length - (merge->count - merge->stored_count),
	      merge->count - merge->stored_count);
}

static void row_holds(void **state)
{
	const struct row *row = *state;
	struct arrival_memory *memory = arrival_memory_new();
	struct event_merge merge = EVENT_MERGE_INIT;
	CLEANUP(text_done) struct text block = TEXT_INIT;
	CLEANUP(text_done) struct text joined = TEXT_INIT;
	const char *at = row->arrivals;

	assert_non_null(memory);
	store(&block, row->stored, strlen(row->stored));
	read_before(memory, row->read_before);
	for (;;) {
		size_t count = strcspn(at, " ");

		/* room for the call that takes none from it */
		assert_int_equal(text_reserve(&joined, 1), 0);
		join(&merge, &block, memory, at, count, &joined);
		at += count;
		if (!*at)
			break;
		at++;
		assert_int_equal(text_append_char(&joined, ' '), 0);
	}
	assert_string_equal(text_string(&joined), row->joined);
	event_merge_done(&merge);
	arrival_memory_free(memory);
}

static void damaged_bytes_are_refused(void **state)
{
	struct event_merge merge = EVENT_MERGE_INIT;
	CLEANUP(text_done) struct text block = TEXT_INIT;

	(void)state;
	store(&block, "abc", 3);
	assert_int_equal(
		event_merge_add_stored(&merge, (struct slice){block.bytes, block.length - 1}), -1);
	/* a stored line that is no record */
	text_clear(&block);
	assert_int_equal(raw_block_append(&block, &(struct raw_record){1, slice_of("no record")}),
			 0);
	event_merge_clear(&merge);
	assert_int_equal(event_merge_add_stored(&merge, (struct slice){block.bytes, block.length}),
			 -1);
	event_merge_done(&merge);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(damaged_bytes_are_refused),
	};
	int failed = TABLE_RUN("event_merge", rows, row_holds);

	return failed + cmocka_run_group_tests_name("event_merge: damage", tests, NULL, NULL);
}
