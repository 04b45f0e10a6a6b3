/*
 * daemon.json: the keys that say where Docker keeps and offers things. The file is anybody's who
 * can write to it, so each key is checked for its type and the rest is passed over.
 */
#include "auditmgr/host_find.h"

#include "common/json_output.h"

#include <string.h>

static int note_type(struct host *host, const char *file, const char *key, const char *wanted,
		     struct error *error)
{
	char why[96];

	(void)snprintf(why, sizeof(why), "it is not %s; dockerd would not start", wanted);
	return host_note(host, file, 0, 0, key, why, error);
}

/* A string of the file in the arena, or NULL when out of memory. */
static const char *copy(struct host *host, const json_t *value)
{
	return arena_copy(&host->arena, json_string_value(value), json_string_length(value));
}

static int read_string(struct host *host, const char *file, const json_t *object, const char *key,
		       const char *source, struct daemon_setting *setting, struct error *error)
{
	const json_t *value = json_object_get(object, key);

	if (!value || json_is_null(value))
		return 0;
	if (!json_is_string(value))
		return note_type(host, file, key, "a string", error);
	if (json_string_length(value) == 0)
		return 0;
	if (setting->value)
		return host_note(host, file, 0, 0, key,
				 "it is set on dockerd's command line too; dockerd would not start",
				 error);
	setting->value = copy(host, value);
	setting->source = source;
	return setting->value ? 0 : error_set_memory(error, "cannot read daemon.json");
}

static int read_hosts(struct host *host, const char *file, const json_t *object,
		      struct daemon_settings *settings, struct error *error)
{
	json_t *hosts = json_object_get(object, "hosts");
	size_t at;
	json_t *value;

	if (!hosts || json_is_null(hosts))
		return 0;
	if (!json_is_array(hosts))
		return note_type(host, file, "hosts", "an array of strings", error);
	json_array_foreach (hosts, at, value) {
		const char *address;

		if (!json_is_string(value))
			return note_type(host, file, "hosts", "an array of strings", error);
		if (settings->host_count >= DAEMON_LIST_MAX)
			return 0;
		address = copy(host, value);
		if (!address)
			return error_set_memory(error, "cannot read daemon.json");
		settings->hosts[settings->host_count++] =
			(struct daemon_setting){.value = address, .source = "daemon.json hosts"};
	}
	return 0;
}

static int read_runtimes(struct host *host, const char *file, const json_t *object,
			 struct daemon_settings *settings, struct error *error)
{
	json_t *runtimes = json_object_get(object, "runtimes"), *value;
	const char *name;

	if (!runtimes || json_is_null(runtimes))
		return 0;
	if (!json_is_object(runtimes))
		return note_type(host, file, "runtimes", "an object", error);
	json_object_foreach (runtimes, name, value) {
		const json_t *path = json_object_get(value, "path");
		const char *program;

		/* a runtime without a path is a shim by name ("runtimeType"), found by itself */
		if (!json_is_string(path) || json_string_value(path)[0] != '/')
			continue;
		if (settings->runtime_count >= DAEMON_LIST_MAX)
			return 0;
		program = copy(host, path);
		if (!program)
			return error_set_memory(error, "cannot read daemon.json");
		settings->runtimes[settings->runtime_count++] =
			(struct daemon_setting){.value = program, .source = "daemon.json runtimes"};
	}
	return 0;
}

int host_read_daemon_json(struct host *host, const char *file, const char *bytes, size_t length,
			  struct daemon_settings *settings, struct error *error)
{
	json_error_t fault;
	CLEANUP(json_done) json_t *object = json_loadb(bytes, length, 0, &fault);

	/* dockerd takes an empty file for no settings */
	if (!object && strspn(bytes, " \t\r\n") == length)
		return 0;
	if (!object)
		return host_note(host, file, fault.line > 0 ? (unsigned)fault.line : 0,
				 fault.column > 0 ? (unsigned)fault.column : 0, "invalid JSON",
				 fault.text, error);
	if (!json_is_object(object))
		return note_type(host, file, "the file", "a JSON object", error);
	if (read_string(host, file, object, "data-root", "daemon.json data-root",
			&settings->data_root, error))
		return -1;
	/* the name before Docker 17.05; dockerd 23 refuses it */
	if (!settings->data_root.value &&
	    read_string(host, file, object, "graph", "daemon.json graph", &settings->data_root,
			error))
		return -1;
	if (read_string(host, file, object, "containerd", "daemon.json containerd",
			&settings->containerd, error) ||
	    read_hosts(host, file, object, settings, error) ||
	    read_runtimes(host, file, object, settings, error))
		return -1;
	return 0;
}
