#include "analyzer/event_summary.h"

#include "common/number.h"

#include "analyzer/arguments.h"
#include "analyzer/socket_address.h"

#include <libaudit.h>
#include <stddef.h>

enum {
	KEY_SEPARATOR = '\x01',
	ENRICHMENT_SEPARATOR = '\x1D'
};

void event_summary_clear(struct event *event)
{
	memset(event, 0, sizeof(*event));
	event->arch = event->syscall = event->exit = EVENT_UNSET;
	event->pid = event->ppid = EVENT_UNSET;
	event->auid = event->uid = event->gid = event->euid = event->session = EVENT_UNSET;
	event->socket.family = -1;
	event->socket.port = EVENT_UNSET;
}

enum member_kind {
	MEMBER_NUMBER,
	MEMBER_LONG, /* what a system call returns may be an address */
	MEMBER_ID,   /* a number whose -1 is printed as 4294967295 by newer kernels */
	MEMBER_HEX,
	MEMBER_TEXT,
	MEMBER_OUTCOME,
};

struct member {
	const char *field;
	enum member_kind kind;
	size_t offset; /* in struct event; of an int64_t or a struct slice */
};

/* The first record that has a field gives it; the SYSCALL record comes first of all. */
static const struct member members[] = {
	{"arch", MEMBER_HEX, offsetof(struct event, arch)},
	{"syscall", MEMBER_NUMBER, offsetof(struct event, syscall)},
	{"success", MEMBER_OUTCOME, 0},
	{"res", MEMBER_OUTCOME, 0},
	{"exit", MEMBER_LONG, offsetof(struct event, exit)},
	{"ppid", MEMBER_NUMBER, offsetof(struct event, ppid)},
	{"pid", MEMBER_NUMBER, offsetof(struct event, pid)},
	{"auid", MEMBER_ID, offsetof(struct event, auid)},
	{"uid", MEMBER_ID, offsetof(struct event, uid)},
	{"gid", MEMBER_ID, offsetof(struct event, gid)},
	{"euid", MEMBER_ID, offsetof(struct event, euid)},
	{"ses", MEMBER_ID, offsetof(struct event, session)},
	{"tty", MEMBER_TEXT, offsetof(struct event, terminal)},
	{"terminal", MEMBER_TEXT, offsetof(struct event, terminal)},
	{"comm", MEMBER_TEXT, offsetof(struct event, comm)},
	{"exe", MEMBER_TEXT, offsetof(struct event, exe)},
	{"cwd", MEMBER_TEXT, offsetof(struct event, cwd)},
	{"op", MEMBER_TEXT, offsetof(struct event, operation)},
	{"acct", MEMBER_TEXT, offsetof(struct event, account)},
	{"unit", MEMBER_TEXT, offsetof(struct event, unit)},
};

static void set_number(int64_t *number, struct slice value, int64_t minimum, int64_t maximum)
{
	int64_t parsed;

	if (*number == EVENT_UNSET &&
	    number_parse_signed(value.bytes, value.length, minimum, maximum, &parsed) == 0)
		*number = parsed;
}

static void set_hex(int64_t *number, struct slice value)
{
	uint64_t parsed;

	if (*number == EVENT_UNSET &&
	    number_parse_hex(value.bytes, value.length, UINT32_MAX, &parsed) == 0)
		*number = (int64_t)parsed;
}

static void set_text(struct slice *text, struct slice value)
{
	/* "?" is what user space writes where it doesn't know */
	if (!text->bytes && value.bytes && !slice_is(value, "?"))
		*text = value;
}

static void set_outcome(enum event_outcome *outcome, struct slice value)
{
	static const struct {
		const char *text;
		enum event_outcome outcome;
	} spellings[] = {
		{"yes", EVENT_SUCCESS}, {"success", EVENT_SUCCESS}, {"1", EVENT_SUCCESS},
		{"no", EVENT_FAILURE},  {"failed", EVENT_FAILURE},  {"0", EVENT_FAILURE},
	};

	if (*outcome != EVENT_OUTCOME_UNKNOWN)
		return;
	for (size_t i = 0; i < sizeof(spellings) / sizeof(spellings[0]); i++)
		if (slice_is(value, spellings[i].text))
			*outcome = spellings[i].outcome;
}

static void set_member(struct event *event, const struct member *member, struct slice value)
{
	void *target = (char *)event + member->offset;

	switch (member->kind) {
	case MEMBER_NUMBER:
		set_number(target, value, INT32_MIN, UINT32_MAX);
		break;
	case MEMBER_LONG:
		set_number(target, value, EVENT_UNSET + 1, INT64_MAX);
		break;
	case MEMBER_ID:
		set_number(target, value, INT32_MIN, UINT32_MAX);
		if (*(int64_t *)target == -1)
			*(int64_t *)target = EVENT_NO_LOGIN;
		break;
	case MEMBER_HEX:
		set_hex(target, value);
		break;
	case MEMBER_TEXT:
		set_text(target, value);
		break;
	case MEMBER_OUTCOME:
		set_outcome(&event->outcome, value);
		break;
	}
}

