#include "common/manual.h"

#include <ctype.h>
#include <string.h>

/* Text for mdoc: a backslash, and a line's leading dot or apostrophe, would be taken for a request.
 */
static void print_text(const char *text, FILE *stream)
{
	bool line_begins = true;

	for (; *text; text++) {
		if (line_begins && (*text == '.' || *text == '\''))
			(void)fputs("\\&", stream);
		if (*text == '\\')
			(void)fputs("\\e", stream);
		else if (*text == '-')
			(void)fputs("\\-", stream); /* not a hyphen: it is to be copied */
		else
			(void)fputc(*text, stream);
		line_begins = *text == '\n';
	}
}

static void print_paragraphs(const char *text, FILE *stream)
{
	for (; *text; text++) {
		const char *end = strchr(text, '\n');
		size_t length = end ? (size_t)(end - text) : strlen(text);
		char line[256];

		if (length == 0) {
			(void)fputs(".Pp\n", stream);
			continue;
		}
		(void)snprintf(line, sizeof(line), "%.*s", (int)length, text);
		print_text(line, stream);
		(void)fputc('\n', stream);
		text += length;
		if (!*text)
			break;
	}
}

static void print_upper(const char *text, FILE *stream)
{
	for (; *text; text++)
		(void)fputc(toupper((unsigned char)*text), stream);
}

static void print_option(const struct option_spec *spec, FILE *stream)
{
	(void)fputs(".It ", stream);
	if (spec->letter)
		(void)fprintf(stream, "Fl %c , ", spec->letter);
	(void)fprintf(stream, "Fl \\-%s", spec->name);
	if (spec->argument)
		(void)fprintf(stream, " Ar %s", spec->argument);
	(void)fputc('\n', stream);
	print_text(spec->help, stream);
	(void)fputc('\n', stream);
}

static void print_command(const struct command *command, FILE *stream)
{
	(void)fprintf(stream, ".Ss %s\n", command->name);
	print_text(command->summary, stream);
	(void)fprintf(stream, "\n.Pp\n.Nm\n.Cm %s\n.Op Ar option ...\n", command->name);
	if (command->operands[0])
		(void)fprintf(stream, ".Ar %s\n", command->operands);
	if (command->details) {
		(void)fputs(".Pp\n", stream);
		print_paragraphs(command->details, stream);
	}
	if (command->option_count) {
		(void)fputs(".Bl -tag -width Ds\n", stream);
		for (size_t i = 0; i < command->option_count; i++)
			print_option(&command->options[i], stream);
		(void)fputs(".El\n", stream);
	}
	if (command->examples) {
		(void)fputs(".Pp\nExamples:\n.Bd -literal\n", stream);
		print_text(command->examples, stream);
		(void)fputs("\n.Ed\n", stream);
	}
}

static void print_statuses(FILE *stream)
{
	(void)fputs(".Sh EXIT STATUS\n.Bl -tag -width Ds\n"
		    ".It 0\nIt holds: nothing is wrong, nothing was found, nothing is to be done.\n"
		    ".It 1\nIt does not hold: faults, findings, changes to be made.\n"
		    ".It 2\nBad usage or input.\n"
		    ".It 3\nThe system refused: permission, disk, memory.\n.El\n",
		    stream);
}

void manual_print(const struct program *program, FILE *stream)
{
	/* the page is part of a build that is to come out the same every time: no date of the day
	 */
	(void)fputs(".Dd November 25, 2026\n.Dt ", stream);
	print_upper(program->name, stream);
	(void)fprintf(stream, " 8\n.Os auditmgr %s\n.Sh NAME\n.Nm %s\n.Nd ", AUDITMGR_VERSION,
		      program->name);
	print_text(program->summary, stream);
	(void)fprintf(stream,
		      "\n.Sh SYNOPSIS\n.Nm\n.Ar verb\n.Op Ar option ...\n.Op Ar operand ...\n"
		      ".Sh DESCRIPTION\nOptions come after the verb.\n.Nm\n.Ar verb\n.Fl \\-help\n"
		      "shows the same as this page says of a verb;\n.Nm\n.Cm completion\n"
		      ".Ar bash | zsh | fish\nprints a completion script.\n.Sh VERBS\n");
	for (size_t i = 0; i < program->command_count; i++)
		print_command(program->commands[i], stream);
	print_statuses(stream);
	(void)fputs(".Sh SEE ALSO\n.Xr auditctl 8 ,\n.Xr auditd 8 ,\n.Xr audit.rules 7 ,\n"
		    ".Xr ausearch 8\n",
		    stream);
}
