#include "analyzer/source.h"

#include "analyzer/decompressor.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>

enum {
	SOURCE_BUFFER_SIZE = 64 * 1024
};

struct source {
	char *name;
	int fd;
	bool owns_fd;
	bool ended; /* read() has answered 0 */
	bool done;  /* the decompressed log has ended */
	uint64_t size;
	uint64_t position;
	struct decompressor *decompressor; /* NULL: plain */
	size_t begin, end;                 /* what of the buffer is still to be used */
	char buffer[SOURCE_BUFFER_SIZE];
};

static int fill_buffer(struct source *source, struct error *error)
{
	while (!source->ended && source->end < sizeof(source->buffer)) {
		ssize_t got = read(source->fd, source->buffer + source->end,
				   sizeof(source->buffer) - source->end);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return error_set_errno(error, errno, "cannot read the log", source->name);
		if (got == 0)
			source->ended = true;
		source->end += (size_t)got;
		source->position += (uint64_t)got;
		/* a pipe's writer may pause: what is here is enough, except for telling the format
		 */
		if (source->end >= DECOMPRESSOR_MAGIC_SIZE)
			return 0;
	}
	return 0;
}

static int open_file(struct source *source, struct error *error)
{
	struct stat status;

	if (strcmp(source->name, "-") == 0) {
		source->fd = STDIN_FILENO;
	} else {
		source->fd = open(source->name, O_RDONLY | O_CLOEXEC);
		source->owns_fd = true;
	}
	if (source->fd < 0 || fstat(source->fd, &status) < 0)
		return error_set_errno(error, errno, "cannot open the log", source->name);
	if (S_ISDIR(status.st_mode))
		return error_set(error, ERROR_INPUT, "cannot open the log", source->name,
				 "it is a directory");
	source->size = S_ISREG(status.st_mode) ? (uint64_t)status.st_size : 0;
	return 0;
}

struct source *source_open(const char *name, struct error *error)
{
	struct source *source = calloc(1, sizeof(*source));

	if (!source || !(source->name = strdup(name))) {
		free(source);
		error_set_memory(error, "cannot open the log");
		return NULL;
	}
	source->fd = -1;
	if (open_file(source, error) || fill_buffer(source, error)) {
		source_free(source);
		return NULL;
	}
	if (decompressor_new((const unsigned char *)source->buffer, source->end,
			     &source->decompressor)) {
		error_set_memory(error, "cannot open the log");
		source_free(source);
		return NULL;
	}
	return source;
}

void source_free(struct source *source)
{
	if (!source)
		return;
	decompressor_free(source->decompressor);
	if (source->owns_fd && source->fd >= 0)
		(void)close(source->fd);
	free(source->name);
	free(source);
}

static ssize_t read_plain(struct source *source, char *buffer, size_t size)
{
	size_t available = source->end - source->begin;
	size_t taken = available < size ? available : size;

	memcpy(buffer, source->buffer + source->begin, taken);
	source->begin += taken;
	return (ssize_t)taken;
}

static ssize_t read_compressed(struct source *source, char *buffer, size_t size,
			       struct error *error)
{
	struct decompressor_step step = {
		.input = source->buffer + source->begin,
		.input_length = source->end - source->begin,
		.output = buffer,
		.output_length = size,
		.input_ended = source->ended,
	};
	int result = decompressor_run(source->decompressor, &step);
	size_t got = size - step.output_length;

	/* what stands before the damage is good; the next call finds the damage again */
	if (result < 0 && got == 0) {
		error_set(error, ERROR_INPUT, "cannot decompress the log", source->name,
			  source->ended && step.input_length == 0 ? "it ends too early"
								  : "it is damaged");
		return -1;
	}
	source->done = result == 1;
	source->begin = source->end - step.input_length;
	return (ssize_t)got;
}

ssize_t source_read(struct source *source, char *buffer, size_t size, struct error *error)
{
	while (!source->done) {
		ssize_t got;

		if (source->begin == source->end) {
			source->begin = source->end = 0;
			if (fill_buffer(source, error))
				return -1;
		}
		got = source->decompressor ? read_compressed(source, buffer, size, error)
					   : read_plain(source, buffer, size);
		if (got != 0)
			return got;
		if (!source->decompressor && source->ended)
			source->done = true;
	}
	return 0;
}

uint64_t source_size(const struct source *source)
{
	return source->size;
}

uint64_t source_position(const struct source *source)
{
	return source->position;
}
