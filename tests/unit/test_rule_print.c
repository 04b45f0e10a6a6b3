#include "tests/unit/table.h"

#include "auditmgr/rule_compare.h"
#include "auditmgr/rule_print.h"
#include "tests/unit/rule_parse_one.h"

#include <libaudit.h>

struct row {
	const char *name;
	const char *text; /* as someone wrote it */
	const char *canonical;
};

static struct row rows[] = {
	{"a watch becomes path= and perm=", "-w /etc/passwd -p aw -k id",
	 "-a always,exit -F path=/etc/passwd -F perm=wa -F key=id"},
	{"a watch on a directory becomes dir=", "-w /etc/docker -k d",
	 "-a always,exit -F dir=/etc/docker -F perm=rwxa -F key=d"},
	{"-S stands behind arch=, the rest keeps its order",
	 "-a exit,always -F auid>=1000 -F arch=b64 -F uid=0 -S open -k x",
	 "-a always,exit -F auid>=1000 -F arch=b64 -S open -F uid=0 -F key=x"},
	{"without arch= -S comes first", "-a always,exit -F uid=0 -S open",
	 "-a always,exit -S open -F uid=0"},
	{"all system calls where a key needs them", "-a always,exit -F arch=b32 -S all -F key=x",
	 "-a always,exit -F arch=b32 -S all -F key=x"},
	{"all system calls unsaid", "-a always,exit -S all -F exe=/a -F key=x",
	 "-a always,exit -F exe=/a -F key=x"},
	{"a call without a name", "-a always,exit -F arch=b64 -S 2000,open",
	 "-a always,exit -F arch=b64 -S open,2000"},
	{"a foreign architecture", "-a always,exit -F arch=s390x -S open",
	 "-a always,exit -F arch=s390x -S open"},
	{"arch with !=", "-a always,exit -F arch!=b32 -S open",
	 "-a always,exit -F arch!=b32 -S open"},
	{"users become numbers", "-a always,exit -F uid=alice -F gid=docker -F auid=-1",
	 "-a always,exit -F uid=1000 -F gid=998 -F auid=unset"},
	{"every operator",
	 "-a always,exit -F a0=1 -F a0!=2 -F a1<3 -F a1<=4 -F a2>5 -F a2>=6 -F "
	 "a3&7 -F a3&=8",
	 "-a always,exit -F a0=0x1 -F a0!=0x2 -F a1<0x3 -F a1<=0x4 -F a2>0x5 -F a2>=0x6 -F a3&0x7 "
	 "-F a3&=0x8"},
	{"exit values", "-a always,exit -F exit=-13 -F exit!=0 -F exit>-2147483648 -F exit=13",
	 "-a always,exit -F exit=-EACCES -F exit!=0 -F exit>-2147483648 -F exit=13"},
	{"record types", "-a never,exclude -F msgtype=1307 -F msgtype!=1",
	 "-a never,exclude -F msgtype=CWD -F msgtype!=1"},
	{"names of files and file systems",
	 "-a always,exit -F filetype=character -F path=/dev/null -F perm=r",
	 "-a always,exit -F filetype=character -F path=/dev/null -F perm=r"},
	{"a file system by number", "-a never,filesystem -F fstype=0x74726163 -F fstype!=0xEF53",
	 "-a never,filesystem -F fstype=tracefs -F fstype!=61267"},
	{"prepended and deleted", "-A never,user -F msgtype=USER_LOGIN",
	 "-A never,user -F msgtype=USER_LOGIN"},
	{"deleted", "-W /etc/passwd -p w", "-d always,exit -F path=/etc/passwd -F perm=w"},
	{"blanks and backslashes", "-w /a\\ b\\\\c\\d -p w -k k\\ 1",
	 "-a always,exit -F path=/a\\ b\\\\c\\\\d -F perm=w -F key=k\\ 1"},
	{"bytes that are no ASCII", "-w /caf\303\251\377 -p w",
	 "-a always,exit -F path=/caf\303\251\377 -F perm=w"},
	{"SELinux labels", "-a always,exit -F subj_type=init_t -F obj_lev_high=s0:c0.c1023",
	 "-a always,exit -F subj_type=init_t -F obj_lev_high=s0:c0.c1023"},
	{"no conditions at all", "-a never,task", "-a never,task"},
	{"a number for every field that is one",
	 "-a always,exit -F pid=1 -F ppid=2 -F pers=3 -F devmajor=4 -F devminor=5 -F inode=6 -F "
	 "success=1 -F sessionid=8 -F saddr_fam=1 -F obj_uid=0 -F obj_gid=0 -F egid=1 -F fsgid=2",
	 "-a always,exit -F pid=1 -F ppid=2 -F pers=3 -F devmajor=4 -F devminor=5 -F inode=6 -F "
	 "success=1 -F sessionid=8 -F saddr_fam=1 -F obj_uid=0 -F obj_gid=0 -F egid=1 -F fsgid=2"},
};

