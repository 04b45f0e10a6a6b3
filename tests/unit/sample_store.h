/*
 * Stores for tests of the reading side: made from the files of schema/store and filled by SQL, so
 * that those tests depend on the layout and not on the code that writes it. Every failure fails the
 * test.
 */
#ifndef TESTS_UNIT_SAMPLE_STORE_H
#define TESTS_UNIT_SAMPLE_STORE_H

#include <sqlite3.h>
#include <stddef.h>
#include <stdint.h>

struct sample_store {
	char directory[64];
	char path[96];
	sqlite3 *database;
};

/* Makes an empty store in a new directory. */
void sample_store_create(struct sample_store *store);

/* Closes the connection; the file stays. */
void sample_store_close(struct sample_store *store);

/* Closes and removes everything. */
void sample_store_remove(struct sample_store *store);

void sample_store_run(struct sample_store *store, const char *sql);

/* The id of a text of `length` bytes. */
int64_t sample_store_text(struct sample_store *store, const char *bytes, size_t length);

/* What a row of `event` needs; texts that are NULL and numbers that are 0 are NULL in the store.
 */
struct sample_event {
	int64_t time;
	int64_t serial;
	const char *node;  /* NULL: "" */
	const char *types; /* NULL: "SYSCALL" */
	const char *keys;
	const char *syscall;
	int64_t success, pid, auid, uid, session;
	const char *auid_name, *uid_name, *exe, *cwd, *remote;
	const char *arguments; /* each ended by a NUL */
	size_t arguments_length;
	int64_t socket_family;
	const char *socket_address;
	int64_t socket_port;
};

/* for a number of an event that is 0, since what an initializer leaves out is no number */
#define SAMPLE_ZERO INT64_MIN

#define SAMPLE_EVENT(...) (&(const struct sample_event){__VA_ARGS__})

/* Adds a row and returns its id. */
int64_t sample_store_event(struct sample_store *store, const struct sample_event *event);

void sample_store_path(struct sample_store *store, int64_t event, int ordinal, const char *name,
		       const char *nametype);

struct sample_record {
	uint64_t line;
	const char *bytes;
	size_t length;
};

/* Adds a block of `records` and returns its id; *length gets its uncompressed length. */
int64_t sample_store_block(struct sample_store *store, const struct sample_record *records,
			   size_t count, size_t *length);

void sample_store_fragment(struct sample_store *store, int64_t event, int ordinal,
			   const char *source, int64_t block, int64_t offset, int64_t length);

#endif
