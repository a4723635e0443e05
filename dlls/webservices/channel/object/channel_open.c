/* SPDX-License-Identifier: MIT */
/*
 * channel_open.c - WsOpenChannel, WsCloseChannel, WsShutdownSessionChannel; and the half of WsAcceptChannel that is the
 * channel's; see channel.h.
 */
#include "channel_open.h"

#include "base/error.h"
#include "base/trace.h"
#include "endpoint_copy.h"

/* --- Opening and accepting --- */

enum
{
    OPEN_CONNECTS,
    OPEN_UNDOES /* it has been aborted just when it had succeeded */
};

static HRESULT connect_transport(WS_CHANNEL *channel, struct call *call, WS_ERROR *error)
{
    const struct transport *transport = channel->transport;

    return call->is_accept ? transport->accept(channel, &call->op, error) : transport->open(channel, &call->op, error);
}

/* CREATED again. The lock is held. */
static void not_opened(WS_CHANNEL *channel)
{
    channel->state = WS_CHANNEL_STATE_CREATED;
    channel_forget_address(channel);
}

HRESULT channel_open_step(struct call *call, WS_ERROR *error)
{
    WS_CHANNEL *channel = call->owner;
    HRESULT hr;

    if (call->place == OPEN_CONNECTS)
    {
        if ((hr = connect_transport(channel, call, error)) == OPERATION_WAITS)
            return hr;
        mutex_lock(&channel->lock);
        if (FAILED(hr))
            not_opened(channel);
        else if (operation_is_cancelled(&call->op))
            call->place = OPEN_UNDOES;
        else
        {
            channel->state = WS_CHANNEL_STATE_OPEN;
            channel->is_connected = true;
            hr = S_OK;
        }
        mutex_unlock(&channel->lock);
        if (call->place == OPEN_CONNECTS)
            return hr;
    }
    if (channel->transport->close(channel, &call->op, false, NULL) == OPERATION_WAITS)
        return OPERATION_WAITS;
    channel->transport->channel_reset(channel, NULL);
    mutex_lock(&channel->lock);
    not_opened(channel);
    mutex_unlock(&channel->lock);
    return error_report(error, WS_E_OPERATION_ABORTED, "The call was aborted.");
}

/* The lock is held. */
static HRESULT begin_open(WS_CHANNEL *channel, const WS_ENDPOINT_ADDRESS *address, struct call **call, WS_ERROR *error)
{
    HRESULT hr;

    if (channel->state != WS_CHANNEL_STATE_CREATED)
        return channel_wrong_state(channel, error);
    if (channel->listener)
        return error_report(error, WS_E_INVALID_OPERATION,
                            "The channel has been created for a listener, and is accepted, not opened.");
    if ((hr = channel_take(channel, CHANNEL_CONTROL, 0, call, error)) != S_OK)
        return hr;
    if ((hr = endpoint_copy(&channel->address_heap, address, &channel->address, error)) != S_OK)
    {
        channel_forget_address(channel);
        channel_give_back(channel, *call);
        return hr;
    }
    channel->state = WS_CHANNEL_STATE_OPENING;
    return S_OK;
}

static HRESULT open_channel(WS_CHANNEL *channel, const WS_ENDPOINT_ADDRESS *address, const WS_ASYNC_CONTEXT *context,
                            WS_ERROR *error)
{
    struct call *call = NULL;
    HRESULT hr = channel_enter(channel, error);

    if (hr != S_OK)
        return hr;
    if (!address)
        hr = error_report(error, E_INVALIDARG, "The address of the endpoint is NULL.");
    else if ((hr = call_check_context(context, error)) == S_OK)
        hr = begin_open(channel, address, &call, error);
    mutex_unlock(&channel->lock);
    return hr == S_OK ? call_run(call, channel_open_step, context, error) : hr;
}

/* --- Closing --- */

enum
{
    CLOSE_WAITS, /* for what has been cancelled */
    CLOSE_CLOSES
};

static HRESULT closed(WS_CHANNEL *channel, HRESULT hr)
{
    mutex_lock(&channel->lock);
    channel->state = WS_CHANNEL_STATE_CLOSED;
    mutex_unlock(&channel->lock);
    return SUCCEEDED(hr) ? S_OK : hr;
}

