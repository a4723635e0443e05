/* SPDX-License-Identifier: MIT */
/*
 * reactor.h - operations that wait, without a thread, for sockets, moments and wakes.
 *
 * scheduler.c runs it, and carries on with what it returns.
 */
#ifndef WS_CHANNEL_IO_REACTOR_H
#define WS_CHANNEL_IO_REACTOR_H

#include <stdbool.h>
#include <stdint.h>

#include "channel/io/operation.h"
#include "channel/io/scheduler.h"

struct socket;

/* False: there is no memory, or the like. */
bool reactor_open(void);
void reactor_close(void);

/* Makes sure that a socket can be waited for. False: there is no memory. */
bool reactor_prepare(struct socket *socket);

/* Before a socket is closed for which reactor_prepare() has been called. */
void reactor_forget(struct socket *socket);

/*
 * Lets an operation wait for what its step has said. False: it need not, because it has been woken already, or because
 * the system cannot wait for its socket, which has failed then.
 */
bool reactor_park(struct operation *operation);

/* For an operation that has been woken: true if it was waiting, and now is not, so that the caller is to go on with it.
 */
bool reactor_unpark(struct operation *operation);

/*
 * Waits until operations can go on, reactor_wake() is called or the deadline comes, and returns those operations as a
 * list of works. One thread at a time.
 */
struct work *reactor_poll(uint64_t deadline);
void reactor_wake(void);

#endif
