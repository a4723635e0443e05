/* SPDX-License-Identifier: MIT */
/* request_send.c - the message into the writer, and to the server; see request.h. */
#include "request.h"

#include "base/error.h"
#include "base/memory.h"
#include "message/message.h"
#include "xml/writer/writer.h"

/* How long an answer may take, in milliseconds, of a server that has closed the connection: it is there, or never. */
#define EARLY_TIMEOUT 1000

static const char send_timeout_name[] = "WS_CHANNEL_PROPERTY_SEND_TIMEOUT";

/* --- Bytes to the server --- */

static HRESULT connect_socket(WS_CHANNEL *channel, struct operation *operation, WS_ERROR *error)
{
    struct request_part *part = channel->part;

    part->connect.host = part->proxy.is_used ? &part->proxy.host : &part->now->host;
    part->connect.port = part->proxy.is_used ? part->proxy.port : part->now->port;
    part->connect.version = channel->settings.ip_version;
    part->connect.resolve_timeout = setting_load(&channel->settings.resolve_timeout);
    part->connect.connect_timeout = setting_load(&channel->settings.connect_timeout);
    return socket_connect(&part->connect, operation, &part->connection->http.socket, error);
}

/* Says where a failure was, and leaves nothing half done. */
static HRESULT transmit_failed(struct request_part *part, ULONG mark, HRESULT hr, WS_ERROR *error)
{
    char url[HTTP_URL_ROOM];

    error_precede(error, mark, "The request to %s could not be sent%s. ", http_target_text(part->now, url),
                  part->proxy.is_used ? " through the HTTP proxy" : "");
    request_disconnect(part);
    part->progress = TRANSMIT_NOTHING;
    return hr;
}

/* Whether the failure is that of a connection that has been idle too long, and all that is lost can be sent again. */
static bool can_retry(const struct request_part *part, HRESULT hr)
{
    return hr == WS_E_ENDPOINT_DISCONNECTED && part->connection && part->connection->is_used && !part->is_retried &&
           !part->has_begun;
}

/* A connection, and whether it is to be connected. */
static HRESULT get_connection(WS_CHANNEL *channel, struct operation *operation, WS_ERROR *error)
{
    struct request_part *part = channel->part;
    HRESULT hr;

    if (part->progress == TRANSMIT_NOTHING)
    {
        operation_set_timeout(operation, setting_load(&channel->settings.send_timeout), send_timeout_name);
        part->progress = TRANSMIT_CONNECTION;
    }
    if (!part->connection && (hr = http_pool_get(part->key, channel->settings.max_server_connections, part->is_retried,
                                                 &part->waiter, operation, &part->connection, error)) != S_OK)
        return hr;
    /* A streamed message cannot be sent again: so it looks first. can_retry() finds that nothing is lost. */
    if (part->is_streamed && part->connection->is_used && !part->has_begun &&
        socket_is_stale(&part->connection->http.socket))
        return WS_E_ENDPOINT_DISCONNECTED;
    part->progress = socket_is_open(&part->connection->http.socket) ? TRANSMIT_BYTES : TRANSMIT_CONNECT;
    return S_OK;
}

static HRESULT transmit(WS_CHANNEL *channel, struct operation *operation, WS_ERROR *error)
{
    struct request_part *part = channel->part;
    HRESULT hr;

    if (part->progress == TRANSMIT_CONNECT)
    {
        if ((hr = connect_socket(channel, operation, error)) != S_OK)
            return hr;
        operation_set_timeout(operation, setting_load(&channel->settings.send_timeout), send_timeout_name);
        part->progress = TRANSMIT_BYTES;
    }
    return http_send(&part->connection->http, operation, part->sending, part->sending_count, error);
}

/*
 * On a connection that has been idle, where a failure may not matter. Nothing is reported before it is known that it
 * does; then what the operation says of itself, that it has been cancelled or is too late, is asked for again.
 */
static HRESULT transmit_on_used(WS_CHANNEL *channel, struct operation *operation, WS_ERROR *error)
{
    struct request_part *part = channel->part;
    HRESULT hr = transmit(channel, operation, NULL), check;

    if (hr == S_OK || hr == OPERATION_WAITS || can_retry(part, hr))
        return hr;
    check = operation_check(operation, error);
    return check != S_OK ? check : error_report(error, hr, "The connection to the server has failed.");
}

