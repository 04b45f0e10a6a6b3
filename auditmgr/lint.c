#include "auditmgr/lint.h"

#include "auditmgr/rule_check.h"
#include "common/file.h"

#include <sys/stat.h>

struct names {
	char **items;
	size_t count;
};

static void names_done(struct names *names)
{
	file_names_free(names->items, names->count);
}

void lint_done(struct lint *lint)
{
	rule_set_done(&lint->set);
	diagnostics_done(&lint->diagnostics);
	*lint = (struct lint)LINT_INIT;
}

static int read_file(struct lint *lint, const char *path, const struct rule_parse_options *options,
		     struct error *error)
{
	CLEANUP(text_done) struct text content = TEXT_INIT;

	if (file_read(path, RULE_FILE_MAX, &content, error)) {
		error->kind = ERROR_INPUT; /* to this verb the file is the input */
		return -1;
	}
	lint->files++;
	return rule_parse_file(&lint->set, path, text_string(&content), content.length, options,
			       &lint->diagnostics, error);
}

/* augenrules reads the output of ls word by word. */
static int check_name(struct lint *lint, const char *path, const char *name, struct error *error)
{
	if (!strpbrk(name, " \t\n*?["))
		return 0;
	if (diagnostics_add(&lint->diagnostics, DIAGNOSTIC_WARNING, path, 0, 0, "name of the file",
			    "augenrules leaves out a file whose name the shell splits or expands"))
		return error_set_memory(error, "cannot read rule files");
	return 0;
}

static int read_directory(struct lint *lint, const char *path,
			  const struct rule_parse_options *options, struct error *error)
{
	CLEANUP(names_done) struct names names = {NULL, 0};

	lint->compiled = true;
	if (file_list(path, ".rules", &names.items, &names.count, error)) {
		error->kind = ERROR_INPUT;
		return -1;
	}
	for (size_t i = 0; i < names.count; i++) {
		CLEANUP(text_done) struct text file = TEXT_INIT;
		size_t length = strlen(path);
		bool slash = length > 0 && path[length - 1] == '/';

		if (text_append_format(&file, "%s%s%s", path, slash ? "" : "/", names.items[i]))
			return error_set_memory(error, "cannot read rule files");
		if (check_name(lint, file.bytes, names.items[i], error) ||
		    read_file(lint, file.bytes, options, error))
			return -1;
	}
	return 0;
}

int lint_read(struct lint *lint, const char *path, const struct rule_parse_options *options,
	      struct error *error)
{
	struct stat status;

	if (stat(path, &status) == 0 && S_ISDIR(status.st_mode))
		return read_directory(lint, path, options, error);
	return read_file(lint, path, options, error);
}

int lint_check(struct lint *lint, const struct rule_parse_options *options, struct error *error)
{
	enum rule_check_order order = lint->compiled ? RULE_CHECK_COMPILED : RULE_CHECK_WRITTEN;

	if (rule_check(&lint->set, &options->host, order, &lint->diagnostics, error))
		return -1;
	if (diagnostics_sort(&lint->diagnostics))
		return error_set_memory(error, "cannot check rules");
	return 0;
}

size_t lint_count(const struct lint *lint, enum diagnostic_level level)
{
	size_t count = 0;

	for (size_t i = 0; i < lint->diagnostics.count; i++)
		count += lint->diagnostics.items[i].level == level;
	return count;
}
