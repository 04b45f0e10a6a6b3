/*
 * The difference between the rules that a host should have and those that are in its
 * /etc/audit/rules.d: what install would do, and why, a row a rule. Pure: nothing is read or
 * written here.
 */
#ifndef AUDITMGR_PLAN_H
#define AUDITMGR_PLAN_H

#include "auditmgr/catalogue.h"
#include "auditmgr/rules_directory.h"

enum plan_change {
	PLAN_ADD,    /* comes into our file */
	PLAN_KEEP,   /* is there: in our file, or another file says the same */
	PLAN_REMOVE, /* is in our file and goes */
};

struct plan_row {
	enum plan_change change;
	const char *rule;                   /* what auditctl reads */
	const struct resolved_rule *intent; /* NULL for PLAN_REMOVE */
	bool in_our_file;                   /* after the install */
	const char *why;
};

/* A setting as it will be once augenrules has merged all files: the last one counts. */
struct plan_setting {
	bool is_set; /* false: the kernel's own value stays */
	uint32_t value;
	const char *file; /* of the statement; ours where auditmgr sets it */
	unsigned line;    /* 0 in ours */
};

struct plan {
	struct arena arena;
	struct plan_row *rows; /* in the order of the intent, then what goes */
	size_t count;
	size_t capacity;
	size_t counts[PLAN_REMOVE + 1];    /* rows by change */
	struct plan_setting backlog_limit; /* -b */
	struct plan_setting failure_mode;  /* -f */
	struct plan_setting enabled;       /* -e */
	struct diagnostics warnings;       /* what keeps rules from firing, and worse */
	struct text file;                  /* our file as it should be */
	bool file_changes;                 /* it isn't so */
};

#define PLAN_INIT                                                                                  \
	{                                                                                          \
		.rows = NULL                                                                       \
	}

void plan_done(struct plan *plan);

/*
 * Makes the plan. Both inputs are borrowed for as long as *plan lives; `machine` (MACH_*) names
 * system calls. Returns 0, or -1 with *error when out of memory.
 */
int plan_make(struct plan *plan, const struct resolution *intent,
	      const struct rules_directory *installed, int machine, struct error *error) MUST_CHECK;

/* "add", "keep", "remove" and '+', '=', '-'. */
const char *plan_change_name(enum plan_change change);
char plan_change_sign(enum plan_change change);

#endif
