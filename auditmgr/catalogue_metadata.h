/*
 * The `#:` lines of the catalogue's files, one at a time: `#: key: value`, and `#:` with two blanks
 * or more, which continues the value before it. Shared by the catalogue_*.c files only.
 */
#ifndef AUDITMGR_CATALOGUE_METADATA_H
#define AUDITMGR_CATALOGUE_METADATA_H

#include "auditmgr/catalogue.h"
#include "common/text.h"

enum metadata_key {
	METADATA_ID,
	METADATA_TITLE,
	METADATA_CONTROLS,
	METADATA_ATTACK,
	METADATA_WHY,
	METADATA_KEY_COUNT,
};

/* The metadata of the entry that is being read. */
struct metadata {
	struct text values[METADATA_KEY_COUNT];
	unsigned lines[METADATA_KEY_COUNT]; /* where each value starts; 0: not there */
	unsigned columns[METADATA_KEY_COUNT];
	int last; /* the key that a continuation adds to, or -1 */
};

/* What is wrong with a line or a value: printed as `file:line:column: what: why`. */
struct metadata_fault {
	unsigned line;
	unsigned column;
	struct slice what; /* borrowed from the line, or static */
	const char *why;
};

void metadata_done(struct metadata *metadata);

/* Empties it for the next entry. */
void metadata_clear(struct metadata *metadata);

/* Whether `line` is one of ours. */
bool metadata_is(struct slice line);

/* "id", "title"... */
const char *metadata_key_name(enum metadata_key key);

/*
 * Adds one line. Returns 0, 1 with *fault where it is wrong, or -1 when out of memory.
 */
int metadata_add(struct metadata *metadata, struct slice line, unsigned number,
		 struct metadata_fault *fault) MUST_CHECK;

/*
 * Fills id, title, why, controls and attack of *entry in `arena`. Returns 0, 1 with *fault where
 * one is missing or malformed, or -1 when out of memory.
 */
int metadata_fill(const struct metadata *metadata, struct arena *arena,
		  struct catalogue_entry *entry, struct metadata_fault *fault) MUST_CHECK;

#endif
