#include "tests/unit/table.h"

#include "analyzer/assembler.h"
#include "analyzer/event_identity.h"
#include "common/text.h"

#include <inttypes.h>
#include <stdio.h>

/*
 * A row's stream has a record a line, "TYPE SECONDS.MS:SERIAL [NODE]"; "?" stands for the question
 * how many events are open, "end" for the log's end. The trace has a line for each event handed on,
 * "[NODE/]SECONDS.MS:SERIAL TYPE@LINE ...", and "open N" for each question.
 */
struct row {
	const char *name;
	const char *stream;
	const char *trace;
};

static struct row rows[] = {
	{"C58: PROCTITLE ends the event at once",
	 "SYSCALL 1.500:9\nCWD 1.500:9\nPATH 1.500:9\n?\nPROCTITLE 1.500:9\n?\n",
	 "open 1\n1.500:9 SYSCALL@1 CWD@2 PATH@3 PROCTITLE@5\nopen 0\n"},
	{"C58: the log's end ends it", "SYSCALL 1.500:9\nCWD 1.500:9\nPATH 1.500:9\n?\nend\n?\n",
	 "open 1\n1.500:9 SYSCALL@1 CWD@2 PATH@3\nopen 0\n"},
	{"EOE ends it", "SYSCALL 1.500:9\nEOE 1.500:9\n?\n", "1.500:9 SYSCALL@1 EOE@2\nopen 0\n"},
	{"a type of user space stands alone", "USER_LOGIN 1.500:9\n?\n",
	 "1.500:9 USER_LOGIN@1\nopen 0\n"},
	{"C59: stamped 3 s before its neighbours",
	 "SYSCALL 1609519900.161:44607\nSYSCALL 1609519896.829:44609\n"
	 "EXECVE 1609519896.829:44609\nSYSCALL 1609519900.170:44610\n"
	 "CWD 1609519896.829:44609\nPROCTITLE 1609519896.829:44609\nend\n",
	 "1609519896.829:44609 SYSCALL@2 EXECVE@3 CWD@5 PROCTITLE@6\n"
	 "1609519900.161:44607 SYSCALL@1\n1609519900.170:44610 SYSCALL@4\n"},
	{"C60: two nodes with the same time and serial",
	 "SYSCALL 1.500:9 a\nSYSCALL 1.500:9 b\nPROCTITLE 1.500:9 b\nCWD 1.500:9 a\n"
	 "PROCTITLE 1.500:9 a\n",
	 "b/1.500:9 SYSCALL@2 PROCTITLE@3\na/1.500:9 SYSCALL@1 CWD@4 PROCTITLE@5\n"},
	{"a node is not the lack of one", "SYSCALL 1.500:9\nPROCTITLE 1.500:9 a\nend\n",
	 "a/1.500:9 PROCTITLE@2\n1.500:9 SYSCALL@1\n"},
	{"C60: PATH before SYSCALL", "PATH 1.500:9\nSYSCALL 1.500:9\nPROCTITLE 1.500:9\n",
	 "1.500:9 PATH@1 SYSCALL@2 PROCTITLE@3\n"},
	{"C61: no SYSCALL at all", "UNKNOWN[1333] 9.001:545\nUNKNOWN[1333] 9.001:545\n?\nend\n",
	 "open 1\n9.001:545 TIME_ADJNTPVAL@1 TIME_ADJNTPVAL@2\n"},
	{"two events interleaved",
	 "SYSCALL 1.500:1\nSYSCALL 1.500:2\nCWD 1.500:1\nCWD 1.500:2\nPROCTITLE 1.500:2\n"
	 "PROCTITLE 1.500:1\n",
	 "1.500:2 SYSCALL@2 CWD@4 PROCTITLE@5\n1.500:1 SYSCALL@1 CWD@3 PROCTITLE@6\n"},
	{"the same serial at another time is another event",
	 "SYSCALL 1.500:9\nSYSCALL 1.501:9\nPROCTITLE 1.501:9\nPROCTITLE 1.500:9\n",
	 "1.501:9 SYSCALL@2 PROCTITLE@3\n1.500:9 SYSCALL@1 PROCTITLE@4\n"},
	{"the serial goes round",
	 "SYSCALL 1.500:4294967295\nSYSCALL 1.500:0\nPROCTITLE 1.500:4294967295\n"
	 "PROCTITLE 1.500:0\n",
	 "1.500:4294967295 SYSCALL@1 PROCTITLE@3\n1.500:0 SYSCALL@2 PROCTITLE@4\n"},
	{"a record after the last one is a fragment",
	 "SYSCALL 1.500:9\nPROCTITLE 1.500:9\nPATH 1.500:9\n?\nend\n",
	 "1.500:9 SYSCALL@1 PROCTITLE@2\nopen 1\n1.500:9 PATH@3\n"},
	{"2 s of the stream's time are waited, and no more",
	 "SYSCALL 1.000:1\nUSER_LOGIN 3.000:2\n?\nUSER_LOGIN 3.001:3\n?\n",
	 "3.000:2 USER_LOGIN@2\nopen 1\n3.001:3 USER_LOGIN@4\n1.000:1 SYSCALL@1\nopen 0\n"},
	{"each record begins the wait anew",
	 "SYSCALL 1.000:1\nUSER_LOGIN 3.000:2\nCWD 1.000:1\nUSER_LOGIN 5.000:3\n?\n"
	 "PROCTITLE 1.000:1\n",
	 "3.000:2 USER_LOGIN@2\n5.000:3 USER_LOGIN@4\nopen 1\n"
	 "1.000:1 SYSCALL@1 CWD@3 PROCTITLE@6\n"},
	{"who waited longest goes first, whatever the order of serials",
	 "SYSCALL 1.500:5\nSYSCALL 1.200:7\nSYSCALL 1.900:6\nCWD 1.500:5\nUSER_LOGIN 9.000:8\n?\n",
	 "9.000:8 USER_LOGIN@5\n1.200:7 SYSCALL@2\n1.900:6 SYSCALL@3\n1.500:5 SYSCALL@1 CWD@4\n"
	 "open 0\n"},
	{"time that goes back a little ends nothing",
	 "SYSCALL 9000.000:1\nUSER_LOGIN 5400.001:2\n?\nPROCTITLE 9000.000:1\n",
	 "5400.001:2 USER_LOGIN@2\nopen 1\n9000.000:1 SYSCALL@1 PROCTITLE@4\n"},
	{"a clock set back by more than an hour is a new clock",
	 "SYSCALL 9000.000:1\nUSER_LOGIN 5399.999:2\n?\nSYSCALL 5400.000:3\n"
	 "USER_LOGIN 5402.001:4\n?\n",
	 "5399.999:2 USER_LOGIN@2\n9000.000:1 SYSCALL@1\nopen 0\n5402.001:4 USER_LOGIN@5\n"
	 "5400.000:3 SYSCALL@4\nopen 0\n"},
	{"C78: one stamp of the year 2100 cuts what is open, and nothing after it",
	 "SYSCALL 1.000:1\nUSER_LOGIN 4102444800.001:2\nPROCTITLE 1.000:1\nSYSCALL 1.100:3\n"
	 "CWD 1.100:3\nPROCTITLE 1.100:3\n",
	 "4102444800.001:2 USER_LOGIN@2\n1.000:1 SYSCALL@1\n1.000:1 PROCTITLE@3\n"
	 "1.100:3 SYSCALL@4 CWD@5 PROCTITLE@6\n"},
	{"a name that libaudit doesn't know is kept", "NEW_THING 1.500:9\nCWD 1.500:9\nend\n",
	 "1.500:9 NEW_THING@1 CWD@2\n"},
	{"nothing", "end\n?\n", "open 0\n"},
};

