#include "tests/unit/host_trees.h"
#include "tests/unit/table.h"

#include "auditmgr/rules_file.h"
#include "common/file.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

#define BEFORE "-w /etc/before -p wa -k before\n"
#define OURS   RULES_FILE_PATH

/* A plan with this file's text, as rules_file_write takes it. */
struct made {
	char *tree;
	struct host host;
	struct rules_directory installed;
	struct plan plan;
};

static void make(struct made *made, const struct tree_entry *base, const struct tree_entry *more,
		 const char *wanted)
{
	struct host_options options = {.machine = "x86_64"};
	struct error error = ERROR_INIT;

	*made = (struct made){.installed = RULES_DIRECTORY_INIT, .plan = PLAN_INIT};
	made->tree = tree_make(base);
	tree_add(made->tree, more);
	options.root = made->tree;
	assert_int_equal(host_discover(&made->host, &options, &error), 0);
	assert_int_equal(rules_directory_read(&made->installed, &made->host, &error), 0);
	assert_int_equal(text_append_string(&made->plan.file, wanted), 0);
	made->plan.file_changes =
		!made->installed.exists || strcmp(wanted, text_string(&made->installed.bytes)) != 0;
}

static void release(struct made *made)
{
	plan_done(&made->plan);
	rules_directory_done(&made->installed);
	host_done(&made->host);
	tree_remove(made->tree);
}

/* The content of a file of the tree; NULL where it is not there. The caller frees. */
static char *content(const struct made *made, const char *name, struct stat *status)
{
	struct text text = TEXT_INIT;
	struct error error = ERROR_INIT;
	char *path;

	assert_true(asprintf(&path, "%s%s", made->tree, name) > 0);
	if (lstat(path, status) == 0)
		assert_int_equal(file_read(path, 1 << 20, &text, &error), 0);
	else
		assert_int_equal(errno, ENOENT);
	free(path);
	return status->st_mode ? text_take(&text) : NULL;
}

static void expect_file(const struct made *made, const char *name, const char *wanted)
{
	struct stat status = {.st_mode = 0};
	char *got = content(made, name, &status);

	if (!wanted) {
		assert_null(got);
		return;
	}
	assert_non_null(got);
	assert_string_equal(got, wanted);
	assert_true(S_ISREG(status.st_mode));
	assert_int_equal(status.st_mode & 07777, RULES_FILE_MODE);
	free(got);
}

struct row {
	const char *name;
	struct tree_entry more[4];
	const char *wanted;
	bool changed;
	bool kept_previous;
	const char *file; /* where the file is in the end */
	const char *previous;
};

static struct row rows[] = {
	{"the first time", {{TREE_END, NULL, NULL}}, "-c\n", true, false, OURS, NULL},
	{"another text: the one before is kept",
	 {{TREE_FILE, OURS, BEFORE}},
	 "-c\n",
	 true,
	 true,
	 OURS,
	 BEFORE},
	{"the previous one is replaced",
	 {{TREE_FILE, OURS, BEFORE}, {TREE_FILE, OURS ".prev", "old"}},
	 "-c\n",
	 true,
	 true,
	 OURS,
	 BEFORE},
	{"the same text with the wrong mode",
	 {{TREE_FILE, OURS, "-c\n"}},
	 "-c\n",
	 true,
	 false,
	 OURS,
	 NULL},
	{"a link in its place is replaced, not written through",
	 {{TREE_FILE, "/srv/x.rules", BEFORE}, {TREE_LINK, OURS, "/srv/x.rules"}},
	 "-c\n",
	 true,
	 false,
	 OURS,
	 NULL},
	{"a linked directory stays inside the tree",
	 {{TREE_DIRECTORY, "/srv/audit", NULL}, {TREE_LINK, "/etc/audit/rules.d", "/srv/audit"}},
	 "-c\n",
	 true,
	 false,
	 "/srv/audit/50-docker.rules",
	 NULL},
	{"a directory linked above the root stays inside",
	 {{TREE_DIRECTORY, "/srv/audit", NULL},
	  {TREE_LINK, "/etc/audit/rules.d", "../../../../../../../srv/audit"}},
	 "-c\n",
	 true,
	 false,
	 "/srv/audit/50-docker.rules",
	 NULL},
};

