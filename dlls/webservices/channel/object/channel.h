/* SPDX-License-Identifier: MIT */
/* clang-format off */
/*
 * channel.h - WS_CHANNEL: what a channel consists of, for the files of this folder and for transports.
 *
 *     CREATED --open--> OPENING --> OPEN --close--> CLOSING --> CLOSED --reset--> CREATED
 *       `-----accept--> ACCEPTING --'  `--abort, channel_fault()--> FAULTED --close--> CLOSING
 *
 * An open or accept that fails or is aborted leads back to CREATED, and closing a channel that is CREATED to CLOSED.
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
    void *part; /* the transport's */
    struct channel_settings settings;
    struct _WS_HEAP settings_heap; /* what settings refer to */

    /* Where a client's channel has been opened to, or the URL of the listener: a copy, until it is reset. */
    WS_ENDPOINT_ADDRESS address;
    struct _WS_HEAP address_heap;

    WS_LISTENER *listener;      /* of a channel that is for accepting; it is held. NULL: a client's */
    WS_CHANNEL *next_accepting; /* in the listener's list; the listener's lock */

    /* All below: under the lock. */
    unsigned uses;      /* operations that run, and functions that are at work */
    bool is_freed;      /* the last use ends the object */
    bool is_connected;  /* open or accept has succeeded, and close has not been called */
    unsigned busy;      /* the slots that are taken, as bits */
    unsigned finishing; /* of them, those whose calls are over */
    bool is_shut_down;
    WS_MESSAGE *writing, *reading; /* between their start and their end; NULL: none */
    struct call calls[CHANNEL_SLOTS];
};

#define CHANNEL_SLOT(slot) (1u << (slot))

/* --- For transports: channel.c --- */

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
typedef HRESULT (*channel_step)(WS_CHANNEL *channel, struct operation *op, WS_ERROR *error);
HRESULT channel_run_body(WS_CHANNEL *channel, enum channel_slot slot, channel_step step,
                         const WS_ASYNC_CONTEXT *context, WS_ERROR *error);

/*
 * Keeps the object and the part in memory, beyond what operations do: for references from other objects of the
 * transport. Not to be called for a channel that may have been freed. channel_release() may free it at once.
 */
void channel_hold(WS_CHANNEL *channel);
void channel_release(WS_CHANNEL *channel);

/* --- For the files of this folder: channel.c --- */

/*
 * Makes a channel in CREATED, with settings that have been checked; what they refer to is in `heap`, which becomes the
 * channel's, also when this fails.
 */
HRESULT channel_create(const struct transport *transport, WS_CHANNEL_TYPE type, WS_LISTENER *listener,
                       const struct channel_settings *settings, struct _WS_HEAP *heap, WS_CHANNEL **ret,
                       WS_ERROR *error);

/* Locks a live channel; E_INVALIDARG: it is none, and nothing is locked. */
HRESULT channel_enter(WS_CHANNEL *channel, WS_ERROR *error);

/*
 * S_OK in OPEN; else WS_E_OBJECT_FAULTED or WS_E_INVALID_OPERATION. channel_wrong_state(): the same for others. The
 * lock is held.
 */
HRESULT channel_check_open(const WS_CHANNEL *channel, WS_ERROR *error);
HRESULT channel_wrong_state(const WS_CHANNEL *channel, WS_ERROR *error) COLD;

/* Takes slots for a call, which is in the first of them; the lock is held. WS_E_INVALID_OPERATION: one is taken. */
HRESULT channel_take(WS_CHANNEL *channel, enum channel_slot slot, unsigned others, struct call **call, WS_ERROR *error);

/* Undoes that; the lock is held, and stays so. */
void channel_give_back(WS_CHANNEL *channel, struct call *call);

/* Cancels all that runs in some slots; the lock is held. */
void channel_cancel(WS_CHANNEL *channel, unsigned slots);

/*
 * Gives the channel's messages up: what is written or read of them stays so. No call is at work with them, and the lock
 * is held, or nothing uses the channel.
 */
void channel_detach(WS_CHANNEL *channel);

/* What message_attach() is given for a message that is being written, or read; the state is the channel. */
void CALLBACK channel_written_gone(void *state);
void CALLBACK channel_read_gone(void *state);

/* Forgets where the channel had been opened to. */
void channel_forget_address(WS_CHANNEL *channel);

#endif
