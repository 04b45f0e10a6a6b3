/*
 * Which events a rule sees. A rule whose log source audit does not feed is refused by name; the
 * table in sigma_logsource.c is where a new one is added.
 */
#ifndef ANALYZER_SIGMA_LOGSOURCE_H
#define ANALYZER_SIGMA_LOGSOURCE_H

#include "analyzer/event.h"
#include "common/cleanup.h"
#include "common/slice.h"

enum sigma_logsource {
	SIGMA_AUDITD,           /* product linux, service auditd: every event */
	SIGMA_PROCESS_CREATION, /* executions that did not fail */
	SIGMA_FILE_EVENT, /* successful changes: created, removed, renamed, written, attributes */
	SIGMA_NETWORK_CONNECTION, /* outgoing, with an IP address */
};

/*
 * Finds the log source of a rule; each part has bytes == NULL where the rule does not give it.
 * Returns 0, or -1 where audit does not feed it.
 */
int sigma_logsource_find(struct slice product, struct slice category, struct slice service,
			 enum sigma_logsource *source) MUST_CHECK;

/* Whether a rule of `source` sees `event`. */
bool sigma_logsource_has(enum sigma_logsource source, const struct event *event);

#endif
