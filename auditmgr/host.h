/*
 * What a host's file tree says about its Docker: which programs, configuration, units, sockets and
 * directories there are, and how each was learnt. Files only: no service manager is asked, so it is
 * the same for a running host and for an image that is being built.
 */
#ifndef AUDITMGR_HOST_H
#define AUDITMGR_HOST_H

#include "auditmgr/host_root.h"
#include "common/arena.h"
#include "common/diagnostic.h"
#include "common/slice.h"

/* A configuration file larger than this is refused: none of them has a use for more. */
#define HOST_FILE_MAX ((size_t)1024 * 1024)
/* Facts beyond this many are refused: a tree with more is made to exhaust us. */
#define HOST_FACTS_MAX 4096

/*
 * What a fact is about. The name (host_role_name) is the variable that a catalogue rule uses:
 * ROLE_DAEMON_JSON is ${daemon_json}.
 */
enum host_role {
	ROLE_DOCKER, /* programs */
	ROLE_DOCKERD,
	ROLE_DOCKER_PROXY,
	ROLE_DOCKER_INIT,
	ROLE_CONTAINERD,
	ROLE_CONTAINERD_SHIM,
	ROLE_CONTAINERD_SHIM_RUNC_V1,
	ROLE_CONTAINERD_SHIM_RUNC_V2,
	ROLE_CTR,
	ROLE_RUNC,
	ROLE_OTHER_RUNTIME, /* crun, youki and what daemon.json names under "runtimes" */
	ROLE_NSENTER,
	ROLE_MODULE_TOOL,
	ROLE_DOCKER_DIR, /* configuration: /etc/docker */
	ROLE_DAEMON_JSON,
	ROLE_DEFAULT_DOCKER,   /* /etc/default/docker */
	ROLE_SYSCONFIG_DOCKER, /* /etc/sysconfig/docker */
	ROLE_ENVIRONMENT_FILE, /* any other EnvironmentFile of docker.service */
	ROLE_CONTAINERD_CONFIG,
	ROLE_PLUGIN_DIR,     /* where the client and the engine look for plugins */
	ROLE_DOCKER_SERVICE, /* units */
	ROLE_DOCKER_SOCKET_UNIT,
	ROLE_CONTAINERD_SERVICE,
	ROLE_DROPIN_DIR,    /* directories of drop-ins of the three */
	ROLE_DOCKER_SOCKET, /* sockets, and tcp:// addresses that have no path */
	ROLE_CONTAINERD_SOCKET,
	ROLE_DATA_ROOT, /* state */
	ROLE_CONTAINERD_STATE,
	ROLE_CONTAINERD_ROOT,
	ROLE_ROOTLESS_UNIT, /* Docker of an ordinary user */
	ROLE_ROOTLESS_CONFIG,
	ROLE_ROOTLESS_DATA,
	ROLE_ROOTLESS_SOCKET,
	ROLE_GROUP_FILE, /* the docker group's members */
	ROLE_AUDIT_DIR,  /* audit's own */
	ROLE_AUDIT_LOG_DIR,
	ROLE_AUDIT_TOOL,   /* changes or stops auditing: auditctl, augenrules, auditd */
	ROLE_AUDIT_READER, /* reads the log: ausearch, aureport */
	ROLE_AUDIT_UNIT,
	HOST_ROLE_COUNT,
};

enum fact_kind {
	FACT_NONE, /* not there, or it can't be looked at */
	FACT_FILE,
	FACT_DIRECTORY,
	FACT_SOCKET,
	FACT_LINK,
	FACT_OTHER,
	FACT_ADDRESS, /* path is a network address, not a path */
};

struct fact {
	enum host_role role;
	const char *path;   /* canonical, as the host names it (struct host_place) */
	const char *target; /* a link's next hop, canonical: it has a fact of its own; else NULL */
	const char *source; /* "daemon.json data-root", "package path", "default" */
	enum place_state state;
	enum fact_kind kind;
	int error_number; /* for PLACE_UNKNOWN */
};

/* Whose system calls: libaudit's machine numbers (MACH_X86 and so on), -1 where there is none. */
struct host_machine {
	const char *name;   /* as uname -m: "x86_64", "aarch64" */
	const char *source; /* "--arch", "this kernel", "ELF header of /usr/bin/dash" */
	int b64;
	int b32;
};

struct host {
	struct host_root root;
	struct host_machine machine;
	struct fact
		*facts; /* by role, then in the order they were found; no path twice in a role */
	size_t fact_count;
	size_t fact_capacity;
	struct diagnostics notes; /* what could not be read or made no sense, and where */
	struct arena arena;       /* owns every string of the facts */
};

struct host_options {
	const char *root;    /* a file tree, or NULL for this host */
	const char *machine; /* as uname -m, or NULL: the running kernel's for this host, else that
				of the tree's own programs */
	bool no_32bit;       /* 32-bit programs can't run there: no b32 twin of a rule */
};

/*
 * Looks at the host and fills *host, which host_done releases, also after a failure. A file that is
 * missing, unreadable or nonsense is a fact or a note, never a failure. Returns 0, or -1 with
 * *error: no such tree, unknown machine, out of memory.
 */
int host_discover(struct host *host, const struct host_options *options,
		  struct error *error) MUST_CHECK;

void host_done(struct host *host);

/* The machine number that names the host to the rule parser: b64's, or b32's where that is all. */
int host_machine_number(const struct host *host);

/* "daemon_json" for ROLE_DAEMON_JSON. */
const char *host_role_name(enum host_role role);

/* The role of that name, or HOST_ROLE_COUNT. */
enum host_role host_role_of(struct slice name);

/* A heading for the groups that people think in: "programs", "configuration", "units"... */
const char *host_role_group(enum host_role role);

/* Whether a rule is of use only where the thing is there: programs, of which a distribution has one
 * place of many. Of everything else the creation is worth watching. */
bool host_role_needs_presence(enum host_role role);

/* "found", "absent", "no directory", "unknown". */
const char *place_state_name(enum place_state state);

/* "file", "directory", "socket", "link", "other", "address"; "" for FACT_NONE. */
const char *fact_kind_name(enum fact_kind kind);

#endif
