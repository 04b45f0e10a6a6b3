#include "analyzer/event_detail.h"

#include "analyzer/ecs.h"
#include "analyzer/json_path.h"
#include "common/escape.h"
#include "common/json_output.h"

#include <errno.h>
#include <inttypes.h>

static int check_stream(FILE *stream, struct error *error)
{
	if (!ferror(stream))
		return 0;
	return error_set_errno(error, errno ? errno : EIO, "cannot write the result",
			       "standard output");
}

/* Whether the meaning says more than the record does: quotes alone are no news. */
static bool says_more(const struct interpreted_field *field)
{
	struct slice raw = field->raw;

	if (raw.length >= 2 && raw.bytes[0] == '"' && raw.bytes[raw.length - 1] == '"') {
		raw.bytes++;
		raw.length -= 2;
	}
	return !slice_equal(field->raw, field->text) && !slice_equal(raw, field->text);
}

static void print_field(const struct event_text *output, const struct interpreted_field *field)
{
	FILE *stream = output->stream;

	(void)fputs("      ", stream);
	escape_print(stream, field->name, strlen(field->name));
	(void)fprintf(stream, "=");
	escape_print(stream, field->raw.bytes, field->raw.length);
	if (field->undecodable) {
		(void)fprintf(stream, "  %s(undecodable)%s", output->style.warn, output->style.off);
	} else if (says_more(field)) {
		(void)fprintf(stream, "  %s", output->style.strong);
		escape_print(stream, field->text.bytes, field->text.length);
		(void)fputs(output->style.off, stream);
	}
	(void)fputc('\n', stream);
}

static int print_record(const struct event_text *output, struct interpreter *interpreter,
			const struct stored_record *stored, int64_t arch, struct error *error)
{
	struct interpreted_record record;
	FILE *stream = output->stream;

	if (interpreter_read(interpreter, stored->bytes, arch, &record, error))
		return -1;
	(void)fprintf(stream, "    %s", output->style.dim);
	escape_print(stream, stored->source.bytes, stored->source.length);
	(void)fprintf(stream, ":%" PRIu64 "%s\n    ", stored->line, output->style.off);
	escape_print(stream, stored->bytes.bytes, stored->bytes.length);
	(void)fputc('\n', stream);
	if (record.fault)
		(void)fprintf(stream, "      %s(not a record: %s)%s\n", output->style.warn,
			      record.fault, output->style.off);
	for (size_t i = 0; i < record.field_count; i++)
		print_field(output, &record.fields[i]);
	return check_stream(stream, error);
}

int event_detail_text(const struct event_text *output, struct interpreter *interpreter,
		      const struct event_detail *detail, struct error *error)
{
	errno = 0;
	if (event_text_line(output, detail->event, error))
		return -1;
	for (size_t i = 0; i < detail->record_count; i++)
		if (print_record(output, interpreter, &detail->records[i],
				 detail->event->event.arch, error))
			return -1;
	return 0;
}

int event_detail_raw(FILE *stream, const struct event_detail *detail, struct error *error)
{
	errno = 0;
	for (size_t i = 0; i < detail->record_count; i++) {
		struct slice bytes = detail->records[i].bytes;

		(void)fwrite(bytes.bytes, 1, bytes.length, stream);
		(void)fputc('\n', stream);
	}
	return check_stream(stream, error);
}

static json_t *field_object(const struct interpreted_field *field)
{
	json_t *object = json_object();

	if (!object)
		return NULL;
	if (json_object_set_new(object, "name", json_untrusted(field->name, strlen(field->name))) ||
	    json_object_set_new(object, "raw",
				json_untrusted(field->raw.bytes, field->raw.length)) ||
	    json_object_set_new(object, "interpreted",
				json_untrusted(field->text.bytes, field->text.length)) ||
	    (field->undecodable && json_object_set_new(object, "undecodable", json_true()))) {
		json_decref(object);
		return NULL;
	}
	return object;
}

/* of bytes that JSON can't hold as they are */
static int set_hex(json_t *object, struct slice bytes)
{
	CLEANUP(text_done) struct text hex = TEXT_INIT;
	bool valid = true;
	uint32_t point;

	for (size_t i = 0; valid && i < bytes.length;) {
		size_t taken = escape_utf8_sequence(bytes.bytes + i, bytes.length - i, &point);

		valid = taken > 0 && point != 0;
		i += taken;
	}
	if (valid)
		return 0;
	for (size_t i = 0; i < bytes.length; i++)
		if (text_append_format(&hex, "%02x", (unsigned char)bytes.bytes[i]))
			return -1;
	return json_path_set_string(object, "raw_hex", hex.bytes);
}

static int fill_record(json_t *object, const struct stored_record *stored,
		       const struct interpreted_record *record)
{
	json_t *fields = json_array();

	if ((!record->fault && json_path_set_slice(object, "type", record->record.type_name)) ||
	    json_path_set_slice(object, "source", stored->source) ||
	    json_path_set_number(object, "line", (int64_t)stored->line) ||
	    json_path_set(object, "raw",
			  json_untrusted(stored->bytes.bytes, stored->bytes.length)) ||
	    set_hex(object, stored->bytes) ||
	    (record->fault && json_path_set_string(object, "fault", record->fault))) {
		json_decref(fields);
		return -1;
	}
	if (json_path_set(object, "fields", fields))
		return -1;
	for (size_t i = 0; i < record->field_count; i++)
		if (json_array_append_new(fields, field_object(&record->fields[i])))
			return -1;
	return 0;
}

static json_t *record_object(struct interpreter *interpreter, const struct stored_record *stored,
			     int64_t arch, struct error *error)
{
	struct interpreted_record record;
	json_t *object;

	if (interpreter_read(interpreter, stored->bytes, arch, &record, error))
		return NULL;
	object = json_object();
	if (object && fill_record(object, stored, &record) == 0)
		return object;
	json_decref(object);
	error_set_memory(error, "cannot write an event");
	return NULL;
}

json_t *event_detail_json(struct interpreter *interpreter, const struct event_detail *detail,
			  struct error *error)
{
	json_t *object = ecs_event(detail->event);
	json_t *records = json_array();

	if (!object || json_path_set(object, "records", records)) {
		json_decref(object);
		error_set_memory(error, "cannot write an event");
		return NULL;
	}
	for (size_t i = 0; i < detail->record_count; i++) {
		json_t *record = record_object(interpreter, &detail->records[i],
					       detail->event->event.arch, error);

		if (record && json_array_append_new(records, record) == 0)
			continue;
		if (error->kind == ERROR_NONE)
			error_set_memory(error, "cannot write an event");
		json_decref(object);
		return NULL;
	}
	return object;
}
