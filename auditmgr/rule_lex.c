#include "auditmgr/rule_lex.h"

#include "auditmgr/rule.h"

static bool is_control(char byte)
{
	return (unsigned char)byte < 0x20 || byte == 0x7F;
}

static bool is_blank(char byte)
{
	return byte == ' ' || byte == '\t';
}

/* one line, while it is split */
struct lexing {
	struct diagnostics *diagnostics;
	const char *file;
	unsigned line;
	struct slice bytes;
};

static int add_error(const struct lexing *lexing, size_t offset, const char *what, const char *why)
{
	return diagnostics_add(lexing->diagnostics, DIAGNOSTIC_ERROR, lexing->file, lexing->line,
			       (unsigned)offset + 1, what, "%s", why)
		       ? -1
		       : 1;
}

static int add_warning(const struct lexing *lexing, size_t offset, const char *what,
		       const char *why)
{
	return diagnostics_add(lexing->diagnostics, DIAGNOSTIC_WARNING, lexing->file, lexing->line,
			       (unsigned)offset + 1, what, "%s", why);
}

/* whether the last byte is a blank that belongs to a word: "\\ " */
static bool ends_in_escape(struct slice bytes)
{
	size_t backslashes = 0;

	if (bytes.length == 0 || bytes.bytes[bytes.length - 1] != ' ')
		return false;
	while (backslashes + 1 < bytes.length &&
	       bytes.bytes[bytes.length - 2 - backslashes] == '\\')
		backslashes++;
	return backslashes % 2 == 1;
}

/* Takes off what doesn't show at the line's end; auditctl would take some of it into the last word.
 */
static int trim_end(struct lexing *lexing)
{
	struct slice *bytes = &lexing->bytes;
	bool tab = false;

	if (bytes->length > 0 && bytes->bytes[bytes->length - 1] == '\r') {
		bytes->length--;
		if (add_warning(lexing, bytes->length, "line ends in CR LF",
				"auditctl 3.0.9 takes the carriage return into the last word"))
			return -1;
	}
	while (bytes->length > 0 && is_blank(bytes->bytes[bytes->length - 1]) &&
	       !ends_in_escape(*bytes)) {
		bytes->length--;
		tab = tab || bytes->bytes[bytes->length] == '\t';
	}
	return tab ? add_warning(lexing, bytes->length, "tab at the end of the line",
				 "auditctl 3.0.9 takes it into the last word, or for a word")
		   : 0;
}

/* Returns 0, or 1 or -1 as rule_lex does, at the first byte that no word can hold. */
static int check_bytes(const struct lexing *lexing)
{
	struct slice bytes = lexing->bytes;

	if (bytes.length > RULE_LINE_MAX)
		return add_error(lexing, RULE_LINE_MAX, "line too long",
				 "auditctl reads 6142 bytes and takes the rest for another line");
	for (size_t i = 0; i < bytes.length; i++) {
		if (bytes.bytes[i] == '\t')
			return add_error(lexing, i, "tab",
					 "auditctl splits words at blanks only: write a blank");
		if (bytes.bytes[i] == '\r')
			return add_error(lexing, i, "carriage return",
					 "no word of a rule can hold it");
		if (is_control(bytes.bytes[i]))
			return add_error(lexing, i, "control character",
					 "no word of a rule can hold it");
	}
	return 0;
}

/* Copies the word at `start` to `copy`, unescaped; returns the offset behind it in the line. */
static size_t take_word(char *copy, struct rule_word *word, struct slice bytes, size_t start)
{
	size_t length = 0;
	size_t i = start;

	for (; i < bytes.length && bytes.bytes[i] != ' '; i++) {
		char next = i + 1 < bytes.length ? bytes.bytes[i + 1] : '\0';

		if (bytes.bytes[i] == '\\' && (next == ' ' || next == '\\'))
			i++;
		copy[length++] = bytes.bytes[i];
	}
	copy[length] = '\0';
	*word = (struct rule_word){{copy, length}, (unsigned)start + 1};
	return i;
}

/* Splits bytes[start…] into words. Returns 0, or -1 when out of memory. */
static int split(struct arena *arena, struct rule_words *words, struct slice bytes, size_t start)
{
	/* a word and the NUL behind it take no more room than it and the blank behind it */
	char *copies = arena_allocate(arena, bytes.length + 1);

	words->items = arena_allocate_zeroed(arena, bytes.length / 2 + 1, sizeof(*words->items));
	if (!copies || !words->items)
		return -1;
	while (start < bytes.length) {
		struct rule_word *word = &words->items[words->count];

		if (bytes.bytes[start] == ' ') {
			start++;
			continue;
		}
		start = take_word(copies, word, bytes, start);
		copies += word->text.length + 1;
		words->count++;
	}
	return 0;
}

int rule_lex(struct arena *arena, struct rule_words *words, const char *file, unsigned line,
	     struct slice bytes, struct diagnostics *diagnostics)
{
	struct lexing lexing = {diagnostics, file, line, bytes};
	size_t start = 0;
	int checked;

	*words = (struct rule_words){NULL, 0};
	while (start < bytes.length && is_blank(bytes.bytes[start]))
		start++;
	if (start < bytes.length && bytes.bytes[start] == '#')
		return memchr(bytes.bytes, '\t', start) &&
				       add_warning(&lexing, 0, "tab before a comment",
						   "auditctl 3.0.9 takes it for a rule")
			       ? -1
			       : 0;
	if (trim_end(&lexing))
		return -1;
	if (lexing.bytes.length <= start)
		return 0;
	checked = check_bytes(&lexing);
	if (checked)
		return checked;
	return split(arena, words, lexing.bytes, start);
}

int rule_lex_escape(struct text *text, struct slice word)
{
	for (size_t i = 0; i < word.length; i++) {
		if ((word.bytes[i] == ' ' || word.bytes[i] == '\\') && text_append_char(text, '\\'))
			return -1;
		if (text_append_char(text, word.bytes[i]))
			return -1;
	}
	return 0;
}

bool rule_lex_can_say(struct slice word)
{
	for (size_t i = 0; i < word.length; i++)
		if (is_control(word.bytes[i]))
			return false;
	return word.length > 0;
}
