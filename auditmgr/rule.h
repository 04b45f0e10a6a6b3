/*
 * The typed form of what a rule file says: filter rules and control statements, in order, each with
 * the place where it stands. Everything that reads, prints, encodes, compares or checks rules works
 * on these. Numbers are the kernel's own (linux/audit.h), so that nothing has to be translated.
 *
 * A struct rule owns nothing: its fields and strings lie in the arena that it was made in.
 */
#ifndef AUDITMGR_RULE_H
#define AUDITMGR_RULE_H

#include "common/arena.h"
#include "common/slice.h"

#include <linux/audit.h>
#include <stdbool.h>
#include <stdint.h>

/* auditctl 3.0.9 and libaudit stop one short of the kernel's AUDIT_MAX_FIELDS (64) */
enum {
	RULE_MAX_FIELDS = AUDIT_MAX_FIELDS - 1,
	/* bytes of a line; auditctl takes what is longer for another line */
	RULE_LINE_MAX = 6142,
	RULE_MAX_STATEMENTS = 1 << 14, /* of one set: checks compare each with each */
	/* Bits of the mask: the last AUDIT_SYSCALL_CLASSES (16) name classes, not system calls. */
	RULE_SYSCALL_LIMIT = AUDIT_BITMASK_SIZE * 32 - AUDIT_SYSCALL_CLASSES,
};

/* the bits of the mask's last word that are system calls; the kernel gives the others back as 0 */
#define RULE_LAST_WORD_SYSCALLS 0x0000FFFFU

/* The kernel's filter lists, AUDIT_FILTER_*. auditctl 3.0.9 can't spell RULE_LIST_IO_URING. */
enum rule_list {
	RULE_LIST_USER = AUDIT_FILTER_USER,
	RULE_LIST_TASK = AUDIT_FILTER_TASK,
	RULE_LIST_EXIT = AUDIT_FILTER_EXIT,
	RULE_LIST_EXCLUDE = AUDIT_FILTER_EXCLUDE,
	RULE_LIST_FILESYSTEM = AUDIT_FILTER_FS,
	RULE_LIST_IO_URING = AUDIT_FILTER_URING_EXIT,
};

enum rule_action {
	RULE_NEVER = AUDIT_NEVER,
	RULE_ALWAYS = AUDIT_ALWAYS,
};

/* What is to be done with the rule. */
enum rule_verb {
	RULE_APPEND,  /* -a, -w */
	RULE_PREPEND, /* -A: before every rule of its list */
	RULE_DELETE,  /* -d, -W */
};

/* How it was written. It does not change what the kernel gets. */
enum rule_form {
	RULE_FORM_FILTER, /* -a, -A, -d */
	RULE_FORM_WATCH,  /* -w, -W */
};

struct rule_field {
	uint32_t id;         /* AUDIT_UID, AUDIT_WATCH (path=), AUDIT_DIR, AUDIT_FILTERKEY ... */
	uint32_t comparison; /* AUDIT_EQUAL, AUDIT_NOT_EQUAL, ... */
	uint32_t value;      /* a number's value; for AUDIT_FIELD_COMPARE one of AUDIT_COMPARE_* */
	struct slice text; /* a string's bytes, NUL behind them; .bytes NULL where it is a number */
};

struct rule {
	enum rule_list list;
	enum rule_action action;
	enum rule_verb verb;
	enum rule_form form;
	/* one bit a system call number (AUDIT_WORD, AUDIT_BIT), as the kernel takes it */
	uint32_t syscalls[AUDIT_BITMASK_SIZE];
	const struct rule_field
		*fields; /* in the order given: it is part of the kernel's identity */
	size_t field_count;
};

