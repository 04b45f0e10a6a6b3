#include "tests/unit/table.h"

#include "common/number.h"

#include <string.h>

enum parser {
	DECIMAL,
	HEXADECIMAL,
	SIGNED,
};

struct row {
	const char *name;
	enum parser parser;
	const char *input;
	int64_t minimum;
	uint64_t maximum;
	int result; /* 0 or -1 */
	int64_t value;
};

static struct row rows[] = {
	{"zero", DECIMAL, "0", 0, 10, 0, 0},
	{"largest allowed", DECIMAL, "4294967295", 0, UINT32_MAX, 0, UINT32_MAX},
	{"one more than allowed", DECIMAL, "4294967296", 0, UINT32_MAX, -1, 0},
	{"a digit above a small maximum", DECIMAL, "9", 0, 5, -1, 0},
	{"beyond 64 bits", DECIMAL, "18446744073709551616", 0, UINT64_MAX, -1, 0},
	{"empty", DECIMAL, "", 0, 10, -1, 0},
	{"blank in front", DECIMAL, " 1", 0, 10, -1, 0},
	{"plus sign", DECIMAL, "+1", 0, 10, -1, 0},
	{"letter behind", DECIMAL, "1a", 0, 10, -1, 0},
	{"hex digits", HEXADECIMAL, "c000003E", 0, UINT32_MAX, 0, 0xC000003E},
	{"hex prefix is no digit", HEXADECIMAL, "0x1", 0, UINT32_MAX, -1, 0},
	{"minus", SIGNED, "-13", -4096, 4096, 0, -13},
	{"below the minimum", SIGNED, "-4097", -4096, 4096, -1, 0},
	{"smallest of 64 bits", SIGNED, "-9223372036854775808", INT64_MIN, INT64_MAX, 0, INT64_MIN},
	{"minus alone", SIGNED, "-", -5, 5, -1, 0},
	{"positive above", SIGNED, "6", -5, 5, -1, 0},
	{"minus zero", SIGNED, "-0", -5, 5, 0, 0},
};

static void row_holds(void **state)
{
	const struct row *row = *state;
	size_t length = strlen(row->input);
	uint64_t value = 99;
	int64_t signed_value = 99;
	int result = 0;

	switch (row->parser) {
	case DECIMAL:
		result = number_parse(row->input, length, row->maximum, &value);
		break;
	case HEXADECIMAL:
		result = number_parse_hex(row->input, length, row->maximum, &value);
		break;
	case SIGNED:
		result = number_parse_signed(row->input, length, row->minimum,
					     (int64_t)row->maximum, &signed_value);
		value = (uint64_t)signed_value;
		break;
	}
	assert_int_equal(result, row->result);
	/* a refused text leaves the result as it was */
	assert_int_equal((int64_t)value, row->result ? 99 : row->value);
}

int main(void)
{
	return TABLE_RUN("number", rows, row_holds);
}
