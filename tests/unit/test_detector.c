/*
 * The detections that come with the program, each on events that it is for and on near misses, and
 * the detector around them.
 */
#include "tests/unit/event_maker.h"
#include "tests/unit/table.h"
#include "tests/unit/tree.h"

#include "common/text.h"

#include "analyzer/detector.h"
#include "analyzer/sigma_match.h"

#include <string.h>

#define DETECTIONS SOURCE_ROOT "/rules.d/detections"

struct row {
	const char *name;
	const char *event;
	const char *found; /* names of the files whose rule matches, a blank behind each */
};

#define SOCKET        "docker-socket-unlisted-program.yml "
#define PRIVILEGED    "privileged-container.yml "
#define MOUNT         "host-root-or-socket-mounted.yml "
#define NAMESPACES    "host-namespaces.yml "
#define CONFIGURATION "daemon-configuration-changed.yml "
#define PACKAGE_STYLE "docker-configuration-package-style.yml "
#define BINARY        "runtime-binary-changed.yml "
#define AUDIT         "audit-tampered.yml "
#define ENTERED       "namespace-entered.yml "

#define CALL(number, success, exit, arguments, exe, rest)                                          \
	"SYSCALL arch=c000003e syscall=" number " success=" success " exit=" exit " " arguments    \
	" items=2 ppid=1 pid=2 auid=1000 uid=0 tty=pts0 ses=3 comm=\"c\" exe=\"" exe "\" " rest    \
	"\n"

#define CONNECT(exe, path, rest)                                                                   \
	CALL("42", "yes", "0", "a0=5 a1=7ff0 a2=13 a3=0", exe, rest)                               \
	"SOCKADDR saddr=01002F72756E2F646F636B65722E736F636B00\nCWD cwd=\"/\"\n"                   \
	"PATH item=0 name=\"" path "\" inode=555 dev=00:17 mode=0140660 nametype=NORMAL\n"

#define RUN(exe, arguments)                                                                        \
	CALL("59", "yes", "0", "a0=1 a1=2 a2=3 a3=4", exe, "key=\"docker_client_exec\"")           \
	"EXECVE " arguments "\nCWD cwd=\"/\"\nPATH item=0 name=\"" exe "\" nametype=NORMAL\n"

#define OPEN(exe, flags, path, nametype, rest)                                                     \
	CALL("257", "yes", "3", "a0=ffffff9c a1=55d0 a2=" flags " a3=1b6", exe, rest)              \
	"CWD cwd=\"/root\"\nPATH item=0 name=\"/\" nametype=PARENT\n"                              \
	"PATH item=1 name=\"" path "\" nametype=" nametype "\n"

#define RENAME(exe, old, new)                                                                      \
	CALL("264", "yes", "0", "a0=ffffff9c a1=1 a2=ffffff9c a3=2", exe, "key=(null)")            \
	"CWD cwd=\"/root\"\nPATH item=0 name=\"" old "\" nametype=DELETE\n"                        \
	"PATH item=1 name=\"" new "\" nametype=CREATE\n"

#define SETNS(exe, comm, rest)                                                                     \
	"SYSCALL arch=c000003e syscall=308 success=yes exit=0 a0=3 a1=20000000 a2=0 a3=0 items=0 " \
	"ppid=1 pid=2 auid=1000 uid=0 comm=\"" comm "\" exe=\"" exe "\" " rest "\n"

#define DOCKER "/usr/bin/docker"

