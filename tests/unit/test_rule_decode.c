#include "tests/unit/table.h"

#include "auditmgr/rule_encode.h"

#include <libaudit.h>
#include <string.h>

/*
 * What the kernel could never have sent, or a kernel newer than we know: a good payload
 * (auid>=1000, path=/etc/passwd, key=id) with one word changed, or cut short.
 */
enum {
	FIELDS = 67, /* in words of 32 bits, as in test_rule_encode.c */
	VALUES = 131,
	OPERATORS = 195,
	BUFLEN = 259,
	WORDS = 260,
	NO_CHANGE = 999,
	PAYLOAD_LENGTH = WORDS * 4 + 13,
	PAYLOAD_MAX = PAYLOAD_LENGTH + 3,
};

struct row {
	const char *name;
	unsigned word;
	uint32_t value;
	size_t shorten;
	const char *why; /* NULL: it is read */
};

static struct row rows[] = {
	{"the good payload", NO_CHANGE, 0, 0, NULL},
	{"nothing", NO_CHANGE, 0, PAYLOAD_LENGTH, "0 bytes, fewer than 1040"},
	{"one byte less than the head", NO_CHANGE, 0, 14, "1039 bytes, fewer than 1040"},
	{"the head alone", NO_CHANGE, 0, 13, "13 bytes of text promised, 0 there"},
	{"one byte of text is missing", NO_CHANGE, 0, 1, "13 bytes of text promised, 12 there"},
	{"a list that is gone", 0, 2, 0, "unknown list or flags 0x2"},
	{"a list that there will be", 0, 8, 0, "unknown list or flags 0x8"},
	{"an unknown flag", 0, 0x24, 0, "unknown list or flags 0x24"},
	{"every flag", 0, 0xFFFFFFFF, 0, "unknown list or flags 0xffffffff"},
	{"the action possible", 1, 1, 0, "unknown action 1"},
	{"an action below zero", 1, 0xFFFFFFFE, 0, "unknown action 4294967294"},
	{"65 fields", 2, 65, 0, "65 fields, more than 64"},
	{"as many fields as a word can count", 2, 0xFFFFFFFF, 0, "4294967295 fields, more than 64"},
	{"fewer fields than texts", 2, 2, 0, "2 bytes of text belong to no field"},
	{"more fields than operators", 2, 4, 0, "field 0 has the operator 0x0"},
	{"no text at all", BUFLEN, 0, 0, "field 105 wants 11 bytes of text, there are 0"},
	{"more text than there is", BUFLEN, 14, 0, "14 bytes of text promised, 13 there"},
	{"as much text as a word can count", BUFLEN, 0xFFFFFFFF, 0,
	 "4294967295 bytes of text promised, 13 there"},
	{"a text longer than the rest", VALUES + 2, 3, 0,
	 "field 210 wants 3 bytes of text, there are 2"},
	{"a text as long as a word can count", VALUES + 1, 0xFFFFFFFF, 0,
	 "field 105 wants 4294967295 bytes of text, there are 13"},
	{"an empty text", VALUES + 1, 0, 0, "field 105 wants 0 bytes of text, there are 13"},
	{"an unknown field", FIELDS, 199, 0, "unknown field 199"},
	{"an unknown operator", OPERATORS, 0x80000000, 0, "field 9 has the operator 0x80000000"},
	{"two operators in one", OPERATORS, 0x68000000, 0, "field 9 has the operator 0x68000000"},
	{"permissions that there are not", FIELDS, 106, 0, "permissions 0x3e8"},
	{"an unknown comparison of fields", FIELDS, 111, 0, "unknown comparison of fields 1000"},
	{"loginuid_set beyond 1", FIELDS, 24, 0, "loginuid_set is 1000, neither 0 nor 1"},
};

