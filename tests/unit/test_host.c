#include "tests/unit/host_trees.h"
#include "tests/unit/table.h"

#include "auditmgr/host.h"

#include <string.h>

#define LINES_MAX 24

struct row {
	const char *name;
	const struct tree_entry *base;
	struct tree_entry more[12];
	/* "ROLE PATH STATE KIND; SOURCE", as describe() writes a fact; * at the end: any rest */
	const char *wanted[LINES_MAX];
	/* starts of such lines that no fact may have */
	const char *refused[LINES_MAX];
	const char *note; /* part of a note that must be there; NULL: none may be */
};

static const struct tree_entry empty_tree[] = {{TREE_DIRECTORY, "/etc", NULL},
					       {TREE_END, NULL, NULL}};

static struct row rows[] = {
	{"Debian docker.io",
	 debian_tree,
	 {{TREE_END, NULL, NULL}},
	 {"dockerd /usr/sbin/dockerd found file; docker.service ExecStart",
	  "docker /usr/bin/docker found file; package path",
	  "runc /usr/bin/runc found link; package path",
	  "runc /usr/sbin/runc found file; package path, through a link",
	  "docker_init /usr/bin/docker-init found link; package path",
	  "docker_init /usr/bin/tini-static found file; package path, through a link",
	  "daemon_json /etc/docker/daemon.json absent ; default",
	  "docker_dir /etc/docker found directory; default",
	  "default_docker /etc/default/docker found file; default",
	  "sysconfig_docker /etc/sysconfig/docker no directory ; default",
	  "docker_service /usr/lib/systemd/system/docker.service found file; unit file in effect",
	  "docker_service /etc/systemd/system/docker.service absent ; where an override would be",
	  "dropin_dir /etc/systemd/system/docker.service.d absent ; where drop-ins would be",
	  "docker_socket /run/docker.sock found socket; docker.socket ListenStream",
	  "containerd_socket /run/containerd/containerd.sock found socket; default",
	  "data_root /var/lib/docker found directory; default",
	  "containerd_config /etc/containerd/config.toml absent ; default",
	  "audit_tool /usr/sbin/auditctl found file; package path",
	  "audit_log_dir /var/log/audit found directory; auditd.conf log_file",
	  "module_tool /usr/sbin/modprobe found link; package path",
	  "module_tool /usr/bin/kmod found file; package path"},
	 {"other_runtime", "rootless", "environment_file"},
	 NULL},
	{"Ubuntu with Docker CE, moved data-root",
	 ubuntu_tree,
	 {{TREE_END, NULL, NULL}},
	 {"dockerd /usr/bin/dockerd found file; docker.service ExecStart",
	  "data_root /srv/docker found directory; daemon.json data-root",
	  "docker_socket /run/docker.sock absent ; docker.socket ListenStream",
	  "containerd_socket /run/containerd/containerd.sock no directory ; default",
	  "containerd_config /etc/containerd/config.toml found file; default",
	  "default_docker /etc/default/docker absent ; default",
	  "plugin_dir /usr/libexec/docker/cli-plugins found directory; default",
	  "containerd_shim /usr/bin/containerd-shim absent ; looked in *"},
	 {"data_root /var/lib/docker", "docker /usr/libexec/docker"},
	 NULL},
	{"RHEL-like, merged sbin, options from sysconfig",
	 rhel_tree,
	 {{TREE_END, NULL, NULL}},
	 {"dockerd /usr/bin/dockerd found file; docker.service ExecStart",
	  "docker_init /usr/libexec/docker/docker-init found file; package path",
	  "other_runtime /usr/bin/crun found file; package path",
	  "sysconfig_docker /etc/sysconfig/docker found file; default",
	  "docker_socket /run/docker.sock absent ; docker.socket ListenStream",
	  "docker_socket /run/d2.sock absent ; docker.service ExecStart",
	  "audit_tool /usr/bin/auditctl found file; package path"},
	 {"dockerd /usr/sbin", "dockerd /sbin", "runc /usr/sbin", "docker_socket /var/run"},
	 NULL},
	{"C86: (a) everything in /usr/bin",
	 empty_tree,
	 {{TREE_FILE, "/usr/bin/docker", NULL},
	  {TREE_FILE, "/usr/bin/dockerd", NULL},
	  {TREE_FILE, "/usr/bin/containerd", NULL},
	  {TREE_FILE, "/usr/bin/runc", NULL}},
	 {"docker /usr/bin/docker found file; package path",
	  "dockerd /usr/bin/dockerd found file; package path",
	  "containerd /usr/bin/containerd found file; package path",
	  "runc /usr/bin/runc found file; package path"},
	 {"runc /usr/sbin", "dockerd /usr/sbin", "dockerd /usr/bin/dockerd absent"},
	 NULL},
	{"C86: (b) engine and runc in /usr/sbin",
	 empty_tree,
	 {{TREE_FILE, "/usr/bin/docker", NULL},
	  {TREE_FILE, "/usr/sbin/dockerd", NULL},
	  {TREE_FILE, "/usr/bin/containerd", NULL},
	  {TREE_FILE, "/usr/sbin/runc", NULL}},
	 {"dockerd /usr/sbin/dockerd found file; package path",
	  "runc /usr/sbin/runc found file; package path"},
	 {"runc /usr/bin", "dockerd /usr/bin"},
	 NULL},
	{"C86: (c) merged sbin: one fact a program",
	 empty_tree,
	 {{TREE_LINK, "/usr/sbin", "bin"},
	  {TREE_LINK, "/sbin", "usr/bin"},
	  {TREE_LINK, "/bin", "/usr/bin"},
	  {TREE_FILE, "/usr/bin/dockerd", NULL},
	  {TREE_FILE, "/usr/bin/runc", NULL}},
	 {"dockerd /usr/bin/dockerd found file; package path",
	  "runc /usr/bin/runc found file; package path"},
	 {"runc /usr/sbin", "dockerd /usr/sbin", "dockerd /sbin", "dockerd /bin", "runc /bin"},
	 NULL},
	{"C87: neither /etc/default/docker nor docker.socket",
	 empty_tree,
	 {{TREE_DIRECTORY, "/etc/default", NULL},
	  {TREE_DIRECTORY, "/usr/lib/systemd/system", NULL}},
	 {"default_docker /etc/default/docker absent ; default",
	  "docker_socket_unit /usr/lib/systemd/system/docker.socket absent ; default",
	  "sysconfig_docker /etc/sysconfig/docker no directory ; default"},
	 {"default_docker /etc/default/docker found"},
	 NULL},
	{"C88: no systemd, the address from config.toml",
	 empty_tree,
	 {{TREE_SOCKET, "/run/containerd/containerd.sock", NULL},
	  {TREE_SOCKET, "/run/k3s/containerd/containerd.sock", NULL},
	  {TREE_FILE, "/etc/containerd/config.toml",
	   "address = \"/run/k3s/containerd/containerd.sock\"\n"}},
	 {"containerd_socket /run/k3s/containerd/containerd.sock found socket; config.toml address",
	  "containerd_socket /run/containerd/containerd.sock found socket; default"},
	 {NULL},
	 NULL},
	{"C88: no systemd and no configuration",
	 empty_tree,
	 {{TREE_SOCKET, "/run/containerd/containerd.sock", NULL}},
	 {"containerd_socket /run/containerd/containerd.sock found socket; default"},
	 {NULL},
	 NULL},
	{"C18: a unit in /etc besides the package's, /lib a link",
	 debian_tree,
	 {{TREE_FILE, "/etc/systemd/system/docker.service",
	   "[Service]\nExecStart=/opt/docker/dockerd -g /data\n"},
	  {TREE_FILE, "/opt/docker/dockerd", NULL}},
	 {"docker_service /etc/systemd/system/docker.service found file; unit file in effect",
	  "docker_service /usr/lib/systemd/system/docker.service found file; unit file, overridden",
	  "dockerd /opt/docker/dockerd found file; docker.service ExecStart",
	  "dockerd /usr/sbin/dockerd found file; package path",
	  "data_root /data absent ; docker.service ExecStart"},
	 {"docker_service /lib", "data_root /var/lib/docker"},
	 NULL},
	{"a drop-in changes the command line",
	 debian_tree,
	 {{TREE_FILE, "/etc/systemd/system/docker.service.d/10-a.conf",
	   "[Service]\nExecStart=\nExecStart=/usr/sbin/dockerd --config-file /srv/d.json -H "
	   "tcp://127.0.0.1:2375 -H unix:///srv/d.sock\n"},
	  {TREE_FILE, "/srv/d.json", "{\"data-root\": \"/srv/data\"}"},
	  {TREE_FILE, "/usr/lib/systemd/system/docker.service.d/10-a.conf",
	   "[Service]\nExecStart=\nExecStart=/usr/sbin/dockerd --data-root=/hidden\n"}},
	 {"daemon_json /srv/d.json found file; docker.service ExecStart",
	  "data_root /srv/data absent ; daemon.json data-root",
	  "docker_socket tcp://127.0.0.1:2375 found address; docker.service ExecStart",
	  "docker_socket /srv/d.sock absent ; docker.service ExecStart",
	  "dropin_dir /etc/systemd/system/docker.service.d found directory; drop-in directory",
	  "dropin_dir /usr/lib/systemd/system/docker.service.d found directory; drop-in directory"},
	 {"daemon_json /etc/docker", "data_root /hidden"},
	 NULL},
	{"options from an environment file of its own",
	 debian_tree,
	 {{TREE_FILE, "/etc/systemd/system/docker.service.d/e.conf",
	   "[Service]\nEnvironment=\"EXTRA=--data-root /e1\"\nEnvironmentFile=/etc/docker.env\n"
	   "ExecStart=\nExecStart=/usr/sbin/dockerd $EXTRA\n"},
	  {TREE_FILE, "/etc/docker.env", "EXTRA=\"--data-root /e2\"\n"}},
	 {"environment_file /etc/docker.env found file; docker.service EnvironmentFile",
	  "data_root /e2 absent ; docker.service ExecStart"},
	 {"data_root /e1"},
	 NULL},
	{"a masked unit is no rule on /dev/null",
	 debian_tree,
	 {{TREE_LINK, "/etc/systemd/system/docker.service", "/dev/null"},
	  {TREE_FILE, "/dev/null", NULL}},
	 {"docker_service /etc/systemd/system/docker.service found link; unit file in effect"},
	 {"docker_service /dev/null"},
	 "the unit is masked"},
	{"no systemd: the init script's defaults",
	 empty_tree,
	 {{TREE_FILE, "/etc/default/docker",
	   "DOCKER_OPTS=\"--data-root /srv/dd -H unix:///run/x.sock\"\n"}},
	 {"data_root /srv/dd no directory ; DOCKER_OPTS in /etc/default/docker",
	  "docker_socket /run/x.sock no directory ; DOCKER_OPTS in /etc/default/docker"},
	 {"docker_socket /run/docker.sock"},
	 NULL},
	{"/var/run is /run, even where the link is not made yet",
	 empty_tree,
	 {{TREE_DIRECTORY, "/run", NULL},
	  {TREE_FILE, "/etc/docker/daemon.json", "{\"hosts\": [\"unix:///var/run/d.sock\"]}"}},
	 {"docker_socket /run/d.sock absent ; daemon.json hosts"},
	 {"docker_socket /var/run"},
	 NULL},
	{"/var/run is a directory of its own",
	 empty_tree,
	 {{TREE_DIRECTORY, "/var/run", NULL},
	  {TREE_FILE, "/etc/docker/daemon.json", "{\"hosts\": [\"unix:///var/run/d.sock\"]}"}},
	 {"docker_socket /var/run/d.sock absent ; daemon.json hosts"},
	 {"docker_socket /run/d.sock"},
	 NULL},
	{"the snap",
	 empty_tree,
	 {{TREE_FILE, "/usr/bin/snap", NULL},
	  {TREE_LINK, "/snap/bin/docker", "/usr/bin/snap"},
	  {TREE_FILE, "/snap/docker/2915/bin/docker", NULL},
	  {TREE_FILE, "/snap/docker/2915/bin/dockerd", NULL},
	  {TREE_LINK, "/snap/docker/current", "2915"},
	  {TREE_FILE, "/var/snap/docker/2915/config/daemon.json", "{}"},
	  {TREE_LINK, "/var/snap/docker/current", "2915"},
	  {TREE_DIRECTORY, "/var/snap/docker/common/var-lib-docker", NULL},
	  {TREE_FILE, "/etc/systemd/system/snap.docker.dockerd.service",
	   "[Service]\nExecStart=/usr/bin/snap run docker.dockerd\n"},
	  {TREE_SOCKET, "/run/docker.sock", NULL},
	  {TREE_SOCKET, "/run/snap.docker/containerd/containerd.sock", NULL}},
	 {"docker /snap/bin/docker found link; package path",
	  "docker /snap/docker/2915/bin/docker found file; package path",
	  "dockerd /snap/docker/2915/bin/dockerd found file; package path",
	  "daemon_json /var/snap/docker/2915/config/daemon.json found file; default of the snap",
	  "data_root /var/snap/docker/common/var-lib-docker found directory; default of the snap",
	  "docker_service /etc/systemd/system/snap.docker.dockerd.service found file; *",
	  "docker_socket /run/docker.sock found socket; default",
	  "containerd_socket /run/snap.docker/containerd/containerd.sock found socket; default"},
	 {"docker /usr/bin/snap", "dockerd /usr/bin/snap"},
	 NULL},
	{"links of the tree never lead out of it",
	 empty_tree,
	 {{TREE_LINK, "/etc/docker", "/../../../../../../etc"},
	  {TREE_LINK, "/usr/bin/dockerd", "/../../../bin/sh"},
	  {TREE_LINK, "/var/lib/docker", "../../../../../../../../tmp"}},
	 {"docker_dir /etc/docker found link; default",
	  "docker_dir /etc found directory; default, through a link",
	  "daemon_json /etc/daemon.json absent ; default",
	  "dockerd /usr/bin/dockerd found link; package path",
	  "dockerd /bin/sh no directory ; package path, through a link",
	  "data_root /tmp absent ; default, through a link"},
	 {NULL},
	 NULL},
	{"a link that leads to itself",
	 empty_tree,
	 {{TREE_LINK, "/etc/docker", "docker"}},
	 {"docker_dir /etc/docker found link; default",
	  "daemon_json /etc/docker/daemon.json unknown ; default"},
	 {NULL},
	 "Too many levels of symbolic links"},
	{"daemon.json is no JSON",
	 debian_tree,
	 {{TREE_FILE, "/etc/docker/daemon.json", "{\"data-root\": \"/x\""}},
	 {"data_root /var/lib/docker found directory; default"},
	 {"data_root /x"},
	 "daemon.json:1:"},
	{"daemon.json is empty",
	 debian_tree,
	 {{TREE_FILE, "/etc/docker/daemon.json", " \n"}},
	 {"data_root /var/lib/docker found directory; default"},
	 {NULL},
	 NULL},
	{"daemon.json with wrong types",
	 debian_tree,
	 {{TREE_FILE, "/etc/docker/daemon.json",
	   "{\"data-root\": [1], \"hosts\": {\"a\": 1}, \"runtimes\": [], \"containerd\": 5}"}},
	 {"data_root /var/lib/docker found directory; default"},
	 {NULL},
	 "it is not an array of strings"},
	{"daemon.json is an array",
	 debian_tree,
	 {{TREE_FILE, "/etc/docker/daemon.json", "[]"}},
	 {"data_root /var/lib/docker found directory; default"},
	 {NULL},
	 "it is not a JSON object"},
	{"daemon.json with a relative data-root",
	 debian_tree,
	 {{TREE_FILE, "/etc/docker/daemon.json", "{\"data-root\": \"srv/x\"}"}},
	 {"data_root /var/lib/docker found directory; default"},
	 {"data_root srv"},
	 "it is not an absolute path"},
	{"daemon.json is a FIFO",
	 debian_tree,
	 {{TREE_FIFO, "/etc/docker/daemon.json", NULL}},
	 {"data_root /var/lib/docker found directory; default",
	  "daemon_json /etc/docker/daemon.json found other; default"},
	 {NULL},
	 "it is not a regular file"},
	{"daemon.json with hosts, runtimes, graph and containerd",
	 debian_tree,
	 {{TREE_FILE, "/etc/docker/daemon.json",
	   "{\"graph\": \"/g\", \"hosts\": [\"unix:///var/run/docker.sock\", "
	   "\"tcp://0.0.0.0:2376\", "
	   "\"fd://\"], \"runtimes\": {\"kata\": {\"path\": \"/opt/kata/bin/kata-runtime\"}, "
	   "\"x\": "
	   "{\"runtimeType\": \"io.x\"}}, \"containerd\": \"/run/c.sock\"}"},
	  {TREE_FILE, "/opt/kata/bin/kata-runtime", NULL}},
	 {"data_root /g absent ; daemon.json graph",
	  "docker_socket /run/docker.sock found socket; docker.socket ListenStream",
	  "docker_socket tcp://0.0.0.0:2376 found address; daemon.json hosts",
	  "other_runtime /opt/kata/bin/kata-runtime found file; daemon.json runtimes",
	  "containerd_socket /run/containerd/containerd.sock found socket; default"},
	 {"docker_socket /var/run"},
	 "it is set on dockerd's command line too"},
	{"rootless users",
	 debian_tree,
	 {{TREE_FILE, "/etc/passwd",
	   "root:x:0:0::/root:/bin/sh\nann:x:1000:1000:,,,:/home/ann:/bin/sh\nbob:x:1001:1001::/"
	   "home/"
	   "bob:/bin/sh\nnone:x:1002:1002::/home/none:/bin/sh\nbroken:x:12x:1::/home/none:/bin/sh\n"
	   "short:x:5\n"},
	  {TREE_FILE, "/home/ann/.config/systemd/user/docker.service", "[Service]\n"},
	  {TREE_SOCKET, "/run/user/1001/docker.sock", NULL},
	  {TREE_DIRECTORY, "/home/none", NULL}},
	 {"rootless_unit /home/ann/.config/systemd/user/docker.service found *",
	  "rootless_socket /run/user/1000/docker.sock no directory ; rootless Docker of user ann",
	  "rootless_socket /run/user/1001/docker.sock found socket; rootless Docker of user bob"},
	 {"rootless_unit /home/none", "rootless_socket /run/user/1002"},
	 NULL},
	{"the audit log is elsewhere",
	 debian_tree,
	 {{TREE_FILE, "/etc/audit/auditd.conf",
	   "# x\nLOG_FILE=/data/audit/audit.log  \nflush = none\n"}},
	 {"audit_log_dir /data/audit no directory ; auditd.conf log_file"},
	 {"audit_log_dir /var/log/audit"},
	 NULL},
	{"a tree with nothing in it",
	 empty_tree,
	 {{TREE_END, NULL, NULL}},
	 {"dockerd /usr/bin/dockerd no directory ; looked in *",
	  "data_root /var/lib/docker no directory ; default"},
	 {NULL},
	 NULL},
};

