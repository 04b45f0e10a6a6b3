#include "auditmgr/rules_directory.h"

#include "auditmgr/rule_parse.h"
#include "common/file.h"

#include <string.h>
#include <sys/stat.h>

void rules_directory_done(struct rules_directory *directory)
{
	rule_set_done(&directory->others);
	rule_set_done(&directory->ours);
	text_done(&directory->bytes);
	diagnostics_done(&directory->faults);
}

static int parse(struct rules_directory *directory, const struct host *host, const char *path,
		 const struct text *bytes, struct rule_set *set, struct error *error)
{
	struct rule_parse_options options = rule_parse_defaults();

	options.host = rule_host_tree(&host->root, host_machine_number(host));
	/* a file for several machines is no fault of the host's */
	options.drop_missing_syscalls = true;
	return rule_parse_file(set, path, text_string(bytes), bytes->length, &options,
			       &directory->faults, error);
}

static int read_other(struct rules_directory *directory, const struct host *host, const char *name,
		      struct error *error)
{
	CLEANUP(text_done) struct text bytes = TEXT_INIT;
	CLEANUP(free_pointer) char *path = NULL;

	if (asprintf(&path, "%s/%s", RULES_DIRECTORY, name) < 0) {
		path = NULL;
		return error_set_memory(error, "cannot read the installed rules");
	}
	if (host_root_read(&host->root, path, RULE_FILE_MAX, &bytes, error) < 0)
		return -1;
	return parse(directory, host, path, &bytes, &directory->others, error);
}

static int read_ours(struct rules_directory *directory, const struct host *host,
		     struct error *error)
{
	CLEANUP(host_place_done) struct host_place place = HOST_PLACE_INIT;

	if (host_root_look(&host->root, RULES_FILE_PATH, false, &place))
		return error_set_memory(error, "cannot read the installed rules");
	directory->exists = place.state == PLACE_FOUND && S_ISREG(place.mode);
	directory->mode = place.mode & 07777;
	if (host_root_read(&host->root, RULES_FILE_PATH, RULE_FILE_MAX, &directory->bytes, error) <
	    0)
		return -1;
	return parse(directory, host, RULES_FILE_PATH, &directory->bytes, &directory->ours, error);
}

int rules_directory_read(struct rules_directory *directory, const struct host *host,
			 struct error *error)
{
	char **names;
	size_t count;
	int result = 0;

	if (host_root_list(&host->root, RULES_DIRECTORY, ".rules", &names, &count, error))
		return -1;
	for (size_t i = 0; i < count && result == 0; i++)
		if (strcmp(names[i], RULES_FILE_NAME) != 0)
			result = read_other(directory, host, names[i], error);
	file_names_free(names, count);
	return result ? -1 : read_ours(directory, host, error);
}

bool rules_directory_is_behind(const struct rule_statement *statement)
{
	const char *slash = strrchr(statement->file, '/');

	return strverscmp(slash ? slash + 1 : statement->file, RULES_FILE_NAME) > 0;
}
