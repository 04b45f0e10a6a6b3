#include "tests/unit/auditctl_recording.h"

#include "common/file.h"
#include "common/number.h"
#include "common/slice.h"

#include <libaudit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	FILE_LIMIT = 16 << 20,
	RULES_MAX = 4096,
	FIXTURES_MAX = 128,
	LINKS_MAX = 8,
};

static _Noreturn void fail(const char *what, const char *thing)
{
	(void)fprintf(stderr, "%s: %s\n", what, thing);
	exit(EXIT_FAILURE);
}

static void *need(void *memory)
{
	if (!memory)
		fail("out of memory", "recording");
	return memory;
}

/* The whole file as a C string in the arena; NULL where there is none. */
static char *read_data(struct arena *arena, const char *name)
{
	CLEANUP(text_done) struct text content = TEXT_INIT;
	struct error error = ERROR_INIT;
	char *path = need(arena_format(arena, "%s/auditctl/%s", TEST_DATA, name));

	if (access(path, F_OK))
		return NULL;
	if (file_read(path, FILE_LIMIT, &content, &error))
		fail(path, error.why);
	return need(arena_copy(arena, text_string(&content), content.length));
}

/* Cuts `rest` at `delimiter`: returns what stands before it, or NULL at the end. */
static char *cut(char **rest, char delimiter)
{
	char *start = *rest;
	char *end = start ? strchr(start, delimiter) : NULL;

	if (end)
		*end = '\0';
	*rest = end ? end + 1 : NULL;
	return start;
}

static unsigned number(const char *text)
{
	uint64_t value = 0;

	if (number_parse(text, strlen(text), UINT32_MAX, &value))
		fail("no number", text);
	return (unsigned)value;
}

/* The last value of `name=` in the fourth column, or NULL. */
static const char *find_value(struct arena *arena, const char *column, const char *name)
{
	const char *at = strstr(column, name);

	if (!at)
		return NULL;
	at += strlen(name);
	at = need(arena_copy(arena, at, strcspn(at, " ")));
	return strrchr(at, ',') ? strrchr(at, ',') + 1 : at;
}

static int signed_number(const char *text)
{
	int64_t value = 0;

	if (number_parse_signed(text, strlen(text), -4096, 4096, &value))
		fail("no number", text);
	return (int)value;
}

static void read_payload(struct arena *arena, struct recorded_message *message, const char *hex)
{
	size_t length = strlen(hex) / 2;
	unsigned char *bytes = need(arena_allocate(arena, length + 1));

	for (size_t i = 0; i < length; i++) {
		int high = number_hex_digit(hex[2 * i]);
		int low = number_hex_digit(hex[2 * i + 1]);

		if (high < 0 || low < 0)
			fail("no hex", hex);
		bytes[i] = (unsigned char)(high << 4 | low);
	}
	message->payload = bytes;
	message->length = length;
}

/* The escapes of the columns: \\ \n \t \xHH. */
static char *unescape(struct arena *arena, const char *text)
{
	char *plain = need(arena_allocate(arena, strlen(text) + 1));
	size_t length = 0;

	while (*text) {
		if (*text != '\\') {
			plain[length++] = *text++;
			continue;
		}
		text++;
		if (*text == 'x') {
			plain[length++] =
				(char)(number_hex_digit(text[1]) << 4 | number_hex_digit(text[2]));
			text += 3;
		} else {
			plain[length++] = *text == 'n' ? '\n' : *text == 't' ? '\t' : *text;
			text++;
		}
	}
	plain[length] = '\0';
	return plain;
}

static void read_row(struct arena *arena, struct recorded_rule *row, char *line)
{
	char *types;
	char *payloads;
	const char *said;
	const char *last_ack;
	const char *listing;
	char *type;

	*row = (struct recorded_rule){.rule = cut(&line, '\t')};
	types = cut(&line, '\t');
	payloads = cut(&line, '\t');
	said = cut(&line, '\t');
	listing = cut(&line, '\t');
	if (!types || !payloads || !said)
		fail("too few columns", row->rule);
	while ((type = cut(&types, ',')) && *type) {
		struct recorded_message *message = &row->messages[row->message_count++];

		if (row->message_count > RECORDED_MESSAGES_MAX)
			fail("too many messages", row->rule);
		message->type = number(type);
		read_payload(arena, message, cut(&payloads, ','));
	}
	last_ack = find_value(arena, said, "ack=");
	row->acknowledged =
		!last_ack || strcmp(last_ack, "unread") == 0 || strcmp(last_ack, "") == 0
			? 1
			: signed_number(last_ack);
	row->said = said;
	row->exit_status = signed_number(find_value(arena, said, "exit="));
	row->listing = listing ? unescape(arena, listing) : "";
}

static size_t read_rows(struct arena *arena, const char *name, struct recorded_rule *rows)
{
	char *rest = read_data(arena, name);
	size_t count = 0;

	while (rest && *rest) {
		char *line = cut(&rest, '\n');

		if (count == RULES_MAX)
			fail("too many rules", name);
		if (*line && *line != '#')
			read_row(arena, &rows[count++], line);
	}
	return count;
}

