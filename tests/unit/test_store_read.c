#include "tests/unit/sample_store.h"
#include "tests/unit/table.h"

#include "analyzer/store_read.h"
#include "common/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* two records of one event and one of another */
static const struct sample_record records[] = {
	{7, "type=SYSCALL msg=audit(1.500:9): a", 34},
	{300, "type=X msg=\xF1\x1D\x00 bytes", 19},
	{9, "", 0},
};

static struct store_reader *open_store(struct sample_store *store)
{
	struct error error = ERROR_INIT;
	struct store_reader *reader;

	sample_store_close(store);
	reader = store_reader_open(store->path, &error);
	if (!reader)
		fail_msg("%s: %s", error.what, error.why);
	return reader;
}

static void columns_come_back(void **state)
{
	static const char arguments[] = "sh\0\0-c\0";
	CLEANUP(store_reader_done) struct store_reader *reader = NULL;
	const struct stored_event *stored;
	struct error error = ERROR_INIT;
	const struct event *event;
	struct sample_store store;
	int64_t row;

	(void)state;
	sample_store_create(&store);
	row = sample_store_event(
		&store, SAMPLE_EVENT(.time = 1795590162713, .serial = 4294967295, .node = "h1",
				     .types = "SYSCALL,EXECVE,PATH", .keys = "docker\1cis-1.1.7",
				     .syscall = "execve", .success = 1, .pid = 42,
				     .auid = 4294967295, .uid = SAMPLE_ZERO, .session = 4294967295,
				     .uid_name = "root", .exe = "/bin/\xF1", .arguments = arguments,
				     .arguments_length = sizeof(arguments) - 1, .socket_family = 10,
				     .socket_address = "2001:db8::1", .socket_port = 443));
	sample_store_path(&store, row, 0, "/etc/", "PARENT");
	sample_store_path(&store, row, 1, NULL, "NORMAL");
	sample_store_path(&store, row, 2, "x", "CREATE");
	reader = open_store(&store);

	assert_int_equal(store_reader_event(reader, row, &stored, &error), 1);
	event = &stored->event;
	assert_int_equal(event->id.time, 1795590162713);
	/* C69: neither is negative nor cut */
	assert_int_equal(event->id.serial, 4294967295);
	assert_int_equal(event->auid, EVENT_NO_LOGIN);
	assert_true(slice_is(event->id.node, "h1"));
	assert_int_equal(stored->type_count, 3);
	assert_true(slice_is(stored->types[2], "PATH"));
	/* C85: two keys of one record */
	assert_int_equal(event->key_count, 2);
	assert_true(slice_is(event->keys[0], "docker"));
	assert_true(slice_is(event->keys[1], "cis-1.1.7"));
	assert_string_equal(event->syscall_name, "execve");
	assert_int_equal(event->outcome, EVENT_SUCCESS);
	assert_int_equal(event->ppid, EVENT_UNSET);
	assert_null(event->auid_name.bytes);
	assert_true(slice_is(event->uid_name, "root"));
	assert_true(slice_is(event->exe, "/bin/\xF1"));
	/* C45: an absent argument keeps its place */
	assert_int_equal(event->argument_count, 3);
	assert_int_equal(event->arguments[1].length, 0);
	assert_true(slice_is(event->arguments[2], "-c"));
	assert_int_equal(event->socket.family, 10);
	assert_int_equal(event->socket.port, 443);
	assert_int_equal(event->path_count, 3);
	assert_null(event->paths[1].name.bytes);
	assert_true(slice_is(event->paths[2].nametype, "CREATE"));
	assert_int_equal(event->paths[0].inode, EVENT_UNSET);

	assert_int_equal(store_reader_event(reader, row + 1, &stored, &error), 0);
	sample_store_remove(&store);
}

