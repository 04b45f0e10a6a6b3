/*
 * The catalogue's rules for one host: a rule for each thing that its variable stands for there, and
 * for each architecture whose programs run there.
 */
#include "auditmgr/catalogue.h"

#include "auditmgr/rule_compare.h"
#include "auditmgr/rule_parse.h"
#include "auditmgr/rule_print.h"
#include "auditmgr/rules_directory.h"

#include <string.h>

/* One rule on its way to being resolved. */
struct attempt {
	struct resolution *resolution;
	const struct host *host;
	struct resolved_rule rule;
	const char *architecture; /* "b64", "b32" or NULL: the rule has none */
	bool as_path;             /* write dir=${...} as path=: it is no directory */
	struct error *error;
};

void resolution_done(struct resolution *resolution)
{
	rule_set_done(&resolution->rules);
	free(resolution->items);
	resolution->items = NULL;
	resolution->count = resolution->capacity = 0;
}

static int out_of_memory(struct attempt *attempt)
{
	return error_set_memory(attempt->error, "cannot resolve the catalogue");
}

/* Adds what the attempt came to. */
static int add_item(struct attempt *attempt)
{
	struct resolution *resolution = attempt->resolution;

	if (resolution->count == resolution->capacity) {
		size_t capacity = resolution->capacity ? resolution->capacity * 2 : 128;
		struct resolved_rule *grown = realloc(resolution->items, capacity * sizeof(*grown));

		if (!grown)
			return out_of_memory(attempt);
		resolution->items = grown;
		resolution->capacity = capacity;
	}
	resolution->items[resolution->count++] = attempt->rule;
	return 0;
}

static int leave_out(struct attempt *attempt, const char *why)
{
	attempt->rule.left_out = arena_format(&attempt->resolution->rules.arena, "%s", why);
	if (!attempt->rule.left_out)
		return out_of_memory(attempt);
	if (!attempt->rule.text)
		attempt->rule.text = attempt->rule.template->text;
	return add_item(attempt);
}

/* `dir=${role}` as `path=${role}`, for what is no directory (yet) */
static int write_line(const struct attempt *attempt, struct text *line)
{
	CLEANUP(text_done) struct text template = TEXT_INIT;
	const char *text = attempt->rule.template->text;
	const char *dir = attempt->as_path ? strstr(text, "dir=${") : NULL;

	if (dir && (text_append(&template, text, (size_t)(dir - text)) ||
		    text_append_string(&template, "path") ||
		    text_append_string(&template, dir + strlen("dir"))))
		return -1;
	return catalogue_substitute(dir ? text_string(&template) : text,
				    attempt->architecture ? attempt->architecture : "",
				    attempt->rule.fact ? attempt->rule.fact->path : "", line);
}

/*
 * The rule before number `at` that matches the same, or NULL: of two the kernel only ever records
 * the first one's key. The items that are kept and the statements are in the same order.
 */
static const struct resolved_rule *same_rule(const struct resolution *resolution, size_t at)
{
	const struct rule_statement *statements = resolution->rules.statements;
	size_t kept = 0;

	if (statements[at].kind != RULE_STATEMENT_RULE)
		return NULL;
	for (size_t i = 0; i < resolution->count; i++) {
		const struct rule_statement *other;

		if (resolution->items[i].left_out)
			continue;
		other = &statements[kept++];
		if (other->kind == RULE_STATEMENT_RULE &&
		    rule_compare(&other->rule, &statements[at].rule) != RULE_DIFFERENT)
			return &resolution->items[i];
	}
	return NULL;
}

static struct rule_parse_options parse_options(const struct host *host)
{
	struct rule_parse_options options = rule_parse_defaults();

	options.host = rule_host_tree(&host->root, host_machine_number(host));
	options.drop_missing_syscalls = true;
	return options;
}

static const char *notices_of(struct attempt *attempt, const struct diagnostics *diagnostics)
{
	const char *text = attempt->rule.note;

	for (size_t i = 0; i < diagnostics->count; i++)
		text = arena_format(&attempt->resolution->rules.arena, "%s%s%s: %s",
				    text ? text : "", text ? "; " : "", diagnostics->items[i].what,
				    diagnostics->items[i].why);
	return text;
}