/* One attempt. */
static HRESULT attempt(WS_CHANNEL *channel, struct operation *operation, WS_ERROR *error)
{
    struct request_part *part = channel->part;
    HRESULT hr;

    if (part->progress <= TRANSMIT_CONNECTION && (hr = get_connection(channel, operation, error)) != S_OK)
        return hr;
    return part->connection->is_used && !part->is_retried ? transmit_on_used(channel, operation, error)
                                                          : transmit(channel, operation, error);
}

/*
 * The server has closed the connection before it had all of the request. If it has answered before that, as it does to
 * what it refuses from the head alone, the answer says why, and is read in its turn.
 */
static HRESULT look_for_answer(WS_CHANNEL *channel, struct operation *operation)
{
    struct request_part *part = channel->part;

    if (part->progress == TRANSMIT_BYTES)
        operation_set_timeout(operation, EARLY_TIMEOUT, send_timeout_name);
    part->progress = TRANSMIT_ANSWER;
    return http_receive_response(&part->connection->http, operation, &http_default_limits, false, RECEIVE_MAYBE, NULL);
}

HRESULT request_transmit(WS_CHANNEL *channel, struct operation *operation, WS_ERROR *error)
{
    struct request_part *part = channel->part;
    ULONG mark = error_mark(error);
    HRESULT hr, early;

    while ((hr = part->progress == TRANSMIT_ANSWER ? part->result : attempt(channel, operation, error)) != S_OK)
    {
        if (hr == OPERATION_WAITS)
            return hr;
        if (can_retry(part, hr))
        {
            request_disconnect(part);
            part->is_retried = true;
            part->progress = TRANSMIT_NOTHING;
            continue;
        }
        part->result = hr;
        if (hr != WS_E_ENDPOINT_DISCONNECTED || part->progress < TRANSMIT_BYTES)
            return transmit_failed(part, mark, hr, error);
        if ((early = look_for_answer(channel, operation)) == OPERATION_WAITS)
            return early;
        if (early != S_OK)
            return transmit_failed(part, mark, hr, error);
        part->has_answer = true;
        break;
    }
    part->progress = TRANSMIT_NOTHING;
    return S_OK;
}

/* --- Buffered messages --- */

static HRESULT make_sending(struct request_part *part, ULONG count, WS_ERROR *error)
{
    if (count <= part->sending_room)
        return S_OK;
    memory_free(part->sending);
    part->sending_room = 0;
    if (!(part->sending = memory_alloc(count * sizeof(*part->sending), "pieces of HTTP requests")))
        return error_report(error, E_OUTOFMEMORY, "There is no memory to send %u pieces of a message.",
                            (unsigned)count);
    part->sending_room = count;
    return S_OK;
}

static void add_piece(struct request_part *part, const void *bytes, size_t length)
{
    if (!length)
        return;
    part->sending[part->sending_count].bytes = (BYTE *)bytes;
    part->sending[part->sending_count++].length = (ULONG)length;
}

HRESULT request_prepare(WS_CHANNEL *channel, WS_ERROR *error)
{
    struct request_part *part = channel->part;
    HRESULT hr;

    if ((hr = request_make_head(channel, error)) != S_OK || (hr = make_sending(part, 2, error)) != S_OK)
        return hr;
    part->sending_count = 0;
    add_piece(part, part->head, part->head_length);
    add_piece(part, part->body.bytes, part->body.length);
    part->progress = TRANSMIT_NOTHING;
    return S_OK;
}

static COLD HRESULT too_large(const WS_CHANNEL *channel, ULONG mark, HRESULT hr, WS_ERROR *error)
{
    if (hr == WS_E_QUOTA_EXCEEDED && !(channel->settings.transfer_mode & WS_STREAMED_OUTPUT_TRANSFER_MODE))
        error_precede(error, mark,
                      "The message is larger than WS_CHANNEL_PROPERTY_MAX_BUFFERED_MESSAGE_SIZE, which is "
                      "%u bytes. ",
                      (unsigned)channel->settings.max_buffered_size);
    return hr;
}

static bool is_mtom(WS_ENCODING encoding)
{
    return encoding == WS_ENCODING_XML_MTOM_UTF8 || encoding == WS_ENCODING_XML_MTOM_UTF16BE ||
           encoding == WS_ENCODING_XML_MTOM_UTF16LE;
}

