#include "tests/unit/table.h"

#include "analyzer/ecs.h"
#include "analyzer/event_phrase.h"

#include <stdio.h>
#include <string.h>

enum {
	LIST_MAX = 4,
};

/* what a row sets of an event; a number that is left out is not known */
struct sample {
	const char *node;
	int64_t time;
	uint32_t serial;
	const char *types[LIST_MAX];
	const char *keys[LIST_MAX];
	const char *syscall;
	enum event_outcome outcome;
	int64_t *auid;
	const char *auid_name, *uid_name, *exe, *comm, *cwd, *operation, *account, *remote;
	struct slice arguments[LIST_MAX];
	size_t argument_count;
	struct event_path paths[LIST_MAX];
	size_t path_count;
	int family;
	const char *address;
	int64_t port;
};

struct row {
	const char *name;
	struct sample sample;
	const char *path;     /* dotted */
	const char *expected; /* compact JSON, or NULL: absent */
};

#define TEXT(string)                                                                               \
	{                                                                                          \
		.bytes = (string), .length = sizeof(string) - 1                                    \
	}
#define PATH(path_name, type)                                                                      \
	{                                                                                          \
		.item = EVENT_UNSET, .name = TEXT(path_name), .nametype = TEXT(type),              \
		.inode = EVENT_UNSET, .mode = EVENT_UNSET                                          \
	}

static int64_t login_1001 = 1001, login_unset = EVENT_NO_LOGIN;

