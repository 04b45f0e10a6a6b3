/*
 * What dockerd is told: on its command line (the unit's ExecStart with its environment, or
 * DOCKER_OPTS where no systemd unit is), and in daemon.json. Options as in dockerd(8).
 */
#include "auditmgr/host_find.h"

#include <string.h>

#define DEFAULT_DAEMON_JSON "/etc/docker/daemon.json"
#define SNAP_DAEMON_JSON    "/var/snap/docker/current/config/daemon.json"

static const struct {
	const char *long_name; /* with its dashes */
	const char *short_name;
	enum {
		OPTION_CONFIG_FILE,
		OPTION_DATA_ROOT,
		OPTION_HOST,
		OPTION_CONTAINERD,
	} option;
} options[] = {
	{"--config-file", NULL, OPTION_CONFIG_FILE}, {"--data-root", "-g", OPTION_DATA_ROOT},
	{"--graph", NULL, OPTION_DATA_ROOT},         {"--host", "-H", OPTION_HOST},
	{"--containerd", NULL, OPTION_CONTAINERD},
};

static void set_option(struct daemon_settings *settings, int option, const char *value,
		       const char *source)
{
	struct daemon_setting setting = {.value = value, .source = source};

	switch (option) {
	case OPTION_CONFIG_FILE:
		settings->config_file = setting;
		break;
	case OPTION_DATA_ROOT:
		settings->data_root = setting;
		break;
	case OPTION_CONTAINERD:
		settings->containerd = setting;
		break;
	default:
		if (settings->host_count < DAEMON_LIST_MAX)
			settings->hosts[settings->host_count++] = setting;
		break;
	}
}

static void read_words(struct daemon_settings *settings, const struct unit_words *words,
		       size_t first, const char *source)
{
	for (size_t at = first; at < words->count; at++) {
		const char *value = NULL;

		for (size_t i = 0; i < sizeof(options) / sizeof(options[0]) && !value; i++) {
			value = unit_words_option(words, &at, options[i].long_name,
						  options[i].short_name);
			if (value && *value)
				set_option(settings, (int)options[i].option, value, source);
		}
	}
}

static bool is_well_known_environment(const char *path)
{
	return strcmp(path, "/etc/default/docker") == 0 ||
	       strcmp(path, "/etc/sysconfig/docker") == 0;
}

static int read_environment_file(struct host *host, const char *path,
				 struct unit_words *environment, struct error *error)
{
	CLEANUP(text_done) struct text content = TEXT_INIT;
	int got = host_read(host, path, &content, error);

	if (got <= 0)
		return got;
	if (unit_parse_environment(&host->arena, text_string(&content), content.length,
				   environment))
		return error_set_memory(error, "cannot read the environment file");
	return 0;
}

/* Environment= first, then the files, as systemd does: the files win. */
static int gather_environment(struct host *host, const struct unit *unit,
			      struct unit_words *environment, struct error *error)
{
	const struct unit_directive *directive;
	size_t at = 0;

	while ((directive = unit_next(unit, "Service", "Environment", &at)))
		if (unit_split(&host->arena, directive->value, NULL, environment))
			return error_set_memory(error, "cannot read the unit");
	at = 0;
	while ((directive = unit_next(unit, "Service", "EnvironmentFile", &at))) {
		const char *path = directive->value;

		path += *path == '-';
		if (path[0] != '/')
			continue;
		if (!is_well_known_environment(path) &&
		    host_add(host, ROLE_ENVIRONMENT_FILE, path, "docker.service EnvironmentFile",
			     NULL, error))
			return -1;
		if (read_environment_file(host, path, environment, error))
			return -1;
	}
	return 0;
}

static int read_unit(struct host *host, const struct unit *unit, struct daemon_settings *settings,
		     struct error *error)
{
	struct unit_words environment = {.count = 0}, words = {.count = 0};
	const struct unit_directive *directive;
	size_t at = 0;

