#include "analyzer/store_queue.h"

#include "common/arena.h"

#include "analyzer/event_copy.h"

#include <pthread.h>

enum {
	PART_COUNT = 4,          /* parts that wait or are being written or filled */
	PART_BYTES = 512 * 1024, /* raw bytes at which a part is handed over */
	PART_EVENTS = 1024,
};

/* A part is filled by the reader alone, then written by the thread alone. */
struct part {
	struct arena arena;
	struct detected_event items[PART_EVENTS];
	size_t count;
	size_t bytes;
	bool commit; /* the batch ends behind this part */
};

struct store_queue {
	struct store *store;
	struct store_writer *writer;
	pthread_t thread;
	bool started;
	pthread_mutex_t mutex; /* for what follows */
	pthread_cond_t changed;
	size_t filled;  /* parts handed over since the beginning */
	size_t written; /* of them, written */
	bool ending;
	bool failed;
	struct error failure;
	struct part parts[PART_COUNT]; /* number `filled % PART_COUNT` is being filled */
};

static int write_part(struct store_queue *queue, struct part *part, struct error *error)
{
	for (size_t i = 0; i < part->count; i++)
		if (store_writer_add(queue->writer, &part->items[i], error))
			return -1;
	if (!part->commit)
		return 0;
	if (store_writer_flush(queue->writer, error) || store_commit(queue->store, error))
		return -1;
	return store_begin(queue->store, error);
}

static void empty_part(struct part *part)
{
	arena_clear(&part->arena);
	part->count = part->bytes = 0;
	part->commit = false;
}

static void *write_parts(void *context)
{
	struct store_queue *queue = context;
	struct error error = ERROR_INIT;

	(void)pthread_mutex_lock(&queue->mutex);
	for (;;) {
		struct part *part = &queue->parts[queue->written % PART_COUNT];
		bool skip = queue->failed;
		int result = 0;

		if (queue->written == queue->filled) {
			if (queue->ending)
				break;
			(void)pthread_cond_wait(&queue->changed, &queue->mutex);
			continue;
		}
		(void)pthread_mutex_unlock(&queue->mutex);
		if (!skip)
			result = write_part(queue, part, &error);
		empty_part(part);
		(void)pthread_mutex_lock(&queue->mutex);
		if (result) {
			queue->failed = true;
			queue->failure = error;
		}
		queue->written++;
		(void)pthread_cond_broadcast(&queue->changed);
	}
	(void)pthread_mutex_unlock(&queue->mutex);
	return NULL;
}

struct store_queue *store_queue_new(struct store *store, struct store_writer *writer,
				    struct error *error)
{
	struct store_queue *queue = calloc(1, sizeof(*queue));
	int result;

	if (!queue) {
		error_set_memory(error, "cannot start to store");
		return NULL;
	}
	queue->store = store;
	queue->writer = writer;
	(void)pthread_mutex_init(&queue->mutex,
				 NULL); /* cannot fail on Linux with default attributes */
	(void)pthread_cond_init(&queue->changed, NULL);
	result = pthread_create(&queue->thread, NULL, write_parts, queue);
	if (result) {
		error_set_errno(error, result, "cannot start to store", "a thread");
		store_queue_free(queue);
		return NULL;
	}
	queue->started = true;
	return queue;
}

/* Hands the part that is being filled over, and waits until another is free. */
static int hand_over(struct store_queue *queue, struct error *error)
{
	bool failed;

	(void)pthread_mutex_lock(&queue->mutex);
	queue->filled++;
	(void)pthread_cond_broadcast(&queue->changed);
	while (queue->filled - queue->written >= PART_COUNT)
		(void)pthread_cond_wait(&queue->changed, &queue->mutex);
	failed = queue->failed;
	if (failed)
		*error = queue->failure;
	(void)pthread_mutex_unlock(&queue->mutex);
	return failed ? -1 : 0;
}

void store_queue_free(struct store_queue *queue)
{
	if (!queue)
		return;
	if (queue->started) {
		(void)pthread_mutex_lock(&queue->mutex);
		queue->ending = true;
		(void)pthread_cond_broadcast(&queue->changed);
		(void)pthread_mutex_unlock(&queue->mutex);
		(void)pthread_join(queue->thread, NULL);
	}
	for (size_t i = 0; i < PART_COUNT; i++)
		arena_done(&queue->parts[i].arena);
	(void)pthread_cond_destroy(&queue->changed);
	(void)pthread_mutex_destroy(&queue->mutex);
	free(queue);
}

static struct part *part_in_hand(struct store_queue *queue)
{
	/* only this thread writes `filled`, so it may read it without the lock */
	return &queue->parts[queue->filled % PART_COUNT];
}

int store_queue_add(struct store_queue *queue, const struct detected_event *event,
		    struct error *error)
{
	struct part *part = part_in_hand(queue);

	if (event_copy(event, &part->arena, &part->items[part->count]))
		return error_set_memory(error, "cannot store an event");
	part->count++;
	for (size_t i = 0; i < event->assembled.record_count; i++)
		part->bytes += event->assembled.records[i].line.length;
	if (part->count < PART_EVENTS && part->bytes < PART_BYTES)
		return 0;
	return hand_over(queue, error);
}

int store_queue_commit(struct store_queue *queue, struct error *error)
{
	part_in_hand(queue)->commit = true;
	return hand_over(queue, error);
}

int store_queue_drain(struct store_queue *queue, struct error *error)
{
	bool failed;

	if (part_in_hand(queue)->count > 0 && hand_over(queue, error))
		return -1;
	(void)pthread_mutex_lock(&queue->mutex);
	while (queue->written != queue->filled)
		(void)pthread_cond_wait(&queue->changed, &queue->mutex);
	failed = queue->failed;
	if (failed)
		*error = queue->failure;
	(void)pthread_mutex_unlock(&queue->mutex);
	return failed ? -1 : 0;
}
