/*
 * Control statements from options: which option is which, what value it takes, whether it ends its
 * line.
 */
#ifndef AUDITMGR_RULE_CONTROL_H
#define AUDITMGR_RULE_CONTROL_H

#include "auditmgr/rule_option.h"

#include "auditmgr/rule.h"

/*
 * Reads the control statement that `option` is. Returns 0 with *control, whose .text is borrowed
 * from the option; 1 where the option is no control statement; or -1 with *error (ERROR_INPUT: .why
 * says what is wrong with its value). -D is read without its -k.
 */
int rule_control_read(struct rule_control *control, const struct rule_option *option,
		      struct error *error) MUST_CHECK;

/* Whether auditctl reads nothing more of a line behind such a statement. */
bool rule_control_ends_line(enum rule_control_kind kind);

/* The option as it is written: "-b", "--reset-lost". */
const char *rule_control_name(enum rule_control_kind kind);

/* Whether it takes a number. */
bool rule_control_has_value(enum rule_control_kind kind);

#endif
