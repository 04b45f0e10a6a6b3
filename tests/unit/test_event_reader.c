#include "tests/unit/event_maker.h"
#include "tests/unit/table.h"

#include "analyzer/event_reader.h"
#include "common/escape.h"

#include <libaudit.h>
#include <stdio.h>

/* The fields of each record, as "TYPE name=raw|value ...", a line a record; a field without a value
 * has "-" for it. "incomplete" follows where the event is: a SYSCALL record must name arch and
 * call. */
struct row {
	const char *name;
	const char *records;
	const char *fields;
};

static struct row rows[] = {
	{"raw keeps its quotes and digits, value does not",
	 "SYSCALL arch=c000003e comm=\"p\" exe=2F6120 key=(null)",
	 "SYSCALL arch=c000003e|c000003e comm=\"p\"|p exe=2F6120|/a  key=(null)|-\nincomplete\n"},
	{"C39: what enriches is no field, and no part of one",
	 "PATH item=0 ouid=0 ogid=0 nametype=NORMAL\x1DOUID=\"root\" OGID=\"root\"",
	 "PATH item=0|0 ouid=0|0 ogid=0|0 nametype=NORMAL|NORMAL\n"},
	{"C42: both uid are there",
	 "ANOM_LOGIN_FAILURES uid=0 auid=1000 msg='pam_faillock uid=1003 exe=\"/bin/login\"'",
	 "ANOM_LOGIN_FAILURES uid=0|0 auid=1000|1000 uid=1003|1003 "
	 "exe=\"/bin/login\"|/bin/login\n"},
	{"C43: cmd and cwd in hex",
	 "USER_CMD pid=1 msg='cwd=2F746D702F6120622063 cmd=6C73202D616C68 terminal=pts/1'",
	 "USER_CMD pid=1|1 cwd=2F746D702F6120622063|/tmp/a b c cmd=6C73202D616C68|ls -alh "
	 "terminal=pts/1|pts/1\n"},
	{"C44: bytes can be had again", "PATH name=2F746D702F66696C65F1",
	 "PATH name=2F746D702F66696C65F1|/tmp/file\\xF1\n"},
	{"C53: old-auid, oauid, ouid and auid are four", "LOGIN ouid=1 oauid=2 old-auid=3 auid=4",
	 "LOGIN ouid=1|1 oauid=2|2 old-auid=3|3 auid=4|4\n"},
	{"C56: only what has a name is a field of that name",
	 "SYSCALL proctitle=\"w\"4/ld.so\" inode=1 =1007 fsuid=1007",
	 "SYSCALL proctitle=\"w\"4/ld.so\"|w\"4/ld.so inode=1|1 =1007|1007 "
	 "fsuid=1007|1007\nincomplete\n"},
	{"C69: a title with its NULs and its newline", "PROCTITLE proctitle=73680000000A2D6327",
	 "PROCTITLE proctitle=73680000000A2D6327|sh\\x00\\x00\\x00\\n-c'\n"},
	{"the registers of a SYSCALL record are no text", "SYSCALL a0=414243 a1=42 a2=43 a3=44",
	 "SYSCALL a0=414243|414243 a1=42|42 a2=43|43 a3=44|44\nincomplete\n"},
	{"numbers that look like hex are no text",
	 "SYSCALL pid=4142 auid=4143 uid=41 exit=4142 items=42",
	 "SYSCALL pid=4142|4142 auid=4143|4143 uid=41|41 exit=4142|4142 items=42|42\nincomplete\n"},
	{"a record inside a record is text",
	 "USER_LOGIN pid=5 msg='op=x type=SYSCALL msg=audit(9.009:9): pid=66'",
	 "USER_LOGIN pid=5|5 op=x|x type=SYSCALL|SYSCALL pid=66|66\n"},
	{"records keep the order in which they came",
	 "PROCTITLE proctitle=\"t\"\nPATH item=1\nSYSCALL pid=2\nPATH item=0\nEOE",
	 "PROCTITLE proctitle=\"t\"|t\nPATH item=1|1\nSYSCALL pid=2|2\nPATH "
	 "item=0|0\nEOE\nincomplete\n"},
	{"two last records", "SYSCALL pid=2\nPROCTITLE proctitle=\"t\"\nPROCTITLE proctitle=\"u\"",
	 "SYSCALL pid=2|2\nPROCTITLE proctitle=\"t\"|t\nPROCTITLE proctitle=\"u\"|u\nincomplete\n"},
	{"one that stands alone among others",
	 "USER_LOGIN pid=1\nSYSCALL pid=2\nKERNEL pid=3\nCWD cwd=\"/\"",
	 "USER_LOGIN pid=1|1\nSYSCALL pid=2|2\nKERNEL pid=3|3\nCWD cwd=\"/\"|/\nincomplete\n"},
	{"EOE alone", "EOE", "EOE\n"},
	{"types without a name", "UNKNOWN[1999] a=1\nNEW_THING b=2",
	 "UNKNOWN[1999] a=1|1\nNEW_THING b=2|2\n"},
	{"a second cwd, which libauparse would leak", "CWD cwd=\"/a\" cwd=\"/b\" x=1",
	 "CWD cwd=\"/a\"|/a\n"},
	{"a directory that looks like one", "CWD cwd=\"/cwd=/oldcwd=1\"",
	 "CWD cwd=\"/cwd=/oldcwd=1\"|/cwd=/oldcwd=1\n"},
	{"a record without fields", "CWD nothing here", "CWD\n"},
};

