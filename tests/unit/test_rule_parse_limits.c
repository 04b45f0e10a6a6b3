#include "tests/unit/table.h"

#include "auditmgr/rule_parse.h"
#include "common/text.h"
#include "tests/unit/rule_fake_host.h"

#include <libaudit.h>

/* A line made of `before`, `count` times `unit`, `behind`: the longest that is taken, and one more.
 */
struct row {
	const char *name;
	const char *before;
	const char *unit;
	unsigned count;
	const char *behind;
	const char *why; /* of the one error; NULL: one statement and no diagnostic */
};

static struct row rows[] = {
	{"C29: a key of 256 bytes", "-w /a -p w -k ", "x", 256, "", NULL},
	{"C29: a key of 257 bytes", "-w /a -p w -k ", "x", 257, "",
	 "the rule's keys have 257 bytes together; the limit is 256"},
	{"C29: the separator between two keys counts", "-w /a -k y -k ", "x", 254, "", NULL},
	{"C29: two keys of 257 bytes with it", "-w /a -k y -k ", "x", 255, "",
	 "the rule's keys have 257 bytes together; the limit is 256"},
	{"63 fields", "-a always,exit -S open", " -F pid!=1", 63, "", NULL},
	{"64 fields", "-a always,exit -S open", " -F pid!=1", 64, "",
	 "the rule has too many fields; the limit is 63"},
	{"63 fields, and a key", "-a always,exit -S open", " -F pid!=1", 63, " -k x",
	 "the rule has too many fields; the limit is 63"},
	{"a last component of 255 bytes", "-w /a/", "n", 255, "", NULL},
	{"a last component of 256 bytes", "-w /a/", "n", 256, "",
	 "the last component of the path is longer than 255 bytes"},
	{"a watched path of 4095 bytes", "-w /a", "/a", 2046, "b", NULL},
	{"a watched path of 4096 bytes", "-w /a", "/a", 2046, "bc",
	 "the path has 4096 bytes; the limit is 4095"},
	{"a path= of 4096 bytes", "-a always,exit -F path=/", "a/", 2047, "b", NULL},
	{"a path= of 4097 bytes", "-a always,exit -F path=/", "a/", 2047, "bc",
	 "the path has 4097 bytes; the limit is 4096"},
	{"a subject of 4097 bytes", "-a always,exit -F subj_user=", "u", 4097, "",
	 "subj_user has 4097 bytes; the limit is 4096"},
	{"a line of 6142 bytes", "-b", " ", 6139, "1", NULL},
	{"a line of 6143 bytes", "-b", " ", 6140, "1",
	 "auditctl reads 6142 bytes and takes the rest for another line"},
	{"a system call number in the mask", "-a always,exit -S 2031", "", 0, "", NULL},
	{"the first bit that names a class", "-a always,exit -S 2032", "", 0, "",
	 "system calls have numbers from 0 to 2031"},
};

static void row_holds(void **state)
{
	const struct row *row = *state;
	CLEANUP(rule_set_done) struct rule_set set = RULE_SET_INIT;
	CLEANUP(diagnostics_done) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	CLEANUP(text_done) struct text line = TEXT_INIT;
	struct rule_parse_options options = {.host = fake_host(MACH_86_64)};
	struct error error = ERROR_INIT;

	assert_int_equal(text_append_string(&line, row->before), 0);
	for (unsigned i = 0; i < row->count; i++)
		assert_int_equal(text_append_string(&line, row->unit), 0);
	assert_int_equal(text_append_string(&line, row->behind), 0);
	assert_int_equal(rule_parse_line(&set, "t.rules", 7, line.bytes, line.length, &options,
					 &diagnostics, &error),
			 0);
	assert_int_equal(set.count, row->why ? 0 : 1);
	assert_int_equal(diagnostics.count, row->why ? 1 : 0);
	if (!row->why)
		return;
	assert_int_equal(diagnostics.items[0].level, DIAGNOSTIC_ERROR);
	assert_int_equal(diagnostics.items[0].line, 7);
	assert_string_equal(diagnostics.items[0].why, row->why);
}

int main(void)
{
	return TABLE_RUN("rule_parse_limits", rows, row_holds);
}
