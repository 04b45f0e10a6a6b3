#include "analyzer/sigma_view.h"

#include "analyzer/sigma_path.h"
#include "analyzer/sigma_text.h"

#include <libaudit.h>

/* a walk over the values of one field */
struct walk {
	struct sigma_view *view;
	const struct sigma_field *field;
	sigma_visitor *visit;
	void *context;
};

static bool is_named(const struct record_field *field, const char *name)
{
	const char *bytes = field->name;

	while (*name && sigma_text_fold(*bytes) == sigma_text_fold(*name)) {
		bytes++;
		name++;
	}
	return !*bytes && !*name;
}

static bool show(const struct walk *walk, struct slice value)
{
	return value.bytes && walk->visit(walk->context, value, false);
}

static bool show_string(const struct walk *walk, const char *string)
{
	return string && show(walk, slice_of(string));
}

/* printf is too slow for what is done for every event. */
static bool show_number(const struct walk *walk, int64_t number)
{
	enum {
		DIGITS = 20 /* of 2^63, and a sign */
	};
	char digits[DIGITS];
	size_t at = DIGITS;
	uint64_t rest = number < 0 ? -(uint64_t)number : (uint64_t)number;

	if (number == EVENT_UNSET)
		return false;
	do {
		digits[--at] = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest > 0);
	if (number < 0)
		digits[--at] = '-';
	return show(walk, (struct slice){.bytes = digits + at, .length = DIGITS - at});
}

/* Starts a value in the scratch buffer. */
static struct text *scratch(const struct walk *walk)
{
	text_clear(walk->view->scratch);
	return walk->view->scratch;
}

static bool show_scratch(const struct walk *walk, int failed)
{
	const struct text *text = walk->view->scratch;

	if (failed) {
		walk->view->out_of_memory = true;
		return false;
	}
	return show(walk, (struct slice){.bytes = text_string(text), .length = text->length});
}

/* The kernel ends each argument of a process title by a NUL; rules write blanks. */
static bool show_title(const struct walk *walk, struct slice value)
{
	struct text *title = scratch(walk);
	int failed = text_append(title, value.bytes, value.length);

	for (size_t i = 0; !failed && i < title->length; i++)
		if (title->bytes[i] == '\0')
			title->bytes[i] = ' ';
	return show_scratch(walk, failed);
}

/* A path as the record has it and, where that is another text, absolute and normalised: a relative
 * name must not hide from a rule that gives the absolute one. */
static bool show_path(const struct walk *walk, struct slice name)
{
	int resolved;

	if (show(walk, name))
		return true;
	resolved = sigma_path_resolve(walk->view->event, name, scratch(walk));
	return resolved != 0 && show_scratch(walk, resolved < 0);
}

/* A login user or session that was never set: each way to write it. */
static bool show_unset(const struct walk *walk, struct slice value)
{
	if (!slice_is(value, "4294967295") && !slice_is(value, "-1"))
		return false;
	return show_string(walk, "unset") || show_string(walk, "-1") ||
	       show_string(walk, "4294967295");
}

static bool show_field(const struct walk *walk, const struct record_field *found,
		       enum sigma_field_shape shape)
{
	const struct event *event = walk->view->event;

	if (slice_is(found->raw, "(null)"))
		return walk->visit(walk->context, found->raw, true);
	if (shape == SIGMA_SHAPE_TITLE)
		return show_title(walk, found->value);
	if (shape == SIGMA_SHAPE_PATH)
		return show_path(walk, found->value);
	if (show(walk, found->value))
		return true;
	if (shape == SIGMA_SHAPE_LOGIN)
		return show_unset(walk, found->value) || show(walk, event->auid_name);
	if (shape == SIGMA_SHAPE_USER)
		return show(walk, event->uid_name);
	return shape == SIGMA_SHAPE_SESSION && show_unset(walk, found->value);
}

/* Shows the fields called `name` of one record; *found tells whether there is one. */
static bool show_record(const struct walk *walk, const struct event_record *record,
			const char *name, bool *found)
{
	char first = sigma_text_fold(name[0]);

	for (size_t i = 0; record && i < record->field_count; i++) {
		/* most names differ in their first letter */
		if (sigma_text_fold(record->fields[i].name[0]) != first ||
		    !is_named(&record->fields[i], name))
			continue;
		*found = true;
		if (show_field(walk, &record->fields[i], walk->field->shape))
			return true;
	}
	return false;
}

static bool each_record_field(const struct walk *walk, const char *name)
{
	const struct event *event = walk->view->event;
	bool found = false;

	if (show_record(walk, walk->view->record, name, &found))
		return true;
	for (size_t i = 0; !found && i < event->record_count; i++) {
		bool ignored;

		if (&event->records[i] != walk->view->record &&
		    show_record(walk, &event->records[i], name, &ignored))
			return true;
	}
	return false;
}

static bool each_path_field(const struct walk *walk)
{
	const struct event_record *record = walk->view->record;
	bool found = false;

	if (show_record(walk, record, walk->field->name.bytes, &found))
		return true;
	if (found || (record && record->type == AUDIT_PATH))
		return false;
	return show_record(walk, walk->view->path, walk->field->name.bytes, &found);
}

static bool show_argument(const struct walk *walk)
{
	const struct event *event = walk->view->event;

	return walk->field->argument < event->argument_count &&
	       show(walk, event->arguments[walk->field->argument]);
}

