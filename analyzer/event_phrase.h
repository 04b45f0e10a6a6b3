/*
 * An event in a few words: which act, on what. What they give holds untrusted bytes: it is escaped
 * where it is printed.
 */
#ifndef ANALYZER_EVENT_PHRASE_H
#define ANALYZER_EVENT_PHRASE_H

#include "analyzer/store_read.h"
#include "common/text.h"

enum {
	/* of an object; an argument list can be long, and `show` gives it whole */
	EVENT_PHRASE_OBJECT_MAX = 4096,
};

/*
 * The type that says what the event is: the first one that is no mere companion of a SYSCALL record
 * (CONFIG_CHANGE, AVC, USER_CMD, ...), else SYSCALL, else the first. No bytes where it has no
 * types.
 */
struct slice event_phrase_type(const struct stored_event *event);

/* Appends the act: the system call's name, or the type in lower case. Returns 0, or -1 when out of
 * memory. */
int event_phrase_action(const struct stored_event *event, struct text *text) MUST_CHECK;

/*
 * Appends what it was done to: the command line, the files, the address, the account or unit; of
 * EVENT_PHRASE_OBJECT_MAX bytes at most and then "...". Appends nothing where the event names
 * nothing. Returns 0, or -1 when out of memory.
 */
int event_phrase_object(const struct stored_event *stored, struct text *text) MUST_CHECK;

/*
 * The path that stands for the event's file: of a program's start the program, else the last that
 * is no directory of another (not PARENT). NULL where no record has a name.
 */
const struct event_path *event_phrase_path(const struct event *event);

/*
 * Appends `path`'s name, made absolute by the event's working directory where it is relative to
 * that for sure: not for openat and its like, whose directory the log doesn't name. Returns 0, or
 * -1 when out of memory.
 */
int event_phrase_full_path(const struct event *event, const struct event_path *path,
			   struct text *text) MUST_CHECK;

#endif
