#include "analyzer/sigma_yaml.h"

#include <stdint.h>
#include <yaml.h>

struct sigma_yaml {
	yaml_parser_t parser;
	const char *file;
	unsigned documents;
	bool ended;
};

/* the conversion of one libyaml document */
struct conversion {
	struct sigma_yaml *yaml;
	yaml_document_t *document;
	struct arena *arena;
	struct diagnostics *diagnostics;
	struct error *error;
	size_t nodes;
};

struct sigma_yaml *sigma_yaml_new(const char *file, const char *bytes, size_t length)
{
	struct sigma_yaml *yaml = calloc(1, sizeof(*yaml));

	if (!yaml)
		return NULL;
	if (!yaml_parser_initialize(&yaml->parser)) {
		free(yaml);
		return NULL;
	}
	yaml->file = file;
	yaml_parser_set_input_string(&yaml->parser, (const unsigned char *)bytes, length);
	return yaml;
}

void sigma_yaml_free(struct sigma_yaml *yaml)
{
	if (!yaml)
		return;
	yaml_parser_delete(&yaml->parser);
	free(yaml);
}

const char *sigma_node_kind_name(enum sigma_node_kind kind)
{
	static const char *const names[] = {
		[SIGMA_NODE_NULL] = "null",       [SIGMA_NODE_BOOLEAN] = "a boolean",
		[SIGMA_NODE_NUMBER] = "a number", [SIGMA_NODE_TEXT] = "a text",
		[SIGMA_NODE_LIST] = "a list",     [SIGMA_NODE_MAP] = "a map",
	};

	return names[kind];
}

const struct sigma_node *sigma_node_get(const struct sigma_node *map, const char *key)
{
	if (map->kind != SIGMA_NODE_MAP)
		return NULL;
	for (size_t i = 0; i < map->count; i++)
		if (slice_is(map->pairs[i].key.text, key))
			return &map->pairs[i].value;
	return NULL;
}

static unsigned line_of(const yaml_mark_t *mark)
{
	return mark->line < UINT32_MAX ? (unsigned)mark->line + 1 : 0;
}

static unsigned column_of(const yaml_mark_t *mark)
{
	return mark->column < UINT32_MAX ? (unsigned)mark->column + 1 : 0;
}

static enum sigma_yaml_result out_of_memory(struct error *error)
{
	error_set_memory(error, "cannot read the detection");
	return SIGMA_YAML_FAILED;
}

static enum sigma_yaml_result refuse(struct conversion *conversion, const yaml_mark_t *mark,
				     const char *why)
{
	if (diagnostics_add(conversion->diagnostics, DIAGNOSTIC_ERROR, conversion->yaml->file,
			    line_of(mark), column_of(mark), "document", "%s", why))
		return out_of_memory(conversion->error);
	return SIGMA_YAML_REFUSED;
}

static bool is_integer(struct slice text)
{
	size_t at = text.length > 0 && (text.bytes[0] == '-' || text.bytes[0] == '+');

	if (at == text.length)
		return false;
	for (; at < text.length; at++)
		if (text.bytes[at] < '0' || text.bytes[at] > '9')
			return false;
	return true;
}

static enum sigma_node_kind plain_kind(struct slice text)
{
	if (text.length == 0 || slice_is(text, "~") || slice_is(text, "null") ||
	    slice_is(text, "Null") || slice_is(text, "NULL"))
		return SIGMA_NODE_NULL;
	if (slice_is(text, "true") || slice_is(text, "True") || slice_is(text, "TRUE") ||
	    slice_is(text, "false") || slice_is(text, "False") || slice_is(text, "FALSE"))
		return SIGMA_NODE_BOOLEAN;
	return is_integer(text) ? SIGMA_NODE_NUMBER : SIGMA_NODE_TEXT;
}

static enum sigma_yaml_result convert_node(struct conversion *conversion, int index, unsigned depth,
					   struct sigma_node *made);

