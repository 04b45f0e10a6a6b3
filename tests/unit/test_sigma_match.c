#include "tests/unit/event_maker.h"
#include "tests/unit/sample_rule.h"
#include "tests/unit/table.h"

#include "analyzer/sigma_match.h"

#include <string.h>

/* `nsenter -t 1 -m "sh -c id"`, enriched */
#define EXEC                                                                                       \
	"SYSCALL arch=c000003e syscall=59 success=yes exit=0 a0=55d0 a1=55d1 a2=55d2 a3=8 "        \
	"items=2 "                                                                                 \
	"ppid=10 pid=11 auid=1000 uid=0 gid=0 euid=0 tty=pts0 ses=3 comm=\"nsenter\" "             \
	"exe=\"/usr/bin/nsenter\" subj=unconfined key=\"user_exec\"\x1D"                           \
	"ARCH=x86_64 "                                                                             \
	"SYSCALL=execve AUID=\"dev\" UID=\"root\"\n"                                               \
	"EXECVE argc=5 a0=\"nsenter\" a1=\"-t\" a2=\"1\" a3=\"-m\" a4=7368202D63206964\n"          \
	"CWD cwd=\"/home/dev\"\n"                                                                  \
	"PATH item=0 name=\"/usr/bin/nsenter\" inode=5 dev=fe:00 mode=0100755 ouid=0 ogid=0 "      \
	"rdev=00:00 nametype=NORMAL cap_fp=0\n"                                                    \
	"PATH item=1 name=\"/lib64/ld-linux-x86-64.so.2\" inode=6 dev=fe:00 mode=0100755 ouid=0 "  \
	"ogid=0 rdev=00:00 nametype=NORMAL cap_fp=0\n"                                             \
	"PROCTITLE proctitle=6E73656E746572002D740031\n"

/* `echo >daemon.json` in /etc/docker, and two keys */
#define WRITE                                                                                      \
	"SYSCALL arch=c000003e syscall=257 success=yes exit=3 a0=ffffff9c a1=55d0 a2=241 a3=1b6 "  \
	"items=2 ppid=1 pid=12 auid=4294967295 uid=1001 gid=0 euid=0 tty=(none) ses=4294967295 "   \
	"comm=\"bash\" exe=\"/usr/bin/bash\" key=646F636B65725F636F6E66696701736F636B\n"           \
	"CWD cwd=\"/etc/docker\"\n"                                                                \
	"PATH item=0 name=\"/etc/docker\" inode=1 dev=fe:00 mode=040755 ouid=0 ogid=0 "            \
	"rdev=00:00 nametype=PARENT\n"                                                             \
	"PATH item=1 name=\"daemon.json\" inode=2 dev=fe:00 mode=0100644 ouid=7 ogid=0 "           \
	"rdev=00:00 nametype=CREATE\n"

/* a file below an open directory, whose name no record tells */
#define UNLINK_AT                                                                                  \
	"SYSCALL arch=c000003e syscall=263 success=yes exit=0 a0=4 a1=55d0 a2=0 a3=0 items=1 "     \
	"pid=13 auid=1000 uid=0 comm=\"rm\" exe=\"/usr/bin/rm\" key=(null)\n"                      \
	"CWD cwd=\"/etc/docker\"\n"                                                                \
	"PATH item=0 name=\"o.conf\" nametype=DELETE\n"

#define ROUNDABOUT                                                                                 \
	"SYSCALL arch=c000003e syscall=87 success=yes exit=0 a0=1 a1=2 a2=0 a3=0 items=1 pid=13 "  \
	"auid=1000 uid=0 comm=\"rm\" exe=\"/usr/bin/rm\" key=(null)\n"                             \
	"CWD cwd=\"/\"\n"                                                                          \
	"PATH item=0 name=\"/etc/../etc//docker/./daemon.json\" nametype=DELETE\n"

