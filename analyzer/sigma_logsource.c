#include "analyzer/sigma_logsource.h"

#include "common/number.h"

#include <fcntl.h>
#include <libaudit.h>
#include <sys/socket.h>

static const struct {
	const char *product, *category, *service; /* NULL: the rule must not give it */
	enum sigma_logsource source;
} sources[] = {
	{"linux", NULL, "auditd", SIGMA_AUDITD},
	{"linux", "process_creation", NULL, SIGMA_PROCESS_CREATION},
	{"linux", "process_creation", "auditd", SIGMA_PROCESS_CREATION},
	{NULL, "process_creation", NULL, SIGMA_PROCESS_CREATION},
	{"linux", "file_event", NULL, SIGMA_FILE_EVENT},
	{"linux", "file_event", "auditd", SIGMA_FILE_EVENT},
	{NULL, "file_event", NULL, SIGMA_FILE_EVENT},
	{"linux", "network_connection", NULL, SIGMA_NETWORK_CONNECTION},
	{"linux", "network_connection", "auditd", SIGMA_NETWORK_CONNECTION},
	{NULL, "network_connection", NULL, SIGMA_NETWORK_CONNECTION},
};

static bool is_part(struct slice given, const char *wanted)
{
	return wanted ? slice_is(given, wanted) : given.bytes == NULL;
}

int sigma_logsource_find(struct slice product, struct slice category, struct slice service,
			 enum sigma_logsource *source)
{
	for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]); i++) {
		if (!is_part(product, sources[i].product) ||
		    !is_part(category, sources[i].category) ||
		    !is_part(service, sources[i].service))
			continue;
		*source = sources[i].source;
		return 0;
	}
	return -1;
}

static bool is_call(const struct event *event, const char *const *names)
{
	if (!event->syscall_name)
		return false;
	for (; *names; names++)
		if (strcmp(event->syscall_name, *names) == 0)
			return true;
	return false;
}

static bool creates_process(const struct event *event)
{
	static const char *const calls[] = {"execve", "execveat", NULL};

	return event->outcome != EVENT_FAILURE &&
	       (event_has_type(event, AUDIT_EXECVE) || is_call(event, calls));
}

/* argument a0..a3 of the system call, or 0 */
static uint64_t call_argument(const struct event *event, const char *name)
{
	for (size_t i = 0; i < event->record_count; i++) {
		const struct record_field *field;
		uint64_t number;

		if (event->records[i].type != AUDIT_SYSCALL)
			continue;
		field = event_record_field(&event->records[i], name);
		if (field &&
		    number_parse_hex(field->raw.bytes, field->raw.length, UINT64_MAX, &number) == 0)
			return number;
	}
	return 0;
}

static bool opens_for_writing(const struct event *event)
{
	static const char *const open_calls[] = {"open", NULL};
	static const char *const openat_calls[] = {"openat", "open_by_handle_at", NULL};
	/* openat2's flags are in memory that no record shows */
	static const char *const blind_calls[] = {"creat", "openat2", NULL};
	uint64_t flags;

	if (is_call(event, blind_calls))
		return true;
	if (is_call(event, open_calls))
		flags = call_argument(event, "a1");
	else if (is_call(event, openat_calls))
		flags = call_argument(event, "a2");
	else
		return false;
	return (flags & O_ACCMODE) != O_RDONLY || (flags & (O_CREAT | O_TRUNC)) != 0;
}

static bool changes_file(const struct event *event)
{
	static const char *const calls[] = {
		"truncate",  "ftruncate", "chmod",       "fchmod",       "fchmodat",
		"chown",     "fchown",    "lchown",      "fchownat",     "setxattr",
		"lsetxattr", "fsetxattr", "removexattr", "lremovexattr", "fremovexattr",
		"fallocate", "utimensat", NULL};

	if (event->path_count == 0 || event->outcome == EVENT_FAILURE)
		return false;
	for (size_t i = 0; i < event->path_count; i++)
		if (slice_is(event->paths[i].nametype, "CREATE") ||
		    slice_is(event->paths[i].nametype, "DELETE"))
			return true;
	return is_call(event, calls) || opens_for_writing(event);
}

static bool connects(const struct event *event)
{
	static const char *const calls[] = {"connect", "sendto", "sendmsg", "sendmmsg", NULL};

	return (event->socket.family == AF_INET || event->socket.family == AF_INET6) &&
	       is_call(event, calls);
}

bool sigma_logsource_has(enum sigma_logsource source, const struct event *event)
{
	switch (source) {
	case SIGMA_AUDITD:
		return true;
	case SIGMA_PROCESS_CREATION:
		return creates_process(event);
	case SIGMA_FILE_EVENT:
		return changes_file(event);
	case SIGMA_NETWORK_CONNECTION:
		return connects(event);
	}
	return false;
}
