/*
 * How long the detections take on one event: bench_detector DIRECTORY LOG... reads each event of
 * the logs, runs the detections of DIRECTORY on it REPEAT times and prints the mean processor time.
 * With -m it prints each match instead: milliseconds, serial and title, a line each.
 */
#include "analyzer/assembler.h"
#include "analyzer/detector.h"
#include "analyzer/event_reader.h"
#include "analyzer/line_reader.h"
#include "analyzer/source.h"

#include <inttypes.h>
#include <time.h>

enum {
	REPEAT = 20
};

struct bench {
	struct detector *detector;
	struct event_reader *reader;
	bool print;
	uint64_t events, nanoseconds, matches;
};

static uint64_t now(void)
{
	struct timespec time;

	if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time))
		return 0;
	return (uint64_t)time.tv_sec * 1000000000U + (uint64_t)time.tv_nsec;
}

static void print_matches(const struct bench *bench, const struct event *event,
			  const size_t *matches, size_t count)
{
	for (size_t i = 0; i < count; i++)
		(void)printf("%" PRId64 " %" PRIu32 " %s\n", event->id.time, event->id.serial,
			     detector_rule(bench->detector, matches[i])->title);
}

static int run_event(void *context, const struct assembled_event *assembled, struct error *error)
{
	struct bench *bench = context;
	const size_t *matches;
	struct event event;
	size_t count = 0;
	uint64_t begin;

	if (event_reader_read(bench->reader, assembled, &event, error))
		return -1;
	begin = now();
	for (int i = 0; i < REPEAT; i++)
		if (detector_event(bench->detector, &event, &matches, &count, error))
			return -1;
	bench->nanoseconds += now() - begin;
	bench->events++;
	bench->matches += count;
	if (bench->print)
		print_matches(bench, &event, matches, count);
	return 0;
}

static int run_log(struct bench *bench, const char *path, struct error *error)
{
	struct source *source = source_open(path, error);
	struct line_reader *lines = source ? line_reader_new(source) : NULL;
	struct assembler *assembler = assembler_new(run_event, bench);
	struct line line;
	int result = lines && assembler ? 0 : -1;

	while (!result && line_reader_next(lines, &line, error) > 0) {
		struct record record;

		if (!record_parse(line.bytes, line.number, &record))
			result = assembler_add(assembler, &record, error);
	}
	if (!result)
		result = assembler_flush(assembler, error);
	assembler_free(assembler);
	line_reader_free(lines);
	source_free(source);
	return result;
}

int main(int argc, char **argv)
{
	CLEANUP(diagnostics_done) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	CLEANUP(detector_done) struct detector *detector = NULL;
	struct bench bench = {.print = argc > 1 && strcmp(argv[1], "-m") == 0};
	struct error error = ERROR_INIT;
	int at = bench.print ? 2 : 1;
	const char *directory = at < argc ? argv[at++] : NULL;

	if (!directory || at == argc) {
		(void)fprintf(stderr, "usage: bench_detector [-m] DIRECTORY LOG...\n");
		return EXIT_BAD_INPUT;
	}
	detector = detector_new(&directory, 1, &diagnostics, &error);
	bench.detector = detector;
	bench.reader = event_reader_new();
	for (; detector && bench.reader && error.kind == ERROR_NONE && at < argc; at++)
		if (run_log(&bench, argv[at], &error))
			break;
	event_reader_free(bench.reader);
	if (error.kind != ERROR_NONE) {
		error_print(&error, "bench_detector", stderr);
		return (int)error_exit_status(&error);
	}
	if (!bench.print && detector && bench.events)
		(void)printf("%zu rules, %" PRIu64 " events, %" PRIu64 " matches, %" PRIu64
			     " ns an event, %.2f rules an event evaluated\n",
			     detector_rule_count(detector), bench.events, bench.matches,
			     bench.nanoseconds / bench.events / REPEAT,
			     (double)detector_statistics(detector)->evaluated /
				     (double)bench.events / REPEAT);
	return EXIT_HOLDS;
}