static void put_value(struct text *text, const struct record_field *field)
{
	if (field->value.bytes)
		assert_int_equal(escape_terminal(text, field->value.bytes, field->value.length), 0);
	else
		assert_int_equal(text_append_char(text, '-'), 0);
}

static void dump(struct text *text, const struct event *event)
{
	for (size_t i = 0; i < event->record_count; i++) {
		const struct event_record *record = &event->records[i];

		assert_int_equal(record->line_number, i + 1);
		assert_int_equal(text_append_string(text, record->type_name), 0);
		for (size_t j = 0; j < record->field_count; j++) {
			const struct record_field *field = &record->fields[j];

			assert_int_equal(text_append_format(text, " %s=%.*s|", field->name,
							    (int)field->raw.length,
							    field->raw.bytes),
					 0);
			put_value(text, field);
		}
		assert_int_equal(text_append_char(text, '\n'), 0);
	}
	if (event->incomplete)
		assert_int_equal(text_append_string(text, "incomplete\n"), 0);
}

static void row_holds(void **state)
{
	const struct row *row = *state;
	struct event_maker *maker = event_maker_new();
	CLEANUP(text_done) struct text text = TEXT_INIT;
	const struct event *event = event_maker_make(maker, row->records);

	dump(&text, event);
	assert_string_equal(text_string(&text), row->fields);
	event_maker_free(maker);
}

/* C48: an overlay mount at a container's start */
static void twenty_one_paths(void **state)
{
	enum {
		COUNT = 21
	};

	struct event_maker *maker = event_maker_new();
	CLEANUP(text_done) struct text records = TEXT_INIT;
	const struct event *event;

	(void)state;
	assert_int_equal(text_append_string(&records, "SYSCALL arch=c000003e syscall=165 items=21\n"
						      "CWD cwd=\"/\"\n"),
			 0);
	for (int i = COUNT - 1; i >= 0; i--)
		assert_int_equal(text_append_format(&records,
						    "PATH item=%d name=(null) inode=%d "
						    "nametype=NORMAL\n",
						    i, 100 + i),
				 0);
	assert_int_equal(text_append_string(&records, "PROCTITLE proctitle=\"x\""), 0);
	event = event_maker_make(maker, records.bytes);
	assert_int_equal(event->record_count, COUNT + 3);
	assert_string_equal(event->syscall_name, "mount");
	assert_int_equal(event->path_count, COUNT);
	for (int i = 0; i < COUNT; i++) {
		assert_int_equal(event->paths[i].item, i);
		assert_int_equal(event->paths[i].inode, 100 + i);
		assert_null(event->paths[i].name.bytes);
	}
	assert_false(event->incomplete);
	event_maker_free(maker);
}

/* C47: a path as long as PATH_MAX lets it be, in hex */
static void a_path_of_4096_bytes(void **state)
{
	enum {
		LENGTH = 4096
	};

	struct event_maker *maker = event_maker_new();
	CLEANUP(text_done) struct text records = TEXT_INIT;
	const struct event *event;

	(void)state;
	assert_int_equal(text_append_string(&records, "PATH item=0 name="), 0);
	for (int i = 0; i < LENGTH; i++)
		assert_int_equal(text_append_format(&records, "%02X", i % 256), 0);
	assert_int_equal(text_append_string(&records, " nametype=CREATE"), 0);
	event = event_maker_make(maker, records.bytes);
	assert_int_equal(event->path_count, 1);
	assert_int_equal(event->paths[0].name.length, LENGTH);
	for (int i = 0; i < LENGTH; i++)
		assert_int_equal((unsigned char)event->paths[0].name.bytes[i], i % 256);
	assert_true(slice_is(event->paths[0].nametype, "CREATE"));
	event_maker_free(maker);
}

static void an_event_knows_nothing_of_the_one_before(void **state)
{
	struct event_maker *maker = event_maker_new();
	const struct event *event;

	(void)state;
	event = event_maker_make(maker, "SYSCALL arch=c000003e syscall=59 pid=9 key=\"k\"\n"
					"EXECVE argc=1 a0=\"x\"\nPATH item=0 name=\"/x\"\n"
					"SOCKADDR saddr=");
	assert_int_equal(event->incomplete, 1);
	event = event_maker_make(maker, "CWD cwd=\"/\"");
	assert_int_equal(event->record_count, 1);
	assert_int_equal(event->pid, EVENT_UNSET);
	assert_int_equal(event->arch, EVENT_UNSET);
	assert_null(event->syscall_name);
	assert_int_equal(event->argument_count + event->path_count + event->key_count, 0);
	assert_int_equal(event->incomplete, 0);
	event_maker_free(maker);
}

