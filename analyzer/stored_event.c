/* An event's row and its paths, as struct event. */
#include "analyzer/store_read_internal.h"

enum column {
	COLUMN_TIME,
	COLUMN_SERIAL,
	COLUMN_NODE,
	COLUMN_TYPES,
	COLUMN_KEYS,
	COLUMN_ARCH,
	COLUMN_SYSCALL,
	COLUMN_SYSCALL_NAME,
	COLUMN_SUCCESS,
	COLUMN_EXIT,
	COLUMN_PID,
	COLUMN_PPID,
	COLUMN_AUID,
	COLUMN_UID,
	COLUMN_GID,
	COLUMN_EUID,
	COLUMN_SESSION,
	COLUMN_AUID_NAME,
	COLUMN_UID_NAME,
	COLUMN_COMM,
	COLUMN_EXE,
	COLUMN_CWD,
	COLUMN_TERMINAL,
	COLUMN_ARGUMENTS,
	COLUMN_ARGUMENTS_CUT,
	COLUMN_SOCKET_FAMILY,
	COLUMN_SOCKET_ADDRESS,
	COLUMN_SOCKET_PORT,
	COLUMN_OPERATION,
	COLUMN_ACCOUNT,
	COLUMN_UNIT,
	COLUMN_REMOTE,
	COLUMN_INCOMPLETE,
};

#define TEXT_OF(column) "(SELECT value FROM string WHERE id = " #column ")"

/* in the order of enum column */
static const char event_sql
	[] = "SELECT time, serial, " TEXT_OF(node_id) ", " TEXT_OF(types_id) ", " TEXT_OF(keys_id) ", arch, syscall, " TEXT_OF(
		syscall_id) ", success, exit, pid, ppid, "
			    "auid, uid, gid, euid, session, " TEXT_OF(auid_name_id) ", " TEXT_OF(uid_name_id) ", " TEXT_OF(comm_id) ", " TEXT_OF(exe_id) ", " TEXT_OF(cwd_id) ", " TEXT_OF(terminal_id) ", " TEXT_OF(
				    arguments_id) ", arguments_cut, "
						  "socket_family,"
						  " " TEXT_OF(
							  socket_address_id) ", "
									     "socket_port,"
									     " " TEXT_OF(operation_id) ", " TEXT_OF(account_id) ", " TEXT_OF(
										     unit_id) ","
											      " " TEXT_OF(
												      remote_id) ", incomplete FROM event WHERE id = ?";

static const char path_sql[] =
	"SELECT ordinal, " TEXT_OF(name_id) ", " TEXT_OF(nametype_id) ", inode, " TEXT_OF(
		device_id) ", mode FROM path WHERE event_id = ? ORDER BY ordinal";

static const char read_failed[] = "cannot read the store";

struct row_reader {
	sqlite3_stmt *statement;
	struct arena *memory;
	bool failed; /* out of memory */
};

static int64_t get_number(const struct row_reader *row, int column)
{
	if (sqlite3_column_type(row->statement, column) == SQLITE_NULL)
		return EVENT_UNSET;
	return sqlite3_column_int64(row->statement, column);
}

static struct slice get_text(struct row_reader *row, int column)
{
	struct slice text = database_column(row->statement, column);

	if (!text.bytes)
		return text;
	text.bytes = arena_copy(row->memory, text.bytes, text.length);
	if (!text.bytes) {
		row->failed = true;
		text.length = 0;
	}
	return text;
}

/*
 * The parts of `joined`. Where `terminated`, a separator ends each part; else it stands between
 * two, and an empty text has no parts.
 */
static const struct slice *split(struct row_reader *row, struct slice joined, char separator,
				 bool terminated, size_t *count)
{
	size_t parts = 0, at = 0;
	struct slice *slices;

	*count = 0;
	if (!joined.bytes || joined.length == 0)
		return NULL;
	for (size_t i = 0; i < joined.length; i++)
		parts += joined.bytes[i] == separator;
	if (!terminated || joined.bytes[joined.length - 1] != separator)
		parts++;
	slices = arena_allocate_zeroed(row->memory, parts, sizeof(*slices));
	if (!slices) {
		row->failed = true;
		return NULL;
	}
	for (size_t i = 0; i < parts; i++) {
		const char *start = joined.bytes + at;
		const char *end = memchr(start, separator, joined.length - at);

		slices[i].bytes = start;
		slices[i].length = end ? (size_t)(end - start) : joined.length - at;
		at += slices[i].length + 1;
	}
	*count = parts;
	return slices;
}

static void read_numbers(const struct row_reader *row, struct event *event)
{
	event->id.time = sqlite3_column_int64(row->statement, COLUMN_TIME);
	event->id.serial = (uint32_t)sqlite3_column_int64(row->statement, COLUMN_SERIAL);
	event->arch = get_number(row, COLUMN_ARCH);
	event->syscall = get_number(row, COLUMN_SYSCALL);
	event->exit = get_number(row, COLUMN_EXIT);
	event->pid = get_number(row, COLUMN_PID);
	event->ppid = get_number(row, COLUMN_PPID);
	event->auid = get_number(row, COLUMN_AUID);
	event->uid = get_number(row, COLUMN_UID);
	event->gid = get_number(row, COLUMN_GID);
	event->euid = get_number(row, COLUMN_EUID);
	event->session = get_number(row, COLUMN_SESSION);
	event->arguments_cut = sqlite3_column_int(row->statement, COLUMN_ARGUMENTS_CUT) != 0;
	event->incomplete = sqlite3_column_int(row->statement, COLUMN_INCOMPLETE) != 0;
	event->socket.port = get_number(row, COLUMN_SOCKET_PORT);
	event->socket.family = -1;
	if (get_number(row, COLUMN_SOCKET_FAMILY) != EVENT_UNSET)
		event->socket.family = sqlite3_column_int(row->statement, COLUMN_SOCKET_FAMILY);
	switch (get_number(row, COLUMN_SUCCESS)) {
	case 1:
		event->outcome = EVENT_SUCCESS;
		break;
	case 0:
		event->outcome = EVENT_FAILURE;
		break;
	default:
		event->outcome = EVENT_OUTCOME_UNKNOWN;
	}
}

