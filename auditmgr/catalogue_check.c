#include "auditmgr/catalogue_check.h"

#include "auditmgr/rule_parse.h"
#include "common/text.h"

#include <ctype.h>
#include <libaudit.h>
#include <string.h>

struct check {
	const char *file;
	const struct catalogue_template *template;
	struct diagnostics *diagnostics;
	struct error *error;
};

static int fault(const struct check *check, unsigned column, const char *what, const char *why)
{
	if (diagnostics_add(check->diagnostics, DIAGNOSTIC_ERROR, check->file,
			    check->template->line, column, what, "%s", why))
		return error_set_memory(check->error, "cannot read the catalogue");
	return 0;
}

/* No user, group or directory of the machine that reads the catalogue has a say in it. */
static bool knows_none(const void *context, const char *name, uint32_t *id)
{
	(void)context;
	(void)name;
	(void)id;
	return false;
}

static bool is_no_directory(const void *context, const char *path)
{
	(void)context;
	(void)path;
	return false;
}

/* Puts words of the same length in the variables' places, so that columns stay what they are. */
static int fill_in(struct text *text, const char *template)
{
	if (text_append_string(text, template))
		return -1;
	for (char *open = text->bytes; (open = strstr(open, "${"));) {
		bool arch = strncmp(open, "${arch}", 7) == 0;
		char *close = strchr(open, '}');

		if (!close)
			return 0;
		memset(open, arch ? ' ' : 'x', (size_t)(close + 1 - open));
		if (arch)
			memcpy(open, "b64", 3);
		else
			*open = '/';
	}
	return 0;
}

static bool is_good_key(struct slice key)
{
	if (!key.bytes || key.length == 0 || key.length > CATALOGUE_KEY_MAX)
		return false;
	for (size_t i = 0; i < key.length; i++)
		if (!islower((unsigned char)key.bytes[i]) &&
		    !isdigit((unsigned char)key.bytes[i]) && key.bytes[i] != '_')
			return false;
	return true;
}

static int check_rule(const struct check *check, const struct rule *rule)
{
	if (rule->form != RULE_FORM_FILTER || rule->verb != RULE_APPEND)
		return fault(check, 1, "the rule's form", "the catalogue's rules start with -a");
	if (rule_uses_syscalls(rule) && rule_architecture(rule) == 0)
		return fault(check, 1, "arch=",
			     "without it the numbers of one machine's calls match another's");
	if (!is_good_key(rule_key(rule, 0)) || rule_key(rule, 1).bytes)
		return fault(check, 1, "key=",
			     "one key of at most 31 lower-case letters, digits and underscores");
	return 0;
}

static int check_syntax(const struct check *check)
{
	CLEANUP(text_done) struct text line = TEXT_INIT;
	CLEANUP(rule_set_done) struct rule_set set = RULE_SET_INIT;
	struct rule_parse_options options = rule_parse_defaults();

	options.host = (struct rule_host){
		.machine = MACH_86_64,
		.find_user = knows_none,
		.find_group = knows_none,
		.is_directory = is_no_directory,
	};
	if (fill_in(&line, check->template->text))
		return error_set_memory(check->error, "cannot read the catalogue");
	if (rule_parse_line(&set, check->file, check->template->line, line.bytes, line.length,
			    &options, check->diagnostics, check->error))
		return -1;
	if (set.count == 1 && set.statements[0].kind == RULE_STATEMENT_RULE)
		return check_rule(check, &set.statements[0].rule);
	return 0;
}

int catalogue_check_template(const char *file, const struct catalogue_template *template,
			     struct diagnostics *diagnostics, struct error *error)
{
	struct check check = {file, template, diagnostics, error};
	enum host_role role;
	struct slice wrong;
	char name[64];

	if (catalogue_variable(template->text, &role, &wrong) == 0)
		return check_syntax(&check);
	(void)snprintf(name, sizeof(name), "${%.*s}", (int)wrong.length, wrong.bytes);
	return fault(&check, (unsigned)(wrong.bytes - 2 - template->text) + 1, name,
		     role == HOST_ROLE_COUNT ? "it is no variable"
					     : "a rule has one variable that is a path");
}
