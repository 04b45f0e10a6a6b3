#include "tests/unit/table.h"
#include "tests/unit/temporary_file.h"

#include "analyzer/source.h"
#include "common/text.h"

#include <lzma.h>
#include <zlib.h>
#include <zstd.h>

enum form {
	PLAIN,
	GZIP,
	XZ,
	ZSTD,
};

enum {
	LOG_LENGTH = 400000, /* more than any buffer on its way */
};

/* What is done to the compressed bytes before they are read. */
enum harm {
	NONE,
	TWICE,      /* the file holds the compressed log two times */
	CUT_HALF,   /* half of it is missing */
	CUT_LAST,   /* the last byte is missing */
	CUT_HEADER, /* only the first 6 bytes are there */
	FLIPPED,    /* a bit in the middle is another */
	GARBAGE,    /* bytes of no format follow */
};

struct row {
	const char *name;
	enum form form;
	enum harm harm;
	size_t step;     /* bytes a call */
	const char *why; /* NULL: it is read to its end */
};

static const char too_early[] = "it ends too early", damaged[] = "it is damaged";

static struct row rows[] = {
	{"plain", PLAIN, NONE, 65536, NULL},
	{"plain, a byte at a time", PLAIN, NONE, 1, NULL},
	{"plain, more than there is", PLAIN, NONE, 1 << 20, NULL},
	{"plain, twice", PLAIN, TWICE, 65536, NULL},
	{"gzip", GZIP, NONE, 65536, NULL},
	{"gzip, 7 bytes at a time", GZIP, NONE, 7, NULL},
	{"gzip, more than there is", GZIP, NONE, 1 << 20, NULL},
	{"gzip, two streams in one file", GZIP, TWICE, 65536, NULL},
	{"gzip, half of it", GZIP, CUT_HALF, 65536, too_early},
	{"gzip, without its last byte", GZIP, CUT_LAST, 65536, too_early},
	{"gzip, part of its header", GZIP, CUT_HEADER, 65536, too_early},
	{"gzip, a bit flipped", GZIP, FLIPPED, 65536, damaged},
	{"gzip, something else behind it", GZIP, GARBAGE, 65536, damaged},
	{"xz", XZ, NONE, 65536, NULL},
	{"xz, 7 bytes at a time", XZ, NONE, 7, NULL},
	{"xz, more than there is", XZ, NONE, 1 << 20, NULL},
	{"xz, two streams in one file", XZ, TWICE, 65536, NULL},
	{"xz, half of it", XZ, CUT_HALF, 65536, too_early},
	{"xz, without its last byte", XZ, CUT_LAST, 65536, too_early},
	{"xz, part of its header", XZ, CUT_HEADER, 65536, too_early},
	{"xz, a bit flipped", XZ, FLIPPED, 65536, damaged},
	{"xz, something else behind it", XZ, GARBAGE, 65536, damaged},
	{"zstd", ZSTD, NONE, 65536, NULL},
	{"zstd, 7 bytes at a time", ZSTD, NONE, 7, NULL},
	{"zstd, more than there is", ZSTD, NONE, 1 << 20, NULL},
	{"zstd, two frames in one file", ZSTD, TWICE, 65536, NULL},
	{"zstd, half of it", ZSTD, CUT_HALF, 65536, too_early},
	{"zstd, without its last byte", ZSTD, CUT_LAST, 65536, too_early},
	{"zstd, part of its header", ZSTD, CUT_HEADER, 65536, too_early},
	{"zstd, a bit flipped", ZSTD, FLIPPED, 65536, damaged},
	{"zstd, something else behind it", ZSTD, GARBAGE, 65536, damaged},
};

static char original[LOG_LENGTH];

/* Text that compresses to a tenth or so: not all alike, and the same each time. */
static void make_original(void)
{
	uint32_t number = 1;

	for (size_t i = 0; i < LOG_LENGTH; i++) {
		number = number * 1664525 + 1013904223;
		original[i] = i % 80 == 79 ? '\n' : "type=PATH msg=audit("[number >> 28];
	}
}

