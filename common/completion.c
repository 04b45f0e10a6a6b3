#include "common/completion.h"

#include <string.h>

static void print_bash(const struct program *program, FILE *stream)
{
	(void)fprintf(stream,
		      "_%s() {\n"
		      "  local word=${COMP_WORDS[COMP_CWORD]} options=\n"
		      "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
		      "    mapfile -t COMPREPLY < <(compgen -W '",
		      program->name);
	for (size_t i = 0; i < program->command_count; i++)
		(void)fprintf(stream, "%s ", program->commands[i]->name);
	(void)fputs("completion help' -- \"$word\")\n    return\n  fi\n"
		    "  case ${COMP_WORDS[1]} in\n",
		    stream);
	for (size_t i = 0; i < program->command_count; i++) {
		const struct command *command = program->commands[i];

		(void)fprintf(stream, "    %s) options='--help", command->name);
		for (size_t j = 0; j < command->option_count; j++)
			(void)fprintf(stream, " --%s", command->options[j].name);
		(void)fputs("' ;;\n", stream);
	}
	(void)fprintf(stream,
		      "  esac\n"
		      "  case $word in\n"
		      "    -*) mapfile -t COMPREPLY < <(compgen -W \"$options\" -- \"$word\") ;;\n"
		      "    *) mapfile -t COMPREPLY < <(compgen -f -- \"$word\") ;;\n"
		      "  esac\n"
		      "}\n"
		      "complete -o filenames -F _%s %s\n",
		      program->name, program->name);
}

/* zsh runs bash's script through its own compatibility layer */
static void print_zsh(const struct program *program, FILE *stream)
{
	(void)fputs("autoload -U +X bashcompinit && bashcompinit\n", stream);
	print_bash(program, stream);
}

static void print_fish_text(const char *text, FILE *stream)
{
	(void)fputc('\'', stream);
	for (; *text; text++) {
		if (*text == '\'' || *text == '\\')
			(void)fputc('\\', stream);
		(void)fputc(*text, stream);
	}
	(void)fputc('\'', stream);
}

static void print_fish(const struct program *program, FILE *stream)
{
	for (size_t i = 0; i < program->command_count; i++) {
		const struct command *command = program->commands[i];

		(void)fprintf(stream, "complete -c %s -n __fish_use_subcommand -f -a %s -d ",
			      program->name, command->name);
		print_fish_text(command->summary, stream);
		(void)fputc('\n', stream);
		for (size_t j = 0; j < command->option_count; j++) {
			const struct option_spec *spec = &command->options[j];

			(void)fprintf(
				stream,
				"complete -c %s -n '__fish_seen_subcommand_from %s' -l %s%s -d ",
				program->name, command->name, spec->name,
				spec->argument ? " -r" : "");
			print_fish_text(spec->help, stream);
			(void)fputc('\n', stream);
		}
	}
}

enum exit_status completion_print(const struct program *program, const char *shell, FILE *stream,
				  struct error *error)
{
	if (strcmp(shell, "--help") == 0 || strcmp(shell, "-h") == 0)
		(void)fprintf(
			stream,
			"Usage: %s completion [bash|zsh|fish]\n\nPrints the completion script "
			"of a shell, bash by default.\n\nExamples:\n  $ %s completion bash > "
			"/etc/bash_completion.d/%s\n",
			program->name, program->name, program->name);
	else if (strcmp(shell, "bash") == 0)
		print_bash(program, stream);
	else if (strcmp(shell, "zsh") == 0)
		print_zsh(program, stream);
	else if (strcmp(shell, "fish") == 0)
		print_fish(program, stream);
	else
		error_set(error, ERROR_INPUT, "no completion for this shell", shell,
			  "bash, zsh and fish have one");
	return error_exit_status(error);
}
