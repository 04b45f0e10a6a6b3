/*
 * A host for rule tests, so that they don't depend on the one they run on: a few users and groups,
 * a few directories, any machine.
 */
#ifndef TESTS_UNIT_RULE_FAKE_HOST_H
#define TESTS_UNIT_RULE_FAKE_HOST_H

#include "auditmgr/rule_host.h"

#include <stddef.h>
#include <string.h>

static inline bool fake_find_user(const void *context, const char *name, uint32_t *id)
{
	(void)context;
	if (strcmp(name, "root") == 0)
		*id = 0;
	else if (strcmp(name, "alice") == 0)
		*id = 1000;
	else
		return false;
	return true;
}

static inline bool fake_find_group(const void *context, const char *name, uint32_t *id)
{
	(void)context;
	if (strcmp(name, "docker") != 0)
		return false;
	*id = 998;
	return true;
}

static inline bool fake_is_directory(const void *context, const char *path)
{
	static const char *const directories[] = {
		"/", "/etc", "/etc/docker", "/run", "/usr", "/usr/bin", "/var/lib/docker", "/tmp",
	};

	(void)context;
	for (size_t i = 0; i < sizeof(directories) / sizeof(directories[0]); i++)
		if (strcmp(path, directories[i]) == 0)
			return true;
	return false;
}

static inline struct rule_host fake_host(int machine)
{
	struct rule_host host = {
		.machine = machine,
		.find_user = fake_find_user,
		.find_group = fake_find_group,
		.is_directory = fake_is_directory,
	};

	return host;
}

#endif
