/* SPDX-License-Identifier: MIT */
/*
 * custom.c - WS_CUSTOM_CHANNEL_BINDING: a channel whose transport is the program's callbacks; see custom.h.
 *
 * Each callback is called as the function of its name is called by programs, and has its contract: so a channel that is
 * laid over another one hands calls on. States, slots and asynchronous contexts are the object's, as with other
 * transports; messages are the callbacks': addressing and sending them too. A callback that fails leaves the channel
 * OPEN, unless it fails with WS_E_OBJECT_FAULTED: then the channel is FAULTED, as the one below it is.
 *
 * Callbacks that are NULL: without the one that creates or one that opens, accepts, writes or reads, that cannot be
 * done (WS_E_NOT_SUPPORTED); without the others there is nothing to do, and no property.
 */
#include "custom.h"

#include "base/callback.h"
#include "base/error.h"
#include "base/property.h"
#include "base/trace.h"

/* --- Calling --- */

static const WS_CUSTOM_CHANNEL_CALLBACKS *callbacks_of(const WS_CHANNEL *channel)
{
    return &channel->settings.callbacks;
}

/* What the channel below has become, this one becomes. */
static HRESULT answered(WS_CHANNEL *channel, struct custom_call *call, struct operation *op, HRESULT hr,
                        const char *what, WS_ERROR *error)
{
    hr = custom_answer(call, op, hr, what, error);
    if (hr == WS_E_OBJECT_FAULTED)
        channel_fault(channel);
    return hr;
}

/* --- Life --- */

static HRESULT create(WS_CHANNEL *channel, WS_ERROR *error)
{
    const struct channel_settings *settings = &channel->settings;
    struct custom_channel *part = channel->part;
    ULONG mark = error_mark(error);
    HRESULT hr;

    if (channel->listener)
        return custom_channel_for_listener(channel, &part->instance, error);
    if (!settings->callbacks.createChannelCallback)
        return custom_missing("create channel", error);
    hr = settings->callbacks.createChannelCallback(channel->type, settings->parameters, settings->parameters_size,
                                                   &part->instance, error);
    return callback_result(hr, "create channel callback", mark, error);
}

static void free_part(WS_CHANNEL *channel)
{
    const struct custom_channel *part = channel->part;

    if (callbacks_of(channel)->freeChannelCallback)
        callbacks_of(channel)->freeChannelCallback(part->instance);
}

static HRESULT reset(WS_CHANNEL *channel, WS_ERROR *error)
{
    const struct custom_channel *part = channel->part;
    ULONG mark = error_mark(error);

    if (!callbacks_of(channel)->resetChannelCallback)
        return S_OK;
    return callback_result(callbacks_of(channel)->resetChannelCallback(part->instance, error), "reset channel callback",
                           mark, error);
}

/* --- Opening and closing --- */

static HRESULT open_part(WS_CHANNEL *channel, struct operation *op, WS_ERROR *error)
{
    struct custom_channel *part = channel->part;
    struct custom_call *call = &part->control;
    WS_OPEN_CHANNEL_CALLBACK callback = callbacks_of(channel)->openChannelCallback;
    HRESULT hr = S_OK;

    if (!callback)
        return custom_missing("open channel", error);
    if (!custom_is_called(call))
    {
        custom_begin(call, error);
        hr = callback(part->instance, &channel->address, operation_context(op), error);
    }
    return answered(channel, call, op, hr, "open channel callback", error);
}

static HRESULT close_part(WS_CHANNEL *channel, struct operation *op, bool graceful, WS_ERROR *error)
{
    struct custom_channel *part = channel->part;
    struct custom_call *call = &part->control;
    WS_CLOSE_CHANNEL_CALLBACK callback = callbacks_of(channel)->closeChannelCallback;
    HRESULT hr = S_OK;

    (void)graceful;
    if (!callback)
        return S_OK;
    if (!custom_is_called(call))
    {
        custom_begin(call, error);
        hr = callback(part->instance, operation_context(op), error);
    }
    return answered(channel, call, op, hr, "close channel callback", error);
}

static HRESULT abort_part(WS_CHANNEL *channel, WS_ERROR *error)
{
    const struct custom_channel *part = channel->part;
    ULONG mark = error_mark(error);

    if (!callbacks_of(channel)->abortChannelCallback)
        return S_OK;
    return callback_result(callbacks_of(channel)->abortChannelCallback(part->instance, error), "abort channel callback",
                           mark, error);
}

static HRESULT shut_down(WS_CHANNEL *channel, struct operation *op, WS_ERROR *error)
{
    struct custom_channel *part = channel->part;
    struct custom_call *call = &part->sending;
    WS_SHUTDOWN_SESSION_CHANNEL_CALLBACK callback = callbacks_of(channel)->shutdownSessionChannelCallback;
    HRESULT hr = S_OK;

    if (!callback)
        return custom_missing("shutdown session channel", error);
    if (!custom_is_called(call))
    {
        custom_begin(call, error);
        hr = callback(part->instance, operation_context(op), error);
    }
    return answered(channel, call, op, hr, "shutdown session channel callback", error);
}

/* --- Messages --- */

