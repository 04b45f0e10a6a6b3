#include "analyzer/query_sql.h"

#include "analyzer/query_match.h"

enum parameter_kind {
	PARAMETER_NUMBER,
	PARAMETER_BYTES,
	PARAMETER_POINTER,
};

struct query_parameter {
	enum parameter_kind kind;
	int64_t number;
	struct slice bytes;  /* borrowed from the filter, or owned */
	char *owned;         /* what bytes points to where it is a text made here, or NULL */
	const void *pointer; /* with the name of what it points to, which SQLite compares */
	const char *pointer_type;
};

void query_sql_done(struct query_sql *sql)
{
	for (size_t i = 0; i < sql->count; i++)
		free(sql->parameters[i].owned);
	free(sql->parameters);
	text_done(&sql->text);
	*sql = (struct query_sql)QUERY_SQL_INIT;
}

int query_sql_append(struct query_sql *sql, const char *text)
{
	return text_append_string(&sql->text, text);
}

/* Appends "?" for `parameter`, whose `owned` this takes. */
static int append_parameter(struct query_sql *sql, struct query_parameter parameter)
{
	if (sql->count == sql->capacity) {
		size_t capacity = sql->capacity ? sql->capacity * 2 : 16;
		struct query_parameter *grown =
			reallocarray(sql->parameters, capacity, sizeof(*grown));

		if (!grown) {
			free(parameter.owned);
			return -1;
		}
		sql->parameters = grown;
		sql->capacity = capacity;
	}
	sql->parameters[sql->count++] = parameter;
	return text_append_char(&sql->text, '?');
}

int query_sql_append_number(struct query_sql *sql, int64_t number)
{
	return append_parameter(
		sql, (struct query_parameter){.kind = PARAMETER_NUMBER, .number = number});
}

static int append_bytes(struct query_sql *sql, struct slice bytes)
{
	return append_parameter(sql,
				(struct query_parameter){.kind = PARAMETER_BYTES, .bytes = bytes});
}

static int append_pointer(struct query_sql *sql, const void *pointer, const char *type)
{
	return append_parameter(sql, (struct query_parameter){.kind = PARAMETER_POINTER,
							      .pointer = pointer,
							      .pointer_type = type});
}

/* the least text above all that begin with `prefix`; appends nothing where there is none */
static int append_upper_bound(struct query_sql *sql, struct slice prefix)
{
	size_t length = prefix.length;
	char *bound;

	while (length > 0 && (unsigned char)prefix.bytes[length - 1] == 0xFF)
		length--;
	if (length == 0)
		return 0;
	bound = malloc(length);
	if (!bound)
		return -1;
	memcpy(bound, prefix.bytes, length);
	bound[length - 1] = (char)((unsigned char)bound[length - 1] + 1);
	if (query_sql_append(sql, " AND value < ")) {
		free(bound);
		return -1;
	}
	return append_parameter(sql, (struct query_parameter){
					     .kind = PARAMETER_BYTES,
					     .bytes = {.bytes = bound, .length = length},
					     .owned = bound,
				     });
}

/* "SELECT id FROM string WHERE ..." for the texts that begin with `prefix` */
static int append_prefix_select(struct query_sql *sql, struct slice prefix)
{
	if (query_sql_append(sql, "SELECT id FROM string WHERE value >= ") ||
	    append_bytes(sql, prefix))
		return -1;
	return append_upper_bound(sql, prefix);
}

static int append_exact_select(struct query_sql *sql, struct slice bytes)
{
	if (query_sql_append(sql, "SELECT id FROM string WHERE value = "))
		return -1;
	return append_bytes(sql, bytes);
}

static int append_text_select(struct query_sql *sql, const struct pattern *pattern)
{
	struct slice bytes = {.bytes = text_string(&pattern->bytes),
			      .length = pattern->bytes.length};
	struct slice prefix = {.bytes = bytes.bytes, .length = pattern->prefix};

	if (pattern->exact)
		return append_exact_select(sql, bytes);
	if (append_prefix_select(sql, prefix))
		return -1;
	/* "/etc/docker*" is all in its prefix */
	if (pattern->prefix + 1 == bytes.length)
		return 0;
	if (query_sql_append(sql, " AND pattern_matches(") ||
	    append_pointer(sql, pattern, QUERY_MATCH_PATTERN))
		return -1;
	return query_sql_append(sql, ", value)");
}

/* "/etc/docker/": that directory, with or without its slash, and all below it */
static int append_path_select(struct query_sql *sql, const struct pattern *pattern)
{
	struct slice bytes = {.bytes = text_string(&pattern->bytes),
			      .length = pattern->bytes.length};
	struct slice directory = {.bytes = bytes.bytes, .length = bytes.length - 1};

	if (!pattern->exact || bytes.length == 0 || bytes.bytes[bytes.length - 1] != '/')
		return append_text_select(sql, pattern);
	if (append_prefix_select(sql, bytes) || query_sql_append(sql, " UNION ALL "))
		return -1;
	return append_exact_select(sql, directory);
}

