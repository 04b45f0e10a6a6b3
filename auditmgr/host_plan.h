/*
 * From a host and a catalogue to the plan: what plan and install have in common, and what holds
 * together everything that a plan's rows point into.
 */
#ifndef AUDITMGR_HOST_PLAN_H
#define AUDITMGR_HOST_PLAN_H

#include "auditmgr/plan.h"
#include "common/command.h"

struct host_plan {
	struct host host;
	struct catalogue catalogue;
	struct resolution resolution;
	struct rules_directory installed;
	struct plan plan;
};

/* The options that choose the host and the catalogue, for the tables of the verbs. */
#define HOST_OPTION_SPECS                                                                          \
	{"root", 0, "DIR", "a host's file tree, or an image's (default: this host)"},              \
		{"arch", 0, "MACHINE", "its machine, as uname -m (default: found out)"},           \
	{                                                                                          \
		"no-32bit", 0, NULL, "32-bit programs can't run there: no b32 rules"               \
	}
#define CATALOGUE_OPTION_SPEC                                                                      \
	{                                                                                          \
		"catalogue", 0, "DIR", "the catalogue of rules (default: the one shipped)"         \
	}

/* Reads HOST_OPTION_SPECS of the invocation; borrowed from it. */
struct host_options host_plan_options(const struct invocation *invocation);

/*
 * Discovers the host, reads the catalogue and the installed rules, and makes the plan. Faults in
 * the catalogue are printed to stderr and are an error. *host_plan is filled anew; host_plan_done
 * releases it, also after a failure. Returns 0, or -1 with *error.
 */
int host_plan_make(struct host_plan *host_plan, const struct invocation *invocation,
		   struct error *error) MUST_CHECK;

void host_plan_done(struct host_plan *host_plan);

#endif