/* --- Streamed messages: chunks of what the writer flushes --- */

/* Prepares a chunk of all pieces; with the first one goes the head, with the last one the end. */
static HRESULT prepare_chunk(WS_CHANNEL *channel, WS_ERROR *error)
{
    struct request_part *part = channel->part;
    uint64_t length = 0;
    HRESULT hr;
    ULONG i;

    if ((hr = make_sending(part, part->piece_count + 4, error)) != S_OK ||
        (!part->has_begun && (hr = request_make_head(channel, error)) != S_OK))
        return hr;
    for (i = 0; i < part->piece_count; i++)
        length += part->pieces[i].length;
    part->sending_count = 0;
    if (!part->has_begun)
        add_piece(part, part->head, part->head_length);
    if (length)
    {
        add_piece(part, part->chunk, http_chunk_start(part->chunk, length, false));
        for (i = 0; i < part->piece_count; i++)
            add_piece(part, part->pieces[i].bytes, part->pieces[i].length);
        add_piece(part, "\r\n", 2);
    }
    if (part->is_last)
        add_piece(part, HTTP_CHUNKS_END, sizeof(HTTP_CHUNKS_END) - 1);
    return S_OK;
}

static HRESULT chunk_step(WS_CHANNEL *channel, struct operation *operation, WS_ERROR *error)
{
    struct request_part *part = channel->part;
    HRESULT hr;

    /* The server does not want to know more. */
    if (part->has_answer)
        return S_OK;
    if (part->progress == TRANSMIT_NOTHING && (hr = prepare_chunk(channel, error)) != S_OK)
        return hr;
    if (!part->sending_count)
        return S_OK;
    if ((hr = request_transmit(channel, operation, error)) == S_OK)
        part->has_begun = true;
    return hr;
}

/* The writer flushes: WsFlushBody(), and the end. */
static HRESULT CALLBACK write_chunk(void *state, const WS_BYTES *pieces, ULONG count, const WS_ASYNC_CONTEXT *context,
                                    WS_ERROR *error)
{
    WS_CHANNEL *channel = state;
    struct request_part *part = channel->part;

    part->pieces = pieces;
    part->piece_count = count;
    return channel_run_body(channel, CHANNEL_SENDING_BODY, chunk_step, context, error);
}

/* --- The functions of the transport --- */

/* Begins an exchange. One whose response nobody has asked for is over then. */
static HRESULT begin(WS_CHANNEL *channel, WS_ERROR *error)
{
    struct request_part *part = channel->part;
    enum request_exchange before;

    mutex_lock(&part->lock);
    before = part->exchange;
    if (before == EXCHANGE_IDLE || before == EXCHANGE_SENT)
        part->exchange = EXCHANGE_WRITING;
    mutex_unlock(&part->lock);
    if (before == EXCHANGE_READING)
        return error_report(error, WS_E_INVALID_OPERATION,
                            "The response to the last request is being read: that must be ended or abandoned before "
                            "the next request.");
    request_let_linger(part);
    http_target_release(&part->redirected);
    part->progress = TRANSMIT_NOTHING;
    part->stage = STAGE_BEGIN;
    part->is_streamed = channel->settings.transfer_mode & WS_STREAMED_OUTPUT_TRANSFER_MODE;
    part->has_begun = part->is_last = part->is_ended = part->is_retried = false;
    part->is_flushing = part->is_flushed = part->has_answer = false;
    part->redirects = 0;
    part->interim = 0;
    part->body.length = 0;
    return S_OK;
}

static HRESULT set_writer(WS_CHANNEL *channel, WS_ERROR *error)
{
    const struct channel_settings *settings = &channel->settings;
    struct request_part *part = channel->part;
    WS_XML_WRITER_BUFFER_OUTPUT buffer = {{WS_XML_WRITER_OUTPUT_TYPE_BUFFER}};
    WS_XML_WRITER_STREAM_OUTPUT stream = {{WS_XML_WRITER_OUTPUT_TYPE_STREAM}, write_chunk, channel};

    return http_set_writer(part->writer, part->is_streamed ? &stream.output : &buffer.output, settings->encoding,
                           settings->envelope_version, is_mtom(settings->encoding) ? &part->parts : NULL,
                           part->is_streamed ? settings->max_streamed_flush : settings->max_buffered_size, error);
}

