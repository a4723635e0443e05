/* SPDX-License-Identifier: MIT */
/*
 * poller.h - waiting for sockets: for one, while a thread blocks, or for many, for the reactor.
 *
 * poller_epoll.c and poller_windows.c implement it.
 */
#ifndef WS_CHANNEL_IO_POLLER_H
#define WS_CHANNEL_IO_POLLER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "channel/io/thread.h"

/* What to wait for: bits. */
enum
{
    POLL_IN = 1,
    POLL_OUT = 2,
    POLL_CONNECT = 4
};

/* --- A signal, which a wait for a socket notices as well --- */

/* False: the system has no more. */
bool signal_open(uintptr_t *signal);
void signal_close(uintptr_t signal);
void signal_send(uintptr_t signal); /* from any thread */
void signal_clear(uintptr_t signal);

/*
 * Waits until there is something at the socket, the signal has been sent, or the deadline has come. It may return
 * without any of these. True: the signal has been sent, and is to be cleared.
 */
bool poll_one(uintptr_t socket, unsigned events, uintptr_t signal, uint64_t deadline);

/* --- Many sockets --- */

/* The reactor knows a socket by a key, which is not 0. */
struct poller_event
{
    uint64_t key;
    unsigned events; /* of those that were asked for; a failure is all of them */
};

/* Once, before all the others. False: there is no memory, or the like. */
bool poller_open(void);
void poller_close(void);

/*
 * Waits for a socket from now on, until something has happened to it: then it must be armed again. What it was armed
 * for before no longer counts. `place` belongs to the socket, and is 0 before it is armed for the first time. Called
 * with the lock that poller_wait() is given. False: there is no memory, or the system cannot wait for more sockets.
 */
bool poller_arm(uintptr_t socket, uint64_t key, unsigned events, uint32_t *place);

/*
 * Before the socket is closed; with the lock, which it may give up in between. When it returns the system does not wait
 * for the socket any more: Wine keeps a port open as long as it does.
 */
void poller_forget(struct mutex *lock, uint32_t *place);

/*
 * Waits, without the lock, until something happens, the deadline comes, or poller_wake() is called. Returns how many
 * events there are. One thread at a time. It takes the lock by itself where it needs that.
 */
size_t poller_wait(struct mutex *lock, uint64_t deadline, struct poller_event *events, size_t capacity);

/* Ends the wait that is going on, or the next one. From any thread, with the lock or without it. */
void poller_wake(void);

#endif
