#include "tests/unit/table.h"

#include "auditmgr/catalogue.h"
#include "auditmgr/rule_parse.h"

#include <string.h>

#define GOOD "#: id: a-b\n#: title: T\n#: controls: CIS-1.1.3\n#: attack: T1611\n#: why: because\n"
#define RULE "-a always,exit -F arch=${arch} -S connect -F path=${docker_socket} -F key=k\n"

struct row {
	const char *name;
	const char *file;
	size_t entries;
	const char *fault; /* "line:column: what", the only one; NULL: there is none */
};

static struct row rows[] = {
	{"an entry", GOOD RULE, 1, NULL},
	{"two entries",
	 GOOD RULE
	 "\n#: id: c\n#: title: T\n#: controls: none\n#: attack: none\n#: why: w\n-b 8192\n",
	 2, NULL},
	{"two entries without a blank line",
	 GOOD RULE "#: id: c\n#: title: T\n#: controls: none\n#: attack: none\n#: why: w\n-c\n", 2,
	 NULL},
	{"two rules under one block", GOOD RULE RULE, 1, NULL},
	{"comments anywhere", "# one\n" GOOD "# two\n" RULE "# three\n", 1, NULL},
	{"no newline at the end", GOOD "-c", 1, NULL},
	{"CR LF",
	 "#: id: a\r\n#: title: T\r\n#: controls: none\r\n#: attack: none\r\n#: why: w\r\n-c\r\n",
	 1, NULL},
	{"keys in another order",
	 "#: why: w\n#: attack: none\n#: controls: none\n#: title: T\n#: id: a\n-c\n", 1, NULL},
	{"an empty file", "", 0, NULL},
	{"only comments", "# nothing\n\n", 0, NULL},
	{"a rule without metadata", RULE, 0,
	 "1:1: -a always,exit -F arch=${arch} -S connect -F path=${docker_socket} -F key=k"},
	{"a rule behind a blank line", GOOD RULE "\n-c\n", 1, "8:1: -c"},
	{"metadata without a rule", GOOD, 0, "1:0: metadata"},
	{"no title", "#: id: a\n#: controls: none\n#: attack: none\n#: why: w\n-c\n", 0,
	 "1:0: title"},
	{"an empty why", "#: id: a\n#: title: T\n#: controls: none\n#: attack: none\n#: why:\n-c\n",
	 0, "5:8: why"},
	{"an unknown key", GOOD "#: owner: me\n" RULE, 0, "6:4: owner"},
	{"a key twice", GOOD "#: title: U\n" RULE, 0, "6:4: title"},
	{"no colon", GOOD "#: text\n" RULE, 0, "6:4: text"},
	{"nothing behind the mark", GOOD "#:\n" RULE, 0, "6:1: #:"},
	{"nothing to continue", "#:   more\n-c\n", 0, "1:6: more"},
	{"an id twice", GOOD RULE "\n" GOOD RULE, 1, "8:8: a-b"},
	{"an id with a blank",
	 "#: id: a b\n#: title: T\n#: controls: none\n#: attack: none\n#: why: w\n-c\n", 0,
	 "1:8: a b"},
	{"a technique that is none",
	 "#: id: a\n#: title: T\n#: controls: none\n#: attack: T1611, X1\n#: why: w\n-c\n", 0,
	 "4:19: X1"},
	{"a technique of v19",
	 "#: id: a\n#: title: T\n#: controls: none\n#: attack: T1562.001 (v19: T1685), T1611\n#: "
	 "why: w\n-c\n",
	 1, NULL},
	{"a broken v19",
	 "#: id: a\n#: title: T\n#: controls: none\n#: attack: T1562.001 (v19 T1685)\n#: why: "
	 "w\n-c\n",
	 0, "4:12: T1562.001 (v19 T1685)"},
	{"a control that is none",
	 "#: id: a\n#: title: T\n#: controls: CIS-1.1.3, 1 2\n#: attack: none\n#: why: w\n-c\n", 0,
	 "3:25: 1 2"},
	{"an unknown variable",
	 GOOD "-a always,exit -F arch=${arch} -F path=${nothing} -F perm=wa -F key=k\n", 0,
	 "6:40: ${nothing}"},
	{"two path variables", GOOD "-a always,exit -F path=${runc} -F dir=${data_root} -F key=k\n",
	 0, "6:39: ${data_root}"},
	{"an unknown system call", GOOD "-a always,exit -F arch=${arch} -S connect,mout -F key=k\n",
	 0, "6:43: -S mout"},
	{"an old watch", GOOD "-w /etc/docker -p wa -k k\n", 0, "6:1: the rule's form"},
	{"a rule that deletes", GOOD "-d always,exit -F arch=b64 -S connect -F key=k\n", 0,
	 "6:1: the rule's form"},
	{"no arch", GOOD "-a always,exit -F path=${runc} -F perm=wa -F key=k\n", 0, "6:1: arch="},
	{"no key", GOOD "-a always,exit -F arch=${arch} -S connect\n", 0, "6:1: key="},
	{"a key of 31 bytes",
	 GOOD "-a always,exit -F arch=${arch} -S connect -F key=a23456789012345678901234567890b\n",
	 1, NULL},
	{"a key of 32 bytes",
	 GOOD "-a always,exit -F arch=${arch} -S connect -F key=a23456789012345678901234567890bc\n",
	 0, "6:1: key="},
	{"a key in capitals", GOOD "-a always,exit -F arch=${arch} -S connect -F key=Docker\n", 0,
	 "6:1: key="},
	{"a faulty entry does not take the next one with it", "#: id: z\n-c\n\n" GOOD RULE, 1,
	 "1:0: title"},
};

