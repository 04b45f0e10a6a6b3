#include "tests/unit/table.h"

#include "analyzer/record.h"

#include <libaudit.h>

/* a line with its length, since some hold NULs */
#define LINE(text) text, sizeof(text) - 1

#define HUNDRED                                                                                    \
	"0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567" \
	"890123456789"
#define NAME64 "ABCDEFGHIJKLMNOPQRSTUVWXYZ_-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

struct accepted {
	const char *name;
	const char *line;
	size_t length;
	const char *node;
	int type;
	const char *type_name;
	int64_t time;
	uint32_t serial;
	const char *body;
};

static struct accepted accepted[] = {
	{"as auditd writes it", LINE("type=CWD msg=audit(1795590162.713:4711): cwd=\"/\""), "",
	 AUDIT_CWD, "CWD", 1795590162713, 4711, "cwd=\"/\""},
	{"C52: node=", LINE("node=h1 type=CWD msg=audit(10.011:17): cwd=\"/\""), "h1", AUDIT_CWD,
	 "CWD", 10011, 17, "cwd=\"/\""},
	{"C52: behind a syslog header",
	 LINE("Jul 31 17:22:58 h1 audispd: node=h1 type=EOE msg=audit(10.011:17): "), "h1",
	 AUDIT_EOE, "EOE", 10011, 17, ""},
	{"C52: the kernel's own log: a stamp, a numeric type, no msg=",
	 LINE("[  481.7] audit: type=1300 audit(10.012:18): arch=c00000b7 syscall=221"), "",
	 AUDIT_SYSCALL, "SYSCALL", 10012, 18, "arch=c00000b7 syscall=221"},
	{"syslog without a node",
	 LINE("Jul 31 17:22:58 h1 kernel: type=1400 audit(10.012:18): avc: denied"), "", AUDIT_AVC,
	 "AVC", 10012, 18, "avc: denied"},
	{"a prefix of the longest kind",
	 LINE(HUNDRED HUNDRED "0123456789012345678901234567890123456789012345678901234 type=CWD "
			      "msg=audit(1.000:2): x"),
	 "", AUDIT_CWD, "CWD", 1000, 2, "x"},
	{"C60: a node with an address for its name",
	 LINE("node=192.0.2.7 type=CWD msg=audit(1.500:9): x"), "192.0.2.7", AUDIT_CWD, "CWD", 1500,
	 9, "x"},
	{"node=type=", LINE("node=type=SYSCALL type=CWD msg=audit(1.500:9): x"), "type=SYSCALL",
	 AUDIT_CWD, "CWD", 1500, 9, "x"},
	{"C61: a number that this libaudit knows",
	 LINE("type=UNKNOWN[1333] msg=audit(9.100:545): op=freq old=1 new=-2"), "",
	 AUDIT_TIME_ADJNTPVAL, "TIME_ADJNTPVAL", 9100, 545, "op=freq old=1 new=-2"},
	{"a number that it doesn't know", LINE("type=UNKNOWN[1999] msg=audit(9.100:545): x=1"), "",
	 1999, "UNKNOWN[1999]", 9100, 545, "x=1"},
	{"the largest number of a type", LINE("type=65535 msg=audit(9.100:545): x=1"), "", 65535,
	 "65535", 9100, 545, "x=1"},
	{"a name that libaudit doesn't know", LINE("type=NEW_THING-2 msg=audit(9.100:545): x=1"),
	 "", -1, "NEW_THING-2", 9100, 545, "x=1"},
	{"the longest name", LINE("type=" NAME64 " msg=audit(9.100:545): x=1"), "", -1, NAME64,
	 9100, 545, "x=1"},
	{"audit 1.2 wrote no colon", LINE("type=DAEMON_START msg=audit(1164.010:7) auditd start"),
	 "", AUDIT_DAEMON_START, "DAEMON_START", 1164010, 7, "auditd start"},
	{"no body, with its colon", LINE("type=EOE msg=audit(1.500:9):"), "", AUDIT_EOE, "EOE",
	 1500, 9, ""},
	{"no body and no colon", LINE("type=EOE msg=audit(1.500:9)"), "", AUDIT_EOE, "EOE", 1500, 9,
	 ""},
	{"a colon and no blank", LINE("type=CWD msg=audit(1.500:9):cwd=\"/\""), "", AUDIT_CWD,
	 "CWD", 1500, 9, "cwd=\"/\""},
	{"a blank of the body's own", LINE("type=CWD msg=audit(1.500:9):  x"), "", AUDIT_CWD, "CWD",
	 1500, 9, " x"},
	{"CRLF: the return is no part of the body",
	 LINE("type=CWD msg=audit(1.500:9): cwd=\"/\"\r"), "", AUDIT_CWD, "CWD", 1500, 9,
	 "cwd=\"/\""},
	{"CRLF behind nothing", LINE("type=EOE msg=audit(1.500:9): \r"), "", AUDIT_EOE, "EOE", 1500,
	 9, ""},
	{"a return inside stays", LINE("type=CWD msg=audit(1.500:9): a\rb\r\r"), "", AUDIT_CWD,
	 "CWD", 1500, 9, "a\rb\r"},
	{"bytes that are no UTF-8, and 0x1d",
	 LINE("type=CWD msg=audit(1.500:9): \xF1\xFF\x1D"
	      "A=\"b\""),
	 "", AUDIT_CWD, "CWD", 1500, 9,
	 "\xF1\xFF\x1D"
	 "A=\"b\""},
	{"C69: the largest serial", LINE("type=CWD msg=audit(1.500:4294967295): x"), "", AUDIT_CWD,
	 "CWD", 1500, 4294967295U, "x"},
	{"the smallest of all", LINE("type=CWD msg=audit(0.000:0): x"), "", AUDIT_CWD, "CWD", 0, 0,
	 "x"},
	{"milliseconds of one digit", LINE("type=CWD msg=audit(1.5:9): x"), "", AUDIT_CWD, "CWD",
	 1005, 9, "x"},
	{"the last second of 9999", LINE("type=CWD msg=audit(253402300799.999:9): x"), "",
	 AUDIT_CWD, "CWD", 253402300799999, 9, "x"},
	{"C78: a dead clock", LINE("type=DAEMON_START msg=audit(12.003:1): op=start"), "",
	 AUDIT_DAEMON_START, "DAEMON_START", 12003, 1, "op=start"},
	{"C54: an empty address is a record", LINE("type=SOCKADDR msg=audit(1.001:1): saddr="), "",
	 AUDIT_SOCKADDR, "SOCKADDR", 1001, 1, "saddr="},
	{"C56: content that was written over",
	 LINE("type=SYSCALL msg=audit(10.014:20): proctitle=\"w\"4/ld.so\" inode=1 =1007"), "",
	 AUDIT_SYSCALL, "SYSCALL", 10014, 20, "proctitle=\"w\"4/ld.so\" inode=1 =1007"},
};

