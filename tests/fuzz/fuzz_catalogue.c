/*
 * Any bytes as a file of the catalogue. An entry that is read has all its metadata and rules, and
 * each rule can be filled in; what is not read has left a fault with its line.
 */
#include "tests/fuzz/fuzz.h"

#include "auditmgr/catalogue.h"

static void check_entry(const struct catalogue_entry *entry)
{
	CLEANUP(text_done) struct text line = TEXT_INIT;

	FUZZ_REQUIRE(entry->id && entry->title && entry->why && entry->line > 0);
	FUZZ_REQUIRE(entry->template_count > 0);
	for (size_t i = 0; i < entry->template_count; i++) {
		enum host_role role;
		struct slice fault;

		FUZZ_REQUIRE(catalogue_variable(entry->templates[i].text, &role, &fault) == 0);
		FUZZ_REQUIRE(catalogue_substitute(entry->templates[i].text, "b64", "/a b", &line) ==
			     0);
		FUZZ_REQUIRE(strstr(text_string(&line), "${arch}") == NULL);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(catalogue_done) struct catalogue catalogue = CATALOGUE_INIT;
	CLEANUP(diagnostics_done) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	struct error error = ERROR_INIT;

	FUZZ_REQUIRE(catalogue_parse(&catalogue, "f.rules", (const char *)data, size, &diagnostics,
				     &error) == 0 ||
		     error.kind == ERROR_INPUT);
	for (size_t i = 0; i < catalogue.count; i++)
		check_entry(&catalogue.entries[i]);
	for (size_t i = 0; i < diagnostics.count; i++)
		FUZZ_REQUIRE(diagnostics.items[i].line > 0);
	return 0;
}
