#include "tests/unit/host_trees.h"
#include "tests/unit/table.h"

#include "auditmgr/plan.h"

#include <string.h>

#define META(id) "#: id: " id "\n#: title: T\n#: controls: none\n#: attack: none\n#: why: w\n"
#define A        "-a always,exit -F arch=${arch} "
#define B64      "-a always,exit -F arch=b64 "
#define DIR      "/etc/audit/rules.d/"
#define OURS     DIR "50-docker.rules"

#define EXEC  A "-F path=${dockerd} -F perm=x -F key=docker_daemon_exec\n"
#define PEXEC B64 "-F path=/usr/sbin/dockerd -F perm=x -F key=docker_daemon_exec"

static const struct tree_entry no_rules_tree[] = {
	{TREE_FILE, "/usr/sbin/dockerd", NULL},
	{TREE_DIRECTORY, "/etc/docker", NULL},
	{TREE_END, NULL, NULL},
};

struct row {
	const char *name;
	const char *catalogue;
	struct tree_entry files[5];
	/* SIGN RULE ` # ` WHY */
	const char *rows[8];
	/* FILE:LINE: WHAT */
	const char *warnings[4];
	const char *backlog; /* "VALUE FILE:LINE", or NULL: nobody sets it */
	const char *failure;
};

static struct row rows[] = {
	{"nothing is there",
	 META("a") EXEC,
	 {{TREE_END, NULL, NULL}},
	 {"+ " PEXEC " # in none of the files"},
	 {NULL},
	 NULL,
	 NULL},
	{"it is in our file",
	 META("a") EXEC,
	 {{TREE_FILE, OURS, PEXEC "\n"}},
	 {"= " PEXEC " # in " OURS ":1"},
	 {NULL},
	 NULL,
	 NULL},
	{"C13: it is in our file, written otherwise",
	 META("a") A "-S connect -F a1=0 -F auid!=unset -F key=k\n",
	 {{TREE_FILE, OURS, "-a exit,always -F arch=x86_64 -F auid!=-1 -S connect -F a1=0 -k k\n"}},
	 {"= " B64 "-S connect -F a1=0x0 -F auid!=unset -F key=k # in " OURS ":1"},
	 {NULL},
	 NULL,
	 NULL},
	{"what our file has and nobody wants goes",
	 META("a") EXEC,
	 {{TREE_FILE, OURS, PEXEC "\n" B64 "-S mount -F key=old\n"}},
	 {"= " PEXEC " # in " OURS ":1",
	  "- " B64
	  "-S mount -F key=old # in neither the catalogue nor what it means for this host"},
	 {NULL},
	 NULL,
	 NULL},
	{"twice in our file",
	 META("a") EXEC,
	 {{TREE_FILE, OURS, PEXEC "\n" PEXEC "\n"}},
	 {"= " PEXEC " # in " OURS ":1", "- " PEXEC " # there twice, or covered by another file"},
	 {NULL},
	 NULL,
	 NULL},
	{"another key in our file",
	 META("a") EXEC,
	 {{TREE_FILE, OURS, B64 "-F path=/usr/sbin/dockerd -F perm=x -F key=old\n"}},
	 {"+ " PEXEC " # in none of the files",
	  "- " B64 "-F path=/usr/sbin/dockerd -F perm=x -F key=old # in neither the catalogue nor "
	  "what it means for this host"},
	 {NULL},
	 NULL,
	 NULL},
	{"another file has the very rule",
	 META("a") EXEC,
	 {{TREE_FILE, DIR "30-x.rules", "\n" PEXEC "\n"}},
	 {"= " PEXEC " # already covered by " DIR "30-x.rules:2"},
	 {NULL},
	 NULL,
	 NULL},
	{"C20: another file has it with another key",
	 META("a") EXEC,
	 {{TREE_FILE, DIR "99-x.rules", B64 "-F path=/usr/sbin/dockerd -F perm=x -k docker\n"}},
	 {"= " PEXEC " # already covered by " DIR "99-x.rules:1, with key docker"},
	 {NULL},
	 NULL,
	 NULL},
	{"a watch of all permissions covers one, and each arch",
	 META("a") EXEC,
	 {{TREE_FILE, DIR "30-x.rules", "-w /usr/sbin/dockerd -k docker\n"}},
	 {"= " PEXEC " # already covered by " DIR "30-x.rules:1, with key docker"},
	 {NULL},
	 NULL,
	 NULL},
	{"a watch of other permissions does not",
	 META("a") EXEC,
	 {{TREE_FILE, DIR "30-x.rules", "-w /usr/sbin/dockerd -p wa -k docker\n"}},
	 {"+ " PEXEC " # in none of the files"},
	 {NULL},
	 NULL,
	 NULL},
	{"a never rule covers nothing",
	 META("a") EXEC,
	 {{TREE_FILE, DIR "30-x.rules",
	   "-a never,exit -F arch=b64 -F path=/usr/sbin/dockerd -F perm=x\n"}},
	 {"+ " PEXEC " # in none of the files"},
	 {NULL},
	 NULL,
	 NULL},
	{"a narrower rule covers nothing",
	 META("a") EXEC,
	 {{TREE_FILE, DIR "30-x.rules",
	   B64 "-F path=/usr/sbin/dockerd -F perm=x -F auid>=1000 -k x\n"}},
	 {"+ " PEXEC " # in none of the files"},
	 {NULL},
	 NULL,
	 NULL},
	{"C15: a longer path covers nothing",
	 META("a") EXEC,
	 {{TREE_FILE, DIR "30-x.rules",
	   "-w /usr/sbin/dockerd-old -k docker\n-w /usr/sbin/docker -k d\n"}},
	 {"+ " PEXEC " # in none of the files"},
	 {NULL},
	 NULL,
	 NULL},
	{"C16: path= does not cover dir=, -w of the directory does",
	 META("a") A "-F dir=${docker_dir} -F perm=wa -F key=k\n",
	 {{TREE_FILE, DIR "30-x.rules",
	   "-a always,exit -F arch=b64 -F path=/etc/docker -F perm=wa -k x\n-w /etc/docker/ -p wa "
	   "-k y\n"}},
	 {"= " B64 "-F dir=/etc/docker -F perm=wa -F key=k # already covered by " DIR
	  "30-x.rules:2, with key y"},
	 {NULL},
	 NULL,
	 NULL},
	{"a delete statement covers nothing",
	 META("a") EXEC,
	 {{TREE_FILE, DIR "30-x.rules",
	   "-d always,exit -F arch=b64 -F path=/usr/sbin/dockerd -F perm=x -F "
	   "key=docker_daemon_exec\n"}},
	 {"+ " PEXEC " # in none of the files"},
	 {NULL},
	 NULL,
	 NULL},
	{"C91: base file as packaged",
	 META("a") "-b 8192\n" EXEC,
	 {{TREE_FILE, DIR "audit.rules", "-D\n-b 8192\n"},
	  {TREE_FILE, DIR "99-finalize.rules", "-e 2\n"}},
	 {"= -b 8192 # already covered by " DIR "audit.rules:2",
	  "+ " PEXEC " # in none of the files"},
	 {DIR "99-finalize.rules:1: -e 2"},
	 "8192 " DIR "audit.rules:2",
	 NULL},
	{"C12: a larger -b stays",
	 META("a") "-b 8192\n",
	 {{TREE_FILE, DIR "10-base.rules", "-b 65536\n"}},
	 {"= -b 8192 # already covered by " DIR "10-base.rules:1"},
	 {NULL},
	 "65536 " DIR "10-base.rules:1",
	 NULL},
	{"C12: a smaller -b before ours is raised, -f 2 is shown",
	 META("a") "-b 8192\n",
	 {{TREE_FILE, DIR "10-base.rules", "-b 64\n-f 2\n"}},
	 {"+ -b 8192 # in none of the files"},
	 {DIR "10-base.rules:2: -f 2"},
	 "8192 " OURS ":0",
	 "2 " DIR "10-base.rules:2"},
	{"C12: a smaller -b behind ours wins, and is shown",
	 META("a") "-b 8192\n",
	 {{TREE_FILE, DIR "99-x.rules", "-b 64\n"}},
	 {"+ -b 8192 # in none of the files"},
	 {DIR "99-x.rules:1: -b"},
	 "64 " DIR "99-x.rules:1",
	 NULL},
	{"C12: the last -b of the others counts",
	 META("a") "-b 8192\n",
	 {{TREE_FILE, DIR "10-a.rules", "-b 32768\n"}, {TREE_FILE, DIR "20-b.rules", "-b 1024\n"}},
	 {"+ -b 8192 # in none of the files"},
	 {NULL},
	 "8192 " OURS ":0",
	 NULL},
	{"-i before ours stands for -c",
	 META("a") "-c\n",
	 {{TREE_FILE, DIR "12-i.rules", "-i\n"}},
	 {"= -c # already covered by " DIR "12-i.rules:1"},
	 {NULL},
	 NULL,
	 NULL},
	{"-c behind ours is too late",
	 META("a") "-c\n",
	 {{TREE_FILE, DIR "99-c.rules", "-c\n"}},
	 {"+ -c # in none of the files"},
	 {NULL},
	 NULL,
	 NULL},
	{"the distribution silences all tasks",
	 META("a") EXEC,
	 {{TREE_FILE, DIR "10-no-audit.rules", "-D\n-a task,never\n"}},
	 {"+ " PEXEC " # in none of the files"},
	 {DIR "10-no-audit.rules:2: a never rule without conditions"},
	 NULL,
	 NULL},
	{"-e 0",
	 META("a") EXEC,
	 {{TREE_FILE, DIR "10-x.rules", "-e 0\n"}},
	 {"+ " PEXEC " # in none of the files"},
	 {DIR "10-x.rules:1: -e 0"},
	 NULL,
	 NULL},
	{"another file does not parse",
	 META("a") EXEC,
	 {{TREE_FILE, DIR "10-x.rules", "-w relative\n"}},
	 {"+ " PEXEC " # in none of the files"},
	 {DIR "10-x.rules:1: *"},
	 NULL,
	 NULL},
	{"files that augenrules does not read",
	 META("a") EXEC,
	 {{TREE_FILE, DIR "30-x.rules.bak", PEXEC "\n"}, {TREE_FILE, OURS ".prev", PEXEC "\n"}},
	 {"+ " PEXEC " # in none of the files"},
	 {NULL},
	 NULL,
	 NULL},
};

