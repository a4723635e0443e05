/* SPDX-License-Identifier: MIT */
/*
 * tcp_send.c - messages that are sent.
 *
 * A buffered message is in the writer's memory until its end, and goes out in one send then: the record with its size,
 * the table of new session strings, the envelope.
 *
 * A streamed one goes out in chunks, whenever the writer is flushed: at its start, by WsFlushBody, at its end. The
 * writer's callback sends a chunk as an operation of its own, with the context that it gets; where it is this file that
 * flushes, that is the one of the operation that is running. The table of session strings is in the first chunk, so
 * strings that come later get no numbers in this message.
 */
#include "tcp.h"

#include "base/error.h"
#include "base/memory.h"
#include "message/message.h"
#include "xml/binary_records.h"
#include "xml/writer/writer.h"
#include "xml/writer/writer_object.h"

#include <inttypes.h>
#include <string.h>

#define SEND_TIMEOUT "WS_CHANNEL_PROPERTY_SEND_TIMEOUT"

/* In this mode each side sends one message, and the end of the session right after it: WCF does not answer before. */
static bool is_singleton(const WS_CHANNEL *channel)
{
    return tcp_part(channel)->in.framing.mode == FRAMING_SINGLETON_UNSIZED;
}

/* Whether messages go without their sizes. */
static bool is_unsized(const WS_CHANNEL *channel)
{
    return tcp_streams_out(channel) || is_singleton(channel);
}

/* --- Sending --- */

/* Makes room for so many parts. */
static HRESULT prepare_parts(struct tcp_out *out, ULONG count, WS_ERROR *error)
{
    out->parts = out->few_parts;
    out->count = 0;
    out->sent = 0;
    if (count > TCP_FEW_PARTS &&
        !(out->parts = memory_alloc((size_t)count * sizeof(*out->parts), "parts of a message")))
    {
        out->parts = out->few_parts;
        return error_report(error, E_OUTOFMEMORY, "There is no memory for the list of a message's parts: they are %u.",
                            (unsigned)count);
    }
    return S_OK;
}

static void add_part(struct tcp_out *out, const BYTE *bytes, size_t length)
{
    if (!length)
        return;
    out->parts[out->count].bytes = (BYTE *)bytes;
    out->parts[out->count++].length = (ULONG)length;
}

/* The end of a message without a size, perhaps with that of the session. */
static void add_tail(const WS_CHANNEL *channel, struct tcp_out *out)
{
    out->tail[0] = 0;
    out->tail[1] = FRAMING_RECORD_END;
    out->is_ended = is_singleton(channel);
    add_part(out, out->tail, out->is_ended ? 2 : 1);
}

/* Sends what has been prepared; if that fails the session is of no use any more. */
static HRESULT send_parts(WS_CHANNEL *channel, struct operation *op, WS_ERROR *error)
{
    struct tcp_channel *tcp = tcp_part(channel);
    struct tcp_out *out = &tcp->out;
    HRESULT hr = socket_send(&tcp->socket, op, out->parts, out->count, &out->sent, error);

    if (hr == OPERATION_WAITS)
        return hr;
    if (out->parts != out->few_parts)
        memory_free(out->parts);
    out->parts = out->few_parts;
    out->progress = TCP_OUT_IDLE;
    if (hr != S_OK)
    {
        out->is_broken = true;
        channel_fault(channel);
    }
    __atomic_store_n(&tcp->has_sent, true, __ATOMIC_RELAXED);
    return hr;
}

HRESULT tcp_send_byte(WS_CHANNEL *channel, struct operation *op, enum framing_record record, WS_ERROR *error)
{
    struct tcp_channel *tcp = tcp_part(channel);
    BYTE byte = (BYTE)record;
    WS_BYTES part = {1, &byte};
    size_t sent = 0;

    return socket_send(&tcp->socket, op, &part, 1, &sent, error);
}

/* --- Buffered messages --- */

static COLD HRESULT too_large(const WS_CHANNEL *channel, uint64_t size, WS_ERROR *error)
{
    return error_report(error, WS_E_QUOTA_EXCEEDED,
                        "The message has %" PRIu64 " bytes; WS_CHANNEL_PROPERTY_MAX_BUFFERED_MESSAGE_SIZE is %u.", size,
                        (unsigned)channel->settings.max_buffered_size);
}

