#include "analyzer/event_merge.h"

#include "analyzer/raw_block.h"

void event_merge_done(struct event_merge *merge)
{
	free(merge->records);
	*merge = (struct event_merge)EVENT_MERGE_INIT;
}

void event_merge_clear(struct event_merge *merge)
{
	merge->count = merge->stored_count = 0;
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
	return 0;
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
	size_t copies = 0;

	for (size_t i = 0; i < merge->count; i++)
		copies += slice_equal(merge->records[i].line, line);
	return copies;
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
