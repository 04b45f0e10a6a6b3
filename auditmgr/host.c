#include "auditmgr/host_find.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

static const struct {
	const char *name;
	const char *group;
	bool needs_presence;
} roles[HOST_ROLE_COUNT] = {
	[ROLE_DOCKER] = {"docker", "programs", true},
	[ROLE_DOCKERD] = {"dockerd", "programs", true},
	[ROLE_DOCKER_PROXY] = {"docker_proxy", "programs", true},
	[ROLE_DOCKER_INIT] = {"docker_init", "programs", true},
	[ROLE_CONTAINERD] = {"containerd", "programs", true},
	[ROLE_CONTAINERD_SHIM] = {"containerd_shim", "programs", true},
	[ROLE_CONTAINERD_SHIM_RUNC_V1] = {"containerd_shim_runc_v1", "programs", true},
	[ROLE_CONTAINERD_SHIM_RUNC_V2] = {"containerd_shim_runc_v2", "programs", true},
	[ROLE_CTR] = {"ctr", "programs", true},
	[ROLE_RUNC] = {"runc", "programs", true},
	[ROLE_OTHER_RUNTIME] = {"other_runtime", "programs", true},
	[ROLE_NSENTER] = {"nsenter", "programs", true},
	[ROLE_MODULE_TOOL] = {"module_tool", "programs", true},
	[ROLE_DOCKER_DIR] = {"docker_dir", "configuration", false},
	[ROLE_DAEMON_JSON] = {"daemon_json", "configuration", false},
	[ROLE_DEFAULT_DOCKER] = {"default_docker", "configuration", false},
	[ROLE_SYSCONFIG_DOCKER] = {"sysconfig_docker", "configuration", false},
	[ROLE_ENVIRONMENT_FILE] = {"environment_file", "configuration", false},
	[ROLE_CONTAINERD_CONFIG] = {"containerd_config", "configuration", false},
	[ROLE_PLUGIN_DIR] = {"plugin_dir", "configuration", false},
	[ROLE_DOCKER_SERVICE] = {"docker_service", "units", false},
	[ROLE_DOCKER_SOCKET_UNIT] = {"docker_socket_unit", "units", false},
	[ROLE_CONTAINERD_SERVICE] = {"containerd_service", "units", false},
	[ROLE_DROPIN_DIR] = {"dropin_dir", "units", false},
	[ROLE_DOCKER_SOCKET] = {"docker_socket", "sockets", false},
	[ROLE_CONTAINERD_SOCKET] = {"containerd_socket", "sockets", false},
	[ROLE_DATA_ROOT] = {"data_root", "state", false},
	[ROLE_CONTAINERD_STATE] = {"containerd_state", "state", false},
	[ROLE_CONTAINERD_ROOT] = {"containerd_root", "state", false},
	[ROLE_ROOTLESS_UNIT] = {"rootless_unit", "rootless", false},
	[ROLE_ROOTLESS_CONFIG] = {"rootless_config", "rootless", false},
	[ROLE_ROOTLESS_DATA] = {"rootless_data", "rootless", false},
	[ROLE_ROOTLESS_SOCKET] = {"rootless_socket", "rootless", false},
	[ROLE_GROUP_FILE] = {"group_file", "accounts", false},
	[ROLE_AUDIT_DIR] = {"audit_dir", "audit", false},
	[ROLE_AUDIT_LOG_DIR] = {"audit_log_dir", "audit", false},
	[ROLE_AUDIT_TOOL] = {"audit_tool", "audit", true},
	[ROLE_AUDIT_READER] = {"audit_reader", "audit", true},
	[ROLE_AUDIT_UNIT] = {"audit_unit", "audit", false},
};

const char *host_role_name(enum host_role role)
{
	return roles[role].name;
}

const char *host_role_group(enum host_role role)
{
	return roles[role].group;
}

bool host_role_needs_presence(enum host_role role)
{
	return roles[role].needs_presence;
}

enum host_role host_role_of(struct slice name)
{
	for (int role = 0; role < HOST_ROLE_COUNT; role++)
		if (slice_is(name, roles[role].name))
			return (enum host_role)role;
	return HOST_ROLE_COUNT;
}

