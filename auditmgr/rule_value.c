#include "auditmgr/rule_value.h"

#include "auditmgr/rule_field.h"
#include "auditmgr/rule_machine.h"
#include "common/number.h"

#include <inttypes.h>
#include <libaudit.h>
#include <limits.h>
#include <sys/socket.h>

/* one value, while it is read */
struct reading {
	struct arena *arena;
	const struct rule_field_type *type;
	struct rule_field *field;
	struct slice text;    /* what stands behind the operator */
	const char *c_string; /* the same, in the arena */
	const struct rule_parse_options *options;
	struct error *error;
};

/* The parser puts the option's own text before it, so only the reason is filled in here. */
#define refuse(error, ...) error_set(error, ERROR_INPUT, "", "", __VA_ARGS__)

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

static int parse_octal(struct slice digits, uint64_t maximum, uint64_t *result)
{
	uint64_t value = 0;

	for (size_t i = 0; i < digits.length; i++) {
		if (digits.bytes[i] < '0' || digits.bytes[i] > '7' || value > maximum / 8)
			return -1;
		value = value * 8 + (uint64_t)(digits.bytes[i] - '0');
	}
	if (value > maximum)
		return -1;
	*result = value;
	return 0;
}

int rule_value_number(struct slice text, int64_t minimum, int64_t maximum, int64_t *result)
{
	bool negative = text.length > 1 && text.bytes[0] == '-';
	struct slice digits = {text.bytes + negative, text.length - negative};
	uint64_t limit = negative ? (uint64_t)-minimum : (uint64_t)maximum;
	uint64_t value = 0;
	int failed;

	if (digits.length == 0 || (negative && minimum >= 0))
		return -1;
	if (digits.length > 2 && digits.bytes[0] == '0' && (digits.bytes[1] | 0x20) == 'x')
		failed = number_parse_hex(digits.bytes + 2, digits.length - 2, limit, &value);
	else if (digits.length > 1 && digits.bytes[0] == '0')
		failed = parse_octal(digits, limit, &value);
	else
		failed = number_parse(digits.bytes, digits.length, limit, &value);
	if (failed || (!negative && minimum > 0 && value < (uint64_t)minimum))
		return -1;
	*result = negative ? -(int64_t)value : (int64_t)value;
	return 0;
}

int rule_value_permissions(uint32_t *permissions, struct slice letters, struct error *error)
{
	uint32_t value = 0;

	if (letters.length == 0 || letters.length > 4)
		return refuse(error, "permissions are one to four of the letters r, w, x and a");
	for (size_t i = 0; i < letters.length; i++) {
		switch (letters.bytes[i] | 0x20) {
		case 'r':
			value |= AUDIT_PERM_READ;
			break;
		case 'w':
			value |= AUDIT_PERM_WRITE;
			break;
		case 'x':
			value |= AUDIT_PERM_EXEC;
			break;
		case 'a':
			value |= AUDIT_PERM_ATTR;
			break;
		default:
			return refuse(error, "\"%c\" is no permission; there are r, w, x and a",
				      letters.bytes[i]);
		}
	}
	*permissions = value;
	return 0;
}

static int read_number(const struct reading *reading, int64_t minimum, int64_t maximum)
{
	int64_t value;

	if (rule_value_number(reading->text, minimum, maximum, &value))
		return refuse(reading->error,
			      "%s takes a number from %" PRId64 " to %" PRId64 ", not \"%s\"",
			      reading->type->name, minimum, maximum, reading->c_string);
	reading->field->value = (uint32_t)value;
	return 0;
}

static bool looks_numeric(struct slice text)
{
	return is_digit(text.bytes[0]) ||
	       (text.length > 1 && text.bytes[0] == '-' && is_digit(text.bytes[1]));
}

static int read_user(const struct reading *reading)
{
	const struct rule_host *host = &reading->options->host;

	if (looks_numeric(reading->text))
		return read_number(reading, INT32_MIN, UINT32_MAX);
	if (slice_is(reading->text, "unset")) {
		reading->field->value = AUDIT_UID_UNSET;
		return 0;
	}
	if (!host->find_user(host->context, reading->c_string, &reading->field->value))
		return refuse(reading->error, "there is no user \"%s\" on this host",
			      reading->c_string);
	return 0;
}

static int read_group(const struct reading *reading)
{
	const struct rule_host *host = &reading->options->host;

	if (is_digit(reading->text.bytes[0]))
		return read_number(reading, 0, UINT32_MAX);
	if (!host->find_group(host->context, reading->c_string, &reading->field->value))
		return refuse(reading->error, "there is no group \"%s\" on this host",
			      reading->c_string);
	return 0;
}

