/*
 * The store's table of repeated texts: a number for each, found in a bounded cache or in the table.
 */
#ifndef ANALYZER_STORE_STRING_H
#define ANALYZER_STORE_STRING_H

#include "analyzer/database.h"

struct store_string;

/* Returns NULL with *error. Borrows the connection. */
struct store_string *store_string_new(sqlite3 *database, struct error *error);

void store_string_free(struct store_string *strings);

/* The number of `text`, new where it isn't there yet; STORE_STRING_NONE for a slice without bytes.
 */
#define STORE_STRING_NONE (-1)
int store_string_id(struct store_string *strings, struct slice text, int64_t *id,
		    struct error *error) MUST_CHECK;

#endif