/* The session strings of the message, and the size of all that is in its record. */
static WS_BYTES table_of(const WS_CHANNEL *channel, size_t *size, size_t *prefix)
{
    const struct tcp_out *out = &tcp_part(channel)->out;
    WS_BYTES table = {0, NULL};
    BYTE bytes[5];

    *prefix = 0;
    if (channel->settings.encoding != WS_ENCODING_XML_BINARY_SESSION_1)
        return table;
    table = framing_strings_unsent(&out->strings);
    *prefix = (size_t)(binary_put_int31(bytes, table.length) - bytes);
    *size += *prefix + table.length;
    return table;
}

static HRESULT prepare_message(WS_CHANNEL *channel, WS_ERROR *error)
{
    struct tcp_out *out = &tcp_part(channel)->out;
    size_t size = 0, prefix;
    WS_BUFFERS buffers;
    WS_BYTES table;
    BYTE *p = out->head;
    ULONG i;
    HRESULT hr;

    if ((hr = writer_get_property(out->writer, WS_XML_WRITER_PROPERTY_BUFFERS, &buffers, sizeof(buffers), error)) !=
        S_OK)
        return hr;
    for (i = 0; i < buffers.bufferCount; i++)
        size += buffers.buffers[i].length;
    table = table_of(channel, &size, &prefix);
    if (size > channel->settings.max_buffered_size || size > BINARY_MAX_INT31)
        return too_large(channel, size, error);
    if ((hr = prepare_parts(out, buffers.bufferCount + 3, error)) != S_OK)
        return hr;
    if (is_unsized(channel))
    {
        *p++ = FRAMING_RECORD_UNSIZED_ENVELOPE;
        p += framing_put_chunk(p, (uint32_t)size);
    }
    else
        p += framing_put_size(p, (uint32_t)size);
    if (prefix)
        p = binary_put_int31(p, table.length);
    add_part(out, out->head, (size_t)(p - out->head));
    add_part(out, table.bytes, table.length);
    for (i = 0; i < buffers.bufferCount; i++)
        add_part(out, buffers.buffers[i].bytes, buffers.buffers[i].length);
    if (is_unsized(channel))
        add_tail(channel, out);
    /* If it does not get there, nothing will. */
    framing_strings_sent(&out->strings);
    return S_OK;
}

static HRESULT end_buffered(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *op, WS_ERROR *error)
{
    struct tcp_out *out = &tcp_part(channel)->out;
    HRESULT hr;

    if (out->progress == TCP_OUT_IDLE)
    {
        if ((hr = message_write_end(message, error)) != S_OK || (hr = prepare_message(channel, error)) != S_OK)
            return hr;
        operation_set_timeout(op, setting_load(&channel->settings.send_timeout), SEND_TIMEOUT);
        out->progress = TCP_OUT_SENDING;
    }
    return send_parts(channel, op, error);
}

/* --- Streamed messages --- */

/* Prepares the next chunk, of what the writer has flushed. */
static HRESULT prepare_chunk(WS_CHANNEL *channel, WS_ERROR *error)
{
    struct tcp_out *out = &tcp_part(channel)->out;
    size_t size = 0, prefix = 0;
    WS_BYTES table = {0, NULL};
    BYTE *p = out->head;
    ULONG i;
    HRESULT hr;

    for (i = 0; i < out->flushed_count; i++)
        size += out->flushed[i].length;
    if (!out->is_begun)
        table = table_of(channel, &size, &prefix);
    if (size > channel->settings.max_streamed_size - out->written)
        return error_report(error, WS_E_QUOTA_EXCEEDED,
                            "The message has at least %" PRIu64 " bytes; "
                            "WS_CHANNEL_PROPERTY_MAX_STREAMED_MESSAGE_SIZE is %" PRIu64 ".",
                            out->written + size, (uint64_t)channel->settings.max_streamed_size);
    if ((hr = prepare_parts(out, out->flushed_count + 3, error)) != S_OK)
        return hr;
    if (!out->is_begun)
        *p++ = FRAMING_RECORD_UNSIZED_ENVELOPE;
    if (size)
        p += framing_put_chunk(p, (uint32_t)size);
    if (prefix)
        p = binary_put_int31(p, table.length);
    add_part(out, out->head, (size_t)(p - out->head));
    add_part(out, table.bytes, table.length);
    for (i = 0; i < out->flushed_count; i++)
        add_part(out, out->flushed[i].bytes, out->flushed[i].length);
    if (out->is_last)
        add_tail(channel, out);
    framing_strings_sent(&out->strings);
    out->strings.is_closed = true;
    out->is_begun = true;
    out->written += size;
    return S_OK;
}