#define READ                                                                                       \
	"SYSCALL arch=c000003e syscall=257 success=yes exit=3 a0=ffffff9c a1=55d0 a2=0 a3=0 "      \
	"items=1 pid=12 auid=0 uid=0 comm=\"cat\" exe=\"/usr/bin/cat\" key=(null)\n"               \
	"CWD cwd=\"/\"\n"                                                                          \
	"PATH item=0 name=\"/etc/docker/daemon.json\" nametype=NORMAL\n"

/* connect to 10.1.2.3 port 4444 */
#define CONNECT                                                                                    \
	"SYSCALL arch=c000003e syscall=42 success=no exit=-115 a0=3 a1=7ffc a2=10 a3=0 items=0 "   \
	"pid=14 auid=1000 uid=33 comm=\"nc\" exe=\"/usr/bin/nc\" key=(null)\n"                     \
	"SOCKADDR saddr=0200115C0A0102030000000000000000\n"

#define CONNECT_UNIX                                                                               \
	"SYSCALL arch=c000003e syscall=42 success=yes exit=0 a0=3 a1=7ffc a2=17 a3=0 items=1 "     \
	"pid=14 auid=1000 uid=33 comm=\"nc\" exe=\"/usr/bin/nc\" key=(null)\n"                     \
	"SOCKADDR saddr=01002F72756E2F646F636B65722E736F636B00\n"

#define CONFIG                                                                                     \
	"CONFIG_CHANGE op=set audit_enabled=0 old=1 auid=1002 ses=26 subj=unconfined res=1\n"      \
	"SYSCALL arch=c000003e syscall=44 success=yes exit=60 a0=3 a1=7ffd a2=3c a3=0 items=0 "    \
	"pid=15 auid=1002 uid=0 comm=\"auditctl\" exe=\"/usr/sbin/auditctl\" key=(null)\n"

#define RULE_REMOVED                                                                               \
	"CONFIG_CHANGE auid=1002 ses=25 subj=unconfined op=remove_rule key=\"ptrace\" list=4 "     \
	"res=1\n"

#define SERVICE                                                                                    \
	"SERVICE_STOP pid=1 uid=0 auid=4294967295 ses=4294967295 msg='unit=ufw "                   \
	"comm=\"systemd\" exe=\"/usr/lib/systemd/systemd\" hostname=? addr=? terminal=? "          \
	"res=success'\n"

#define KILL                                                                                       \
	"SYSCALL arch=c000003e syscall=62 success=yes exit=0 a0=1f4 a1=9 a2=0 a3=9 items=0 "       \
	"pid=16 auid=1000 uid=0 comm=\"kill\" exe=\"/usr/bin/kill\" key=(null)\n"                  \
	"OBJ_PID opid=500 oauid=-1 ouid=0 oses=-1 ocomm=\"auditd\"\n"

#define UNKNOWN_TYPE "NOT_KNOWN_TO_LIBAUDIT foo=bar\n"

struct row {
	const char *name;
	const char *detection; /* YAML; where it has no condition: `s` */
	const char *event;
	bool matches;
};

