#include "common/number.h"

static int parse_base(const char *bytes, size_t length, unsigned base, uint64_t maximum,
		      uint64_t *result)
{
	uint64_t value = 0;

	if (length == 0)
		return -1;
	for (size_t i = 0; i < length; i++) {
		int digit = number_hex_digit(bytes[i]);

		if (digit < 0 || (unsigned)digit >= base)
			return -1;
		if (value > (maximum - (unsigned)digit) / base || (unsigned)digit > maximum)
			return -1;
		value = value * base + (unsigned)digit;
	}
	*result = value;
	return 0;
}

int number_parse(const char *bytes, size_t length, uint64_t maximum, uint64_t *result)
{
	return parse_base(bytes, length, 10, maximum, result);
}

int number_parse_hex(const char *bytes, size_t length, uint64_t maximum, uint64_t *result)
{
	return parse_base(bytes, length, 16, maximum, result);
}

int number_parse_octal(const char *bytes, size_t length, uint64_t maximum, uint64_t *result)
{
	return parse_base(bytes, length, 8, maximum, result);
}

int number_parse_signed(const char *bytes, size_t length, int64_t minimum, int64_t maximum,
			int64_t *result)
{
	uint64_t magnitude;

	if (length == 0)
		return -1;
	if (bytes[0] != '-') {
		if (maximum < 0 || number_parse(bytes, length, (uint64_t)maximum, &magnitude))
			return -1;
		if ((int64_t)magnitude < minimum)
			return -1;
		*result = (int64_t)magnitude;
		return 0;
	}
	if (minimum > 0 ||
	    number_parse(bytes + 1, length - 1, (uint64_t) - (minimum + 1) + 1, &magnitude))
		return -1;
	/* two steps, since the magnitude of INT64_MIN is no int64_t */
	*result = magnitude ? -(int64_t)(magnitude - 1) - 1 : 0;
	return *result > maximum ? -1 : 0;
}

int number_hex_digit(char digit)
{
	if (digit >= '0' && digit <= '9')
		return digit - '0';
	if (digit >= 'a' && digit <= 'f')
		return digit - 'a' + 10;
	if (digit >= 'A' && digit <= 'F')
		return digit - 'A' + 10;
	return -1;
}
