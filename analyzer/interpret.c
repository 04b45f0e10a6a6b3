#include "analyzer/interpret.h"

#include "analyzer/auparse_line.h"
#include "analyzer/enrichment.h"
#include "analyzer/field_value.h"
#include "analyzer/socket_address.h"
#include "common/arena.h"
#include "common/text.h"

#include <auparse.h>
#include <inttypes.h>

enum {
	/* auditd names ids and the like, which no record has more of: a forged one costs no more */
	ENRICHED_FIELDS_MAX = 256,
};

struct interpreter {
	auparse_state_t *auparse;
	struct arena memory; /* of the record given last */
	struct text line;    /* what libauparse reads */
};

struct interpreter *interpreter_new(void)
{
	struct interpreter *interpreter = calloc(1, sizeof(*interpreter));

	if (!interpreter)
		return NULL;
	interpreter->auparse = auparse_init(AUSOURCE_BUFFER, "");
	if (!interpreter->auparse) {
		free(interpreter);
		return NULL;
	}
	auparse_set_escape_mode(interpreter->auparse, AUPARSE_ESC_RAW);
	return interpreter;
}

void interpreter_free(struct interpreter *interpreter)
{
	if (!interpreter)
		return;
	auparse_destroy(interpreter->auparse);
	arena_done(&interpreter->memory);
	text_done(&interpreter->line);
	free(interpreter);
}

static int copy_text(struct interpreter *interpreter, const char *bytes, size_t length,
		     struct slice *text)
{
	text->bytes = arena_copy(&interpreter->memory, bytes, length);
	text->length = length;
	return text->bytes ? 0 : -1;
}

/* What the kernel writes quoted where it is plain and in hexadecimal where it isn't; `joint` stands
 * for its NULs (a command line) or its 0x01 (keys). */
static int decode_text(struct interpreter *interpreter, char separator, char joint,
		       struct interpreted_field *field)
{
	size_t length = field->raw.length / 2;
	char *decoded;

	if (field_value_unquote(field->raw, &field->text) || !field_value_is_hex(field->raw))
		return 0;
	decoded = field_value_decode(&interpreter->memory, field->raw);
	if (!decoded)
		return -1;
	for (size_t i = 0; joint && i < length; i++)
		if (decoded[i] == separator)
			decoded[i] = joint;
	field->text = (struct slice){.bytes = decoded, .length = length};
	return 0;
}

static int decode_socket(struct interpreter *interpreter, int64_t arch,
			 struct interpreted_field *field)
{
	CLEANUP(text_done) struct text text = TEXT_INIT;
	struct socket_address address;
	const char *family;
	int failed;

	if (socket_address_decode(field->raw, socket_address_big_endian(arch), &address)) {
		field->undecodable = true;
		return 0;
	}
	family = socket_family_name(address.family);
	failed = family ? text_append_string(&text, family)
			: text_append_format(&text, "family %d", address.family);
	if (!failed && address.length)
		failed = text_append_char(&text, ' ') ||
			 text_append(&text, address.text, address.length);
	if (!failed && address.port >= 0)
		failed = text_append_format(&text, " port %" PRId64, address.port);
	return failed ? -1 : copy_text(interpreter, text.bytes, text.length, &field->text);
}

static void interpret_id(struct interpreted_field *field)
{
	if (slice_is(field->raw, "4294967295") || slice_is(field->raw, "-1"))
		field->text = slice_of("unset");
}

static int ask_auparse(struct interpreter *interpreter, struct interpreted_field *field)
{
	const char *text = auparse_interpret_field(interpreter->auparse);

	if (!text)
		return 0;
	return copy_text(interpreter, text, strlen(text), &field->text);
}

