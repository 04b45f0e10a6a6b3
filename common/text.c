#include "common/text.h"

#include <stdarg.h>
#include <string.h>

void text_done(struct text *text)
{
	free(text->bytes);
	*text = (struct text)TEXT_INIT;
}

void text_clear(struct text *text)
{
	text->length = 0;
	if (text->bytes)
		text->bytes[0] = '\0';
}

int text_reserve(struct text *text, size_t additional)
{
	size_t needed, capacity;
	char *grown;

	if (additional > SIZE_MAX / 2 - text->length - 1)
		return -1;
	needed = text->length + additional + 1;
	if (needed <= text->capacity)
		return 0;
	capacity = text->capacity ? text->capacity : 64;
	while (capacity < needed)
		capacity *= 2;
	grown = realloc(text->bytes, capacity);
	if (!grown)
		return -1;
	text->bytes = grown;
	text->capacity = capacity;
	text->bytes[text->length] = '\0';
	return 0;
}

int text_append(struct text *text, const void *bytes, size_t length)
{
	if (text_reserve(text, length))
		return -1;
	if (length)
		memcpy(text->bytes + text->length, bytes, length);
	text->length += length;
	text->bytes[text->length] = '\0';
	return 0;
}

int text_append_string(struct text *text, const char *string)
{
	return text_append(text, string, strlen(string));
}

int text_append_char(struct text *text, char byte)
{
	return text_append(text, &byte, 1);
}

int text_append_format(struct text *text, const char *format, ...)
{
	va_list arguments;
	int length;

	va_start(arguments, format);
	length = vsnprintf(NULL, 0, format, arguments);
	va_end(arguments);
	if (length < 0 || text_reserve(text, (size_t)length))
		return -1;
	va_start(arguments, format);
	(void)vsnprintf(text->bytes + text->length, (size_t)length + 1, format, arguments);
	va_end(arguments);
	text->length += (size_t)length;
	return 0;
}

const char *text_string(const struct text *text)
{
	return text->bytes ? text->bytes : "";
}

char *text_take(struct text *text)
{
	char *bytes;

	if (text_reserve(text, 0))
		return NULL;
	bytes = text->bytes;
	*text = (struct text)TEXT_INIT;
	return bytes;
}
