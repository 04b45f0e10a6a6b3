#include "analyzer/store_event.h"

#include "common/text.h"

/* The columns that both statements write; a new event says where its raw records lie as well. */
#define EVENT_COLUMNS                                                                              \
	"time, serial, node_id, types_id, keys_id, arch, syscall, syscall_id, success, exit, "     \
	"pid, ppid, auid, uid, gid, euid, session, auid_name_id, uid_name_id, comm_id, exe_id, "   \
	"cwd_id, terminal_id, arguments_id, arguments_cut, socket_family, socket_address_id, "     \
	"socket_port, operation_id, account_id, unit_id, remote_id, incomplete"

#define PLACE_COLUMNS "source_id, block_id, block_offset, block_length"

enum {
	EVENT_COLUMN_COUNT = 33,
	PLACE_COLUMN_COUNT = 4,
	ROW_PARAMETER = EVENT_COLUMN_COUNT + 1,
};

struct store_event {
	struct store_string *strings;
	sqlite3_stmt *find;
	sqlite3_stmt *add;
	sqlite3_stmt *replace;
	sqlite3_stmt *add_path;
	sqlite3_stmt *remove_paths;
	int64_t newest;   /* time of the newest event that is stored */
	struct text text; /* for a list on its way into the table of strings */
};

static const char write_failed[] = "cannot write to the store";

static int append_parameters(struct text *sql, int count)
{
	for (int i = 1; i <= count; i++)
		if (text_append_format(sql, "%s?%d", i > 1 ? ", " : "", i))
			return -1;
	return 0;
}

static int prepare_statements(struct store_event *events, sqlite3 *database, struct error *error)
{
	CLEANUP(text_done) struct text add = TEXT_INIT;
	CLEANUP(text_done) struct text replace = TEXT_INIT;

	if (text_append_string(&add, "INSERT INTO event (" EVENT_COLUMNS ", " PLACE_COLUMNS
				     ") VALUES (") ||
	    append_parameters(&add, EVENT_COLUMN_COUNT + PLACE_COLUMN_COUNT) ||
	    text_append_string(&replace, "UPDATE event SET (" EVENT_COLUMNS ") = (") ||
	    append_parameters(&replace, EVENT_COLUMN_COUNT) || text_append_string(&add, ")") ||
	    text_append_format(&replace, ") WHERE id = ?%d", ROW_PARAMETER))
		return error_set_memory(error, "cannot open the store");
	events->find = database_prepare(
		database, "SELECT id FROM event WHERE time = ?1 AND serial = ?2 AND node_id = ?3",
		error);
	if (!events->find)
		return -1;
	events->add = database_prepare(database, add.bytes, error);
	if (!events->add)
		return -1;
	events->replace = database_prepare(database, replace.bytes, error);
	if (!events->replace)
		return -1;
	events->add_path = database_prepare(
		database,
		"INSERT INTO path (event_id, ordinal, name_id, nametype_id, inode, device_id, mode)"
		" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
		error);
	if (!events->add_path)
		return -1;
	events->remove_paths =
		database_prepare(database, "DELETE FROM path WHERE event_id = ?1", error);
	return events->remove_paths ? 0 : -1;
}

struct store_event *store_event_new(struct store *store, struct store_string *strings,
				    struct error *error)
{
	struct store_event *events = calloc(1, sizeof(*events));

	if (!events) {
		error_set_memory(error, "cannot open the store");
		return NULL;
	}
	events->strings = strings;
	if (prepare_statements(events, store_database(store), error) ||
	    database_number(store_database(store), "SELECT coalesce(max(time), -1) FROM event", -1,
			    &events->newest, error)) {
		store_event_free(events);
		return NULL;
	}
	return events;
}

void store_event_free(struct store_event *events)
{
	if (!events)
		return;
	(void)sqlite3_finalize(events->find);
	(void)sqlite3_finalize(events->add);
	(void)sqlite3_finalize(events->replace);
	(void)sqlite3_finalize(events->add_path);
	(void)sqlite3_finalize(events->remove_paths);
	text_done(&events->text);
	free(events);
}

int64_t store_event_newest(const struct store_event *events)
{
	return events->newest;
}

int store_event_find(struct store_event *events, const struct event_id *id, int64_t *row,
		     struct error *error)
{
	int64_t node;
	int result;

	*row = 0;
	if (store_string_id(events->strings, id->node, &node, error))
		return -1;
	(void)sqlite3_bind_int64(events->find, 1, id->time);
	(void)sqlite3_bind_int64(events->find, 2, id->serial);
	(void)sqlite3_bind_int64(events->find, 3, node);
	result = database_step(events->find, "cannot read the store", error);
	if (result < 0)
		return -1;
	if (result > 0)
		*row = sqlite3_column_int64(events->find, 0);
	(void)sqlite3_reset(events->find);
	return 0;
}

/* "SYSCALL,CWD,PATH": few different ones in a log, so one number stands for the whole list */
static int list_types(struct text *text, const struct event *event)
{
	text_clear(text);
	for (size_t i = 0; i < event->record_count; i++) {
		if (i > 0 && text_append_char(text, ','))
			return -1;
		if (text_append_string(text, event->records[i].type_name))
			return -1;
	}
	return 0;
}

static int list_keys(struct text *text, const struct event *event)
{
	text_clear(text);
	for (size_t i = 0; i < event->key_count; i++) {
		if (i > 0 && text_append_char(text, '\x01'))
			return -1;
		if (text_append(text, event->keys[i].bytes, event->keys[i].length))
			return -1;
	}
	return 0;
}

