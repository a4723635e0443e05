/* SPDX-License-Identifier: MIT */
/* http_transport.c - the transport of WS_HTTP_CHANNEL_BINDING: a client's channels are request.h's, a listener's
 * reply.h's. */
#include "http_transport.h"

#include "reply.h"
#include "request.h"

/* A channel has the part of its side. */
union http_part
{
    struct request_part request;
    struct reply_part reply;
};

static bool is_reply(const WS_CHANNEL *channel)
{
    return channel->listener != NULL;
}

static HRESULT create_part(WS_CHANNEL *channel, WS_ERROR *error)
{
    return is_reply(channel) ? reply_create(channel, error) : request_create(channel, error);
}

static void free_part(WS_CHANNEL *channel)
{
    if (is_reply(channel))
        reply_free(channel);
    else
        request_free(channel);
}

static HRESULT reset(WS_CHANNEL *channel, WS_ERROR *error)
{
    return is_reply(channel) ? reply_reset(channel, error) : request_reset(channel, error);
}

static HRESULT close(WS_CHANNEL *channel, struct operation *operation, bool graceful, WS_ERROR *error)
{
    return is_reply(channel) ? reply_close(channel, operation, graceful, error)
                             : request_close(channel, operation, graceful, error);
}

static HRESULT write_start(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *operation, WS_ERROR *error)
{
    return is_reply(channel) ? reply_write_start(channel, message, operation, error)
                             : request_write_start(channel, message, operation, error);
}

static HRESULT write_end(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *operation, WS_ERROR *error)
{
    return is_reply(channel) ? reply_write_end(channel, message, operation, error)
                             : request_write_end(channel, message, operation, error);
}

static HRESULT read_start(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *operation, WS_ERROR *error)
{
    return is_reply(channel) ? reply_read_start(channel, message, operation, error)
                             : request_read_start(channel, message, operation, error);
}

static HRESULT read_end(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *operation, WS_ERROR *error)
{
    return is_reply(channel) ? reply_read_end(channel, message, operation, error)
                             : request_read_end(channel, message, operation, error);
}

static HRESULT abandon(WS_CHANNEL *channel, WS_MESSAGE *message, bool writing, WS_ERROR *error)
{
    return is_reply(channel) ? reply_abandon(channel, message, writing, error)
                             : request_abandon(channel, message, writing, error);
}

static HRESULT get(WS_CHANNEL *channel, WS_CHANNEL_PROPERTY_ID id, void *value, ULONG size, WS_ERROR *error)
{
    return is_reply(channel) ? reply_get(channel, id, value, size, error) : request_get(channel, id, value, error);
}

#define ENCODING(name) (1u << WS_ENCODING_##name)

const struct transport http_transport = {
    .binding = WS_HTTP_CHANNEL_BINDING,
    .client_types = TRANSPORT_TYPE(REQUEST),
    .listener_types = TRANSPORT_TYPE(REPLY),
    .encoding = WS_ENCODING_XML_UTF8,
    /* No session, no encoding of one: observed that HTTP has no MAX_SESSION_DICTIONARY_SIZE. */
    .encodings = ENCODING(XML_BINARY_1) | ENCODING(XML_MTOM_UTF8) | ENCODING(XML_MTOM_UTF16BE) |
                 ENCODING(XML_MTOM_UTF16LE) | ENCODING(XML_UTF8) | ENCODING(XML_UTF16BE) | ENCODING(XML_UTF16LE) |
                 ENCODING(RAW),
    .carries_addressing = true,
    .channel_size = sizeof(union http_part),
    .listener_size = sizeof(struct reply_listener),
    .channel_create = create_part,
    .channel_free = free_part,
    .channel_reset = reset,
    .open = request_open,
    .accept = reply_accept,
    .close = close,
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
