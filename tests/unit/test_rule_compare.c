#include "tests/unit/table.h"

#include "auditmgr/rule_compare.h"
#include "auditmgr/rule_encode.h"
#include "tests/unit/rule_parse_one.h"

#include <libaudit.h>

struct row {
	const char *name;
	const char *left;
	const char *right; /* may be a line of auditctl -l */
	enum rule_comparison comparison;
	bool recursion; /* they differ only in path= against dir= */
};

/* libaudit 4's table for perm=wa on x86_64, without the calls that 3.0.9 doesn't know */
#define CLASS_WA                                                                                   \
	"rename,mkdir,rmdir,creat,link,unlink,symlink,mknod,mkdirat,mknodat,unlinkat,renameat,"    \
	"linkat,symlinkat,renameat2,acct,swapon,quotactl,truncate,ftruncate,bind,fallocate,open,"  \
	"openat,openat2,chmod,fchmod,chown,lchown,fchown,setxattr,lsetxattr,fsetxattr,"            \
	"removexattr,lremovexattr,fremovexattr,fchownat,fchmodat"

static struct row rows[] = {
	{"C13: as auditctl -l prints it",
	 "-a exit,always -F arch=b64 -C euid!=uid -F auid!=unset -S execve -k user_emulation",
	 "-a always,exit -F arch=b64 -S execve -C uid!=euid -F auid!=-1 -F key=user_emulation",
	 RULE_EQUAL, false},
	{"C16: slash, order of permissions, dir= for -w", "-w /etc/docker/ -p war -k docker",
	 "-a always,exit -F dir=/etc/docker -F perm=rwa -F key=docker", RULE_EQUAL, false},
	{"C16: path= of a directory is not recursive", "-w /etc/docker -p wa -k docker",
	 "-a always,exit -F path=/etc/docker -F perm=wa -F key=docker", RULE_DIFFERENT, true},
	{"C16: not recursive, with another key", "-w /etc/docker -p wa -k docker",
	 "-a always,exit -F path=/etc/docker -F perm=wa", RULE_DIFFERENT, true},
	{"C06: a slash at the end of dir=", "-a always,exit -F dir=/etc/docker/ -F perm=wa",
	 "-w /etc/docker -p wa", RULE_EQUAL, false},
	{"C15: a path that begins like another", "-w /usr/bin/docker -p x",
	 "-w /usr/bin/dockerd -p x", RULE_DIFFERENT, false},
	{"C15: a directory and what lies in it", "-w /run/containerd -p wa",
	 "-w /run/containerd/containerd.sock -p wa", RULE_DIFFERENT, false},
	{"C20: another key", "-w /etc/docker -p wa -k docker",
	 "-w /etc/docker -p wa -k docker-config", RULE_EQUAL_BUT_KEY, false},
	{"C20: auid spelt as a number and as -1",
	 "-a always,exit -F path=/usr/bin/runc -F perm=x -F auid!=4294967295 -k docker",
	 "-a always,exit -F path=/usr/bin/runc -F perm=x -F auid!=-1 -F key=docker", RULE_EQUAL,
	 false},
	{"C29: two keys in another order", "-w /etc/docker -p wa -k docker -k cis-1.1.7",
	 "-w /etc/docker -p wa -k cis-1.1.7 -k docker", RULE_EQUAL, false},
	{"one key of two", "-w /etc/docker -p wa -k docker -k cis-1.1.7",
	 "-w /etc/docker -p wa -k docker", RULE_EQUAL_BUT_KEY, false},
	{"a key and none", "-w /etc/docker -p wa -k docker", "-w /etc/docker -p wa",
	 RULE_EQUAL_BUT_KEY, false},
	{"system calls in another order and by number", "-a always,exit -F arch=b64 -S open,close",
	 "-a always,exit -F arch=b64 -S 3 -S open", RULE_EQUAL, false},
	{"one system call more", "-a always,exit -F arch=b64 -S open,close",
	 "-a always,exit -F arch=b64 -S open", RULE_DIFFERENT, false},
	{"b64 and b32", "-a always,exit -F arch=b64 -S open", "-a always,exit -F arch=b32 -S 2",
	 RULE_DIFFERENT, false},
	{"arch and none", "-a always,exit -F arch=b64 -S open", "-a always,exit -S open",
	 RULE_DIFFERENT, false},
	{"the architecture by its machine", "-a always,exit -F arch=b64 -S open",
	 "-a always,exit -F arch=x86_64 -S open", RULE_EQUAL, false},
	{"always and never", "-a always,exit -F arch=b64 -S open",
	 "-a never,exit -F arch=b64 -S open", RULE_DIFFERENT, false},
	{"append and prepend, add and delete are not compared",
	 "-A always,exit -F arch=b64 -S open", "-d always,exit -F arch=b64 -S open", RULE_EQUAL,
	 false},
	{"exit and user", "-a always,exit -F uid=0", "-a always,user -F uid=0", RULE_DIFFERENT,
	 false},
	{"other permissions", "-w /etc/passwd -p wa", "-w /etc/passwd -p w", RULE_DIFFERENT, false},
	{"all permissions and no perm field", "-w /etc/passwd",
	 "-a always,exit -F path=/etc/passwd", RULE_DIFFERENT, false},
	{"another operator", "-a always,exit -F auid>=1000", "-a always,exit -F auid>1000",
	 RULE_DIFFERENT, false},
	{"another value", "-a always,exit -F a2=110", "-a always,exit -F a2=0x6F", RULE_DIFFERENT,
	 false},
	{"a value in hexadecimal", "-a always,exit -F a2=110", "-a always,exit -F a2=0x6E",
	 RULE_EQUAL, false},
	{"a field twice and once", "-a always,exit -F auid!=1 -F auid!=1 -F auid!=2",
	 "-a always,exit -F auid!=1 -F auid!=2 -F auid!=2", RULE_DIFFERENT, false},
	{"-C with another operator", "-a always,exit -C uid!=euid", "-a always,exit -C uid=euid",
	 RULE_DIFFERENT, false},
	{"all calls and libaudit 4's class for the permissions",
	 "-a always,exit -F arch=b64 -F path=/etc/passwd -F perm=wa -F key=id",
	 "-a always,exit -F arch=b64 -S " CLASS_WA " -F path=/etc/passwd -F perm=wa -F key=id",
	 RULE_EQUAL, false},
	{"the class without one of its calls",
	 "-a always,exit -F arch=b64 -F path=/etc/passwd -F perm=wa",
	 "-a always,exit -F arch=b64 -S open,openat -F path=/etc/passwd -F perm=wa", RULE_DIFFERENT,
	 false},
	{"the class of write where attributes are wanted too",
	 "-a always,exit -F arch=b64 -F path=/etc/passwd -F perm=w",
	 "-a always,exit -F arch=b64 -S " CLASS_WA " -F path=/etc/passwd -F perm=wa",
	 RULE_DIFFERENT, false},
	{"a call that the permissions never match, more",
	 "-a always,exit -F arch=b64 -S open -F path=/a -F perm=w",
	 "-a always,exit -F arch=b64 -S open,connect -F path=/a -F perm=w", RULE_EQUAL, false},
	{"without arch= the class isn't known", "-a always,exit -F path=/a -F perm=x",
	 "-a always,exit -S execve,execveat -F path=/a -F perm=x", RULE_DIFFERENT, false},
};

