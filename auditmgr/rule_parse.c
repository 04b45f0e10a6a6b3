#include "auditmgr/rule_parse.h"

#include "auditmgr/rule_builder.h"
#include "auditmgr/rule_control.h"
#include "auditmgr/rule_option.h"

/* one file, while it is read */
struct parsing {
	struct rule_set *set;
	const char *file; /* in the set's arena */
	const struct rule_parse_options *options;
	struct diagnostics *diagnostics;
	struct arena scratch; /* words of one line */
	struct error *error;
};

/* one line, while it is read */
struct line {
	struct parsing *parsing;
	unsigned number;
	unsigned column; /* of its first word */
	struct rule_builder builder;
	size_t first_statement; /* statements of the set before this line */
	bool faulty;
	bool ended;    /* by an option behind which auditctl reads no more */
	bool left_out; /* the machine lacks what the line is about */
};

struct rule_parse_options rule_parse_defaults(void)
{
	struct rule_parse_options options = {.host = rule_host_running()};

	return options;
}

static void parsing_done(struct parsing *parsing)
{
	arena_done(&parsing->scratch);
}

static int out_of_memory(struct parsing *parsing)
{
	return error_set_memory(parsing->error, "cannot read a rule file");
}

/* Adds a diagnostic; an error makes the line faulty. Returns 0, or -1 when out of memory. */
static int add(struct line *line, enum diagnostic_level level, unsigned column, const char *what,
	       const char *why)
{
	if (level == DIAGNOSTIC_ERROR)
		line->faulty = true;
	if (diagnostics_add(line->parsing->diagnostics, level, line->parsing->file, line->number,
			    column, what, "%s", why))
		return out_of_memory(line->parsing);
	return 0;
}

/* The text of an option and its value for a message: "-F auid>=x". In the scratch arena, or NULL.
 */
static const char *show(struct line *line, const struct rule_option *option, struct slice value)
{
	if (!value.bytes)
		return option->shown;
	return arena_format(&line->parsing->scratch, "%s %.*s", option->shown, (int)value.length,
			    value.bytes);
}

/*
 * What to do with `result` of a step that read `value`: 0 passes; an ERROR_INPUT becomes a
 * diagnostic and reading goes on; anything else is returned.
 */
static int settle(struct line *line, int result, const struct rule_option *option,
		  struct slice value, unsigned column)
{
	struct error *error = line->parsing->error;
	const char *what;

	if (result == 0)
		return 0;
	if (error->kind != ERROR_INPUT)
		return -1;
	what = show(line, option, value);
	if (!what)
		return out_of_memory(line->parsing);
	result = add(line, DIAGNOSTIC_ERROR, column, what, error->why);
	if (result == 0)
		*error = (struct error)ERROR_INIT;
	return result;
}

static int append_control(struct line *line, const struct rule_option *option,
			  struct rule_control control)
{
	struct parsing *parsing = line->parsing;
	struct rule_statement statement = {
		.kind = RULE_STATEMENT_CONTROL,
		.file = parsing->file,
		.line = line->number,
		.column = option->column,
		.control = control,
	};

	if (control.text.bytes) {
		statement.control.text.bytes =
			arena_copy(&parsing->set->arena, control.text.bytes, control.text.length);
		if (!statement.control.text.bytes)
			return out_of_memory(parsing);
	}
	if (rule_set_append(parsing->set, &statement))
		return out_of_memory(parsing);
	return 0;
}

/* -D, or -D -k KEY in three words, with nothing else in the line */
static int read_delete_all(struct line *line, const struct rule_option *option,
			   struct rule_option_reader *reader)
{
	struct rule_control control = {.kind = RULE_CONTROL_DELETE_ALL};
	const struct rule_words *words = reader->words;

	if (words->count == 3 && reader->word == 1 && slice_is(words->items[1].text, "-k")) {
		control.text = words->items[2].text;
		reader->word = words->count;
	} else if (words->count != 1 || !option->alone) {
		return add(line, DIAGNOSTIC_ERROR, option->column, "-D",
			   "it stands alone in its line, or as -D -k KEY");
	}
	return append_control(line, option, control);
}

