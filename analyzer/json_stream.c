#include "analyzer/json_stream.h"

#include "common/json_output.h"

#include <errno.h>

static int write_failed(struct error *error)
{
	return error_set_errno(error, errno ? errno : EIO, "cannot write the result",
			       "standard output");
}

void json_stream_begin(struct json_stream *json, FILE *stream, bool lines)
{
	*json = (struct json_stream){.stream = stream, .lines = lines};
}

int json_stream_add(struct json_stream *json, json_t *value, struct error *error)
{
	CLEANUP(json_done) json_t *owned = value;
	const char *before = json->lines ? "" : json->any ? ",\n" : "[\n";

	if (!owned)
		return error_set_memory(error, "cannot write the result");
	json->any = true;
	errno = 0;
	if (fputs(before, json->stream) == EOF)
		return write_failed(error);
	if (json->lines)
		return json_write_line(json->stream, owned, error);
	return json_write_compact(json->stream, owned, error);
}

int json_stream_end(struct json_stream *json, struct error *error)
{
	if (json->lines)
		return 0;
	errno = 0;
	return fputs(json->any ? "\n]\n" : "[]\n", json->stream) == EOF ? write_failed(error) : 0;
}
