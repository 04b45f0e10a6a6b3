#include "auditmgr/rule_field.h"

#include <libaudit.h>
#include <strings.h>
#include <sys/stat.h>

enum {
	EQUAL = RULE_TAKES_EQUAL,
	EITHER = RULE_TAKES_EQUAL | RULE_TAKES_NOT_EQUAL,
	ORDER = EITHER | RULE_TAKES_ORDER,
	ANY_OPERATOR = ORDER | RULE_TAKES_BITS,

	USER = 1 << RULE_LIST_USER,
	TASK = 1 << RULE_LIST_TASK,
	EXIT = 1 << RULE_LIST_EXIT,
	EXCLUDE = 1 << RULE_LIST_EXCLUDE,
	FILESYSTEM = 1 << RULE_LIST_FILESYSTEM,
	URING = 1 << RULE_LIST_IO_URING,

	COMMON = USER | TASK | EXIT | URING, /* where nothing is said */
	ANY_LIST = COMMON | EXCLUDE,         /* credentials of the sender */
	AT_EXIT = EXIT | URING,
};

static const struct rule_field_type rule_fields[] = {
	{"pid", AUDIT_PID, RULE_VALUE_NUMBER, ORDER, ANY_LIST},
	{"uid", AUDIT_UID, RULE_VALUE_USER, ORDER, ANY_LIST},
	{"euid", AUDIT_EUID, RULE_VALUE_USER, ORDER, COMMON},
	{"suid", AUDIT_SUID, RULE_VALUE_USER, ORDER, COMMON},
	{"fsuid", AUDIT_FSUID, RULE_VALUE_USER, ORDER, COMMON},
	{"gid", AUDIT_GID, RULE_VALUE_GROUP, ORDER, ANY_LIST},
	{"egid", AUDIT_EGID, RULE_VALUE_GROUP, ORDER, COMMON},
	{"sgid", AUDIT_SGID, RULE_VALUE_GROUP, ORDER, COMMON},
	{"fsgid", AUDIT_FSGID, RULE_VALUE_GROUP, ORDER, COMMON},
	{"auid", AUDIT_LOGINUID, RULE_VALUE_USER, ORDER, ANY_LIST},
	{"loginuid", AUDIT_LOGINUID, RULE_VALUE_USER, ORDER, ANY_LIST},
	{"pers", AUDIT_PERS, RULE_VALUE_NUMBER, ANY_OPERATOR, COMMON},
	{"arch", AUDIT_ARCH, RULE_VALUE_ARCHITECTURE, EITHER, COMMON},
	{"msgtype", AUDIT_MSGTYPE, RULE_VALUE_MESSAGE_TYPE, ORDER, USER | EXCLUDE},
	{"subj_user", AUDIT_SUBJ_USER, RULE_VALUE_STRING, EITHER, ANY_LIST},
	{"subj_role", AUDIT_SUBJ_ROLE, RULE_VALUE_STRING, EITHER, ANY_LIST},
	{"subj_type", AUDIT_SUBJ_TYPE, RULE_VALUE_STRING, EITHER, ANY_LIST},
	{"subj_sen", AUDIT_SUBJ_SEN, RULE_VALUE_STRING, ORDER, ANY_LIST},
	{"subj_clr", AUDIT_SUBJ_CLR, RULE_VALUE_STRING, ORDER, ANY_LIST},
	{"ppid", AUDIT_PPID, RULE_VALUE_NUMBER, ORDER, AT_EXIT},
	{"obj_user", AUDIT_OBJ_USER, RULE_VALUE_STRING, EITHER, AT_EXIT},
	{"obj_role", AUDIT_OBJ_ROLE, RULE_VALUE_STRING, EITHER, AT_EXIT},
	{"obj_type", AUDIT_OBJ_TYPE, RULE_VALUE_STRING, EITHER, AT_EXIT},
	{"obj_lev_low", AUDIT_OBJ_LEV_LOW, RULE_VALUE_STRING, ORDER, AT_EXIT},
	{"obj_lev_high", AUDIT_OBJ_LEV_HIGH, RULE_VALUE_STRING, ORDER, AT_EXIT},
	{"sessionid", AUDIT_SESSIONID, RULE_VALUE_SESSION, ORDER, USER | EXIT | URING},
	{"devmajor", AUDIT_DEVMAJOR, RULE_VALUE_NUMBER, ORDER, AT_EXIT},
	{"devminor", AUDIT_DEVMINOR, RULE_VALUE_NUMBER, ANY_OPERATOR, AT_EXIT},
	{"inode", AUDIT_INODE, RULE_VALUE_NUMBER, EITHER, AT_EXIT},
	{"exit", AUDIT_EXIT, RULE_VALUE_EXIT, ORDER, AT_EXIT},
	{"success", AUDIT_SUCCESS, RULE_VALUE_NUMBER, ORDER, AT_EXIT},
	{"path", AUDIT_WATCH, RULE_VALUE_PATH, EQUAL, AT_EXIT},
	{"perm", AUDIT_PERM, RULE_VALUE_PERMISSIONS, EQUAL, EXIT},
	{"dir", AUDIT_DIR, RULE_VALUE_PATH, EQUAL, AT_EXIT},
	{"filetype", AUDIT_FILETYPE, RULE_VALUE_FILE_TYPE, EITHER, AT_EXIT},
	{"fstype", AUDIT_FSTYPE, RULE_VALUE_FILE_SYSTEM, EITHER, FILESYSTEM},
	{"obj_uid", AUDIT_OBJ_UID, RULE_VALUE_USER, ORDER, COMMON},
	{"obj_gid", AUDIT_OBJ_GID, RULE_VALUE_GROUP, ORDER, COMMON},
	{"field_compare", AUDIT_FIELD_COMPARE, RULE_VALUE_COMPARISON, EITHER, AT_EXIT},
	{"a0", AUDIT_ARG0, RULE_VALUE_ARGUMENT, ANY_OPERATOR, COMMON},
	{"a1", AUDIT_ARG1, RULE_VALUE_ARGUMENT, ANY_OPERATOR, COMMON},
	{"a2", AUDIT_ARG2, RULE_VALUE_ARGUMENT, ANY_OPERATOR, COMMON},
	{"a3", AUDIT_ARG3, RULE_VALUE_ARGUMENT, ANY_OPERATOR, COMMON},
	{"key", AUDIT_FILTERKEY, RULE_VALUE_KEY, EQUAL, COMMON | FILESYSTEM},
	{"exe", AUDIT_EXE, RULE_VALUE_PATH, EITHER, ANY_LIST},
	{"saddr_fam", AUDIT_SADDR_FAM, RULE_VALUE_FAMILY, ORDER, COMMON},
};

