/*
 * Runs a fuzz target over stored inputs, files or directories of them, so that every input that
 * ever broke it is an ordinary test.
 */
#include "tests/fuzz/fuzz.h"

#include "common/file.h"

#include <string.h>
#include <sys/stat.h>

enum {
	INPUT_MAX = 1 << 20,
};

static int replay_file(const char *path, struct error *error)
{
	CLEANUP(text_done) struct text content = TEXT_INIT;
	CLEANUP(free_pointer) uint8_t *exact = NULL;

	if (file_read(path, INPUT_MAX, &content, error))
		return -1;
	/* a copy of just that size: the sanitizers see a byte read past its end */
	exact = malloc(content.length ? content.length : 1);
	if (!exact)
		return error_set_memory(error, "cannot replay");
	if (content.length)
		memcpy(exact, content.bytes, content.length);
	return LLVMFuzzerTestOneInput(exact, content.length);
}

/* Returns how many inputs were run, or -1 with *error. */
static int replay(const char *path, struct error *error)
{
	struct stat status;
	char **names = NULL;
	size_t count = 0;
	size_t done = 0;

	if (stat(path, &status) || !S_ISDIR(status.st_mode))
		return replay_file(path, error) ? -1 : 1;
	if (file_list(path, "", &names, &count, error))
		return -1;
	while (done < count) {
		CLEANUP(text_done) struct text file = TEXT_INIT;

		if (text_append_format(&file, "%s/%s", path, names[done]) ||
		    replay_file(file.bytes, error))
			break;
		done++;
	}
	file_names_free(names, count);
	return done == count ? (int)count : -1;
}

int main(int argc, char **argv)
{
	struct error error = ERROR_INIT;
	int total = 0;

	for (int i = 1; i < argc; i++) {
		int count = replay(argv[i], &error);

		if (count < 0) {
			error_print(&error, argv[0], stderr);
			return EXIT_FAILURE;
		}
		total += count;
	}
	(void)printf("%d inputs\n", total);
	return total > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
