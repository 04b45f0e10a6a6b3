/*
 * The saddr= of a SOCKADDR record: a struct sockaddr as the kernel of the log's host laid it out,
 * in hexadecimal (unix(7), ip(7), ipv6(7), netlink(7), vsock(7); linux/vm_sockets.h).
 */
#ifndef ANALYZER_SOCKET_ADDRESS_H
#define ANALYZER_SOCKET_ADDRESS_H

#include "common/cleanup.h"
#include "common/slice.h"

#include <stdint.h>

enum {
	SOCKET_ADDRESS_MAX = 128, /* sizeof(struct sockaddr_storage): the kernel takes no more */
};

struct socket_address {
	int family;    /* AF_* as Linux numbers them, or -1 where there are not even two bytes */
	int64_t port;  /* of inet, inet6 and vsock; -1 for others */
	size_t length; /* of text, without its NUL; 0 where the family has no text here */
	char text[SOCKET_ADDRESS_MAX + 1]; /* untrusted bytes; ends in a NUL as well */
};

/*
 * Decodes `hex`. What text holds:
 *   unix     the path up to its NUL; an abstract name with '@' for its first NUL and for each NUL
 *            inside, NULs at its end left out (ss(8) shows it so); "(unnamed)" where there is none
 *   inet     "192.0.2.1"
 *   inet6    "2001:db8::1"; of a mapped IPv4 address the IPv4 form, so that one search finds both
 *   netlink  "pid 42"
 *   vsock    "cid 3"
 * and nothing for another family, whose number is kept.
 *
 * `big_endian` is socket_address_big_endian of the record's arch. Returns 0, or -1 where `hex` is
 * no address: an odd number of digits, another byte, longer than the kernel's limit, or shorter
 * than its family needs. *out is always written; after -1 it has no text and no port, and the
 * family only where that could be read.
 */
int socket_address_decode(struct slice hex, int big_endian, struct socket_address *out) MUST_CHECK;

/* Non-zero where `arch` (AUDIT_ARCH_*, linux/audit.h) is big-endian; 0 also where it is no arch. */
int socket_address_big_endian(int64_t arch);

/* The family's name ("unix", "inet6"), or NULL for one that has none here. */
const char *socket_family_name(int family);

#endif
