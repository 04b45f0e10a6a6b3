#include "analyzer/sigma_value.h"

#include "analyzer/sigma_regex.h"
#include "common/number.h"

#include <arpa/inet.h>

static const struct {
	const char *name;
	unsigned flag;
	unsigned needs; /* a modifier that must stand before it */
} modifier_table[] = {
	{"contains", SIGMA_MODIFIER_CONTAINS, 0},
	{"startswith", SIGMA_MODIFIER_STARTSWITH, 0},
	{"endswith", SIGMA_MODIFIER_ENDSWITH, 0},
	{"all", SIGMA_MODIFIER_ALL, 0},
	{"cased", SIGMA_MODIFIER_CASED, 0},
	{"re", SIGMA_MODIFIER_RE, 0},
	{"i", SIGMA_MODIFIER_RE_I, SIGMA_MODIFIER_RE},
	{"m", SIGMA_MODIFIER_RE_M, SIGMA_MODIFIER_RE},
	{"s", SIGMA_MODIFIER_RE_S, SIGMA_MODIFIER_RE},
	{"cidr", SIGMA_MODIFIER_CIDR, 0},
	{"exists", SIGMA_MODIFIER_EXISTS, 0},
};

/* at most one of these says how the value is compared */
static const unsigned comparisons = SIGMA_MODIFIER_CONTAINS | SIGMA_MODIFIER_STARTSWITH |
				    SIGMA_MODIFIER_ENDSWITH | SIGMA_MODIFIER_RE |
				    SIGMA_MODIFIER_CIDR | SIGMA_MODIFIER_EXISTS;

static int add_modifier(struct arena *arena, struct slice name, unsigned *set, const char **reason)
{
	for (size_t i = 0; i < sizeof(modifier_table) / sizeof(modifier_table[0]); i++) {
		if (!slice_is(name, modifier_table[i].name))
			continue;
		if (modifier_table[i].needs & ~*set) {
			*reason = arena_format(arena, "modifier %s must stand behind re",
					       modifier_table[i].name);
			return -1;
		}
		*set |= modifier_table[i].flag;
		return 0;
	}
	*reason =
		arena_format(arena, "modifier %.*s is not supported", (int)name.length, name.bytes);
	return -1;
}

static int check_together(struct arena *arena, unsigned set, const char **reason)
{
	unsigned chosen = set & comparisons;

	if (chosen & (chosen - 1))
		*reason = arena_format(arena, "%s", "these modifiers exclude each other");
	else if ((set & SIGMA_MODIFIER_CASED) &&
		 (set & (SIGMA_MODIFIER_RE | SIGMA_MODIFIER_CIDR | SIGMA_MODIFIER_EXISTS)))
		*reason = arena_format(arena, "%s", "modifier cased is for plain values");
	else if ((set & SIGMA_MODIFIER_ALL) && (set & SIGMA_MODIFIER_EXISTS))
		*reason = arena_format(arena, "%s", "modifier exists takes one boolean");
	else
		return 0;
	return -1;
}

int sigma_modifiers_parse(struct arena *arena, struct slice modifiers, unsigned *set,
			  const char **reason)
{
	enum {
		NAME_LIMIT = 64 /* a longer one is no modifier, and the reason stays readable */
	};
	size_t at = 0;

	*set = 0;
	*reason = NULL;
	if (!modifiers.bytes)
		return 0;
	do {
		struct slice name = {.bytes = modifiers.bytes + at};

		while (at < modifiers.length && modifiers.bytes[at] != '|') {
			name.length += name.length < NAME_LIMIT;
			at++;
		}
		if (add_modifier(arena, name, set, reason))
			return -1;
	} while (at++ < modifiers.length);
	return check_together(arena, *set, reason);
}

static int compile_regex(struct arena *arena, struct slice pattern, unsigned modifiers,
			 struct sigma_value *value, const char **reason)
{
	value->kind = SIGMA_VALUE_REGEX;
	value->regex = sigma_regex_new(arena, pattern, modifiers & SIGMA_MODIFIER_RE_I,
				       modifiers & SIGMA_MODIFIER_RE_M,
				       modifiers & SIGMA_MODIFIER_RE_S, reason);
	return value->regex ? 0 : -1;
}

static int parse_cidr(const char *text, struct sigma_value *value)
{
	const char *slash = strchr(text, '/');
	char address[INET6_ADDRSTRLEN];
	uint64_t prefix_length;
	size_t length = slash ? (size_t)(slash - text) : strlen(text);

	if (length >= sizeof(address))
		return -1;
	memcpy(address, text, length);
	address[length] = '\0';
	value->family = strchr(address, ':') ? AF_INET6 : AF_INET;
	prefix_length = value->family == AF_INET6 ? 128 : 32;
	if (inet_pton(value->family, address, &value->network) != 1)
		return -1;
	if (slash && number_parse(slash + 1, strlen(slash + 1), prefix_length, &prefix_length))
		return -1;
	value->prefix_length = (unsigned)prefix_length;
	return 0;
}

static int compile_cidr(struct arena *arena, struct slice text, struct sigma_value *value,
			const char **reason)
{
	value->kind = SIGMA_VALUE_CIDR;
	if (parse_cidr(text.bytes, value) == 0)
		return 0;
	*reason = arena_format(arena, "%s", "this is no network: expected ADDRESS/BITS");
	return -1;
}

