/*
 * One audit event, read: its records with their fields, and what the records say together. Made by
 * event_reader, used by the store, the detector and the output; nothing here points into a database
 * or a file. All memory is borrowed from the reader until its next event.
 */
#ifndef ANALYZER_EVENT_H
#define ANALYZER_EVENT_H

#include "common/slice.h"

#include <stdint.h>

/* Serials restart at boot, so an event is known by all three (DESIGN.md, event identity). */
struct event_id {
	struct slice node; /* the log's node=, length 0 where it names none */
	int64_t time;      /* milliseconds since the epoch, UTC */
	uint32_t serial;
};

struct record_field {
	const char *name; /* as the log spells it: "auid", "a0", "new-level" */
	struct slice raw; /* as it stands in the record, quotes included */
	struct slice
		value; /* quotes off; hex decoded where the kernel encodes that field: any bytes */
};

struct event_record {
	int type; /* number (linux/audit.h, libaudit.h), or -1 for a name libaudit doesn't know */
	const char
		*type_name;   /* "SYSCALL"; libaudit's name where the log gives a number it knows */
	struct slice line;    /* the bytes of the log's line, without its newline */
	uint64_t line_number; /* from 1, in its source */
	const struct record_field *fields;
	size_t field_count;
};

struct event_path {
	int64_t item;          /* item=, or EVENT_UNSET */
	struct slice name;     /* decoded; none where the record has (null) */
	struct slice nametype; /* NORMAL PARENT CREATE DELETE UNKNOWN */
	int64_t inode;
	struct slice device; /* "fe:00" */
	int64_t mode;        /* st_mode bits, or EVENT_UNSET */
};

struct event_socket {
	int family; /* AF_*, or -1 where there is no address or it can't be read */
	struct slice
		address; /* path of AF_UNIX ("@name" for an abstract one), text of an IP address */
	int64_t port;    /* or EVENT_UNSET */
};

enum event_outcome {
	EVENT_OUTCOME_UNKNOWN,
	EVENT_SUCCESS,
	EVENT_FAILURE,
};

#define EVENT_UNSET INT64_MIN
/* what the kernel writes for a login user or session that was never set */
#define EVENT_NO_LOGIN 4294967295LL

/* A number that no record gives is EVENT_UNSET; a text that no record gives has bytes == NULL. */
struct event {
	struct event_id id;
	const struct event_record *records; /* in the order they arrived */
	size_t record_count;

	int64_t arch;             /* AUDIT_ARCH_* */
	int64_t syscall;          /* number */
	const char *syscall_name; /* for that arch, or NULL */
	enum event_outcome outcome;
	int64_t exit;
	int64_t pid, ppid;
	int64_t auid, uid, gid, euid, session;
	struct slice auid_name, uid_name; /* only where the log itself says so (enriched) */
	struct slice comm, exe, cwd, terminal;
	const struct slice
		*arguments; /* EXECVE's a0..., split ones joined; an absent one has no bytes */
	size_t argument_count;
	int arguments_cut;              /* non-zero where pieces were missing or a limit cut them */
	const struct event_path *paths; /* by item */
	size_t path_count;
	const struct slice *keys; /* each key of the rule that matched */
	size_t key_count;
	struct event_socket socket;
	struct slice operation; /* op= */
	struct slice account;   /* acct= */
	struct slice unit;      /* unit= of SERVICE_* */
	struct slice remote;    /* addr= or hostname= that is no "?" */
	int incomplete; /* non-zero where libauparse or the summary could not use a record in full
			 */
};

/* The first field called `name` of a record, or NULL. */
const struct record_field *event_record_field(const struct event_record *record, const char *name);

/* Whether the event has a record of type number `type`. */
int event_has_type(const struct event *event, int type);

#endif
