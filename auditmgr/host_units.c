/*
 * The units of Docker as systemd would find them (systemd.unit(5), UNIT FILE LOAD PATH): the first
 * directory that has the file wins, drop-ins of all directories are applied in the order of their
 * names, and one of the same name in an earlier directory hides a later one.
 */
#include "auditmgr/host_find.h"
#include "common/file.h"

#include <string.h>

#define DROPINS_MAX 256

static const char *const search_path[] = {
	"/etc/systemd/system.control",   "/run/systemd/system.control", "/run/systemd/transient",
	"/etc/systemd/system",           "/run/systemd/system",         "/run/systemd/generator",
	"/usr/local/lib/systemd/system", "/usr/lib/systemd/system",     "/lib/systemd/system",
	"/run/systemd/generator.late",
};

#define SEARCH_COUNT (sizeof(search_path) / sizeof(search_path[0]))

/* where an administrator's (or an attacker's) override goes: watched even while it is not there */
static const char *const override_path[] = {"/etc/systemd/system", "/run/systemd/system"};

struct dropin {
	const char *name;
	const char *path;
};

static int read_into(struct host *host, struct unit *unit, const char *path, struct error *error)
{
	CLEANUP(text_done) struct text content = TEXT_INIT;
	int got = host_read(host, path, &content, error);

	if (got <= 0)
		return got;
	if (unit_parse(unit, &host->arena, path, text_string(&content), content.length))
		return error_set_memory(error, "cannot read the unit");
	return 0;
}

static bool is_masked(const struct host *host, enum host_role role)
{
	const struct fact *fact = host->fact_count ? &host->facts[host->fact_count - 1] : NULL;

	return fact && fact->role == role && fact->target && strcmp(fact->target, "/dev/null") == 0;
}

/* The unit file in effect and those behind it. */
static int find_unit_file(struct host *host, enum host_role role, const char *name,
			  struct unit *unit, struct error *error)
{
	const char *in_effect = NULL;

	for (size_t i = 0; i < SEARCH_COUNT; i++) {
		enum place_state state;
		size_t before = host->fact_count;
		const char *path = arena_format(&host->arena, "%s/%s", search_path[i], name);
		CLEANUP(host_place_done) struct host_place place = HOST_PLACE_INIT;

		if (!path || host_root_look(&host->root, path, false, &place))
			return error_set_memory(error, "cannot look for units");
		if (place.state != PLACE_FOUND)
			continue;
		if (host_add(host, role, path,
			     in_effect ? "unit file, overridden" : "unit file in effect", &state,
			     error))
			return -1;
		if (in_effect || host->fact_count == before)
			continue;
		in_effect = path;
		if (is_masked(host, role)) {
			if (host_note(host, path, 0, 0, name, "the unit is masked", error))
				return -1;
			continue;
		}
		unit->file = path;
		if (read_into(host, unit, path, error))
			return -1;
	}
	return 0;
}

static int add_dropin(struct host *host, struct dropin *dropins, size_t *count,
		      const char *directory, const char *name, struct error *error)
{
	for (size_t i = 0; i < *count; i++)
		if (strcmp(dropins[i].name, name) == 0)
			return 0;
	if (*count >= DROPINS_MAX)
		return 0;
	dropins[*count].name = arena_format(&host->arena, "%s", name);
	dropins[*count].path = arena_format(&host->arena, "%s/%s", directory, name);
	if (!dropins[*count].name || !dropins[*count].path)
		return error_set_memory(error, "cannot look for units");
	(*count)++;
	return 0;
}

