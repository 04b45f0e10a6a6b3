#include "analyzer/sigma_rule.h"

#include "analyzer/sigma_selection.h"

enum {
	TITLE_LIMIT = 256, /* the specification's own */
	LIST_LIMIT = 100,  /* tags, false positives */
	TEXT_LIMIT = 65535,
	SELECTION_LIMIT = 1000,
};

struct compilation {
	struct sigma_rule *rule;
	const struct sigma_node *document;
	struct sigma_fault fault;
};

static const char *const level_names[] = {"informational", "low", "medium", "high", "critical"};

const char *sigma_level_name(enum sigma_level level)
{
	return level_names[level];
}

static int fault_at(struct compilation *state, const struct sigma_node *at, const char *what,
		    const char *why)
{
	return sigma_fault_set(&state->fault, &state->rule->arena, at, slice_of(what), why);
}

/* The text of attribute `name` in the rule's arena; "" where there is none and it isn't needed. */
static int read_text(struct compilation *state, const char *name, size_t limit, bool needed,
		     const char **text)
{
	const struct sigma_node *node = sigma_node_get(state->document, name);

	*text = "";
	if (!node || node->kind == SIGMA_NODE_NULL)
		return needed ? fault_at(state, node ? node : state->document, name,
					 "the document has none")
			      : 0;
	if (!sigma_node_is_scalar(node))
		return fault_at(state, node, name, "it must be a text");
	if (node->text.length > limit)
		return fault_at(state, node, name, "it is too long");
	*text = arena_copy(&state->rule->arena, node->text.bytes, node->text.length);
	return *text ? 0 : sigma_fault_memory(&state->fault);
}

/* A list of texts (or one text). */
static int read_list(struct compilation *state, const char *name, const char *const **texts,
		     size_t *count)
{
	const struct sigma_node *node = sigma_node_get(state->document, name);
	const struct sigma_node *items = node;
	const char **copies;
	size_t given = 1;

	if (!node || node->kind == SIGMA_NODE_NULL)
		return 0;
	if (node->kind == SIGMA_NODE_LIST) {
		items = node->items;
		given = node->count;
	}
	if (given > LIST_LIMIT)
		return fault_at(state, node, name, "the list is too long");
	copies = arena_allocate_zeroed(&state->rule->arena, given + 1, sizeof(const char *));
	if (!copies)
		return sigma_fault_memory(&state->fault);
	for (size_t i = 0; i < given; i++) {
		if (!sigma_node_is_scalar(&items[i]))
			return fault_at(state, &items[i], name, "it must be a list of texts");
		copies[i] =
			arena_copy(&state->rule->arena, items[i].text.bytes, items[i].text.length);
		if (!copies[i])
			return sigma_fault_memory(&state->fault);
	}
	*texts = copies;
	*count = given;
	return 0;
}

static bool is_uuid(const char *text)
{
	static const char shape[] = "hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh";

	if (strlen(text) != strlen(shape))
		return false;
	for (size_t i = 0; text[i]; i++)
		if (shape[i] == '-' ? text[i] != '-' : !strchr("0123456789abcdef", text[i]))
			return false;
	return true;
}

static int read_id(struct compilation *state)
{
	const struct sigma_node *node = sigma_node_get(state->document, "id");
	const char *given;
	char *folded;

	if (read_text(state, "id", TITLE_LIMIT, true, &given))
		return -1;
	folded = arena_copy(&state->rule->arena, given, strlen(given));
	if (!folded)
		return sigma_fault_memory(&state->fault);
	for (char *at = folded; *at; at++)
		*at = sigma_text_fold(*at);
	state->rule->id = folded;
	return is_uuid(folded) ? 0 : fault_at(state, node, "id", "it is no UUID");
}

