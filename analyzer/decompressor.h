/*
 * gzip, xz and zstd streams behind one interface. Several streams one after the other, as `cat a.gz
 * b.gz` makes, are one.
 */
#ifndef ANALYZER_DECOMPRESSOR_H
#define ANALYZER_DECOMPRESSOR_H

#include <stddef.h>

struct decompressor;

/* How many bytes of a file decompressor_new wants to see. */
enum {
	DECOMPRESSOR_MAGIC_SIZE = 6
};

/*
 * The decompressor for a file that begins with `length` bytes at `magic`. *made is NULL where they
 * are no compressed format. Returns 0, or -1 when out of memory.
 */
int decompressor_new(const unsigned char *magic, size_t length, struct decompressor **made);

void decompressor_free(struct decompressor *decompressor);

struct decompressor_step {
	const char *input;
	size_t input_length; /* lowered by what was used */
	char *output;
	size_t output_length; /* lowered by what was written */
	int input_ended;      /* non-zero: no more input will come */
};

/*
 * Does some work: uses input and writes output, moving both pointers. Returns 1 where the data
 * ended as it should, 0 where there may be more, -1 where it is damaged or ends too early.
 */
int decompressor_run(struct decompressor *decompressor, struct decompressor_step *step);

#endif
