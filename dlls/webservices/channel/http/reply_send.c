/* SPDX-License-Identifier: MIT */
/*
 * reply_send.c - a message becomes the answer to the request of a reply channel.
 *
 * Buffered, it is sent as a whole when its end is written, head and body together, with its length. Streamed, it begins
 * with what is flushed first: in chunks, or, for a client of HTTP/1.0, up to the end of the connection. If nothing is
 * flushed before the end, its length is known as well.
 */
#include "reply.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "channel/http/http_mapping.h"
#include "message/message.h"
#include "xml/writer/writer.h"

static void set_answer(struct reply_part *part, enum reply_answer answer)
{
    mutex_lock(&part->lock);
    part->answer = answer;
    mutex_unlock(&part->lock);
}

/* --- Heads --- */

/* What is between the status line and the length. */
struct fields
{
    WS_CHANNEL *channel;
    WS_MESSAGE *message; /* NULL: there is no message */
    ULONG status;
    struct mime_text reason; /* bytes NULL: the usual one */
};

/* Writes the head; without room it only counts. */
static HRESULT put_head(const struct fields *fields, struct http_output *output, WS_ERROR *error)
{
    const struct channel_settings *settings = &fields->channel->settings;
    const struct http_mapped mapped = http_mapped_responses(&settings->mapping);
    const struct reply_part *part = reply_part(fields->channel);
    WS_XML_STRING type = {0};
    HRESULT hr;

    http_put_status_line(output, fields->status, fields->reason);
    if (!fields->message)
        return S_OK;
    if (http_is_mapped(&mapped, "Content-Type") &&
        (hr = http_map_find(fields->message, "Content-Type", &type, error)) != S_OK)
        return hr;
    if (type.bytes)
        http_put_field(output, "Content-Type", (struct mime_text){type.bytes, type.length});
    else if (settings->encoding != WS_ENCODING_RAW)
    {
        http_put_literal(output, "Content-Type: ");
        http_put_content_type(output, settings->encoding, settings->envelope_version, (struct mime_text){NULL, 0},
                              &part->parts.multipart);
        http_put_literal(output, "\r\n");
    }
    return http_map_sent(fields->message, &mapped, output, error);
}

/* Room for what ends a head: connection, length and empty line. */
#define END_ROOM 96

static HRESULT make_head(const struct fields *fields, WS_ERROR *error)
{
    struct reply_part *part = reply_part(fields->channel);
    struct http_output output = {NULL, 0, 0};
    HRESULT hr;

    part->head.length = 0;
    if ((hr = put_head(fields, &output, error)) != S_OK ||
        (hr = reply_reserve(&part->head, output.length + END_ROOM, error)) != S_OK)
        return hr;
    output = (struct http_output){part->head.bytes, part->head.room, 0};
    hr = put_head(fields, &output, error);
    part->head.length = output.length;
    return hr;
}

/*
 * Whether the connection can be used again. A client that waits for 100 Continue, and does not get it, may send the
 * body or not: nobody could tell what comes.
 */
static bool can_keep(struct reply_part *part)
{
    const struct http_head *head = &part->incoming->connection.head;
    const bool has_body = head->framing == HTTP_BODY_CHUNKED || (head->framing == HTTP_BODY_LENGTH && head->length);
    bool has_continued;

    mutex_lock(&part->lock);
    has_continued = part->has_continued;
    mutex_unlock(&part->lock);
    return head->keeps_alive && !(head->expects_continue && has_body && !has_continued);
}

/* Ends the head with how the body is framed. */
static void end_head(struct reply_part *part, enum http_framing framing, uint64_t length)
{
    struct http_output output = {part->head.bytes, part->head.room, part->head.length};

    part->keeps_alive = framing != HTTP_BODY_UNTIL_CLOSE && can_keep(part);
    if (!part->keeps_alive)
        http_put_field(&output, "Connection", http_text("close"));
    else if (!part->incoming->connection.head.minor)
        http_put_field(&output, "Connection", http_text("keep-alive"));
    if (framing == HTTP_BODY_LENGTH)
        http_put_length(&output, length);
    else if (framing == HTTP_BODY_CHUNKED)
        http_put_field(&output, "Transfer-Encoding", http_text("chunked"));
    http_put_end(&output);
    part->head.length = output.length;
}

/* --- Pieces --- */

static HRESULT reserve_pieces(struct reply_part *part, ULONG count, WS_ERROR *error)
{
    WS_BYTES *larger;

    if (part->piece_room >= count)
        return S_OK;
    count = count < 8 ? 8 : count;
    if (!(larger = memory_alloc(count * sizeof(*larger), "pieces of an HTTP response")))
        return error_report(error, E_OUTOFMEMORY, "There is no memory to send an HTTP response of %u pieces.",
                            (unsigned)count);
    memory_free(part->pieces);
    part->pieces = larger;
    part->piece_room = count;
    return S_OK;
}