static int read_session(const struct reading *reading)
{
	if (slice_is(reading->text, "unset")) {
		reading->field->value = AUDIT_SID_UNSET;
		return 0;
	}
	return read_number(reading, INT32_MIN, UINT32_MAX);
}

static int read_exit(const struct reading *reading)
{
	int number;

	if (looks_numeric(reading->text))
		return read_number(reading, INT32_MIN, INT32_MAX);
	number = audit_name_to_errno(reading->c_string);
	if (number == 0)
		return refuse(reading->error, "\"%s\" is neither a number nor an errno's name",
			      reading->c_string);
	reading->field->value = (uint32_t)number;
	return 0;
}

static int read_message_type(const struct reading *reading)
{
	int number;

	if (is_digit(reading->text.bytes[0]))
		return read_number(reading, 0, UINT32_MAX);
	number = audit_name_to_msg_type(reading->c_string);
	if (number <= 0)
		return refuse(reading->error, "there is no record type \"%s\"", reading->c_string);
	reading->field->value = (uint32_t)number;
	return 0;
}

static int read_architecture(const struct reading *reading)
{
	uint32_t architecture =
		rule_machine_parse_architecture(reading->options->host.machine, reading->text);

	if (architecture == 0)
		return refuse(reading->error, "there is no architecture \"%s\" on this machine",
			      reading->c_string);
	reading->field->value = architecture;
	return 0;
}

static int read_file_type(const struct reading *reading)
{
	reading->field->value = rule_file_type_by_name(reading->text);
	if (reading->field->value != 0)
		return 0;
	if (reading->options->listing && is_digit(reading->text.bytes[0]))
		return read_number(reading, 0, UINT16_MAX);
	return refuse(reading->error,
		      "file types are file, dir, socket, link, character, block and fifo");
}

static int read_file_system(const struct reading *reading)
{
	int magic;

	if (is_digit(reading->text.bytes[0]))
		return read_number(reading, 0, INT32_MAX);
	magic = audit_name_to_fstype(reading->c_string);
	if (magic == -1)
		return refuse(reading->error,
			      "file systems are tracefs, debugfs or a magic number");
	reading->field->value = (uint32_t)magic;
	return 0;
}

/* What audit_to_watch(), audit_make_tree() and audit_alloc_mark() of the kernel refuse. */
static int check_kernel_path(uint32_t id, struct slice path, struct error *error)
{
	if (path.length == 0 || path.bytes[0] != '/')
		return refuse(error, "the path must start with /");
	if (path.length > PATH_MAX)
		return refuse(error, "the path has %zu bytes; the limit is %d", path.length,
			      PATH_MAX);
	if (id != AUDIT_DIR && path.bytes[path.length - 1] == '/')
		return refuse(error, "the kernel refuses a path that ends in /");
	return 0;
}

static int read_text(const struct reading *reading)
{
	if (reading->type->kind == RULE_VALUE_PATH &&
	    check_kernel_path(reading->field->id, reading->text, reading->error))
		return -1;
	if (reading->text.length > PATH_MAX)
		return refuse(reading->error, "%s has %zu bytes; the limit is %d",
			      reading->type->name, reading->text.length, PATH_MAX);
	reading->field->text = (struct slice){reading->c_string, reading->text.length};
	return 0;
}

static int read_value(const struct reading *reading)
{
	switch (reading->type->kind) {
	case RULE_VALUE_NUMBER:
		return read_number(reading, 0, UINT32_MAX);
	case RULE_VALUE_ARGUMENT:
		return read_number(reading, INT32_MIN, UINT32_MAX);
	case RULE_VALUE_USER:
		return read_user(reading);
	case RULE_VALUE_GROUP:
		return read_group(reading);
	case RULE_VALUE_SESSION:
		return read_session(reading);
	case RULE_VALUE_EXIT:
		return read_exit(reading);
	case RULE_VALUE_MESSAGE_TYPE:
		return read_message_type(reading);
	case RULE_VALUE_ARCHITECTURE:
		return read_architecture(reading);
	case RULE_VALUE_PERMISSIONS:
		return rule_value_permissions(&reading->field->value, reading->text,
					      reading->error);
	case RULE_VALUE_FILE_TYPE:
		return read_file_type(reading);
	case RULE_VALUE_FILE_SYSTEM:
		return read_file_system(reading);
	case RULE_VALUE_FAMILY:
		return read_number(reading, 0, AF_MAX - 1);
	case RULE_VALUE_COMPARISON:
		return read_number(reading, 1, AUDIT_MAX_FIELD_COMPARE);
	case RULE_VALUE_STRING:
	case RULE_VALUE_PATH:
	case RULE_VALUE_KEY:
		return read_text(reading);
	}
	return refuse(reading->error, "unknown kind of field");
}

