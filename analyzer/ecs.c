#include "analyzer/ecs.h"

#include "analyzer/event_identity.h"
#include "analyzer/event_phrase.h"
#include "analyzer/json_path.h"
#include "analyzer/socket_address.h"
#include "analyzer/time_format.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <stdio.h>

/* event.category of ECS 8 by what the act is; none for other acts */
static const struct {
	const char
		*act; /* a system call, or a record type; '*' at its end for any that begins so */
	const char *category;
} categories[] = {
	{"execve", "process"},
	{"execveat", "process"},
	{"clone*", "process"},
	{"fork", "process"},
	{"kill", "process"},
	{"ptrace", "process"},
	{"setns", "process"},
	{"unshare", "process"},
	{"ANOM_ABEND", "process"},
	{"SECCOMP", "process"},
	{"connect", "network"},
	{"bind", "network"},
	{"accept*", "network"},
	{"sendto", "network"},
	{"recvfrom", "network"},
	{"NETFILTER_*", "network"},
	{"init_module", "driver"},
	{"finit_module", "driver"},
	{"delete_module", "driver"},
	{"USER_AUTH", "authentication"},
	{"USER_LOGIN", "authentication"},
	{"USER_ACCT", "authentication"},
	{"CRED_*", "authentication"},
	{"LOGIN", "authentication"},
	{"USER_CHAUTHTOK", "iam"},
	{"ADD_*", "iam"},
	{"DEL_*", "iam"},
	{"USER_MGMT", "iam"},
	{"GRP_MGMT", "iam"},
	{"USER_START", "session"},
	{"USER_END", "session"},
	{"USER_LOGOUT", "session"},
	{"USER_CMD", "process"},
	{"CONFIG_CHANGE", "configuration"},
	{"DAEMON_*", "configuration"},
	{"SERVICE_*", "process"},
	{"SYSTEM_*", "host"},
	{"SOFTWARE_UPDATE", "package"},
};

static bool act_is(const char *pattern, struct slice act)
{
	size_t length = strlen(pattern);

	if (pattern[length - 1] != '*')
		return slice_is(act, pattern);
	return act.length >= length - 1 && memcmp(act.bytes, pattern, length - 1) == 0;
}

static const char *category_of(const struct stored_event *stored)
{
	struct slice act = event_phrase_type(stored);

	if (slice_is(act, "SYSCALL"))
		act = slice_of(stored->event.syscall_name);
	for (size_t i = 0; act.bytes && i < sizeof(categories) / sizeof(categories[0]); i++)
		if (act_is(categories[i].act, act))
			return categories[i].category;
	return stored->event.path_count ? "file" : NULL;
}

static int set_known_number(json_t *object, const char *path, int64_t number)
{
	return number == EVENT_UNSET ? 0 : json_path_set_number(object, path, number);
}

/* ECS has ids of users as texts */
static int set_id(json_t *object, const char *path, int64_t id)
{
	char text[24];

	if (id == EVENT_UNSET)
		return 0;
	(void)snprintf(text, sizeof(text), "%" PRId64, id);
	return json_path_set_string(object, path, text);
}

static int add_event(json_t *object, const struct stored_event *stored)
{
	static const char *const outcomes[] = {
		[EVENT_OUTCOME_UNKNOWN] = "unknown",
		[EVENT_SUCCESS] = "success",
		[EVENT_FAILURE] = "failure",
	};
	CLEANUP(text_done) struct text id = TEXT_INIT;
	CLEANUP(text_done) struct text action = TEXT_INIT;
	const char *category = category_of(stored);
	char time[TIME_TEXT_SIZE];

	time_format(stored->event.id.time, true, time);
	if (event_identity_format(&stored->event.id, &id) || event_phrase_action(stored, &action) ||
	    json_path_set_string(object, "@timestamp", time) ||
	    json_path_set_string(object, "event.kind", "event") ||
	    json_path_set_slice(object, "event.id",
				(struct slice){.bytes = id.bytes, .length = id.length}) ||
	    json_path_set_slice(object, "event.action",
				(struct slice){.bytes = action.bytes, .length = action.length}) ||
	    json_path_set_string(object, "event.outcome", outcomes[stored->event.outcome]))
		return -1;
	return category ? json_path_set(object, "event.category", json_pack("[s]", category)) : 0;
}

static int add_process(json_t *object, const struct event *event)
{
	struct slice name = event->comm;

	if (!name.bytes && event->exe.bytes) {
		const char *slash = memrchr(event->exe.bytes, '/', event->exe.length);

		name.bytes = slash ? slash + 1 : event->exe.bytes;
		name.length = event->exe.length - (size_t)(name.bytes - event->exe.bytes);
	}
	if (set_known_number(object, "process.pid", event->pid) ||
	    set_known_number(object, "process.parent.pid", event->ppid) ||
	    json_path_set_slice(object, "process.executable", event->exe) ||
	    json_path_set_slice(object, "process.name", name) ||
	    json_path_set_slices(object, "process.args", event->arguments, event->argument_count))
		return -1;
	if (event->argument_count &&
	    json_path_set_number(object, "process.args_count", (int64_t)event->argument_count))
		return -1;
	return json_path_set_slice(object, "process.working_directory", event->cwd);
}

