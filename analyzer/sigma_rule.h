/*
 * One Sigma detection document, compiled. A document outside what is supported is refused with the
 * place and the reason, as a whole: a rule never runs in part. Source: Sigma rules specification
 * 2.1; what is supported is written down in docs/detections.md.
 */
#ifndef ANALYZER_SIGMA_RULE_H
#define ANALYZER_SIGMA_RULE_H

#include "analyzer/sigma_condition.h"
#include "analyzer/sigma_field.h"
#include "analyzer/sigma_logsource.h"
#include "analyzer/sigma_value.h"

enum sigma_level {
	SIGMA_INFORMATIONAL,
	SIGMA_LOW,
	SIGMA_MEDIUM,
	SIGMA_HIGH,
	SIGMA_CRITICAL,
};

/* `field|modifiers: value` or `field|modifiers: [values]` */
struct sigma_item {
	struct sigma_field field;
	bool all; /* every value must match, not just one */
	struct sigma_value *values;
	size_t value_count;
};

/* all items must hold, in one view of the event (sigma_match.h) */
struct sigma_map {
	struct sigma_item *items; /* without `type`, where `types` says it */
	size_t item_count;
	const int *types; /* the record's type is one of these; NULL: any */
	size_t type_count;
	bool follows_path; /* one of the fields does */
	bool whole_event;  /* no field depends on the record that is looked from */
};

/* one of the maps must hold; a list of keywords is a map of one item */
struct sigma_selection {
	struct slice name;
	struct sigma_map *maps;
	size_t map_count;
};

struct sigma_rule {
	/* what a finding says; texts are valid UTF-8 and otherwise as untrusted as the file */
	const char *id; /* a UUID, lower case */
	const char *title;
	enum sigma_level level; /* SIGMA_LOW where the document gives none */
	const char *status;     /* "" where the document gives none */
	const char *description;
	const char *const *tags; /* "attack.t1611" */
	size_t tag_count;
	const char *const *false_positives;
	size_t false_positive_count;
	const char *file; /* where it was read */
	unsigned line;

	enum sigma_logsource source;
	struct sigma_selection *selections;
	size_t selection_count;
	const struct sigma_condition *condition; /* over the selections' indices */

	struct arena arena; /* holds all of the above */
};

/*
 * Compiles one document. Returns 0 with *rule, which the caller frees with sigma_rule_free; 0 with
 * *rule NULL where the document was refused, for which exactly one error was added to *diagnostics;
 * or -1 with *error when out of memory. `document` and `file` are not needed afterwards.
 */
int sigma_rule_compile(const struct sigma_node *document, const char *file,
		       struct sigma_rule **rule, struct diagnostics *diagnostics,
		       struct error *error) MUST_CHECK;

void sigma_rule_free(struct sigma_rule *rule);

/* "informational", "low", ... */
const char *sigma_level_name(enum sigma_level level);

#endif
