#include "analyzer/decompressor.h"

/* const input: zlib.h, ZLIB_CONST */
#define ZLIB_CONST
#include <lzma.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

/* a log that was compressed with more memory than this is no log of ours */
#define XZ_MEMORY_LIMIT (128ULL * 1024 * 1024)
enum {
	ZSTD_WINDOW_LOG_MAX = 27
};

enum compression {
	COMPRESSION_GZIP,
	COMPRESSION_XZ,
	COMPRESSION_ZSTD,
};

struct decompressor {
	enum compression compression;
	bool between; /* a whole stream is behind us, and no byte of a next one was seen */
	union {
		z_stream gzip;
		lzma_stream xz;
		ZSTD_DStream *zstd;
	} state;
};

static const struct {
	enum compression compression;
	size_t length;
	unsigned char magic[DECOMPRESSOR_MAGIC_SIZE];
} formats[] = {
	{COMPRESSION_GZIP, 2, {0x1F, 0x8B}},                   /* RFC 1952 */
	{COMPRESSION_XZ, 6, {0xFD, '7', 'z', 'X', 'Z', 0x00}}, /* xz file format 1.0.4 */
	{COMPRESSION_ZSTD, 4, {0x28, 0xB5, 0x2F, 0xFD}},       /* RFC 8878 */
};

static int decompressor_init(struct decompressor *decompressor)
{
	static const lzma_stream xz_init = LZMA_STREAM_INIT;

	switch (decompressor->compression) {
	case COMPRESSION_GZIP:
		/* 15: the largest window; 16: a gzip header is expected */
		return inflateInit2(&decompressor->state.gzip, 15 + 16) == Z_OK ? 0 : -1;
	case COMPRESSION_XZ:
		decompressor->state.xz = xz_init;
		return lzma_stream_decoder(&decompressor->state.xz, XZ_MEMORY_LIMIT,
					   LZMA_CONCATENATED) == LZMA_OK
			       ? 0
			       : -1;
	case COMPRESSION_ZSTD:
		decompressor->state.zstd = ZSTD_createDStream();
		return decompressor->state.zstd &&
				       !ZSTD_isError(ZSTD_DCtx_setParameter(
					       decompressor->state.zstd, ZSTD_d_windowLogMax,
					       ZSTD_WINDOW_LOG_MAX))
			       ? 0
			       : -1;
	}
	return -1;
}

int decompressor_new(const unsigned char *magic, size_t length, struct decompressor **made)
{
	*made = NULL;
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		struct decompressor *decompressor;

		if (length < formats[i].length ||
		    memcmp(magic, formats[i].magic, formats[i].length) != 0)
			continue;
		decompressor = calloc(1, sizeof(*decompressor));
		if (!decompressor)
			return -1;
		decompressor->compression = formats[i].compression;
		if (decompressor_init(decompressor)) {
			decompressor_free(decompressor);
			return -1;
		}
		*made = decompressor;
		return 0;
	}
	return 0;
}

void decompressor_free(struct decompressor *decompressor)
{
	if (!decompressor)
		return;
	switch (decompressor->compression) {
	case COMPRESSION_GZIP:
		(void)inflateEnd(&decompressor->state.gzip);
		break;
	case COMPRESSION_XZ:
		lzma_end(&decompressor->state.xz);
		break;
	case COMPRESSION_ZSTD:
		(void)ZSTD_freeDStream(decompressor->state.zstd);
		break;
	}
	free(decompressor);
}

static int run_gzip(struct decompressor *decompressor, struct decompressor_step *step)
{
	z_stream *stream = &decompressor->state.gzip;
	int result;

	/* zlib's counters are unsigned int; our pieces are far smaller, a larger one is used in
	 * parts */
	stream->next_in = (z_const Bytef *)step->input;
	stream->avail_in = step->input_length > 1U << 30 ? 1U << 30 : (uInt)step->input_length;
	stream->next_out = (Bytef *)step->output;
	stream->avail_out = step->output_length > 1U << 30 ? 1U << 30 : (uInt)step->output_length;
	result = inflate(stream, Z_NO_FLUSH);
	step->input_length -= (size_t)((const char *)stream->next_in - step->input);
	step->input = (const char *)stream->next_in;
	step->output_length -= (size_t)((char *)stream->next_out - step->output);
	step->output = (char *)stream->next_out;
	if (result == Z_STREAM_END) {
		decompressor->between = true;
		return inflateReset(stream) == Z_OK ? 0 : -1;
	}
	/* Z_BUF_ERROR: no progress was possible, which only means that it wants more input or room
	 */
	return result == Z_OK || result == Z_BUF_ERROR ? 0 : -1;
}

static int run_xz(struct decompressor *decompressor, struct decompressor_step *step)
{
	lzma_stream *stream = &decompressor->state.xz;
	lzma_ret result;

	stream->next_in = (const uint8_t *)step->input;
	stream->avail_in = step->input_length;
	stream->next_out = (uint8_t *)step->output;
	stream->avail_out = step->output_length;
	result = lzma_code(stream, step->input_ended ? LZMA_FINISH : LZMA_RUN);
	step->input = (const char *)stream->next_in;
	step->input_length = stream->avail_in;
	step->output = (char *)stream->next_out;
	step->output_length = stream->avail_out;
	if (result == LZMA_STREAM_END)
		return 1;
	return result == LZMA_OK || (result == LZMA_BUF_ERROR && !step->input_ended) ? 0 : -1;
}

static int run_zstd(struct decompressor *decompressor, struct decompressor_step *step)
{
	ZSTD_inBuffer input = {step->input, step->input_length, 0};
	ZSTD_outBuffer output = {step->output, step->output_length, 0};
	size_t result = ZSTD_decompressStream(decompressor->state.zstd, &output, &input);

	if (ZSTD_isError(result))
		return -1;
	step->input += input.pos;
	step->input_length -= input.pos;
	step->output += output.pos;
	step->output_length -= output.pos;
	if (result == 0)
		decompressor->between = true;
	return 0;
}

int decompressor_run(struct decompressor *decompressor, struct decompressor_step *step)
{
	size_t input_before = step->input_length, output_before = step->output_length;
	int result = -1;

	if (decompressor->compression == COMPRESSION_XZ)
		return run_xz(decompressor, step);
	if (decompressor->between) {
		if (step->input_length == 0)
			return step->input_ended ? 1 : 0;
		decompressor->between = false;
	}
	switch (decompressor->compression) {
	case COMPRESSION_GZIP:
		result = run_gzip(decompressor, step);
		break;
	case COMPRESSION_ZSTD:
		result = run_zstd(decompressor, step);
		break;
	case COMPRESSION_XZ:
		break;
	}
	if (result == 0 && step->input_ended && step->input_length == input_before &&
	    step->output_length == output_before && !decompressor->between)
		return -1; /* nothing more comes and the stream isn't at its end */
	return result;
}