static struct row audit_rows[] = {
	/* the record's type */
	{"type", "s: {type: EXECVE}", EXEC, true},
	{"type in other case", "s: {type: execve}", EXEC, true},
	{"type that the event has not", "s: {type: EXECVE}", WRITE, false},
	{"one of two types", "s: {type: [TTY, PATH]}", WRITE, true},
	{"type with a wildcard", "s: {type: '*_CHANGE'}", CONFIG, true},
	{"type that libaudit doesn't know", "s: {type: NOT_KNOWN_TO_LIBAUDIT, foo: bar}",
	 UNKNOWN_TYPE, true},
	{"type beside one that libaudit doesn't know",
	 "s: {type: [NOT_KNOWN_TO_LIBAUDIT, PATH], item: 0}", WRITE, true},
	{"a type and no other item", "s: {type: SERVICE_STOP}", SERVICE, true},
	{"type, cased", "s: {type|cased: execve}", EXEC, false},
	/* the system call */
	{"syscall by name", "s: {syscall: execve}", EXEC, true},
	{"SYSCALL by name", "s: {SYSCALL: execve}", EXEC, true},
	{"syscall by number", "s: {syscall: 59}", EXEC, true},
	{"syscall, another", "s: {syscall: execveat}", EXEC, false},
	{"syscall by another number", "s: {syscall: 5}", EXEC, false},
	{"syscall from a PATH record", "s: {type: PATH, syscall: openat, nametype: CREATE}", WRITE,
	 true},
	{"syscall with startswith", "s: {syscall|startswith: exec}", EXEC, true},
	/* keys */
	{"key", "s: {key: user_exec}", EXEC, true},
	{"first of two keys", "s: {key: docker_config}", WRITE, true},
	{"second of two keys", "s: {key: sock}", WRITE, true},
	{"both of two keys", "s: {key|all: [docker_config, sock]}", WRITE, true},
	{"both of two keys, one wrong", "s: {key|all: [docker_config, other]}", WRITE, false},
	{"keys are not joined", "s: {key|contains: config?sock}", WRITE, false},
	{"no key is null", "s: {key: null}", READ, true},
	{"a key is not null", "s: {key: null}", EXEC, false},
	{"key of a rule that was removed", "s: {type: CONFIG_CHANGE, key: ptrace}", RULE_REMOVED,
	 true},
	/* fields of any record */
	{"exe", "s: {exe: /usr/bin/nsenter}", EXEC, true},
	{"exe, endswith", "s: {exe|endswith: /nsenter}", EXEC, true},
	{"exe, endswith another", "s: {exe|endswith: /enter}", EXEC, false},
	{"exe in other case", "s: {EXE: /USR/BIN/NSENTER}", EXEC, true},
	{"exe, cased", "s: {exe|cased: /USR/BIN/NSENTER}", EXEC, false},
	{"exe of a user record", "s: {type: SERVICE_STOP, exe|endswith: /systemd}", SERVICE, true},
	{"unit of a user record", "s: {type: SERVICE_STOP, unit: ufw}", SERVICE, true},
	{"res", "s: {res: success}", SERVICE, true},
	{"success", "s: {type: SYSCALL, success: 'yes'}", EXEC, true},
	{"success, not quoted", "s: {type: SYSCALL, success: yes}", EXEC, true},
	{"success, no", "s: {success: no}", CONNECT, true},
	{"exit", "s: {exit: -115}", CONNECT, true},
	{"field by re", "s: {comm|re: '^ns'}", EXEC, true},
	{"field by re, other case", "s: {comm|re: '^NS'}", EXEC, false},
	{"field by re|i", "s: {comm|re|i: '^NS'}", EXEC, true},
	{"contains, all", "s: {exe|contains|all: [usr, enter]}", EXEC, true},
	{"contains, all, one missing", "s: {exe|contains|all: [usr, sbin]}", EXEC, false},
	{"a value of a list", "s: {comm: [a, b, nsenter]}", EXEC, true},
	{"none of a list", "s: {comm: [a, b]}", EXEC, false},
	{"field of another record", "s: {type: EXECVE, exe: /usr/bin/nsenter}", EXEC, true},
	{"field that no record has", "s: {nosuch: a}", EXEC, false},
	{"field that no record has is null", "s: {nosuch: null}", EXEC, true},
	{"null or a value: the value", "s: {comm: [null, nsenter]}", EXEC, true},
	{"null or a value: neither", "s: {comm: [null, other]}", EXEC, false},
	{"exists", "s: {cwd|exists: true}", EXEC, true},
	{"exists, not", "s: {cwd|exists: true}", CONFIG, false},
	{"exists false", "s: {cwd|exists: false}", CONFIG, true},
	{"exists false, but it does", "s: {cwd|exists: false}", EXEC, false},
	{"(null) exists, and is null", "s: {type: SYSCALL, key: null}", CONFIG, true},
	{"empty text is not null", "s: {nosuch: ''}", EXEC, false},
	{"proctitle with blanks", "s: {proctitle: nsenter -t 1}", EXEC, true},
	{"cidr on a field that is no address", "s: {exe|cidr: 10.0.0.0/8}", EXEC, false},
	/* users */
	{"auid", "s: {auid: 1000}", EXEC, true},
	{"AUID by the name in an enriched log", "s: {AUID: dev}", EXEC, true},
	{"uid", "s: {uid: 0}", EXEC, true},
	{"uid by name", "s: {uid: root}", EXEC, true},
	{"uid, another", "s: {uid: 1000}", EXEC, false},
	{"auid unset as a number", "s: {auid: 4294967295}", WRITE, true},
	{"auid unset as -1", "s: {auid: -1}", WRITE, true},
	{"auid unset by word", "s: {auid: unset}", WRITE, true},
	{"auid unset, but it is set", "s: {auid: unset}", EXEC, false},
	{"ses unset by word", "s: {ses: unset}", WRITE, true},
	{"uid has no unset", "s: {uid: unset}", WRITE, false},
	/* arguments: those of the command and those of the system call are not mixed */
	{"a1 of the command", "s: {type: EXECVE, a1: -t}", EXEC, true},
	{"a4 of the command, encoded in the log", "s: {type: EXECVE, a4: sh -c id}", EXEC, true},
	{"a5 that the command has not", "s: {type: EXECVE, a5: null}", EXEC, true},
	{"a1 of the command is not the system call's", "s: {type: EXECVE, a1: 55d1}", EXEC, false},
	{"a0 of the system call", "s: {type: SYSCALL, a0: 55d0}", EXEC, true},
	{"a0 of the system call is not the command's", "s: {type: SYSCALL, a0: nsenter}", EXEC,
	 false},
	{"a4, which the system call has not, is not the command's",
	 "s: {type: SYSCALL, a4|contains: id}", EXEC, false},
	{"a1 without a type: the command's", "s: {a1: -t}", EXEC, true},
	{"a1 without a type: the system call's", "s: {a1: 55d1}", EXEC, true},
	{"a0 of one and a1 of the other", "s: {a0: nsenter, a1: 55d1}", EXEC, false},
	{"a1 from a PATH record is the command's", "s: {type: PATH, item: 0, a1: -t}", EXEC, true},
	{"a1 from a PATH record is not the system call's", "s: {type: PATH, item: 0, a1: 55d1}",
	 EXEC, false},
	{"a2 from a PATH record without a command",
	 "s: {type: PATH, nametype: CREATE, a2|endswith: 1}", WRITE, true},
	{"A1 in capitals", "s: {A1: -t}", EXEC, true},
	{"a number as an argument", "s: {type: EXECVE, a2: 1}", EXEC, true},
	/* PATH records: items of one map hold on one record */
	{"name", "s: {type: PATH, name: /usr/bin/nsenter}", EXEC, true},
	{"name of the second", "s: {type: PATH, name|contains: ld-linux}", EXEC, true},
	{"name and nametype of one record", "s: {type: PATH, name: daemon.json, nametype: CREATE}",
	 WRITE, true},
	{"name and nametype of two records", "s: {name: /etc/docker, nametype: CREATE}", WRITE,
	 false},
	{"name and nametype of two records, seen from SYSCALL",
	 "s: {type: SYSCALL, name: /etc/docker, nametype: CREATE}", WRITE, false},
	{"name and ouid of one record, seen from SYSCALL",
	 "s: {type: SYSCALL, exe|endswith: bash, name|endswith: daemon.json, ouid: 7}", WRITE,
	 true},
	{"two selections: each holds on its own record",
	 "a: {name: /etc/docker, nametype: PARENT}\nb: {nametype: CREATE}\ncondition: a and b",
	 WRITE, true},
	{"field that this PATH record has not is not another's",
	 "s: {type: PATH, item: 0, rdev|exists: false}", UNLINK_AT, true},
	{"no PATH record", "s: {type: SYSCALL, name: null}", CONNECT, true},
	{"relative name made absolute", "s: {name: /etc/docker/daemon.json}", WRITE, true},
	{"relative name as written", "s: {name: daemon.json}", WRITE, true},
	{"relative name made absolute, startswith", "s: {name|startswith: /etc/docker/}", WRITE,
	 true},
	{"relative to an open directory: not known", "s: {name|startswith: /etc/docker/}",
	 UNLINK_AT, false},
	{"relative to an open directory: as written", "s: {name: o.conf}", UNLINK_AT, true},
	{"roundabout name", "s: {name: /etc/docker/daemon.json}", ROUNDABOUT, true},
	{"roundabout name as written", "s: {name|contains: /../}", ROUNDABOUT, true},
	{"mode", "s: {type: PATH, mode: '0100755', name|endswith: nsenter}", EXEC, true},
	/* other records with items of their own */
	{"killed process", "s: {type: OBJ_PID, ocomm: auditd}", KILL, true},
	{"killed process, seen from the call", "s: {type: SYSCALL, ocomm: auditd, a1: 9}", KILL,
	 true},
	{"auid of its own record", "s: {type: CONFIG_CHANGE, auid: 1002, audit_enabled: 0}", CONFIG,
	 true},
	/* keywords */
	{"keyword in a record", "s: [nsenter]", EXEC, true},
	{"keyword in other case", "s: [NSENTER]", EXEC, true},
	{"keyword in none", "s: [chroot]", EXEC, false},
	{"one of two keywords", "s: [chroot, ld-linux]", EXEC, true},
	{"keyword alone", "s: nsenter", EXEC, true},
	{"keyword that is encoded in the log", "s: ['sh -c']", EXEC, true},
	{"keyword over two arguments", "s: ['-t 1 -m']", EXEC, true},
	{"keyword in an encoded title", "s: ['nsenter -t']", EXEC, true},
	{"all keywords", "s: {'|all': [nsenter, fe:00]}", EXEC, true},
	{"all keywords, one missing", "s: {'|all': [nsenter, fe:99]}", EXEC, false},
	{"all keywords, in different records", "s: {'|all': [ld-linux, user_exec]}", EXEC, true},
	{"keyword with wildcard", "s: ['ld-*.so']", EXEC, true},
	{"keyword as re", "s: {'|re': 'ld-[a-z]+-x86'}", EXEC, true},
	{"number as a keyword is a word", "s: [59]", EXEC, true},
	{"number as a keyword is no part of one", "s: [9]", EXEC, false},
	{"number beside letters is no word", "s: [100755]", "PATH item=0 name=\"a100755\"\n",
	 false},
	{"keyword beside a field", "s: {type: EXECVE, '': nsenter}", EXEC, true},
	{"keyword beside a field that fails", "s: {type: EXECVE, '': chroot}", EXEC, false},
	/* selections and conditions */
	{"list of maps, first", "s: [{comm: nsenter}, {comm: other}]", EXEC, true},
	{"list of maps, second", "s: [{comm: other}, {comm: nsenter}]", EXEC, true},
	{"list of maps, none", "s: [{comm: other}, {comm: another}]", EXEC, false},
	{"not", "s: {comm: other}\ncondition: not s", EXEC, true},
	{"filter", "s: {type: EXECVE}\nf: {comm: nsenter}\ncondition: s and not f", EXEC, false},
	{"1 of",
	 "s: {type: EXECVE}\nf_a: {comm: x}\nf_b: {comm: nsenter}\ncondition: s and 1 of f_*", EXEC,
	 true},
	{"all of",
	 "s: {type: EXECVE}\nf_a: {comm: x}\nf_b: {comm: nsenter}\ncondition: all of them", EXEC,
	 false},
	{"two conditions, the second holds", "s: {comm: x}\nt: {comm: nsenter}\ncondition: [s, t]",
	 EXEC, true},
	{"two conditions, none holds", "s: {comm: x}\nt: {comm: y}\ncondition: [s, t]", EXEC,
	 false},
};

