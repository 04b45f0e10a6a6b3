/*
 * Rule files in auditctl's syntax -> struct rule_set. What auditctl 3.0.9 would refuse is an error
 * here, and so is what it would take for something other than what is written (a uid of 4294967296,
 * a number with a tail). Nothing reads the kernel, and no hidden state is kept between rules.
 *
 * Words are split at blanks; there are no quotes; a backslash before a blank or a backslash takes
 * away its meaning. Blank lines and lines whose first word starts with # are skipped. A line may
 * end in CR LF and the last line may lack its newline: both are read as meant, with a warning,
 * because augenrules and auditctl read them differently.
 */
#ifndef AUDITMGR_RULE_PARSE_H
#define AUDITMGR_RULE_PARSE_H

#include "auditmgr/rule.h"
#include "auditmgr/rule_parse_options.h"
#include "common/diagnostic.h"
#include "common/error.h"

enum {
	RULE_FILE_MAX = 1 << 20, /* our own limit, for file_read() */
};

/* The strict options for the running host. */
struct rule_parse_options rule_parse_defaults(void);

/*
 * Appends the statements in `bytes` to *set in order. `name` is what diagnostics and origins call
 * the file. Each fault goes to *diagnostics with line and column and parsing goes on behind it; a
 * line with an error adds nothing. Returns 0, even where there are faults, or -1 with *error when
 * out of memory or past a limit.
 */
int rule_parse_file(struct rule_set *set, const char *name, const char *bytes, size_t length,
		    const struct rule_parse_options *options, struct diagnostics *diagnostics,
		    struct error *error) MUST_CHECK;

/* As rule_parse_file for a single line (a newline at its end is optional) that stands at `line`. */
int rule_parse_line(struct rule_set *set, const char *name, unsigned line, const char *bytes,
		    size_t length, const struct rule_parse_options *options,
		    struct diagnostics *diagnostics, struct error *error) MUST_CHECK;

#endif
