#include "tests/unit/tree.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static void check(int holds, const char *what)
{
	if (holds)
		return;
	perror(what);
	abort();
}

static void make_parents(char *path)
{
	for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		(void)mkdir(path, 0755);
		*slash = '/';
	}
}

static void make_file(const char *path, const char *content)
{
	FILE *stream = fopen(path, "we");

	check(stream != NULL, path);
	check(!content || fputs(content, stream) >= 0, path);
	check(fclose(stream) == 0, path);
}

/* binds by a relative name: a temporary directory may be longer than sun_path */
static void make_socket(char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	char *slash = strrchr(path, '/');
	int here = open(".", O_PATH | O_DIRECTORY | O_CLOEXEC);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	check(fd >= 0 && here >= 0, "socket");
	(void)snprintf(address.sun_path, sizeof(address.sun_path), "%s", slash + 1);
	*slash = '\0';
	check(chdir(path) == 0, path);
	*slash = '/';
	check(bind(fd, (const struct sockaddr *)&address, sizeof(address)) == 0, path);
	check(fchdir(here) == 0, "fchdir");
	(void)close(here);
	(void)close(fd);
}

static void add_entry(const char *root, const struct tree_entry *entry)
{
	char *path;

	check(asprintf(&path, "%s%s", root, entry->path) > 0, "asprintf");
	make_parents(path);
	switch (entry->kind) {
	case TREE_END:
		break;
	case TREE_FILE:
		make_file(path, entry->content);
		break;
	case TREE_DIRECTORY:
		(void)mkdir(path, 0755);
		break;
	case TREE_LINK:
		check(symlink(entry->content, path) == 0, path);
		break;
	case TREE_SOCKET:
		make_socket(path);
		break;
	case TREE_FIFO:
		check(mkfifo(path, 0600) == 0, path);
		break;
	}
	free(path);
}

void tree_add(const char *root, const struct tree_entry *entries)
{
	for (; entries && entries->kind != TREE_END; entries++)
		add_entry(root, entries);
}

char *tree_make(const struct tree_entry *entries)
{
	const char *parent = getenv("TMPDIR");
	char *root, *real;

	check(asprintf(&root, "%s/auditmgr-tree.XXXXXX", parent ? parent : "/tmp") > 0, "asprintf");
	check(mkdtemp(root) != NULL, root);
	real = realpath(root, NULL);
	check(real != NULL, root);
	free(root);
	tree_add(real, entries);
	return real;
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *place)
{
	(void)status;
	(void)type;
	(void)place;
	return remove(path);
}

void tree_remove(char *root)
{
	(void)nftw(root, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	free(root);
}
