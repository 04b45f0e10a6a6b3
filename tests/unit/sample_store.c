#include "tests/unit/sample_store.h"

#include "tests/unit/table.h"

#include "analyzer/store.h"
#include "common/file.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <zstd.h>

enum {
	MIGRATION_SIZE_MAX = 1024 * 1024,
};

void sample_store_run(struct sample_store *store, const char *sql)
{
	if (sqlite3_exec(store->database, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(store->database));
}

void sample_store_create(struct sample_store *store)
{
	CLEANUP(text_done) struct text version = TEXT_INIT;
	struct error error = ERROR_INIT;
	char **names = NULL;
	size_t count = 0;

	(void)snprintf(store->directory, sizeof(store->directory), "/tmp/sample-store-XXXXXX");
	assert_non_null(mkdtemp(store->directory));
	(void)snprintf(store->path, sizeof(store->path), "%s/events.db", store->directory);
	assert_int_equal(sqlite3_open(store->path, &store->database), SQLITE_OK);
	sample_store_run(store, "PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY");
	assert_int_equal(file_list(SOURCE_ROOT "/schema/store", ".sql", &names, &count, &error), 0);
	assert_true(count > 0);
	for (size_t i = 0; i < count; i++) {
		CLEANUP(text_done) struct text sql = TEXT_INIT;
		CLEANUP(text_done) struct text path = TEXT_INIT;

		assert_int_equal(
			text_append_format(&path, "%s/schema/store/%s", SOURCE_ROOT, names[i]), 0);
		assert_int_equal(file_read(path.bytes, MIGRATION_SIZE_MAX, &sql, &error), 0);
		sample_store_run(store, text_string(&sql));
	}
	file_names_free(names, count);
	assert_int_equal(text_append_format(&version,
					    "PRAGMA user_version = %zu; PRAGMA "
					    "application_id = %d",
					    count, STORE_APPLICATION_ID),
			 0);
	sample_store_run(store, version.bytes);
}

void sample_store_close(struct sample_store *store)
{
	assert_int_equal(sqlite3_close(store->database), SQLITE_OK);
	store->database = NULL;
}

void sample_store_remove(struct sample_store *store)
{
	static const char *const suffixes[] = {"", "-wal", "-shm", "-journal"};
	char name[128];

	if (store->database)
		sample_store_close(store);
	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
		(void)snprintf(name, sizeof(name), "%s%s", store->path, suffixes[i]);
		(void)unlink(name);
	}
	assert_int_equal(rmdir(store->directory), 0);
}

