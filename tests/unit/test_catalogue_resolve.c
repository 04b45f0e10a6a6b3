#include "tests/unit/host_trees.h"
#include "tests/unit/table.h"

#include "auditmgr/catalogue.h"
#include "auditmgr/rule_compare.h"

#include <string.h>

#define META(id) "#: id: " id "\n#: title: T\n#: controls: none\n#: attack: none\n#: why: w\n"
#define A        "-a always,exit -F arch=${arch} "
#define B64      "-a always,exit -F arch=b64 "
#define B32      "-a always,exit -F arch=b32 "

struct row {
	const char *name;
	const struct tree_entry *base;
	struct tree_entry more[4];
	const char *machine;
	bool no_32bit;
	const char *catalogue;
	/* each item: the rule's text and ` ! ` note, or ID ` - ` and why it is left out */
	const char *items[10];
};

static struct row rows[] = {
	{"a file: both architectures",
	 debian_tree,
	 {{TREE_END, NULL, NULL}},
	 "x86_64",
	 false,
	 META("a") A "-F path=${default_docker} -F perm=wa -F key=k\n",
	 {B64 "-F path=/etc/default/docker -F perm=wa -F key=k",
	  B32 "-F path=/etc/default/docker -F perm=wa -F key=k"}},
	{"no 32-bit programs: no twin",
	 debian_tree,
	 {{TREE_END, NULL, NULL}},
	 "x86_64",
	 true,
	 META("a") A "-F path=${default_docker} -F perm=wa -F key=k\n",
	 {B64 "-F path=/etc/default/docker -F perm=wa -F key=k"}},
	{"i686: only the twin",
	 debian_tree,
	 {{TREE_END, NULL, NULL}},
	 "i686",
	 false,
	 META("a") A "-F path=${default_docker} -F perm=wa -F key=k\n",
	 {B32 "-F path=/etc/default/docker -F perm=wa -F key=k"}},
	{"an absent file whose directory is there is watched",
	 debian_tree,
	 {{TREE_END, NULL, NULL}},
	 "x86_64",
	 true,
	 META("a") A "-F path=${daemon_json} -F perm=wa -F key=k\n",
	 {B64
	  "-F path=/etc/docker/daemon.json -F perm=wa -F key=k ! absent: its creation is watched"}},
	{"C02: a missing directory leaves the rule out",
	 debian_tree,
	 {{TREE_END, NULL, NULL}},
	 "x86_64",
	 true,
	 META("a") A "-F path=${sysconfig_docker} -F perm=wa -F key=k\n",
	 {"a - its directory does not exist, so the kernel would refuse the rule"}},
	{"a directory",
	 debian_tree,
	 {{TREE_END, NULL, NULL}},
	 "x86_64",
	 true,
	 META("a") A "-F dir=${data_root} -F perm=wa -F key=k\n",
	 {B64 "-F dir=/var/lib/docker -F perm=wa -F key=k"}},
	{"C06: an absent directory is watched as a path, and the note says so",
	 ubuntu_tree,
	 {{TREE_DIRECTORY, "/var/lib", NULL}},
	 "x86_64",
	 true,
	 META("a") A "-F dir=${containerd_root} -F perm=wa -F key=k\n",
	 {B64 "-F path=/var/lib/containerd -F perm=wa -F key=k ! absent: its creation is watched; "
	      "install again when it is there, to watch what is below"}},
	{"a directory that install makes is a directory",
	 (const struct tree_entry[]){{TREE_DIRECTORY, "/etc", NULL}, {TREE_END, NULL, NULL}},
	 {{TREE_END, NULL, NULL}},
	 "x86_64",
	 true,
	 META("a") A "-F dir=${audit_dir} -F perm=wa -F key=k\n",
	 {B64 "-F dir=/etc/audit -F perm=wa -F key=k ! absent: install makes it",
	  B64 "-F path=/etc/libaudit.conf -F perm=wa -F key=k ! absent: its creation is watched; "
	      "install again when it is there, to watch what is below"}},
	{"a moved data-root",
	 ubuntu_tree,
	 {{TREE_END, NULL, NULL}},
	 "x86_64",
	 true,
	 META("a") A "-F dir=${data_root} -F perm=wa -F key=k\n",
	 {B64 "-F dir=/srv/docker -F perm=wa -F key=k"}},
	{"a linked data-root: the link and what it leads to",
	 rhel_tree,
	 {{TREE_LINK, "/var/lib/docker", "/srv/d"}, {TREE_DIRECTORY, "/srv/d", NULL}},
	 "x86_64",
	 true,
	 META("a") A "-F dir=${data_root} -F perm=wa -F key=k\n",
	 {B64 "-F path=/var/lib/docker -F perm=wa -F key=k",
	  B64 "-F dir=/srv/d -F perm=wa -F key=k"}},
	{"a linked program is changed in two places and run from one",
	 debian_tree,
	 {{TREE_END, NULL, NULL}},
	 "x86_64",
	 true,
	 META("a") A "-F path=${runc} -F perm=wa -F key=k\n" A
		     "-F path=${runc} -F perm=x -F key=l\n",
	 {B64 "-F path=/usr/bin/runc -F perm=wa -F key=k",
	  B64 "-F path=/usr/sbin/runc -F perm=wa -F key=k",
	  B64 "-F path=/usr/sbin/runc -F perm=x -F key=l"}},
	{"C86: merged sbin: one rule a program",
	 rhel_tree,
	 {{TREE_END, NULL, NULL}},
	 "x86_64",
	 true,
	 META("a") A "-F path=${runc} -F perm=wa -F key=k\n" A
		     "-F path=${dockerd} -F perm=x -F key=k\n",
	 {B64 "-F path=/usr/bin/runc -F perm=wa -F key=k",
	  B64 "-F path=/usr/bin/dockerd -F perm=x -F key=k"}},
	{"C86: a program that is not there has no rule",
	 ubuntu_tree,
	 {{TREE_END, NULL, NULL}},
	 "x86_64",
	 true,
	 META("a") A "-F path=${containerd_shim_runc_v1} -F perm=wa -F key=k\n" A
		     "-F path=${other_runtime} -F perm=x -F key=k\n",
	 {"a - not on this host", "a - not on this host"}},
	{"C87: a unit that is not there is watched for",
	 ubuntu_tree,
	 {{TREE_END, NULL, NULL}},
	 "x86_64",
	 true,
	 META("a") A "-F path=${default_docker} -F perm=wa -F key=k\n",
	 {B64 "-F path=/etc/default/docker -F perm=wa -F key=k ! absent: its creation is watched"}},
	{"C88: the containerd socket of config.toml",
	 debian_tree,
	 {{TREE_FILE, "/etc/containerd/config.toml",
	   "[grpc]\naddress = \"/run/k3s/containerd/containerd.sock\"\n"},
	  {TREE_SOCKET, "/run/k3s/containerd/containerd.sock", NULL}},
	 "x86_64",
	 true,
	 META("a") A "-S connect -F path=${containerd_socket} -F key=k\n",
	 {B64 "-S connect -F path=/run/k3s/containerd/containerd.sock -F key=k",
	  B64 "-S connect -F path=/run/containerd/containerd.sock -F key=k"}},
	{"an absent socket is waited for",
	 ubuntu_tree,
	 {{TREE_END, NULL, NULL}},
	 "x86_64",
	 true,
	 META("a") A "-S connect -F path=${docker_socket} -F key=k\n",
	 {B64 "-S connect -F path=/run/docker.sock -F key=k ! absent: its creation is watched"}},
	{"a network address has no rule",
	 debian_tree,
	 {{TREE_FILE, "/etc/docker/daemon.json", "{\"hosts\": [\"tcp://0.0.0.0:2375\"]}"}},
	 "x86_64",
	 true,
	 META("a") A "-S connect -F path=${docker_socket} -F key=k\n",
	 {B64 "-S connect -F path=/run/docker.sock -F key=k",
	  "a - a network address has no path to watch"}},
	{"C08: calls that the machine lacks are dropped, and named",
	 debian_tree,
	 {{TREE_END, NULL, NULL}},
	 "aarch64",
	 true,
	 META("a") A "-S open,openat,rename,renameat2,chmod,fchmodat -F key=k\n",
	 {B64 "-S fchmodat,openat,renameat2 -F key=k ! -S open: *"}},
	{"C08: a rule that has none of its calls is left out",
	 debian_tree,
	 {{TREE_END, NULL, NULL}},
	 "aarch64",
	 true,
	 META("a") A "-S mknod -F key=k\n",
	 {"a - this machine has none of its system calls"}},
	{"a 32-bit call on a machine without 32-bit programs",
	 debian_tree,
	 {{TREE_END, NULL, NULL}},
	 "ppc64le",
	 false,
	 META("a") "-a always,exit -F arch=b32 -S socketcall -F a0=3 -F path=${docker_socket} -F "
		   "key=k\n",
	 {"a - no 32-bit programs run on this machine"}},
	{"the same thing by two ways is one rule",
	 debian_tree,
	 {{TREE_FILE, "/etc/systemd/system/docker.service.d/a.conf",
	   "[Service]\nEnvironmentFile=/etc/docker/daemon.json\n"},
	  {TREE_FILE, "/etc/docker/daemon.json", "{}"}},
	 "x86_64",
	 true,
	 META("a") A "-F path=${daemon_json} -F perm=wa -F key=k\n\n" META("b") A
	 "-F path=${environment_file} -F perm=aw -F key=l\n",
	 {B64 "-F path=/etc/docker/daemon.json -F perm=wa -F key=k", "b - the same as a"}},
	{"a path with a blank is escaped",
	 debian_tree,
	 {{TREE_FILE, "/etc/docker/daemon.json", "{\"data-root\": \"/srv/my data\"}"},
	  {TREE_DIRECTORY, "/srv/my data", NULL}},
	 "x86_64",
	 true,
	 META("a") A "-F dir=${data_root} -F perm=wa -F key=k\n",
	 {B64 "-F dir=/srv/my\\ data -F perm=wa -F key=k"}},
	{"a path that would be a second rule",
	 debian_tree,
	 {{TREE_FILE, "/etc/docker/daemon.json", "{\"data-root\": \"/srv/x\\n-D\"}"},
	  {TREE_DIRECTORY, "/srv/x\n-D", NULL}},
	 "x86_64",
	 true,
	 META("a") A "-F dir=${data_root} -F perm=wa -F key=k\n",
	 {"a - a rule file can't hold such a path"}},
	{"a path that would be other fields",
	 debian_tree,
	 {{TREE_FILE, "/etc/docker/daemon.json", "{\"data-root\": \"/srv/x -F uid=5\"}"},
	  {TREE_DIRECTORY, "/srv/x -F uid=5", NULL}},
	 "x86_64",
	 true,
	 META("a") A "-F dir=${data_root} -F perm=wa -F key=k\n",
	 {"*"}},
	{"the data-root is the whole system",
	 debian_tree,
	 {{TREE_FILE, "/etc/docker/daemon.json", "{\"data-root\": \"/\"}"}},
	 "x86_64",
	 true,
	 META("a") A "-F dir=${data_root} -F perm=wa -F key=k\n",
	 {"a - it would watch the whole system"}},
	{"the data-root is a FIFO",
	 debian_tree,
	 {{TREE_FILE, "/etc/docker/daemon.json", "{\"data-root\": \"/srv/fifo\"}"},
	  {TREE_FIFO, "/srv/fifo", NULL}},
	 "x86_64",
	 true,
	 META("a") A "-F dir=${data_root} -F perm=wa -F key=k\n",
	 {"a - it is neither file, directory nor socket"}},
	{"control statements stay as they are",
	 debian_tree,
	 {{TREE_END, NULL, NULL}},
	 "x86_64",
	 false,
	 META("a") "-b 8192\n-c\n",
	 {"-b 8192", "-c"}},
};

