#include "analyzer/filter_unseen.h"

#include "analyzer/query.h"
#include "common/escape.h"

#include <string.h>

/* Makes *one the filter that has the value number `at` of an option of `all` alone; false where
 * there is no such value. What it points to stays with `all`. */
typedef bool filter_pick(const struct filter *all, size_t at, struct filter *one);

static bool pick_pattern(const struct filter_patterns *all, size_t at, struct filter_patterns *one)
{
	if (at >= all->count)
		return false;
	*one = (struct filter_patterns){.items = &all->items[at], .count = 1};
	return true;
}

static bool pick_number(const struct filter_numbers *all, size_t at, struct filter_numbers *one)
{
	if (at >= all->count)
		return false;
	*one = (struct filter_numbers){.items = &all->items[at], .count = 1};
	return true;
}

static bool pick_user(const struct filter *all, size_t at, struct filter *one)
{
	if (at >= all->user_count)
		return false;
	one->users = &all->users[at];
	one->user_count = 1;
	return true;
}

static bool pick_session(const struct filter *all, size_t at, struct filter *one)
{
	return pick_number(&all->sessions, at, &one->sessions);
}

static bool pick_pid(const struct filter *all, size_t at, struct filter *one)
{
	return pick_number(&all->pids, at, &one->pids);
}

static bool pick_exe(const struct filter *all, size_t at, struct filter *one)
{
	return pick_pattern(&all->exes, at, &one->exes);
}

static bool pick_path(const struct filter *all, size_t at, struct filter *one)
{
	return pick_pattern(&all->paths, at, &one->paths);
}

static bool pick_key(const struct filter *all, size_t at, struct filter *one)
{
	return pick_pattern(&all->keys, at, &one->keys);
}

static bool pick_host(const struct filter *all, size_t at, struct filter *one)
{
	return pick_pattern(&all->hosts, at, &one->hosts);
}

static bool pick_syscall(const struct filter *all, size_t at, struct filter *one)
{
	if (at >= all->syscall_count)
		return false;
	one->syscalls = &all->syscalls[at];
	one->syscall_count = 1;
	return true;
}

static bool pick_type(const struct filter *all, size_t at, struct filter *one)
{
	if (at >= all->type_count)
		return false;
	one->types = &all->types[at];
	one->type_count = 1;
	return true;
}

static const struct {
	const char *option;
	filter_pick *pick;
} picks[] = {
	{"user", pick_user}, {"session", pick_session}, {"pid", pick_pid},
	{"exe", pick_exe},   {"path", pick_path},       {"key", pick_key},
	{"host", pick_host}, {"syscall", pick_syscall}, {"type", pick_type},
};

/* Returns 1 where an event passes, 0 where none does, or -1 with *error. */
static int passes_any(struct store_reader *reader, const struct filter *filter, struct error *error)
{
	CLEANUP(query_done) struct query *query = query_new(reader, filter, error);
	const struct stored_event *event;

	return query ? query_next(query, &event, error) : -1;
}

static void print_value(const struct invocation *invocation, const char *option, const char *value,
			FILE *stream)
{
	(void)fprintf(stream, "%s: note: no event of the store has --%s ",
		      invocation->program->name, option);
	escape_print(stream, value, strlen(value));
	(void)fputc('\n', stream);
}

int filter_unseen_print(struct store_reader *reader, const struct filter *filter,
			const struct invocation *invocation, FILE *stream, struct error *error)
{
	for (size_t i = 0; i < sizeof(picks) / sizeof(picks[0]); i++) {
		struct filter one = FILTER_INIT;

		one.limit = 1;
		for (size_t at = 0; picks[i].pick(filter, at, &one); at++) {
			int seen = passes_any(reader, &one, error);

			if (seen < 0)
				return -1;
			if (!seen)
				print_value(invocation, picks[i].option,
					    invocation_nth(invocation, picks[i].option, at),
					    stream);
		}
	}
	return 0;
}
