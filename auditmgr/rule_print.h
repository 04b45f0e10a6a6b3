/*
 * Rules and statements as text that auditctl -R reads: what rule_parse makes of it equals the rule.
 *
 * The text is canonical: a rule is written `-a action,list` with arch=, -S and the fields in their
 * order and the keys last, watches too (path= or dir= and perm=, so that it doesn't depend on what
 * is at the path when it is loaded); names stand for numbers where auditctl takes a name.
 */
#ifndef AUDITMGR_RULE_PRINT_H
#define AUDITMGR_RULE_PRINT_H

#include "auditmgr/rule.h"
#include "common/error.h"
#include "common/text.h"

/*
 * Appends the text, without a newline. `machine` (MACH_*) says what b64 and b32 are, and whose the
 * system calls of a rule without arch= are. Returns 0, or -1 with *error: ERROR_INPUT where no rule
 * file can say it (a newline in a path, an operator's characters in a key, a field that auditctl
 * has no name for), ERROR_SYSTEM when out of memory.
 */
int rule_print(struct text *text, const struct rule *rule, int machine,
	       struct error *error) MUST_CHECK;
int rule_print_statement(struct text *text, const struct rule_statement *statement, int machine,
			 struct error *error) MUST_CHECK;

/*
 * Appends the rule for a person to read, never to be parsed: as rule_print, but what can't be
 * written is shown escaped. Returns 0, or -1 when out of memory.
 */
int rule_describe(struct text *text, const struct rule *rule, int machine) MUST_CHECK;

#endif