static struct catalogue catalogue;
static struct host host;
static struct resolution resolution;

static void resolve(const struct row *row, const char *tree, const char *file)
{
	struct host_options options = {
		.root = tree, .machine = row->machine, .no_32bit = row->no_32bit};
	struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	struct error error = ERROR_INIT;

	catalogue = (struct catalogue)CATALOGUE_INIT;
	resolution = (struct resolution)RESOLUTION_INIT;
	if (file)
		assert_int_equal(catalogue_parse(&catalogue, "f.rules", file, strlen(file),
						 &diagnostics, &error),
				 0);
	else
		assert_int_equal(catalogue_read(&catalogue, SOURCE_ROOT "/rules.d/audit",
						&diagnostics, &error),
				 0);
	diagnostics_print(&diagnostics, stderr);
	assert_int_equal(diagnostics.count, 0);
	assert_int_equal(host_discover(&host, &options, &error), 0);
	assert_int_equal(catalogue_resolve(&catalogue, &host, &resolution, &error), 0);
}

static void release(void)
{
	resolution_done(&resolution);
	catalogue_done(&catalogue);
	host_done(&host);
}

static void row_holds(void **state)
{
	const struct row *row = *state;
	char *tree = tree_make(row->base);
	size_t wanted = 0;

	tree_add(tree, row->more);
	resolve(row, tree, row->catalogue);
	while (wanted < 10 && row->items[wanted])
		wanted++;
	for (size_t i = 0; i < resolution.count; i++) {
		const struct resolved_rule *item = &resolution.items[i];
		const char *want = i < wanted ? row->items[i] : "(nothing)";
		size_t length = strlen(want);
		char got[1024];

		if (item->left_out)
			(void)snprintf(got, sizeof(got), "%s - %s", item->entry->id,
				       item->left_out);
		else
			(void)snprintf(got, sizeof(got), "%s%s%s", item->text,
				       item->note ? " ! " : "", item->note ? item->note : "");
		if (want[length - 1] == '*' ? strncmp(got, want, length - 1) != 0
					    : strcmp(got, want) != 0)
			fail_msg("got \"%s\", want \"%s\"", got, want);
	}
	assert_int_equal(resolution.count, wanted);
	release();
	tree_remove(tree);
}

