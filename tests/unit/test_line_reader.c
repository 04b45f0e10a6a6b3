#include "tests/unit/table.h"
#include "tests/unit/temporary_file.h"

#include "analyzer/line_reader.h"
#include "common/escape.h"
#include "common/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <zlib.h>

/* Lines as "NUMBER[bytes]", with "+" behind a piece of one that is too long and "|" behind one that
 * a newline ended. */
struct row {
	const char *name;
	const char *bytes;
	size_t length;
	const char *lines;
};

#define BYTES(text) text, sizeof(text) - 1

static struct row rows[] = {
	{"nothing", BYTES(""), ""},
	{"one line", BYTES("a\n"), "1[a]|"},
	{"no newline at the end", BYTES("a\nb"), "1[a]|2[b]"},
	{"one line without a newline", BYTES("a"), "1[a]"},
	{"empty lines", BYTES("\n\na\n\n"), "1[]|2[]|3[a]|4[]|"},
	{"a return belongs to the line", BYTES("a\r\nb\r"), "1[a\\r]|2[b\\r]"},
	{"NULs are bytes as others are", BYTES("a\0b\n\0\0\n\0"),
	 "1[a\\x00b]|2[\\x00\\x00]|3[\\x00]"},
	{"bytes that are no UTF-8", BYTES("\xFF\xFE\n\x80"), "1[\\xFF\\xFE]|2[\\x80]"},
	{"a form feed ends nothing", BYTES("a\fb\vc\x1D\n"), "1[a\\x0Cb\\x0Bc\\x1D]|"},
};

static void put(struct text *text, const struct line *line)
{
	assert_int_equal(text_append_format(text, "%" PRIu64 "[", line->number), 0);
	assert_int_equal(escape_terminal(text, line->bytes.bytes, line->bytes.length), 0);
	assert_int_equal(
		text_append_format(text, "]%s%s", line->piece ? "+" : "", line->ended ? "|" : ""),
		0);
}

static void row_holds(void **state)
{
	const struct row *row = *state;
	CLEANUP(text_done) struct text text = TEXT_INIT;
	struct temporary_file file;
	struct error error = ERROR_INIT;
	struct source *source;
	struct line_reader *reader;
	struct line line;
	int result;

	temporary_file_make(&file, row->bytes, row->length);
	source = source_open(file.path, &error);
	assert_non_null(source);
	reader = line_reader_new(source);
	assert_non_null(reader);
	while ((result = line_reader_next(reader, &line, &error)) > 0)
		put(&text, &line);
	assert_int_equal(result, 0);
	assert_string_equal(text_string(&text), row->lines);
	/* it stays at the end */
	assert_int_equal(line_reader_next(reader, &line, &error), 0);
	line_reader_free(reader);
	source_free(source);
	temporary_file_remove(&file);
}

/* A log of lines whose lengths are these, each of its own letter. */
struct lengths_row {
	const char *name;
	size_t lengths[6]; /* 0 ends */
	bool last_ended;
	const char *pieces; /* "NUMBER:LENGTH" and the marks of above */
};

static struct lengths_row lengths_rows[] = {
	{"the longest line", {LINE_MAX_LENGTH, 5}, true, "1:65536| 2:5| "},
	{"a byte more comes in pieces", {LINE_MAX_LENGTH + 1, 5}, true, "1:65536+ 1:1+| 2:5| "},
	{"two pieces that are full", {2UL * LINE_MAX_LENGTH, 5}, true, "1:65536+ 1:65536+| 2:5| "},
	{"1 MiB",
	 {1024UL * 1024, 1},
	 true,
	 "1:65536+ 1:65536+ 1:65536+ 1:65536+ 1:65536+ 1:65536+ 1:65536+ 1:65536+ "
	 "1:65536+ 1:65536+ 1:65536+ 1:65536+ 1:65536+ 1:65536+ 1:65536+ 1:65536+| 2:1| "},
	{"a long line without a newline at the end",
	 {5, LINE_MAX_LENGTH + 7},
	 false,
	 "1:5| 2:65536+ 2:7+ "},
	{"the longest without a newline", {5, LINE_MAX_LENGTH}, false, "1:5| 2:65536 "},
	{"lines over the edges of what is read at a time",
	 {60000, 60000, 60000, 60000, 60000, 60000},
	 true,
	 "1:60000| 2:60000| 3:60000| 4:60000| 5:60000| 6:60000| "},
};

static void check_letters(const struct line *line)
{
	char letter = (char)('a' + line->number - 1);

	for (size_t i = 0; i < line->bytes.length; i++)
		if (line->bytes.bytes[i] != letter)
			fail_msg("byte %zu of line %" PRIu64 " is another", i, line->number);
}

