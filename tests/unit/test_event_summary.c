#include "tests/unit/event_maker.h"
#include "tests/unit/table.h"

#include "common/escape.h"

#include <inttypes.h>
#include <stdio.h>

/* What the event says, in the order of event.h and only what it does say: "pid=2 exe=[/p]". */
struct row {
	const char *name;
	const char *records;
	const char *says;
};

#define GS "\x1D"

static struct row rows[] = {
	{"C53: no field is another one's end",
	 "SYSCALL arch=c000003e syscall=87 success=yes exit=0 ppid=1 pid=2 auid=1000 uid=0 gid=0 "
	 "euid=0 suid=0 tty=pts0 ses=3 comm=\"p\" exe=\"/p\" key=(null)",
	 " arch=c000003e syscall=87 name=[unlink] success exit=0 pid=2 ppid=1 auid=1000 uid=0 "
	 "gid=0 euid=0 session=3 comm=[p] exe=[/p] terminal=[pts0]"},
	{"C53: neither old-auid, new, oauid nor ouid",
	 "LOGIN pid=7 uid=0 old-auid=4294967295 auid=1000 tty=(none) old-ses=4294967295 ses=5 "
	 "res=1\nOBJ_PID opid=9 oauid=33 ouid=34 oses=35 ocomm=\"x\"",
	 " success pid=7 auid=1000 uid=0 session=5 terminal=[(none)]"},
	{"C53: the words of older kernels",
	 "LOGIN login pid=7 uid=0 old auid=4294967295 new auid=1000 old ses=4294967295 new ses=5",
	 " pid=7 auid=1000 uid=0 session=5"},
	{"a failure and its reason", "SYSCALL arch=c000003e syscall=42 success=no exit=-13 pid=2",
	 " arch=c000003e syscall=42 name=[connect] failure exit=-13 pid=2"},
	{"what mmap returns is an address",
	 "SYSCALL arch=c000003e syscall=9 success=yes exit=139637976727552 pid=2",
	 " arch=c000003e syscall=9 name=[mmap] success exit=139637976727552 pid=2"},
	{"the least exit there is", "SYSCALL arch=c000003e syscall=9 exit=-9223372036854775807",
	 " arch=c000003e syscall=9 name=[mmap] exit=-9223372036854775807"},
	{"no outcome", "SYSCALL arch=c000003e syscall=231 pid=2",
	 " arch=c000003e syscall=231 name=[exit_group] pid=2"},
	{"the same number on another machine",
	 "SYSCALL arch=c00000b7 syscall=221 success=yes exit=0",
	 " arch=c00000b7 syscall=221 name=[execve] success exit=0"},
	{"32-bit programs have numbers of their own", "SYSCALL arch=40000003 syscall=11",
	 " arch=40000003 syscall=11 name=[execve]"},
	{"a machine that libaudit doesn't know", "SYSCALL arch=deadbeef syscall=1 pid=2",
	 " arch=deadbeef syscall=1 pid=2"},
	{"a system call that it doesn't know", "SYSCALL arch=c000003e syscall=99999 pid=2",
	 " arch=c000003e syscall=99999 pid=2"},
	{"C69: who never logged in",
	 "SYSCALL arch=c000003e syscall=87 auid=4294967295 ses=4294967295",
	 " arch=c000003e syscall=87 name=[unlink] auid=4294967295 session=4294967295"},
	{"C69: as older kernels wrote it", "SYSCALL arch=c000003e syscall=87 auid=-1 ses=-1",
	 " arch=c000003e syscall=87 name=[unlink] auid=4294967295 session=4294967295"},
	{"numbers that are none",
	 "SYSCALL arch=c000003e syscall=87 pid=x ppid= auid=99999999999 uid=1x",
	 " arch=c000003e syscall=87 name=[unlink]"},
	{"C39: enrichment is not glued to the value before it",
	 "PATH item=0 name=\"/etc/docker/daemon.json\" inode=5 dev=fd:00 mode=0100644 ouid=0 "
	 "ogid=0 "
	 "rdev=00:00 nametype=NORMAL" GS "OUID=\"root\" OGID=\"root\"",
	 "\npath item=0 name=[/etc/docker/daemon.json] nametype=[NORMAL] inode=5 device=[fd:00] "
	 "mode=100644"},
	{"C39: a name beside its number, neither in the place of the other",
	 "SYSCALL arch=c000003e syscall=87 auid=1000 uid=0 gid=0 key=\"k\"" GS
	 "ARCH=x86_64 SYSCALL=unlink AUID=\"admin\" UID=\"root\" GID=\"root\"",
	 " arch=c000003e syscall=87 name=[unlink] auid=1000 uid=0 gid=0 auid_name=[admin] "
	 "uid_name=[root] key=[k]"},
	{"C42: the first uid acts, and the first name is its own",
	 "ANOM_LOGIN_FAILURES pid=1 uid=0 auid=1000 ses=7 msg='pam_faillock uid=1003 "
	 "exe=\"/bin/login\" hostname=h addr=? terminal=tty1 res=success'" GS
	 "UID=\"root\" AUID=\"adm\" UID=\"bob\"",
	 " success pid=1 auid=1000 uid=0 session=7 auid_name=[adm] uid_name=[root] "
	 "exe=[/bin/login] terminal=[tty1] remote=[h]"},
	{"C43: cwd and cmd in hex",
	 "USER_CMD pid=1 uid=0 auid=5 ses=5 msg='cwd=2F746D702F6120622063 cmd=6C73202D616C68 "
	 "terminal=pts/1 res=success'",
	 " success pid=1 auid=5 uid=0 session=5 cwd=[/tmp/a b c] terminal=[pts/1]"},
	{"C43: digits in quotes are text",
	 "SYSCALL arch=c000003e syscall=87 comm=\"CAFE\" exe=\"/CAFE\" key=\"BEEF\"\nCWD "
	 "cwd=\"CAFE\"",
	 " arch=c000003e syscall=87 name=[unlink] comm=[CAFE] exe=[/CAFE] cwd=[CAFE] key=[BEEF]"},
	{"C43: comm, exe, cwd and key in hex",
	 "SYSCALL arch=c000003e syscall=87 comm=612062 exe=2F6120 key=6B2031\nCWD cwd=2F2062",
	 " arch=c000003e syscall=87 name=[unlink] comm=[a b] exe=[/a ] cwd=[/ b] key=[k 1]"},
	{"C44: a name in Latin-1",
	 "PATH item=0 name=2F746D702F66696C65F1 inode=1 dev=08:01 mode=0100644 nametype=CREATE",
	 "\npath item=0 name=[/tmp/file\\xF1] nametype=[CREATE] inode=1 device=[08:01] "
	 "mode=100644"},
	{"a name of every awkward byte", "PATH item=0 name=2F0A1B5D221D27 nametype=CREATE",
	 "\npath item=0 name=[/\\n\\x1B]\"\\x1D'] nametype=[CREATE]"},
	{"a name that is no whole hex", "PATH item=0 name=2F7 nametype=CREATE",
	 "\npath item=0 name=[2F7] nametype=[CREATE]"},
	{"a name that nobody knows", "PATH item=1 name=(null) inode=7 dev=00:19 nametype=NORMAL",
	 "\npath item=1 nametype=[NORMAL] inode=7 device=[00:19]"},
	{"an empty name", "PATH item=1 name=\"\" nametype=NORMAL",
	 "\npath item=1 name=[] nametype=[NORMAL]"},
	{"the largest inode", "PATH item=0 inode=9223372036854775807",
	 "\npath item=0 inode=9223372036854775807"},
	{"paths stand in the order of their items, whatever theirs is",
	 "PATH item=1 name=\"b\"\nPATH item=0 name=\"a\"\nPATH item=2 name=\"c\"\nPATH name=\"-\"",
	 "\npath name=[-]\npath item=0 name=[a]\npath item=1 name=[b]\npath item=2 name=[c]"},
	{"objtype is what nametype was called once", "PATH item=0 name=\"a\" objtype=CREATE",
	 "\npath item=0 name=[a] nametype=[CREATE]"},
	{"C49: a socket without a name",
	 "SYSCALL arch=c000003e syscall=42 exe=\"/x\"\nSOCKADDR saddr=0100",
	 " arch=c000003e syscall=42 name=[connect] exe=[/x] family=1 address=[(unnamed)]"},
	{"the Docker socket, enriched",
	 "SYSCALL arch=c000003e syscall=42\nSOCKADDR "
	 "saddr=01002F72756E2F646F636B65722E736F636B00" GS
	 "SADDR={ saddr_fam=local path=/run/docker.sock }",
	 " arch=c000003e syscall=42 name=[connect] family=1 address=[/run/docker.sock]"},
	{"C50: an abstract name",
	 "SOCKADDR saddr=0100002F636F6E7461696E6572642D7368696D2F782E736F636B40",
	 " family=1 address=[@/containerd-shim/x.sock@]"},
	{"C50: netlink", "SOCKADDR saddr=100000000000000000000000", " family=16 address=[pid 0]"},
	{"C50: a mapped IPv4 address",
	 "SOCKADDR saddr=0A0001BB0000000000000000000000000000FFFFC000020100000000",
	 " family=10 address=[192.0.2.1] port=443"},
	{"C50: vsock", "SOCKADDR saddr=28000000000400000300000000000000",
	 " family=40 address=[cid 3] port=1024"},
	{"C50: a big-endian machine's address",
	 "SOCKADDR saddr=0002D903000000000000000000000000\nSYSCALL arch=80000015 syscall=1",
	 " arch=80000015 syscall=1 name=[exit] family=2 address=[0.0.0.0] port=55555"},
	{"C50: an unknown family keeps its number", "SOCKADDR saddr=FF7F00", " family=32767"},
	{"C54: an empty address", "SOCKADDR saddr=", " incomplete"},
	{"C41: an odd number of digits",
	 "SOCKADDR saddr=0A0001BB0000000020010DB8000000000000000000000001000000000" GS
	 "SADDR={ saddr_fam=inet6 laddr=2001:db8::1 lport=443 }",
	 " incomplete"},
	{"C41: braces and blanks in what enriches",
	 "SOCKADDR saddr=0A0001BB0000000020010DB800000000000000000000000100000000" GS
	 "SADDR={ saddr_fam=inet6 laddr=2001:db8::1 lport=443 }",
	 " family=10 address=[2001:db8::1] port=443"},
	{"C55: uid before pid, and two blanks before res",
	 "DAEMON_END op=terminate auid=0 uid=0 ses=8 pid=107086 subj=u  res=success",
	 " success pid=107086 auid=0 uid=0 session=8 operation=[terminate]"},
	{"C55: the words of auditd 2",
	 "DAEMON_START auditd start, ver=2.2 format=raw kernel=2.6 auid=4294967295 pid=9 subj=s "
	 "res=success",
	 " success pid=9 auid=4294967295 operation=[start]"},
	{"C38: resumed", "DAEMON_RESUME op=resume-logging auid=0 pid=3881 subj=u res=success",
	 " success pid=3881 auid=0 operation=[resume-logging]"},
	{"C56: a SYSCALL record written over",
	 "SYSCALL proctitle=\"w\"4/ld.so\" inode=1 =1007 fsuid=1007", " incomplete"},
	{"C61: no SYSCALL record",
	 "UNKNOWN[1333] op=freq old=1 new=-2\nUNKNOWN[1333] op=tick old=9977 new=10000",
	 " operation=[freq]"},
	{"C81: what stands in msg",
	 "USER_AUTH pid=1 uid=0 auid=4294967295 ses=4294967295 msg='op=PAM:authentication "
	 "grantors=? "
	 "acct=28696E76616C6964207573657229 exe=\"/usr/sbin/sshd\" hostname=192.0.2.7 "
	 "addr=192.0.2.8 "
	 "terminal=ssh res=failed'",
	 " failure pid=1 auid=4294967295 uid=0 session=4294967295 exe=[/usr/sbin/sshd] "
	 "terminal=[ssh] operation=[PAM:authentication] account=[(invalid user)] "
	 "remote=[192.0.2.8]"},
	{"a name where there is no address",
	 "USER_LOGIN pid=1 msg='op=login hostname=h.example.net addr=? terminal=ssh res=success'",
	 " success pid=1 terminal=[ssh] operation=[login] remote=[h.example.net]"},
	{"auditd 2 that was told to end",
	 "DAEMON_END auditd normal halt, sending auid=0 pid=9 subj= res=success",
	 " success pid=9 auid=0 operation=[normal halt]"},
	{"auditd 2: an event without a word", "DAEMON_END auditd, res=success", " success"},
	{"auditd 2: words without an end", "DAEMON_END auditd start", ""},
	{"a unit",
	 "SERVICE_START pid=1 uid=0 auid=4294967295 ses=4294967295 subj=unconfined "
	 "msg='unit=docker "
	 "comm=\"systemd\" exe=\"/usr/lib/systemd/systemd\" hostname=? addr=? terminal=? "
	 "res=success'" GS "UID=\"root\" AUID=\"unset\"",
	 " success pid=1 auid=4294967295 uid=0 session=4294967295 auid_name=[unset] "
	 "uid_name=[root] comm=[systemd] exe=[/usr/lib/systemd/systemd] unit=[docker]"},
	{"C85: two keys of one rule",
	 "SYSCALL arch=c000003e syscall=257 success=yes exit=3 pid=1 comm=\"a\" exe=\"/a\" "
	 "key=646F636B6572016369732D312E312E37",
	 " arch=c000003e syscall=257 name=[openat] success exit=3 pid=1 comm=[a] exe=[/a] "
	 "key=[docker] key=[cis-1.1.7]"},
	{"one key", "SYSCALL arch=c000003e syscall=257 key=\"docker\"",
	 " arch=c000003e syscall=257 name=[openat] key=[docker]"},
	{"the key of a record without a SYSCALL",
	 "CONFIG_CHANGE op=add_rule key=\"docker\" list=4 res=1",
	 " success key=[docker] operation=[add_rule]"},
	{"the SYSCALL record speaks first, wherever it stands",
	 "AVC avc:  denied  { read } for  pid=9 comm=\"other\"\nSYSCALL arch=c000003e syscall=2 "
	 "pid=2 "
	 "comm=\"p\"",
	 " arch=c000003e syscall=2 name=[open] pid=2 comm=[p]"},
	{"a program and its arguments",
	 "SYSCALL arch=c000003e syscall=59 success=yes exit=0 a0=55d0 a1=c0 items=2 pid=2 "
	 "exe=\"/usr/bin/docker\"\nEXECVE argc=2 a0=\"docker\" a1=\"ps\"\nCWD cwd=\"/root\"\n"
	 "PATH item=0 name=\"/usr/bin/docker\" nametype=NORMAL\nPROCTITLE "
	 "proctitle=646F636B657200707300",
	 " arch=c000003e syscall=59 name=[execve] success exit=0 pid=2 exe=[/usr/bin/docker] "
	 "cwd=[/root] argument=[docker] argument=[ps]\npath item=0 name=[/usr/bin/docker] "
	 "nametype=[NORMAL]"},
	{"PROCTITLE before the rest",
	 "PROCTITLE proctitle=\"x\"\nPATH item=0 name=\"/a\"\nSYSCALL arch=c000003e syscall=2",
	 " arch=c000003e syscall=2 name=[open]\npath item=0 name=[/a]"},
	{"two SYSCALL records: the first speaks",
	 "SYSCALL arch=c000003e syscall=2 pid=1\nSYSCALL arch=c000003e syscall=3 pid=2 exe=\"/b\"",
	 " arch=c000003e syscall=2 name=[open] pid=1 exe=[/b]"},
	{"nothing but a type", "KERNEL", ""},
	{"a type that libaudit doesn't know", "NEW_THING pid=2 uid=3", " pid=2 uid=3"},
	{"a number that libaudit has no name for", "UNKNOWN[1999] pid=2 uid=3", " pid=2 uid=3"},
};