struct shipped_row {
	const char *name;
	const struct tree_entry *tree;
	const char *machine;
	size_t at_least; /* rules */
};

static struct shipped_row shipped_rows[] = {
	{"Debian", debian_tree, "x86_64", 120},
	{"Ubuntu with Docker CE", ubuntu_tree, "x86_64", 90},
	{"RHEL-like", rhel_tree, "x86_64", 90},
	{"Debian on aarch64", debian_tree, "aarch64", 110},
};

/* The catalogue as shipped: no rule twice (C86, "Rule exists"), each for something of the host. */
static void shipped_row_holds(void **state)
{
	const struct shipped_row *shipped = *state;
	const struct row row = {.machine = shipped->machine};
	char *tree = tree_make(shipped->tree);
	const struct rule_set *rules = &resolution.rules;

	resolve(&row, tree, NULL);
	assert_true(rules->count >= shipped->at_least);
	for (size_t i = 0; i < rules->count; i++)
		for (size_t j = 0; j < i; j++)
			if (rules->statements[i].kind == RULE_STATEMENT_RULE &&
			    rules->statements[j].kind == RULE_STATEMENT_RULE)
				assert_int_equal(rule_compare(&rules->statements[i].rule,
							      &rules->statements[j].rule),
						 RULE_DIFFERENT);
	for (size_t i = 0; i < resolution.count; i++) {
		assert_true((resolution.items[i].statement == NULL) ==
			    (resolution.items[i].left_out != NULL));
		assert_non_null(resolution.items[i].text);
	}
	release();
	tree_remove(tree);
}

int main(void)
{
	int failed = TABLE_RUN("catalogue_resolve", rows, row_holds);

	return failed + TABLE_RUN("catalogue_resolve as shipped", shipped_rows, shipped_row_holds);
}
