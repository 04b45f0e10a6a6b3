#include "auditmgr/plan_output.h"

#include "auditmgr/wrapped_output.h"
#include "common/escape.h"
#include "common/json_output.h"

#include <string.h>

static void print_entry(const struct catalogue_entry *entry, FILE *stream)
{
	CLEANUP(text_done) struct text line = TEXT_INIT;
	int failed = text_append_format(&line, "%s", entry->id);

	for (size_t i = 0; i < entry->control_count; i++)
		failed |= text_append_format(&line, "%s%s%s", i ? ", " : " (", entry->controls[i],
					     i + 1 == entry->control_count ? ")" : "");
	failed |= text_append_format(&line, ": %s", entry->title);
	wrapped_print(stream, "", 4, failed ? entry->id : text_string(&line));
}

static void print_row(const struct plan_row *row, FILE *stream)
{
	const char lead[] = {' ', ' ', plan_change_sign(row->change), ' ', '\0'};

	wrapped_print(stream, lead, 8, row->rule);
	/* a rule that is new needs no reason but what is odd about it */
	if (row->change != PLAN_ADD)
		wrapped_print(stream, "      # ", 8, row->why);
	else if (row->intent && row->intent->note)
		wrapped_print(stream, "      # ", 8, row->intent->note);
}

static void print_rows(const struct plan *plan, FILE *stream)
{
	const struct catalogue_entry *entry = NULL;
	bool removals = false;

	for (size_t i = 0; i < plan->count; i++) {
		const struct plan_row *row = &plan->rows[i];

		if (row->intent && row->intent->entry != entry) {
			entry = row->intent->entry;
			print_entry(entry, stream);
		}
		if (!row->intent && !removals)
			(void)fputs("no longer wanted\n", stream);
		removals = !row->intent;
		print_row(row, stream);
	}
}

static void print_left_out(const struct resolution *resolution, FILE *stream)
{
	CLEANUP(text_done) struct text last = TEXT_INIT;
	CLEANUP(text_done) struct text line = TEXT_INIT;

	for (size_t i = 0; i < resolution->count; i++) {
		const struct resolved_rule *item = &resolution->items[i];

		if (!item->left_out)
			continue;
		text_clear(&line);
		if (text_append_format(&line, "%s: %s%s%s", item->entry->id,
				       item->fact ? item->fact->path : "", item->fact ? ": " : "",
				       item->left_out))
			return;
		/* an entry's rules on the same thing have the same reason */
		if (strcmp(text_string(&line), text_string(&last)) == 0)
			continue;
		if (last.length == 0)
			(void)fputs("\nLeft out\n", stream);
		wrapped_print(stream, "  ", 6, text_string(&line));
		text_clear(&last);
		if (text_append(&last, line.bytes, line.length))
			return;
	}
}

static void print_setting(const char *option, const struct plan_setting *setting, FILE *stream)
{
	if (!setting->is_set)
		return;
	(void)fprintf(stream, "  %s %u  (", option, setting->value);
	escape_print(stream, setting->file, strlen(setting->file));
	if (setting->line)
		(void)fprintf(stream, ":%u", setting->line);
	(void)fputs(")\n", stream);
}

static void print_effect(const struct plan *plan, FILE *stream)
{
	if (plan->backlog_limit.is_set || plan->failure_mode.is_set || plan->enabled.is_set)
		(void)fputs("\nSettings when all files of the directory are merged\n", stream);
	print_setting("-b", &plan->backlog_limit, stream);
	print_setting("-f", &plan->failure_mode, stream);
	print_setting("-e", &plan->enabled, stream);
	if (plan->warnings.count == 0)
		return;
	(void)fputs("\nIn other files\n", stream);
	diagnostics_print(&plan->warnings, stream);
}

void plan_output_text(const struct host_plan *host_plan, FILE *stream)
{
	const struct plan *plan = &host_plan->plan;

	print_rows(plan, stream);
	print_left_out(&host_plan->resolution, stream);
	print_effect(plan, stream);
	(void)fprintf(stream, "\n%s: %zu to add, %zu to remove, %zu there already%s\n",
		      RULES_FILE_PATH, plan->counts[PLAN_ADD], plan->counts[PLAN_REMOVE],
		      plan->counts[PLAN_KEEP],
		      plan->file_changes || plan->counts[PLAN_ADD] ? "" : ": nothing to do");
	if (plan->file_changes && !plan->counts[PLAN_ADD] && !plan->counts[PLAN_REMOVE])
		(void)fputs("The file's order or comments differ: install writes it anew.\n",
			    stream);
}

/* Adds `value`, whose reference it takes. Returns -1 where either is NULL or memory is out. */
static int put(json_t *object, const char *key, json_t *value)
{
	return json_object_set_new(object, key, value);
}

static json_t *controls_json(const struct catalogue_entry *entry)
{
	json_t *array = json_array();

	for (size_t i = 0; array && i < entry->control_count; i++)
		if (json_array_append_new(array, json_untrusted_string(entry->controls[i]))) {
			json_decref(array);
			return NULL;
		}
	return array;
}

