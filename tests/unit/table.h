/*
 * Table-driven cmocka: each row of a table becomes a test of its own name, so a failing row says
 * which.
 *
 *   struct row { const char *name; ... };
 *   static void row_holds(void **state) { const struct row *row = *state; ... }
 *   int main(void) { return TABLE_RUN("escape", rows, row_holds); }
 */
#ifndef TESTS_UNIT_TABLE_H
#define TESTS_UNIT_TABLE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
/* cmocka.h wants the four above first */
#include <cmocka.h>

/* Runs `test` once for each of `count` rows of `size` bytes, whose first member is `const char
 * *name`. */
static inline int table_run(const char *group, void *rows, size_t count, size_t size,
			    CMUnitTestFunction test)
{
	struct CMUnitTest *tests;
	int failed;

	if (count == 0)
		abort();
	tests = calloc(count, sizeof(*tests));
	if (!tests)
		abort();
	for (size_t i = 0; i < count; i++) {
		void *row = (char *)rows + i * size;

		tests[i].name = *(char **)row;
		tests[i].test_func = test;
		tests[i].initial_state = row;
	}
	failed = _cmocka_run_group_tests(group, tests, count, NULL, NULL);
	free(tests);
	return failed;
}

#define TABLE_RUN(group, rows, test)                                                               \
	table_run(group, rows, sizeof(rows) / sizeof((rows)[0]), sizeof((rows)[0]), test)

#endif
