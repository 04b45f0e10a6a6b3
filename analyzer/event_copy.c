#include "analyzer/event_copy.h"

struct copying {
	struct arena *arena;
	bool failed;
};

static struct slice copy_slice(struct copying *copying, struct slice slice)
{
	if (!slice.bytes || copying->failed)
		return slice;
	slice.bytes = arena_copy(copying->arena, slice.bytes, slice.length);
	copying->failed = !slice.bytes;
	return slice;
}

static void *copy_array(struct copying *copying, const void *items, size_t count, size_t size)
{
	void *copy;

	if (count == 0 || copying->failed)
		return NULL;
	copy = arena_copy(copying->arena, items, count * size);
	copying->failed = !copy;
	return copy;
}

static const struct slice *copy_slices(struct copying *copying, const struct slice *slices,
				       size_t count)
{
	struct slice *copy = copy_array(copying, slices, count, sizeof(*slices));

	for (size_t i = 0; copy && i < count; i++)
		copy[i] = copy_slice(copying, copy[i]);
	return copy;
}

static const struct event_path *copy_paths(struct copying *copying, const struct event_path *paths,
					   size_t count)
{
	struct event_path *copy = copy_array(copying, paths, count, sizeof(*paths));

	for (size_t i = 0; copy && i < count; i++) {
		copy[i].name = copy_slice(copying, copy[i].name);
		copy[i].nametype = copy_slice(copying, copy[i].nametype);
		copy[i].device = copy_slice(copying, copy[i].device);
	}
	return copy;
}

/* The lines move as they are; what points into a line keeps its place in it. */
static void copy_records(struct copying *copying, const struct event *event,
			 const struct assembled_event *assembled, struct event *copy,
			 struct assembled_event *copied)
{
	size_t count = assembled->record_count;
	struct record *records = copy_array(copying, assembled->records, count, sizeof(*records));
	struct event_record *read = copy_array(copying, event->records, count, sizeof(*read));

	for (size_t i = 0; records && read && i < count; i++) {
		struct slice line = copy_slice(copying, records[i].line);
		struct slice type_name = slice_of(read[i].type_name);

		read[i].line = records[i].line = line;
		read[i].type_name = copy_slice(copying, type_name).bytes;
		read[i].fields = NULL;
		read[i].field_count = 0;
		/* the store reads a record's line and its number, no more */
		records[i].body = records[i].type_name = (struct slice)SLICE_NONE;
		records[i].id = copy->id;
	}
	copy->records = read;
	copied->records = records;
	copied->record_count = copy->record_count = count;
	copied->id = copy->id;
}

static const struct event *copy_event(struct copying *copying, const struct event *event,
				      const struct assembled_event *assembled,
				      struct assembled_event *copied)
{
	struct event *copy = copy_array(copying, event, 1, sizeof(*event));

	if (!copy)
		return NULL;
	copy->id.node = copy_slice(copying, event->id.node);
	copy_records(copying, event, assembled, copy, copied);
	copy->auid_name = copy_slice(copying, event->auid_name);
	copy->uid_name = copy_slice(copying, event->uid_name);
	copy->comm = copy_slice(copying, event->comm);
	copy->exe = copy_slice(copying, event->exe);
	copy->cwd = copy_slice(copying, event->cwd);
	copy->terminal = copy_slice(copying, event->terminal);
	copy->operation = copy_slice(copying, event->operation);
	copy->account = copy_slice(copying, event->account);
	copy->unit = copy_slice(copying, event->unit);
	copy->remote = copy_slice(copying, event->remote);
	copy->socket.address = copy_slice(copying, event->socket.address);
	copy->arguments = copy_slices(copying, event->arguments, event->argument_count);
	copy->keys = copy_slices(copying, event->keys, event->key_count);
	copy->paths = copy_paths(copying, event->paths, event->path_count);
	/* syscall_name is libaudit's own and lives as long as the program */
	return copying->failed ? NULL : copy;
}

int event_copy(const struct detected_event *original, struct arena *arena,
	       struct detected_event *copy)
{
	struct copying copying = {.arena = arena};

	copy->event = copy_event(&copying, original->event, &original->assembled, &copy->assembled);
	copy->matches = copy_array(&copying, original->matches, original->match_count,
				   sizeof(*original->matches));
	copy->match_count = original->match_count;
	return copying.failed ? -1 : 0;
}
