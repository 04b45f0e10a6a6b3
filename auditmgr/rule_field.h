/*
 * The one table of a rule's fields: what each is called, what kind of value it takes, with which
 * operators and on which lists. From auditctl(8) and libaudit's checks in audit 3.0.9, and, where
 * the kernel is stricter, from audit_field_valid() in kernel/auditfilter.c of Linux 6.1: a rule
 * that the kernel answers with EINVAL isn't loaded either.
 */
#ifndef AUDITMGR_RULE_FIELD_H
#define AUDITMGR_RULE_FIELD_H

#include "auditmgr/rule.h"

enum rule_value_kind {
	RULE_VALUE_NUMBER,       /* digits */
	RULE_VALUE_ARGUMENT,     /* digits, a minus sign allowed: a0 to a3 */
	RULE_VALUE_USER,         /* a name, a number, -1 or unset */
	RULE_VALUE_GROUP,        /* a name or a number */
	RULE_VALUE_SESSION,      /* a number, -1 or unset */
	RULE_VALUE_EXIT,         /* a number or an errno's name, a minus sign allowed */
	RULE_VALUE_MESSAGE_TYPE, /* a number or a record type's name */
	RULE_VALUE_ARCHITECTURE, /* b64, b32, a machine's name or an ELF number */
	RULE_VALUE_PERMISSIONS,  /* of r w x a */
	RULE_VALUE_FILE_TYPE,    /* file, dir, socket, ... */
	RULE_VALUE_FILE_SYSTEM,  /* tracefs, debugfs or a magic number */
	RULE_VALUE_FAMILY,       /* an address family's number */
	RULE_VALUE_COMPARISON,   /* one of AUDIT_COMPARE_*, as -C makes it */
	RULE_VALUE_STRING,       /* bytes */
	RULE_VALUE_PATH,         /* an absolute path */
	RULE_VALUE_KEY,          /* keys joined by AUDIT_KEY_SEPARATOR */
};

/* operators that a field takes, an OR of these */
enum {
	RULE_TAKES_EQUAL = 1 << 0,
	RULE_TAKES_NOT_EQUAL = 1 << 1,
	RULE_TAKES_ORDER = 1 << 2, /* < <= > >= */
	RULE_TAKES_BITS = 1 << 3,  /* & &= */
};

struct rule_field_type {
	const char *name;
	uint32_t id;
	enum rule_value_kind kind;
	unsigned comparisons; /* RULE_TAKES_* */
	unsigned lists;       /* an OR of 1 << RULE_LIST_* */
};

/* The type called `name`, in any case as libaudit takes it ("auid" and "loginuid"), or NULL. */
const struct rule_field_type *rule_field_by_name(struct slice name);

/* The type with the kernel's number `id`, or NULL. */
const struct rule_field_type *rule_field_by_id(uint32_t id);

/* Whether the field's value is text, stored behind the rule in the kernel's form. */
bool rule_field_is_text(const struct rule_field_type *type);

/* Whether the field takes operator `comparison` (AUDIT_EQUAL ...). */
bool rule_field_takes(const struct rule_field_type *type, uint32_t comparison);

/* Whether the field may stand in a rule of `list`. */
bool rule_field_on_list(const struct rule_field_type *type, enum rule_list list);

/* The operator as it is written ("!="), or NULL for a number that is none. */
const char *rule_comparison_symbol(uint32_t comparison);

/*
 * Finds the operator in "name>=value" as libaudit does: != first, wherever it stands, then >= <=
 * &=, then = > < &. So `path=/a!=b` reads as the field "path=/a". Returns the operator and cuts
 * `text` into *name and *value, or returns 0 where there is none.
 */
uint32_t rule_comparison_split(struct slice text, struct slice *name, struct slice *value);

/* The two fields that an AUDIT_COMPARE_* value compares, in the order auditctl prints them. */
struct rule_interfield {
	uint32_t value;
	uint32_t left;
	uint32_t right;
};

/* The comparison of two fields in either order, or NULL where the kernel has none. */
const struct rule_interfield *rule_interfield_find(uint32_t left, uint32_t right);

/* The comparison with that value, or NULL. */
const struct rule_interfield *rule_interfield_by_value(uint32_t value);

/* A file type's name and its bits of st_mode, as auditctl spells them; NULL and 0 for another. */
const char *rule_file_type_name(uint32_t mode);
uint32_t rule_file_type_by_name(struct slice name);

#endif
