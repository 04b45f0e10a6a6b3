/*
 * Finds the files of detections below a directory.
 */
#ifndef ANALYZER_DETECTION_FILES_H
#define ANALYZER_DETECTION_FILES_H

#include "common/diagnostic.h"
#include "common/error.h"

enum {
	DETECTION_FILE_LIMIT = 20000,
	DETECTION_DEPTH_LIMIT = 16, /* directories inside each other */
};

/*
 * Lists every file below `directory` whose name ends in .yml or .yaml, `directory` in front, sorted
 * by name in each directory. Links to directories are not followed, except `directory` itself. What
 * can't be read inside adds an error to *diagnostics. *paths is a malloc'ed array of *count
 * malloc'ed strings for file_names_free. Returns 0, or -1 with *error.
 */
int detection_files(const char *directory, char ***paths, size_t *count,
		    struct diagnostics *diagnostics, struct error *error) MUST_CHECK;

#endif
