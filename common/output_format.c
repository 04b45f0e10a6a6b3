#include "common/output_format.h"

#include <string.h>

static const struct {
	const char *name;
	enum output_format format;
} formats[] = {
	{"text", OUTPUT_TEXT}, {"json", OUTPUT_JSON}, {"ndjson", OUTPUT_NDJSON},
	{"csv", OUTPUT_CSV},   {"raw", OUTPUT_RAW},   {"html", OUTPUT_HTML},
};

enum {
	FORMAT_COUNT = sizeof(formats) / sizeof(formats[0])
};

int output_format_parse(const char *name, unsigned supported, enum output_format *format,
			struct error *error)
{
	char list[64] = "";

	if (!name) {
		*format = OUTPUT_TEXT;
		return 0;
	}
	for (size_t i = 0; i < FORMAT_COUNT; i++) {
		if (!(supported & formats[i].format))
			continue;
		if (strcmp(name, formats[i].name) == 0) {
			*format = formats[i].format;
			return 0;
		}
		(void)snprintf(list + strlen(list), sizeof(list) - strlen(list), "%s%s",
			       list[0] ? ", " : "", formats[i].name);
	}
	error_set(error, ERROR_INPUT, "unknown --format", name, "this verb writes %s", list);
	return -1;
}
