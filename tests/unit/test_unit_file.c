#include "tests/unit/table.h"

#include "auditmgr/unit_file.h"
#include "common/text.h"

#include <string.h>

struct row {
	const char *name;
	const char *files[3]; /* the unit and its drop-ins */
	const char *section;
	const char *key;
	const char *values; /* those in effect, joined by | */
};

static struct row rows[] = {
	{"one value",
	 {"[Unit]\nAfter=x\n[Service]\nExecStart=/usr/bin/dockerd -H fd://\n"},
	 "Service",
	 "ExecStart",
	 "/usr/bin/dockerd -H fd://"},
	{"a key of another section", {"[Unit]\nExecStart=/a\n"}, "Service", "ExecStart", ""},
	{"before any section", {"ExecStart=/a\n"}, "Service", "ExecStart", ""},
	{"blanks around the equals sign",
	 {"[Service]\n ExecStart = /a \n"},
	 "Service",
	 "ExecStart",
	 "/a"},
	{"a continued line",
	 {"[Service]\nExecStart=/a \\\n  -b \\\n  -c\n"},
	 "Service",
	 "ExecStart",
	 "/a  -b  -c"},
	{"a comment inside a continued line",
	 {"[Service]\nExecStart=/a \\\n# why\n -b\n"},
	 "Service",
	 "ExecStart",
	 "/a  -b"},
	{"comments of both kinds",
	 {"[Service]\n#ExecStart=/a\n;ExecStart=/b\nExecStart=/c\n"},
	 "Service",
	 "ExecStart",
	 "/c"},
	{"CR LF",
	 {"[Socket]\r\nListenStream=/run/docker.sock\r\n"},
	 "Socket",
	 "ListenStream",
	 "/run/docker.sock"},
	{"no newline at the end", {"[Socket]\nListenStream=/a"}, "Socket", "ListenStream", "/a"},
	{"a list",
	 {"[Socket]\nListenStream=/a\nListenStream=/b\n"},
	 "Socket",
	 "ListenStream",
	 "/a|/b"},
	{"a drop-in adds",
	 {"[Socket]\nListenStream=/a\n", "[Socket]\nListenStream=/b\n"},
	 "Socket",
	 "ListenStream",
	 "/a|/b"},
	{"an empty value drops what was before",
	 {"[Service]\nExecStart=/a\n", "[Service]\nExecStart=\nExecStart=/b\n"},
	 "Service",
	 "ExecStart",
	 "/b"},
	{"the last of two drop-ins counts",
	 {"[Service]\nExecStart=/a\n", "[Service]\nExecStart=\nExecStart=/b\n",
	  "[Service]\nExecStart=\nExecStart=/c\n"},
	 "Service",
	 "ExecStart",
	 "/c"},
	{"only an empty value", {"[Service]\nExecStart=\n"}, "Service", "ExecStart", ""},
	{"continued at the end of the file",
	 {"[Service]\nExecStart=/a \\"},
	 "Service",
	 "ExecStart",
	 "/a"},
	{"bytes that are no text",
	 {"[Service]\n\xff\xfe\x01=\nExecStart=/a\n"},
	 "Service",
	 "ExecStart",
	 "/a"},
};

static void row_holds(void **state)
{
	const struct row *row = *state;
	struct arena arena = ARENA_INIT;
	struct unit unit = {.count = 0};
	const struct unit_directive *directive;
	struct text joined = TEXT_INIT;
	size_t at = 0;

	for (size_t i = 0; i < 3 && row->files[i]; i++)
		assert_int_equal(
			unit_parse(&unit, &arena, "f", row->files[i], strlen(row->files[i])), 0);
	while ((directive = unit_next(&unit, row->section, row->key, &at))) {
		assert_int_equal(text_append_string(&joined, joined.length ? "|" : ""), 0);
		assert_int_equal(text_append_string(&joined, directive->value), 0);
	}
	assert_string_equal(text_string(&joined), row->values);
	text_done(&joined);
	unit_done(&unit);
	arena_done(&arena);
}

