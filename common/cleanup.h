/*
 * Automatic release at the end of a scope, by the compiler's cleanup attribute.
 *
 * CLEANUP(text_done) struct text name = TEXT_INIT;
 */
#ifndef COMMON_CLEANUP_H
#define COMMON_CLEANUP_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define CLEANUP(function)                __attribute__((cleanup(function)))
#define MUST_CHECK                       __attribute__((warn_unused_result))
#define PRINTF_LIKE(format_at, first_at) __attribute__((format(printf, format_at, first_at)))

/* for `CLEANUP(free_pointer) char *p`: frees what p points to */
static inline void free_pointer(void *pointer_to_pointer)
{
	free(*(void **)pointer_to_pointer);
}

/* for `CLEANUP(close_descriptor) int fd = -1` */
static inline void close_descriptor(const int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
}

/* for `CLEANUP(close_stream) FILE *stream`, streams that are only read: nothing to lose at close */
static inline void close_stream(FILE **stream)
{
	if (*stream)
		(void)fclose(*stream);
}

#endif
