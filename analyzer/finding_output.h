/*
 * Findings as JSON, lines and rows of CSV.
 */
#ifndef ANALYZER_FINDING_OUTPUT_H
#define ANALYZER_FINDING_OUTPUT_H

#include "analyzer/event_text.h"
#include "analyzer/stored_finding.h"

#include <jansson.h>

/*
 * Returns a new object: the event as ecs.h has it, and rule.*, threat.technique.*, event.start,
 * event.end, auditd.event_ids and message (schema/finding.schema.json); NULL when out of memory.
 */
json_t *finding_json(const struct stored_finding *finding);

/* Prints one line: time, level, who, program, rule, techniques, what was done, event id. Returns 0,
 * or -1 with *error. */
int finding_line(const struct event_text *output, const struct stored_finding *finding,
		 struct error *error) MUST_CHECK;

int finding_csv_header(const struct event_text *output, struct error *error) MUST_CHECK;
int finding_csv_row(const struct event_text *output, const struct stored_finding *finding,
		    struct error *error) MUST_CHECK;

/* Puts rule.*, threat.technique.* of `rule` into `object`. Returns 0, or -1 when out of memory. */
int finding_json_rule(json_t *object, const struct stored_rule *rule) MUST_CHECK;

/* Appends the act and what it was done to: "connect /run/docker.sock". Untrusted bytes. Returns 0,
 * or -1 when out of memory. */
int finding_what(const struct stored_event *event, struct text *text) MUST_CHECK;

/* Appends "T1611, T1610". Returns 0, or -1 when out of memory. */
int finding_techniques(const struct stored_rule *rule, struct text *text) MUST_CHECK;

/* The style for a level. */
const char *finding_level_style(const struct terminal_style *style, enum stored_level level);

#endif
