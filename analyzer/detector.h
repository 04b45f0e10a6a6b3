/*
 * The detections: Sigma rules, compiled once and run on every event. Reads rule files when it is
 * made and nothing afterwards; knows no database. Its memory does not grow with the events.
 */
#ifndef ANALYZER_DETECTOR_H
#define ANALYZER_DETECTOR_H

#include "analyzer/event.h"
#include "analyzer/sigma_rule.h"

enum {
	DETECTOR_RULE_LIMIT = 10000
};

struct detector;

struct detector_statistics {
	uint64_t events;
	uint64_t evaluated; /* rules that the first look could not rule out, over all events */
	uint64_t matched;   /* matches, over all events and rules */
	uint64_t gave_up;   /* regular expressions that hit their limit: taken as no match */
};

/*
 * Reads every *.yml and *.yaml below each of `directories`, in the order of their names and, within
 * a file, of the documents; that order is the rules' numbering from 0. Each document that is
 * refused adds one error to *diagnostics and the others are loaded, as is said in sigma_rule.h; so
 * do a second rule with the same id and a file that can't be read. Returns the detector, or NULL
 * with *error: a directory that can't be read, or out of memory.
 */
struct detector *detector_new(const char *const *directories, size_t directory_count,
			      struct diagnostics *diagnostics, struct error *error);
void detector_free(struct detector *detector);
static inline void detector_done(struct detector **detector)
{
	detector_free(*detector);
}

size_t detector_rule_count(const struct detector *detector);

/* Rule number `index`; borrowed from the detector. */
const struct sigma_rule *detector_rule(const struct detector *detector, size_t index);

/*
 * Runs all rules on `event`. *matches are the *match_count numbers of those that match, ascending,
 * borrowed until the next call. Returns 0, or -1 with *error when out of memory.
 */
int detector_event(struct detector *detector, const struct event *event, const size_t **matches,
		   size_t *match_count, struct error *error) MUST_CHECK;

/* Counts since the detector was made. */
const struct detector_statistics *detector_statistics(const struct detector *detector);

/* How often regular expressions of rule number `index` hit their limit. */
uint64_t detector_rule_gave_up(const struct detector *detector, size_t index);

#endif