static void records_come_back_over_fragments(void **state)
{
	CLEANUP(store_reader_done) struct store_reader *reader = NULL;
	const struct stored_record *found;
	struct error error = ERROR_INIT;
	struct sample_store store;
	size_t first_length, second_length, count;
	int64_t row, first, second;

	(void)state;
	sample_store_create(&store);
	row = sample_store_event(&store, SAMPLE_EVENT(.time = 1500, .serial = 9));
	first = sample_store_block(&store, records, 2, &first_length);
	second = sample_store_block(&store, records + 2, 1, &second_length);
	/* the one that arrived first has the higher block */
	sample_store_fragment(&store, row, 0, "a.log", second, 0, (int64_t)second_length);
	sample_store_fragment(&store, row, 1, "b\xF1.log", first, 0, (int64_t)first_length);
	reader = open_store(&store);

	for (int again = 0; again < 2; again++) {
		assert_int_equal(store_reader_records(reader, row, &found, &count, &error), 0);
		assert_int_equal(count, 3);
		assert_true(slice_is(found[0].source, "a.log"));
		assert_int_equal(found[0].line, 9);
		assert_int_equal(found[0].bytes.length, 0);
		assert_true(slice_is(found[1].source, "b\xF1.log"));
		assert_int_equal(found[1].line, 7);
		assert_int_equal(found[2].line, 300);
		for (size_t i = 0; i < 2; i++) {
			assert_int_equal(found[i + 1].bytes.length, records[i].length);
			assert_memory_equal(found[i + 1].bytes.bytes, records[i].bytes,
					    records[i].length);
		}
	}
	/* an event that isn't there has no records */
	assert_int_equal(store_reader_records(reader, row + 1, &found, &count, &error), 0);
	assert_int_equal(count, 0);
	sample_store_remove(&store);
}

struct damage_row {
	const char *name;
	const char *sql; /* applied to a store of one event with one fragment of one block */
	const char *why; /* part of the error */
};

static struct damage_row damage_rows[] = {
	{"block missing", "DELETE FROM block", "it is missing"},
	{"length negative", "UPDATE block SET length = -1", "out of range"},
	{"length beyond all memory", "UPDATE block SET length = 9223372036854775807",
	 "out of range"},
	{"length a byte above the limit", "UPDATE block SET length = 67108865", "out of range"},
	{"length shorter than the content", "UPDATE block SET length = length - 1",
	 "does not decompress"},
	{"length longer than the content", "UPDATE block SET length = length + 1",
	 "does not decompress"},
	{"no bytes", "UPDATE block SET records = x''", "does not decompress"},
	{"bytes that are no zstd", "UPDATE block SET records = x'00112233445566778899'",
	 "does not decompress"},
	{"cut in the middle", "UPDATE block SET records = substr(records, 1, length(records) / 2)",
	 "does not decompress"},
	{"offset negative", "UPDATE event SET block_offset = -1", "outside of it"},
	{"offset behind the end", "UPDATE event SET block_offset = 1000000", "outside of it"},
	{"offset beyond 32 bits", "UPDATE event SET block_offset = 4294967296", "outside of it"},
	{"length negative in the fragment", "UPDATE event SET block_length = -5", "outside of it"},
	{"length past the end", "UPDATE event SET block_length = block_length + 1",
	 "outside of it"},
	{"offset and length that overflow together",
	 "UPDATE event SET block_offset = 1, block_length = 9223372036854775807", "outside of it"},
	{"fragment ends inside a record", "UPDATE event SET block_length = block_length - 1",
	 "a record's length is wrong"},
	{"fragment begins inside a record", "UPDATE event SET block_offset = 1, block_length = 20",
	 "a record's length is wrong"},
};

static void damage_is_reported(void **state)
{
	CLEANUP(store_reader_done) struct store_reader *reader = NULL;
	const struct damage_row *row = *state;
	const struct stored_record *found;
	struct error error = ERROR_INIT;
	struct sample_store store;
	int64_t event, block;
	size_t length, count;

	sample_store_create(&store);
	event = sample_store_event(&store, SAMPLE_EVENT(.time = 1500, .serial = 9));
	block = sample_store_block(&store, records, 1, &length);
	sample_store_fragment(&store, event, 0, "a.log", block, 0, (int64_t)length);
	sample_store_run(&store, row->sql);
	reader = open_store(&store);
	assert_int_equal(store_reader_records(reader, event, &found, &count, &error), -1);
	assert_int_equal(error.kind, ERROR_INPUT);
	if (!strstr(error.why, row->why))
		fail_msg("the error is: %s", error.why);
	sample_store_remove(&store);
}

/* numbers of LEB128 that no writer makes: too long, or without an end */
static void hostile_numbers_are_refused(void **state)
{
	static const struct {
		const char *bytes;
		size_t length;
	} blocks[] = {
		{"\x80\x80\x80", 3},
		{"\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x02\x00", 11},
		{"\x01\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01", 11},
		{"\x01", 1},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(blocks) / sizeof(blocks[0]); i++) {
		CLEANUP(store_reader_done) struct store_reader *reader = NULL;
		struct sample_record whole = {1, blocks[i].bytes, blocks[i].length};
		const struct stored_record *found;
		struct error error = ERROR_INIT;
		struct sample_store store;
		size_t length, count;
		int64_t event, block;

		sample_store_create(&store);
		event = sample_store_event(&store, SAMPLE_EVENT(.time = 1500, .serial = 9));
		block = sample_store_block(&store, &whole, 1, &length);
		/* behind the number and the length of the record that carries the bytes */
		sample_store_fragment(&store, event, 0, "a.log", block, 2, (int64_t)length - 2);
		reader = open_store(&store);
		assert_int_equal(store_reader_records(reader, event, &found, &count, &error), -1);
		sample_store_remove(&store);
	}
}