/* " AND column IN (?, ...)" */
static int append_numbers(struct query_sql *sql, const char *column,
			  const struct filter_numbers *numbers)
{
	if (numbers->count == 0)
		return 0;
	if (text_append_format(&sql->text, " AND event.%s IN (", column))
		return -1;
	for (size_t i = 0; i < numbers->count; i++)
		if ((i && query_sql_append(sql, ", ")) ||
		    query_sql_append_number(sql, numbers->items[i]))
			return -1;
	return query_sql_append(sql, ")");
}

/*
 * " AND column IN (...)" of the distinct values of an indexed, interned column whose text
 * `function` accepts. The recursion steps from each value to the next one by the index.
 */
static int append_distinct(struct query_sql *sql, const char *column, const char *function,
			   const void *pointer, const char *pointer_type)
{
	if (text_append_format(
		    &sql->text,
		    " AND event.%s IN (WITH RECURSIVE seen(id) AS (SELECT min(%s) FROM "
		    "event UNION ALL SELECT (SELECT min(%s) FROM event WHERE %s > seen.id) "
		    "FROM seen WHERE seen.id IS NOT NULL) SELECT seen.id FROM seen CROSS "
		    "JOIN string ON string.id = seen.id WHERE %s(",
		    column, column, column, column, function) ||
	    append_pointer(sql, pointer, pointer_type))
		return -1;
	return query_sql_append(sql, ", string.value))");
}

static int append_paths(struct query_sql *sql, const struct filter_patterns *paths)
{
	if (paths->count == 0)
		return 0;
	if (query_sql_append(sql, " AND event.id IN (SELECT event_id FROM path WHERE name_id IN ("))
		return -1;
	for (size_t i = 0; i < paths->count; i++)
		if ((i && query_sql_append(sql, " UNION ALL ")) ||
		    append_path_select(sql, &paths->items[i]))
			return -1;
	return query_sql_append(sql, "))");
}

/*
 * In what way a user may be an event's user, and the numbers that most events of a Docker host have
 * there: no login user, root. The indexes leave those out (schema/store), and are used where the
 * condition says so in their own words.
 */
struct user_column {
	enum filter_user_role role;
	const char *column;
	const char *indexed;
	int64_t common;
	const char *common_name; /* the only name that is looked for among events with `common` */
};

static const struct user_column user_columns[] = {
	{FILTER_AUID, "auid", " AND auid < 4294967295", 4294967295, "unset"},
	{FILTER_UID, "uid", " AND uid > 0", 0, "root"},
};

static int append_user_number(struct query_sql *sql, const struct user_column *column,
			      int64_t number)
{
	if (text_append_format(&sql->text, "SELECT id FROM event WHERE %s = ", column->column) ||
	    query_sql_append_number(sql, number))
		return -1;
	return number == column->common ? 0 : query_sql_append(sql, column->indexed);
}

static int append_user_name(struct query_sql *sql, const struct user_column *column,
			    const char *name)
{
	if (text_append_format(&sql->text, "SELECT id FROM event WHERE %s_name_id = (",
			       column->column) ||
	    append_exact_select(sql, slice_of(name)) || query_sql_append(sql, ")") ||
	    query_sql_append(sql, column->indexed))
		return -1;
	if (strcmp(name, column->common_name) != 0)
		return 0;
	if (query_sql_append(sql, " UNION ALL ") ||
	    append_user_number(sql, column, column->common) ||
	    text_append_format(&sql->text, " AND %s_name_id = (", column->column) ||
	    append_exact_select(sql, slice_of(name)))
		return -1;
	return query_sql_append(sql, ")");
}

static int append_users(struct query_sql *sql, const struct filter *filter)
{
	bool first = true;

	if (filter->user_count == 0)
		return 0;
	if (query_sql_append(sql, " AND event.id IN ("))
		return -1;
	for (size_t i = 0; i < filter->user_count; i++) {
		const struct filter_user *user = &filter->users[i];

		for (size_t j = 0; j < sizeof(user_columns) / sizeof(user_columns[0]); j++) {
			if (!(user->roles & user_columns[j].role))
				continue;
			if ((!first && query_sql_append(sql, " UNION ALL ")) ||
			    (user->name ? append_user_name(sql, &user_columns[j], user->name)
					: append_user_number(sql, &user_columns[j], user->number)))
				return -1;
			first = false;
		}
	}
	return query_sql_append(sql, ")");
}