static void put_text(struct text *text, const char *name, struct slice value)
{
	if (!value.bytes)
		return;
	assert_int_equal(text_append_format(text, " %s=[", name), 0);
	assert_int_equal(escape_terminal(text, value.bytes, value.length), 0);
	assert_int_equal(text_append_char(text, ']'), 0);
}

static void put_number(struct text *text, const char *name, int64_t value)
{
	if (value != EVENT_UNSET)
		assert_int_equal(text_append_format(text, " %s=%" PRId64, name, value), 0);
}

static void put_who(struct text *text, const struct event *event)
{
	put_number(text, "pid", event->pid);
	put_number(text, "ppid", event->ppid);
	put_number(text, "auid", event->auid);
	put_number(text, "uid", event->uid);
	put_number(text, "gid", event->gid);
	put_number(text, "euid", event->euid);
	put_number(text, "session", event->session);
	put_text(text, "auid_name", event->auid_name);
	put_text(text, "uid_name", event->uid_name);
	put_text(text, "comm", event->comm);
	put_text(text, "exe", event->exe);
	put_text(text, "cwd", event->cwd);
	put_text(text, "terminal", event->terminal);
}

static void put_path(struct text *text, const struct event_path *path)
{
	assert_int_equal(text_append_string(text, "\npath"), 0);
	put_number(text, "item", path->item);
	put_text(text, "name", path->name);
	put_text(text, "nametype", path->nametype);
	put_number(text, "inode", path->inode);
	put_text(text, "device", path->device);
	if (path->mode != EVENT_UNSET)
		assert_int_equal(text_append_format(text, " mode=%" PRIo64, path->mode), 0);
}

