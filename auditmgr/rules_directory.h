/*
 * What is in a host's /etc/audit/rules.d: our file, and those of others that augenrules compiles
 * with it. Read only; rules_file.h writes.
 */
#ifndef AUDITMGR_RULES_DIRECTORY_H
#define AUDITMGR_RULES_DIRECTORY_H

#include "auditmgr/host.h"
#include "auditmgr/rule.h"
#include "common/diagnostic.h"
#include "common/text.h"

#define RULES_DIRECTORY "/etc/audit/rules.d"
/* sorts behind base files and before 99-finalize.rules */
#define RULES_FILE_NAME "50-docker.rules"
#define RULES_FILE_PATH RULES_DIRECTORY "/" RULES_FILE_NAME

struct rules_directory {
	struct rule_set others; /* the statements of every file but ours, in augenrules' order */
	struct rule_set ours;
	struct text bytes;         /* of our file */
	bool exists;               /* our file does, and is a regular file */
	mode_t mode;               /* of our file, permission bits */
	struct diagnostics faults; /* what does not parse, in any of them */
};

#define RULES_DIRECTORY_INIT                                                                       \
	{                                                                                          \
		.others = RULE_SET_INIT                                                            \
	}

void rules_directory_done(struct rules_directory *directory);

/*
 * Reads the directory of the host; one that is missing is empty. Returns 0, whatever is wrong with
 * the rules, or -1 with *error: a file can't be read, out of memory.
 */
int rules_directory_read(struct rules_directory *directory, const struct host *host,
			 struct error *error) MUST_CHECK;

/* Whether the statement's file is compiled behind ours. */
bool rules_directory_is_behind(const struct rule_statement *statement);

#endif
