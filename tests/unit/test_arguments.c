#include "tests/unit/event_maker.h"
#include "tests/unit/table.h"

#include "analyzer/arguments.h"
#include "analyzer/event_summary.h"
#include "common/escape.h"

#include <stdio.h>

/* Arguments as "[a0][a1]", an absent one as "-"; "cut" behind them where some are missing. */
struct row {
	const char *name;
	const char *records;
	const char *arguments;
};

static struct row rows[] = {
	{"plain", "EXECVE argc=3 a0=\"docker\" a1=\"run\" a2=\"-it\"", "[docker][run][-it]"},
	{"hex of what isn't plain", "EXECVE argc=2 a0=\"sh\" a1=6563686F206869", "[sh][echo hi]"},
	{"C43: quoted digits are text, bare ones are bytes",
	 "EXECVE argc=3 a0=\"echo\" a1=\"CAFE\" a2=CAFE", "[echo][CAFE][\\xCA\\xFE]"},
	{"bytes of every kind stay", "EXECVE argc=2 a0=\"sh\" a1=610A62001D22",
	 "[sh][a\\nb\\x00\\x1D\"]"},
	{"C45: an empty argument is left out", "EXECVE argc=3 a0=\"/bin/ls\" a2=\"/etc\"",
	 "[/bin/ls]-[/etc]"},
	{"C45: an empty argument as newer kernels write it",
	 "EXECVE argc=3 a0=\"/bin/ls\" a1=\"\" a2=\"/etc\"", "[/bin/ls][][/etc]"},
	{"C45: empty ones at the end", "EXECVE argc=3 a0=\"ls\"", "[ls]--"},
	{"C45: nothing but empty ones", "EXECVE argc=2", "--"},
	{"no argument at all", "EXECVE argc=0", ""},
	{"C46: one argument in pieces over two records",
	 "EXECVE argc=2 a0=\"sh\" a1_len=12 a1[0]=414243\nEXECVE a1[1]=444546", "[sh][ABCDEF]"},
	{"C46: pieces and what stands around them",
	 "EXECVE argc=4 a0=\"sh\" a1_len=12 a1[0]=414243\nEXECVE a1[1]=444546 a2=\"x\"\nEXECVE "
	 "a3=\"y\"",
	 "[sh][ABCDEF][x][y]"},
	{"C46: two arguments in pieces",
	 "EXECVE argc=3 a0=\"sh\" a1_len=8 a1[0]=4142 a1[1]=4344 a2_len=8 a2[0]=4546 "
	 "a2[1]=4748",
	 "[sh][ABCD][EFGH]"},
	{"C46: plain pieces in quotes",
	 "EXECVE argc=2 a0=\"sh\" a1_len=5 a1[0]=\"ABC\" a1[1]=\"DE\"", "[sh][ABCDE]"},
	{"C46: a piece in the middle is missing",
	 "EXECVE argc=2 a0=\"sh\" a1_len=18 a1[0]=414243\nEXECVE a1[2]=474849", "[sh][ABCGHI]cut"},
	{"C46: the first piece is missing",
	 "EXECVE argc=2 a0=\"sh\" a1_len=12\nEXECVE a1[1]=444546", "[sh][DEF]cut"},
	{"C46: the last piece is missing: fewer digits than were promised",
	 "EXECVE argc=2 a0=\"sh\" a1_len=12 a1[0]=414243", "[sh][ABC]cut"},
	{"C46: the record with the length is missing",
	 "EXECVE a1[1]=444546\nEXECVE argc=3 a0=\"sh\" a2=\"x\"", "[sh][DEF][x]cut"},
	{"C46: a length and no piece", "EXECVE argc=2 a0=\"sh\" a1_len=12", "[sh]-cut"},
	{"a length that is no number", "EXECVE argc=2 a0=\"sh\" a1_len=x a1[0]=4142",
	 "[sh][AB]cut"},
	{"many arguments over several records",
	 "EXECVE argc=5 a0=\"a\" a1=\"b\"\nEXECVE a2=\"c\" a3=\"d\"\nEXECVE a4=\"e\"",
	 "[a][b][c][d][e]"},
	{"the second record came first", "EXECVE a2=\"c\"\nEXECVE argc=3 a0=\"a\" a1=\"b\"",
	 "[a][b][c]"},
	{"the first record is missing", "EXECVE a1=\"b\" a2=\"c\"", "-[b][c]cut"},
	{"more arguments than argc", "EXECVE argc=1 a0=\"a\" a1=\"b\"", "[a][b]cut"},
	{"C54: argc is no size to allocate", "EXECVE argc=99999999999 a0=\"a\"", "[a]cut"},
	{"C54: argc of more bits than there are", "EXECVE argc=99999999999999999999999999 a0=\"a\"",
	 "[a]cut"},
	{"C54: a value that was cut off", "EXECVE argc=99999999999 a0=\"", "[\"]cut"},
	{"argc with a sign", "EXECVE argc=-1 a0=\"a\"", "[a]cut"},
	{"fields that only begin like arguments",
	 "EXECVE argc=1 a0=\"x\" abc=\"1\" a=\"2\" a0x=\"3\" a0[=\"4\" a0[0=\"5\" a0[]=\"6\" "
	 "a[0]=\"7\"",
	 "[x]"},
	{"a register of the SYSCALL record is no argument",
	 "SYSCALL arch=c000003e syscall=59 a0=55d0 a1=c0 a2=6e a3=0\nEXECVE argc=1 a0=\"x\"",
	 "[x]"},
	{"no EXECVE record", "SYSCALL arch=c000003e syscall=59 a0=55d0 a1=c0 a2=6e a3=0", ""},
};