static void describe(char *line, size_t size, const struct fact *fact)
{
	(void)snprintf(line, size, "%s %s %s %s; %s", host_role_name(fact->role), fact->path,
		       place_state_name(fact->state), fact_kind_name(fact->kind), fact->source);
}

static bool has_line(const struct host *host, const char *wanted)
{
	size_t length = strlen(wanted);
	char line[1024];

	for (size_t i = 0; i < host->fact_count; i++) {
		describe(line, sizeof(line), &host->facts[i]);
		/* a row may leave the end open */
		if (length && wanted[length - 1] == '*' ? strncmp(line, wanted, length - 1) == 0
							: strcmp(line, wanted) == 0)
			return true;
	}
	return false;
}

static bool has_start(const struct host *host, const char *start)
{
	char line[1024];

	for (size_t i = 0; i < host->fact_count; i++) {
		describe(line, sizeof(line), &host->facts[i]);
		if (strncmp(line, start, strlen(start)) == 0)
			return true;
	}
	return false;
}

static bool has_note(const struct host *host, const char *part)
{
	char note[2048];

	for (size_t i = 0; i < host->notes.count; i++) {
		const struct diagnostic *item = &host->notes.items[i];

		(void)snprintf(note, sizeof(note), "%s:%u:%u %s: %s", item->file, item->line,
			       item->column, item->what, item->why);
		if (strstr(note, part))
			return true;
	}
	return false;
}

