#include "analyzer/stored_finding.h"

#include "analyzer/query_sql.h"

enum {
	RULES_MAX = 100000, /* of a store: more were not made by us */
};

static const char read_failed[] = "cannot read the findings";

static const char *const level_names[] = {
	[LEVEL_INFORMATIONAL] = "informational",
	[LEVEL_LOW] = "low",
	[LEVEL_MEDIUM] = "medium",
	[LEVEL_HIGH] = "high",
	[LEVEL_CRITICAL] = "critical",
};

struct stored_findings {
	struct store_reader *reader;
	sqlite3_stmt *statement;
	struct stored_rule *rules; /* by row */
	size_t rule_count, rule_capacity;
};

const char *stored_level_name(enum stored_level level)
{
	return level_names[level];
}

int stored_level_parse(const char *name, enum stored_level *level, struct error *error)
{
	*level = LEVEL_INFORMATIONAL;
	if (!name)
		return 0;
	for (size_t i = 0; i < LEVEL_COUNT; i++) {
		if (strcmp(name, level_names[i]) == 0) {
			*level = (enum stored_level)i;
			return 0;
		}
	}
	return error_set(error, ERROR_INPUT, "unknown --level", name,
			 "a level is informational, low, medium, high or critical");
}

static enum stored_level level_of(struct slice name)
{
	for (size_t i = 0; i < LEVEL_COUNT; i++)
		if (slice_is(name, level_names[i]))
			return (enum stored_level)i;
	return LEVEL_INFORMATIONAL;
}

static char *column_copy(sqlite3_stmt *statement, int column)
{
	struct slice text = database_column(statement, column);

	return strndup(text.bytes ? text.bytes : "", text.length);
}

static int add_rule(struct stored_findings *findings, sqlite3_stmt *statement)
{
	struct stored_rule *rule;
	char *tags;
	int failed;

	if (findings->rule_count == findings->rule_capacity) {
		size_t capacity = findings->rule_capacity ? findings->rule_capacity * 2 : 16;
		struct stored_rule *grown = reallocarray(findings->rules, capacity, sizeof(*grown));

		if (!grown)
			return -1;
		findings->rules = grown;
		findings->rule_capacity = capacity;
	}
	rule = &findings->rules[findings->rule_count++];
	*rule = (struct stored_rule){
		.row = sqlite3_column_int64(statement, 0),
		.id = column_copy(statement, 1),
		.name = column_copy(statement, 2),
		.description = column_copy(statement, 4),
		.level = level_of(database_column(statement, 3)),
	};
	tags = column_copy(statement, 5);
	failed = !rule->id || !rule->name || !rule->description || !tags ||
		 techniques_parse(tags, &rule->v18, &rule->v19);
	free(tags);
	return failed ? -1 : 0;
}

static int load_rules(struct stored_findings *findings, struct error *error)
{
	CLEANUP(statement_done)
	sqlite3_stmt *statement = database_prepare(
		store_reader_database(findings->reader),
		"SELECT id, uuid, title, level, description, tags FROM rule ORDER BY id", error);
	int more;

	if (!statement)
		return -1;
	while ((more = database_step(statement, read_failed, error)) == 1) {
		if (findings->rule_count == RULES_MAX)
			return error_set(error, ERROR_INPUT, read_failed, "the store",
					 "it has more than %d rules", RULES_MAX);
		if (add_rule(findings, statement))
			return error_set_memory(error, read_failed);
	}
	return more;
}

static int build(struct query_sql *sql, const struct filter *filter, enum stored_level level)
{
	if (query_sql_append(
		    sql, "SELECT finding.rule_id, event.id FROM finding JOIN event ON event.id = "
			 "finding.event_id JOIN rule ON rule.id = finding.rule_id WHERE CASE "
			 "rule.level WHEN 'critical' THEN 4 WHEN 'high' THEN 3 WHEN 'medium' "
			 "THEN 2 WHEN 'low' THEN 1 ELSE 0 END >= ") ||
	    query_sql_append_number(sql, (int64_t)level) || query_sql_append_filter(sql, filter) ||
	    query_sql_append(sql, " ORDER BY event.time, event.serial, event.node_id, rule.uuid"))
		return -1;
	if (filter->limit == UINT64_MAX)
		return 0;
	return query_sql_append(sql, " LIMIT ") ||
			       query_sql_append_number(sql, (int64_t)filter->limit)
		       ? -1
		       : 0;
}

static int prepare(struct stored_findings *findings, const struct filter *filter,
		   enum stored_level level, struct error *error)
{
	CLEANUP(query_sql_done) struct query_sql sql = QUERY_SQL_INIT;
	sqlite3 *database = store_reader_database(findings->reader);

	if (load_rules(findings, error))
		return -1;
	if (build(&sql, filter, level))
		return error_set_memory(error, "cannot build a query");
	if (query_sql_prepare(&sql, database, &findings->statement) != SQLITE_OK)
		return database_error(database, "cannot query the store", error);
	return 0;
}

struct stored_findings *stored_findings_new(struct store_reader *reader,
					    const struct filter *filter, enum stored_level level,
					    struct error *error)
{
	struct stored_findings *findings = calloc(1, sizeof(*findings));

	if (!findings) {
		error_set_memory(error, read_failed);
		return NULL;
	}
	findings->reader = reader;
	if (prepare(findings, filter, level, error)) {
		stored_findings_free(findings);
		return NULL;
	}
	return findings;
}

void stored_findings_free(struct stored_findings *findings)
{
	if (!findings)
		return;
	(void)sqlite3_finalize(findings->statement);
	for (size_t i = 0; i < findings->rule_count; i++) {
		free(findings->rules[i].id);
		free(findings->rules[i].name);
		free(findings->rules[i].description);
	}
	free(findings->rules);
	free(findings);
}

static int compare_rows(const void *left, const void *right)
{
	int64_t row = *(const int64_t *)left;
	int64_t other = ((const struct stored_rule *)right)->row;

	return (row > other) - (row < other);
}

int stored_findings_next(struct stored_findings *findings, struct stored_finding *finding,
			 struct error *error)
{
	int more = database_step(findings->statement, read_failed, error);
	int64_t rule, event;

	if (more != 1)
		return more;
	rule = sqlite3_column_int64(findings->statement, 0);
	event = sqlite3_column_int64(findings->statement, 1);
	finding->rule = bsearch(&rule, findings->rules, findings->rule_count,
				sizeof(*findings->rules), compare_rows);
	more = store_reader_event(findings->reader, event, &finding->event, error);
	if (more < 0)
		return -1;
	if (!finding->rule || more == 0)
		return error_set(error, ERROR_INPUT, read_failed, "the store",
				 "it is damaged: a finding names a row that is not there");
	return 1;
}