static void make_letters(struct text *log, const struct lengths_row *row)
{
	for (size_t i = 0; i < 6 && row->lengths[i]; i++) {
		bool last = i == 5 || !row->lengths[i + 1];

		for (size_t j = 0; j < row->lengths[i]; j++)
			assert_int_equal(text_append_char(log, (char)('a' + i)), 0);
		if (!last || row->last_ended)
			assert_int_equal(text_append_char(log, '\n'), 0);
	}
}

static void lengths_hold(void **state)
{
	const struct lengths_row *row = *state;
	CLEANUP(text_done) struct text log = TEXT_INIT;
	CLEANUP(text_done) struct text pieces = TEXT_INIT;
	struct temporary_file file;
	struct error error = ERROR_INIT;
	struct line_reader *reader;
	struct source *source;
	struct line line;

	make_letters(&log, row);
	temporary_file_make(&file, log.bytes, log.length);
	source = source_open(file.path, &error);
	assert_non_null(source);
	reader = line_reader_new(source);
	assert_non_null(reader);
	while (line_reader_next(reader, &line, &error) > 0) {
		check_letters(&line);
		assert_int_equal(text_append_format(&pieces, "%" PRIu64 ":%zu%s%s ", line.number,
						    line.bytes.length, line.piece ? "+" : "",
						    line.ended ? "|" : ""),
				 0);
	}
	assert_int_equal(error.kind, ERROR_NONE);
	assert_string_equal(text_string(&pieces), row->pieces);
	line_reader_free(reader);
	source_free(source);
	temporary_file_remove(&file);
}

static void pack_gzip(const struct text *log, struct text *packed)
{
	z_stream stream = {.next_in = (Bytef *)log->bytes, .avail_in = (uInt)log->length};

	assert_int_equal(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY),
			 Z_OK);
	assert_int_equal(text_reserve(packed, log->length), 0);
	stream.next_out = (Bytef *)packed->bytes;
	stream.avail_out = (uInt)log->length;
	assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
	packed->length = stream.total_out;
	assert_int_equal(deflateEnd(&stream), Z_OK);
}

/* Reads the log that was cut off in its compressed form. Returns how many lines were whole. */
static uint64_t read_cut(struct line_reader *reader)
{
	struct error error = ERROR_INIT;
	struct line line = {.cut = false};
	char expected[32];
	int result;

	while ((result = line_reader_next(reader, &line, &error)) > 0 && !line.cut) {
		(void)snprintf(expected, sizeof(expected), "this is line %" PRIu64, line.number);
		assert_true(slice_is(line.bytes, expected));
		assert_true(line.ended);
	}
	assert_int_equal(result, 1);
	assert_false(line.ended);
	assert_false(line.piece);
	(void)snprintf(expected, sizeof(expected), "this is line %" PRIu64, line.number);
	assert_true(line.bytes.length > 0 && line.bytes.length <= strlen(expected));
	assert_memory_equal(line.bytes.bytes, expected, line.bytes.length);
	for (int i = 0; i < 2; i++) {
		error = (struct error)ERROR_INIT;
		assert_int_equal(line_reader_next(reader, &line, &error), -1);
		assert_string_equal(error.why, "it ends too early");
	}
	return line.number - 1;
}

static void what_could_be_read_comes_before_the_error(void **state)
{
	enum {
		COUNT = 20000
	};

	CLEANUP(text_done) struct text log = TEXT_INIT;
	CLEANUP(text_done) struct text packed = TEXT_INIT;
	struct temporary_file file;
	struct error error = ERROR_INIT;
	struct line_reader *reader;
	struct source *source;

	(void)state;
	for (int i = 1; i <= COUNT; i++)
		assert_int_equal(text_append_format(&log, "this is line %d\n", i), 0);
	pack_gzip(&log, &packed);
	temporary_file_make(&file, packed.bytes, packed.length / 2);
	source = source_open(file.path, &error);
	assert_non_null(source);
	reader = line_reader_new(source);
	assert_non_null(reader);
	assert_true(read_cut(reader) > COUNT / 4);
	line_reader_free(reader);
	source_free(source);
	temporary_file_remove(&file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_could_be_read_comes_before_the_error),
	};
	int failed = TABLE_RUN("line_reader", rows, row_holds);

	failed += cmocka_run_group_tests_name("line_reader: a cut log", tests, NULL, NULL);
	return failed + TABLE_RUN("line_reader: long lines", lengths_rows, lengths_hold);
}
