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

static int write_value(FILE *stream, const json_t *value, size_t flags, struct error *error)
{
	errno = 0;
	if (json_dumpf(value, stream, flags) < 0 || fputc('\n', stream) == EOF)
		return error_set_errno(error, errno ? errno : ENOMEM, "cannot write the result",
				       "standard output");
	return 0;
}

int json_write_line(FILE *stream, const json_t *value, struct error *error)
{
	return write_value(stream, value, JSON_COMPACT, error);
}

int json_write_indented(FILE *stream, const json_t *value, struct error *error)
{
	return write_value(stream, value, JSON_INDENT(2), error);
}
