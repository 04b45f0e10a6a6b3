/*
 * Any bytes as a rule file. What parses must print, and read back as the same rule; encode, decode
 * and compare equal; and be checked without a fault of ours.
 */
#include "tests/fuzz/fuzz.h"

#include "auditmgr/rule_check.h"
#include "auditmgr/rule_compare.h"
#include "auditmgr/rule_encode.h"
#include "auditmgr/rule_parse.h"
#include "auditmgr/rule_print.h"
#include "tests/unit/rule_fake_host.h"

#include <libaudit.h>

/* The strict options, and those for listings and other machines: the first byte chooses. */
static struct rule_parse_options choose(uint8_t choice)
{
	static const int machines[] = {MACH_86_64, MACH_AARCH64, MACH_PPC64LE, MACH_X86};
	struct rule_parse_options options = {
		.host = fake_host(machines[choice & 3]),
		.drop_missing_syscalls = choice & 4,
		.listing = choice & 8,
		.io_uring = choice & 16,
	};

	return options;
}

/* What a parsed statement was printed as, read again. */
static void check_print(const struct rule_statement *statement,
			const struct rule_parse_options *options)
{
	CLEANUP(rule_set_done) struct rule_set again = RULE_SET_INIT;
	CLEANUP(diagnostics_done) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	CLEANUP(text_done) struct text text = TEXT_INIT;
	struct error error = ERROR_INIT;

	if (rule_print_statement(&text, statement, options->host.machine, &error)) {
		FUZZ_REQUIRE(error.kind == ERROR_INPUT && text.length == 0);
		return;
	}
	/* a line of the longest kind may print longer than auditctl reads */
	if (text.length > RULE_LINE_MAX)
		return;
	FUZZ_REQUIRE(rule_parse_line(&again, "again", 1, text.bytes, text.length, options,
				     &diagnostics, &error) == 0);
	FUZZ_REQUIRE(diagnostics.count == 0 && again.count == 1);
	FUZZ_REQUIRE(again.statements[0].kind == statement->kind);
	if (statement->kind == RULE_STATEMENT_RULE) {
		FUZZ_REQUIRE(rule_compare_identical(&statement->rule, &again.statements[0].rule));
		FUZZ_REQUIRE(again.statements[0].rule.verb == statement->rule.verb);
	} else {
		const struct rule_control *control = &again.statements[0].control;

		FUZZ_REQUIRE(control->kind == statement->control.kind);
		FUZZ_REQUIRE(control->value == statement->control.value);
		FUZZ_REQUIRE(slice_equal(control->text, statement->control.text));
	}
}

static void check_encode(const struct rule *rule)
{
	CLEANUP(arena_done) struct arena arena = ARENA_INIT;
	CLEANUP(text_done) struct text payload = TEXT_INIT;
	struct error error = ERROR_INIT;
	struct rule decoded;

	FUZZ_REQUIRE(rule_encode(&payload, rule, &error) == 0);
	FUZZ_REQUIRE(rule_decode(&arena, &decoded, payload.bytes, payload.length, &error) == 0);
	FUZZ_REQUIRE(rule_compare_identical(rule, &decoded));
	FUZZ_REQUIRE(rule_compare(rule, &decoded) == RULE_EQUAL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(rule_set_done) struct rule_set set = RULE_SET_INIT;
	CLEANUP(diagnostics_done) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	struct rule_parse_options options;
	struct error error = ERROR_INIT;

	if (size == 0)
		return 0;
	options = choose(data[0]);
	FUZZ_REQUIRE(rule_parse_file(&set, "fuzz", (const char *)data + 1, size - 1, &options,
				     &diagnostics, &error) == 0);
	for (size_t i = 0; i < set.count; i++) {
		check_print(&set.statements[i], &options);
		if (set.statements[i].kind == RULE_STATEMENT_RULE)
			check_encode(&set.statements[i].rule);
	}
	FUZZ_REQUIRE(rule_check(&set, &options.host, RULE_CHECK_WRITTEN, &diagnostics, &error) ==
		     0);
	FUZZ_REQUIRE(diagnostics_sort(&diagnostics) == 0);
	return 0;
}