static struct row rows[] = {
	/* Docker socket used by an unlisted program */
	{"socket: curl", CONNECT("/usr/bin/curl", "/run/docker.sock", "key=(null)"), SOCKET},
	{"socket: python through the old path",
	 CONNECT("/usr/bin/python3.11", "/var/run/docker.sock", "key=(null)"), SOCKET},
	{"socket: rootless", CONNECT("/usr/bin/nc", "/run/user/1000/docker.sock", "key=(null)"),
	 SOCKET},
	{"socket: under another name, by its key",
	 CONNECT("/bin/busybox", "/s.sock", "key=\"docker_sock_connect\""), SOCKET},
	{"socket: denied",
	 CALL("42", "no", "-13", "a0=5 a1=1 a2=13 a3=0", "/usr/bin/python3.11",
	      "key=(null)") "PATH item=0 name=\"/run/docker.sock\" nametype=NORMAL\n",
	 SOCKET},
	{"socket: the client, but confined as a container",
	 CONNECT(DOCKER, "/run/docker.sock", "subj=docker-default key=(null)"), SOCKET},
	{"socket: the client", CONNECT(DOCKER, "/run/docker.sock", "key=\"docker_sock_connect\""),
	 ""},
	{"socket: a plugin of the client",
	 CONNECT("/usr/libexec/docker/cli-plugins/docker-compose", "/run/docker.sock",
		 "key=(null)"),
	 ""},
	{"socket: a program of almost the client's name",
	 CONNECT("/tmp/usr/bin/docker", "/run/docker.sock", "key=(null)"), SOCKET},
	{"socket: another one", CONNECT("/usr/bin/curl", "/run/other.sock", "key=(null)"), ""},
	{"socket: its mode is read",
	 CALL("262", "yes", "0", "a0=ffffff9c a1=1 a2=2 a3=0", "/usr/bin/ls",
	      "key=\"docker_sock\"") "PATH item=0 name=\"/run/docker.sock\" nametype=NORMAL\n",
	 ""},
	/* privileged container */
	{"privileged", RUN(DOCKER, "argc=4 a0=\"docker\" a1=\"run\" a2=\"--privileged\" a3=\"i\""),
	 PRIVILEGED},
	{"privileged=true",
	 RUN(DOCKER, "argc=4 a0=\"docker\" a1=\"run\" a2=\"--privileged=true\" a3=\"i\""),
	 PRIVILEGED},
	{"privileged exec",
	 RUN(DOCKER, "argc=4 a0=\"docker\" a1=\"exec\" a2=\"--privileged\" a3=\"c\""), PRIVILEGED},
	{"privileged create by podman",
	 RUN("/usr/bin/podman", "argc=4 a0=\"podman\" a1=\"create\" a2=\"--privileged\" a3=\"i\""),
	 PRIVILEGED},
	{"privileged=false",
	 RUN(DOCKER, "argc=4 a0=\"docker\" a1=\"run\" a2=\"--privileged=false\" a3=\"i\""), ""},
	{"privileged is another word's beginning",
	 RUN(DOCKER, "argc=4 a0=\"docker\" a1=\"run\" a2=\"--privileged-x\" a3=\"i\""), ""},
	{"privileged: another program",
	 RUN("/usr/bin/sudo", "argc=3 a0=\"sudo\" a1=\"run\" a2=\"--privileged\""), ""},
	{"not privileged",
	 RUN(DOCKER, "argc=5 a0=\"docker\" a1=\"run\" a2=\"--rm\" a3=\"i\" a4=\"true\""), ""},
	/* host root or socket mounted */
	{"mount: root",
	 RUN(DOCKER, "argc=5 a0=\"docker\" a1=\"run\" a2=\"-v\" a3=\"/:/h\" a4=\"i\""), MOUNT},
	{"mount: root, in one word",
	 RUN(DOCKER, "argc=4 a0=\"docker\" a1=\"run\" a2=\"-itv/:/h\" a3=\"i\""), MOUNT},
	{"mount: root by --volume=",
	 RUN(DOCKER, "argc=4 a0=\"docker\" a1=\"run\" a2=\"--volume=/:/h:ro\" a3=\"i\""), MOUNT},
	{"mount: root by --mount",
	 RUN(DOCKER, "argc=5 a0=\"docker\" a1=\"run\" a2=\"--mount\" "
		     "a3=\"type=bind,source=/,target=/h\" a4=\"i\""),
	 MOUNT},
	{"mount: /etc",
	 RUN(DOCKER, "argc=5 a0=\"docker\" a1=\"run\" a2=\"-v\" a3=\"/etc:/h\" a4=\"i\""), MOUNT},
	{"mount: socket",
	 RUN(DOCKER, "argc=5 a0=\"docker\" a1=\"run\" a2=\"-v\" "
		     "a3=\"/var/run/docker.sock:/s.sock\" a4=\"i\""),
	 MOUNT},
	{"mount: socket by --mount",
	 RUN(DOCKER, "argc=5 a0=\"docker\" a1=\"run\" a2=\"--mount\" "
		     "a3=\"type=bind,src=/run/containerd/containerd.sock,dst=/s\" a4=\"i\""),
	 MOUNT},
	{"mount: one file of /etc",
	 RUN(DOCKER, "argc=5 a0=\"docker\" a1=\"run\" a2=\"-v\" "
		     "a3=\"/etc/localtime:/etc/localtime:ro\" a4=\"i\""),
	 ""},
	{"mount: a volume",
	 RUN(DOCKER, "argc=5 a0=\"docker\" a1=\"run\" a2=\"-v\" a3=\"data:/etc\" a4=\"i\""), ""},
	{"mount: a directory of a user",
	 RUN(DOCKER, "argc=5 a0=\"docker\" a1=\"run\" a2=\"-v\" a3=\"/srv/etc:/d\" a4=\"i\""), ""},
	{"mount: another program", RUN("/usr/bin/tar", "argc=3 a0=\"tar\" a1=\"-v\" a2=\"/:/h\""),
	 ""},
	/* host namespaces */
	{"namespaces: pid",
	 RUN(DOCKER, "argc=4 a0=\"docker\" a1=\"run\" a2=\"--pid=host\" a3=\"i\""), NAMESPACES},
	{"namespaces: network, in two words",
	 RUN(DOCKER, "argc=5 a0=\"docker\" a1=\"run\" a2=\"--network\" a3=\"host\" a4=\"i\""),
	 NAMESPACES},
	{"namespaces: userns",
	 RUN(DOCKER, "argc=4 a0=\"docker\" a1=\"run\" a2=\"--userns=host\" a3=\"i\""), NAMESPACES},
	{"namespaces: none",
	 RUN(DOCKER, "argc=5 a0=\"docker\" a1=\"run\" a2=\"--net\" a3=\"none\" a4=\"i\""), ""},
	{"namespaces: a network of almost the name",
	 RUN(DOCKER, "argc=5 a0=\"docker\" a1=\"run\" a2=\"--net\" a3=\"host-only\" a4=\"i\""), ""},
	{"namespaces: of another container",
	 RUN(DOCKER, "argc=4 a0=\"docker\" a1=\"run\" a2=\"--pid=container:host\" a3=\"i\""), ""},
	{"three at once",
	 RUN(DOCKER, "argc=7 a0=\"docker\" a1=\"run\" a2=\"--privileged\" a3=\"--pid=host\" "
		     "a4=\"-v\" a5=\"/:/h\" a6=\"i\""),
	 NAMESPACES MOUNT PRIVILEGED},
	/* daemon configuration changed */
	{"configuration: daemon.json written",
	 OPEN("/usr/bin/bash", "241", "/etc/docker/daemon.json", "NORMAL", "key=\"docker_config\""),
	 CONFIGURATION},
	{"configuration: by a relative name",
	 CALL("257", "yes", "3", "a0=ffffff9c a1=1 a2=241 a3=1b6", "/usr/bin/bash",
	      "key=(null)") "CWD cwd=\"/etc/docker\"\nPATH item=0 name=\"daemon.json\" "
			    "nametype=CREATE\n",
	 CONFIGURATION},
	{"configuration: opened to read and write",
	 OPEN("/usr/bin/vi", "80042", "/etc/default/docker", "NORMAL", "key=(null)"),
	 CONFIGURATION},
	{"configuration: renamed into place",
	 RENAME("/usr/bin/sed", "/etc/docker/sedX", "/etc/docker/daemon.json"), CONFIGURATION},
	{"configuration: a drop-in directory",
	 CALL("83", "yes", "0", "a0=1 a1=1ff a2=0 a3=0", "/usr/bin/mkdir",
	      "key=\"systemd_unit\"") "CWD cwd=\"/etc/systemd/system\"\n"
				      "PATH item=0 name=\"/etc/systemd/system\" nametype=PARENT\n"
				      "PATH item=1 name=\"docker.service.d\" nametype=CREATE\n",
	 CONFIGURATION},
	{"configuration: mode changed",
	 CALL("268", "yes", "0", "a0=ffffff9c a1=1 a2=1ff a3=0", "/usr/bin/chmod",
	      "key=(null)") "PATH item=0 name=\"/etc/containerd/config.toml\" nametype=NORMAL\n",
	 CONFIGURATION},
	{"configuration: read",
	 OPEN("/usr/bin/cat", "0", "/etc/docker/daemon.json", "NORMAL", "key=(null)"), ""},
	{"configuration: a write that failed",
	 CALL("257", "no", "-13", "a0=ffffff9c a1=1 a2=241 a3=1b6", "/usr/bin/bash",
	      "key=(null)") "PATH item=0 name=\"/etc/docker/daemon.json\" nametype=NORMAL\n",
	 ""},
	{"configuration: by the daemon",
	 OPEN("/usr/sbin/dockerd", "241", "/etc/docker/key.json", "CREATE", "key=(null)"), ""},
	{"configuration: by dpkg",
	 RENAME("/usr/bin/dpkg", "/etc/default/docker.dpkg-new", "/etc/default/docker"), ""},
	{"configuration: of another service",
	 OPEN("/usr/bin/vi", "241", "/etc/systemd/system/dockerless.service", "CREATE",
	      "key=\"systemd_unit\""),
	 ""},
	{"configuration: a rule on it is loaded",
	 CALL("44", "yes", "1080", "a0=4 a1=1 a2=438 a3=0", "/usr/sbin/auditctl",
	      "key=(null)") "PATH item=0 name=\"/etc/docker\" nametype=NORMAL\n",
	 ""},
	{"package style: mv",
	 RENAME("/usr/bin/mv", "/etc/default/docker.dpkg-new", "/etc/default/docker"),
	 PACKAGE_STYLE},
	{"package style: no way to hide a change of daemon.json",
	 RENAME("/usr/bin/mv", "/etc/docker/x.dpkg-new", "/etc/docker/daemon.json"), CONFIGURATION},
	{"package style: another suffix",
	 RENAME("/usr/bin/mv", "/etc/default/docker.new", "/etc/default/docker"), CONFIGURATION},
	/* runtime binary changed */
	{"binary: runc overwritten",
	 OPEN("/usr/bin/bash", "241", "/usr/sbin/runc", "NORMAL", "key=(null)"), BINARY},
	{"binary: through /proc/self/exe, by its key",
	 OPEN("/bin/sh", "201", "/proc/self/exe", "NORMAL", "key=\"docker_bin_change\""), BINARY},
	{"binary: runc renamed", RENAME("/usr/bin/mv", "/usr/sbin/runc", "/usr/sbin/runc.old"),
	 BINARY},
	{"binary: replaced", RENAME("/usr/bin/mv", "/root/x", "/usr/bin/containerd-shim-runc-v2"),
	 BINARY},
	{"binary: read", OPEN("/usr/bin/cp", "0", "/usr/sbin/runc", "NORMAL", "key=(null)"), ""},
	{"binary: by dpkg", RENAME("/usr/bin/dpkg", "/usr/bin/docker.dpkg-new", "/usr/bin/docker"),
	 ""},
	{"binary: another one",
	 OPEN("/usr/bin/bash", "241", "/usr/sbin/runcx", "CREATE", "key=(null)"), ""},
	{"binary: executed",
	 CALL("59", "yes", "0", "a0=1 a1=2 a2=3 a3=1", "/usr/sbin/runc",
	      "key=\"runc_exec\"") "EXECVE argc=1 a0=\"runc\"\nPATH item=0 name=\"/usr/sbin/runc\" "
				   "nametype=NORMAL\n",
	 ""},
	/* audit rules or audit daemon tampered with */
	{"audit: rule removed",
	 "CONFIG_CHANGE auid=1000 ses=3 op=remove_rule key=\"ptrace\" list=4 res=1\n", AUDIT},
	{"audit: rule removed by a service",
	 "CONFIG_CHANGE auid=4294967295 ses=4294967295 op=remove_rule key=\"x\" list=4 res=1\n",
	 AUDIT},
	{"audit: disabled", "CONFIG_CHANGE op=set audit_enabled=0 old=1 auid=1000 ses=3 res=1\n",
	 AUDIT},
	{"audit: rate limited",
	 "CONFIG_CHANGE op=set audit_rate_limit=50 old=0 auid=1000 ses=3 res=1\n", AUDIT},
	{"audit: backlog cut",
	 "CONFIG_CHANGE op=set audit_backlog_limit=16 old=8192 auid=1000 ses=3 res=1\n", AUDIT},
	{"audit: daemon stopped",
	 "DAEMON_END op=terminate auid=1000 uid=0 ses=29 pid=3863 subj=unconfined res=success\n",
	 AUDIT},
	{"audit: daemon killed",
	 CALL("62", "yes", "0", "a0=1f4 a1=9 a2=0 a3=9", "/usr/bin/kill",
	      "key=(null)") "OBJ_PID opid=500 oauid=-1 ouid=0 oses=-1 ocomm=\"auditd\"\n",
	 AUDIT},
	{"audit: rules file written",
	 OPEN("/usr/bin/bash", "441", "/etc/audit/rules.d/audit.rules", "NORMAL", "key=(null)"),
	 AUDIT},
	{"audit: log truncated",
	 OPEN("/usr/bin/bash", "241", "/var/log/audit/audit.log", "NORMAL", "key=\"audit_log\""),
	 AUDIT},
	{"audit: log removed",
	 CALL("87", "yes", "0", "a0=1 a1=2 a2=0 a3=0", "/usr/bin/rm",
	      "key=(null)") "CWD cwd=\"/\"\nPATH item=0 name=\"/var/log/audit/audit.log.1\" "
			    "nametype=DELETE\n",
	 AUDIT},
	{"audit: enabled", "CONFIG_CHANGE op=set audit_enabled=1 old=0 auid=1000 ses=3 res=1\n",
	 ""},
	{"audit: rule added", "CONFIG_CHANGE auid=1000 ses=3 op=add_rule key=\"x\" list=4 res=1\n",
	 ""},
	{"audit: backlog set at boot",
	 "CONFIG_CHANGE op=set audit_backlog_limit=8192 old=64 auid=4294967295 ses=4294967295 "
	 "res=1\n",
	 ""},
	{"audit: disabled by journald, as it is configured",
	 "CONFIG_CHANGE op=set audit_enabled=0 old=1 auid=4294967295 ses=4294967295 res=1\n" CALL(
		 "46", "yes", "60", "a0=3 a1=1 a2=0 a3=0", "/usr/lib/systemd/systemd-journald",
		 "key=(null)"),
	 ""},
	{"audit: shutdown",
	 "DAEMON_END op=terminate auid=0 uid=0 ses=4294967295 pid=1 subj=unconfined res=success\n",
	 ""},
	{"audit: log rotated by the daemon",
	 "DAEMON_ROTATE op=rotate-logs auid=0 uid=0 ses=4294967295 pid=9 res=success\n", ""},
	{"audit: daemon asked to rotate",
	 CALL("62", "yes", "0", "a0=1f4 a1=a a2=0 a3=9", "/usr/bin/kill",
	      "key=(null)") "OBJ_PID opid=500 oauid=-1 ouid=0 oses=-1 ocomm=\"auditd\"\n",
	 ""},
	{"audit: another process killed",
	 CALL("62", "yes", "0", "a0=1f4 a1=9 a2=0 a3=9", "/usr/bin/kill",
	      "key=(null)") "OBJ_PID opid=500 oauid=-1 ouid=0 oses=-1 ocomm=\"nginx\"\n",
	 ""},
	{"audit: the daemon's own file",
	 OPEN("/usr/sbin/auditd", "441", "/var/log/audit/audit.log", "CREATE", "key=\"audit_log\""),
	 ""},
	{"audit: log read",
	 OPEN("/usr/bin/grep", "0", "/var/log/audit/audit.log", "NORMAL", "key=(null)"), ""},
	/* namespace entered from outside the runtime */
	{"entered: nsenter", SETNS("/usr/bin/nsenter", "nsenter", "subj=unconfined key=(null)"),
	 ENTERED},
	{"entered: busybox in a container", SETNS("/bin/busybox", "nsenter", "key=\"namespaces\""),
	 ENTERED},
	{"entered: a runc that AppArmor confines as a container",
	 SETNS("/usr/sbin/runc", "runc", "subj=docker-default key=(null)"), ENTERED},
	{"entered: a program in the root directory", SETNS("/x", "runc:[1:CHILD]", "key=(null)"),
	 ENTERED},
	{"entered: runc's copy by another name", SETNS("/", "sh", "key=(null)"), ENTERED},
	{"entered: dockerd", SETNS("/usr/sbin/dockerd", "dockerd", "key=\"namespaces\""), ""},
	{"entered: runc's copy", SETNS("/", "runc:[1:CHILD]", "key=\"namespaces\""), ""},
	{"entered: runc", SETNS("/usr/sbin/runc", "runc:[2:INIT]", "key=\"namespaces\""), ""},
	{"entered: systemd", SETNS("/usr/lib/systemd/systemd", "(sd-x)", "key=(null)"), ""},
	{"entered: unshare is no entry",
	 CALL("272", "yes", "0", "a0=4c020000 a1=1 a2=0 a3=0", "/usr/bin/unshare", "key=(null)"),
	 ""},
	{"entered: failed",
	 CALL("308", "no", "-1", "a0=3 a1=0 a2=0 a3=0", "/usr/bin/nsenter", "key=(null)"), ""},
};

