#include "analyzer/commands.h"

#include "common/data_path.h"
#include "common/escape.h"
#include "common/json_output.h"
#include "common/output_format.h"

#include "analyzer/detector.h"
#include "analyzer/ingest.h"
#include "analyzer/progress.h"

#include <inttypes.h>
#include <time.h>

static const struct option_spec options[] = {
	{"store", 's', "FILE", "the store (default " STORE_DEFAULT_PATH ")"},
	{"detections", 0, "DIR",
	 "Sigma rules to run (repeatable; default: the ones that came along)"},
	{"format", 0, "FORMAT", "how to end: text (default) or json"},
};

static double now_seconds(void)
{
	struct timespec now;

	return clock_gettime(CLOCK_MONOTONIC, &now)
		       ? 0
		       : (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void draw_progress(void *context, uint64_t position, uint64_t size)
{
	progress_draw(context, position, size);
}

static int ingest_all(const struct invocation *invocation, struct ingest *ingest,
		      struct error *error)
{
	for (size_t i = 0; i < invocation->operand_count; i++) {
		struct progress progress;
		int result;

		progress_begin(&progress, invocation->operands[i]);
		ingest_set_progress(ingest, draw_progress, &progress);
		result = ingest_log(ingest, invocation->operands[i], error);
		progress_end(&progress);
		if (result)
			return -1;
	}
	return 0;
}

static void print_text(const struct ingest_totals *totals, double seconds)
{
	(void)printf("%" PRIu64 " lines, %" PRIu64 " records, %" PRIu64 " new events in %.1f s\n",
		     totals->lines, totals->records, totals->events, seconds);
	if (totals->findings)
		(void)printf("%" PRIu64 " findings: see `analyzer findings`\n", totals->findings);
	if (totals->duplicates)
		(void)printf("%" PRIu64 " records were in the store already\n", totals->duplicates);
	if (totals->unusable)
		(void)printf("%" PRIu64 " lines are no audit record; they are kept as they are "
			     "(table unusable_line)\n",
			     totals->unusable);
	if (totals->incomplete)
		(void)printf("%" PRIu64 " events have a record that could not be read in full\n",
			     totals->incomplete);
}

/* A rule whose expression gave up has not been asked of that event: it must not look like quiet. */
static void warn_of_limits(const struct detector *detector)
{
	for (size_t i = 0; i < detector_rule_count(detector); i++) {
		uint64_t gave_up = detector_rule_gave_up(detector, i);
		const struct sigma_rule *rule = detector_rule(detector, i);

		if (!gave_up)
			continue;
		(void)fputs("analyzer: warning: ", stderr);
		escape_print(stderr, rule->title, strlen(rule->title));
		(void)fprintf(stderr,
			      ": a regular expression hit its limit on %" PRIu64
			      " values, which count as no match\n",
			      gave_up);
	}
}

static int print_json(const struct ingest_totals *totals, double seconds, struct error *error)
{
	CLEANUP(json_done)
	json_t *value = json_pack(
		"{s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:f}", "lines", (json_int_t)totals->lines,
		"records", (json_int_t)totals->records, "events", (json_int_t)totals->events,
		"duplicates", (json_int_t)totals->duplicates, "unusable",
		(json_int_t)totals->unusable, "findings", (json_int_t)totals->findings,
		"incomplete", (json_int_t)totals->incomplete, "seconds", seconds);

	if (!value)
		return error_set_memory(error, "cannot write the result");
	return json_write_line(stdout, value, error);
}

static int run_with_store(const struct invocation *invocation, struct store *store,
			  struct detector *detector, enum output_format format, struct error *error)
{
	struct ingest *ingest = ingest_new(store, detector, error);
	double begin = now_seconds();
	int result;

	if (!ingest)
		return -1;
	result = ingest_all(invocation, ingest, error);
	warn_of_limits(detector);
	if (result == 0 && format == OUTPUT_JSON)
		result = print_json(ingest_get_totals(ingest), now_seconds() - begin, error);
	else if (result == 0)
		print_text(ingest_get_totals(ingest), now_seconds() - begin);
	ingest_free(ingest);
	return result;
}

/* Rules that are refused are named, and the others run: one bad file must not stop the collection.
 */
static struct detector *load_detections(const struct invocation *invocation, struct error *error)
{
	CLEANUP(diagnostics_done) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	CLEANUP(free_pointer) char *standard = NULL;
	CLEANUP(free_pointer) const char **directories = NULL;
	struct detector *detector;
	size_t count = 0;

	while (invocation_nth(invocation, "detections", count))
		count++;
	directories = calloc(count + 1, sizeof(*directories));
	if (!directories) {
		error_set_memory(error, "cannot load the detections");
		return NULL;
	}
	for (size_t i = 0; i < count; i++)
		directories[i] = invocation_nth(invocation, "detections", i);
	if (count == 0) {
		standard = data_path("rules.d/detections", error);
		if (!standard)
			return NULL;
		directories[count++] = standard;
	}
	detector = detector_new(directories, count, &diagnostics, error);
	diagnostics_print(&diagnostics, stderr);
	return detector;
}

static enum exit_status run(const struct invocation *invocation, struct error *error)
{
	const char *path = invocation_value(invocation, "store");
	CLEANUP(free_pointer) char *migrations = NULL;
	CLEANUP(detector_done) struct detector *detector = NULL;
	enum output_format format;
	struct store *store;

	if (output_format_parse(invocation_value(invocation, "format"), OUTPUT_TEXT | OUTPUT_JSON,
				&format, error))
		return EXIT_BAD_INPUT;
	if (invocation->operand_count == 0) {
		error_set(error, ERROR_INPUT, "nothing to ingest", "", "no log is named");
		error_set_remedy(error, "analyzer ingest /var/log/audit/audit.log");
		return EXIT_BAD_INPUT;
	}
	migrations = data_path("schema/store", error);
	if (!migrations)
		return EXIT_SYSTEM;
	detector = load_detections(invocation, error);
	if (!detector)
		return error_exit_status(error);
	store = store_open(path ? path : STORE_DEFAULT_PATH, migrations, error);
	if (store)
		(void)run_with_store(invocation, store, detector, format, error);
	store_close(store);
	return error_exit_status(error);
}

const struct command command_ingest = {
	.name = "ingest",
	.operands = "FILE...",
	.summary = "read finished audit logs into the store",
	.details = "FILE is an audit log as auditd writes it, plain or compressed by gzip, xz or "
		   "zstd; '-' is\n"
		   "standard input. The same log read twice, or a rotated copy of it, adds "
		   "nothing. A line that\n"
		   "is no record is counted and kept. A run that was cut short is made good by "
		   "running it again.",
	.examples = "  $ analyzer ingest /var/log/audit/audit.log.1 /var/log/audit/audit.log\n"
		    "  $ zcat old/*.gz | analyzer ingest --store case.db -\n"
		    "  $ analyzer ingest --store case.db --format json audit.log.zst",
	.options = options,
	.option_count = sizeof(options) / sizeof(options[0]),
	.run = run,
};
