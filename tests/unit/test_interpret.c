#include "tests/unit/table.h"

#include "analyzer/interpret.h"

#include <linux/audit.h>
#include <stdio.h>
#include <string.h>

struct row {
	const char *name;
	const char *line;
	int64_t arch;
	const char *field;
	size_t occurrence; /* of fields with that name */
	const char *text;
	size_t length; /* 0: strlen(text) */
	int undecodable;
};

#define STAMP " msg=audit(10.003:9): "

static struct row rows[] = {
	{"flags by libauparse's tables",
	 "type=SYSCALL" STAMP
	 "arch=c000003e syscall=257 success=yes exit=3 a0=ffffff9c a1=0 a2=241 "
	 "a3=1b6 items=2 ppid=1 pid=2 auid=1000 uid=0 comm=\"sh\" exe=\"/bin/sh\" key=\"k\"",
	 EVENT_UNSET, "a2", 0, "O_WRONLY|O_CREAT|O_TRUNC", 0, 0},
	{"architecture", "type=SYSCALL" STAMP "arch=c000003e syscall=257", EVENT_UNSET, "arch", 0,
	 "x86_64", 0, 0},
	{"system call of another architecture", "type=SYSCALL" STAMP "arch=c00000b7 syscall=221",
	 EVENT_UNSET, "syscall", 0, "execve", 0, 0},
	{"exit code", "type=SYSCALL" STAMP "arch=c000003e syscall=257 success=no exit=-13",
	 EVENT_UNSET, "exit", 0, "EACCES(Permission denied)", 0, 0},
	{"mode", "type=PATH" STAMP "item=0 name=\"/run/docker.sock\" inode=5 mode=0140660",
	 EVENT_UNSET, "mode", 0, "socket,660", 0, 0},
	{"C79: a user is never looked up here",
	 "type=SYSCALL" STAMP "arch=c000003e uid=0 auid=1000", EVENT_UNSET, "uid", 0, "0", 0, 0},
	{"C79: a group neither", "type=SYSCALL" STAMP "arch=c000003e gid=0", EVENT_UNSET, "gid", 0,
	 "0", 0, 0},
	{"C79: the log's name wins",
	 "type=SYSCALL" STAMP "arch=c000003e auid=1001 uid=0\x1D"
	 "AUID=\"carol\" UID=\"root\"",
	 EVENT_UNSET, "auid", 0, "carol", 0, 0},
	{"C69: no login", "type=SYSCALL" STAMP "arch=c000003e auid=4294967295", EVENT_UNSET, "auid",
	 0, "unset", 0, 0},
	{"C39: what is behind 0x1D is no part of the field before it",
	 "type=PATH" STAMP "item=0 name=\"/etc/docker/daemon.json\" inode=5 dev=fd:00 mode=0100644 "
	 "ouid=0 ogid=0 rdev=00:00 nametype=NORMAL\x1DOUID=\"root\" OGID=\"root\"",
	 EVENT_UNSET, "nametype", 0, "NORMAL", 0, 0},
	{"C39: the raw number stays beside its name",
	 "type=PATH" STAMP "item=0 name=\"/a\" ouid=0 ogid=0 nametype=NORMAL\x1DOUID=\"root\" "
	 "OGID=\"root\"",
	 EVENT_UNSET, "ouid", 0, "root", 0, 0},
	{"C42: the actor's name",
	 "type=ANOM_LOGIN_FAILURES" STAMP "pid=1 uid=0 auid=1000 ses=7 msg='pam_faillock uid=1003 "
	 "exe=\"/bin/login\" hostname=h addr=? terminal=tty1 res=success'\x1DUID=\"root\" "
	 "AUID=\"adm\" UID=\"bob\"",
	 EVENT_UNSET, "uid", 0, "root", 0, 0},
	{"C42: the subject's name",
	 "type=ANOM_LOGIN_FAILURES" STAMP "pid=1 uid=0 auid=1000 ses=7 msg='pam_faillock uid=1003 "
	 "exe=\"/bin/login\" hostname=h addr=? terminal=tty1 res=success'\x1DUID=\"root\" "
	 "AUID=\"adm\" UID=\"bob\"",
	 EVENT_UNSET, "uid", 1, "bob", 0, 0},
	{"C42: the third has no name",
	 "type=USER_CMD" STAMP "uid=0 msg='uid=1 uid=2'\x1DUID=\"a\" "
	 "UID=\"b\"",
	 EVENT_UNSET, "uid", 2, "2", 0, 0},
	{"C43: an encoded directory",
	 "type=USER_CMD" STAMP "pid=1 uid=0 auid=5 ses=5 msg='cwd=2F746D702F6120622063 "
	 "cmd=6C73202D616C68 terminal=pts/1 res=success'",
	 EVENT_UNSET, "cwd", 0, "/tmp/a b c", 0, 0},
	{"C43: an encoded command",
	 "type=USER_CMD" STAMP "msg='cwd=\"/\" cmd=6C73202D616C68 "
	 "terminal=pts/1 res=success'",
	 EVENT_UNSET, "cmd", 0, "ls -alh", 0, 0},
	{"C43: a quoted text that looks encoded",
	 "type=EXECVE" STAMP "argc=3 a0=\"echo\" a1=\"CAFE\" a2=CAFE", EVENT_UNSET, "a1", 0, "CAFE",
	 0, 0},
	{"C43: bytes that are no UTF-8",
	 "type=EXECVE" STAMP "argc=3 a0=\"echo\" a1=\"CAFE\" a2=CAFE", EVENT_UNSET, "a2", 0,
	 "\xCA\xFE", 0, 0},
	{"C44: file name in Latin-1", "type=PATH" STAMP "item=0 name=2F746D702F66696C65F1 inode=1",
	 EVENT_UNSET, "name", 0, "/tmp/file\xF1", 0, 0},
	{"C69: a command line's NULs are blanks",
	 "type=PROCTITLE" STAMP "proctitle=73680000000A2D6327", EVENT_UNSET, "proctitle", 0,
	 "sh   \n-c'", 0, 0},
	{"C69: a NUL inside a file name stays", "type=PATH" STAMP "item=0 name=610062", EVENT_UNSET,
	 "name", 0, "a\0b", 3, 0},
	{"C85: two keys, the first",
	 "type=SYSCALL" STAMP "arch=c000003e syscall=257 "
	 "key=646F636B6572016369732D312E312E37",
	 EVENT_UNSET, "key", 0, "docker", 0, 0},
	{"C85: two keys, the second",
	 "type=SYSCALL" STAMP "arch=c000003e syscall=257 "
	 "key=646F636B6572016369732D312E312E37",
	 EVENT_UNSET, "key", 1, "cis-1.1.7", 0, 0},
	{"no key", "type=SYSCALL" STAMP "arch=c000003e syscall=257 key=(null)", EVENT_UNSET, "key",
	 0, "(null)", 0, 0},
	{"C41: odd address, as it came",
	 "type=SOCKADDR" STAMP
	 "saddr=0A0001BB0000000020010DB8000000000000000000000001000000000\x1DSADDR={ "
	 "saddr_fam=inet6 laddr=2001:db8::1 lport=443 }",
	 EVENT_UNSET, "saddr", 0, "0A0001BB0000000020010DB8000000000000000000000001000000000", 0,
	 1},
	{"C41: address",
	 "type=SOCKADDR" STAMP
	 "saddr=0A0001BB0000000020010DB800000000000000000000000100000000\x1DSADDR={ "
	 "saddr_fam=inet6 laddr=2001:db8::1 lport=443 }",
	 EVENT_UNSET, "saddr", 0, "inet6 2001:db8::1 port 443", 0, 0},
	{"C49: unnamed socket", "type=SOCKADDR" STAMP "saddr=0100", EVENT_UNSET, "saddr", 0,
	 "unix (unnamed)", 0, 0},
	{"C50: address of a big-endian host",
	 "type=SOCKADDR" STAMP "saddr=0002D903000000000000000000000000", 0x80000015, "saddr", 0,
	 "inet 0.0.0.0 port 55555", 0, 0},
	{"C50: unknown family", "type=SOCKADDR" STAMP "saddr=FF7F00", EVENT_UNSET, "saddr", 0,
	 "family 32767", 0, 0},
	{"C81: account inside msg",
	 "type=USER_AUTH" STAMP "pid=1 uid=0 auid=4294967295 ses=4294967295 "
	 "msg='op=PAM:authentication grantors=? acct=28696E76616C6964207573657229 "
	 "exe=\"/usr/sbin/sshd\" hostname=192.0.2.7 addr=192.0.2.7 terminal=ssh res=failed'",
	 EVENT_UNSET, "acct", 0, "(invalid user)", 0, 0},
	{"C52: behind node and prefix",
	 "Jul 31 17:22:58 h1 audispd: node=h1 type=SYSCALL" STAMP "arch=c000003e syscall=59",
	 EVENT_UNSET, "syscall", 0, "execve", 0, 0},
	{"C52: a number for a type", "type=1300" STAMP "arch=c000003e syscall=59", EVENT_UNSET,
	 "syscall", 0, "execve", 0, 0},
};

