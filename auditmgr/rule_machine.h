/*
 * Machines, their architecture numbers and system call tables, by libaudit's tables (3.0.9: up to
 * call 450). A machine is a machine_t of libaudit.h, or -1 for none.
 */
#ifndef AUDITMGR_RULE_MACHINE_H
#define AUDITMGR_RULE_MACHINE_H

#include "common/slice.h"

#include <stdint.h>

/* What b64 stands for on `machine`: itself, or -1 where it is a 32-bit one. */
int rule_machine_64(int machine);

/* What b32 stands for on `machine`: its 32-bit table, or -1 where it has none. */
int rule_machine_32(int machine);

/* The value of arch= for a machine (AUDIT_ARCH_*), or 0; and the reverse, or -1. */
uint32_t rule_machine_architecture(int machine);
int rule_machine_of_architecture(uint32_t architecture);

/*
 * What `-F arch=text` means on `machine`: b64, b32 (in any case), a machine's name, or an ELF
 * number, decimal, 0x… or hexadecimal from a letter on. 0 where there is no such.
 */
uint32_t rule_machine_parse_architecture(int machine, struct slice text);

/*
 * The shortest way to write `architecture` on `machine` so that the above reads it back: "b64",
 * "b32", a machine's name; NULL where libaudit doesn't know it.
 */
const char *rule_machine_architecture_name(int machine, uint32_t architecture);

/* A system call's number, or -1 where the machine hasn't got it. */
int rule_machine_syscall(int machine, struct slice name);

/* Its name, or NULL. */
const char *rule_machine_syscall_name(int machine, unsigned number);

/* Whether any machine that libaudit knows has a system call of that name. */
bool rule_machine_any_syscall(struct slice name);

#endif