size_t recording_read(struct arena *arena, struct recorded_rule **rules)
{
	struct recorded_rule *rows = need(arena_allocate_zeroed(arena, RULES_MAX, sizeof(*rows)));
	struct recorded_rule *others =
		need(arena_allocate_zeroed(arena, RULES_MAX, sizeof(*others)));
	size_t count = read_rows(arena, "sent.tsv", rows);
	size_t other_count = read_rows(arena, "sent-file.tsv", others);

	for (size_t i = 0; i < other_count; i++) {
		size_t at = 0;

		while (at < count && strcmp(rows[at].rule, others[i].rule) != 0)
			at++;
		if (at == count)
			fail("sent-file.tsv has a rule that sent.tsv lacks", others[i].rule);
		rows[at] = others[i];
	}
	if (count == 0)
		fail("nothing recorded", "sent.tsv");
	*rules = rows;
	return count;
}

struct fixture {
	const char *kind;
	const char *name;
	const char *value; /* a link's target, an id, or NULL */
};

struct fixtures {
	struct fixture items[FIXTURES_MAX];
	size_t count;
};

static const struct fixture *find(const struct fixtures *fixtures, const char *kind,
				  const char *name)
{
	for (size_t i = 0; i < fixtures->count; i++)
		if (strcmp(fixtures->items[i].kind, kind) == 0 &&
		    strcmp(fixtures->items[i].name, name) == 0)
			return &fixtures->items[i];
	return NULL;
}

static bool find_id(const struct fixtures *fixtures, const char *kind, const char *name,
		    uint32_t *id)
{
	const struct fixture *found = find(fixtures, kind, name);

	if (found)
		*id = number(found->value);
	return found != NULL;
}

static bool find_user(const void *context, const char *name, uint32_t *id)
{
	return find_id(context, "user", name, id);
}

static bool find_group(const void *context, const char *name, uint32_t *id)
{
	return find_id(context, "group", name, id);
}

/* Appends one component to the path so far, as stat(2) would go; false where it can't go on. */
static bool step(const struct fixtures *fixtures, struct text *path, struct slice name,
		 unsigned links);

static bool walk(const struct fixtures *fixtures, struct text *path, const char *rest,
		 unsigned links)
{
	while (*rest) {
		struct slice name = {rest, strcspn(rest, "/")};

		if (name.length > 0 && !step(fixtures, path, name, links))
			return false;
		rest += name.length + (rest[name.length] == '/');
	}
	return true;
}

static void leave(struct text *path)
{
	const char *slash = path->length ? strrchr(path->bytes, '/') : NULL;
	size_t length = slash ? (size_t)(slash - path->bytes) : 0;

	path->length = length;
	if (path->bytes)
		path->bytes[length] = '\0';
}

static bool step(const struct fixtures *fixtures, struct text *path, struct slice name,
		 unsigned links)
{
	const struct fixture *link;

	if (slice_is(name, "."))
		return true;
	if (slice_is(name, "..")) {
		leave(path);
		return true;
	}
	if (text_append_char(path, '/') || text_append(path, name.bytes, name.length))
		fail("out of memory", "path");
	link = find(fixtures, "link", path->bytes);
	if (!link)
		return true;
	if (links == LINKS_MAX)
		return false;
	if (link->value[0] == '/')
		text_clear(path);
	else
		leave(path);
	return walk(fixtures, path, link->value, links + 1);
}

static bool is_directory(const void *context, const char *path)
{
	CLEANUP(text_done) struct text resolved = TEXT_INIT;

	if (path[0] != '/' || !walk(context, &resolved, path, 0))
		return false;
	return find(context, "dir", resolved.length ? resolved.bytes : "/") != NULL;
}

/* A name may be quoted for the blank in it. */
static char *take_name(char **rest)
{
	if (*rest && **rest == '"') {
		++*rest;
		return cut(rest, '"');
	}
	return cut(rest, ' ');
}

struct rule_host recording_host(struct arena *arena)
{
	struct fixtures *fixtures = need(arena_allocate_zeroed(arena, 1, sizeof(*fixtures)));
	char *rest = read_data(arena, "fixtures.txt");
	struct rule_host host = {
		.machine = MACH_86_64,
		.find_user = find_user,
		.find_group = find_group,
		.is_directory = is_directory,
		.context = fixtures,
	};

	while (rest && *rest) {
		char *line = cut(&rest, '\n');
		struct fixture *item = &fixtures->items[fixtures->count];

		if (*line == '#' || !*line)
			continue;
		if (++fixtures->count == FIXTURES_MAX)
			fail("too many fixtures", line);
		item->kind = cut(&line, ' ');
		item->name = take_name(&line);
		item->value = line;
	}
	if (fixtures->count == 0)
		fail("nothing described", "fixtures.txt");
	return host;
}
