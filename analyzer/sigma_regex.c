#include "analyzer/sigma_regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

struct sigma_regex {
	pcre2_code *code;
	pcre2_match_data *data;
	pcre2_match_context *context;
};

static pcre2_code *compile(struct arena *arena, struct slice pattern, uint32_t options,
			   const char **reason)
{
	PCRE2_UCHAR message[128];
	PCRE2_SIZE at;
	int number;
	pcre2_code *code = pcre2_compile((PCRE2_SPTR)pattern.bytes, pattern.length, options,
					 &number, &at, NULL);

	if (code || number == PCRE2_ERROR_NOMEMORY)
		return code;
	if (pcre2_get_error_message(number, message, sizeof(message)) < 0)
		message[0] = '\0';
	*reason = arena_format(arena, "regular expression, byte %zu: %s", at + 1,
			       (const char *)message);
	return NULL;
}

struct sigma_regex *sigma_regex_new(struct arena *arena, struct slice pattern, bool caseless,
				    bool multiline, bool dotall, const char **reason)
{
	uint32_t options = (caseless ? PCRE2_CASELESS : 0) | (multiline ? PCRE2_MULTILINE : 0) |
			   (dotall ? PCRE2_DOTALL : 0);
	struct sigma_regex *regex = calloc(1, sizeof(*regex));

	*reason = NULL;
	if (!regex)
		return NULL;
	/* no just-in-time compiler: it wants memory that is writable and executable, and has no
	 * depth limit */
	regex->code = compile(arena, pattern, options, reason);
	if (regex->code) {
		regex->data = pcre2_match_data_create(1, NULL);
		regex->context = pcre2_match_context_create(NULL);
	}
	if (!regex->data || !regex->context) {
		sigma_regex_free(regex);
		return NULL;
	}
	pcre2_set_match_limit(regex->context, SIGMA_REGEX_MATCH_LIMIT);
	pcre2_set_depth_limit(regex->context, SIGMA_REGEX_DEPTH_LIMIT);
	pcre2_set_heap_limit(regex->context, SIGMA_REGEX_HEAP_LIMIT);
	return regex;
}

void sigma_regex_free(struct sigma_regex *regex)
{
	if (!regex)
		return;
	pcre2_code_free(regex->code);
	pcre2_match_data_free(regex->data);
	pcre2_match_context_free(regex->context);
	free(regex);
}

enum sigma_match sigma_regex_matches(const struct sigma_regex *regex, struct slice subject)
{
	int result = pcre2_match(regex->code, (PCRE2_SPTR)(subject.bytes ? subject.bytes : ""),
				 subject.length, 0, 0, regex->data, regex->context);

	/* 0: it matched, and had more groups than there is room for, which nobody asked for */
	if (result >= 0)
		return SIGMA_MATCH;
	return result == PCRE2_ERROR_NOMATCH ? SIGMA_NO_MATCH : SIGMA_MATCH_GAVE_UP;
}
