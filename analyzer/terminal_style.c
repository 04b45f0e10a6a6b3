#include "analyzer/terminal_style.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct terminal_style terminal_style_for(FILE *stream)
{
	const char *no_colour = getenv("NO_COLOR");
	const char *terminal = getenv("TERM");
	struct terminal_style style = {
		.dim = "", .strong = "", .bad = "", .warn = "", .key = "", .off = ""};

	if ((no_colour && no_colour[0]) || !terminal || strcmp(terminal, "dumb") == 0 ||
	    !isatty(fileno(stream)))
		return style;
	return (struct terminal_style){
		.colour = true,
		.dim = "\033[2m",
		.strong = "\033[1m",
		.bad = "\033[31m",
		.warn = "\033[33m",
		.key = "\033[36m",
		.off = "\033[0m",
	};
}
