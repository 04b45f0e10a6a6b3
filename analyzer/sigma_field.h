/*
 * What a field name of a Sigma rule means on an audit event. Rules of service auditd use the names
 * of the audit records themselves, in any case (rules write `SYSCALL`, `AUID`); rules of a category
 * use Sysmon's names, which are mapped. docs/detections.md has the table for readers.
 */
#ifndef ANALYZER_SIGMA_FIELD_H
#define ANALYZER_SIGMA_FIELD_H

#include "analyzer/sigma_logsource.h"
#include "common/arena.h"

enum sigma_field_kind {
	SIGMA_FIELD_KEYWORD,  /* no field: anywhere in the event */
	SIGMA_FIELD_TYPE,     /* the record's type */
	SIGMA_FIELD_SYSCALL,  /* the system call, by name and by number */
	SIGMA_FIELD_KEY,      /* each key of the rule that matched */
	SIGMA_FIELD_ARGUMENT, /* a0, a1...: of the command (EXECVE), else of the system call */
	SIGMA_FIELD_PATH,     /* a field of a PATH record */
	SIGMA_FIELD_RECORD,   /* any other field of a record */
	SIGMA_FIELD_IMAGE,
	SIGMA_FIELD_COMMAND_LINE, /* the arguments, a blank between them */
	SIGMA_FIELD_CWD,
	SIGMA_FIELD_USER,
	SIGMA_FIELD_UID,
	SIGMA_FIELD_PID,
	SIGMA_FIELD_PPID,
	SIGMA_FIELD_TARGET, /* names of the files that were changed */
	SIGMA_FIELD_ADDRESS,
	SIGMA_FIELD_PORT,
	SIGMA_FIELD_INITIATED,
	SIGMA_FIELD_UNKNOWN, /* audit can't know it (ParentImage, Hashes): nothing matches it */
};

/* what more than the text of a record's field is shown to a rule */
enum sigma_field_shape {
	SIGMA_SHAPE_PLAIN,
	SIGMA_SHAPE_TITLE,   /* proctitle: its NULs as blanks */
	SIGMA_SHAPE_PATH,    /* name: also absolute */
	SIGMA_SHAPE_LOGIN,   /* auid: also the user's name, and `unset` and -1 */
	SIGMA_SHAPE_USER,    /* uid: also the user's name */
	SIGMA_SHAPE_SESSION, /* ses: also `unset` and -1 */
};

struct sigma_field {
	enum sigma_field_kind kind;
	enum sigma_field_shape shape; /* PATH, RECORD */
	struct slice name;            /* as the rule writes it */
	size_t argument;              /* SIGMA_FIELD_ARGUMENT: its number */
	bool follows_path; /* its values differ from one PATH record of the event to the next */
};

/*
 * What `name` (of which `arena` keeps a copy) means to rules of `source`. Returns 0, or -1 with
 * *reason, a text in `arena` (NULL when out of memory).
 */
int sigma_field_resolve(struct arena *arena, enum sigma_logsource source, struct slice name,
			struct sigma_field *field, const char **reason) MUST_CHECK;

/* The shape of a record's field called `name`, in any case. */
enum sigma_field_shape sigma_field_shape(const char *name);

#endif