static enum sigma_yaml_result convert_scalar(struct conversion *conversion,
					     const yaml_node_t *source, struct sigma_node *made)
{
	const char *value = (const char *)source->data.scalar.value;
	size_t length = source->data.scalar.length;

	if (length && memchr(value, '\0', length))
		return refuse(conversion, &source->start_mark, "it holds a NUL character");
	made->text.bytes = arena_copy(conversion->arena, value, length);
	made->text.length = length;
	if (!made->text.bytes)
		return out_of_memory(conversion->error);
	made->kind = source->data.scalar.style == YAML_PLAIN_SCALAR_STYLE ? plain_kind(made->text)
									  : SIGMA_NODE_TEXT;
	return SIGMA_YAML_DOCUMENT;
}

static enum sigma_yaml_result convert_list(struct conversion *conversion, const yaml_node_t *source,
					   unsigned depth, struct sigma_node *made)
{
	const yaml_node_item_t *first = source->data.sequence.items.start;
	size_t count = (size_t)(source->data.sequence.items.top - first);
	struct sigma_node *items;

	/* an upper bound before anything is allocated; each item is counted again on its own */
	if (count > SIGMA_NODE_LIMIT)
		return refuse(conversion, &source->start_mark, "it has too many values");
	items = arena_allocate_zeroed(conversion->arena, count + 1, sizeof(*items));
	if (!items)
		return out_of_memory(conversion->error);
	for (size_t i = 0; i < count; i++) {
		enum sigma_yaml_result result =
			convert_node(conversion, first[i], depth + 1, &items[i]);

		if (result != SIGMA_YAML_DOCUMENT)
			return result;
	}
	made->kind = SIGMA_NODE_LIST;
	made->items = items;
	made->count = count;
	return SIGMA_YAML_DOCUMENT;
}

static bool has_key(const struct sigma_pair *pairs, size_t count, struct slice key)
{
	for (size_t i = 0; i < count; i++)
		if (slice_equal(pairs[i].key.text, key))
			return true;
	return false;
}

static enum sigma_yaml_result convert_pair(struct conversion *conversion,
					   const yaml_node_pair_t *source, unsigned depth,
					   struct sigma_pair *pairs, size_t at)
{
	const yaml_node_t *key = yaml_document_get_node(conversion->document, source->key);
	enum sigma_yaml_result result;

	if (!key || key->type != YAML_SCALAR_NODE)
		return refuse(conversion, key ? &key->start_mark : &conversion->yaml->parser.mark,
			      "the key of a map must be a text");
	result = convert_node(conversion, source->key, depth + 1, &pairs[at].key);
	if (result != SIGMA_YAML_DOCUMENT)
		return result;
	if (has_key(pairs, at, pairs[at].key.text))
		return refuse(conversion, &key->start_mark, "the same key stands twice in a map");
	return convert_node(conversion, source->value, depth + 1, &pairs[at].value);
}

static enum sigma_yaml_result convert_map(struct conversion *conversion, const yaml_node_t *source,
					  unsigned depth, struct sigma_node *made)
{
	enum {
		MAP_LIMIT = 1000 /* keys: the search for doubles is quadratic */
	};
	const yaml_node_pair_t *first = source->data.mapping.pairs.start;
	size_t count = (size_t)(source->data.mapping.pairs.top - first);
	struct sigma_pair *pairs;

	if (count > MAP_LIMIT)
		return refuse(conversion, &source->start_mark, "a map has too many keys");
	pairs = arena_allocate_zeroed(conversion->arena, count + 1, sizeof(*pairs));
	if (!pairs)
		return out_of_memory(conversion->error);
	for (size_t i = 0; i < count; i++) {
		enum sigma_yaml_result result =
			convert_pair(conversion, &first[i], depth, pairs, i);

		if (result != SIGMA_YAML_DOCUMENT)
			return result;
	}
	made->kind = SIGMA_NODE_MAP;
	made->pairs = pairs;
	made->count = count;
	return SIGMA_YAML_DOCUMENT;
}

