/* SPDX-License-Identifier: MIT */
/*
 * reply_receive.c - the request of a reply channel becomes a message.
 *
 * Buffered, the whole body is received first, and the reader reads it where it was received. Streamed, the reader has a
 * read callback that receives what is there, also when the program fills the body later on.
 */
#include "reply.h"

#include "base/error.h"
#include "channel/http/http_mapping.h"
#include "message/message.h"
#include "xml/reader/reader.h"

/* What the request is of, for sentences. */
static void precede(const struct reply_part *part, ULONG mark, WS_ERROR *error)
{
    error_precede(error, mark, "The HTTP request of %s cannot be received: ", network_address_text(&part->remote).text);
}

/* What a client is told whose request fails, if the program tells it nothing; RFC 9110, 15.5. */
static ULONG status_of(HRESULT hr)
{
    switch (hr)
    {
    case WS_E_QUOTA_EXCEEDED: return 413;
    case WS_E_INVALID_FORMAT: return 400;
    case WS_E_OPERATION_TIMED_OUT: return 408;
    default: return 500;
    }
}

static HRESULT fail(WS_CHANNEL *channel, HRESULT hr)
{
    struct reply_part *part = reply_part(channel);

    mutex_lock(&part->lock);
    part->request = REQUEST_FAILED;
    part->failure = status_of(hr);
    mutex_unlock(&part->lock);
    if (hr == WS_E_ENDPOINT_DISCONNECTED)
        channel_fault(channel);
    return hr;
}

/* --- The body --- */

/* Tells a client that waits for it to send the body, unless that, or an answer, is on its way already. */
static HRESULT send_continue(struct reply_part *part, struct operation *operation, WS_ERROR *error)
{
    static BYTE text[] = "HTTP/1.1 100 Continue\r\n\r\n";
    const WS_BYTES piece = {.length = sizeof(text) - 1, .bytes = text};
    struct http_connection *connection = &part->incoming->connection;
    bool is_wanted;
    HRESULT hr;

    if (part->has_continued)
        return S_OK;
    mutex_lock(&part->lock);
    is_wanted = connection->head.expects_continue && !connection->body.ended && part->answer == ANSWER_NONE &&
                !http_connection_has_bytes(connection);
    part->sends_continue = is_wanted || part->sends_continue;
    mutex_unlock(&part->lock);

    hr = part->sends_continue ? http_send(connection, operation, &piece, 1, error) : S_OK;
    if (hr == OPERATION_WAITS)
        return hr;
    mutex_lock(&part->lock);
    part->sends_continue = false;
    mutex_unlock(&part->lock);
    part->has_continued = true;
    return hr;
}

static void set_timeout(struct reply_part *part, struct operation *operation)
{
    if (part->timed == operation)
        return;
    part->timed = operation;
    operation_set_timeout(operation, incoming_limits.body, "time for more of an HTTP request");
}

static HRESULT receive_buffered(WS_CHANNEL *channel, struct operation *operation, WS_ERROR *error)
{
    struct reply_part *part = reply_part(channel);
    WS_XML_READER_BUFFER_INPUT input = {.input = {WS_XML_READER_INPUT_TYPE_BUFFER}};
    WS_BYTES content;
    HRESULT hr;

    if ((hr = send_continue(part, operation, error)) != S_OK ||
        (hr = http_receive_body(&part->incoming->connection, operation, channel->settings.max_buffered_size,
                                "WS_CHANNEL_PROPERTY_MAX_BUFFERED_MESSAGE_SIZE", &content, error)) != S_OK)
        return hr;
    input.encodedData = content.bytes;
    input.encodedDataSize = content.length;
    return http_set_reader(part->reader, &input.input, channel->settings.encoding, part->has_type ? &part->type : NULL,
                           part->charset, error);
}

/* Receives some of a streamed body for the read callback. */
static HRESULT receive_step(WS_CHANNEL *channel, struct operation *operation, WS_ERROR *error)
{
    struct reply_part *part = reply_part(channel);
    size_t count;
    HRESULT hr;

    set_timeout(part, operation);
    if ((hr = send_continue(part, operation, error)) != S_OK ||
        (hr = http_receive_some(&part->incoming->connection, operation, part->read_to, part->read_room, &count,
                                error)) != S_OK)
        return hr;
    part->timed = NULL;
    part->received += count;
    if (part->received > channel->settings.max_streamed_size)
        return error_report(error, WS_E_QUOTA_EXCEEDED,
                            "The request has more than %llu bytes, which is the channel's "
                            "WS_CHANNEL_PROPERTY_MAX_STREAMED_MESSAGE_SIZE.",
                            (unsigned long long)channel->settings.max_streamed_size);
    *part->read_actual = (ULONG)count;
    return S_OK;
}

static HRESULT CALLBACK read_callback(void *state, void *bytes, ULONG room, ULONG *actual,
                                      const WS_ASYNC_CONTEXT *context, WS_ERROR *error)
{
    WS_CHANNEL *channel = state;
    struct reply_part *part = reply_part(channel);

    part->read_to = bytes;
    part->read_room = room;
    part->read_actual = actual;
    part->timed = NULL;
    return channel_run_body(channel, CHANNEL_RECEIVING_BODY, receive_step, context, error);
}

