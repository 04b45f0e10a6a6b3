#include "analyzer/commands.h"

#include "common/output_format.h"

#include "analyzer/event_detail.h"
#include "analyzer/event_identity.h"
#include "analyzer/json_stream.h"

#include <errno.h>

static const struct option_spec options[] = {
	STORE_READ_OPTION,
	{"format", 0, "FORMAT", "text (default), raw, json or ndjson"},
	{"utc", 0, NULL, "show times in UTC instead of local time (text)"},
};

struct show {
	struct store_reader *reader;
	struct interpreter *interpreter;
	enum output_format format;
	struct event_text output;
	struct json_stream json;
};

static int write_event(struct show *show, const struct event_detail *detail, struct error *error)
{
	json_t *object;

	switch (show->format) {
	case OUTPUT_RAW:
		return event_detail_raw(stdout, detail, error);
	case OUTPUT_TEXT:
		return event_detail_text(&show->output, show->interpreter, detail, error);
	default:
		object = event_detail_json(show->interpreter, detail, error);
		return object ? json_stream_add(&show->json, object, error) : -1;
	}
}

static int show_row(struct show *show, int64_t row, struct error *error)
{
	struct event_detail detail = {.event = NULL};

	if (store_reader_event(show->reader, row, &detail.event, error) != 1 ||
	    store_reader_records(show->reader, row, &detail.records, &detail.record_count, error))
		return -1;
	return write_event(show, &detail, error);
}

/* Where the id names no node, the events of all nodes at that time with that serial. */
static int show_event(struct show *show, const char *text, struct error *error)
{
	struct event_id id;
	int64_t row = 0;
	bool any = false;
	int found;

	if (event_identity_parse(text, &id, error))
		return -1;
	while ((found = store_reader_find(show->reader, &id, row, &row, error)) == 1) {
		if (show_row(show, row, error))
			return -1;
		any = true;
	}
	if (found < 0 || any)
		return found;
	return error_set(error, ERROR_INPUT, "no such event", text, "the store doesn't have it");
}

static int show_list(struct show *show, FILE *stream, struct error *error)
{
	CLEANUP(free_pointer) char *line = NULL;
	size_t room = 0;
	ssize_t length;

	while ((length = getline(&line, &room, stream)) >= 0) {
		if (length > 0 && line[length - 1] == '\n')
			line[--length] = '\0';
		if (length > 0 && show_event(show, line, error))
			return -1;
	}
	if (ferror(stream))
		return error_set_errno(error, errno, "cannot read the list of events",
				       "standard input");
	return 0;
}

static int show_all(struct show *show, const struct invocation *invocation, struct error *error)
{
	bool json = show->format == OUTPUT_JSON || show->format == OUTPUT_NDJSON;

	json_stream_begin(&show->json, stdout, show->format == OUTPUT_NDJSON);
	for (size_t i = 0; i < invocation->operand_count; i++) {
		const char *operand = invocation->operands[i];
		int failed = strcmp(operand, "-") == 0 ? show_list(show, stdin, error)
						       : show_event(show, operand, error);

		if (failed)
			return -1;
	}
	return json ? json_stream_end(&show->json, error) : 0;
}

static int run_show(const struct invocation *invocation, struct error *error)
{
	const char *path = invocation_value(invocation, "store");
	CLEANUP(store_reader_done) struct store_reader *reader = NULL;
	CLEANUP(interpreter_done) struct interpreter *interpreter = NULL;
	struct show show = {
		.output = {.stream = stdout,
			   .utc = invocation_has(invocation, "utc"),
			   .style = terminal_style_for(stdout)},
	};

	if (output_format_parse(invocation_value(invocation, "format"),
				OUTPUT_TEXT | OUTPUT_RAW | OUTPUT_JSON | OUTPUT_NDJSON,
				&show.format, error))
		return -1;
	if (invocation->operand_count == 0) {
		error_set(error, ERROR_INPUT, "no event is named", "show",
			  "an id is like 1795590162.713:4711, and - reads ids from standard input");
		return error_set_remedy(error, "analyzer timeline shows ids at the end of a line");
	}
	reader = store_reader_open(path ? path : STORE_DEFAULT_PATH, error);
	if (!reader)
		return -1;
	interpreter = interpreter_new();
	if (!interpreter)
		return error_set_memory(error, "cannot show an event");
	show.reader = reader;
	show.interpreter = interpreter;
	return show_all(&show, invocation, error);
}

static enum exit_status run(const struct invocation *invocation, struct error *error)
{
	return run_show(invocation, error) ? error_exit_status(error) : EXIT_HOLDS;
}

const struct command command_show = {
	.name = "show",
	.operands = "EVENT...",
	.summary = "show events with their raw records and what each field means",
	.details =
		"EVENT is SECONDS.MS:SERIAL, or NODE/SECONDS.MS:SERIAL where logs of several nodes "
		"are stored; '-'\n"
		"reads ids from standard input, one a line. --format raw writes the records' bytes "
		"exactly as they\n"
		"came, each followed by a newline.",
	.examples = "  $ analyzer show 1795590162.713:4711\n"
		    "  $ analyzer show --format raw 1795590162.713:4711 | sha256sum\n"
		    "  $ analyzer timeline --key docker_sock_connect --format ndjson | jq -r "
		    ".event.id | "
		    "analyzer show -",
	.options = options,
	.option_count = sizeof(options) / sizeof(options[0]),
	.run = run,
};
