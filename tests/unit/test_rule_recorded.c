#include "tests/unit/table.h"

#include "auditmgr/rule_compare.h"
#include "auditmgr/rule_encode.h"
#include "auditmgr/rule_parse.h"
#include "common/text.h"
#include "tests/unit/auditctl_recording.h"

#include <libaudit.h>

/*
 * Where we do something else than auditctl 3.0.9, on purpose. A rule that stands here and no longer
 * differs is a failure too.
 */
static const struct difference {
	const char *rule;
	const char *reason;
} differences[] = {
	{"-w /etc/docker/daemon.json -p wa -S openat -k docker",
	 "-S beside a watch does nothing: someone meant something else"},
	{"-a exit,possible -S mount", "auditctl drops the line without a word; nobody means that"},
	{"-a always,exit -S mount --", "-- ends options, and a rule file has no use for it"},
	{"-a always,exit -F arch=b64 -S 165abc -k number",
	 "auditctl reads the number up to its tail"},
	{"-a always,exit -F arch=b64 -S 2047 -k number",
	 "the kernel takes that bit for a class of system calls"},
	{"-a always,exit -F arch=b64 -S , -k comma", "a rule about no system call never matches"},
	{"-a always,exit -F arch=b64 -S openat -F auid=1000abc",
	 "auditctl reads the number up to its tail"},
	{"-a always,exit -F arch=b64 -S openat -F auid=4294967296",
	 "C28: auditctl takes it modulo 2^32"},
	{"-a always,exit -F arch=b64 -S openat -F auid=99999999999999999999",
	 "C28: auditctl takes it modulo 2^32"},
	{"-a always,exit -F arch=b64 -S openat -F auid!=4294967296",
	 "C28: auditctl takes it modulo 2^32"},
	{"-a always,exit -F arch=b64 -S openat -F gid=1000abc",
	 "auditctl reads the number up to its tail"},
	{"-a always,exit -F arch=b64 -S openat -F gid=4294967296",
	 "C28: auditctl takes it modulo 2^32"},
	{"-a always,exit -F arch=b64 -S openat -F pid=4294967297",
	 "C28: auditctl takes it modulo 2^32"},
	{"-a always,exit -F arch=b64 -S openat -F sessionid=abc",
	 "auditctl sends 0 for what is no number"},
	{"-a always,exit -F arch=b64 -S openat -F exit=4294967283",
	 "exit values are signed; auditctl takes it modulo 2^32"},
	{"-a always,exit -F arch=b64 -S openat -F a2=6E", "auditctl reads 6: 0x is missing"},
	{"-a always,exit -F arch=b64 -S openat -F a3=4294967296",
	 "the kernel compares 32 bits; auditctl sends the lower ones"},
	{"-a always,exit -F arch=b64 -S openat -F a3=0xffffffffffffffff",
	 "the kernel compares 32 bits; auditctl sends the lower ones"},
	{"-a always,exit -F arch=b64 -S openat -F a3=0x7ffffffffff",
	 "the kernel compares 32 bits; auditctl sends the lower ones"},
	{"-a always,exit -F arch=b64 -S openat -F a3=1x",
	 "auditctl reads the number up to its tail"},
	{"-a always,exit -F arch=b64 -S openat -F inode=4294967296",
	 "the rule has 32 bits for it; auditctl sends the lower ones"},
	{"-a always,exit -F arch=b64 -S openat -F saddr_fam=2x",
	 "auditctl reads the number up to its tail"},
	{"-a always,exit -F arch=b64 -S openat -F saddr_fam=inet",
	 "auditctl sends 0 for what is no number"},
	{"-a always,exit -F arch=b64 -S openat -F field_compare=26",
	 "the kernel has no such comparison, though it takes the rule"},
	{"-a always,exit -F arch=b64 -S openat -F auid=1000 -i",
	 "auditctl forgets the rule and exits with 0"},
	{"-a always,exit -F arch=b64 -S mount -F key=",
	 "auditctl sends no key where one was asked for"},
	{"-a always,exit -F arch=b64 -S mount -F key!=mounts",
	 "a key is no condition: != means nothing"},
	{"-b 8192k", "auditctl reads the number up to its tail"},
	{"-b 4294967296", "auditctl takes it modulo 2^32"},
	{"-v", "no statement of a rule file"},
	{"-l", "no statement of a rule file"},
	{"-l -k docker", "no statement of a rule file"},
	{"-s", "no statement of a rule file"},
	{"-s -i", "no statement of a rule file"},
	{"--loginuid-immutable 1", "auditctl reads nothing behind it"},
};

struct row {
	const char *name;
	struct recorded_rule *recorded;
	const struct rule_host *host;
};

static const struct difference *find_difference(const char *rule)
{
	for (size_t i = 0; i < sizeof(differences) / sizeof(differences[0]); i++)
		if (strcmp(differences[i].rule, rule) == 0)
			return &differences[i];
	return NULL;
}

/* Appends the message of a statement, padded as libaudit pads it. Returns its type, 0 for none. */
static uint16_t encode(struct text *payload, const struct rule_statement *statement)
{
	struct error error = ERROR_INIT;
	uint16_t type = 0;

	if (statement->kind == RULE_STATEMENT_RULE) {
		type = rule_message_type(&statement->rule);
		assert_int_equal(rule_encode(payload, &statement->rule, &error), 0);
	} else {
		assert_int_equal(rule_encode_control(payload, &type, &statement->control, &error),
				 0);
	}
	while (payload->length % 4)
		assert_int_equal(text_append_char(payload, '\0'), 0);
	return type;
}

