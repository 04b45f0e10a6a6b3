/*
 * What the meaning of a rule file depends on besides its bytes: the machine that it is for, the
 * names of its users and groups, and which paths are directories there. Tests and --root trees
 * bring their own answers.
 */
#ifndef AUDITMGR_RULE_HOST_H
#define AUDITMGR_RULE_HOST_H

#include <stdbool.h>
#include <stdint.h>

struct rule_host {
	int machine; /* MACH_86_64, MACH_AARCH64, ... of libaudit.h: what b64 and b32 stand for */

	/* Whether `name` is known; *id is written then. */
	bool (*find_user)(void *context, const char *name, uint32_t *id);
	bool (*find_group)(void *context, const char *name, uint32_t *id);

	/* Whether `path` is a directory, following links: -w makes a dir= of it then, else a path=.
	 */
	bool (*is_directory)(void *context, const char *path);

	void *context; /* given to each; borrowed */
};

/* The running host: uname(2), getpwnam(3), getgrnam(3), stat(2). */
struct rule_host rule_host_running(void);

/*
 * The host whose file tree is at `root` (borrowed for as long as the result is used): users and
 * groups from root/etc/passwd and root/etc/group, directories below root with links resolved inside
 * it. The machine is the running one; set it to build for another.
 */
struct rule_host rule_host_tree(const char *root);

#endif
