/*
 * The few settings of containerd's config.toml (containerd-config.toml(5)) that say where things
 * are. Reads the subset of TOML 1.0 in which that file is written: tables, dotted keys, basic and
 * literal strings; other values are passed over.
 */
#ifndef AUDITMGR_CONTAINERD_CONFIG_H
#define AUDITMGR_CONTAINERD_CONFIG_H

#include "common/arena.h"

struct containerd_config {
	const char *address; /* of the gRPC socket, [grpc] address; or at the top level */
	const char *root;    /* persistent data */
	const char *state;   /* run-time state */
};

/*
 * Reads `length` bytes; what is not set stays NULL. Strings are the arena's. Returns 0, 1 where a
 * line is no TOML that this reader understands (*line says which, from 1; the settings found so far
 * stand), or -1 when out of memory.
 */
int containerd_config_parse(struct arena *arena, const char *bytes, size_t length,
			    struct containerd_config *config, unsigned *line) MUST_CHECK;

#endif