static bool each_argument(const struct walk *walk)
{
	const struct event_record *record = walk->view->record;
	const struct event *event = walk->view->event;
	bool found = false;

	if (record && record->type == AUDIT_EXECVE)
		return show_argument(walk);
	if (show_record(walk, record, walk->field->name.bytes, &found))
		return true;
	if (found || (record && record->type == AUDIT_SYSCALL))
		return false;
	if (event_has_type(event, AUDIT_EXECVE))
		return show_argument(walk);
	for (size_t i = 0; i < event->record_count; i++)
		if (event->records[i].type == AUDIT_SYSCALL &&
		    show_record(walk, &event->records[i], walk->field->name.bytes, &found))
			return true;
	return false;
}

static bool each_syscall(const struct walk *walk)
{
	const struct event *event = walk->view->event;

	if (event->syscall == EVENT_UNSET && !event->syscall_name)
		return each_record_field(walk, "syscall");
	return show_string(walk, event->syscall_name) || show_number(walk, event->syscall);
}

static bool each_key(const struct walk *walk)
{
	const struct event *event = walk->view->event;

	/* none of the event's own: CONFIG_CHANGE names the key of the rule that was changed */
	if (event->key_count == 0)
		return each_record_field(walk, "key");
	for (size_t i = 0; i < event->key_count; i++)
		if (show(walk, event->keys[i]))
			return true;
	return false;
}

static int join_arguments(const struct event *event, struct text *line)
{
	for (size_t i = 0; i < event->argument_count; i++) {
		struct slice argument = event->arguments[i];

		if (i > 0 && text_append_char(line, ' '))
			return -1;
		if (argument.bytes && text_append(line, argument.bytes, argument.length))
			return -1;
	}
	return 0;
}

static bool each_command_line(const struct walk *walk)
{
	struct text *line = walk->view->command_line;

	if (walk->view->event->argument_count == 0)
		return false;
	if (line->length == 0 && join_arguments(walk->view->event, line)) {
		text_clear(line);
		walk->view->out_of_memory = true;
		return false;
	}
	return show(walk, (struct slice){.bytes = text_string(line), .length = line->length});
}

static bool each_target(const struct walk *walk)
{
	const struct record_field *name, *nametype;

	if (!walk->view->path)
		return false;
	name = event_record_field(walk->view->path, "name");
	nametype = event_record_field(walk->view->path, "nametype");
	if (!name || slice_is(name->raw, "(null)") ||
	    (nametype && slice_is(nametype->value, "PARENT")))
		return false;
	return show_path(walk, name->value);
}

/* Every record as it is written, each value that the record only has encoded, and the arguments
 * with blanks between them, as a person would type them. */
static bool each_keyword_place(const struct walk *walk)
{
	const struct event *event = walk->view->event;

	for (size_t i = 0; i < event->record_count; i++) {
		const struct event_record *record = &event->records[i];

		if (show(walk, record->line))
			return true;
		for (size_t j = 0; j < record->field_count; j++) {
			const struct record_field *field = &record->fields[j];

			if (field->raw.length > 0 && field->raw.bytes[0] != '"' &&
			    !slice_equal(field->raw, field->value) &&
			    show_field(walk, field, sigma_field_shape(field->name)))
				return true;
		}
	}
	return each_command_line(walk);
}

static bool each_connection_field(const struct walk *walk)
{
	const struct event *event = walk->view->event;

	if (walk->field->kind == SIGMA_FIELD_ADDRESS)
		return show(walk, event->socket.address);
	if (walk->field->kind == SIGMA_FIELD_PORT)
		return show_number(walk, event->socket.port);
	return show_string(walk, "true"); /* only outgoing ones are seen (sigma_logsource) */
}

static bool each_process_field(const struct walk *walk)
{
	const struct event *event = walk->view->event;

	switch (walk->field->kind) {
	case SIGMA_FIELD_IMAGE:
		return show(walk, event->exe);
	case SIGMA_FIELD_COMMAND_LINE:
		return each_command_line(walk);
	case SIGMA_FIELD_CWD:
		return show(walk, event->cwd);
	case SIGMA_FIELD_USER:
		return show(walk, event->uid_name) || show_number(walk, event->uid);
	case SIGMA_FIELD_UID:
		return show_number(walk, event->uid);
	case SIGMA_FIELD_PID:
		return show_number(walk, event->pid);
	case SIGMA_FIELD_PPID:
		return show_number(walk, event->ppid);
	default:
		return false;
	}
}

bool sigma_view_each(struct sigma_view *view, const struct sigma_field *field, sigma_visitor *visit,
		     void *context)
{
	const struct walk walk = {view, field, visit, context};

	switch (field->kind) {
	case SIGMA_FIELD_KEYWORD:
		return each_keyword_place(&walk);
	case SIGMA_FIELD_TYPE:
		return view->record && show_string(&walk, view->record->type_name);
	case SIGMA_FIELD_SYSCALL:
		return each_syscall(&walk);
	case SIGMA_FIELD_KEY:
		return each_key(&walk);
	case SIGMA_FIELD_ARGUMENT:
		return each_argument(&walk);
	case SIGMA_FIELD_PATH:
		return each_path_field(&walk);
	case SIGMA_FIELD_RECORD:
		return each_record_field(&walk, field->name.bytes);
	case SIGMA_FIELD_TARGET:
		return each_target(&walk);
	case SIGMA_FIELD_ADDRESS:
	case SIGMA_FIELD_PORT:
	case SIGMA_FIELD_INITIATED:
		return each_connection_field(&walk);
	default:
		return each_process_field(&walk);
	}
}
