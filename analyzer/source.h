/*
 * Bytes of a log: a file, plain or compressed by gzip, xz or zstd (told by its first bytes, not by
 * its name), or standard input. Knows nothing of lines, records or the store.
 */
#ifndef ANALYZER_SOURCE_H
#define ANALYZER_SOURCE_H

#include "common/error.h"

#include <stddef.h>
#include <stdint.h>

struct source;

/*
 * Opens `name`; "-" is standard input. Returns NULL with *error where it can't be opened or is a
 * directory. The caller frees it by source_free.
 */
struct source *source_open(const char *name, struct error *error);

void source_free(struct source *source);

/*
 * Reads up to `size` bytes of the (decompressed) log into `buffer`. Returns how many, 0 at the end,
 * or -1 with *error: a read error, or compressed data that is damaged or ends too early.
 */
ssize_t source_read(struct source *source, char *buffer, size_t size, struct error *error);

/* Bytes of the file as it lies on disk: how many there are (0 where that isn't known) and how many
 * are read. */
uint64_t source_size(const struct source *source);
uint64_t source_position(const struct source *source);

#endif
