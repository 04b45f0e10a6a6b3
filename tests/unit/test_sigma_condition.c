#include "tests/unit/table.h"

#include "analyzer/sigma_condition.h"

#include <string.h>

struct row {
	const char *name;
	const char *condition;
	const char *holding; /* the selections that hold, a blank around each */
	int holds;           /* -1: refused */
	const char *reason;  /* then: what the reason says */
};

#define REFUSED(reason) "", -1, reason

static struct row rows[] = {
	{"one selection", "a", " a ", 1, NULL},
	{"one selection that does not hold", "a", " b ", 0, NULL},
	{"and", "a and b", " a b ", 1, NULL},
	{"and, one missing", "a and b", " a ", 0, NULL},
	{"or", "a or b", " b ", 1, NULL},
	{"or, none", "a or b", " c ", 0, NULL},
	{"not", "not a", " b ", 1, NULL},
	{"not, holds", "not a", " a ", 0, NULL},
	{"not not", "not not a", " a ", 1, NULL},
	{"and binds tighter than or: left", "a or b and c", " a ", 1, NULL},
	{"and binds tighter than or: right", "a and b or c", " c ", 1, NULL},
	{"not binds tighter than and", "not a and b", " b ", 1, NULL},
	{"not binds tighter than and: no", "not a and b", " a ", 0, NULL},
	{"not before or", "not a or b", " a b ", 1, NULL},
	{"parentheses over and", "(a or b) and c", " a ", 0, NULL},
	{"parentheses over and, both", "(a or b) and c", " b c ", 1, NULL},
	{"not over parentheses", "not (a or b)", " b ", 0, NULL},
	{"no blanks around parentheses", "a and(b or c)", " a c ", 1, NULL},
	{"long chain", "a or b or c or sel_1 or sel_2", " sel_2 ", 1, NULL},
	{"long chain of and", "a and b and c", " a b ", 0, NULL},
	{"1 of pattern", "1 of sel_*", " sel_2 ", 1, NULL},
	{"1 of pattern, none", "1 of sel_*", " a b c _hidden ", 0, NULL},
	{"all of pattern", "all of sel_*", " sel_1 sel_2 ", 1, NULL},
	{"all of pattern, one missing", "all of sel_*", " sel_1 ", 0, NULL},
	{"1 of a name without wildcard", "1 of sel_1", " sel_1 ", 1, NULL},
	{"wildcard at the front", "1 of *_2", " sel_2 ", 1, NULL},
	{"wildcard in the middle", "all of s*1", " sel_1 ", 1, NULL},
	{"1 of them", "1 of them", " c ", 1, NULL},
	{"1 of them leaves out _hidden", "1 of them", " _hidden ", 0, NULL},
	{"all of them leaves out _hidden", "all of them", " a b c sel_1 sel_2 ", 1, NULL},
	{"all of them, one missing", "all of them", " a b c sel_1 ", 0, NULL},
	{"a pattern does take _hidden", "1 of _*", " _hidden ", 1, NULL},
	{"_hidden by name", "_hidden", " _hidden ", 1, NULL},
	{"not 1 of", "a and not 1 of sel_*", " a ", 1, NULL},
	{"not 1 of, one holds", "a and not 1 of sel_*", " a sel_1 ", 0, NULL},
	{"1 of beside and", "1 of sel_* and a", " sel_1 ", 0, NULL},
	{"capitals", "a AND NOT b", " a ", 1, NULL},
	{"over several lines", "a\n  and\n\tb", " a b ", 1, NULL},
	{"empty", "", REFUSED("expected a selection at its end")},
	{"unknown name", "a and d", REFUSED("no selection has the name at 'd'")},
	{"name in other case", "A", REFUSED("no selection has the name at 'A'")},
	{"no pattern has members", "1 of flt_*", REFUSED("no selection has such a name")},
	{"2 of", "2 of sel_*", REFUSED("only `1 of` and `all of` are supported at '2'")},
	{"any of", "any of them", REFUSED("only `1 of` and `all of`")},
	{"of without a pattern", "1 of", REFUSED("expected `them` or a name pattern at its end")},
	{"of before a parenthesis", "1 of (a)", REFUSED("expected `them`")},
	{"missing operand", "a and", REFUSED("expected a selection at its end")},
	{"and first", "and a", REFUSED("expected a selection at 'and'")},
	{"two names", "a b", REFUSED("expected `and` or `or` at 'b'")},
	{"open parenthesis", "(a or b", REFUSED("expected `)` at its end")},
	{"closing parenthesis", "a)", REFUSED("expected `and` or `or` at ')'")},
	{"empty parentheses", "()", REFUSED("expected a selection at ')'")},
	{"aggregation", "a | count() > 5", REFUSED("aggregation is not supported")},
	{"near", "a | near b", REFUSED("aggregation is not supported")},
	{"65 parentheses", "(((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((a",
	 REFUSED("nested too deep")},
};

static const char *const selections[] = {"a", "b", "c", "sel_1", "sel_2", "_hidden"};

static bool is_holding(void *context, size_t selection)
{
	const struct row *row = context;
	char wanted[32];

	(void)snprintf(wanted, sizeof(wanted), " %s ", selections[selection]);
	return strstr(row->holding, wanted) != NULL;
}

static void row_holds(void **state)
{
	struct row *row = *state;
	struct slice names[sizeof(selections) / sizeof(selections[0])];
	CLEANUP(arena_done) struct arena arena = ARENA_INIT;
	const struct sigma_condition *condition;
	const char *reason;
	size_t offset;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		names[i] = slice_of(selections[i]);
	condition = sigma_condition_parse(&arena, slice_of(row->condition), names,
					  sizeof(names) / sizeof(names[0]), &reason, &offset);
	if (row->holds < 0) {
		assert_null(condition);
		assert_non_null(strstr(reason, row->reason));
		assert_true(offset <= strlen(row->condition));
		return;
	}
	assert_non_null(condition);
	assert_int_equal(sigma_condition_holds(condition, is_holding, row), row->holds);
}

int main(void)
{
	return TABLE_RUN("sigma_condition", rows, row_holds);
}
