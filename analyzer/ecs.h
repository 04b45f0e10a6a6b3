/*
 * An event as JSON by the names of the Elastic Common Schema 8, with what that has no name for
 * under auditd.* (DESIGN.md, pinned interface; schema/event.schema.json).
 *
 * What the log doesn't say is left out. User names are those of the log, never this host's; the one
 * exception is user.audit.name "unset", which is what the number 4294967295 means to the kernel.
 */
#ifndef ANALYZER_ECS_H
#define ANALYZER_ECS_H

#include "analyzer/store_read.h"

#include <jansson.h>

/* Returns a new object, or NULL when out of memory. */
json_t *ecs_event(const struct stored_event *stored);

#endif