/* linux/audit.h, AUDIT_FIELD_COMPARE rule list */
static const struct rule_interfield rule_interfields[] = {
	{AUDIT_COMPARE_UID_TO_OBJ_UID, AUDIT_UID, AUDIT_OBJ_UID},
	{AUDIT_COMPARE_GID_TO_OBJ_GID, AUDIT_GID, AUDIT_OBJ_GID},
	{AUDIT_COMPARE_EUID_TO_OBJ_UID, AUDIT_EUID, AUDIT_OBJ_UID},
	{AUDIT_COMPARE_EGID_TO_OBJ_GID, AUDIT_EGID, AUDIT_OBJ_GID},
	{AUDIT_COMPARE_AUID_TO_OBJ_UID, AUDIT_LOGINUID, AUDIT_OBJ_UID},
	{AUDIT_COMPARE_SUID_TO_OBJ_UID, AUDIT_SUID, AUDIT_OBJ_UID},
	{AUDIT_COMPARE_SGID_TO_OBJ_GID, AUDIT_SGID, AUDIT_OBJ_GID},
	{AUDIT_COMPARE_FSUID_TO_OBJ_UID, AUDIT_FSUID, AUDIT_OBJ_UID},
	{AUDIT_COMPARE_FSGID_TO_OBJ_GID, AUDIT_FSGID, AUDIT_OBJ_GID},
	{AUDIT_COMPARE_UID_TO_AUID, AUDIT_UID, AUDIT_LOGINUID},
	{AUDIT_COMPARE_UID_TO_EUID, AUDIT_UID, AUDIT_EUID},
	{AUDIT_COMPARE_UID_TO_FSUID, AUDIT_UID, AUDIT_FSUID},
	{AUDIT_COMPARE_UID_TO_SUID, AUDIT_UID, AUDIT_SUID},
	{AUDIT_COMPARE_AUID_TO_FSUID, AUDIT_LOGINUID, AUDIT_FSUID},
	{AUDIT_COMPARE_AUID_TO_SUID, AUDIT_LOGINUID, AUDIT_SUID},
	{AUDIT_COMPARE_AUID_TO_EUID, AUDIT_LOGINUID, AUDIT_EUID},
	{AUDIT_COMPARE_EUID_TO_SUID, AUDIT_EUID, AUDIT_SUID},
	{AUDIT_COMPARE_EUID_TO_FSUID, AUDIT_EUID, AUDIT_FSUID},
	{AUDIT_COMPARE_SUID_TO_FSUID, AUDIT_SUID, AUDIT_FSUID},
	{AUDIT_COMPARE_GID_TO_EGID, AUDIT_GID, AUDIT_EGID},
	{AUDIT_COMPARE_GID_TO_FSGID, AUDIT_GID, AUDIT_FSGID},
	{AUDIT_COMPARE_GID_TO_SGID, AUDIT_GID, AUDIT_SGID},
	{AUDIT_COMPARE_EGID_TO_FSGID, AUDIT_EGID, AUDIT_FSGID},
	{AUDIT_COMPARE_EGID_TO_SGID, AUDIT_EGID, AUDIT_SGID},
	{AUDIT_COMPARE_SGID_TO_FSGID, AUDIT_SGID, AUDIT_FSGID},
};

