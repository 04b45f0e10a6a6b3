#include "tests/unit/table.h"

#include "auditmgr/rule_check.h"
#include "auditmgr/rule_parse.h"
#include "common/text.h"
#include "tests/unit/rule_fake_host.h"

#include <libaudit.h>

struct row {
	const char *name;
	enum rule_check_order order;
	int machine;
	const char *input;
	const char *diagnostics; /* "level LINE:COLUMN what: why\n" each */
};

static struct row rows[] = {
	{"nothing to say", RULE_CHECK_WRITTEN, MACH_86_64,
	 "-D\n"
	 "-b 8192\n"
	 "-f 1\n"
	 "-w /etc/passwd -p wa -k id\n"
	 "-e 2\n",
	 ""},
	{"C01: the same rule twice", RULE_CHECK_WRITTEN, MACH_86_64,
	 "-w /etc/docker -p wa -k docker\n"
	 "-w /etc/passwd -p wa\n"
	 "-w /etc/docker/ -p wa -k docker\n",
	 "error 3:1 rule given twice: the kernel answers \"Rule exists\" and auditctl -R stops: it "
	 "stands at t:1\n"},
	{"C01: with -c the load goes on", RULE_CHECK_WRITTEN, MACH_86_64,
	 "-c\n"
	 "-w /etc/passwd -p wa\n"
	 "-w /etc/passwd -p wa\n",
	 "warning 3:1 rule given twice: the kernel answers \"Rule exists\": it stands at t:2\n"},
	{"the same rule in another order", RULE_CHECK_WRITTEN, MACH_86_64,
	 "-a always,exit -F path=/a -F perm=w -F uid=0\n"
	 "-a always,exit -F uid=0 -F path=/a -F perm=w\n",
	 "warning 2:1 rule given twice: in another order, so the kernel keeps both: it stands at "
	 "t:1\n"},
	{"C20: the same rule with another key", RULE_CHECK_WRITTEN, MACH_86_64,
	 "-w /etc/docker -p wa -k docker\n"
	 "-w /etc/docker -p wa -k docker-config\n",
	 "warning 2:1 key never recorded: the same rule with another key comes first, at t:1\n"},
	{"a key that a wider rule takes", RULE_CHECK_WRITTEN, MACH_86_64,
	 "-w /etc/docker -p wa -k docker\n"
	 "-w /etc/docker/daemon.json -p w -k daemon\n"
	 "-w /etc/docker/key.json -p w -k docker\n"
	 "-w /etc/dockerx -p w -k other\n",
	 "warning 2:1 key never recorded: a rule that covers it comes first, at t:1\n"},
	{"the wider rule comes later", RULE_CHECK_WRITTEN, MACH_86_64,
	 "-w /etc/docker/daemon.json -p w -k daemon\n"
	 "-w /etc/docker -p wa -k docker\n",
	 ""},
	{"a never rule first", RULE_CHECK_WRITTEN, MACH_86_64,
	 "-a never,exit -F dir=/etc -F uid=0\n"
	 "-w /etc/passwd -p wa\n"
	 "-a always,exit -F path=/etc/shadow -F perm=wa -F uid=0\n",
	 "warning 3:1 rule never matches: a never rule that covers it comes first, at t:1\n"},
	{"a never rule later", RULE_CHECK_WRITTEN, MACH_86_64,
	 "-a always,exit -F path=/etc/shadow -F perm=wa -F uid=0\n"
	 "-a never,exit -F dir=/etc -F uid=0\n"
	 "-a never,exit -F path=/etc/shadow -F perm=w -F uid=0\n",
	 "warning 3:1 rule has no effect: what it leaves out is recorded before, by the rule at "
	 "t:1\n"},
	{"C05: a prepended never rule hides what stands before it", RULE_CHECK_WRITTEN, MACH_86_64,
	 "-w /etc/passwd -p wa -k id\n"
	 "-A never,exit -F dir=/etc\n",
	 "warning 1:1 rule never matches: a never rule that covers it comes first, at t:2\n"},
	{"numbers that cover each other", RULE_CHECK_WRITTEN, MACH_86_64,
	 "-a never,exit -F arch=b64 -F auid>=1000\n"
	 "-a never,exit -F arch=b32 -F auid>=1000\n"
	 "-a always,exit -F arch=b64 -S open -F auid=1001\n"
	 "-a always,exit -F arch=b32 -S open -F auid=1001\n"
	 "-a always,exit -F arch=b64 -S close -F auid!=0\n"
	 "-a always,exit -F arch=b32 -S close -F auid!=0\n",
	 "warning 3:1 rule never matches: a never rule that covers it comes first, at t:1\n"
	 "warning 4:1 rule never matches: a never rule that covers it comes first, at t:2\n"},
	{"a never rule of another list", RULE_CHECK_WRITTEN, MACH_86_64,
	 "-a never,exclude -F msgtype=CWD\n"
	 "-a never,user -F uid=0\n"
	 "-a always,exit -F path=/a -F perm=w -F uid=0\n",
	 ""},
	{"system calls that cover", RULE_CHECK_WRITTEN, MACH_86_64,
	 "-a never,exit -F arch=b32 -S all\n"
	 "-a never,exit -F arch=b64 -S open,close\n"
	 "-a always,exit -F arch=b64 -S open -F uid=0\n"
	 "-a always,exit -F arch=b32 -S open -F uid=0\n"
	 "-a always,exit -F arch=b64 -S open,read -F uid=0\n",
	 "warning 3:1 rule never matches: a never rule that covers it comes first, at t:2\n"
	 "warning 4:1 rule never matches: a never rule that covers it comes first, at t:1\n"
	 "warning 5:1 arch=b64 alone: read of 32-bit programs isn't seen: a twin with arch=b32 is "
	 "missing\n"},
	{"deleted rules are gone", RULE_CHECK_WRITTEN, MACH_86_64,
	 "-w /etc/passwd -p wa\n"
	 "-W /etc/passwd -p wa\n"
	 "-w /etc/passwd -p wa\n"
	 "-W /etc/passwd -p w\n",
	 "warning 4:1 rule to delete: no rule before it is the same, fields in the same order and "
	 "key included: the kernel answers \"No rule matches\" and auditctl -R stops\n"},
	{"-D in the middle", RULE_CHECK_WRITTEN, MACH_86_64,
	 "-w /etc/passwd -p wa\n"
	 "-D\n"
	 "-w /etc/passwd -p wa\n",
	 "warning 2:1 -D: it removes the rules before it\n"},
	{"-D is lifted by augenrules", RULE_CHECK_COMPILED, MACH_86_64,
	 "-w /etc/passwd -p wa\n"
	 "-D\n"
	 "-w /etc/shadow -p wa\n"
	 "  -D\n",
	 "warning 4:3 -D: not at the start of its line: augenrules leaves it where it stands\n"
	 "warning 4:3 -D: it removes the rules before it\n"},
	{"-D -k", RULE_CHECK_WRITTEN, MACH_86_64,
	 "-w /etc/passwd -p wa -k a\n"
	 "-w /etc/shadow -p wa -k b\n"
	 "-D -k a\n"
	 "-w /etc/passwd -p wa -k a\n"
	 "-w /etc/shadow -p wa -k b\n",
	 "error 5:1 rule given twice: the kernel answers \"Rule exists\" and auditctl -R stops: it "
	 "stands at t:2\n"},
	{"statements behind -e 2", RULE_CHECK_WRITTEN, MACH_86_64,
	 "-e 2\n"
	 "-w /etc/passwd -p wa\n"
	 "-w /etc/shadow -p wa\n",
	 "warning 2:1 statement behind -e 2: auditctl -R stops here, though augenrules moves -e to "
	 "the end; it stands at t:1\n"},
	{"an indented -e 2 stays where it is", RULE_CHECK_COMPILED, MACH_86_64,
	 " -e 2\n"
	 "-w /etc/passwd -p wa\n",
	 "warning 1:2 -e: not at the start of its line: augenrules leaves it where it stands\n"
	 "error 2:1 statement behind -e 2: the kernel refuses it and auditctl -R stops; augenrules "
	 "doesn't move the indented -e 2 at t:1\n"},
	{"-e 2 is lifted by augenrules", RULE_CHECK_COMPILED, MACH_86_64,
	 "-e 2\n"
	 "-w /etc/passwd -p wa\n",
	 ""},
	{"C12: a lower backlog limit and panic", RULE_CHECK_WRITTEN, MACH_86_64,
	 "-b 8192\n"
	 "-f 1\n"
	 "-b 64\n"
	 "-f 2\n",
	 "warning 3:1 -b: it lowers the backlog limit, and the last one counts; a higher one "
	 "stands at t:1\n"
	 "warning 4:1 -f 2: the machine panics when audit events are lost\n"},
	{"auditing switched off", RULE_CHECK_WRITTEN, MACH_86_64, "-e 0\n",
	 "warning 1:1 -e 0: nothing is recorded\n"},
	{"system calls without an architecture", RULE_CHECK_WRITTEN, MACH_86_64,
	 "-a always,exit -S connect -F uid=0\n",
	 "warning 1:1 -S without arch=: the numbers are those of this machine's own table, and "
	 "other calls have them in its 32-bit one: give arch=b64 and arch=b32\n"},
	{"b64 without b32", RULE_CHECK_WRITTEN, MACH_86_64,
	 "-a always,exit -F arch=b64 -S open -k x\n"
	 "-a always,exit -F arch=b64 -S close -k y\n"
	 "-a always,exit -F arch=b32 -S close -k y\n",
	 "warning 1:1 arch=b64 alone: open of 32-bit programs isn't seen: a twin with arch=b32 is "
	 "missing\n"},
	{"a twin with other calls", RULE_CHECK_WRITTEN, MACH_86_64,
	 "-a always,exit -F arch=b64 -S open,openat -F uid=0\n"
	 "-a always,exit -F arch=b32 -S openat -F uid=0\n"
	 "-a always,exit -F arch=b32 -S open -F uid=1\n",
	 "warning 1:1 arch=b64 alone: open of 32-bit programs isn't seen: a twin with arch=b32 is "
	 "missing\n"},
	{"b64 with a catch-all for b32", RULE_CHECK_WRITTEN, MACH_86_64,
	 "-a always,exit -F arch=b32 -S all -k 32bit\n"
	 "-a always,exit -F arch=b64 -S open -k x\n",
	 ""},
	{"a call that the 32-bit table hasn't got", RULE_CHECK_WRITTEN, MACH_86_64,
	 "-a always,exit -F arch=b64 -S semtimedop -k x\n", ""},
	{"no twin is wanted where there is no 32-bit table", RULE_CHECK_WRITTEN, MACH_PPC64LE,
	 "-a always,exit -F arch=b64 -S openat -k x\n", ""},
	{"wildcards and dots", RULE_CHECK_WRITTEN, MACH_86_64,
	 "-w /etc/*.conf -p wa\n"
	 "-w /a/../b -p wa\n"
	 "-a always,exit -F exe=/bin/?sh -F arch=b32 -S all\n",
	 "warning 1:1 /etc/*.conf: a wildcard is taken literally: no file of that name, no event\n"
	 "warning 2:1 /a/../b: a path with .. in it is not supported\n"
	 "warning 3:1 /bin/?sh: a wildcard is taken literally: no file of that name, no event\n"},
	{"path= of a directory", RULE_CHECK_WRITTEN, MACH_86_64,
	 "-a always,exit -F path=/etc/docker -F perm=wa\n",
	 "warning 1:1 /etc/docker: path= of a directory is not recursive: dir= sees what is below "
	 "it\n"},
	{"a watch on a socket beside a rule on its connections", RULE_CHECK_WRITTEN, MACH_86_64,
	 "-w /run/docker.sock -p rwa\n"
	 "-a always,exit -F arch=b64 -S connect -F path=/run/docker.sock\n"
	 "-a always,exit -F arch=b32 -S connect -F path=/run/docker.sock\n",
	 ""},
	{"a watch on a socket", RULE_CHECK_WRITTEN, MACH_86_64,
	 "-w /run/docker.sock -p rwa\n"
	 "-w /run/docker.sock.d -p wa\n"
	 "-a always,exit -F arch=b64 -S connect -F path=/run/other.sock\n"
	 "-a always,exit -F arch=b32 -S connect -F path=/run/other.sock\n"
	 "-a never,exit -F arch=b64 -S connect -F path=/run/docker.sock -F auid=0\n"
	 "-a never,exit -F arch=b32 -S connect -F path=/run/docker.sock -F auid=0\n",
	 "warning 1:1 /run/docker.sock: a watch on a socket never sees connect(): -S connect with "
	 "path= and without perm= does\n"},
	{"rules that cost too much", RULE_CHECK_WRITTEN, MACH_86_64,
	 "-a always,exit -F arch=b64 -S all -k all\n"
	 "-a always,exit -S all\n"
	 "-w / -p wa\n"
	 "-w /var/lib/docker\n"
	 "-a always,exit -F dir=/var/lib/docker -F perm=wa\n",
	 "warning 1:1 -S all: every system call of every process is recorded\n"
	 "warning 1:1 arch=b64 alone: 32-bit programs aren't seen: its twin with arch=b32 is "
	 "missing\n"
	 "warning 2:1 -S all: every system call of every process is recorded\n"
	 "warning 3:1 dir=/: the whole root file system is watched, and nothing on other mounts\n"
	 "warning 4:1 /var/lib/docker: every read in image layers and volumes is recorded: -p wa "
	 "is plenty\n"},
	{"permissions that no system call of the rule has", RULE_CHECK_WRITTEN, MACH_86_64,
	 "-a always,exit -F arch=b64 -S connect -F path=/run/x -F perm=r\n"
	 "-a always,exit -F arch=b32 -S connect -F path=/run/x -F perm=r\n",
	 "warning 1:1 perm=: it never matches: none of the rule's system calls reads, writes, "
	 "executes or changes as perm= asks\n"
	 "warning 2:1 perm=: it never matches: none of the rule's system calls reads, writes, "
	 "executes or changes as perm= asks\n"},
	{"conditions that exclude each other", RULE_CHECK_WRITTEN, MACH_86_64,
	 "-a always,exit -F path=/a -F perm=w -F auid>=1000 -F auid=0\n"
	 "-a always,exit -F path=/b -F perm=w -F auid=unset -F auid!=-1\n"
	 "-a always,exit -F path=/c -F perm=w -F exit>=0 -F exit<0\n"
	 "-a always,exit -F path=/d -F perm=w -F uid<0\n"
	 "-a always,exit -F path=/e -F perm=w -F exit=-EACCES -F exit<0 -F uid!=0\n"
	 "-a always,exit -F path=/f -F perm=w -F obj_uid=0 -F obj_uid=1\n",
	 "warning 1:1 auid: it never matches: the conditions on this field exclude each other\n"
	 "warning 2:1 auid: it never matches: the conditions on this field exclude each other\n"
	 "warning 3:1 exit: it never matches: the conditions on this field exclude each other\n"
	 "warning 4:1 uid: it never matches: the conditions on this field exclude each other\n"},
};