static struct row process_rows[] = {
	{"Image", "s: {Image: /usr/bin/nsenter}", EXEC, true},
	{"Image, endswith", "s: {Image|endswith: /nsenter}", EXEC, true},
	{"Image in capitals", "s: {IMAGE|endswith: /nsenter}", EXEC, true},
	{"CommandLine", "s: {CommandLine: nsenter -t 1 -m sh -c id}", EXEC, true},
	{"CommandLine, contains all", "s: {CommandLine|contains|all: ['-t 1', id]}", EXEC, true},
	{"CommandLine, in order", "s: {CommandLine|contains: '-m -t'}", EXEC, false},
	{"CurrentDirectory", "s: {CurrentDirectory: /home/dev}", EXEC, true},
	{"User by name", "s: {User: root}", EXEC, true},
	{"User by number", "s: {User: 0}", EXEC, true},
	{"LogonId", "s: {LogonId: 0}", EXEC, true},
	{"ProcessId", "s: {ProcessId: 11}", EXEC, true},
	{"ParentProcessId", "s: {ParentProcessId: 10}", EXEC, true},
	{"ParentImage never matches", "s: {ParentImage|contains: ''}", EXEC, false},
	{"ParentImage is not null either", "s: {ParentImage: null}", EXEC, false},
	{"ParentImage does not exist either", "s: {ParentImage|exists: false}", EXEC, false},
	{"a filter on ParentImage filters nothing",
	 "s: {Image|endswith: nsenter}\nf: {ParentImage: /bin/sh}\ncondition: s and not f", EXEC,
	 true},
	{"keywords", "s: ['-t 1']", EXEC, true},
	{"not an execution", "s: {Image|contains: ''}", WRITE, false},
	{"a failed execution creates no process", "s: {Image|contains: ''}",
	 "SYSCALL arch=c000003e syscall=59 success=no exit=-13 pid=1 exe=\"/bin/sh\"\n", false},
};

