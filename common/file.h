/*
 * Whole files: read with a limit, replaced atomically.
 */
#ifndef COMMON_FILE_H
#define COMMON_FILE_H

#include "common/error.h"
#include "common/text.h"

#include <stdbool.h>
#include <sys/types.h>

/*
 * Appends the content of `path` to *content. Refuses a file of more than `limit` bytes and anything
 * that is no regular file (a FIFO would hang). Returns 0, or -1 with *error.
 */
int file_read(const char *path, size_t limit, struct text *content, struct error *error) MUST_CHECK;

/*
 * As file_read for a file that is open for reading; `name` stands for it in errors. The descriptor
 * stays the caller's.
 */
int file_read_descriptor(int fd, const char *name, size_t limit, struct text *content,
			 struct error *error) MUST_CHECK;

/*
 * Replaces `path` by `length` bytes with `mode`, atomically: a temporary file in the same
 * directory, fsync, rename, fsync of the directory. On failure `path` is as it was. Returns 0, or
 * -1 with *error.
 */
int file_replace(const char *path, const char *bytes, size_t length, mode_t mode,
		 struct error *error) MUST_CHECK;

/* Makes `path` and each missing parent with `mode`. Returns 0, or -1 with *error. */
int file_make_directories(const char *path, mode_t mode, struct error *error) MUST_CHECK;

/*
 * The names in directory `path` that end in `suffix`, in natural (version) order, as augenrules and
 * people order them. *names is a malloc'ed array of *count malloc'ed strings for file_names_free.
 * Returns 0, or -1 with *error.
 */
int file_list(const char *path, const char *suffix, char ***names, size_t *count,
	      struct error *error) MUST_CHECK;

void file_names_free(char **names, size_t count);

#endif
