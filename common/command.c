#include "common/command.h"

#include "common/completion.h"
#include "common/manual.h"

#include <errno.h>
#include <getopt.h>
#include <string.h>

enum {
	LONG_ONLY = 256,
	HELP_OPTION = 1024
};

const char *invocation_nth(const struct invocation *invocation, const char *name, size_t index)
{
	for (size_t i = 0; i < invocation->value_count; i++) {
		if (strcmp(invocation->values[i].spec->name, name) != 0)
			continue;
		if (index == 0)
			return invocation->values[i].value;
		index--;
	}
	return NULL;
}

const char *invocation_value(const struct invocation *invocation, const char *name)
{
	for (size_t i = invocation->value_count; i > 0; i--)
		if (strcmp(invocation->values[i - 1].spec->name, name) == 0)
			return invocation->values[i - 1].value;
	return NULL;
}

bool invocation_has(const struct invocation *invocation, const char *name)
{
	for (size_t i = 0; i < invocation->value_count; i++)
		if (strcmp(invocation->values[i].spec->name, name) == 0)
			return true;
	return false;
}

static void print_program_help(const struct program *program, FILE *stream)
{
	(void)fprintf(stream, "%s: %s\n\nUsage: %s VERB [OPTION...] [OPERAND...]\n\nVerbs:\n",
		      program->name, program->summary, program->name);
	for (size_t i = 0; i < program->command_count; i++)
		(void)fprintf(stream, "  %-12s %s\n", program->commands[i]->name,
			      program->commands[i]->summary);
	(void)fprintf(stream, "  %-12s %s\n", "completion",
		      "print a completion script for bash, zsh or fish");
	(void)fprintf(stream, "  %-12s %s\n\n", "manual", "print the manual page, in mdoc");
	(void)fprintf(stream, "`%s VERB --help` explains a verb, with examples.\n", program->name);
}

static void print_option_help(const struct option_spec *spec, FILE *stream)
{
	char left[64];

	(void)snprintf(left, sizeof(left), "%c%c%s --%s%s%s", spec->letter ? '-' : ' ',
		       spec->letter ? spec->letter : ' ', spec->letter ? "," : " ", spec->name,
		       spec->argument ? " " : "", spec->argument ? spec->argument : "");
	(void)fprintf(stream, "  %-30s %s\n", left, spec->help);
}

static void print_command_help(const struct program *program, const struct command *command,
			       FILE *stream)
{
	(void)fprintf(stream, "%s %s: %s\n\nUsage: %s %s [OPTION...]%s%s\n", program->name,
		      command->name, command->summary, program->name, command->name,
		      command->operands[0] ? " " : "", command->operands);
	if (command->details)
		(void)fprintf(stream, "\n%s\n", command->details);
	(void)fputs("\nOptions:\n", stream);
	for (size_t i = 0; i < command->option_count; i++)
		print_option_help(&command->options[i], stream);
	(void)fprintf(stream, "  %-30s %s\n", "-h, --help", "show this text");
	if (command->examples)
		(void)fprintf(stream, "\nExamples:\n%s\n", command->examples);
}

static const struct command *find_command(const struct program *program, const char *name)
{
	for (size_t i = 0; i < program->command_count; i++)
		if (strcmp(program->commands[i]->name, name) == 0)
			return program->commands[i];
	return NULL;
}

/* getopt's tables, made from ours: option i answers with its letter, or LONG_ONLY + i */
static void fill_getopt_tables(const struct command *command, struct option *longs, char *shorts)
{
	size_t at = 0;

	shorts[at++] = ':'; /* a missing argument answers ':' instead of printing */
	shorts[at++] = 'h';
	for (size_t i = 0; i < command->option_count; i++) {
		const struct option_spec *spec = &command->options[i];

		longs[i] = (struct option){
			.name = spec->name,
			.has_arg = spec->argument ? required_argument : no_argument,
			.val = LONG_ONLY + (int)i,
		};
		if (!spec->letter)
			continue;
		shorts[at++] = spec->letter;
		if (spec->argument)
			shorts[at++] = ':';
	}
	shorts[at] = '\0';
	longs[command->option_count] = (struct option){.name = "help", .val = HELP_OPTION};
}

static const struct option_spec *find_option(const struct command *command, int answer)
{
	if (answer >= LONG_ONLY && (size_t)(answer - LONG_ONLY) < command->option_count)
		return &command->options[answer - LONG_ONLY];
	for (size_t i = 0; i < command->option_count; i++)
		if (command->options[i].letter == answer)
			return &command->options[i];
	return NULL;
}

