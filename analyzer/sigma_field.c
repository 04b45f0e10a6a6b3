#include "analyzer/sigma_field.h"

#include "analyzer/sigma_text.h"
#include "common/number.h"

enum {
	FIELD_NAME_LIMIT = 64
};

struct mapping {
	const char *name;
	enum sigma_field_kind kind;
};

/* service auditd: what is not here and no PATH field or argument is a field of any record */
static const struct mapping audit_fields[] = {
	{"type", SIGMA_FIELD_TYPE},
	{"syscall", SIGMA_FIELD_SYSCALL},
	{"key", SIGMA_FIELD_KEY},
	/* of PATH records, which an event has several of (audit_log_name() of the kernel) */
	{"item", SIGMA_FIELD_PATH},
	{"name", SIGMA_FIELD_PATH},
	{"inode", SIGMA_FIELD_PATH},
	{"dev", SIGMA_FIELD_PATH},
	{"mode", SIGMA_FIELD_PATH},
	{"ouid", SIGMA_FIELD_PATH},
	{"ogid", SIGMA_FIELD_PATH},
	{"rdev", SIGMA_FIELD_PATH},
	{"obj", SIGMA_FIELD_PATH},
	{"nametype", SIGMA_FIELD_PATH},
	{"cap_fp", SIGMA_FIELD_PATH},
	{"cap_fi", SIGMA_FIELD_PATH},
	{"cap_fe", SIGMA_FIELD_PATH},
	{"cap_fver", SIGMA_FIELD_PATH},
	{"cap_frootid", SIGMA_FIELD_PATH},
};

/* Sysmon for Linux: what its events of these categories have. LogonId is the user's number there.
 */
static const struct mapping process_fields[] = {
	{"Image", SIGMA_FIELD_IMAGE},
	{"CommandLine", SIGMA_FIELD_COMMAND_LINE},
	{"CurrentDirectory", SIGMA_FIELD_CWD},
	{"User", SIGMA_FIELD_USER},
	{"LogonId", SIGMA_FIELD_UID},
	{"ProcessId", SIGMA_FIELD_PID},
	{"ParentProcessId", SIGMA_FIELD_PPID},
	{"ParentImage", SIGMA_FIELD_UNKNOWN},
	{"ParentCommandLine", SIGMA_FIELD_UNKNOWN},
	{"ParentUser", SIGMA_FIELD_UNKNOWN},
	{"OriginalFileName", SIGMA_FIELD_UNKNOWN},
	{"Hashes", SIGMA_FIELD_UNKNOWN},
	{"IntegrityLevel", SIGMA_FIELD_UNKNOWN},
};

static const struct mapping file_fields[] = {
	{"TargetFilename", SIGMA_FIELD_TARGET},
	{"Image", SIGMA_FIELD_IMAGE},
	{"User", SIGMA_FIELD_USER},
	{"ProcessId", SIGMA_FIELD_PID},
	{"CreationUtcTime", SIGMA_FIELD_UNKNOWN},
};

static const struct mapping network_fields[] = {
	{"DestinationIp", SIGMA_FIELD_ADDRESS},
	{"DestinationPort", SIGMA_FIELD_PORT},
	{"Initiated", SIGMA_FIELD_INITIATED},
	{"Image", SIGMA_FIELD_IMAGE},
	{"User", SIGMA_FIELD_USER},
	{"ProcessId", SIGMA_FIELD_PID},
	{"DestinationHostname", SIGMA_FIELD_UNKNOWN},
	{"Protocol", SIGMA_FIELD_UNKNOWN},
	{"SourceIp", SIGMA_FIELD_UNKNOWN},
	{"SourcePort", SIGMA_FIELD_UNKNOWN},
	{"SourceHostname", SIGMA_FIELD_UNKNOWN},
};

#define TABLE(table) table, sizeof(table) / sizeof((table)[0])

static const struct {
	const struct mapping *fields;
	size_t count;
	bool open; /* another name is a field of a record; otherwise it is refused */
} tables[] = {
	[SIGMA_AUDITD] = {TABLE(audit_fields), true},
	[SIGMA_PROCESS_CREATION] = {TABLE(process_fields), false},
	[SIGMA_FILE_EVENT] = {TABLE(file_fields), false},
	[SIGMA_NETWORK_CONNECTION] = {TABLE(network_fields), false},
};

static bool is_name(struct slice name)
{
	if (name.length == 0 || name.length > FIELD_NAME_LIMIT)
		return false;
	for (size_t i = 0; i < name.length; i++) {
		char byte = sigma_text_fold(name.bytes[i]);

		/* a1[0] is the first part of a long argument */
		if ((byte < 'a' || byte > 'z') && (byte < '0' || byte > '9') &&
		    !strchr("_-.[]", byte))
			return false;
	}
	return true;
}

/* Whether `name` is a0, a1...; *argument is then its number. */
static bool is_argument(struct slice name, size_t *argument)
{
	uint64_t number;

	if (name.length < 2 || sigma_text_fold(name.bytes[0]) != 'a' ||
	    number_parse(name.bytes + 1, name.length - 1, 1000000, &number))
		return false;
	*argument = (size_t)number;
	return true;
}

static int resolve_open(struct arena *arena, struct sigma_field *field, const char **reason)
{
	if (is_argument(field->name, &field->argument)) {
		field->kind = SIGMA_FIELD_ARGUMENT;
		return 0;
	}
	field->kind = SIGMA_FIELD_RECORD;
	if (is_name(field->name))
		return 0;
	*reason = arena_format(arena, "%s", "this is no name of a field");
	return -1;
}

enum sigma_field_shape sigma_field_shape(const char *name)
{
	static const struct {
		const char *name;
		enum sigma_field_shape shape;
	} shapes[] = {
		{"proctitle", SIGMA_SHAPE_TITLE}, {"name", SIGMA_SHAPE_PATH},
		{"auid", SIGMA_SHAPE_LOGIN},      {"uid", SIGMA_SHAPE_USER},
		{"ses", SIGMA_SHAPE_SESSION},
	};

	for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++)
		if (sigma_text_same(slice_of(name), slice_of(shapes[i].name)))
			return shapes[i].shape;
	return SIGMA_SHAPE_PLAIN;
}

int sigma_field_resolve(struct arena *arena, enum sigma_logsource source, struct slice name,
			struct sigma_field *field, const char **reason)
{
	*reason = NULL;
	*field = (struct sigma_field){.kind = SIGMA_FIELD_KEYWORD};
	field->name.bytes = arena_copy(arena, name.bytes, name.length);
	field->name.length = name.length;
	if (!field->name.bytes)
		return -1;
	if (name.length == 0)
		return 0;
	field->shape = sigma_field_shape(field->name.bytes);
	for (size_t i = 0; i < tables[source].count; i++) {
		const struct mapping *mapping = &tables[source].fields[i];

		if (!sigma_text_same(name, slice_of(mapping->name)))
			continue;
		field->kind = mapping->kind;
		field->follows_path =
			mapping->kind == SIGMA_FIELD_PATH || mapping->kind == SIGMA_FIELD_TARGET;
		return 0;
	}
	if (tables[source].open)
		return resolve_open(arena, field, reason);
	*reason = arena_format(arena, "%s", "events of this category have no such field");
	return -1;
}