struct made {
	struct host host;
	struct catalogue catalogue;
	struct resolution resolution;
	struct rules_directory installed;
	struct plan plan;
};

static void make(struct made *made, const char *tree, const char *file)
{
	struct host_options options = {.root = tree, .machine = "x86_64", .no_32bit = true};
	struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	struct error error = ERROR_INIT;

	*made = (struct made){.host = {.root = HOST_ROOT_INIT},
			      .catalogue = CATALOGUE_INIT,
			      .resolution = RESOLUTION_INIT,
			      .installed = RULES_DIRECTORY_INIT,
			      .plan = PLAN_INIT};
	assert_int_equal(catalogue_parse(&made->catalogue, "f.rules", file, strlen(file),
					 &diagnostics, &error),
			 0);
	assert_int_equal(diagnostics.count, 0);
	assert_int_equal(host_discover(&made->host, &options, &error), 0);
	assert_int_equal(
		catalogue_resolve(&made->catalogue, &made->host, &made->resolution, &error), 0);
	assert_int_equal(rules_directory_read(&made->installed, &made->host, &error), 0);
	assert_int_equal(plan_make(&made->plan, &made->resolution, &made->installed,
				   host_machine_number(&made->host), &error),
			 0);
}

static void release(struct made *made)
{
	plan_done(&made->plan);
	rules_directory_done(&made->installed);
	resolution_done(&made->resolution);
	catalogue_done(&made->catalogue);
	host_done(&made->host);
}

