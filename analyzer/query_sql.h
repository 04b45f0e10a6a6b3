/*
 * A filter as SQL: conditions on the table `event`, every value of which is a bound parameter.
 *
 * Interned columns with few values (keys, programs, record types) are matched by walking their
 * index from one value to the next, so that a pattern costs a look-up a distinct value, not one an
 * event.
 */
#ifndef ANALYZER_QUERY_SQL_H
#define ANALYZER_QUERY_SQL_H

#include "analyzer/filter.h"

#include <sqlite3.h>

struct query_parameter;

struct query_sql {
	struct text text; /* the statement so far */
	struct query_parameter *parameters;
	size_t count, capacity;
};

#define QUERY_SQL_INIT                                                                             \
	{                                                                                          \
		.text = TEXT_INIT, .parameters = NULL                                              \
	}

void query_sql_done(struct query_sql *sql);

/* Appends trusted SQL. Returns 0, or -1 when out of memory. */
int query_sql_append(struct query_sql *sql, const char *text) MUST_CHECK;

/* Appends a parameter that is bound to `number`. Returns 0, or -1 when out of memory. */
int query_sql_append_number(struct query_sql *sql, int64_t number) MUST_CHECK;

/*
 * Appends the conditions of `filter` (all but its limit), each as " AND (...)", for a statement
 * that reads `event` under that name. `filter` is borrowed for the statement's life. Returns 0, or
 * -1 when out of memory.
 */
int query_sql_append_filter(struct query_sql *sql, const struct filter *filter) MUST_CHECK;

/*
 * Prepares the statement on `database` with its parameters bound and the functions that it calls
 * defined. Returns 0 with *statement, or an SQLite code.
 */
int query_sql_prepare(const struct query_sql *sql, sqlite3 *database,
		      sqlite3_stmt **statement) MUST_CHECK;

#endif
