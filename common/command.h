/*
 * Verbs and their options, as tables: parsing, --help, completion and the man pages' check all read
 * the same table. Options come after the verb.
 */
#ifndef COMMON_COMMAND_H
#define COMMON_COMMAND_H

#include "common/error.h"

#include <stdbool.h>

struct option_spec {
	const char *name;     /* long name without dashes */
	char letter;          /* short form, or 0 */
	const char *argument; /* what stands for the value in help ("FILE"), or NULL: a flag */
	const char *help;     /* one line */
};

struct invocation;

struct command {
	const char *name;
	const char *operands; /* "FILE..." as help shows them, or "" */
	const char *summary;  /* one line */
	const char *details;  /* a paragraph or more, or NULL */
	const char *examples; /* lines "  $ ...", or NULL */
	const struct option_spec *options;
	size_t option_count;
	/* Returns the exit status. A filled *error is printed by the caller and decides the status.
	 */
	enum exit_status (*run)(const struct invocation *invocation, struct error *error);
};

struct program {
	const char *name;
	const char *summary;
	const struct command *const *commands; /* in the order that help shows them */
	size_t command_count;
};

struct option_value {
	const struct option_spec *spec;
	const char *value; /* NULL for a flag */
};

struct invocation {
	const struct program *program;
	const struct command *command;
	struct option_value *values; /* in the order given */
	size_t value_count;
	char **operands;
	size_t operand_count;
};

/* The last value given for option `name`, or NULL. */
const char *invocation_value(const struct invocation *invocation, const char *name);

/* Whether option `name` was given. */
bool invocation_has(const struct invocation *invocation, const char *name);

/* The `index`-th value given for option `name` (from 0), or NULL past the last. */
const char *invocation_nth(const struct invocation *invocation, const char *name, size_t index);

/*
 * main() of a program: finds the verb, parses its options, runs it, prints the error it left, makes
 * sure that everything reached standard output. `--help`, `help [VERB]`, `--version`, `manual` and
 * `completion SHELL` are answered here. Returns the exit status.
 */
int program_main(const struct program *program, int argc, char **argv);

#endif
