#include "analyzer/commands.h"

#include "analyzer/detector.h"
#include "common/escape.h"
#include "common/json_output.h"
#include "common/output_format.h"

static const struct option_spec options[] = {
	{"format", 0, "FORMAT", "how to print: text (default) or json"},
};

/* "what: why", as a diagnostic prints it */
static json_t *reason(const struct diagnostic *diagnostic)
{
	CLEANUP(text_done) struct text text = TEXT_INIT;

	if (text_append_format(&text, "%s: %s", diagnostic->what, diagnostic->why))
		return NULL;
	return json_untrusted(text_string(&text), text.length);
}

static int print_json(size_t loaded, const struct diagnostics *diagnostics, struct error *error)
{
	CLEANUP(json_done) json_t *refused = json_array();
	CLEANUP(json_done) json_t *result = NULL;

	for (size_t i = 0; i < diagnostics->count; i++) {
		const struct diagnostic *item = &diagnostics->items[i];
		json_t *entry =
			json_pack("{s:o, s:i, s:o}", "file", json_untrusted_string(item->file),
				  "line", (int)item->line, "reason", reason(item));

		if (!entry || json_array_append_new(refused, entry))
			return error_set_memory(error, "cannot write the result");
	}
	result = json_pack("{s:I, s:O}", "loaded", (json_int_t)loaded, "refused", refused);
	if (!result)
		return error_set_memory(error, "cannot write the result");
	return json_write_line(stdout, result, error);
}

static void print_text(const struct detector *detector, const struct diagnostics *diagnostics)
{
	for (size_t i = 0; i < detector_rule_count(detector); i++) {
		const struct sigma_rule *rule = detector_rule(detector, i);

		(void)printf("%s  %-13s  ", rule->id, sigma_level_name(rule->level));
		escape_print(stdout, rule->title, strlen(rule->title));
		(void)putchar('\n');
	}
	diagnostics_print(diagnostics, stdout);
	(void)printf("%zu loaded, %zu refused\n", detector_rule_count(detector),
		     diagnostics->count);
}

static int check_operands(const struct invocation *invocation, struct error *error)
{
	if (invocation->operand_count > 0 && strcmp(invocation->operands[0], "check") != 0)
		return error_set(error, ERROR_INPUT, "cannot do this with rules",
				 invocation->operands[0], "check is what there is");
	if (invocation->operand_count < 2)
		return error_set(error, ERROR_INPUT, "nothing to do", "rules",
				 "what to check is not given");
	if (invocation->operand_count > 2)
		return error_set(error, ERROR_INPUT, "too many operands", invocation->operands[2],
				 "rules check takes one directory");
	return 0;
}

static enum exit_status run(const struct invocation *invocation, struct error *error)
{
	CLEANUP(diagnostics_done) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	CLEANUP(detector_done) struct detector *detector = NULL;
	const char *directory;
	enum output_format format;

	if (output_format_parse(invocation_value(invocation, "format"), OUTPUT_TEXT | OUTPUT_JSON,
				&format, error))
		return EXIT_BAD_INPUT;
	if (check_operands(invocation, error)) {
		error_set_remedy(error, "analyzer rules check DIR");
		return EXIT_BAD_INPUT;
	}
	directory = invocation->operands[1];
	detector = detector_new(&directory, 1, &diagnostics, error);
	if (!detector)
		return error_exit_status(error);
	if (format == OUTPUT_TEXT)
		print_text(detector, &diagnostics);
	else if (print_json(detector_rule_count(detector), &diagnostics, error))
		return EXIT_SYSTEM;
	return diagnostics.count ? EXIT_DOES_NOT_HOLD : EXIT_HOLDS;
}

const struct command command_rules = {
	.name = "rules",
	.operands = "check DIR",
	.summary = "read detections and say which are refused, and why",
	.details =
		"Reads every Sigma file (*.yml, *.yaml) below DIR as `ingest --detections DIR` "
		"does. A document\n"
		"that asks for something that is not supported is refused as a whole, with file, "
		"line and reason.\n"
		"Exit status: 0 none is refused, 1 some are, 2 DIR can't be read.",
	.examples = "  $ analyzer rules check /etc/auditmgr/detections\n"
		    "  $ analyzer rules check --format json sigma/rules/linux/auditd",
	.options = options,
	.option_count = sizeof(options) / sizeof(options[0]),
	.run = run,
};
