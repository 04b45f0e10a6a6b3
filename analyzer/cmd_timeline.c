#include "analyzer/commands.h"

#include "common/output_format.h"

#include "analyzer/ecs.h"
#include "analyzer/event_text.h"
#include "analyzer/filter.h"
#include "analyzer/filter_unseen.h"
#include "analyzer/json_stream.h"
#include "analyzer/query.h"

static const struct option_spec options[] = {
	STORE_READ_OPTION,
	FILTER_OPTIONS,
	{"format", 0, "FORMAT", "text (default), json, ndjson or csv"},
	{"utc", 0, NULL, "show times in UTC instead of local time (text and csv)"},
};

static int write_text(struct query *query, const struct event_text *output, struct error *error)
{
	const struct stored_event *event;
	int more;

	if (isatty(fileno(output->stream)))
		event_text_header(output);
	while ((more = query_next(query, &event, error)) == 1)
		if (event_text_line(output, event, error))
			return -1;
	return more;
}

static int write_csv(struct query *query, const struct event_text *output, struct error *error)
{
	const struct stored_event *event;
	int more;

	if (event_text_csv_header(output, error))
		return -1;
	while ((more = query_next(query, &event, error)) == 1)
		if (event_text_csv_row(output, event, error))
			return -1;
	return more;
}

static int write_json(struct query *query, bool lines, struct error *error)
{
	const struct stored_event *event;
	struct json_stream json;
	int more;

	json_stream_begin(&json, stdout, lines);
	while ((more = query_next(query, &event, error)) == 1)
		if (json_stream_add(&json, ecs_event(event), error))
			return -1;
	return more ? -1 : json_stream_end(&json, error);
}

static int write_events(struct query *query, enum output_format format, bool utc,
			struct error *error)
{
	struct event_text output = {
		.stream = stdout, .utc = utc, .style = terminal_style_for(stdout)};

	if (format == OUTPUT_TEXT)
		return write_text(query, &output, error);
	if (format == OUTPUT_CSV)
		return write_csv(query, &output, error);
	return write_json(query, format == OUTPUT_NDJSON, error);
}

static int run_timeline(const struct invocation *invocation, struct error *error)
{
	const char *path = invocation_value(invocation, "store");
	CLEANUP(filter_done) struct filter filter = FILTER_INIT;
	CLEANUP(store_reader_done) struct store_reader *reader = NULL;
	CLEANUP(query_done) struct query *query = NULL;
	enum output_format format;

	if (invocation->operand_count > 0)
		return error_set(error, ERROR_INPUT, "too many operands", invocation->operands[0],
				 "timeline takes options only");
	if (output_format_parse(invocation_value(invocation, "format"),
				OUTPUT_TEXT | OUTPUT_JSON | OUTPUT_NDJSON | OUTPUT_CSV, &format,
				error) ||
	    filter_parse(invocation, time_now(), &filter, error))
		return -1;
	reader = store_reader_open(path ? path : STORE_DEFAULT_PATH, error);
	if (!reader)
		return -1;
	query = query_new(reader, &filter, error);
	if (!query || write_events(query, format, invocation_has(invocation, "utc"), error))
		return -1;
	if (query_found(query))
		return 0;
	return filter_unseen_print(reader, &filter, invocation, stderr, error);
}

static enum exit_status run(const struct invocation *invocation, struct error *error)
{
	return run_timeline(invocation, error) ? error_exit_status(error) : EXIT_HOLDS;
}

const struct command command_timeline = {
	.name = "timeline",
	.operands = "",
	.summary = "show events in order of time",
	.details =
		"Several values of one option are alternatives; different options must all hold.\n"
		"\n"
		"TIME is like 2026-10-25T02:30:00Z, \"2026-10-25 02:30\" (local), today, -2h or "
		"@1795590162.\n"
		"--since takes its own moment, --until doesn't, so that ranges that follow each "
		"other share nothing.\n"
		"\n"
		"USER is the login user (auid) or the user that the process ran as (uid), by "
		"number or by the name\n"
		"that the log itself gives; auid=USER or uid=USER for one of the two; unset for no "
		"login.\n"
		"\n"
		"PATTERN is a text in which * stands for any run of bytes; escapes as they are "
		"shown (\\xF1, \\n)\n"
		"are understood. --exe without a slash means the last part of the path. --path "
		"ending in a slash\n"
		"means a directory and all below it. Paths are matched as the log has them.\n"
		"\n"
		"Exit status: 0, also where no event is found; which values no event of the store "
		"has at all is\n"
		"then said on standard error.",
	.examples =
		"  $ analyzer timeline --since today --key docker_config\n"
		"  $ analyzer timeline --user dev --syscall connect --path /run/docker.sock\n"
		"  $ analyzer timeline --since -2h --exe runc --format ndjson | jq .process.args",
	.options = options,
	.option_count = sizeof(options) / sizeof(options[0]),
	.run = run,
};
