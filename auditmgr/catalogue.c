#include "auditmgr/catalogue.h"

#include "auditmgr/catalogue_check.h"
#include "auditmgr/catalogue_metadata.h"
#include "common/file.h"

#include <ctype.h>
#include <string.h>

#define TEMPLATES_MAX 64 /* rules under one metadata block */

/* One file while it is read. */
struct reader {
	struct catalogue *catalogue;
	const char *file; /* in the catalogue's arena */
	struct metadata metadata;
	struct catalogue_template templates[TEMPLATES_MAX];
	size_t template_count;
	unsigned first_line; /* of the block; 0 outside one */
	bool faulty;         /* something of the block was wrong: it is not added */
	struct diagnostics *diagnostics;
	struct error *error;
};

void catalogue_done(struct catalogue *catalogue)
{
	free(catalogue->entries);
	catalogue->entries = NULL;
	catalogue->count = catalogue->capacity = 0;
	arena_done(&catalogue->arena);
}

static int out_of_memory(struct reader *reader)
{
	return error_set_memory(reader->error, "cannot read the catalogue");
}

static int fault(struct reader *reader, unsigned line, unsigned column, struct slice what,
		 const char *why)
{
	char shown[128];

	(void)snprintf(shown, sizeof(shown), "%.*s",
		       (int)(what.length < sizeof(shown) ? what.length : sizeof(shown) - 1),
		       what.bytes);
	reader->faulty = true;
	if (diagnostics_add(reader->diagnostics, DIAGNOSTIC_ERROR, reader->file, line, column,
			    shown, "%s", why))
		return out_of_memory(reader);
	return 0;
}

static int fault_of(struct reader *reader, const struct metadata_fault *found)
{
	return fault(reader, found->line, found->column, found->what, found->why);
}

static const struct catalogue_entry *entry_of(const struct catalogue *catalogue, const char *id)
{
	for (size_t i = 0; i < catalogue->count; i++)
		if (strcmp(catalogue->entries[i].id, id) == 0)
			return &catalogue->entries[i];
	return NULL;
}

static int append_entry(struct reader *reader, const struct catalogue_entry *entry)
{
	struct catalogue *catalogue = reader->catalogue;

	if (catalogue->count >= CATALOGUE_ENTRIES_MAX)
		return error_set(reader->error, ERROR_INPUT, "cannot read the catalogue",
				 reader->file, "it has more than %d entries",
				 CATALOGUE_ENTRIES_MAX);
	if (catalogue->count == catalogue->capacity) {
		size_t capacity = catalogue->capacity ? catalogue->capacity * 2 : 64;
		struct catalogue_entry *grown =
			realloc(catalogue->entries, capacity * sizeof(*grown));

		if (!grown)
			return out_of_memory(reader);
		catalogue->entries = grown;
		catalogue->capacity = capacity;
	}
	catalogue->entries[catalogue->count++] = *entry;
	return 0;
}

/* Makes an entry of what the block held; a faulty block has been reported and is dropped. */
static int make_entry(struct reader *reader)
{
	struct arena *arena = &reader->catalogue->arena;
	struct catalogue_entry entry = {.file = reader->file,
					.template_count = reader->template_count};
	struct metadata_fault found;
	int result;

	if (reader->faulty)
		return 0;
	result = metadata_fill(&reader->metadata, arena, &entry, &found);
	if (result < 0)
		return out_of_memory(reader);
	if (result > 0)
		return fault_of(reader, &found);
	if (entry_of(reader->catalogue, entry.id))
		return fault(reader, reader->metadata.lines[METADATA_ID],
			     reader->metadata.columns[METADATA_ID], slice_of(entry.id),
			     "another entry has this id");
	entry.templates =
		arena_allocate_zeroed(arena, entry.template_count, sizeof(*entry.templates));
	if (!entry.templates)
		return out_of_memory(reader);
	memcpy(entry.templates, reader->templates, entry.template_count * sizeof(*entry.templates));
	return append_entry(reader, &entry);
}

static int end_block(struct reader *reader)
{
	int result = 0;

	if (reader->first_line == 0)
		return 0;
	if (reader->template_count == 0)
		result = fault(reader, reader->first_line, 0, slice_of("metadata"),
			       "no rule stands under it");
	else
		result = make_entry(reader);
	metadata_clear(&reader->metadata);
	reader->template_count = 0;
	reader->first_line = 0;
	reader->faulty = false;
	return result;
}

