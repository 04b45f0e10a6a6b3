#include "auditmgr/commands.h"

#include "auditmgr/host_plan.h"
#include "auditmgr/plan_output.h"
#include "auditmgr/wrapped_output.h"
#include "common/escape.h"
#include "common/json_output.h"
#include "common/output_format.h"

#include <string.h>

static const struct option_spec options[] = {
	HOST_OPTION_SPECS,
	{"format", 0, "FORMAT", "text (default) or json (schema/discover.schema.json)"},
};

static void print_fact(const struct fact *fact, FILE *stream)
{
	CLEANUP(text_done) struct text about = TEXT_INIT;
	const char *kind = fact_kind_name(fact->kind);
	char lead[40];
	int failed;

	(void)snprintf(lead, sizeof(lead), "  %-24s ", host_role_name(fact->role));
	wrapped_print(stream, lead, 27, fact->path);
	failed = text_append_format(
		&about, "%s (%s", fact->state == PLACE_FOUND ? kind : place_state_name(fact->state),
		fact->source);
	if (fact->target)
		failed |= text_append_format(&about, "; leads to %s", fact->target);
	if (fact->state == PLACE_UNKNOWN)
		failed |= text_append_format(&about, "; %s", strerror(fact->error_number));
	if (failed || text_append_char(&about, ')'))
		return;
	wrapped_print(stream, "                             ", 31, text_string(&about));
}

static void print_text(const struct host *host, FILE *stream)
{
	const char *group = "";

	(void)fprintf(stream, "machine %s (%s), rules for %s%s%s\n", host->machine.name,
		      host->machine.source, host->machine.b64 >= 0 ? "b64" : "",
		      host->machine.b64 >= 0 && host->machine.b32 >= 0 ? " and " : "",
		      host->machine.b32 >= 0 ? "b32" : "");
	for (size_t i = 0; i < host->fact_count; i++) {
		const struct fact *fact = &host->facts[i];

		if (strcmp(group, host_role_group(fact->role)) != 0) {
			group = host_role_group(fact->role);
			(void)fprintf(stream, "\n%s\n", group);
		}
		print_fact(fact, stream);
	}
	if (host->notes.count == 0)
		return;
	(void)fputs("\nodd\n", stream);
	diagnostics_print(&host->notes, stream);
}

static json_t *fact_json(const struct fact *fact)
{
	json_t *object = json_object();
	int failed =
		json_object_set_new(object, "role", json_string(host_role_name(fact->role))) |
		json_object_set_new(object, "group", json_string(host_role_group(fact->role))) |
		json_object_set_new(object, "path", json_untrusted_string(fact->path)) |
		json_object_set_new(object, "target", json_untrusted_string(fact->target)) |
		json_object_set_new(object, "state", json_string(place_state_name(fact->state))) |
		json_object_set_new(object, "kind",
				    fact->kind == FACT_NONE
					    ? json_null()
					    : json_string(fact_kind_name(fact->kind))) |
		json_object_set_new(object, "source", json_untrusted_string(fact->source));

	if (!failed)
		return object;
	json_decref(object);
	return NULL;
}

static json_t *host_json(const struct host *host)
{
	json_t *facts = json_array();
	json_t *object;
	int failed = 0;

	for (size_t i = 0; i < host->fact_count; i++)
		failed |= json_array_append_new(facts, fact_json(&host->facts[i]));
	object = json_pack("{s:o, s:{s:s, s:s, s:b, s:b}, s:o, s:o}", "root",
			   json_untrusted_string(host->root.path[0] ? host->root.path : "/"),
			   "machine", "name", host->machine.name, "source", host->machine.source,
			   "b64", host->machine.b64 >= 0, "b32", host->machine.b32 >= 0, "facts",
			   facts, "notes", plan_output_diagnostics(&host->notes));
	if (!failed)
		return object;
	json_decref(object);
	return NULL;
}

static enum exit_status run(const struct invocation *invocation, struct error *error)
{
	const struct host_options host_options = host_plan_options(invocation);
	enum output_format format;
	CLEANUP(host_done) struct host host = {.root = HOST_ROOT_INIT};

	if (invocation->operand_count) {
		error_set(error, ERROR_INPUT, "unexpected operand", invocation->operands[0],
			  "discover takes options only");
		return EXIT_BAD_INPUT;
	}
	if (output_format_parse(invocation_value(invocation, "format"), OUTPUT_TEXT | OUTPUT_JSON,
				&format, error) ||
	    host_discover(&host, &host_options, error))
		return error_exit_status(error);
	if (format == OUTPUT_TEXT) {
		print_text(&host, stdout);
	} else {
		CLEANUP(json_done) json_t *object = host_json(&host);

		if (!object)
			error_set_memory(error, "cannot print the host");
		else if (json_write_indented(stdout, object, error))
			return error_exit_status(error);
	}
	return error_exit_status(error);
}

const struct command command_discover = {
	.name = "discover",
	.operands = "",
	.summary = "what there is of Docker on a host, and how each is known",
	.details = "Reads files only: no service is asked, and nothing is changed. What was looked "
		   "for "
		   "and is\nnot there is listed as well. Exits 0 whatever it found.",
	.examples = "  $ auditmgr discover\n"
		    "  $ auditmgr discover --root /srv/image --format json | jq '.facts[] | "
		    "select(.role == \"data_root\")'",
	.options = options,
	.option_count = sizeof(options) / sizeof(options[0]),
	.run = run,
};
