#include "analyzer/database.h"

int database_error(sqlite3 *database, const char *what, struct error *error)
{
	const char *path = sqlite3_db_filename(database, "main");
	int code = sqlite3_errcode(database);

	error_set(error, ERROR_SYSTEM, what, path ? path : "", "%s", sqlite3_errmsg(database));
	switch (code & 0xFF) {
	case SQLITE_FULL:
		return error_set_remedy(error,
					"free some disk space and run the same command again");
	case SQLITE_IOERR: /* SQLite doesn't tell which of them */
		return error_set_remedy(error, "see to the disk's space, quota and health, and to "
					       "limits on file size, and run the same command "
					       "again");
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return error_set_remedy(error, "wait for the program that writes to this store");
	case SQLITE_READONLY:
	case SQLITE_PERM:
	case SQLITE_CANTOPEN:
	case SQLITE_AUTH:
		return error_set_remedy(error,
					"check that the directory and the file can be written, "
					"or name another by --store FILE");
	case SQLITE_NOTADB:
	case SQLITE_CORRUPT:
		return error_set_remedy(error,
					"this is no store, or a damaged one: name another by "
					"--store FILE");
	default:
		return -1;
	}
}

int database_execute(sqlite3 *database, const char *sql, struct error *error)
{
	if (sqlite3_exec(database, sql, NULL, NULL, NULL) != SQLITE_OK)
		return database_error(database, "the store refused a statement", error);
	return 0;
}

sqlite3_stmt *database_prepare(sqlite3 *database, const char *sql, struct error *error)
{
	sqlite3_stmt *statement = NULL;

	if (sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) !=
	    SQLITE_OK) {
		database_error(database, "the store refused a statement", error);
		return NULL;
	}
	return statement;
}

int database_step(sqlite3_stmt *statement, const char *what, struct error *error)
{
	int code = sqlite3_step(statement);
	sqlite3 *database = sqlite3_db_handle(statement);

	if (code == SQLITE_ROW)
		return 1;
	if (code != SQLITE_DONE)
		database_error(database, what, error);
	(void)sqlite3_reset(statement);
	return code == SQLITE_DONE ? 0 : -1;
}

int database_run(sqlite3_stmt *statement, const char *what, struct error *error)
{
	int result = database_step(statement, what, error);

	if (result > 0)
		(void)sqlite3_reset(statement);
	return result < 0 ? -1 : 0;
}

void database_bind_blob(sqlite3_stmt *statement, int index, struct slice bytes)
{
	if (!bytes.bytes)
		(void)sqlite3_bind_null(statement, index);
	else
		(void)sqlite3_bind_blob64(statement, index, bytes.bytes, bytes.length,
					  SQLITE_STATIC);
}

void database_bind_number(sqlite3_stmt *statement, int index, int64_t number, int64_t unset)
{
	if (number == unset)
		(void)sqlite3_bind_null(statement, index);
	else
		(void)sqlite3_bind_int64(statement, index, number);
}

struct slice database_column(sqlite3_stmt *statement, int column)
{
	struct slice bytes = SLICE_NONE;

	if (sqlite3_column_type(statement, column) == SQLITE_NULL)
		return bytes;
	bytes.bytes = sqlite3_column_blob(statement, column);
	bytes.length = (size_t)sqlite3_column_bytes(statement, column);
	if (!bytes.bytes)
		bytes.bytes = ""; /* SQLite gives an empty blob as NULL */
	return bytes;
}

int database_number(sqlite3 *database, const char *sql, int64_t otherwise, int64_t *number,
		    struct error *error)
{
	sqlite3_stmt *statement = database_prepare(database, sql, error);
	int result;

	if (!statement)
		return -1;
	result = database_step(statement, "cannot read the store", error);
	if (result >= 0)
		*number = result ? sqlite3_column_int64(statement, 0) : otherwise;
	(void)sqlite3_finalize(statement);
	return result < 0 ? -1 : 0;
}
