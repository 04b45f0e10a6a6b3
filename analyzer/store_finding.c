#include "analyzer/store_finding.h"

struct store_finding {
	const struct finding_rule *rules;
	size_t rule_count;
	int64_t *rule_rows; /* 0: the rule has not matched since this was made */
	sqlite3_stmt *keep_rule;
	sqlite3_stmt *add;
	sqlite3_stmt *remove;
};

static const char write_failed[] = "cannot write to the store";

static int prepare_statements(struct store_finding *findings, sqlite3 *database,
			      struct error *error)
{
	findings->keep_rule = database_prepare(
		database,
		"INSERT INTO rule (uuid, title, level, description, tags)"
		" VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (uuid) DO UPDATE SET title = ?2,"
		" level = ?3, description = ?4, tags = ?5 RETURNING id",
		error);
	if (!findings->keep_rule)
		return -1;
	findings->add = database_prepare(
		database, "INSERT OR IGNORE INTO finding (rule_id, event_id) VALUES (?1, ?2)",
		error);
	if (!findings->add)
		return -1;
	findings->remove = database_prepare(database,
					    "DELETE FROM finding WHERE event_id = ?1"
					    " AND rule_id = (SELECT id FROM rule WHERE uuid = ?2)",
					    error);
	return findings->remove ? 0 : -1;
}

struct store_finding *store_finding_new(sqlite3 *database, const struct finding_rule *rules,
					size_t rule_count, struct error *error)
{
	struct store_finding *findings = calloc(1, sizeof(*findings));

	if (!findings || !(findings->rule_rows = calloc(rule_count ? rule_count : 1,
							sizeof(*findings->rule_rows)))) {
		error_set_memory(error, "cannot open the store");
		store_finding_free(findings);
		return NULL;
	}
	findings->rules = rules;
	findings->rule_count = rule_count;
	if (prepare_statements(findings, database, error)) {
		store_finding_free(findings);
		return NULL;
	}
	return findings;
}

void store_finding_free(struct store_finding *findings)
{
	if (!findings)
		return;
	(void)sqlite3_finalize(findings->keep_rule);
	(void)sqlite3_finalize(findings->add);
	(void)sqlite3_finalize(findings->remove);
	free(findings->rule_rows);
	free(findings);
}

/* A rule is written when it first matches: a store holds the rules that found something in it. */
static int rule_row(struct store_finding *findings, size_t number, int64_t *row,
		    struct error *error)
{
	const struct finding_rule *rule = &findings->rules[number];
	const char *texts[] = {rule->uuid, rule->title, rule->level, rule->description, rule->tags};
	int result;

	*row = findings->rule_rows[number];
	if (*row)
		return 0;
	for (int i = 0; i < 5; i++)
		(void)sqlite3_bind_text(findings->keep_rule, i + 1, texts[i], -1, SQLITE_STATIC);
	result = database_step(findings->keep_rule, write_failed, error);
	if (result <= 0)
		return -1;
	*row = findings->rule_rows[number] = sqlite3_column_int64(findings->keep_rule, 0);
	(void)sqlite3_reset(findings->keep_rule);
	return 0;
}

int store_finding_add(struct store_finding *findings, int64_t event_row, const size_t *matches,
		      size_t match_count, struct error *error)
{
	for (size_t i = 0; i < match_count; i++) {
		int64_t rule;

		if (rule_row(findings, matches[i], &rule, error))
			return -1;
		(void)sqlite3_bind_int64(findings->add, 1, rule);
		(void)sqlite3_bind_int64(findings->add, 2, event_row);
		if (database_run(findings->add, write_failed, error))
			return -1;
	}
	return 0;
}

int store_finding_replace(struct store_finding *findings, int64_t event_row, const size_t *matches,
			  size_t match_count, struct error *error)
{
	size_t next = 0;

	/* matches ascend: what matches still keeps its row, what doesn't goes */
	for (size_t number = 0; number < findings->rule_count; number++) {
		if (next < match_count && matches[next] == number) {
			next++;
			continue;
		}
		(void)sqlite3_bind_int64(findings->remove, 1, event_row);
		(void)sqlite3_bind_text(findings->remove, 2, findings->rules[number].uuid, -1,
					SQLITE_STATIC);
		if (database_run(findings->remove, write_failed, error))
			return -1;
	}
	return store_finding_add(findings, event_row, matches, match_count, error);
}
