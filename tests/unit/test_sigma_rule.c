#include "tests/unit/sample_rule.h"
#include "tests/unit/table.h"

#include "common/text.h"

#include <string.h>

struct row {
	const char *name;
	const char *document;
	unsigned line;     /* of the fault, or 0: the rule loads */
	unsigned column;   /* of the fault */
	const char *fault; /* "what: why", or its beginning */
};

#define LOADS 0, 0, NULL

/* five lines, so that what follows starts on line 6 */
#define HEAD                                                                                       \
	"title: A Title\n"                                                                         \
	"id: 7b4de335-acad-4a28-9fbf-4176a00a387d\n"                                               \
	"logsource:\n"                                                                             \
	"  product: linux\n"                                                                       \
	"  service: auditd\n"
#define TAIL                                                                                       \
	"detection:\n"                                                                             \
	"  s:\n"                                                                                   \
	"    a: b\n"                                                                               \
	"  condition: s\n"
#define DETECTION(lines) HEAD "detection:\n" lines
#define LOGSOURCE(source)                                                                          \
	"title: A Title\nid: 7b4de335-acad-4a28-9fbf-4176a00a387d\nlogsource: " source "\n" TAIL

static struct row rows[] = {
	{"smallest", HEAD TAIL, LOADS},
	{"after a comment and ---", "# comment\n---\n" HEAD TAIL, LOADS},
	{"unknown attributes are a rule's own", HEAD "mine: [1, {a: b}]\n" TAIL, LOADS},
	{"id in capitals",
	 "title: t\nid: 7B4DE335-ACAD-4A28-9FBF-4176A00A387D\n"
	 "logsource: {product: linux, service: auditd}\n" TAIL,
	 LOADS},
	{"deprecated", HEAD "status: deprecated\n" TAIL, LOADS},
	{"list of maps", DETECTION("  s:\n    - a: b\n    - c: d\n  condition: s\n"), LOADS},
	{"keywords", DETECTION("  s: [one, 2]\n  condition: s\n"), LOADS},
	{"one keyword", DETECTION("  s: one\n  condition: s\n"), LOADS},
	{"keywords, all", DETECTION("  s:\n    '|all': [a, b]\n  condition: s\n"), LOADS},
	{"null", DETECTION("  s:\n    key: null\n  condition: s\n"), LOADS},
	{"null by nothing", DETECTION("  s:\n    key:\n  condition: s\n"), LOADS},
	{"null in a list", DETECTION("  s:\n    key: [a, null]\n  condition: s\n"), LOADS},
	{"list of conditions", DETECTION("  s:\n    a: b\n  condition: [s, not s]\n"), LOADS},
	{"alias", DETECTION("  s: &x\n    a: b\n  t: *x\n  condition: s or t\n"), LOADS},
	{"parts of a long argument", DETECTION("  s:\n    a1[0]: b\n  condition: s\n"), LOADS},
	/* attributes */
	{"no title", "id: 7b4de335-acad-4a28-9fbf-4176a00a387d\n" TAIL, 1, 1,
	 "title: the document has none"},
	{"empty title", "author: me\ntitle:\n" TAIL, 2, 7, "title: the document has none"},
	{"title is a list", "title: [a]\n" TAIL, 1, 8, "title: it must be a text"},
	{"no id", "title: t\n" TAIL, 1, 1, "id: the document has none"},
	{"id is no UUID", "title: t\nid: 123\n" TAIL, 2, 5, "id: it is no UUID"},
	{"id with a wrong digit", "title: t\nid: 7b4de335-acad-4a28-9fbf-4176a00a387g\n" TAIL, 2, 5,
	 "id: it is no UUID"},
	{"unsupported", HEAD "status: unsupported\n" TAIL, 6, 9, "status: its author says"},
	{"level", HEAD "level: severe\n" TAIL, 6, 8, "level: it must be informational, low"},
	{"tags is a map", HEAD "tags: {a: b}\n" TAIL, 6, 7, "tags: it must be a list of texts"},
	{"tag is a list", HEAD "tags:\n  - a\n  - [b]\n" TAIL, 8, 5, "tags: it must be"},
	{"correlation", HEAD "correlation:\n  type: event_count\n" TAIL, 7, 3,
	 "correlation: correlation documents are not supported yet"},
	{"filter", HEAD "filter:\n  rules: []\n", 7, 3,
	 "filter: filter documents are not supported yet"},
	{"collection", "action: global\n" HEAD TAIL, 1, 9, "action: rule collections are not"},
	{"document is a list", "- a\n", 1, 1, "document: it must be a map"},
	{"document is empty", "---\n---\n", 2, 1, "document: it must be a map"},
	/* log source */
	{"process_creation", LOGSOURCE("{category: process_creation, product: linux}"), 6, 5,
	 "a: events of this category have no such field"},
	{"no product, category",
	 "title: t\nid: 7b4de335-acad-4a28-9fbf-4176a00a387d\n"
	 "logsource: {category: process_creation}\n"
	 "detection: {s: {Image: b}, condition: s}\n",
	 LOADS},
	{"category and service",
	 "title: t\nid: 7b4de335-acad-4a28-9fbf-4176a00a387d\n"
	 "logsource: {product: linux, category: file_event, service: auditd}\n"
	 "detection: {s: {TargetFilename: b}, condition: s}\n",
	 LOADS},
	{"network_connection",
	 "title: t\nid: 7b4de335-acad-4a28-9fbf-4176a00a387d\n"
	 "logsource: {product: linux, category: network_connection}\n"
	 "detection: {s: {DestinationIp|cidr: 10.0.0.0/8}, condition: s}\n",
	 LOADS},
	{"no logsource", "title: t\nid: 7b4de335-acad-4a28-9fbf-4176a00a387d\n" TAIL, 1, 1,
	 "logsource: the document has none"},
	{"logsource is a text", LOGSOURCE("auditd"), 3, 12, "logsource: it must be a map"},
	{"product alone", LOGSOURCE("{product: linux}"), 3, 12,
	 "logsource: not fed by audit: product linux"},
	{"sshd", LOGSOURCE("{product: linux, service: sshd}"), 3, 12,
	 "logsource: not fed by audit: product linux service sshd"},
	{"auth", LOGSOURCE("{product: linux, service: auth}"), 3, 12,
	 "logsource: not fed by audit: product linux service auth"},
	{"windows", LOGSOURCE("{product: windows, category: process_creation}"), 3, 12,
	 "logsource: not fed by audit: product windows category process_creation"},
	{"webserver", LOGSOURCE("{category: webserver}"), 3, 12,
	 "logsource: not fed by audit: category webserver"},
	{"service is a list", LOGSOURCE("{product: linux, service: [auditd]}"), 3, 12,
	 "logsource: "},
	/* detection */
	{"no detection", HEAD, 1, 1, "detection: the document has none"},
	{"detection is a list", HEAD "detection: [a]\n", 6, 12, "detection: it must be a map"},
	{"no condition", DETECTION("  s:\n    a: b\n"), 7, 3, "condition: the detection has none"},
	{"no selection", DETECTION("  condition: s\n"), 7, 3, "detection: it has no selection"},
	{"condition names nothing", DETECTION("  s:\n    a: b\n  condition: t\n"), 9, 14,
	 "condition: no selection has the name at 't'"},
	{"condition is a map", DETECTION("  s:\n    a: b\n  condition: {a: b}\n"), 9, 14,
	 "condition: it must be a text"},
	{"empty list of conditions", DETECTION("  s:\n    a: b\n  condition: []\n"), 9, 14,
	 "condition: it must be a text"},
	{"second of two conditions", DETECTION("  s:\n    a: b\n  condition: [s, t]\n"), 9, 18,
	 "condition: no selection has the name at 't'"},
	{"timeframe", DETECTION("  s:\n    a: b\n  timeframe: 5m\n  condition: s\n"), 9, 3,
	 "timeframe: aggregation is not supported"},
	{"unknown modifier", DETECTION("  s:\n    c: d\n    a|base64: b\n  condition: s\n"), 9, 5,
	 "a|base64: modifier base64 is not supported"},
	{"no modifier", DETECTION("  s:\n    a|: b\n  condition: s\n"), 8, 5,
	 "a|: modifier  is not supported"},
	{"bad regular expression",
	 DETECTION("  s:\n    a|re:\n      - good\n      - '[bad'\n  condition: s\n"), 10, 9,
	 "a|re: regular expression, byte 5"},
	{"all with one value", DETECTION("  s:\n    a|all: b\n  condition: s\n"), 8, 12,
	 "a|all: modifier all needs a list of values"},
	{"all with a list of one", DETECTION("  s:\n    a|contains|all: [b]\n  condition: s\n"), 8,
	 21, "a|contains|all: modifier all needs"},
	{"exists with a list", DETECTION("  s:\n    a|exists: [true]\n  condition: s\n"), 8, 15,
	 "a|exists: modifier exists takes"},
	{"empty list of values", DETECTION("  s:\n    a: []\n  condition: s\n"), 8, 8,
	 "a: the list of values is empty"},
	{"list in a list", DETECTION("  s:\n    a: [[b]]\n  condition: s\n"), 8, 9,
	 "a: a value can't be a list"},
	{"map for a value", DETECTION("  s:\n    a: {b: c}\n  condition: s\n"), 8, 8,
	 "a: a value can't be a map"},
	{"empty map", DETECTION("  s: {}\n  condition: s\n"), 7, 6, "s: the map is empty"},
	{"empty list", DETECTION("  s: []\n  condition: s\n"), 7, 6,
	 "s: the list of values is empty"},
	{"null selection", DETECTION("  s:\n  condition: s\n"), 7, 5,
	 "s: null can't be compared this way"},
	{"maps and keywords", DETECTION("  s:\n    - a: b\n    - c\n  condition: s\n"), 8, 5,
	 "s: maps and keywords can't share a list"},
	{"empty keyword", DETECTION("  s: ['']\n  condition: s\n"), 7, 7,
	 "s: an empty keyword is in every event"},
	{"keyword with endswith", DETECTION("  s:\n    '|endswith': a\n  condition: s\n"), 8, 5,
	 "|endswith: a keyword has no field"},
	{"no field name", DETECTION("  s:\n    'a b': c\n  condition: s\n"), 8, 5,
	 "a b: this is no name of a field"},
	/* YAML */
	{"syntax", HEAD "detection:\n  s: [a\n", 8, 1, "YAML: "},
	{"tab", HEAD "detection:\n\ts: a\n", 7, 1, "YAML: "},
	{"no UTF-8", "title: \xFF\n", 1, 1, "YAML: invalid leading UTF-8 octet"},
	{"NUL", "title: \"a\\0b\"\n" TAIL, 1, 8, "document: it holds a NUL character"},
	{"key twice", "title: a\ntitle: b\n", 2, 1, "document: the same key stands twice"},
	{"key is a list", "[a]: b\n", 1, 1, "document: the key of a map must be a text"},
	{"alias of nothing", "title: *x\n", 1, 8, "YAML: found undefined alias"},
	{"alias to its own list", "title: &x [*x]\n", 1, 8, "document: it is nested too deep"},
	{"25 lists", "a: [[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]\n", 1, 28,
	 "document: it is nested too deep"},
	{"billion laughs",
	 "a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\n"
	 "c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\n"
	 "e: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e,*e]\n",
	 1, 14, "document: it has too many values"},
};

