#include "common/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

static int read_all(int fd, const char *path, size_t limit, struct text *content,
		    struct error *error)
{
	size_t before = content->length;

	for (;;) {
		ssize_t got;

		if (text_reserve(content, 16384))
			return error_set_memory(error, "cannot read the file");
		got = read(fd, content->bytes + content->length, 16384);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return error_set_errno(error, errno, "cannot read the file", path);
		if (got == 0)
			return 0;
		content->length += (size_t)got;
		content->bytes[content->length] = '\0';
		if (content->length - before > limit)
			return error_set(error, ERROR_INPUT, "cannot read the file", path,
					 "it is larger than %zu bytes", limit);
	}
}

int file_read_descriptor(int fd, const char *name, size_t limit, struct text *content,
			 struct error *error)
{
	struct stat status;

	if (fstat(fd, &status) < 0)
		return error_set_errno(error, errno, "cannot open the file", name);
	if (!S_ISREG(status.st_mode))
		return error_set(error, ERROR_INPUT, "cannot read the file", name,
				 "it is not a regular file");
	return read_all(fd, name, limit, content, error);
}

int file_read(const char *path, size_t limit, struct text *content, struct error *error)
{
	/* without O_NONBLOCK the open of a FIFO waits for a writer */
	CLEANUP(close_descriptor) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0)
		return error_set_errno(error, errno, "cannot open the file", path);
	return file_read_descriptor(fd, path, limit, content, error);
}

static int write_all(int fd, const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t written = write(fd, bytes, length);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return -1;
		bytes += written;
		length -= (size_t)written;
	}
	return 0;
}

static int sync_directory_of(const char *path)
{
	CLEANUP(close_descriptor) int fd = -1;
	CLEANUP(free_pointer) char *directory = strdup(path);
	char *slash;

	if (!directory)
		return -1;
	slash = strrchr(directory, '/');
	if (slash)
		slash[slash == directory] = '\0';
	fd = open(slash ? directory : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return fd < 0 ? -1 : fsync(fd);
}

int file_replace(const char *path, const char *bytes, size_t length, mode_t mode,
		 struct error *error)
{
	CLEANUP(free_pointer) char *temporary = NULL;
	CLEANUP(close_descriptor) int fd = -1;

	/* no glob that auditd or systemd reads may match the temporary name */
	if (asprintf(&temporary, "%s.XXXXXX", path) < 0) {
		temporary = NULL;
		return error_set_memory(error, "cannot write the file");
	}
	fd = mkostemp(temporary, O_CLOEXEC);
	if (fd < 0)
		return error_set_errno(error, errno, "cannot write the file", path);
	if (write_all(fd, bytes, length) || fchmod(fd, mode) || fsync(fd) ||
	    rename(temporary, path)) {
		int saved = errno;

		(void)unlink(temporary);
		return error_set_errno(error, saved, "cannot write the file", path);
	}
	if (sync_directory_of(path))
		return error_set_errno(error, errno, "cannot flush the directory of the file",
				       path);
	return 0;
}

int file_make_directories(const char *path, mode_t mode, struct error *error)
{
	CLEANUP(free_pointer) char *partial = strdup(path);

	if (!partial)
		return error_set_memory(error, "cannot make the directory");
	for (char *end = partial + 1; *partial; end++) {
		bool last = *end == '\0';

		if (!last && *end != '/')
			continue;
		*end = '\0';
		if (mkdir(partial, mode) < 0 && errno != EEXIST)
			return error_set_errno(error, errno, "cannot make the directory", partial);
		if (last)
			return 0;
		*end = '/';
	}
	return 0;
}

void file_names_free(char **names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free(names[i]);
	free(names);
}

static bool ends_with(const char *name, const char *suffix)
{
	size_t length = strlen(name), suffix_length = strlen(suffix);

	return length >= suffix_length && strcmp(name + length - suffix_length, suffix) == 0;
}

static int compare_names(const void *left, const void *right)
{
	return strverscmp(*(char *const *)left, *(char *const *)right);
}

static int append_name(char ***names, size_t *count, const char *name)
{
	char **grown = realloc(*names, (*count + 1) * sizeof(*grown));

	if (!grown)
		return -1;
	*names = grown;
	grown[*count] = strdup(name);
	if (!grown[*count])
		return -1;
	(*count)++;
	return 0;
}

int file_list(const char *path, const char *suffix, char ***names, size_t *count,
	      struct error *error)
{
	DIR *directory = opendir(path);
	char **found = NULL;
	size_t found_count = 0;
	int read_error = 0;
	bool out_of_memory = false;

	if (!directory)
		return error_set_errno(error, errno, "cannot open the directory", path);
	for (;;) {
		const struct dirent *entry;

		errno = 0;
		entry = readdir(directory);
		if (!entry) {
			read_error = errno;
			break;
		}
		if (entry->d_name[0] == '.' || !ends_with(entry->d_name, suffix))
			continue;
		if (append_name(&found, &found_count, entry->d_name)) {
			out_of_memory = true;
			break;
		}
	}
	(void)closedir(directory);
	if (out_of_memory || read_error) {
		file_names_free(found, found_count);
		return out_of_memory ? error_set_memory(error, "cannot list the directory")
				     : error_set_errno(error, read_error,
						       "cannot list the directory", path);
	}
	if (found_count)
		qsort(found, found_count, sizeof(*found), compare_names);
	*names = found;
	*count = found_count;
	return 0;
}