static struct event_maker *maker;
static struct detector *ours;

static struct detector *load(const char *directory, struct diagnostics *diagnostics,
			     struct error *error)
{
	return detector_new(&directory, 1, diagnostics, error);
}

static const char *base_name(const char *path)
{
	return strrchr(path, '/') + 1;
}

/* Every rule, without the detector's first look: it must not hold back what matches. */
static void expect_same_without_guards(const struct event *event, const char *found)
{
	struct sigma_matcher matcher = SIGMA_MATCHER_INIT;

	sigma_matcher_event(&matcher, event);
	for (size_t i = 0; i < detector_rule_count(ours); i++) {
		const struct sigma_rule *rule = detector_rule(ours, i);

		assert_int_equal(sigma_match(&matcher, rule),
				 strstr(found, base_name(rule->file)) != NULL);
	}
	sigma_matcher_done(&matcher);
}

static void row_holds(void **state)
{
	const struct row *row = *state;
	CLEANUP(text_done) struct text found = TEXT_INIT;
	const struct event *event = event_maker_make(maker, row->event);
	struct error error = ERROR_INIT;
	const size_t *matches;
	size_t count;

	assert_int_equal(detector_event(ours, event, &matches, &count, &error), 0);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(
			text_append_format(&found, "%s ",
					   base_name(detector_rule(ours, matches[i])->file)),
			0);
	assert_string_equal(text_string(&found), row->found);
	expect_same_without_guards(event, row->found);
}

