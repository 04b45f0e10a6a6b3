#include "auditmgr/wrapped_output.h"

#include "common/escape.h"

#include <stdbool.h>
#include <string.h>

/* The bytes of the next word, an option's letter and its value counted as one. */
static size_t word_length(const char *text)
{
	size_t length = strcspn(text, " ");

	if (length == 2 && text[0] == '-' && text[2] == ' ')
		length += 1 + strcspn(text + 3, " ");
	return length;
}

void wrapped_print(FILE *stream, const char *lead, unsigned indent, const char *text)
{
	size_t column = strlen(lead);
	size_t line_start = column;

	(void)fputs(lead, stream);
	while (*text) {
		size_t length = word_length(text);
		bool first = column == line_start;

		if (!first && column + 1 + length > WRAPPED_COLUMNS) {
			(void)fprintf(stream, "\n%*s", (int)indent, "");
			column = line_start = indent;
		} else if (!first) {
			(void)fputc(' ', stream);
			column++;
		}
		escape_print(stream, text, length);
		column += length;
		text += length;
		text += strspn(text, " ");
	}
	(void)fputc('\n', stream);
}
