/*
 * One line of a rule file that has no fault, for tests of what comes behind the parser.
 */
#ifndef TESTS_UNIT_RULE_PARSE_ONE_H
#define TESTS_UNIT_RULE_PARSE_ONE_H

#include "tests/unit/table.h"

#include "auditmgr/rule_parse.h"
#include "tests/unit/rule_fake_host.h"

#include <libaudit.h>

/* Appends the one statement of `text` to *set, for an x86_64 host; fails the test otherwise. */
static inline const struct rule_statement *parse_one(struct rule_set *set, const char *text)
{
	CLEANUP(diagnostics_done) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	struct rule_parse_options options = {
		.host = fake_host(MACH_86_64), .listing = true, .io_uring = true};
	struct error error = ERROR_INIT;
	size_t before = set->count;

	assert_int_equal(
		rule_parse_line(set, "t", 1, text, strlen(text), &options, &diagnostics, &error),
		0);
	assert_int_equal(diagnostics.count, 0);
	assert_int_equal(set->count, before + 1);
	return &set->statements[before];
}

#endif
