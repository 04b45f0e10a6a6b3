#include "auditmgr/rule_encode.h"

#include "auditmgr/rule_field.h"

#include <libaudit.h>

enum {
	HEADER_SIZE = sizeof(struct audit_rule_data),
};

static int append_texts(struct text *payload, const struct rule *rule)
{
	for (size_t i = 0; i < rule->field_count; i++) {
		struct slice text = rule->fields[i].text;

		if (text.bytes && text_append(payload, text.bytes, text.length))
			return -1;
	}
	return 0;
}

int rule_encode(struct text *payload, const struct rule *rule, struct error *error)
{
	struct audit_rule_data header;
	size_t texts = 0;

	if (rule->field_count > AUDIT_MAX_FIELDS)
		return error_set(error, ERROR_INPUT, "cannot encode a rule", "",
				 "it has %zu fields; the kernel takes %d", rule->field_count,
				 AUDIT_MAX_FIELDS);
	memset(&header, 0, sizeof(header));
	header.flags = (uint32_t)rule->list;
	if (rule->verb == RULE_PREPEND)
		header.flags |= AUDIT_FILTER_PREPEND;
	header.action = (uint32_t)rule->action;
	header.field_count = (uint32_t)rule->field_count;
	memcpy(header.mask, rule->syscalls, sizeof(header.mask));
	for (size_t i = 0; i < rule->field_count; i++) {
		const struct rule_field *field = &rule->fields[i];

		header.fields[i] = field->id;
		header.fieldflags[i] = field->comparison;
		header.values[i] = field->text.bytes ? (uint32_t)field->text.length : field->value;
		texts += field->text.length;
	}
	if (texts > RULE_ENCODED_MAX - HEADER_SIZE)
		return error_set(error, ERROR_INPUT, "cannot encode a rule", "",
				 "its texts have %zu bytes; a message takes %d", texts,
				 RULE_ENCODED_MAX - HEADER_SIZE);
	header.buflen = (uint32_t)texts;
	if (text_append(payload, &header, sizeof(header)) || append_texts(payload, rule))
		return error_set_memory(error, "cannot encode a rule");
	return 0;
}

uint16_t rule_message_type(const struct rule *rule)
{
	return rule->verb == RULE_DELETE ? AUDIT_DEL_RULE : AUDIT_ADD_RULE;
}

/* Why a payload is none, as rule_decode returns it. */
#define refuse(error, ...)                                                                         \
	error_set(error, ERROR_INPUT, "cannot read a rule of the kernel", "", __VA_ARGS__)

static int decode_head(struct rule *rule, const struct audit_rule_data *header, struct error *error)
{
	uint32_t list = header->flags & ~(uint32_t)AUDIT_FILTER_PREPEND;

	if (!rule_list_name((enum rule_list)list))
		return refuse(error, "unknown list or flags 0x%x", header->flags);
	if (!rule_action_name((enum rule_action)header->action))
		return refuse(error, "unknown action %u", header->action);
	if (header->field_count > AUDIT_MAX_FIELDS)
		return refuse(error, "%u fields, more than %d", header->field_count,
			      AUDIT_MAX_FIELDS);
	*rule = (struct rule){
		.list = (enum rule_list)list,
		.action = (enum rule_action)header->action,
		.verb = header->flags & AUDIT_FILTER_PREPEND ? RULE_PREPEND : RULE_APPEND,
		.form = RULE_FORM_FILTER,
		.field_count = header->field_count,
	};
	memcpy(rule->syscalls, header->mask, sizeof(rule->syscalls));
	return 0;
}

/* The kernel's own form of "auid is set": 0 or 1 behind = or !=. It is auid against unset. */
static int decode_loginuid_set(struct rule_field *field, struct error *error)
{
	bool set = field->value == 1;

	if (field->value > 1)
		return refuse(error, "loginuid_set is %u, neither 0 nor 1", field->value);
	if (field->comparison != AUDIT_EQUAL && field->comparison != AUDIT_NOT_EQUAL)
		return refuse(error, "loginuid_set with the operator 0x%x", field->comparison);
	if (field->comparison == AUDIT_NOT_EQUAL)
		set = !set;
	*field = (struct rule_field){.id = AUDIT_LOGINUID,
				     .comparison = set ? AUDIT_NOT_EQUAL : AUDIT_EQUAL,
				     .value = AUDIT_UID_UNSET};
	return 0;
}

/* Takes a text field's bytes off the front of *texts. */
static int decode_text(struct arena *arena, struct rule_field *field, struct slice *texts,
		       struct error *error)
{
	uint32_t length = field->value;

	if (length == 0 || length > texts->length)
		return refuse(error, "field %u wants %u bytes of text, there are %zu", field->id,
			      length, texts->length);
	if (memchr(texts->bytes, '\0', length))
		return refuse(error, "the text of field %u holds a NUL", field->id);
	field->text.bytes = arena_copy(arena, texts->bytes, length);
	if (!field->text.bytes)
		return error_set_memory(error, "cannot read a rule of the kernel");
	field->text.length = length;
	field->value = 0;
	texts->bytes += length;
	texts->length -= length;
	return 0;
}

static int decode_field(struct arena *arena, struct rule_field *field, struct slice *texts,
			struct error *error)
{
	const struct rule_field_type *type = rule_field_by_id(field->id);

