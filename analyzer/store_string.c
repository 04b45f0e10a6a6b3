#include "analyzer/store_string.h"

enum {
	CACHE_SLOTS = 32768,
	CACHE_TEXT_MAX = 192, /* longer ones are rarely seen twice */
};

struct cached {
	uint64_t hash;
	int64_t id; /* 0: empty, since rows count from 1 */
	size_t length;
	char bytes[CACHE_TEXT_MAX];
};

struct store_string {
	sqlite3_stmt *find;
	sqlite3_stmt *add;
	struct cached *cache; /* direct-mapped: a newer text takes the place of an older one */
};

struct store_string *store_string_new(sqlite3 *database, struct error *error)
{
	struct store_string *strings = calloc(1, sizeof(*strings));

	if (!strings || !(strings->cache = calloc(CACHE_SLOTS, sizeof(*strings->cache)))) {
		error_set_memory(error, "cannot open the store");
		store_string_free(strings);
		return NULL;
	}
	strings->find = database_prepare(database, "SELECT id FROM string WHERE value = ?1", error);
	if (strings->find)
		strings->add = database_prepare(
			database, "INSERT INTO string (value) VALUES (?1) RETURNING id", error);
	if (!strings->add) {
		store_string_free(strings);
		return NULL;
	}
	return strings;
}

void store_string_free(struct store_string *strings)
{
	if (!strings)
		return;
	(void)sqlite3_finalize(strings->find);
	(void)sqlite3_finalize(strings->add);
	free(strings->cache);
	free(strings);
}

/* FNV-1a, 64 bits: fast on short texts, and a collision only costs a look into the table */
static uint64_t hash_of(struct slice text)
{
	uint64_t hash = 0xCBF29CE484222325ULL;

	for (size_t i = 0; i < text.length; i++)
		hash = (hash ^ (unsigned char)text.bytes[i]) * 0x100000001B3ULL;
	return hash;
}

static int step_for_id(sqlite3_stmt *statement, struct slice text, int64_t *id, struct error *error)
{
	int result;

	database_bind_blob(statement, 1, text);
	result = database_step(statement, "cannot write to the store", error);
	if (result > 0) {
		*id = sqlite3_column_int64(statement, 0);
		(void)sqlite3_reset(statement);
	}
	return result;
}

int store_string_id(struct store_string *strings, struct slice text, int64_t *id,
		    struct error *error)
{
	bool cacheable = text.length <= CACHE_TEXT_MAX;
	uint64_t hash;
	struct cached *slot;
	int result;

	if (!text.bytes) {
		*id = STORE_STRING_NONE;
		return 0;
	}
	hash = cacheable ? hash_of(text) : 0;
	slot = &strings->cache[(hash ^ hash >> 32) % CACHE_SLOTS];
	if (cacheable && slot->id && slot->hash == hash && slot->length == text.length &&
	    memcmp(slot->bytes, text.bytes, text.length) == 0) {
		*id = slot->id;
		return 0;
	}
	result = step_for_id(strings->find, text, id, error);
	if (result == 0)
		result = step_for_id(strings->add, text, id, error);
	if (result <= 0)
		return -1;
	if (cacheable) {
		*slot = (struct cached){.hash = hash, .id = *id, .length = text.length};
		memcpy(slot->bytes, text.bytes, text.length);
	}
	return 0;
}