static size_t compress_gzip(unsigned char *packed, size_t room)
{
	z_stream stream = {.next_in = (Bytef *)original,
			   .avail_in = LOG_LENGTH,
			   .next_out = packed,
			   .avail_out = (uInt)room};

	assert_int_equal(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY),
			 Z_OK);
	assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
	assert_int_equal(deflateEnd(&stream), Z_OK);
	return stream.total_out;
}

static size_t compress_xz(unsigned char *packed, size_t room)
{
	size_t length = 0;

	assert_int_equal(lzma_easy_buffer_encode(1, LZMA_CHECK_CRC64, NULL, (uint8_t *)original,
						 LOG_LENGTH, packed, &length, room),
			 LZMA_OK);
	return length;
}

static size_t compress_zstd(unsigned char *packed, size_t room)
{
	ZSTD_CCtx *context = ZSTD_createCCtx();
	size_t length;

	assert_non_null(context);
	/* as the program does it: so damage inside the data is noticed */
	assert_false(ZSTD_isError(ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)));
	length = ZSTD_compress2(context, packed, room, original, LOG_LENGTH);
	assert_false(ZSTD_isError(length));
	(void)ZSTD_freeCCtx(context);
	return length;
}

static size_t compress_as(enum form form, unsigned char *packed, size_t room)
{
	switch (form) {
	case GZIP:
		return compress_gzip(packed, room);
	case XZ:
		return compress_xz(packed, room);
	case ZSTD:
		return compress_zstd(packed, room);
	case PLAIN:
		break;
	}
	memcpy(packed, original, LOG_LENGTH);
	return LOG_LENGTH;
}

/* Does it, and returns the new length. */
static size_t do_harm(enum harm harm, unsigned char *packed, size_t length)
{
	switch (harm) {
	case NONE:
		return length;
	case TWICE:
		memcpy(packed + length, packed, length);
		return 2 * length;
	case CUT_HALF:
		return length / 2;
	case CUT_LAST:
		return length - 1;
	case CUT_HEADER:
		return 6;
	case FLIPPED:
		packed[length / 2] ^= 0x10;
		return length;
	case GARBAGE:
		memset(packed + length, 'x', 14);
		return length + 14;
	}
	return length;
}

static void read_all(const char *path, size_t step, struct text *log, struct error *error)
{
	struct source *source = source_open(path, error);
	char *buffer = malloc(step);
	ssize_t got;

	assert_non_null(source);
	assert_non_null(buffer);
	while ((got = source_read(source, buffer, step, error)) > 0) {
		assert_true((size_t)got <= step);
		assert_int_equal(text_append(log, buffer, (size_t)got), 0);
		assert_true(source_position(source) <= source_size(source));
	}
	if (got == 0) {
		assert_int_equal(source_position(source), source_size(source));
		/* it stays at the end */
		assert_int_equal(source_read(source, buffer, step, error), 0);
	} else {
		/* and it stays damaged */
		assert_int_equal(source_read(source, buffer, step, error), -1);
	}
	free(buffer);
	source_free(source);
}

static void row_holds(void **state)
{
	const struct row *row = *state;
	const size_t room = 3UL * LOG_LENGTH;
	unsigned char *packed = malloc(room);
	CLEANUP(text_done) struct text log = TEXT_INIT;
	struct temporary_file file;
	struct error error = ERROR_INIT;
	size_t length, copies = row->harm == TWICE ? 2 : 1;

	assert_non_null(packed);
	length = do_harm(row->harm, packed, compress_as(row->form, packed, room / 2));
	temporary_file_make(&file, (char *)packed, length);
	free(packed);
	read_all(file.path, row->step, &log, &error);
	/* a flipped bit may be found out by a checksum long after it */
	for (size_t i = 0; i < log.length && (row->harm != FLIPPED || i < LOG_LENGTH / 4); i++)
		if (log.bytes[i] != original[i % LOG_LENGTH])
			fail_msg("byte %zu is another", i);
	if (row->why) {
		assert_int_equal(error.kind, ERROR_INPUT);
		assert_string_equal(error.why, row->why);
		assert_string_equal(error.thing, file.path);
		/* what stood before the damage was given */
		assert_true(row->harm == CUT_HEADER || log.length > LOG_LENGTH / 4);
		assert_true(row->harm != CUT_LAST || log.length == LOG_LENGTH);
		assert_true(row->harm != GARBAGE || log.length == LOG_LENGTH);
	} else {
		assert_int_equal(error.kind, ERROR_NONE);
		assert_int_equal(log.length, copies * LOG_LENGTH);
	}
	temporary_file_remove(&file);
}