static struct row file_rows[] = {
	{"TargetFilename, absolute", "s: {TargetFilename: /etc/docker/daemon.json}", WRITE, true},
	{"TargetFilename, as written", "s: {TargetFilename: daemon.json}", WRITE, true},
	{"TargetFilename is no parent", "s: {TargetFilename: /etc/docker}", WRITE, false},
	{"TargetFilename twice: one file",
	 "s: {TargetFilename|startswith: /etc/, TargetFilename|endswith: .json}", WRITE, true},
	{"Image", "s: {Image|endswith: /bash}", WRITE, true},
	{"removed", "s: {TargetFilename: /etc/docker/daemon.json}", ROUNDABOUT, true},
	{"opened to be read", "s: {TargetFilename|contains: ''}", READ, false},
	{"no file", "s: {Image|contains: ''}", CONNECT, false},
	{"executed", "s: {Image|contains: ''}", EXEC, false},
	{"mode changed", "s: {TargetFilename: /x}",
	 "SYSCALL arch=c000003e syscall=268 success=yes exit=0 a0=ffffff9c pid=1 exe=\"/c\"\n"
	 "PATH item=0 name=\"/x\" nametype=NORMAL\n",
	 true},
	{"mode change that failed", "s: {TargetFilename: /x}",
	 "SYSCALL arch=c000003e syscall=268 success=no exit=-1 a0=ffffff9c pid=1 exe=\"/c\"\n"
	 "PATH item=0 name=\"/x\" nametype=NORMAL\n",
	 false},
	{"opened to be written in place", "s: {TargetFilename: /x}",
	 "SYSCALL arch=c000003e syscall=2 success=yes exit=3 a0=1 a1=1 a2=0 pid=1 exe=\"/c\"\n"
	 "PATH item=0 name=\"/x\" nametype=NORMAL\n",
	 true},
	{"two targets, one condition each: not one file",
	 "s: {TargetFilename|startswith: /a/, TargetFilename|endswith: .z}",
	 "SYSCALL arch=c000003e syscall=82 success=yes exit=0 pid=1 exe=\"/mv\"\n"
	 "PATH item=0 name=\"/a/x\" nametype=DELETE\nPATH item=1 name=\"/b/x.z\" nametype=CREATE\n",
	 false},
};

