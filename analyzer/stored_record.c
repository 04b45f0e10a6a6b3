/*
 * Raw records out of compressed blocks. Everything read here may be damaged or forged: no length is
 * trusted before it is compared with what is there.
 */
#include "analyzer/store_read_internal.h"

#include <inttypes.h>
#include <zstd.h>

static int damaged(const struct store_reader *reader, struct error *error, int64_t block,
		   const char *why)
{
	return error_set(error, ERROR_INPUT, "cannot read the store", reader->path,
			 "it is damaged: block %" PRId64 ": %s", block, why);
}

static int decompress(struct store_reader *reader, int64_t block, const void *compressed,
		      size_t compressed_length, size_t length, struct error *error)
{
	size_t result;

	free(reader->block);
	reader->block = malloc(length ? length : 1);
	if (!reader->block)
		return error_set_memory(error, "cannot read a block of the store");
	result = ZSTD_decompress(reader->block, length, compressed, compressed_length);
	if (!ZSTD_isError(result) && result == length) {
		reader->block_length = length;
		reader->block_row = block;
		return 0;
	}
	free(reader->block);
	reader->block = NULL;
	return damaged(reader, error, block,
		       ZSTD_isError(result) ? ZSTD_getErrorName(result)
					    : "it is shorter than its row says");
}

static int load_block(struct store_reader *reader, int64_t block, struct error *error)
{
	sqlite3_stmt *statement;
	const void *compressed;
	int64_t length;
	int found, loaded;

	if (reader->block && reader->block_row == block)
		return 0;
	if (!reader->block_statement &&
	    store_reader_prepare(reader, "SELECT length, records FROM block WHERE id = ?",
				 &reader->block_statement, error))
		return -1;
	statement = reader->block_statement;
	(void)sqlite3_reset(statement);
	if (sqlite3_bind_int64(statement, 1, block) != SQLITE_OK)
		return store_reader_fail(reader, error);
	found = store_reader_step(reader, statement, error);
	if (found != 1)
		return found == 0 ? damaged(reader, error, block, "it is missing") : -1;
	length = sqlite3_column_int64(statement, 0);
	if (length < 0 || length > STORE_READ_BLOCK_MAX)
		return damaged(reader, error, block, "its length is out of range");
	compressed = sqlite3_column_blob(statement, 1);
	loaded = decompress(reader, block, compressed ? compressed : "",
			    (size_t)sqlite3_column_bytes(statement, 1), (size_t)length, error);
	(void)sqlite3_reset(statement);
	return loaded;
}

/* an unsigned LEB128 number: seven bits a byte, the lowest first */
static int take_leb128(struct slice *rest, uint64_t *value)
{
	*value = 0;
	for (unsigned shift = 0; rest->length > 0 && shift < 64; shift += 7) {
		unsigned char byte = (unsigned char)rest->bytes[0];

		if (shift == 63 && byte > 1)
			return -1;
		rest->bytes++;
		rest->length--;
		*value |= (uint64_t)(byte & 0x7FU) << shift;
		if (!(byte & 0x80U))
			return 0;
	}
	return -1;
}

/* Takes one record off the front of *rest. */
static int take_record(struct slice *rest, struct stored_record *record)
{
	uint64_t length;

	if (take_leb128(rest, &record->line) || take_leb128(rest, &length) || length > rest->length)
		return -1;
	record->bytes = (struct slice){.bytes = rest->bytes, .length = (size_t)length};
	rest->bytes += length;
	rest->length -= (size_t)length;
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
	if (list->count)
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
	struct slice source = {.bytes = sqlite3_column_blob(statement, 0),
			       .length = (size_t)sqlite3_column_bytes(statement, 0)};
	struct slice rest;

	if (load_block(reader, block, error))
		return -1;
	if (offset < 0 || length < 0 || (uint64_t)offset > reader->block_length ||
	    (uint64_t)length > reader->block_length - (uint64_t)offset)
		return damaged(reader, error, block, "an event's part lies outside of it");
	list->bytes += (size_t)length;
	if (list->bytes > STORE_READ_EVENT_MAX)
		return damaged(reader, error, block, "an event is too large");
	/* copies, since the next fragment may need another block */
	source.bytes =
		arena_copy(&reader->record_memory, source.bytes ? source.bytes : "", source.length);
	rest.length = (size_t)length;
	rest.bytes = arena_copy(&reader->record_memory, reader->block + offset, rest.length);
	if (!source.bytes || !rest.bytes)
		return error_set_memory(error, "cannot read records");
	while (rest.length > 0) {
		if (list->count == STORE_READ_RECORDS_MAX)
			return damaged(reader, error, block, "an event has too many records");
		if (grow(&reader->record_memory, list))
			return error_set_memory(error, "cannot read records");
		if (take_record(&rest, &list->items[list->count]))
			return damaged(reader, error, block, "a record's length is wrong");
		list->items[list->count++].source = source;
	}
	return 0;
}

int store_reader_records(struct store_reader *reader, int64_t row,
			 const struct stored_record **records, size_t *count, struct error *error)
{
	struct record_list list = {.items = NULL};
	int more;

	arena_clear(&reader->record_memory);
	if (!reader->fragment_statement &&
	    store_reader_prepare(reader,
				 "SELECT (SELECT name FROM source WHERE id = source_id), block_id, "
				 "offset, length FROM fragment WHERE event_id = ? ORDER BY ordinal",
				 &reader->fragment_statement, error))
		return -1;
	(void)sqlite3_reset(reader->fragment_statement);
	if (sqlite3_bind_int64(reader->fragment_statement, 1, row) != SQLITE_OK)
		return store_reader_fail(reader, error);
	while ((more = store_reader_step(reader, reader->fragment_statement, error)) == 1)
		if (read_fragment(reader, reader->fragment_statement, &list, error))
			return -1;
	*records = list.items;
	*count = list.count;
	return more;
}