static void expect(const char *got, const char *want)
{
	size_t length = want ? strlen(want) : 0;

	if (!want)
		fail_msg("nothing wanted, got \"%s\"", got);
	else if (want[length - 1] == '*' ? strncmp(got, want, length - 1) != 0
					 : strcmp(got, want) != 0)
		fail_msg("got \"%s\", want \"%s\"", got, want);
}

static void expect_setting(const struct plan_setting *setting, const char *want)
{
	char got[256];

	assert_int_equal(setting->is_set, want != NULL);
	if (!want)
		return;
	(void)snprintf(got, sizeof(got), "%u %s:%u", setting->value, setting->file, setting->line);
	assert_string_equal(got, want);
}

static void row_holds(void **state)
{
	const struct row *row = *state;
	char *tree = tree_make(no_rules_tree);
	struct made made;
	char got[512];

	tree_add(tree, row->files);
	make(&made, tree, row->catalogue);
	for (size_t i = 0; i < made.plan.count; i++) {
		const struct plan_row *planned = &made.plan.rows[i];

		(void)snprintf(got, sizeof(got), "%c %s # %s", plan_change_sign(planned->change),
			       planned->rule, planned->why);
		expect(got, i < 8 ? row->rows[i] : NULL);
	}
	assert_true(made.plan.count == 8 || row->rows[made.plan.count] == NULL);
	for (size_t i = 0; i < made.plan.warnings.count; i++) {
		const struct diagnostic *item = &made.plan.warnings.items[i];

		(void)snprintf(got, sizeof(got), "%s:%u: %s", item->file, item->line, item->what);
		expect(got, i < 4 ? row->warnings[i] : NULL);
	}
	assert_true(made.plan.warnings.count == 4 ||
		    row->warnings[made.plan.warnings.count] == NULL);
	expect_setting(&made.plan.backlog_limit, row->backlog);
	expect_setting(&made.plan.failure_mode, row->failure);
	release(&made);
	tree_remove(tree);
}

