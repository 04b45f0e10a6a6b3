/*
 * The recordings in tests/data/auditctl: what Debian 12's auditctl sent for each rule, and what its
 * kernel and auditctl -l said to it. tests/vm/README.md describes the columns.
 */
#ifndef TESTS_UNIT_AUDITCTL_RECORDING_H
#define TESTS_UNIT_AUDITCTL_RECORDING_H

#include "auditmgr/rule_host.h"
#include "common/arena.h"

#include <stddef.h>

enum {
	RECORDED_MESSAGES_MAX = 4,
};

struct recorded_message {
	unsigned type; /* AUDIT_ADD_RULE, ... */
	const unsigned char *payload;
	size_t length;
};

/* One rule; everything lies in the arena that it was read into. */
struct recorded_rule {
	const char *rule; /* as it stands in rules.txt */
	struct recorded_message messages[RECORDED_MESSAGES_MAX];
	size_t message_count; /* 0: auditctl sent nothing */
	int acknowledged;     /* the last ack: 0 or a negative errno; 1 where none was read */
	int exit_status;
	const char *said;    /* what auditctl said, escaped as in the file */
	const char *listing; /* a line of auditctl -l, or "" */
};

/*
 * Reads sent.tsv, with the rows of sent-file.tsv in place of its own where auditctl -R did
 * something else. Ends the program where the files aren't as described. Returns how many there are.
 */
size_t recording_read(struct arena *arena, struct recorded_rule **rules);

/* The host that fixtures.txt describes. It holds for as long as the arena. */
struct rule_host recording_host(struct arena *arena);

#endif