static void accepted_holds(void **state)
{
	const struct accepted *row = *state;
	struct slice line = {row->line, row->length};
	struct record record;

	assert_null(record_parse(line, 77, &record));
	assert_true(slice_is(record.id.node, row->node));
	assert_int_equal(record.type, row->type);
	assert_true(slice_is(record.type_name, row->type_name));
	assert_int_equal(record.id.time, row->time);
	assert_int_equal(record.id.serial, row->serial);
	assert_true(slice_is(record.body, row->body));
	assert_ptr_equal(record.line.bytes, row->line);
	assert_int_equal(record.line.length, row->length);
	assert_int_equal(record.line_number, 77);
}

struct refused {
	const char *name;
	const char *line;
	size_t length;
	const char *fault;
};

#define NO_TYPE         "it has no type="
#define NO_STAMP        "it has no audit(time:serial)"
#define BAD_TYPE        "its type is no name and no number"
#define BAD_TIME        "its time is no number of seconds in range"
#define NO_MILLISECONDS "its time has no milliseconds"
#define BAD_SERIAL      "its serial is no number in range"
#define NO_END          "its audit(time:serial) has no end"
#define NUL_BYTE        "it holds a NUL byte"
#define NODE_OPEN       "its node= has no end"

static struct refused refused[] = {
	{"nothing", LINE(""), "it is empty"},
	{"a return alone", LINE("\r"), "it is empty"},
	{"a blank", LINE(" "), NO_TYPE},
	{"C54: noise",
	 LINE("00 001307\xD0"
	      "0(0000000000"),
	 NO_TYPE},
	{"C54: type= alone", LINE("type="), NO_TYPE},
	{"C54: an open stamp", LINE("type=PATH msg=audit("), BAD_TIME},
	{"C56: a body without a stamp", LINE("type=UNKNOWN[1329] msg=g\x05"), NO_STAMP},
	{"cut in the type", LINE("type=PAT"), NO_TYPE},
	{"cut before the stamp", LINE("type=PATH "), NO_STAMP},
	{"cut in msg", LINE("type=PATH msg"), NO_STAMP},
	{"cut in audit", LINE("type=PATH msg=audi"), NO_STAMP},
	{"cut in the seconds", LINE("type=PATH msg=audit(17955"), BAD_TIME},
	{"cut in the milliseconds", LINE("type=PATH msg=audit(1795590162.7"), NO_MILLISECONDS},
	{"cut in the serial", LINE("type=PATH msg=audit(1795590162.713:4"), BAD_SERIAL},
	{"node= alone", LINE("node="), NODE_OPEN},
	{"a node that nothing follows", LINE("node=h1"), NODE_OPEN},
	{"a node without a name", LINE("node= type=CWD msg=audit(1.500:9): x"), NODE_OPEN},
	{"a node and no type", LINE("node=h1 msg=audit(1.500:9): x"), NO_TYPE},
	{"two nodes", LINE("node=a node=b type=CWD msg=audit(1.500:9): x"), NO_TYPE},
	{"a node of 256 bytes",
	 LINE("node=" HUNDRED HUNDRED "01234567890123456789012345678901234567890123456789012345"
	      " type=CWD msg=audit(1.500:9): x"),
	 NODE_OPEN},
	{"a prefix of 257 bytes",
	 LINE(HUNDRED HUNDRED "01234567890123456789012345678901234567890123456789012345 type=CWD "
			      "msg=audit(1.5:9): x"),
	 NO_TYPE},
	{"type= that ends another word", LINE("xtype=CWD msg=audit(1.500:9): x"), NO_TYPE},
	{"TYPE=", LINE("TYPE=CWD msg=audit(1.500:9): x"), NO_TYPE},
	{"a type in small letters", LINE("type=cwd msg=audit(1.500:9): x"), BAD_TYPE},
	{"a type with a control byte", LINE("type=C\x1BWD msg=audit(1.500:9): x"), BAD_TYPE},
	{"no type", LINE("type= msg=audit(1.500:9): x"), BAD_TYPE},
	{"a type of 65 bytes", LINE("type=" NAME64 "A msg=audit(1.500:9): x"), NO_TYPE},
	{"too large a number of a type", LINE("type=65536 msg=audit(1.500:9): x"), BAD_TYPE},
	{"a number that goes on", LINE("type=1300x msg=audit(1.500:9): x"), BAD_TYPE},
	{"UNKNOWN[ of no number", LINE("type=UNKNOWN[] msg=audit(1.500:9): x"), BAD_TYPE},
	{"UNKNOWN[ of a sign", LINE("type=UNKNOWN[-1] msg=audit(1.500:9): x"), BAD_TYPE},
	{"UNKNOWN[ without its end", LINE("type=UNKNOWN[1333 msg=audit(1.500:9): x"), BAD_TYPE},
	{"no stamp", LINE("type=CWD msg=cwd=\"/\""), NO_STAMP},
	{"two blanks behind the type", LINE("type=CWD  msg=audit(1.500:9): x"), NO_STAMP},
	{"msg = twice", LINE("type=CWD msg=msg=audit(1.500:9): x"), NO_STAMP},
	{"an empty stamp", LINE("type=CWD msg=audit(): x"), BAD_TIME},
	{"no seconds", LINE("type=CWD msg=audit(.500:9): x"), BAD_TIME},
	{"a sign before the seconds", LINE("type=CWD msg=audit(-1.500:9): x"), BAD_TIME},
	{"words for seconds", LINE("type=CWD msg=audit(bogus.500:9): x"), BAD_TIME},
	{"the year 10000", LINE("type=CWD msg=audit(253402300800.000:9): x"), BAD_TIME},
	{"seconds of 13 digits", LINE("type=CWD msg=audit(0000000000001.500:9): x"), BAD_TIME},
	{"no milliseconds", LINE("type=CWD msg=audit(1:9): x"), BAD_TIME},
	{"milliseconds of no digit", LINE("type=CWD msg=audit(1.:9): x"), NO_MILLISECONDS},
	{"milliseconds of four digits", LINE("type=CWD msg=audit(1.5000:9): x"), NO_MILLISECONDS},
	{"milliseconds with a sign", LINE("type=CWD msg=audit(1.-50:9): x"), NO_MILLISECONDS},
	{"no serial", LINE("type=CWD msg=audit(1.500:): x"), BAD_SERIAL},
	{"a serial with a sign", LINE("type=CWD msg=audit(1.500:-9): x"), BAD_SERIAL},
	{"a serial of 33 bits", LINE("type=CWD msg=audit(1.500:4294967296): x"), BAD_SERIAL},
	{"a serial of 11 digits", LINE("type=CWD msg=audit(1.500:00000000009): x"), BAD_SERIAL},
	{"another byte behind the stamp", LINE("type=CWD msg=audit(1.500:9)x"), NO_END},
	{"a NUL in the body", LINE("type=CWD msg=audit(1.500:9): a\0b"), NUL_BYTE},
	{"NULs before a record: what copytruncate leaves",
	 LINE("\0\0\0\0type=CWD msg=audit(1.500:9): x"), NUL_BYTE},
	{"NULs alone", LINE("\0\0\0"), NUL_BYTE},
};

