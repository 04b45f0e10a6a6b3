#include "auditmgr/commands.h"

#include "auditmgr/lint.h"
#include "common/json_output.h"
#include "common/output_format.h"

#include <libaudit.h>

static const struct option_spec options[] = {
	{"format", 0, "FORMAT", "how to print: text (default) or json"},
	{"machine", 0, "NAME", "whose system calls: x86_64, aarch64, ... (default: this one's)"},
	{"root", 0, "DIR", "the tree whose users, groups and directories the rules are about"},
	{"strict", 0, NULL, "exit 1 on warnings too"},
};

static int append_diagnostic(json_t *list, const struct diagnostic *item)
{
	json_t *entry = json_pack(
		"{s:s, s:o, s:i, s:i, s:o, s:o}", "level", diagnostic_level_name(item->level),
		"file", json_untrusted_string(item->file), "line", (int)item->line, "column",
		(int)item->column, "what", json_untrusted_string(item->what), "why",
		json_untrusted_string(item->why));

	return entry ? json_array_append_new(list, entry) : -1;
}

static int print_json(const struct lint *lint, struct error *error)
{
	CLEANUP(json_done) json_t *list = json_array();
	CLEANUP(json_done) json_t *result = NULL;

	for (size_t i = 0; i < lint->diagnostics.count; i++)
		if (append_diagnostic(list, &lint->diagnostics.items[i]))
			return error_set_memory(error, "cannot write the result");
	result = json_pack("{s:I, s:I, s:I, s:I, s:O}", "files", (json_int_t)lint->files,
			   "statements", (json_int_t)lint->set.count, "errors",
			   (json_int_t)lint_count(lint, DIAGNOSTIC_ERROR), "warnings",
			   (json_int_t)lint_count(lint, DIAGNOSTIC_WARNING), "diagnostics", list);
	if (!result)
		return error_set_memory(error, "cannot write the result");
	return json_write_line(stdout, result, error);
}

static void print_text(const struct lint *lint)
{
	diagnostics_print(&lint->diagnostics, stdout);
	(void)printf("files: %zu, statements: %zu, errors: %zu, warnings: %zu\n", lint->files,
		     lint->set.count, lint_count(lint, DIAGNOSTIC_ERROR),
		     lint_count(lint, DIAGNOSTIC_WARNING));
}

static int read_options(const struct invocation *invocation, struct host_root *root,
			struct rule_parse_options *parse, struct error *error)
{
	const char *machine = invocation_value(invocation, "machine");
	const char *tree = invocation_value(invocation, "root");

	*parse = rule_parse_defaults();
	if (tree && host_root_open(root, tree, error))
		return -1;
	if (tree)
		parse->host = rule_host_tree(root, parse->host.machine);
	if (!machine)
		return 0;
	parse->host.machine = audit_name_to_machine(machine);
	if (parse->host.machine < 0)
		return error_set(error, ERROR_INPUT, "bad --machine", machine,
				 "libaudit knows no machine of that name");
	return 0;
}

static int check_operands(const struct invocation *invocation, struct lint *lint,
			  const struct rule_parse_options *parse, struct error *error)
{
	if (invocation->operand_count == 0) {
		error_set(error, ERROR_INPUT, "nothing to do", "", "no rule file is given");
		return error_set_remedy(error, "auditmgr lint /etc/audit/rules.d");
	}
	for (size_t i = 0; i < invocation->operand_count; i++)
		if (lint_read(lint, invocation->operands[i], parse, error))
			return -1;
	return lint_check(lint, parse, error);
}

static enum exit_status run(const struct invocation *invocation, struct error *error)
{
	CLEANUP(host_root_done) struct host_root root = HOST_ROOT_INIT;
	CLEANUP(lint_done) struct lint lint = LINT_INIT;
	struct rule_parse_options parse;
	enum output_format format;
	size_t faults;

	if (output_format_parse(invocation_value(invocation, "format"), OUTPUT_TEXT | OUTPUT_JSON,
				&format, error) ||
	    read_options(invocation, &root, &parse, error) ||
	    check_operands(invocation, &lint, &parse, error))
		return error_exit_status(error);
	if (format == OUTPUT_TEXT)
		print_text(&lint);
	else if (print_json(&lint, error))
		return error_exit_status(error);
	faults = lint_count(&lint, DIAGNOSTIC_ERROR);
	if (invocation_has(invocation, "strict"))
		faults += lint_count(&lint, DIAGNOSTIC_WARNING);
	return faults ? EXIT_DOES_NOT_HOLD : EXIT_HOLDS;
}

const struct command command_lint = {
	.name = "lint",
	.operands = "FILE|DIR...",
	.summary = "say what is wrong with audit rule files, line by line",
	.details =
		"Reads rule files in auditctl's syntax and prints file:line:column: what: why for "
		"each line that\n"
		"auditctl or the kernel would refuse, and a warning for each rule that loads and "
		"does not do what it\n"
		"looks like: it can never match, an earlier rule shadows it, it costs too much. A "
		"directory stands for\n"
		"its *.rules files in augenrules' order. All operands are one set of rules, in the "
		"order given.\n"
		"The kernel is not asked. Exit status: 0 no error, 1 errors (with --strict, or "
		"warnings), 2 a file\n"
		"can't be read.",
	.examples = "  $ auditmgr lint /etc/audit/rules.d\n"
		    "  $ auditmgr lint --strict --format json docker.rules\n"
		    "  $ auditmgr lint --root /mnt/image --machine aarch64 "
		    "/mnt/image/etc/audit/rules.d",
	.options = options,
	.option_count = sizeof(options) / sizeof(options[0]),
	.run = run,
};
