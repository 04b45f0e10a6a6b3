/*
 * Strict numbers: the whole text is the number, in range, or it is refused. No other file calls
 * strtol.
 */
#ifndef COMMON_NUMBER_H
#define COMMON_NUMBER_H

#include "common/cleanup.h"

#include <stddef.h>
#include <stdint.h>

/*
 * Each parses all `length` bytes as digits and returns 0, or -1 where the text is empty, holds
 * another byte, or exceeds `maximum`. *result is written on success only.
 */
int number_parse(const char *bytes, size_t length, uint64_t maximum, uint64_t *result) MUST_CHECK;
int number_parse_hex(const char *bytes, size_t length, uint64_t maximum,
		     uint64_t *result) MUST_CHECK;
int number_parse_octal(const char *bytes, size_t length, uint64_t maximum,
		       uint64_t *result) MUST_CHECK;

/* As number_parse, with an optional '-' in front, within [minimum, maximum]. */
int number_parse_signed(const char *bytes, size_t length, int64_t minimum, int64_t maximum,
			int64_t *result) MUST_CHECK;

/* The value of one hexadecimal digit, or -1. */
int number_hex_digit(char digit);

#endif
