/*
 * Any bytes as a line of a log. What is taken for a record has its parts inside the line, no more
 * than their limits, and reads the same when it is written again in the form that auditd gives it.
 */
#include "tests/fuzz/fuzz.h"

#include "analyzer/record.h"
#include "common/text.h"

#include <inttypes.h>

static bool is_inside(struct slice part, struct slice line)
{
	return part.bytes >= line.bytes && part.bytes + part.length <= line.bytes + line.length;
}

static void check_again(const struct record *record)
{
	CLEANUP(text_done) struct text line = TEXT_INIT;
	struct record again;

	if (record->id.node.length)
		FUZZ_REQUIRE(text_append_format(&line, "node=%.*s ", (int)record->id.node.length,
						record->id.node.bytes) == 0);
	FUZZ_REQUIRE(text_append_format(
			     &line, "type=%.*s msg=audit(%" PRId64 ".%03" PRId64 ":%" PRIu32 "): ",
			     (int)record->type_name.length, record->type_name.bytes,
			     record->id.time / 1000, record->id.time % 1000,
			     record->id.serial) == 0);
	FUZZ_REQUIRE(text_append(&line, record->body.bytes, record->body.length) == 0);
	/* a return at the end of the body would be taken for the line's own */
	if (record->body.length && record->body.bytes[record->body.length - 1] == '\r')
		return;
	FUZZ_REQUIRE(!record_parse((struct slice){line.bytes, line.length}, 1, &again));
	FUZZ_REQUIRE(again.type == record->type);
	FUZZ_REQUIRE(slice_equal(again.type_name, record->type_name));
	FUZZ_REQUIRE(again.id.time == record->id.time && again.id.serial == record->id.serial);
	FUZZ_REQUIRE(slice_equal(again.id.node, record->id.node));
	FUZZ_REQUIRE(slice_equal(again.body, record->body));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice line = {(const char *)data, size};
	struct record record;
	const char *fault = record_parse(line, 7, &record);

	if (fault) {
		FUZZ_REQUIRE(*fault);
		return 0;
	}
	FUZZ_REQUIRE(memchr(data, '\0', size) == NULL);
	FUZZ_REQUIRE(record.line.bytes == line.bytes && record.line.length == line.length);
	FUZZ_REQUIRE(record.line_number == 7);
	FUZZ_REQUIRE(is_inside(record.body, line) && is_inside(record.id.node, line));
	FUZZ_REQUIRE(record.id.node.length <= RECORD_NODE_MAX);
	FUZZ_REQUIRE(record.type_name.length > 0 && record.type_name.length <= RECORD_TYPE_MAX);
	FUZZ_REQUIRE(record.id.time >= 0);
	check_again(&record);
	return 0;
}
