#include "analyzer/sigma_text.h"

#include "common/escape.h"

bool sigma_text_same(struct slice left, struct slice right)
{
	if (left.length != right.length)
		return false;
	for (size_t i = 0; i < left.length; i++)
		if (sigma_text_fold(left.bytes[i]) != sigma_text_fold(right.bytes[i]))
			return false;
	return true;
}

/* the state of a compilation: runs are cut out of two buffers as long as the pattern */
struct compilation {
	struct sigma_run *runs;
	size_t run_count;
	char *bytes;
	bool *any;
	size_t length, run_start;
	bool run_has_any;
};

static void end_run(struct compilation *state)
{
	if (state->length > state->run_start)
		state->runs[state->run_count++] = (struct sigma_run){
			.bytes = state->bytes + state->run_start,
			.any = state->run_has_any ? state->any + state->run_start : NULL,
			.length = state->length - state->run_start,
		};
	state->run_start = state->length;
	state->run_has_any = false;
}

static void add_byte(struct compilation *state, char byte, bool any)
{
	state->bytes[state->length] = byte;
	state->any[state->length++] = any;
	state->run_has_any = state->run_has_any || any;
}

int sigma_text_compile(struct arena *arena, struct slice pattern, enum sigma_anchor anchor,
		       bool cased, struct sigma_text *text)
{
	struct compilation state = {
		.runs = arena_allocate_zeroed(arena, pattern.length / 2 + 1,
					      sizeof(struct sigma_run)),
		.bytes = arena_allocate_zeroed(arena, pattern.length + 1, 1),
		.any = arena_allocate_zeroed(arena, pattern.length + 1, sizeof(bool)),
	};

	if (!state.runs || !state.bytes || !state.any)
		return -1;
	*text = (struct sigma_text){
		.cased = cased,
		.open_start = anchor == SIGMA_ENDSWITH || anchor == SIGMA_CONTAINS,
		.open_end = anchor == SIGMA_STARTSWITH || anchor == SIGMA_CONTAINS,
	};
	for (size_t i = 0; i < pattern.length; i++) {
		char byte = pattern.bytes[i];

		if (byte == '*') {
			text->open_start = text->open_start || state.length == 0;
			text->open_end = text->open_end || i + 1 == pattern.length;
			end_run(&state);
			continue;
		}
		/* a backslash escapes a wildcard or a backslash; before anything else it is one */
		if (byte == '\\' && i + 1 < pattern.length && strchr("*?\\", pattern.bytes[i + 1]))
			add_byte(&state, pattern.bytes[++i], false);
		else
			add_byte(&state, cased ? byte : sigma_text_fold(byte), byte == '?');
	}
	end_run(&state);
	text->runs = state.runs;
	text->run_count = state.run_count;
	return 0;
}

bool sigma_text_literal(const struct sigma_text *text, struct slice *literal)
{
	if (text->run_count != 1 || text->open_start || text->open_end || text->runs[0].any)
		return false;
	literal->bytes = text->runs[0].bytes;
	literal->length = text->runs[0].length;
	return true;
}

static bool same_byte(const struct sigma_text *text, char pattern, char subject)
{
	return pattern == (text->cased ? subject : sigma_text_fold(subject));
}

/* Whether `run` stands at subject[at]; *end is then where it ends. */
static bool run_at(const struct sigma_text *text, const struct sigma_run *run, struct slice subject,
		   size_t at, size_t *end)
{
	for (size_t i = 0; i < run->length; i++) {
		if (at >= subject.length)
			return false;
		if (run->any && run->any[i]) {
			uint32_t code_point;
			size_t width = escape_utf8_sequence(subject.bytes + at, subject.length - at,
							    &code_point);

			at += width ? width : 1;
			continue;
		}
		if (!same_byte(text, run->bytes[i], subject.bytes[at]))
			return false;
		at++;
	}
	*end = at;
	return true;
}

/* The first place from `at` on where the first byte of a run can be. */
static size_t find_byte(const struct sigma_text *text, char first, struct slice subject, size_t at)
{
	const char *found;

	if (!text->cased && first >= 'a' && first <= 'z') {
		while (at < subject.length && sigma_text_fold(subject.bytes[at]) != first)
			at++;
		return at;
	}
	found = memchr(subject.bytes + at, first, subject.length - at);
	return found ? (size_t)(found - subject.bytes) : subject.length;
}

/* The first place from `at` on where `run` stands. */
static bool run_from(const struct sigma_text *text, const struct sigma_run *run,
		     struct slice subject, size_t at, size_t *end)
{
	for (; at < subject.length; at++) {
		if (!run->any || !run->any[0])
			at = find_byte(text, run->bytes[0], subject, at);
		/* `?` may take several bytes: only a run without one has a least size */
		if (!run->any && run->length > subject.length - at)
			return false;
		if (run_at(text, run, subject, at, end))
			return true;
	}
	return false;
}

/* Whether `run` ends where the subject does and starts at `at` or later. */
static bool run_last(const struct sigma_text *text, const struct sigma_run *run,
		     struct slice subject, size_t at)
{
	size_t end;

	if (!run->any)
		return run->length <= subject.length - at &&
		       run_at(text, run, subject, subject.length - run->length, &end);
	for (; at < subject.length; at++)
		if (run_at(text, run, subject, at, &end) && end == subject.length)
			return true;
	return false;
}

/* Between `*`s the first place is always as good as a later one, so nothing backtracks. */
bool sigma_text_matches(const struct sigma_text *text, struct slice subject)
{
	size_t at = 0, first = 0, last = text->run_count;

	if (text->run_count == 0)
		return text->open_start || text->open_end || subject.length == 0;
	if (!text->open_start) {
		if (!run_at(text, &text->runs[first++], subject, 0, &at))
			return false;
		if (first == last)
			return text->open_end || at == subject.length;
	}
	if (!text->open_end)
		last--;
	for (; first < last; first++)
		if (!run_from(text, &text->runs[first], subject, at, &at))
			return false;
	return text->open_end || run_last(text, &text->runs[last], subject, at);
}
