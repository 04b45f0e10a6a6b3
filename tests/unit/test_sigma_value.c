#include "tests/unit/table.h"

#include "analyzer/sigma_value.h"

#include <string.h>

struct row {
	const char *name;
	const char *modifiers;
	const char *value; /* YAML */
	const char *subject;
	size_t length;
	int matches;        /* -1: refused */
	const char *reason; /* then: what the reason says */
};

#define SUBJECT(literal) literal, sizeof(literal) - 1
#define REFUSED(reason)  SUBJECT(""), -1, reason

static struct row rows[] = {
	{"equal", "", "/usr/bin/docker", SUBJECT("/usr/bin/docker"), 1, NULL},
	{"longer", "", "/usr/bin/docker", SUBJECT("/usr/bin/dockerd"), 0, NULL},
	{"shorter", "", "/usr/bin/docker", SUBJECT("/usr/bin/docke"), 0, NULL},
	{"other case", "", "execve", SUBJECT("EXECVE"), 1, NULL},
	{"other case in the rule", "", "EXECVE", SUBJECT("execve"), 1, NULL},
	{"only A-Z fold", "", "\"\\u00fc\"", SUBJECT("\xC3\x9C"), 0, NULL},
	{"@ and ` do not fold", "", "'@'", SUBJECT("`"), 0, NULL},
	{"cased, equal", "cased", "Execve", SUBJECT("Execve"), 1, NULL},
	{"cased, other case", "cased", "Execve", SUBJECT("execve"), 0, NULL},
	{"empty text, empty subject", "", "''", SUBJECT(""), 1, NULL},
	{"empty text, other subject", "", "''", SUBJECT("a"), 0, NULL},
	{"number", "", "777", SUBJECT("777"), 1, NULL},
	{"number is no prefix", "", "777", SUBJECT("7777"), 0, NULL},
	{"negative number", "", "-13", SUBJECT("-13"), 1, NULL},
	{"boolean", "", "true", SUBJECT("true"), 1, NULL},
	{"yes is a text", "", "yes", SUBJECT("yes"), 1, NULL},
	{"NUL in the subject", "", "a", SUBJECT("a\0b"), 0, NULL},
	/* wildcards */
	{"* at the end", "", "/etc/audit/*", SUBJECT("/etc/audit/rules.d/x"), 1, NULL},
	{"* is empty", "", "/etc/audit/*", SUBJECT("/etc/audit/"), 1, NULL},
	{"* at the end, other", "", "/etc/audit/*", SUBJECT("/etc/auditx"), 0, NULL},
	{"* at the front", "", "'*/sysrq'", SUBJECT("/proc/sys/kernel/sysrq"), 1, NULL},
	{"* at the front, other end", "", "'*/sysrq'", SUBJECT("/sysrq-trigger"), 0, NULL},
	{"* in the middle", "", "/home/*/.bashrc", SUBJECT("/home/a/.bashrc"), 1, NULL},
	{"* in the middle, too short", "", "ab*ba", SUBJECT("aba"), 0, NULL},
	{"* in the middle, just enough", "", "ab*ba", SUBJECT("abba"), 1, NULL},
	{"two *", "", "a*b*c", SUBJECT("a1b2b3c"), 1, NULL},
	{"two *, wrong order", "", "a*b*c", SUBJECT("acb"), 0, NULL},
	{"last run is taken at the end", "", "'*ab'", SUBJECT("abxab"), 1, NULL},
	{"* alone", "", "'*'", SUBJECT(""), 1, NULL},
	{"** alone", "", "'**'", SUBJECT("x"), 1, NULL},
	{"? is one character", "", "prog?.exe", SUBJECT("progA.exe"), 1, NULL},
	{"? is not none", "", "prog?", SUBJECT("prog"), 0, NULL},
	{"? is not two", "", "prog?", SUBJECT("progAB"), 0, NULL},
	{"? is one UTF-8 character", "", "a?b",
	 SUBJECT("a\xC3\xBC"
		 "b"),
	 1, NULL},
	{"? is one byte that is no UTF-8", "", "a?b",
	 SUBJECT("a\xFF"
		 "b"),
	 1, NULL},
	{"* and ?", "", "'*?b'", SUBJECT("xxab"), 1, NULL},
	{"* and ?, nothing for ?", "", "'*?b'", SUBJECT("b"), 0, NULL},
	{"? in a later run", "", "a*b?d", SUBJECT("a--bcd"), 1, NULL},
	{"? first in a middle run", "", "'*?x*'", SUBJECT("ax"), 1, NULL},
	/* escapes: Sigma's own list */
	{"escaped *", "", "'a\\*b'", SUBJECT("a*b"), 1, NULL},
	{"escaped * is no wildcard", "", "'a\\*b'", SUBJECT("axb"), 0, NULL},
	{"escaped ?", "", "'a\\?'", SUBJECT("a?"), 1, NULL},
	{"escaped ? is no wildcard", "", "'a\\?'", SUBJECT("ab"), 0, NULL},
	{"single backslash", "", "'a\\b'", SUBJECT("a\\b"), 1, NULL},
	{"double backslash is one", "", "'a\\\\b'", SUBJECT("a\\b"), 1, NULL},
	{"backslash and wildcard", "", "'a\\\\*'", SUBJECT("a\\xyz"), 1, NULL},
	{"backslash and plain *", "", "'a\\\\\\*'", SUBJECT("a\\*"), 1, NULL},
	{"backslash and plain *, other", "", "'a\\\\\\*'", SUBJECT("a\\x"), 0, NULL},
	{"three backslashes are two", "", "'a\\\\\\b'", SUBJECT("a\\\\b"), 1, NULL},
	{"four backslashes are two", "", "'a\\\\\\\\b'", SUBJECT("a\\\\b"), 1, NULL},
	{"backslash at the end", "", "'a\\'", SUBJECT("a\\"), 1, NULL},
	/* modifiers */
	{"contains", "contains", "mid", SUBJECT("a mid b"), 1, NULL},
	{"contains, whole", "contains", "mid", SUBJECT("mid"), 1, NULL},
	{"contains, not", "contains", "mid", SUBJECT("m id"), 0, NULL},
	{"contains, other case", "contains", "MID", SUBJECT("xmidx"), 1, NULL},
	{"contains cased", "contains|cased", "MID", SUBJECT("xmidx"), 0, NULL},
	{"cased contains", "cased|contains", "mid", SUBJECT("xmidx"), 1, NULL},
	{"contains, overlap", "contains", "aab", SUBJECT("aaab"), 1, NULL},
	{"contains with wildcard", "contains", "a*c", SUBJECT("xxabcxx"), 1, NULL},
	{"contains ''", "contains", "''", SUBJECT(""), 1, NULL},
	{"contains, digit first", "contains", "1b", SUBJECT("a11b"), 1, NULL},
	{"startswith", "startswith", "/tmp/", SUBJECT("/tmp/x"), 1, NULL},
	{"startswith, inside", "startswith", "/tmp/", SUBJECT("/var/tmp/x"), 0, NULL},
	{"startswith with wildcard", "startswith", "/home/*/p/", SUBJECT("/home/a/p/x"), 1, NULL},
	{"endswith", "endswith", "/docker", SUBJECT("/usr/bin/docker"), 1, NULL},
	{"endswith, inside", "endswith", "/docker", SUBJECT("/usr/bin/dockerd"), 0, NULL},
	{"endswith, longer than the subject", "endswith", "/docker", SUBJECT("er"), 0, NULL},
	{"re", "re", "'^a.c$'", SUBJECT("abc"), 1, NULL},
	{"re is found anywhere", "re", "'b+'", SUBJECT("abbc"), 1, NULL},
	{"re heeds the case", "re", "ABC", SUBJECT("abc"), 0, NULL},
	{"re|i", "re|i", "ABC", SUBJECT("abc"), 1, NULL},
	{"re without m", "re", "'^b$'", SUBJECT("a\nb\nc"), 0, NULL},
	{"re|m", "re|m", "'^b$'", SUBJECT("a\nb\nc"), 1, NULL},
	{"re without s", "re", "'a.b'", SUBJECT("a\nb"), 0, NULL},
	{"re|s", "re|s", "'a.b'", SUBJECT("a\nb"), 1, NULL},
	{"re|i|s", "re|i|s", "'A.B'", SUBJECT("a\nb"), 1, NULL},
	{"re over bytes that are no UTF-8", "re", "'a.*b'",
	 SUBJECT("a\xFF\xFE"
		 "b"),
	 1, NULL},
	{"re over a NUL", "re", "'a.b'", SUBJECT("a\0b"), 1, NULL},
	{"re of a number", "re", "77", SUBJECT("0777"), 1, NULL},
	{"re with groups", "re", "'(x)(y)(z)'", SUBJECT("xyz"), 1, NULL},
	{"cidr", "cidr", "10.0.0.0/8", SUBJECT("10.1.2.3"), 1, NULL},
	{"cidr, outside", "cidr", "10.0.0.0/8", SUBJECT("11.1.2.3"), 0, NULL},
	{"cidr on a byte's middle", "cidr", "172.16.0.0/12", SUBJECT("172.31.255.255"), 1, NULL},
	{"cidr on a byte's middle, outside", "cidr", "172.16.0.0/12", SUBJECT("172.32.0.0"), 0,
	 NULL},
	{"cidr /0", "cidr", "0.0.0.0/0", SUBJECT("8.8.8.8"), 1, NULL},
	{"cidr /32", "cidr", "1.2.3.4/32", SUBJECT("1.2.3.5"), 0, NULL},
	{"cidr without bits", "cidr", "1.2.3.4", SUBJECT("1.2.3.4"), 1, NULL},
	{"cidr IPv6", "cidr", "'fc00::/7'", SUBJECT("fd12::1"), 1, NULL},
	{"cidr IPv6, outside", "cidr", "'fc00::/7'", SUBJECT("2001:db8::1"), 0, NULL},
	{"cidr of the other family", "cidr", "0.0.0.0/0", SUBJECT("::1"), 0, NULL},
	{"cidr, no address", "cidr", "0.0.0.0/0", SUBJECT("localhost"), 0, NULL},
	{"cidr, very long", "cidr", "0.0.0.0/0",
	 SUBJECT("1.2.3.4.5.6.7.8.9.1.2.3.4.5.6.7.8.9.0.1.2.3.4.5"), 0, NULL},
	/* refused */
	{"unknown modifier", "base64", "a", REFUSED("modifier base64 is not supported")},
	{"windash", "contains|windash", "a", REFUSED("modifier windash is not supported")},
	{"gt", "gt", "3", REFUSED("modifier gt is not supported")},
	{"expand", "expand", "'%x%'", REFUSED("modifier expand is not supported")},
	{"modifier in capitals", "CONTAINS", "a", REFUSED("modifier CONTAINS is not supported")},
	{"empty modifier", "contains||all", "a", REFUSED("modifier  is not supported")},
	{"modifier missing at the end", "contains|", "a", REFUSED("modifier  is not supported")},
	{"i without re", "i", "a", REFUSED("modifier i must stand behind re")},
	{"contains and endswith", "contains|endswith", "a", REFUSED("exclude each other")},
	{"re and contains", "contains|re", "a", REFUSED("exclude each other")},
	{"cased re", "re|cased", "a", REFUSED("modifier cased is for plain values")},
	{"bad re", "re", "'a('", REFUSED("regular expression, byte 3: missing closing")},
	{"bad cidr", "cidr", "10.0.0.0/33", REFUSED("this is no network")},
	{"bad cidr address", "cidr", "10.0.0/8", REFUSED("this is no network")},
	{"cidr with host name", "cidr", "localhost/8", REFUSED("this is no network")},
	{"null with contains", "contains", "null", REFUSED("null can't be compared this way")},
	{"exists with a text", "exists", "maybe", REFUSED("modifier exists takes true or false")},
	{"list for a value", "", "[a]", REFUSED("a value can't be a list")},
	{"map for a value", "", "{a: b}", REFUSED("a value can't be a map")},
};