static struct row network_rows[] = {
	{"DestinationIp", "s: {DestinationIp: 10.1.2.3}", CONNECT, true},
	{"DestinationIp, cidr", "s: {DestinationIp|cidr: 10.0.0.0/8}", CONNECT, true},
	{"DestinationIp, other cidr", "s: {DestinationIp|cidr: 10.2.0.0/16}", CONNECT, false},
	{"DestinationIp, two cidrs", "s: {DestinationIp|cidr: [192.168.0.0/16, 10.0.0.0/8]}",
	 CONNECT, true},
	{"DestinationPort", "s: {DestinationPort: 4444}", CONNECT, true},
	{"DestinationPort, another", "s: {DestinationPort: 444}", CONNECT, false},
	{"Initiated", "s: {Initiated: 'true'}", CONNECT, true},
	{"Initiated, false", "s: {Initiated: false}", CONNECT, false},
	{"Image", "s: {Image|endswith: /nc}", CONNECT, true},
	{"DestinationHostname is never known", "s: {DestinationHostname|contains: ''}", CONNECT,
	 false},
	{"a socket of this host", "s: {Image|endswith: /nc}", CONNECT_UNIX, false},
	{"netlink", "s: {Image|contains: ''}", CONFIG, false},
};

static const char *logsource;
static struct event_maker *maker;