/* The statement that the line was parsed to: keeps it, or leaves it out. */
static int settle(struct attempt *attempt, size_t at, const struct diagnostics *diagnostics)
{
	struct resolution *resolution = attempt->resolution;
	const struct rule_statement *statement = &resolution->rules.statements[at];
	const struct resolved_rule *same;
	CLEANUP(text_done) struct text canonical = TEXT_INIT;

	if (attempt->rule.fact && statement->kind == RULE_STATEMENT_RULE &&
	    !slice_is(rule_path(&statement->rule), attempt->rule.fact->path)) {
		resolution->rules.count = at;
		return leave_out(attempt, "a rule file can't hold such a path");
	}
	same = same_rule(resolution, at);
	if (same) {
		const char *why =
			arena_format(&resolution->rules.arena, "the same as %s", same->entry->id);

		resolution->rules.count = at;
		return why ? leave_out(attempt, why) : out_of_memory(attempt);
	}
	if (rule_print_statement(&canonical, statement, host_machine_number(attempt->host),
				 attempt->error))
		return -1;
	attempt->rule.text =
		arena_copy(&resolution->rules.arena, canonical.bytes, canonical.length);
	attempt->rule.note = notices_of(attempt, diagnostics);
	return attempt->rule.text ? add_item(attempt) : out_of_memory(attempt);
}

static int try_rule(struct attempt *attempt)
{
	CLEANUP(text_done) struct text line = TEXT_INIT;
	CLEANUP(diagnostics_done) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	struct rule_parse_options options = parse_options(attempt->host);
	struct rule_set *rules = &attempt->resolution->rules;
	size_t before = rules->count;

	if (write_line(attempt, &line))
		return out_of_memory(attempt);
	attempt->rule.text = arena_copy(&rules->arena, line.bytes, line.length);
	if (!attempt->rule.text)
		return out_of_memory(attempt);
	if (memchr(line.bytes, '\n', line.length) || memchr(line.bytes, '\r', line.length))
		return leave_out(attempt, "a rule file can't hold such a path");
	if (rule_parse_line(rules, attempt->rule.entry->file, attempt->rule.template->line,
			    line.bytes, line.length, &options, &diagnostics, attempt->error))
		return -1;
	if (rules->count == before + 1 && diagnostics.errors == 0)
		return settle(attempt, before, &diagnostics);
	rules->count = before;
	return leave_out(attempt, diagnostics.errors || diagnostics.count == 0
					  ? "a rule file can't hold such a path"
					  : "this machine has none of its system calls");
}

/* Tries the rule once for each architecture that it is meant for. */
static int try_architectures(struct attempt *attempt)
{
	const struct host_machine *machine = &attempt->host->machine;
	const char *text = attempt->rule.template->text;
	const struct resolved_rule fresh = attempt->rule;

	if (!catalogue_has_arch_variable(text)) {
		if (machine->b32 < 0 && strstr(text, "arch=b32"))
			return leave_out(attempt, "no 32-bit programs run on this machine");
		return try_rule(attempt);
	}
	attempt->architecture = "b64";
	if (machine->b64 >= 0 && try_rule(attempt))
		return -1;
	attempt->rule = fresh;
	attempt->architecture = "b32";
	return machine->b32 >= 0 ? try_rule(attempt) : 0;
}

/* What the template asks for, read off its text: it was checked when the catalogue was read. */
static bool wants_directory(const struct catalogue_template *template)
{
	return strstr(template->text, "dir=${") != NULL;
}

/* perm=x and perm=r see nothing on what isn't there, and follow a link to what it leads to */
static bool wants_changes(const struct catalogue_template *template)
{
	const char *perm = strstr(template->text, "perm=");

	return perm && strcspn(perm, "wa") < strcspn(perm, " ");
}

static bool wants_calls(const struct catalogue_template *template)
{
	return strstr(template->text, "perm=") == NULL;
}

/* Why nothing can be watched where nothing is, or NULL: its creation can. */
static const char *why_not_absent(const struct attempt *attempt)
{
	const struct fact *fact = attempt->rule.fact;
	const struct catalogue_template *template = attempt->rule.template;

	if (host_role_needs_presence(fact->role) ||
	    (!wants_changes(template) && !wants_calls(template)))
		return "not on this host";
	if (fact->state == PLACE_NO_PARENT)
		return "its directory does not exist, so the kernel would refuse the rule";
	return NULL;
}

