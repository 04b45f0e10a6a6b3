#include "analyzer/socket_address.h"

#include "common/number.h"

#include <arpa/inet.h>
#include <linux/audit.h>
#include <stdio.h>
#include <sys/socket.h>

enum {
	FAMILY_SIZE = 2,
	INET_SIZE = 8,   /* up to the end of sin_addr */
	INET6_SIZE = 24, /* up to the end of sin6_addr; sin6_scope_id may be missing (RFC 2133) */
	NETLINK_SIZE = 8,
	VSOCK_SIZE = 12,
};

static const struct {
	int family;
	const char *name;
} families[] = {
	{AF_UNSPEC, "unspec"},       {AF_UNIX, "unix"},
	{AF_INET, "inet"},           {AF_INET6, "inet6"},
	{AF_NETLINK, "netlink"},     {AF_PACKET, "packet"},
	{AF_BLUETOOTH, "bluetooth"}, {AF_ALG, "alg"},
	{AF_VSOCK, "vsock"},         {AF_XDP, "xdp"},
};

const char *socket_family_name(int family)
{
	for (size_t i = 0; i < sizeof(families) / sizeof(families[0]); i++)
		if (families[i].family == family)
			return families[i].name;
	return NULL;
}

int socket_address_big_endian(int64_t arch)
{
	return arch > 0 && arch <= UINT32_MAX && !(arch & __AUDIT_ARCH_LE);
}

static int decode_hex(struct slice hex, unsigned char bytes[SOCKET_ADDRESS_MAX], size_t *length)
{
	if (!hex.bytes || hex.length % 2 || hex.length / 2 > SOCKET_ADDRESS_MAX)
		return -1;
	for (size_t i = 0; i < hex.length / 2; i++) {
		int high = number_hex_digit(hex.bytes[2 * i]);
		int low = number_hex_digit(hex.bytes[2 * i + 1]);

		if (high < 0 || low < 0)
			return -1;
		bytes[i] = (unsigned char)(high << 4 | low);
	}
	*length = hex.length / 2;
	return 0;
}

/* a number of the host that wrote the log */
static uint32_t host_number(const unsigned char *bytes, size_t size, int big_endian)
{
	uint32_t value = 0;

	for (size_t i = 0; i < size; i++)
		value = value << 8 | bytes[big_endian ? i : size - 1 - i];
	return value;
}

static void set_text(struct socket_address *out, const char *text)
{
	out->length = strlen(text);
	memcpy(out->text, text, out->length + 1);
}

static void decode_unix(const unsigned char *bytes, size_t length, struct socket_address *out)
{
	const unsigned char *name = bytes + FAMILY_SIZE;
	size_t size = length - FAMILY_SIZE;

	if (size > 0 && name[0] != '\0') {
		size = strnlen((const char *)name, size);
	} else {
		while (size > 0 && name[size - 1] == '\0')
			size--;
		if (size == 0) {
			set_text(out, "(unnamed)");
			return;
		}
	}
	for (size_t i = 0; i < size; i++)
		out->text[i] = name[i] ? (char)name[i] : '@';
	out->text[size] = '\0';
	out->length = size;
}

static int decode_inet(const unsigned char *bytes, size_t length, struct socket_address *out)
{
	char text[INET_ADDRSTRLEN];

	if (length < INET_SIZE || !inet_ntop(AF_INET, bytes + 4, text, sizeof(text)))
		return -1;
	set_text(out, text);
	out->port = bytes[2] << 8 | bytes[3];
	return 0;
}

static int decode_inet6(const unsigned char *bytes, size_t length, struct socket_address *out)
{
	static const unsigned char mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
	const unsigned char *address = bytes + 8;
	char text[INET6_ADDRSTRLEN];
	const char *written;

	if (length < INET6_SIZE)
		return -1;
	if (memcmp(address, mapped, sizeof(mapped)) == 0)
		written = inet_ntop(AF_INET, address + sizeof(mapped), text, sizeof(text));
	else
		written = inet_ntop(AF_INET6, address, text, sizeof(text));
	if (!written)
		return -1;
	set_text(out, text);
	out->port = bytes[2] << 8 | bytes[3];
	return 0;
}

static int decode_numbered(const unsigned char *bytes, size_t length, int big_endian,
			   struct socket_address *out)
{
	char text[32];

	if (out->family == AF_NETLINK) {
		if (length < NETLINK_SIZE)
			return -1;
		(void)snprintf(text, sizeof(text), "pid %u", host_number(bytes + 4, 4, big_endian));
	} else {
		if (length < VSOCK_SIZE)
			return -1;
		(void)snprintf(text, sizeof(text), "cid %u", host_number(bytes + 8, 4, big_endian));
		out->port = host_number(bytes + 4, 4, big_endian);
	}
	set_text(out, text);
	return 0;
}

int socket_address_decode(struct slice hex, int big_endian, struct socket_address *out)
{
	unsigned char bytes[SOCKET_ADDRESS_MAX] = {0};
	size_t length = 0;

	out->family = -1;
	out->port = -1;
	out->length = 0;
	out->text[0] = '\0';
	if (decode_hex(hex, bytes, &length) || length < FAMILY_SIZE)
		return -1;
	out->family = (int)host_number(bytes, FAMILY_SIZE, big_endian);
	switch (out->family) {
	case AF_UNIX:
		decode_unix(bytes, length, out);
		return 0;
	case AF_INET:
		return decode_inet(bytes, length, out);
	case AF_INET6:
		return decode_inet6(bytes, length, out);
	case AF_NETLINK:
	case AF_VSOCK:
		return decode_numbered(bytes, length, big_endian, out);
	default:
		return 0;
	}
}
