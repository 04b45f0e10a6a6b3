#include "analyzer/assembler.h"

#include "common/text.h"

enum {
	BUCKET_COUNT = 2 * ASSEMBLER_OPEN_MAX,
	RECYCLED_MAX = 64,
	RECYCLED_BYTES_MAX = 16 * 1024
};

/* where a record's parts lie in its event's bytes, which move while they grow */
struct kept_record {
	int type;
	const char *static_type_name; /* libaudit's, or NULL: the line's own, at type_offset */
	size_t type_offset, type_length;
	size_t line_offset, line_length;
	size_t body_offset, body_length; /* from the line's beginning */
	uint64_t line_number;
};

struct open_event {
	struct open_event *bucket_next;
	struct open_event *older, *newer; /* by the time of the last record: the timeout's order */
	uint64_t hash;
	int64_t time;
	uint32_t serial;
	size_t node_length; /* the node's name is the first of the bytes */
	int64_t touched;    /* the stream's clock when the last record came */
	struct text bytes;
	struct kept_record *records;
	size_t record_count, record_capacity;
};

struct assembler {
	assembler_sink sink;
	void *context;
	struct open_event *buckets[BUCKET_COUNT];
	struct open_event *oldest, *newest;
	size_t open_count;
	size_t bytes;                /* of all open events, with what their records take */
	int64_t clock;               /* the newest time seen, milliseconds */
	struct open_event *recycled; /* emptied ones, chained by bucket_next */
	size_t recycled_count;
	struct record *handed; /* room for an event's records on their way out */
	size_t handed_capacity;
};

struct assembler *assembler_new(assembler_sink sink, void *context)
{
	struct assembler *assembler = calloc(1, sizeof(*assembler));

	if (!assembler)
		return NULL;
	assembler->sink = sink;
	assembler->context = context;
	assembler->clock = INT64_MIN;
	return assembler;
}

static void open_event_free(struct open_event *event)
{
	text_done(&event->bytes);
	free(event->records);
	free(event);
}

void assembler_free(struct assembler *assembler)
{
	if (!assembler)
		return;
	while (assembler->oldest) {
		struct open_event *event = assembler->oldest;

		assembler->oldest = event->newer;
		open_event_free(event);
	}
	while (assembler->recycled) {
		struct open_event *event = assembler->recycled;

		assembler->recycled = event->bucket_next;
		open_event_free(event);
	}
	free(assembler->handed);
	free(assembler);
}

static uint64_t mix(uint64_t hash, uint64_t value)
{
	hash = (hash ^ value) * 0x9E3779B97F4A7C15ULL;
	return hash ^ hash >> 29;
}

static uint64_t identity_hash(const struct event_id *id)
{
	uint64_t hash = mix(mix(0, (uint64_t)id->time), id->serial);

	for (size_t i = 0; i < id->node.length; i++)
		hash = mix(hash, (unsigned char)id->node.bytes[i]);
	return hash;
}

static bool is_identity(const struct open_event *event, const struct event_id *id)
{
	return event->time == id->time && event->serial == id->serial &&
	       event->node_length == id->node.length &&
	       (event->node_length == 0 ||
		memcmp(event->bytes.bytes, id->node.bytes, event->node_length) == 0);
}

static struct open_event *find_open(struct assembler *assembler, const struct event_id *id,
				    uint64_t hash)
{
	struct open_event *event = assembler->buckets[hash % BUCKET_COUNT];

	while (event && !(event->hash == hash && is_identity(event, id)))
		event = event->bucket_next;
	return event;
}

static void unlink_from_order(struct assembler *assembler, struct open_event *event)
{
	if (event->older)
		event->older->newer = event->newer;
	else
		assembler->oldest = event->newer;
	if (event->newer)
		event->newer->older = event->older;
	else
		assembler->newest = event->older;
}

static void link_as_newest(struct assembler *assembler, struct open_event *event)
{
	event->older = assembler->newest;
	event->newer = NULL;
	if (assembler->newest)
		assembler->newest->newer = event;
	else
		assembler->oldest = event;
	assembler->newest = event;
}

static void unlink_from_bucket(struct assembler *assembler, struct open_event *event)
{
	struct open_event **link = &assembler->buckets[event->hash % BUCKET_COUNT];

	while (*link != event)
		link = &(*link)->bucket_next;
	*link = event->bucket_next;
}

static struct open_event *take_empty(struct assembler *assembler)
{
	struct open_event *event = assembler->recycled;

	if (!event)
		return calloc(1, sizeof(*event));
	assembler->recycled = event->bucket_next;
	assembler->recycled_count--;
	return event;
}

static void give_back(struct assembler *assembler, struct open_event *event)
{
	if (assembler->recycled_count >= RECYCLED_MAX ||
	    event->bytes.capacity > RECYCLED_BYTES_MAX) {
		open_event_free(event);
		return;
	}
	text_clear(&event->bytes);
	event->record_count = 0;
	event->bucket_next = assembler->recycled;
	assembler->recycled = event;
	assembler->recycled_count++;
}

static struct open_event *open_new(struct assembler *assembler, const struct event_id *id,
				   uint64_t hash)
{
	struct open_event *event = take_empty(assembler);

	if (!event)
		return NULL;
	if (text_append(&event->bytes, id->node.bytes, id->node.length)) {
		give_back(assembler, event);
		return NULL;
	}
	event->hash = hash;
	event->time = id->time;
	event->serial = id->serial;
	event->node_length = id->node.length;
	event->bucket_next = assembler->buckets[hash % BUCKET_COUNT];
	assembler->buckets[hash % BUCKET_COUNT] = event;
	link_as_newest(assembler, event);
	assembler->open_count++;
	assembler->bytes += event->bytes.length;
	return event;
}

