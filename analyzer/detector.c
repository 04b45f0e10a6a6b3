#include "analyzer/detector.h"

#include "analyzer/detection_files.h"
#include "analyzer/sigma_guard.h"
#include "analyzer/sigma_match.h"
#include "common/file.h"

struct detector {
	struct sigma_rule **rules;
	size_t count, capacity;
	struct sigma_guards *guards;
	struct sigma_matcher matcher;
	size_t *matches;   /* room for every rule */
	uint64_t *gave_up; /* by rule */
	struct detector_statistics statistics;
};

static int reserve(struct detector *detector)
{
	size_t capacity = detector->capacity ? detector->capacity * 2 : 32;
	struct sigma_rule **grown;

	if (detector->count < detector->capacity)
		return 0;
	grown = realloc(detector->rules, capacity * sizeof(struct sigma_rule *));
	if (!grown)
		return -1;
	detector->rules = grown;
	detector->capacity = capacity;
	return 0;
}

/* Why `rule` can't be added to what is there, or NULL. The text is in the rule's arena. */
static const char *conflict(const struct detector *detector, struct sigma_rule *rule)
{
	const char *why = NULL;

	if (detector->count == DETECTOR_RULE_LIMIT)
		return "there are too many rules";
	for (size_t i = 0; !why && i < detector->count; i++)
		if (strcmp(detector->rules[i]->id, rule->id) == 0)
			why = arena_format(&rule->arena, "%s:%u has the same id",
					   detector->rules[i]->file, detector->rules[i]->line);
	return why;
}

/* Takes `rule` over, or frees it. */
static int add_rule(struct detector *detector, struct sigma_rule *rule,
		    struct diagnostics *diagnostics, struct error *error)
{
	const char *why = conflict(detector, rule);
	int failed;

	if (why) {
		failed = diagnostics_add(diagnostics, DIAGNOSTIC_ERROR, rule->file, rule->line, 0,
					 "id", "%s", why);
		sigma_rule_free(rule);
		return failed ? error_set_memory(error, "cannot read the detections") : 0;
	}
	if (reserve(detector) || sigma_guards_add(detector->guards, rule)) {
		sigma_rule_free(rule);
		return error_set_memory(error, "cannot read the detections");
	}
	detector->rules[detector->count++] = rule;
	return 0;
}

/* Adds the rules of one file's text. */
static int load_documents(struct detector *detector, const char *path, const struct text *content,
			  struct diagnostics *diagnostics, struct error *error)
{
	CLEANUP(arena_done) struct arena arena = ARENA_INIT;
	CLEANUP(sigma_yaml_done)
	struct sigma_yaml *yaml = sigma_yaml_new(path, text_string(content), content->length);

	if (!yaml)
		return error_set_memory(error, "cannot read the detections");
	for (;;) {
		const struct sigma_node *document;
		struct sigma_rule *rule;
		enum sigma_yaml_result result =
			sigma_yaml_next(yaml, &arena, &document, diagnostics, error);

		if (result == SIGMA_YAML_END)
			return 0;
		if (result == SIGMA_YAML_FAILED)
			return -1;
		if (result == SIGMA_YAML_DOCUMENT &&
		    (sigma_rule_compile(document, path, &rule, diagnostics, error) ||
		     (rule && add_rule(detector, rule, diagnostics, error))))
			return -1;
		arena_clear(&arena);
	}
}

static int load_file(struct detector *detector, const char *path, struct diagnostics *diagnostics,
		     struct error *error)
{
	CLEANUP(text_done) struct text content = TEXT_INIT;
	struct error unread = ERROR_INIT;

	if (file_read(path, SIGMA_FILE_LIMIT, &content, &unread) == 0)
		return load_documents(detector, path, &content, diagnostics, error);
	if (diagnostics_add(diagnostics, DIAGNOSTIC_ERROR, path, 0, 0, unread.what, "%s",
			    unread.why))
		return error_set_memory(error, "cannot read the detections");
	return 0;
}

static int load_directory(struct detector *detector, const char *directory,
			  struct diagnostics *diagnostics, struct error *error)
{
	char **paths;
	size_t count;
	int result = 0;

	if (detection_files(directory, &paths, &count, diagnostics, error))
		return -1;
	for (size_t i = 0; !result && i < count; i++)
		result = load_file(detector, paths[i], diagnostics, error);
	file_names_free(paths, count);
	return result;
}

static int load(struct detector *detector, const char *const *directories, size_t directory_count,
		struct diagnostics *diagnostics, struct error *error)
{
	detector->guards = sigma_guards_new();
	if (!detector->guards)
		return error_set_memory(error, "cannot read the detections");
	for (size_t i = 0; i < directory_count; i++)
		if (load_directory(detector, directories[i], diagnostics, error))
			return -1;
	detector->matches = calloc(detector->count + 1, sizeof(*detector->matches));
	detector->gave_up = calloc(detector->count + 1, sizeof(*detector->gave_up));
	if (!detector->matches || !detector->gave_up)
		return error_set_memory(error, "cannot read the detections");
	return 0;
}

struct detector *detector_new(const char *const *directories, size_t directory_count,
			      struct diagnostics *diagnostics, struct error *error)
{
	struct detector *detector = calloc(1, sizeof(*detector));

	if (!detector) {
		error_set_memory(error, "cannot read the detections");
		return NULL;
	}
	if (load(detector, directories, directory_count, diagnostics, error)) {
		detector_free(detector);
		return NULL;
	}
	return detector;
}

void detector_free(struct detector *detector)
{
	if (!detector)
		return;
	for (size_t i = 0; i < detector->count; i++)
		sigma_rule_free(detector->rules[i]);
	free(detector->rules);
	sigma_guards_free(detector->guards);
	sigma_matcher_done(&detector->matcher);
	free(detector->matches);
	free(detector->gave_up);
	free(detector);
}

size_t detector_rule_count(const struct detector *detector)
{
	return detector->count;
}

const struct sigma_rule *detector_rule(const struct detector *detector, size_t index)
{
	return detector->rules[index];
}

int detector_event(struct detector *detector, const struct event *event, const size_t **matches,
		   size_t *match_count, struct error *error)
{
	struct sigma_matcher *matcher = &detector->matcher;

	*matches = detector->matches;
	*match_count = 0;
	detector->statistics.events++;
	sigma_matcher_event(matcher, event);
	sigma_guards_look(detector->guards, event);
	for (size_t i = 0; i < detector->count; i++) {
		if (!sigma_guards_pass(detector->guards, i))
			continue;
		detector->statistics.evaluated++;
		matcher->gave_up = 0;
		if (sigma_match(matcher, detector->rules[i]))
			detector->matches[(*match_count)++] = i;
		detector->gave_up[i] += matcher->gave_up;
		detector->statistics.gave_up += matcher->gave_up;
	}
	detector->statistics.matched += *match_count;
	if (matcher->out_of_memory)
		return error_set_memory(error, "cannot run the detections");
	return 0;
}

const struct detector_statistics *detector_statistics(const struct detector *detector)
{
	return &detector->statistics;
}

uint64_t detector_rule_gave_up(const struct detector *detector, size_t index)
{
	return detector->gave_up[index];
}
