/*
 * The SQL functions that a filter's conditions call. Each takes a pointer (sqlite3_bind_pointer)
 * and a text of the store, and answers 1 or 0:
 *
 *   pattern_matches(pattern, value)  the whole text matches
 *   exe_matches(patterns, value)     a program's path: whole, or its last part for a pattern
 * without '/' keys_match(patterns, value)      one of the keys joined by 0x01 matches
 *   types_match(filter, value)       one of the record types joined by ',' is one of the filter's
 */
#ifndef ANALYZER_QUERY_MATCH_H
#define ANALYZER_QUERY_MATCH_H

#include "common/cleanup.h"

#include <sqlite3.h>

/* what the pointers are */
#define QUERY_MATCH_PATTERN  "struct pattern"
#define QUERY_MATCH_PATTERNS "struct filter_patterns"
#define QUERY_MATCH_FILTER   "struct filter"

/* Defines them on `database`. Returns an SQLite code. */
int query_match_define(sqlite3 *database) MUST_CHECK;

/* Binds `pointer`, which is only read and outlives the statement. Returns an SQLite code. */
int query_match_bind(sqlite3_stmt *statement, int index, const void *pointer,
		     const char *type) MUST_CHECK;

#endif
