/* SPDX-License-Identifier: MIT */
/*
 * channel_message.c - WsWriteMessageStart, WsWriteMessageEnd, WsReadMessageStart, WsReadMessageEnd, WsAbandonMessage,
 * WsCreateMessageForChannel; see transfer.h.
 */
#include "base/constants.h"
#include "base/error.h"
#include "base/trace.h"
#include "channel_properties.h"
#include "message/message.h"
#include "receive_fault.h"
#include "transfer.h"

/* --- Steps --- */

static HRESULT write_start_step(struct call *call, WS_ERROR *error)
{
    return transfer_write_start(call, call->message, error);
}

static HRESULT write_end_step(struct call *call, WS_ERROR *error)
{
    return transfer_write_end(call, call->message, error);
}

enum
{
    READ_START,
    READ_FAULT
};

static HRESULT read_start_step(struct call *call, WS_ERROR *error)
{
    HRESULT hr;

    if (call->place == READ_START)
    {
        if ((hr = transfer_read_start(call, call->message, error)) != S_OK ||
            !receive_fault_is_error(call->owner, call->message))
            return hr;
        call->place = READ_FAULT;
    }
    return receive_fault(call, call->message, error);
}

static HRESULT read_end_step(struct call *call, WS_ERROR *error)
{
    return transfer_read_end(call, call->message, error);
}

static HRESULT run(WS_CHANNEL *channel, WS_MESSAGE *message, const struct transfer *what, call_step step,
                   const WS_ASYNC_CONTEXT *context, WS_ERROR *error)
{
    struct call *call;
    HRESULT hr = transfer_begin(channel, what, message, NULL, false, context, &call, error);

    return hr == S_OK ? call_run(call, step, context, error) : hr;
}

/* --- Abandoning --- */

static HRESULT take_half(WS_CHANNEL *channel, const WS_MESSAGE *message, bool *writing, struct call **call,
                         WS_ERROR *error)
{
    if (channel->state != WS_CHANNEL_STATE_OPEN && channel->state != WS_CHANNEL_STATE_FAULTED)
        return channel_wrong_state(channel, error);
    *writing = channel->writing == message;
    if (!*writing && channel->reading != message)
        return error_report(error, E_INVALIDARG, "This message is neither being written nor read on the channel.");
    return channel_take(channel, *writing ? CHANNEL_SENDING : CHANNEL_RECEIVING,
                        CHANNEL_SLOT(*writing ? CHANNEL_SENDING_BODY : CHANNEL_RECEIVING_BODY), call, error);
}

static HRESULT abandon_step(struct call *call, WS_ERROR *error)
{
    return transfer_abandon(call, call->place, error);
}

static HRESULT abandon(WS_CHANNEL *channel, WS_MESSAGE *message, WS_ERROR *error)
{
    struct call *call = NULL;
    bool writing = false;
    HRESULT hr = channel_enter(channel, error);

    if (hr != S_OK)
        return hr;
    if (!message)
        hr = error_report(error, E_INVALIDARG, "The message is NULL.");
    else if ((hr = take_half(channel, message, &writing, &call, error)) == S_OK)
        call->place = writing;
    mutex_unlock(&channel->lock);
    return hr == S_OK ? call_run(call, abandon_step, NULL, error) : hr;
}

/* --- Messages of the channel's versions --- */

static HRESULT create_message(WS_CHANNEL *channel, const WS_MESSAGE_PROPERTY *properties, ULONG count,
                              WS_MESSAGE **message, WS_ERROR *error)
{
    WS_ENVELOPE_VERSION envelope;
    WS_ADDRESSING_VERSION addressing;
    HRESULT hr;

    if ((hr = channel_get_property(channel, WS_CHANNEL_PROPERTY_ENVELOPE_VERSION, &envelope, sizeof(envelope),
                                   error)) != S_OK ||
        (hr = channel_get_property(channel, WS_CHANNEL_PROPERTY_ADDRESSING_VERSION, &addressing, sizeof(addressing),
                                   error)) != S_OK)
        return hr;
    return message_create(envelope, addressing, properties, count, message, error);
}

/* --- The exported functions --- */

/*
 * Writes the start of a message, which is INITIALIZED, with the headers that it has now. It is in WRITING then, with a
 * writer of the channel's. If it has not been addressed, it is, to the address that the channel has been opened to.
 *
 * Nothing is sent before WsWriteMessageEnd(), unless the output is streamed: WsFlushBody().
 * Returns E_INVALIDARG (not a live channel or message; versions that are not the channel's), WS_E_OBJECT_FAULTED,
 * WS_E_INVALID_OPERATION (states; the channel sends nothing, or no more; another message is being written, or another
 * call is sending), WS_E_QUOTA_EXCEEDED, WS_E_OPERATION_ABORTED, and failures of the transport.
 * Source: the page of WsWriteMessageStart; NULL, and that neither an Action nor addressing is needed, observed on
 * Windows.
 */
HRESULT WINAPI WsWriteMessageStart(WS_CHANNEL *channel, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *asyncContext,
                                   WS_ERROR *error)
{
    static const struct transfer what = {.sends = true};
    HRESULT hr = run(channel, message, &what, write_start_step, asyncContext, error);

    TRACE_RESULT(hr, error, "WsWriteMessageStart(channel=%p, message=%p, asyncContext=%p, error=%p) = 0x%08x",
                 (void *)channel, (void *)message, (const void *)asyncContext, (void *)error, (unsigned)hr);
    return hr;
}