const char *place_state_name(enum place_state state)
{
	static const char *const names[] = {
		[PLACE_FOUND] = "found",
		[PLACE_ABSENT] = "absent",
		[PLACE_NO_PARENT] = "no directory",
		[PLACE_UNKNOWN] = "unknown",
	};

	return names[state];
}

const char *fact_kind_name(enum fact_kind kind)
{
	static const char *const names[] = {
		[FACT_NONE] = "",           [FACT_FILE] = "file", [FACT_DIRECTORY] = "directory",
		[FACT_SOCKET] = "socket",   [FACT_LINK] = "link", [FACT_OTHER] = "other",
		[FACT_ADDRESS] = "address",
	};

	return names[kind];
}

static enum fact_kind kind_of(const struct host_place *place)
{
	if (place->state != PLACE_FOUND)
		return FACT_NONE;
	switch (place->mode & S_IFMT) {
	case S_IFREG:
		return FACT_FILE;
	case S_IFDIR:
		return FACT_DIRECTORY;
	case S_IFSOCK:
		return FACT_SOCKET;
	case S_IFLNK:
		return FACT_LINK;
	default:
		return FACT_OTHER;
	}
}

static bool has_path(const struct host *host, enum host_role role, const char *path)
{
	for (size_t i = 0; i < host->fact_count; i++)
		if (host->facts[i].role == role && strcmp(host->facts[i].path, path) == 0)
			return true;
	return false;
}

bool host_has(const struct host *host, enum host_role role)
{
	for (size_t i = 0; i < host->fact_count; i++)
		if (host->facts[i].role == role && host->facts[i].state == PLACE_FOUND)
			return true;
	return false;
}

/* A new fact at the end, zeroed but for the role; NULL with *error. */
static struct fact *append_fact(struct host *host, enum host_role role, struct error *error)
{
	struct fact *fact;

	if (host->fact_count >= HOST_FACTS_MAX) {
		error_set(error, ERROR_INPUT, "cannot describe the host",
			  host->root.path[0] ? host->root.path : "/",
			  "it names more than %d programs, files and sockets", HOST_FACTS_MAX);
		return NULL;
	}
	if (host->fact_count == host->fact_capacity) {
		size_t capacity = host->fact_capacity ? host->fact_capacity * 2 : 64;
		struct fact *grown = realloc(host->facts, capacity * sizeof(*grown));

		if (!grown) {
			error_set_memory(error, "cannot describe the host");
			return NULL;
		}
		host->facts = grown;
		host->fact_capacity = capacity;
	}
	fact = &host->facts[host->fact_count++];
	*fact = (struct fact){.role = role};
	return fact;
}

/* The link's next hop as an absolute path in the arena, or NULL: it is unreadable, or memory is out
 */
static const char *next_hop(struct host *host, const struct host_place *place)
{
	CLEANUP(text_done) struct text target = TEXT_INIT;
	CLEANUP(host_place_done) struct host_place hop = HOST_PLACE_INIT;

	if (host_root_read_link(&host->root, place, &target) ||
	    host_root_look(&host->root, text_string(&target), false, &hop))
		return NULL;
	return arena_copy(&host->arena, hop.path.bytes, hop.path.length);
}

/*
 * The snap's client is a link to the program `snap`, which runs every snap: a rule on that would
 * watch all of them, and the client that really runs is found below /snap by itself.
 */
static bool is_snap_launcher(const char *target)
{
	const char *slash = strrchr(target, '/');

	return strcmp(slash ? slash + 1 : target, "snap") == 0;
}

/* What stands at `place` as a fact of the role, or NULL with *error. */
static struct fact *add_place(struct host *host, enum host_role role,
			      const struct host_place *place, const char *source,
			      struct error *error)
{
	struct fact *fact = append_fact(host, role, error);

	if (!fact)
		return NULL;
	fact->path = arena_copy(&host->arena, place->path.bytes, place->path.length);
	fact->source = source;
	fact->state = place->state;
	fact->kind = kind_of(place);
	fact->error_number = place->error_number;
	if (fact->kind == FACT_LINK)
		fact->target = next_hop(host, place);
	if (!fact->path) {
		error_set_memory(error, "cannot describe the host");
		return NULL;
	}
	return fact;
}

int host_add(struct host *host, enum host_role role, const char *path, const char *source,
	     enum place_state *state, struct error *error)
{
	CLEANUP(host_place_done) struct host_place place = HOST_PLACE_INIT;
	const char *owned = arena_format(&host->arena, "%s", source);

