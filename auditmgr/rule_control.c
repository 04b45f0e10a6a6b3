#include "auditmgr/rule_control.h"

#include "auditmgr/rule_value.h"

/* in the order of enum rule_control_kind */
static const struct {
	const char *name;
	int option;
	bool has_value;
	uint32_t maximum;
	bool ends_line;
} controls[] = {
	[RULE_CONTROL_DELETE_ALL] = {"-D", 'D', false, 0, true},
	[RULE_CONTROL_BACKLOG_LIMIT] = {"-b", 'b', true, UINT32_MAX, false},
	[RULE_CONTROL_FAILURE] = {"-f", 'f', true, 2, false},
	[RULE_CONTROL_ENABLED] = {"-e", 'e', true, 2, false},
	[RULE_CONTROL_RATE_LIMIT] = {"-r", 'r', true, UINT32_MAX, false},
	[RULE_CONTROL_CONTINUE] = {"-c", 'c', false, 0, true},
	[RULE_CONTROL_IGNORE_ERRORS] = {"-i", 'i', false, 0, true},
	[RULE_CONTROL_BACKLOG_WAIT_TIME] = {"--backlog_wait_time", RULE_OPTION_BACKLOG_WAIT_TIME,
					    true, UINT32_MAX, false},
	[RULE_CONTROL_LOGINUID_IMMUTABLE] = {"--loginuid-immutable", RULE_OPTION_LOGINUID_IMMUTABLE,
					     false, 0, true},
	[RULE_CONTROL_RESET_LOST] = {"--reset-lost", RULE_OPTION_RESET_LOST, false, 0, true},
	[RULE_CONTROL_RESET_WAIT_TIME] = {"--reset_backlog_wait_time_actual",
					  RULE_OPTION_RESET_WAIT_TIME, false, 0, true},
	[RULE_CONTROL_TRIM] = {"-t", 't', false, 0, true},
	[RULE_CONTROL_EQUIVALENT] = {"-q", 'q', false, 0, true},
};

enum {
	CONTROL_COUNT = sizeof(controls) / sizeof(controls[0]),
};

static int read_number(struct rule_control *control, struct slice text, struct error *error)
{
	uint32_t maximum = controls[control->kind].maximum;
	int64_t value = 0;

	/* auditctl wants -e and -f to be one digit, and reads the others as strtoul(3) does */
	if ((maximum < 10 && text.length != 1) || rule_value_number(text, 0, maximum, &value))
		return error_set(error, ERROR_INPUT, "", "", "it takes a number from 0 to %u",
				 maximum);
	control->value = (uint32_t)value;
	return 0;
}

static int read_equivalent(struct rule_control *control, struct slice text, struct error *error)
{
	const char *comma = memchr(text.bytes, ',', text.length);
	const char *end = text.bytes + text.length;

	if (!comma || comma + 1 == end || memchr(comma + 1, ',', (size_t)(end - comma - 1)))
		return error_set(error, ERROR_INPUT, "", "",
				 "a mount point and a subtree, joined by a comma, are wanted");
	control->text = text;
	return 0;
}

int rule_control_read(struct rule_control *control, const struct rule_option *option,
		      struct error *error)
{
	for (size_t i = 0; i < CONTROL_COUNT; i++) {
		if (controls[i].option != option->name)
			continue;
		*control = (struct rule_control){.kind = (enum rule_control_kind)i};
		if (controls[i].has_value)
			return read_number(control, option->value, error);
		if (i == RULE_CONTROL_EQUIVALENT)
			return read_equivalent(control, option->value, error);
		return 0;
	}
	return 1;
}

bool rule_control_ends_line(enum rule_control_kind kind)
{
	return controls[kind].ends_line;
}

const char *rule_control_name(enum rule_control_kind kind)
{
	return controls[kind].name;
}

bool rule_control_has_value(enum rule_control_kind kind)
{
	return controls[kind].has_value;
}