static int parse_options(struct invocation *invocation, int argc, char **argv, bool *help,
			 struct error *error)
{
	const struct command *command = invocation->command;
	CLEANUP(free_pointer)
	struct option *longs = calloc(command->option_count + 2, sizeof(*longs));
	CLEANUP(free_pointer) char *shorts = calloc(command->option_count + 2, 2);
	int answer;

	if (!longs || !shorts)
		return error_set_memory(error, "cannot read the command line");
	fill_getopt_tables(command, longs, shorts);
	opterr = 0;
	while ((answer = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
		const struct option_spec *spec;

		if (answer == HELP_OPTION || answer == 'h') {
			*help = true;
			return 0;
		}
		spec = find_option(command, answer);
		if (!spec) {
			error_set(error, ERROR_INPUT,
				  answer == ':' ? "option needs a value" : "unknown option",
				  argv[optind - 1], "%s", "see the options that the verb takes");
			return error_set_remedy(error, "%s %s --help", invocation->program->name,
						command->name);
		}
		invocation->values[invocation->value_count++] = (struct option_value){
			.spec = spec, .value = spec->argument ? optarg : NULL};
	}
	invocation->operands = argv + optind;
	invocation->operand_count = (size_t)(argc - optind);
	return 0;
}

static enum exit_status run_command(const struct program *program, const struct command *command,
				    int argc, char **argv, struct error *error)
{
	CLEANUP(free_pointer)
	struct option_value *values = calloc((size_t)argc, sizeof(*values));
	struct invocation invocation = {.program = program, .command = command, .values = values};
	bool help = false;

	if (!values) {
		error_set_memory(error, "cannot read the command line");
		return EXIT_SYSTEM;
	}
	if (parse_options(&invocation, argc, argv, &help, error))
		return error_exit_status(error);
	if (help) {
		print_command_help(program, command, stdout);
		return EXIT_HOLDS;
	}
	return command->run(&invocation, error);
}

static enum exit_status answer_help(const struct program *program, int argc, char **argv,
				    struct error *error)
{
	const struct command *command;

	if (argc < 3) {
		print_program_help(program, stdout);
		return EXIT_HOLDS;
	}
	command = find_command(program, argv[2]);
	if (!command) {
		error_set(error, ERROR_INPUT, "unknown verb", argv[2], "there is no such verb");
		return EXIT_BAD_INPUT;
	}
	print_command_help(program, command, stdout);
	return EXIT_HOLDS;
}

static enum exit_status dispatch(const struct program *program, int argc, char **argv,
				 struct error *error)
{
	const struct command *command;

	if (argc < 2) {
		print_program_help(program, stderr);
		return EXIT_BAD_INPUT;
	}
	if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") || !strcmp(argv[1], "help"))
		return answer_help(program, argc, argv, error);
	if (!strcmp(argv[1], "--version")) {
		(void)printf("%s %s\n", program->name, AUDITMGR_VERSION);
		return EXIT_HOLDS;
	}
	if (!strcmp(argv[1], "completion"))
		return completion_print(program, argc > 2 ? argv[2] : "bash", stdout, error);
	if (!strcmp(argv[1], "manual") && argc > 2 &&
	    (!strcmp(argv[2], "--help") || !strcmp(argv[2], "-h"))) {
		(void)printf("Usage: %s manual\n\nPrints the manual page, in mdoc.\n\nExamples:\n"
			     "  $ %s manual | man -l -\n",
			     program->name, program->name);
		return EXIT_HOLDS;
	}
	if (!strcmp(argv[1], "manual")) {
		manual_print(program, stdout);
		return EXIT_HOLDS;
	}
	command = find_command(program, argv[1]);
	if (!command) {
		error_set(error, ERROR_INPUT, "unknown verb", argv[1], "there is no such verb");
		error_set_remedy(error, "%s --help", program->name);
		return EXIT_BAD_INPUT;
	}
	return run_command(program, command, argc - 1, argv + 1, error);
}

int program_main(const struct program *program, int argc, char **argv)
{
	struct error error = ERROR_INIT;
	enum exit_status status = dispatch(program, argc, argv, &error);

	/* a result that did not reach its reader is a failure, except where the reader left */
	errno = 0;
	if ((fflush(stdout) || ferror(stdout)) && errno != EPIPE && error.kind == ERROR_NONE)
		error_set_errno(&error, errno ? errno : EIO, "cannot write the result",
				"standard output");
	if (error.kind == ERROR_NONE)
		return (int)status;
	error_print(&error, program->name, stderr);
	return (int)error_exit_status(&error);
}