static const struct interpreted_field *find(const struct interpreted_record *record,
					    const char *name, size_t occurrence)
{
	for (size_t i = 0; i < record->field_count; i++)
		if (strcmp(record->fields[i].name, name) == 0 && occurrence-- == 0)
			return &record->fields[i];
	return NULL;
}

static void row_holds(void **state)
{
	CLEANUP(interpreter_done) struct interpreter *interpreter = interpreter_new();
	const struct row *row = *state;
	const struct interpreted_field *field;
	struct interpreted_record record;
	struct error error = ERROR_INIT;
	size_t length = row->length ? row->length : strlen(row->text);

	assert_non_null(interpreter);
	assert_int_equal(
		interpreter_read(interpreter, slice_of(row->line), row->arch, &record, &error), 0);
	assert_null(record.fault);
	field = find(&record, row->field, row->occurrence);
	if (!field) {
		fail_msg("there is no field %s", row->field);
		return;
	}
	if (field->text.length != length || memcmp(field->text.bytes, row->text, length) != 0)
		fail_msg("%s means \"%.*s\"", row->field, (int)field->text.length,
			 field->text.bytes);
	assert_int_equal(field->undecodable, row->undecodable);
}

struct refused_row {
	const char *name;
	const char *line;
	size_t length; /* 0: strlen */
};