enum rule_control_kind {
	RULE_CONTROL_DELETE_ALL,         /* -D; with .text: only the rules with that key */
	RULE_CONTROL_BACKLOG_LIMIT,      /* -b N */
	RULE_CONTROL_FAILURE,            /* -f 0..2 */
	RULE_CONTROL_ENABLED,            /* -e 0..2 */
	RULE_CONTROL_RATE_LIMIT,         /* -r N */
	RULE_CONTROL_CONTINUE,           /* -c */
	RULE_CONTROL_IGNORE_ERRORS,      /* -i */
	RULE_CONTROL_BACKLOG_WAIT_TIME,  /* --backlog_wait_time N */
	RULE_CONTROL_LOGINUID_IMMUTABLE, /* --loginuid-immutable */
	RULE_CONTROL_RESET_LOST,         /* --reset-lost */
	RULE_CONTROL_RESET_WAIT_TIME,    /* --reset_backlog_wait_time_actual */
	RULE_CONTROL_TRIM,               /* -t */
	RULE_CONTROL_EQUIVALENT,         /* -q MOUNT,SUBTREE: .text as written */
};

struct rule_control {
	enum rule_control_kind kind;
	uint32_t value;    /* of -b -f -e -r --backlog_wait_time */
	struct slice text; /* of -D -k KEY and -q; .bytes NULL where there is none */
};

enum rule_statement_kind {
	RULE_STATEMENT_RULE,
	RULE_STATEMENT_CONTROL,
};

struct rule_statement {
	enum rule_statement_kind kind;
	const char *file; /* as the caller named it; in the set's arena */
	unsigned line;    /* from 1 */
	unsigned column;  /* of the statement's first word, from 1, in bytes */
	union {
		struct rule rule;
		struct rule_control control;
	};
};

/* Statements in the order in which they take effect. */
struct rule_set {
	struct arena arena; /* holds every string and field of the statements */
	struct rule_statement *statements;
	size_t count;
	size_t capacity;
};

#define RULE_SET_INIT                                                                              \
	{                                                                                          \
		.statements = NULL                                                                 \
	}

/* Frees all of it; every rule and string of the set is invalid then. */
void rule_set_done(struct rule_set *set);

/*
 * Appends a copy of *statement. What it points to must lie in set->arena (or outlive the set).
 * Returns 0, or -1 when out of memory or at RULE_MAX_STATEMENTS.
 */
int rule_set_append(struct rule_set *set, const struct rule_statement *statement) MUST_CHECK;

/* Copies `source` into `arena`: afterwards *copy lives as long as the arena. Returns 0, or -1 when
 * out of memory. */
int rule_copy(struct arena *arena, struct rule *copy, const struct rule *source) MUST_CHECK;

/* The first field with that id, or NULL. */
const struct rule_field *rule_find(const struct rule *rule, uint32_t id);

/* The path that path= or dir= (or -w) names, as it was given; .bytes NULL where there is none. */
struct slice rule_path(const struct rule *rule);

/* The permissions of the rule (AUDIT_PERM_*), 0 where it has no perm field. */
uint32_t rule_permissions(const struct rule *rule);

/* The value of arch= with `=`, or 0 where the rule has none. */
uint32_t rule_architecture(const struct rule *rule);

/* The `index`-th key from 0 (several are joined by the byte 1); .bytes NULL past the last. */
struct slice rule_key(const struct rule *rule, size_t index);

/* Whether one of the rule's keys is `key`. */
bool rule_has_key(const struct rule *rule, const char *key);

/* Whether both have the same keys, in any order. */
bool rule_same_keys(const struct rule *left, const struct rule *right);

/* Whether the rule's list looks at system calls at all: exit and io_uring. */
bool rule_uses_syscalls(const struct rule *rule);

/* Whether every system call is in the mask; the class bits don't matter. */
bool rule_has_all_syscalls(const struct rule *rule);

/* Whether the mask holds `number`. */
bool rule_has_syscall(const struct rule *rule, unsigned number);

/* The name of a list or an action as auditctl spells it; NULL for another number. */
const char *rule_list_name(enum rule_list list);
const char *rule_action_name(enum rule_action action);

#endif