static HRESULT close_step(struct call *call, WS_ERROR *error)
{
    WS_CHANNEL *channel = call->owner;
    bool is_alone;
    HRESULT hr;

    if (call->place == CLOSE_WAITS)
    {
        mutex_lock(&channel->lock);
        is_alone = !(channel->busy & ~CHANNEL_SLOT(CHANNEL_CONTROL));
        if (is_alone)
        {
            channel_detach(channel);
            channel->is_connected = false;
            call->place = CLOSE_CLOSES;
        }
        mutex_unlock(&channel->lock);
        if (!is_alone)
        {
            hr = operation_wait(&call->op, error);
            return hr == OPERATION_WAITS ? hr : closed(channel, hr);
        }
    }
    hr = channel->transport->close(channel, &call->op, call->result == S_OK, error);
    return hr == OPERATION_WAITS ? hr : closed(channel, hr);
}

/* A call that waits for one around it would never end. The lock is held. */
static bool is_in_callback(const WS_CHANNEL *channel)
{
    unsigned slot;

    for (slot = 0; slot < CHANNEL_SLOTS; slot++)
        if (channel->calls[slot].slots && call_is_on_this_thread(&channel->calls[slot]))
            return true;
    return false;
}

static HRESULT begin_close(WS_CHANNEL *channel, const WS_ASYNC_CONTEXT *context, struct call **call, WS_ERROR *error)
{
    bool is_graceful =
        channel->state == WS_CHANNEL_STATE_OPEN && !channel->busy && !channel->writing && !channel->reading;
    HRESULT hr;

    if (channel->state != WS_CHANNEL_STATE_OPEN && channel->state != WS_CHANNEL_STATE_FAULTED)
        return channel_wrong_state(channel, error);
    if (!context && is_in_callback(channel))
        return error_report(error, WS_E_INVALID_OPERATION,
                            "The channel cannot be closed, without an asynchronous context, by a callback that it is "
                            "running: closing waits for that.");
    if ((hr = channel_take(channel, CHANNEL_CONTROL, 0, call, error)) != S_OK)
        return hr;
    channel->state = WS_CHANNEL_STATE_CLOSING;
    channel_cancel(channel, ~CHANNEL_SLOT(CHANNEL_CONTROL));
    (*call)->result = is_graceful ? S_OK : S_FALSE;
    return S_OK;
}

/* In CREATED and CLOSED nothing has to be done: observed, and in the diagram of the states. */
static HRESULT close_channel(WS_CHANNEL *channel, const WS_ASYNC_CONTEXT *context, WS_ERROR *error)
{
    struct call *call = NULL;
    bool tell = false;
    HRESULT hr = channel_enter(channel, error);

    if (hr != S_OK)
        return hr;
    if ((hr = call_check_context(context, error)) == S_OK &&
        (channel->state == WS_CHANNEL_STATE_CREATED || channel->state == WS_CHANNEL_STATE_CLOSED))
        channel->state = WS_CHANNEL_STATE_CLOSED;
    else if (hr == S_OK)
        hr = begin_close(channel, context, &call, error);
    if (call)
        tell = channel->busy != call->slots && channel->transport->abort;
    mutex_unlock(&channel->lock);
    if (tell)
        channel->transport->abort(channel, NULL);
    return call ? call_run(call, close_step, context, error) : hr;
}

/* --- Shutting down --- */

static HRESULT shutdown_step(struct call *call, WS_ERROR *error)
{
    WS_CHANNEL *channel = call->owner;
    HRESULT hr = channel->transport->shutdown(channel, &call->op, error);

    if (hr == OPERATION_WAITS || FAILED(hr))
        return hr;
    mutex_lock(&channel->lock);
    channel->is_shut_down = true;
    mutex_unlock(&channel->lock);
    return S_OK;
}

static HRESULT check_shutdown(const WS_CHANNEL *channel, WS_ERROR *error)
{
    HRESULT hr;

    if ((hr = channel_check_open(channel, error)) != S_OK)
        return hr;
    if ((channel->type & WS_CHANNEL_TYPE_OUTPUT_SESSION) != WS_CHANNEL_TYPE_OUTPUT_SESSION ||
        !channel->transport->shutdown)
        return error_report(error, WS_E_INVALID_OPERATION,
                            "Only channels that send in a session can be shut down, and not one of %s.",
                            TRACE_NAME(CHANNEL_TYPE, channel->type));
    if (channel->is_shut_down)
        return error_report(error, WS_E_INVALID_OPERATION, "The channel has been shut down already.");
    if (channel->writing)
        return error_report(error, WS_E_INVALID_OPERATION,
                            "The channel cannot be shut down while a message is being written.");
    return S_OK;
}

