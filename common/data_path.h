/*
 * Where the programs' own data is: `rules.d` and `schema`, in ../share/auditmgr beside the
 * directory of the running program, in the build tree and when installed alike.
 */
#ifndef COMMON_DATA_PATH_H
#define COMMON_DATA_PATH_H

#include "common/error.h"

/* Returns "<data directory>/<name>", malloc'ed, or NULL with *error. It is not checked to exist. */
char *data_path(const char *name, struct error *error);

#endif