static void build(unsigned char payload[PAYLOAD_MAX])
{
	static const char texts[13] = {'/', 'e', 't', 'c', '/', 'p', 'a',
				       's', 's', 'w', 'd', 'i', 'd'};
	uint32_t words[WORDS] = {4, 2, 3};

	memset(&words[3], 0xFF, 64 * sizeof(*words));
	words[FIELDS] = 9, words[VALUES] = 1000, words[OPERATORS] = 0x60000000;
	words[FIELDS + 1] = 105, words[VALUES + 1] = 11, words[OPERATORS + 1] = 0x40000000;
	words[FIELDS + 2] = 210, words[VALUES + 2] = 2, words[OPERATORS + 2] = 0x40000000;
	words[BUFLEN] = 13;
	memset(payload, 0, PAYLOAD_MAX);
	memcpy(payload, words, sizeof(words));
	memcpy(payload + sizeof(words), texts, sizeof(texts));
}

static void row_holds(void **state)
{
	const struct row *row = *state;
	CLEANUP(arena_done) struct arena arena = ARENA_INIT;
	unsigned char payload[PAYLOAD_MAX];
	size_t length = PAYLOAD_LENGTH - row->shorten;
	CLEANUP(free_pointer) unsigned char *exact = malloc(length + 1);
	struct error error = ERROR_INIT;
	struct rule rule;

	build(payload);
	if (row->word != NO_CHANGE)
		memcpy(payload + (size_t)row->word * 4, &row->value, 4);
	/* at an odd address and with not a byte more, so that the sanitizers see a wrong read */
	assert_non_null(exact);
	memcpy(exact + 1, payload, length);
	assert_int_equal(rule_decode(&arena, &rule, exact + 1, length, &error), row->why ? -1 : 0);
	if (row->why) {
		assert_int_equal(error.kind, ERROR_INPUT);
		assert_string_equal(error.why, row->why);
	} else {
		assert_int_equal(rule.field_count, 3);
		assert_true(slice_is(rule_path(&rule), "/etc/passwd"));
		assert_true(rule_has_key(&rule, "id"));
	}
}

struct loginuid_row {
	const char *name;
	uint32_t value;
	uint32_t comparison;
	uint32_t decoded; /* operator before unset */
};

/* The kernel keeps auid=unset as "loginuid_set"; sent raw, it lists it so. */
static struct loginuid_row loginuid_rows[] = {
	{"set = 0 is auid=unset", 0, AUDIT_EQUAL, AUDIT_EQUAL},
	{"set = 1 is auid!=unset", 1, AUDIT_EQUAL, AUDIT_NOT_EQUAL},
	{"set != 0 is auid!=unset", 0, AUDIT_NOT_EQUAL, AUDIT_NOT_EQUAL},
	{"set != 1 is auid=unset", 1, AUDIT_NOT_EQUAL, AUDIT_EQUAL},
};

static void loginuid_row_holds(void **state)
{
	const struct loginuid_row *row = *state;
	CLEANUP(arena_done) struct arena arena = ARENA_INIT;
	unsigned char payload[PAYLOAD_MAX];
	const uint32_t id = AUDIT_LOGINUID_SET;
	struct error error = ERROR_INIT;
	struct rule rule;

	build(payload);
	memcpy(payload + (size_t)FIELDS * 4, &id, 4);
	memcpy(payload + (size_t)VALUES * 4, &row->value, 4);
	memcpy(payload + (size_t)OPERATORS * 4, &row->comparison, 4);
	assert_int_equal(rule_decode(&arena, &rule, payload, PAYLOAD_LENGTH, &error), 0);
	assert_int_equal(rule.fields[0].id, AUDIT_LOGINUID);
	assert_int_equal(rule.fields[0].value, AUDIT_UID_UNSET);
	assert_int_equal(rule.fields[0].comparison, row->decoded);
}

int main(void)
{
	int failed = TABLE_RUN("rule_decode", rows, row_holds);

	return failed + TABLE_RUN("rule_decode_loginuid", loginuid_rows, loginuid_row_holds);
}