static void row_holds(void **state)
{
	const struct row *row = *state;
	struct catalogue catalogue = CATALOGUE_INIT;
	struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	struct error error = ERROR_INIT;
	char got[512] = "";

	assert_int_equal(catalogue_parse(&catalogue, "f.rules", row->file, strlen(row->file),
					 &diagnostics, &error),
			 0);
	assert_true(diagnostics.count <= 1);
	if (diagnostics.count) {
		const struct diagnostic *item = &diagnostics.items[0];

		(void)snprintf(got, sizeof(got), "%u:%u: %s", item->line, item->column, item->what);
		assert_int_equal(item->level, DIAGNOSTIC_ERROR);
	}
	assert_string_equal(got, row->fault ? row->fault : "");
	assert_int_equal(catalogue.count, row->entries);
	diagnostics_done(&diagnostics);
	catalogue_done(&catalogue);
}

static void values_are_read(void **state)
{
	static const char file[] =
		"#: id: a\n#: title: One thing\n#: controls: CIS-1.1.3,CIS-1.1.18\n"
		"#: attack: T1562.001 (v19: T1685), T1611\n#: why: first\n#:   "
		"second\n#:  third\n-c\n-b 8192\n";
	struct catalogue catalogue = CATALOGUE_INIT;
	struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	struct error error = ERROR_INIT;
	const struct catalogue_entry *entry;

	(void)state;
	assert_int_equal(
		catalogue_parse(&catalogue, "f.rules", file, strlen(file), &diagnostics, &error),
		0);
	assert_int_equal(catalogue.count, 1);
	entry = catalogue.entries;
	assert_string_equal(entry->id, "a");
	assert_string_equal(entry->title, "One thing");
	assert_string_equal(entry->why, "first second third");
	assert_int_equal(entry->control_count, 2);
	assert_string_equal(entry->controls[1], "CIS-1.1.18");
	assert_int_equal(entry->attack_count, 2);
	assert_string_equal(entry->attack[0].v18, "T1562.001");
	assert_string_equal(entry->attack[0].v19, "T1685");
	assert_null(entry->attack[1].v19);
	assert_int_equal(entry->template_count, 2);
	assert_string_equal(entry->templates[1].text, "-b 8192");
	assert_int_equal(entry->templates[1].line, 9);
	diagnostics_done(&diagnostics);
	catalogue_done(&catalogue);
}

static struct catalogue shipped = CATALOGUE_INIT;

static int read_shipped(void **state)
{
	struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	struct error error = ERROR_INIT;
	int result;

	(void)state;
	result = catalogue_read(&shipped, SOURCE_ROOT "/rules.d/audit", &diagnostics, &error);
	if (result)
		error_print(&error, "test_catalogue", stderr);
	diagnostics_print(&diagnostics, stderr);
	if (diagnostics.count)
		result = -1;
	diagnostics_done(&diagnostics);
	return result;
}

static int free_shipped(void **state)
{
	(void)state;
	catalogue_done(&shipped);
	return 0;
}

static bool has_control(const struct catalogue_entry *entry, const char *control)
{
	for (size_t i = 0; i < entry->control_count; i++)
		if (strcmp(entry->controls[i], control) == 0)
			return true;
	return false;
}

/* Whether an entry with the control has a rule on the variable: a control is about a thing. */
static bool covers(const char *control, const char *variable)
{
	for (size_t i = 0; i < shipped.count; i++)
		for (size_t j = 0; j < shipped.entries[i].template_count; j++)
			if (has_control(&shipped.entries[i], control) &&
			    strstr(shipped.entries[i].templates[j].text, variable))
				return true;
	return false;
}

