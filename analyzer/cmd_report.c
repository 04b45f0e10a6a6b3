#include "analyzer/commands.h"

#include "common/file.h"
#include "common/json_output.h"
#include "common/output_format.h"

#include "analyzer/filter_unseen.h"
#include "analyzer/report.h"

#include <errno.h>

enum {
	REPORT_MODE = 0640, /* what audit saw is not for everyone */
};

static const struct option_spec options[] = {
	STORE_READ_OPTION,
	{"level", 0, "LEVEL", "findings of this level and above"},
	FILTER_OPTIONS,
	{"format", 0, "FORMAT", "text (default) or json"},
	{"output", 'o', "FILE", "write to FILE instead of standard output"},
	{"utc", 0, NULL, "show times and count days in UTC instead of local time"},
};

static int write_report(const struct report *report, enum output_format format, FILE *stream,
			struct error *error)
{
	CLEANUP(json_done) json_t *object = NULL;

	if (format == OUTPUT_TEXT)
		return report_text(report, stream, error);
	object = report_json(report);
	if (!object)
		return error_set_memory(error, "cannot write the report");
	return json_write_indented(stream, object, error);
}

/* FILE is replaced as a whole, so that nobody reads half a report. */
static int write_file(const struct report *report, enum output_format format, const char *path,
		      struct error *error)
{
	CLEANUP(free_pointer) char *bytes = NULL;
	size_t length = 0;
	FILE *stream = open_memstream(&bytes, &length);
	int failed;

	if (!stream)
		return error_set_memory(error, "cannot write the report");
	failed = write_report(report, format, stream, error);
	if (fclose(stream) != 0 && !failed)
		failed = error_set_memory(error, "cannot write the report");
	if (failed)
		return -1;
	return file_replace(path, bytes, length, REPORT_MODE, error);
}

static int run_report(const struct invocation *invocation, struct error *error)
{
	const char *path = invocation_value(invocation, "store");
	const char *target = invocation_value(invocation, "output");
	CLEANUP(filter_done) struct filter filter = FILTER_INIT;
	CLEANUP(store_reader_done) struct store_reader *reader = NULL;
	CLEANUP(report_done) struct report report = {.memory = ARENA_INIT};
	int64_t now = time_now();
	enum output_format format;
	enum stored_level level;

	if (invocation->operand_count > 0)
		return error_set(error, ERROR_INPUT, "too many operands", invocation->operands[0],
				 "report takes options only");
	if (output_format_parse(invocation_value(invocation, "format"), OUTPUT_TEXT | OUTPUT_JSON,
				&format, error) ||
	    stored_level_parse(invocation_value(invocation, "level"), &level, error) ||
	    filter_parse(invocation, now, &filter, error))
		return -1;
	path = path ? path : STORE_DEFAULT_PATH;
	reader = store_reader_open(path, error);
	if (!reader || report_gather(reader, path, &filter, level,
				     invocation_has(invocation, "utc"), now, &report, error))
		return -1;
	if (report.events == 0 && filter_unseen_print(reader, &filter, invocation, stderr, error))
		return -1;
	if (target && strcmp(target, "-") != 0)
		return write_file(&report, format, target, error);
	return write_report(&report, format, stdout, error);
}

static enum exit_status run(const struct invocation *invocation, struct error *error)
{
	return run_report(invocation, error) ? error_exit_status(error) : EXIT_HOLDS;
}

const struct command command_report = {
	.name = "report",
	.operands = "",
	.summary = "summarize a period: findings, who did what, and what may be missing",
	.details = "Each finding names its rule, level and ATT&CK techniques, the login user, what "
		   "was done, when, and\n"
		   "the ids of the events behind it; the same act of the same user, found many "
		   "times, is one entry.\n"
		   "The filters are those of `timeline`; --limit is of findings.",
	.examples = "  $ analyzer report --since yesterday --until today\n"
		    "  $ analyzer report --format json -o report.json",
	.options = options,
	.option_count = sizeof(options) / sizeof(options[0]),
	.run = run,
};