static void row_holds(void **state)
{
	const struct row *row = *state;
	CLEANUP(diagnostics_done) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	CLEANUP(text_done) struct text fault = TEXT_INIT;
	struct sigma_rule *rule = sample_rule(row->document, &diagnostics);

	if (row->line == 0) {
		if (!rule)
			diagnostics_print(&diagnostics, stderr);
		assert_non_null(rule);
		assert_int_equal(diagnostics.count, 0);
		sigma_rule_free(rule);
		return;
	}
	assert_null(rule);
	assert_int_equal(diagnostics.count, 1);
	assert_int_equal(text_append_format(&fault, "%s: %s", diagnostics.items[0].what,
					    diagnostics.items[0].why),
			 0);
	if (strncmp(text_string(&fault), row->fault, strlen(row->fault)) != 0)
		fail_msg("%u:%u: %s", diagnostics.items[0].line, diagnostics.items[0].column,
			 text_string(&fault));
	assert_string_equal(diagnostics.items[0].file, "test.yml");
	assert_int_equal(diagnostics.items[0].line, row->line);
	assert_int_equal(diagnostics.items[0].column, row->column);
}

static void attributes_are_kept(void **state)
{
	CLEANUP(diagnostics_done) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	struct sigma_rule *rule = sample_rule("# first\n" HEAD "status: test\n"
					      "description: |\n  one\n  two\n"
					      "tags: [attack.t1611, attack.execution]\n"
					      "falsepositives:\n  - Admins\n"
					      "level: critical\n" TAIL,
					      &diagnostics);

	(void)state;
	assert_non_null(rule);
	assert_string_equal(rule->title, "A Title");
	assert_string_equal(rule->id, "7b4de335-acad-4a28-9fbf-4176a00a387d");
	assert_string_equal(rule->status, "test");
	assert_string_equal(rule->description, "one\ntwo\n");
	assert_int_equal(rule->level, SIGMA_CRITICAL);
	assert_string_equal(sigma_level_name(rule->level), "critical");
	assert_int_equal(rule->tag_count, 2);
	assert_string_equal(rule->tags[0], "attack.t1611");
	assert_string_equal(rule->tags[1], "attack.execution");
	assert_int_equal(rule->false_positive_count, 1);
	assert_string_equal(rule->false_positives[0], "Admins");
	assert_string_equal(rule->file, "test.yml");
	assert_int_equal(rule->line, 2);
	sigma_rule_free(rule);
}

