/* SPDX-License-Identifier: MIT */
/* reply_channel.c - channels of HTTP listeners: from being accepted to being closed. */
#include "reply.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "xml/reader/reader.h"
#include "xml/writer/writer.h"

HRESULT reply_reserve(struct reply_bytes *bytes, size_t room, WS_ERROR *error)
{
    BYTE *larger;

    if (bytes->room >= room)
        return S_OK;
    room = room < 256 ? 256 : room;
    if (!(larger = memory_alloc(room, "bytes of an HTTP channel")))
        return error_report(error, E_OUTOFMEMORY, "There is no memory for %zu bytes of an HTTP message.", room);
    if (bytes->length)
        memcpy(larger, bytes->bytes, bytes->length);
    memory_free(bytes->bytes);
    bytes->bytes = larger;
    bytes->room = room;
    return S_OK;
}

HRESULT reply_create(WS_CHANNEL *channel, WS_ERROR *error)
{
    struct reply_part *part = reply_part(channel);

    (void)error;
    mutex_init(&part->lock);
    http_queue_reserve(&((struct reply_listener *)channel->listener->part)->queue,
                       channel->settings.max_request_headers);
    return S_OK;
}

void reply_free(WS_CHANNEL *channel)
{
    struct reply_part *part = reply_part(channel);

    if (part->incoming)
        http_server_drop(part->incoming, true);
    if (part->reader)
        reader_free(part->reader);
    if (part->writer)
        writer_free(part->writer);
    memory_free(part->url.chars);
    memory_free(part->type_text.bytes);
    memory_free(part->head.bytes);
    memory_free(part->framing.bytes);
    memory_free(part->pieces);
    mutex_release(&part->lock);
}

HRESULT reply_reset(WS_CHANNEL *channel, WS_ERROR *error)
{
    struct reply_part *part = reply_part(channel);

    (void)channel, (void)error;
    part->request = REQUEST_NONE;
    part->answer = ANSWER_NONE;
    part->has_continued = part->has_message = part->is_filling = part->is_flushing = false;
    part->timed = NULL;
    part->received = part->sent = 0;
    part->failure = 0;
    part->piece_count = 0;
    part->url.length = 0;
    return S_OK;
}

/* --- Closing --- */

/*
 * What is answered when the program has not: the page of the channel layer says that closing a channel without sending
 * a reply is how one-way messages are received, for which SOAP has 202 Accepted.
 */
static ULONG status_without_answer(const struct reply_part *part)
{
    switch (part->request)
    {
    case REQUEST_READ:
    case REQUEST_LEFT: return 202;
    case REQUEST_FAILED: return part->failure;
    default: return 500;
    }
}

HRESULT reply_close(WS_CHANNEL *channel, struct operation *operation, bool graceful, WS_ERROR *error)
{
    struct reply_part *part = reply_part(channel);
    struct incoming *incoming = part->incoming;
    HRESULT hr = S_OK;

    if (!incoming)
        return S_OK;
    if (graceful && part->answer == ANSWER_NONE)
    {
        if ((hr = reply_send_status(channel, status_without_answer(part), operation, error)) == OPERATION_WAITS)
            return hr;
    }
    part->incoming = NULL;
    if (part->answer == ANSWER_SENT && part->keeps_alive)
        http_server_give_back(incoming);
    else if (part->answer == ANSWER_SENT)
        http_server_linger(incoming);
    else
        http_server_drop(incoming, true);
    return hr;
}

/* --- Properties --- */

HRESULT reply_get(WS_CHANNEL *channel, WS_CHANNEL_PROPERTY_ID id, void *value, ULONG size, WS_ERROR *error)
{
    struct reply_part *part = reply_part(channel);
    HRESULT hr = S_OK;

    /* Pages: the URL is known once the channel has been accepted, the others when it has begun to read. */
    mutex_lock(&part->lock);
    if (part->request == REQUEST_NONE || (part->request == REQUEST_NEW && id != WS_CHANNEL_PROPERTY_TRANSPORT_URL))
        hr = error_report(error, WS_E_INVALID_OPERATION, "The property is known only when the channel has %s.",
                          part->request == REQUEST_NONE ? "been accepted" : "begun to read the request");
    else if (id == WS_CHANNEL_PROPERTY_TRANSPORT_URL)
        *(WS_STRING *)value = part->url;
    else if (id == WS_CHANNEL_PROPERTY_HTTP_CONNECTION_ID)
        *(ULONGLONG *)value = part->connection_id;
    else if (id == WS_CHANNEL_PROPERTY_REMOTE_IP_ADDRESS)
        network_address_store(&part->remote, value, size);
    else
        hr = error_report(error, E_INVALIDARG, "The property %u is none of HTTP channels that are accepted.",
                          (unsigned)id);
    mutex_unlock(&part->lock);
    return hr;
}
