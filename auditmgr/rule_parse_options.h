/*
 * How a rule file is to be read: for which host, and what is taken besides what auditctl 3.0.9
 * takes.
 */
#ifndef AUDITMGR_RULE_PARSE_OPTIONS_H
#define AUDITMGR_RULE_PARSE_OPTIONS_H

#include "auditmgr/rule_host.h"

struct rule_parse_options {
	struct rule_host host;
	/*
	 * A system call (or the whole table of b32) that the machine doesn't have: false, an error;
	 * true, a DIAGNOSTIC_NOTICE that names it, and it is left out; a rule that loses all of
	 * them is left out as a whole. For rule files that are meant for several machines.
	 */
	bool drop_missing_syscalls;
	/* also take what auditctl -l prints and auditctl itself refuses: filetype=49152 */
	bool listing;
	/* also take the list `io_uring` (auditctl 3.1 and later), with -S by number only */
	bool io_uring;
};

#endif
