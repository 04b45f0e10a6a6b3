/*
 * The parts of discovery: each looks for one concern and adds what it finds to the host. Shared by
 * host.c and the host_*.c files only.
 */
#ifndef AUDITMGR_HOST_FIND_H
#define AUDITMGR_HOST_FIND_H

#include "auditmgr/host.h"
#include "auditmgr/unit_file.h"

/*
 * Looks at `path` and adds a fact, and one for each hop where it is a link; a path that the role
 * has already is not added twice. *state, when not NULL, is the first path's state. Returns 0, or
 * -1 with *error: too many facts, out of memory.
 */
int host_add(struct host *host, enum host_role role, const char *path, const char *source,
	     enum place_state *state, struct error *error) MUST_CHECK;

/* As host_add for what is below /run: /var/run in `path` is read as /run. */
int host_add_socket(struct host *host, enum host_role role, const char *path, const char *source,
		    struct error *error) MUST_CHECK;

/* Adds a fact whose `path` is a network address. Returns 0, or -1 with *error. */
int host_add_address(struct host *host, enum host_role role, const char *address,
		     const char *source, struct error *error) MUST_CHECK;

/* Notes something odd about `file`; *line and column are 0 where the whole is meant. */
int host_note(struct host *host, const char *file, unsigned line, unsigned column, const char *what,
	      const char *why, struct error *error) MUST_CHECK;

/*
 * Reads a file of the tree. Returns 1, or 0 where it is absent or can't be used: the latter leaves
 * a note. Returns -1 with *error when out of memory.
 */
int host_read(struct host *host, const char *path, struct text *content,
	      struct error *error) MUST_CHECK;

/* Whether the role has a fact with something found. */
bool host_has(const struct host *host, enum host_role role);

/* What dockerd's command line, environment and daemon.json say; strings in the host's arena. */
struct daemon_setting {
	const char *value; /* NULL: not set */
	const char *source;
};

#define DAEMON_LIST_MAX 64 /* hosts and runtimes that are looked at */

struct daemon_settings {
	struct daemon_setting config_file;
	struct daemon_setting data_root;
	struct daemon_setting containerd;
	struct daemon_setting hosts[DAEMON_LIST_MAX];
	size_t host_count;
	struct daemon_setting runtimes[DAEMON_LIST_MAX]; /* paths of runtime programs */
	size_t runtime_count;
	bool snap; /* Docker is the snap, whose paths differ */
};

/* The units as the host's systemd would load them. */
struct host_units {
	struct unit docker;
	struct unit socket;
	struct unit containerd;
};

/* Each: 0, or -1 with *error. In the order in which host_discover calls them. */
int host_find_units(struct host *host, struct host_units *units, struct error *error) MUST_CHECK;
int host_find_daemon(struct host *host, const struct host_units *units,
		     struct daemon_settings *settings, struct error *error) MUST_CHECK;
int host_find_programs(struct host *host, const struct host_units *units,
		       const struct daemon_settings *settings, struct error *error) MUST_CHECK;
int host_find_sockets(struct host *host, const struct host_units *units,
		      const struct daemon_settings *settings, struct error *error) MUST_CHECK;
int host_find_containerd(struct host *host, const struct host_units *units,
			 const struct daemon_settings *settings, struct error *error) MUST_CHECK;
int host_find_rootless(struct host *host, struct error *error) MUST_CHECK;
int host_find_audit(struct host *host, struct error *error) MUST_CHECK;
int host_find_machine(struct host *host, const struct host_options *options,
		      struct error *error) MUST_CHECK;

/*
 * Reads daemon.json's `length` bytes into *settings, where the command line did not set the same;
 * what is wrong with it is noted against `file`. Returns 0, or -1 with *error when out of memory.
 */
int host_read_daemon_json(struct host *host, const char *file, const char *bytes, size_t length,
			  struct daemon_settings *settings, struct error *error) MUST_CHECK;

#endif