static sqlite3_stmt *prepare(struct sample_store *store, const char *sql)
{
	sqlite3_stmt *statement = NULL;

	if (sqlite3_prepare_v2(store->database, sql, -1, &statement, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(store->database));
	return statement;
}

static void finish(struct sample_store *store, sqlite3_stmt *statement)
{
	if (sqlite3_step(statement) != SQLITE_DONE)
		fail_msg("%s", sqlite3_errmsg(store->database));
	assert_int_equal(sqlite3_finalize(statement), SQLITE_OK);
}

static void bind_number(sqlite3_stmt *statement, int index, int64_t number)
{
	assert_int_equal(sqlite3_bind_int64(statement, index, number), SQLITE_OK);
}

static void bind_bytes(sqlite3_stmt *statement, int index, const void *bytes, size_t length)
{
	assert_int_equal(
		sqlite3_bind_blob64(statement, index, length ? bytes : "", length, SQLITE_STATIC),
		SQLITE_OK);
}

int64_t sample_store_text(struct sample_store *store, const char *bytes, size_t length)
{
	sqlite3_stmt *statement =
		prepare(store, "INSERT INTO string (value) VALUES (?) ON CONFLICT DO NOTHING");
	int64_t id;

	bind_bytes(statement, 1, bytes, length);
	finish(store, statement);
	statement = prepare(store, "SELECT id FROM string WHERE value = ?");
	bind_bytes(statement, 1, bytes, length);
	assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
	id = sqlite3_column_int64(statement, 0);
	assert_int_equal(sqlite3_finalize(statement), SQLITE_OK);
	return id;
}

static void bind_text(struct sample_store *store, sqlite3_stmt *statement, const char *name,
		      const char *text)
{
	if (text)
		bind_number(statement, sqlite3_bind_parameter_index(statement, name),
			    sample_store_text(store, text, strlen(text)));
}

static void bind_known(sqlite3_stmt *statement, const char *name, int64_t number)
{
	if (number != 0)
		bind_number(statement, sqlite3_bind_parameter_index(statement, name),
			    number == SAMPLE_ZERO ? 0 : number);
}

int64_t sample_store_event(struct sample_store *store, const struct sample_event *event)
{
	sqlite3_stmt *statement = prepare(
		store,
		"INSERT INTO event (time, serial, node_id, types_id, keys_id, syscall_id, success, "
		"pid, auid, uid, session, auid_name_id, uid_name_id, exe_id, cwd_id, remote_id, "
		"arguments_id, socket_family, socket_address_id, socket_port, source_id, "
		"block_id, block_offset, block_length) VALUES (:time, "
		":serial, :node, :types, :keys, :syscall, :success, :pid, :auid, :uid, :session, "
		":auid_name, :uid_name, :exe, :cwd, :remote, :arguments, :family, :address, "
		":port, 0, 0, 0, 0)");

	bind_number(statement, 1, event->time);
	bind_number(statement, 2, event->serial);
	bind_text(store, statement, ":node", event->node ? event->node : "");
	bind_text(store, statement, ":types", event->types ? event->types : "SYSCALL");
	bind_text(store, statement, ":keys", event->keys);
	bind_text(store, statement, ":syscall", event->syscall);
	bind_known(statement, ":success", event->success);
	bind_known(statement, ":pid", event->pid);
	bind_known(statement, ":auid", event->auid);
	bind_known(statement, ":uid", event->uid);
	bind_known(statement, ":session", event->session);
	bind_text(store, statement, ":auid_name", event->auid_name);
	bind_text(store, statement, ":uid_name", event->uid_name);
	bind_text(store, statement, ":exe", event->exe);
	bind_text(store, statement, ":cwd", event->cwd);
	bind_text(store, statement, ":remote", event->remote);
	if (event->arguments)
		bind_number(statement, sqlite3_bind_parameter_index(statement, ":arguments"),
			    sample_store_text(store, event->arguments, event->arguments_length));
	bind_known(statement, ":family", event->socket_family);
	bind_text(store, statement, ":address", event->socket_address);
	bind_known(statement, ":port", event->socket_port);
	finish(store, statement);
	return sqlite3_last_insert_rowid(store->database);
}

void sample_store_path(struct sample_store *store, int64_t event, int ordinal, const char *name,
		       const char *nametype)
{
	sqlite3_stmt *statement =
		prepare(store, "INSERT INTO path (event_id, ordinal, name_id, nametype_id) VALUES "
			       "(:event, :ordinal, :name, :nametype)");

	bind_number(statement, 1, event);
	bind_number(statement, 2, ordinal);
	bind_text(store, statement, ":name", name);
	bind_text(store, statement, ":nametype", nametype);
	finish(store, statement);
}

static void append_leb128(struct text *text, uint64_t value)
{
	while (value >= 0x80) {
		assert_int_equal(text_append_char(text, (char)(0x80 | (value & 0x7F))), 0);
		value >>= 7;
	}
	assert_int_equal(text_append_char(text, (char)value), 0);
}

int64_t sample_store_block(struct sample_store *store, const struct sample_record *records,
			   size_t count, size_t *length)
{
	CLEANUP(text_done) struct text plain = TEXT_INIT;
	CLEANUP(free_pointer) char *compressed = NULL;
	sqlite3_stmt *statement;
	size_t size;

	for (size_t i = 0; i < count; i++) {
		append_leb128(&plain, records[i].line);
		append_leb128(&plain, records[i].length);
		assert_int_equal(text_append(&plain, records[i].bytes, records[i].length), 0);
	}
	size = ZSTD_compressBound(plain.length);
	compressed = malloc(size);
	assert_non_null(compressed);
	size = ZSTD_compress(compressed, size, text_string(&plain), plain.length, 1);
	assert_false(ZSTD_isError(size));
	statement = prepare(store, "INSERT INTO block (length, records) VALUES (?, ?)");
	bind_number(statement, 1, (int64_t)plain.length);
	bind_bytes(statement, 2, compressed, size);
	finish(store, statement);
	*length = plain.length;
	return sqlite3_last_insert_rowid(store->database);
}

void sample_store_fragment(struct sample_store *store, int64_t event, int ordinal,
			   const char *source, int64_t block, int64_t offset, int64_t length)
{
	sqlite3_stmt *statement =
		prepare(store, "INSERT INTO source (name) VALUES (?) ON CONFLICT DO NOTHING");

	bind_bytes(statement, 1, source, strlen(source));
	finish(store, statement);
	statement = prepare(
		store,
		ordinal == 0
			? "UPDATE event SET (source_id, block_id, block_offset, block_length) = "
			  "((SELECT id FROM source WHERE name = ?3), ?4, ?5, ?6) WHERE id = ?1 AND "
			  "?2 = 0"
			: "INSERT INTO late_fragment (event_id, ordinal, source_id, block_id, "
			  "offset, length) VALUES (?1, ?2, (SELECT id FROM source WHERE name = "
			  "?3), ?4, ?5, ?6)");
	bind_number(statement, 1, event);
	bind_number(statement, 2, ordinal);
	bind_bytes(statement, 3, source, strlen(source));
	bind_number(statement, 4, block);
	bind_number(statement, 5, offset);
	bind_number(statement, 6, length);
	finish(store, statement);
}
