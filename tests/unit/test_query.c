#include "tests/unit/sample_invocation.h"
#include "tests/unit/sample_store.h"
#include "tests/unit/table.h"

#include "analyzer/query.h"
#include "common/text.h"

#include <string.h>

#define NOW 1795602030400LL

/*
 * The events that the rows below ask for, each known by its serial. Arrival is not in order of
 * time.
 */
static void fill(struct sample_store *store)
{
	int64_t row;

	/* C53: the number of one column is not found in another */
	row = sample_store_event(
		store, SAMPLE_EVENT(.time = 10013, .serial = 19, .syscall = "unlink", .success = 1,
				    .pid = 2, .auid = 1000, .uid = SAMPLE_ZERO, .session = 7,
				    .exe = "/p", .auid_name = "adm", .uid_name = "root"));
	sample_store_path(store, row, 0, "/etc/docker/", "PARENT");
	sample_store_path(store, row, 1, "/etc/docker/daemon.json", "DELETE");
	/* C85 */
	row = sample_store_event(store, SAMPLE_EVENT(.time = 10016, .serial = 22,
						     .keys = "docker\1cis-1.1.7",
						     .syscall = "openat", .success = 1, .pid = 1,
						     .exe = "/usr/bin/a", .auid = 4294967295,
						     .uid = 1000, .session = 4294967295));
	sample_store_path(store, row, 0, "/etc/dockerx", "NORMAL");
	row = sample_store_event(store,
				 SAMPLE_EVENT(.time = 10002, .serial = 3, .keys = "docker",
					      .syscall = "connect", .success = SAMPLE_ZERO,
					      .pid = 1000, .exe = "/usr/local/bin/a", .auid = 1001,
					      .uid = 1001, .session = 8, .auid_name = "dev",
					      .uid_name = "dev", .node = "h1", .socket_family = 10,
					      .socket_address = "192.0.2.1", .socket_port = 443,
					      .types = "SYSCALL,SOCKADDR,PROCTITLE"));
	sample_store_path(store, row, 0, "/etc/docker", "NORMAL");
	/* C81 */
	sample_store_event(store, SAMPLE_EVENT(.time = 10015, .serial = 21, .types = "USER_AUTH",
					       .pid = 1, .auid = 4294967295, .uid = SAMPLE_ZERO,
					       .success = SAMPLE_ZERO, .exe = "/usr/sbin/sshd",
					       .remote = "192.0.2.7"));
	/* the same time and serial on two nodes */
	sample_store_event(store, SAMPLE_EVENT(.time = 10002, .serial = 3, .node = "h2",
					       .keys = "k", .pid = 5, .exe = "/bin/sh"));
	row = sample_store_event(store, SAMPLE_EVENT(.time = 10002, .serial = 2, .node = "h2",
						     .keys = "docker_sock", .pid = 6,
						     .exe = "/bin/sh\xF1"));
	sample_store_path(store, row, 0, "/tmp/file\xF1", "CREATE");
	sample_store_path(store, row, 1, NULL, "CREATE");
}

struct row {
	const char *name;
	const char *line;
	const char *serials;
};