static void add_piece(struct reply_part *part, const void *bytes, size_t length)
{
    if (!length)
        return;
    part->pieces[part->piece_count].bytes = (BYTE *)bytes;
    part->pieces[part->piece_count].length = (ULONG)length;
    part->piece_count++;
}

/* Sends the pieces; a client that does not get all of them is lost. */
static HRESULT send_pieces(WS_CHANNEL *channel, struct operation *operation, enum reply_answer then, WS_ERROR *error)
{
    struct reply_part *part = reply_part(channel);
    HRESULT hr;

    hr = http_send(&part->incoming->connection, operation, part->pieces, part->piece_count, error);
    if (hr == OPERATION_WAITS)
        return hr;
    part->piece_count = 0;
    set_answer(part, hr == S_OK ? then : ANSWER_FAILED);
    if (hr != S_OK)
        channel_fault(channel);
    return hr;
}

static void begin_pieces(struct operation *operation)
{
    operation_set_timeout(operation, incoming_limits.send, "time for an HTTP response");
}

HRESULT reply_send_status(WS_CHANNEL *channel, ULONG status, struct operation *operation, WS_ERROR *error)
{
    struct reply_part *part = reply_part(channel);
    const struct fields fields = {channel, NULL, status, {NULL, 0}};
    HRESULT hr;

    if (!part->piece_count)
    {
        if ((hr = make_head(&fields, error)) != S_OK || (hr = reserve_pieces(part, 1, error)) != S_OK)
            return hr;
        end_head(part, HTTP_BODY_LENGTH, 0);
        add_piece(part, part->head.bytes, part->head.length);
        begin_pieces(operation);
    }
    return send_pieces(channel, operation, ANSWER_SENT, error);
}

/* --- Streamed bodies --- */

/* How the body of a streamed answer is framed, of which the first bytes are sent. */
static void frame(struct reply_part *part, size_t length)
{
    if (part->is_last)
        end_head(part, HTTP_BODY_LENGTH, length);
    else if ((part->is_chunked = part->incoming->connection.head.minor >= 1))
        end_head(part, HTTP_BODY_CHUNKED, 0);
    else
        end_head(part, HTTP_BODY_UNTIL_CLOSE, 0);
}

static HRESULT too_large(const WS_CHANNEL *channel, WS_ERROR *error)
{
    return error_report(error, WS_E_QUOTA_EXCEEDED,
                        "The message has more than %llu bytes, which is the channel's "
                        "WS_CHANNEL_PROPERTY_MAX_STREAMED_MESSAGE_SIZE.",
                        (unsigned long long)channel->settings.max_streamed_size);
}

/* Makes the pieces of what the writer flushes: head, size of the chunk, the bytes, and what ends a chunk or all. */
static HRESULT make_pieces(WS_CHANNEL *channel, WS_ERROR *error)
{
    static const char end[] = "\r\n" HTTP_CHUNKS_END;
    struct reply_part *part = reply_part(channel);
    uint64_t length = 0;
    HRESULT hr;
    ULONG i;

    for (i = 0; i < part->write_count; i++)
        length += part->write_from[i].length;
    if (length > channel->settings.max_streamed_size - part->sent)
        return too_large(channel, error);
    if (!length && !part->is_last)
        return S_OK;
    if ((hr = reserve_pieces(part, part->write_count + 3, error)) != S_OK ||
        (hr = reply_reserve(&part->framing, HTTP_CHUNK_START_ROOM, error)) != S_OK)
        return hr;
    if (part->answer == ANSWER_WRITING)
    {
        frame(part, (size_t)length);
        add_piece(part, part->head.bytes, part->head.length);
    }
    part->sent += length;
    if (!part->has_body)
        return S_OK;
    if (part->is_chunked && length)
        add_piece(part, part->framing.bytes, http_chunk_start(part->framing.bytes, length, false));
    for (i = 0; i < part->write_count; i++)
        add_piece(part, part->write_from[i].bytes, part->write_from[i].length);
    if (part->is_chunked && length)
        add_piece(part, end, part->is_last ? sizeof(end) - 1 : 2);
    else if (part->is_chunked)
        add_piece(part, HTTP_CHUNKS_END, sizeof(HTTP_CHUNKS_END) - 1);
    return S_OK;
}

