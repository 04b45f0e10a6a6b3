/*
 * Writes our file of /etc/audit/rules.d as a plan has it. Nothing is loaded into the kernel.
 */
#ifndef AUDITMGR_RULES_FILE_H
#define AUDITMGR_RULES_FILE_H

#include "auditmgr/plan.h"

/* what the file was before; augenrules reads names that end in .rules only */
#define RULES_FILE_PREVIOUS RULES_FILE_PATH ".prev"
#define RULES_FILE_MODE     0640

struct rules_file_result {
	bool changed;       /* the file was written; false: it was as it should be */
	bool kept_previous; /* the one before is in RULES_FILE_PREVIOUS */
};

/*
 * Brings the file to what the plan says: mode 0640, atomically, the one before kept. Missing
 * directories are made with mode 0750. On failure the file is as it was. Returns 0 with *result, or
 * -1 with *error.
 */
int rules_file_write(const struct host_root *root, const struct plan *plan,
		     const struct rules_directory *installed, struct rules_file_result *result,
		     struct error *error) MUST_CHECK;

#endif
