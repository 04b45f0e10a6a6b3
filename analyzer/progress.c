#include "analyzer/progress.h"

#include "common/escape.h"

#include <string.h>

enum {
	BAR_WIDTH = 30,
	LABEL_WIDTH = 32,
	INTERVAL_MS = 100
};

void progress_begin(struct progress *progress, const char *label)
{
	*progress = (struct progress){.shown = isatty(STDERR_FILENO) == 1, .label = label};
}

static bool is_due(struct progress *progress)
{
	struct timespec now;
	int64_t passed;

	if (clock_gettime(CLOCK_MONOTONIC, &now))
		return false;
	passed = (int64_t)(now.tv_sec - progress->at.tv_sec) * 1000 +
		 (now.tv_nsec - progress->at.tv_nsec) / 1000000;
	if (passed < INTERVAL_MS)
		return false;
	progress->at = now;
	return true;
}

static void draw_label(const char *label)
{
	size_t length = strlen(label);

	/* the end of a path says more than its beginning */
	if (length > LABEL_WIDTH)
		label += length - LABEL_WIDTH;
	escape_print(stderr, label, strlen(label));
}

void progress_draw(struct progress *progress, uint64_t position, uint64_t size)
{
	if (!progress->shown || !is_due(progress))
		return;
	(void)fputs("\r\033[K", stderr);
	draw_label(progress->label);
	if (size) {
		uint64_t done = position >= size ? BAR_WIDTH : position * BAR_WIDTH / size;

		(void)fputs(" [", stderr);
		for (uint64_t i = 0; i < BAR_WIDTH; i++)
			(void)fputc(i < done ? '#' : '.', stderr);
		(void)fprintf(stderr, "] %3u %%",
			      (unsigned)(position >= size ? 100 : position * 100 / size));
	} else {
		(void)fprintf(stderr, " %.1f MB", (double)position / 1e6);
	}
	(void)fflush(stderr);
}

void progress_end(struct progress *progress)
{
	if (progress->shown && (progress->at.tv_sec || progress->at.tv_nsec)) {
		(void)fputs("\r\033[K", stderr);
		(void)fflush(stderr);
	}
}
