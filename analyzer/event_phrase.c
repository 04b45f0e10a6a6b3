#include "analyzer/event_phrase.h"

#include "analyzer/socket_address.h"

#include <ctype.h>
#include <inttypes.h>

/* records that the kernel adds to a SYSCALL record, and those that say nothing by themselves */
static const char *const companions[] = {
	"SYSCALL",
	"PATH",
	"CWD",
	"PROCTITLE",
	"EXECVE",
	"SOCKADDR",
	"EOE",
	"MMAP",
	"FD_PAIR",
	"IPC",
	"OBJ_PID",
	"SOCKETCALL",
	"MQ_OPEN",
	"MQ_SENDRECV",
	"MQ_NOTIFY",
	"MQ_GETSETATTR",
	"IPC_SET_PERM",
	"BPRM_FCAPS",
	"CAPSET",
	"OPENAT2",
	"KERN_MODULE",
	"TIME_INJOFFSET",
	"TIME_ADJNTPVAL",
	"URINGOP",
};

static bool is_companion(struct slice type)
{
	for (size_t i = 0; i < sizeof(companions) / sizeof(companions[0]); i++)
		if (slice_is(type, companions[i]))
			return true;
	return false;
}

struct slice event_phrase_type(const struct stored_event *event)
{
	struct slice none = SLICE_NONE;

	for (size_t i = 0; i < event->type_count; i++)
		if (!is_companion(event->types[i]))
			return event->types[i];
	for (size_t i = 0; i < event->type_count; i++)
		if (slice_is(event->types[i], "SYSCALL"))
			return event->types[i];
	return event->type_count ? event->types[0] : none;
}

int event_phrase_action(const struct stored_event *event, struct text *text)
{
	struct slice type = event_phrase_type(event);

	if (slice_is(type, "SYSCALL")) {
		if (event->event.syscall_name)
			return text_append_string(text, event->event.syscall_name);
		if (event->event.syscall != EVENT_UNSET)
			return text_append_format(text, "syscall-%" PRId64, event->event.syscall);
	}
	for (size_t i = 0; i < type.length; i++)
		if (text_append_char(text, (char)tolower((unsigned char)type.bytes[i])))
			return -1;
	return 0;
}

static bool starts_program(const struct event *event)
{
	return event->syscall_name && (strcmp(event->syscall_name, "execve") == 0 ||
				       strcmp(event->syscall_name, "execveat") == 0);
}

const struct event_path *event_phrase_path(const struct event *event)
{
	const struct event_path *found = NULL;
	bool found_parent = false;

	for (size_t i = 0; i < event->path_count; i++) {
		const struct event_path *path = &event->paths[i];
		bool parent = slice_is(path->nametype, "PARENT");

		if (!path->name.bytes)
			continue;
		if (starts_program(event))
			return path;
		if (!found || !parent || found_parent) {
			found = path;
			found_parent = parent;
		}
	}
	return found;
}

/* openat, renameat2, ...: a relative name may belong to a directory that no record names */
static bool takes_directory(const char *syscall)
{
	size_t length = syscall ? strlen(syscall) : 0;

	if (length > 0 && syscall[length - 1] == '2')
		length--;
	return length < 2 || memcmp(syscall + length - 2, "at", 2) == 0;
}

int event_phrase_full_path(const struct event *event, const struct event_path *path,
			   struct text *text)
{
	struct slice name = path->name, cwd = event->cwd;

	if (name.length == 0 || name.bytes[0] == '/' || cwd.length == 0 || cwd.bytes[0] != '/' ||
	    takes_directory(event->syscall_name))
		return text_append(text, name.bytes, name.length);
	if (name.length > 2 && name.bytes[0] == '.' && name.bytes[1] == '/') {
		name.bytes += 2;
		name.length -= 2;
	}
	if (text_append(text, cwd.bytes, cwd.length) ||
	    (cwd.bytes[cwd.length - 1] != '/' && text_append_char(text, '/')))
		return -1;
	return text_append(text, name.bytes, name.length);
}