/* By the time that the rules are loaded, the directories that our own file lies in are there. */
static bool made_by_install(const struct fact *fact)
{
	size_t length = strlen(fact->path);

	return strncmp(RULES_DIRECTORY "/", fact->path, length) == 0 &&
	       (RULES_DIRECTORY "/")[length] == '/';
}

static int resolve_absent(struct attempt *attempt)
{
	const char *why;

	if (made_by_install(attempt->rule.fact)) {
		attempt->rule.note = "absent: install makes it";
		return try_architectures(attempt);
	}
	why = why_not_absent(attempt);
	if (why)
		return leave_out(attempt, why);
	attempt->as_path = wants_directory(attempt->rule.template);
	attempt->rule.note = attempt->as_path
				     ? "absent: its creation is watched; install again when it is "
				       "there, to watch what is below"
				     : "absent: its creation is watched";
	return try_architectures(attempt);
}

static int leave_out_unknown(struct attempt *attempt)
{
	char why[128];

	(void)snprintf(why, sizeof(why), "it can't be looked at: %s",
		       strerror(attempt->rule.fact->error_number));
	return leave_out(attempt, why);
}

static int resolve_fact(struct attempt *attempt)
{
	const struct fact *fact = attempt->rule.fact;
	const struct catalogue_template *template = attempt->rule.template;

	if (fact->state == PLACE_UNKNOWN)
		return leave_out_unknown(attempt);
	if (fact->state != PLACE_FOUND)
		return resolve_absent(attempt);
	switch (fact->kind) {
	case FACT_DIRECTORY:
		if (strcmp(fact->path, "/") == 0)
			return leave_out(attempt, "it would watch the whole system");
		return try_architectures(attempt);
	case FACT_FILE:
	case FACT_SOCKET:
		attempt->as_path = wants_directory(template);
		return try_architectures(attempt);
	case FACT_LINK:
		/* what the link leads to has a fact of its own; the link itself can be replaced */
		if (!wants_changes(template))
			return 0;
		attempt->as_path = wants_directory(template);
		return try_architectures(attempt);
	case FACT_ADDRESS:
		return leave_out(attempt, "a network address has no path to watch");
	case FACT_OTHER:
	case FACT_NONE:
		break;
	}
	return leave_out(attempt, "it is neither file, directory nor socket");
}

static int resolve_template(struct attempt *attempt)
{
	const struct resolved_rule fresh = attempt->rule;
	struct slice wrong;
	enum host_role role;
	bool any = false;

	/* never fails: the template was checked when the catalogue was read */
	if (catalogue_variable(fresh.template->text, &role, &wrong))
		return leave_out(attempt, "it has an unknown variable");
	if (role == HOST_ROLE_COUNT)
		return try_architectures(attempt);
	for (size_t i = 0; i < attempt->host->fact_count; i++) {
		if (attempt->host->facts[i].role != role)
			continue;
		any = true;
		attempt->rule = fresh;
		attempt->rule.fact = &attempt->host->facts[i];
		attempt->as_path = false;
		attempt->architecture = NULL;
		if (resolve_fact(attempt))
			return -1;
	}
	attempt->rule = fresh;
	if (any)
		return 0;
	return leave_out(attempt, "not on this host");
}

/* Only now: the array of statements has stopped growing. */
static void point_at_statements(struct resolution *resolution)
{
	size_t kept = 0;

	for (size_t i = 0; i < resolution->count; i++)
		if (!resolution->items[i].left_out)
			resolution->items[i].statement = &resolution->rules.statements[kept++];
}

int catalogue_resolve(const struct catalogue *catalogue, const struct host *host,
		      struct resolution *resolution, struct error *error)
{
	for (size_t i = 0; i < catalogue->count; i++) {
		const struct catalogue_entry *entry = &catalogue->entries[i];

		for (size_t j = 0; j < entry->template_count; j++) {
			struct attempt attempt = {
				.resolution = resolution,
				.host = host,
				.rule = {.entry = entry, .template = &entry->templates[j]},
				.error = error,
			};

			if (resolve_template(&attempt))
				return -1;
		}
	}
	point_at_statements(resolution);
	return 0;
}
