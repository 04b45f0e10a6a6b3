#include "auditmgr/plan.h"

#include "auditmgr/plan_step.h"
#include "auditmgr/rule_compare.h"
#include "auditmgr/rule_print.h"

#include <string.h>

void plan_done(struct plan *plan)
{
	free(plan->rows);
	plan->rows = NULL;
	plan->count = plan->capacity = 0;
	text_done(&plan->file);
	diagnostics_done(&plan->warnings);
	arena_done(&plan->arena);
}

const char *plan_change_name(enum plan_change change)
{
	static const char *const names[] = {
		[PLAN_ADD] = "add", [PLAN_KEEP] = "keep", [PLAN_REMOVE] = "remove"};

	return names[change];
}

char plan_change_sign(enum plan_change change)
{
	return change == PLAN_ADD ? '+' : change == PLAN_KEEP ? '=' : '-';
}

static int append_row(struct plan *plan, const struct plan_row *row, struct error *error)
{
	if (!row->why || !row->rule)
		return error_set_memory(error, "cannot make the plan");
	if (plan->count == plan->capacity) {
		size_t capacity = plan->capacity ? plan->capacity * 2 : 128;
		struct plan_row *grown = realloc(plan->rows, capacity * sizeof(*grown));

		if (!grown)
			return error_set_memory(error, "cannot make the plan");
		plan->rows = grown;
		plan->capacity = capacity;
	}
	plan->rows[plan->count++] = *row;
	plan->counts[row->change]++;
	return 0;
}

static bool same_statement(const struct rule_statement *left, const struct rule_statement *right)
{
	if (left->kind != right->kind)
		return false;
	if (left->kind == RULE_STATEMENT_CONTROL)
		return left->control.kind == right->control.kind &&
		       left->control.value == right->control.value;
	return left->rule.verb == right->rule.verb &&
	       rule_compare(&left->rule, &right->rule) == RULE_EQUAL;
}

/* The statement of our file that is the wanted one and has not been taken by another, or NULL. */
static const struct rule_statement *find_in_ours(const struct rule_set *ours, bool *taken,
						 const struct rule_statement *wanted)
{
	for (size_t i = 0; i < ours->count; i++) {
		if (taken[i] || !same_statement(&ours->statements[i], wanted))
			continue;
		taken[i] = true;
		return &ours->statements[i];
	}
	return NULL;
}

static const char *key_remark(struct arena *arena, const struct rule_statement *wanted,
			      const struct rule_statement *cover)
{
	struct slice key = SLICE_NONE;

	if (cover->kind == RULE_STATEMENT_RULE)
		key = rule_key(&cover->rule, 0);
	if (!key.bytes || slice_equal(key, rule_key(&wanted->rule, 0)))
		return "";
	return arena_format(arena, ", with key %.*s", (int)key.length, key.bytes);
}

static int plan_wanted(struct plan *plan, const struct resolved_rule *wanted,
		       const struct rules_directory *installed, bool *taken, struct error *error)
{
	const struct rule_statement *cover = plan_cover_find(wanted->statement, &installed->others);
	struct plan_row row = {.rule = wanted->text, .intent = wanted};
	const struct rule_statement *present;

	if (cover) {
		const char *remark = key_remark(&plan->arena, wanted->statement, cover);

		row.change = PLAN_KEEP;
		row.why = remark ? arena_format(&plan->arena, "already covered by %s:%u%s",
						cover->file, cover->line, remark)
				 : NULL;
		return append_row(plan, &row, error);
	}
	present = find_in_ours(&installed->ours, taken, wanted->statement);
	row.in_our_file = true;
	row.change = present ? PLAN_KEEP : PLAN_ADD;
	row.why = present ? arena_format(&plan->arena, "in %s:%u", present->file, present->line)
			  : arena_format(&plan->arena, "in none of the files");
	return append_row(plan, &row, error);
}

static bool is_wanted_elsewhere(const struct resolution *intent,
				const struct rule_statement *statement)
{
	for (size_t i = 0; i < intent->rules.count; i++)
		if (same_statement(&intent->rules.statements[i], statement))
			return true;
	return false;
}

/* What is in our file and has no place in it: the catalogue or the host changed, or a hand did. */
static int plan_removals(struct plan *plan, const struct resolution *intent,
			 const struct rule_set *ours, const bool *taken, int machine,
			 struct error *error)
{
	for (size_t i = 0; i < ours->count; i++) {
		CLEANUP(text_done) struct text text = TEXT_INIT;
		struct plan_row row = {.change = PLAN_REMOVE};

		if (taken[i])
			continue;
		if (rule_print_statement(&text, &ours->statements[i], machine, error))
			return -1;
		row.rule = arena_copy(&plan->arena, text_string(&text), text.length);
		row.why = is_wanted_elsewhere(intent, &ours->statements[i])
				  ? "there twice, or covered by another file"
				  : "in neither the catalogue nor what it means for this host";
		if (append_row(plan, &row, error))
			return -1;
	}
	return 0;
}

int plan_make(struct plan *plan, const struct resolution *intent,
	      const struct rules_directory *installed, int machine, struct error *error)
{
	CLEANUP(free_pointer) bool *taken = calloc(installed->ours.count + 1, sizeof(*taken));

	if (!taken)
		return error_set_memory(error, "cannot make the plan");
	for (size_t i = 0; i < intent->count; i++)
		if (intent->items[i].statement &&
		    plan_wanted(plan, &intent->items[i], installed, taken, error))
			return -1;
	if (plan_removals(plan, intent, &installed->ours, taken, machine, error))
		return -1;
	if (plan_render(plan))
		return error_set_memory(error, "cannot make the plan");
	plan->file_changes = !installed->exists || plan->file.length != installed->bytes.length ||
			     memcmp(text_string(&plan->file), text_string(&installed->bytes),
				    plan->file.length) != 0;
	return plan_effect_find(plan, installed, error);
}
