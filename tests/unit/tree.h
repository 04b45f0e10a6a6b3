/*
 * File trees that a test makes in a new temporary directory, from a table.
 */
#ifndef TESTS_UNIT_TREE_H
#define TESTS_UNIT_TREE_H

#include <stddef.h>

enum tree_kind {
	TREE_END, /* ends a table */
	TREE_FILE,
	TREE_DIRECTORY,
	TREE_LINK,
	TREE_SOCKET,
	TREE_FIFO,
};

struct tree_entry {
	enum tree_kind kind;
	const char *path;    /* absolute, in the tree; missing directories are made */
	const char *content; /* a file's text, a link's target; NULL: empty */
};

/* Makes the directory and what is in `entries`. Returns its path, for tree_remove. Aborts the test
 * program where the machine refuses. */
char *tree_make(const struct tree_entry *entries);

/* Adds to the tree, replacing files of the same path. */
void tree_add(const char *root, const struct tree_entry *entries);

/* Removes the tree and frees its path. */
void tree_remove(char *root);

#endif
