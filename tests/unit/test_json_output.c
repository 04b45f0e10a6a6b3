#include "tests/unit/table.h"

#include "common/json_output.h"

#include <stdio.h>
#include <string.h>

struct row {
	const char *name;
	const char *bytes;
	size_t length;
	const char *json; /* as written */
};

#define BYTES(string) (string), sizeof(string) - 1

static struct row rows[] = {
	{"plain", BYTES("a/b"), "\"a/b\""},
	{"letters stay", BYTES("\xC3\xA9\xE4\xBD\xA0"), "\"\xC3\xA9\xE4\xBD\xA0\""},
	{"controls", BYTES("\n\x1B[2J"), "\"\\n\\u001B[2J\""},
	{"delete", BYTES("a\x7F"), "\"a\\u007F\""},
	{"C1 control",
	 BYTES("\xC2\x9B"
	       "31m"),
	 "\"\\u009B31m\""},
	{"letters that turn the line round", BYTES("\xE2\x80\xAEgnp.exe"), "\"\\u202Egnp.exe\""},
	{"line separator, which some take for the end of a line", BYTES("\xE2\x80\xA8"),
	 "\"\\u2028\""},
	{"beyond 16 bits: two halves", BYTES("\xF3\xA0\x80\xA1"), "\"\\uDB40\\uDC21\""},
	{"beyond 16 bits, harmless", BYTES("\xF0\x9F\x90\x8B"), "\"\xF0\x9F\x90\x8B\""},
	{"C44: no UTF-8", BYTES("file\xF1"), "\"file\\\\xF1\""},
	{"C69: NUL", BYTES("a\0b"), "\"a\\\\x00b\""},
	{"backslash", BYTES("a\\b"), "\"a\\\\b\""},
	{"empty", BYTES(""), "\"\""},
};

static void row_holds(void **state)
{
	const struct row *row = *state;
	json_t *array = json_pack("[o]", json_untrusted(row->bytes, row->length));
	struct error error = ERROR_INIT;
	char expected[128];
	char *text = NULL;
	size_t length = 0;
	FILE *stream = open_memstream(&text, &length);
	json_t *again;

	assert_non_null(array);
	assert_non_null(stream);
	assert_int_equal(json_write_line(stream, array, &error), 0);
	assert_int_equal(fclose(stream), 0);
	(void)snprintf(expected, sizeof(expected), "[%s]\n", row->json);
	/* jansson's own escapes have digits of either case */
	assert_int_equal(strcasecmp(text, expected), 0);
	/* the same JSON all the same */
	again = json_loads(text, 0, NULL);
	assert_true(json_equal(array, again));
	json_decref(again);
	json_decref(array);
	free(text);
}

int main(void)
{
	return TABLE_RUN("json_output", rows, row_holds);
}
