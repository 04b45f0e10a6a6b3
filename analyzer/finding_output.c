#include "analyzer/finding_output.h"

#include "analyzer/csv_output.h"
#include "analyzer/ecs.h"
#include "analyzer/event_identity.h"
#include "analyzer/event_phrase.h"
#include "analyzer/json_path.h"
#include "analyzer/time_format.h"
#include "common/escape.h"
#include "common/json_output.h"

#include <errno.h>
#include <inttypes.h>

int finding_what(const struct stored_event *event, struct text *text)
{
	CLEANUP(text_done) struct text object = TEXT_INIT;

	if (event_phrase_action(event, text) || event_phrase_object(event, &object))
		return -1;
	if (object.length == 0)
		return 0;
	return text_append_char(text, ' ') || text_append(text, object.bytes, object.length) ? -1
											     : 0;
}

int finding_techniques(const struct stored_rule *rule, struct text *text)
{
	for (size_t i = 0; i < rule->v18.count; i++)
		if ((i && text_append_string(text, ", ")) ||
		    text_append_string(text, rule->v18.ids[i]))
			return -1;
	return 0;
}

const char *finding_level_style(const struct terminal_style *style, enum stored_level level)
{
	if (level >= LEVEL_HIGH)
		return style->bad;
	return level == LEVEL_MEDIUM ? style->warn : "";
}

static json_t *technique_array(const struct techniques *techniques)
{
	json_t *array = json_array();

	for (size_t i = 0; array && i < techniques->count; i++) {
		if (json_array_append_new(array, json_string(techniques->ids[i]))) {
			json_decref(array);
			return NULL;
		}
	}
	return array;
}

int finding_json_rule(json_t *object, const struct stored_rule *rule)
{
	if (json_path_set(object, "rule.id", json_untrusted_string(rule->id)) ||
	    json_path_set(object, "rule.name", json_untrusted_string(rule->name)) ||
	    json_path_set_string(object, "rule.level", stored_level_name(rule->level)) ||
	    json_path_set(object, "rule.description", json_untrusted_string(rule->description)) ||
	    json_path_set(object, "threat.technique.id", technique_array(&rule->v18)))
		return -1;
	if (rule->v19.count == 0)
		return 0;
	return json_path_set(object, "threat.technique.id_v19", technique_array(&rule->v19));
}

static int fill(json_t *object, const struct stored_finding *finding)
{
	CLEANUP(text_done) struct text id = TEXT_INIT;
	CLEANUP(text_done) struct text what = TEXT_INIT;
	const struct event *event = &finding->event->event;
	char time[TIME_TEXT_SIZE];
	struct slice ids[1];

	time_format(event->id.time, true, time);
	if (event_identity_format(&event->id, &id) || finding_what(finding->event, &what))
		return -1;
	ids[0] = (struct slice){.bytes = id.bytes, .length = id.length};
	if (json_path_set_string(object, "event.kind", "alert") ||
	    json_path_set_string(object, "event.start", time) ||
	    json_path_set_string(object, "event.end", time) ||
	    finding_json_rule(object, finding->rule) ||
	    json_path_set_slices(object, "auditd.event_ids", ids, 1))
		return -1;
	return json_path_set_slice(object, "message",
				   (struct slice){.bytes = what.bytes, .length = what.length});
}

json_t *finding_json(const struct stored_finding *finding)
{
	json_t *object = ecs_event(finding->event);

	if (object && fill(object, finding)) {
		json_decref(object);
		return NULL;
	}
	return object;
}

struct finding_texts {
	struct text user, what, techniques, id;
};

static void finding_texts_done(struct finding_texts *texts)
{
	text_done(&texts->user);
	text_done(&texts->what);
	text_done(&texts->techniques);
	text_done(&texts->id);
}

static int fill_texts(const struct stored_finding *finding, struct finding_texts *texts,
		      struct error *error)
{
	if (event_text_login_user(&finding->event->event, &texts->user) ||
	    finding_what(finding->event, &texts->what) ||
	    finding_techniques(finding->rule, &texts->techniques) ||
	    event_identity_format(&finding->event->event.id, &texts->id))
		return error_set_memory(error, "cannot write a finding");
	return 0;
}

static void print(FILE *stream, const struct text *text)
{
	escape_print(stream, text_string(text), text->length);
}

int finding_line(const struct event_text *output, const struct stored_finding *finding,
		 struct error *error)
{
	CLEANUP(finding_texts_done) struct finding_texts texts = {.user = TEXT_INIT};
	const struct event *event = &finding->event->event;
	const struct terminal_style *style = &output->style;
	FILE *stream = output->stream;
	char time[TIME_TEXT_SIZE];

