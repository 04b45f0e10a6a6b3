#include "analyzer/store_raw.h"

#include "analyzer/raw_block.h"

struct store_raw {
	sqlite3_stmt *add;
	sqlite3_stmt *find;
	int64_t open_id; /* the number that the open block will have */
	struct text open;
	struct text compressed;
	int64_t cached_id; /* of the block that was read last, or 0 */
	struct text cached;
};

struct store_raw *store_raw_new(sqlite3 *database, struct error *error)
{
	struct store_raw *raw = calloc(1, sizeof(*raw));

	if (!raw) {
		error_set_memory(error, "cannot open the store");
		return NULL;
	}
	raw->add = database_prepare(
		database, "INSERT INTO block (id, length, records) VALUES (?1, ?2, ?3)", error);
	if (raw->add)
		raw->find = database_prepare(
			database, "SELECT length, records FROM block WHERE id = ?1", error);
	if (!raw->find || database_number(database, "SELECT coalesce(max(id), 0) + 1 FROM block", 1,
					  &raw->open_id, error)) {
		store_raw_free(raw);
		return NULL;
	}
	return raw;
}

void store_raw_free(struct store_raw *raw)
{
	if (!raw)
		return;
	(void)sqlite3_finalize(raw->add);
	(void)sqlite3_finalize(raw->find);
	text_done(&raw->open);
	text_done(&raw->compressed);
	text_done(&raw->cached);
	free(raw);
}

int store_raw_add(struct store_raw *raw, const struct record *records, size_t count,
		  struct store_raw_place *place, struct error *error)
{
	if (raw->open.length >= STORE_RAW_BLOCK_SIZE && store_raw_flush(raw, error))
		return -1;
	place->block_id = raw->open_id;
	place->offset = (int64_t)raw->open.length;
	for (size_t i = 0; i < count; i++) {
		struct raw_record record = {.line_number = records[i].line_number,
					    .line = records[i].line};

		if (raw_block_append(&raw->open, &record))
			return error_set_memory(error, "cannot write to the store");
	}
	place->length = (int64_t)raw->open.length - place->offset;
	return 0;
}

static int load_block(struct store_raw *raw, int64_t id, struct error *error)
{
	int result;

	if (raw->cached_id == id)
		return 0;
	raw->cached_id = 0;
	(void)sqlite3_bind_int64(raw->find, 1, id);
	result = database_step(raw->find, "cannot read the store", error);
	if (result < 0)
		return -1;
	if (result == 0 ||
	    raw_block_decompress(database_column(raw->find, 1),
				 (uint64_t)sqlite3_column_int64(raw->find, 0), &raw->cached)) {
		(void)sqlite3_reset(raw->find);
		return error_set(error, ERROR_SYSTEM, "cannot read the store", "raw records",
				 "block %lld is missing or damaged", (long long)id);
	}
	(void)sqlite3_reset(raw->find);
	raw->cached_id = id;
	return 0;
}

int store_raw_read(struct store_raw *raw, const struct store_raw_place *place, struct slice *bytes,
		   struct error *error)
{
	const struct text *block = &raw->open;

	if (place->block_id != raw->open_id) {
		if (load_block(raw, place->block_id, error))
			return -1;
		block = &raw->cached;
	}
	if (place->offset < 0 || place->length < 0 || (uint64_t)place->offset > block->length ||
	    (uint64_t)place->length > block->length - (uint64_t)place->offset)
		return error_set(error, ERROR_SYSTEM, "cannot read the store", "raw records",
				 "block %lld is too short", (long long)place->block_id);
	*bytes = (struct slice){text_string(block) + place->offset, (size_t)place->length};
	return 0;
}

int store_raw_flush(struct store_raw *raw, struct error *error)
{
	struct slice open = {raw->open.bytes, raw->open.length};

	if (open.length == 0)
		return 0;
	if (raw_block_compress(open, &raw->compressed))
		return error_set_memory(error, "cannot write to the store");
	(void)sqlite3_bind_int64(raw->add, 1, raw->open_id);
	(void)sqlite3_bind_int64(raw->add, 2, (int64_t)open.length);
	database_bind_blob(raw->add, 3,
			   (struct slice){raw->compressed.bytes, raw->compressed.length});
	if (database_run(raw->add, "cannot write to the store", error))
		return -1;
	raw->open_id++;
	text_clear(&raw->open);
	return 0;
}
