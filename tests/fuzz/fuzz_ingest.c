/*
 * Any bytes as a log, compressed or plain, on their way to the store: every line of a plain one
 * comes out of the line reader as it was; every record is handed on once, in an event of its own
 * identity; what is read of an event does not depend on the events before it, and survives the copy
 * and the block in which it waits.
 */
#include "tests/fuzz/fuzz.h"

#include "analyzer/event_copy.h"
#include "analyzer/event_reader.h"
#include "analyzer/line_reader.h"
#include "analyzer/raw_block.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

enum {
	EVENTS_READ_MAX = 64, /* a fresh reader for each takes long */
};

struct fuzzing {
	struct event_reader *reader; /* of all events */
	size_t given, handed;        /* records */
	size_t events;
};

static void check_text(struct slice one, struct slice other)
{
	FUZZ_REQUIRE(!one.bytes == !other.bytes && slice_equal(one, other));
}

static void check_lists(const struct event *one, const struct event *other)
{
	FUZZ_REQUIRE(one->argument_count == other->argument_count);
	for (size_t i = 0; i < one->argument_count; i++)
		check_text(one->arguments[i], other->arguments[i]);
	FUZZ_REQUIRE(one->key_count == other->key_count);
	for (size_t i = 0; i < one->key_count; i++)
		check_text(one->keys[i], other->keys[i]);
	FUZZ_REQUIRE(one->path_count == other->path_count);
	for (size_t i = 0; i < one->path_count; i++) {
		check_text(one->paths[i].name, other->paths[i].name);
		check_text(one->paths[i].nametype, other->paths[i].nametype);
		FUZZ_REQUIRE(one->paths[i].item == other->paths[i].item);
		FUZZ_REQUIRE(one->paths[i].inode == other->paths[i].inode);
		FUZZ_REQUIRE(i == 0 || one->paths[i - 1].item <= one->paths[i].item);
	}
}

/* Both say the same. */
static void check_same(const struct event *one, const struct event *other)
{
	FUZZ_REQUIRE(one->record_count == other->record_count);
	FUZZ_REQUIRE(one->arch == other->arch && one->syscall == other->syscall);
	FUZZ_REQUIRE(one->syscall_name == other->syscall_name);
	FUZZ_REQUIRE(one->outcome == other->outcome && one->exit == other->exit);
	FUZZ_REQUIRE(one->pid == other->pid && one->ppid == other->ppid);
	FUZZ_REQUIRE(one->auid == other->auid && one->uid == other->uid);
	FUZZ_REQUIRE(one->session == other->session);
	FUZZ_REQUIRE(one->incomplete == other->incomplete);
	FUZZ_REQUIRE(one->socket.family == other->socket.family);
	check_text(one->socket.address, other->socket.address);
	check_text(one->comm, other->comm);
	check_text(one->exe, other->exe);
	check_text(one->cwd, other->cwd);
	check_text(one->operation, other->operation);
	check_text(one->account, other->account);
	check_text(one->remote, other->remote);
	check_text(one->auid_name, other->auid_name);
	check_lists(one, other);
}

/* Fields are whole strings, and never longer than their line can make them. */
static void check_fields(const struct event *event)
{
	for (size_t i = 0; i < event->record_count; i++) {
		const struct event_record *record = &event->records[i];

		FUZZ_REQUIRE(record->type_name && record->type_name[0]);
		FUZZ_REQUIRE(record->field_count <= record->line.length);
		for (size_t j = 0; j < record->field_count; j++) {
			const struct record_field *field = &record->fields[j];

			FUZZ_REQUIRE(field->name && field->raw.bytes);
			FUZZ_REQUIRE(field->raw.length <= record->line.length + 2);
			FUZZ_REQUIRE(field->value.length <= field->raw.length);
		}
	}
}

static void check_block(const struct assembled_event *assembled)
{
	CLEANUP(text_done) struct text block = TEXT_INIT;
	struct slice rest;

	for (size_t i = 0; i < assembled->record_count; i++) {
		struct raw_record raw = {assembled->records[i].line_number,
					 assembled->records[i].line};

		FUZZ_REQUIRE(raw_block_append(&block, &raw) == 0);
	}
	rest = (struct slice){block.bytes, block.length};
	for (size_t i = 0; i < assembled->record_count; i++) {
		struct raw_record raw;

		FUZZ_REQUIRE(raw_block_next(&rest, &raw) == 1);
		FUZZ_REQUIRE(raw.line_number == assembled->records[i].line_number);
		FUZZ_REQUIRE(slice_equal(raw.line, assembled->records[i].line));
	}
	FUZZ_REQUIRE(rest.length == 0);
}

