#include "analyzer/record.h"

#include "common/number.h"

#include <libaudit.h>

#define SECONDS_MAX 253402300799ULL /* 9999-12-31T23:59:59Z */
enum {
	SECONDS_DIGITS_MAX = 12,
	TYPE_NUMBER_MAX = 65535
};

static bool take(struct slice *rest, const char *text)
{
	size_t length = strlen(text);

	if (rest->length < length || memcmp(rest->bytes, text, length) != 0)
		return false;
	rest->bytes += length;
	rest->length -= length;
	return true;
}

/* Takes what stands before `stop`; false where `stop` doesn't come within `maximum` bytes. */
static bool take_until(struct slice *rest, char stop, size_t maximum, struct slice *taken)
{
	size_t window = rest->length <= maximum ? rest->length : maximum + 1;
	const char *found = window ? memchr(rest->bytes, stop, window) : NULL;

	if (!found)
		return false;
	*taken = (struct slice){rest->bytes, (size_t)(found - rest->bytes)};
	rest->bytes += taken->length + 1;
	rest->length -= taken->length + 1;
	return true;
}

/* Moves *rest to the "node=" or "type=" that begins the record itself. */
static bool skip_prefix(struct slice *rest)
{
	for (size_t i = 0; i <= RECORD_PREFIX_MAX && i + 5 <= rest->length; i++) {
		const char *at = rest->bytes + i;

		if ((at[0] != 't' && at[0] != 'n') || (i > 0 && at[-1] != ' '))
			continue;
		if (memcmp(at, "type=", 5) != 0 && memcmp(at, "node=", 5) != 0)
			continue;
		rest->bytes += i;
		rest->length -= i;
		return true;
	}
	return false;
}

static const char *number_type(struct record *record, struct slice digits)
{
	uint64_t number;
	const char *name;

	if (number_parse(digits.bytes, digits.length, TYPE_NUMBER_MAX, &number))
		return "its type is no name and no number";
	record->type = (int)number;
	name = audit_msg_type_to_name(record->type);
	if (name)
		record->type_name = slice_of(name);
	return NULL;
}

static bool is_type_name(struct slice name)
{
	for (size_t i = 0; i < name.length; i++) {
		char c = name.bytes[i];

		if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-'))
			return false;
	}
	return name.length > 0;
}

static const char *parse_type(struct record *record, struct slice name)
{
	struct slice number = name;
	char copy[RECORD_TYPE_MAX + 1];

	record->type_name = name;
	if (take(&number, "UNKNOWN[") && number.length > 0 &&
	    number.bytes[number.length - 1] == ']') {
		number.length--;
		return number_type(record, number);
	}
	if (name.length > 0 && name.bytes[0] >= '0' && name.bytes[0] <= '9')
		return number_type(record, name);
	if (!is_type_name(name))
		return "its type is no name and no number";
	memcpy(copy, name.bytes, name.length);
	copy[name.length] = '\0';
	record->type = audit_name_to_msg_type(copy);
	return NULL;
}

static const char *parse_stamp(struct record *record, struct slice *rest)
{
	struct slice seconds_text, milliseconds_text, serial_text;
	uint64_t seconds, milliseconds, serial;

	if (!take_until(rest, '.', SECONDS_DIGITS_MAX, &seconds_text) ||
	    number_parse(seconds_text.bytes, seconds_text.length, SECONDS_MAX, &seconds))
		return "its time is no number of seconds in range";
	if (!take_until(rest, ':', 3, &milliseconds_text) ||
	    number_parse(milliseconds_text.bytes, milliseconds_text.length, 999, &milliseconds))
		return "its time has no milliseconds";
	if (!take_until(rest, ')', 10, &serial_text) ||
	    number_parse(serial_text.bytes, serial_text.length, UINT32_MAX, &serial))
		return "its serial is no number in range";
	record->id.time = (int64_t)(seconds * 1000 + milliseconds);
	record->id.serial = (uint32_t)serial;
	return NULL;
}

const char *record_parse(struct slice line, uint64_t line_number, struct record *record)
{
	struct slice rest = line, type;
	const char *fault;

	*record = (struct record){.line = line, .line_number = line_number};
	record->id.node = (struct slice){line.bytes, 0};
	if (line.length > 0 && memchr(line.bytes, '\0', line.length))
		return "it holds a NUL byte";
	if (rest.length > 0 && rest.bytes[rest.length - 1] == '\r')
		rest.length--;
	if (rest.length == 0)
		return "it is empty";
	if (!skip_prefix(&rest))
		return "it has no type=";
	if (take(&rest, "node=") && (!take_until(&rest, ' ', RECORD_NODE_MAX, &record->id.node) ||
				     record->id.node.length == 0))
		return "its node= has no end";
	if (!take(&rest, "type=") || !take_until(&rest, ' ', RECORD_TYPE_MAX, &type))
		return "it has no type=";
	fault = parse_type(record, type);
	if (fault)
		return fault;
	(void)take(&rest, "msg=");
	if (!take(&rest, "audit("))
		return "it has no audit(time:serial)";
	fault = parse_stamp(record, &rest);
	if (fault)
		return fault;
	if (rest.length > 0 && !take(&rest, ":") && rest.bytes[0] != ' ')
		return "its audit(time:serial) has no end";
	(void)take(&rest, " ");
	record->body = rest;
	return NULL;
}

bool record_type_stands_alone(int type)
{
	/* the ranges of libaudit.h; LOGIN (1006) and all from 1300 on come with the SYSCALL that
	 * caused them */
	return (type >= AUDIT_FIRST_USER_MSG && type < AUDIT_FIRST_EVENT) || type == AUDIT_KERNEL ||
	       type >= AUDIT_FIRST_USER_MSG2;
}

bool record_type_ends_event(int type)
{
	return type == AUDIT_PROCTITLE || type == AUDIT_EOE;
}