static void show(struct text *text, const struct diagnostics *diagnostics)
{
	for (size_t i = 0; i < diagnostics->count; i++) {
		const struct diagnostic *item = &diagnostics->items[i];

		assert_string_equal(item->file, "t");
		assert_int_equal(text_append_format(text, "%s %u:%u %s: %s\n",
						    diagnostic_level_name(item->level), item->line,
						    item->column, item->what, item->why),
				 0);
	}
}

static void row_holds(void **state)
{
	const struct row *row = *state;
	CLEANUP(rule_set_done) struct rule_set set = RULE_SET_INIT;
	CLEANUP(diagnostics_done) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	CLEANUP(text_done) struct text text = TEXT_INIT;
	struct rule_parse_options options = {.host = fake_host(row->machine)};
	struct error error = ERROR_INIT;

	assert_int_equal(rule_parse_file(&set, "t", row->input, strlen(row->input), &options,
					 &diagnostics, &error),
			 0);
	assert_int_equal(diagnostics.count, 0);
	assert_int_equal(rule_check(&set, &options.host, row->order, &diagnostics, &error), 0);
	show(&text, &diagnostics);
	assert_string_equal(text_string(&text), row->diagnostics);
}

int main(void)
{
	return TABLE_RUN("rule_check", rows, row_holds);
}