/* All four callbacks have the same type. */
static HRESULT transfer(WS_CHANNEL *channel, struct custom_call *call, WS_WRITE_MESSAGE_START_CALLBACK callback,
                        WS_MESSAGE *message, struct operation *op, const char *what, WS_ERROR *error)
{
    const struct custom_channel *part = channel->part;
    HRESULT hr = S_OK;

    if (!callback)
        return custom_missing(what, error);
    if (!custom_is_called(call))
    {
        /* The abort callback may have been called already, for nothing. */
        if ((hr = operation_check(op, error)) != S_OK)
            return hr;
        custom_begin(call, error);
        hr = callback(part->instance, message, operation_context(op), error);
    }
    return answered(channel, call, op, hr, what, error);
}

static HRESULT write_start(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *op, WS_ERROR *error)
{
    struct custom_channel *part = channel->part;

    return transfer(channel, &part->sending, callbacks_of(channel)->writeMessageStartCallback, message, op,
                    "write message start callback", error);
}

static HRESULT write_end(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *op, WS_ERROR *error)
{
    struct custom_channel *part = channel->part;

    return transfer(channel, &part->sending, callbacks_of(channel)->writeMessageEndCallback, message, op,
                    "write message end callback", error);
}

static HRESULT read_start(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *op, WS_ERROR *error)
{
    struct custom_channel *part = channel->part;

    return transfer(channel, &part->receiving, callbacks_of(channel)->readMessageStartCallback, message, op,
                    "read message start callback", error);
}

static HRESULT read_end(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *op, WS_ERROR *error)
{
    struct custom_channel *part = channel->part;

    return transfer(channel, &part->receiving, callbacks_of(channel)->readMessageEndCallback, message, op,
                    "read message end callback", error);
}

static HRESULT abandon(WS_CHANNEL *channel, WS_MESSAGE *message, bool writing, WS_ERROR *error)
{
    const struct custom_channel *part = channel->part;
    ULONG mark = error_mark(error);

    (void)writing;
    if (!callbacks_of(channel)->abandonMessageCallback)
        return S_OK;
    return callback_result(callbacks_of(channel)->abandonMessageCallback(part->instance, message, error),
                           "abandon message callback", mark, error);
}

/* --- Properties --- */

static HRESULT get(WS_CHANNEL *channel, WS_CHANNEL_PROPERTY_ID id, void *value, ULONG size, WS_ERROR *error)
{
    const struct custom_channel *part = channel->part;
    ULONG mark = error_mark(error);

    if (id == WS_CHANNEL_PROPERTY_CUSTOM_CHANNEL_INSTANCE)
        return property_get(CONSTANT_CHANNEL_PROPERTY, id, &part->instance, sizeof(part->instance), value, size, error);
    if (!callbacks_of(channel)->getChannelPropertyCallback)
        return property_unknown(CONSTANT_CHANNEL_PROPERTY, (ULONG)id, error);
    return callback_result(callbacks_of(channel)->getChannelPropertyCallback(part->instance, id, value, size, error),
                           "get channel property callback", mark, error);
}

static HRESULT set(WS_CHANNEL *channel, WS_CHANNEL_PROPERTY_ID id, const void *value, ULONG size, WS_ERROR *error)
{
    const struct custom_channel *part = channel->part;
    ULONG mark = error_mark(error);

    if (!callbacks_of(channel)->setChannelPropertyCallback)
        return property_unknown(CONSTANT_CHANNEL_PROPERTY, (ULONG)id, error);
    return callback_result(callbacks_of(channel)->setChannelPropertyCallback(part->instance, id, value, size, error),
                           "set channel property callback", mark, error);
}

/* --- The table --- */

#define ALL_TYPES \
    (TRANSPORT_TYPE(INPUT) | TRANSPORT_TYPE(OUTPUT) | TRANSPORT_TYPE(INPUT_SESSION) | TRANSPORT_TYPE(OUTPUT_SESSION) | \
     TRANSPORT_TYPE(DUPLEX) | TRANSPORT_TYPE(DUPLEX_SESSION) | TRANSPORT_TYPE(REQUEST) | TRANSPORT_TYPE(REPLY))

const struct transport custom_transport = {
    .binding = WS_CUSTOM_CHANNEL_BINDING,
    .client_types = ALL_TYPES,
    .listener_types = ALL_TYPES,
    .encoding = WS_ENCODING_XML_UTF8,
    .is_custom = true,
    .channel_size = sizeof(struct custom_channel),
    .listener_size = sizeof(struct custom_listener),
    .channel_create = create,
    .channel_free = free_part,
    .channel_reset = reset,
    .open = open_part,
    .accept = custom_accept,
    .close = close_part,
    .abort = abort_part,
    .shutdown = shut_down,
    .write_start = write_start,
    .write_end = write_end,
    .read_start = read_start,
    .read_end = read_end,
    .abandon = abandon,
    .get = get,
    .changed = set,
    .listener_create = custom_listener_create,
    .listener_free = custom_listener_free,
    .listener_reset = custom_listener_reset,
    .listener_open = custom_listener_open,
    .listener_close = custom_listener_close,
    .listener_abort = custom_listener_abort,
    .listener_get = custom_listener_get,
    .listener_changed = custom_listener_set,
};