static void put_rest(struct text *text, const struct event *event)
{
	for (size_t i = 0; i < event->argument_count; i++)
		put_text(text, "argument", event->arguments[i]);
	if (event->arguments_cut)
		assert_int_equal(text_append_string(text, " cut"), 0);
	for (size_t i = 0; i < event->key_count; i++)
		put_text(text, "key", event->keys[i]);
	if (event->socket.family >= 0)
		put_number(text, "family", event->socket.family);
	put_text(text, "address", event->socket.address);
	put_number(text, "port", event->socket.port);
	put_text(text, "operation", event->operation);
	put_text(text, "account", event->account);
	put_text(text, "unit", event->unit);
	put_text(text, "remote", event->remote);
	if (event->incomplete)
		assert_int_equal(text_append_string(text, " incomplete"), 0);
	for (size_t i = 0; i < event->path_count; i++)
		put_path(text, &event->paths[i]);
}

static void dump(struct text *text, const struct event *event)
{
	static const char *const outcomes[] = {
		[EVENT_OUTCOME_UNKNOWN] = "",
		[EVENT_SUCCESS] = " success",
		[EVENT_FAILURE] = " failure",
	};

	if (event->arch != EVENT_UNSET)
		assert_int_equal(text_append_format(text, " arch=%" PRIx64, event->arch), 0);
	put_number(text, "syscall", event->syscall);
	put_text(text, "name", slice_of(event->syscall_name));
	assert_int_equal(text_append_string(text, outcomes[event->outcome]), 0);
	put_number(text, "exit", event->exit);
	put_who(text, event);
	put_rest(text, event);
}

static void row_holds(void **state)
{
	const struct row *row = *state;
	struct event_maker *maker = event_maker_new();
	CLEANUP(text_done) struct text text = TEXT_INIT;

	dump(&text, event_maker_make(maker, row->records));
	assert_string_equal(text_string(&text), row->says);
	event_maker_free(maker);
}

int main(void)
{
	return TABLE_RUN("event_summary", rows, row_holds);
}
