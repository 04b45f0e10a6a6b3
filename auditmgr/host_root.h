/*
 * Paths inside a host's file tree: `/` of this machine or the directory of an image that is being
 * built. Symbolic links are followed as that host would follow them, so an absolute link or `..`
 * never leads out of the tree.
 */
#ifndef AUDITMGR_HOST_ROOT_H
#define AUDITMGR_HOST_ROOT_H

#include "common/error.h"
#include "common/text.h"

#include <stdbool.h>
#include <sys/types.h>

/* Links followed for one path before it counts as a loop, as in the kernel (MAXSYMLINKS). */
#define HOST_ROOT_LINKS_MAX 40

struct host_root {
	char *path;    /* owned: without a trailing slash, so "" for `/` itself */
	int directory; /* O_PATH descriptor of it */
};

#define HOST_ROOT_INIT                                                                             \
	{                                                                                          \
		.path = NULL, .directory = -1                                                      \
	}

enum place_state {
	PLACE_FOUND,     /* it is there */
	PLACE_ABSENT,    /* its directory is there, it is not */
	PLACE_NO_PARENT, /* its directory is not there either */
	PLACE_UNKNOWN,   /* it can't be looked at: error_number says why */
};

/* One path of the tree, looked at. */
struct host_place {
	enum place_state state;
	struct text path; /* as the host names it, from "/": the links of its directory part are
			     resolved, a link in the last place is kept */
	mode_t mode;      /* of the thing itself, S_IFLNK for a link; 0 where not found */
	int error_number; /* errno for PLACE_UNKNOWN, else 0 */
};

#define HOST_PLACE_INIT                                                                            \
	{                                                                                          \
		.path = TEXT_INIT                                                                  \
	}

/*
 * Opens the tree at `path`; NULL and "/" are this machine's own. Returns 0, or -1 with *error
 * (ERROR_INPUT where there is no such directory). host_root_done releases it.
 */
int host_root_open(struct host_root *root, const char *path, struct error *error) MUST_CHECK;

void host_root_done(struct host_root *root);

void host_place_done(struct host_place *place);

/*
 * Looks at absolute `path`, as the host names it, and fills *place (its old content is replaced).
 * With `follow_last` a link in the last place is followed too, so the result is no link. Returns 0
 * whatever the state, or -1 when out of memory.
 */
int host_root_look(const struct host_root *root, const char *path, bool follow_last,
		   struct host_place *place) MUST_CHECK;

/*
 * The text of the link that `place` (a found S_IFLNK) is, made absolute against its directory: one
 * hop. Returns 0 with the path appended to *target, or -1 with errno set.
 */
int host_root_read_link(const struct host_root *root, const struct host_place *place,
			struct text *target) MUST_CHECK;

/*
 * Opens the regular file or directory at `path`, links followed inside the tree. Returns a
 * descriptor, or -1 with errno set: ENOENT where it is not there. `flags` as for open(2).
 */
int host_root_open_file(const struct host_root *root, const char *path, int flags) MUST_CHECK;

/*
 * Appends the content of the regular file `path` to *content. Returns 1 when read, 0 when it is
 * not there, or -1 with *error: unreadable, no regular file, more than `limit` bytes.
 */
int host_root_read(const struct host_root *root, const char *path, size_t limit,
		   struct text *content, struct error *error) MUST_CHECK;

/*
 * The names in directory `path` that end in `suffix`, as file_list gives them; none where it is not
 * there. Returns 0, or -1 with *error. The caller frees with file_names_free.
 */
int host_root_list(const struct host_root *root, const char *path, const char *suffix,
		   char ***names, size_t *count, struct error *error) MUST_CHECK;

#endif