/*
 * The keys of one rule, which the kernel joins by 0x01 (libaudit.h, AUDIT_KEY_SEPARATOR).
 * libauparse makes a field of each; a separator that it left in place is taken for one all the
 * same.
 */
static size_t split_keys(struct slice value, struct slice *keys, size_t room)
{
	size_t count = 0;

	while (value.bytes && count < room) {
		const char *separator =
			value.length ? memchr(value.bytes, KEY_SEPARATOR, value.length) : NULL;
		size_t length = separator ? (size_t)(separator - value.bytes) : value.length;

		keys[count++] = (struct slice){value.bytes, length};
		if (!separator)
			break;
		value.bytes += length + 1;
		value.length -= length + 1;
	}
	return count;
}

static int take_keys(struct event *event, const struct event_record *record, struct arena *arena)
{
	/* the keys of a rule share that many bytes; a forged line could hold far more */
	struct slice found[AUDIT_MAX_KEY_LEN + 1];
	size_t count = 0;
	struct slice *keys;

	for (size_t i = 0; i < record->field_count; i++)
		if (strcmp(record->fields[i].name, "key") == 0)
			count += split_keys(record->fields[i].value, found + count,
					    AUDIT_MAX_KEY_LEN + 1 - count);
	if (count == 0 || event->key_count)
		return 0;
	if (count > AUDIT_MAX_KEY_LEN) {
		count = AUDIT_MAX_KEY_LEN;
		event->incomplete = 1;
	}
	keys = arena_allocate(arena, count * sizeof(*keys));
	if (!keys)
		return -1;
	memcpy(keys, found, count * sizeof(*keys));
	event->keys = keys;
	event->key_count = count;
	return 0;
}

static void take_member(struct event *event, const struct record_field *field)
{
	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
		if (field->name[0] != members[i].field[0] ||
		    strcmp(field->name, members[i].field) != 0)
			continue;
		set_member(event, &members[i], field->value);
		return;
	}
}

static void take_members(struct event *event, const struct event_record *record)
{
	size_t count = record->field_count;

	/* "old auid=4294967295 new auid=1000", of which libauparse makes two auid: the last is the
	 * new one */
	for (size_t i = 0; i < count; i++)
		take_member(event,
			    &record->fields[record->type == AUDIT_LOGIN ? count - 1 - i : i]);
}

/* The address, which is surer than the name beside it. */
static void take_remote(struct event *event, const struct event_record *record)
{
	static const char *const names[] = {"addr", "hostname"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const struct record_field *field = event_record_field(record, names[i]);

		if (field)
			set_text(&event->remote, field->value);
	}
}

/* "auditd start, ver=2.2": before auditd 2.5 op= was a word of a sentence. */
static void take_daemon_operation(struct event *event, const struct event_record *record)
{
	static const char stamp[] = "audit(", daemon[] = " auditd ";
	const char *end = record->line.bytes + record->line.length;
	const char *at = memmem(record->line.bytes, record->line.length, stamp, strlen(stamp));
	const char *comma;

	if (at)
		at = memmem(at, (size_t)(end - at), daemon, strlen(daemon));
	if (!at)
		return;
	at += strlen(daemon);
	comma = memchr(at, ',', (size_t)(end - at));
	if (comma)
		set_text(&event->operation, (struct slice){at, (size_t)(comma - at)});
}

static void take_path_field(struct event_path *path, const struct record_field *field)
{
	uint64_t number;

	/* by the first letter: a third of all fields of a log pass here */
	switch (field->name[0]) {
	case 'i':
		if (strcmp(field->name, "item") == 0)
			set_number(&path->item, field->value, 0, UINT32_MAX);
		else if (strcmp(field->name, "inode") == 0 &&
			 number_parse(field->value.bytes, field->value.length, INT64_MAX,
				      &number) == 0)
			path->inode = (int64_t)number;
		break;
	case 'n':
		if (strcmp(field->name, "name") == 0)
			path->name = field->value;
		else if (strcmp(field->name, "nametype") == 0)
			path->nametype = field->value;
		break;
	case 'o':
		if (strcmp(field->name, "objtype") == 0)
			path->nametype = field->value;
		break;
	case 'd':
		if (strcmp(field->name, "dev") == 0)
			path->device = field->value;
		break;
	case 'm':
		if (strcmp(field->name, "mode") == 0 &&
		    number_parse_octal(field->value.bytes, field->value.length, UINT32_MAX,
				       &number) == 0)
			path->mode = (int64_t)number;
		break;
	default:
		break;
	}
}

static void take_path(struct event_path *path, const struct event_record *record)
{
	*path = (struct event_path){.item = EVENT_UNSET, .inode = EVENT_UNSET, .mode = EVENT_UNSET};
	for (size_t i = 0; i < record->field_count; i++)
		take_path_field(path, &record->fields[i]);
}