static int read_syscalls(struct line *line, const struct rule_option *option)
{
	struct rule_builder *builder = &line->builder;
	struct slice rest = option->value;
	unsigned column = option->value_column;
	int result = rule_builder_syscalls(builder, line->parsing->error);

	if (result)
		return settle(line, result, option, option->value, option->column);
	while (rest.length > 0) {
		const char *comma = memchr(rest.bytes, ',', rest.length);
		struct slice name = {rest.bytes,
				     comma ? (size_t)(comma - rest.bytes) : rest.length};
		size_t taken = name.length + (comma != NULL);

		result =
			name.length ? rule_builder_syscall(builder, name, line->parsing->error) : 0;
		if (result == 1) {
			const char *what = show(line, option, name);

			if (!what || add(line, DIAGNOSTIC_NOTICE, column, what,
					 "this machine has no such system call: left out"))
				return what ? -1 : out_of_memory(line->parsing);
		} else if (settle(line, result, option, name, column)) {
			return -1;
		}
		rest = (struct slice){rest.bytes + taken, rest.length - taken};
		column += (unsigned)taken;
	}
	return 0;
}

static int read_field(struct line *line, const struct rule_option *option)
{
	struct rule_builder *builder = &line->builder;

	if (line->parsing->options->drop_missing_syscalls &&
	    rule_builder_lacks_architecture(builder, option->value)) {
		line->left_out = true;
		return add(line, DIAGNOSTIC_NOTICE, option->column,
			   show(line, option, option->value),
			   "this machine has no such table of system calls: rule left out");
	}
	return settle(line, rule_builder_field(builder, option->value, line->parsing->error),
		      option, option->value, option->column);
}

static int read_key(struct line *line, const struct rule_option *option)
{
	struct rule_builder *builder = &line->builder;

	if (!builder->has_list || !builder->key_allowed)
		return add(line, DIAGNOSTIC_ERROR, option->column, "-k",
			   "a watch, -S, path, dir, perm, exe or fstype must be given before it "
			   "(-F key= may come first)");
	return settle(line, rule_builder_key(builder, option->value, line->parsing->error), option,
		      option->value, option->value_column);
}

/* The options that make a rule. Returns 1 where it is none of them. */
static int read_rule_option(struct line *line, const struct rule_option *option)
{
	struct rule_builder *builder = &line->builder;
	struct error *error = line->parsing->error;
	struct slice value = option->value;
	int result;

	switch (option->name) {
	case 'a':
		result = rule_builder_list(builder, RULE_APPEND, value, error);
		break;
	case 'A':
		result = rule_builder_list(builder, RULE_PREPEND, value, error);
		break;
	case 'd':
		result = rule_builder_list(builder, RULE_DELETE, value, error);
		break;
	case 'w':
		result = rule_builder_watch(builder, RULE_APPEND, value, error);
		break;
	case 'W':
		result = rule_builder_watch(builder, RULE_DELETE, value, error);
		break;
	case 'C':
		result = rule_builder_interfield(builder, value, error);
		break;
	case 'p':
		result = rule_builder_permissions(builder, value, error);
		break;
	case 'F':
		return read_field(line, option);
	case 'S':
		return read_syscalls(line, option);
	case 'k':
		return read_key(line, option);
	default:
		return 1;
	}
	return settle(line, result, option, value, option->column);
}

static int read_option(struct line *line, const struct rule_option *option,
		       struct rule_option_reader *reader)
{
	struct rule_control control;
	int result = read_rule_option(line, option);

	if (result != 1)
		return result;
	result = rule_control_read(&control, option, line->parsing->error);
	if (result == 1) {
		line->ended = true;
		return add(line, DIAGNOSTIC_ERROR, option->column, option->shown,
			   "it is for auditctl's command line, not for a rule file");
	}
	if (result)
		return settle(line, result, option, option->value, option->value_column);
	line->ended = rule_control_ends_line(control.kind);
	if (line->ended && rule_builder_is_used(&line->builder))
		return add(line, DIAGNOSTIC_ERROR, option->column, option->shown,
			   "auditctl forgets the rule that is given with it");
	if (control.kind == RULE_CONTROL_DELETE_ALL)
		return read_delete_all(line, option, reader);
	return append_control(line, option, control);
}

/* Reads option after option until the line, or what can be understood of it, ends. */
static int read_options(struct line *line, struct rule_option_reader *reader)
{
	struct error *error = line->parsing->error;
	struct rule_option option;
	int found = 0;

	while (!line->left_out && (found = rule_option_next(reader, &option, error)) > 0) {
		if (line->ended)
			return add(line, DIAGNOSTIC_ERROR, option.column, option.shown,
				   "auditctl reads nothing behind the option before it");
		if (read_option(line, &option, reader))
			return -1;
	}
	if (found >= 0)
		return 0;
	if (error->kind != ERROR_INPUT)
		return -1;
	if (add(line, DIAGNOSTIC_ERROR, option.column, error->thing, error->why))
		return -1;
	*error = (struct error)ERROR_INIT;
	return 0;
}