/* Sends what the writer flushes. */
static HRESULT send_step(WS_CHANNEL *channel, struct operation *operation, WS_ERROR *error)
{
    struct reply_part *part = reply_part(channel);
    HRESULT hr;

    if (!part->piece_count)
    {
        if ((hr = make_pieces(channel, error)) != S_OK)
            return hr;
        if (!part->piece_count && !part->is_last)
            return S_OK;
        begin_pieces(operation);
    }
    return send_pieces(channel, operation, part->is_last ? ANSWER_SENT : ANSWER_SENDING, error);
}

static HRESULT CALLBACK write_callback(void *state, const WS_BYTES *buffers, ULONG count,
                                       const WS_ASYNC_CONTEXT *context, WS_ERROR *error)
{
    WS_CHANNEL *channel = state;
    struct reply_part *part = reply_part(channel);

    part->write_from = buffers;
    part->write_count = count;
    return channel_run_body(channel, CHANNEL_SENDING_BODY, send_step, context, error);
}

/* --- The message --- */

static HRESULT check_answer(struct reply_part *part, WS_ERROR *error)
{
    HRESULT hr = S_OK;

    mutex_lock(&part->lock);
    if (part->request == REQUEST_NONE || part->request == REQUEST_NEW)
        hr = error_report(error, WS_E_INVALID_OPERATION,
                          "The request must be received before it can be answered, by WsReadMessageStart or the like.");
    else if (part->answer != ANSWER_NONE)
        hr = error_report(error, WS_E_INVALID_OPERATION,
                          "The request has been answered already; each has one answer, and each request is accepted by "
                          "itself.");
    else if (part->sends_continue)
        hr = error_report(error, WS_E_INVALID_OPERATION, "The start of the request is being received.");
    else
        part->answer = ANSWER_WRITING;
    mutex_unlock(&part->lock);
    return hr;
}

/* The status: what the program says, or 500 for a fault, as SOAP has it, whatever its code: clients rely on that. */
static HRESULT set_status(struct fields *fields, WS_ERROR *error)
{
    const ULONG options = fields->channel->settings.mapping.responseMappingOptions;
    WS_XML_STRING text = {0};
    ULONG i;
    HRESULT hr;

    fields->status = message_is_fault(fields->message) ? 500 : 200;
    if (options & WS_HTTP_RESPONSE_MAPPING_STATUS_CODE)
    {
        if ((hr = http_map_find(fields->message, "StatusCode", &text, error)) != S_OK)
            return hr;
        if (text.bytes)
            for (fields->status = 0, i = 0; i < text.length; i++)
                fields->status = text.bytes[i] >= '0' && text.bytes[i] <= '9' && fields->status < 1000
                                     ? fields->status * 10 + (ULONG)(text.bytes[i] - '0')
                                     : 1000;
        if (fields->status < 200 || fields->status > 999)
            return error_report(error, WS_E_INVALID_FORMAT,
                                "The mapped header StatusCode of the reply is not a number from 200 to 999.");
    }
    if (options & WS_HTTP_RESPONSE_MAPPING_STATUS_TEXT)
    {
        text = (WS_XML_STRING){0};
        if ((hr = http_map_find(fields->message, "StatusText", &text, error)) != S_OK)
            return hr;
        if (text.bytes)
            fields->reason = (struct mime_text){text.bytes, text.length};
    }
    return S_OK;
}

static HRESULT set_writer(WS_CHANNEL *channel, WS_ERROR *error)
{
    struct reply_part *part = reply_part(channel);
    const struct channel_settings *settings = &channel->settings;
    const WS_XML_WRITER_BUFFER_OUTPUT buffer = {{WS_XML_WRITER_OUTPUT_TYPE_BUFFER}};
    const WS_XML_WRITER_STREAM_OUTPUT stream = {{WS_XML_WRITER_OUTPUT_TYPE_STREAM}, write_callback, channel};
    const bool is_mtom = settings->encoding == WS_ENCODING_XML_MTOM_UTF8 ||
                         settings->encoding == WS_ENCODING_XML_MTOM_UTF16BE ||
                         settings->encoding == WS_ENCODING_XML_MTOM_UTF16LE;
    HRESULT hr;

    if (!part->writer && (hr = writer_create(NULL, 0, &part->writer, error)) != S_OK)
        return hr;
    part->parts.multipart.boundary.bytes = NULL;
    if (is_mtom)
        http_parts_make(&part->parts);
    part->is_streamed = (settings->transfer_mode & WS_STREAMED_OUTPUT_TRANSFER_MODE) != 0;
    part->is_chunked = part->is_last = part->is_ended = part->is_flushing = false;
    part->sent = 0;
    return http_set_writer(part->writer, part->is_streamed ? &stream.output : &buffer.output, settings->encoding,
                           settings->envelope_version, is_mtom ? &part->parts : NULL,
                           part->is_streamed ? settings->max_streamed_flush : settings->max_buffered_size, error);
}

