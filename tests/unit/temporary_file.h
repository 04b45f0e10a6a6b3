/*
 * A file of some bytes for the time of a test. Every failure fails the test.
 */
#ifndef TESTS_UNIT_TEMPORARY_FILE_H
#define TESTS_UNIT_TEMPORARY_FILE_H

#include "tests/unit/table.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct temporary_file {
	char path[32];
};

static inline void temporary_file_make(struct temporary_file *file, const char *bytes,
				       size_t length)
{
	int fd;

	(void)strcpy(file->path, "/tmp/auditmgr-test.XXXXXX");
	fd = mkstemp(file->path);
	assert_true(fd >= 0);
	while (length > 0) {
		ssize_t written = write(fd, bytes, length);

		assert_true(written > 0);
		bytes += written;
		length -= (size_t)written;
	}
	assert_int_equal(close(fd), 0);
}

static inline void temporary_file_remove(const struct temporary_file *file)
{
	assert_int_equal(unlink(file->path), 0);
}

#endif
