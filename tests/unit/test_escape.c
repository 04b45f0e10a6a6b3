#include "tests/unit/table.h"

#include "common/escape.h"

#include <string.h>

struct row {
	const char *name;
	const char *input;
	size_t length;
	const char *terminal;
	const char *utf8;
	const char *csv;
};

#define INPUT(literal) literal, sizeof(literal) - 1

static struct row rows[] = {
	{"empty", INPUT(""), "", "", ""},
	{"plain ASCII", INPUT("/usr/bin/docker"), "/usr/bin/docker", "/usr/bin/docker",
	 "/usr/bin/docker"},
	{"valid UTF-8 stays", INPUT("\xC3\xBCn\xC3\xAF"), "\xC3\xBCn\xC3\xAF", "\xC3\xBCn\xC3\xAF",
	 "\xC3\xBCn\xC3\xAF"},
	{"C44: Latin-1 byte", INPUT("/tmp/file\xF1"), "/tmp/file\\xF1", "/tmp/file\\xF1",
	 "/tmp/file\\xF1"},
	{"C82: a newline forges no line", INPUT("\n[PASS] all ok"), "\\n[PASS] all ok",
	 "\n[PASS] all ok", "\"\\n[PASS] all ok\""},
	{"C82: formula", INPUT("=cmd()"), "=cmd()", "=cmd()", "\"'=cmd()\""},
	{"terminal escape", INPUT("\x1B[31mred"), "\\x1B[31mred", "\x1B[31mred", "\\x1B[31mred"},
	{"C69: NUL", INPUT("sh\0x"), "sh\\x00x", "sh\\x00x", "sh\\x00x"},
	{"backslash", INPUT("a\\b"), "a\\\\b", "a\\b", "a\\\\b"},
	{"backslash beside a bad byte", INPUT("a\\\xFF"), "a\\\\\\xFF", "a\\\\\\xFF", "a\\\\\\xFF"},
	{"right-to-left override", INPUT("\xE2\x80\xAE"), "\\xE2\\x80\\xAE", "\xE2\x80\xAE",
	 "\\xE2\\x80\\xAE"},
	{"overlong slash", INPUT("\xC0\xAF"), "\\xC0\\xAF", "\\xC0\\xAF", "\\xC0\\xAF"},
	{"surrogate", INPUT("\xED\xA0\x80"), "\\xED\\xA0\\x80", "\\xED\\xA0\\x80",
	 "\\xED\\xA0\\x80"},
	{"beyond U+10FFFF", INPUT("\xF4\x90\x80\x80"), "\\xF4\\x90\\x80\\x80",
	 "\\xF4\\x90\\x80\\x80", "\\xF4\\x90\\x80\\x80"},
	{"cut sequence at the end", INPUT("a\xE2\x82"), "a\\xE2\\x82", "a\\xE2\\x82",
	 "a\\xE2\\x82"},
	{"C1 control", INPUT("\xC2\x9B"), "\\xC2\\x9B", "\xC2\x9B", "\\xC2\\x9B"},
	{"comma and quote in CSV", INPUT("a,\"b\""), "a,\"b\"", "a,\"b\"", "\"a,\"\"b\"\"\""},
	{"blank in CSV", INPUT("a b"), "a b", "a b", "\"a b\""},
	{"negative number in CSV", INPUT("-13"), "-13", "-13", "\"'-13\""},
};

static void row_holds(void **state)
{
	const struct row *row = *state;
	struct text text = TEXT_INIT;

	assert_int_equal(escape_terminal(&text, row->input, row->length), 0);
	assert_string_equal(text_string(&text), row->terminal);
	text_clear(&text);
	assert_int_equal(escape_utf8(&text, row->input, row->length), 0);
	assert_string_equal(text_string(&text), row->utf8);
	text_clear(&text);
	assert_int_equal(escape_csv(&text, row->input, row->length), 0);
	assert_string_equal(text_string(&text), row->csv);
	text_done(&text);
}

int main(void)
{
	return TABLE_RUN("escape", rows, row_holds);
}
