/*
 * Lines for a terminal of 80 columns: untrusted text is escaped, and what is longer is broken at
 * blanks.
 */
#ifndef AUDITMGR_WRAPPED_OUTPUT_H
#define AUDITMGR_WRAPPED_OUTPUT_H

#include <stdio.h>

enum {
	WRAPPED_COLUMNS = 80,
};

/*
 * Prints `lead` and `text`, with further lines indented by `indent` blanks. An option of one letter
 * stays on the line of its value (`-F key=x`). A word that is longer than a line stays whole.
 */
void wrapped_print(FILE *stream, const char *lead, unsigned indent, const char *text);

#endif