/* The rule as the kernel gives it back: the bits for classes are gone. */
static void through_kernel(struct arena *arena, struct rule *rule, const struct rule *source)
{
	CLEANUP(text_done) struct text payload = TEXT_INIT;
	struct error error = ERROR_INIT;

	assert_int_equal(rule_encode(&payload, source, &error), 0);
	assert_int_equal(rule_decode(arena, rule, payload.bytes, payload.length, &error), 0);
	rule->syscalls[AUDIT_BITMASK_SIZE - 1] &= 0xFFFFU;
}

static void row_holds(void **state)
{
	const struct row *row = *state;
	CLEANUP(rule_set_done) struct rule_set left = RULE_SET_INIT;
	CLEANUP(rule_set_done) struct rule_set right = RULE_SET_INIT;
	struct rule listed;

	(void)parse_one(&left, row->left);
	(void)parse_one(&right, row->right);
	through_kernel(&right.arena, &listed, &right.statements[0].rule);
	assert_int_equal(rule_compare(&left.statements[0].rule, &right.statements[0].rule),
			 row->comparison);
	assert_int_equal(rule_compare(&right.statements[0].rule, &left.statements[0].rule),
			 row->comparison);
	assert_int_equal(rule_compare(&left.statements[0].rule, &listed), row->comparison);
	assert_int_equal(rule_compare(&right.statements[0].rule, &listed), RULE_EQUAL);
	assert_int_equal(rule_compare_identical(&right.statements[0].rule, &listed), true);
	assert_int_equal(rule_compare_differs_in_recursion(&left.statements[0].rule,
							   &right.statements[0].rule),
			 row->recursion);
}

int main(void)
{
	return TABLE_RUN("rule_compare", rows, row_holds);
}
