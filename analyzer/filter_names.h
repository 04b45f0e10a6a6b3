/*
 * Names of system calls and record types, checked against libaudit's tables.
 */
#ifndef ANALYZER_FILTER_NAMES_H
#define ANALYZER_FILTER_NAMES_H

#include "analyzer/filter.h"

/* Reads `text`, a system call's name on any architecture or a number. Returns 0, or -1 with *error
 * that says which names are near. */
int filter_syscall_parse(const char *text, struct filter_syscall *syscall,
			 struct error *error) MUST_CHECK;

/* Reads `text`, a record type's name in any case or a number. Returns as filter_syscall_parse. */
int filter_type_parse(const char *text, struct filter_type *type, struct error *error) MUST_CHECK;

#endif