static int list_arguments(struct text *text, const struct event *event, bool *cut)
{
	text_clear(text);
	*cut = event->arguments_cut;
	for (size_t i = 0; i < event->argument_count; i++) {
		struct slice argument = event->arguments[i];

		if (text->length + argument.length + 1 > STORE_EVENT_ARGUMENTS_MAX) {
			*cut = true;
			return 0;
		}
		if (text_append(text, argument.bytes, argument.length) ||
		    text_append_char(text, '\0'))
			return -1;
	}
	return 0;
}

/* Binds parameters in order; the first failure stops the rest. */
struct binding {
	struct store_event *events;
	sqlite3_stmt *statement;
	struct error *error;
	int next;
	bool failed;
};

static void bind_number(struct binding *binding, int64_t number)
{
	database_bind_number(binding->statement, binding->next++, number, EVENT_UNSET);
}

static void bind_string(struct binding *binding, struct slice text)
{
	int64_t id = STORE_STRING_NONE;

	if (!binding->failed &&
	    store_string_id(binding->events->strings, text, &id, binding->error))
		binding->failed = true;
	database_bind_number(binding->statement, binding->next++, id, STORE_STRING_NONE);
}

static void bind_list(struct binding *binding, int list_result, bool present)
{
	const struct text *text = &binding->events->text;
	struct slice list = {present ? text_string(text) : NULL, text->length};

	if (list_result && !binding->failed) {
		binding->failed = true;
		error_set_memory(binding->error, write_failed);
	}
	bind_string(binding, list);
}

static void bind_who(struct binding *binding, const struct event *event)
{
	bind_number(binding, event->pid);
	bind_number(binding, event->ppid);
	bind_number(binding, event->auid);
	bind_number(binding, event->uid);
	bind_number(binding, event->gid);
	bind_number(binding, event->euid);
	bind_number(binding, event->session);
	bind_string(binding, event->auid_name);
	bind_string(binding, event->uid_name);
	bind_string(binding, event->comm);
	bind_string(binding, event->exe);
	bind_string(binding, event->cwd);
	bind_string(binding, event->terminal);
}

static int bind_event(struct store_event *events, sqlite3_stmt *statement,
		      const struct event *event, struct error *error)
{
	struct binding binding = {
		.events = events, .statement = statement, .error = error, .next = 1};
	bool cut = false;
	int listed;

	bind_number(&binding, event->id.time);
	bind_number(&binding, event->id.serial);
	bind_string(&binding, event->id.node);
	bind_list(&binding, list_types(&events->text, event), true);
	bind_list(&binding, list_keys(&events->text, event), event->key_count > 0);
	bind_number(&binding, event->arch);
	bind_number(&binding, event->syscall);
	bind_string(&binding, slice_of(event->syscall_name));
	bind_number(&binding, event->outcome == EVENT_OUTCOME_UNKNOWN
				      ? EVENT_UNSET
				      : event->outcome == EVENT_SUCCESS);
	bind_number(&binding, event->exit);
	bind_who(&binding, event);
	listed = list_arguments(&events->text, event, &cut);
	bind_list(&binding, listed, event->argument_count > 0);
	bind_number(&binding, cut);
	bind_number(&binding, event->socket.family < 0 ? EVENT_UNSET : event->socket.family);
	bind_string(&binding, event->socket.address);
	bind_number(&binding, event->socket.port);
	bind_string(&binding, event->operation);
	bind_string(&binding, event->account);
	bind_string(&binding, event->unit);
	bind_string(&binding, event->remote);
	bind_number(&binding, event->incomplete != 0);
	return binding.failed ? -1 : 0;
}

static int add_paths(struct store_event *events, int64_t row, const struct event *event,
		     struct error *error)
{
	for (size_t i = 0; i < event->path_count; i++) {
		const struct event_path *path = &event->paths[i];
		struct binding binding = {
			.events = events, .statement = events->add_path, .error = error, .next = 1};

		bind_number(&binding, row);
		bind_number(&binding, (int64_t)i);
		bind_string(&binding, path->name);
		bind_string(&binding, path->nametype);
		bind_number(&binding, path->inode);
		bind_string(&binding, path->device);
		bind_number(&binding, path->mode);
		if (binding.failed || database_run(events->add_path, write_failed, error))
			return -1;
	}
	return 0;
}

int store_event_add(struct store_event *events, const struct event *event, int64_t source_id,
		    const struct store_raw_place *place, int64_t *row, struct error *error)
{
	(void)sqlite3_bind_int64(events->add, EVENT_COLUMN_COUNT + 1, source_id);
	(void)sqlite3_bind_int64(events->add, EVENT_COLUMN_COUNT + 2, place->block_id);
	(void)sqlite3_bind_int64(events->add, EVENT_COLUMN_COUNT + 3, place->offset);
	(void)sqlite3_bind_int64(events->add, EVENT_COLUMN_COUNT + 4, place->length);
	if (bind_event(events, events->add, event, error) ||
	    database_run(events->add, write_failed, error))
		return -1;
	*row = sqlite3_last_insert_rowid(sqlite3_db_handle(events->add));
	if (event->id.time > events->newest)
		events->newest = event->id.time;
	return add_paths(events, *row, event, error);
}

int store_event_replace(struct store_event *events, int64_t row, const struct event *event,
			struct error *error)
{
	(void)sqlite3_bind_int64(events->replace, ROW_PARAMETER, row);
	(void)sqlite3_bind_int64(events->remove_paths, 1, row);
	if (bind_event(events, events->replace, event, error) ||
	    database_run(events->replace, write_failed, error) ||
	    database_run(events->remove_paths, write_failed, error))
		return -1;
	return add_paths(events, row, event, error);
}
