#include "common/data_path.h"

#include <errno.h>
#include <limits.h>
#include <string.h>

char *data_path(const char *name, struct error *error)
{
	char program[PATH_MAX];
	ssize_t length = readlink("/proc/self/exe", program, sizeof(program) - 1);
	char *slash, *path = NULL;

	if (length < 0) {
		error_set_errno(error, errno, "cannot tell where this program is",
				"/proc/self/exe");
		return NULL;
	}
	program[length] = '\0';
	slash = strrchr(program, '/');
	if (slash)
		*slash = '\0';
	if (asprintf(&path, "%s/../share/auditmgr/%s", program, name) < 0) {
		error_set_memory(error, "cannot find the program's data");
		return NULL;
	}
	return path;
}
