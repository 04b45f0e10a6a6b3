#include "tests/unit/table.h"

#include "analyzer/raw_block.h"

/* Bytes of a block, and how many whole records stand before what is damaged (or the end). */
struct row {
	const char *name;
	const char *bytes;
	size_t length;
	int records;
	int result;
};

#define BYTES(text) text, sizeof(text) - 1

static struct row rows[] = {
	{"nothing", BYTES(""), 0, 0},
	{"one record",
	 BYTES("\x01\x03"
	       "abc"),
	 1, 0},
	{"two, one of them empty",
	 BYTES("\x01\x00\x02\x01"
	       "a"),
	 2, 0},
	{"numbers of two bytes",
	 BYTES("\x80\x01\x01"
	       "a"),
	 1, 0},
	{"a number that is longer than it needs to be",
	 BYTES("\x81\x00\x01"
	       "a"),
	 1, 0},
	{"the largest number", BYTES("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01\x00"), 1, 0},
	{"a number of 65 bits", BYTES("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x02\x00"), 0, -1},
	{"a number of eleven bytes", BYTES("\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x00\x00"), 0,
	 -1},
	{"a number without its end", BYTES("\x80"), 0, -1},
	{"no length", BYTES("\x01"), 0, -1},
	{"a length without its end", BYTES("\x01\x80"), 0, -1},
	{"a record that is cut",
	 BYTES("\x01\x03"
	       "ab"),
	 0, -1},
	{"a length of all memory",
	 BYTES("\x01\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01"
	       "a"),
	 0, -1},
	{"damage behind a record",
	 BYTES("\x01\x01"
	       "a\x02\x05"
	       "b"),
	 1, -1},
};

static void row_holds(void **state)
{
	const struct row *row = *state;
	char *exact = malloc(row->length ? row->length : 1);
	struct slice rest = {exact, row->length};
	struct raw_record record;
	int result, records = 0;

	assert_non_null(exact);
	memcpy(exact, row->bytes, row->length);
	while ((result = raw_block_next(&rest, &record)) > 0)
		records++;
	assert_int_equal(result, row->result);
	assert_int_equal(records, row->records);
	free(exact);
}

static const struct raw_record records[] = {
	{1, {"type=A", 6}}, {127, {"", 0}},    {128, {"\0\n\xFF\r", 4}},
	{16383, {"a", 1}},  {16384, {"b", 1}}, {UINT64_MAX, {"c", 1}},
};

enum {
	RECORD_COUNT = sizeof(records) / sizeof(records[0]),
	LONG = 200000
};

static void fill(struct text *block, char *longest)
{
	memset(longest, 'x', LONG);
	for (size_t i = 0; i < RECORD_COUNT; i++)
		assert_int_equal(raw_block_append(block, &records[i]), 0);
	assert_int_equal(raw_block_append(block, &(struct raw_record){300, {longest, LONG}}), 0);
}

static void what_went_in_comes_out(void **state)
{
	CLEANUP(text_done) struct text block = TEXT_INIT;
	CLEANUP(text_done) struct text packed = TEXT_INIT;
	CLEANUP(text_done) struct text again = TEXT_INIT;
	char *longest = malloc(LONG);
	struct raw_record record;
	struct slice rest;

	(void)state;
	assert_non_null(longest);
	fill(&block, longest);
	assert_int_equal(raw_block_compress((struct slice){block.bytes, block.length}, &packed), 0);
	assert_true(packed.length < block.length / 10);
	assert_int_equal(raw_block_decompress((struct slice){packed.bytes, packed.length},
					      block.length, &again),
			 0);
	rest = (struct slice){again.bytes, again.length};
	for (size_t i = 0; i < RECORD_COUNT; i++) {
		assert_int_equal(raw_block_next(&rest, &record), 1);
		assert_true(record.line_number == records[i].line_number);
		assert_true(slice_equal(record.line, records[i].line));
	}
	assert_int_equal(raw_block_next(&rest, &record), 1);
	assert_int_equal(record.line_number, 300);
	assert_true(slice_equal(record.line, (struct slice){longest, LONG}));
	assert_int_equal(raw_block_next(&rest, &record), 0);
	free(longest);
}

static void damage_is_found(void **state)
{
	CLEANUP(text_done) struct text block = TEXT_INIT;
	CLEANUP(text_done) struct text packed = TEXT_INIT;
	CLEANUP(text_done) struct text again = TEXT_INIT;
	char *longest = malloc(LONG);
	struct slice whole;

	(void)state;
	assert_non_null(longest);
	fill(&block, longest);
	free(longest);
	assert_int_equal(raw_block_compress((struct slice){block.bytes, block.length}, &packed), 0);
	whole = (struct slice){packed.bytes, packed.length};
	assert_int_equal(raw_block_decompress(whole, block.length - 1, &again), -1);
	assert_int_equal(raw_block_decompress(whole, block.length + 1, &again), -1);
	assert_int_equal(raw_block_decompress(whole, UINT64_MAX, &again), -1);
	assert_int_equal(raw_block_decompress(whole, RAW_BLOCK_LENGTH_MAX + 1, &again), -1);
	assert_int_equal(raw_block_decompress((struct slice){packed.bytes, packed.length - 1},
					      block.length, &again),
			 -1);
	assert_int_equal(
		raw_block_decompress((struct slice){packed.bytes, 0}, block.length, &again), -1);
	packed.bytes[0] = 'x';
	assert_int_equal(raw_block_decompress(whole, block.length, &again), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_went_in_comes_out),
		cmocka_unit_test(damage_is_found),
	};
	int failed = TABLE_RUN("raw_block", rows, row_holds);

	return failed + cmocka_run_group_tests_name("raw_block: compressed", tests, NULL, NULL);
}