/* libauparse crashes on some of these, and takes others for what they are not */
static struct refused_row refused_rows[] = {
	{"empty", "", 0},
	{"C54: bytes",
	 "00 001307\xD0"
	 "0(0000000000",
	 0},
	{"C54: a type and nothing", "type=", 0},
	{"C54: a stamp without an end", "type=PATH msg=audit(", 0},
	{"a time that is no number", "type=SYSCALL msg=audit(bogus:5): arch=c000003e", 0},
	{"a time beyond all years", "type=SYSCALL msg=audit(99999999999999999999.1:5): a=b", 0},
	{"two records in one", "type=CWD" STAMP "cwd=\"/\"\ntype=CWD" STAMP "cwd=\"/\"", 0},
	{"a NUL", "type=CWD" STAMP "cwd=\"/\0\"", sizeof("type=CWD" STAMP "cwd=\"/\0\"") - 1},
};

static void what_is_no_record_says_why(void **state)
{
	CLEANUP(interpreter_done) struct interpreter *interpreter = interpreter_new();
	const struct refused_row *row = *state;
	struct slice line = {.bytes = row->line,
			     .length = row->length ? row->length : strlen(row->line)};
	struct interpreted_record record;
	struct error error = ERROR_INIT;

	assert_non_null(interpreter);
	assert_int_equal(interpreter_read(interpreter, line, EVENT_UNSET, &record, &error), 0);
	assert_non_null(record.fault);
	assert_int_equal(record.field_count, 0);
}

static const char *const types[] = {
	"SYSCALL",    "PATH", "EXECVE", "SOCKADDR",      "USER_LOGIN",           "AVC",
	"MQ_OPEN",    "IPC",  "CAPSET", "BPRM_FCAPS",    "NETFILTER_PKT",        "SECCOMP",
	"ANOM_ABEND", "TTY",  "MMAP",   "CONFIG_CHANGE", "USER_MAC_POLICY_LOAD", "CRYPTO_SESSION",
	"FANOTIFY",   "1999",
};