static HRESULT send_chunk(WS_CHANNEL *channel, struct operation *op, WS_ERROR *error)
{
    struct tcp_out *out = &tcp_part(channel)->out;
    HRESULT hr;

    if (out->progress == TCP_OUT_IDLE)
    {
        if ((hr = prepare_chunk(channel, error)) != S_OK)
            return hr;
        operation_set_timeout(op, setting_load(&channel->settings.send_timeout), SEND_TIMEOUT);
        out->progress = TCP_OUT_SENDING;
    }
    return out->count ? send_parts(channel, op, error) : (out->progress = TCP_OUT_IDLE, S_OK);
}

/* The WS_WRITE_CALLBACK of the writer. */
static HRESULT CALLBACK write_stream(void *state, const WS_BYTES *buffers, ULONG count, const WS_ASYNC_CONTEXT *context,
                                     WS_ERROR *error)
{
    WS_CHANNEL *channel = state;
    struct tcp_out *out = &tcp_part(channel)->out;

    out->flushed = buffers;
    out->flushed_count = count;
    return channel_run_body(channel, CHANNEL_SENDING_BODY, send_chunk, context, error);
}

/* Flushes the writer, within write_start or write_end. */
static HRESULT flush(WS_CHANNEL *channel, struct operation *op, WS_ERROR *error)
{
    struct tcp_out *out = &tcp_part(channel)->out;
    HRESULT hr;

    if (out->is_flushing)
        hr = operation_take_result(op);
    else
        hr = operation_called(op, writer_flush(out->writer, 0, operation_context(op), error), error);
    out->is_flushing = hr == OPERATION_WAITS;
    return hr;
}

static HRESULT end_streamed(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *op, WS_ERROR *error)
{
    struct tcp_out *out = &tcp_part(channel)->out;
    HRESULT hr;

    if (!out->is_flushing)
    {
        out->is_last = true;
        if ((hr = message_write_end(message, error)) != S_OK)
            return hr;
    }
    return flush(channel, op, error);
}

/* --- The functions of the transport --- */

static HRESULT set_writer(WS_CHANNEL *channel, WS_ERROR *error)
{
    struct tcp_out *out = &tcp_part(channel)->out;
    WS_XML_WRITER_BUFFER_OUTPUT buffer = {{WS_XML_WRITER_OUTPUT_TYPE_BUFFER}};
    WS_XML_WRITER_STREAM_OUTPUT stream = {{WS_XML_WRITER_OUTPUT_TYPE_STREAM}, write_stream, channel};
    HRESULT hr;

    if ((hr = tcp_make_writer(&out->writer, error)) != S_OK)
        return hr;
    return tcp_set_writer(out->writer, &channel->settings, &out->strings, &out->boundary,
                          tcp_streams_out(channel) ? &stream.output : &buffer.output, error);
}

/* A message whose beginning is on its way cannot be taken back. */
static void fault_if_begun(WS_CHANNEL *channel)
{
    struct tcp_out *out = &tcp_part(channel)->out;

    if (!out->is_begun)
        return;
    out->is_broken = true;
    channel_fault(channel);
}

HRESULT tcp_write_start(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *op, WS_ERROR *error)
{
    struct tcp_out *out = &tcp_part(channel)->out;
    HRESULT hr;

    if (!out->is_flushing)
    {
        if (out->is_ended)
            return error_report(error, WS_E_INVALID_OPERATION,
                                "A session of net.tcp that is streamed has one message in each direction, and that has "
                                "been sent.");
        out->is_begun = out->is_last = false;
        out->strings.is_closed = false;
        out->written = 0;
        if ((hr = set_writer(channel, error)) != S_OK ||
            (hr = message_write_start(message, out->writer, false, error)) != S_OK || !tcp_streams_out(channel))
            return hr;
    }
    hr = flush(channel, op, error);
    if (FAILED(hr))
        fault_if_begun(channel);
    return hr;
}

HRESULT tcp_write_end(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *op, WS_ERROR *error)
{
    HRESULT hr = tcp_streams_out(channel) ? end_streamed(channel, message, op, error)
                                          : end_buffered(channel, message, op, error);

    if (hr == OPERATION_WAITS)
        return hr;
    if (hr != S_OK)
        fault_if_begun(channel);
    tcp_end_writer(&tcp_part(channel)->out.writer);
    return hr;
}

void tcp_abandon_write(WS_CHANNEL *channel)
{
    fault_if_begun(channel);
    tcp_end_writer(&tcp_part(channel)->out.writer);
}
