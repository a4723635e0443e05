/* SPDX-License-Identifier: MIT */
/*
 * transfer.h - the four parts of which all transfers of messages consist, as resumable functions: transfer.c. What is
 * around them is channel_message.c, one function for each, and channel_send.c, channel_receive.c, several at once.
 */
#ifndef WS_CHANNEL_OBJECT_TRANSFER_H
#define WS_CHANNEL_OBJECT_TRANSFER_H

#include "channel.h"

/* Which messages a call is about to transfer. */
struct transfer
{
    bool sends, receives;
    bool is_end; /* of a message whose start has been transferred: WsWriteMessageEnd, WsReadMessageEnd */
};

/*
 * Locks a channel and checks what all transfers do, in the order that Windows has: the channel and the messages
 * (E_INVALIDARG), the state of the channel, the messages. Then takes the slots for a call, which gets the messages, and
 * unlocks. `second` may be NULL: there is none; first_name, second_name: for sentences.
 */
HRESULT transfer_begin(WS_CHANNEL *channel, const struct transfer *what, WS_MESSAGE *first, WS_MESSAGE *second,
                       bool has_second, const WS_ASYNC_CONTEXT *context, struct call **call, WS_ERROR *error);

/* Writes the start of a message that is INITIALIZED, and addresses it unless it has been. */
HRESULT transfer_write_start(struct call *call, WS_MESSAGE *message, WS_ERROR *error);
HRESULT transfer_write_end(struct call *call, WS_MESSAGE *message, WS_ERROR *error);

/* Reads the start of a message into one that is EMPTY. WS_S_END: there are no more. */
HRESULT transfer_read_start(struct call *call, WS_MESSAGE *message, WS_ERROR *error);
HRESULT transfer_read_end(struct call *call, WS_MESSAGE *message, WS_ERROR *error);

/* Gives up the message that the channel is writing or reading. Fails only in the custom binding. */
HRESULT transfer_abandon(struct call *call, bool writing, WS_ERROR *error);

/* Whether a message of the call can still be used: a callback of a custom channel may have freed it. */
HRESULT transfer_check_live(const struct call *call, WS_MESSAGE *message, WS_ERROR *error);

/* The same, and WS_E_INVALID_OPERATION unless it is in a state. */
HRESULT transfer_check_state(const struct call *call, WS_MESSAGE *message, WS_MESSAGE_STATE wanted, WS_ERROR *error);

/* As message_write_body() and message_read_body(), for values that callbacks of the program may be called for. */
HRESULT transfer_write_body(struct call *call, WS_MESSAGE *message, const struct call_value *value, WS_ERROR *error);
HRESULT transfer_read_body(struct call *call, WS_MESSAGE *message, const WS_ELEMENT_DESCRIPTION *description,
                           const struct call_target *target, WS_ERROR *error);

#endif
