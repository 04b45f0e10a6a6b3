#include "analyzer/event_text.h"

#include "analyzer/csv_output.h"
#include "analyzer/event_identity.h"
#include "analyzer/event_phrase.h"
#include "analyzer/time_format.h"
#include "common/escape.h"

#include <errno.h>
#include <inttypes.h>

static int append_user(struct text *text, struct slice name, int64_t number)
{
	if (number == EVENT_NO_LOGIN)
		return text_append_string(text, "unset");
	if (name.bytes)
		return text_append(text, name.bytes, name.length);
	if (number == EVENT_UNSET)
		return text_append_char(text, '?');
	return text_append_format(text, "%" PRId64, number);
}

int event_text_login_user(const struct event *event, struct text *text)
{
	return append_user(text, event->auid_name, event->auid);
}

int event_text_user(const struct event *event, struct text *text)
{
	return append_user(text, event->uid_name, event->uid);
}

static struct slice program_of(const struct event *event)
{
	struct slice name = event->exe;
	const char *slash = name.length ? memrchr(name.bytes, '/', name.length) : NULL;

	if (slash) {
		name.length -= (size_t)(slash + 1 - name.bytes);
		name.bytes = slash + 1;
	}
	/* a container's runtime runs as "/" while it builds the container */
	return name.length ? name : event->comm;
}

static int append_keys(const struct event *event, struct text *text)
{
	for (size_t i = 0; i < event->key_count; i++)
		if ((i && text_append_char(text, ',')) ||
		    text_append(text, event->keys[i].bytes, event->keys[i].length))
			return -1;
	return 0;
}

/* Prints `bytes` escaped and blanks up to `width` columns (of bytes: wide letters come out short).
 */
static void print_column(FILE *stream, const struct text *plain, int width)
{
	int padding = (int)(plain->length < 1000 ? plain->length : 1000);

	escape_print(stream, text_string(plain), plain->length);
	(void)fprintf(stream, "%*s ", width > padding ? width - padding : 0, "");
}

void event_text_header(const struct event_text *output)
{
	(void)fprintf(output->stream, "%s%-*s %-10s %7s %-16s %-4s %s%s\n", output->style.dim,
		      output->utc ? 24 : 29, "TIME", "LOGIN", "PID", "PROGRAM", "", "WHAT",
		      output->style.off);
}

static void print_outcome(const struct event_text *output, enum event_outcome outcome)
{
	switch (outcome) {
	case EVENT_SUCCESS:
		(void)fputs("ok   ", output->stream);
		break;
	case EVENT_FAILURE:
		(void)fprintf(output->stream, "%sFAIL%s ", output->style.bad, output->style.off);
		break;
	case EVENT_OUTCOME_UNKNOWN:
		(void)fputs("-    ", output->stream);
		break;
	}
}

static void print_tail(const struct event_text *output, const struct text *keys,
		       const struct text *id)
{
	if (keys->length) {
		(void)fprintf(output->stream, "  %s[", output->style.key);
		escape_print(output->stream, keys->bytes, keys->length);
		(void)fprintf(output->stream, "]%s", output->style.off);
	}
	(void)fprintf(output->stream, "  %s", output->style.dim);
	escape_print(output->stream, text_string(id), id->length);
	(void)fprintf(output->stream, "%s\n", output->style.off);
}

int event_text_line(const struct event_text *output, const struct stored_event *stored,
		    struct error *error)
{
	CLEANUP(text_done) struct text user = TEXT_INIT;
	CLEANUP(text_done) struct text program = TEXT_INIT;
	CLEANUP(text_done) struct text what = TEXT_INIT;
	CLEANUP(text_done) struct text keys = TEXT_INIT;
	CLEANUP(text_done) struct text id = TEXT_INIT;
	const struct event *event = &stored->event;
	struct slice name = program_of(event);
	char time[TIME_TEXT_SIZE];

	if (event_text_login_user(event, &user) || text_append(&program, name.bytes, name.length) ||
	    event_phrase_action(stored, &what) || text_append_char(&what, ' ') ||
	    event_phrase_object(stored, &what) || append_keys(event, &keys) ||
	    event_identity_format(&event->id, &id))
		return error_set_memory(error, "cannot write an event");
	time_format(event->id.time, output->utc, time);
	errno = 0;
	(void)fprintf(output->stream, "%s ", time);
	print_column(output->stream, &user, 10);
	if (event->pid == EVENT_UNSET)
		(void)fprintf(output->stream, "%7s ", "-");
	else
		(void)fprintf(output->stream, "%7" PRId64 " ", event->pid);
	print_column(output->stream, &program, 16);
	print_outcome(output, event->outcome);
	escape_print(output->stream, text_string(&what), what.length);
	print_tail(output, &keys, &id);
	if (ferror(output->stream))
		return error_set_errno(error, errno ? errno : EIO, "cannot write the result",
				       "standard output");
	return 0;
}

