#include "analyzer/field_value.h"

#include "common/number.h"

bool field_value_unquote(struct slice raw, struct slice *text)
{
	if (raw.length < 2 || raw.bytes[0] != '"' || raw.bytes[raw.length - 1] != '"')
		return false;
	*text = (struct slice){raw.bytes + 1, raw.length - 2};
	return true;
}

bool field_value_is_hex(struct slice raw)
{
	if (raw.length == 0 || raw.length % 2)
		return false;
	for (size_t i = 0; i < raw.length; i++)
		if (number_hex_digit(raw.bytes[i]) < 0)
			return false;
	return true;
}

char *field_value_decode(struct arena *arena, struct slice raw)
{
	char *decoded = arena_allocate(arena, raw.length / 2 + 1);

	if (!decoded)
		return NULL;
	for (size_t i = 0; i < raw.length / 2; i++)
		decoded[i] = (char)(number_hex_digit(raw.bytes[2 * i]) << 4 |
				    number_hex_digit(raw.bytes[2 * i + 1]));
	decoded[raw.length / 2] = '\0';
	return decoded;
}