static const struct sigma_node *read_node(struct arena *arena, const char *text)
{
	CLEANUP(diagnostics_done) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	CLEANUP(sigma_yaml_done)
	struct sigma_yaml *yaml = sigma_yaml_new("test", text, strlen(text));
	const struct sigma_node *node = NULL;
	struct error error = ERROR_INIT;

	assert_non_null(yaml);
	assert_int_equal(sigma_yaml_next(yaml, arena, &node, &diagnostics, &error),
			 SIGMA_YAML_DOCUMENT);
	return node;
}

static void row_holds(void **state)
{
	const struct row *row = *state;
	CLEANUP(arena_done) struct arena arena = ARENA_INIT;
	const struct sigma_node *node = read_node(&arena, row->value);
	struct slice subject = {.bytes = row->subject, .length = row->length};
	struct sigma_value value = {.regex = NULL};
	struct slice given = SLICE_NONE;
	const char *reason = NULL;
	unsigned modifiers;
	int result;

	if (row->modifiers[0])
		given = slice_of(row->modifiers);
	result = sigma_modifiers_parse(&arena, given, &modifiers, &reason);
	if (result == 0)
		result = sigma_value_compile(&arena, node, modifiers, false, &value, &reason);
	if (row->matches < 0) {
		assert_int_equal(result, -1);
		assert_non_null(reason);
		if (!strstr(reason, row->reason))
			fail_msg("reason: %s", reason);
		return;
	}
	assert_int_equal(result, 0);
	assert_int_equal(sigma_value_matches(&value, subject),
			 row->matches ? SIGMA_MATCH : SIGMA_NO_MATCH);
	sigma_value_done(&value);
}

/* (a+)+$ backtracks 2^n ways over n letters a and another one */
static void a_costly_expression_gives_up(void **state)
{
	CLEANUP(arena_done) struct arena arena = ARENA_INIT;
	const struct sigma_node *node = read_node(&arena, "'(a+)+$'");
	struct sigma_value value;
	const char *reason;

	(void)state;
	assert_int_equal(
		sigma_value_compile(&arena, node, SIGMA_MODIFIER_RE, false, &value, &reason), 0);
	assert_int_equal(
		sigma_value_matches(&value, slice_of("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab")),
		SIGMA_MATCH_GAVE_UP);
	assert_int_equal(sigma_value_matches(&value, slice_of("aaaa")), SIGMA_MATCH);
	sigma_value_done(&value);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(a_costly_expression_gives_up)};
	int failed = TABLE_RUN("sigma_value", rows, row_holds);

	return failed + cmocka_run_group_tests_name("sigma_value limits", tests, NULL, NULL);
}
