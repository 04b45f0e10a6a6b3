/*
 * Storing beside reading: new events are copied into a bounded queue and written by a thread of
 * their own, in the order in which they came. Everything else that touches the store waits until
 * the queue is empty (store_queue_drain), so that the store is used by one thread at a time.
 */
#ifndef ANALYZER_STORE_QUEUE_H
#define ANALYZER_STORE_QUEUE_H

#include "analyzer/store_writer.h"

struct store_queue;

/* Starts the thread. Borrows both for its life. Returns NULL with *error. */
struct store_queue *store_queue_new(struct store *store, struct store_writer *writer,
				    struct error *error);

/* Writes what is queued, as far as it can be, and ends the thread. */
void store_queue_free(struct store_queue *queue);

/*
 * Queues an event that the store surely lacks; all of it is copied. Waits where
 * the queue is full. Returns 0, or -1 with *error: an earlier event could not be written, or memory
 * ran out.
 */
int store_queue_add(struct store_queue *queue, const struct detected_event *event,
		    struct error *error) MUST_CHECK;

/* Queues the end of a batch: what came before is committed, and a new transaction begins. */
int store_queue_commit(struct store_queue *queue, struct error *error) MUST_CHECK;

/* Waits until all that was queued is written. Returns 0, or -1 with *error. */
int store_queue_drain(struct store_queue *queue, struct error *error) MUST_CHECK;

#endif