static int read_level(struct compilation *state)
{
	const struct sigma_node *node = sigma_node_get(state->document, "level");

	state->rule->level = SIGMA_LOW;
	if (!node)
		return 0;
	for (size_t i = 0; i < sizeof(level_names) / sizeof(level_names[0]); i++) {
		if (!slice_is(node->text, level_names[i]))
			continue;
		state->rule->level = (enum sigma_level)i;
		return 0;
	}
	return fault_at(state, node, "level",
			"it must be informational, low, medium, high or critical");
}

static int read_status(struct compilation *state)
{
	if (read_text(state, "status", TITLE_LIMIT, false, &state->rule->status))
		return -1;
	if (strcmp(state->rule->status, "unsupported") == 0)
		return fault_at(state, sigma_node_get(state->document, "status"), "status",
				"its author says that the rule can't be used");
	return 0;
}

static struct slice part(const struct sigma_node *logsource, const char *name)
{
	const struct sigma_node *node = sigma_node_get(logsource, name);

	return node ? node->text : (struct slice)SLICE_NONE;
}

static int read_logsource(struct compilation *state)
{
	const struct sigma_node *node = sigma_node_get(state->document, "logsource");
	struct slice product, category, service;

	if (!node)
		return fault_at(state, state->document, "logsource", "the document has none");
	if (node->kind != SIGMA_NODE_MAP)
		return fault_at(state, node, "logsource", "it must be a map");
	product = part(node, "product");
	category = part(node, "category");
	service = part(node, "service");
	if (sigma_logsource_find(product, category, service, &state->rule->source) == 0)
		return 0;
	return fault_at(
		state, node, "logsource",
		arena_format(&state->rule->arena, "not fed by audit:%s%.*s%s%.*s%s%.*s",
			     product.bytes ? " product " : "",
			     (int)(product.length < 40 ? product.length : 40),
			     product.bytes ? product.bytes : "", category.bytes ? " category " : "",
			     (int)(category.length < 40 ? category.length : 40),
			     category.bytes ? category.bytes : "", service.bytes ? " service " : "",
			     (int)(service.length < 40 ? service.length : 40),
			     service.bytes ? service.bytes : ""));
}

static int read_selections(struct compilation *state, const struct sigma_node *detection)
{
	struct sigma_rule *rule = state->rule;

	if (detection->count > SELECTION_LIMIT)
		return fault_at(state, detection, "detection", "it has too many selections");
	rule->selections = arena_allocate_zeroed(&rule->arena, detection->count + 1,
						 sizeof(*rule->selections));
	if (!rule->selections)
		return sigma_fault_memory(&state->fault);
	for (size_t i = 0; i < detection->count; i++) {
		const struct sigma_pair *pair = &detection->pairs[i];

		if (slice_is(pair->key.text, "condition"))
			continue;
		if (slice_is(pair->key.text, "timeframe"))
			return fault_at(state, &pair->key, "timeframe",
					"aggregation is not supported, write a correlation");
		if (sigma_selection_compile(&rule->arena, rule->source, pair,
					    &rule->selections[rule->selection_count++],
					    &state->fault))
			return -1;
	}
	if (rule->selection_count == 0)
		return fault_at(state, detection, "detection", "it has no selection");
	return 0;
}

static const struct sigma_condition *
parse_condition(struct compilation *state, const struct sigma_node *node, const struct slice *names)
{
	const struct sigma_condition *parsed;
	const char *why;
	size_t offset;

	if (!sigma_node_is_scalar(node) || node->text.length == 0) {
		fault_at(state, node, "condition", "it must be a text");
		return NULL;
	}
	parsed = sigma_condition_parse(&state->rule->arena, node->text, names,
				       state->rule->selection_count, &why, &offset);
	if (!parsed)
		fault_at(state, node, "condition", why);
	return parsed;
}

