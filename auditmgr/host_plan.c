#include "auditmgr/host_plan.h"

#include "common/data_path.h"

struct host_options host_plan_options(const struct invocation *invocation)
{
	return (struct host_options){
		.root = invocation_value(invocation, "root"),
		.machine = invocation_value(invocation, "arch"),
		.no_32bit = invocation_has(invocation, "no-32bit"),
	};
}

static int read_catalogue(struct catalogue *catalogue, const char *directory, struct error *error)
{
	CLEANUP(diagnostics_done) struct diagnostics faults = DIAGNOSTICS_INIT;
	CLEANUP(free_pointer) char *shipped = NULL;

	if (!directory) {
		directory = shipped = data_path("rules.d/audit", error);
		if (!shipped)
			return -1;
	}
	if (catalogue_read(catalogue, directory, &faults, error))
		return -1;
	diagnostics_print(&faults, stderr);
	if (faults.errors)
		return error_set(error, ERROR_INPUT, "cannot use the catalogue", directory,
				 "it has %zu faults", faults.errors);
	return 0;
}

int host_plan_make(struct host_plan *host_plan, const struct invocation *invocation,
		   struct error *error)
{
	const struct host_options options = host_plan_options(invocation);
	struct host *host = &host_plan->host;

	*host_plan = (struct host_plan){
		.host = {.root = HOST_ROOT_INIT},
		.catalogue = CATALOGUE_INIT,
		.resolution = RESOLUTION_INIT,
		.installed = RULES_DIRECTORY_INIT,
		.plan = PLAN_INIT,
	};
	if (read_catalogue(&host_plan->catalogue, invocation_value(invocation, "catalogue"),
			   error) ||
	    host_discover(host, &options, error) ||
	    catalogue_resolve(&host_plan->catalogue, host, &host_plan->resolution, error) ||
	    rules_directory_read(&host_plan->installed, host, error))
		return -1;
	return plan_make(&host_plan->plan, &host_plan->resolution, &host_plan->installed,
			 host_machine_number(host), error);
}

void host_plan_done(struct host_plan *host_plan)
{
	plan_done(&host_plan->plan);
	rules_directory_done(&host_plan->installed);
	resolution_done(&host_plan->resolution);
	catalogue_done(&host_plan->catalogue);
	host_done(&host_plan->host);
}
