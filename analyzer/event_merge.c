#include "analyzer/event_merge.h"

#include "analyzer/raw_block.h"

enum {
	LINES_MIN = 64,
	LINES_KEPT_MAX = 16 * 1024, /* what event_merge_clear keeps */
};

struct event_merge_line {
	struct slice line; /* no bytes: the place is free */
	uint64_t hash;
	size_t copies;
};

void event_merge_done(struct event_merge *merge)
{
	free(merge->records);
	free(merge->lines);
	*merge = (struct event_merge)EVENT_MERGE_INIT;
}

void event_merge_clear(struct event_merge *merge)
{
	if (merge->line_capacity > LINES_KEPT_MAX) {
		event_merge_done(merge);
		return;
	}
	merge->count = merge->stored_count = 0;
	merge->line_count = 0;
	if (merge->lines)
		memset(merge->lines, 0, merge->line_capacity * sizeof(*merge->lines));
}

/* Where `line` stands in the table, or the free place that it would take. */
static struct event_merge_line *find_line(struct event_merge_line *lines, size_t capacity,
					  struct slice line, uint64_t hash)
{
	size_t at = hash & (capacity - 1);

	while (lines[at].line.bytes &&
	       !(lines[at].hash == hash && slice_equal(lines[at].line, line)))
		at = (at + 1) & (capacity - 1);
	return &lines[at];
}

/* Makes room for one more line. */
static int reserve_line(struct event_merge *merge)
{
	size_t capacity = merge->line_capacity ? merge->line_capacity * 2 : LINES_MIN;
	struct event_merge_line *grown;

	if (merge->line_count < merge->line_capacity / 2)
		return 0;
	grown = calloc(capacity, sizeof(*grown));
	if (!grown)
		return -1;
	for (size_t i = 0; i < merge->line_capacity; i++) {
		const struct event_merge_line *line = &merge->lines[i];

		if (line->line.bytes)
			*find_line(grown, capacity, line->line, line->hash) = *line;
	}
	free(merge->lines);
	merge->lines = grown;
	merge->line_capacity = capacity;
	return 0;
}

static int count_line(struct event_merge *merge, struct slice line)
{
	uint64_t hash = slice_hash(line);
	struct event_merge_line *found;

	if (reserve_line(merge))
		return -1;
	found = find_line(merge->lines, merge->line_capacity, line, hash);
	if (!found->line.bytes) {
		found->line = line;
		found->hash = hash;
		merge->line_count++;
	}
	found->copies++;
	return 0;
}

static int append(struct event_merge *merge, const struct record *record)
{
	if (merge->count == merge->capacity) {
		size_t capacity = merge->capacity ? merge->capacity * 2 : 16;
		struct record *grown = realloc(merge->records, capacity * sizeof(*grown));

		if (!grown)
			return -1;
		merge->records = grown;
		merge->capacity = capacity;
	}
	merge->records[merge->count++] = *record;
	return count_line(merge, record->line);
}

int event_merge_add_stored(struct event_merge *merge, struct slice bytes)
{
	struct raw_record raw;
	int result;

	while ((result = raw_block_next(&bytes, &raw)) > 0) {
		struct record record;

		if (record_parse(raw.line, raw.line_number, &record) || append(merge, &record))
			return -1;
		merge->stored_count++;
	}
	return result;
}

static size_t copies_of(const struct event_merge *merge, struct slice line)
{
	if (!merge->lines)
		return 0;
	return find_line(merge->lines, merge->line_capacity, line, slice_hash(line))->copies;
}

int event_merge_add_arrived(struct event_merge *merge, const struct assembled_event *arrived,
			    struct arrival_memory *memory)
{
	for (size_t i = 0; i < arrived->record_count; i++) {
		const struct record *record = &arrived->records[i];
		size_t before;

		if (arrival_memory_note(memory, &arrived->id, record->line, &before))
			return -1;
		if (before >= copies_of(merge, record->line) && append(merge, record))
			return -1;
	}
	return 0;
}
