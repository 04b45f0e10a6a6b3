/*
 * What a rule of the catalogue must be before it is resolved for any host. Shared by the
 * catalogue_*.c files only.
 */
#ifndef AUDITMGR_CATALOGUE_CHECK_H
#define AUDITMGR_CATALOGUE_CHECK_H

#include "auditmgr/catalogue.h"

/*
 * Checks one rule line: known variables, at most one of them a path; auditctl syntax, with system
 * calls that x86_64 has; filter rules written with -a, an arch= where the list has system calls,
 * and a key of at most CATALOGUE_KEY_MAX lower-case letters, digits and underscores. Faults go to
 * *diagnostics. Returns 0, or -1 with *error when out of memory.
 */
int catalogue_check_template(const char *file, const struct catalogue_template *template,
			     struct diagnostics *diagnostics, struct error *error) MUST_CHECK;

#endif