/* Small files that begin as a compressed one could. */
struct small_row {
	const char *name;
	const char *bytes;
	size_t length;
	const char *why;
};

#define BYTES(text) text, sizeof(text) - 1

static struct small_row small_rows[] = {
	{"empty", BYTES(""), NULL},
	{"one byte", BYTES("t"), NULL},
	{"one byte of gzip's", BYTES("\x1F"), NULL},
	{"gzip's magic alone", BYTES("\x1F\x8B"), too_early},
	{"five bytes of xz's",
	 BYTES("\xFD"
	       "7zXZ"),
	 NULL},
	{"three bytes of zstd's", BYTES("\x28\xB5\x2F"), NULL},
	{"zstd's magic alone", BYTES("\x28\xB5\x2F\xFD"), too_early},
	{"gzip that is none", BYTES("\x1F\x8B\xFF\xFF\xFF\xFF\xFF\xFF"), damaged},
};

static void small_holds(void **state)
{
	const struct small_row *row = *state;
	CLEANUP(text_done) struct text log = TEXT_INIT;
	struct temporary_file file;
	struct error error = ERROR_INIT;

	temporary_file_make(&file, row->bytes, row->length);
	read_all(file.path, 64, &log, &error);
	if (row->why) {
		assert_string_equal(error.why, row->why);
	} else {
		assert_int_equal(error.kind, ERROR_NONE);
		assert_int_equal(log.length, row->length);
		assert_memory_equal(text_string(&log), row->bytes, row->length);
	}
	temporary_file_remove(&file);
}

struct refused_row {
	const char *name;
	const char *path;
	enum error_kind kind;
	const char *why;
};

static struct refused_row refused_rows[] = {
	{"a file that isn't there", "/nonexistent/audit.log", ERROR_INPUT,
	 "No such file or directory"},
	{"a directory", "/", ERROR_INPUT, "it is a directory"},
	{"no name", "", ERROR_INPUT, "No such file or directory"},
	{"a file for a directory", "/dev/null/audit.log", ERROR_INPUT, "Not a directory"},
};

static void refused_holds(void **state)
{
	const struct refused_row *row = *state;
	struct error error = ERROR_INIT;

	assert_null(source_open(row->path, &error));
	assert_int_equal(error.kind, row->kind);
	assert_string_equal(error.why, row->why);
	assert_string_equal(error.thing, row->path);
}

/* A pipe's writer may write little at a time, less even than tells the format. */
static void a_pipe_is_read_to_its_end(void **state)
{
	int before = dup(STDIN_FILENO), ends[2];
	struct error error = ERROR_INIT;
	struct source *source;
	char buffer[64];

	(void)state;
	assert_true(before >= 0);
	assert_int_equal(pipe(ends), 0);
	assert_true(dup2(ends[0], STDIN_FILENO) >= 0);
	assert_int_equal(write(ends[1], "type=", 5), 5);
	assert_int_equal(close(ends[1]), 0);
	source = source_open("-", &error);
	assert_non_null(source);
	assert_int_equal(source_size(source), 0);
	assert_int_equal(source_read(source, buffer, sizeof(buffer), &error), 5);
	assert_memory_equal(buffer, "type=", 5);
	assert_int_equal(source_read(source, buffer, sizeof(buffer), &error), 0);
	source_free(source);
	/* standard input isn't the source's to close */
	assert_int_equal(read(STDIN_FILENO, buffer, 1), 0);
	assert_true(dup2(before, STDIN_FILENO) >= 0);
	assert_int_equal(close(before), 0);
	assert_int_equal(close(ends[0]), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pipe_is_read_to_its_end),
	};
	int failed;

	make_original();
	failed = TABLE_RUN("source", rows, row_holds);
	failed += TABLE_RUN("source: small files", small_rows, small_holds);
	failed += TABLE_RUN("source: refused", refused_rows, refused_holds);
	return failed + cmocka_run_group_tests_name("source: standard input", tests, NULL, NULL);
}