struct open_row {
	const char *name;
	const char *sql; /* NULL: the file is replaced by `content` */
	const char *content;
	const char *why; /* NULL: it opens */
};

static struct open_row open_rows[] = {
	{"a store", "SELECT 1", NULL, NULL},
	{"made by a newer program", "PRAGMA user_version = 999", NULL, "version is 999"},
	{"made by an older program", "PRAGMA user_version = 1", NULL, "version is 1"},
	{"another database", "PRAGMA application_id = 0", NULL, "no store of events"},
	{"an empty file", NULL, "", "no store of events"},
	{"a log", NULL, "type=SYSCALL msg=audit(1.500:9): arch=c000003e syscall=59\n",
	 "it is no store"},
};

static void faults_of_the_file_are_named(void **state)
{
	CLEANUP(store_reader_done) struct store_reader *reader = NULL;
	const struct open_row *row = *state;
	struct error error = ERROR_INIT;
	struct sample_store store;

	sample_store_create(&store);
	if (row->sql)
		sample_store_run(&store, row->sql);
	sample_store_close(&store);
	if (row->content)
		assert_int_equal(
			file_replace(store.path, row->content, strlen(row->content), 0600, &error),
			0);
	reader = store_reader_open(store.path, &error);
	if (row->why) {
		assert_null(reader);
		assert_int_equal(error.kind, ERROR_INPUT);
		assert_string_equal(error.thing, store.path);
		if (!strstr(error.why, row->why))
			fail_msg("the error is: %s", error.why);
	} else {
		assert_non_null(reader);
	}
	sample_store_remove(&store);
}

static void missing_and_odd_files_are_named(void **state)
{
	struct error error = ERROR_INIT;

	(void)state;
	assert_null(store_reader_open("/nonexistent/events.db", &error));
	assert_int_equal(error.kind, ERROR_INPUT);
	assert_string_equal(error.why, "No such file or directory");
	assert_non_null(strstr(error.remedy, "analyzer ingest"));
	assert_null(store_reader_open("/", &error));
	assert_string_equal(error.why, "it is no regular file");
}

/* C65: the writer goes on, and a reader sees one state from its beginning to its end */
static void a_reader_sees_one_state(void **state)
{
	CLEANUP(store_reader_done) struct store_reader *reader = NULL;
	const struct stored_event *stored;
	struct error error = ERROR_INIT;
	struct sample_store store;
	int64_t first, second;

	(void)state;
	sample_store_create(&store);
	sample_store_run(&store, "PRAGMA journal_mode = WAL");
	first = sample_store_event(&store, SAMPLE_EVENT(.time = 1500, .serial = 9));
	reader = store_reader_open(store.path, &error);
	assert_non_null(reader);
	second = sample_store_event(&store, SAMPLE_EVENT(.time = 1501, .serial = 10));
	assert_int_equal(store_reader_event(reader, first, &stored, &error), 1);
	assert_int_equal(store_reader_event(reader, second, &stored, &error), 0);
	store_reader_free(reader);
	reader = store_reader_open(store.path, &error);
	assert_non_null(reader);
	assert_int_equal(store_reader_event(reader, second, &stored, &error), 1);
	sample_store_remove(&store);
}

static void nothing_is_written(void **state)
{
	CLEANUP(store_reader_done) struct store_reader *reader = NULL;
	struct sample_store store;

	(void)state;
	sample_store_create(&store);
	reader = open_store(&store);
	assert_int_not_equal(
		sqlite3_exec(store_reader_database(reader), "DELETE FROM event", NULL, NULL, NULL),
		SQLITE_OK);
	sample_store_remove(&store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_come_back),
		cmocka_unit_test(records_come_back_over_fragments),
		cmocka_unit_test(hostile_numbers_are_refused),
		cmocka_unit_test(missing_and_odd_files_are_named),
		cmocka_unit_test(a_reader_sees_one_state),
		cmocka_unit_test(nothing_is_written),
	};
	int failed = cmocka_run_group_tests_name("store_read", tests, NULL, NULL);

	failed += TABLE_RUN("store_read damage", damage_rows, damage_is_reported);
	return failed + TABLE_RUN("store_read open", open_rows, faults_of_the_file_are_named);
}
