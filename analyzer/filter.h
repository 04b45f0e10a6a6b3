/*
 * Which events a verb is asked for: the options of DESIGN.md §5 that every reading verb takes, and
 * what they mean. Values of one option are alternatives; different options must all hold.
 *
 *   --since --until  time_range.h
 *   --user           the login user (auid) or the user it ran as (uid): a name as the log gives it,
 * a number, "unset" (no login), or auid=WHO, uid=WHO for one of the two alone. This host's user
 * database is never asked (C79).
 *   --session        a number or "unset"
 *   --pid            the process itself, not its parent
 *   --exe            a pattern of the whole path, or of the last part where it has no slash
 *   --path           a pattern of a PATH record's name as recorded; one that ends in a slash means
 *                    the directory and all below it
 *   --key            a pattern of a rule's key
 *   --syscall        a name or a number
 *   --type           a record type's name or number; the event has such a record
 *   --result         success or failure
 *   --host           a pattern of the log's node, or of the remote host or address of the event
 *   --limit          at most that many events, the oldest
 */
#ifndef ANALYZER_FILTER_H
#define ANALYZER_FILTER_H

#include "common/command.h"

#include "analyzer/event.h"
#include "analyzer/pattern.h"
#include "analyzer/time_range.h"

/* rows for a verb's struct option_spec table */
#define FILTER_OPTIONS                                                                             \
	{"since", 0, "TIME", "not before TIME: 2026-10-25T02:30:00Z, today, -2h, ..."},            \
		{"until", 0, "TIME", "before TIME"},                                               \
		{"user", 0, "USER", "login user or user: name, number, unset, auid=..., uid=..."}, \
		{"session", 0, "NUMBER", "login session, or unset"},                               \
		{"pid", 0, "NUMBER", "process"},                                                   \
		{"exe", 0, "PATTERN", "program: path or base name, * for any text"},               \
		{"path", 0, "PATTERN", "file touched; ending in / with all below it"},             \
		{"key", 0, "PATTERN", "key of an audit rule"},                                     \
		{"syscall", 0, "NAME", "system call, name or number"},                             \
		{"type", 0, "TYPE", "record type, name or number"},                                \
		{"result", 0, "RESULT", "success or failure"},                                     \
		{"host", 0, "PATTERN", "node of the log, or remote host or address"},              \
	{                                                                                          \
		"limit", 0, "NUMBER", "at most NUMBER, the oldest"                                 \
	}

struct filter_patterns {
	struct pattern *items;
	size_t count;
};

enum filter_user_role {
	FILTER_AUID = 1 << 0,
	FILTER_UID = 1 << 1,
};

struct filter_user {
	unsigned roles;   /* OR of enum filter_user_role */
	const char *name; /* borrowed from the invocation; NULL: the number is meant */
	int64_t number;
};

struct filter_syscall {
	const char *name; /* borrowed; NULL: the number is meant */
	int64_t number;
};

struct filter_numbers {
	int64_t *items;
	size_t count;
};

enum {
	FILTER_TYPE_NAME_MAX = 64,
	FILTER_VALUES_MAX = 1000, /* of one option: SQLite's limits are far above */
};

struct filter_type {
	char name[FILTER_TYPE_NAME_MAX + 1]; /* as the store spells it */
};

struct filter {
	struct time_range time;
	struct filter_user *users;
	size_t user_count;
	struct filter_numbers sessions, pids;
	struct filter_patterns exes, paths, keys, hosts;
	struct filter_syscall *syscalls;
	size_t syscall_count;
	struct filter_type *types;
	size_t type_count;
	enum event_outcome result; /* EVENT_OUTCOME_UNKNOWN: any */
	uint64_t limit;            /* UINT64_MAX: none */
};

#define FILTER_INIT                                                                                \
	{                                                                                          \
		.time = TIME_RANGE_ALL, .limit = UINT64_MAX                                        \
	}

/*
 * Reads the filter options of `invocation`, which outlives *filter; `now` as in time_range.h.
 * Returns 0, or -1 with *error (ERROR_INPUT) that names the option, the value and what is accepted.
 * *filter is to be released by filter_done in either case.
 */
int filter_parse(const struct invocation *invocation, int64_t now, struct filter *filter,
		 struct error *error) MUST_CHECK;

void filter_done(struct filter *filter);

#endif