static HRESULT begin_message(WS_CHANNEL *channel, WS_MESSAGE *message, WS_ERROR *error)
{
    const struct channel_settings *settings = &channel->settings;
    WS_XML_WRITER *writer = reply_part(channel)->writer;

    if (settings->encoding == WS_ENCODING_RAW)
        return message_write_raw_start(message, writer, error);
    return message_write_start(message, writer, settings->addressing_version == WS_ADDRESSING_VERSION_TRANSPORT, error);
}

static HRESULT end_message(WS_CHANNEL *channel, WS_MESSAGE *message, WS_ERROR *error)
{
    return channel->settings.encoding == WS_ENCODING_RAW ? message_write_raw_end(message, error)
                                                         : message_write_end(message, error);
}

HRESULT reply_write_start(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *operation, WS_ERROR *error)
{
    struct reply_part *part = reply_part(channel);
    struct fields fields = {channel, message, 0, {NULL, 0}};
    HRESULT hr;

    (void)operation;
    if ((hr = check_answer(part, error)) != S_OK)
        return hr;
    if ((hr = set_writer(channel, error)) != S_OK || (hr = set_status(&fields, error)) != S_OK ||
        (hr = make_head(&fields, error)) != S_OK || (hr = begin_message(channel, message, error)) != S_OK)
        set_answer(part, ANSWER_NONE);
    return hr;
}

/* The end of a message could not be written: what has been sent of it, if anything, makes no whole. */
static HRESULT fail(WS_CHANNEL *channel, HRESULT hr)
{
    struct reply_part *part = reply_part(channel);

    if (part->answer == ANSWER_WRITING)
        set_answer(part, ANSWER_NONE);
    else
    {
        set_answer(part, ANSWER_FAILED);
        channel_fault(channel);
    }
    return hr;
}

static HRESULT end_buffered(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *operation, WS_ERROR *error)
{
    struct reply_part *part = reply_part(channel);
    WS_BYTES bytes = {0};
    HRESULT hr;

    if (!part->piece_count)
    {
        if ((hr = end_message(channel, message, error)) != S_OK ||
            (hr = writer_get_bytes(part->writer, &bytes, error)) != S_OK ||
            (hr = reserve_pieces(part, 2, error)) != S_OK)
            return fail(channel, hr);
        end_head(part, HTTP_BODY_LENGTH, bytes.length);
        add_piece(part, part->head.bytes, part->head.length);
        if (part->has_body)
            add_piece(part, bytes.bytes, bytes.length);
        begin_pieces(operation);
    }
    return send_pieces(channel, operation, ANSWER_SENT, error);
}

/*
 * Lets the writer flush the rest. If nothing has been sent before, and it comes in one piece, its length is known; that
 * of MTOM comes in several.
 */
static HRESULT flush_rest(struct reply_part *part, struct operation *operation, WS_ERROR *error)
{
    HRESULT hr;

    if (part->is_flushing)
        hr = operation_take_result(operation);
    else
    {
        part->is_last = !part->parts.multipart.boundary.bytes;
        hr = operation_called(operation, writer_flush(part->writer, 0, operation_context(operation), error), error);
    }
    part->is_flushing = hr == OPERATION_WAITS;
    return hr;
}

static HRESULT end_streamed(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *operation, WS_ERROR *error)
{
    struct reply_part *part = reply_part(channel);
    HRESULT hr = S_OK;

    if (!part->is_ended)
    {
        if ((hr = end_message(channel, message, error)) != S_OK)
            return fail(channel, hr);
        part->is_ended = true;
        hr = flush_rest(part, operation, error);
    }
    else if (part->is_flushing)
        hr = flush_rest(part, operation, error);
    if (hr == OPERATION_WAITS)
        return hr;
    if (hr != S_OK)
        return fail(channel, hr);
    if (part->answer == ANSWER_SENT)
        return S_OK;
    /* There was nothing more to flush, or the end of all is to be told. */
    part->is_last = true;
    part->write_count = 0;
    return send_step(channel, operation, error);
}

HRESULT reply_write_end(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *operation, WS_ERROR *error)
{
    return reply_part(channel)->is_streamed ? end_streamed(channel, message, operation, error)
                                            : end_buffered(channel, message, operation, error);
}

HRESULT reply_abandon(WS_CHANNEL *channel, WS_MESSAGE *message, bool writing, WS_ERROR *error)
{
    struct reply_part *part = reply_part(channel);

    (void)message, (void)error;
    if (!writing)
        reply_set_request(part, REQUEST_LEFT);
    else if (part->answer == ANSWER_WRITING)
        set_answer(part, ANSWER_NONE);
    else
        set_answer(part, ANSWER_FAILED);
    return S_OK;
}
