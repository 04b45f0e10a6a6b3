/*
 * Untrusted bytes made safe for where they go. Every path, argument and name from a log or a file
 * tree passes through here before a person or a program sees it.
 */
#ifndef COMMON_ESCAPE_H
#define COMMON_ESCAPE_H

#include "common/text.h"

#include <stdbool.h>

/*
 * For one line of a terminal: printable UTF-8 stays; a backslash becomes \\; newline, carriage
 * return and tab become \n \r \t; any other control byte, each byte that is not valid UTF-8, C1
 * controls, bidirectional and zero-width format characters and line/paragraph separators become
 * \xNN, a byte each. Reversible. Returns 0, or -1 when out of memory.
 */
int escape_terminal(struct text *text, const char *bytes, size_t length) MUST_CHECK;

/* As escape_terminal, straight to a stream, with no memory of its own. */
void escape_print(FILE *stream, const char *bytes, size_t length);

/*
 * Valid UTF-8 for JSON: valid sequences stay, including controls (the JSON encoder escapes those);
 * a NUL and each byte that is not valid UTF-8 become \xNN and, so that this can be undone, a
 * backslash becomes \\ in a text that holds any of these. Returns 0, or -1 when out of memory.
 */
int escape_utf8(struct text *text, const char *bytes, size_t length) MUST_CHECK;

/*
 * One CSV field (RFC 4180): escape_terminal'ed, quoted where it holds a comma, quote or blank, and
 * with a leading apostrophe where a spreadsheet would read a formula (= + - @ first, tab or CR
 * first).
 */
int escape_csv(struct text *text, const char *bytes, size_t length) MUST_CHECK;

/* Whether a terminal acts on this character, or it makes a line read as another one: what
 * escape_terminal escapes of valid UTF-8. */
bool escape_is_deceptive(uint32_t code_point);

/* The length in bytes of the valid UTF-8 sequence at bytes[0], or 0 (RFC 3629: no surrogates, no
 * overlong forms, at most U+10FFFF). *code_point is written on success. */
size_t escape_utf8_sequence(const char *bytes, size_t length, uint32_t *code_point);

#endif
