#include "auditmgr/rule_machine.h"

#include "common/number.h"

#include <libaudit.h>
#include <stdio.h>
#include <strings.h>

enum {
	NAME_MAX_LENGTH = 63, /* longer than any machine's or system call's name */
};

int rule_machine_64(int machine)
{
	switch (machine) {
	case MACH_86_64:
	case MACH_PPC64:
	case MACH_PPC64LE:
	case MACH_S390X:
	case MACH_AARCH64:
		return machine;
	default:
		return -1;
	}
}

int rule_machine_32(int machine)
{
	switch (machine) {
	case MACH_86_64:
		return MACH_X86;
	case MACH_PPC64:
		return MACH_PPC;
	case MACH_S390X:
		return MACH_S390;
	case MACH_AARCH64:
		return MACH_ARM;
	case MACH_X86:
	case MACH_PPC:
	case MACH_S390:
	case MACH_ARM:
		return machine;
	default:
		return -1;
	}
}

uint32_t rule_machine_architecture(int machine)
{
	return machine < 0 ? 0 : audit_machine_to_elf(machine);
}

int rule_machine_of_architecture(uint32_t architecture)
{
	return audit_elf_to_machine(architecture);
}

/* libaudit's tables want a C string; what doesn't fit is in none of them */
static bool copy_name(char copy[NAME_MAX_LENGTH + 1], struct slice name)
{
	if (name.length == 0 || name.length > NAME_MAX_LENGTH ||
	    memchr(name.bytes, '\0', name.length))
		return false;
	memcpy(copy, name.bytes, name.length);
	copy[name.length] = '\0';
	return true;
}

static uint32_t parse_number(struct slice text)
{
	uint64_t value = 0;
	bool prefixed = text.length > 2 && strncasecmp(text.bytes, "0x", 2) == 0;
	bool digit = text.bytes[0] >= '0' && text.bytes[0] <= '9';
	int failed;

	if (prefixed)
		failed = number_parse_hex(text.bytes + 2, text.length - 2, UINT32_MAX, &value);
	else if (digit)
		failed = number_parse(text.bytes, text.length, UINT32_MAX, &value);
	else
		failed = number_parse_hex(text.bytes, text.length, UINT32_MAX, &value);
	return failed || audit_elf_to_machine((uint32_t)value) < 0 ? 0 : (uint32_t)value;
}

uint32_t rule_machine_parse_architecture(int machine, struct slice text)
{
	char name[NAME_MAX_LENGTH + 1];
	int named;

	if (!copy_name(name, text))
		return 0;
	if (strcasecmp(name, "b64") == 0)
		return rule_machine_architecture(rule_machine_64(machine));
	if (strcasecmp(name, "b32") == 0)
		return rule_machine_architecture(rule_machine_32(machine));
	named = audit_name_to_machine(name);
	return named >= 0 ? rule_machine_architecture(named) : parse_number(text);
}

const char *rule_machine_architecture_name(int machine, uint32_t architecture)
{
	int meant = rule_machine_of_architecture(architecture);

	if (architecture == 0 || meant < 0)
		return NULL;
	if (meant == rule_machine_64(machine))
		return "b64";
	if (meant == rule_machine_32(machine))
		return "b32";
	return audit_machine_to_name(meant);
}

int rule_machine_syscall(int machine, struct slice name)
{
	char copy[NAME_MAX_LENGTH + 1];

	return machine >= 0 && copy_name(copy, name) ? audit_name_to_syscall(copy, machine) : -1;
}

const char *rule_machine_syscall_name(int machine, unsigned number)
{
	return machine < 0 || number > INT32_MAX ? NULL
						 : audit_syscall_to_name((int)number, machine);
}

bool rule_machine_any_syscall(struct slice name)
{
	for (int machine = MACH_X86; machine <= MACH_PPC64LE; machine++)
		if (rule_machine_syscall(machine, name) >= 0)
			return true;
	return false;
}