struct sink {
	struct text trace;
	size_t events, records, bytes;
	struct event_id last;
	int fails_after; /* calls, or -1 */
};

/* Also: each part of a record is where its line says. */
static void check_record(const struct record *record)
{
	struct record again;

	assert_null(record_parse(record->line, record->line_number, &again));
	assert_ptr_equal(again.body.bytes, record->body.bytes);
	assert_int_equal(again.body.length, record->body.length);
	assert_true(slice_equal(again.type_name, record->type_name));
	assert_int_equal(again.type, record->type);
	assert_int_equal(again.id.time, record->id.time);
	assert_int_equal(again.id.serial, record->id.serial);
	assert_true(slice_equal(again.id.node, record->id.node));
}

static int take_event(void *context, const struct assembled_event *event, struct error *error)
{
	struct sink *sink = context;

	if (sink->fails_after == 0)
		return error_set(error, ERROR_SYSTEM, "cannot take an event", "", "told so");
	if (sink->fails_after > 0)
		sink->fails_after--;
	sink->events++;
	sink->records += event->record_count;
	sink->last = event->id;
	assert_int_equal(event_identity_format(&event->id, &sink->trace), 0);
	for (size_t i = 0; i < event->record_count; i++) {
		const struct record *record = &event->records[i];

		check_record(record);
		sink->bytes += record->line.length;
		assert_int_equal(text_append_format(&sink->trace, " %.*s@%" PRIu64,
						    (int)record->type_name.length,
						    record->type_name.bytes, record->line_number),
				 0);
	}
	return text_append_char(&sink->trace, '\n');
}