static struct row rows[] = {
	{"time is UTC with milliseconds",
	 {.time = 1795590162713},
	 "@timestamp",
	 "\"2026-11-25T07:02:42.713Z\""},
	{"id", {.time = 1795590162003, .serial = 7}, "event.id", "\"1795590162.003:7\""},
	{"id with a node", {.node = "h1", .time = 1500, .serial = 9}, "event.id", "\"h1/1.500:9\""},
	{"C69: largest serial",
	 {.time = 1500, .serial = UINT32_MAX},
	 "event.id",
	 "\"1.500:4294967295\""},
	{"node", {.node = "h1"}, "host.name", "\"h1\""},
	{"no node", {.node = NULL}, "host", NULL},
	{"C79: a raw log names nobody", {.auid = &login_1001}, "user.audit", "{\"id\":\"1001\"}"},
	{"C79: an enriched log does",
	 {.auid = &login_1001, .auid_name = "carol"},
	 "user.audit",
	 "{\"id\":\"1001\",\"name\":\"carol\"}"},
	{"C69: no login",
	 {.auid = &login_unset},
	 "user.audit",
	 "{\"id\":\"4294967295\",\"name\":\"unset\"}"},
	{"no record says who", {.uid_name = NULL}, "user", NULL},
	{"outcome, unknown", {.outcome = EVENT_OUTCOME_UNKNOWN}, "event.outcome", "\"unknown\""},
	{"outcome, failure", {.outcome = EVENT_FAILURE}, "event.outcome", "\"failure\""},
	{"action of a system call",
	 {.types = {"SYSCALL", "PATH"}, .syscall = "openat"},
	 "event.action",
	 "\"openat\""},
	{"action of another record beside a system call",
	 {.types = {"CONFIG_CHANGE", "SYSCALL"}, .syscall = "sendto"},
	 "event.action",
	 "\"config_change\""},
	{"category of a program's start",
	 {.types = {"SYSCALL", "EXECVE"}, .syscall = "execve"},
	 "event.category",
	 "[\"process\"]"},
	{"category of a login",
	 {.types = {"USER_LOGIN"}},
	 "event.category",
	 "[\"authentication\"]"},
	{"category of a family of types", {.types = {"ADD_USER"}}, "event.category", "[\"iam\"]"},
	{"category of a file",
	 {.types = {"SYSCALL"},
	  .syscall = "openat",
	  .paths = {PATH("/a", "NORMAL")},
	  .path_count = 1},
	 "event.category",
	 "[\"file\"]"},
	{"category of nothing known", {.types = {"AVC"}}, "event.category", NULL},
	{"record types, one a record",
	 {.types = {"SYSCALL", "PATH", "PATH"}},
	 "auditd.record_types",
	 "[\"SYSCALL\",\"PATH\",\"PATH\"]"},
	{"C85: keys",
	 {.keys = {"docker", "cis-1.1.7"}},
	 "auditd.keys",
	 "[\"docker\",\"cis-1.1.7\"]"},
	{"no keys", {.keys = {NULL}}, "auditd.keys", NULL},
	{"C45: arguments, an absent one",
	 {.arguments = {TEXT("/bin/ls"), TEXT(""), TEXT("/etc")}, .argument_count = 3},
	 "process.args",
	 "[\"/bin/ls\",\"\",\"/etc\"]"},
	{"C43: argument of bytes that are no UTF-8",
	 {.arguments = {TEXT("CAFE"), TEXT("\xCA\xFE")}, .argument_count = 2},
	 "process.args",
	 "[\"CAFE\",\"\\\\xCA\\\\xFE\"]"},
	{"C69: NUL in a text",
	 {.arguments = {TEXT("a\0b")}, .argument_count = 1},
	 "process.args",
	 "[\"a\\\\x00b\"]"},
	{"C82: newline and a forged line stay in their text",
	 {.arguments = {TEXT("\n[PASS] all ok"), TEXT("<script>")}, .argument_count = 2},
	 "process.args",
	 "[\"\\n[PASS] all ok\",\"<script>\"]"},
	{"process name is comm",
	 {.exe = "/usr/bin/python3.11", .comm = "docker-compose"},
	 "process.name",
	 "\"docker-compose\""},
	{"process name without comm",
	 {.exe = "/usr/bin/python3.11"},
	 "process.name",
	 "\"python3.11\""},
	{"C44: file name in Latin-1",
	 {.paths = {PATH("/tmp/file\xF1", "CREATE")}, .path_count = 1},
	 "file.path",
	 "\"/tmp/file\\\\xF1\""},
	{"file is not the directory of it",
	 {.syscall = "openat",
	  .paths = {PATH("/etc/docker/", "PARENT"), PATH("/etc/docker/daemon.json", "CREATE")},
	  .path_count = 2},
	 "file.path",
	 "\"/etc/docker/daemon.json\""},
	{"file is not the directory that comes behind",
	 {.syscall = "unlink",
	  .paths = {PATH("/a/b", "DELETE"), PATH("/a/", "PARENT")},
	  .path_count = 2},
	 "file.path",
	 "\"/a/b\""},
	{"file of a renaming is the new one",
	 {.syscall = "rename",
	  .paths = {PATH("/a/", "PARENT"), PATH("/a/old", "DELETE"), PATH("/a/new", "CREATE")},
	  .path_count = 3},
	 "file.path",
	 "\"/a/new\""},
	{"file is a directory where nothing else is named",
	 {.syscall = "openat", .paths = {PATH("/a/", "PARENT")}, .path_count = 1},
	 "file.path",
	 "\"/a/\""},
	{"file of a start is the program, not its loader",
	 {.syscall = "execve",
	  .paths = {PATH("/bin/ls", "NORMAL"), PATH("/lib64/ld-linux-x86-64.so.2", "NORMAL")},
	  .path_count = 2},
	 "file.path",
	 "\"/bin/ls\""},
	{"relative file is below the working directory",
	 {.syscall = "unlink",
	  .cwd = "/etc",
	  .paths = {PATH("./passwd", "DELETE")},
	  .path_count = 1},
	 "file.path",
	 "\"/etc/passwd\""},
	{"relative to a directory that no record names",
	 {.syscall = "unlinkat", .cwd = "/", .paths = {PATH("diff", "DELETE")}, .path_count = 1},
	 "file.path",
	 "\"diff\""},
	{"all paths",
	 {.paths = {PATH("/a/", "PARENT"), PATH("/a/b", "CREATE")}, .path_count = 2},
	 "auditd.paths",
	 "[{\"name\":\"/a/\",\"nametype\":\"PARENT\"},{\"name\":\"/a/"
	 "b\",\"nametype\":\"CREATE\"}]"},
	{"address of a peer",
	 {.syscall = "connect", .family = 2, .address = "192.0.2.1", .port = 443},
	 "destination",
	 "{\"address\":\"192.0.2.1\",\"ip\":\"192.0.2.1\",\"port\":443}"},
	{"unix socket",
	 {.syscall = "connect", .family = 1, .address = "/run/docker.sock", .port = EVENT_UNSET},
	 "destination",
	 "{\"address\":\"/run/docker.sock\"}"},
	{"peer that came to us",
	 {.syscall = "accept4", .family = 10, .address = "2001:db8::1", .port = 5},
	 "source",
	 "{\"address\":\"2001:db8::1\",\"ip\":\"2001:db8::1\",\"port\":5}"},
	{"C50: family without a name",
	 {.syscall = "connect", .family = 32767, .port = EVENT_UNSET},
	 "auditd.socket.family",
	 "32767"},
	{"C81: remote host",
	 {.types = {"USER_AUTH"}, .remote = "192.0.2.7"},
	 "source",
	 "{\"address\":\"192.0.2.7\",\"ip\":\"192.0.2.7\"}"},
	{"remote host that is a name",
	 {.types = {"USER_AUTH"}, .remote = "gw"},
	 "source",
	 "{\"address\":\"gw\"}"},
	{"C81: account",
	 {.types = {"USER_AUTH"}, .account = "(invalid user)"},
	 "auditd.account",
	 "\"(invalid user)\""},
};

