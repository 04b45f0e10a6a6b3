#include "analyzer/report.h"

#include "analyzer/finding_output.h"
#include "analyzer/json_path.h"
#include "analyzer/time_format.h"
#include "common/json_output.h"

#include <inttypes.h>
#include <stdio.h>

static int set_time(json_t *object, const char *path, int64_t time, bool utc)
{
	char text[TIME_TEXT_SIZE];

	time_format(time, utc, text);
	return json_path_set_string(object, path, text);
}

/* Appends `value` to `array`, or releases what there is where `failed`. */
static int append(json_t *array, json_t *value, int failed)
{
	if (!failed)
		return json_array_append_new(array, value);
	json_decref(value);
	return -1;
}

static int set_counts(json_t *object, const char *path, const char *name, const char *unit,
		      const struct report_counts *counts)
{
	json_t *array = json_array();

	if (json_path_set(object, path, array))
		return -1;
	for (size_t i = 0; i < counts->count; i++) {
		json_t *item = json_object();

		if (append(array, item,
			   json_path_set_slice(item, name, counts->items[i].name) ||
				   json_path_set_number(item, unit,
							(int64_t)counts->items[i].count)))
			return -1;
	}
	return 0;
}

static int set_auid(json_t *object, int64_t auid, struct slice name)
{
	char text[24];

	if (auid == EVENT_UNSET)
		return 0;
	(void)snprintf(text, sizeof(text), "%" PRId64, auid);
	if (json_path_set_string(object, "user.audit.id", text))
		return -1;
	return json_path_set_slice(object, "user.audit.name",
				   auid == EVENT_NO_LOGIN ? slice_of("unset") : name);
}

static int set_users(json_t *object, const struct report *report)
{
	json_t *array = json_array();

	if (json_path_set(object, "users", array))
		return -1;
	for (size_t i = 0; i < report->user_count; i++) {
		const struct report_user *user = &report->users[i];
		json_t *item = json_object();

		if (append(array, item,
			   set_auid(item, user->auid, user->name) ||
				   json_path_set_number(item, "events", (int64_t)user->events)))
			return -1;
	}
	return 0;
}

static int set_days(json_t *object, const struct report *report)
{
	json_t *array = json_array();

	if (json_path_set(object, "days", array))
		return -1;
	for (size_t i = 0; i < report->day_count; i++) {
		json_t *item = json_object();

		if (append(array, item,
			   set_time(item, "start", report->days[i].start, report->utc) ||
				   json_path_set_number(item, "events",
							(int64_t)report->days[i].events)))
			return -1;
	}
	return report->days_left_out ? json_path_set_number(object, "days_left_out",
							    (int64_t)report->days_left_out)
				     : 0;
}

static int fill_group(json_t *item, const struct report_group *group)
{
	if (!item || finding_json_rule(item, group->rule) ||
	    set_time(item, "event.start", group->first, true) ||
	    set_time(item, "event.end", group->last, true) ||
	    json_path_set_number(item, "count", (int64_t)group->count) ||
	    json_path_set_slices(item, "auditd.event_ids", group->ids, group->id_count) ||
	    set_auid(item, group->auid, group->user_name) ||
	    json_path_set_slice(item, "process.executable", group->exe) ||
	    (group->node.length && json_path_set_slice(item, "host.name", group->node)))
		return -1;
	return json_path_set_slice(item, "message", group->what);
}

static int set_findings(json_t *object, const struct report *report)
{
	json_t *array = json_array();

	if (json_path_set(object, "findings.list", array) ||
	    json_path_set_number(object, "findings.count", (int64_t)report->finding_count))
		return -1;
	for (size_t i = 0; i < LEVEL_COUNT; i++) {
		char path[64];

		(void)snprintf(path, sizeof(path), "findings.by_level.%s",
			       stored_level_name((enum stored_level)i));
		if (json_path_set_number(object, path, (int64_t)report->by_level[i]))
			return -1;
	}
	for (size_t i = 0; i < report->group_count; i++) {
		json_t *item = json_object();

		if (append(array, item, fill_group(item, report->groups[i])))
			return -1;
	}
	return report->findings_left_out ? json_path_set_number(object, "findings.left_out",
								(int64_t)report->findings_left_out)
					 : 0;
}

static int set_coverage(json_t *object, const struct report *report)
{
	json_t *array = json_array();

	if (json_path_set(object, "coverage.possible_loss", array))
		return -1;
	for (size_t i = 0; i < report->gap_count; i++) {
		const struct report_gap *gap = &report->gaps[i];
		json_t *item = json_object();

		if (append(array, item,
			   (gap->node.length &&
			    json_path_set_slice(item, "host.name", gap->node)) ||
				   json_path_set_number(item, "missing_serials",
							(int64_t)gap->missing) ||
				   json_path_set_number(item, "runs", (int64_t)gap->runs)))
			return -1;
	}
	if (json_path_set_number(object, "coverage.dated_too_early", (int64_t)report->too_early) ||
	    json_path_set_number(object, "coverage.dated_too_late", (int64_t)report->too_late) ||
	    json_path_set_number(object, "coverage.incomplete_events",
				 (int64_t)report->incomplete) ||
	    json_path_set_number(object, "coverage.unusable_lines",
				 (int64_t)report->unusable_count))
		return -1;
	return set_counts(object, "coverage.unusable_reasons", "reason", "lines",
			  &report->unusable);
}

static int set_period(json_t *object, const struct report *report)
{
	const struct time_range *asked = &report->filter->time;

	if (set_time(object, "made", report->made, true) ||
	    json_path_set(object, "store", json_untrusted_string(report->store)) ||
	    (asked->since != INT64_MIN && set_time(object, "asked.since", asked->since, true)) ||
	    (asked->until != INT64_MAX && set_time(object, "asked.until", asked->until, true)) ||
	    json_path_set(object, "period", json_object()))
		return -1;
	if (report->first <= report->last &&
	    (set_time(object, "period.start", report->first, true) ||
	     set_time(object, "period.end", report->last, true)))
		return -1;
	return json_path_set_number(object, "events", (int64_t)report->events) ||
			       json_path_set_number(object, "records", (int64_t)report->records)
		       ? -1
		       : 0;
}

json_t *report_json(const struct report *report)
{
	json_t *object = json_object();

	if (!object)
		return NULL;
	if (set_period(object, report) || set_findings(object, report) ||
	    set_coverage(object, report) || set_days(object, report) || set_users(object, report) ||
	    set_counts(object, "keys", "key", "events", &report->keys) ||
	    set_counts(object, "programs", "executable", "events", &report->exes) ||
	    set_counts(object, "record_types", "type", "records", &report->types)) {
		json_decref(object);
		return NULL;
	}
	return object;
}
