#include "tests/unit/table.h"
#include "tests/unit/tree.h"

#include "auditmgr/host_root.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

static const struct tree_entry entries[] = {
	{TREE_FILE, "/usr/bin/runc", "runc"},
	{TREE_FILE, "/etc/daemon.json", "{}"},
	{TREE_DIRECTORY, "/srv/docker", NULL},
	{TREE_FIFO, "/etc/fifo", NULL},
	{TREE_LINK, "/bin", "usr/bin"},
	{TREE_LINK, "/usr/sbin", "bin"},
	{TREE_LINK, "/var/lib/docker", "/srv/docker"},
	{TREE_LINK, "/etc/up", "../../../../../../../../etc/daemon.json"},
	{TREE_LINK, "/etc/outside", "/etc/hostname-that-is-only-outside"},
	{TREE_LINK, "/etc/passwd", "/../../../../etc/passwd"},
	{TREE_LINK, "/etc/loop", "loop"},
	{TREE_LINK, "/etc/loop-a", "/etc/loop-b"},
	{TREE_LINK, "/etc/loop-b", "/etc/loop-a"},
	{TREE_LINK, "/etc/rc", "/usr/sbin/runc"},
	{TREE_END, NULL, NULL},
};

struct row {
	const char *name;
	const char *path;
	bool follow_last;
	enum place_state state;
	const char *result;
	mode_t type;
};

static struct row rows[] = {
	{"a plain file", "/usr/bin/runc", false, PLACE_FOUND, "/usr/bin/runc", S_IFREG},
	{"the root itself", "/", false, PLACE_FOUND, "/", S_IFDIR},
	{"slashes and dots", "//usr/./bin//runc/", false, PLACE_FOUND, "/usr/bin/runc", S_IFREG},
	{"a linked directory", "/bin/runc", false, PLACE_FOUND, "/usr/bin/runc", S_IFREG},
	{"two linked directories", "/usr/sbin/runc", false, PLACE_FOUND, "/usr/bin/runc", S_IFREG},
	{"a last link is kept", "/var/lib/docker", false, PLACE_FOUND, "/var/lib/docker", S_IFLNK},
	{"a last link is followed", "/var/lib/docker", true, PLACE_FOUND, "/srv/docker", S_IFDIR},
	{"absolute links stay inside", "/etc/rc", true, PLACE_FOUND, "/usr/bin/runc", S_IFREG},
	{"dots above the root stay at it", "/etc/up", true, PLACE_FOUND, "/etc/daemon.json",
	 S_IFREG},
	{"an absolute link to what is only outside", "/etc/outside", true, PLACE_ABSENT,
	 "/etc/hostname-that-is-only-outside", 0},
	{"a link that tries to climb out loops inside", "/etc/passwd", true, PLACE_UNKNOWN, NULL,
	 0},
	{"dots in the path", "/usr/bin/../../etc/daemon.json", false, PLACE_FOUND,
	 "/etc/daemon.json", S_IFREG},
	{"dots behind a link count from its target", "/var/lib/docker/../docker", false,
	 PLACE_FOUND, "/srv/docker", S_IFDIR},
	{"an absent file", "/etc/docker", false, PLACE_ABSENT, "/etc/docker", 0},
	{"an absent directory", "/etc/docker/daemon.json", false, PLACE_NO_PARENT,
	 "/etc/docker/daemon.json", 0},
	{"an absent file behind a link", "/bin/crun", false, PLACE_ABSENT, "/usr/bin/crun", 0},
	{"below a file", "/usr/bin/runc/x", false, PLACE_NO_PARENT, "/usr/bin/runc/x", 0},
	{"a link to itself, kept", "/etc/loop", false, PLACE_FOUND, "/etc/loop", S_IFLNK},
	{"a link to itself", "/etc/loop", true, PLACE_UNKNOWN, NULL, 0},
	{"links in a circle", "/etc/loop-a/x", false, PLACE_UNKNOWN, NULL, 0},
};

static char *tree;

static void row_holds(void **state)
{
	const struct row *row = *state;
	struct host_root root = HOST_ROOT_INIT;
	struct host_place place = HOST_PLACE_INIT;
	struct error error = ERROR_INIT;

	assert_int_equal(host_root_open(&root, tree, &error), 0);
	assert_int_equal(host_root_look(&root, row->path, row->follow_last, &place), 0);
	assert_int_equal(place.state, row->state);
	assert_int_equal(place.mode & S_IFMT, row->type);
	assert_int_equal(place.error_number, row->state == PLACE_UNKNOWN ? ELOOP : 0);
	if (row->result)
		assert_string_equal(text_string(&place.path), row->result);
	host_place_done(&place);
	host_root_done(&root);
}

static void reads_inside_only(void **state)
{
	struct host_root root = HOST_ROOT_INIT;
	struct text content = TEXT_INIT;
	struct error error = ERROR_INIT;

	(void)state;
	assert_int_equal(host_root_open(&root, tree, &error), 0);
	assert_int_equal(host_root_read(&root, "/etc/up", 100, &content, &error), 1);
	assert_string_equal(text_string(&content), "{}");
	assert_int_equal(host_root_read(&root, "/etc/outside", 100, &content, &error), 0);
	/* the machine's own passwd is there, and is not what the link gives */
	assert_int_equal(host_root_read(&root, "/etc/passwd", 1 << 20, &content, &error), -1);
	assert_int_equal(error.kind, ERROR_INPUT);
	assert_int_equal(host_root_read(&root, "/usr/bin/runc", 3, &content, &error), -1);
	assert_int_equal(error.kind, ERROR_INPUT);
	/* a FIFO would hang the reader */
	assert_int_equal(host_root_read(&root, "/etc/fifo", 100, &content, &error), -1);
	assert_int_equal(host_root_read(&root, "/srv", 100, &content, &error), -1);
	text_done(&content);
	host_root_done(&root);
}

static void refuses_what_is_no_tree(void **state)
{
	struct host_root root = HOST_ROOT_INIT;
	struct error error = ERROR_INIT;
	char path[4096];

	(void)state;
	(void)snprintf(path, sizeof(path), "%s/usr/bin/runc", tree);
	assert_int_equal(host_root_open(&root, path, &error), -1);
	assert_int_equal(error.kind, ERROR_INPUT);
	(void)snprintf(path, sizeof(path), "%s/none", tree);
	assert_int_equal(host_root_open(&root, path, &error), -1);
	assert_int_equal(error.kind, ERROR_INPUT);
	assert_string_equal(error.why, "there is no such directory");
	assert_int_equal(host_root_open(&root, NULL, &error), 0);
	assert_string_equal(root.path, "");
	host_root_done(&root);
}

int main(void)
{
	const struct CMUnitTest others[] = {
		cmocka_unit_test(reads_inside_only),
		cmocka_unit_test(refuses_what_is_no_tree),
	};
	int failed;

	tree = tree_make(entries);
	failed = TABLE_RUN("host_root", rows, row_holds);
	failed += cmocka_run_group_tests_name("host_root files", others, NULL, NULL);
	tree_remove(tree);
	return failed;
}