static void row_holds(void **state)
{
	const struct row *row = *state;
	struct sigma_matcher matcher = SIGMA_MATCHER_INIT;
	char detection[512];
	struct sigma_rule *rule;

	(void)snprintf(detection, sizeof(detection), "%s%s", row->detection,
		       strstr(row->detection, "condition:") ? "" : "\ncondition: s");
	rule = sample_rule_detecting(logsource, detection);
	sigma_matcher_event(&matcher, event_maker_make(maker, row->event));
	assert_int_equal(sigma_match(&matcher, rule), row->matches);
	assert_false(matcher.out_of_memory);
	assert_int_equal(matcher.gave_up, 0);
	sigma_matcher_done(&matcher);
	sigma_rule_free(rule);
}

static void giving_up_is_counted_and_is_no_match(void **state)
{
	struct sigma_matcher matcher = SIGMA_MATCHER_INIT;
	struct sigma_rule *rule = sample_rule_detecting("{product: linux, service: auditd}",
							"s: {comm|re: '(a+)+$'}\ncondition: s");
	struct sigma_rule *negated = sample_rule_detecting(
		"{product: linux, service: auditd}", "s: {comm|re: '(a+)+$'}\ncondition: not s");

	(void)state;
	sigma_matcher_event(&matcher,
			    event_maker_make(maker, "SYSCALL arch=c000003e syscall=1 comm=\"aaaaaa"
						    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\"\n"));
	assert_false(sigma_match(&matcher, rule));
	assert_int_equal(matcher.gave_up, 1);
	assert_true(sigma_match(&matcher, negated));
	assert_int_equal(matcher.gave_up, 2);
	sigma_matcher_done(&matcher);
	sigma_rule_free(rule);
	sigma_rule_free(negated);
}

static int run(const char *source, struct row *rows, size_t count)
{
	logsource = source;
	return table_run(source, rows, count, sizeof(*rows), row_holds);
}

#define RUN(source, rows) run(source, rows, sizeof(rows) / sizeof((rows)[0]))

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(giving_up_is_counted_and_is_no_match),
	};
	int failed;

	maker = event_maker_new();
	failed = RUN("{product: linux, service: auditd}", audit_rows);
	failed += RUN("{product: linux, category: process_creation}", process_rows);
	failed += RUN("{product: linux, category: file_event}", file_rows);
	failed += RUN("{product: linux, category: network_connection}", network_rows);
	failed += cmocka_run_group_tests_name("sigma_match limits", tests, NULL, NULL);
	event_maker_free(maker);
	return failed;
}