/* Adds the record that `text` ("TYPE STAMP [NODE]") describes, from memory that is gone afterwards.
 */
static int add(struct assembler *assembler, const char *text, uint64_t line_number,
	       struct error *error)
{
	char type[32], stamp[48], node[32], line[160];
	int words = sscanf(text, "%31s %47s %31[^\n]", type, stamp, node);
	struct record record;
	int length, result;

	assert_true(words >= 2);
	length = snprintf(line, sizeof(line), "%s%s%stype=%s msg=audit(%s): a=\"b\"\r",
			  words == 3 ? "node=" : "", words == 3 ? node : "", words == 3 ? " " : "",
			  type, stamp);
	assert_null(record_parse((struct slice){line, (size_t)length}, line_number, &record));
	result = assembler_add(assembler, &record, error);
	memset(line, 'x', sizeof(line));
	return result;
}

static void step(struct assembler *assembler, const char *text, size_t length, uint64_t number,
		 struct sink *sink)
{
	struct error error = ERROR_INIT;
	char line[128];

	assert_true(length < sizeof(line));
	memcpy(line, text, length);
	line[length] = '\0';
	if (strcmp(line, "?") == 0)
		assert_int_equal(text_append_format(&sink->trace, "open %zu\n",
						    assembler_open_count(assembler)),
				 0);
	else if (strcmp(line, "end") == 0)
		assert_int_equal(assembler_flush(assembler, &error), 0);
	else
		assert_int_equal(add(assembler, line, number, &error), 0);
}

static void row_holds(void **state)
{
	const struct row *row = *state;
	struct sink sink = {.fails_after = -1};
	struct assembler *assembler = assembler_new(take_event, &sink);
	uint64_t number = 0;

	assert_non_null(assembler);
	for (const char *at = row->stream; *at;) {
		size_t length = strcspn(at, "\n");

		step(assembler, at, length, ++number, &sink);
		at += length + 1;
	}
	assert_string_equal(text_string(&sink.trace), row->trace);
	assembler_free(assembler);
	text_done(&sink.trace);
}

static void add_numbered(struct assembler *assembler, const char *type, unsigned serial)
{
	struct error error = ERROR_INIT;
	char text[64];

	(void)snprintf(text, sizeof(text), "%s 1.500:%u", type, serial);
	assert_int_equal(add(assembler, text, serial + 1, &error), 0);
}

static void open_events_are_bounded(void **state)
{
	struct sink sink = {.fails_after = -1};
	struct assembler *assembler = assembler_new(take_event, &sink);
	struct error error = ERROR_INIT;

	(void)state;
	assert_non_null(assembler);
	for (unsigned i = 0; i < ASSEMBLER_OPEN_MAX; i++)
		add_numbered(assembler, "SYSCALL", i);
	assert_int_equal(sink.events, 0);
	/* its first record came before all others', its last after them */
	add_numbered(assembler, "CWD", 0);
	add_numbered(assembler, "SYSCALL", ASSEMBLER_OPEN_MAX);
	assert_int_equal(sink.events, 1);
	assert_int_equal(sink.last.serial, 1);
	assert_int_equal(assembler_open_count(assembler), ASSEMBLER_OPEN_MAX);
	assert_int_equal(assembler_flush(assembler, &error), 0);
	assert_int_equal(sink.events, ASSEMBLER_OPEN_MAX + 1);
	assert_int_equal(sink.records, ASSEMBLER_OPEN_MAX + 2);
	assembler_free(assembler);
	text_done(&sink.trace);
}

enum {
	LONG_LINE = 60000
};