static struct row rows[] = {
	{"all, by time and serial", "", "2 3 3 19 21 22"},
	{"limit gives the oldest", "--limit=2", "2 3"},
	{"limit of none", "--limit=0", ""},
	{"since takes its own moment", "--since=@10.013", "19 21 22"},
	{"until leaves its own moment out", "--until=@10.013", "2 3 3"},
	{"since and until", "--since=@10.013 --until=@10.016", "19 21"},
	{"key", "--key=docker", "3 22"},
	{"C85: the second key", "--key=cis-1.1.7", "22"},
	{"C85: no part of a key", "--key=cis", ""},
	{"key by pattern", "--key=docker*", "2 3 22"},
	{"either key", "--key=k --key=cis-1.1.7", "3 22"},
	{"all keys, not the events without", "--key=*", "2 3 3 22"},
	{"C53: uid 0", "--user=uid=0", "19 21"},
	{"C53: 0 is in no other number", "--user=0", "19 21"},
	{"C53: auid 1000 and uid 1000", "--user=1000", "19 22"},
	{"auid alone", "--user=auid=1000", "19"},
	{"C53: pid 1000 is no user", "--pid=1000", "3"},
	{"C69: unset login user", "--user=unset", "21 22"},
	{"C69: the same as a number", "--user=4294967295", "21 22"},
	{"user by the log's name", "--user=dev", "3"},
	{"C79: root is who the log calls so", "--user=root", "19"},
	{"user by name as login user", "--user=auid=root", ""},
	{"user that the log never names", "--user=nobody", ""},
	{"session", "--session=7", "19"},
	{"session unset", "--session=unset", "22"},
	{"pids", "--pid=1 --pid=2", "19 21 22"},
	{"exe by path", "--exe=/usr/bin/a", "22"},
	{"exe by base name", "--exe=a", "3 22"},
	{"exe by pattern", "--exe=/usr/*", "3 21 22"},
	{"exe by pattern of the base name", "--exe=s*d", "21"},
	{"C44: exe with a byte that is no UTF-8", "--exe=sh\\xF1", "2"},
	{"path", "--path=/etc/docker/daemon.json", "19"},
	{"path is whole", "--path=/etc/docker", "3"},
	{"path of a directory and all below", "--path=/etc/docker/", "3 19"},
	{"path by pattern of what comes first", "--path=/etc/docker*", "3 19 22"},
	{"path by pattern of what comes last", "--path=*.json", "19"},
	{"path by pattern of both", "--path=/etc/*.json", "19"},
	{"C44: path with a byte that is no UTF-8", "--path=/tmp/file\\xF1", "2"},
	{"path that begins so up to a byte 255", "--path=/tmp/file\\xF1*", "2"},
	{"root directory and all below", "--path=/", "2 3 19 22"},
	{"either path", "--path=/etc/dockerx --path=*.json", "19 22"},
	{"system call", "--syscall=unlink", "19"},
	{"either system call", "--syscall=unlink --syscall=openat", "19 22"},
	{"record type", "--type=SOCKADDR", "3"},
	{"record type, alone", "--type=USER_AUTH", "21"},
	{"record type in all", "--type=SYSCALL", "2 3 3 19 22"},
	{"success", "--result=success", "19 22"},
	{"failure is not what no record says", "--result=failure", "3 21"},
	{"host is the node", "--host=h2", "2 3"},
	{"C81: host is the remote address", "--host=192.0.2.7", "21"},
	{"C50: host is the address of a socket", "--host=192.0.2.1", "3"},
	{"host by pattern", "--host=192.0.2.*", "3 21"},
	{"options must all hold", "--key=docker --result=failure", "3"},
	{"options that exclude each other", "--key=docker --path=*.json", ""},
	{"everything at once",
	 "--since=@10 --until=@11 --user=dev --session=8 --pid=1000 --exe=a --path=/etc/* "
	 "--key=docker --syscall=connect --type=SYSCALL --result=failure --host=h1 --limit=5",
	 "3"},
	{"SQL in a value is a value", "--key='~OR~1=1~--", ""},
	{"SQL in a user", "--user=root'~OR~'1'='1", ""},
	{"SQL in a path", "--path=/etc/'~OR~'1'='1", ""},
};

static void row_holds(void **state)
{
	CLEANUP(filter_done) struct filter filter = FILTER_INIT;
	CLEANUP(store_reader_done) struct store_reader *reader = NULL;
	CLEANUP(query_done) struct query *query = NULL;
	CLEANUP(text_done) struct text serials = TEXT_INIT;
	const struct row *row = *state;
	const struct stored_event *event;
	struct sample_invocation sample;
	struct error error = ERROR_INIT;
	struct sample_store store;
	int more;

	sample_store_create(&store);
	fill(&store);
	sample_store_close(&store);
	sample_invocation_fill(&sample, row->line);
	assert_int_equal(filter_parse(&sample.invocation, NOW, &filter, &error), 0);
	reader = store_reader_open(store.path, &error);
	assert_non_null(reader);
	query = query_new(reader, &filter, &error);
	if (!query)
		fail_msg("%s", error.why);
	while ((more = query_next(query, &event, &error)) == 1)
		assert_int_equal(text_append_format(&serials, "%s%u", serials.length ? " " : "",
						    event->event.id.serial),
				 0);
	assert_int_equal(more, 0);
	assert_string_equal(text_string(&serials), row->serials);
	sample_store_remove(&store);
}