struct built {
	struct stored_event stored;
	struct slice types[LIST_MAX], keys[LIST_MAX];
};

static struct slice known(const char *string)
{
	return string ? slice_of(string) : (struct slice)SLICE_NONE;
}

static size_t fill_list(const char *const from[LIST_MAX], struct slice to[LIST_MAX])
{
	size_t count = 0;

	for (; count < LIST_MAX && from[count]; count++)
		to[count] = slice_of(from[count]);
	return count;
}

static void build(const struct sample *sample, struct built *built)
{
	struct event *event = &built->stored.event;

	*built = (struct built){.stored = {.row = 1}};
	built->stored.type_count = fill_list(sample->types, built->types);
	built->stored.types = built->types;
	event->key_count = fill_list(sample->keys, built->keys);
	event->keys = built->keys;
	event->id.node = sample->node ? slice_of(sample->node) : slice_of("");
	event->id.time = sample->time;
	event->id.serial = sample->serial;
	event->arch = event->syscall = event->exit = event->pid = event->ppid = EVENT_UNSET;
	event->uid = event->gid = event->euid = event->session = EVENT_UNSET;
	event->auid = sample->auid ? *sample->auid : EVENT_UNSET;
	event->syscall_name = sample->syscall;
	event->outcome = sample->outcome;
	event->auid_name = known(sample->auid_name);
	event->uid_name = known(sample->uid_name);
	event->exe = known(sample->exe);
	event->comm = known(sample->comm);
	event->cwd = known(sample->cwd);
	event->operation = known(sample->operation);
	event->account = known(sample->account);
	event->remote = known(sample->remote);
	event->arguments = sample->arguments;
	event->argument_count = sample->argument_count;
	event->paths = sample->paths;
	event->path_count = sample->path_count;
	event->socket.family = sample->family ? sample->family : -1;
	event->socket.address = known(sample->address);
	event->socket.port = sample->port;
}

