/*
 * Command lines for tests of what reads an invocation: "--key=docker --limit=5", split at blanks
 * (a ~ stands for a blank inside a value).
 */
#ifndef TESTS_UNIT_SAMPLE_INVOCATION_H
#define TESTS_UNIT_SAMPLE_INVOCATION_H

#include "tests/unit/table.h"

#include "analyzer/filter.h"

#include <stdio.h>

static const struct option_spec sample_options[] = {FILTER_OPTIONS};

enum {
	SAMPLE_VALUES_MAX = 16,
};

struct sample_invocation {
	char text[1024];
	struct option_value values[SAMPLE_VALUES_MAX];
	struct invocation invocation;
};

static inline void sample_invocation_fill(struct sample_invocation *sample, const char *line)
{
	char *rest;

	*sample = (struct sample_invocation){.invocation = {.values = sample->values}};
	(void)snprintf(sample->text, sizeof(sample->text), "%s", line);
	rest = sample->text;
	while (rest && *rest) {
		char *word = strsep(&rest, " ");
		char *equals = strchr(word, '=');
		size_t at = 0;

		assert_non_null(equals);
		*equals = '\0';
		while (at < sizeof(sample_options) / sizeof(sample_options[0]) &&
		       strcmp(sample_options[at].name, word + 2) != 0)
			at++;
		assert_true(at < sizeof(sample_options) / sizeof(sample_options[0]));
		for (char *c = equals + 1; *c; c++)
			if (*c == '~')
				*c = ' ';
		assert_true(sample->invocation.value_count < SAMPLE_VALUES_MAX);
		sample->values[sample->invocation.value_count++] =
			(struct option_value){.spec = &sample_options[at], .value = equals + 1};
	}
}

#endif
