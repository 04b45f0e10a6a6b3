#include "analyzer/event_reader.h"

#include "common/arena.h"
#include "common/text.h"

#include "analyzer/auparse_line.h"
#include "analyzer/event_summary.h"
#include "analyzer/field_value.h"

#include <auparse.h>
#include <libaudit.h>

/*
 * libauparse 3.0.9 walks along all of an event's records for each that it adds or moves to, so that
 * tens of thousands take minutes: a longer event is read in runs of this many.
 */
enum {
	RUN_RECORDS = 256
};

struct event_reader {
	auparse_state_t *auparse;
	struct arena arena;
	struct text text; /* what libauparse reads */
};

struct event_reader *event_reader_new(void)
{
	struct event_reader *reader = calloc(1, sizeof(*reader));

	if (!reader)
		return NULL;
	reader->auparse = auparse_init(AUSOURCE_BUFFER, "");
	if (!reader->auparse) {
		free(reader);
		return NULL;
	}
	return reader;
}

void event_reader_free(struct event_reader *reader)
{
	if (!reader)
		return;
	auparse_destroy(reader->auparse);
	arena_done(&reader->arena);
	text_done(&reader->text);
	free(reader);
}

static int append_line(struct text *text, const struct record *record)
{
	return auparse_line_append(text, record->type_name, record->body);
}

/*
 * Names of numbers, which libauparse's table needn't be asked about: ids ("auid", "fsgid", "pid")
 * and the registers of a SYSCALL make up most of a log.
 */
static bool is_plain_number(const char *name, int type)
{
	size_t length = strlen(name);

	if (length == 2 && name[0] == 'a')
		return type == AUDIT_SYSCALL;
	return length >= 3 && name[length - 1] == 'd' && name[length - 2] == 'i';
}

/* Whether the kernel writes this field of this record as hexadecimal when it isn't plain
 * (libauparse's table). */
static bool is_encoded_field(auparse_state_t *auparse)
{
	switch (auparse_get_field_type(auparse)) {
	case AUPARSE_TYPE_ESCAPED:
	case AUPARSE_TYPE_ESCAPED_KEY:
	case AUPARSE_TYPE_ESCAPED_FILE:
	case AUPARSE_TYPE_PROCTITLE:
	case AUPARSE_TYPE_TTY_DATA:
		return true;
	default:
		return false;
	}
}

static int decode_value(struct event_reader *reader, int type, const char *name, struct slice raw,
			struct slice *value)
{
	char *decoded;

	*value = raw;
	if (field_value_unquote(raw, value) || !field_value_is_hex(raw) ||
	    is_plain_number(name, type) || !is_encoded_field(reader->auparse))
		return 0;
	decoded = field_value_decode(&reader->arena, raw);
	if (!decoded)
		return -1;
	*value = (struct slice){decoded, raw.length / 2};
	return 0;
}

static bool is_null(struct slice raw)
{
	return raw.length == 6 && memcmp(raw.bytes, "(null)", 6) == 0;
}

/* Copies, where `copy`: libauparse's own strings live until its next event only. */
static int read_field(struct event_reader *reader, int type, bool copy, struct record_field *field)
{
	const char *name = auparse_get_field_name(reader->auparse);
	const char *raw = auparse_get_field_str(reader->auparse);

	if (!name || !raw) {
		name = name ? name : "";
		raw = raw ? raw : "";
	}
	if (copy) {
		name = arena_copy(&reader->arena, name, strlen(name));
		raw = arena_copy(&reader->arena, raw, strlen(raw));
		if (!name || !raw)
			return -1;
	}
	field->name = name;
	field->raw = slice_of(raw);
	if (is_null(field->raw)) {
		field->value = (struct slice)SLICE_NONE;
		return 0;
	}
	return decode_value(reader, type, name, field->raw, &field->value);
}

static int read_fields(struct event_reader *reader, bool copy, struct event_record *record)
{
	size_t room = auparse_get_num_fields(reader->auparse), count = 0;
	struct record_field *fields =
		arena_allocate_zeroed(&reader->arena, room ? room : 1, sizeof(*fields));
	int more = auparse_first_field(reader->auparse);

	if (!fields)
		return -1;
	/* the first field is the type= that we know already */
	if (more > 0)
		more = auparse_next_field(reader->auparse);
	for (; more > 0 && count < room; more = auparse_next_field(reader->auparse))
		if (read_field(reader, record->type, copy, &fields[count++]))
			return -1;
	record->fields = fields;
	record->field_count = count;
	return 0;
}

/*
 * The records in the order that libauparse keeps together: it takes what follows a last record for
 * a new event. EOE, which says nothing, isn't shown to it: alone it would be dropped.
 */