static void no_path_twice(const struct host *host)
{
	for (size_t i = 0; i < host->fact_count; i++)
		for (size_t j = i + 1; j < host->fact_count; j++)
			assert_false(host->facts[i].role == host->facts[j].role &&
				     strcmp(host->facts[i].path, host->facts[j].path) == 0);
}

static void row_holds(void **state)
{
	const struct row *row = *state;
	char *tree = tree_make(row->base);
	struct host_options options = {.root = tree, .machine = "x86_64"};
	struct host host;
	struct error error = ERROR_INIT;

	tree_add(tree, row->more);
	assert_int_equal(host_discover(&host, &options, &error), 0);
	for (size_t i = 0; i < LINES_MAX && row->wanted[i]; i++)
		if (!has_line(&host, row->wanted[i]))
			fail_msg("no fact: %s", row->wanted[i]);
	for (size_t i = 0; i < LINES_MAX && row->refused[i]; i++)
		if (has_start(&host, row->refused[i]))
			fail_msg("a fact that must not be: %s", row->refused[i]);
	if (row->note)
		assert_true(has_note(&host, row->note));
	else
		assert_int_equal(host.notes.count, 0);
	no_path_twice(&host);
	host_done(&host);
	tree_remove(tree);
}

static void huge_daemon_json_is_refused(void **state)
{
	size_t size = HOST_FILE_MAX + 2;
	char *content = malloc(size + 1);
	struct tree_entry more[] = {{TREE_FILE, "/etc/docker/daemon.json", content},
				    {TREE_END, NULL, NULL}};
	char *tree = tree_make(debian_tree);
	struct host_options options = {.root = tree, .machine = "x86_64"};
	struct host host;
	struct error error = ERROR_INIT;

	(void)state;
	assert_non_null(content);
	memset(content, ' ', size);
	content[size] = '\0';
	tree_add(tree, more);
	assert_int_equal(host_discover(&host, &options, &error), 0);
	assert_true(has_note(&host, "it is larger than"));
	host_done(&host);
	tree_remove(tree);
	free(content);
}

