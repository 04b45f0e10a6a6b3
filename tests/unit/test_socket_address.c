#include "tests/unit/table.h"

#include "analyzer/socket_address.h"

#include <linux/audit.h>

enum {
	LITTLE,
	BIG,
};

struct row {
	const char *name;
	const char *hex;
	int big_endian;
	int result;
	int family;
	const char *text;
	int64_t port;
};

#define EIGHT_ZEROS "0000000000000000"

static struct row rows[] = {
	{"unix path with padding behind its NUL", "01002F72756E2F642E736F636B000000", LITTLE, 0, 1,
	 "/run/d.sock", -1},
	{"unix path without a NUL", "01002F72756E2F64", LITTLE, 0, 1, "/run/d", -1},
	{"unix path: what stands behind the NUL is left over", "01002F610062", LITTLE, 0, 1, "/a",
	 -1},
	{"C49: unnamed unix socket", "0100", LITTLE, 0, 1, "(unnamed)", -1},
	{"unnamed unix socket, all zeros", "0100" EIGHT_ZEROS, LITTLE, 0, 1, "(unnamed)", -1},
	{"C50: abstract unix name", "0100002F636F6E7461696E6572642D7368696D2F782E736F636B40",
	 LITTLE, 0, 1, "@/containerd-shim/x.sock@", -1},
	{"abstract name with a NUL inside and padding", "010000610062" EIGHT_ZEROS, LITTLE, 0, 1,
	 "@a@b", -1},
	{"name of control bytes and bytes that are no UTF-8", "01001B5B324AF1", LITTLE, 0, 1,
	 "\x1B[2J\xF1", -1},
	{"C50: netlink", "100000000000000000000000", LITTLE, 0, 16, "pid 0", -1},
	{"netlink of a process", "100000002A00000000000000", LITTLE, 0, 16, "pid 42", -1},
	{"netlink, short", "10000000", LITTLE, -1, 16, "", -1},
	{"C50: mapped IPv4 reads as IPv4",
	 "0A0001BB0000000000000000000000000000FFFFC000020100000000", LITTLE, 0, 10, "192.0.2.1",
	 443},
	{"C50: vsock", "28000000000400000300000000000000", LITTLE, 0, 40, "cid 3", 1024},
	{"vsock, short", "2800000000040000", LITTLE, -1, 40, "", -1},
	{"C50: inet of a big-endian host", "0002D903000000000000000000000000", BIG, 0, 2, "0.0.0.0",
	 55555},
	{"C50: the same bytes read as little-endian: another family",
	 "0002D903000000000000000000000000", LITTLE, 0, 512, "", -1},
	{"C50: unknown family keeps its number", "FF7F00", LITTLE, 0, 32767, "", -1},
	{"C41: odd number of digits", "0A0001BB0000000020010DB8000000000000000000000001000000000",
	 LITTLE, -1, -1, "", -1},
	{"C41: inet6", "0A0001BB0000000020010DB800000000000000000000000100000000", LITTLE, 0, 10,
	 "2001:db8::1", 443},
	{"inet6 without a scope id", "0A0001BB0000000020010DB8000000000000000000000001", LITTLE, 0,
	 10, "2001:db8::1", 443},
	{"inet6, a byte short", "0A0001BB0000000020010DB80000000000000000000000", LITTLE, -1, 10,
	 "", -1},
	{"inet", "020000357F0000350000000000000000", LITTLE, 0, 2, "127.0.0.53", 53},
	{"inet, lower-case digits", "0200ffffC0a80001", LITTLE, 0, 2, "192.168.0.1", 65535},
	{"inet, a byte short", "020000357F0000", LITTLE, -1, 2, "", -1},
	{"unspec disconnects a socket", "0000" EIGHT_ZEROS, LITTLE, 0, 0, "", -1},
	{"C54: nothing", "", LITTLE, -1, -1, "", -1},
	{"no such field", NULL, LITTLE, -1, -1, "", -1},
	{"one byte", "02", LITTLE, -1, -1, "", -1},
	{"not hexadecimal", "0200zz", LITTLE, -1, -1, "", -1},
};

static void row_holds(void **state)
{
	const struct row *row = *state;
	struct socket_address address;

	assert_int_equal(socket_address_decode(slice_of(row->hex), row->big_endian, &address),
			 row->result);
	assert_int_equal(address.family, row->family);
	assert_string_equal(address.text, row->text);
	assert_int_equal(address.length, strlen(row->text));
	assert_int_equal(address.port, row->port);
}

/* 128 bytes is the kernel's limit: a path that fills it is read whole, one more byte is refused */
static void longest_is_read_and_longer_refused(void **state)
{
	char hex[2 * (SOCKET_ADDRESS_MAX + 1)];
	struct slice longest = {.bytes = hex, .length = sizeof(hex) - 2};
	struct slice longer = {.bytes = hex, .length = sizeof(hex)};
	struct socket_address address;

	(void)state;
	memset(hex, '6', sizeof(hex));
	hex[0] = hex[2] = hex[3] = '0';
	hex[1] = '1';
	assert_int_equal(socket_address_decode(longest, LITTLE, &address), 0);
	assert_int_equal(address.length, SOCKET_ADDRESS_MAX - 2);
	assert_int_equal(address.text[SOCKET_ADDRESS_MAX - 3], 'f');
	assert_int_equal(socket_address_decode(longer, LITTLE, &address), -1);
	assert_int_equal(address.family, -1);
}

static void endianness_is_of_the_arch(void **state)
{
	(void)state;
	assert_false(socket_address_big_endian(AUDIT_ARCH_X86_64));
	assert_false(socket_address_big_endian(AUDIT_ARCH_AARCH64));
	assert_true(socket_address_big_endian(AUDIT_ARCH_PPC64));
	assert_true(socket_address_big_endian(AUDIT_ARCH_S390X));
	assert_false(socket_address_big_endian(INT64_MIN));
	assert_false(socket_address_big_endian(0));
}

static void families_have_names(void **state)
{
	(void)state;
	assert_string_equal(socket_family_name(1), "unix");
	assert_string_equal(socket_family_name(10), "inet6");
	assert_null(socket_family_name(32767));
	assert_null(socket_family_name(-1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(longest_is_read_and_longer_refused),
		cmocka_unit_test(endianness_is_of_the_arch),
		cmocka_unit_test(families_have_names),
	};
	int failed = TABLE_RUN("socket_address", rows, row_holds);

	return failed + cmocka_run_group_tests_name("socket_address limits", tests, NULL, NULL);
}
