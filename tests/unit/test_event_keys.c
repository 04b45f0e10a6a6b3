/*
 * The keys of an event, which reach it in different ways.
 */
#include "tests/unit/event_maker.h"
#include "tests/unit/table.h"

#include "common/text.h"

#include <libaudit.h>

#define CALL                                                                                       \
	"SYSCALL arch=c000003e syscall=44 success=yes exit=0 a0=1 a1=2 a2=3 a3=4 items=0 ppid=1 "  \
	"pid=2 auid=1000 uid=0 gid=0 euid=0 suid=0 fsuid=0 egid=0 sgid=0 fsgid=0 tty=pts0 ses=3 "  \
	"comm=\"c\" exe=\"/c\" "

struct row {
	const char *name;
	const char *event;
	const char *keys; /* a blank behind each */
};

static struct row rows[] = {
	{"no key", CALL "key=(null)\n", ""},
	{"no field", CALL "\n", ""},
	{"one key", CALL "key=\"a\"\n", "a "},
	{"one key, encoded", CALL "key=6120\n", "a  "},
	{"two keys", CALL "key=6101626364\n", "a bcd "},
	{"three keys", CALL "key=610162630164\n", "a bc d "},
	{"the record of the call speaks first",
	 "CONFIG_CHANGE op=add_rule key=\"b\"\n" CALL "key=\"a\"\n", "a "},
	{"another record, where the call has none",
	 "CONFIG_CHANGE op=add_rule key=\"b\"\n" CALL "key=(null)\n", "b "},
};

static struct event_maker *maker;

static void row_holds(void **state)
{
	const struct row *row = *state;
	const struct event *event = event_maker_make(maker, row->event);
	CLEANUP(text_done) struct text keys = TEXT_INIT;

	for (size_t i = 0; i < event->key_count; i++)
		assert_int_equal(text_append_format(&keys, "%.*s ", (int)event->keys[i].length,
						    event->keys[i].bytes),
				 0);
	assert_string_equal(text_string(&keys), row->keys);
	assert_false(event->incomplete);
}

static void a_forged_line_has_no_more_keys_than_a_rule_can(void **state)
{
	CLEANUP(text_done) struct text line = TEXT_INIT;
	const struct event *event;

	(void)state;
	assert_int_equal(text_append_string(&line, CALL), 0);
	for (int i = 0; i < 8000; i++)
		assert_int_equal(text_append_string(&line, " key=\"a\""), 0);
	event = event_maker_make(maker, text_string(&line));
	assert_int_equal(event->key_count, AUDIT_MAX_KEY_LEN);
	assert_true(event->incomplete);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_forged_line_has_no_more_keys_than_a_rule_can),
	};
	int failed;

	maker = event_maker_new();
	failed = TABLE_RUN("event_summary: keys", rows, row_holds);
	failed += cmocka_run_group_tests_name("event_summary: keys, limits", tests, NULL, NULL);
	event_maker_free(maker);
	return failed;
}