/*
 * Whether the statements send just what was recorded; behind a message that the kernel refused,
 * auditctl sent no more.
 */
static bool sends_the_same(const struct rule_set *set, const struct recorded_rule *recorded)
{
	size_t sent = 0;

	for (size_t i = 0; i < set->count; i++) {
		CLEANUP(text_done) struct text payload = TEXT_INIT;
		uint16_t type = encode(&payload, &set->statements[i]);
		const struct recorded_message *message = &recorded->messages[sent];

		if (type == 0)
			continue;
		if (sent == recorded->message_count)
			return recorded->acknowledged < 0;
		if (type != message->type || payload.length != message->length ||
		    memcmp(text_string(&payload), message->payload, message->length) != 0)
			return false;
		sent++;
	}
	return sent == recorded->message_count;
}

/* Whether what we make of a rule agrees with the recording. */
static bool agrees(const struct rule_set *set, const struct diagnostics *diagnostics,
		   const struct recorded_rule *recorded)
{
	bool refused_by_kernel = recorded->message_count > 0 && recorded->acknowledged < 0;

	/* what auditctl refuses we refuse; what only the kernel refuses we may send as auditctl
	 * does */
	if (diagnostics->errors > 0)
		return set->count == 0 && recorded->exit_status != 0;
	return (recorded->exit_status == 0 || refused_by_kernel) && sends_the_same(set, recorded);
}

/*
 * Whether auditctl -l of 3.0.9 prints the rule so that it can be read at all. It does not for a
 * blank in a text (it escapes none), a foreign architecture (all print as b64 or b32), exe!=
 * (prints =), a never rule of the form of a watch (prints -w) and perm= in front (glues it to what
 * follows).
 */
static bool lists_faithfully(const struct rule *sent)
{
	const struct rule_field *arch = rule_find(sent, AUDIT_ARCH);
	const struct rule_field *exe = rule_find(sent, AUDIT_EXE);

	for (size_t i = 0; i < sent->field_count; i++)
		if (sent->fields[i].text.bytes && strchr(sent->fields[i].text.bytes, ' '))
			return false;
	if (arch && arch->value != AUDIT_ARCH_X86_64 && arch->value != AUDIT_ARCH_I386)
		return false;
	if (exe && exe->comparison == AUDIT_NOT_EQUAL)
		return false;
	if (sent->action == RULE_NEVER && rule_find(sent, AUDIT_PERM) &&
	    rule_has_all_syscalls(sent))
		return false;
	return sent->field_count == 0 || sent->fields[0].id != AUDIT_PERM;
}

/* What auditctl -l prints for a rule means what was sent. */
static void check_listing(const struct row *row)
{
	CLEANUP(rule_set_done) struct rule_set set = RULE_SET_INIT;
	CLEANUP(diagnostics_done) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	const struct recorded_message *message =
		&row->recorded->messages[row->recorded->message_count - 1];
	struct rule_parse_options options = {.host = *row->host, .listing = true};
	struct error error = ERROR_INIT;
	struct rule sent;

	assert_int_equal(rule_decode(&set.arena, &sent, message->payload, message->length, &error),
			 0);
	if (!lists_faithfully(&sent))
		return;
	assert_int_equal(rule_parse_line(&set, "-l", 1, row->recorded->listing,
					 strlen(row->recorded->listing), &options, &diagnostics,
					 &error),
			 0);
	if (diagnostics.errors > 0)
		fail_msg("not read: %s: %s", diagnostics.items[0].what, diagnostics.items[0].why);
	assert_int_equal(set.count, 1);
	assert_int_equal(rule_compare(&set.statements[0].rule, &sent), RULE_EQUAL);
}

static void row_holds(void **state)
{
	const struct row *row = *state;
	CLEANUP(rule_set_done) struct rule_set set = RULE_SET_INIT;
	CLEANUP(diagnostics_done) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	struct rule_parse_options options = {.host = *row->host};
	const struct difference *difference = find_difference(row->name);
	struct error error = ERROR_INIT;

	/* recorded behind -e 2: auditctl looks at the kernel before it sends */
	if (strstr(row->recorded->said, "immutable mode"))
		skip();
	assert_int_equal(rule_parse_line(&set, "recorded", 1, row->name, strlen(row->name),
					 &options, &diagnostics, &error),
			 0);
	if (agrees(&set, &diagnostics, row->recorded)) {
		if (difference)
			fail_msg("it stands in the table of differences, and there is none");
	} else if (!difference) {
		fail_msg("auditctl sent %zu messages, ack %d, exit %d; we have %zu statements, %s",
			 row->recorded->message_count, row->recorded->acknowledged,
			 row->recorded->exit_status, set.count,
			 diagnostics.errors ? diagnostics.items[0].why : "no error");
	}
	if (row->recorded->listing[0] && !difference)
		check_listing(row);
}

int main(void)
{
	CLEANUP(arena_done) struct arena arena = ARENA_INIT;
	struct recorded_rule *recorded = NULL;
	size_t count = recording_read(&arena, &recorded);
	struct rule_host host = recording_host(&arena);
	struct row *rows = arena_allocate_zeroed(&arena, count, sizeof(*rows));

	if (!rows)
		return EXIT_FAILURE;
	for (size_t i = 0; i < count; i++)
		rows[i] = (struct row){recorded[i].rule, &recorded[i], &host};
	return table_run("rule_recorded", rows, count, sizeof(*rows), row_holds);
}