	if (fill_texts(finding, &texts, error))
		return -1;
	time_format(event->id.time, output->utc, time);
	errno = 0;
	(void)fprintf(stream, "%s %s%-8s%s ", time,
		      finding_level_style(style, finding->rule->level),
		      stored_level_name(finding->rule->level), style->off);
	print(stream, &texts.user);
	if (event->pid != EVENT_UNSET)
		(void)fprintf(stream, " pid %" PRId64, event->pid);
	(void)fputc(' ', stream);
	escape_print(stream, event->exe.bytes ? event->exe.bytes : "", event->exe.length);
	(void)fprintf(stream, "  %s", style->strong);
	escape_print(stream, finding->rule->name, strlen(finding->rule->name));
	(void)fprintf(stream, "%s (%s): ", style->off, text_string(&texts.techniques));
	print(stream, &texts.what);
	(void)fprintf(stream, "  %s", style->dim);
	print(stream, &texts.id);
	(void)fprintf(stream, "%s\n", style->off);
	if (ferror(stream))
		return error_set_errno(error, errno ? errno : EIO, "cannot write the result",
				       "standard output");
	return 0;
}

enum csv_column {
	CSV_START,
	CSV_END,
	CSV_LEVEL,
	CSV_RULE_ID,
	CSV_RULE_NAME,
	CSV_TECHNIQUES,
	CSV_HOST,
	CSV_LOGIN_ID,
	CSV_LOGIN,
	CSV_PID,
	CSV_EXECUTABLE,
	CSV_WHAT,
	CSV_EVENT_IDS,
	CSV_COLUMN_COUNT,
};

int finding_csv_header(const struct event_text *output, struct error *error)
{
	static const char *const names[] = {
		[CSV_START] = "start",
		[CSV_END] = "end",
		[CSV_LEVEL] = "rule_level",
		[CSV_RULE_ID] = "rule_id",
		[CSV_RULE_NAME] = "rule_name",
		[CSV_TECHNIQUES] = "technique_id",
		[CSV_HOST] = "host",
		[CSV_LOGIN_ID] = "user_audit_id",
		[CSV_LOGIN] = "user_audit",
		[CSV_PID] = "process_pid",
		[CSV_EXECUTABLE] = "process_executable",
		[CSV_WHAT] = "what",
		[CSV_EVENT_IDS] = "event_ids",
	};
	struct slice fields[CSV_COLUMN_COUNT];

	for (size_t i = 0; i < CSV_COLUMN_COUNT; i++)
		fields[i] = slice_of(names[i]);
	return csv_write_row(output->stream, fields, CSV_COLUMN_COUNT, error);
}

static struct slice number_slice(int64_t number, char text[24])
{
	if (number == EVENT_UNSET)
		return (struct slice)SLICE_NONE;
	(void)snprintf(text, 24, "%" PRId64, number);
	return slice_of(text);
}

int finding_csv_row(const struct event_text *output, const struct stored_finding *finding,
		    struct error *error)
{
	CLEANUP(finding_texts_done) struct finding_texts texts = {.user = TEXT_INIT};
	const struct event *event = &finding->event->event;
	struct slice fields[CSV_COLUMN_COUNT];
	char time[TIME_TEXT_SIZE], auid[24], pid[24];

	if (fill_texts(finding, &texts, error))
		return -1;
	time_format(event->id.time, output->utc, time);
	fields[CSV_START] = fields[CSV_END] = slice_of(time);
	fields[CSV_LEVEL] = slice_of(stored_level_name(finding->rule->level));
	fields[CSV_RULE_ID] = slice_of(finding->rule->id);
	fields[CSV_RULE_NAME] = slice_of(finding->rule->name);
	fields[CSV_TECHNIQUES] = slice_of(text_string(&texts.techniques));
	fields[CSV_HOST] = event->id.node;
	fields[CSV_LOGIN_ID] = number_slice(event->auid, auid);
	fields[CSV_LOGIN] = (struct slice){text_string(&texts.user), texts.user.length};
	fields[CSV_PID] = number_slice(event->pid, pid);
	fields[CSV_EXECUTABLE] = event->exe;
	fields[CSV_WHAT] = (struct slice){text_string(&texts.what), texts.what.length};
	fields[CSV_EVENT_IDS] = (struct slice){text_string(&texts.id), texts.id.length};
	return csv_write_row(output->stream, fields, CSV_COLUMN_COUNT, error);
}
