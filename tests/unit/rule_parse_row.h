/*
 * Rows for the parser's tests: a rule file, the statements that come of it (in canonical form, with
 * their places) and the diagnostics.
 */
#ifndef TESTS_UNIT_RULE_PARSE_ROW_H
#define TESTS_UNIT_RULE_PARSE_ROW_H

#include "tests/unit/table.h"

#include "auditmgr/rule_parse.h"
#include "auditmgr/rule_print.h"
#include "common/text.h"
#include "tests/unit/rule_fake_host.h"

#include <libaudit.h>

enum {
	X86_64 = MACH_86_64,
	AARCH64 = MACH_AARCH64,
	PPC64LE = MACH_PPC64LE,
};

enum {
	DROP = 1,
	LISTING = 2,
	IO_URING = 4,
};

struct row {
	const char *name;
	int machine;
	unsigned flags;
	const char *input;
	const char *statements;  /* "LINE:COLUMN canonical text\n" each */
	const char *diagnostics; /* "level LINE:COLUMN what: why\n" each */
};

static inline void show_statements(struct text *text, const struct rule_set *set, int machine)
{
	for (size_t i = 0; i < set->count; i++) {
		const struct rule_statement *statement = &set->statements[i];
		struct error error = ERROR_INIT;

		assert_string_equal(statement->file, "t.rules");
		assert_int_equal(
			text_append_format(text, "%u:%u ", statement->line, statement->column), 0);
		assert_int_equal(rule_print_statement(text, statement, machine, &error), 0);
		assert_int_equal(text_append_char(text, '\n'), 0);
	}
}

static inline void show_diagnostics(struct text *text, const struct diagnostics *diagnostics)
{
	for (size_t i = 0; i < diagnostics->count; i++) {
		const struct diagnostic *item = &diagnostics->items[i];

		assert_string_equal(item->file, "t.rules");
		assert_int_equal(text_append_format(text, "%s %u:%u %s: %s\n",
						    diagnostic_level_name(item->level), item->line,
						    item->column, item->what, item->why),
				 0);
	}
}

static inline void row_holds(void **state)
{
	const struct row *row = *state;
	CLEANUP(rule_set_done) struct rule_set set = RULE_SET_INIT;
	CLEANUP(diagnostics_done) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	CLEANUP(text_done) struct text statements = TEXT_INIT;
	CLEANUP(text_done) struct text faults = TEXT_INIT;
	struct error error = ERROR_INIT;
	struct rule_parse_options options = {
		.host = fake_host(row->machine),
		.drop_missing_syscalls = row->flags & DROP,
		.listing = row->flags & LISTING,
		.io_uring = row->flags & IO_URING,
	};

	assert_int_equal(rule_parse_file(&set, "t.rules", row->input, strlen(row->input), &options,
					 &diagnostics, &error),
			 0);
	assert_int_equal(error.kind, ERROR_NONE);
	show_statements(&statements, &set, row->machine);
	show_diagnostics(&faults, &diagnostics);
	assert_string_equal(text_string(&statements), row->statements);
	assert_string_equal(text_string(&faults), row->diagnostics);
}

#endif