struct plan_row {
	const char *name;
	const char *line;
	const char *index; /* what the plan must search by */
};

static struct plan_row plan_rows[] = {
	{"C83: key", "--key=docker", "SEARCH event USING INDEX event_by_keys (keys_id=?"},
	{"C83: key in a range of time", "--key=docker --since=@5 --until=@6",
	 "SEARCH event USING INDEX event_by_keys (keys_id=? AND time>? AND time<?)"},
	{"C83: keys by pattern", "--key=d*", "SEARCH event USING INDEX event_by_keys (keys_id=?"},
	{"C83: pid", "--pid=7", "SEARCH event USING INDEX event_by_pid (pid=?"},
	{"C83: pid in a range of time", "--pid=7 --since=@5",
	 "SEARCH event USING INDEX event_by_pid (pid=? AND time>?)"},
	{"C83: pids with a limit", "--pid=7 --pid=8 --limit=3",
	 "SEARCH event USING INDEX event_by_pid (pid=?"},
	{"exe", "--exe=/bin/sh", "SEARCH event USING INDEX event_by_exe (exe_id=?"},
	{"exe by base name with a limit", "--exe=sh --limit=3",
	 "SEARCH event USING INDEX event_by_exe (exe_id=?"},
	{"C83: path", "--path=/etc/passwd",
	 "SEARCH path USING COVERING INDEX path_by_name (name_id=?)"},
	{"C83: directory", "--path=/etc/",
	 "SEARCH path USING COVERING INDEX path_by_name (name_id=?)"},
	{"C83: hour", "--since=@5 --until=@6",
	 "SEARCH event USING COVERING INDEX event_identity (time>? AND time<?)"},
	{"login user", "--user=auid=1000", "USING COVERING INDEX event_by_auid (auid=?)"},
	{"user", "--user=1000", "USING COVERING INDEX event_by_uid (uid=?)"},
	{"user by name", "--user=dev", "USING INDEX event_by_auid_name (auid_name_id=?)"},
	{"user by name, other role", "--user=dev", "USING INDEX event_by_uid_name (uid_name_id=?)"},
	{"session", "--session=7", "SEARCH event USING INDEX event_by_session (session=?"},
	{"type", "--type=EXECVE", "SEARCH event USING INDEX event_by_types (types_id=?"},
};

static void explain(const struct store_reader *reader, const struct query *query, struct text *plan)
{
	CLEANUP(statement_done) sqlite3_stmt *statement = NULL;
	CLEANUP(text_done) struct text sql = TEXT_INIT;
	struct error error = ERROR_INIT;

	assert_int_equal(text_append_format(&sql, "EXPLAIN QUERY PLAN %s",
					    sqlite3_sql(query_statement(query))),
			 0);
	statement = database_prepare(store_reader_database(reader), sql.bytes, &error);
	assert_non_null(statement);
	while (database_step(statement, "cannot explain", &error) == 1)
		assert_int_equal(
			text_append_format(plan, "%s\n",
					   (const char *)sqlite3_column_text(statement, 3)),
			0);
}

static void plan_uses_index(void **state)
{
	CLEANUP(filter_done) struct filter filter = FILTER_INIT;
	CLEANUP(store_reader_done) struct store_reader *reader = NULL;
	CLEANUP(query_done) struct query *query = NULL;
	CLEANUP(text_done) struct text plan = TEXT_INIT;
	const struct plan_row *row = *state;
	struct sample_invocation sample;
	struct error error = ERROR_INIT;
	struct sample_store store;

	sample_store_create(&store);
	fill(&store);
	sample_store_close(&store);
	sample_invocation_fill(&sample, row->line);
	assert_int_equal(filter_parse(&sample.invocation, NOW, &filter, &error), 0);
	reader = store_reader_open(store.path, &error);
	assert_non_null(reader);
	query = query_new(reader, &filter, &error);
	assert_non_null(query);
	explain(reader, query, &plan);
	if (!strstr(text_string(&plan), row->index) || strstr(text_string(&plan), "SCAN event"))
		fail_msg("the plan is:\n%s", text_string(&plan));
	sample_store_remove(&store);
}

int main(void)
{
	int failed = TABLE_RUN("query", rows, row_holds);

	return failed + TABLE_RUN("query plans", plan_rows, plan_uses_index);
}
