#include "analyzer/auparse_line.h"

/*
 * libauparse 3.0.9 keeps the cwd= of a CWD record and, where a made-up record has another, never
 * frees the first: so it doesn't see the second.
 */
static size_t length_to_show(struct slice type_name, struct slice body)
{
	static const char name[] = "cwd=";
	static const char before[] = {' ', '\t', ',', ';', '(', '{', '\'', '"'};
	size_t found = 0, length = strlen(name);

	if (!slice_is(type_name, "CWD"))
		return body.length;
	for (size_t i = 0; i + length <= body.length; i++) {
		if (memcmp(body.bytes + i, name, length) != 0 ||
		    (i > 0 && !memchr(before, body.bytes[i - 1], sizeof(before))))
			continue;
		if (found++ > 0)
			return i;
	}
	return body.length;
}

int auparse_line_append(struct text *text, struct slice type_name, struct slice body)
{
	if (text_append(text, "type=", 5) || text_append(text, type_name.bytes, type_name.length) ||
	    text_append_string(text, " msg=audit(1000000000.001:1): ") ||
	    text_append(text, body.bytes, length_to_show(type_name, body)))
		return -1;
	return text_append_char(text, '\n');
}