static int check_use(const struct rule_field_type *type, uint32_t comparison, enum rule_list list,
		     struct error *error)
{
	if (list == RULE_LIST_FILESYSTEM && !rule_field_on_list(type, list))
		return refuse(error, "the filesystem list takes only fstype and key");
	if (list == RULE_LIST_EXCLUDE && !rule_field_on_list(type, list))
		return refuse(error, "the exclude list takes only msgtype, pid, uid, gid, auid, "
				     "subj_* and exe");
	if (!rule_field_on_list(type, list))
		return refuse(error, "%s can't be used on the %s list", type->name,
			      rule_list_name(list));
	if (rule_field_takes(type, comparison))
		return 0;
	if (type->comparisons == RULE_TAKES_EQUAL)
		return refuse(error, "%s takes only the operator =", type->name);
	if (!(type->comparisons & RULE_TAKES_ORDER))
		return refuse(error, "%s takes only the operators = and !=", type->name);
	return refuse(error, "%s takes no bit operators", type->name);
}

int rule_value_field(struct arena *arena, struct rule_field *field, struct slice text,
		     enum rule_list list, const struct rule_parse_options *options,
		     struct error *error)
{
	struct slice name;
	struct reading reading = {
		.arena = arena, .field = field, .options = options, .error = error};

	*field = (struct rule_field){.comparison =
					     rule_comparison_split(text, &name, &reading.text)};
	if (field->comparison == 0)
		return refuse(error, "there is no operator (= != < > <= >= & &=)");
	if (name.length == 0)
		return refuse(error, "there is no field name before the operator");
	if (reading.text.length == 0)
		return refuse(error, "there is no value behind the operator");
	reading.type = rule_field_by_name(name);
	if (!reading.type)
		return refuse(error, "unknown field \"%.*s\"", (int)name.length, name.bytes);
	field->id = reading.type->id;
	if (check_use(reading.type, field->comparison, list, error))
		return -1;
	reading.c_string = arena_copy(arena, reading.text.bytes, reading.text.length);
	if (!reading.c_string)
		return error_set_memory(error, "cannot read a rule");
	return read_value(&reading);
}

int rule_value_interfield(struct rule_field *field, struct slice text, enum rule_list list,
			  struct error *error)
{
	struct slice left;
	struct slice right;
	const struct rule_field_type *left_type;
	const struct rule_field_type *right_type;
	const struct rule_interfield *pair;

	*field = (struct rule_field){.id = AUDIT_FIELD_COMPARE,
				     .comparison = rule_comparison_split(text, &left, &right)};
	if (field->comparison != AUDIT_EQUAL && field->comparison != AUDIT_NOT_EQUAL)
		return refuse(error, "fields are compared with = or !=");
	left_type = rule_field_by_name(left);
	right_type = rule_field_by_name(right);
	if (!left_type)
		return refuse(error, "unknown field \"%.*s\"", (int)left.length, left.bytes);
	if (!right_type)
		return refuse(error, "unknown field \"%.*s\"", (int)right.length, right.bytes);
	if (list != RULE_LIST_EXIT && list != RULE_LIST_IO_URING)
		return refuse(error, "fields can only be compared on the exit list");
	pair = rule_interfield_find(left_type->id, right_type->id);
	if (!pair)
		return refuse(error, "%s can't be compared with %s", left_type->name,
			      right_type->name);
	field->value = pair->value;
	return 0;
}

int rule_value_watch(struct arena *arena, struct rule_field *field, struct slice path,
		     const struct rule_host *host, struct error *error)
{
	const char *base;
	char *copy;

	if (path.length == 0 || path.bytes[0] != '/')
		return refuse(error, "the path must start with /");
	if (path.length >= PATH_MAX)
		return refuse(error, "the path has %zu bytes; the limit is %d", path.length,
			      PATH_MAX - 1);
	/* as auditctl: "//" stays what it is */
	if (path.length > 2)
		while (path.length > 1 && path.bytes[path.length - 1] == '/')
			path.length--;
	base = memrchr(path.bytes, '/', path.length);
	if (path.length - (size_t)(base + 1 - path.bytes) > NAME_MAX)
		return refuse(error, "the last component of the path is longer than %d bytes",
			      NAME_MAX);
	copy = arena_copy(arena, path.bytes, path.length);
	if (!copy)
		return error_set_memory(error, "cannot read a rule");
	*field = (struct rule_field){
		.id = host->is_directory(host->context, copy) ? AUDIT_DIR : AUDIT_WATCH,
		.comparison = AUDIT_EQUAL,
		.text = {copy, path.length},
	};
	return check_kernel_path(field->id, field->text, error);
}