static const struct tree_entry bare_tree[] = {{TREE_DIRECTORY, "/etc", NULL},
					      {TREE_END, NULL, NULL}};

static void row_holds(void **state)
{
	const struct row *row = *state;
	struct made made;
	struct rules_file_result result;
	struct error error = ERROR_INIT;

	make(&made, bare_tree, row->more, row->wanted);
	assert_int_equal(
		rules_file_write(&made.host.root, &made.plan, &made.installed, &result, &error), 0);
	assert_int_equal(result.changed, row->changed);
	assert_int_equal(result.kept_previous, row->kept_previous);
	expect_file(&made, row->file, row->wanted);
	expect_file(&made, OURS ".prev", row->previous);
	release(&made);
}

static void the_second_time_writes_nothing(void **state)
{
	static const struct tree_entry more[] = {{TREE_FILE, OURS, "-c\n"}, {TREE_END, NULL, NULL}};
	struct made made;
	struct rules_file_result result;
	struct error error = ERROR_INIT;
	struct stat before = {.st_mode = 0}, after = {.st_mode = 0};
	char *path;

	(void)state;
	make(&made, bare_tree, more, "-c\n");
	assert_true(asprintf(&path, "%s%s", made.tree, OURS) > 0);
	assert_int_equal(chmod(path, RULES_FILE_MODE), 0);
	made.installed.mode = RULES_FILE_MODE;
	assert_int_equal(stat(path, &before), 0);
	assert_int_equal(
		rules_file_write(&made.host.root, &made.plan, &made.installed, &result, &error), 0);
	assert_false(result.changed);
	assert_int_equal(stat(path, &after), 0);
	assert_int_equal(before.st_ino, after.st_ino);
	assert_memory_equal(&before.st_mtim, &after.st_mtim, sizeof(before.st_mtim));
	expect_file(&made, OURS ".prev", NULL);
	free(path);
	release(&made);
}

/* as on a full disk: a write beyond the limit fails */
static void a_failing_write_leaves_the_old_file(void **state)
{
	static const struct tree_entry more[] = {{TREE_FILE, OURS, BEFORE}, {TREE_END, NULL, NULL}};
	struct made made;
	struct rules_file_result result;
	struct error error = ERROR_INIT;
	struct rlimit limit, small;
	struct stat status = {.st_mode = 0};
	char *got, **names, *directory;
	size_t count;

	(void)state;
	make(&made, bare_tree, more, "-c\n" BEFORE BEFORE);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
	small = limit;
	small.rlim_cur = sizeof(BEFORE);
	assert_true(signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	assert_int_equal(
		rules_file_write(&made.host.root, &made.plan, &made.installed, &result, &error),
		-1);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
	assert_int_equal(error.kind, ERROR_SYSTEM);
	got = content(&made, OURS, &status);
	assert_string_equal(got, BEFORE);
	free(got);
	/* and no half-written file lies about: ours and the copy of it */
	assert_true(asprintf(&directory, "%s%s", made.tree, RULES_DIRECTORY) > 0);
	assert_int_equal(file_list(directory, "", &names, &count, &error), 0);
	assert_int_equal(count, 2);
	file_names_free(names, count);
	free(directory);
	release(&made);
}

int main(void)
{
	const struct CMUnitTest others[] = {
		cmocka_unit_test(the_second_time_writes_nothing),
		cmocka_unit_test(a_failing_write_leaves_the_old_file),
	};
	int failed = TABLE_RUN("rules_file", rows, row_holds);

	return failed + cmocka_run_group_tests_name("rules_file faults", others, NULL, NULL);
}