static int read_metadata(struct reader *reader, struct slice line, unsigned number)
{
	struct metadata_fault found;
	int result;

	/* metadata under rules starts the next block */
	if (reader->template_count && end_block(reader))
		return -1;
	if (reader->first_line == 0)
		reader->first_line = number;
	result = metadata_add(&reader->metadata, line, number, &found);
	if (result < 0)
		return out_of_memory(reader);
	return result ? fault_of(reader, &found) : 0;
}

static int read_rule(struct reader *reader, struct slice line, unsigned number)
{
	struct catalogue_template *template = &reader->templates[reader->template_count];
	size_t errors = reader->diagnostics->errors;

	if (reader->first_line == 0) {
		int result = fault(reader, number, 1, line, "no metadata stands above the rule");

		reader->faulty = false;
		return result;
	}
	if (reader->template_count >= TEMPLATES_MAX)
		return fault(reader, number, 1, line, "too many rules under one metadata block");
	template->line = number;
	template->text = arena_copy(&reader->catalogue->arena, line.bytes, line.length);
	if (!template->text)
		return out_of_memory(reader);
	reader->template_count++;
	if (catalogue_check_template(reader->file, template, reader->diagnostics, reader->error))
		return -1;
	if (reader->diagnostics->errors > errors)
		reader->faulty = true;
	return 0;
}

static int read_line(struct reader *reader, struct slice line, unsigned number)
{
	while (line.length && isspace((unsigned char)line.bytes[line.length - 1]))
		line.length--;
	if (line.length == 0)
		return end_block(reader);
	if (metadata_is(line))
		return read_metadata(reader, line, number);
	if (line.bytes[0] == '#')
		return 0;
	if (memchr(line.bytes, '\0', line.length))
		return fault(reader, number, 0, slice_of("the line"), "it holds a NUL byte");
	return read_rule(reader, line, number);
}

int catalogue_parse(struct catalogue *catalogue, const char *file, const char *bytes, size_t length,
		    struct diagnostics *diagnostics, struct error *error)
{
	struct reader reader = {.catalogue = catalogue,
				.metadata = {.last = -1},
				.diagnostics = diagnostics,
				.error = error};
	unsigned number = 0;
	int result = 0;

	reader.file = arena_format(&catalogue->arena, "%s", file);
	if (!reader.file)
		return out_of_memory(&reader);
	for (size_t at = 0; at < length && result == 0;) {
		const char *start = bytes + at;
		const char *newline = memchr(start, '\n', length - at);
		size_t size = newline ? (size_t)(newline - start) : length - at;

		result = read_line(&reader, (struct slice){.bytes = start, .length = size},
				   ++number);
		at += size + 1;
	}
	if (result == 0)
		result = end_block(&reader);
	metadata_done(&reader.metadata);
	return result;
}

static int read_file(struct catalogue *catalogue, const char *directory, const char *name,
		     struct diagnostics *diagnostics, struct error *error)
{
	CLEANUP(text_done) struct text content = TEXT_INIT;
	CLEANUP(free_pointer) char *path = NULL;

	if (asprintf(&path, "%s/%s", directory, name) < 0) {
		path = NULL;
		return error_set_memory(error, "cannot read the catalogue");
	}
	if (file_read(path, CATALOGUE_FILE_MAX, &content, error))
		return -1;
	return catalogue_parse(catalogue, path, text_string(&content), content.length, diagnostics,
			       error);
}

int catalogue_read(struct catalogue *catalogue, const char *directory,
		   struct diagnostics *diagnostics, struct error *error)
{
	char **names;
	size_t count;
	int result = 0;

	if (file_list(directory, ".rules", &names, &count, error))
		return -1;
	if (count == 0)
		result = error_set(error, ERROR_INPUT, "cannot read the catalogue", directory,
				   "no *.rules file is in it");
	for (size_t i = 0; i < count && result == 0; i++)
		result = read_file(catalogue, directory, names[i], diagnostics, error);
	file_names_free(names, count);
	return result;
}
