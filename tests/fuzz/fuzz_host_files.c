/*
 * Any bytes as the files that discovery reads on a host: units, environment files, containerd's
 * configuration. Each parser must end within its limits and hand out whole strings.
 */
#include "tests/fuzz/fuzz.h"

#include "auditmgr/containerd_config.h"
#include "auditmgr/unit_file.h"

static void check_words(struct arena *arena, const char *line, const struct unit_words *environment)
{
	struct unit_words words = {.count = 0};

	FUZZ_REQUIRE(unit_split(arena, line, environment, &words) == 0);
	FUZZ_REQUIRE(words.count <= UNIT_WORDS_MAX);
	for (size_t at = 0; at < words.count; at++) {
		size_t before = at;
		const char *value = unit_words_option(&words, &at, "--data-root", "-g");

		FUZZ_REQUIRE(at >= before && at < words.count);
		FUZZ_REQUIRE(!value || strlen(value) < SIZE_MAX);
	}
}

static void check_unit(const char *bytes, size_t size)
{
	CLEANUP(arena_done) struct arena arena = ARENA_INIT;
	struct unit_words environment = {.count = 0};
	struct unit unit = {.count = 0};
	const struct unit_directive *directive;
	size_t at = 0;

	FUZZ_REQUIRE(unit_parse(&unit, &arena, "unit", bytes, size) == 0);
	FUZZ_REQUIRE(unit.count <= UNIT_DIRECTIVES_MAX);
	FUZZ_REQUIRE(unit_parse_environment(&arena, bytes, size, &environment) == 0);
	for (size_t i = 0; i < environment.count; i++)
		FUZZ_REQUIRE(strchr(environment.words[i], '=') != NULL);
	/* an empty value drops those before it, so none is ever handed out */
	while ((directive = unit_next(&unit, "Service", "ExecStart", &at))) {
		FUZZ_REQUIRE(directive->value[0] != '\0');
		check_words(&arena, directive->value, NULL);
		check_words(&arena, directive->value, &environment);
	}
	unit_done(&unit);
}

static void check_containerd(const char *bytes, size_t size)
{
	CLEANUP(arena_done) struct arena arena = ARENA_INIT;
	struct containerd_config config = {.address = NULL};
	unsigned line = 0;
	int result = containerd_config_parse(&arena, bytes, size, &config, &line);

	FUZZ_REQUIRE(result == 0 || result == 1);
	FUZZ_REQUIRE((result == 1) == (line > 0));
	FUZZ_REQUIRE(!config.address || strlen(config.address) <= size);
	FUZZ_REQUIRE(!config.root || strlen(config.root) <= size);
	FUZZ_REQUIRE(!config.state || strlen(config.state) <= size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	check_unit((const char *)data, size);
	check_containerd((const char *)data, size);
	return 0;
}
