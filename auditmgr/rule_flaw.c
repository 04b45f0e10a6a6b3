#include "auditmgr/rule_flaw.h"

#include "auditmgr/rule_class.h"
#include "auditmgr/rule_cover.h"
#include "auditmgr/rule_field.h"

/* one rule, while it is looked at */
struct look {
	const struct rule_statement *statement;
	const struct rule *rule;
	const struct rule_set *set;
	const struct rule_host *host;
	struct diagnostics *diagnostics;
};

static int warn(const struct look *look, const char *what, const char *why)
{
	return diagnostics_add(look->diagnostics, DIAGNOSTIC_WARNING, look->statement->file,
			       look->statement->line, look->statement->column, what, "%s", why);
}

static bool ends_in(struct slice text, const char *end)
{
	size_t length = strlen(end);

	return text.length >= length && memcmp(text.bytes + text.length - length, end, length) == 0;
}

/* auditctl warns of these two itself, and takes them as they stand */
static int check_path_text(const struct look *look)
{
	for (size_t i = 0; i < look->rule->field_count; i++) {
		const struct rule_field *field = &look->rule->fields[i];
		struct slice path = field->text;

		if (field->id != AUDIT_WATCH && field->id != AUDIT_DIR && field->id != AUDIT_EXE)
			continue;
		if ((memchr(path.bytes, '*', path.length) ||
		     memchr(path.bytes, '?', path.length)) &&
		    warn(look, path.bytes,
			 "a wildcard is taken literally: no file of that name, no event"))
			return -1;
		if (memmem(path.bytes, path.length, "/..", 3) &&
		    warn(look, path.bytes, "a path with .. in it is not supported"))
			return -1;
	}
	return 0;
}

/* A path= rule sits in the inode hash: it sees the directory itself, not what is in it. */
static int check_directory(const struct look *look)
{
	const struct rule_field *path = rule_find(look->rule, AUDIT_WATCH);

	if (!path || !look->host->is_directory(look->host->context, path->text.bytes))
		return 0;
	return warn(look, path->text.bytes,
		    "path= of a directory is not recursive: dir= sees what is below it");
}

/* Whether another rule of the set, without perm=, sees the system calls on the path. */
static bool calls_are_seen(const struct rule_set *set, struct slice path)
{
	for (size_t i = 0; i < set->count; i++) {
		const struct rule *rule = &set->statements[i].rule;

		if (set->statements[i].kind == RULE_STATEMENT_RULE && rule->action == RULE_ALWAYS &&
		    !rule_find(rule, AUDIT_PERM) && slice_equal(rule_path(rule), path))
			return true;
	}
	return false;
}

static int check_socket(const struct look *look)
{
	struct slice path = rule_path(look->rule);

	if (!path.bytes || !ends_in(path, ".sock") || !rule_find(look->rule, AUDIT_PERM) ||
	    calls_are_seen(look->set, path))
		return 0;
	return warn(look, path.bytes,
		    "a watch on a socket never sees connect(): -S connect with path= and without "
		    "perm= does");
}

static bool is_docker_data(struct slice path)
{
	return slice_is(path, "/var/lib/docker") || slice_is(path, "/var/lib/containerd");
}

/* Whether the rule has a condition besides arch= and its keys. */
static bool has_condition(const struct rule *rule)
{
	for (size_t i = 0; i < rule->field_count; i++)
		if (rule->fields[i].id != AUDIT_ARCH && rule->fields[i].id != AUDIT_FILTERKEY)
			return true;
	return false;
}

static int check_cost(const struct look *look)
{
	const struct rule *rule = look->rule;
	const struct rule_field *directory = rule_find(rule, AUDIT_DIR);
	uint32_t permissions = rule_permissions(rule);
	uint32_t architecture = rule_architecture(rule);
	int other = architecture & __AUDIT_ARCH_64BIT ? 0 : 1;

	if (rule->action != RULE_ALWAYS || rule->list != RULE_LIST_EXIT)
		return 0;
	/* without a condition for b32 alone it is the usual catch-all of hosts without 32-bit code
	 */
	if (rule_has_all_syscalls(rule) && !has_condition(rule) && !(architecture && other))
		return warn(look, "-S all", "every system call of every process is recorded");
	if (!directory)
		return 0;
	if (slice_is(directory->text, "/"))
		return warn(look, "dir=/",
			    "the whole root file system is watched, and nothing on other mounts");
	if (is_docker_data(directory->text) && (permissions == 0 || permissions & AUDIT_PERM_READ))
		return warn(look, directory->text.bytes,
			    "every read in image layers and volumes is recorded: -p wa is plenty");
	return 0;
}

static int check_architecture(const struct look *look)
{
	const struct rule *rule = look->rule;

	if (rule->list != RULE_LIST_EXIT || rule_has_all_syscalls(rule) ||
	    rule_find(rule, AUDIT_ARCH))
		return 0;
	return warn(look, "-S without arch=",
		    "the numbers are those of this machine's own table, and other calls have them "
		    "in its 32-bit one: give arch=b64 and arch=b32");
}

/* Whether the permissions can match any of the rule's system calls. */
static bool permissions_can_match(const struct rule *rule, uint32_t permissions,
				  uint32_t architecture)
{
	uint32_t class[AUDIT_BITMASK_SIZE];

	rule_class_mask(class, architecture, permissions, false);
	for (size_t i = 0; i < AUDIT_BITMASK_SIZE; i++)
		if ((class[i] & rule -> syscalls[i]) != 0)
			return true;
	return false;
}

static int check_permissions(const struct look *look)
{
	uint32_t permissions = rule_permissions(look->rule);
	uint32_t architecture = rule_architecture(look->rule);

	if (permissions == 0 || architecture == 0 ||
	    permissions_can_match(look->rule, permissions, architecture))
		return 0;
	return warn(look, "perm=",
		    "it never matches: none of the rule's system calls reads, writes, executes or "
		    "changes as perm= asks");
}

static int check_contradiction(const struct look *look)
{
	const struct rule_field *left;
	const struct rule_field *right;
	const char *name;

	if (!rule_contradicts_itself(look->rule, &left, &right))
		return 0;
	name = rule_field_by_id(left->id)->name;
	return warn(look, name,
		    "it never matches: the conditions on this field exclude each other");
}

int rule_flaw_check(const struct rule_statement *statement, const struct rule_set *set,
		    const struct rule_host *host, struct diagnostics *diagnostics)
{
	const struct look look = {statement, &statement->rule, set, host, diagnostics};

	return check_path_text(&look) || check_directory(&look) || check_socket(&look) ||
			       check_cost(&look) || check_architecture(&look) ||
			       check_permissions(&look) || check_contradiction(&look)
		       ? -1
		       : 0;
}