static int add_users(json_t *object, const struct event *event)
{
	struct slice login = event->auid_name;

	if (event->auid == EVENT_NO_LOGIN)
		login = slice_of("unset");
	if (set_id(object, "user.audit.id", event->auid) ||
	    json_path_set_slice(object, "user.audit.name", login) ||
	    set_id(object, "user.id", event->uid) ||
	    json_path_set_slice(object, "user.name", event->uid_name) ||
	    set_id(object, "user.effective.id", event->euid))
		return -1;
	return set_id(object, "user.group.id", event->gid);
}

static int set_mode(json_t *object, const char *path, int64_t mode)
{
	char text[24];

	if (mode == EVENT_UNSET)
		return 0;
	(void)snprintf(text, sizeof(text), "0%" PRIo64, (uint64_t)mode);
	return json_path_set_string(object, path, text);
}

static json_t *path_object(const struct event_path *path)
{
	json_t *object = json_object();

	if (!object)
		return NULL;
	if (set_known_number(object, "item", path->item) ||
	    json_path_set_slice(object, "name", path->name) ||
	    json_path_set_slice(object, "nametype", path->nametype) ||
	    set_known_number(object, "inode", path->inode) ||
	    json_path_set_slice(object, "dev", path->device) ||
	    set_mode(object, "mode", path->mode)) {
		json_decref(object);
		return NULL;
	}
	return object;
}

static int add_paths(json_t *object, const struct event *event)
{
	CLEANUP(text_done) struct text full = TEXT_INIT;
	const struct event_path *best = event_phrase_path(event);
	json_t *paths;

	if (event->path_count == 0)
		return 0;
	if (best && (event_phrase_full_path(event, best, &full) ||
		     json_path_set_slice(
			     object, "file.path",
			     (struct slice){.bytes = text_string(&full), .length = full.length}) ||
		     set_id(object, "file.inode", best->inode)))
		return -1;
	paths = json_array();
	if (json_path_set(object, "auditd.paths", paths))
		return -1;
	for (size_t i = 0; i < event->path_count; i++)
		if (json_array_append_new(paths, path_object(&event->paths[i])))
			return -1;
	return 0;
}

static bool is_ip(struct slice address)
{
	unsigned char binary[sizeof(struct in6_addr)];
	char text[INET6_ADDRSTRLEN];

	if (!address.bytes || address.length >= sizeof(text))
		return false;
	memcpy(text, address.bytes, address.length);
	text[address.length] = '\0';
	return inet_pton(AF_INET, text, binary) == 1 || inet_pton(AF_INET6, text, binary) == 1;
}

/* whose address a SOCKADDR record holds: the peer's, which for these calls is where it came from */
static const char *socket_side(const struct event *event)
{
	static const char *const receivers[] = {"accept", "accept4", "recvfrom", "recvmsg",
						"recvmmsg"};

	for (size_t i = 0; event->syscall_name && i < sizeof(receivers) / sizeof(receivers[0]); i++)
		if (strcmp(event->syscall_name, receivers[i]) == 0)
			return "source";
	return "destination";
}

static int add_endpoint(json_t *object, const char *side, struct slice address, int64_t port)
{
	char path[32];

	(void)snprintf(path, sizeof(path), "%s.address", side);
	if (json_path_set_slice(object, path, address))
		return -1;
	(void)snprintf(path, sizeof(path), "%s.ip", side);
	if (is_ip(address) && json_path_set_slice(object, path, address))
		return -1;
	(void)snprintf(path, sizeof(path), "%s.port", side);
	return set_known_number(object, path, port);
}

static int add_network(json_t *object, const struct event *event)
{
	const char *family = socket_family_name(event->socket.family);

	if (event->remote.bytes && add_endpoint(object, "source", event->remote, EVENT_UNSET))
		return -1;
	if (event->socket.family < 0)
		return 0;
	if (add_endpoint(object, socket_side(event), event->socket.address, event->socket.port))
		return -1;
	return json_path_set(object, "auditd.socket.family",
			     family ? json_string(family) : json_integer(event->socket.family));
}

static int add_auditd(json_t *object, const struct stored_event *stored)
{
	const struct event *event = &stored->event;

	if (json_path_set_slices(object, "auditd.record_types", stored->types,
				 stored->type_count) ||
	    json_path_set_slices(object, "auditd.keys", event->keys, event->key_count) ||
	    set_known_number(object, "auditd.session", event->session) ||
	    (event->syscall_name &&
	     json_path_set_slice(object, "auditd.syscall", slice_of(event->syscall_name))) ||
	    set_known_number(object, "auditd.exit", event->exit) ||
	    json_path_set_slice(object, "auditd.terminal", event->terminal) ||
	    json_path_set_slice(object, "auditd.operation", event->operation) ||
	    json_path_set_slice(object, "auditd.account", event->account) ||
	    json_path_set_slice(object, "auditd.unit", event->unit))
		return -1;
	if (event->arguments_cut && json_path_set(object, "auditd.arguments_cut", json_true()))
		return -1;
	return event->incomplete ? json_path_set(object, "auditd.incomplete", json_true()) : 0;
}

json_t *ecs_event(const struct stored_event *stored)
{
	json_t *object = json_object();

	if (!object)
		return NULL;
	if (add_event(object, stored) ||
	    (stored->event.id.node.length > 0 &&
	     json_path_set_slice(object, "host.name", stored->event.id.node)) ||
	    add_process(object, &stored->event) || add_users(object, &stored->event) ||
	    add_paths(object, &stored->event) || add_network(object, &stored->event) ||
	    add_auditd(object, stored)) {
		json_decref(object);
		return NULL;
	}
	return object;
}
