/*
 * Regular expressions over untrusted bytes: PCRE2 in byte mode (a text that is no UTF-8 can't hide
 * from them), with limits on what one match may cost.
 */
#ifndef ANALYZER_SIGMA_REGEX_H
#define ANALYZER_SIGMA_REGEX_H

#include "analyzer/sigma_value.h"

/*
 * Compiles `pattern`. NULL with *reason, a text in `arena`, where it is no regular expression
 * (*reason is NULL when out of memory).
 */
struct sigma_regex *sigma_regex_new(struct arena *arena, struct slice pattern, bool caseless,
				    bool multiline, bool dotall, const char **reason);
void sigma_regex_free(struct sigma_regex *regex);

/* Whether it matches anywhere in `subject`. */
enum sigma_match sigma_regex_matches(const struct sigma_regex *regex, struct slice subject);

#endif