	if (gather_environment(host, unit, &environment, error))
		return -1;
	while ((directive = unit_next(unit, "Service", "ExecStart", &at))) {
		if (unit_split(&host->arena, directive->value + strspn(directive->value, "@-:+!"),
			       &environment, &words))
			return error_set_memory(error, "cannot read the unit");
		read_words(settings, &words, 1, "docker.service ExecStart");
		words.count = 0;
	}
	return 0;
}

/* Without systemd the init script sources one of these and passes its variable on. */
static int read_init_defaults(struct host *host, struct daemon_settings *settings,
			      struct error *error)
{
	static const struct {
		const char *path, *variable, *source;
	} defaults[] = {
		{"/etc/default/docker", "DOCKER_OPTS", "DOCKER_OPTS in /etc/default/docker"},
		{"/etc/sysconfig/docker", "OPTIONS", "OPTIONS in /etc/sysconfig/docker"},
	};

	for (size_t i = 0; i < sizeof(defaults) / sizeof(defaults[0]); i++) {
		struct unit_words environment = {.count = 0}, words = {.count = 0};
		const char *value;

		if (read_environment_file(host, defaults[i].path, &environment, error))
			return -1;
		value = unit_words_value(&environment, slice_of(defaults[i].variable));
		if (!value)
			continue;
		if (unit_split(&host->arena, value, NULL, &words))
			return error_set_memory(error, "cannot read the defaults");
		read_words(settings, &words, 0, defaults[i].source);
	}
	return 0;
}

static int detect_snap(const struct host *host, struct daemon_settings *settings,
		       struct error *error)
{
	CLEANUP(host_place_done) struct host_place place = HOST_PLACE_INIT;

	if (host_root_look(&host->root, "/snap/docker/current", true, &place))
		return error_set_memory(error, "cannot look for the snap");
	settings->snap = place.state == PLACE_FOUND;
	return 0;
}

static int read_daemon_json(struct host *host, struct daemon_settings *settings,
			    struct error *error)
{
	CLEANUP(text_done) struct text content = TEXT_INIT;
	const char *path = settings->config_file.value;
	const char *source = settings->config_file.source;
	int got;

	if (!path) {
		path = settings->snap ? SNAP_DAEMON_JSON : DEFAULT_DAEMON_JSON;
		source = settings->snap ? "default of the snap" : "default";
	}
	if (path[0] != '/')
		return host_note(host, "docker.service", 0, 0, "--config-file",
				 "it is not an absolute path", error);
	if (host_add(host, ROLE_DAEMON_JSON, path, source, NULL, error))
		return -1;
	got = host_read(host, path, &content, error);
	if (got <= 0)
		return got;
	return host_read_daemon_json(host, path, text_string(&content), content.length, settings,
				     error);
}

static int add_directories(struct host *host, const struct daemon_settings *settings,
			   struct error *error)
{
	const char *data_root = settings->data_root.value;
	const char *source = settings->data_root.source;

	if (data_root && data_root[0] != '/') {
		if (host_note(host, source, 0, 0, "data-root", "it is not an absolute path", error))
			return -1;
		data_root = NULL;
	}
	if (!data_root) {
		data_root = settings->snap ? "/var/snap/docker/common/var-lib-docker"
					   : "/var/lib/docker";
		source = settings->snap ? "default of the snap" : "default";
	}
	if (host_add(host, ROLE_DATA_ROOT, data_root, source, NULL, error) ||
	    host_add(host, ROLE_DOCKER_DIR, "/etc/docker", "default", NULL, error) ||
	    host_add(host, ROLE_DEFAULT_DOCKER, "/etc/default/docker", "default", NULL, error) ||
	    host_add(host, ROLE_SYSCONFIG_DOCKER, "/etc/sysconfig/docker", "default", NULL, error))
		return -1;
	return 0;
}

int host_find_daemon(struct host *host, const struct host_units *units,
		     struct daemon_settings *settings, struct error *error)
{
	if (detect_snap(host, settings, error))
		return -1;
	if (units->docker.file ? read_unit(host, &units->docker, settings, error)
			       : read_init_defaults(host, settings, error))
		return -1;
	if (read_daemon_json(host, settings, error))
		return -1;
	return add_directories(host, settings, error);
}
