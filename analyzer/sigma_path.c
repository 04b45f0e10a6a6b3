#include "analyzer/sigma_path.h"

#include <libaudit.h>

static bool is_roundabout(struct slice name)
{
	for (size_t i = 0; i + 1 < name.length; i++)
		if (name.bytes[i] == '/' && (name.bytes[i + 1] == '/' || name.bytes[i + 1] == '.'))
			return true;
	return false;
}

/* Whether argument `name` of the system call is AT_FDCWD, -100 as the kernel logs it. */
static bool is_cwd(const struct event_record *call, const char *name)
{
	const struct record_field *argument = event_record_field(call, name);

	return argument &&
	       (slice_is(argument->raw, "ffffff9c") || slice_is(argument->raw, "ffffffffffffff9c"));
}

/* The arguments that hold directory descriptors, where it is not a0 alone; man page of each. */
static const struct {
	const char *name, *first, *second;
} directory_arguments[] = {
	{"symlinkat", "a1", NULL}, {"renameat", "a0", "a2"},          {"renameat2", "a0", "a2"},
	{"linkat", "a0", "a2"},    {"open_by_handle_at", NULL, NULL}, /* names nothing */
};

static bool call_uses_cwd(const struct event_record *call, const char *name)
{
	size_t length = strlen(name);

	for (size_t i = 0; i < sizeof(directory_arguments) / sizeof(directory_arguments[0]); i++)
		if (strcmp(name, directory_arguments[i].name) == 0)
			return directory_arguments[i].first &&
			       is_cwd(call, directory_arguments[i].first) &&
			       (!directory_arguments[i].second ||
				is_cwd(call, directory_arguments[i].second));
	if ((length > 2 && strcmp(name + length - 2, "at") == 0) || strcmp(name, "openat2") == 0 ||
	    strcmp(name, "faccessat2") == 0)
		return is_cwd(call, "a0");
	return true;
}

/* Whether relative names of this event are relative to its working directory. */
static bool uses_cwd(const struct event *event)
{
	if (!event->cwd.bytes || event->cwd.length == 0 || event->cwd.bytes[0] != '/')
		return false;
	for (size_t i = 0; i < event->record_count; i++)
		if (event->records[i].type == AUDIT_SYSCALL)
			return event->syscall_name &&
			       call_uses_cwd(&event->records[i], event->syscall_name);
	return true;
}

/* Appends the components of `path` to *absolute, which is empty or starts with a slash. */
static int append_components(struct text *absolute, struct slice path)
{
	size_t at = 0;

	while (at < path.length) {
		size_t start = at;
		struct slice component = {.bytes = path.bytes + at};

		while (at < path.length && path.bytes[at] != '/')
			at++;
		component.length = at - start;
		at++;
		if (component.length == 0 || slice_is(component, "."))
			continue;
		if (slice_is(component, "..")) {
			while (absolute->length > 0 && absolute->bytes[--absolute->length] != '/')
				continue;
			continue;
		}
		if (text_append_char(absolute, '/') ||
		    text_append(absolute, component.bytes, component.length))
			return -1;
	}
	return 0;
}

int sigma_path_resolve(const struct event *event, struct slice name, struct text *absolute)
{
	bool relative = name.length > 0 && name.bytes[0] != '/';

	if (name.length == 0 || (relative && !uses_cwd(event)) ||
	    (!relative && !is_roundabout(name)))
		return 0;
	if (relative && append_components(absolute, event->cwd))
		return -1;
	if (append_components(absolute, name))
		return -1;
	if (absolute->length == 0 && text_append_char(absolute, '/'))
		return -1;
	return 1;
}
