/*
 * Findings for a report: the same act of the same user, found many times over, is one line.
 */
#include "analyzer/report_gather.h"

#include "analyzer/event_identity.h"
#include "analyzer/event_text.h"
#include "analyzer/finding_output.h"

enum {
	TABLE_SIZE = 32768, /* a power of two, well above REPORT_GROUPS_MAX */
};

struct grouping {
	struct report *report;
	struct report_group **table; /* by hash, open addressing */
	struct text user, what, id;  /* of the finding at hand */
};

static void grouping_done(struct grouping *grouping)
{
	free(grouping->table);
	text_done(&grouping->user);
	text_done(&grouping->what);
	text_done(&grouping->id);
}

static struct slice slice_of_text(const struct text *text)
{
	return (struct slice){.bytes = text_string(text), .length = text->length};
}

/* FNV-1a: not against enemies, who could make this slow at most */
static uint64_t hash_bytes(uint64_t hash, struct slice bytes)
{
	for (size_t i = 0; i < bytes.length; i++)
		hash = (hash ^ (unsigned char)bytes.bytes[i]) * 1099511628211ULL;
	return (hash ^ 0xFF) * 1099511628211ULL;
}

static uint64_t hash_of(const struct grouping *grouping, const struct stored_finding *finding)
{
	uint64_t hash = 14695981039346656037ULL ^ (uint64_t)finding->rule->row;

	hash = hash_bytes(hash, finding->event->event.id.node);
	hash = hash_bytes(hash, slice_of_text(&grouping->user));
	hash = hash_bytes(hash, finding->event->event.exe);
	return hash_bytes(hash, slice_of_text(&grouping->what));
}

static bool belongs(const struct grouping *grouping, const struct report_group *group,
		    const struct stored_finding *finding, uint64_t hash)
{
	const struct event *event = &finding->event->event;

	return group->hash == hash && group->rule == finding->rule && group->auid == event->auid &&
	       slice_equal(group->node, event->id.node) &&
	       slice_equal(group->user, slice_of_text(&grouping->user)) &&
	       slice_equal(group->exe, event->exe) &&
	       slice_equal(group->what, slice_of_text(&grouping->what));
}

static struct report_group *new_group(struct grouping *grouping,
				      const struct stored_finding *finding, uint64_t hash)
{
	struct report *report = grouping->report;
	const struct event *event = &finding->event->event;
	struct report_group *group = arena_allocate_zeroed(&report->memory, 1, sizeof(*group));
	bool failed = false;

	if (!group)
		return NULL;
	group->rule = finding->rule;
	group->auid = event->auid;
	group->hash = hash;
	group->first = event->id.time;
	group->node = report_copy(report, event->id.node, &failed);
	group->user = report_copy(report, slice_of_text(&grouping->user), &failed);
	group->user_name = report_copy(report, event->auid_name, &failed);
	group->exe = report_copy(report, event->exe, &failed);
	group->what = report_copy(report, slice_of_text(&grouping->what), &failed);
	if (failed)
		return NULL;
	report->groups[report->group_count++] = group;
	return group;
}

/* The finding's group, made where it is new; *full where there is no room for another one. NULL
 * when out of memory or full. */
static struct report_group *find_group(struct grouping *grouping,
				       const struct stored_finding *finding, bool *full)
{
	uint64_t hash = hash_of(grouping, finding);
	size_t at = (size_t)(hash & (TABLE_SIZE - 1));

	*full = false;
	for (; grouping->table[at]; at = (at + 1) & (TABLE_SIZE - 1))
		if (belongs(grouping, grouping->table[at], finding, hash))
			return grouping->table[at];
	if (grouping->report->group_count == REPORT_GROUPS_MAX) {
		*full = true;
		return NULL;
	}
	grouping->table[at] = new_group(grouping, finding, hash);
	return grouping->table[at];
}

static int add_finding(struct grouping *grouping, const struct stored_finding *finding)
{
	struct report *report = grouping->report;
	struct report_group *group;
	bool full, failed = false;

	text_clear(&grouping->user);
	text_clear(&grouping->what);
	text_clear(&grouping->id);
	if (event_text_login_user(&finding->event->event, &grouping->user) ||
	    finding_what(finding->event, &grouping->what) ||
	    event_identity_format(&finding->event->event.id, &grouping->id))
		return -1;
	report->finding_count++;
	report->by_level[finding->rule->level]++;
	group = find_group(grouping, finding, &full);
	if (!group) {
		report->findings_left_out += full;
		return full ? 0 : -1;
	}
	group->count++;
	group->last = finding->event->event.id.time;
	if (group->id_count < REPORT_GROUP_IDS_MAX)
		group->ids[group->id_count++] =
			report_copy(report, slice_of_text(&grouping->id), &failed);
	return failed ? -1 : 0;
}

static int compare_groups(const void *left, const void *right)
{
	const struct report_group *a = *(struct report_group *const *)left;
	const struct report_group *b = *(struct report_group *const *)right;

	if (a->rule->level != b->rule->level)
		return a->rule->level < b->rule->level ? 1 : -1;
	if (a->first != b->first)
		return a->first < b->first ? -1 : 1;
	return strcmp(a->rule->id, b->rule->id);
}

int report_gather_findings(struct store_reader *reader, enum stored_level level,
			   struct report *report, struct error *error)
{
	CLEANUP(grouping_done) struct grouping grouping = {.report = report};
	struct stored_finding finding;
	int more;

	report->findings = stored_findings_new(reader, report->filter, level, error);
	if (!report->findings)
		return -1;
	grouping.table = calloc(TABLE_SIZE, sizeof(struct report_group *));
	report->groups = arena_allocate_zeroed(&report->memory, REPORT_GROUPS_MAX,
					       sizeof(struct report_group *));
	if (!grouping.table || !report->groups)
		return error_set_memory(error, "cannot make the report");
	while ((more = stored_findings_next(report->findings, &finding, error)) == 1)
		if (add_finding(&grouping, &finding))
			return error_set_memory(error, "cannot make the report");
	if (more == 0 && report->group_count)
		qsort(report->groups, report->group_count, sizeof(struct report_group *),
		      compare_groups);
	return more;
}