/* Adds a record of LONG_LINE bytes. */
static void add_long(struct assembler *assembler, unsigned serial)
{
	char *line = malloc(LONG_LINE);
	struct error error = ERROR_INIT;
	struct record record;
	int length;

	assert_non_null(line);
	memset(line, 'x', LONG_LINE);
	length = snprintf(line, LONG_LINE, "type=EXECVE msg=audit(1.500:%u): ", serial);
	line[length] = 'x';
	assert_null(record_parse((struct slice){line, LONG_LINE}, 1, &record));
	assert_int_equal(assembler_add(assembler, &record, &error), 0);
	free(line);
}

static void bytes_of_open_events_are_bounded(void **state)
{
	const size_t fit = ASSEMBLER_BYTES_MAX / LONG_LINE;
	struct sink sink = {.fails_after = -1};
	struct assembler *assembler = assembler_new(take_event, &sink);
	struct error error = ERROR_INIT;

	(void)state;
	assert_non_null(assembler);
	for (size_t i = 0; i < 3 * fit; i++)
		add_long(assembler, (unsigned)i);
	assert_int_equal(assembler_open_count(assembler), fit);
	assert_int_equal(sink.events, 2 * fit);
	assert_int_equal(assembler_flush(assembler, &error), 0);
	assert_int_equal(sink.bytes, 3 * fit * LONG_LINE);
	assembler_free(assembler);
	text_done(&sink.trace);
}

/* 150,000 records of 32 bytes are less than a half of the limit, and what is kept of them is not */
static void short_records_count_with_what_they_take(void **state)
{
	struct sink sink = {.fails_after = -1};
	struct assembler *assembler = assembler_new(take_event, &sink);
	struct error error = ERROR_INIT;

	(void)state;
	assert_non_null(assembler);
	for (unsigned i = 0; i < 150000; i++)
		add_numbered(assembler, "CWD", i % 100);
	assert_true(sink.events > 0);
	assert_int_equal(assembler_flush(assembler, &error), 0);
	assert_int_equal(sink.records, 150000);
	assembler_free(assembler);
	text_done(&sink.trace);
}

/* C47: no record is lost, and none is held back for ever */
static void bytes_of_one_event_are_bounded(void **state)
{
	const size_t fit = ASSEMBLER_EVENT_BYTES_MAX / LONG_LINE;
	struct sink sink = {.fails_after = -1};
	struct assembler *assembler = assembler_new(take_event, &sink);
	struct error error = ERROR_INIT;

	(void)state;
	assert_non_null(assembler);
	for (size_t i = 0; i < fit; i++)
		add_long(assembler, 9);
	assert_int_equal(sink.events, 0);
	add_long(assembler, 9);
	assert_int_equal(sink.events, 1);
	assert_int_equal(sink.records, fit + 1);
	for (size_t i = 0; i < fit; i++)
		add_long(assembler, 9);
	assert_int_equal(assembler_flush(assembler, &error), 0);
	assert_int_equal(sink.events, 2);
	assert_int_equal(sink.bytes, (2 * fit + 1) * LONG_LINE);
	assembler_free(assembler);
	text_done(&sink.trace);
}

static void a_failing_sink_ends_the_call(void **state)
{
	struct sink sink = {.fails_after = 1};
	struct assembler *assembler = assembler_new(take_event, &sink);
	struct error error = ERROR_INIT;

	(void)state;
	assert_non_null(assembler);
	assert_int_equal(add(assembler, "USER_LOGIN 1.500:1", 1, &error), 0);
	assert_int_equal(add(assembler, "SYSCALL 1.500:2", 2, &error), 0);
	assert_int_equal(add(assembler, "USER_LOGIN 1.500:3", 3, &error), -1);
	assert_string_equal(error.why, "told so");
	error = (struct error)ERROR_INIT;
	assert_int_equal(assembler_flush(assembler, &error), -1);
	assert_string_equal(error.why, "told so");
	assembler_free(assembler);
	text_done(&sink.trace);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(open_events_are_bounded),
		cmocka_unit_test(bytes_of_open_events_are_bounded),
		cmocka_unit_test(bytes_of_one_event_are_bounded),
		cmocka_unit_test(short_records_count_with_what_they_take),
		cmocka_unit_test(a_failing_sink_ends_the_call),
	};
	int failed = TABLE_RUN("assembler", rows, row_holds);

	return failed + cmocka_run_group_tests_name("assembler limits", tests, NULL, NULL);
}
