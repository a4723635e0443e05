/* SPDX-License-Identifier: MIT */
/*
 * listener.h - WS_LISTENER: what a listener consists of, for the files of this folder and for transports.
 *
 *     CREATED --open--> OPENING --> OPEN --close--> CLOSING --> CLOSED --reset--> CREATED
 *                                     `--abort, listener_fault()--> FAULTED --close--> CLOSING
 *
 * A channel that is accepted from it is held by its operation, and is in the list `accepting` meanwhile: closing,
 * aborting or freeing the listener cancels those operations. The lock covers the state and the list; a channel's lock
 * may be taken while it is held, never the other way round. The object stays in memory as long as there are channels
 * of it, the transport's part as long as operations run on it.
 */
#ifndef WS_CHANNEL_OBJECT_LISTENER_H
#define WS_CHANNEL_OBJECT_LISTENER_H

#include "base/handle.h"
#include "base/heap.h"
#include "call.h"
#include "channel/io/thread.h"
#include "settings.h"
#include "transport.h"

struct _WS_LISTENER
{
    struct handle handle;
    struct mutex lock;
    WS_CHANNEL_TYPE type;
    WS_LISTENER_STATE state;
    const struct transport *transport;
    void *part; /* the transport's; NULL: it has been freed */
    struct listener_settings settings;
    struct _WS_HEAP settings_heap;

    WS_STRING url; /* a copy of what it was opened with, until it is reset */

    /* All below: under the lock. */
    unsigned references;   /* the handle, uses, and channels made for it */
    unsigned uses;         /* operations that run, accepts too, and functions that are at work */
    bool is_freed;         /* the last use frees the part */
    bool is_started;       /* listener_open has been called, and listener_close has not */
    WS_CHANNEL *accepting; /* list */
    struct call call;      /* open, close */
};

/* --- For transports --- */

/* OPEN becomes FAULTED: it cannot be used any more but to be closed. From any thread. */
void listener_fault(WS_LISTENER *listener);

/* A moment ago. */
WS_LISTENER_STATE listener_state(WS_LISTENER *listener);

#endif
