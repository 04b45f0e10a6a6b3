#include "analyzer/sigma_match.h"

#include "analyzer/sigma_view.h"

#include <libaudit.h>

void sigma_matcher_done(struct sigma_matcher *matcher)
{
	text_done(&matcher->scratch);
	text_done(&matcher->command_line);
}

void sigma_matcher_event(struct sigma_matcher *matcher, const struct event *event)
{
	matcher->event = event;
	text_clear(&matcher->command_line);
	matcher->out_of_memory = false;
}

/* what is asked of the values of one field */
struct probe {
	struct sigma_matcher *matcher;
	const struct sigma_value *values;
	size_t count;
	bool seen;      /* the field has a value, or `(null)` */
	bool seen_text; /* ... a value */
};

static bool try_value(void *context, struct slice subject, bool null)
{
	struct probe *probe = context;

	probe->seen = true;
	probe->seen_text = probe->seen_text || !null;
	for (size_t i = 0; i < probe->count; i++) {
		enum sigma_match match = sigma_value_matches(&probe->values[i], subject);

		if (match == SIGMA_MATCH)
			return true;
		probe->matcher->gave_up += match == SIGMA_MATCH_GAVE_UP;
	}
	return false;
}

/* Whether one of `values` holds for the field. */
static bool one_holds(struct sigma_matcher *matcher, struct sigma_view *view,
		      const struct sigma_field *field, const struct sigma_value *values,
		      size_t count)
{
	struct probe probe = {.matcher = matcher, .values = values, .count = count};

	if (sigma_view_each(view, field, try_value, &probe))
		return true;
	for (size_t i = 0; i < count; i++) {
		if (values[i].kind == SIGMA_VALUE_NULL && !probe.seen_text)
			return true;
		if (values[i].kind == SIGMA_VALUE_EXISTS && values[i].exists == probe.seen)
			return true;
	}
	return false;
}

static bool item_holds(struct sigma_matcher *matcher, struct sigma_view *view,
		       const struct sigma_item *item)
{
	if (item->field.kind == SIGMA_FIELD_UNKNOWN)
		return false;
	if (!item->all)
		return one_holds(matcher, view, &item->field, item->values, item->value_count);
	for (size_t i = 0; i < item->value_count; i++)
		if (!one_holds(matcher, view, &item->field, &item->values[i], 1))
			return false;
	return true;
}

static bool holds_in_view(struct sigma_matcher *matcher, const struct sigma_map *map,
			  const struct event_record *record, const struct event_record *path)
{
	struct sigma_view view = {
		.event = matcher->event,
		.record = record,
		.path = path,
		.scratch = &matcher->scratch,
		.command_line = &matcher->command_line,
	};
	bool holds = true;

	for (size_t i = 0; holds && i < map->item_count; i++)
		holds = item_holds(matcher, &view, &map->items[i]);
	matcher->out_of_memory = matcher->out_of_memory || view.out_of_memory;
	return holds;
}

/* With each PATH record of the event, or with none where it has none. */
static bool holds_with_paths(struct sigma_matcher *matcher, const struct sigma_map *map,
			     const struct event_record *record)
{
	const struct event *event = matcher->event;
	bool any = false;

	for (size_t i = 0; i < event->record_count; i++) {
		if (event->records[i].type != AUDIT_PATH)
			continue;
		any = true;
		if (holds_in_view(matcher, map, record, &event->records[i]))
			return true;
	}
	return !any && holds_in_view(matcher, map, record, NULL);
}

static bool has_type(const struct sigma_map *map, int type)
{
	if (!map->types)
		return true;
	for (size_t i = 0; i < map->type_count; i++)
		if (map->types[i] == type)
			return true;
	return false;
}

static bool map_holds(struct sigma_matcher *matcher, const struct sigma_rule *rule,
		      const struct sigma_map *map)
{
	const struct event *event = matcher->event;

	if (map->whole_event || rule->source != SIGMA_AUDITD)
		return map->follows_path ? holds_with_paths(matcher, map, NULL)
					 : holds_in_view(matcher, map, NULL, NULL);
	for (size_t i = 0; i < event->record_count; i++) {
		const struct event_record *record = &event->records[i];
		bool companions = map->follows_path && record->type != AUDIT_PATH;

		if (!has_type(map, record->type))
			continue;
		if (companions ? holds_with_paths(matcher, map, record)
			       : holds_in_view(matcher, map, record, NULL))
			return true;
	}
	return false;
}

struct question {
	struct sigma_matcher *matcher;
	const struct sigma_rule *rule;
};

static bool selection_holds(void *context, size_t index)
{
	const struct question *question = context;
	const struct sigma_selection *selection = &question->rule->selections[index];

	for (size_t i = 0; i < selection->map_count; i++)
		if (map_holds(question->matcher, question->rule, &selection->maps[i]))
			return true;
	return false;
}

bool sigma_match(struct sigma_matcher *matcher, const struct sigma_rule *rule)
{
	struct question question = {matcher, rule};

	return sigma_logsource_has(rule->source, matcher->event) &&
	       sigma_condition_holds(rule->condition, selection_holds, &question);
}
