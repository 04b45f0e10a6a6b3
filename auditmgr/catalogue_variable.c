/*
 * ${variables} in the catalogue's rules.
 */
#include "auditmgr/catalogue.h"

#include <string.h>

#define ARCH_VARIABLE "arch"

/* The next ${name} at or behind *at, which moves behind it; .bytes NULL where there is none. */
static struct slice next_variable(const char *template, size_t *at)
{
	struct slice name = SLICE_NONE;
	const char *open = strstr(template + *at, "${");
	const char *close = open ? strchr(open, '}') : NULL;

	if (!close)
		return name;
	name.bytes = open + 2;
	name.length = (size_t)(close - name.bytes);
	*at = (size_t)(close + 1 - template);
	return name;
}

int catalogue_variable(const char *template, enum host_role *role, struct slice *fault)
{
	size_t at = 0;

	*role = HOST_ROLE_COUNT;
	for (;;) {
		struct slice name = next_variable(template, &at);
		enum host_role found;

		if (!name.bytes)
			return 0;
		if (slice_is(name, ARCH_VARIABLE))
			continue;
		found = host_role_of(name);
		if (found == HOST_ROLE_COUNT || *role != HOST_ROLE_COUNT) {
			*fault = name;
			return -1;
		}
		*role = found;
	}
}

bool catalogue_has_arch_variable(const char *template)
{
	return strstr(template, "${" ARCH_VARIABLE "}") != NULL;
}

/* A blank parts words in rule files; a backslash takes that away, and its own meaning too. */
static int append_escaped(struct text *text, const char *path)
{
	for (; *path; path++) {
		if ((*path == ' ' || *path == '\\') && text_append_char(text, '\\'))
			return -1;
		if (text_append_char(text, *path))
			return -1;
	}
	return 0;
}

int catalogue_substitute(const char *template, const char *architecture, const char *path,
			 struct text *text)
{
	size_t done = 0, at = 0;

	for (;;) {
		struct slice name = next_variable(template, &at);

		if (!name.bytes)
			return text_append_string(text, template + done);
		if (text_append(text, template + done,
				(size_t)(name.bytes - 2 - (template + done))))
			return -1;
		if (slice_is(name, ARCH_VARIABLE) ? text_append_string(text, architecture)
						  : append_escaped(text, path))
			return -1;
		done = at;
	}
}
