#include "analyzer/auparse_line.h"

int auparse_line_append(struct text *text, struct slice type_name, struct slice body)
{
	if (text_append(text, "type=", 5) || text_append(text, type_name.bytes, type_name.length) ||
	    text_append_string(text, " msg=audit(1000000000.001:1): ") ||
	    text_append(text, body.bytes, body.length))
		return -1;
	return text_append_char(text, '\n');
}