static HRESULT begin_streamed(WS_CHANNEL *channel, WS_ERROR *error)
{
    struct reply_part *part = reply_part(channel);
    const WS_XML_READER_STREAM_INPUT input = {
        .input = {WS_XML_READER_INPUT_TYPE_STREAM}, .readCallback = read_callback, .readCallbackState = channel};

    return http_set_reader(part->reader, &input.input, channel->settings.encoding, part->has_type ? &part->type : NULL,
                           part->charset, error);
}

/* Lets the reader read more of the stream, which it does by the callback. */
static HRESULT fill(struct reply_part *part, struct operation *operation, WS_ERROR *error)
{
    HRESULT hr;

    if (part->is_filling)
        hr = operation_take_result(operation);
    else
        hr = operation_called(operation, reader_fill_more(part->reader, operation_context(operation), error), error);
    part->is_filling = hr == OPERATION_WAITS;
    return hr;
}

/* --- The message --- */

/* The action as the transport has it: of SOAP 1.1 in SOAPAction, of SOAP 1.2 a parameter of the media type. */
static struct mime_text find_action(const struct reply_part *part)
{
    if (part->has_type && part->type.action.bytes)
        return part->type.action;
    return http_read_soap_action(part->incoming->connection.head.soap_action);
}

static bool is_raw(const WS_CHANNEL *channel)
{
    return channel->settings.encoding == WS_ENCODING_RAW;
}

/* What the request says beside the envelope becomes headers of the message. */
static HRESULT add_headers(WS_CHANNEL *channel, WS_MESSAGE *message, WS_ERROR *error)
{
    struct reply_part *part = reply_part(channel);
    const struct http_mapped mapped = http_mapped_requests(&channel->settings.mapping);
    struct mime_text text;
    WS_XML_STRING action = {0};
    HRESULT hr;

    if (channel->settings.addressing_version == WS_ADDRESSING_VERSION_TRANSPORT &&
        channel->settings.envelope_version != WS_ENVELOPE_VERSION_NONE)
    {
        text = find_action(part);
        action.bytes = (BYTE *)text.bytes;
        action.length = (ULONG)text.length;
        if (text.length && (hr = message_set_action(message, &action, error)) != S_OK)
            return hr;
        if ((hr = message_set_to(message, &part->url, error)) != S_OK)
            return hr;
    }
    return http_map_received(message, &part->incoming->connection.head, &mapped, error);
}

static HRESULT check_start_size(WS_CHANNEL *channel, WS_ERROR *error)
{
    if (reply_part(channel)->received <= channel->settings.max_streamed_start)
        return S_OK;
    return error_report(error, WS_E_QUOTA_EXCEEDED,
                        "The body of the message has not begun after %u bytes, which is the channel's "
                        "WS_CHANNEL_PROPERTY_MAX_STREAMED_START_SIZE.",
                        (unsigned)channel->settings.max_streamed_start);
}

/* Reads the message up to its body; what a stream brings is received as it is needed. */
static HRESULT read_start(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *operation, WS_ERROR *error)
{
    struct reply_part *part = reply_part(channel);
    HRESULT hr;

    if (!part->has_message)
    {
        if (!part->reader && (hr = reader_create(NULL, 0, &part->reader, error)) != S_OK)
            return hr;
        hr = channel->settings.transfer_mode & WS_STREAMED_INPUT_TRANSFER_MODE
                 ? begin_streamed(channel, error)
                 : receive_buffered(channel, operation, error);
        if (hr != S_OK)
            return hr;
        part->has_message = true;
    }
    for (;;)
    {
        if (!part->is_filling &&
            (hr = is_raw(channel) ? message_read_raw_start(message, part->reader, error)
                                  : message_read_start(message, part->reader, error)) != READER_STARVED)
            return hr == S_OK ? add_headers(channel, message, error) : hr;
        if ((hr = fill(part, operation, error)) != S_OK || (hr = check_start_size(channel, error)) != S_OK)
            return hr;
    }
}

HRESULT reply_read_start(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *operation, WS_ERROR *error)
{
    struct reply_part *part = reply_part(channel);
    const ULONG mark = error_mark(error);
    HRESULT hr;

    if (part->request == REQUEST_NEW)
    {
        part->timed = NULL;
        reply_set_request(part, REQUEST_READING);
        set_timeout(part, operation);
    }
    else if (part->request != REQUEST_READING)
        return WS_S_END;

    if ((hr = read_start(channel, message, operation, error)) == S_OK || hr == OPERATION_WAITS)
        return hr;
    message_clear(message);
    precede(part, mark, error);
    return fail(channel, hr);
}

HRESULT reply_read_end(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *operation, WS_ERROR *error)
{
    struct reply_part *part = reply_part(channel);
    const ULONG mark = error_mark(error);
    HRESULT hr;

    for (;;)
    {
        if (!part->is_filling && (hr = is_raw(channel) ? message_read_raw_end(message, error)
                                                       : message_read_end(message, error)) != READER_STARVED)
            break;
        if ((hr = fill(part, operation, error)) == OPERATION_WAITS)
            return hr;
        if (hr != S_OK)
            break;
    }
    if (hr == S_OK)
        reply_set_request(part, REQUEST_READ);
    else
    {
        precede(part, mark, error);
        fail(channel, hr);
    }
    return hr;
}
