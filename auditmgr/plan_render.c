/*
 * Our file's text: plain auditctl syntax that augenrules and auditctl -R load without us.
 */
#include "auditmgr/plan_step.h"

#include "common/escape.h"

#include <string.h>

/*
 * The first line is empty: augenrules pastes files together, and a file before ours whose last line
 * lacks its newline would else swallow our first (and be broken by it).
 */
static const char header[] =
	"\n"
	"## Made by `auditmgr install` from its catalogue, and made anew by the next install.\n"
	"## Rules of your own belong into another file of this directory.\n";

static int render_entry(struct text *file, const struct catalogue_entry *entry)
{
	if (text_append_format(file, "\n## %s", entry->id))
		return -1;
	for (size_t i = 0; i < entry->control_count; i++)
		if (text_append_format(file, "%s%s", i ? ", " : " (", entry->controls[i]))
			return -1;
	if (text_append_string(file, entry->control_count ? "): " : ": ") ||
	    escape_terminal(file, entry->title, strlen(entry->title)))
		return -1;
	return text_append_char(file, '\n');
}

int plan_render(struct plan *plan)
{
	const struct catalogue_entry *entry = NULL;

	if (text_append_string(&plan->file, header))
		return -1;
	for (size_t i = 0; i < plan->count; i++) {
		const struct plan_row *row = &plan->rows[i];

		if (!row->in_our_file)
			continue;
		if (row->intent->entry != entry && render_entry(&plan->file, row->intent->entry))
			return -1;
		entry = row->intent->entry;
		if (text_append_string(&plan->file, row->rule) ||
		    text_append_char(&plan->file, '\n'))
			return -1;
	}
	return 0;
}