/* A list of conditions is linked by OR. */
static int read_conditions(struct compilation *state, const struct sigma_node *node)
{
	struct sigma_rule *rule = state->rule;
	bool list = node->kind == SIGMA_NODE_LIST;
	size_t count = list ? node->count : 1;
	const struct sigma_condition **conditions = arena_allocate_zeroed(
		&rule->arena, count + 1, sizeof(const struct sigma_condition *));
	struct slice *names =
		arena_allocate_zeroed(&rule->arena, rule->selection_count, sizeof(*names));

	if (!conditions || !names)
		return sigma_fault_memory(&state->fault);
	if (count == 0)
		return fault_at(state, node, "condition", "it must be a text");
	for (size_t i = 0; i < rule->selection_count; i++)
		names[i] = rule->selections[i].name;
	for (size_t i = 0; i < count; i++) {
		conditions[i] = parse_condition(state, list ? &node->items[i] : node, names);
		if (!conditions[i])
			return -1;
	}
	rule->condition = sigma_condition_any(&rule->arena, conditions, count);
	return rule->condition ? 0 : sigma_fault_memory(&state->fault);
}

static int read_detection(struct compilation *state)
{
	const struct sigma_node *detection = sigma_node_get(state->document, "detection");
	const struct sigma_node *condition;

	if (!detection)
		return fault_at(state, state->document, "detection", "the document has none");
	if (detection->kind != SIGMA_NODE_MAP)
		return fault_at(state, detection, "detection", "it must be a map");
	condition = sigma_node_get(detection, "condition");
	if (!condition)
		return fault_at(state, detection, "condition", "the detection has none");
	return read_selections(state, detection) || read_conditions(state, condition) ? -1 : 0;
}

/* kinds of documents that are not detections */
static int refuse_other_kinds(struct compilation *state)
{
	static const struct {
		const char *attribute, *why;
	} kinds[] = {
		{"correlation", "correlation documents are not supported yet"},
		{"filter", "filter documents are not supported yet"},
		{"action", "rule collections are not supported, use a document for each rule"},
	};

	if (state->document->kind != SIGMA_NODE_MAP)
		return fault_at(state, state->document, "document", "it must be a map");
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		const struct sigma_node *node = sigma_node_get(state->document, kinds[i].attribute);

		if (node)
			return fault_at(state, node, kinds[i].attribute, kinds[i].why);
	}
	return 0;
}

static int compile(struct compilation *state)
{
	struct sigma_rule *rule = state->rule;

	if (refuse_other_kinds(state) ||
	    read_text(state, "title", TITLE_LIMIT, true, &rule->title) || read_id(state) ||
	    read_status(state) || read_level(state) ||
	    read_text(state, "description", TEXT_LIMIT, false, &rule->description) ||
	    read_list(state, "tags", &rule->tags, &rule->tag_count) ||
	    read_list(state, "falsepositives", &rule->false_positives,
		      &rule->false_positive_count) ||
	    read_logsource(state) || read_detection(state))
		return -1;
	return 0;
}

int sigma_rule_compile(const struct sigma_node *document, const char *file,
		       struct sigma_rule **rule, struct diagnostics *diagnostics,
		       struct error *error)
{
	struct compilation state = {.rule = calloc(1, sizeof(struct sigma_rule)),
				    .document = document};
	int refused = -1;

	*rule = NULL;
	if (state.rule) {
		state.rule->line = document->line;
		state.rule->file = arena_copy(&state.rule->arena, file, strlen(file));
		refused = compile(&state);
	}
	if (!refused && state.rule->file) {
		*rule = state.rule;
		return 0;
	}
	if (state.fault.what &&
	    diagnostics_add(diagnostics, DIAGNOSTIC_ERROR, file, state.fault.line,
			    state.fault.column, state.fault.what, "%s", state.fault.why) == 0) {
		sigma_rule_free(state.rule);
		return 0;
	}
	sigma_rule_free(state.rule);
	return error_set_memory(error, "cannot read the detection");
}

void sigma_rule_free(struct sigma_rule *rule)
{
	if (!rule)
		return;
	for (size_t i = 0; i < rule->selection_count; i++)
		sigma_selection_done(&rule->selections[i]);
	arena_done(&rule->arena);
	free(rule);
}
