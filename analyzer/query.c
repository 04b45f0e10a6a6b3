#include "analyzer/query.h"

#include "analyzer/query_sql.h"

struct query {
	struct store_reader *reader;
	sqlite3_stmt *statement;
	bool found;
};

static int build(struct query_sql *sql, const struct filter *filter)
{
	if (query_sql_append(sql, "SELECT event.id FROM event WHERE 1") ||
	    query_sql_append_filter(sql, filter) ||
	    query_sql_append(sql, " ORDER BY event.time, event.serial, event.node_id"))
		return -1;
	if (filter->limit == UINT64_MAX)
		return 0;
	if (query_sql_append(sql, " LIMIT "))
		return -1;
	return query_sql_append_number(sql, (int64_t)filter->limit);
}

struct query *query_new(struct store_reader *reader, const struct filter *filter,
			struct error *error)
{
	CLEANUP(query_sql_done) struct query_sql sql = QUERY_SQL_INIT;
	struct query *query = calloc(1, sizeof(*query));

	if (!query || build(&sql, filter)) {
		error_set_memory(error, "cannot build a query");
		query_free(query);
		return NULL;
	}
	query->reader = reader;
	if (query_sql_prepare(&sql, store_reader_database(reader), &query->statement) !=
	    SQLITE_OK) {
		database_error(store_reader_database(reader), "cannot query the store", error);
		query_free(query);
		return NULL;
	}
	return query;
}

void query_free(struct query *query)
{
	if (!query)
		return;
	(void)sqlite3_finalize(query->statement);
	free(query);
}

int query_next(struct query *query, const struct stored_event **event, struct error *error)
{
	int more = database_step(query->statement, "cannot query the store", error);
	int found;

	if (more != 1)
		return more;
	found = store_reader_event(query->reader, sqlite3_column_int64(query->statement, 0), event,
				   error);
	query->found = query->found || found == 1;
	if (found != 0)
		return found;
	return error_set(error, ERROR_INPUT, "cannot read the store", "an event",
			 "it is damaged: an index names a row that is not there");
}

bool query_found(const struct query *query)
{
	return query->found;
}

sqlite3_stmt *query_statement(const struct query *query)
{
	return query->statement;
}
