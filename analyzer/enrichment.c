#include "analyzer/enrichment.h"

#include <ctype.h>

enum {
	SEPARATOR = 0x1D,
};

void enrichment_split(struct slice body, struct slice *written, struct slice *names)
{
	const char *at = body.length ? memchr(body.bytes, SEPARATOR, body.length) : NULL;

	*written = body;
	*names = (struct slice)SLICE_NONE;
	if (!at)
		return;
	written->length = (size_t)(at - body.bytes);
	names->bytes = at + 1;
	names->length = body.length - written->length - 1;
}

static struct slice take_until(struct slice *rest, const char *stops)
{
	struct slice taken = {.bytes = rest->bytes, .length = 0};

	while (taken.length < rest->length && !strchr(stops, rest->bytes[taken.length]))
		taken.length++;
	rest->bytes += taken.length;
	rest->length -= taken.length;
	return taken;
}

static void skip(struct slice *rest)
{
	if (rest->length > 0) {
		rest->bytes++;
		rest->length--;
	}
}

/* Takes "NAME=value" off *rest; false at its end. */
static bool take_pair(struct slice *rest, struct slice *name, struct slice *value)
{
	while (rest->length > 0 && rest->bytes[0] == ' ')
		skip(rest);
	if (rest->length == 0)
		return false;
	*name = take_until(rest, "= ");
	*value = (struct slice){.bytes = rest->bytes, .length = 0};
	if (rest->length == 0 || rest->bytes[0] != '=')
		return true;
	skip(rest);
	if (rest->length > 0 && rest->bytes[0] == '"') {
		skip(rest);
		*value = take_until(rest, "\"");
		skip(rest);
	} else if (rest->length > 0 && rest->bytes[0] == '{') {
		skip(rest);
		*value = take_until(rest, "}");
		skip(rest);
		while (value->length > 0 && value->bytes[0] == ' ')
			skip(value);
		while (value->length > 0 && value->bytes[value->length - 1] == ' ')
			value->length--;
	} else {
		*value = take_until(rest, " ");
	}
	return true;
}

static bool same_name(struct slice capitals, const char *name)
{
	size_t length = strlen(name);

	if (capitals.length != length)
		return false;
	for (size_t i = 0; i < length; i++)
		if (capitals.bytes[i] != toupper((unsigned char)name[i]))
			return false;
	return true;
}

bool enrichment_find(struct slice names, const char *name, size_t occurrence, struct slice *value)
{
	struct slice found;

	while (names.bytes && take_pair(&names, &found, value)) {
		if (!same_name(found, name))
			continue;
		if (occurrence == 0)
			return true;
		occurrence--;
	}
	return false;
}
