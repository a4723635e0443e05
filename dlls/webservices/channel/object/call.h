/* SPDX-License-Identifier: MIT */
/*
 * call.h - one call of an exported function that may wait: its operation and its arguments, in a slot of a channel or a
 * listener; call.c.
 */
#ifndef WS_CHANNEL_OBJECT_CALL_H
#define WS_CHANNEL_OBJECT_CALL_H

#include <stdbool.h>
#include <stdint.h>

#include "channel/io/operation.h"
#include "webservices.h"

/* What is written into a body. */
struct call_value
{
    const WS_MESSAGE_DESCRIPTION *description;
    WS_WRITE_OPTION option;
    const void *value;
    ULONG size;
};

/* What is read from one. */
struct call_target
{
    const WS_MESSAGE_DESCRIPTION *const *descriptions; /* of the caller, or `description` */
    const WS_MESSAGE_DESCRIPTION *description;
    ULONG count;
    WS_RECEIVE_OPTION receive_option;
    WS_READ_OPTION option;
    WS_HEAP *heap;
    void *value;
    ULONG size;
    ULONG *index;
};

struct call;
typedef HRESULT (*call_step)(struct call *call, WS_ERROR *error);
typedef void (*call_finished)(struct call *call, HRESULT result);

struct call
{
    struct operation op; /* the first member: see call_of() */
    void *owner;         /* the channel or the listener */
    call_step step;
    call_finished finished; /* releases the slot */
    unsigned slots;         /* that it takes, as bits; 0: it does not run */
    uintptr_t thread;       /* that is executing a step; 0: none. Atomic */
    bool is_concluded;      /* the step has returned its result */

    /* How far it has come. */
    unsigned place;
    HRESULT result; /* what it ends with, when something else has to be done before */

    WS_MESSAGE *message; /* that is sent or received; with `reply`, the request */
    WS_MESSAGE *reply;
    bool is_called; /* the transport has been called, and is to be called again */
    bool is_held;   /* the messages are held */
    bool is_accept; /* the channel is in its listener's list */
    struct call_value value;
    struct call_target target;
    WS_MESSAGE_INITIALIZATION initialization; /* of a message that is EMPTY */
    WS_MESSAGE *original;                     /* that a reply answers */
    WS_ERROR *fault_error;                    /* that a fault is made of; NULL: it is none */
    HRESULT fault_code;
    WS_FAULT_DISCLOSURE disclosure;
    HRESULT (*body_step)(WS_CHANNEL *channel, struct operation *op, WS_ERROR *error);
};

static inline struct call *call_of(struct operation *op)
{
    return (struct call *)op;
}

/* Prepares a call, under the owner's lock: everything is zero but what is given here. It can be cancelled from now on.
 */
void call_init(struct call *call, void *owner, unsigned slots, call_finished finished);

/* E_INVALIDARG: the context that a program passes has no callback. */
HRESULT call_check_context(const WS_ASYNC_CONTEXT *context, WS_ERROR *error);

/* Runs it: as operation_run(). */
HRESULT call_run(struct call *call, call_step step, const WS_ASYNC_CONTEXT *context, WS_ERROR *error);

/* Whether the calling thread is executing a step of the call: so it is in a callback that this has called. */
bool call_is_on_this_thread(const struct call *call);

#endif
