/*
 * How the kernel writes a text that anyone may have chosen (audit_log_untrustedstring in
 * kernel/audit.c): in quotes where it is plain, in hexadecimal without quotes where it holds a
 * blank, a quote or a byte that doesn't print.
 */
#ifndef ANALYZER_FIELD_VALUE_H
#define ANALYZER_FIELD_VALUE_H

#include "common/arena.h"
#include "common/slice.h"

/* Whether `raw` is in quotes; then *text is what they hold, borrowed from `raw`. */
bool field_value_unquote(struct slice raw, struct slice *text);

/* Whether `raw` can be a text in hexadecimal: an even number of digits, at least two. */
bool field_value_is_hex(struct slice raw);

/*
 * The bytes of such a text, NUL-terminated, from `arena`; they may hold NULs themselves. NULL when
 * out of memory. They are raw.length / 2 bytes long.
 */
char *field_value_decode(struct arena *arena, struct slice raw);

#endif
