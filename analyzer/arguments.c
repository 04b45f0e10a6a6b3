#include "analyzer/arguments.h"

#include "common/number.h"

#include <libaudit.h>

/* how many arguments beyond the last that is there may be empty ones at the end of argv */
enum {
	TRAILING_EMPTY_MAX = 64
};

enum part_kind {
	PART_OTHER,
	PART_WHOLE,  /* a1="x" */
	PART_PIECE,  /* a1[0]=4142 */
	PART_LENGTH, /* a1_len=12: digits of all pieces together */
};

struct part {
	enum part_kind kind;
	uint64_t index;
	uint64_t piece;
};

struct pieces {
	uint64_t index;
	uint64_t next;     /* the piece that is due */
	uint64_t expected; /* characters that a_len promised: two for a byte of hex, quotes not
			      counted */
	uint64_t seen;     /* characters that came */
	char *bytes;
	size_t length, capacity;
};

static struct part part_of(const char *name)
{
	struct part part = {.kind = PART_OTHER};
	size_t digits, piece_digits;

	if (name[0] != 'a')
		return part;
	digits = strspn(name + 1, "0123456789");
	if (digits == 0 || number_parse(name + 1, digits, UINT32_MAX, &part.index))
		return part;
	name += 1 + digits;
	if (name[0] == '\0')
		part.kind = PART_WHOLE;
	else if (strcmp(name, "_len") == 0)
		part.kind = PART_LENGTH;
	if (name[0] != '[')
		return part;
	piece_digits = strspn(name + 1, "0123456789");
	if (number_parse(name + 1, piece_digits, UINT32_MAX, &part.piece) == 0 &&
	    strcmp(name + 1 + piece_digits, "]") == 0)
		part.kind = PART_PIECE;
	return part;
}

/* How many places argv has, and whether that had to be guessed. */
static size_t count_places(const struct event *event, bool *cut)
{
	uint64_t argc = 0, places = 0;

	for (size_t i = 0; i < event->record_count; i++) {
		const struct event_record *record = &event->records[i];

		if (record->type != AUDIT_EXECVE)
			continue;
		for (size_t j = 0; j < record->field_count; j++) {
			const struct record_field *field = &record->fields[j];
			struct part part = part_of(field->name);

			if (strcmp(field->name, "argc") == 0 &&
			    number_parse(field->raw.bytes, field->raw.length, UINT64_MAX, &argc))
				*cut = true;
			if (part.kind != PART_OTHER && part.index + 1 > places)
				places = part.index + 1;
		}
	}
	if (argc > places && argc - places <= TRAILING_EMPTY_MAX)
		places = argc;
	if (argc != places)
		*cut = true;
	if (places > EVENT_ARGUMENTS_MAX) {
		*cut = true;
		places = EVENT_ARGUMENTS_MAX;
	}
	return (size_t)places;
}

static int append_piece(struct pieces *pieces, struct slice value, struct arena *arena)
{
	if (value.length > pieces->capacity - pieces->length) {
		size_t capacity = (pieces->length + value.length) * 2;
		char *grown = arena_allocate(arena, capacity);

		if (!grown)
			return -1;
		if (pieces->length)
			memcpy(grown, pieces->bytes, pieces->length);
		pieces->bytes = grown;
		pieces->capacity = capacity;
	}
	if (value.length)
		memcpy(pieces->bytes + pieces->length, value.bytes, value.length);
	pieces->length += value.length;
	return 0;
}

/* the pieces of an argument all came when their characters are as many as was said */
static void finish_pieces(struct event *event, const struct pieces *pieces)
{
	if (pieces->expected && pieces->seen != pieces->expected)
		event->arguments_cut = 1;
}

static void begin_pieces(struct event *event, struct pieces *pieces, uint64_t index)
{
	finish_pieces(event, pieces);
	*pieces = (struct pieces){.index = index};
}

static int take_piece(struct event *event, struct pieces *pieces, const struct part *part,
		      const struct record_field *field, struct slice *argument, struct arena *arena)
{
	if (part->index != pieces->index)
		begin_pieces(event, pieces, part->index);
	if (part->piece != pieces->next)
		event->arguments_cut = 1;
	pieces->next = part->piece + 1;
	pieces->seen += field->raw.length && field->raw.bytes[0] == '"' ? field->value.length
									: field->raw.length;
	if (append_piece(pieces, field->value, arena))
		return -1;
	*argument = (struct slice){pieces->bytes ? pieces->bytes : "", pieces->length};
	return 0;
}

static int take_field(struct event *event, struct slice *arguments, size_t places,
		      struct pieces *pieces, const struct record_field *field, struct arena *arena)
{
	struct part part = part_of(field->name);

	if (part.kind == PART_OTHER || part.index >= places)
		return 0;
	switch (part.kind) {
	case PART_WHOLE:
		arguments[part.index] = field->value.bytes ? field->value : field->raw;
		return 0;
	case PART_LENGTH:
		begin_pieces(event, pieces, part.index);
		if (number_parse(field->raw.bytes, field->raw.length, UINT32_MAX,
				 &pieces->expected))
			event->arguments_cut = 1;
		return 0;
	case PART_PIECE:
		return take_piece(event, pieces, &part, field, &arguments[part.index], arena);
	case PART_OTHER:
		break;
	}
	return 0;
}

int arguments_take(struct event *event, struct arena *arena)
{
	struct pieces pieces = {.index = UINT64_MAX};
	struct slice *arguments;
	bool cut = false;
	size_t places = count_places(event, &cut);

	if (!event_has_type(event, AUDIT_EXECVE))
		return 0;
	event->arguments_cut = cut;
	arguments = arena_allocate_zeroed(arena, places ? places : 1, sizeof(*arguments));
	if (!arguments)
		return -1;
	for (size_t i = 0; i < event->record_count; i++) {
		const struct event_record *record = &event->records[i];

		if (record->type != AUDIT_EXECVE)
			continue;
		for (size_t j = 0; j < record->field_count; j++)
			if (take_field(event, arguments, places, &pieces, &record->fields[j],
				       arena))
				return -1;
	}
	finish_pieces(event, &pieces);
	event->arguments = arguments;
	event->argument_count = places;
	return 0;
}
