#include "analyzer/detection_files.h"

#include "common/file.h"

#include <errno.h>
#include <fts.h>
#include <string.h>

struct listing {
	char **paths;
	size_t count, capacity;
};

static int by_name(const FTSENT **left, const FTSENT **right)
{
	return strcmp((*left)->fts_name, (*right)->fts_name);
}

static bool has_suffix(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot && dot != name && (strcmp(dot, ".yml") == 0 || strcmp(dot, ".yaml") == 0);
}

static int add(struct listing *listing, const char *path)
{
	if (listing->count == listing->capacity) {
		size_t capacity = listing->capacity ? listing->capacity * 2 : 32;
		char **grown = realloc(listing->paths, capacity * sizeof(*grown));

		if (!grown)
			return -1;
		listing->paths = grown;
		listing->capacity = capacity;
	}
	listing->paths[listing->count] = strdup(path);
	if (!listing->paths[listing->count])
		return -1;
	listing->count++;
	return 0;
}

/* Takes one entry of the walk. */
static int take(const FTSENT *entry, struct listing *listing, struct diagnostics *diagnostics,
		struct error *error)
{
	bool unreadable = entry->fts_info == FTS_DNR || entry->fts_info == FTS_ERR ||
			  entry->fts_info == FTS_NS;
	int failed = 0;

	if (unreadable && entry->fts_level == FTS_ROOTLEVEL)
		return error_set_errno(error, entry->fts_errno, "cannot read the detections",
				       entry->fts_path);
	if (entry->fts_level == FTS_ROOTLEVEL && entry->fts_info == FTS_F)
		return error_set(error, ERROR_INPUT, "cannot read the detections", entry->fts_path,
				 "it is not a directory");
	if (listing->count == DETECTION_FILE_LIMIT)
		return error_set(error, ERROR_INPUT, "cannot read the detections", entry->fts_path,
				 "there are more than %d files", DETECTION_FILE_LIMIT);
	if (unreadable)
		failed = diagnostics_add(diagnostics, DIAGNOSTIC_ERROR, entry->fts_path, 0, 0,
					 "cannot be read", "%s", strerror(entry->fts_errno));
	else if (entry->fts_info == FTS_D && entry->fts_level == DETECTION_DEPTH_LIMIT)
		failed = diagnostics_add(diagnostics, DIAGNOSTIC_ERROR, entry->fts_path, 0, 0,
					 "directory", "nested too deep");
	else if (entry->fts_info != FTS_D && entry->fts_info != FTS_DP &&
		 has_suffix(entry->fts_name))
		failed = add(listing, entry->fts_path);
	return failed ? error_set_memory(error, "cannot list the detections") : 0;
}

static int walk(FTS *tree, struct listing *listing, struct diagnostics *diagnostics,
		struct error *error)
{
	for (;;) {
		FTSENT *entry;

		errno = 0;
		entry = fts_read(tree);
		if (!entry)
			break;
		if (take(entry, listing, diagnostics, error))
			return -1;
		if (entry->fts_info == FTS_D && entry->fts_level == DETECTION_DEPTH_LIMIT &&
		    fts_set(tree, entry, FTS_SKIP))
			break;
	}
	return errno ? error_set_errno(error, errno, "cannot list the detections", tree->fts_path)
		     : 0;
}

int detection_files(const char *directory, char ***paths, size_t *count,
		    struct diagnostics *diagnostics, struct error *error)
{
	CLEANUP(free_pointer) char *root = strdup(directory);
	char *const roots[] = {root, NULL};
	struct listing listing = {.paths = NULL};
	FTS *tree;
	int result;

	*paths = NULL;
	*count = 0;
	if (!root)
		return error_set_memory(error, "cannot list the detections");
	tree = fts_open(roots, FTS_PHYSICAL | FTS_COMFOLLOW | FTS_NOCHDIR, by_name);
	if (!tree)
		return error_set_errno(error, errno, "cannot read the detections", directory);
	result = walk(tree, &listing, diagnostics, error);
	if (fts_close(tree) && !result)
		result = error_set_errno(error, errno, "cannot read the detections", directory);
	if (result) {
		file_names_free(listing.paths, listing.count);
		return -1;
	}
	*paths = listing.paths;
	*count = listing.count;
	return 0;
}