static int compare_paths(const void *left, const void *right)
{
	const struct event_path *a = left, *b = right;

	return (a->item > b->item) - (a->item < b->item);
}

static int take_paths(struct event *event, struct arena *arena)
{
	struct event_path *paths;
	size_t count = 0;
	bool ordered = true;

	for (size_t i = 0; i < event->record_count; i++)
		count += event->records[i].type == AUDIT_PATH;
	if (count == 0)
		return 0;
	paths = arena_allocate(arena, count * sizeof(*paths));
	if (!paths)
		return -1;
	count = 0;
	for (size_t i = 0; i < event->record_count; i++) {
		if (event->records[i].type != AUDIT_PATH)
			continue;
		take_path(&paths[count], &event->records[i]);
		ordered = ordered && (count == 0 || paths[count - 1].item <= paths[count].item);
		count++;
	}
	if (!ordered)
		qsort(paths, count, sizeof(*paths), compare_paths);
	event->paths = paths;
	event->path_count = count;
	return 0;
}

static int take_socket(struct event *event, const struct event_record *record, struct arena *arena)
{
	const struct record_field *saddr = event_record_field(record, "saddr");
	struct socket_address address;
	char *text;

	if (!saddr)
		event->incomplete = 1;
	if (!saddr || event->socket.family >= 0)
		return 0;
	if (socket_address_decode(saddr->raw, socket_address_big_endian(event->arch), &address))
		event->incomplete = 1;
	event->socket.family = address.family;
	if (address.port >= 0)
		event->socket.port = address.port;
	if (address.length == 0)
		return 0;
	text = arena_copy(arena, address.text, address.length);
	if (!text)
		return -1;
	event->socket.address = (struct slice){text, address.length};
	return 0;
}

/*
 * auditd's enrichment: after a 0x1d, the names it found for numbers, in capitals and in the order
 * of the fields
 * ("AUID=\"admin\" UID=\"root\""); so the first of a name belongs to the first field of that name.
 */
static void take_enriched(struct slice *text, const struct event_record *record, const char *name)
{
	const char *at = memchr(record->line.bytes, ENRICHMENT_SEPARATOR, record->line.length);
	const char *end = record->line.bytes + record->line.length;
	size_t length = strlen(name);

	while (at && !text->bytes && ++at + length < end) {
		const char *close;

		if (memcmp(at, name, length) == 0) {
			close = memchr(at + length, '"', (size_t)(end - at) - length);
			if (close)
				*text = (struct slice){at + length, (size_t)(close - at) - length};
			return;
		}
		at = memchr(at, ' ', (size_t)(end - at));
	}
}

static const struct event_record *speaker(const struct event *event)
{
	for (size_t i = 0; i < event->record_count; i++)
		if (event->records[i].type == AUDIT_SYSCALL)
			return &event->records[i];
	return NULL;
}

/* These describe an object, not who acted: their pid, uid or mode is another's. */
static bool speaks_of_objects(int type)
{
	return type == AUDIT_PATH || type == AUDIT_EXECVE || type == AUDIT_PROCTITLE ||
	       type == AUDIT_SOCKADDR || type == AUDIT_OBJ_PID || type == AUDIT_IPC ||
	       type == AUDIT_EOE;
}

static bool is_daemon(int type)
{
	return type >= AUDIT_FIRST_DAEMON && type <= AUDIT_LAST_DAEMON;
}

static int take_record(struct event *event, const struct event_record *record, struct arena *arena)
{
	if (record->type == AUDIT_SOCKADDR)
		return take_socket(event, record, arena);
	if (speaks_of_objects(record->type))
		return 0;
	take_members(event, record);
	if (take_keys(event, record, arena))
		return -1;
	if (record->type != AUDIT_SYSCALL)
		take_remote(event, record);
	if (is_daemon(record->type))
		take_daemon_operation(event, record);
	take_enriched(&event->auid_name, record, "AUID=\"");
	take_enriched(&event->uid_name, record, "UID=\"");
	return 0;
}

static void name_syscall(struct event *event)
{
	int machine;

	if (event->syscall == EVENT_UNSET || event->arch == EVENT_UNSET)
		return;
	machine = audit_elf_to_machine((unsigned int)event->arch);
	if (machine >= 0 && event->syscall >= 0 && event->syscall <= INT32_MAX)
		event->syscall_name = audit_syscall_to_name((int)event->syscall, machine);
}

int event_summary_fill(struct event *event, struct arena *arena)
{
	const struct event_record *first = speaker(event);

	if (first && take_record(event, first, arena))
		return -1;
	for (size_t i = 0; i < event->record_count; i++)
		if (&event->records[i] != first && take_record(event, &event->records[i], arena))
			return -1;
	/* a SYSCALL record cut short or overwritten: it can't say what was called */
	if (first && (event->syscall == EVENT_UNSET || event->arch == EVENT_UNSET))
		event->incomplete = 1;
	name_syscall(event);
	if (take_paths(event, arena) || arguments_take(event, arena))
		return -1;
	return 0;
}