static const struct {
	const char *name;
	uint32_t mode;
} rule_file_types[] = {
	{"socket", S_IFSOCK}, {"link", S_IFLNK},      {"file", S_IFREG}, {"block", S_IFBLK},
	{"dir", S_IFDIR},     {"character", S_IFCHR}, {"fifo", S_IFIFO},
};

/* in the order in which libaudit looks for them */
static const struct {
	const char *symbol;
	uint32_t comparison;
	unsigned takes;
} rule_operators[] = {
	{"!=", AUDIT_NOT_EQUAL, RULE_TAKES_NOT_EQUAL},
	{">=", AUDIT_GREATER_THAN_OR_EQUAL, RULE_TAKES_ORDER},
	{"<=", AUDIT_LESS_THAN_OR_EQUAL, RULE_TAKES_ORDER},
	{"&=", AUDIT_BIT_TEST, RULE_TAKES_BITS},
	{"=", AUDIT_EQUAL, RULE_TAKES_EQUAL},
	{">", AUDIT_GREATER_THAN, RULE_TAKES_ORDER},
	{"<", AUDIT_LESS_THAN, RULE_TAKES_ORDER},
	{"&", AUDIT_BIT_MASK, RULE_TAKES_BITS},
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static bool is_name(struct slice text, const char *name)
{
	return strlen(name) == text.length && strncasecmp(text.bytes, name, text.length) == 0;
}

const struct rule_field_type *rule_field_by_name(struct slice name)
{
	for (size_t i = 0; i < COUNT(rule_fields); i++)
		if (is_name(name, rule_fields[i].name))
			return &rule_fields[i];
	return NULL;
}

const struct rule_field_type *rule_field_by_id(uint32_t id)
{
	for (size_t i = 0; i < COUNT(rule_fields); i++)
		if (rule_fields[i].id == id)
			return &rule_fields[i];
	return NULL;
}

bool rule_field_is_text(const struct rule_field_type *type)
{
	return type->kind == RULE_VALUE_STRING || type->kind == RULE_VALUE_PATH ||
	       type->kind == RULE_VALUE_KEY;
}

bool rule_field_takes(const struct rule_field_type *type, uint32_t comparison)
{
	for (size_t i = 0; i < COUNT(rule_operators); i++)
		if (rule_operators[i].comparison == comparison)
			return type->comparisons & rule_operators[i].takes;
	return false;
}

bool rule_field_on_list(const struct rule_field_type *type, enum rule_list list)
{
	return type->lists >> list & 1U;
}

const char *rule_comparison_symbol(uint32_t comparison)
{
	for (size_t i = 0; i < COUNT(rule_operators); i++)
		if (rule_operators[i].comparison == comparison)
			return rule_operators[i].symbol;
	return NULL;
}

uint32_t rule_comparison_split(struct slice text, struct slice *name, struct slice *value)
{
	for (size_t i = 0; i < COUNT(rule_operators); i++) {
		size_t length = strlen(rule_operators[i].symbol);
		const char *at = memmem(text.bytes, text.length, rule_operators[i].symbol, length);

		if (!at)
			continue;
		*name = (struct slice){text.bytes, (size_t)(at - text.bytes)};
		*value = (struct slice){at + length, text.length - name->length - length};
		return rule_operators[i].comparison;
	}
	return 0;
}

const struct rule_interfield *rule_interfield_find(uint32_t left, uint32_t right)
{
	for (size_t i = 0; i < COUNT(rule_interfields); i++) {
		const struct rule_interfield *pair = &rule_interfields[i];

		if ((pair->left == left && pair->right == right) ||
		    (pair->left == right && pair->right == left))
			return pair;
	}
	return NULL;
}

const struct rule_interfield *rule_interfield_by_value(uint32_t value)
{
	for (size_t i = 0; i < COUNT(rule_interfields); i++)
		if (rule_interfields[i].value == value)
			return &rule_interfields[i];
	return NULL;
}

const char *rule_file_type_name(uint32_t mode)
{
	for (size_t i = 0; i < COUNT(rule_file_types); i++)
		if (rule_file_types[i].mode == mode)
			return rule_file_types[i].name;
	return NULL;
}

uint32_t rule_file_type_by_name(struct slice name)
{
	for (size_t i = 0; i < COUNT(rule_file_types); i++)
		if (is_name(name, rule_file_types[i].name))
			return rule_file_types[i].mode;
	return 0;
}
