#include "tests/unit/table.h"

#include "auditmgr/rule_encode.h"
#include "tests/unit/rule_parse_one.h"

#include <libaudit.h>

/* Words of struct audit_status: mask enabled failure pid rate backlog lost … (linux/audit.h) */
struct row {
	const char *name;
	const char *text;
	uint16_t type;
	size_t length;      /* of the payload in bytes */
	uint32_t words[11]; /* its words, the rest 0 */
	const char *behind; /* bytes behind the first two words, or NULL */
};

static struct row rows[] = {
	{"-e", "-e 2", 1001, 44, {1, 2}, NULL},
	{"-f", "-f 1", 1001, 44, {2, 0, 1}, NULL},
	{"-r", "-r 100", 1001, 44, {8, 0, 0, 0, 100}, NULL},
	{"-b", "-b 0x2000", 1001, 44, {16, 0, 0, 0, 0, 8192}, NULL},
	{"--backlog_wait_time",
	 "--backlog_wait_time 60000",
	 1001,
	 44,
	 {32, 0, 0, 0, 0, 0, 0, 0, 0, 60000},
	 NULL},
	{"--reset-lost", "--reset-lost", 1001, 44, {64}, NULL},
	{"--reset_backlog_wait_time_actual",
	 "--reset_backlog_wait_time_actual",
	 1001,
	 44,
	 {128},
	 NULL},
	{"--loginuid-immutable", "--loginuid-immutable", 1018, 16, {0, 2, 2, 2}, NULL},
	{"-t", "-t", 1014, 0, {0}, NULL},
	{"-q", "-q /mnt,/srv/a", 1015, 18, {4, 6}, "/mnt/srv/a"},
	{"-D is many messages", "-D", 0, 0, {0}, NULL},
	{"-c is none", "-c", 0, 0, {0}, NULL},
	{"-i is none", "-i", 0, 0, {0}, NULL},
};

static void row_holds(void **state)
{
	const struct row *row = *state;
	CLEANUP(rule_set_done) struct rule_set set = RULE_SET_INIT;
	CLEANUP(text_done) struct text payload = TEXT_INIT;
	struct error error = ERROR_INIT;
	uint16_t type = 9;
	size_t words = row->behind ? 8 : row->length;

	(void)parse_one(&set, row->text);
	assert_int_equal(set.statements[0].kind, RULE_STATEMENT_CONTROL);
	assert_int_equal(rule_encode_control(&payload, &type, &set.statements[0].control, &error),
			 0);
	assert_int_equal(type, row->type);
	assert_int_equal(payload.length, row->length);
	if (row->length == 0)
		return;
	assert_memory_equal(payload.bytes, row->words, words);
	if (row->behind)
		assert_memory_equal(payload.bytes + 8, row->behind, strlen(row->behind));
}

int main(void)
{
	return TABLE_RUN("rule_control", rows, row_holds);
}