static void a_level_that_is_not_given_is_low(void **state)
{
	CLEANUP(diagnostics_done) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	struct sigma_rule *rule = sample_rule(HEAD TAIL, &diagnostics);

	(void)state;
	assert_non_null(rule);
	assert_int_equal(rule->level, SIGMA_LOW);
	assert_string_equal(rule->status, "");
	sigma_rule_free(rule);
}

static void a_reason_is_cut_to_a_readable_length(void **state)
{
	CLEANUP(diagnostics_done) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	CLEANUP(text_done) struct text document = TEXT_INIT;

	(void)state;
	assert_int_equal(text_append_string(&document, HEAD "detection:\n  s:\n    ? '"), 0);
	for (int i = 0; i < 1000; i++)
		assert_int_equal(text_append_string(&document, "long|"), 0);
	assert_int_equal(text_append_string(&document, "'\n    : a\n  condition: s\n"), 0);
	assert_null(sample_rule(text_string(&document), &diagnostics));
	assert_int_equal(diagnostics.count, 1);
	assert_true(strlen(diagnostics.items[0].what) <= 80);
	assert_true(strlen(diagnostics.items[0].why) <= 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(attributes_are_kept),
		cmocka_unit_test(a_level_that_is_not_given_is_low),
		cmocka_unit_test(a_reason_is_cut_to_a_readable_length),
	};
	int failed = TABLE_RUN("sigma_rule", rows, row_holds);

	return failed + cmocka_run_group_tests_name("sigma_rule attributes", tests, NULL, NULL);
}
