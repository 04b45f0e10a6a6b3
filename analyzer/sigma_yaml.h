/*
 * YAML documents as small trees with the place of every node, read by libyaml. Bounded: a file that
 * is too large, nests too deep or grows by its aliases is refused. Plain scalars are resolved as in
 * YAML 1.2's core schema, so `yes` and `on` are texts (the values of success= in an audit log), not
 * booleans.
 */
#ifndef ANALYZER_SIGMA_YAML_H
#define ANALYZER_SIGMA_YAML_H

#include "common/arena.h"
#include "common/diagnostic.h"
#include "common/error.h"
#include "common/slice.h"

enum {
	SIGMA_FILE_LIMIT = 1024 * 1024, /* bytes of one file */
	SIGMA_NODE_LIMIT = 20000,       /* nodes of one document, each use of an alias counted */
	SIGMA_DEPTH_LIMIT = 24,         /* lists and maps inside each other */
	SIGMA_DOCUMENT_LIMIT = 1000,    /* documents of one file */
};

enum sigma_node_kind {
	SIGMA_NODE_NULL,    /* nothing, `~` or `null`, not quoted */
	SIGMA_NODE_BOOLEAN, /* `true` or `false`, not quoted */
	SIGMA_NODE_NUMBER,  /* a decimal integer, not quoted */
	SIGMA_NODE_TEXT,
	SIGMA_NODE_LIST,
	SIGMA_NODE_MAP,
};

struct sigma_pair;

struct sigma_node {
	enum sigma_node_kind kind;
	unsigned line, column;          /* from 1 */
	struct slice text;              /* scalars: as written, quotes off; no NUL inside */
	const struct sigma_node *items; /* SIGMA_NODE_LIST */
	const struct sigma_pair *pairs; /* SIGMA_NODE_MAP, in file order, no key twice */
	size_t count;                   /* of items or pairs */
};

struct sigma_pair {
	struct sigma_node key; /* a scalar */
	struct sigma_node value;
};

struct sigma_yaml;

/*
 * Prepares to read `length` bytes, which are borrowed until sigma_yaml_free. `file` is the name for
 * diagnostics, borrowed likewise. NULL when out of memory.
 */
struct sigma_yaml *sigma_yaml_new(const char *file, const char *bytes, size_t length);
void sigma_yaml_free(struct sigma_yaml *yaml);
static inline void sigma_yaml_done(struct sigma_yaml **yaml)
{
	sigma_yaml_free(*yaml);
}

enum sigma_yaml_result {
	SIGMA_YAML_DOCUMENT, /* *root is a document */
	SIGMA_YAML_REFUSED,  /* a diagnostic was added; the next document can be asked for */
	SIGMA_YAML_END,      /* no more documents */
	SIGMA_YAML_FAILED,   /* *error is set: out of memory */
};

/*
 * Reads the next document; its tree lives in `arena`. An empty document is a SIGMA_NODE_NULL. After
 * a syntax error the rest of the file can't be read: that is one SIGMA_YAML_REFUSED, then the end.
 */
enum sigma_yaml_result sigma_yaml_next(struct sigma_yaml *yaml, struct arena *arena,
				       const struct sigma_node **root,
				       struct diagnostics *diagnostics,
				       struct error *error) MUST_CHECK;

/* The value of `key` in a map, or NULL where there is none or `map` is no map. */
const struct sigma_node *sigma_node_get(const struct sigma_node *map, const char *key);

/* What a node is, for messages: "a list". */
const char *sigma_node_kind_name(enum sigma_node_kind kind);

/* Whether a node is a scalar (null, boolean, number or text). */
static inline bool sigma_node_is_scalar(const struct sigma_node *node)
{
	return node->kind < SIGMA_NODE_LIST;
}

#endif
