/*
 * The sockets on which Docker listens: docker.socket's ListenStream, dockerd's hosts, or the
 * default.
 */
#include "auditmgr/host_find.h"

#include <string.h>
#include <sys/stat.h>

#define DEFAULT_SOCKET "/run/docker.sock"

/*
 * /var/run is a link to /run on every distribution of today, and a tree that is being built may not
 * have it yet. Returns `path` or a string of the arena; NULL when out of memory.
 */
static const char *run_spelling(struct host *host, const char *path)
{
	CLEANUP(host_place_done) struct host_place place = HOST_PLACE_INIT;

	if (strncmp(path, "/var/run/", 9) != 0)
		return path;
	if (host_root_look(&host->root, "/var/run", false, &place))
		return NULL;
	/* a true directory of its own: an old or odd system, taken at its word */
	if (place.state == PLACE_FOUND && (place.mode & S_IFMT) == S_IFDIR)
		return path;
	return arena_format(&host->arena, "/run/%s", path + 9);
}

int host_add_socket(struct host *host, enum host_role role, const char *path, const char *source,
		    struct error *error)
{
	const char *spelled = run_spelling(host, path);

	if (!spelled)
		return error_set_memory(error, "cannot look for sockets");
	return host_add(host, role, spelled, source, NULL, error);
}

static int add_listen_streams(struct host *host, const struct unit *socket, struct error *error)
{
	const struct unit_directive *directive;
	size_t at = 0;

	while ((directive = unit_next(socket, "Socket", "ListenStream", &at))) {
		const char *address = directive->value;
		const char *path = address;

		if (strncmp(address, "%t/", 3) == 0)
			path = arena_format(&host->arena, "/run/%s", address + 3);
		if (!path)
			return error_set_memory(error, "cannot look for sockets");
		if (path[0] == '/' ? host_add_socket(host, ROLE_DOCKER_SOCKET, path,
						     "docker.socket ListenStream", error)
				   : host_add_address(host, ROLE_DOCKER_SOCKET, address,
						      "docker.socket ListenStream", error))
			return -1;
	}
	return 0;
}

/* One -H or `hosts` entry. unix:// is a path (empty: the default), fd:// the socket unit, a bare
 * path is unix too, and everything else an address of the network. */
static int add_host(struct host *host, const struct daemon_setting *setting, bool *listens,
		    struct error *error)
{
	const char *address = setting->value;

	if (strncmp(address, "fd://", 5) == 0)
		return 0;
	if (strncmp(address, "unix://", 7) == 0)
		address = address[7] ? address + 7 : DEFAULT_SOCKET;
	if (address[0] != '/')
		return host_add_address(host, ROLE_DOCKER_SOCKET, address, setting->source, error);
	*listens = true;
	return host_add_socket(host, ROLE_DOCKER_SOCKET, address, setting->source, error);
}

int host_find_sockets(struct host *host, const struct host_units *units,
		      const struct daemon_settings *settings, struct error *error)
{
	CLEANUP(host_place_done) struct host_place place = HOST_PLACE_INIT;
	bool listens = false;

	if (add_listen_streams(host, &units->socket, error))
		return -1;
	for (size_t i = 0; i < host->fact_count; i++)
		if (host->facts[i].role == ROLE_DOCKER_SOCKET &&
		    host->facts[i].kind != FACT_ADDRESS)
			listens = true;
	for (size_t i = 0; i < settings->host_count; i++)
		if (add_host(host, &settings->hosts[i], &listens, error))
			return -1;
	if (host_root_look(&host->root, DEFAULT_SOCKET, false, &place))
		return error_set_memory(error, "cannot look for sockets");
	/* moved elsewhere, and yet something is at the place that every client tries first */
	if (listens && place.state != PLACE_FOUND)
		return 0;
	return host_add(host, ROLE_DOCKER_SOCKET, DEFAULT_SOCKET, "default", NULL, error);
}
