/* SPDX-License-Identifier: MIT */
/* listener_accept.c - WsCreateChannelForListener, WsAcceptChannel; see listener.h. */
#include "base/constants.h"
#include "base/error.h"
#include "base/trace.h"
#include "channel_open.h"
#include "channel_properties.h"
#include "endpoint_copy.h"
#include "listener.h"

static HRESULT create(WS_LISTENER *listener, const WS_CHANNEL_PROPERTY *properties, ULONG count, WS_CHANNEL **ret,
                      WS_ERROR *error)
{
    struct channel_settings settings;
    struct _WS_HEAP heap;
    WS_CHANNEL *channel = NULL;
    HRESULT hr = listener_enter(listener, error);

    if (hr != S_OK)
        return hr;
    listener->uses++; /* the transport's part is looked at, without the lock */
    mutex_unlock(&listener->lock);
    if (!ret)
        hr = error_report(error, E_INVALIDARG, "The pointer that is to receive the channel is NULL.");
    else if ((hr = channel_settings_make(listener->transport, listener, properties, count, &settings, &heap, error)) ==
             S_OK)
        hr = channel_create(listener->transport, listener->type, listener, &settings, &heap, &channel, error);
    listener_end_use(listener);
    if (hr == S_OK)
        *ret = channel;
    return hr;
}

/* Both locks are held. */
static HRESULT begin_accept(WS_LISTENER *listener, WS_CHANNEL *channel, struct call **call, WS_ERROR *error)
{
    HRESULT hr;

    if (channel->listener != listener)
        return error_report(error, E_INVALIDARG, "The channel has not been created for this listener.");
    if (listener->state != WS_LISTENER_STATE_OPEN)
        return listener_wrong_state(listener, error);
    if (channel->state != WS_CHANNEL_STATE_CREATED)
        return error_report(error, WS_E_INVALID_OPERATION,
                            "The channel is in %s; to be accepted, it must be reset first, or created.",
                            TRACE_NAME(CHANNEL_STATE, channel->state));
    if ((hr = channel_take(channel, CHANNEL_CONTROL, 0, call, error)) != S_OK)
        return hr;
    if ((hr = string_copy(&channel->address_heap, &listener->url, &channel->address.url, "The URL", error)) != S_OK)
    {
        channel_forget_address(channel);
        channel_give_back(channel, *call);
        return hr;
    }
    channel->state = WS_CHANNEL_STATE_ACCEPTING;
    (*call)->is_accept = true;
    listener_begin_accept(listener, channel);
    return S_OK;
}

static HRESULT accept_channel(WS_LISTENER *listener, WS_CHANNEL *channel, const WS_ASYNC_CONTEXT *context,
                              WS_ERROR *error)
{
    struct call *call;
    HRESULT hr = listener_enter(listener, error);

    if (hr != S_OK)
        return hr;
    if ((hr = channel_enter(channel, error)) == S_OK)
    {
        if ((hr = call_check_context(context, error)) == S_OK)
            hr = begin_accept(listener, channel, &call, error);
        mutex_unlock(&channel->lock);
    }
    mutex_unlock(&listener->lock);
    return hr == S_OK ? call_run(call, channel_open_step, context, error) : hr;
}

/*
 * Creates a channel that is for accepting: of the listener's type, CREATED. The listener may be in any state.
 *
 * properties: see docs/channels.md. channel: receives it, for WsFreeChannel; untouched on failure. It may be freed
 *      before the listener or after it.
 * Returns E_INVALIDARG (not a live listener; channel is NULL; a property that does not exist or cannot be given, or has
 * another size or value), E_OUTOFMEMORY; of a custom channel, what its callback does.
 * Source: the pages of WsCreateChannelForListener and WS_CHANNEL_PROPERTY_ID; NULL observed on Windows.
 */
HRESULT WINAPI WsCreateChannelForListener(WS_LISTENER *listener, const WS_CHANNEL_PROPERTY *properties,
                                          ULONG propertyCount, WS_CHANNEL **channel, WS_ERROR *error)
{
    HRESULT hr = create(listener, properties, propertyCount, channel, error);

    TRACE_RESULT(hr, error,
                 "WsCreateChannelForListener(listener=%p, properties=%s, propertyCount=%u, channel=%p, error=%p) = "
                 "0x%08x%s",
                 (void *)listener, trace_properties(CONSTANT_CHANNEL_PROPERTY, properties, propertyCount).text,
                 (unsigned)propertyCount, (void *)channel, (void *)error, (unsigned)hr,
                 trace_pointer(hr, "channel", hr == S_OK ? *channel : NULL).text);
    return hr;
}

/*
 * Waits for a client, and opens a channel with it: OPEN. Several channels can be accepted at once.
 *
 * channel: one that was created for this listener, and is CREATED.
 * Returns E_INVALIDARG (listener or channel is not live; the channel is for another listener), WS_E_OBJECT_FAULTED (the
 * listener has been aborted), WS_E_INVALID_OPERATION (another state of one or the other), WS_E_OPERATION_ABORTED (the
 * listener or the channel was aborted, closed or freed meanwhile), and failures of the transport. The channel is
 * CREATED then. Source: the page of WsAcceptChannel; NULL, and arguments before the state, observed on Windows.
 */
HRESULT WINAPI WsAcceptChannel(WS_LISTENER *listener, WS_CHANNEL *channel, const WS_ASYNC_CONTEXT *asyncContext,
                               WS_ERROR *error)
{
    HRESULT hr = accept_channel(listener, channel, asyncContext, error);

    TRACE_RESULT(hr, error, "WsAcceptChannel(listener=%p, channel=%p, asyncContext=%p, error=%p) = 0x%08x",
                 (void *)listener, (void *)channel, (const void *)asyncContext, (void *)error, (unsigned)hr);
    return hr;
}