static const char *const names[] = {
	"arch",       "syscall",   "a0",        "a1",       "a2",      "a3",       "a0[0]",
	"a1_len",     "argc",      "exit",      "success",  "saddr",   "mode",     "name",
	"cap_fp",     "flags",     "sig",       "list",     "op",      "perm",     "perm_mask",
	"auid",       "old-auid",  "uid",       "gid",      "ses",     "tty",      "acct",
	"cmd",        "data",      "proctitle", "key",      "exe",     "comm",     "subj",
	"obj",        "family",    "proto",     "icmptype", "hook",    "action",   "macproto",
	"per",        "code",      "prom",      "new_pe",   "frootid", "ioctlcmd", "resp",
	"oflag",      "nl-mcgrp",  "addr",      "laddr",    "fver",    "id",       "fan_type",
	"subj_trust", "obj_trust",
};

static const char *const values[] = {
	"",
	"0",
	"-1",
	"?",
	"\"",
	"\"\"",
	"'",
	"(null)",
	"zz",
	"F",
	"00",
	"0100",
	"020",
	"02",
	"0300",
	"04000000",
	"0600",
	"0800",
	"0900",
	"0A0001BB",
	"0B00",
	"1000",
	"1100",
	"2800",
	"4294967295",
	"4294967296",
	"18446744073709551615",
	"18446744073709551616",
	"-9223372036854775809",
	"99999999999999999999999999999999999999",
	"ffffffffffffffff",
	"fffffffffffffffffffffffffffffffffffff",
	"%s%n%s%n",
	"a=b=c",
	"1,2,3",
	"\xF1\xFF\x80",
	"\x01\x02\x1B[2J",
};

/* Every kind of value in every kind of field: no crash, and each field says something. */
static void hostile_fields_are_survived(void **state)
{
	CLEANUP(interpreter_done) struct interpreter *interpreter = interpreter_new();
	size_t fields = 0;

	(void)state;
	assert_non_null(interpreter);
	for (size_t t = 0; t < sizeof(types) / sizeof(types[0]); t++) {
		for (size_t n = 0; n < sizeof(names) / sizeof(names[0]); n++) {
			for (size_t v = 0; v < sizeof(values) / sizeof(values[0]); v++) {
				struct interpreted_record record;
				struct error error = ERROR_INIT;
				char line[512];

				(void)snprintf(line, sizeof(line), "type=%s" STAMP "%s=%s %s=%s",
					       types[t], n % 2 ? "arch" : "syscall",
					       n % 3 ? "c000003e" : values[v], names[n], values[v]);
				assert_int_equal(interpreter_read(interpreter, slice_of(line),
								  EVENT_UNSET, &record, &error),
						 0);
				for (size_t i = 0; i < record.field_count; i++) {
					assert_non_null(record.fields[i].name);
					assert_non_null(record.fields[i].text.bytes);
					fields++;
				}
			}
		}
	}
	assert_true(fields > 10000);
}

/* a line of nothing but names and fields ends in a time that grows with its length only */
static void enrichment_of_many_fields_ends(void **state)
{
	CLEANUP(interpreter_done) struct interpreter *interpreter = interpreter_new();
	static char line[INTERPRET_LINE_MAX + 1];
	struct interpreted_record record;
	struct error error = ERROR_INIT;
	size_t at;

	(void)state;
	assert_non_null(interpreter);
	at = (size_t)snprintf(line, sizeof(line), "type=USER_CMD" STAMP);
	while (at < INTERPRET_LINE_MAX / 2)
		at += (size_t)snprintf(line + at, sizeof(line) - at, "uid=1 ");
	line[at++] = 0x1D;
	while (at < INTERPRET_LINE_MAX - 8)
		at += (size_t)snprintf(line + at, sizeof(line) - at, "UID=a ");
	assert_int_equal(interpreter_read(interpreter, (struct slice){line, at}, EVENT_UNSET,
					  &record, &error),
			 0);
	assert_null(record.fault);
	assert_true(record.field_count > 5000);
	assert_true(slice_is(record.fields[0].text, "a"));
	/* longer than any record: libauparse never sees it */
	assert_int_equal(interpreter_read(interpreter, (struct slice){line, INTERPRET_LINE_MAX + 1},
					  EVENT_UNSET, &record, &error),
			 0);
	assert_non_null(record.fault);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hostile_fields_are_survived),
		cmocka_unit_test(enrichment_of_many_fields_ends),
	};
	int failed = TABLE_RUN("interpret", rows, row_holds);

	failed += TABLE_RUN("interpret faults", refused_rows, what_is_no_record_says_why);
	return failed + cmocka_run_group_tests_name("interpret limits", tests, NULL, NULL);
}
