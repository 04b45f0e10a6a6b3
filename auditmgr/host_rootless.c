/*
 * Docker that ordinary users run for themselves (rootless mode): users of the tree's passwd with a
 * unit of their own, or whose socket is there.
 */
#include "auditmgr/host_find.h"

#include "common/number.h"

#include <string.h>

#define ROOTLESS_USERS_MAX 256 /* users with a Docker of their own whose paths are listed */
#define PASSWD_FIELDS      7   /* passwd(5) */

struct account {
	struct slice name;
	uint64_t uid;
	struct slice home;
};

/* Returns whether the line is an account with a home of its own. */
static bool read_account(struct slice line, struct account *account)
{
	struct slice fields[PASSWD_FIELDS];
	size_t count = 0, start = 0;

	for (size_t i = 0; i <= line.length && count < PASSWD_FIELDS; i++) {
		if (i < line.length && line.bytes[i] != ':')
			continue;
		fields[count++] = (struct slice){.bytes = line.bytes + start, .length = i - start};
		start = i + 1;
	}
	if (count != PASSWD_FIELDS)
		return false;
	account->name = fields[0];
	account->home = fields[5];
	return number_parse(fields[2].bytes, fields[2].length, UINT32_MAX - 1, &account->uid) ==
		       0 &&
	       account->home.length > 1 && account->home.bytes[0] == '/';
}

static int has(const struct host *host, const char *path, bool *found)
{
	CLEANUP(host_place_done) struct host_place place = HOST_PLACE_INIT;

	if (host_root_look(&host->root, path, false, &place))
		return -1;
	*found = *found || place.state == PLACE_FOUND;
	return 0;
}

static int add_user(struct host *host, const struct account *account, bool *added,
		    struct error *error)
{
	const char *home = arena_copy(&host->arena, account->home.bytes, account->home.length);
	const char *source = arena_format(&host->arena, "rootless Docker of user %.*s",
					  (int)account->name.length, account->name.bytes);
	const char *unit = arena_format(&host->arena, "%s/.config/systemd/user/docker.service",
					home ? home : "");
	const char *config =
		arena_format(&host->arena, "%s/.config/docker/daemon.json", home ? home : "");
	const char *data = arena_format(&host->arena, "%s/.local/share/docker", home ? home : "");
	const char *socket = arena_format(&host->arena, "/run/user/%llu/docker.sock",
					  (unsigned long long)account->uid);
	bool found = false;

	if (!home || !source || !unit || !config || !data || !socket || has(host, unit, &found) ||
	    has(host, socket, &found))
		return error_set_memory(error, "cannot look for rootless Docker");
	if (!found)
		return 0;
	*added = true;
	if (host_add(host, ROLE_ROOTLESS_UNIT, unit, source, NULL, error) ||
	    host_add(host, ROLE_ROOTLESS_CONFIG, config, source, NULL, error) ||
	    host_add(host, ROLE_ROOTLESS_DATA, data, source, NULL, error))
		return -1;
	return host_add(host, ROLE_ROOTLESS_SOCKET, socket, source, NULL, error);
}

int host_find_rootless(struct host *host, struct error *error)
{
	CLEANUP(text_done) struct text passwd = TEXT_INIT;
	unsigned users = 0;
	int got = host_read(host, "/etc/passwd", &passwd, error);

	if (got <= 0)
		return got;
	for (size_t at = 0; at < passwd.length && users < ROOTLESS_USERS_MAX;) {
		const char *start = passwd.bytes + at;
		const char *newline = memchr(start, '\n', passwd.length - at);
		size_t length = newline ? (size_t)(newline - start) : passwd.length - at;
		struct account account;
		bool added = false;

		at += length + 1;
		if (!read_account((struct slice){.bytes = start, .length = length}, &account) ||
		    account.uid == 0)
			continue;
		if (add_user(host, &account, &added, error))
			return -1;
		users += added;
	}
	return 0;
}
