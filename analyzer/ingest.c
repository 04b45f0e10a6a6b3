#include "analyzer/ingest.h"

#include "analyzer/arrival_memory.h"
#include "analyzer/event_reader.h"
#include "analyzer/store_queue.h"
#include "analyzer/store_writer.h"

enum {
	PROGRESS_LINES = 4096
};

/* what stands in the log before an unusable line */
struct whereabouts {
	bool any;
	struct event_id id; /* of the last record; its node is in `node` */
	char node[RECORD_NODE_MAX + 1];
	uint64_t unusable; /* lines since */
};

struct ingest {
	struct store *store;
	struct store_writer *writer;
	struct store_queue *queue;
	struct event_reader *reader;
	struct detector *detector;
	struct finding_rule *rules; /* the detector's, for the store */
	struct assembler *assembler;
	struct arrival_memory *memory;
	struct event_merge merge;
	struct whereabouts whereabouts;
	struct ingest_totals totals;
	uint64_t batch_bytes;
	uint64_t last_line; /* number of the line counted last */
	ingest_progress progress;
	void *progress_context;
};

/* Reads an event and runs the detections on it; all in *detected is borrowed until the next event.
 */
static int detect(struct ingest *ingest, const struct assembled_event *assembled,
		  struct event *event, struct detected_event *detected, struct error *error)
{
	*detected = (struct detected_event){.event = event, .assembled = *assembled};
	if (event_reader_read(ingest->reader, assembled, event, error))
		return -1;
	return detector_event(ingest->detector, event, &detected->matches, &detected->match_count,
			      error);
}

/* `fresh`: the store surely lacks it, so that it can be written while the next events are read. */
static int add_event(struct ingest *ingest, const struct assembled_event *assembled, bool fresh,
		     struct error *error)
{
	struct detected_event detected;
	struct event event;
	size_t before;

	if (detect(ingest, assembled, &event, &detected, error))
		return -1;
	if (fresh ? store_queue_add(ingest->queue, &detected, error)
		  : store_writer_add(ingest->writer, &detected, error))
		return -1;
	for (size_t i = 0; i < assembled->record_count; i++)
		if (arrival_memory_note(ingest->memory, &assembled->id, assembled->records[i].line,
					&before))
			return error_set_memory(error, "cannot store an event");
	ingest->totals.events++;
	ingest->totals.findings += detected.match_count;
	ingest->totals.incomplete += event.incomplete != 0;
	return 0;
}

/* An event that goes on and on is read anew with each fragment: what an event may cost has an end.
 */
static bool is_joinable(const struct event_merge *merge, size_t fragments)
{
	size_t bytes = 0;

	for (size_t i = 0; i < merge->count; i++)
		bytes += merge->records[i].line.length;
	return fragments < INGEST_EVENT_FRAGMENTS_MAX && merge->count <= INGEST_EVENT_RECORDS_MAX &&
	       bytes <= INGEST_EVENT_BYTES_MAX;
}

/* Keeps the new records of *merge as lines, known by where they stand in the log. */
static int keep_as_lines(struct ingest *ingest, const struct event_merge *merge,
			 const struct event_id *id, struct error *error)
{
	for (size_t i = merge->stored_count; i < merge->count; i++) {
		const struct record *record = &merge->records[i];
		struct line line = {.bytes = record->line, .number = record->line_number};

		if (store_writer_unusable(ingest->writer, &line,
					  "its event has more records than are kept together", id,
					  record->line_number, error))
			return -1;
		ingest->totals.records--;
		ingest->totals.unusable++;
	}
	return 0;
}

static int join_event(struct ingest *ingest, const struct assembled_event *arrived, int64_t row,
		      struct error *error)
{
	struct event_merge *merge = &ingest->merge;
	struct assembled_event whole = {.id = arrived->id};
	struct detected_event detected;
	struct event event;
	size_t fragments;

	event_merge_clear(merge);
	if (store_writer_stored(ingest->writer, row, merge, &fragments, error))
		return -1;
	if (event_merge_add_arrived(merge, arrived, ingest->memory))
		return error_set_memory(error, "cannot store an event");
	ingest->totals.duplicates += arrived->record_count - (merge->count - merge->stored_count);
	if (merge->count == merge->stored_count)
		return 0;
	if (!is_joinable(merge, fragments))
		return keep_as_lines(ingest, merge, &arrived->id, error);
	whole.records = merge->records;
	whole.record_count = merge->count;
	if (detect(ingest, &whole, &event, &detected, error))
		return -1;
	return store_writer_join(ingest->writer, row, &detected, merge, error);
}

static int store_event(void *context, const struct assembled_event *assembled, struct error *error)
{
	struct ingest *ingest = context;
	int64_t row;

	if (arrival_memory_is_fresh(ingest->memory, &assembled->id))
		return add_event(ingest, assembled, true, error);
	if (store_queue_drain(ingest->queue, error) ||
	    store_writer_find(ingest->writer, &assembled->id, &row, error))
		return -1;
	return row ? join_event(ingest, assembled, row, error)
		   : add_event(ingest, assembled, false, error);
}

struct ingest *ingest_new(struct store *store, struct detector *detector, struct error *error)
{
	struct ingest *ingest = calloc(1, sizeof(*ingest));

