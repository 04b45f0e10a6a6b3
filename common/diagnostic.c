#include "common/diagnostic.h"

#include "common/escape.h"

#include <stdarg.h>
#include <string.h>

const char *diagnostic_level_name(enum diagnostic_level level)
{
	switch (level) {
	case DIAGNOSTIC_ERROR:
		return "error";
	case DIAGNOSTIC_WARNING:
		return "warning";
	case DIAGNOSTIC_NOTICE:
		return "notice";
	}
	return "error";
}

static void diagnostic_done(struct diagnostic *diagnostic)
{
	free(diagnostic->file);
	free(diagnostic->what);
	free(diagnostic->why);
}

void diagnostics_done(struct diagnostics *diagnostics)
{
	for (size_t i = 0; i < diagnostics->count; i++)
		diagnostic_done(&diagnostics->items[i]);
	free(diagnostics->items);
	*diagnostics = (struct diagnostics)DIAGNOSTICS_INIT;
}

static int diagnostics_reserve(struct diagnostics *diagnostics)
{
	size_t capacity = diagnostics->capacity ? diagnostics->capacity * 2 : 8;
	struct diagnostic *grown;

	if (diagnostics->count < diagnostics->capacity)
		return 0;
	grown = realloc(diagnostics->items, capacity * sizeof(*grown));
	if (!grown)
		return -1;
	diagnostics->items = grown;
	diagnostics->capacity = capacity;
	return 0;
}

int diagnostics_add(struct diagnostics *diagnostics, enum diagnostic_level level, const char *file,
		    unsigned line, unsigned column, const char *what, const char *why_format, ...)
{
	struct diagnostic made = {.level = level, .line = line, .column = column};
	va_list arguments;
	int written;

	if (diagnostics_reserve(diagnostics))
		return -1;
	va_start(arguments, why_format);
	written = vasprintf(&made.why, why_format, arguments);
	va_end(arguments);
	if (written < 0)
		made.why = NULL; /* vasprintf leaves it undefined */
	made.file = strdup(file);
	made.what = strdup(what);
	if (!made.why || !made.file || !made.what) {
		diagnostic_done(&made);
		return -1;
	}
	diagnostics->items[diagnostics->count++] = made;
	if (level == DIAGNOSTIC_ERROR)
		diagnostics->errors++;
	return 0;
}

struct placed {
	struct diagnostic item;
	size_t file;  /* the index of the first diagnostic of its file */
	size_t index; /* its own, which keeps the sort stable */
};

static int compare_placed(const void *left, const void *right)
{
	const struct placed *l = left;
	const struct placed *r = right;

	if (l->file != r->file)
		return l->file < r->file ? -1 : 1;
	if (l->item.line != r->item.line)
		return l->item.line < r->item.line ? -1 : 1;
	if (l->item.column != r->item.column)
		return l->item.column < r->item.column ? -1 : 1;
	return l->index < r->index ? -1 : 1;
}

/* The index of the first diagnostic of `file`. They come in runs, so the last one is tried first.
 */
static size_t find_file(const struct placed *placed, size_t count, const char *file)
{
	if (count > 0 && strcmp(placed[count - 1].item.file, file) == 0)
		return placed[count - 1].file;
	for (size_t i = 0; i < count; i++)
		if (strcmp(placed[i].item.file, file) == 0)
			return placed[i].file;
	return count;
}

int diagnostics_sort(struct diagnostics *diagnostics)
{
	CLEANUP(free_pointer)
	struct placed *placed = calloc(diagnostics->count + 1, sizeof(*placed));

	if (!placed)
		return -1;
	for (size_t i = 0; i < diagnostics->count; i++) {
		placed[i].item = diagnostics->items[i];
		placed[i].index = i;
		placed[i].file = find_file(placed, i, placed[i].item.file);
	}
	qsort(placed, diagnostics->count, sizeof(*placed), compare_placed);
	for (size_t i = 0; i < diagnostics->count; i++)
		diagnostics->items[i] = placed[i].item;
	return 0;
}

void diagnostics_print(const struct diagnostics *diagnostics, FILE *stream)
{
	for (size_t i = 0; i < diagnostics->count; i++) {
		const struct diagnostic *item = &diagnostics->items[i];

		escape_print(stream, item->file, strlen(item->file));
		if (item->line && item->column)
			(void)fprintf(stream, ":%u:%u", item->line, item->column);
		else if (item->line)
			(void)fprintf(stream, ":%u", item->line);
		(void)fputs(": ", stream);
		if (item->level != DIAGNOSTIC_ERROR)
			(void)fprintf(stream, "%s: ", diagnostic_level_name(item->level));
		escape_print(stream, item->what, strlen(item->what));
		(void)fputs(": ", stream);
		escape_print(stream, item->why, strlen(item->why));
		(void)fputc('\n', stream);
	}
}
