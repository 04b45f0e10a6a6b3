#include "analyzer/line_reader.h"

enum {
	READ_SIZE = 256 * 1024
};

struct line_reader {
	struct source *source;
	uint64_t number;
	bool in_piece; /* the last line handed out was a part, and its newline is still to come */
	bool ended;    /* no more bytes will come */
	struct error failure; /* ERROR_NONE, or why they won't */
	size_t begin, end;
	char buffer[LINE_MAX_LENGTH + READ_SIZE];
};

struct line_reader *line_reader_new(struct source *source)
{
	struct line_reader *reader = calloc(1, sizeof(*reader));

	if (reader)
		reader->source = source;
	return reader;
}

void line_reader_free(struct line_reader *reader)
{
	free(reader);
}

static void read_more(struct line_reader *reader)
{
	ssize_t got;

	if (reader->begin > 0) {
		memmove(reader->buffer, reader->buffer + reader->begin,
			reader->end - reader->begin);
		reader->end -= reader->begin;
		reader->begin = 0;
	}
	got = source_read(reader->source, reader->buffer + reader->end,
			  sizeof(reader->buffer) - reader->end, &reader->failure);
	if (got > 0)
		reader->end += (size_t)got;
	else
		reader->ended = true;
}

static int finish(const struct line_reader *reader, struct error *error)
{
	if (reader->failure.kind == ERROR_NONE)
		return 0;
	*error = reader->failure;
	return -1;
}

static int hand_out(struct line_reader *reader, struct line *line, size_t length, bool newline)
{
	bool whole = newline || reader->ended;

	if (!reader->in_piece)
		reader->number++;
	*line = (struct line){
		.bytes = {.bytes = reader->buffer + reader->begin, .length = length},
		.number = reader->number,
		.piece = reader->in_piece || !whole,
		.ended = newline,
		.cut = !newline && reader->failure.kind != ERROR_NONE,
	};
	reader->in_piece = !whole;
	reader->begin += length + (newline ? 1 : 0);
	return 1;
}

int line_reader_next(struct line_reader *reader, struct line *line, struct error *error)
{
	size_t searched = 0;

	for (;;) {
		size_t length = reader->end - reader->begin;
		const char *start = reader->buffer + reader->begin;
		const char *newline = length > searched
					      ? memchr(start + searched, '\n', length - searched)
					      : NULL;
		size_t line_length = newline ? (size_t)(newline - start) : length;

		if (line_length > LINE_MAX_LENGTH)
			return hand_out(reader, line, LINE_MAX_LENGTH, false);
		if (newline)
			return hand_out(reader, line, line_length, true);
		if (reader->ended)
			return length ? hand_out(reader, line, length, false)
				      : finish(reader, error);
		searched = length;
		read_more(reader);
	}
}
