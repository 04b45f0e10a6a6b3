#include "analyzer/report.h"

#include "analyzer/finding_output.h"
#include "analyzer/terminal_style.h"
#include "analyzer/time_format.h"
#include "common/escape.h"

#include <errno.h>
#include <inttypes.h>

enum {
	IDS_SHOWN = 5,
	DAYS_SHOWN = 62,
	TYPES_SHOWN = 15,
};

struct page {
	const struct report *report;
	FILE *stream;
	struct terminal_style style;
};

static void print_slice(const struct page *page, struct slice slice)
{
	escape_print(page->stream, slice.bytes ? slice.bytes : "", slice.length);
}

static void print_time(const struct page *page, int64_t time)
{
	char text[TIME_TEXT_SIZE];

	time_format(time, page->report->utc, text);
	(void)fputs(text, page->stream);
}

static void print_heading(const struct page *page, const char *heading)
{
	(void)fprintf(page->stream, "\n%s%s%s\n", page->style.strong, heading, page->style.off);
}

static void print_period(const struct page *page)
{
	const struct report *report = page->report;
	const char *joint = ": ";

	(void)fprintf(page->stream, "%sAudit report%s of ", page->style.strong, page->style.off);
	escape_print(page->stream, report->store, strlen(report->store));
	(void)fputs(", made ", page->stream);
	print_time(page, report->made);
	(void)fputs("\n\n  period    ", page->stream);
	if (report->first > report->last) {
		(void)fputs("no events", page->stream);
	} else {
		print_time(page, report->first);
		(void)fputs(" to ", page->stream);
		print_time(page, report->last);
	}
	(void)fprintf(page->stream,
		      "\n  events    %" PRIu64 " of %" PRIu64 " records\n  findings  %" PRIu64,
		      report->events, report->records, report->finding_count);
	for (int level = LEVEL_CRITICAL; level >= LEVEL_INFORMATIONAL; level--) {
		if (report->by_level[level] == 0)
			continue;
		(void)fprintf(page->stream, "%s%" PRIu64 " %s", joint, report->by_level[level],
			      stored_level_name((enum stored_level)level));
		joint = ", ";
	}
	(void)fputc('\n', page->stream);
}

static void print_ids(const struct page *page, const struct report_group *group)
{
	size_t shown = group->id_count < IDS_SHOWN ? group->id_count : IDS_SHOWN;

	(void)fputs("    events  ", page->stream);
	for (size_t i = 0; i < shown; i++) {
		(void)fputs(i ? ", " : "", page->stream);
		print_slice(page, group->ids[i]);
	}
	if (group->count > shown)
		(void)fprintf(page->stream, " and %" PRIu64 " more", group->count - shown);
	(void)fputc('\n', page->stream);
}

static void print_techniques(const struct page *page, const char *name,
			     const struct techniques *techniques)
{
	for (size_t i = 0; i < techniques->count; i++)
		(void)fprintf(page->stream, "%s%s", i ? ", " : name, techniques->ids[i]);
}

static void print_group(const struct page *page, const struct report_group *group)
{
	const struct stored_rule *rule = group->rule;

	(void)fprintf(page->stream, "\n  %s%s%s  %s",
		      finding_level_style(&page->style, rule->level),
		      stored_level_name(rule->level), page->style.off, page->style.strong);
	escape_print(page->stream, rule->name, strlen(rule->name));
	(void)fputs(page->style.off, page->stream);
	print_techniques(page, "  ATT&CK ", &rule->v18);
	print_techniques(page, " (v19: ", &rule->v19);
	(void)fprintf(page->stream, "%s\n    rule    ", rule->v19.count ? ")" : "");
	escape_print(page->stream, rule->id, strlen(rule->id));
	(void)fputs("\n    who     login user ", page->stream);
	print_slice(page, group->user);
	if (group->exe.length) {
		(void)fputs(" by ", page->stream);
		print_slice(page, group->exe);
	}
	if (group->node.length) {
		(void)fputs(" on ", page->stream);
		print_slice(page, group->node);
	}
	(void)fputs("\n    what    ", page->stream);
	print_slice(page, group->what);
	(void)fputs("\n    when    ", page->stream);
	print_time(page, group->first);
	if (group->count > 1) {
		(void)fputs(" to ", page->stream);
		print_time(page, group->last);
		(void)fprintf(page->stream, ", %" PRIu64 " times", group->count);
	}
	(void)fputc('\n', page->stream);
	print_ids(page, group);
}