enum csv_column {
	CSV_TIME,
	CSV_ID,
	CSV_HOST,
	CSV_LOGIN_ID,
	CSV_LOGIN_NAME,
	CSV_USER_ID,
	CSV_USER_NAME,
	CSV_SESSION,
	CSV_PID,
	CSV_PARENT_PID,
	CSV_EXECUTABLE,
	CSV_NAME,
	CSV_OUTCOME,
	CSV_ACTION,
	CSV_OBJECT,
	CSV_KEYS,
	CSV_TYPES,
	CSV_COLUMN_COUNT,
};

static const char *const csv_names[] = {
	[CSV_TIME] = "time",
	[CSV_ID] = "event_id",
	[CSV_HOST] = "host",
	[CSV_LOGIN_ID] = "user_audit_id",
	[CSV_LOGIN_NAME] = "user_audit_name",
	[CSV_USER_ID] = "user_id",
	[CSV_USER_NAME] = "user_name",
	[CSV_SESSION] = "session",
	[CSV_PID] = "process_pid",
	[CSV_PARENT_PID] = "process_parent_pid",
	[CSV_EXECUTABLE] = "process_executable",
	[CSV_NAME] = "process_name",
	[CSV_OUTCOME] = "outcome",
	[CSV_ACTION] = "action",
	[CSV_OBJECT] = "object",
	[CSV_KEYS] = "keys",
	[CSV_TYPES] = "record_types",
};

int event_text_csv_header(const struct event_text *output, struct error *error)
{
	struct slice fields[CSV_COLUMN_COUNT];

	for (size_t i = 0; i < CSV_COLUMN_COUNT; i++)
		fields[i] = slice_of(csv_names[i]);
	return csv_write_row(output->stream, fields, CSV_COLUMN_COUNT, error);
}

struct csv_texts {
	char time[TIME_TEXT_SIZE];
	char numbers[CSV_COLUMN_COUNT][24];
	struct text id, action, object, keys, types;
};

static void csv_texts_done(struct csv_texts *texts)
{
	text_done(&texts->id);
	text_done(&texts->action);
	text_done(&texts->object);
	text_done(&texts->keys);
	text_done(&texts->types);
}

static struct slice slice_of_text(const struct text *text)
{
	return (struct slice){.bytes = text_string(text), .length = text->length};
}

static void set_number(struct csv_texts *texts, struct slice *fields, enum csv_column column,
		       int64_t number)
{
	if (number == EVENT_UNSET)
		return;
	(void)snprintf(texts->numbers[column], sizeof(texts->numbers[column]), "%" PRId64, number);
	fields[column] = slice_of(texts->numbers[column]);
}

static int fill_texts(const struct stored_event *stored, struct csv_texts *texts)
{
	if (event_identity_format(&stored->event.id, &texts->id) ||
	    event_phrase_action(stored, &texts->action) ||
	    event_phrase_object(stored, &texts->object) ||
	    append_keys(&stored->event, &texts->keys))
		return -1;
	for (size_t i = 0; i < stored->type_count; i++)
		if ((i && text_append_char(&texts->types, ' ')) ||
		    text_append(&texts->types, stored->types[i].bytes, stored->types[i].length))
			return -1;
	return 0;
}

int event_text_csv_row(const struct event_text *output, const struct stored_event *stored,
		       struct error *error)
{
	static const char *const outcomes[] = {
		[EVENT_OUTCOME_UNKNOWN] = "unknown",
		[EVENT_SUCCESS] = "success",
		[EVENT_FAILURE] = "failure",
	};
	CLEANUP(csv_texts_done) struct csv_texts texts = {.id = TEXT_INIT};
	struct slice fields[CSV_COLUMN_COUNT] = {{.bytes = NULL}};
	const struct event *event = &stored->event;

	if (fill_texts(stored, &texts))
		return error_set_memory(error, "cannot write an event");
	time_format(event->id.time, output->utc, texts.time);
	fields[CSV_TIME] = slice_of(texts.time);
	fields[CSV_ID] = slice_of_text(&texts.id);
	fields[CSV_HOST] = event->id.node;
	fields[CSV_LOGIN_NAME] =
		event->auid == EVENT_NO_LOGIN ? slice_of("unset") : event->auid_name;
	fields[CSV_USER_NAME] = event->uid_name;
	fields[CSV_EXECUTABLE] = event->exe;
	fields[CSV_NAME] = event->comm;
	fields[CSV_OUTCOME] = slice_of(outcomes[event->outcome]);
	fields[CSV_ACTION] = slice_of_text(&texts.action);
	fields[CSV_OBJECT] = slice_of_text(&texts.object);
	fields[CSV_KEYS] = slice_of_text(&texts.keys);
	fields[CSV_TYPES] = slice_of_text(&texts.types);
	set_number(&texts, fields, CSV_LOGIN_ID, event->auid);
	set_number(&texts, fields, CSV_USER_ID, event->uid);
	set_number(&texts, fields, CSV_SESSION, event->session);
	set_number(&texts, fields, CSV_PID, event->pid);
	set_number(&texts, fields, CSV_PARENT_PID, event->ppid);
	return csv_write_row(output->stream, fields, CSV_COLUMN_COUNT, error);
}
