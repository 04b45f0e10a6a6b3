/*
 * Whose system calls the rules are for: the running kernel's machine, or for a file tree the one
 * that its own programs are built for.
 */
#include "auditmgr/host_find.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <libaudit.h>
#include <string.h>
#include <sys/utsname.h>

#define NONE (-1)

static const struct machine {
	const char *name; /* as uname -m */
	unsigned elf;
	int b64;
	int b32; /* what a 64-bit kernel of this machine runs as well */
} machines[] = {
	{"x86_64", EM_X86_64, MACH_86_64, MACH_X86},
	{"aarch64", EM_AARCH64, MACH_AARCH64, MACH_ARM},
	{"s390x", EM_S390, MACH_S390X, MACH_S390},
	{"ppc64le", EM_PPC64, MACH_PPC64LE, NONE},
	{"ppc64", EM_PPC64, MACH_PPC64, MACH_PPC},
	{"i686", EM_386, NONE, MACH_X86},
	{"armv7l", EM_ARM, NONE, MACH_ARM},
};

#define MACHINE_COUNT (sizeof(machines) / sizeof(machines[0]))

/* other spellings of the same */
static const char *usual_name(const char *name)
{
	static const char *const spellings[][2] = {
		{"amd64", "x86_64"}, {"arm64", "aarch64"}, {"i386", "i686"},     {"i586", "i686"},
		{"armhf", "armv7l"}, {"armv8l", "armv7l"}, {"armv6l", "armv7l"},
	};

	for (size_t i = 0; i < sizeof(spellings) / sizeof(spellings[0]); i++)
		if (strcmp(name, spellings[i][0]) == 0)
			return spellings[i][1];
	return name;
}

static const struct machine *machine_named(const char *name)
{
	name = usual_name(name);
	for (size_t i = 0; i < MACHINE_COUNT; i++)
		if (strcmp(machines[i].name, name) == 0)
			return &machines[i];
	return NULL;
}

/* The machine in the ELF header of a program of the tree, or NULL: it has none, or isn't one. */
static const struct machine *machine_of_program(const struct host *host, const char *path)
{
	CLEANUP(close_descriptor) int fd = host_root_open_file(&host->root, path, O_RDONLY);
	unsigned char header[EI_NIDENT + 4]; /* e_ident, e_type, e_machine */
	unsigned elf;
	bool little;

	if (fd < 0 || read(fd, header, sizeof(header)) != (ssize_t)sizeof(header) ||
	    memcmp(header, ELFMAG, SELFMAG) != 0)
		return NULL;
	little = header[EI_DATA] == ELFDATA2LSB;
	elf = little ? header[EI_NIDENT + 2] | (unsigned)header[EI_NIDENT + 3] << 8
		     : header[EI_NIDENT + 3] | (unsigned)header[EI_NIDENT + 2] << 8;
	/* the two byte orders of ppc64 share a number */
	if (elf == EM_PPC64)
		return machine_named(little ? "ppc64le" : "ppc64");
	for (size_t i = 0; i < MACHINE_COUNT; i++)
		if (machines[i].elf == elf)
			return &machines[i];
	return NULL;
}

static const struct machine *machine_of_tree(struct host *host, const char **source)
{
	static const char *const programs[] = {"/usr/bin/dockerd", "/usr/sbin/dockerd", "/bin/sh",
					       "/usr/bin/env", "/sbin/init"};

	for (size_t i = 0; i < sizeof(programs) / sizeof(programs[0]); i++) {
		const struct machine *machine = machine_of_program(host, programs[i]);

		if (!machine)
			continue;
		*source = arena_format(&host->arena, "ELF header of %s", programs[i]);
		return machine;
	}
	return NULL;
}

int host_machine_number(const struct host *host)
{
	return host->machine.b64 != NONE ? host->machine.b64 : host->machine.b32;
}

int host_find_machine(struct host *host, const struct host_options *options, struct error *error)
{
	const struct machine *machine = NULL;
	const char *source = NULL;
	struct utsname kernel;

	if (options->machine) {
		machine = machine_named(options->machine);
		if (!machine)
			return error_set(error, ERROR_INPUT, "unknown machine", options->machine,
					 "known are x86_64, aarch64, s390x, ppc64le, ppc64, i686 "
					 "and armv7l");
		source = "--arch";
	}
	if (!machine && host->root.path[0])
		machine = machine_of_tree(host, &source);
	if (!machine) {
		if (uname(&kernel) < 0)
			return error_set_errno(error, errno, "cannot tell the machine", "uname");
		machine = machine_named(kernel.machine);
		source = "this kernel";
		if (!machine)
			return error_set(error, ERROR_INPUT, "unknown machine", kernel.machine,
					 "audit rules for it are not supported");
	}
	if (!source)
		return error_set_memory(error, "cannot tell the machine");
	host->machine = (struct host_machine){
		.name = machine->name,
		.source = source,
		.b64 = machine->b64,
		.b32 = options->no_32bit && machine->b64 != NONE ? NONE : machine->b32,
	};
	return 0;
}