static void refused_holds(void **state)
{
	const struct refused *row = *state;
	/* just as long as the line, so that the sanitizer sees a byte read past its end */
	char *exact = malloc(row->length ? row->length : 1);
	struct record record;
	const char *fault;

	assert_non_null(exact);
	memcpy(exact, row->line, row->length);
	fault = record_parse((struct slice){exact, row->length}, 1, &record);
	free(exact);
	if (!fault)
		fail_msg("taken for a record");
	assert_string_equal(fault, row->fault);
}

struct type_row {
	const char *name;
	int type;
	bool alone, ends;
};

/* include/uapi/linux/audit.h and libaudit.h: which ranges user space, the daemon and the kernel
 * send */
static struct type_row types[] = {
	{"LOGIN comes with the SYSCALL that wrote loginuid", AUDIT_LOGIN, false, false},
	{"USER_AUTH is sent by user space", AUDIT_USER_AUTH, true, false},
	{"ADD_USER is the last of a range's neighbours", AUDIT_ADD_USER, true, false},
	{"DAEMON_START is auditd's own", AUDIT_DAEMON_START, true, false},
	{"SYSCALL", AUDIT_SYSCALL, false, false},
	{"PATH", AUDIT_PATH, false, false},
	{"CONFIG_CHANGE has a SYSCALL", AUDIT_CONFIG_CHANGE, false, false},
	{"EOE", AUDIT_EOE, false, true},
	{"PROCTITLE", AUDIT_PROCTITLE, false, true},
	{"C61: TIME_ADJNTPVAL comes in pairs", AUDIT_TIME_ADJNTPVAL, false, false},
	{"AVC", AUDIT_AVC, false, false},
	{"SECCOMP", AUDIT_SECCOMP, false, false},
	{"NETFILTER_CFG", AUDIT_NETFILTER_CFG, false, false},
	{"KERNEL speaks at boot", AUDIT_KERNEL, true, false},
	{"VIRT_CONTROL is of the second range of user space", AUDIT_VIRT_CONTROL, true, false},
	{"CRYPTO_SESSION", AUDIT_CRYPTO_SESSION, true, false},
	{"a name that libaudit doesn't know", -1, false, false},
};

static void type_holds(void **state)
{
	const struct type_row *row = *state;

	assert_int_equal(record_type_stands_alone(row->type), row->alone);
	assert_int_equal(record_type_ends_event(row->type), row->ends);
}

int main(void)
{
	int failed = TABLE_RUN("record: accepted", accepted, accepted_holds);

	failed += TABLE_RUN("record: refused", refused, refused_holds);
	return failed + TABLE_RUN("record: types", types, type_holds);
}