static void row_holds(void **state)
{
	const struct row *row = *state;
	CLEANUP(rule_set_done) struct rule_set first = RULE_SET_INIT;
	CLEANUP(rule_set_done) struct rule_set second = RULE_SET_INIT;
	CLEANUP(text_done) struct text text = TEXT_INIT;
	struct error error = ERROR_INIT;

	(void)parse_one(&first, row->text);
	assert_int_equal(rule_print(&text, &first.statements[0].rule, MACH_86_64, &error), 0);
	assert_string_equal(text_string(&text), row->canonical);
	(void)parse_one(&second, text.bytes);
	assert_true(rule_compare_identical(&first.statements[0].rule, &second.statements[0].rule));
	assert_int_equal(first.statements[0].rule.verb, second.statements[0].rule.verb);
}

/* What the kernel may hold and no rule file can say. */
struct unsayable_row {
	const char *name;
	uint32_t id;
	uint32_t value;
	const char *text;
	const char *why;
	const char *described; /* what a person is shown instead */
};

#define CONTROL  "a control character can't be written in a rule file"
#define OPERATOR "auditctl takes an operator inside the value for the field's"
#define NO_VALUE "auditctl has no way to say its value"

static struct unsayable_row unsayable_rows[] = {
	{"a newline in a path", AUDIT_WATCH, 0, "/a\n-e 0", CONTROL,
	 "-a always,exit -F path=/a\\n-e 0"},
	{"an escape sequence", AUDIT_EXE, 0, "/\033[2J", CONTROL,
	 "-a always,exit -F exe=/\\x1B[2J"},
	{"an operator in a path", AUDIT_DIR, 0, "/a!=b", OPERATOR, "-a always,exit -F dir=/a!=b"},
	{"an operator in a key", AUDIT_FILTERKEY, 0, "a>=b", "auditctl takes no such key",
	 "-a always,exit -S all -F key=a>=b"},
	{"an empty key beside another", AUDIT_FILTERKEY, 0, "\001b", "auditctl takes no such key",
	 "-a always,exit -S all -F key= -F key=b"},
	{"no permission", AUDIT_PERM, 0, NULL, NO_VALUE, "-a always,exit -F perm=0"},
	{"a file type that has no name", AUDIT_FILETYPE, 1, NULL, NO_VALUE,
	 "-a always,exit -F filetype=1"},
	{"an architecture without a table", AUDIT_ARCH, 7, NULL, NO_VALUE,
	 "-a always,exit -F arch=7"},
	{"an address family beyond the last", AUDIT_SADDR_FAM, 46, NULL, NO_VALUE,
	 "-a always,exit -F saddr_fam=46"},
};

static void unsayable_row_holds(void **state)
{
	const struct unsayable_row *row = *state;
	const struct rule_field field = {.id = row->id,
					 .comparison = AUDIT_EQUAL,
					 .value = row->value,
					 .text = slice_of(row->text)};
	struct rule rule = {
		.list = RULE_LIST_EXIT, .action = RULE_ALWAYS, .fields = &field, .field_count = 1};
	CLEANUP(text_done) struct text text = TEXT_INIT;
	struct error error = ERROR_INIT;

	memset(rule.syscalls, 0xFF, sizeof(rule.syscalls));
	assert_int_equal(rule_print(&text, &rule, MACH_86_64, &error), -1);
	assert_int_equal(error.kind, ERROR_INPUT);
	assert_string_equal(error.why, row->why);
	assert_int_equal(text.length, 0);
	assert_int_equal(rule_describe(&text, &rule, MACH_86_64), 0);
	assert_string_equal(text_string(&text), row->described);
}

static void rules_without_calls_cannot_be_said(void **state)
{
	struct rule rule = {.list = RULE_LIST_EXIT, .action = RULE_ALWAYS};
	CLEANUP(text_done) struct text text = TEXT_INIT;
	struct error error = ERROR_INIT;

	(void)state;
	assert_int_equal(rule_print(&text, &rule, MACH_86_64, &error), -1);
	assert_string_equal(error.why, "the rule is about no system call at all");
	rule.syscalls[63] = 0x80000000U;
	assert_int_equal(rule_print(&text, &rule, MACH_86_64, &error), -1);
	assert_string_equal(error.why, "a class of system calls has no name");
}

int main(void)
{
	const struct CMUnitTest single[] = {
		cmocka_unit_test(rules_without_calls_cannot_be_said),
	};
	int failed = TABLE_RUN("rule_print", rows, row_holds);

	failed += TABLE_RUN("rule_print_unsayable", unsayable_rows, unsayable_row_holds);
	return failed + cmocka_run_group_tests_name("rule_print_calls", single, NULL, NULL);
}
