#include "analyzer/commands.h"

#include "common/output_format.h"

#include "analyzer/filter_unseen.h"
#include "analyzer/finding_output.h"
#include "analyzer/json_stream.h"

static const struct option_spec options[] = {
	STORE_READ_OPTION,
	{"level", 0, "LEVEL", "this level and above: informational, low, medium, high, critical"},
	FILTER_OPTIONS,
	{"format", 0, "FORMAT", "text (default), json, ndjson or csv"},
	{"utc", 0, NULL, "show times in UTC instead of local time (text and csv)"},
};

struct output {
	enum output_format format;
	struct event_text text;
	struct json_stream json;
};

static int write_finding(struct output *output, const struct stored_finding *finding,
			 struct error *error)
{
	switch (output->format) {
	case OUTPUT_TEXT:
		return finding_line(&output->text, finding, error);
	case OUTPUT_CSV:
		return finding_csv_row(&output->text, finding, error);
	default:
		return json_stream_add(&output->json, finding_json(finding), error);
	}
}

/* Returns 1 where there are findings, 0 where there are none, or -1 with *error. */
static int write_findings(struct stored_findings *findings, struct output *output,
			  struct error *error)
{
	struct stored_finding finding;
	int more, any = 0;

	json_stream_begin(&output->json, stdout, output->format == OUTPUT_NDJSON);
	if (output->format == OUTPUT_CSV && finding_csv_header(&output->text, error))
		return -1;
	while ((more = stored_findings_next(findings, &finding, error)) == 1) {
		if (write_finding(output, &finding, error))
			return -1;
		any = 1;
	}
	if (more < 0)
		return -1;
	if ((output->format == OUTPUT_JSON || output->format == OUTPUT_NDJSON) &&
	    json_stream_end(&output->json, error))
		return -1;
	return any;
}

static int run_findings(const struct invocation *invocation, struct error *error)
{
	const char *path = invocation_value(invocation, "store");
	CLEANUP(filter_done) struct filter filter = FILTER_INIT;
	CLEANUP(store_reader_done) struct store_reader *reader = NULL;
	CLEANUP(stored_findings_done) struct stored_findings *findings = NULL;
	struct output output = {
		.text = {.stream = stdout,
			 .utc = invocation_has(invocation, "utc"),
			 .style = terminal_style_for(stdout)},
	};
	enum stored_level level;
	int any;

	if (invocation->operand_count > 0)
		return error_set(error, ERROR_INPUT, "too many operands", invocation->operands[0],
				 "findings takes options only");
	if (output_format_parse(invocation_value(invocation, "format"),
				OUTPUT_TEXT | OUTPUT_JSON | OUTPUT_NDJSON | OUTPUT_CSV,
				&output.format, error) ||
	    stored_level_parse(invocation_value(invocation, "level"), &level, error) ||
	    filter_parse(invocation, time_now(), &filter, error))
		return -1;
	reader = store_reader_open(path ? path : STORE_DEFAULT_PATH, error);
	if (!reader)
		return -1;
	findings = stored_findings_new(reader, &filter, level, error);
	any = findings ? write_findings(findings, &output, error) : -1;
	if (any == 0 && filter_unseen_print(reader, &filter, invocation, stderr, error))
		return -1;
	return any;
}

static enum exit_status run(const struct invocation *invocation, struct error *error)
{
	int result = run_findings(invocation, error);

	if (result < 0)
		return error_exit_status(error);
	return result ? EXIT_DOES_NOT_HOLD : EXIT_HOLDS;
}

const struct command command_findings = {
	.name = "findings",
	.operands = "",
	.summary = "show what the detections found",
	.details = "Each finding names its rule, level and ATT&CK techniques, the login user, what "
		   "was done, when, and\n"
		   "the ids of the events behind it (`analyzer show ID`). The filters are those of "
		   "`timeline`.\n"
		   "Exit status: 0 where nothing was found, 1 where something was.",
	.examples =
		"  $ analyzer findings --since yesterday --level high\n"
		"  $ analyzer findings --format ndjson | jq -r '.auditd.event_ids[]' | analyzer "
		"show -",
	.options = options,
	.option_count = sizeof(options) / sizeof(options[0]),
	.run = run,
};
