/* SPDX-License-Identifier: MIT */
/* custom_listener.c - the listener's half of the custom binding; see custom.c. */
#include "custom.h"

#include "base/callback.h"
#include "base/constants.h"
#include "base/error.h"
#include "base/property.h"

static const WS_CUSTOM_LISTENER_CALLBACKS *callbacks_of(const WS_LISTENER *listener)
{
    return &listener->settings.callbacks;
}

/* --- Life --- */

HRESULT custom_listener_create(WS_LISTENER *listener, WS_ERROR *error)
{
    const struct listener_settings *settings = &listener->settings;
    struct custom_listener *part = listener->part;
    ULONG mark = error_mark(error);
    HRESULT hr;

    if (!settings->callbacks.createListenerCallback)
        return custom_missing("create listener", error);
    hr = settings->callbacks.createListenerCallback(listener->type, settings->parameters, settings->parameters_size,
                                                    &part->instance, error);
    return callback_result(hr, "create listener callback", mark, error);
}

void custom_listener_free(WS_LISTENER *listener)
{
    const struct custom_listener *part = listener->part;

    if (callbacks_of(listener)->freeListenerCallback)
        callbacks_of(listener)->freeListenerCallback(part->instance);
}

HRESULT custom_listener_reset(WS_LISTENER *listener, WS_ERROR *error)
{
    const struct custom_listener *part = listener->part;
    ULONG mark = error_mark(error);

    if (!callbacks_of(listener)->resetListenerCallback)
        return S_OK;
    return callback_result(callbacks_of(listener)->resetListenerCallback(part->instance, error),
                           "reset listener callback", mark, error);
}

/* --- Opening and closing --- */

HRESULT custom_listener_open(WS_LISTENER *listener, struct operation *op, WS_ERROR *error)
{
    struct custom_listener *part = listener->part;
    WS_OPEN_LISTENER_CALLBACK callback = callbacks_of(listener)->openListenerCallback;
    HRESULT hr = S_OK;

    if (!callback)
        return custom_missing("open listener", error);
    if (!custom_is_called(&part->call))
    {
        custom_begin(&part->call, error);
        hr = callback(part->instance, &listener->url, operation_context(op), error);
    }
    return custom_answer(&part->call, op, hr, "open listener callback", error);
}

HRESULT custom_listener_close(WS_LISTENER *listener, struct operation *op, WS_ERROR *error)
{
    struct custom_listener *part = listener->part;
    WS_CLOSE_LISTENER_CALLBACK callback = callbacks_of(listener)->closeListenerCallback;
    HRESULT hr = S_OK;

    if (!callback)
        return S_OK;
    if (!custom_is_called(&part->call))
    {
        custom_begin(&part->call, error);
        hr = callback(part->instance, operation_context(op), error);
    }
    return custom_answer(&part->call, op, hr, "close listener callback", error);
}

HRESULT custom_listener_abort(WS_LISTENER *listener, WS_ERROR *error)
{
    const struct custom_listener *part = listener->part;
    ULONG mark = error_mark(error);

    if (!callbacks_of(listener)->abortListenerCallback)
        return S_OK;
    return callback_result(callbacks_of(listener)->abortListenerCallback(part->instance, error),
                           "abort listener callback", mark, error);
}

/* --- Properties --- */

HRESULT custom_listener_get(WS_LISTENER *listener, WS_LISTENER_PROPERTY_ID id, void *value, ULONG size, WS_ERROR *error)
{
    const struct custom_listener *part = listener->part;
    ULONG mark = error_mark(error);

    if (id == WS_LISTENER_PROPERTY_CUSTOM_LISTENER_INSTANCE)
        return property_get(CONSTANT_LISTENER_PROPERTY, id, &part->instance, sizeof(part->instance), value, size,
                            error);
    if (!callbacks_of(listener)->getListenerPropertyCallback)
        return property_unknown(CONSTANT_LISTENER_PROPERTY, (ULONG)id, error);
    return callback_result(callbacks_of(listener)->getListenerPropertyCallback(part->instance, id, value, size, error),
                           "get listener property callback", mark, error);
}

HRESULT custom_listener_set(WS_LISTENER *listener, WS_LISTENER_PROPERTY_ID id, const void *value, ULONG size,
                            WS_ERROR *error)
{
    const struct custom_listener *part = listener->part;
    ULONG mark = error_mark(error);

    if (!callbacks_of(listener)->setListenerPropertyCallback)
        return property_unknown(CONSTANT_LISTENER_PROPERTY, (ULONG)id, error);
    return callback_result(callbacks_of(listener)->setListenerPropertyCallback(part->instance, id, value, size, error),
                           "set listener property callback", mark, error);
}

/* --- Channels --- */

HRESULT custom_channel_for_listener(WS_CHANNEL *channel, void **instance, WS_ERROR *error)
{
    const struct channel_settings *settings = &channel->settings;
    WS_CREATE_CHANNEL_FOR_LISTENER_CALLBACK callback =
        callbacks_of(channel->listener)->createChannelForListenerCallback;
    const struct custom_listener *part = channel->listener->part;
    ULONG mark = error_mark(error);

    if (!callback)
        return custom_missing("create channel for listener", error);
    return callback_result(callback(part->instance, settings->parameters, settings->parameters_size, instance, error),
                           "create channel for listener callback", mark, error);
}

HRESULT custom_accept(WS_CHANNEL *channel, struct operation *op, WS_ERROR *error)
{
    struct custom_channel *part = channel->part;
    const struct custom_listener *listener = channel->listener->part;
    WS_ACCEPT_CHANNEL_CALLBACK callback = callbacks_of(channel->listener)->acceptChannelCallback;
    HRESULT hr = S_OK;

    if (!callback)
        return custom_missing("accept channel", error);
    if (!custom_is_called(&part->control))
    {
        custom_begin(&part->control, error);
        hr = callback(listener->instance, part->instance, operation_context(op), error);
    }
    return custom_answer(&part->control, op, hr, "accept channel callback", error);
}