	if (!rule_comparison_symbol(field->comparison))
		return refuse(error, "field %u has the operator 0x%x", field->id,
			      field->comparison);
	if (field->id == AUDIT_LOGINUID_SET)
		return decode_loginuid_set(field, error);
	/* whether its value is a text's length can't be known, so nothing behind it can be read */
	if (!type)
		return refuse(error, "unknown field %u", field->id);
	if (type->kind == RULE_VALUE_PERMISSIONS && field->value > 15)
		return refuse(error, "permissions 0x%x", field->value);
	if (type->kind == RULE_VALUE_COMPARISON && !rule_interfield_by_value(field->value))
		return refuse(error, "unknown comparison of fields %u", field->value);
	return rule_field_is_text(type) ? decode_text(arena, field, texts, error) : 0;
}

int rule_decode(struct arena *arena, struct rule *rule, const void *bytes, size_t length,
		struct error *error)
{
	struct audit_rule_data header;
	struct slice texts;
	struct rule_field *fields;

	if (length < HEADER_SIZE)
		return refuse(error, "%zu bytes, fewer than %d", length, (int)HEADER_SIZE);
	memcpy(&header, bytes, sizeof(header)); /* the payload may lie at any address */
	if (header.buflen > length - HEADER_SIZE)
		return refuse(error, "%u bytes of text promised, %zu there", header.buflen,
			      length - HEADER_SIZE);
	if (decode_head(rule, &header, error))
		return -1;
	fields = arena_allocate_zeroed(arena, header.field_count + 1, sizeof(*fields));
	if (!fields)
		return error_set_memory(error, "cannot read a rule of the kernel");
	rule->fields = fields;
	texts = (struct slice){(const char *)bytes + HEADER_SIZE, header.buflen};
	for (size_t i = 0; i < header.field_count; i++) {
		fields[i] = (struct rule_field){.id = header.fields[i],
						.comparison = header.fieldflags[i],
						.value = header.values[i]};
		if (decode_field(arena, &fields[i], &texts, error))
			return -1;
	}
	if (texts.length > 0)
		return refuse(error, "%zu bytes of text belong to no field", texts.length);
	return 0;
}

static int append_status(struct text *payload, uint16_t *type, const struct audit_status *status)
{
	*type = AUDIT_SET;
	return text_append(payload, status, sizeof(*status));
}

static int append_feature(struct text *payload, uint16_t *type)
{
	uint32_t bit = AUDIT_FEATURE_TO_MASK(AUDIT_FEATURE_LOGINUID_IMMUTABLE);
	/* libaudit leaves the version 0, and the kernel doesn't look at it */
	struct audit_features features = {.mask = bit, .features = bit, .lock = bit};

	*type = AUDIT_SET_FEATURE;
	return text_append(payload, &features, sizeof(features));
}

/* two lengths and the two paths behind them, without NULs (audit_receive_msg() in kernel/audit.c)
 */
static int append_equivalent(struct text *payload, uint16_t *type, struct slice pair)
{
	const char *comma = memchr(pair.bytes, ',', pair.length);
	uint32_t sizes[2];

	if (!comma)
		return -1;
	sizes[0] = (uint32_t)(comma - pair.bytes);
	sizes[1] = (uint32_t)(pair.length - sizes[0] - 1);
	*type = AUDIT_MAKE_EQUIV;
	return text_append(payload, sizes, sizeof(sizes)) ||
			       text_append(payload, pair.bytes, sizes[0]) ||
			       text_append(payload, comma + 1, sizes[1])
		       ? -1
		       : 0;
}

static int append_control(struct text *payload, uint16_t *type, const struct rule_control *control)
{
	uint32_t value = control->value;
	struct audit_status status;

	memset(&status, 0, sizeof(status));
	switch (control->kind) {
	case RULE_CONTROL_DELETE_ALL:
	case RULE_CONTROL_CONTINUE:
	case RULE_CONTROL_IGNORE_ERRORS:
		*type = 0;
		return 0;
	case RULE_CONTROL_BACKLOG_LIMIT:
		status.mask = AUDIT_STATUS_BACKLOG_LIMIT;
		status.backlog_limit = value;
		break;
	case RULE_CONTROL_FAILURE:
		status.mask = AUDIT_STATUS_FAILURE;
		status.failure = value;
		break;
	case RULE_CONTROL_ENABLED:
		status.mask = AUDIT_STATUS_ENABLED;
		status.enabled = value;
		break;
	case RULE_CONTROL_RATE_LIMIT:
		status.mask = AUDIT_STATUS_RATE_LIMIT;
		status.rate_limit = value;
		break;
	case RULE_CONTROL_BACKLOG_WAIT_TIME:
		status.mask = AUDIT_STATUS_BACKLOG_WAIT_TIME;
		status.backlog_wait_time = value;
		break;
	case RULE_CONTROL_RESET_LOST:
		status.mask = AUDIT_STATUS_LOST;
		break;
	case RULE_CONTROL_RESET_WAIT_TIME:
		status.mask = AUDIT_STATUS_BACKLOG_WAIT_TIME_ACTUAL;
		break;
	case RULE_CONTROL_LOGINUID_IMMUTABLE:
		return append_feature(payload, type);
	case RULE_CONTROL_TRIM:
		*type = AUDIT_TRIM;
		return 0;
	case RULE_CONTROL_EQUIVALENT:
		return append_equivalent(payload, type, control->text);
	}
	return append_status(payload, type, &status);
}

int rule_encode_control(struct text *payload, uint16_t *type, const struct rule_control *control,
			struct error *error)
{
	if (append_control(payload, type, control))
		return error_set_memory(error, "cannot encode a control statement");
	return 0;
}