static size_t arrange(const struct assembled_event *assembled, size_t *order)
{
	size_t count = 0;

	for (size_t i = 0; i < assembled->record_count; i++)
		if (!record_type_ends_event(assembled->records[i].type))
			order[count++] = i;
	for (size_t i = 0; i < assembled->record_count; i++)
		if (assembled->records[i].type == AUDIT_PROCTITLE)
			order[count++] = i;
	return count;
}

static int give_text(struct event_reader *reader)
{
	return auparse_new_buffer(reader->auparse, reader->text.bytes, reader->text.length);
}

/*
 * Reads the records that `order` names as one event. Returns 1 when libauparse gave back exactly
 * the records it got, 0 when not, -1 when out of memory.
 */
static int read_run(struct event_reader *reader, const struct assembled_event *assembled,
		    const size_t *order, size_t count, bool copy, struct event_record *records)
{
	text_clear(&reader->text);
	for (size_t i = 0; i < count; i++)
		if (append_line(&reader->text, &assembled->records[order[i]]))
			return -1;
	if (give_text(reader))
		return -1;
	if (auparse_next_event(reader->auparse) <= 0 ||
	    auparse_get_num_records(reader->auparse) != count ||
	    auparse_first_record(reader->auparse) <= 0)
		return 0;
	for (size_t i = 0; i < count; i++) {
		if (i > 0 && auparse_next_record(reader->auparse) <= 0)
			return 0;
		if (auparse_get_type(reader->auparse) != records[order[i]].type)
			return 0;
		if (read_fields(reader, copy, &records[order[i]]))
			return -1;
	}
	return 1;
}

/*
 * Reads all records, together where they are few. Returns 1, 0 where libauparse did not give back
 * what it got (the records are then to be read one by one), -1 when out of memory.
 */
static int read_together(struct event_reader *reader, const struct assembled_event *assembled,
			 struct event_record *records)
{
	size_t *order = arena_allocate(&reader->arena, assembled->record_count * sizeof(*order));
	size_t count, length;
	int result = 1;

	if (!order)
		return -1;
	count = arrange(assembled, order);
	for (size_t i = 0; i < count && result == 1; i += length) {
		length = count - i < RUN_RECORDS ? count - i : RUN_RECORDS;
		/* a run's strings are gone with the next one */
		result = read_run(reader, assembled, order + i, length, count > RUN_RECORDS,
				  records);
	}
	return result;
}

/* Returns 1 when libauparse read the record, 0 when it dropped it, -1 when out of memory. */
static int read_alone(struct event_reader *reader, const struct record *line,
		      struct event_record *record)
{

	record->fields = NULL;
	record->field_count = 0;
	text_clear(&reader->text);
	if (append_line(&reader->text, line) || give_text(reader))
		return -1;
	if (auparse_next_event(reader->auparse) <= 0 || auparse_first_record(reader->auparse) <= 0)
		return 0;
	return read_fields(reader, true, record) ? -1 : 1;
}

static int read_records(struct event_reader *reader, const struct assembled_event *assembled,
			struct event_record *records, int *incomplete)
{
	int result = read_together(reader, assembled, records);

	if (result != 0)
		return result < 0 ? -1 : 0;
	for (size_t i = 0; i < assembled->record_count; i++) {
		if (records[i].type == AUDIT_EOE)
			continue;
		result = read_alone(reader, &assembled->records[i], &records[i]);
		if (result < 0)
			return -1;
		if (result == 0)
			*incomplete = 1;
	}
	return 0;
}

int event_reader_read(struct event_reader *reader, const struct assembled_event *assembled,
		      struct event *event, struct error *error)
{
	struct event_record *records;

	arena_clear(&reader->arena);
	event_summary_clear(event);
	records = arena_allocate_zeroed(&reader->arena, assembled->record_count, sizeof(*records));
	if (!records)
		return error_set_memory(error, "cannot read an event");
	for (size_t i = 0; i < assembled->record_count; i++) {
		const struct record *record = &assembled->records[i];

		records[i].type = record->type;
		records[i].type_name = arena_copy(&reader->arena, record->type_name.bytes,
						  record->type_name.length);
		records[i].line = record->line;
		records[i].line_number = record->line_number;
		if (!records[i].type_name)
			return error_set_memory(error, "cannot read an event");
	}
	event->id = assembled->id;
	event->records = records;
	event->record_count = assembled->record_count;
	if (read_records(reader, assembled, records, &event->incomplete) ||
	    event_summary_fill(event, &reader->arena))
		return error_set_memory(error, "cannot read an event");
	return 0;
}
