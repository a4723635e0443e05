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
    struct _WS_HEAP url_heap;

    /* All below: under the lock. */
    unsigned references;   /* the handle, uses, and channels made for it */
    unsigned uses;         /* operations that run, accepts too, and functions that are at work */
    bool is_freed;         /* the last use frees the part */
    bool is_listening;     /* listener_open has succeeded, and listener_close has not been called */
    bool is_busy;          /* `call` runs */
    WS_CHANNEL *accepting; /* list */
    struct call call;      /* open, close */
};

/* --- For transports --- */

/* OPEN becomes FAULTED: it cannot be used any more but to be closed. From any thread. */
void listener_fault(WS_LISTENER *listener);

/* A moment ago. */
WS_LISTENER_STATE listener_state(WS_LISTENER *listener);

/* --- For the files of this folder: listener.c --- */

/* As channel_create(). */
HRESULT listener_create(const struct transport *transport, WS_CHANNEL_TYPE type,
                        const struct listener_settings *settings, struct _WS_HEAP *heap, WS_LISTENER **ret,
                        WS_ERROR *error);

/* Locks a live listener; E_INVALIDARG: it is none, and nothing is locked. */
HRESULT listener_enter(WS_LISTENER *listener, WS_ERROR *error);

/* WS_E_OBJECT_FAULTED or WS_E_INVALID_OPERATION, for its state. The lock is held. */
HRESULT listener_wrong_state(const WS_LISTENER *listener, WS_ERROR *error) COLD;

/* Ends a use: `uses` was incremented under the lock, which is not held. The last one of a freed listener frees its
 * part. */
void listener_end_use(WS_LISTENER *listener);

/* Keeps the object in memory: a channel of it is there. */
void listener_refer(WS_LISTENER *listener);
void listener_unrefer(WS_LISTENER *listener);

/* Adds a channel to those that are being accepted, and removes it. The lock is held for the first. */
void listener_begin_accept(WS_LISTENER *listener, WS_CHANNEL *channel);
void listener_end_accept(WS_LISTENER *listener, WS_CHANNEL *channel);

#endif
