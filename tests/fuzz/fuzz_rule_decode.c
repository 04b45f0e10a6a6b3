/*
 * Any bytes as the kernel's answer. What is read must encode to a rule that reads the same, be
 * compared with itself as equal, be described, and, where it can be printed, parse.
 */
#include "tests/fuzz/fuzz.h"

#include "auditmgr/rule_compare.h"
#include "auditmgr/rule_encode.h"
#include "auditmgr/rule_parse.h"
#include "auditmgr/rule_print.h"
#include "tests/unit/rule_fake_host.h"

#include <libaudit.h>

static void check_print(const struct rule *rule)
{
	CLEANUP(rule_set_done) struct rule_set set = RULE_SET_INIT;
	CLEANUP(diagnostics_done) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	CLEANUP(text_done) struct text text = TEXT_INIT;
	struct rule_parse_options options = {.host = fake_host(MACH_86_64), .io_uring = true};
	struct error error = ERROR_INIT;

	FUZZ_REQUIRE(rule_describe(&text, rule, MACH_86_64) == 0);
	text_clear(&text);
	if (rule_print(&text, rule, MACH_86_64, &error)) {
		FUZZ_REQUIRE(error.kind == ERROR_INPUT);
		return;
	}
	FUZZ_REQUIRE(rule_parse_line(&set, "printed", 1, text.bytes, text.length, &options,
				     &diagnostics, &error) == 0);
	/* the kernel holds rules that auditctl can't make: the parser refuses those */
	if (diagnostics.errors == 0 && text.length <= RULE_LINE_MAX) {
		FUZZ_REQUIRE(set.count == 1);
		FUZZ_REQUIRE(rule_compare(rule, &set.statements[0].rule) == RULE_EQUAL);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(arena_done) struct arena arena = ARENA_INIT;
	CLEANUP(text_done) struct text payload = TEXT_INIT;
	struct error error = ERROR_INIT;
	struct rule rule;
	struct rule again;

	if (rule_decode(&arena, &rule, data, size, &error)) {
		FUZZ_REQUIRE(error.kind == ERROR_INPUT);
		return 0;
	}
	FUZZ_REQUIRE(rule_compare(&rule, &rule) == RULE_EQUAL);
	check_print(&rule);
	if (rule_encode(&payload, &rule, &error))
		return 0;
	FUZZ_REQUIRE(rule_decode(&arena, &again, payload.bytes, payload.length, &error) == 0);
	FUZZ_REQUIRE(rule_compare_identical(&rule, &again));
	return 0;
}