/* An argument as one would type it: quoted where a blank or a quote would split it. */
static int append_argument(struct text *text, struct slice argument)
{
	bool plain = argument.length > 0;

	for (size_t i = 0; i < argument.length; i++)
		plain = plain && argument.bytes[i] != ' ' && argument.bytes[i] != '\'' &&
			argument.bytes[i] != '"';
	if (plain)
		return text_append(text, argument.bytes, argument.length);
	if (text_append_char(text, '\''))
		return -1;
	for (size_t i = 0; i < argument.length; i++)
		if (argument.bytes[i] == '\'' ? text_append_string(text, "'\\''")
					      : text_append_char(text, argument.bytes[i]))
			return -1;
	return text_append_char(text, '\'');
}

static int append_arguments(const struct event *event, struct text *text)
{
	for (size_t i = 0; i < event->argument_count && text->length < EVENT_PHRASE_OBJECT_MAX; i++)
		if ((i && text_append_char(text, ' ')) ||
		    append_argument(text, event->arguments[i]))
			return -1;
	return event->arguments_cut ? text_append_string(text, " ...") : 0;
}

static int append_socket(const struct event *event, struct text *text)
{
	const struct event_socket *socket = &event->socket;
	const char *family = socket_family_name(socket->family);

	if (!socket->address.bytes || socket->address.length == 0)
		return family ? text_append_format(text, "%s socket", family)
			      : text_append_format(text, "socket of family %d", socket->family);
	if (text_append(text, socket->address.bytes, socket->address.length))
		return -1;
	if (socket->port == EVENT_UNSET)
		return 0;
	return text_append_format(text, " port %" PRId64, socket->port);
}

/* "old -> new" of a renaming; else each thing that was made, removed or touched */
static int append_paths(const struct event *event, struct text *text)
{
	const struct event_path *best = event_phrase_path(event);
	const struct event_path *removed = NULL;

	for (size_t i = 0; i < event->path_count && !removed; i++)
		if (slice_is(event->paths[i].nametype, "DELETE") && event->paths[i].name.bytes)
			removed = &event->paths[i];
	if (!best)
		return 0;
	if (removed && removed != best && slice_is(best->nametype, "CREATE") &&
	    (event_phrase_full_path(event, removed, text) || text_append_string(text, " -> ")))
		return -1;
	return event_phrase_full_path(event, best, text);
}

static int append_part(struct text *text, const char *name, struct slice part)
{
	if (!part.bytes || part.length == 0)
		return 0;
	if ((text->length && text_append_char(text, ' ')) || text_append_string(text, name))
		return -1;
	return text_append(text, part.bytes, part.length);
}

static int append_message(const struct event *event, struct text *text)
{
	if (append_part(text, "", event->operation) || append_part(text, "acct=", event->account) ||
	    append_part(text, "unit=", event->unit))
		return -1;
	return append_part(text, "from ", event->remote);
}

int event_phrase_object(const struct stored_event *stored, struct text *text)
{
	CLEANUP(text_done) struct text object = TEXT_INIT;
	const struct event *event = &stored->event;
	int failed;

	if (event->operation.bytes || event->unit.bytes || event->account.bytes)
		failed = append_message(event, &object);
	else if (starts_program(event) && event->argument_count)
		failed = append_arguments(event, &object);
	else if (event->socket.family >= 0)
		failed = append_socket(event, &object);
	else
		failed = append_paths(event, &object);
	if (failed)
		return -1;
	if (object.length <= EVENT_PHRASE_OBJECT_MAX)
		return text_append(text, text_string(&object), object.length);
	return text_append(text, object.bytes, EVENT_PHRASE_OBJECT_MAX) ||
			       text_append_string(text, "...")
		       ? -1
		       : 0;
}
