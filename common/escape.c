#include "common/escape.h"

#include <string.h>

size_t escape_utf8_sequence(const char *bytes, size_t length, uint32_t *code_point)
{
	const unsigned char *b = (const unsigned char *)bytes;
	static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
	size_t need;
	uint32_t point;

	if (length == 0)
		return 0;
	if (b[0] < 0x80) {
		*code_point = b[0];
		return 1;
	}
	if (b[0] >= 0xC2 && b[0] <= 0xDF)
		need = 2, point = b[0] & 0x1FU;
	else if (b[0] >= 0xE0 && b[0] <= 0xEF)
		need = 3, point = b[0] & 0x0FU;
	else if (b[0] >= 0xF0 && b[0] <= 0xF4)
		need = 4, point = b[0] & 0x07U;
	else
		return 0;
	if (length < need)
		return 0;
	for (size_t i = 1; i < need; i++) {
		if ((b[i] & 0xC0U) != 0x80)
			return 0;
		point = point << 6 | (b[i] & 0x3FU);
	}
	if (point < smallest[need] || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF))
		return 0;
	*code_point = point;
	return need;
}

bool escape_is_deceptive(uint32_t code_point)
{
	return code_point < 0x20 || (code_point >= 0x7F && code_point <= 0x9F) ||
	       code_point == 0xAD || code_point == 0x61C ||
	       (code_point >= 0x200B && code_point <= 0x200F) ||
	       (code_point >= 0x2028 && code_point <= 0x202E) ||
	       (code_point >= 0x2060 && code_point <= 0x206F) || code_point == 0xFEFF ||
	       (code_point >= 0xFFF9 && code_point <= 0xFFFB) ||
	       (code_point >= 0xE0000 && code_point <= 0xE007F);
}

/*
 * Writes the escaped form of what stands at bytes[0] to `out` (at most 16 bytes and a NUL) and
 * returns how many input bytes it stands for. Where nothing needs escaping, `out` is empty.
 */
static size_t escape_step(const char *bytes, size_t length, char out[17])
{
	uint32_t point = 0;
	size_t taken = escape_utf8_sequence(bytes, length, &point);
	const char *short_form = NULL;
	size_t written = 0;

	out[0] = '\0';
	if (taken == 1 && bytes[0] == '\\')
		short_form = "\\\\";
	else if (taken == 1 && bytes[0] == '\n')
		short_form = "\\n";
	else if (taken == 1 && bytes[0] == '\r')
		short_form = "\\r";
	else if (taken == 1 && bytes[0] == '\t')
		short_form = "\\t";
	if (short_form) {
		memcpy(out, short_form, 3);
		return 1;
	}
	if (taken && !escape_is_deceptive(point))
		return taken;
	if (taken == 0)
		taken = 1;
	for (size_t i = 0; i < taken; i++)
		written += (size_t)snprintf(out + written, 17 - written, "\\x%02X",
					    (unsigned)(unsigned char)bytes[i]);
	return taken;
}

int escape_terminal(struct text *text, const char *bytes, size_t length)
{
	char out[17];

	for (size_t i = 0; i < length;) {
		size_t taken = escape_step(bytes + i, length - i, out);

		if (out[0] ? text_append_string(text, out) : text_append(text, bytes + i, taken))
			return -1;
		i += taken;
	}
	return 0;
}

void escape_print(FILE *stream, const char *bytes, size_t length)
{
	char out[17];

	for (size_t i = 0; i < length;) {
		size_t taken = escape_step(bytes + i, length - i, out);

		if (out[0])
			(void)fputs(out, stream);
		else
			(void)fwrite(bytes + i, 1, taken, stream);
		i += taken;
	}
}

static bool is_clean_utf8(const char *bytes, size_t length)
{
	uint32_t point;

	for (size_t i = 0; i < length;) {
		size_t taken = escape_utf8_sequence(bytes + i, length - i, &point);

		if (taken == 0 || point == 0)
			return false;
		i += taken;
	}
	return true;
}

int escape_utf8(struct text *text, const char *bytes, size_t length)
{
	uint32_t point = 0;

	if (is_clean_utf8(bytes, length))
		return text_append(text, bytes, length);
	for (size_t i = 0; i < length;) {
		size_t taken = escape_utf8_sequence(bytes + i, length - i, &point);
		int failed;

		if (taken == 0 || point == 0) {
			failed = text_append_format(text, "\\x%02X",
						    (unsigned)(unsigned char)bytes[i]);
			taken = 1;
		} else if (point == '\\') {
			failed = text_append_string(text, "\\\\");
		} else {
			failed = text_append(text, bytes + i, taken);
		}
		if (failed)
			return -1;
		i += taken;
	}
	return 0;
}

int escape_csv(struct text *text, const char *bytes, size_t length)
{
	CLEANUP(text_done) struct text plain = TEXT_INIT;
	bool formula = length > 0 && strchr("=+-@\t\r", bytes[0]) && bytes[0] != '\0';

	if ((formula && text_append_char(&plain, '\'')) || escape_terminal(&plain, bytes, length))
		return -1;
	if (plain.length == 0 || !strpbrk(plain.bytes, ",\" '"))
		return text_append(text, text_string(&plain), plain.length);
	if (text_append_char(text, '"'))
		return -1;
	for (size_t i = 0; i < plain.length; i++) {
		if (plain.bytes[i] == '"' && text_append_char(text, '"'))
			return -1;
		if (text_append_char(text, plain.bytes[i]))
			return -1;
	}
	return text_append_char(text, '"');
}