struct split_row {
	const char *name;
	const char *line;
	const char *environment; /* an EnvironmentFile, or NULL: none is expanded */
	const char *words;       /* joined by | */
};

static struct split_row split_rows[] = {
	{"plain words", "/a  -b\t-c", NULL, "/a|-b|-c"},
	{"quotes group", "/a \"b c\" 'd e'f", NULL, "/a|b c|d ef"},
	{"a backslash escapes", "/a b\\ c \\\"", NULL, "/a|b c|\""},
	{"an empty word", "/a \"\" b", NULL, "/a||b"},
	{"an open quote ends with the line", "/a \"b c", NULL, "/a|b c"},
	{"a variable becomes words", "/a $OPTS -z", "OPTS=\"-H fd:// --data-root /x\"\n",
	 "/a|-H|fd://|--data-root|/x|-z"},
	{"braces keep one word", "/a ${OPTS}", "OPTS='-H fd://'", "/a|-H fd://"},
	{"braces inside a word", "/a --data-root=${D}/x", "D=/srv", "/a|--data-root=/srv/x"},
	{"an unknown variable is nothing", "/a $OPTS ${OPTS}b", "", "/a|b"},
	{"two dollars are one", "/a $$OPTS", "OPTS=x", "/a|$OPTS"},
	{"a variable is not expanded twice", "/a $A", "A=$B\nB=x", "/a|$B"},
	{"the last assignment counts", "/a $A", "A=1\nA=2\n", "/a|2"},
	{"comments, blanks and export in the file", "/a $A $B $C",
	 "# A=0\n; A=0\n A=1 \nexport B=2\nnonsense\n=3\nC=\"4 #\" \n", "/a|1|2|4|#"},
	{"without an environment a dollar is a dollar", "/a $A", NULL, "/a|$A"},
};

static void split_row_holds(void **state)
{
	const struct split_row *row = *state;
	struct arena arena = ARENA_INIT;
	struct unit_words environment = {.count = 0}, words = {.count = 0};
	struct text joined = TEXT_INIT;

	if (row->environment)
		assert_int_equal(unit_parse_environment(&arena, row->environment,
							strlen(row->environment), &environment),
				 0);
	assert_int_equal(
		unit_split(&arena, row->line, row->environment ? &environment : NULL, &words), 0);
	for (size_t i = 0; i < words.count; i++) {
		assert_int_equal(text_append_string(&joined, i ? "|" : ""), 0);
		assert_int_equal(text_append_string(&joined, words.words[i]), 0);
	}
	assert_string_equal(text_string(&joined), row->words);
	text_done(&joined);
	arena_done(&arena);
}

static void growth_is_bounded(void **state)
{
	struct arena arena = ARENA_INIT;
	struct unit unit = {.count = 0};
	struct unit_words words = {.count = 0};
	size_t length = 0;
	char *many = malloc((size_t)64 * 5000);

	(void)state;
	assert_non_null(many);
	for (int i = 0; i < 5000; i++)
		length += (size_t)sprintf(many + length, "%s", i ? "A=b c\n" : "[Service]\n");
	assert_int_equal(unit_parse(&unit, &arena, "f", many, length), 0);
	assert_int_equal(unit.count, UNIT_DIRECTIVES_MAX);
	assert_int_equal(unit_split(&arena, many, NULL, &words), 0);
	assert_int_equal(words.count, UNIT_WORDS_MAX);
	free(many);
	unit_done(&unit);
	arena_done(&arena);
}

int main(void)
{
	const struct CMUnitTest others[] = {cmocka_unit_test(growth_is_bounded)};
	int failed = TABLE_RUN("unit_file", rows, row_holds);

	failed += TABLE_RUN("unit_file words", split_rows, split_row_holds);
	return failed + cmocka_run_group_tests_name("unit_file limits", others, NULL, NULL);
}
