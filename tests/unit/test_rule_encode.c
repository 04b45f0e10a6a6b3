#include "tests/unit/table.h"

#include "auditmgr/rule_compare.h"
#include "auditmgr/rule_encode.h"
#include "tests/unit/rule_parse_one.h"

#include <libaudit.h>

/* The layout of struct audit_rule_data, in words of 32 bits, counted from linux/audit.h. */
enum {
	FLAGS = 0,
	ACTION = 1,
	FIELD_COUNT = 2,
	MASK = 3,
	FIELDS = MASK + 64,
	VALUES = FIELDS + 64,
	OPERATORS = VALUES + 64,
	BUFLEN = OPERATORS + 64,
	WORDS = BUFLEN + 1,
};

enum mask {
	NONE,
	ALL,
	SOME,
};

struct row {
	const char *name;
	const char *text;
	uint32_t flags;
	uint32_t action;
	enum mask mask;
	unsigned syscalls[4];  /* with SOME; ends with 0 */
	uint32_t fields[5][3]; /* number, value, operator; ends with operator 0 */
	const char *texts;     /* what stands behind the words */
};

#define EQUALS   0x40000000U
#define DIFFERS  0x30000000U
#define AT_LEAST 0x60000000U
#define BIT_TEST 0x48000000U
#define ARCH_B64 0xC000003EU
#define ARCH_B32 0x40000003U

static struct row rows[] = {
	{"a watch on a directory",
	 "-w /etc/docker/ -p wa -k docker",
	 4,
	 2,
	 ALL,
	 {0},
	 {{107, 11, EQUALS}, {106, 10, EQUALS}, {210, 6, EQUALS}},
	 "/etc/dockerdocker"},
	{"a watch on a file, all permissions",
	 "-w /etc/passwd",
	 4,
	 2,
	 ALL,
	 {0},
	 {{105, 11, EQUALS}, {106, 15, EQUALS}},
	 "/etc/passwd"},
	{"C29: two keys are one text, joined by 1",
	 "-w /a -p r -k b -k c",
	 4,
	 2,
	 ALL,
	 {0},
	 {{105, 2, EQUALS}, {106, 4, EQUALS}, {210, 3, EQUALS}},
	 "/ab\001c"},
	{"system calls of b64",
	 "-a always,exit -F arch=b64 -S read,mount,openat",
	 4,
	 2,
	 SOME,
	 {1000, 165, 257},
	 {{11, ARCH_B64, EQUALS}},
	 ""},
	{"system calls of b32",
	 "-a never,exit -F arch=b32 -S connect",
	 4,
	 0,
	 SOME,
	 {362},
	 {{11, ARCH_B32, EQUALS}},
	 ""},
	{"C05: prepended",
	 "-A never,exit -F arch=b64 -S execve -F exe=/bin/a",
	 0x14,
	 0,
	 SOME,
	 {59},
	 {{11, ARCH_B64, EQUALS}, {112, 6, EQUALS}},
	 "/bin/a"},
	{"C28: auid against unset",
	 "-a always,exit -F arch=b64 -S chown -F auid>=1000 -F auid!=4294967295 -k p",
	 4,
	 2,
	 SOME,
	 {92},
	 {{11, ARCH_B64, EQUALS}, {9, 1000, AT_LEAST}, {9, 0xFFFFFFFF, DIFFERS}, {210, 1, EQUALS}},
	 "p"},
	{"comparison of fields, exit value, bit test",
	 "-a always,exit -S execve -C euid!=uid -F exit=-EACCES -F a0&=0x10",
	 4,
	 2,
	 SOME,
	 {59},
	 {{111, 11, DIFFERS}, {103, 0xFFFFFFF3, EQUALS}, {200, 16, BIT_TEST}},
	 ""},
	{"record types left out",
	 "-a never,exclude -F msgtype=CWD",
	 5,
	 0,
	 ALL,
	 {0},
	 {{12, 1307, EQUALS}},
	 ""},
	{"the task list has no system calls",
	 "-a never,task -F uid=0",
	 1,
	 0,
	 NONE,
	 {0},
	 {{1, 0, EQUALS}},
	 ""},
	{"a file system left out",
	 "-a never,filesystem -F fstype=tracefs",
	 6,
	 0,
	 ALL,
	 {0},
	 {{26, 0x74726163, EQUALS}},
	 ""},
	{"io_uring operations",
	 "-a always,io_uring -S 18 -F key=u",
	 7,
	 2,
	 SOME,
	 {18},
	 {{210, 1, EQUALS}},
	 "u"},
	{"several texts in the order of their fields",
	 "-a always,exit -S open -F path=/b -F subj_user=u -F exe=/c -F key=k",
	 4,
	 2,
	 SOME,
	 {2},
	 {{105, 2, EQUALS}, {13, 1, EQUALS}, {112, 2, EQUALS}, {210, 1, EQUALS}},
	 "/bu/ck"},
	{"a removed watch",
	 "-W /etc/passwd -p wa -k id",
	 4,
	 2,
	 ALL,
	 {0},
	 {{105, 11, EQUALS}, {106, 10, EQUALS}, {210, 2, EQUALS}},
	 "/etc/passwdid"},
};

static void expect_words(const struct row *row, uint32_t words[WORDS])
{
	memset(words, 0, WORDS * sizeof(*words));
	words[FLAGS] = row->flags;
	words[ACTION] = row->action;
	if (row->mask == ALL)
		memset(&words[MASK], 0xFF, 64 * sizeof(*words));
	for (size_t i = 0; i < 4 && row->syscalls[i]; i++) {
		unsigned number = row->syscalls[i] == 1000 ? 0 : row->syscalls[i]; /* read is 0 */

		words[MASK + number / 32] |= 1U << number % 32;
	}
	for (size_t i = 0; i < 5 && row->fields[i][2]; i++) {
		words[FIELDS + i] = row->fields[i][0];
		words[VALUES + i] = row->fields[i][1];
		words[OPERATORS + i] = row->fields[i][2];
		words[FIELD_COUNT]++;
	}
	words[BUFLEN] = (uint32_t)strlen(row->texts);
}

static void row_holds(void **state)
{
	const struct row *row = *state;
	CLEANUP(rule_set_done) struct rule_set set = RULE_SET_INIT;
	CLEANUP(text_done) struct text payload = TEXT_INIT;
	CLEANUP(text_done) struct text again = TEXT_INIT;
	struct error error = ERROR_INIT;
	uint32_t words[WORDS];
	struct rule decoded;

	(void)parse_one(&set, row->text);
	expect_words(row, words);
	assert_int_equal(rule_encode(&payload, &set.statements[0].rule, &error), 0);
	assert_int_equal(payload.length, sizeof(words) + strlen(row->texts));
	assert_memory_equal(payload.bytes, words, sizeof(words));
	assert_memory_equal(payload.bytes + sizeof(words), row->texts, strlen(row->texts));
	assert_int_equal(rule_message_type(&set.statements[0].rule),
			 row->text[1] == 'W' ? 1012 : 1011);

	assert_int_equal(rule_decode(&set.arena, &decoded, payload.bytes, payload.length, &error),
			 0);
	assert_int_equal(decoded.verb, row->flags & 0x10 ? RULE_PREPEND : RULE_APPEND);
	assert_true(rule_compare_identical(&decoded, &set.statements[0].rule));
	assert_int_equal(rule_encode(&again, &decoded, &error), 0);
	assert_int_equal(again.length, payload.length);
	assert_memory_equal(again.bytes, payload.bytes, payload.length);
}

int main(void)
{
	return TABLE_RUN("rule_encode", rows, row_holds);
}
