#include "analyzer/store.h"

#include "common/file.h"
#include "common/number.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>

enum {
	BUSY_TIMEOUT_MS = 30000,
	TURN_POLL_MS = 20,
	MIGRATION_SIZE_MAX = 1024 * 1024,
	STORE_MODE = 0640,
	STORE_DIRECTORY_MODE = 0750,
};

struct store {
	sqlite3 *database;
	int fd; /* holds the writers' lock */
};

struct migration {
	int64_t number;
	const char *file;
};

static int make_file(struct store *store, const char *path, struct error *error)
{
	CLEANUP(free_pointer) char *directory = strdup(path);
	char *slash;

	if (!directory)
		return error_set_memory(error, "cannot open the store");
	slash = strrchr(directory, '/');
	if (slash && slash != directory) {
		*slash = '\0';
		if (file_make_directories(directory, STORE_DIRECTORY_MODE, error))
			return -1;
	}
	/* SQLite would make it by the umask; what audit saw is not for everyone */
	store->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, STORE_MODE);
	if (store->fd < 0)
		return error_set_errno(error, errno, "cannot open the store", path);
	return 0;
}

/*
 * One writer at a time, for as long as it has the store open: what it knows of the store (the
 * newest event, the number of the next block) must stay true between its transactions. SQLite's own
 * locks are fcntl's and don't meet this one.
 */
static int take_turn(struct store *store, const char *path, struct error *error)
{
	const struct timespec pause = {.tv_nsec = TURN_POLL_MS * 1000000L};

	for (int waited = 0; flock(store->fd, LOCK_EX | LOCK_NB) != 0; waited += TURN_POLL_MS) {
		if (errno != EWOULDBLOCK && errno != EINTR)
			return error_set_errno(error, errno, "cannot lock the store", path);
		if (waited >= BUSY_TIMEOUT_MS) {
			error_set(error, ERROR_SYSTEM, "cannot open the store", path,
				  "another program is writing to it");
			return error_set_remedy(error,
						"run the same command again when it is done");
		}
		(void)nanosleep(&pause, NULL);
	}
	return 0;
}

static int open_connection(struct store *store, const char *path, struct error *error)
{
	int64_t application = 0, version = 0;

	if (sqlite3_open_v2(path, &store->database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
			    NULL) != SQLITE_OK)
		return database_error(store->database, "cannot open the store", error);
	(void)sqlite3_busy_timeout(store->database, BUSY_TIMEOUT_MS);
	if (database_number(store->database, "PRAGMA application_id", 0, &application, error) ||
	    database_number(store->database, "SELECT count(*) FROM sqlite_schema", 0, &version,
			    error))
		return -1;
	if (application != STORE_APPLICATION_ID && version > 0)
		return error_set(error, ERROR_INPUT, "cannot open the store", path,
				 "it is a database of another program");
	return database_execute(store->database,
				"PRAGMA journal_mode = WAL;"
				"PRAGMA synchronous = NORMAL;"
				"PRAGMA cache_size = -16384;"
				"PRAGMA application_id = 1634559858;",
				error);
}

/* "0001-events.sql" is number 1; another name is no migration */
static bool migration_of(const char *file, struct migration *migration)
{
	size_t digits = strspn(file, "0123456789");
	uint64_t number;

	if (digits != 4 || file[digits] != '-' || number_parse(file, digits, 9999, &number))
		return false;
	migration->number = (int64_t)number;
	migration->file = file;
	return true;
}

static int run_migration(struct store *store, const char *sql, int64_t number, struct error *error)
{
	CLEANUP(text_done) struct text version = TEXT_INIT;
	int64_t current = 0;

	if (text_append_format(&version, "PRAGMA user_version = %lld", (long long)number))
		return error_set_memory(error, "cannot bring the store up to date");
	if (database_number(store->database, "PRAGMA user_version", 0, &current, error))
		return -1;
	/* another program may have applied it while this one waited for the lock */
	if (current >= number)
		return 0;
	if (database_execute(store->database, sql, error))
		return -1;
	return database_execute(store->database, version.bytes, error);
}

static int apply_migration(struct store *store, const char *directory,
			   const struct migration *migration, struct error *error)
{
	CLEANUP(text_done) struct text sql = TEXT_INIT;
	CLEANUP(text_done) struct text path = TEXT_INIT;

	if (text_append_format(&path, "%s/%s", directory, migration->file))
		return error_set_memory(error, "cannot bring the store up to date");
	if (file_read(path.bytes, MIGRATION_SIZE_MAX, &sql, error) || store_begin(store, error))
		return -1;
	if (run_migration(store, text_string(&sql), migration->number, error)) {
		(void)sqlite3_exec(store->database, "ROLLBACK", NULL, NULL, NULL);
		return -1;
	}
	return store_commit(store, error);
}

static int apply_migrations(struct store *store, const char *directory, char *const *files,
			    size_t count, const char *path, struct error *error)
{
	int64_t version = 0, newest = 0;

	if (database_number(store->database, "PRAGMA user_version", 0, &version, error))
		return -1;
	for (size_t i = 0; i < count; i++) {
		struct migration migration;

		if (!migration_of(files[i], &migration))
			continue;
		if (migration.number != newest + 1)
			return error_set(error, ERROR_SYSTEM, "cannot bring the store up to date",
					 files[i], "migration %lld is missing",
					 (long long)newest + 1);
		newest = migration.number;
		if (newest > version && apply_migration(store, directory, &migration, error))
			return -1;
	}
	if (newest == 0)
		return error_set(error, ERROR_SYSTEM, "cannot bring the store up to date",
				 directory, "there are no migrations");
	if (version > newest)
		return error_set(
			error, ERROR_INPUT, "cannot open the store", path,
			"a newer version of this program made it (schema %lld, known %lld)",
			(long long)version, (long long)newest);
	return 0;
}

static int migrate(struct store *store, const char *path, const char *directory,
		   struct error *error)
{
	char **files = NULL;
	size_t count = 0;
	int result;

	if (file_list(directory, ".sql", &files, &count, error))
		return -1;
	result = apply_migrations(store, directory, files, count, path, error);
	file_names_free(files, count);
	return result;
}

struct store *store_open(const char *path, const char *migrations, struct error *error)
{
	struct store *store = calloc(1, sizeof(*store));

	if (!store) {
		error_set_memory(error, "cannot open the store");
		return NULL;
	}
	store->fd = -1;
	if (make_file(store, path, error) || take_turn(store, path, error) ||
	    open_connection(store, path, error) || migrate(store, path, migrations, error)) {
		store_close(store);
		return NULL;
	}
	return store;
}

void store_close(struct store *store)
{
	if (!store)
		return;
	(void)sqlite3_close_v2(store->database);
	/* last: closing the file anywhere ends all of this program's fcntl locks on it */
	if (store->fd >= 0)
		(void)close(store->fd);
	free(store);
}

sqlite3 *store_database(struct store *store)
{
	return store->database;
}

int store_begin(struct store *store, struct error *error)
{
	return database_execute(store->database, "BEGIN IMMEDIATE", error);
}

int store_commit(struct store *store, struct error *error)
{
	return database_execute(store->database, "COMMIT", error);
}
