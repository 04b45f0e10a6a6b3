/*
 * A rule while its options are read one by one, with what auditctl's order demands (a list before
 * -F, arch= before -S, a key behind what it is the key of). One builder a rule, no state outside
 * it.
 *
 * Each function returns 0, or -1 with *error: ERROR_INPUT says in .why what auditctl 3.0.9 or the
 * kernel has against it, ERROR_SYSTEM is memory.
 */
#ifndef AUDITMGR_RULE_BUILDER_H
#define AUDITMGR_RULE_BUILDER_H

#include "auditmgr/rule.h"
#include "auditmgr/rule_parse_options.h"
#include "common/error.h"
#include "common/text.h"

struct rule_builder {
	struct rule rule; /* .fields is set by rule_builder_finish */
	struct rule_field fields[RULE_MAX_FIELDS];
	size_t field_count;
	struct arena *arena; /* of the set; borrowed */
	const struct rule_parse_options *options;
	struct text keys; /* joined by AUDIT_KEY_SEPARATOR */
	int machine;      /* whose numbers -S means */
	bool has_list;
	bool has_syscalls; /* -S was given */
	bool key_allowed;  /* something was given that a key can belong to */
	bool missing;      /* something was left out because the machine hasn't got it */
	size_t syscalls;   /* how many -S names were taken */
};

void rule_builder_init(struct rule_builder *builder, struct arena *arena,
		       const struct rule_parse_options *options);
void rule_builder_done(struct rule_builder *builder);

/* Whether the builder has been told anything yet. */
bool rule_builder_is_used(const struct rule_builder *builder);

/* -a, -A or -d with "list,action" or "action,list". */
int rule_builder_list(struct rule_builder *builder, enum rule_verb verb, struct slice text,
		      struct error *error) MUST_CHECK;

/* -w or -W. */
int rule_builder_watch(struct rule_builder *builder, enum rule_verb verb, struct slice path,
		       struct error *error) MUST_CHECK;

/* -F, -C, -p, -k. */
int rule_builder_field(struct rule_builder *builder, struct slice text,
		       struct error *error) MUST_CHECK;
int rule_builder_interfield(struct rule_builder *builder, struct slice text,
			    struct error *error) MUST_CHECK;
int rule_builder_permissions(struct rule_builder *builder, struct slice letters,
			     struct error *error) MUST_CHECK;
int rule_builder_key(struct rule_builder *builder, struct slice key,
		     struct error *error) MUST_CHECK;

/* Whether `text` is arch=b32 or arch=b64 where the machine has no such table. */
bool rule_builder_lacks_architecture(const struct rule_builder *builder, struct slice text);

/* Whether -S may stand here at all; to be asked before rule_builder_syscall. */
int rule_builder_syscalls(struct rule_builder *builder, struct error *error) MUST_CHECK;

/*
 * One name or number of a -S list. Returns 1 where the machine hasn't got that call, another one
 * has, and the options say to leave it out.
 */
int rule_builder_syscall(struct rule_builder *builder, struct slice name,
			 struct error *error) MUST_CHECK;

/*
 * Completes the rule: keys last, all system calls where none were named. *rule lies in the arena.
 * Returns 1 where nothing is left of the rule on this machine.
 */
int rule_builder_finish(struct rule_builder *builder, struct rule *rule,
			struct error *error) MUST_CHECK;

#endif
