/*
 * Compiles a selection of a rule's `detection` map: a map of fields, a list of such maps, or a list
 * of keywords.
 */
#ifndef ANALYZER_SIGMA_SELECTION_H
#define ANALYZER_SIGMA_SELECTION_H

#include "analyzer/sigma_fault.h"
#include "analyzer/sigma_rule.h"

/*
 * Fills *selection from `name: node`, in `arena`, for events of `source`. Returns 0, or -1 with
 * *fault. Either way *selection is for sigma_selection_done.
 */
int sigma_selection_compile(struct arena *arena, enum sigma_logsource source,
			    const struct sigma_pair *pair, struct sigma_selection *selection,
			    struct sigma_fault *fault) MUST_CHECK;

void sigma_selection_done(struct sigma_selection *selection);

#endif