/* Sessions that are set, where none other is asked for, are looked up by their index. */
static int append_sessions(struct query_sql *sql, const struct filter_numbers *sessions)
{
	bool set = sessions->count > 0;

	for (size_t i = 0; i < sessions->count; i++)
		set = set && sessions->items[i] != EVENT_NO_LOGIN;
	if (append_numbers(sql, "session", sessions))
		return -1;
	return set ? query_sql_append(sql, " AND event.session < 4294967295") : 0;
}

static int append_syscalls(struct query_sql *sql, const struct filter *filter)
{
	if (filter->syscall_count == 0)
		return 0;
	for (size_t i = 0; i < filter->syscall_count; i++) {
		const struct filter_syscall *syscall = &filter->syscalls[i];

		if (query_sql_append(sql, i ? " OR " : " AND ("))
			return -1;
		if (!syscall->name) {
			if (query_sql_append(sql, "event.syscall = ") ||
			    query_sql_append_number(sql, syscall->number))
				return -1;
			continue;
		}
		if (query_sql_append(sql, "event.syscall_id = (") ||
		    append_exact_select(sql, slice_of(syscall->name)) || query_sql_append(sql, ")"))
			return -1;
	}
	return query_sql_append(sql, ")");
}

static int append_hosts(struct query_sql *sql, const struct filter_patterns *hosts)
{
	static const char *const columns[] = {"node_id", "remote_id", "socket_address_id"};

	if (hosts->count == 0)
		return 0;
	for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++) {
		if (text_append_format(&sql->text, "%sevent.%s IN (", i ? " OR " : " AND (",
				       columns[i]))
			return -1;
		for (size_t j = 0; j < hosts->count; j++)
			if ((j && query_sql_append(sql, " UNION ALL ")) ||
			    append_text_select(sql, &hosts->items[j]))
				return -1;
		if (query_sql_append(sql, ")"))
			return -1;
	}
	return query_sql_append(sql, ")");
}

static int append_time(struct query_sql *sql, const struct time_range *time)
{
	if (time->since != INT64_MIN && (query_sql_append(sql, " AND event.time >= ") ||
					 query_sql_append_number(sql, time->since)))
		return -1;
	if (time->until != INT64_MAX && (query_sql_append(sql, " AND event.time < ") ||
					 query_sql_append_number(sql, time->until)))
		return -1;
	return 0;
}

int query_sql_append_filter(struct query_sql *sql, const struct filter *filter)
{
	if (append_time(sql, &filter->time) || append_users(sql, filter) ||
	    append_sessions(sql, &filter->sessions) || append_numbers(sql, "pid", &filter->pids) ||
	    append_paths(sql, &filter->paths) || append_syscalls(sql, filter) ||
	    append_hosts(sql, &filter->hosts))
		return -1;
	if (filter->exes.count &&
	    append_distinct(sql, "exe_id", "exe_matches", &filter->exes, QUERY_MATCH_PATTERNS))
		return -1;
	if (filter->keys.count &&
	    append_distinct(sql, "keys_id", "keys_match", &filter->keys, QUERY_MATCH_PATTERNS))
		return -1;
	if (filter->type_count &&
	    append_distinct(sql, "types_id", "types_match", filter, QUERY_MATCH_FILTER))
		return -1;
	if (filter->result == EVENT_OUTCOME_UNKNOWN)
		return 0;
	if (query_sql_append(sql, " AND event.success = "))
		return -1;
	return query_sql_append_number(sql, filter->result == EVENT_SUCCESS);
}

static int bind(sqlite3_stmt *statement, int index, const struct query_parameter *parameter)
{
	switch (parameter->kind) {
	case PARAMETER_NUMBER:
		return sqlite3_bind_int64(statement, index, parameter->number);
	case PARAMETER_BYTES:
		return sqlite3_bind_blob64(statement, index,
					   parameter->bytes.length ? parameter->bytes.bytes : "",
					   parameter->bytes.length, SQLITE_TRANSIENT);
	case PARAMETER_POINTER:
		break;
	}
	return query_match_bind(statement, index, parameter->pointer, parameter->pointer_type);
}

int query_sql_prepare(const struct query_sql *sql, sqlite3 *database, sqlite3_stmt **statement)
{
	sqlite3_stmt *prepared = NULL;
	int code = query_match_define(database);

	if (code == SQLITE_OK)
		code = sqlite3_prepare_v2(database, text_string(&sql->text), -1, &prepared, NULL);
	for (size_t i = 0; code == SQLITE_OK && i < sql->count; i++)
		code = bind(prepared, (int)i + 1, &sql->parameters[i]);
	if (code != SQLITE_OK) {
		(void)sqlite3_finalize(prepared);
		return code;
	}
	*statement = prepared;
	return SQLITE_OK;
}