	if (!ingest) {
		error_set_memory(error, "cannot start to ingest");
		return NULL;
	}
	ingest->store = store;
	ingest->reader = event_reader_new();
	ingest->assembler = assembler_new(store_event, ingest);
	ingest->memory = arrival_memory_new();
	if (!ingest->reader || !ingest->assembler || !ingest->memory) {
		error_set_memory(error, "cannot start to ingest");
		ingest_free(ingest);
		return NULL;
	}
	ingest->detector = detector;
	ingest->rules = finding_rules_of(detector, error);
	if (ingest->rules)
		ingest->writer = store_writer_new(store, ingest->rules,
						  detector_rule_count(detector), error);
	if (ingest->writer)
		ingest->queue = store_queue_new(store, ingest->writer, error);
	if (!ingest->queue) {
		ingest_free(ingest);
		return NULL;
	}
	return ingest;
}

void ingest_free(struct ingest *ingest)
{
	if (!ingest)
		return;
	store_queue_free(ingest->queue); /* before the writer, which it uses */
	store_writer_free(ingest->writer);
	assembler_free(ingest->assembler);
	event_reader_free(ingest->reader);
	arrival_memory_free(ingest->memory);
	event_merge_done(&ingest->merge);
	if (ingest->rules)
		finding_rules_free(ingest->rules, detector_rule_count(ingest->detector));
	free(ingest);
}

void ingest_set_progress(struct ingest *ingest, ingest_progress progress, void *context)
{
	ingest->progress = progress;
	ingest->progress_context = context;
}

static int commit_when_due(struct ingest *ingest, size_t line_length, struct error *error)
{
	ingest->batch_bytes += line_length;
	if (ingest->batch_bytes < INGEST_BATCH_BYTES)
		return 0;
	ingest->batch_bytes = 0;
	return store_queue_commit(ingest->queue, error);
}

static int commit_last(struct ingest *ingest, struct error *error)
{
	ingest->batch_bytes = 0;
	if (store_queue_drain(ingest->queue, error) || store_writer_flush(ingest->writer, error))
		return -1;
	return store_commit(ingest->store, error);
}

static void remember_record(struct whereabouts *whereabouts, const struct record *record)
{
	whereabouts->any = true;
	whereabouts->unusable = 0;
	whereabouts->id = record->id;
	if (record->id.node.length)
		memcpy(whereabouts->node, record->id.node.bytes, record->id.node.length);
	whereabouts->id.node.bytes = whereabouts->node;
}

static int keep_unusable(struct ingest *ingest, const struct line *line, const char *reason,
			 struct error *error)
{
	struct whereabouts *whereabouts = &ingest->whereabouts;

	if (line->number != ingest->last_line)
		ingest->totals.unusable++;
	if (store_queue_drain(ingest->queue, error))
		return -1;
	return store_writer_unusable(ingest->writer, line, reason,
				     whereabouts->any ? &whereabouts->id : NULL,
				     whereabouts->unusable++, error);
}

/* Why the line is no record, or NULL with *record. */
static const char *fault_of(const struct line *line, struct record *record)
{
	if (line->piece)
		return "it is longer than any record";
	if (line->cut)
		return "the log could not be read to its end";
	return record_parse(line->bytes, line->number, record);
}

static int take_line(struct ingest *ingest, const struct line *line, struct error *error)
{
	struct record record;
	const char *fault = fault_of(line, &record);
	int result;

	if (fault) {
		result = keep_unusable(ingest, line, fault, error);
	} else {
		ingest->totals.records++;
		remember_record(&ingest->whereabouts, &record);
		result = assembler_add(ingest->assembler, &record, error);
	}
	if (line->number != ingest->last_line)
		ingest->totals.lines++;
	ingest->last_line = line->number;
	/* an empty line takes room in the store as well */
	return result ? -1 : commit_when_due(ingest, line->bytes.length + 1, error);
}

static void show_progress(const struct ingest *ingest, const struct source *source)
{
	if (ingest->progress)
		ingest->progress(ingest->progress_context, source_position(source),
				 source_size(source));
}

/* Returns 0, 1 where the log could not be read to its end (*error says why), -1 where the store
 * failed. */
static int take_lines(struct ingest *ingest, struct source *source, struct error *error)
{
	struct line_reader *lines = line_reader_new(source);
	struct line line;
	int result;

	if (!lines)
		return error_set_memory(error, "cannot read the log");
	ingest->last_line = 0;
	ingest->whereabouts = (struct whereabouts){.any = false};
	while ((result = line_reader_next(lines, &line, error)) > 0) {
		if (take_line(ingest, &line, error)) {
			line_reader_free(lines);
			return -1;
		}
		if (line.number % PROGRESS_LINES == 0)
			show_progress(ingest, source);
	}
	line_reader_free(lines);
	return result < 0 ? 1 : 0;
}

static int begin_log(struct ingest *ingest, const char *name, struct error *error)
{
	if (store_begin(ingest->store, error) ||
	    store_writer_set_source(ingest->writer, name, error))
		return -1;
	arrival_memory_clear(ingest->memory, store_writer_newest(ingest->writer));
	return 0;
}

int ingest_log(struct ingest *ingest, const char *name, struct error *error)
{
	struct source *source = source_open(name, error);
	struct error ending = ERROR_INIT;
	int result;

	if (!source)
		return -1;
	if (begin_log(ingest, name, error)) {
		source_free(source);
		return -1;
	}
	result = take_lines(ingest, source, error);
	show_progress(ingest, source);
	source_free(source);
	if (result < 0)
		return -1;
	/* what could be read is kept; a failure of the store says more than that of the log */
	if (assembler_flush(ingest->assembler, &ending) || commit_last(ingest, &ending)) {
		*error = ending;
		return -1;
	}
	return result ? -1 : 0;
}

const struct ingest_totals *ingest_get_totals(const struct ingest *ingest)
{
	return &ingest->totals;
}