static int interpret(struct interpreter *interpreter, int64_t arch, struct interpreted_field *field)
{
	/* libauparse 3.0.9 takes some values apart without asking whether there is one */
	if (field->raw.length == 0 || slice_is(field->raw, "(null)"))
		return 0;
	switch (auparse_get_field_type(interpreter->auparse)) {
	case AUPARSE_TYPE_UID:
	case AUPARSE_TYPE_GID:
		interpret_id(field);
		return 0;
	case AUPARSE_TYPE_SOCKADDR:
		return decode_socket(interpreter, arch, field);
	case AUPARSE_TYPE_PROCTITLE:
		return decode_text(interpreter, '\0', ' ', field);
	case AUPARSE_TYPE_ESCAPED_KEY:
		return decode_text(interpreter, '\1', ',', field);
	case AUPARSE_TYPE_ESCAPED:
	case AUPARSE_TYPE_ESCAPED_FILE:
	case AUPARSE_TYPE_TTY_DATA:
		return decode_text(interpreter, '\0', '\0', field);
	default:
		return ask_auparse(interpreter, field);
	}
}

/* How many of the `count` fields before are called `name` too. */
static size_t occurrence_of(const struct interpreted_field *fields, size_t count, const char *name)
{
	size_t occurrence = 0;

	for (size_t i = 0; i < count; i++)
		occurrence += strcmp(fields[i].name, name) == 0;
	return occurrence;
}

static int read_field(struct interpreter *interpreter, int64_t arch, struct slice names,
		      struct interpreted_field *fields, size_t at)
{
	const char *name = auparse_get_field_name(interpreter->auparse);
	const char *raw = auparse_get_field_str(interpreter->auparse);
	struct interpreted_field *field = &fields[at];
	struct slice enriched;

	name = name ? name : "";
	raw = raw ? raw : "";
	field->name = arena_copy(&interpreter->memory, name, strlen(name));
	if (!field->name || copy_text(interpreter, raw, strlen(raw), &field->raw))
		return -1;
	field->text = field->raw;
	/* our reading of an address beats auditd's, which may be of another version's making */
	if (names.bytes && at < ENRICHED_FIELDS_MAX && strcmp(name, "saddr") != 0 &&
	    enrichment_find(names, field->name, occurrence_of(fields, at, field->name),
			    &enriched)) {
		field->text = enriched;
		return 0;
	}
	return interpret(interpreter, arch, field);
}

static int read_fields(struct interpreter *interpreter, int64_t arch, struct slice names,
		       struct interpreted_record *record)
{
	size_t room = auparse_get_num_fields(interpreter->auparse), count = 0;
	struct interpreted_field *fields =
		arena_allocate_zeroed(&interpreter->memory, room ? room : 1, sizeof(*fields));
	int more = auparse_first_field(interpreter->auparse);

	if (!fields)
		return -1;
	/* the first is type=, which the record has already */
	if (more > 0)
		more = auparse_next_field(interpreter->auparse);
	for (; more > 0 && count < room; more = auparse_next_field(interpreter->auparse)) {
		if (read_field(interpreter, arch, names, fields, count))
			return -1;
		count++;
	}
	record->fields = fields;
	record->field_count = count;
	return 0;
}

int interpreter_read(struct interpreter *interpreter, struct slice line, int64_t arch,
		     struct interpreted_record *record, struct error *error)
{
	struct slice written, names;

	arena_clear(&interpreter->memory);
	*record = (struct interpreted_record){.fault = NULL};
	/* the store may have been made by another program: libauparse gets only what passes here */
	if (line.length > INTERPRET_LINE_MAX)
		record->fault = "it is longer than any record";
	else if (line.length > 0 && memchr(line.bytes, '\n', line.length))
		record->fault = "it holds a newline";
	else
		record->fault = record_parse(line, 1, &record->record);
	if (record->fault)
		return 0;
	enrichment_split(record->record.body, &written, &names);
	text_clear(&interpreter->line);
	if (auparse_line_append(&interpreter->line, record->record.type_name, written) ||
	    auparse_new_buffer(interpreter->auparse, interpreter->line.bytes,
			       interpreter->line.length))
		return error_set_memory(error, "cannot interpret a record");
	if (auparse_next_event(interpreter->auparse) <= 0 ||
	    auparse_first_record(interpreter->auparse) <= 0)
		return 0;
	if (read_fields(interpreter, arch, names, record))
		return error_set_memory(error, "cannot interpret a record");
	return 0;
}
