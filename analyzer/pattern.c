#include "analyzer/pattern.h"

#include "common/number.h"

/* Reads one byte at *text, unescaped, and moves on behind it. */
static char take_byte(const char **text, bool *star)
{
	static const char names[] = "\\nrt*", values[] = "\\\n\r\t*";
	const char *at = *text;
	const char *found;

	*star = at[0] == '*';
	*text = at + 1;
	if (at[0] != '\\' || at[1] == '\0')
		return at[0];
	found = strchr(names, at[1]);
	if (found) {
		*text = at + 2;
		return values[found - names];
	}
	if (at[1] == 'x' && number_hex_digit(at[2]) >= 0 && number_hex_digit(at[3]) >= 0) {
		*text = at + 4;
		return (char)(number_hex_digit(at[2]) << 4 | number_hex_digit(at[3]));
	}
	return at[0];
}

int pattern_parse(const char *text, struct pattern *pattern)
{
	*pattern = (struct pattern){.exact = true};
	while (*text) {
		bool star;
		char byte = take_byte(&text, &star);

		if (star && pattern->exact) {
			pattern->exact = false;
			pattern->prefix = pattern->bytes.length;
		}
		if (text_append_char(&pattern->bytes, byte) ||
		    text_append_char(&pattern->stars, star ? 1 : 0))
			return -1;
	}
	if (pattern->exact)
		pattern->prefix = pattern->bytes.length;
	return 0;
}

void pattern_done(struct pattern *pattern)
{
	text_done(&pattern->bytes);
	text_done(&pattern->stars);
}

bool pattern_matches(const struct pattern *pattern, struct slice subject)
{
	size_t at = 0, seen = 0;
	size_t retry_at = SIZE_MAX, retry_seen = 0; /* behind the last star, and where it resumes */

	while (seen < subject.length) {
		if (at < pattern->bytes.length && pattern->stars.bytes[at]) {
			retry_at = ++at;
			retry_seen = seen;
		} else if (at < pattern->bytes.length &&
			   pattern->bytes.bytes[at] == subject.bytes[seen]) {
			at++;
			seen++;
		} else if (retry_at != SIZE_MAX) {
			at = retry_at;
			seen = ++retry_seen;
		} else {
			return false;
		}
	}
	while (at < pattern->bytes.length && pattern->stars.bytes[at])
		at++;
	return at == pattern->bytes.length;
}
