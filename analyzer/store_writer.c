#include "analyzer/store_writer.h"

#include "common/text.h"

#include "analyzer/store_event.h"
#include "analyzer/store_finding.h"
#include "analyzer/store_raw.h"

struct store_writer {
	struct store_string *strings;
	struct store_event *events;
	struct store_raw *raw;
	struct store_finding *findings;
	int64_t source_id;
	sqlite3_stmt *find_source;
	sqlite3_stmt *add_source;
	sqlite3_stmt *add_fragment;
	sqlite3_stmt *fragments;
	sqlite3_stmt *add_unusable;
	struct text stored; /* an event's stored records, copied out of their blocks */
};

static const char write_failed[] = "cannot write to the store";

static int prepare(sqlite3 *database, sqlite3_stmt **statement, const char *sql,
		   struct error *error)
{
	*statement = database_prepare(database, sql, error);
	return *statement ? 0 : -1;
}

static int prepare_statements(struct store_writer *writer, sqlite3 *database, struct error *error)
{
	if (prepare(database, &writer->find_source, "SELECT id FROM source WHERE name = ?1",
		    error) ||
	    prepare(database, &writer->add_source,
		    "INSERT INTO source (name) VALUES (?1) RETURNING id", error) ||
	    prepare(database, &writer->add_fragment,
		    "INSERT INTO late_fragment"
		    " (event_id, ordinal, source_id, block_id, offset, length)"
		    " SELECT ?1, count(*) + 1, ?2, ?3, ?4, ?5 FROM late_fragment WHERE event_id = "
		    "?1",
		    error) ||
	    prepare(database, &writer->fragments,
		    "SELECT block_id, offset, length FROM fragment WHERE event_id = ?1"
		    " ORDER BY ordinal",
		    error))
		return -1;
	return prepare(database, &writer->add_unusable,
		       "INSERT OR IGNORE INTO unusable_line (source_id, line, reason, bytes,"
		       " after_time, after_serial, after_node_id, ordinal)"
		       " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
		       error);
}

struct store_writer *store_writer_new(struct store *store, const struct finding_rule *rules,
				      size_t rule_count, struct error *error)
{
	struct store_writer *writer = calloc(1, sizeof(*writer));
	sqlite3 *database = store_database(store);

	if (!writer) {
		error_set_memory(error, "cannot open the store");
		return NULL;
	}
	writer->strings = store_string_new(database, error);
	if (writer->strings)
		writer->events = store_event_new(store, writer->strings, error);
	if (writer->events)
		writer->raw = store_raw_new(database, error);
	if (writer->raw)
		writer->findings = store_finding_new(database, rules, rule_count, error);
	if (!writer->findings || prepare_statements(writer, database, error)) {
		store_writer_free(writer);
		return NULL;
	}
	return writer;
}

void store_writer_free(struct store_writer *writer)
{
	if (!writer)
		return;
	(void)sqlite3_finalize(writer->find_source);
	(void)sqlite3_finalize(writer->add_source);
	(void)sqlite3_finalize(writer->add_fragment);
	(void)sqlite3_finalize(writer->fragments);
	(void)sqlite3_finalize(writer->add_unusable);
	store_finding_free(writer->findings);
	store_raw_free(writer->raw);
	store_event_free(writer->events);
	store_string_free(writer->strings);
	text_done(&writer->stored);
	free(writer);
}

int store_writer_set_source(struct store_writer *writer, const char *name, struct error *error)
{
	sqlite3_stmt *statement = writer->find_source;
	int result;

	database_bind_blob(statement, 1, slice_of(name));
	result = database_step(statement, "cannot read the store", error);
	if (result == 0) {
		statement = writer->add_source;
		database_bind_blob(statement, 1, slice_of(name));
		result = database_step(statement, write_failed, error);
	}
	if (result <= 0)
		return -1;
	writer->source_id = sqlite3_column_int64(statement, 0);
	(void)sqlite3_reset(statement);
	return 0;
}

int64_t store_writer_newest(const struct store_writer *writer)
{
	return store_event_newest(writer->events);
}

int store_writer_find(struct store_writer *writer, const struct event_id *id, int64_t *row,
		      struct error *error)
{
	return store_event_find(writer->events, id, row, error);
}

