#include "analyzer/event_identity.h"

#include "common/number.h"

#include <inttypes.h>

#define SECONDS_MAX 253402300799ULL /* the year 9999 */

int event_identity_format(const struct event_id *id, struct text *text)
{
	if (id->node.length > 0 &&
	    (text_append(text, id->node.bytes, id->node.length) || text_append_char(text, '/')))
		return -1;
	return text_append_format(text, "%" PRId64 ".%03" PRId64 ":%" PRIu32, id->time / 1000,
				  id->time % 1000, id->serial);
}

int event_identity_parse(const char *string, struct event_id *id, struct error *error)
{
	const char *slash = strrchr(string, '/');
	const char *seconds = slash ? slash + 1 : string;
	const char *dot = strchr(seconds, '.');
	const char *colon = dot ? strchr(dot, ':') : NULL;
	uint64_t whole, milliseconds, serial;

	if (!colon || colon - dot != 4 || slash == string ||
	    number_parse(seconds, (size_t)(dot - seconds), SECONDS_MAX, &whole) ||
	    number_parse(dot + 1, 3, 999, &milliseconds) ||
	    number_parse(colon + 1, strlen(colon + 1), UINT32_MAX, &serial))
		return error_set(error, ERROR_INPUT, "not the id of an event", string,
				 "an id is SECONDS.MS:SERIAL, like 1795590162.713:4711, or "
				 "NODE/SECONDS.MS:SERIAL");
	id->node = (struct slice){.bytes = slash ? string : NULL,
				  .length = slash ? (size_t)(slash - string) : 0};
	id->time = (int64_t)(whole * 1000 + milliseconds);
	id->serial = (uint32_t)serial;
	return 0;
}
