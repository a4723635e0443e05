/* SPDX-License-Identifier: MIT */
/* clang-format off */
/*
 * channel.h - WS_CHANNEL: what a channel consists of, for the files of this folder and for transports.
 *
 *     CREATED --open--> OPENING --> OPEN --close--> CLOSING --> CLOSED --reset--> CREATED
 *       `-----accept--> ACCEPTING --'  `--abort, channel_fault()--> FAULTED --close--> CLOSING
 *
 * What the functions do when is at their exported functions and in docs/channels.md.
 *
 * Operations. A channel runs at most one operation in each of its slots: CONTROL (open, accept, close, shutdown), SENDING,
 * RECEIVING, and one each for the callbacks of a streamed body. Each slot is a struct call, which holds the operation and
 * its arguments, so that starting one takes no memory.
 *
 * Locks and references. `lock` covers state, slots and messages; no function of the transport and no callback of the
 * program runs under it. The object is live (its handle valid) until WsFreeChannel, and stays in memory until the last
 * operation has ended: `uses` counts those. The transport's part is freed then, on the thread that ends the last one.
 */
/* clang-format on */
#ifndef WS_CHANNEL_OBJECT_CHANNEL_H
#define WS_CHANNEL_OBJECT_CHANNEL_H

#include "base/handle.h"
#include "base/heap.h"
#include "call.h"
#include "channel/io/thread.h"
#include "settings.h"
#include "transport.h"

enum channel_slot
{
    CHANNEL_CONTROL,
    CHANNEL_SENDING,
    CHANNEL_RECEIVING,
    CHANNEL_SENDING_BODY,
    CHANNEL_RECEIVING_BODY,
    CHANNEL_SLOTS
};

struct _WS_CHANNEL
{
    struct handle handle;
    struct mutex lock;
    WS_CHANNEL_TYPE type;
    WS_CHANNEL_STATE state;
    const struct transport *transport;
    void *part;                       /* the transport's */
    struct channel_settings settings;
    struct _WS_HEAP settings_heap;    /* what settings refer to */

    /* Where a client's channel has been opened to: a copy, until it is reset. */
    WS_ENDPOINT_ADDRESS address;
    struct _WS_HEAP address_heap;

    WS_LISTENER *listener;            /* of a channel that is for accepting; it is held. NULL: a client's */
    WS_CHANNEL *next_accepting;       /* in the listener's list; the listener's lock */

    /* All below: under the lock. */
    unsigned uses;                    /* operations that run, and functions that are at work */
    bool is_freed;                    /* the last use ends the object */
    bool is_started;                  /* open or accept has been called, and close has not */
    bool is_shut_down;
    bool is_ended;                    /* read_start has returned WS_S_END */
    WS_MESSAGE *writing, *reading;    /* between their start and their end; NULL: none */
    struct call calls[CHANNEL_SLOTS];
};

/* --- For transports --- */

/* OPEN becomes FAULTED: the channel cannot be used any more but to be closed. From any thread. */
void channel_fault(WS_CHANNEL *channel);

/* A moment ago. */
WS_CHANNEL_STATE channel_state(WS_CHANNEL *channel);

/*
 * For the callbacks of writers and readers of streamed messages: runs a step of the transport's as an operation of the
 * channel, with the context that the callback was given. It is cancelled with the channel's others.
 *
 * slot: CHANNEL_SENDING_BODY or CHANNEL_RECEIVING_BODY.
 * Returns what the step does; WS_S_ASYNC: the context's callback will be called. WS_E_INVALID_OPERATION: the channel is
 * running such a callback already, or is not in use any more.
 */
typedef HRESULT (*CHANNEL_STEP)(WS_CHANNEL *channel, struct operation *op, WS_ERROR *error);
HRESULT channel_run_body(WS_CHANNEL *channel, enum channel_slot slot, CHANNEL_STEP step,
                         const WS_ASYNC_CONTEXT *context, WS_ERROR *error);

/*
 * Keeps the object and the part in memory, beyond what operations do: for references from other objects of the
 * transport. Not to be called for a channel that may have been freed. channel_release() may free it at once.
 */
void channel_hold(WS_CHANNEL *channel);
void channel_release(WS_CHANNEL *channel);

#endif
