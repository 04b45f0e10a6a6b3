#include "auditmgr/commands.h"

#include "auditmgr/plan_output.h"
#include "common/json_output.h"
#include "common/output_format.h"

static const struct option_spec options[] = {
	HOST_OPTION_SPECS,
	CATALOGUE_OPTION_SPEC,
	{"format", 0, "FORMAT", "text (default) or json (schema/plan.schema.json)"},
};

static int print_json(const struct host_plan *host_plan, struct error *error)
{
	CLEANUP(json_done) json_t *object = plan_output_json(host_plan);

	if (!object)
		return error_set_memory(error, "cannot print the plan");
	return json_write_indented(stdout, object, error);
}

static enum exit_status print_plan(const struct host_plan *host_plan, enum output_format format,
				   struct error *error)
{
	if (format == OUTPUT_TEXT)
		plan_output_text(host_plan, stdout);
	else if (print_json(host_plan, error))
		return error_exit_status(error);
	return host_plan->plan.file_changes ? EXIT_DOES_NOT_HOLD : EXIT_HOLDS;
}

static enum exit_status run(const struct invocation *invocation, struct error *error)
{
	enum output_format format;
	enum exit_status status;
	struct host_plan host_plan;

	if (invocation->operand_count) {
		error_set(error, ERROR_INPUT, "unexpected operand", invocation->operands[0],
			  "plan takes options only");
		return EXIT_BAD_INPUT;
	}
	if (output_format_parse(invocation_value(invocation, "format"), OUTPUT_TEXT | OUTPUT_JSON,
				&format, error))
		return error_exit_status(error);
	status = host_plan_make(&host_plan, invocation, error)
			 ? error_exit_status(error)
			 : print_plan(&host_plan, format, error);
	host_plan_done(&host_plan);
	return status;
}

const struct command command_plan = {
	.name = "plan",
	.operands = "",
	.summary = "the change that install would make to a host's rules, a row a rule",
	.details =
		"Compares the catalogue, as it applies to the host, with what is in "
		"/etc/audit/rules.d:\n"
		"+ comes, - goes, = is there, in our file or covered by another one. Nothing is "
		"changed, and the\nrunning kernel is not asked. Exits 0 where install has nothing "
		"to do, 1 where it has.",
	.examples = "  $ auditmgr plan\n"
		    "  $ auditmgr plan --root /srv/image --format json | jq '.rows[] | "
		    "select(.change == \"add\").rule'",
	.options = options,
	.option_count = sizeof(options) / sizeof(options[0]),
	.run = run,
};
