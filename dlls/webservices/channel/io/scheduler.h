/* SPDX-License-Identifier: MIT */
/*
 * scheduler.h - the threads that carry on with asynchronous operations.
 *
 * One of them at a time leads: it waits in the reactor for what the operations wait for, and then carries on with one
 * itself, which saves handing it over; if there are more, it calls others. When it calls the program, which may block
 * it, another thread watches, and leads if that takes long; when the program is known to do so, at once. While all
 * threads are busy there become more of them: at once up to a few for each processor, then one every 10 ms, up to
 * SCHEDULER_MOST_THREADS. Those without work end after 10 seconds.
 */
#ifndef WS_CHANNEL_IO_SCHEDULER_H
#define WS_CHANNEL_IO_SCHEDULER_H

#include <stdbool.h>

#define SCHEDULER_MOST_THREADS 256

/* What a thread is to do. It is not looked at any more when `run` is called. */
struct work
{
    void (*run)(struct work *work);
    struct work *next;
};

/* Holds the threads and the reactor, for an operation that is to wait there. False: there is no memory, or no thread.
 */
bool scheduler_hold(void);
void scheduler_drop(void);

/* Has a thread do it. While held. From any thread. */
void scheduler_push(struct work *work);

/* What comes next may block the calling thread, which may be one of these or any other. */
void scheduler_blocks(void);

/* Ends all threads and closes the reactor. Nothing is held. */
void scheduler_release(void);

#endif
