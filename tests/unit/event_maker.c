#include "tests/unit/event_maker.h"

#include "common/text.h"

#include "analyzer/event_reader.h"

enum {
	RECORD_COUNT = 64
};

struct event_maker {
	struct event_reader *reader;
	struct text lines[RECORD_COUNT];
	struct record records[RECORD_COUNT];
	struct event event;
};

struct event_maker *event_maker_new(void)
{
	struct event_maker *maker = calloc(1, sizeof(*maker));

	if (!maker)
		abort();
	maker->reader = event_reader_new();
	if (!maker->reader)
		abort();
	return maker;
}

void event_maker_free(struct event_maker *maker)
{
	if (!maker)
		return;
	for (size_t i = 0; i < RECORD_COUNT; i++)
		text_done(&maker->lines[i]);
	event_reader_free(maker->reader);
	free(maker);
}

static void add_record(struct event_maker *maker, size_t at, const char *line, size_t length)
{
	const char *blank = memchr(line, ' ', length);
	size_t type_length = blank ? (size_t)(blank - line) : length;
	struct text *text = &maker->lines[at];
	struct slice whole;

	text_clear(text);
	if (text_append_format(text, "type=%.*s msg=audit(1700000000.123:42):%.*s",
			       (int)type_length, line, (int)(length - type_length),
			       line + type_length))
		abort();
	whole = (struct slice){.bytes = text_string(text), .length = text->length};
	if (record_parse(whole, at + 1, &maker->records[at]))
		abort();
}

const struct event *event_maker_make(struct event_maker *maker, const char *lines)
{
	struct assembled_event assembled = {.records = maker->records};
	struct error error = ERROR_INIT;

	while (*lines) {
		const char *end = strchrnul(lines, '\n');

		if (assembled.record_count == RECORD_COUNT)
			abort();
		add_record(maker, assembled.record_count++, lines, (size_t)(end - lines));
		lines = *end ? end + 1 : end;
	}
	assembled.id = maker->records[0].id;
	if (event_reader_read(maker->reader, &assembled, &maker->event, &error))
		abort();
	return &maker->event;
}
