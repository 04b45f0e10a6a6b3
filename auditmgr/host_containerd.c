/*
 * containerd's configuration, socket and directories: what config.toml says, what dockerd is told
 * of them, or the defaults.
 */
#include "auditmgr/containerd_config.h"
#include "auditmgr/host_find.h"

#include <string.h>

#define DEFAULT_CONFIG "/etc/containerd/config.toml"
#define DEFAULT_SOCKET "/run/containerd/containerd.sock"
#define SNAP_SOCKET    "/run/snap.docker/containerd/containerd.sock"
/* where dockerd puts the socket of a containerd that it starts itself */
#define OWN_SOCKET "/run/docker/containerd/containerd.sock"

/* --config/-c, --address/-a, --root and --state of containerd.service's command line. */
struct flags {
	const char *config;
	const char *address;
	const char *root;
	const char *state;
};

static int read_flags(struct host *host, const struct unit *unit, struct flags *flags,
		      struct error *error)
{
	const struct unit_directive *directive;
	size_t at = 0;

	while ((directive = unit_next(unit, "Service", "ExecStart", &at))) {
		struct unit_words words = {.count = 0};

		if (unit_split(&host->arena, directive->value, NULL, &words))
			return error_set_memory(error, "cannot read the unit");
		for (size_t i = 1; i < words.count; i++) {
			const char *value;

			if ((value = unit_words_option(&words, &i, "--config", "-c")))
				flags->config = value;
			else if ((value = unit_words_option(&words, &i, "--address", "-a")))
				flags->address = value;
			else if ((value = unit_words_option(&words, &i, "--root", NULL)))
				flags->root = value;
			else if ((value = unit_words_option(&words, &i, "--state", NULL)))
				flags->state = value;
		}
	}
	return 0;
}

static int read_config(struct host *host, const char *path, struct containerd_config *config,
		       struct error *error)
{
	CLEANUP(text_done) struct text content = TEXT_INIT;
	unsigned line = 0;
	int got = host_read(host, path, &content, error);

	if (got <= 0)
		return got;
	switch (containerd_config_parse(&host->arena, text_string(&content), content.length, config,
					&line)) {
	case 0:
		return 0;
	case 1:
		return host_note(host, path, line, 0, "config.toml",
				 "the line is not understood; the rest is read", error);
	default:
		return error_set_memory(error, "cannot read config.toml");
	}
}

/* Adds the path that was set, or the default where nothing (usable) was. */
static int add_or_default(struct host *host, enum host_role role, const char *flag,
			  const char *configured, const char *key, const char *fallback,
			  struct error *error)
{
	char source[64];

	if (flag && flag[0] == '/') {
		(void)snprintf(source, sizeof(source), "containerd.service --%s", key);
		return host_add_socket(host, role, flag, source, error);
	}
	if (configured && configured[0] == '/') {
		(void)snprintf(source, sizeof(source), "config.toml %s", key);
		return host_add_socket(host, role, configured, source, error);
	}
	return host_add(host, role, fallback, "default", NULL, error);
}

static int add_if_found(struct host *host, const char *path, const char *source,
			struct error *error)
{
	CLEANUP(host_place_done) struct host_place place = HOST_PLACE_INIT;

	if (host_root_look(&host->root, path, false, &place))
		return error_set_memory(error, "cannot look for sockets");
	if (place.state != PLACE_FOUND)
		return 0;
	return host_add(host, ROLE_CONTAINERD_SOCKET, path, source, NULL, error);
}

static int find_containerd_sockets(struct host *host, const struct flags *flags,
				   const struct containerd_config *config,
				   const struct daemon_settings *settings, struct error *error)
{
	const char *told = settings->containerd.value;

	if (add_or_default(host, ROLE_CONTAINERD_SOCKET, flags->address, config->address, "address",
			   settings->snap ? SNAP_SOCKET : DEFAULT_SOCKET, error))
		return -1;
	if (told && strncmp(told, "unix://", 7) == 0)
		told += 7;
	if (told && told[0] == '/' &&
	    host_add_socket(host, ROLE_CONTAINERD_SOCKET, told, settings->containerd.source, error))
		return -1;
	/* moved elsewhere, and yet something listens where clients look */
	if (add_if_found(host, DEFAULT_SOCKET, "default", error) ||
	    add_if_found(host, OWN_SOCKET, "dockerd's own containerd", error))
		return -1;
	return 0;
}

int host_find_containerd(struct host *host, const struct host_units *units,
			 const struct daemon_settings *settings, struct error *error)
{
	struct containerd_config config = {.address = NULL};
	struct flags flags = {.config = NULL};
	const char *path = DEFAULT_CONFIG;
	const char *source = "default";

	if (read_flags(host, &units->containerd, &flags, error))
		return -1;
	if (flags.config && flags.config[0] == '/') {
		path = flags.config;
		source = "containerd.service --config";
	}
	if (host_add(host, ROLE_CONTAINERD_CONFIG, path, source, NULL, error) ||
	    read_config(host, path, &config, error))
		return -1;
	if (find_containerd_sockets(host, &flags, &config, settings, error))
		return -1;
	if (add_or_default(host, ROLE_CONTAINERD_STATE, flags.state, config.state, "state",
			   "/run/containerd", error))
		return -1;
	return add_or_default(host, ROLE_CONTAINERD_ROOT, flags.root, config.root, "root",
			      "/var/lib/containerd", error);
}