static void dump(struct text *text, const struct event *event)
{
	for (size_t i = 0; i < event->argument_count; i++) {
		struct slice argument = event->arguments[i];

		if (!argument.bytes) {
			assert_int_equal(text_append_char(text, '-'), 0);
			continue;
		}
		assert_int_equal(text_append_char(text, '['), 0);
		assert_int_equal(escape_terminal(text, argument.bytes, argument.length), 0);
		assert_int_equal(text_append_char(text, ']'), 0);
	}
	if (event->arguments_cut)
		assert_int_equal(text_append_string(text, "cut"), 0);
}

static void row_holds(void **state)
{
	const struct row *row = *state;
	struct event_maker *maker = event_maker_new();
	CLEANUP(text_done) struct text text = TEXT_INIT;

	dump(&text, event_maker_make(maker, row->records));
	assert_string_equal(text_string(&text), row->arguments);
	event_maker_free(maker);
}

/* the index of an argument is untrusted too */
static void a_huge_index_is_cut(void **state)
{
	struct event_maker *maker = event_maker_new();
	const struct event *event;

	(void)state;
	event = event_maker_make(maker,
				 "EXECVE argc=2 a0=\"sh\" a4294967295=\"x\" a4294967296=\"y\" "
				 "a99999999999999999999=\"z\"");
	assert_int_equal(event->argument_count, EVENT_ARGUMENTS_MAX);
	assert_true(slice_is(event->arguments[0], "sh"));
	for (size_t i = 1; i < event->argument_count; i++)
		assert_null(event->arguments[i].bytes);
	assert_true(event->arguments_cut);
	event_maker_free(maker);
}

/* C47: as many as the kernel splits over records of its largest size */
static void nine_thousand_arguments(void **state)
{
	enum {
		COUNT = 9000,
		PER_RECORD = 500
	};

	struct event_maker *maker = event_maker_new();
	CLEANUP(text_done) struct text records = TEXT_INIT;
	const struct event *event;

	(void)state;
	for (int i = 0; i < COUNT; i++) {
		if (i % PER_RECORD == 0)
			assert_int_equal(
				text_append_string(&records, i ? "\nEXECVE" : "EXECVE argc=9000"),
				0);
		assert_int_equal(text_append_format(&records, " a%d=\"v%d\"", i, i), 0);
	}
	event = event_maker_make(maker, records.bytes);
	assert_int_equal(event->argument_count, COUNT);
	assert_false(event->arguments_cut);
	for (int i = 0; i < COUNT; i++) {
		char expected[16];

		(void)snprintf(expected, sizeof(expected), "v%d", i);
		assert_true(slice_is(event->arguments[i], expected));
	}
	event_maker_free(maker);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_huge_index_is_cut),
		cmocka_unit_test(nine_thousand_arguments),
	};
	int failed = TABLE_RUN("arguments", rows, row_holds);

	return failed + cmocka_run_group_tests_name("arguments limits", tests, NULL, NULL);
}
