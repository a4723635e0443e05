/* SPDX-License-Identifier: MIT */
/*
 * call.h - one call of an exported function that may wait: its operation and its arguments, in a slot of a channel or a
 * listener; call.c.
 */
#ifndef WS_CHANNEL_OBJECT_CALL_H
#define WS_CHANNEL_OBJECT_CALL_H

#include <stdbool.h>

#include "channel/io/operation.h"
#include "webservices.h"

struct call;
typedef HRESULT (*CALL_STEP)(struct call *call, WS_ERROR *error);

struct call_send
{
    const WS_MESSAGE_DESCRIPTION *description;
    WS_WRITE_OPTION option;
    const void *value;
    ULONG size;
};

struct call_receive
{
    WS_MESSAGE *message;
    const WS_MESSAGE_DESCRIPTION **descriptions;
    const WS_MESSAGE_DESCRIPTION *description; /* if there is but one, and no array of the caller's */
    ULONG count;
    WS_RECEIVE_OPTION receive_option;
    WS_READ_OPTION option;
    WS_HEAP *heap;
    void *value;
    ULONG size;
    ULONG *index;
};

struct call
{
    struct operation op;
    void *owner; /* the channel or the listener */
    CALL_STEP step;
    bool is_running;      /* the owner's lock */
    unsigned thread;      /* that is executing a step; 0: none. The owner's lock */
    unsigned place;       /* how far the steps have come */
    HRESULT result;       /* to end with when what must be done before has been done */
    WS_MESSAGE *message;  /* that is sent, or received */
    WS_MESSAGE *original; /* that a reply answers */
    struct call_send send;
    struct call_receive receive;
    HRESULT (*body_step)(WS_CHANNEL *channel, struct operation *op, WS_ERROR *error);
};

#endif
