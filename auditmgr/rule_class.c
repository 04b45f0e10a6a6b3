#include "auditmgr/rule_class.h"

#include "auditmgr/rule_machine.h"

enum {
	R = AUDIT_PERM_READ,
	W = AUDIT_PERM_WRITE,
	X = AUDIT_PERM_EXEC,
	A = AUDIT_PERM_ATTR,
};

static const struct {
	const char *name;
	uint32_t permissions;
	bool common; /* libaudit 4 knows it too */
} class_calls[] = {
	{"execve", X, true},
	{"execveat", X, true},
	/* by the access mode that they are called with */
	{"open", R | W, true},
	{"openat", R | W, true},
	{"openat2", R | W, true},
	/* audit_dir_write.h */
	{"rename", W, true},
	{"mkdir", W, true},
	{"rmdir", W, true},
	{"creat", W, true},
	{"link", W | A, true},
	{"unlink", W, true},
	{"symlink", W, true},
	{"mknod", W, true},
	{"mkdirat", W, true},
	{"mknodat", W, true},
	{"unlinkat", W, true},
	{"renameat", W, true},
	{"linkat", W | A, true},
	{"symlinkat", W, true},
	{"renameat2", W, true},
	/* audit_write.h */
	{"acct", W, true},
	{"swapon", W, true},
	{"quotactl", R | W, true},
	{"truncate", W, true},
	{"truncate64", W, false},
	{"bind", W, true},
	{"socketcall", W, false}, /* for bind */
	{"fallocate", W, true},
	/* audit_read.h */
	{"readlink", R, true},
	{"listxattr", R, true},
	{"llistxattr", R, true},
	{"flistxattr", R, true},
	{"getxattr", R, true},
	{"lgetxattr", R, true},
	{"fgetxattr", R, true},
	{"readlinkat", R, true},
	/* audit_change_attr.h */
	{"chmod", A, true},
	{"fchmod", A, true},
	{"chown", A, true},
	{"fchown", A, true},
	{"lchown", A, true},
	{"chown32", A, false},
	{"fchown32", A, false},
	{"lchown32", A, false},
	{"setxattr", A, true},
	{"lsetxattr", A, true},
	{"fsetxattr", A, true},
	{"removexattr", A, true},
	{"lremovexattr", A, true},
	{"fremovexattr", A, true},
	{"fchownat", A, true},
	{"fchmodat", A, true},
};

void rule_class_mask(uint32_t *mask, uint32_t architecture, uint32_t permissions, bool common)
{
	int machine = rule_machine_of_architecture(architecture);

	memset(mask, 0, AUDIT_BITMASK_SIZE * sizeof(*mask));
	for (size_t i = 0; i < sizeof(class_calls) / sizeof(class_calls[0]); i++) {
		int number;

		if (!(class_calls[i].permissions & permissions) ||
		    (common && !class_calls[i].common))
			continue;
		number = rule_machine_syscall(machine, slice_of(class_calls[i].name));
		if (number >= 0 && number < RULE_SYSCALL_LIMIT)
			mask[number / 32] |= 1U << number % 32;
	}
}
