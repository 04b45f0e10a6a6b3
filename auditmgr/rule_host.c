#include "auditmgr/rule_host.h"

#include "common/cleanup.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <libaudit.h>
#include <pwd.h>
#include <string.h>
#include <sys/stat.h>

enum {
	ACCOUNT_MAX = 1 << 20, /* bytes of one passwd or group entry: groups have long lists */
};

static bool running_find_user(const void *context, const char *name, uint32_t *id)
{
	struct passwd entry;
	struct passwd *found = NULL;
	CLEANUP(free_pointer) char *memory = NULL;
	int result = ERANGE;

	(void)context;
	for (size_t size = 4096; result == ERANGE && size <= ACCOUNT_MAX; size *= 4) {
		free(memory);
		memory = malloc(size);
		if (!memory)
			return false;
		result = getpwnam_r(name, &entry, memory, size, &found);
	}
	if (result != 0 || !found)
		return false;
	*id = found->pw_uid;
	return true;
}

static bool running_find_group(const void *context, const char *name, uint32_t *id)
{
	struct group entry;
	struct group *found = NULL;
	CLEANUP(free_pointer) char *memory = NULL;
	int result = ERANGE;

	(void)context;
	for (size_t size = 4096; result == ERANGE && size <= ACCOUNT_MAX; size *= 4) {
		free(memory);
		memory = malloc(size);
		if (!memory)
			return false;
		result = getgrnam_r(name, &entry, memory, size, &found);
	}
	if (result != 0 || !found)
		return false;
	*id = found->gr_gid;
	return true;
}

static bool running_is_directory(const void *context, const char *path)
{
	struct stat status;

	(void)context;
	return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

struct rule_host rule_host_running(void)
{
	struct rule_host host = {
		.machine = audit_detect_machine(),
		.find_user = running_find_user,
		.find_group = running_find_group,
		.is_directory = running_is_directory,
	};

	return host;
}

static bool tree_is_directory(const void *context, const char *path)
{
	CLEANUP(host_place_done) struct host_place place = HOST_PLACE_INIT;

	return host_root_look(context, path, true, &place) == 0 && place.state == PLACE_FOUND &&
	       S_ISDIR(place.mode);
}

static FILE *tree_open(const struct host_root *root, const char *path)
{
	int descriptor = host_root_open_file(root, path, O_RDONLY);
	FILE *stream = descriptor >= 0 ? fdopen(descriptor, "r") : NULL;

	if (descriptor >= 0 && !stream)
		(void)close(descriptor);
	return stream;
}

static bool tree_find_user(const void *context, const char *name, uint32_t *id)
{
	CLEANUP(close_stream) FILE *stream = tree_open(context, "/etc/passwd");
	struct passwd entry;
	struct passwd *found = NULL;
	char memory[4096];

	/* an entry that doesn't fit (ERANGE) ends the search: that file is not what we think it is
	 */
	while (stream && fgetpwent_r(stream, &entry, memory, sizeof(memory), &found) == 0)
		if (strcmp(found->pw_name, name) == 0) {
			*id = found->pw_uid;
			return true;
		}
	return false;
}

static bool tree_find_group(const void *context, const char *name, uint32_t *id)
{
	CLEANUP(close_stream) FILE *stream = tree_open(context, "/etc/group");
	CLEANUP(free_pointer) char *memory = malloc(ACCOUNT_MAX);
	struct group entry;
	struct group *found = NULL;

	while (stream && memory && fgetgrent_r(stream, &entry, memory, ACCOUNT_MAX, &found) == 0)
		if (strcmp(found->gr_name, name) == 0) {
			*id = found->gr_gid;
			return true;
		}
	return false;
}

struct rule_host rule_host_tree(const struct host_root *root, int machine)
{
	struct rule_host host = {
		.machine = machine,
		.find_user = tree_find_user,
		.find_group = tree_find_group,
		.is_directory = tree_is_directory,
		.context = root,
	};

	return host;
}
