/*
 * Rules <-> the kernel's struct audit_rule_data, built and read by us (libaudit's builders keep
 * hidden state). The bytes are those that auditctl 3.0.9 sends for the same rule.
 */
#ifndef AUDITMGR_RULE_ENCODE_H
#define AUDITMGR_RULE_ENCODE_H

#include "auditmgr/rule.h"
#include "common/error.h"
#include "common/text.h"

/* struct audit_rule_data and its strings must fit one message (MAX_AUDIT_MESSAGE_LENGTH) */
enum {
	RULE_ENCODED_MAX = 8970 - 16
};

/*
 * Appends the netlink payload of a rule: struct audit_rule_data and the strings behind it. Returns
 * 0, or -1 with *error (ERROR_INPUT: too many fields, or too long; ERROR_SYSTEM: memory).
 */
int rule_encode(struct text *payload, const struct rule *rule, struct error *error) MUST_CHECK;

/* AUDIT_ADD_RULE or AUDIT_DEL_RULE. */
uint16_t rule_message_type(const struct rule *rule);

/*
 * The reverse: reads one payload, as AUDIT_LIST_RULES answers or as rule_encode made it. Strings
 * and fields go to `arena`. Nothing in the bytes is trusted: counts, lengths and operators are
 * checked against `length`. The kernel's loginuid_set (field 24) is read as auid=unset or
 * auid!=unset. The verb is RULE_PREPEND where the flag says so, else RULE_APPEND. Returns 0, or -1
 * with *error (ERROR_INPUT: not such a payload, and what is wrong with it; ERROR_SYSTEM: memory).
 */
int rule_decode(struct arena *arena, struct rule *rule, const void *bytes, size_t length,
		struct error *error) MUST_CHECK;

/*
 * Appends the payload that carries out a control statement and stores the message's type
 * (AUDIT_SET, AUDIT_SET_FEATURE, AUDIT_TRIM, AUDIT_MAKE_EQUIV). *type is 0 and the payload is
 * empty for what is no single message: -D (list the rules and delete each), -c and -i. Returns 0,
 * or -1 with *error.
 */
int rule_encode_control(struct text *payload, uint16_t *type, const struct rule_control *control,
			struct error *error) MUST_CHECK;

#endif
