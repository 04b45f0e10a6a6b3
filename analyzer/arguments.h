/*
 * The arguments of an execve, from its EXECVE records (kernel: audit_log_execve_info in
 * kernel/auditsc.c):
 *
 *   argc=3 a0="sh" a1=2D63 a2_len=18000 a2[0]=4141... a2[1]=4141...
 *
 * A long argument comes in pieces, many arguments in several records, and an empty argument is left
 * out.
 */
#ifndef ANALYZER_ARGUMENTS_H
#define ANALYZER_ARGUMENTS_H

#include "common/arena.h"

#include "analyzer/event.h"

/* More arguments than this are cut (event->arguments_cut); the raw records keep them. */
enum {
	EVENT_ARGUMENTS_MAX = 65536
};

/*
 * Fills event->arguments, argument_count and arguments_cut from the event's EXECVE records. An
 * argument that no record has is a slice without bytes. argc is believed only as far as the records
 * bear it out. Returns 0, or -1 when out of memory.
 */
int arguments_take(struct event *event, struct arena *arena) MUST_CHECK;

#endif
