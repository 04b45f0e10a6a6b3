/*
 * The values of a rule's options, from text: `-F name>=value`, `-C left!=right`, `-p wa`, numbers.
 */
#ifndef AUDITMGR_RULE_VALUE_H
#define AUDITMGR_RULE_VALUE_H

#include "auditmgr/rule.h"
#include "auditmgr/rule_parse_options.h"
#include "common/error.h"

/*
 * A number as strtol(3) with base 0 reads it (0x for hexadecimal, a leading 0 for octal), but the
 * whole text and within [minimum, maximum]. Returns 0, or -1 and *result unchanged.
 */
int rule_value_number(struct slice text, int64_t minimum, int64_t maximum,
		      int64_t *result) MUST_CHECK;

/*
 * Reads what stands behind -F for a rule of `list`. Text values are copied to `arena`. Returns 0
 * with *field, or -1 with *error: ERROR_INPUT says in .why what is wrong with it, ERROR_SYSTEM is
 * memory.
 */
int rule_value_field(struct arena *arena, struct rule_field *field, struct slice text,
		     enum rule_list list, const struct rule_parse_options *options,
		     struct error *error) MUST_CHECK;

/* As rule_value_field for what stands behind -C; it needs no arena. */
int rule_value_interfield(struct rule_field *field, struct slice text, enum rule_list list,
			  struct error *error) MUST_CHECK;

/* As rule_value_field for what stands behind -w or -W: a path= or a dir= by what is there. */
int rule_value_watch(struct arena *arena, struct rule_field *field, struct slice path,
		     const struct rule_host *host, struct error *error) MUST_CHECK;

/* The letters behind -p or perm= (AUDIT_PERM_*), at most four, in any case. */
int rule_value_permissions(uint32_t *permissions, struct slice letters,
			   struct error *error) MUST_CHECK;

#endif