static json_t *attack_json(const struct catalogue_entry *entry)
{
	json_t *array = json_array();

	for (size_t i = 0; array && i < entry->attack_count; i++) {
		const struct catalogue_technique *technique = &entry->attack[i];
		json_t *object = json_pack("{s:s, s:s}", "v18", technique->v18, "v19",
					   technique->v19 ? technique->v19 : technique->v18);

		if (json_array_append_new(array, object)) {
			json_decref(array);
			return NULL;
		}
	}
	return array;
}

/* What a rule's entry says, added to *object. */
static int put_entry(json_t *object, const struct resolved_rule *rule)
{
	const struct catalogue_entry *entry = rule->entry;

	return put(object, "id", json_untrusted_string(entry->id)) |
	       put(object, "title", json_untrusted_string(entry->title)) |
	       put(object, "controls", controls_json(entry)) |
	       put(object, "attack", attack_json(entry)) |
	       put(object, "purpose", json_untrusted_string(entry->why)) |
	       put(object, "path", json_untrusted_string(rule->fact ? rule->fact->path : NULL));
}

static json_t *row_json(const struct plan_row *row)
{
	json_t *object = json_object();
	int failed = put(object, "change", json_string(plan_change_name(row->change))) |
		     put(object, "rule", json_untrusted_string(row->rule)) |
		     put(object, "why", json_untrusted_string(row->why)) |
		     put(object, "in_our_file", json_boolean(row->in_our_file));

	if (row->intent)
		failed |= put_entry(object, row->intent) |
			  put(object, "note", json_untrusted_string(row->intent->note));
	if (!failed)
		return object;
	json_decref(object);
	return NULL;
}

static json_t *rows_json(const struct plan *plan)
{
	json_t *array = json_array();

	for (size_t i = 0; array && i < plan->count; i++)
		if (json_array_append_new(array, row_json(&plan->rows[i]))) {
			json_decref(array);
			return NULL;
		}
	return array;
}

static json_t *left_out_json(const struct resolution *resolution)
{
	json_t *array = json_array();

	for (size_t i = 0; array && i < resolution->count; i++) {
		const struct resolved_rule *item = &resolution->items[i];
		json_t *object;

		if (!item->left_out)
			continue;
		object = json_object();
		if (put_entry(object, item) |
		    put(object, "rule", json_untrusted_string(item->text)) |
		    put(object, "why", json_untrusted_string(item->left_out)) |
		    json_array_append(array, object)) {
			json_decref(object);
			json_decref(array);
			return NULL;
		}
		json_decref(object);
	}
	return array;
}

static json_t *setting_json(const struct plan_setting *setting)
{
	json_t *object;

	if (!setting->is_set)
		return json_null();
	object = json_object();
	if (put(object, "value", json_integer(setting->value)) |
	    put(object, "file", json_untrusted_string(setting->file)) |
	    put(object, "line", json_integer(setting->line))) {
		json_decref(object);
		return NULL;
	}
	return object;
}

json_t *plan_output_diagnostics(const struct diagnostics *diagnostics)
{
	json_t *array = json_array();

	for (size_t i = 0; array && i < diagnostics->count; i++) {
		const struct diagnostic *item = &diagnostics->items[i];
		json_t *object = json_object();

		if (put(object, "file", json_untrusted_string(item->file)) |
		    put(object, "line", json_integer(item->line)) |
		    put(object, "column", json_integer(item->column)) |
		    put(object, "what", json_untrusted_string(item->what)) |
		    put(object, "why", json_untrusted_string(item->why)) |
		    json_array_append(array, object)) {
			json_decref(object);
			json_decref(array);
			return NULL;
		}
		json_decref(object);
	}
	return array;
}

json_t *plan_output_json(const struct host_plan *host_plan)
{
	const struct plan *plan = &host_plan->plan;
	const char *root = host_plan->host.root.path;
	json_t *settings = json_object();
	json_t *object = json_object();
	int failed = put(settings, "backlog_limit", setting_json(&plan->backlog_limit)) |
		     put(settings, "failure_mode", setting_json(&plan->failure_mode)) |
		     put(settings, "enabled", setting_json(&plan->enabled));

	failed |= put(object, "root", json_untrusted_string(root[0] ? root : "/")) |
		  put(object, "file", json_string(RULES_FILE_PATH)) |
		  put(object, "machine", json_string(host_plan->host.machine.name)) |
		  put(object, "file_changes", json_boolean(plan->file_changes)) |
		  put(object, "add", json_integer((json_int_t)plan->counts[PLAN_ADD])) |
		  put(object, "remove", json_integer((json_int_t)plan->counts[PLAN_REMOVE])) |
		  put(object, "keep", json_integer((json_int_t)plan->counts[PLAN_KEEP])) |
		  put(object, "rows", rows_json(plan)) |
		  put(object, "left_out", left_out_json(&host_plan->resolution)) |
		  put(object, "settings", settings) |
		  put(object, "warnings", plan_output_diagnostics(&plan->warnings));
	if (!failed)
		return object;
	json_decref(object);
	return NULL;
}
