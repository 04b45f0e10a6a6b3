/*
 * What a period of the store amounts to, gathered: for a person as text, for a program as JSON
 * (schema/report.schema.json).
 */
#ifndef ANALYZER_REPORT_H
#define ANALYZER_REPORT_H

#include "analyzer/serial_gaps.h"
#include "analyzer/stored_finding.h"
#include "common/arena.h"

#include <jansson.h>

enum {
	REPORT_TOP = 10,            /* of keys, programs and users */
	REPORT_NAMES_MAX = 4096,    /* different names of a kind that are counted */
	REPORT_DAYS_MAX = 4000,     /* days with events that are listed */
	REPORT_GROUPS_MAX = 10000,  /* findings that are listed */
	REPORT_GROUP_IDS_MAX = 100, /* event ids of each */
};

/* The kernel has had audit since 2004: an earlier time is that of a clock that had none. */
#define REPORT_EARLIEST 1072915200000LL

struct report_count {
	struct slice name; /* untrusted */
	uint64_t count;
};

struct report_counts {
	struct report_count *items; /* the most frequent first */
	size_t count;
};

struct report_user {
	int64_t auid;      /* EVENT_NO_LOGIN, or EVENT_UNSET where no record says */
	struct slice name; /* as the log names it, or none */
	uint64_t events;
};

struct report_day {
	int64_t start; /* its first moment: midnight, local or UTC */
	uint64_t events;
};

struct report_gap {
	struct slice node; /* length 0 where the log names none */
	uint64_t missing;  /* serials */
	uint64_t runs;
};

/* Findings of one rule about the same act of the same user with the same program. */
struct report_group {
	const struct stored_rule *rule;
	int64_t auid;
	struct slice node, user, user_name, exe, what; /* user: who, as event_text_login_user */
	int64_t first, last;
	uint64_t count;
	struct slice ids[REPORT_GROUP_IDS_MAX]; /* of the first events */
	size_t id_count;
	uint64_t hash;
};

struct report {
	int64_t made;                /* when */
	const char *store;           /* borrowed */
	const struct filter *filter; /* borrowed */
	bool utc;
	uint64_t events, records, incomplete;
	int64_t first, last; /* of the events with believable times; first > last: there are none */
	uint64_t too_early, too_late; /* events outside of it */
	struct report_counts types, keys, exes, unusable;
	uint64_t unusable_count;
	struct report_user *users;
	size_t user_count;
	struct report_day *days;
	size_t day_count;
	uint64_t days_left_out; /* events of days that are not listed */
	struct report_gap *gaps;
	size_t gap_count;
	struct report_group **groups; /* the most severe first, then by time */
	size_t group_count;
	uint64_t finding_count;
	uint64_t findings_left_out; /* that belong to no listed group */
	uint64_t by_level[LEVEL_COUNT];
	struct stored_findings *findings; /* owns the rules */
	struct arena memory;              /* all of the above */
};

/*
 * Gathers the report of `filter` and the findings of `level` and above; `now` in milliseconds since
 * the epoch. `reader`, `store` and `filter` are borrowed for the report's life. *report is to be
 * released by report_done in either case. Returns 0, or -1 with *error.
 */
int report_gather(struct store_reader *reader, const char *store, const struct filter *filter,
		  enum stored_level level, bool utc, int64_t now, struct report *report,
		  struct error *error) MUST_CHECK;

void report_done(struct report *report);

/* Prints it for a person. Returns 0, or -1 with *error. */
int report_text(const struct report *report, FILE *stream, struct error *error) MUST_CHECK;

/* Returns a new object, or NULL when out of memory. */
json_t *report_json(const struct report *report);

#endif