static int compile_exists(struct arena *arena, const struct sigma_node *node,
			  struct sigma_value *value, const char **reason)
{
	value->kind = SIGMA_VALUE_EXISTS;
	value->exists = node->kind == SIGMA_NODE_BOOLEAN && (node->text.bytes[0] | 0x20) == 't';
	if (node->kind == SIGMA_NODE_BOOLEAN)
		return 0;
	*reason = arena_format(arena, "%s", "modifier exists takes true or false");
	return -1;
}

static enum sigma_anchor anchor_of(unsigned modifiers, bool keyword)
{
	if (keyword || (modifiers & SIGMA_MODIFIER_CONTAINS))
		return SIGMA_CONTAINS;
	if (modifiers & SIGMA_MODIFIER_STARTSWITH)
		return SIGMA_STARTSWITH;
	return modifiers & SIGMA_MODIFIER_ENDSWITH ? SIGMA_ENDSWITH : SIGMA_WHOLE;
}

static int compile_plain(struct arena *arena, const struct sigma_node *node, unsigned modifiers,
			 bool keyword, struct sigma_value *value, const char **reason)
{
	if (keyword && node->text.length == 0) {
		*reason = arena_format(arena, "%s", "an empty keyword is in every event");
		return -1;
	}
	if (keyword && node->kind == SIGMA_NODE_NUMBER) {
		value->kind = SIGMA_VALUE_WORD;
		value->word.length = node->text.length;
		value->word.bytes = arena_copy(arena, node->text.bytes, node->text.length);
		return value->word.bytes ? 0 : -1;
	}
	value->kind = SIGMA_VALUE_TEXT;
	return sigma_text_compile(arena, node->text, anchor_of(modifiers, keyword),
				  modifiers & SIGMA_MODIFIER_CASED, &value->text);
}

int sigma_value_compile(struct arena *arena, const struct sigma_node *node, unsigned modifiers,
			bool keyword, struct sigma_value *value, const char **reason)
{
	*value = (struct sigma_value){.kind = SIGMA_VALUE_NULL};
	*reason = NULL;
	if (!sigma_node_is_scalar(node))
		*reason = arena_format(arena, "a value can't be %s",
				       sigma_node_kind_name(node->kind));
	else if (node->text.length > SIGMA_TEXT_LIMIT)
		*reason = arena_format(arena, "a value is longer than %d bytes", SIGMA_TEXT_LIMIT);
	else if (modifiers & SIGMA_MODIFIER_EXISTS)
		return compile_exists(arena, node, value, reason);
	else if (node->kind == SIGMA_NODE_NULL && (keyword || (modifiers & comparisons)))
		*reason = arena_format(arena, "%s", "null can't be compared this way");
	else if (node->kind == SIGMA_NODE_NULL)
		return 0;
	else if (modifiers & SIGMA_MODIFIER_RE)
		return compile_regex(arena, node->text, modifiers, value, reason);
	else if (modifiers & SIGMA_MODIFIER_CIDR)
		return compile_cidr(arena, node->text, value, reason);
	else
		return compile_plain(arena, node, modifiers, keyword, value, reason);
	return -1;
}

void sigma_value_done(struct sigma_value *value)
{
	sigma_regex_free(value->regex);
	value->regex = NULL;
}

static bool in_network(const struct sigma_value *value, struct slice subject)
{
	char text[INET6_ADDRSTRLEN];
	struct in6_addr address;
	const unsigned char *network = value->network.s6_addr, *bytes = address.s6_addr;
	unsigned whole = value->prefix_length / 8, rest = value->prefix_length % 8;

	if (subject.length >= sizeof(text))
		return false;
	memcpy(text, subject.bytes, subject.length);
	text[subject.length] = '\0';
	if (inet_pton(value->family, text, &address) != 1)
		return false;
	if (memcmp(network, bytes, whole) != 0)
		return false;
	return rest == 0 || (network[whole] ^ bytes[whole]) >> (8 - rest) == 0;
}

static bool is_word_byte(char byte)
{
	return (byte >= '0' && byte <= '9') ||
	       (sigma_text_fold(byte) >= 'a' && sigma_text_fold(byte) <= 'z');
}

static bool has_word(struct slice word, struct slice subject)
{
	for (size_t at = 0; at + word.length <= subject.length; at++) {
		size_t end = at + word.length;

		if (memcmp(subject.bytes + at, word.bytes, word.length) == 0 &&
		    (at == 0 || !is_word_byte(subject.bytes[at - 1])) &&
		    (end == subject.length || !is_word_byte(subject.bytes[end])))
			return true;
	}
	return false;
}

enum sigma_match sigma_value_matches(const struct sigma_value *value, struct slice subject)
{
	bool holds = false;

	if (value->kind == SIGMA_VALUE_REGEX)
		return sigma_regex_matches(value->regex, subject);
	if (value->kind == SIGMA_VALUE_TEXT)
		holds = sigma_text_matches(&value->text, subject);
	else if (value->kind == SIGMA_VALUE_WORD)
		holds = has_word(value->word, subject);
	else if (value->kind == SIGMA_VALUE_CIDR)
		holds = in_network(value, subject);
	return holds ? SIGMA_MATCH : SIGMA_NO_MATCH;
}