/* Raw bytes have no envelope around them. */
static HRESULT write_envelope_start(WS_CHANNEL *channel, WS_MESSAGE *message, WS_ERROR *error)
{
    struct request_part *part = channel->part;

    if (channel->settings.encoding == WS_ENCODING_RAW)
        return message_write_raw_start(message, part->writer, error);
    return message_write_start(message, part->writer,
                               channel->settings.addressing_version == WS_ADDRESSING_VERSION_TRANSPORT, error);
}

HRESULT request_write_start(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *operation, WS_ERROR *error)
{
    struct request_part *part = channel->part;
    ULONG mark = error_mark(error);
    HRESULT hr;

    (void)operation;
    if ((hr = begin(channel, error)) != S_OK)
        return hr;
    if (is_mtom(channel->settings.encoding))
        http_parts_make(&part->parts);
    if ((hr = request_set_target(channel, &part->target, error)) == S_OK &&
        (hr = request_make_fields(channel, message, error)) == S_OK && (hr = set_writer(channel, error)) == S_OK)
        hr = too_large(channel, mark, write_envelope_start(channel, message, error), error);
    if (hr != S_OK)
        request_finish(part);
    return hr;
}

/* By the program's encoder. */
static HRESULT encode(WS_CHANNEL *channel, struct operation *operation, WS_ERROR *error)
{
    static const size_t name = sizeof("Content-Type: ") - 1, line_end = 2;
    struct request_part *part = channel->part;
    struct mime_text type = {part->fields + name, part->type_length - name - line_end};
    HRESULT hr;

    operation_blocks(operation);
    if ((hr = http_encode(&part->encoder, &channel->settings.encoder, type, &part->body,
                          channel->settings.max_buffered_size, error)) == S_OK)
        part->body = part->encoder.bytes;
    return hr;
}

/* What the writer has, after the end of the message. */
static HRESULT end_message(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *operation, WS_ERROR *error)
{
    struct request_part *part = channel->part;
    ULONG mark = error_mark(error);
    HRESULT hr = channel->settings.encoding == WS_ENCODING_RAW ? message_write_raw_end(message, error)
                                                               : message_write_end(message, error);

    part->is_ended = true;
    if (hr == S_OK && !part->is_streamed)
        hr = writer_get_bytes(part->writer, &part->body, error);
    if (hr != S_OK)
        return too_large(channel, mark, hr, error);
    if (part->is_streamed)
        return S_OK;
    if (channel->settings.encoder.createEncoderCallback && (hr = encode(channel, operation, error)) != S_OK)
        return hr;
    return request_prepare(channel, error);
}

/*
 * What the writer still has, and the end. That goes with the last chunk, if it is known which one that is: MTOM's
 * writer may flush several times.
 */
static HRESULT flush_end(WS_CHANNEL *channel, struct operation *operation, WS_ERROR *error)
{
    struct request_part *part = channel->part;
    HRESULT hr;

    if (part->is_flushed)
        return chunk_step(channel, operation, error);
    if (part->is_flushing)
        hr = operation_take_result(operation);
    else
    {
        part->is_flushing = true;
        part->is_last = !is_mtom(channel->settings.encoding);
        hr = writer_flush(part->writer, 0, operation_context(operation), error);
        hr = operation_called(operation, hr, error);
    }
    if (hr != S_OK || part->is_last)
        return hr;
    part->is_flushed = part->is_last = true;
    part->piece_count = 0;
    return chunk_step(channel, operation, error);
}

HRESULT request_write_end(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *operation, WS_ERROR *error)
{
    struct request_part *part = channel->part;
    HRESULT hr = part->is_ended ? S_OK : end_message(channel, message, operation, error);

    if (hr == S_OK)
        hr = part->is_streamed ? flush_end(channel, operation, error) : request_transmit(channel, operation, error);
    if (hr == OPERATION_WAITS)
        return hr;
    if (hr != S_OK)
    {
        request_disconnect(part);
        request_finish(part);
        return hr;
    }
    mutex_lock(&part->lock);
    part->exchange = EXCHANGE_SENT;
    mutex_unlock(&part->lock);
    return S_OK;
}