static void read_texts(struct row_reader *row, struct stored_event *stored)
{
	struct event *event = &stored->event;

	event->id.node = get_text(row, COLUMN_NODE);
	event->syscall_name = get_text(row, COLUMN_SYSCALL_NAME).bytes;
	event->auid_name = get_text(row, COLUMN_AUID_NAME);
	event->uid_name = get_text(row, COLUMN_UID_NAME);
	event->comm = get_text(row, COLUMN_COMM);
	event->exe = get_text(row, COLUMN_EXE);
	event->cwd = get_text(row, COLUMN_CWD);
	event->terminal = get_text(row, COLUMN_TERMINAL);
	event->socket.address = get_text(row, COLUMN_SOCKET_ADDRESS);
	event->operation = get_text(row, COLUMN_OPERATION);
	event->account = get_text(row, COLUMN_ACCOUNT);
	event->unit = get_text(row, COLUMN_UNIT);
	event->remote = get_text(row, COLUMN_REMOTE);
	stored->types = split(row, get_text(row, COLUMN_TYPES), ',', false, &stored->type_count);
	event->keys = split(row, get_text(row, COLUMN_KEYS), '\1', false, &event->key_count);
	event->arguments =
		split(row, get_text(row, COLUMN_ARGUMENTS), '\0', true, &event->argument_count);
}

/* Makes *paths, which holds `count`, hold one more. */
static struct event_path *add_path(struct arena *memory, struct event_path **paths, size_t count)
{
	/* room doubles at each power of two; the arena frees the old array with the event */
	if ((count & (count - 1)) == 0) {
		size_t capacity = count ? count * 2 : 1;
		struct event_path *grown = arena_allocate_zeroed(memory, capacity, sizeof(*grown));

		if (!grown)
			return NULL;
		if (*paths)
			memcpy(grown, *paths, count * sizeof(*grown));
		*paths = grown;
	}
	return *paths + count;
}

static int read_paths(struct store_reader *reader, int64_t row_id, struct event *event,
		      struct error *error)
{
	struct row_reader row = {.memory = &reader->event_memory};
	struct event_path *paths = NULL;
	int more;

	if (!reader->path_statement)
		reader->path_statement = database_prepare(reader->database, path_sql, error);
	row.statement = reader->path_statement;
	if (!row.statement)
		return -1;
	(void)sqlite3_reset(row.statement);
	database_bind_number(row.statement, 1, row_id, EVENT_UNSET);
	while ((more = database_step(row.statement, read_failed, error)) == 1) {
		struct event_path *path = add_path(row.memory, &paths, event->path_count);

		if (!path)
			return error_set_memory(error, "cannot read an event");
		path->item = get_number(&row, 0);
		path->name = get_text(&row, 1);
		path->nametype = get_text(&row, 2);
		path->inode = get_number(&row, 3);
		path->device = get_text(&row, 4);
		path->mode = get_number(&row, 5);
		event->path_count++;
	}
	event->paths = paths;
	if (row.failed)
		return error_set_memory(error, "cannot read an event");
	return more;
}

int store_reader_find(struct store_reader *reader, const struct event_id *id, int64_t after,
		      int64_t *row, struct error *error)
{
	int found;

	if (!reader->find_statement)
		reader->find_statement = database_prepare(
			reader->database,
			"SELECT min(id) FROM event WHERE time = ?1 AND serial = ?2 AND id > ?3 AND "
			"(?4 IS NULL OR node_id = (SELECT id FROM string WHERE value = ?4))",
			error);
	if (!reader->find_statement)
		return -1;
	(void)sqlite3_reset(reader->find_statement);
	database_bind_number(reader->find_statement, 1, id->time, EVENT_UNSET);
	database_bind_number(reader->find_statement, 2, id->serial, EVENT_UNSET);
	database_bind_number(reader->find_statement, 3, after, EVENT_UNSET);
	database_bind_blob(reader->find_statement, 4, id->node);
	found = database_step(reader->find_statement, read_failed, error);
	if (found != 1)
		return found;
	found = sqlite3_column_type(reader->find_statement, 0) != SQLITE_NULL;
	*row = sqlite3_column_int64(reader->find_statement, 0);
	(void)sqlite3_reset(reader->find_statement);
	return found;
}

int store_reader_event(struct store_reader *reader, int64_t row_id,
		       const struct stored_event **event, struct error *error)
{
	struct row_reader row = {.memory = &reader->event_memory};
	int found;

	arena_clear(&reader->event_memory);
	reader->event = (struct stored_event){.row = row_id};
	if (!reader->event_statement)
		reader->event_statement = database_prepare(reader->database, event_sql, error);
	row.statement = reader->event_statement;
	if (!row.statement)
		return -1;
	(void)sqlite3_reset(row.statement);
	database_bind_number(row.statement, 1, row_id, EVENT_UNSET);
	found = database_step(row.statement, read_failed, error);
	if (found != 1)
		return found;
	read_numbers(&row, &reader->event.event);
	read_texts(&row, &reader->event);
	if (row.failed)
		return error_set_memory(error, "cannot read an event");
	(void)sqlite3_reset(row.statement);
	if (read_paths(reader, row_id, &reader->event.event, error))
		return -1;
	*event = &reader->event;
	return 1;
}
