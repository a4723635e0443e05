/* SPDX-License-Identifier: MIT */
/*
 * http_transport.c - the transport of WS_HTTP_CHANNEL_BINDING: a client's channels are request.h's, those of a listener
 * reply.h's.
 */
#include "http_transport.h"

#include "base/error.h"
#include "reply.h"
#include "request.h"

/* The part of a channel, of whichever kind. */
union http_part
{
    struct request_part request;
    struct reply_part reply;
};

static HRESULT create(WS_CHANNEL *channel, WS_ERROR *error)
{
    return channel->listener ? reply_create(channel, error) : request_create(channel, error);
}

static void free_part(WS_CHANNEL *channel)
{
    if (channel->listener)
        reply_free(channel);
    else
        request_free(channel);
}

static HRESULT reset(WS_CHANNEL *channel, WS_ERROR *error)
{
    return channel->listener ? reply_reset(channel, error) : request_reset(channel, error);
}

static HRESULT close_channel(WS_CHANNEL *channel, struct operation *operation, bool graceful, WS_ERROR *error)
{
    return channel->listener ? reply_close(channel, operation, graceful, error)
                             : request_close(channel, operation, graceful, error);
}

static HRESULT write_start(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *operation, WS_ERROR *error)
{
    return channel->listener ? reply_write_start(channel, message, operation, error)
                             : request_write_start(channel, message, operation, error);
}

static HRESULT write_end(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *operation, WS_ERROR *error)
{
    return channel->listener ? reply_write_end(channel, message, operation, error)
                             : request_write_end(channel, message, operation, error);
}

static HRESULT read_start(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *operation, WS_ERROR *error)
{
    return channel->listener ? reply_read_start(channel, message, operation, error)
                             : request_read_start(channel, message, operation, error);
}

static HRESULT read_end(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *operation, WS_ERROR *error)
{
    return channel->listener ? reply_read_end(channel, message, operation, error)
                             : request_read_end(channel, message, operation, error);
}

static HRESULT abandon(WS_CHANNEL *channel, WS_MESSAGE *message, bool writing, WS_ERROR *error)
{
    return channel->listener ? reply_abandon(channel, message, writing, error)
                             : request_abandon(channel, message, writing, error);
}

static HRESULT get(WS_CHANNEL *channel, WS_CHANNEL_PROPERTY_ID id, void *value, WS_ERROR *error)
{
    return channel->listener ? reply_get(channel, id, value, error) : request_get(channel, id, value, error);
}

const struct transport http_transport = {
    .binding = WS_HTTP_CHANNEL_BINDING,
    .client_types = TRANSPORT_TYPE(REQUEST),
    .listener_types = TRANSPORT_TYPE(REPLY),
    .encoding = WS_ENCODING_XML_UTF8,
    .encodings = 1u << WS_ENCODING_XML_BINARY_1 | 1u << WS_ENCODING_XML_BINARY_SESSION_1 |
                 1u << WS_ENCODING_XML_MTOM_UTF8 | 1u << WS_ENCODING_XML_MTOM_UTF16BE |
                 1u << WS_ENCODING_XML_MTOM_UTF16LE | 1u << WS_ENCODING_XML_UTF8 | 1u << WS_ENCODING_XML_UTF16LE |
                 1u << WS_ENCODING_XML_UTF16BE | 1u << WS_ENCODING_RAW,
    .carries_addressing = true,
    .channel_size = sizeof(union http_part),
    .listener_size = sizeof(struct reply_listener),
    .channel_create = create,
    .channel_free = free_part,
    .channel_reset = reset,
    .open = request_open,
    .accept = reply_accept,
    .close = close_channel,
    .write_start = write_start,
    .write_end = write_end,
    .read_start = read_start,
    .read_end = read_end,
    .abandon = abandon,
    .get = get,
    .listener_create = reply_listener_create,
    .listener_free = reply_listener_free,
    .listener_open = reply_listener_open,
    .listener_close = reply_listener_close,
};