static json_t *find(json_t *object, const char *path)
{
	char names[64];
	char *rest = names;

	(void)snprintf(names, sizeof(names), "%s", path);
	while (object && rest)
		object = json_object_get(object, strsep(&rest, "."));
	return object;
}

static void row_holds(void **state)
{
	const struct row *row = *state;
	struct built built;
	json_t *object, *found;
	char *text;

	build(&row->sample, &built);
	object = ecs_event(&built.stored);
	assert_non_null(object);
	found = find(object, row->path);
	if (!row->expected) {
		assert_null(found);
	} else {
		assert_non_null(found);
		text = json_dumps(found, JSON_COMPACT | JSON_ENCODE_ANY);
		assert_non_null(text);
		assert_string_equal(text, row->expected);
		free(text);
	}
	json_decref(object);
}

struct phrase_row {
	const char *name;
	struct sample sample;
	const char *object;
};

static struct phrase_row phrase_rows[] = {
	{"command line, quoted where it must be",
	 {.types = {"SYSCALL"},
	  .syscall = "execve",
	  .arguments = {TEXT("sh"), TEXT("-c"), TEXT("echo 'hi'"), TEXT("")},
	  .argument_count = 4},
	 "sh -c 'echo '\\''hi'\\''' ''"},
	{"renaming",
	 {.types = {"SYSCALL"},
	  .syscall = "rename",
	  .paths = {PATH("/a/old", "DELETE"), PATH("/a/new", "CREATE")},
	  .path_count = 2},
	 "/a/old -> /a/new"},
	{"address with port",
	 {.types = {"SYSCALL"},
	  .syscall = "connect",
	  .family = 10,
	  .address = "2001:db8::1",
	  .port = 443},
	 "2001:db8::1 port 443"},
	{"C49: unnamed socket",
	 {.types = {"SYSCALL"},
	  .syscall = "connect",
	  .family = 1,
	  .address = "(unnamed)",
	  .port = EVENT_UNSET},
	 "(unnamed)"},
	{"C50: socket of a family without address",
	 {.types = {"SYSCALL"}, .syscall = "connect", .family = 32767, .port = EVENT_UNSET},
	 "socket of family 32767"},
	{"C81: message of a program",
	 {.types = {"USER_AUTH"},
	  .operation = "PAM:authentication",
	  .account = "(invalid user)",
	  .remote = "192.0.2.7"},
	 "PAM:authentication acct=(invalid user) from 192.0.2.7"},
	{"nothing", {.types = {"AVC"}}, ""},
};

static void phrase_holds(void **state)
{
	CLEANUP(text_done) struct text text = TEXT_INIT;
	const struct phrase_row *row = *state;
	struct built built;

	build(&row->sample, &built);
	assert_int_equal(event_phrase_object(&built.stored, &text), 0);
	assert_string_equal(text_string(&text), row->object);
}

/* an object is cut, so that a line of a timeline has an end */
static void long_objects_are_cut(void **state)
{
	static char long_argument[2 * EVENT_PHRASE_OBJECT_MAX];
	CLEANUP(text_done) struct text text = TEXT_INIT;
	struct sample sample = {.types = {"SYSCALL"}, .syscall = "execve", .argument_count = 1};
	struct built built;

	(void)state;
	memset(long_argument, 'A', sizeof(long_argument));
	sample.arguments[0] = (struct slice){.bytes = long_argument, sizeof(long_argument)};
	build(&sample, &built);
	assert_int_equal(event_phrase_object(&built.stored, &text), 0);
	assert_int_equal(text.length, EVENT_PHRASE_OBJECT_MAX + 3);
	assert_string_equal(text.bytes + text.length - 4, "A...");
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(long_objects_are_cut)};
	int failed = TABLE_RUN("ecs", rows, row_holds);

	failed += TABLE_RUN("event_phrase", phrase_rows, phrase_holds);
	return failed + cmocka_run_group_tests_name("event_phrase limits", tests, NULL, NULL);
}
