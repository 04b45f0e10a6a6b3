/*
 * Raw records out of compressed blocks. Everything read here may be damaged or forged: no length is
 * trusted before it is compared with what is there.
 */
#include "analyzer/raw_block.h"
#include "analyzer/store_read_internal.h"

#include <inttypes.h>

static int damaged(const struct store_reader *reader, struct error *error, int64_t block,
		   const char *why)
{
	return error_set(error, ERROR_INPUT, "cannot read the store", reader->path,
			 "it is damaged: block %" PRId64 ": %s", block, why);
}

static int load_block(struct store_reader *reader, int64_t block, struct error *error)
{
	sqlite3_stmt *statement;
	int64_t length;
	int found;

	if (reader->block_row == block && block != 0)
		return 0;
	if (!reader->block_statement)
		reader->block_statement = database_prepare(
			reader->database, "SELECT length, records FROM block WHERE id = ?1", error);
	statement = reader->block_statement;
	if (!statement)
		return -1;
	reader->block_row = 0;
	(void)sqlite3_reset(statement);
	database_bind_number(statement, 1, block, EVENT_UNSET);
	found = database_step(statement, "cannot read the store", error);
	if (found != 1)
		return found == 0 ? damaged(reader, error, block, "it is missing") : -1;
	length = sqlite3_column_int64(statement, 0);
	if (length < 0 || length > RAW_BLOCK_LENGTH_MAX)
		return damaged(reader, error, block, "its length is out of range");
	if (raw_block_decompress(database_column(statement, 1), (uint64_t)length, &reader->block))
		return damaged(reader, error, block, "it does not decompress to its length");
	(void)sqlite3_reset(statement);
	reader->block_row = block;
	return 0;
}

struct record_list {
	struct stored_record *items;
	size_t count;
	size_t capacity;
	size_t bytes; /* of all fragments */
};

/* Makes room for one more. */
static int grow(struct arena *memory, struct record_list *list)
{
	size_t capacity = list->capacity ? list->capacity * 2 : 8;
	struct stored_record *items;

	if (list->count < list->capacity)
		return 0;
	items = arena_allocate_zeroed(memory, capacity, sizeof(*items));
	if (!items)
		return -1;
	if (list->items)
		memcpy(items, list->items, list->count * sizeof(*items));
	list->items = items;
	list->capacity = capacity;
	return 0;
}

/* Appends the records of the fragment that *statement stands on. */
static int read_fragment(struct store_reader *reader, sqlite3_stmt *statement,
			 struct record_list *list, struct error *error)
{
	int64_t block = sqlite3_column_int64(statement, 1);
	int64_t offset = sqlite3_column_int64(statement, 2);
	int64_t length = sqlite3_column_int64(statement, 3);
	struct slice source = database_column(statement, 0);
	struct slice rest;

	if (load_block(reader, block, error))
		return -1;
	if (offset < 0 || length < 0 || (uint64_t)offset > reader->block.length ||
	    (uint64_t)length > reader->block.length - (uint64_t)offset)
		return damaged(reader, error, block, "an event's part lies outside of it");
	list->bytes += (size_t)length;
	if (list->bytes > STORE_READ_EVENT_MAX)
		return damaged(reader, error, block, "an event is too large");
	/* copies, since the next fragment may need another block */
	source.bytes =
		arena_copy(&reader->record_memory, source.bytes ? source.bytes : "", source.length);
	rest.length = (size_t)length;
	rest.bytes = arena_copy(&reader->record_memory, text_string(&reader->block) + offset,
				rest.length);
	if (!source.bytes || !rest.bytes)
		return error_set_memory(error, "cannot read records");
	while (rest.length > 0) {
		struct raw_record record;
		struct stored_record *stored;

		if (list->count == STORE_READ_RECORDS_MAX)
			return damaged(reader, error, block, "an event has too many records");
		if (grow(&reader->record_memory, list))
			return error_set_memory(error, "cannot read records");
		if (raw_block_next(&rest, &record) != 1)
			return damaged(reader, error, block, "a record's length is wrong");
		stored = &list->items[list->count++];
		stored->source = source;
		stored->line = record.line_number;
		stored->bytes = record.line;
	}
	return 0;
}

int store_reader_records(struct store_reader *reader, int64_t row,
			 const struct stored_record **records, size_t *count, struct error *error)
{
	struct record_list list = {.items = NULL};
	int more;

	arena_clear(&reader->record_memory);
	if (!reader->fragment_statement)
		reader->fragment_statement = database_prepare(
			reader->database,
			"SELECT (SELECT name FROM source WHERE id = source_id), block_id, offset, "
			"length FROM fragment WHERE event_id = ?1 ORDER BY ordinal",
			error);
	if (!reader->fragment_statement)
		return -1;
	(void)sqlite3_reset(reader->fragment_statement);
	database_bind_number(reader->fragment_statement, 1, row, EVENT_UNSET);
	while ((more = database_step(reader->fragment_statement, "cannot read the store", error)) ==
	       1)
		if (read_fragment(reader, reader->fragment_statement, &list, error))
			return -1;
	*records = list.items;
	*count = list.count;
	return more;
}