/* An alias is converted again at each use: the node limit bounds what it can grow to, and the depth
 * limit ends an alias to its own ancestor. */
static enum sigma_yaml_result convert_node(struct conversion *conversion, int index, unsigned depth,
					   struct sigma_node *made)
{
	const yaml_node_t *source = yaml_document_get_node(conversion->document, index);

	if (!source)
		return refuse(conversion, &conversion->yaml->parser.mark, "it can't be read");
	if (++conversion->nodes > SIGMA_NODE_LIMIT)
		return refuse(conversion, &source->start_mark, "it has too many values");
	if (depth > SIGMA_DEPTH_LIMIT)
		return refuse(conversion, &source->start_mark, "it is nested too deep");
	made->line = line_of(&source->start_mark);
	made->column = column_of(&source->start_mark);
	switch (source->type) {
	case YAML_SCALAR_NODE:
		return convert_scalar(conversion, source, made);
	case YAML_SEQUENCE_NODE:
		return convert_list(conversion, source, depth, made);
	case YAML_MAPPING_NODE:
		return convert_map(conversion, source, depth, made);
	case YAML_NO_NODE:
		break;
	}
	return refuse(conversion, &source->start_mark, "it can't be read");
}

static enum sigma_yaml_result refuse_syntax(struct sigma_yaml *yaml,
					    struct diagnostics *diagnostics, struct error *error)
{
	const yaml_parser_t *parser = &yaml->parser;

	yaml->ended = true;
	if (parser->error == YAML_MEMORY_ERROR)
		return out_of_memory(error);
	/* a reader error (bad UTF-8) has no mark of its own */
	if (diagnostics_add(diagnostics, DIAGNOSTIC_ERROR, yaml->file,
			    line_of(parser->error == YAML_READER_ERROR ? &parser->mark
								       : &parser->problem_mark),
			    column_of(parser->error == YAML_READER_ERROR ? &parser->mark
									 : &parser->problem_mark),
			    "YAML", "%s", parser->problem ? parser->problem : "it can't be read"))
		return out_of_memory(error);
	return SIGMA_YAML_REFUSED;
}

static enum sigma_yaml_result convert_document(struct conversion *conversion,
					       const struct sigma_node **root)
{
	yaml_node_t *top = yaml_document_get_root_node(conversion->document);
	struct sigma_node *made = arena_allocate_zeroed(conversion->arena, 1, sizeof(*made));
	enum sigma_yaml_result result;

	if (!made)
		return out_of_memory(conversion->error);
	if (!top) {
		conversion->yaml->ended = true; /* libyaml's sign for the end of the stream */
		return SIGMA_YAML_END;
	}
	if (++conversion->yaml->documents > SIGMA_DOCUMENT_LIMIT) {
		conversion->yaml->ended = true;
		return refuse(conversion, &top->start_mark, "the file has too many documents");
	}
	result = convert_node(conversion, 1, 0, made); /* node 1 is the root */
	*root = made;
	return result;
}

enum sigma_yaml_result sigma_yaml_next(struct sigma_yaml *yaml, struct arena *arena,
				       const struct sigma_node **root,
				       struct diagnostics *diagnostics, struct error *error)
{
	yaml_document_t document;
	struct conversion conversion = {
		.yaml = yaml,
		.document = &document,
		.arena = arena,
		.diagnostics = diagnostics,
		.error = error,
	};
	enum sigma_yaml_result result;

	if (yaml->ended)
		return SIGMA_YAML_END;
	if (!yaml_parser_load(&yaml->parser, &document))
		return refuse_syntax(yaml, diagnostics, error);
	result = convert_document(&conversion, root);
	yaml_document_delete(&document);
	return result;
}
