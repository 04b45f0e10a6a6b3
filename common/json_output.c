#include "common/json_output.h"

#include "common/escape.h"

#include <errno.h>
#include <string.h>

json_t *json_untrusted(const char *bytes, size_t length)
{
	CLEANUP(text_done) struct text valid = TEXT_INIT;

	if (escape_utf8(&valid, bytes, length))
		return NULL;
	return json_stringn_nocheck(text_string(&valid), valid.length);
}

json_t *json_untrusted_string(const char *string)
{
	return string ? json_untrusted(string, strlen(string)) : json_null();
}

/* Outside of strings JSON has ASCII only, so what is escaped here stands in a string. */
static void write_safely(FILE *stream, const char *bytes)
{
	size_t length = strlen(bytes), from = 0;

	for (size_t i = 0; i < length;) {
		uint32_t point = 0;
		size_t taken = escape_utf8_sequence(bytes + i, length - i, &point);

		/* newlines are our own: in a string they are escaped already */
		if (point == '\n' || taken == 0 || !escape_is_deceptive(point)) {
			i += taken ? taken : 1;
			continue;
		}
		(void)fwrite(bytes + from, 1, i - from, stream);
		if (point > 0xFFFF)
			(void)fprintf(stream, "\\u%04X\\u%04X", 0xD800 + ((point - 0x10000) >> 10),
				      0xDC00 + ((point - 0x10000) & 0x3FF));
		else
			(void)fprintf(stream, "\\u%04X", point);
		i += taken;
		from = i;
	}
	(void)fwrite(bytes + from, 1, length - from, stream);
}

static int write_value(FILE *stream, const json_t *value, size_t flags, const char *end,
		       struct error *error)
{
	CLEANUP(free_pointer) char *bytes = json_dumps(value, flags);

	if (!bytes)
		return error_set_memory(error, "cannot write the result");
	errno = 0;
	write_safely(stream, bytes);
	(void)fputs(end, stream);
	if (ferror(stream))
		return error_set_errno(error, errno ? errno : EIO, "cannot write the result",
				       "standard output");
	return 0;
}

int json_write_compact(FILE *stream, const json_t *value, struct error *error)
{
	return write_value(stream, value, JSON_COMPACT, "", error);
}

int json_write_line(FILE *stream, const json_t *value, struct error *error)
{
	return write_value(stream, value, JSON_COMPACT, "\n", error);
}

int json_write_indented(FILE *stream, const json_t *value, struct error *error)
{
	return write_value(stream, value, JSON_INDENT(2), "\n", error);
}