struct machine_row {
	const char *name;
	const char *machine; /* --arch, or NULL: from the tree */
	unsigned char elf;   /* e_machine of /bin/sh */
	bool no_32bit;
	int result;
	const char *found;
	bool b64;
	bool b32;
};

static struct machine_row machine_rows[] = {
	{"x86_64 by its shell", NULL, 62, false, 0, "x86_64", true, true},
	{"C08: aarch64 by its shell", NULL, 183, false, 0, "aarch64", true, true},
	{"ppc64le has no 32-bit twin", NULL, 21, false, 0, "ppc64le", true, false},
	{"i686 has only b32", NULL, 3, false, 0, "i686", false, true},
	{"no 32-bit programs there", NULL, 62, true, 0, "x86_64", true, false},
	{"i686 keeps b32", NULL, 3, true, 0, "i686", false, true},
	{"--arch wins", "arm64", 62, false, 0, "aarch64", true, true},
	{"unknown --arch", "pdp11", 62, false, -1, NULL, false, false},
};

static void machine_row_holds(void **state)
{
	const struct machine_row *row = *state;
	char header[] = "\x7f"
			"ELF\2\1\1xxxxxxxxx\2xM\1moremoremore";
	struct tree_entry entries[] = {{TREE_FILE, "/usr/bin/dash", header},
				       {TREE_LINK, "/bin/sh", "/usr/bin/dash"},
				       {TREE_END, NULL, NULL}};
	struct host host;
	struct error error = ERROR_INIT;
	struct host_options options = {.machine = row->machine, .no_32bit = row->no_32bit};
	char *tree, *path;
	FILE *file;

	tree = tree_make(entries);
	/* e_machine's second byte is a NUL, which a table of strings can't carry */
	assert_true(asprintf(&path, "%s/usr/bin/dash", tree) > 0);
	file = fopen(path, "r+e");
	assert_non_null(file);
	assert_int_equal(fseek(file, 18, SEEK_SET), 0);
	assert_int_equal(fputc(row->elf, file), row->elf);
	assert_int_equal(fputc(0, file), 0);
	assert_int_equal(fclose(file), 0);
	options.root = tree;
	assert_int_equal(host_discover(&host, &options, &error), row->result);
	if (row->result == 0) {
		assert_string_equal(host.machine.name, row->found);
		assert_string_equal(host.machine.source,
				    row->machine ? "--arch" : "ELF header of /bin/sh");
		assert_int_equal(host.machine.b64 >= 0, row->b64);
		assert_int_equal(host.machine.b32 >= 0, row->b32);
	} else {
		assert_int_equal(error.kind, ERROR_INPUT);
	}
	host_done(&host);
	tree_remove(tree);
	free(path);
}

static void every_role_has_a_name(void **state)
{
	(void)state;
	for (int role = 0; role < HOST_ROLE_COUNT; role++) {
		assert_non_null(host_role_name((enum host_role)role));
		assert_non_null(host_role_group((enum host_role)role));
		assert_int_equal(host_role_of(slice_of(host_role_name((enum host_role)role))),
				 role);
	}
	assert_int_equal(host_role_of(slice_of("none")), HOST_ROLE_COUNT);
}

int main(void)
{
	const struct CMUnitTest others[] = {
		cmocka_unit_test(huge_daemon_json_is_refused),
		cmocka_unit_test(every_role_has_a_name),
	};
	int failed = TABLE_RUN("host", rows, row_holds);

	failed += TABLE_RUN("host machine", machine_rows, machine_row_holds);
	return failed + cmocka_run_group_tests_name("host limits", others, NULL, NULL);
}