/* libauparse 3.0.9 reads no field of a record stamped in second 0 */
struct stamp_row {
	const char *name;
	const char *line;
	int64_t time;
};

static struct stamp_row stamps[] = {
	{"second 0", "type=CWD msg=audit(0.000:0): cwd=\"/x\"", 0},
	{"milliseconds of one digit", "type=CWD msg=audit(1.5:4294967295): cwd=\"/x\"", 1005},
	{"the end of 9999", "type=CWD msg=audit(253402300799.999:1): cwd=\"/x\"", 253402300799999},
	{"a node", "node=h1 type=CWD msg=audit(1.500:1): cwd=\"/x\"", 1500},
	{"C52: a prefix", "h1 audispd: node=h1 type=CWD msg=audit(1.500:1): cwd=\"/x\"", 1500},
	{"C52: a number and no msg=", "[ 481.7] audit: type=1307 audit(1.500:1): cwd=\"/x\"", 1500},
	{"CRLF", "type=CWD msg=audit(1.500:1): cwd=\"/x\"\r", 1500},
};

static void stamp_holds(void **state)
{
	const struct stamp_row *row = *state;
	struct event_reader *reader = event_reader_new();
	struct error error = ERROR_INIT;
	struct assembled_event assembled;
	struct record record;
	struct event event;

	assert_non_null(reader);
	assert_null(record_parse(slice_of(row->line), 5, &record));
	assembled =
		(struct assembled_event){.id = record.id, .records = &record, .record_count = 1};
	assert_int_equal(event_reader_read(reader, &assembled, &event, &error), 0);
	assert_int_equal(event.id.time, row->time);
	assert_int_equal(event.id.serial, record.id.serial);
	assert_true(slice_equal(event.id.node, record.id.node));
	assert_true(slice_is(event.cwd, "/x"));
	assert_string_equal(event.records[0].type_name, "CWD");
	assert_int_equal(event.records[0].type, AUDIT_CWD);
	assert_true(slice_is(event.records[0].line, row->line));
	assert_int_equal(event.records[0].line_number, 5);
	assert_false(event.incomplete);
	event_reader_free(reader);
}

enum {
	MANY_RECORDS = 1000
};

/* The reader reads a long event in runs: what the first run said must outlive the last. */
static void a_thousand_paths(void **state)
{
	struct event_reader *reader = event_reader_new();
	struct record *records = calloc(MANY_RECORDS + 1, sizeof(*records));
	char(*lines)[96] = calloc(MANY_RECORDS + 1, sizeof(*lines));
	struct assembled_event assembled = {.records = records, .record_count = MANY_RECORDS + 1};
	struct error error = ERROR_INIT;
	struct event event;

	(void)state;
	assert_true(reader && records && lines);
	for (int i = 0; i <= MANY_RECORDS; i++) {
		/* the title in the middle: the reader gives libauparse the last record last */
		if (i == MANY_RECORDS / 2)
			(void)snprintf(lines[i], sizeof(lines[i]),
				       "type=PROCTITLE msg=audit(1.001:1): proctitle=\"t\"");
		else
			(void)snprintf(lines[i], sizeof(lines[i]),
				       "type=PATH msg=audit(1.001:1): item=%d name=\"/n%d\"", i, i);
		assert_null(record_parse(slice_of(lines[i]), (uint64_t)i + 1, &records[i]));
	}
	assembled.id = records[0].id;
	assert_int_equal(event_reader_read(reader, &assembled, &event, &error), 0);
	assert_int_equal(event.incomplete, 0);
	assert_int_equal(event.path_count, MANY_RECORDS);
	for (int i = 0; i <= MANY_RECORDS; i++) {
		bool title = i == MANY_RECORDS / 2;
		char name[16];

		(void)snprintf(name, sizeof(name), "/n%d", i);
		assert_int_equal(event.records[i].field_count, title ? 1 : 2);
		assert_true(
			slice_is(event.records[i].fields[title ? 0 : 1].value, title ? "t" : name));
	}
	event_reader_free(reader);
	free(lines);
	free(records);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(twenty_one_paths),
		cmocka_unit_test(a_thousand_paths),
		cmocka_unit_test(a_path_of_4096_bytes),
		cmocka_unit_test(an_event_knows_nothing_of_the_one_before),
	};
	int failed = TABLE_RUN("event_reader", rows, row_holds);

	failed += TABLE_RUN("event_reader: headers", stamps, stamp_holds);
	return failed + cmocka_run_group_tests_name("event_reader: large ones", tests, NULL, NULL);
}