static HRESULT shutdown_channel(WS_CHANNEL *channel, const WS_ASYNC_CONTEXT *context, WS_ERROR *error)
{
    struct call *call;
    HRESULT hr = channel_enter(channel, error);

    if (hr != S_OK)
        return hr;
    if ((hr = call_check_context(context, error)) == S_OK && (hr = check_shutdown(channel, error)) == S_OK)
        hr = channel_take(channel, CHANNEL_SENDING, 0, &call, error);
    mutex_unlock(&channel->lock);
    return hr == S_OK ? call_run(call, shutdown_step, context, error) : hr;
}

/* --- The exported functions --- */

/*
 * Opens a channel that is CREATED to an endpoint: OPEN. Whether that connects already is for the transport: TCP does,
 * HTTP does not.
 *
 * endpointAddress: is copied, with what it refers to.
 * asyncContext: NULL: waits. Otherwise WS_S_ASYNC may be returned, and the callback says how it ended.
 * Returns E_INVALIDARG (not a live channel; the address is NULL, or characters or buffers of it are),
 * WS_E_INVALID_OPERATION (another state; a channel for a listener), WS_E_INVALID_ENDPOINT_URL,
 * WS_E_OPERATION_ABORTED, WS_E_OPERATION_TIMED_OUT, E_OUTOFMEMORY, and failures of the transport. It is CREATED then.
 * Source: the pages of WsOpenChannel, WS_CHANNEL_STATE with its diagram; the order of the checks observed on Windows.
 */
HRESULT WINAPI WsOpenChannel(WS_CHANNEL *channel, const WS_ENDPOINT_ADDRESS *endpointAddress,
                             const WS_ASYNC_CONTEXT *asyncContext, WS_ERROR *error)
{
    HRESULT hr = open_channel(channel, endpointAddress, asyncContext, error);

    TRACE_RESULT(hr, error, "WsOpenChannel(channel=%p, endpointAddress=%p, asyncContext=%p, error=%p) = 0x%08x",
                 (void *)channel, (const void *)endpointAddress, (const void *)asyncContext, (void *)error,
                 (unsigned)hr);
    return hr;
}

/*
 * Closes a channel. It is CLOSED afterwards, whatever this returns but the first two failures.
 *
 * If the channel is OPEN, no call is running and no message is being written or read, a session is shut down, and the
 * peer's end waited for. Else the connection is dropped, and calls that are running fail with WS_E_OPERATION_ABORTED:
 * they are waited for.
 * Returns E_INVALIDARG (not a live channel), WS_E_INVALID_OPERATION (it is being opened, accepted or closed; a callback
 * that it is running closes it without an asynchronous context), WS_E_OPERATION_ABORTED, and failures of the transport.
 * Source: the page of WsCloseChannel; that CREATED and CLOSED are no failures, observed on Windows.
 */
HRESULT WINAPI WsCloseChannel(WS_CHANNEL *channel, const WS_ASYNC_CONTEXT *asyncContext, WS_ERROR *error)
{
    HRESULT hr = close_channel(channel, asyncContext, error);

    TRACE_RESULT(hr, error, "WsCloseChannel(channel=%p, asyncContext=%p, error=%p) = 0x%08x", (void *)channel,
                 (const void *)asyncContext, (void *)error, (unsigned)hr);
    return hr;
}

/*
 * Tells the peer of a session that no more messages will be sent. It gets WS_S_END when it has received them all.
 *
 * Returns E_INVALIDARG (not a live channel), WS_E_OBJECT_FAULTED, WS_E_INVALID_OPERATION (it is not OPEN, has no
 * session or does not send, has been shut down, or a message is being written or sent), WS_E_OPERATION_ABORTED, and
 * failures of the transport. Source: the page of WsShutdownSessionChannel; the code of a faulted channel observed on
 * Windows.
 */
HRESULT WINAPI WsShutdownSessionChannel(WS_CHANNEL *channel, const WS_ASYNC_CONTEXT *asyncContext, WS_ERROR *error)
{
    HRESULT hr = shutdown_channel(channel, asyncContext, error);

    TRACE_RESULT(hr, error, "WsShutdownSessionChannel(channel=%p, asyncContext=%p, error=%p) = 0x%08x", (void *)channel,
                 (const void *)asyncContext, (void *)error, (unsigned)hr);
    return hr;
}
