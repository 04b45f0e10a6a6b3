/*
 * Sigma rules for tests, from the text of one document.
 */
#ifndef TESTS_UNIT_SAMPLE_RULE_H
#define TESTS_UNIT_SAMPLE_RULE_H

#include "analyzer/sigma_rule.h"

/* Compiles the first document of `text`, as file "test.yml". Returns the rule, or NULL where it was
 * refused, with the diagnostic. Aborts when out of memory. */
struct sigma_rule *sample_rule(const char *text, struct diagnostics *diagnostics);

/* Compiles a rule with the detection `detection` (YAML, one attribute a line) for the log source
 * `logsource`. Aborts where it is refused. */
struct sigma_rule *sample_rule_detecting(const char *logsource, const char *detection);

#endif
