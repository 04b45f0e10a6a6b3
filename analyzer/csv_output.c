#include "analyzer/csv_output.h"

#include "common/escape.h"

#include <errno.h>

int csv_write_row(FILE *stream, const struct slice *fields, size_t count, struct error *error)
{
	CLEANUP(text_done) struct text row = TEXT_INIT;

	for (size_t i = 0; i < count; i++)
		if ((i && text_append_char(&row, ',')) ||
		    (fields[i].bytes && escape_csv(&row, fields[i].bytes, fields[i].length)))
			return error_set_memory(error, "cannot write the result");
	if (text_append_string(&row, "\r\n"))
		return error_set_memory(error, "cannot write the result");
	errno = 0;
	if (fwrite(row.bytes, 1, row.length, stream) != row.length)
		return error_set_errno(error, errno ? errno : EIO, "cannot write the result",
				       "standard output");
	return 0;
}
