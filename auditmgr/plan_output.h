/*
 * A plan for people and for programs (schema/plan.schema.json).
 */
#ifndef AUDITMGR_PLAN_OUTPUT_H
#define AUDITMGR_PLAN_OUTPUT_H

#include "auditmgr/host_plan.h"

#include <jansson.h>

/* Prints the plan as text. */
void plan_output_text(const struct host_plan *host_plan, FILE *stream);

/* The plan as a new JSON object, or NULL when out of memory. */
json_t *plan_output_json(const struct host_plan *host_plan);

/* An array of the faults of `diagnostics`, as in the schema; NULL when out of memory. */
json_t *plan_output_diagnostics(const struct diagnostics *diagnostics);

#endif
