/*
 * Rule files and directories of them, read as one set and checked.
 */
#ifndef AUDITMGR_LINT_H
#define AUDITMGR_LINT_H

#include "auditmgr/rule.h"
#include "auditmgr/rule_parse.h"
#include "common/diagnostic.h"
#include "common/error.h"

struct lint {
	struct rule_set set; /* what was read, in order */
	struct diagnostics diagnostics;
	size_t files;
	bool compiled; /* a directory was among them, so the order is augenrules' */
};

#define LINT_INIT                                                                                  \
	{                                                                                          \
		.set = RULE_SET_INIT                                                               \
	}

void lint_done(struct lint *lint);

/*
 * Reads the file `path`, or the *.rules files in the directory `path` in augenrules' order (ls -v).
 * Faults in a file go to lint->diagnostics. Returns 0, or -1 with *error (ERROR_INPUT: it can't be
 * read; ERROR_SYSTEM: memory).
 */
int lint_read(struct lint *lint, const char *path, const struct rule_parse_options *options,
	      struct error *error) MUST_CHECK;

/*
 * Checks all that was read as one set (rule_check.h) and sorts the diagnostics by place. Returns 0,
 * or -1 with *error.
 */
int lint_check(struct lint *lint, const struct rule_parse_options *options,
	       struct error *error) MUST_CHECK;

/* How many diagnostics are of `level`. */
size_t lint_count(const struct lint *lint, enum diagnostic_level level);

#endif