static void print_findings(const struct page *page)
{
	const struct report *report = page->report;

	print_heading(page, "Findings");
	if (report->group_count == 0)
		(void)fputs("\n  none\n", page->stream);
	for (size_t i = 0; i < report->group_count; i++)
		print_group(page, report->groups[i]);
	if (report->findings_left_out)
		(void)fprintf(page->stream,
			      "\n  %" PRIu64 " further findings: `analyzer findings` lists them\n",
			      report->findings_left_out);
}

static void print_counts(const struct page *page, const char *heading,
			 const struct report_counts *counts, size_t most)
{
	if (counts->count == 0)
		return;
	print_heading(page, heading);
	for (size_t i = 0; i < counts->count && i < most; i++) {
		(void)fprintf(page->stream, "  %10" PRIu64 "  ", counts->items[i].count);
		print_slice(page, counts->items[i].name);
		(void)fputc('\n', page->stream);
	}
}

static void print_users(const struct page *page)
{
	const struct report *report = page->report;

	if (report->user_count == 0)
		return;
	print_heading(page, "Events by login user");
	for (size_t i = 0; i < report->user_count; i++) {
		const struct report_user *user = &report->users[i];

		(void)fprintf(page->stream, "  %10" PRIu64 "  ", user->events);
		if (user->auid == EVENT_NO_LOGIN)
			(void)fputs("unset (no login: daemons, containers)", page->stream);
		else if (user->auid == EVENT_UNSET)
			(void)fputs("not recorded", page->stream);
		else
			(void)fprintf(page->stream, "%" PRId64 " ", user->auid);
		if (user->auid != EVENT_NO_LOGIN)
			print_slice(page, user->name);
		(void)fputc('\n', page->stream);
	}
}

static void print_days(const struct page *page)
{
	const struct report *report = page->report;

	if (report->day_count == 0 || report->day_count > DAYS_SHOWN)
		return;
	print_heading(page, "Events by day");
	for (size_t i = 0; i < report->day_count; i++) {
		(void)fprintf(page->stream, "  %10" PRIu64 "  ", report->days[i].events);
		print_time(page, report->days[i].start);
		(void)fputc('\n', page->stream);
	}
}

static bool print_gaps(const struct page *page)
{
	const struct report *report = page->report;
	bool any = false;

	for (size_t i = 0; i < report->gap_count; i++) {
		const struct report_gap *gap = &report->gaps[i];

		if (gap->missing == 0)
			continue;
		any = true;
		(void)fprintf(page->stream, "  possible loss: %" PRIu64 " serials", gap->missing);
		if (gap->node.length) {
			(void)fputs(" of ", page->stream);
			print_slice(page, gap->node);
		}
		(void)fputs(" are missing (lost, excluded by a rule, or in a log not given)\n",
			    page->stream);
	}
	return any;
}

static void print_coverage(const struct page *page)
{
	const struct report *report = page->report;
	bool any;

	print_heading(page, "Coverage");
	any = print_gaps(page);
	if (report->too_early || report->too_late) {
		any = true;
		(void)fprintf(page->stream,
			      "  clock: %" PRIu64 " events are dated before 2004 and %" PRIu64
			      " after this report; the period leaves them out\n",
			      report->too_early, report->too_late);
	}
	if (report->unusable_count) {
		any = true;
		(void)fprintf(page->stream,
			      "  %" PRIu64 " lines of the logs are no audit record:\n",
			      report->unusable_count);
		for (size_t i = 0; i < report->unusable.count; i++) {
			(void)fprintf(page->stream, "  %10" PRIu64 "  ",
				      report->unusable.items[i].count);
			print_slice(page, report->unusable.items[i].name);
			(void)fputc('\n', page->stream);
		}
	}
	if (report->incomplete) {
		any = true;
		(void)fprintf(page->stream,
			      "  %" PRIu64 " events have a record that could not be read in full\n",
			      report->incomplete);
	}
	if (!any)
		(void)fputs("  nothing is known to be missing\n", page->stream);
}

int report_text(const struct report *report, FILE *stream, struct error *error)
{
	struct page page = {
		.report = report, .stream = stream, .style = terminal_style_for(stream)};

	errno = 0;
	print_period(&page);
	print_findings(&page);
	print_coverage(&page);
	print_days(&page);
	print_users(&page);
	print_counts(&page, "Events by key", &report->keys, REPORT_TOP);
	print_counts(&page, "Events by program", &report->exes, REPORT_TOP);
	print_counts(&page, "Records by type", &report->types, TYPES_SHOWN);
	if (ferror(stream))
		return error_set_errno(error, errno ? errno : EIO, "cannot write the report", "");
	return 0;
}