/* The file's form, that augenrules' traps depend on. */
static void the_file_is_plain(void **state)
{
	char *tree = tree_make(debian_tree);
	struct made made;
	const char *text;

	(void)state;
	make(&made, tree,
	     "#: id: one\n#: title: A title\n#: controls: CIS-1.1.3, CIS-1.1.4\n#: attack: "
	     "none\n#: why: w\n" EXEC "\n#: id: two\n#: title: \x1b[31mred\n#: controls: none\n#: "
	     "attack: none\n#: why: w\n-c\n");
	text = text_string(&made.plan.file);
	/* a file before ours may lack its last newline: what is pasted to it must be an empty line
	 */
	assert_int_equal(text[0], '\n');
	assert_int_equal(text[made.plan.file.length - 1], '\n');
	assert_null(strchr(text, '\r'));
	assert_null(strchr(text, '\x1b'));
	assert_null(strstr(text, "\n "));
	assert_null(strstr(text, "\n\t"));
	assert_non_null(strstr(text, "\n## one (CIS-1.1.3, CIS-1.1.4): A title\n" PEXEC "\n"));
	assert_non_null(strstr(text, "\n## two: \\x1B[31mred\n-c\n"));
	assert_true(made.plan.file_changes);
	release(&made);
	tree_remove(tree);
}

int main(void)
{
	const struct CMUnitTest others[] = {cmocka_unit_test(the_file_is_plain)};
	int failed = TABLE_RUN("plan", rows, row_holds);

	return failed + cmocka_run_group_tests_name("plan's file", others, NULL, NULL);
}