#define RULE(id, comm)                                                                             \
	"title: " comm "\nid: 00000000-0000-4000-8000-00000000000" id "\n"                         \
	"logsource: {product: linux, service: auditd}\n"                                           \
	"detection: {s: {comm|re: '" comm "'}, condition: s}\n"

static void rules_are_in_the_order_of_files_and_documents(void **state)
{
	static const struct tree_entry entries[] = {
		{TREE_FILE, "/b.yml", RULE("1", "b1") "---\n" RULE("2", "b2")},
		{TREE_FILE, "/a/z.yaml", RULE("3", "az")},
		{TREE_FILE, "/a/y.yml", RULE("4", "ay")},
		{TREE_FILE, "/c.txt", "no rule"},
		{TREE_FILE, "/.yml", "no rule"},
		{TREE_END, NULL, NULL},
	};
	CLEANUP(diagnostics_done) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	CLEANUP(detector_done) struct detector *detector = NULL;
	char *root = tree_make(entries);
	struct error error = ERROR_INIT;

	(void)state;
	detector = load(root, &diagnostics, &error);
	assert_non_null(detector);
	assert_int_equal(diagnostics.count, 0);
	assert_int_equal(detector_rule_count(detector), 4);
	assert_string_equal(detector_rule(detector, 0)->title, "ay");
	assert_string_equal(detector_rule(detector, 1)->title, "az");
	assert_string_equal(detector_rule(detector, 2)->title, "b1");
	assert_string_equal(detector_rule(detector, 3)->title, "b2");
	assert_int_equal(detector_rule(detector, 3)->line, 6);
	tree_remove(root);
}

