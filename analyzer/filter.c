#include "analyzer/filter.h"

#include "analyzer/filter_names.h"
#include "common/number.h"

/* How many values option `name` has; *items gets zeroed room for them. Returns 0, or -1. */
static int make_room(const struct invocation *invocation, const char *name, size_t size,
		     void **items, size_t *count, struct error *error)
{
	size_t values = 0;

	*count = 0;
	while (invocation_nth(invocation, name, values))
		values++;
	if (values > FILTER_VALUES_MAX)
		return error_set(error, ERROR_INPUT, "too many values", name,
				 "an option takes at most %d", FILTER_VALUES_MAX);
	if (values == 0)
		return 0;
	*items = calloc(values, size);
	if (!*items)
		return error_set_memory(error, "cannot read the filters");
	*count = values;
	return 0;
}

static int parse_number_or_unset(const char *text, int64_t *number)
{
	uint64_t parsed;

	if (strcmp(text, "unset") == 0 || strcmp(text, "-1") == 0) {
		*number = EVENT_NO_LOGIN;
		return 0;
	}
	if (number_parse(text, strlen(text), UINT32_MAX, &parsed))
		return -1;
	*number = (int64_t)parsed;
	return 0;
}

static int parse_users(const struct invocation *invocation, struct filter *filter,
		       struct error *error)
{
	void *items = NULL;

	if (make_room(invocation, "user", sizeof(*filter->users), &items, &filter->user_count,
		      error))
		return -1;
	filter->users = items;
	for (size_t i = 0; i < filter->user_count; i++) {
		struct filter_user *user = &filter->users[i];
		const char *text = invocation_nth(invocation, "user", i);

		user->roles = FILTER_AUID | FILTER_UID;
		if (strncmp(text, "auid=", 5) == 0) {
			user->roles = FILTER_AUID;
			text += 5;
		} else if (strncmp(text, "uid=", 4) == 0) {
			user->roles = FILTER_UID;
			text += 4;
		}
		if (text[0] == '\0')
			return error_set(error, ERROR_INPUT, "bad --user",
					 invocation_nth(invocation, "user", i),
					 "a user is a name, a number or unset");
		if (parse_number_or_unset(text, &user->number))
			user->name = text;
		else if (user->number == EVENT_NO_LOGIN)
			user->roles = FILTER_AUID; /* a uid is never unset */
	}
	return 0;
}

static int parse_numbers(const struct invocation *invocation, const char *name,
			 struct filter_numbers *numbers, struct error *error)
{
	void *items = NULL;

	if (make_room(invocation, name, sizeof(*numbers->items), &items, &numbers->count, error))
		return -1;
	numbers->items = items;
	for (size_t i = 0; i < numbers->count; i++) {
		const char *text = invocation_nth(invocation, name, i);

		if (parse_number_or_unset(text, &numbers->items[i]))
			return error_set(error, ERROR_INPUT, "bad number", text,
					 "--%s takes a number from 0 to 4294967295", name);
	}
	return 0;
}

static int parse_patterns(const struct invocation *invocation, const char *name,
			  struct filter_patterns *patterns, struct error *error)
{
	void *items = NULL;

	if (make_room(invocation, name, sizeof(*patterns->items), &items, &patterns->count, error))
		return -1;
	patterns->items = items;
	for (size_t i = 0; i < patterns->count; i++) {
		const char *text = invocation_nth(invocation, name, i);

		if (text[0] == '\0')
			return error_set(error, ERROR_INPUT, "empty pattern", name,
					 "--%s takes a text, or * for any", name);
		if (pattern_parse(text, &patterns->items[i]))
			return error_set_memory(error, "cannot read the filters");
	}
	return 0;
}

static int parse_names(const struct invocation *invocation, struct filter *filter,
		       struct error *error)
{
	void *items = NULL;

	if (make_room(invocation, "syscall", sizeof(*filter->syscalls), &items,
		      &filter->syscall_count, error))
		return -1;
	filter->syscalls = items;
	for (size_t i = 0; i < filter->syscall_count; i++)
		if (filter_syscall_parse(invocation_nth(invocation, "syscall", i),
					 &filter->syscalls[i], error))
			return -1;
	items = NULL;
	if (make_room(invocation, "type", sizeof(*filter->types), &items, &filter->type_count,
		      error))
		return -1;
	filter->types = items;
	for (size_t i = 0; i < filter->type_count; i++)
		if (filter_type_parse(invocation_nth(invocation, "type", i), &filter->types[i],
				      error))
			return -1;
	return 0;
}

static int parse_result(const char *text, enum event_outcome *result, struct error *error)
{
	static const struct {
		const char *name;
		enum event_outcome result;
	} names[] = {
		{"success", EVENT_SUCCESS}, {"yes", EVENT_SUCCESS}, {"failure", EVENT_FAILURE},
		{"failed", EVENT_FAILURE},  {"no", EVENT_FAILURE},
	};

	if (!text)
		return 0;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(text, names[i].name) == 0) {
			*result = names[i].result;
			return 0;
		}
	}
	return error_set(error, ERROR_INPUT, "unknown --result", text,
			 "a result is success or failure");
}

static int parse_limit(const char *text, uint64_t *limit, struct error *error)
{
	if (!text || number_parse(text, strlen(text), INT64_MAX, limit) == 0)
		return 0;
	return error_set(error, ERROR_INPUT, "bad --limit", text, "a limit is a number");
}

int filter_parse(const struct invocation *invocation, int64_t now, struct filter *filter,
		 struct error *error)
{
	*filter = (struct filter)FILTER_INIT;
	if (time_range_parse(invocation_value(invocation, "since"),
			     invocation_value(invocation, "until"), now, &filter->time, error) ||
	    parse_users(invocation, filter, error) ||
	    parse_numbers(invocation, "session", &filter->sessions, error) ||
	    parse_numbers(invocation, "pid", &filter->pids, error) ||
	    parse_patterns(invocation, "exe", &filter->exes, error) ||
	    parse_patterns(invocation, "path", &filter->paths, error) ||
	    parse_patterns(invocation, "key", &filter->keys, error) ||
	    parse_patterns(invocation, "host", &filter->hosts, error) ||
	    parse_names(invocation, filter, error) ||
	    parse_result(invocation_value(invocation, "result"), &filter->result, error) ||
	    parse_limit(invocation_value(invocation, "limit"), &filter->limit, error))
		return -1;
	return 0;
}

static void patterns_done(struct filter_patterns *patterns)
{
	for (size_t i = 0; i < patterns->count; i++)
		pattern_done(&patterns->items[i]);
	free(patterns->items);
	*patterns = (struct filter_patterns){.items = NULL};
}

void filter_done(struct filter *filter)
{
	patterns_done(&filter->exes);
	patterns_done(&filter->paths);
	patterns_done(&filter->keys);
	patterns_done(&filter->hosts);
	free(filter->users);
	free(filter->sessions.items);
	free(filter->pids.items);
	free(filter->syscalls);
	free(filter->types);
	*filter = (struct filter)FILTER_INIT;
}
