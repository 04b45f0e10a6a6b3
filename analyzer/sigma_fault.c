#include "analyzer/sigma_fault.h"

int sigma_fault_set(struct sigma_fault *fault, struct arena *arena, const struct sigma_node *at,
		    struct slice what, const char *why)
{
	enum {
		SHOWN = 80
	};

	if (!why)
		return sigma_fault_memory(fault);
	fault->line = at->line;
	fault->column = at->column;
	fault->what = arena_format(arena, "%.*s", (int)(what.length < SHOWN ? what.length : SHOWN),
				   what.bytes);
	fault->why = why;
	return -1;
}
