/*
 * The catalogue of audit rules (rules.d/audit): what is worth watching on a Docker host and why,
 * written for any host, and made into the rules for one host by what discovery found there.
 *
 * rules.d/README.md describes the file format: auditctl syntax with ${variables}, under metadata
 * lines that start with `#:`.
 */
#ifndef AUDITMGR_CATALOGUE_H
#define AUDITMGR_CATALOGUE_H

#include "auditmgr/host.h"
#include "auditmgr/rule.h"
#include "common/arena.h"
#include "common/diagnostic.h"

enum {
	CATALOGUE_FILE_MAX = 1 << 20,
	CATALOGUE_ENTRIES_MAX = 4096,
	CATALOGUE_KEY_MAX = 31, /* auditctl(8): "up to 31 bytes" */
};

/* An ATT&CK technique, in the numbering of v18 and, where v19 renamed it, in that as well. */
struct catalogue_technique {
	const char *v18;
	const char *v19; /* NULL: the same */
};

struct catalogue_template {
	const char *text; /* with its variables, one line */
	unsigned line;
};

/* Metadata and the rules under it. Strings are the catalogue's. */
struct catalogue_entry {
	const char *id;        /* "docker-daemon-json": unique */
	const char *title;     /* a few words for a person */
	const char *why;       /* what the rule is for, one line however long */
	const char **controls; /* "CIS-1.1.11" */
	size_t control_count;
	struct catalogue_technique *attack;
	size_t attack_count;
	struct catalogue_template *templates;
	size_t template_count;
	const char *file;
	unsigned line; /* of the first metadata line */
};

struct catalogue {
	struct arena arena;
	struct catalogue_entry *entries; /* in the order of the files and in them */
	size_t count;
	size_t capacity;
};

#define CATALOGUE_INIT                                                                             \
	{                                                                                          \
		.entries = NULL                                                                    \
	}

void catalogue_done(struct catalogue *catalogue);

/*
 * Reads each *.rules file of `directory`, in natural order. Faults in them go to *diagnostics with
 * their place (an entry with one is not added). Returns 0, even where there are faults, or -1 with
 * *error: the directory or a file can't be read, it holds no rule files, out of memory.
 */
int catalogue_read(struct catalogue *catalogue, const char *directory,
		   struct diagnostics *diagnostics, struct error *error) MUST_CHECK;

/* As catalogue_read for the bytes of one file. */
int catalogue_parse(struct catalogue *catalogue, const char *file, const char *bytes, size_t length,
		    struct diagnostics *diagnostics, struct error *error) MUST_CHECK;

/* One rule of one entry, for one thing of the host and one architecture. */
struct resolved_rule {
	const struct catalogue_entry *entry;
	const struct catalogue_template *template;
	const struct fact *fact; /* what its variable stands for; NULL: it has none, or nothing is
				    there */
	const char *text; /* what auditctl reads; of a rule that is left out, what was tried */
	const struct rule_statement *statement; /* NULL: left out */
	const char *left_out;                   /* why; NULL: it is not */
	const char *note; /* what is worth knowing about a rule that is not left out, or NULL */
};

struct resolution {
	struct rule_set rules;       /* the statements, in order */
	struct resolved_rule *items; /* in the order of the catalogue */
	size_t count;
	size_t capacity;
};

#define RESOLUTION_INIT                                                                            \
	{                                                                                          \
		.rules = RULE_SET_INIT                                                             \
	}

void resolution_done(struct resolution *resolution);

/*
 * Makes the rules for `host`, both borrowed for as long as *resolution lives. A rule that can't be
 * (its directory is missing, the machine lacks its system calls, the path can't be written) is left
 * out with the reason; the kernel would refuse it. Of two rules that mean the same, the second is
 * left out. Returns 0, or -1 with *error when out of memory.
 */
int catalogue_resolve(const struct catalogue *catalogue, const struct host *host,
		      struct resolution *resolution, struct error *error) MUST_CHECK;

/*
 * Replaces each ${...} of a template: ${arch} by `architecture`, the others by `path` with blanks
 * and backslashes escaped as rule files want it. Appends to *text. Returns 0, or -1 when out of
 * memory.
 */
int catalogue_substitute(const char *template, const char *architecture, const char *path,
			 struct text *text) MUST_CHECK;

/*
 * The path variable of a template: its role in *role (HOST_ROLE_COUNT: there is none). Returns 0,
 * or -1 with the unknown or second variable in *fault.
 */
int catalogue_variable(const char *template, enum host_role *role, struct slice *fault) MUST_CHECK;

/* Whether ${arch} stands in the template. */
bool catalogue_has_arch_variable(const char *template);

#endif
