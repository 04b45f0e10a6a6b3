/*
 * What comes of all files together once augenrules has merged them: the settings, and what in other
 * files keeps our rules from being loaded or from firing.
 */
#include "auditmgr/plan_step.h"

static int warn(struct plan *plan, const struct rule_statement *statement, const char *what,
		const char *why, struct error *error)
{
	if (diagnostics_add(&plan->warnings, DIAGNOSTIC_WARNING, statement->file, statement->line,
			    statement->column, what, "%s", why))
		return error_set_memory(error, "cannot make the plan");
	return 0;
}

static void set(struct plan *plan, const struct rule_control *control, const char *file,
		unsigned line)
{
	struct plan_setting setting = {true, control->value, file, line};

	switch (control->kind) {
	case RULE_CONTROL_BACKLOG_LIMIT:
		plan->backlog_limit = setting;
		break;
	case RULE_CONTROL_FAILURE:
		plan->failure_mode = setting;
		break;
	case RULE_CONTROL_ENABLED:
		plan->enabled = setting;
		break;
	default:
		break;
	}
}

static void set_by_others(struct plan *plan, const struct rule_set *others, bool behind)
{
	for (size_t i = 0; i < others->count; i++) {
		const struct rule_statement *statement = &others->statements[i];

		if (statement->kind == RULE_STATEMENT_CONTROL &&
		    rules_directory_is_behind(statement) == behind)
			set(plan, &statement->control, statement->file, statement->line);
	}
}

static void set_by_ours(struct plan *plan)
{
	for (size_t i = 0; i < plan->count; i++) {
		const struct plan_row *row = &plan->rows[i];

		if (row->in_our_file && row->intent->statement->kind == RULE_STATEMENT_CONTROL)
			set(plan, &row->intent->statement->control, RULES_FILE_PATH, 0);
	}
}

/* The smallest backlog that a burst of container starts fits into; see rules.d/README.md. */
#define BACKLOG_WANTED 8192

static int warn_of_settings(struct plan *plan, struct error *error)
{
	const struct plan_setting *backlog = &plan->backlog_limit;
	const struct plan_setting *failure = &plan->failure_mode;
	const struct plan_setting *enabled = &plan->enabled;
	struct rule_statement at = {.line = 0};

	at.file = backlog->file;
	at.line = backlog->line;
	if (backlog->is_set && backlog->value < BACKLOG_WANTED &&
	    warn(plan, &at, "-b",
		 "the last -b of all files counts, and this one is too small for a burst", error))
		return -1;
	at.file = failure->file;
	at.line = failure->line;
	if (failure->is_set && failure->value == 2 &&
	    warn(plan, &at, "-f 2", "the kernel panics when a record is lost", error))
		return -1;
	at.file = enabled->file;
	at.line = enabled->line;
	if (enabled->is_set && enabled->value == 0 &&
	    warn(plan, &at, "-e 0", "auditing is switched off: no rule fires", error))
		return -1;
	if (enabled->is_set && enabled->value == 2 &&
	    warn(plan, &at, "-e 2", "the rules are locked: a change counts from the next boot",
		 error))
		return -1;
	return 0;
}

/* A rule that keeps every system call from being looked at, such as `-a never,task`. */
static bool silences_everything(const struct rule *rule)
{
	if (rule->action != RULE_NEVER || rule->verb == RULE_DELETE || rule->field_count > 0)
		return false;
	return rule->list == RULE_LIST_TASK ||
	       (rule->list == RULE_LIST_EXIT && rule_has_all_syscalls(rule));
}

static int warn_of_silence(struct plan *plan, const struct rule_set *others, struct error *error)
{
	for (size_t i = 0; i < others->count; i++) {
		const struct rule_statement *statement = &others->statements[i];

		if (statement->kind != RULE_STATEMENT_RULE ||
		    !silences_everything(&statement->rule))
			continue;
		/* the task list is asked when a process starts, wherever the rule stands */
		if (statement->rule.list == RULE_LIST_EXIT && rules_directory_is_behind(statement))
			continue;
		if (warn(plan, statement, "a never rule without conditions",
			 "no rule on system calls, files or sockets fires behind it", error))
			return -1;
	}
	return 0;
}

static int warn_of_faults(struct plan *plan, const struct diagnostics *faults, struct error *error)
{
	for (size_t i = 0; i < faults->count; i++) {
		const struct diagnostic *fault = &faults->items[i];

		if (fault->level == DIAGNOSTIC_NOTICE)
			continue;
		if (diagnostics_add(&plan->warnings, DIAGNOSTIC_WARNING, fault->file, fault->line,
				    fault->column, fault->what, "%s", fault->why))
			return error_set_memory(error, "cannot make the plan");
	}
	return 0;
}

int plan_effect_find(struct plan *plan, const struct rules_directory *installed,
		     struct error *error)
{
	set_by_others(plan, &installed->others, false);
	set_by_ours(plan);
	set_by_others(plan, &installed->others, true);
	if (warn_of_settings(plan, error) || warn_of_silence(plan, &installed->others, error))
		return -1;
	return warn_of_faults(plan, &installed->faults, error);
}
