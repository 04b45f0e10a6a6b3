#include "analyzer/store_read.h"

#include "analyzer/store_read_internal.h"

#include <errno.h>
#include <inttypes.h>
#include <sys/stat.h>

enum {
	BUSY_MILLISECONDS = 10000,
};

/* Fills *error from the connection's last failure, bad input told from a refusal. Returns -1. */
static int open_error(const struct store_reader *reader, struct error *error)
{
	int code = sqlite3_errcode(reader->database);

	if (code == SQLITE_NOTADB)
		return error_set(error, ERROR_INPUT, "cannot open the store", reader->path,
				 "it is no store");
	database_error(reader->database, "cannot open the store", error);
	if (code == SQLITE_CORRUPT)
		error->kind = ERROR_INPUT;
	return -1;
}

/* what the file system says, since SQLite says only "unable to open database file" */
static int check_file(const char *path, struct error *error)
{
	struct stat status;

	if (stat(path, &status) != 0) {
		int reason = errno;

		error_set_errno(error, reason, "cannot open the store", path);
		if (reason == ENOENT) {
			error->kind = ERROR_INPUT;
			return error_set_remedy(error,
						"make it by: analyzer ingest --store %s "
						"LOG..., or name another by --store",
						path);
		}
		return -1;
	}
	if (!S_ISREG(status.st_mode))
		return error_set(error, ERROR_INPUT, "cannot open the store", path,
				 "it is no regular file");
	if (access(path, R_OK) != 0) {
		error_set_errno(error, errno, "cannot open the store", path);
		return error_set_remedy(error, "run as a user who may read it");
	}
	return 0;
}

/* "file:PATH?immutable=1": nothing is locked and no -shm file is needed (sqlite.org/uri.html) */
static int immutable_uri(const char *path, struct text *uri)
{
	if (text_append_string(uri, "file:"))
		return -1;
	for (; *path; path++) {
		int failed = strchr("%?#", *path)
				     ? text_append_format(uri, "%%%02X", (unsigned char)*path)
				     : text_append_char(uri, *path);

		if (failed)
			return -1;
	}
	return text_append_string(uri, "?immutable=1");
}

static bool has_pending_log(const char *path)
{
	CLEANUP(text_done) struct text name = TEXT_INIT;
	struct stat status;

	if (text_append_format(&name, "%s-wal", path))
		return true;
	return stat(name.bytes, &status) == 0 && status.st_size > 0;
}

/* begins the transaction that every read of this reader sees; the first read is what begins it */
static int begin(struct store_reader *reader)
{
	return sqlite3_exec(reader->database,
			    "PRAGMA query_only = 1; BEGIN; SELECT count(*) FROM sqlite_schema",
			    NULL, NULL, NULL);
}

static int open_database(struct store_reader *reader, struct error *error)
{
	CLEANUP(text_done) struct text uri = TEXT_INIT;
	int code;

	if (sqlite3_open_v2(reader->path, &reader->database, SQLITE_OPEN_READONLY, NULL) !=
		    SQLITE_OK ||
	    sqlite3_busy_timeout(reader->database, BUSY_MILLISECONDS) != SQLITE_OK)
		return open_error(reader, error);
	code = begin(reader);
	if (code == SQLITE_OK)
		return 0;
	/* a store in WAL mode where nothing may be written beside it, and with nothing to recover
	 */
	if ((code != SQLITE_CANTOPEN && code != SQLITE_READONLY) || has_pending_log(reader->path))
		return open_error(reader, error);
	if (immutable_uri(reader->path, &uri))
		return error_set_memory(error, "cannot open the store");
	(void)sqlite3_close(reader->database);
	reader->database = NULL;
	if (sqlite3_open_v2(uri.bytes, &reader->database, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI,
			    NULL) != SQLITE_OK ||
	    begin(reader) != SQLITE_OK)
		return open_error(reader, error);
	return 0;
}

static int check_version(struct store_reader *reader, struct error *error)
{
	int64_t application = 0, version = 0;

	if (database_number(reader->database, "PRAGMA application_id", 0, &application, error) ||
	    database_number(reader->database, "PRAGMA user_version", 0, &version, error))
		return -1;
	if (application != STORE_APPLICATION_ID)
		return error_set(error, ERROR_INPUT, "cannot read the store", reader->path,
				 "it is no store of events");
	if (version > STORE_READ_VERSION_MAX) {
		error_set(error, ERROR_INPUT, "cannot read the store", reader->path,
			  "its version is %" PRId64 " and this program knows up to %d", version,
			  STORE_READ_VERSION_MAX);
		return error_set_remedy(error, "use the newer program that made it");
	}
	if (version < STORE_READ_VERSION_MIN) {
		error_set(error, ERROR_INPUT, "cannot read the store", reader->path,
			  "its version is %" PRId64 " and %d is needed", version,
			  STORE_READ_VERSION_MIN);
		return error_set_remedy(error, "analyzer ingest brings a store up to date");
	}
	return 0;
}

struct store_reader *store_reader_open(const char *path, struct error *error)
{
	struct store_reader *reader;

	if (check_file(path, error))
		return NULL;
	reader = calloc(1, sizeof(*reader));
	if (!reader || !(reader->path = strdup(path))) {
		error_set_memory(error, "cannot open the store");
		store_reader_free(reader);
		return NULL;
	}
	if (open_database(reader, error) || check_version(reader, error)) {
		store_reader_free(reader);
		return NULL;
	}
	return reader;
}

void store_reader_free(struct store_reader *reader)
{
	if (!reader)
		return;
	(void)sqlite3_finalize(reader->find_statement);
	(void)sqlite3_finalize(reader->event_statement);
	(void)sqlite3_finalize(reader->path_statement);
	(void)sqlite3_finalize(reader->fragment_statement);
	(void)sqlite3_finalize(reader->block_statement);
	(void)sqlite3_close_v2(reader->database);
	arena_done(&reader->event_memory);
	arena_done(&reader->record_memory);
	text_done(&reader->block);
	free(reader->path);
	free(reader);
}

sqlite3 *store_reader_database(const struct store_reader *reader)
{
	return reader->database;
}