static void shipped_covers_the_benchmark(void **state)
{
	static const char *const objects[][2] = {
		{"CIS-1.1.3", "path=${dockerd}"},
		{"CIS-1.1.4", "dir=${containerd_state}"},
		{"CIS-1.1.5", "dir=${data_root}"},
		{"CIS-1.1.6", "dir=${docker_dir}"},
		{"CIS-1.1.7", "path=${docker_service}"},
		{"CIS-1.1.7", "dir=${dropin_dir}"},
		{"CIS-1.1.8", "-S connect -F path=${containerd_socket}"},
		{"CIS-1.1.8", "path=${containerd_socket} -F perm=wa"},
		{"CIS-1.1.9", "path=${docker_socket_unit}"},
		{"CIS-1.1.9", "-S connect -F path=${docker_socket}"},
		{"CIS-1.1.10", "path=${default_docker}"},
		{"CIS-1.1.11", "path=${daemon_json}"},
		{"CIS-1.1.12", "path=${containerd_config}"},
		{"CIS-1.1.13", "path=${sysconfig_docker}"},
		{"CIS-1.1.14", "path=${containerd}"},
		{"CIS-1.1.15", "path=${containerd_shim}"},
		{"CIS-1.1.16", "path=${containerd_shim_runc_v1}"},
		{"CIS-1.1.17", "path=${containerd_shim_runc_v2}"},
		{"CIS-1.1.18", "path=${runc}"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(objects) / sizeof(objects[0]); i++)
		if (!covers(objects[i][0], objects[i][1]))
			fail_msg("%s has no rule with %s", objects[i][0], objects[i][1]);
}

static void shipped_metadata_is_whole(void **state)
{
	(void)state;
	assert_true(shipped.count >= 40);
	for (size_t i = 0; i < shipped.count; i++) {
		const struct catalogue_entry *entry = &shipped.entries[i];
		bool control = entry->templates[0].text[1] != 'a';

		assert_true(strlen(entry->title) >= 10 && strlen(entry->title) <= 72);
		assert_true(strlen(entry->why) >= 30);
		/* each filter rule is there for a technique; a control statement for none */
		assert_true(control || entry->attack_count > 0);
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(entry->id, shipped.entries[j].id);
	}
}

/* Renumbered in v19: the old number alone would miss in a newer matrix. */
static void shipped_techniques_carry_both_numbers(void **state)
{
	static const char *const renumbered[][2] = {
		{"T1562.001", "T1685"}, {"T1562.012", "T1685.004"}, {"T1070.002", "T1685.006"}};

	(void)state;
	for (size_t i = 0; i < shipped.count; i++)
		for (size_t j = 0; j < shipped.entries[i].attack_count; j++)
			for (size_t k = 0; k < 3; k++)
				if (strcmp(shipped.entries[i].attack[j].v18, renumbered[k][0]) == 0)
					assert_string_equal(shipped.entries[i].attack[j].v19,
							    renumbered[k][1]);
}

static void shipped_never_weakens(void **state)
{
	(void)state;
	for (size_t i = 0; i < shipped.count; i++)
		for (size_t j = 0; j < shipped.entries[i].template_count; j++) {
			const char *text = shipped.entries[i].templates[j].text;

			assert_true(strncmp(text, "-a always,exit ", 15) == 0 ||
				    strcmp(text, "-c") == 0 || strcmp(text, "-b 8192") == 0);
		}
}

static void a_directory_without_rules_is_refused(void **state)
{
	struct catalogue catalogue = CATALOGUE_INIT;
	struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	struct error error = ERROR_INIT;

	(void)state;
	assert_int_equal(catalogue_read(&catalogue, SOURCE_ROOT "/cmake", &diagnostics, &error),
			 -1);
	assert_int_equal(error.kind, ERROR_INPUT);
	assert_int_equal(catalogue_read(&catalogue, SOURCE_ROOT "/none", &diagnostics, &error), -1);
	diagnostics_done(&diagnostics);
	catalogue_done(&catalogue);
}

int main(void)
{
	const struct CMUnitTest others[] = {
		cmocka_unit_test(values_are_read),
		cmocka_unit_test(shipped_covers_the_benchmark),
		cmocka_unit_test(shipped_metadata_is_whole),
		cmocka_unit_test(shipped_techniques_carry_both_numbers),
		cmocka_unit_test(shipped_never_weakens),
		cmocka_unit_test(a_directory_without_rules_is_refused),
	};
	int failed = TABLE_RUN("catalogue", rows, row_holds);

	return failed + cmocka_run_group_tests_name("catalogue as shipped", others, read_shipped,
						    free_shipped);
}
