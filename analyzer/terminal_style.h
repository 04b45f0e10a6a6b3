/*
 * Colour, on terminals only.
 */
#ifndef ANALYZER_TERMINAL_STYLE_H
#define ANALYZER_TERMINAL_STYLE_H

#include <stdbool.h>
#include <stdio.h>

struct terminal_style {
	bool colour;
	const char *dim, *strong, *bad, *warn, *key; /* sequences, or "" */
	const char *off;
};

/*
 * For what is written to `stream`: colour where that is a terminal that isn't "dumb" and NO_COLOR
 * is unset or empty (no-color.org).
 */
struct terminal_style terminal_style_for(FILE *stream);

#endif
