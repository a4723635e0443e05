/* SPDX-License-Identifier: MIT */
/*
 * waker.h - what a thread that blocks in an operation is woken by.
 *
 * A waker is taken by an operation when it has to wait for the first time, and given back at its end. There are as many
 * as there have been threads waiting at once; they are kept, for what they have of the system's takes time to make.
 */
#ifndef WS_CHANNEL_IO_WAKER_H
#define WS_CHANNEL_IO_WAKER_H

#include "channel/io/thread.h"

struct waker
{
    struct mutex lock;
    struct condition condition;
    bool woken;       /* for a thread that waits at the condition */
    bool has_signal;  /* opened when it is first needed */
    uintptr_t signal; /* for one that waits for a socket */
    struct waker *next;
};

/* NULL: there is no memory. */
struct waker *waker_take(void);
void waker_give(struct waker *waker);

/* Makes sure that it has a signal; false: the system has no more. */
bool waker_open(struct waker *waker);

/* Waits for waker_wake(), or until the deadline. A wake from before ends the wait at once. */
void waker_wait(struct waker *waker, uint64_t deadline);
void waker_wake(struct waker *waker);

/* The same, while there may also be something at a socket; for poll_one()'s events. */
void waker_poll(struct waker *waker, uintptr_t socket, unsigned events, uint64_t deadline);
void waker_signal(struct waker *waker);

/* Gives back those that are kept. */
void waker_release_all(void);

#endif
