/*
 * What the meaning of a rule file depends on besides its bytes: the machine that it is for, the
 * names of its users and groups, and which paths are directories there. Tests and --root trees
 * bring their own answers.
 */
#ifndef AUDITMGR_RULE_HOST_H
#define AUDITMGR_RULE_HOST_H

#include "auditmgr/host_root.h"

#include <stdbool.h>
#include <stdint.h>

struct rule_host {
	int machine; /* MACH_86_64, MACH_AARCH64, ... of libaudit.h: what b64 and b32 stand for */

	/* Whether `name` is known; *id is written then. */
	bool (*find_user)(const void *context, const char *name, uint32_t *id);
	bool (*find_group)(const void *context, const char *name, uint32_t *id);

	/* Whether `path` is a directory, following links: -w makes a dir= of it then, else a path=.
	 */
	bool (*is_directory)(const void *context, const char *path);

	const void *context; /* given to each; borrowed */
};

/* The running host: uname(2), getpwnam(3), getgrnam(3), stat(2). */
struct rule_host rule_host_running(void);

/*
 * The host whose file tree is `root` (borrowed for as long as the result is used) and whose machine
 * is `machine`: users and groups from its /etc/passwd and /etc/group, directories in it.
 */
struct rule_host rule_host_tree(const struct host_root *root, int machine);

#endif