	if (!owned)
		return error_set_memory(error, "cannot describe the host");
	for (unsigned hop = 0; path && hop < HOST_ROOT_LINKS_MAX; hop++) {
		const struct fact *fact;

		if (host_root_look(&host->root, path, false, &place))
			return error_set_memory(error, "cannot describe the host");
		if (hop == 0 && state)
			*state = place.state;
		/* a unit is masked by a link to /dev/null, which everybody writes to */
		if (hop > 0 && strncmp(text_string(&place.path), "/dev/", 5) == 0)
			return 0;
		if (has_path(host, role, text_string(&place.path)))
			return 0;
		fact = add_place(host, role, &place, owned, error);
		if (!fact)
			return -1;
		if (hop == 0) {
			owned = arena_format(&host->arena, "%s, through a link", source);
			if (!owned)
				return error_set_memory(error, "cannot describe the host");
		}
		path = fact->target && !is_snap_launcher(fact->target) ? fact->target : NULL;
	}
	return 0;
}

int host_add_address(struct host *host, enum host_role role, const char *address,
		     const char *source, struct error *error)
{
	struct fact *fact;

	if (has_path(host, role, address))
		return 0;
	fact = append_fact(host, role, error);
	if (!fact)
		return -1;
	fact->path = arena_format(&host->arena, "%s", address);
	fact->source = arena_format(&host->arena, "%s", source);
	if (!fact->path || !fact->source)
		return error_set_memory(error, "cannot describe the host");
	fact->state = PLACE_FOUND;
	fact->kind = FACT_ADDRESS;
	return 0;
}

int host_note(struct host *host, const char *file, unsigned line, unsigned column, const char *what,
	      const char *why, struct error *error)
{
	if (diagnostics_add(&host->notes, DIAGNOSTIC_WARNING, file, line, column, what, "%s", why))
		return error_set_memory(error, "cannot describe the host");
	return 0;
}

int host_read(struct host *host, const char *path, struct text *content, struct error *error)
{
	struct error reading = ERROR_INIT;
	int result = host_root_read(&host->root, path, HOST_FILE_MAX, content, &reading);

	if (result >= 0)
		return result;
	text_clear(content);
	return host_note(host, path, 0, 0, reading.what, reading.why, error);
}

/* Puts the facts into the order of the roles; those of one role stay as they were found. */
static int order_facts(struct host *host, struct error *error)
{
	struct fact *ordered = calloc(host->fact_count + 1, sizeof(*ordered));
	size_t count = 0;

	if (!ordered)
		return error_set_memory(error, "cannot describe the host");
	for (int role = 0; role < HOST_ROLE_COUNT; role++)
		for (size_t i = 0; i < host->fact_count; i++)
			if (host->facts[i].role == (enum host_role)role)
				ordered[count++] = host->facts[i];
	free(host->facts);
	host->facts = ordered;
	host->fact_capacity = host->fact_count + 1;
	return 0;
}

int host_discover(struct host *host, const struct host_options *options, struct error *error)
{
	struct host_units units = {.docker = {.file = NULL}};
	struct daemon_settings settings = {.snap = false};
	int result;

	*host = (struct host){.root = HOST_ROOT_INIT, .notes = DIAGNOSTICS_INIT};
	if (host_root_open(&host->root, options->root, error))
		return -1;
	result = host_find_units(host, &units, error);
	if (result == 0)
		result = host_find_daemon(host, &units, &settings, error);
	if (result == 0)
		result = host_find_programs(host, &units, &settings, error);
	if (result == 0)
		result = host_find_sockets(host, &units, &settings, error);
	if (result == 0)
		result = host_find_containerd(host, &units, &settings, error);
	if (result == 0)
		result = host_find_rootless(host, error);
	if (result == 0)
		result = host_find_audit(host, error);
	if (result == 0)
		result = host_find_machine(host, options, error);
	unit_done(&units.docker);
	unit_done(&units.socket);
	unit_done(&units.containerd);
	return result ? -1 : order_facts(host, error);
}

void host_done(struct host *host)
{
	host_root_done(&host->root);
	free(host->facts);
	host->facts = NULL;
	host->fact_count = host->fact_capacity = 0;
	diagnostics_done(&host->notes);
	arena_done(&host->arena);
}