static int keep_record(struct assembler *assembler, struct open_event *event,
		       const struct record *record)
{
	size_t offset = event->bytes.length;
	const char *line = record->line.bytes;
	const char *type_name = record->type_name.bytes;
	bool in_line = type_name >= line && type_name < line + record->line.length;

	if (event->record_count == event->record_capacity) {
		size_t capacity = event->record_capacity ? event->record_capacity * 2 : 8;
		struct kept_record *grown = realloc(event->records, capacity * sizeof(*grown));

		if (!grown)
			return -1;
		event->records = grown;
		event->record_capacity = capacity;
	}
	if (text_append(&event->bytes, line, record->line.length))
		return -1;
	event->records[event->record_count++] = (struct kept_record){
		.type = record->type,
		.static_type_name = in_line ? NULL : type_name,
		.type_offset = in_line ? (size_t)(type_name - line) : 0,
		.type_length = record->type_name.length,
		.line_offset = offset,
		.line_length = record->line.length,
		.body_offset = (size_t)(record->body.bytes - line),
		.body_length = record->body.length,
		.line_number = record->line_number,
	};
	assembler->bytes += record->line.length + sizeof(struct kept_record);
	return 0;
}

static int reserve_handed(struct assembler *assembler, size_t count)
{
	struct record *grown;

	if (count <= assembler->handed_capacity)
		return 0;
	grown = realloc(assembler->handed, count * sizeof(*grown));
	if (!grown)
		return -1;
	assembler->handed = grown;
	assembler->handed_capacity = count;
	return 0;
}

static int call_sink(struct assembler *assembler, const struct open_event *event,
		     struct error *error)
{
	struct event_id id = {
		.node = {event->bytes.bytes, event->node_length},
		.time = event->time,
		.serial = event->serial,
	};
	struct assembled_event assembled = {.id = id, .record_count = event->record_count};

	if (reserve_handed(assembler, event->record_count))
		return error_set_memory(error, "cannot assemble an event");
	for (size_t i = 0; i < event->record_count; i++) {
		const struct kept_record *kept = &event->records[i];
		const char *line = event->bytes.bytes + kept->line_offset;

		assembler->handed[i] = (struct record){
			.id = id,
			.type = kept->type,
			.type_name = {kept->static_type_name ? kept->static_type_name
							     : line + kept->type_offset,
				      kept->type_length},
			.line = {line, kept->line_length},
			.body = {line + kept->body_offset, kept->body_length},
			.line_number = kept->line_number,
		};
	}
	assembled.records = assembler->handed;
	return assembler->sink(assembler->context, &assembled, error);
}

static int hand_on(struct assembler *assembler, struct open_event *event, struct error *error)
{
	int result;

	unlink_from_order(assembler, event);
	unlink_from_bucket(assembler, event);
	assembler->open_count--;
	assembler->bytes -= event->bytes.length + event->record_count * sizeof(struct kept_record);
	result = call_sink(assembler, event, error);
	give_back(assembler, event);
	return result;
}

/* The stream's clock never runs backwards for a little disorder, and does for a clock that was set
 * back. */
static void advance_clock(struct assembler *assembler, int64_t time)
{
	bool first = assembler->clock == INT64_MIN;

	if (first || time > assembler->clock || assembler->clock - time > ASSEMBLER_CLOCK_JUMP)
		assembler->clock = time;
}

static bool is_timed_out(const struct assembler *assembler, const struct open_event *event)
{
	int64_t waited = assembler->clock - event->touched;

	/* negative: the clock was set back behind the event, which then waits no longer */
	return waited > ASSEMBLER_TIMEOUT || waited < 0;
}

static int hand_on_what_is_due(struct assembler *assembler, struct error *error)
{
	while (assembler->oldest && (is_timed_out(assembler, assembler->oldest) ||
				     assembler->open_count > ASSEMBLER_OPEN_MAX ||
				     assembler->bytes > ASSEMBLER_BYTES_MAX))
		if (hand_on(assembler, assembler->oldest, error))
			return -1;
	return 0;
}

int assembler_add(struct assembler *assembler, const struct record *record, struct error *error)
{
	uint64_t hash = identity_hash(&record->id);
	struct open_event *event = find_open(assembler, &record->id, hash);

	if (!event)
		event = open_new(assembler, &record->id, hash);
	if (!event || keep_record(assembler, event, record))
		return error_set_memory(error, "cannot assemble an event");
	advance_clock(assembler, record->id.time);
	event->touched = assembler->clock;
	unlink_from_order(assembler, event);
	link_as_newest(assembler, event);
	if ((record_type_ends_event(record->type) || record_type_stands_alone(record->type) ||
	     event->bytes.length > ASSEMBLER_EVENT_BYTES_MAX) &&
	    hand_on(assembler, event, error))
		return -1;
	return hand_on_what_is_due(assembler, error);
}

int assembler_flush(struct assembler *assembler, struct error *error)
{
	while (assembler->oldest)
		if (hand_on(assembler, assembler->oldest, error))
			return -1;
	return 0;
}

size_t assembler_open_count(const struct assembler *assembler)
{
	return assembler->open_count;
}