/* One drop-in directory: a fact, and its files that no earlier directory hides. */
static int list_dropins(struct host *host, const char *directory, struct dropin *dropins,
			size_t *count, struct error *error)
{
	CLEANUP(host_place_done) struct host_place place = HOST_PLACE_INIT;
	struct error listing = ERROR_INIT;
	char **names;
	size_t name_count;
	int result = 0;

	if (host_root_look(&host->root, directory, true, &place))
		return error_set_memory(error, "cannot look for units");
	if (place.state != PLACE_FOUND)
		return 0;
	if (host_add(host, ROLE_DROPIN_DIR, directory, "drop-in directory", NULL, error))
		return -1;
	if (host_root_list(&host->root, directory, ".conf", &names, &name_count, &listing))
		return host_note(host, directory, 0, 0, listing.what, listing.why, error);
	for (size_t i = 0; i < name_count && result == 0; i++)
		result = add_dropin(host, dropins, count, directory, names[i], error);
	file_names_free(names, name_count);
	return result;
}

static int compare_dropins(const void *left, const void *right)
{
	return strcmp(((const struct dropin *)left)->name, ((const struct dropin *)right)->name);
}

static int find_dropins(struct host *host, const char *name, const char *type, struct unit *unit,
			struct error *error)
{
	struct dropin dropins[DROPINS_MAX];
	size_t count = 0;

	for (size_t i = 0; i < SEARCH_COUNT; i++) {
		const char *own = arena_format(&host->arena, "%s/%s.d", search_path[i], name);
		const char *all = arena_format(&host->arena, "%s/%s.d", search_path[i], type);

		if (!own || !all)
			return error_set_memory(error, "cannot look for units");
		if (list_dropins(host, own, dropins, &count, error) ||
		    list_dropins(host, all, dropins, &count, error))
			return -1;
	}
	qsort(dropins, count, sizeof(dropins[0]), compare_dropins);
	for (size_t i = 0; i < count; i++)
		if (read_into(host, unit, dropins[i].path, error))
			return -1;
	return 0;
}

/* The places where a file or a drop-in directory would change the unit. */
static int add_override_places(struct host *host, enum host_role role, const char *name,
			       struct error *error)
{
	for (size_t i = 0; i < sizeof(override_path) / sizeof(override_path[0]); i++) {
		const char *file = arena_format(&host->arena, "%s/%s", override_path[i], name);
		const char *directory =
			arena_format(&host->arena, "%s/%s.d", override_path[i], name);

		if (!file || !directory)
			return error_set_memory(error, "cannot look for units");
		if (host_add(host, role, file, "where an override would be", NULL, error) ||
		    host_add(host, ROLE_DROPIN_DIR, directory, "where drop-ins would be", NULL,
			     error))
			return -1;
	}
	return 0;
}

static int find_unit(struct host *host, enum host_role role, const char *name, const char *type,
		     struct unit *unit, struct error *error)
{
	if (find_unit_file(host, role, name, unit, error))
		return -1;
	if (!host_has(host, role)) {
		const char *packaged =
			arena_format(&host->arena, "/usr/lib/systemd/system/%s", name);

		if (!packaged)
			return error_set_memory(error, "cannot look for units");
		if (host_add(host, role, packaged, "default", NULL, error))
			return -1;
	}
	if (find_dropins(host, name, type, unit, error))
		return -1;
	return add_override_places(host, role, name, error);
}

int host_find_units(struct host *host, struct host_units *units, struct error *error)
{
	static const char snap_service[] = "snap.docker.dockerd.service";
	CLEANUP(host_place_done) struct host_place snap = HOST_PLACE_INIT;

	if (find_unit(host, ROLE_DOCKER_SERVICE, "docker.service", "service", &units->docker,
		      error) ||
	    find_unit(host, ROLE_DOCKER_SOCKET_UNIT, "docker.socket", "socket", &units->socket,
		      error) ||
	    find_unit(host, ROLE_CONTAINERD_SERVICE, "containerd.service", "service",
		      &units->containerd, error))
		return -1;
	if (units->docker.file)
		return 0;
	if (host_root_look(&host->root, "/etc/systemd/system/snap.docker.dockerd.service", false,
			   &snap))
		return error_set_memory(error, "cannot look for units");
	if (snap.state != PLACE_FOUND)
		return 0;
	return find_unit(host, ROLE_DOCKER_SERVICE, snap_service, "service", &units->docker, error);
}
