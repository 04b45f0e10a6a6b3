#include "tests/unit/table.h"

#include "auditmgr/containerd_config.h"

#include <string.h>

struct row {
	const char *name;
	const char *toml;
	int result;
	unsigned line; /* of the first line that is not understood */
	const char *address;
	const char *root;
	const char *state;
};

static struct row rows[] = {
	{"empty", "", 0, 0, NULL, NULL, NULL},
	{"[grpc] address",
	 "version = 2\nroot = \"/var/lib/c\"\nstate = '/run/c'\n[grpc]\n  address = "
	 "\"/run/k3s/containerd/containerd.sock\" # here\n",
	 0, 0, "/run/k3s/containerd/containerd.sock", "/var/lib/c", "/run/c"},
	{"C88: address at the top", "address = \"/run/k3s/containerd/containerd.sock\"", 0, 0,
	 "/run/k3s/containerd/containerd.sock", NULL, NULL},
	{"a dotted key", "grpc.address = \"/a\"\n", 0, 0, "/a", NULL, NULL},
	{"the address of another table", "[ttrpc]\naddress = \"/t\"\n[debug]\naddress=\"/d\"\n", 0,
	 0, NULL, NULL, NULL},
	{"a root of a plugin", "[plugins.\"x\"]\nroot = \"/p\"\n", 0, 0, NULL, NULL, NULL},
	{"an array over lines", "imports = [\n  \"a\", # ]\n  \"[\"\n]\nroot = \"/r\"\n", 0, 0,
	 NULL, "/r", NULL},
	{"an inline table", "t = { root = \"/no\" }\nroot = \"/r\"\n", 0, 0, NULL, "/r", NULL},
	{"a multi-line string", "x = \"\"\"\nroot = \"/no\"\n\"\"\"\nroot = \"/r\"\n", 0, 0, NULL,
	 "/r", NULL},
	{"a multi-line literal", "x = '''\nroot = \"/no\" '''\nroot = \"/r\"\n", 0, 0, NULL, "/r",
	 NULL},
	{"an escape", "root = \"/a\\\\b\"\n", 0, 0, NULL, "/a\\b", NULL},
	{"CR LF", "root = \"/r\"\r\n[grpc]\r\naddress = \"/a\"\r\n", 0, 0, "/a", "/r", NULL},
	{"no TOML", "root = \"/r\"\n<html>\n[grpc]\naddress=\"/a\"\n", 1, 2, "/a", "/r", NULL},
	{"a number for the address", "[grpc]\naddress = 5\n", 1, 2, NULL, NULL, NULL},
	{"an open string", "root = \"/r\n", 1, 1, NULL, NULL, NULL},
	{"an open header", "[grpc\naddress=\"/a\"\n", 1, 1, "/a", NULL, NULL},
	{"commented out", "#root = \"/r\"\n#[grpc]\n# address = \"/a\"\n", 0, 0, NULL, NULL, NULL},
};

static void row_holds(void **state)
{
	const struct row *row = *state;
	struct arena arena = ARENA_INIT;
	struct containerd_config config = {.address = NULL};
	unsigned line = 0;
	const char *got[3], *want[3] = {row->address, row->root, row->state};

	assert_int_equal(
		containerd_config_parse(&arena, row->toml, strlen(row->toml), &config, &line),
		row->result);
	assert_int_equal(line, row->line);
	got[0] = config.address;
	got[1] = config.root;
	got[2] = config.state;
	for (int i = 0; i < 3; i++)
		assert_string_equal(got[i] ? got[i] : "(none)", want[i] ? want[i] : "(none)");
	arena_done(&arena);
}

int main(void)
{
	return TABLE_RUN("containerd_config", rows, row_holds);
}
