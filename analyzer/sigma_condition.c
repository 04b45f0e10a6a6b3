#include "analyzer/sigma_condition.h"

#include "analyzer/sigma_text.h"

struct parser {
	struct arena *arena;
	struct slice text;
	const struct slice *names;
	size_t name_count;
	size_t at;          /* where the next token starts */
	struct slice token; /* the current one; length 0 at the end */
	size_t token_at;
	unsigned depth;
	const char **reason;
};

static bool is_blank(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static bool ends_word(char byte)
{
	return is_blank(byte) || byte == '(' || byte == ')' || byte == '|';
}

static void next(struct parser *parser)
{
	const char *bytes = parser->text.bytes;

	while (parser->at < parser->text.length && is_blank(bytes[parser->at]))
		parser->at++;
	parser->token_at = parser->at;
	parser->token.bytes = bytes + parser->at;
	if (parser->at < parser->text.length && ends_word(bytes[parser->at]))
		parser->at++;
	else
		while (parser->at < parser->text.length && !ends_word(bytes[parser->at]))
			parser->at++;
	parser->token.length = parser->at - parser->token_at;
}

/* Keywords are taken in any case: older rules write them in capitals. */
static bool is(const struct parser *parser, const char *word)
{
	return sigma_text_same(parser->token, slice_of(word));
}

static const struct sigma_condition *fail(const struct parser *parser, const char *why)
{
	enum {
		SHOWN = 80
	};

	if (parser->token.length == 0)
		*parser->reason = arena_format(parser->arena, "%s at its end", why);
	else
		*parser->reason = arena_format(
			parser->arena, "%s at '%.*s'", why,
			(int)(parser->token.length < SHOWN ? parser->token.length : SHOWN),
			parser->token.bytes);
	return NULL;
}

static const struct sigma_condition *make(const struct parser *parser, enum sigma_link link,
					  const struct sigma_condition *const *children,
					  size_t count)
{
	struct sigma_condition *made = arena_allocate_zeroed(parser->arena, 1, sizeof(*made));
	const struct sigma_condition **copy = arena_allocate_zeroed(
		parser->arena, count + 1, sizeof(const struct sigma_condition *));

	if (!made || !copy)
		return NULL;
	for (size_t i = 0; i < count; i++)
		copy[i] = children[i];
	made->link = link;
	made->children = copy;
	made->child_count = count;
	return made;
}

static const struct sigma_condition *make_selection(const struct parser *parser, size_t index)
{
	struct sigma_condition *made = arena_allocate_zeroed(parser->arena, 1, sizeof(*made));

	if (made)
		*made = (struct sigma_condition){.link = SIGMA_SELECTION, .selection = index};
	return made;
}

static bool name_chosen(struct slice name, const struct sigma_text *pattern, bool them)
{
	if (them)
		return name.length > 0 && name.bytes[0] != '_';
	return sigma_text_matches(pattern, name);
}

/* behind `1 of` and `all of`: a pattern of names, or `them` */
static const struct sigma_condition *parse_group(struct parser *parser, enum sigma_link link)
{
	const struct sigma_condition **members;
	struct sigma_text pattern;
	bool them;
	size_t count = 0;

	next(parser);
	if (parser->token.length == 0 || ends_word(parser->token.bytes[0]))
		return fail(parser, "expected `them` or a name pattern");
	them = is(parser, "them");
	members = arena_allocate_zeroed(parser->arena, parser->name_count + 1,
					sizeof(const struct sigma_condition *));
	if (!members ||
	    sigma_text_compile(parser->arena, parser->token, SIGMA_WHOLE, true, &pattern))
		return NULL;
	for (size_t i = 0; i < parser->name_count; i++) {
		if (!name_chosen(parser->names[i], &pattern, them))
			continue;
		members[count] = make_selection(parser, i);
		if (!members[count++])
			return NULL;
	}
	if (count == 0)
		return fail(parser, "no selection has such a name");
	next(parser);
	return make(parser, link, members, count);
}

static const struct sigma_condition *parse_name(struct parser *parser)
{
	for (size_t i = 0; i < parser->name_count; i++) {
		if (!slice_equal(parser->names[i], parser->token))
			continue;
		next(parser);
		return make_selection(parser, i);
	}
	return fail(parser, "no selection has the name");
}

/* whether the token behind the current one is `of` */
static bool of_follows(const struct parser *parser)
{
	struct parser ahead = *parser;

	next(&ahead);
	return is(&ahead, "of");
}

static const struct sigma_condition *parse_or(struct parser *parser);

static const struct sigma_condition *parse_parentheses(struct parser *parser)
{
	const struct sigma_condition *inside;

	next(parser);
	inside = parse_or(parser);
	if (!inside)
		return NULL;
	if (!is(parser, ")"))
		return fail(parser, "expected `)`");
	next(parser);
	return inside;
}

static const struct sigma_condition *parse_operand(struct parser *parser)
{
	if (is(parser, "("))
		return parse_parentheses(parser);
	if (of_follows(parser)) {
		bool one = is(parser, "1");

		if (!one && !is(parser, "all"))
			return fail(parser, "only `1 of` and `all of` are supported");
		next(parser);
		return parse_group(parser, one ? SIGMA_OR : SIGMA_AND);
	}
	if (parser->token.length == 0 || is(parser, ")") || is(parser, "and") || is(parser, "or"))
		return fail(parser, "expected a selection");
	return parse_name(parser);
}

static const struct sigma_condition *parse_not(struct parser *parser)
{
	const struct sigma_condition *operand;

	if (++parser->depth > SIGMA_CONDITION_DEPTH)
		return fail(parser, "nested too deep");
	if (is(parser, "not")) {
		next(parser);
		operand = parse_not(parser);
		operand = operand ? make(parser, SIGMA_NOT, &operand, 1) : NULL;
	} else {
		operand = parse_operand(parser);
	}
	parser->depth--;
	return operand;
}

/* operands of the next tighter binding, linked by `word` */
static const struct sigma_condition *
parse_chain(struct parser *parser, const char *word, enum sigma_link link,
	    const struct sigma_condition *(*parse_next)(struct parser *parser))
{
	const struct sigma_condition *chain = parse_next(parser);

	while (chain && is(parser, word)) {
		const struct sigma_condition *pair[2] = {chain, NULL};

		next(parser);
		pair[1] = parse_next(parser);
		chain = pair[1] ? make(parser, link, pair, 2) : NULL;
	}
	return chain;
}

static const struct sigma_condition *parse_and(struct parser *parser)
{
	return parse_chain(parser, "and", SIGMA_AND, parse_not);
}

static const struct sigma_condition *parse_or(struct parser *parser)
{
	return parse_chain(parser, "or", SIGMA_OR, parse_and);
}

const struct sigma_condition *sigma_condition_parse(struct arena *arena, struct slice text,
						    const struct slice *names, size_t name_count,
						    const char **reason, size_t *offset)
{
	struct parser parser = {
		.arena = arena,
		.text = text,
		.names = names,
		.name_count = name_count,
		.reason = reason,
	};
	const struct sigma_condition *parsed;

	*reason = NULL;
	*offset = 0;
	if (text.length > SIGMA_CONDITION_LIMIT) {
		*reason = arena_format(arena, "longer than %d bytes", SIGMA_CONDITION_LIMIT);
		return NULL;
	}
	next(&parser);
	parsed = parse_or(&parser);
	*offset = parser.token_at;
	if (!parsed || parser.token.length == 0)
		return parsed; /* cppcheck-suppress returnDanglingLifetime; it is in the arena */
	if (is(&parser, "|"))
		return fail(&parser, "aggregation is not supported, write a correlation");
	return fail(&parser, "expected `and` or `or`");
}

const struct sigma_condition *sigma_condition_any(struct arena *arena,
						  const struct sigma_condition *const *conditions,
						  size_t count)
{
	const struct parser parser = {.arena = arena};

	return count == 1 ? conditions[0] : make(&parser, SIGMA_OR, conditions, count);
}

bool sigma_condition_holds(const struct sigma_condition *condition,
			   bool (*holds)(void *context, size_t selection), void *context)
{
	bool decided_by = condition->link == SIGMA_OR;

	switch (condition->link) {
	case SIGMA_SELECTION:
		return holds(context, condition->selection);
	case SIGMA_NOT:
		return !sigma_condition_holds(condition->children[0], holds, context);
	case SIGMA_AND:
	case SIGMA_OR:
		break;
	}
	for (size_t i = 0; i < condition->child_count; i++)
		if (sigma_condition_holds(condition->children[i], holds, context) == decided_by)
			return decided_by;
	return !decided_by;
}
