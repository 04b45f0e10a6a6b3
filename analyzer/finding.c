#include "analyzer/finding.h"

#include "common/json_output.h"

#include "analyzer/detector.h"

#include <string.h>

static char *tags_of(const struct sigma_rule *rule)
{
	CLEANUP(json_done) json_t *tags = json_array();

	for (size_t i = 0; tags && i < rule->tag_count; i++)
		if (json_array_append_new(tags,
					  json_untrusted(rule->tags[i], strlen(rule->tags[i]))))
			return NULL;
	return tags ? json_dumps(tags, JSON_COMPACT) : NULL;
}

struct finding_rule *finding_rules_of(const struct detector *detector, struct error *error)
{
	size_t count = detector_rule_count(detector);
	struct finding_rule *rules = calloc(count ? count : 1, sizeof(*rules));

	for (size_t i = 0; rules && i < count; i++) {
		const struct sigma_rule *rule = detector_rule(detector, i);

		rules[i] = (struct finding_rule){
			.uuid = rule->id,
			.title = rule->title,
			.level = sigma_level_name(rule->level),
			.description = rule->description,
			.tags = tags_of(rule),
		};
		if (!rules[i].tags) {
			finding_rules_free(rules, count);
			rules = NULL;
		}
	}
	if (!rules)
		error_set_memory(error, "cannot load the detections");
	return rules;
}

void finding_rules_free(struct finding_rule *rules, size_t count)
{
	for (size_t i = 0; rules && i < count; i++)
		free(rules[i].tags);
	free(rules);
}