/*
 * Writes the end of the message that is being written, and sends what has not been sent. It is DONE then, whatever this
 * returns but for the first three failures.
 *
 * Returns E_INVALIDARG (not a live channel or message), WS_E_OBJECT_FAULTED, WS_E_INVALID_OPERATION (states; this is
 * not the message; elements of the body are open), WS_E_QUOTA_EXCEEDED, WS_E_OPERATION_ABORTED,
 * WS_E_OPERATION_TIMED_OUT, and failures of the transport.
 * Source: the page of WsWriteMessageEnd.
 */
HRESULT WINAPI WsWriteMessageEnd(WS_CHANNEL *channel, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *asyncContext,
                                 WS_ERROR *error)
{
    static const struct transfer what = {.sends = true, .is_end = true};
    HRESULT hr = run(channel, message, &what, write_end_step, asyncContext, error);

    TRACE_RESULT(hr, error, "WsWriteMessageEnd(channel=%p, message=%p, asyncContext=%p, error=%p) = 0x%08x",
                 (void *)channel, (void *)message, (const void *)asyncContext, (void *)error, (unsigned)hr);
    return hr;
}

/*
 * Receives the start of a message into one that is EMPTY, up to its body. It is in READING then, with a reader of the
 * channel's.
 *
 * Returns S_OK; WS_S_END: there are no more messages; E_INVALIDARG (not a live channel or message; versions that are
 * not the channel's), WS_E_OBJECT_FAULTED, WS_E_INVALID_OPERATION (states; the channel receives nothing; another
 * message is being read, or another call is receiving), WS_E_ENDPOINT_FAULT_RECEIVED (of a client's channel, unless
 * FAULTS_AS_ERRORS is FALSE: the fault is in the error object, and the message DONE), WS_E_ENDPOINT_NOT_FOUND (the To
 * of a message to a listener is another endpoint; also DONE), WS_E_INVALID_FORMAT, WS_E_QUOTA_EXCEEDED,
 * WS_E_OPERATION_ABORTED, WS_E_OPERATION_TIMED_OUT, and failures of the transport. After other failures the message is
 * EMPTY.
 * Source: the pages of WsReadMessageStart, WS_CHANNEL_PROPERTY_ID and WS_LISTENER_PROPERTY_ID; NULL, and that no Action
 * is needed, observed on Windows.
 */
HRESULT WINAPI WsReadMessageStart(WS_CHANNEL *channel, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *asyncContext,
                                  WS_ERROR *error)
{
    static const struct transfer what = {.receives = true};
    HRESULT hr = run(channel, message, &what, read_start_step, asyncContext, error);

    TRACE_RESULT(hr, error, "WsReadMessageStart(channel=%p, message=%p, asyncContext=%p, error=%p) = 0x%08x",
                 (void *)channel, (void *)message, (const void *)asyncContext, (void *)error, (unsigned)hr);
    return hr;
}

/*
 * Reads the end of the message that is being read. It is DONE then, whatever this returns but for the first three
 * failures.
 *
 * Returns E_INVALIDARG (not a live channel or message), WS_E_OBJECT_FAULTED, WS_E_INVALID_OPERATION (states; this is
 * not the message), WS_E_INVALID_FORMAT, WS_E_OPERATION_ABORTED, WS_E_OPERATION_TIMED_OUT, and failures of the
 * transport.
 * Source: the page of WsReadMessageEnd; that the body need not have been read, observed on Windows.
 */
HRESULT WINAPI WsReadMessageEnd(WS_CHANNEL *channel, WS_MESSAGE *message, const WS_ASYNC_CONTEXT *asyncContext,
                                WS_ERROR *error)
{
    static const struct transfer what = {.receives = true, .is_end = true};
    HRESULT hr = run(channel, message, &what, read_end_step, asyncContext, error);

    TRACE_RESULT(hr, error, "WsReadMessageEnd(channel=%p, message=%p, asyncContext=%p, error=%p) = 0x%08x",
                 (void *)channel, (void *)message, (const void *)asyncContext, (void *)error, (unsigned)hr);
    return hr;
}

/*
 * Gives up a message that is being written or read, in place of its end: the channel can write or read another one. It
 * is DONE then. Of a message that is written nothing has been sent, unless the output is streamed.
 *
 * Returns E_INVALIDARG (not a live channel; the message is not being written or read on it), WS_E_INVALID_OPERATION
 * (the channel is neither OPEN nor FAULTED; a call is at work with the message).
 * Source: the page of WsAbandonMessage.
 */
HRESULT WINAPI WsAbandonMessage(WS_CHANNEL *channel, WS_MESSAGE *message, WS_ERROR *error)
{
    HRESULT hr = abandon(channel, message, error);

    TRACE_RESULT(hr, error, "WsAbandonMessage(channel=%p, message=%p, error=%p) = 0x%08x", (void *)channel,
                 (void *)message, (void *)error, (unsigned)hr);
    return hr;
}

/*
 * Creates a message of the versions that a channel has, in any state of that. A custom channel is asked for them.
 *
 * Returns E_INVALIDARG (not a live channel; as WsCreateMessage()), E_OUTOFMEMORY.
 * Source: the page of WsCreateMessageForChannel.
 */
HRESULT WINAPI WsCreateMessageForChannel(WS_CHANNEL *channel, const WS_MESSAGE_PROPERTY *properties,
                                         ULONG propertyCount, WS_MESSAGE **message, WS_ERROR *error)
{
    HRESULT hr = create_message(channel, properties, propertyCount, message, error);

    TRACE_RESULT(hr, error,
                 "WsCreateMessageForChannel(channel=%p, properties=%s, propertyCount=%u, message=%p, error=%p) = "
                 "0x%08x%s",
                 (void *)channel, trace_properties(CONSTANT_MESSAGE_PROPERTY, properties, propertyCount).text,
                 (unsigned)propertyCount, (void *)message, (void *)error, (unsigned)hr,
                 trace_pointer(hr, "message", hr == S_OK ? *message : NULL).text);
    return hr;
}
