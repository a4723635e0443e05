/* SPDX-License-Identifier: MIT */
/* http_transport.c - the transport of WS_HTTP_CHANNEL_BINDING: a client's channels are request.h's, others reply.h's.
 */
#include "http_transport.h"

#include "base/error.h"
#include "reply.h"

static HRESULT channel_create_part(WS_CHANNEL *channel, WS_ERROR *error)
{
    return reply_create(channel, error);
}

const struct transport http_transport = {
    .binding = WS_HTTP_CHANNEL_BINDING,
    .client_types = 0,
    .listener_types = TRANSPORT_TYPE(REPLY),
    .encoding = WS_ENCODING_XML_UTF8,
    .encodings = 1u << WS_ENCODING_XML_BINARY_1 | 1u << WS_ENCODING_XML_BINARY_SESSION_1 |
                 1u << WS_ENCODING_XML_MTOM_UTF8 | 1u << WS_ENCODING_XML_MTOM_UTF16BE |
                 1u << WS_ENCODING_XML_MTOM_UTF16LE | 1u << WS_ENCODING_XML_UTF8 | 1u << WS_ENCODING_XML_UTF16LE |
                 1u << WS_ENCODING_XML_UTF16BE | 1u << WS_ENCODING_RAW,
    .carries_addressing = true,
    .channel_size = sizeof(struct reply_part),
    .listener_size = sizeof(struct reply_listener),
    .channel_create = channel_create_part,
    .channel_free = reply_free,
    .channel_reset = reply_reset,
    .accept = reply_accept,
    .close = reply_close,
    .write_start = reply_write_start,
    .write_end = reply_write_end,
    .read_start = reply_read_start,
    .read_end = reply_read_end,
    .abandon = reply_abandon,
    .get = reply_get,
    .listener_create = reply_listener_create,
    .listener_free = reply_listener_free,
    .listener_open = reply_listener_open,
    .listener_close = reply_listener_close,
};
