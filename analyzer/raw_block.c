#include "analyzer/raw_block.h"

#include <zstd.h>

enum {
	ZSTD_LEVEL = 1, /* a log's repetitions pack well at any level; 3 costs twice the time */
	LEB128_BYTES_MAX = 10
};

static int append_number(struct text *block, uint64_t number)
{
	char bytes[LEB128_BYTES_MAX];
	size_t length = 0;

	do {
		bytes[length] = (char)(number & 0x7F);
		number >>= 7;
		if (number)
			bytes[length] = (char)(bytes[length] | (char)0x80);
		length++;
	} while (number);
	return text_append(block, bytes, length);
}

static int take_number(struct slice *rest, uint64_t *number)
{
	*number = 0;
	for (unsigned shift = 0; rest->length > 0 && shift < 64; shift += 7) {
		unsigned char byte = (unsigned char)rest->bytes[0];

		rest->bytes++;
		rest->length--;
		if (shift == 63 && byte > 1)
			return -1;
		*number |= (uint64_t)(byte & 0x7FU) << shift;
		if (!(byte & 0x80U))
			return 0;
	}
	return -1;
}

int raw_block_append(struct text *block, const struct raw_record *record)
{
	if (append_number(block, record->line_number) || append_number(block, record->line.length))
		return -1;
	return text_append(block, record->line.bytes, record->line.length);
}

int raw_block_next(struct slice *rest, struct raw_record *record)
{
	uint64_t length;

	if (rest->length == 0)
		return 0;
	if (take_number(rest, &record->line_number) || take_number(rest, &length) ||
	    length > rest->length)
		return -1;
	record->line = (struct slice){rest->bytes, (size_t)length};
	rest->bytes += length;
	rest->length -= (size_t)length;
	return 1;
}

int raw_block_compress(struct slice block, struct text *compressed)
{
	size_t bound = ZSTD_compressBound(block.length), length;

	text_clear(compressed);
	if (ZSTD_isError(bound) || text_reserve(compressed, bound))
		return -1;
	length = ZSTD_compress(compressed->bytes, bound, block.bytes, block.length, ZSTD_LEVEL);
	if (ZSTD_isError(length))
		return -1;
	compressed->length = length;
	return 0;
}

int raw_block_decompress(struct slice compressed, uint64_t length, struct text *block)
{
	text_clear(block);
	if (length > RAW_BLOCK_LENGTH_MAX || text_reserve(block, (size_t)length))
		return -1;
	if (ZSTD_decompress(block->bytes, (size_t)length, compressed.bytes, compressed.length) !=
	    length)
		return -1;
	block->length = (size_t)length;
	block->bytes[length] = '\0';
	return 0;
}
