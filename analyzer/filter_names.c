#include "analyzer/filter_names.h"

#include "analyzer/near_name.h"
#include "common/number.h"

#include <libaudit.h>
#include <stdio.h>

enum {
	SYSCALL_NUMBER_MAX = 0xFFFF,
	TYPE_NUMBER_MAX = 0xFFFF,
	TYPE_NAMED_MAX = 3000, /* AUDIT_LAST_USER_MSG2 is 2999 */
	SYSCALL_NAMED_MAX = 600,
	WHY_SIZE = 200,
};

static int unknown_name(const char *what, const char *text, const struct near_names *near,
			const char *list, struct error *error)
{
	char why[WHY_SIZE];

	near_names_write(near, why, sizeof(why));
	return error_set(error, ERROR_INPUT, what, text, "%s has no such name%s", list, why);
}

int filter_syscall_parse(const char *text, struct filter_syscall *syscall, struct error *error)
{
	struct near_names near = {.count = 0};
	uint64_t number;

	if (number_parse(text, strlen(text), SYSCALL_NUMBER_MAX, &number) == 0) {
		*syscall = (struct filter_syscall){.number = (int64_t)number};
		return 0;
	}
	for (int machine = MACH_X86; machine <= MACH_PPC64LE; machine++) {
		if (audit_name_to_syscall(text, machine) >= 0) {
			*syscall = (struct filter_syscall){.name = text};
			return 0;
		}
	}
	for (int i = 0; i < SYSCALL_NAMED_MAX; i++) {
		const char *name = audit_syscall_to_name(i, MACH_86_64);

		if (name)
			near_names_offer(&near, text, name);
	}
	return unknown_name("unknown --syscall", text, &near, "libaudit's table of system calls",
			    error);
}

int filter_type_parse(const char *text, struct filter_type *type, struct error *error)
{
	struct near_names near = {.count = 0};
	const char *name;
	uint64_t number;
	int known;

	if (number_parse(text, strlen(text), TYPE_NUMBER_MAX, &number) == 0) {
		known = (int)number;
	} else {
		known = audit_name_to_msg_type(text);
		if (known < 0 || known > TYPE_NUMBER_MAX) {
			for (int i = 0; i < TYPE_NAMED_MAX; i++) {
				name = audit_msg_type_to_name(i);
				if (name)
					near_names_offer(&near, text, name);
			}
			return unknown_name("unknown --type", text, &near,
					    "libaudit's table of record types", error);
		}
	}
	name = audit_msg_type_to_name(known);
	if (name)
		(void)snprintf(type->name, sizeof(type->name), "%s", name);
	else
		(void)snprintf(type->name, sizeof(type->name), "UNKNOWN[%d]", known);
	return 0;
}
