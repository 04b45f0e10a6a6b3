/*
 * The programs: in the directories where packages, the static archive and the snap put them, and
 * where units and daemon.json say they are.
 */
#include "auditmgr/host_find.h"

#include <string.h>
#include <sys/stat.h>

static const char *const directories[] = {
	"/usr/bin",
	"/usr/sbin",
	"/bin",
	"/sbin",
	"/usr/local/bin",
	"/usr/local/sbin",
	"/usr/libexec/docker",
	"/usr/libexec",
	"/opt/containerd/bin",
	"/snap/bin",
	"/snap/docker/current/bin",
};

#define LOOKED_IN                                                                                  \
	"looked in /usr/bin, /usr/sbin, /usr/local/{bin,sbin}, /usr/libexec{,/docker}, "           \
	"/opt/containerd/bin, /snap/bin and the docker snap"

static const struct {
	enum host_role role;
	const char *name;
} programs[] = {
	{ROLE_DOCKER, "docker"},
	{ROLE_DOCKERD, "dockerd"},
	{ROLE_DOCKER_PROXY, "docker-proxy"},
	{ROLE_DOCKER_INIT, "docker-init"},
	{ROLE_CONTAINERD, "containerd"},
	{ROLE_CONTAINERD_SHIM, "containerd-shim"},
	{ROLE_CONTAINERD_SHIM_RUNC_V1, "containerd-shim-runc-v1"},
	{ROLE_CONTAINERD_SHIM_RUNC_V2, "containerd-shim-runc-v2"},
	{ROLE_CTR, "ctr"},
	{ROLE_RUNC, "runc"},
	{ROLE_OTHER_RUNTIME, "crun"},
	{ROLE_OTHER_RUNTIME, "youki"},
	{ROLE_OTHER_RUNTIME, "runsc"},
	{ROLE_OTHER_RUNTIME, "kata-runtime"},
	{ROLE_NSENTER, "nsenter"},
	{ROLE_MODULE_TOOL, "kmod"},
	{ROLE_MODULE_TOOL, "insmod"},
	{ROLE_MODULE_TOOL, "modprobe"},
	{ROLE_AUDIT_TOOL, "auditctl"},
	{ROLE_AUDIT_TOOL, "augenrules"},
	{ROLE_AUDIT_TOOL, "auditd"},
	{ROLE_AUDIT_READER, "ausearch"},
	{ROLE_AUDIT_READER, "aureport"},
};

/* Roles of which one program is enough: none of the others is reported as missing. */
static bool is_alternative(enum host_role role)
{
	return role == ROLE_OTHER_RUNTIME || role == ROLE_MODULE_TOOL;
}

static int find_program(struct host *host, enum host_role role, const char *name,
			struct error *error)
{
	const char *usual;
	bool found = false;

	for (size_t i = 0; i < sizeof(directories) / sizeof(directories[0]); i++) {
		CLEANUP(host_place_done) struct host_place place = HOST_PLACE_INIT;
		CLEANUP(host_place_done) struct host_place end = HOST_PLACE_INIT;
		const char *path = arena_format(&host->arena, "%s/%s", directories[i], name);

		if (!path || host_root_look(&host->root, path, false, &place) ||
		    host_root_look(&host->root, path, true, &end))
			return error_set_memory(error, "cannot look for programs");
		/* /usr/libexec/docker is a directory of Docker's own */
		if ((place.state != PLACE_FOUND && place.state != PLACE_UNKNOWN) ||
		    S_ISDIR(end.mode))
			continue;
		found = true;
		if (host_add(host, role, path, "package path", NULL, error))
			return -1;
	}
	if (found || is_alternative(role))
		return 0;
	usual = arena_format(&host->arena, "/usr/bin/%s", name);
	if (!usual)
		return error_set_memory(error, "cannot look for programs");
	return host_add(host, role, usual, LOOKED_IN, NULL, error);
}

/* The program that a unit starts, which may be anywhere; a shell or wrapper there is no engine. */
static int find_started_program(struct host *host, const struct unit *unit, enum host_role role,
				const char *name, const char *source, struct error *error)
{
	const struct unit_directive *directive;
	size_t at = 0;

	while ((directive = unit_next(unit, "Service", "ExecStart", &at))) {
		struct unit_words words = {.count = 0};
		const char *base;

		if (unit_split(&host->arena, directive->value + strspn(directive->value, "@-:+!"),
			       NULL, &words))
			return error_set_memory(error, "cannot look for programs");
		if (words.count == 0 || words.words[0][0] != '/')
			continue;
		base = strrchr(words.words[0], '/') + 1;
		if (strcmp(base, name) == 0 &&
		    host_add(host, role, words.words[0], source, NULL, error))
			return -1;
	}
	return 0;
}

static int find_plugins(struct host *host, const struct daemon_settings *settings,
			struct error *error)
{
	static const char *const plugin_directories[] = {
		"/usr/libexec/docker/cli-plugins",   "/usr/lib/docker/cli-plugins",
		"/usr/local/lib/docker/cli-plugins", "/usr/local/libexec/docker/cli-plugins",
		"/usr/lib/docker/plugins",           "/run/docker/plugins",
	};

	/* /etc/docker/plugins is inside ROLE_DOCKER_DIR */
	for (size_t i = 0; i < sizeof(plugin_directories) / sizeof(plugin_directories[0]); i++)
		if (host_add(host, ROLE_PLUGIN_DIR, plugin_directories[i], "default", NULL, error))
			return -1;
	for (size_t i = 0; i < settings->runtime_count; i++)
		if (host_add(host, ROLE_OTHER_RUNTIME, settings->runtimes[i].value,
			     settings->runtimes[i].source, NULL, error))
			return -1;
	return 0;
}

int host_find_programs(struct host *host, const struct host_units *units,
		       const struct daemon_settings *settings, struct error *error)
{
	if (find_started_program(host, &units->docker, ROLE_DOCKERD, "dockerd",
				 "docker.service ExecStart", error) ||
	    find_started_program(host, &units->containerd, ROLE_CONTAINERD, "containerd",
				 "containerd.service ExecStart", error))
		return -1;
	for (size_t i = 0; i < sizeof(programs) / sizeof(programs[0]); i++)
		if (find_program(host, programs[i].role, programs[i].name, error))
			return -1;
	return find_plugins(host, settings, error);
}
