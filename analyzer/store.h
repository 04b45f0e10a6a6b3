/*
 * The store: one SQLite file in WAL mode, its schema brought up to date by the numbered migrations
 * of schema/store.
 */
#ifndef ANALYZER_STORE_H
#define ANALYZER_STORE_H

#include "analyzer/database.h"

#define STORE_DEFAULT_PATH "/var/lib/auditmgr/events.db"

/* The first bytes of PRAGMA application_id: 'amgr'. */
enum {
	STORE_APPLICATION_ID = 0x616D6772
};

struct store;

/*
 * Opens `path` for writing, makes it (mode 0640, and its directory) where it isn't there, and
 * applies the migrations of `migrations` (a directory) that it lacks. Waits up to half a minute for
 * another writer to close it. Returns NULL with *error: not to be written, another is writing, no
 * store, a store of a newer version.
 */
struct store *store_open(const char *path, const char *migrations, struct error *error);

/* Rolls back what was not committed. */
void store_close(struct store *store);

/* The connection, for the modules that write one part each (store_*.c). */
sqlite3 *store_database(struct store *store);

/* A transaction for everything that belongs to a batch. Each returns 0, or -1 with *error. */
int store_begin(struct store *store, struct error *error) MUST_CHECK;
int store_commit(struct store *store, struct error *error) MUST_CHECK;

#endif
