#include "auditmgr/host_root.h"

#include "common/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>

/* A walk through the tree: `done` holds no link, `pending` is what is still to be walked. */
struct walk {
	const struct host_root *root;
	struct text done;
	struct text pending;
	size_t at; /* the next byte of pending */
	unsigned links;
	bool follow_last;
};

static int open_fault(int error_number, const char *path, struct error *error)
{
	if (error_number != ENOENT && error_number != ENOTDIR)
		return error_set_errno(error, error_number, "cannot open the file tree", path);
	return error_set(error, ERROR_INPUT, "cannot open the file tree", path, "%s",
			 error_number == ENOENT ? "there is no such directory"
						: "it is not a directory");
}

int host_root_open(struct host_root *root, const char *path, struct error *error)
{
	char *real = realpath(path ? path : "/", NULL);

	if (!real)
		return open_fault(errno, path ? path : "/", error);
	root->directory = open(real, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (root->directory < 0) {
		int saved = errno;

		free(real);
		return open_fault(saved, path ? path : "/", error);
	}
	if (strcmp(real, "/") == 0)
		real[0] = '\0';
	root->path = real;
	return 0;
}

void host_root_done(struct host_root *root)
{
	free(root->path);
	root->path = NULL;
	close_descriptor(&root->directory);
	root->directory = -1;
}

void host_place_done(struct host_place *place)
{
	text_done(&place->path);
}

/* the path as an *at() call takes it, relative to the tree's own directory */
static const char *relative(const char *path)
{
	while (*path == '/')
		path++;
	return *path ? path : ".";
}

static void remove_last_component(struct text *path)
{
	while (path->length > 0 && path->bytes[path->length - 1] != '/')
		path->length--;
	if (path->length > 0)
		path->length--;
	if (path->bytes)
		path->bytes[path->length] = '\0';
}

/* The next component of the pending path, without its slashes; length 0 at the end. */
static const char *next_component(struct walk *walk, size_t *length)
{
	const char *pending = text_string(&walk->pending), *start;

	while (pending[walk->at] == '/')
		walk->at++;
	start = pending + walk->at;
	*length = strcspn(start, "/");
	walk->at += *length;
	return start;
}

static bool is_last(const struct walk *walk)
{
	const char *rest = text_string(&walk->pending) + walk->at;

	return rest[strspn(rest, "/")] == '\0';
}

/* Puts the link's text in front of what is pending. Returns 0, or an errno. */
static int follow(struct walk *walk)
{
	CLEANUP(text_done) struct text rest = TEXT_INIT;
	char link[PATH_MAX];
	ssize_t length;

	if (++walk->links > HOST_ROOT_LINKS_MAX)
		return ELOOP;
	length = readlinkat(walk->root->directory, relative(text_string(&walk->done)), link,
			    sizeof(link));
	if (length < 0)
		return errno;
	if (length == 0 || (size_t)length >= sizeof(link))
		return ENAMETOOLONG;
	if (text_append(&rest, link, (size_t)length) || text_append_char(&rest, '/') ||
	    text_append_string(&rest, text_string(&walk->pending) + walk->at))
		return ENOMEM;
	if (link[0] == '/')
		text_clear(&walk->done);
	else
		remove_last_component(&walk->done);
	text_clear(&walk->pending);
	walk->at = 0;
	return text_append(&walk->pending, rest.bytes, rest.length) ? ENOMEM : 0;
}

/* Adds what is pending to what is done, `.` and `..` read as text: nothing there can be looked at.
 */
static int append_rest(struct walk *walk)
{
	for (;;) {
		size_t length;
		const char *component = next_component(walk, &length);

		if (length == 0)
			return 0;
		if (length == 1 && component[0] == '.')
			continue;
		if (length == 2 && component[0] == '.' && component[1] == '.')
			remove_last_component(&walk->done);
		else if (text_append_char(&walk->done, '/') ||
			 text_append(&walk->done, component, length))
			return ENOMEM;
	}
}

/* Looks at one component that was added to walk->done. Returns 0, or an errno. */
static int enter(struct walk *walk, struct host_place *place)
{
	bool last = is_last(walk);
	struct stat status;

	if (fstatat(walk->root->directory, relative(text_string(&walk->done)), &status,
		    AT_SYMLINK_NOFOLLOW) < 0) {
		if (errno != ENOENT && errno != ENOTDIR)
			return errno;
		place->state = last && errno == ENOENT ? PLACE_ABSENT : PLACE_NO_PARENT;
		place->mode = 0;
		return append_rest(walk);
	}
	if (S_ISLNK(status.st_mode) && (!last || walk->follow_last))
		return follow(walk);
	if (!last && !S_ISDIR(status.st_mode)) {
		place->state = PLACE_NO_PARENT;
		place->mode = 0;
		return append_rest(walk);
	}
	place->mode = status.st_mode;
	return 0;
}

static int walk_through(struct walk *walk, struct host_place *place)
{
	while (place->state == PLACE_FOUND) {
		size_t length;
		const char *component = next_component(walk, &length);
		int error_number;

		if (length == 0)
			return 0;
		if (length == 1 && component[0] == '.')
			continue;
		if (length == 2 && component[0] == '.' && component[1] == '.') {
			remove_last_component(&walk->done);
			continue;
		}
		if (text_append_char(&walk->done, '/') ||
		    text_append(&walk->done, component, length))
			return ENOMEM;
		error_number = enter(walk, place);
		if (error_number)
			return error_number;
	}
	return 0;
}

int host_root_look(const struct host_root *root, const char *path, bool follow_last,
		   struct host_place *place)
{
	struct walk walk = {.root = root, .follow_last = follow_last};
	int error_number = 0, result = -1;

	place->state = PLACE_FOUND;
	place->mode = S_IFDIR;
	place->error_number = 0;
	text_clear(&place->path);
	if (text_append_string(&walk.pending, path) == 0)
		error_number = walk_through(&walk, place);
	else
		error_number = ENOMEM;
	if (error_number && error_number != ENOMEM) {
		place->state = PLACE_UNKNOWN;
		place->mode = 0;
		place->error_number = error_number;
		error_number = append_rest(&walk);
	}
	if (error_number == 0)
		result = text_append(&place->path, walk.done.length ? walk.done.bytes : "/",
				     walk.done.length ? walk.done.length : 1);
	text_done(&walk.done);
	text_done(&walk.pending);
	return result;
}

int host_root_read_link(const struct host_root *root, const struct host_place *place,
			struct text *target)
{
	const char *path = text_string(&place->path);
	const char *slash = strrchr(path, '/');
	char link[PATH_MAX];
	ssize_t length = readlinkat(root->directory, relative(path), link, sizeof(link));

	if (length < 0)
		return -1;
	if (length == 0 || (size_t)length >= sizeof(link)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	if (link[0] != '/' && slash && text_append(target, path, (size_t)(slash - path) + 1))
		return -1;
	return text_append(target, link, (size_t)length);
}

/* openat2 refuses a link that was put in the way since the walk; without it, openat must do */
static int open_resolved(const struct host_root *root, const char *path, int flags)
{
	struct open_how how = {
		.flags = (unsigned)(flags | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW),
		.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS,
	};
	long fd = syscall(SYS_openat2, root->directory, relative(path), &how, sizeof(how));

	if (fd >= 0 || (errno != ENOSYS && errno != EPERM))
		return (int)fd;
	return openat(root->directory, relative(path), flags | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
}

int host_root_open_file(const struct host_root *root, const char *path, int flags)
{
	CLEANUP(host_place_done) struct host_place place = HOST_PLACE_INIT;

	if (host_root_look(root, path, true, &place)) {
		errno = ENOMEM;
		return -1;
	}
	if (place.state == PLACE_UNKNOWN) {
		errno = place.error_number;
		return -1;
	}
	if (place.state != PLACE_FOUND) {
		errno = ENOENT;
		return -1;
	}
	return open_resolved(root, text_string(&place.path), flags);
}

int host_root_read(const struct host_root *root, const char *path, size_t limit,
		   struct text *content, struct error *error)
{
	CLEANUP(close_descriptor) int fd = host_root_open_file(root, path, O_RDONLY);

	if (fd < 0 && errno == ENOENT)
		return 0;
	if (fd < 0)
		return error_set_errno(error, errno, "cannot open the file", path);
	return file_read_descriptor(fd, path, limit, content, error) ? -1 : 1;
}

int host_root_list(const struct host_root *root, const char *path, const char *suffix,
		   char ***names, size_t *count, struct error *error)
{
	CLEANUP(close_descriptor) int fd = host_root_open_file(root, path, O_RDONLY | O_DIRECTORY);
	char directory[64];

	*names = NULL;
	*count = 0;
	if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
		return 0;
	if (fd < 0)
		return error_set_errno(error, errno, "cannot open the directory", path);
	(void)snprintf(directory, sizeof(directory), "/proc/self/fd/%d", fd);
	return file_list(directory, suffix, names, count, error);
}