static void check_event(struct fuzzing *fuzzing, const struct assembled_event *assembled)
{
	struct event_reader *fresh = event_reader_new();
	CLEANUP(arena_done) struct arena arena = ARENA_INIT;
	struct detected_event copied;
	struct event event, again;
	struct detected_event detected = {.event = &event, .assembled = *assembled};
	struct error error = ERROR_INIT;

	FUZZ_REQUIRE(fresh);
	FUZZ_REQUIRE(event_reader_read(fuzzing->reader, assembled, &event, &error) == 0);
	FUZZ_REQUIRE(event_reader_read(fresh, assembled, &again, &error) == 0);
	check_fields(&event);
	check_same(&event, &again);
	event_reader_free(fresh);
	FUZZ_REQUIRE(event_copy(&detected, &arena, &copied) == 0);
	FUZZ_REQUIRE(copied.assembled.record_count == assembled->record_count);
	check_same(&event, copied.event);
	for (size_t i = 0; i < assembled->record_count; i++)
		FUZZ_REQUIRE(
			slice_equal(copied.assembled.records[i].line, assembled->records[i].line));
	check_block(assembled);
}

static int take_event(void *context, const struct assembled_event *assembled, struct error *error)
{
	struct fuzzing *fuzzing = context;

	(void)error;
	FUZZ_REQUIRE(assembled->record_count > 0);
	for (size_t i = 0; i < assembled->record_count; i++) {
		const struct record *record = &assembled->records[i];
		struct record again;

		FUZZ_REQUIRE(!record_parse(record->line, record->line_number, &again));
		FUZZ_REQUIRE(again.id.time == assembled->id.time);
		FUZZ_REQUIRE(again.id.serial == assembled->id.serial);
		FUZZ_REQUIRE(slice_equal(again.id.node, assembled->id.node));
	}
	fuzzing->handed += assembled->record_count;
	if (fuzzing->events++ < EVENTS_READ_MAX)
		check_event(fuzzing, assembled);
	return 0;
}

static struct source *open_log(const uint8_t *data, size_t size, int *fd)
{
	struct error error = ERROR_INIT;
	struct source *source;
	char name[32];

	*fd = memfd_create("log", MFD_CLOEXEC);
	FUZZ_REQUIRE(*fd >= 0 && write(*fd, data, size) == (ssize_t)size);
	(void)snprintf(name, sizeof(name), "/proc/self/fd/%d", *fd);
	source = source_open(name, &error);
	FUZZ_REQUIRE(source);
	return source;
}

static bool is_compressed(const uint8_t *data, size_t size)
{
	return (size >= 2 && memcmp(data, "\x1F\x8B", 2) == 0) ||
	       (size >= 4 && memcmp(data, "\x28\xB5\x2F\xFD", 4) == 0) ||
	       (size >= 6 && memcmp(data,
				    "\xFD"
				    "7zXZ",
				    6) == 0);
}

/* The bytes of a plain log are those of its lines, a newline behind each but perhaps the last. */
static void check_line(const struct line *line, const uint8_t *data, size_t size, size_t *at)
{
	FUZZ_REQUIRE(line->bytes.length <= size - *at);
	FUZZ_REQUIRE(line->bytes.length == 0 ||
		     memcmp(line->bytes.bytes, data + *at, line->bytes.length) == 0);
	*at += line->bytes.length;
	FUZZ_REQUIRE(!line->cut);
	if (line->ended)
		FUZZ_REQUIRE(*at < size && data[(*at)++] == '\n');
	else
		FUZZ_REQUIRE(line->piece || *at == size);
}

static void read_log(struct fuzzing *fuzzing, struct assembler *assembler, const uint8_t *data,
		     size_t size)
{
	int fd;
	struct source *source = open_log(data, size, &fd);
	struct line_reader *lines = line_reader_new(source);
	bool plain = !is_compressed(data, size);
	struct error error = ERROR_INIT;
	struct record record;
	struct line line;
	size_t at = 0;
	int result;

	FUZZ_REQUIRE(lines);
	while ((result = line_reader_next(lines, &line, &error)) > 0) {
		if (plain)
			check_line(&line, data, size, &at);
		if (line.piece || line.cut || record_parse(line.bytes, line.number, &record))
			continue;
		fuzzing->given++;
		FUZZ_REQUIRE(assembler_add(assembler, &record, &error) == 0);
	}
	FUZZ_REQUIRE(!plain || (result == 0 && at == size));
	FUZZ_REQUIRE(result == 0 || error.kind == ERROR_INPUT);
	line_reader_free(lines);
	source_free(source);
	(void)close(fd);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzzing fuzzing = {.reader = event_reader_new()};
	struct assembler *assembler = assembler_new(take_event, &fuzzing);
	struct error error = ERROR_INIT;

	FUZZ_REQUIRE(fuzzing.reader && assembler);
	read_log(&fuzzing, assembler, data, size);
	FUZZ_REQUIRE(assembler_flush(assembler, &error) == 0);
	FUZZ_REQUIRE(assembler_open_count(assembler) == 0);
	FUZZ_REQUIRE(fuzzing.handed == fuzzing.given);
	assembler_free(assembler);
	event_reader_free(fuzzing.reader);
	return 0;
}