static void one_refused_document_leaves_the_others(void **state)
{
	static const struct tree_entry entries[] = {
		{TREE_FILE, "/a.yml", RULE("1", "a1") "---\ntitle: broken\n---\n" RULE("2", "a2")},
		{TREE_FILE, "/b.yml", RULE("1", "again")},
		{TREE_FILE, "/c.yml", "title: [\n"},
		{TREE_END, NULL, NULL},
	};
	CLEANUP(diagnostics_done) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	CLEANUP(detector_done) struct detector *detector = NULL;
	char *root = tree_make(entries);
	struct error error = ERROR_INIT;

	(void)state;
	detector = load(root, &diagnostics, &error);
	assert_non_null(detector);
	assert_int_equal(detector_rule_count(detector), 2);
	assert_string_equal(detector_rule(detector, 1)->title, "a2");
	assert_int_equal(diagnostics.count, 3);
	assert_int_equal(diagnostics.items[0].line, 6);
	assert_string_equal(diagnostics.items[1].what, "id");
	assert_non_null(strstr(diagnostics.items[1].why, "/a.yml:1 has the same id"));
	assert_string_equal(diagnostics.items[2].what, "YAML");
	tree_remove(root);
}

static void limits_that_are_hit_show_in_the_statistics(void **state)
{
	static const struct tree_entry entries[] = {
		{TREE_FILE, "/a.yml", RULE("1", "aab$") "---\n" RULE("2", "(a+)+$")},
		{TREE_END, NULL, NULL},
	};
	CLEANUP(diagnostics_done) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	CLEANUP(detector_done) struct detector *detector = NULL;
	char *root = tree_make(entries);
	struct error error = ERROR_INIT;
	const size_t *matches;
	size_t count;

	(void)state;
	detector = load(root, &diagnostics, &error);
	assert_non_null(detector);
	assert_int_equal(
		detector_event(detector,
			       event_maker_make(maker, "SYSCALL arch=c000003e syscall=1 "
						       "comm=\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
						       "aaaaaaaab\"\n"),
			       &matches, &count, &error),
		0);
	assert_int_equal(count, 1);
	assert_int_equal(matches[0], 0);
	assert_int_equal(detector_statistics(detector)->events, 1);
	assert_int_equal(detector_statistics(detector)->evaluated, 2);
	assert_int_equal(detector_statistics(detector)->matched, 1);
	assert_int_equal(detector_statistics(detector)->gave_up, 1);
	assert_int_equal(detector_rule_gave_up(detector, 0), 0);
	assert_int_equal(detector_rule_gave_up(detector, 1), 1);
	tree_remove(root);
}

