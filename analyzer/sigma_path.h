/*
 * The absolute name of a path that an event gives relative or roundabout.
 */
#ifndef ANALYZER_SIGMA_PATH_H
#define ANALYZER_SIGMA_PATH_H

#include "analyzer/event.h"
#include "common/text.h"

/*
 * Appends to *absolute the path `name` of a PATH record, made absolute by the event's working
 * directory and without empty, `.` and `..` components (links are not followed: the file tree of
 * the event is not here). Returns 1; 0 with nothing appended where that is `name` itself or can't
 * be known, as for a name relative to an open directory (openat(2)); -1 when out of memory.
 */
int sigma_path_resolve(const struct event *event, struct slice name,
		       struct text *absolute) MUST_CHECK;

#endif
