/*
 * The audit system's own files, and the group whose members are root by way of Docker.
 */
#include "auditmgr/host_find.h"

#include <ctype.h>
#include <string.h>

/* auditd.conf(5): `log_file = /var/log/audit/audit.log`, the name in any case. NULL where not set.
 */
static const char *log_file(struct host *host, const char *bytes)
{
	for (const char *line = bytes; line && *line; line = strchr(line, '\n')) {
		const char *value;
		size_t length;

		line += strspn(line, " \t\n");
		if (strncasecmp(line, "log_file", 8) != 0)
			continue;
		value = line + 8 + strspn(line + 8, " \t");
		if (*value != '=')
			continue;
		value += 1 + strspn(value + 1, " \t");
		length = strcspn(value, "\r\n");
		while (length && isspace((unsigned char)value[length - 1]))
			length--;
		return arena_copy(&host->arena, value, length);
	}
	return NULL;
}

static int find_log_directory(struct host *host, struct error *error)
{
	CLEANUP(text_done) struct text content = TEXT_INIT;
	const char *path, *slash;

	if (host_read(host, "/etc/audit/auditd.conf", &content, error) < 0)
		return -1;
	path = log_file(host, text_string(&content));
	slash = path && path[0] == '/' ? strrchr(path, '/') : NULL;
	if (!slash || slash == path)
		return host_add(host, ROLE_AUDIT_LOG_DIR, "/var/log/audit", "default", NULL, error);
	path = arena_copy(&host->arena, path, (size_t)(slash - path));
	if (!path)
		return error_set_memory(error, "cannot look for the audit log");
	return host_add(host, ROLE_AUDIT_LOG_DIR, path, "auditd.conf log_file", NULL, error);
}

int host_find_audit(struct host *host, struct error *error)
{
	static const char *const units[] = {
		"/usr/lib/systemd/system/auditd.service",
		"/etc/systemd/system/auditd.service",
		"/etc/systemd/system/auditd.service.d",
	};
	static const char *const group_files[] = {"/etc/group", "/etc/gshadow"};

	if (host_add(host, ROLE_AUDIT_DIR, "/etc/audit", "default", NULL, error) ||
	    host_add(host, ROLE_AUDIT_DIR, "/etc/libaudit.conf", "default", NULL, error) ||
	    find_log_directory(host, error))
		return -1;
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (host_add(host, ROLE_AUDIT_UNIT, units[i], "default", NULL, error))
			return -1;
	for (size_t i = 0; i < sizeof(group_files) / sizeof(group_files[0]); i++)
		if (host_add(host, ROLE_GROUP_FILE, group_files[i], "default", NULL, error))
			return -1;
	return 0;
}