static void the_first_look_rules_most_out(void **state)
{
	CLEANUP(diagnostics_done) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	CLEANUP(detector_done) struct detector *detector = NULL;
	struct error error = ERROR_INIT;
	const size_t *matches;
	size_t count;

	(void)state;
	detector = load(DETECTIONS, &diagnostics, &error);
	assert_non_null(detector);
	assert_int_equal(detector_event(detector,
					event_maker_make(maker, "SYSCALL arch=c000003e syscall=165 "
								"success=yes comm=\"mount\"\n"),
					&matches, &count, &error),
			 0);
	assert_int_equal(detector_statistics(detector)->evaluated, 0);
}

static void a_directory_that_is_not_there_is_an_error(void **state)
{
	CLEANUP(diagnostics_done) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	struct error error = ERROR_INIT;

	(void)state;
	assert_null(load("/nonexistent/detections", &diagnostics, &error));
	assert_string_equal(error.thing, "/nonexistent/detections");
	assert_string_equal(error.why, "No such file or directory");
}

static void every_detection_of_ours_is_complete(void **state)
{
	(void)state;
	assert_int_equal(detector_rule_count(ours), 9);
	for (size_t i = 0; i < detector_rule_count(ours); i++) {
		const struct sigma_rule *rule = detector_rule(ours, i);

		assert_true(rule->description[0]);
		assert_true(rule->false_positive_count > 0);
		assert_true(rule->tag_count >= 2);
		assert_int_equal(strncmp(rule->tags[0], "attack.", 7), 0);
	}
}

int main(void)
{
	CLEANUP(diagnostics_done) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rules_are_in_the_order_of_files_and_documents),
		cmocka_unit_test(one_refused_document_leaves_the_others),
		cmocka_unit_test(limits_that_are_hit_show_in_the_statistics),
		cmocka_unit_test(the_first_look_rules_most_out),
		cmocka_unit_test(a_directory_that_is_not_there_is_an_error),
		cmocka_unit_test(every_detection_of_ours_is_complete),
	};
	struct error error = ERROR_INIT;
	int failed;

	maker = event_maker_new();
	ours = load(DETECTIONS, &diagnostics, &error);
	diagnostics_print(&diagnostics, stderr);
	if (!ours || diagnostics.count)
		return 1;
	failed = TABLE_RUN("detections", rows, row_holds);
	failed += cmocka_run_group_tests_name("detector", tests, NULL, NULL);
	detector_free(ours);
	event_maker_free(maker);
	return failed;
}