int store_writer_add(struct store_writer *writer, const struct detected_event *event,
		     struct error *error)
{
	const struct assembled_event *assembled = &event->assembled;
	struct store_raw_place place;
	int64_t row;

	if (store_raw_add(writer->raw, assembled->records, assembled->record_count, &place,
			  error) ||
	    store_event_add(writer->events, event->event, writer->source_id, &place, &row, error))
		return -1;
	return store_finding_add(writer->findings, row, event->matches, event->match_count, error);
}

static int copy_stored(struct store_writer *writer, struct error *error)
{
	struct store_raw_place place = {
		.block_id = sqlite3_column_int64(writer->fragments, 0),
		.offset = sqlite3_column_int64(writer->fragments, 1),
		.length = sqlite3_column_int64(writer->fragments, 2),
	};
	struct slice bytes;

	if (store_raw_read(writer->raw, &place, &bytes, error))
		return -1;
	if (text_append(&writer->stored, bytes.bytes, bytes.length))
		return error_set_memory(error, "cannot read the store");
	return 0;
}

int store_writer_stored(struct store_writer *writer, int64_t row, struct event_merge *merge,
			size_t *fragments, struct error *error)
{
	struct slice stored;
	int result;

	*fragments = 0;
	text_clear(&writer->stored);
	(void)sqlite3_bind_int64(writer->fragments, 1, row);
	while ((result = database_step(writer->fragments, "cannot read the store", error)) > 0) {
		if (copy_stored(writer, error)) {
			(void)sqlite3_reset(writer->fragments);
			return -1;
		}
		(*fragments)++;
	}
	if (result < 0)
		return -1;
	stored = (struct slice){text_string(&writer->stored), writer->stored.length};
	if (event_merge_add_stored(merge, stored))
		return error_set(error, ERROR_SYSTEM, "cannot read the store", "raw records",
				 "those of event row %lld are damaged, or memory ran out",
				 (long long)row);
	return 0;
}

int store_writer_join(struct store_writer *writer, int64_t row, const struct detected_event *event,
		      const struct event_merge *merge, struct error *error)
{
	struct store_raw_place place;

	if (store_event_replace(writer->events, row, event->event, error) ||
	    store_finding_replace(writer->findings, row, event->matches, event->match_count,
				  error) ||
	    store_raw_add(writer->raw, merge->records + merge->stored_count,
			  merge->count - merge->stored_count, &place, error))
		return -1;
	(void)sqlite3_bind_int64(writer->add_fragment, 1, row);
	(void)sqlite3_bind_int64(writer->add_fragment, 2, writer->source_id);
	(void)sqlite3_bind_int64(writer->add_fragment, 3, place.block_id);
	(void)sqlite3_bind_int64(writer->add_fragment, 4, place.offset);
	(void)sqlite3_bind_int64(writer->add_fragment, 5, place.length);
	return database_run(writer->add_fragment, write_failed, error);
}

int store_writer_unusable(struct store_writer *writer, const struct line *line, const char *reason,
			  const struct event_id *after, uint64_t ordinal, struct error *error)
{
	struct slice no_node = {"", 0};
	int64_t node;

	if (store_string_id(writer->strings, after ? after->node : no_node, &node, error))
		return -1;
	(void)sqlite3_bind_int64(writer->add_unusable, 1, writer->source_id);
	(void)sqlite3_bind_int64(writer->add_unusable, 2, (int64_t)line->number);
	(void)sqlite3_bind_text(writer->add_unusable, 3, reason, -1, SQLITE_STATIC);
	database_bind_blob(writer->add_unusable, 4, line->bytes);
	(void)sqlite3_bind_int64(writer->add_unusable, 5, after ? after->time : 0);
	(void)sqlite3_bind_int64(writer->add_unusable, 6, after ? after->serial : 0);
	(void)sqlite3_bind_int64(writer->add_unusable, 7, node);
	(void)sqlite3_bind_int64(writer->add_unusable, 8, (int64_t)ordinal);
	return database_run(writer->add_unusable, write_failed, error);
}

int store_writer_flush(struct store_writer *writer, struct error *error)
{
	return store_raw_flush(writer->raw, error);
}
