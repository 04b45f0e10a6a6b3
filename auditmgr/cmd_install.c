#include "auditmgr/commands.h"

#include "auditmgr/plan_output.h"
#include "auditmgr/rules_file.h"
#include "common/json_output.h"
#include "common/output_format.h"

#include <sys/stat.h>

static const struct option_spec options[] = {
	HOST_OPTION_SPECS,
	CATALOGUE_OPTION_SPEC,
	{"no-load", 0, NULL, "on this host: write the file, load nothing into the kernel"},
	{"format", 0, "FORMAT", "text (default) or json (schema/install.schema.json)"},
};

static size_t left_out(const struct host_plan *host_plan)
{
	return host_plan->resolution.count - host_plan->resolution.rules.count;
}

static void print_text(const struct host_plan *host_plan, const struct rules_file_result *result)
{
	const struct plan *plan = &host_plan->plan;

	if (result->changed)
		(void)printf("%s: written: %zu rules added, %zu removed, %zu were there\n",
			     RULES_FILE_PATH, plan->counts[PLAN_ADD], plan->counts[PLAN_REMOVE],
			     plan->counts[PLAN_KEEP]);
	else
		(void)printf("%s: no change: all %zu rules are there\n", RULES_FILE_PATH,
			     plan->counts[PLAN_KEEP]);
	if (result->kept_previous)
		(void)printf("%s: the file before\n", RULES_FILE_PREVIOUS);
	if (left_out(host_plan))
		(void)printf("%zu rules don't apply to this host (`auditmgr plan` lists them)\n",
			     left_out(host_plan));
	if (result->changed)
		(void)puts("nothing was loaded: augenrules --load does, or the next boot");
	diagnostics_print(&plan->warnings, stdout);
}

static int print_json(const struct host_plan *host_plan, const struct rules_file_result *result,
		      struct error *error)
{
	const struct plan *plan = &host_plan->plan;
	const char *root = host_plan->host.root.path;
	CLEANUP(json_done)
	json_t *object = json_pack(
		"{s:o, s:s, s:b, s:s?, s:I, s:I, s:I, s:I, s:o}", "root",
		json_untrusted_string(root[0] ? root : "/"), "file", RULES_FILE_PATH, "changed",
		result->changed, "previous", result->kept_previous ? RULES_FILE_PREVIOUS : NULL,
		"add", (json_int_t)plan->counts[PLAN_ADD], "remove",
		(json_int_t)plan->counts[PLAN_REMOVE], "keep", (json_int_t)plan->counts[PLAN_KEEP],
		"left_out", (json_int_t)left_out(host_plan), "warnings",
		plan_output_diagnostics(&plan->warnings));

	if (!object)
		return error_set_memory(error, "cannot print the result");
	return json_write_indented(stdout, object, error);
}

/* Writing into what is no host's tree would make one, and the next discovery would find it. */
static int check_tree(const struct host_root *root, struct error *error)
{
	CLEANUP(host_place_done) struct host_place place = HOST_PLACE_INIT;

	if (host_root_look(root, "/etc", true, &place))
		return error_set_memory(error, "cannot install");
	if (place.state == PLACE_FOUND && S_ISDIR(place.mode))
		return 0;
	return error_set(error, ERROR_INPUT, "cannot install", root->path[0] ? root->path : "/",
			 "it has no directory etc: it is no host's file tree");
}

static int install(const struct host_plan *host_plan, enum output_format format,
		   struct error *error)
{
	struct rules_file_result result;

	if (check_tree(&host_plan->host.root, error) ||
	    rules_file_write(&host_plan->host.root, &host_plan->plan, &host_plan->installed,
			     &result, error))
		return -1;
	if (format == OUTPUT_JSON)
		return print_json(host_plan, &result, error);
	print_text(host_plan, &result);
	return 0;
}

static int check_usage(const struct invocation *invocation, struct error *error)
{
	if (invocation->operand_count)
		return error_set(error, ERROR_INPUT, "unexpected operand", invocation->operands[0],
				 "install takes options only");
	if (invocation_has(invocation, "root") || invocation_has(invocation, "no-load"))
		return 0;
	error_set(error, ERROR_INPUT, "cannot load rules into the kernel", "install",
		  "this version writes files only");
	return error_set_remedy(error,
				"auditmgr install --no-load for this host, --root DIR for an "
				"image");
}

static enum exit_status run(const struct invocation *invocation, struct error *error)
{
	enum output_format format;
	enum exit_status status;
	struct host_plan host_plan;

	if (check_usage(invocation, error) ||
	    output_format_parse(invocation_value(invocation, "format"), OUTPUT_TEXT | OUTPUT_JSON,
				&format, error))
		return error_exit_status(error);
	status = host_plan_make(&host_plan, invocation, error) || install(&host_plan, format, error)
			 ? error_exit_status(error)
			 : EXIT_HOLDS;
	host_plan_done(&host_plan);
	return status;
}

const struct command command_install = {
	.name = "install",
	.operands = "",
	.summary = "puts the rules for a host into its /etc/audit/rules.d",
	.details = "Writes /etc/audit/rules.d/50-docker.rules (mode 0640), whole or not at all, in "
		   "plain "
		   "auditctl\nsyntax that augenrules and auditctl load without auditmgr. The file "
		   "before "
		   "is kept as\n50-docker.rules.prev. Where nothing has changed nothing is "
		   "written. Rules "
		   "that another file\nsays already are left out of ours: the kernel refuses a "
		   "rule that it "
		   "has, and auditctl may\nstop there.",
	.examples = "  $ auditmgr install --root /srv/image\n"
		    "  $ auditmgr install --no-load && augenrules --load",
	.options = options,
	.option_count = sizeof(options) / sizeof(options[0]),
	.run = run,
};
