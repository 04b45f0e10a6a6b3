/*
 * SQLite with our errors: every result code becomes what failed, on which store, why, and what to
 * do.
 */
#ifndef ANALYZER_DATABASE_H
#define ANALYZER_DATABASE_H

#include "common/error.h"
#include "common/slice.h"

#include <sqlite3.h>
#include <stdint.h>

/* Fills *error from the connection's last failure. Returns -1. */
int database_error(sqlite3 *database, const char *what, struct error *error);

/* Runs SQL that gives no rows. Returns 0, or -1 with *error. */
int database_execute(sqlite3 *database, const char *sql, struct error *error) MUST_CHECK;

/* Prepares a statement that lives long. Returns NULL with *error. */
sqlite3_stmt *database_prepare(sqlite3 *database, const char *sql, struct error *error);

/*
 * Steps `statement`. Returns 1 for a row, 0 when done, -1 with *error. When done or failed it is
 * reset, so that it can be bound anew.
 */
int database_step(sqlite3_stmt *statement, const char *what, struct error *error);

/* As database_step for a statement that gives no row. Returns 0, or -1 with *error. */
int database_run(sqlite3_stmt *statement, const char *what, struct error *error) MUST_CHECK;

/*
 * Each binds parameter `index` (from 1). The bytes of a slice must live until the statement is
 * reset. A slice without bytes, and the number `unset`, bind NULL. They can fail only on a wrong
 * index or when out of memory; the step that follows then fails or is checked by its result, so
 * they return nothing.
 */
void database_bind_blob(sqlite3_stmt *statement, int index, struct slice bytes);
void database_bind_number(sqlite3_stmt *statement, int index, int64_t number, int64_t unset);

/* The blob of column `column` (from 0), borrowed until the next step. */
struct slice database_column(sqlite3_stmt *statement, int column);

/* One number that a query gives, or `otherwise` where it gives no row. Returns 0, or -1 with
 * *error. */
int database_number(sqlite3 *database, const char *sql, int64_t otherwise, int64_t *number,
		    struct error *error) MUST_CHECK;

#endif
