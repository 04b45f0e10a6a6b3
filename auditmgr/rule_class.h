/*
 * Which system calls a perm= field can match: the kernel's audit_match_perm() (kernel/auditsc.c)
 * and the classes in include/asm-generic/audit_*.h of Linux 6.1.
 */
#ifndef AUDITMGR_RULE_CLASS_H
#define AUDITMGR_RULE_CLASS_H

#include "auditmgr/rule.h"

/*
 * Sets in mask[AUDIT_BITMASK_SIZE] the calls of `architecture` (AUDIT_ARCH_*) that `permissions`
 * (AUDIT_PERM_*) can match. `common` leaves out those that libaudit 4 doesn't list in its own table
 * (lib/permtab.h) although the kernel matches them, so that a rule that it made compares equal.
 */
void rule_class_mask(uint32_t *mask, uint32_t architecture, uint32_t permissions, bool common);

#endif
