/*
 * Any bytes as a file of detections, up to a NUL; what follows it is a value in the events that the
 * rules are run on. Each document makes a rule or one diagnostic, and what a rule matches, the
 * first look lets through.
 */
#include "tests/fuzz/fuzz.h"

#include "analyzer/sigma_guard.h"
#include "analyzer/sigma_match.h"

#include <libaudit.h>
#include <string.h>

#define FIELD(name, text)                                                                          \
	{                                                                                          \
		name, {text, sizeof(text) - 1},                                                    \
		{                                                                                  \
			text, sizeof(text) - 1                                                     \
		}                                                                                  \
	}

enum {
	VALUE_FIELD = 0 /* of each record: it gets the fuzzer's value */
};

/* an execution, with every member of struct event that a rule can ask for */
struct sample {
	struct record_field call[5], path[3], title[2];
	struct event_record records[4];
	struct slice arguments[2], keys[2];
	struct event_path paths[1];
	struct event event;
};

static void fill(struct sample *sample, struct slice value)
{
	*sample = (struct sample){
		.call = {FIELD("comm", "x"), FIELD("a0", "ffffff9c"), FIELD("auid", "-1"),
			 FIELD("exe", "/bin/sh"), FIELD("key", "(null)")},
		.path = {FIELD("name", "x"), FIELD("nametype", "CREATE"), FIELD("item", "0")},
		.title = {FIELD("proctitle", "x"), FIELD("nosuch", "1")},
		.records =
			{
				{.type = AUDIT_SYSCALL, .type_name = "SYSCALL", .field_count = 5},
				{.type = AUDIT_EXECVE, .type_name = "EXECVE"},
				{.type = AUDIT_PATH, .type_name = "PATH", .field_count = 3},
				{.type = -1, .type_name = "UNHEARD_OF", .field_count = 2},
			},
		.arguments = {value, {"run", 3}},
		.keys = {value, {"docker_config", 13}},
	};
	sample->call[VALUE_FIELD].raw = sample->call[VALUE_FIELD].value = value;
	sample->path[VALUE_FIELD].raw = sample->path[VALUE_FIELD].value = value;
	sample->title[VALUE_FIELD].raw = sample->title[VALUE_FIELD].value = value;
	sample->records[0].fields = sample->call;
	sample->records[2].fields = sample->path;
	sample->records[3].fields = sample->title;
	for (size_t i = 0; i < 4; i++)
		sample->records[i].line = value;
	sample->paths[0] = (struct event_path){.name = value, .nametype = {"CREATE", 6}};
	sample->event = (struct event){
		.records = sample->records,
		.record_count = 4,
		.syscall = 257,
		.syscall_name = "openat",
		.outcome = EVENT_SUCCESS,
		.uid = -1,
		.exe = value,
		.cwd = {"/etc/docker", 11},
		.arguments = sample->arguments,
		.argument_count = 2,
		.keys = sample->keys,
		.key_count = 2,
		.paths = sample->paths,
		.path_count = 1,
		.socket = {.family = 2, .address = value, .port = 4444},
	};
}

static void run_rule(const struct sigma_rule *rule, struct sample *sample)
{
	struct sigma_matcher matcher = SIGMA_MATCHER_INIT;
	struct sigma_guards *guards = sigma_guards_new();

	FUZZ_REQUIRE(guards && sigma_guards_add(guards, rule) == 0);
	/* as an execution, with a call that has no name, and as a connection */
	for (int round = 0; round < 3; round++) {
		bool matched;

		sample->event.syscall_name = round == 0 ? "openat" : round == 1 ? NULL : "connect";
		sample->event.key_count = round == 1 ? 0 : 2;
		sigma_guards_look(guards, &sample->event);
		sigma_matcher_event(&matcher, &sample->event);
		matched = sigma_match(&matcher, rule);
		FUZZ_REQUIRE(!matcher.out_of_memory);
		FUZZ_REQUIRE(!matched || sigma_guards_pass(guards, 0));
	}
	sigma_guards_free(guards);
	sigma_matcher_done(&matcher);
}

/* Reads one document. Returns whether there was one. */
static bool run_document(struct sigma_yaml *yaml, struct sample *sample)
{
	CLEANUP(diagnostics_done) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	CLEANUP(arena_done) struct arena arena = ARENA_INIT;
	const struct sigma_node *document = NULL;
	struct sigma_rule *rule = NULL;
	struct error error = ERROR_INIT;
	enum sigma_yaml_result result =
		sigma_yaml_next(yaml, &arena, &document, &diagnostics, &error);

	FUZZ_REQUIRE(result != SIGMA_YAML_FAILED);
	if (result == SIGMA_YAML_END)
		return false;
	if (result == SIGMA_YAML_DOCUMENT)
		FUZZ_REQUIRE(sigma_rule_compile(document, "fuzz", &rule, &diagnostics, &error) ==
			     0);
	arena_done(&arena); /* a rule must not need its document */
	FUZZ_REQUIRE(diagnostics.count == (rule ? 0 : 1));
	if (rule)
		run_rule(rule, sample);
	sigma_rule_free(rule);
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *bytes = (const char *)data;
	const char *end = size ? memchr(bytes, '\0', size) : NULL;
	size_t length = end ? (size_t)(end - bytes) : size;
	struct slice value = {"docker run --privileged", 23};
	struct sigma_yaml *yaml = sigma_yaml_new("fuzz", bytes, length);
	struct sample sample;

	if (end)
		value = (struct slice){end + 1, size - length - 1};
	FUZZ_REQUIRE(yaml != NULL);
	fill(&sample, value);
	while (run_document(yaml, &sample))
		continue;
	sigma_yaml_free(yaml);
	return 0;
}
