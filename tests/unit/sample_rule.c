#include "tests/unit/sample_rule.h"

#include "common/text.h"

struct sigma_rule *sample_rule(const char *text, struct diagnostics *diagnostics)
{
	CLEANUP(arena_done) struct arena arena = ARENA_INIT;
	CLEANUP(sigma_yaml_done)
	struct sigma_yaml *yaml = sigma_yaml_new("test.yml", text, strlen(text));
	const struct sigma_node *document = NULL;
	struct sigma_rule *rule = NULL;
	struct error error = ERROR_INIT;

	if (!yaml)
		abort();
	switch (sigma_yaml_next(yaml, &arena, &document, diagnostics, &error)) {
	case SIGMA_YAML_DOCUMENT:
		if (sigma_rule_compile(document, "test.yml", &rule, diagnostics, &error))
			abort();
		return rule;
	case SIGMA_YAML_REFUSED:
		return NULL;
	default:
		abort();
	}
}

/* Appends `detection` with each line indented. */
static int append_indented(struct text *text, const char *detection)
{
	while (*detection) {
		const char *end = strchrnul(detection, '\n');

		if (text_append_string(text, "  ") ||
		    text_append(text, detection, (size_t)(end - detection)) ||
		    text_append_char(text, '\n'))
			return -1;
		detection = *end ? end + 1 : end;
	}
	return 0;
}

struct sigma_rule *sample_rule_detecting(const char *logsource, const char *detection)
{
	CLEANUP(diagnostics_done) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	CLEANUP(text_done) struct text text = TEXT_INIT;
	struct sigma_rule *rule;

	if (text_append_format(&text,
			       "title: test\nid: 00000000-0000-4000-8000-000000000000\n"
			       "logsource: %s\ndetection:\n",
			       logsource) ||
	    append_indented(&text, detection))
		abort();
	rule = sample_rule(text_string(&text), &diagnostics);
	if (!rule) {
		diagnostics_print(&diagnostics, stderr);
		abort();
	}
	return rule;
}