static int append_rule(struct line *line)
{
	struct parsing *parsing = line->parsing;
	struct rule_statement statement = {
		.kind = RULE_STATEMENT_RULE,
		.file = parsing->file,
		.line = line->number,
		.column = line->column,
	};
	int result = rule_builder_finish(&line->builder, &statement.rule, parsing->error);

	if (result == 1)
		return add(line, DIAGNOSTIC_NOTICE, line->column, "rule left out",
			   "this machine has none of its system calls");
	if (result && parsing->error->kind == ERROR_INPUT) {
		if (add(line, DIAGNOSTIC_ERROR, line->column, "rule", parsing->error->why))
			return -1;
		*parsing->error = (struct error)ERROR_INIT;
		return 0;
	}
	if (result || rule_set_append(parsing->set, &statement))
		return result ? -1 : out_of_memory(parsing);
	return 0;
}

/* Parses the words of a line that has some. Returns 0, or -1 with *error. */
static int parse_words(struct line *line, const struct rule_words *words)
{
	struct parsing *parsing = line->parsing;
	struct rule_option_reader reader = {.arena = &parsing->scratch, .words = words};
	int result = read_options(line, &reader);

	if (result == 0 && !line->faulty && !line->left_out && rule_builder_is_used(&line->builder))
		result = append_rule(line);
	/* a line with a fault adds nothing, its control statements neither */
	if (line->faulty)
		parsing->set->count = line->first_statement;
	return result;
}

static int parse_line(struct parsing *parsing, unsigned number, struct slice bytes)
{
	struct rule_words words;
	struct line line = {
		.parsing = parsing, .number = number, .first_statement = parsing->set->count};
	int result;

	arena_clear(&parsing->scratch);
	result = rule_lex(&parsing->scratch, &words, parsing->file, number, bytes,
			  parsing->diagnostics);
	if (result < 0)
		return out_of_memory(parsing);
	if (result > 0 || words.count == 0)
		return 0;
	line.column = words.items[0].column;
	rule_builder_init(&line.builder, &parsing->set->arena, parsing->options);
	result = parse_words(&line, &words);
	rule_builder_done(&line.builder);
	return result;
}

static int parse_lines(struct parsing *parsing, struct slice bytes, unsigned number)
{
	while (bytes.length > 0) {
		const char *newline = memchr(bytes.bytes, '\n', bytes.length);
		struct slice text = {bytes.bytes,
				     newline ? (size_t)(newline - bytes.bytes) : bytes.length};
		size_t taken = text.length + (newline != NULL);

		if (parse_line(parsing, number, text))
			return -1;
		bytes = (struct slice){bytes.bytes + taken, bytes.length - taken};
		number++;
	}
	return 0;
}

static unsigned count_lines(const char *bytes, size_t length)
{
	unsigned lines = 1;

	for (size_t i = 0; i + 1 < length; i++)
		lines += bytes[i] == '\n';
	return lines;
}

static int begin(struct parsing *parsing, const char *name)
{
	*parsing->error = (struct error)ERROR_INIT;
	parsing->file = arena_copy(&parsing->set->arena, name, strlen(name));
	return parsing->file ? 0 : out_of_memory(parsing);
}

int rule_parse_line(struct rule_set *set, const char *name, unsigned line, const char *bytes,
		    size_t length, const struct rule_parse_options *options,
		    struct diagnostics *diagnostics, struct error *error)
{
	CLEANUP(parsing_done)
	struct parsing parsing = {
		.set = set, .options = options, .diagnostics = diagnostics, .error = error};

	if (begin(&parsing, name))
		return -1;
	if (length > 0 && bytes[length - 1] == '\n')
		length--;
	return parse_line(&parsing, line, (struct slice){bytes, length});
}

int rule_parse_file(struct rule_set *set, const char *name, const char *bytes, size_t length,
		    const struct rule_parse_options *options, struct diagnostics *diagnostics,
		    struct error *error)
{
	CLEANUP(parsing_done)
	struct parsing parsing = {
		.set = set, .options = options, .diagnostics = diagnostics, .error = error};

	if (begin(&parsing, name) || parse_lines(&parsing, (struct slice){bytes, length}, 1))
		return -1;
	if (length > 0 && bytes[length - 1] != '\n' &&
	    diagnostics_add(diagnostics, DIAGNOSTIC_WARNING, parsing.file,
			    count_lines(bytes, length), 0, "no newline at the end of the file",
			    "augenrules glues the next file's first line to this one"))
		return out_of_memory(&parsing);
	return 0;
}
