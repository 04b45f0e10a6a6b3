#include "auditmgr/rules_file.h"

#include "common/file.h"

#include <string.h>

/*
 * The directory as this machine names it: links are followed inside the tree only, so an image with
 * /etc/audit -> /etc/audit of its own stays within itself. NULL with *error.
 */
static char *directory_path(const struct host_root *root, struct error *error)
{
	CLEANUP(host_place_done) struct host_place place = HOST_PLACE_INIT;
	char *path = NULL;

	if (host_root_look(root, RULES_DIRECTORY, true, &place) ||
	    asprintf(&path, "%s%s", root->path, text_string(&place.path)) < 0) {
		error_set_memory(error, "cannot write the rules");
		return NULL;
	}
	if (place.state == PLACE_UNKNOWN) {
		error_set_errno(error, place.error_number, "cannot write the rules", path);
		free(path);
		return NULL;
	}
	if (place.state != PLACE_FOUND && file_make_directories(path, 0750, error)) {
		free(path);
		return NULL;
	}
	return path;
}

static int write_file(const char *directory, const char *name, const struct text *bytes,
		      struct error *error)
{
	CLEANUP(free_pointer) char *path = NULL;

	if (asprintf(&path, "%s/%s", directory, name) < 0) {
		path = NULL;
		return error_set_memory(error, "cannot write the rules");
	}
	return file_replace(path, text_string(bytes), bytes->length, RULES_FILE_MODE, error);
}

int rules_file_write(const struct host_root *root, const struct plan *plan,
		     const struct rules_directory *installed, struct rules_file_result *result,
		     struct error *error)
{
	CLEANUP(free_pointer) char *directory = NULL;

	*result = (struct rules_file_result){.changed = false};
	if (!plan->file_changes && installed->mode == RULES_FILE_MODE)
		return 0;
	directory = directory_path(root, error);
	if (!directory)
		return -1;
	if (installed->exists && plan->file_changes) {
		if (write_file(directory, RULES_FILE_NAME ".prev", &installed->bytes, error))
			return -1;
		result->kept_previous = true;
	}
	if (write_file(directory, RULES_FILE_NAME, &plan->file, error))
		return -1;
	result->changed = true;
	return 0;
}
