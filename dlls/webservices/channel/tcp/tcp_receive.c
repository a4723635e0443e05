/* SPDX-License-Identifier: MIT */
/*
 * tcp_receive.c - messages that are received.
 *
 * A buffered message is put together in the buffer of the channel, where the reader reads it; most often it lies there
 * as it has come. A streamed one is given to the reader as it comes: by read_start up to its body, by WsFillBody and by
 * read_end after that.
 */
#include "tcp.h"

#include "base/error.h"
#include "message/message.h"
#include "xml/reader/reader.h"

#include <inttypes.h>
#include <string.h>

#define RECEIVE_TIMEOUT "WS_CHANNEL_PROPERTY_RECEIVE_TIMEOUT"

/* --- Events --- */

/*
 * How many more bytes the framing waits for. Where it does not know, the next message is taken to be as large as the
 * one before, so that one receive may get it all.
 */
static size_t wanted(const struct tcp_in *in)
{
    if (in->framing.left)
        return in->framing.left;
    return in->framing.state == FRAMING_BETWEEN_ENVELOPES ? in->expected : 1;
}

/* After something has been sent an answer is waited for, which cannot be there yet. */
static enum receive_hint hint_of(struct tcp_channel *tcp)
{
    return __atomic_exchange_n(&tcp->has_sent, false, __ATOMIC_RELAXED) ? RECEIVE_SURELY_NOT : RECEIVE_MAYBE;
}

/*
 * Receives more. A session that is waiting for a message goes on after a timeout; in the middle of one it does not.
 */
static HRESULT receive_more(WS_CHANNEL *channel, struct operation *op, WS_ERROR *error)
{
    struct tcp_channel *tcp = tcp_part(channel);
    struct tcp_in *in = &tcp->in;
    HRESULT hr = tcp_buffer_receive(&in->buffer, &tcp->socket, op, wanted(in), hint_of(tcp), error);

    if (hr == S_FALSE)
    {
        if ((hr = framing_close(&in->framing, error)) == S_OK)
            return WS_S_END;
        channel_fault(channel);
    }
    else if (FAILED(hr) &&
             (hr != WS_E_OPERATION_TIMED_OUT || in->buffer.start < in->buffer.end || framing_in_envelope(&in->framing)))
        channel_fault(channel);
    return hr;
}

HRESULT tcp_next_event(WS_CHANNEL *channel, struct operation *op, enum framing_event *event,
                       struct framing_input *input, WS_ERROR *error)
{
    struct tcp_in *in = &tcp_part(channel)->in;
    HRESULT hr;

    for (;;)
    {
        hr = tcp_buffer_read(&in->buffer, &in->framing, event, input, error);
        if (hr != S_OK)
            channel_fault(channel);
        if (hr != S_OK || *event != FRAMING_NEEDS_MORE)
            return hr;
        if ((hr = receive_more(channel, op, error)) != S_OK)
            return hr;
    }
}

/* --- Session strings --- */

static COLD HRESULT ends_in_table(WS_ERROR *error)
{
    return error_report(error, WS_E_INVALID_FORMAT,
                        "The peer sent a message that ends within its table of session "
                        "strings.");
}

/* Whatever goes wrong, the numbers of strings are not known any more. */
static HRESULT read_strings(WS_CHANNEL *channel, const BYTE *bytes, size_t length, size_t *used, bool *done,
                            WS_ERROR *error)
{
    HRESULT hr = framing_strings_read(&tcp_part(channel)->in.strings, bytes, length, used, done, error);

    if (hr != S_OK)
        channel_fault(channel);
    return hr;
}

/* --- Buffered messages --- */

/* All of a message into the buffer. */
static HRESULT receive_message(WS_CHANNEL *channel, struct operation *op, WS_ERROR *error)
{
    struct tcp_buffer *buffer = &tcp_part(channel)->in.buffer;
    enum framing_event event;
    struct framing_input input;
    HRESULT hr;

    for (;;)
    {
        if ((hr = tcp_next_event(channel, op, &event, &input, error)) != S_OK)
            return hr;
        switch (event)
        {
        case FRAMING_SIZED:
        case FRAMING_UNSIZED: tcp_buffer_begin(buffer); break;
        case FRAMING_DATA: tcp_buffer_add(buffer, input.bytes, input.length); break;
        case FRAMING_ENVELOPE_END:
            tcp_part(channel)->in.expected = buffer->message_size + FRAMING_SIZE_ROOM;
            return S_OK;
        default: return WS_S_END;
        }
    }
}

static HRESULT set_reader(WS_CHANNEL *channel, const WS_XML_READER_INPUT *input, WS_ERROR *error)
{
    struct tcp_in *in = &tcp_part(channel)->in;
    HRESULT hr;

    if ((hr = tcp_make_reader(&in->reader, error)) != S_OK)
        return hr;
    return tcp_set_reader(in->reader, in->encoding, &in->strings, input, error);
}

/* The message that is in the buffer. */
static HRESULT read_buffered(WS_CHANNEL *channel, WS_MESSAGE *message, WS_ERROR *error)
{
    struct tcp_in *in = &tcp_part(channel)->in;
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, NULL, 0};
    BYTE *bytes = in->buffer.bytes + in->buffer.message;
    size_t used = 0;
    bool done;
    HRESULT hr;

    if (in->encoding == FRAMING_BINARY_SESSION)
    {
        if ((hr = read_strings(channel, bytes, in->buffer.message_size, &used, &done, error)) != S_OK)
            return hr;
        if (!done)
        {
            channel_fault(channel);
            return ends_in_table(error);
        }
    }
    input.encodedData = bytes + used;
    input.encodedDataSize = (ULONG)(in->buffer.message_size - used);
    if ((hr = set_reader(channel, &input.input, error)) != S_OK)
        return hr;
    hr = message_read_start(message, in->reader, error);
    return hr == READER_STARVED ? error_report(error, WS_E_INVALID_FORMAT, "The message ends before its body.") : hr;
}

static void end_message(struct tcp_in *in)
{
    tcp_end_reader(&in->reader);
    tcp_buffer_end(&in->buffer);
}

static HRESULT start_buffered(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *op, WS_ERROR *error)
{
    struct tcp_in *in = &tcp_part(channel)->in;
    HRESULT hr = receive_message(channel, op, error);

    if (hr == OPERATION_WAITS)
        return hr;
    if (hr == S_OK)
        hr = read_buffered(channel, message, error);
    if (hr != S_OK)
        end_message(in);
    return hr;
}

/* --- Streamed messages --- */

static COLD HRESULT start_too_large(const WS_CHANNEL *channel, WS_ERROR *error)
{
    return error_report(error, WS_E_QUOTA_EXCEEDED,
                        "The start of the message has more than %" PRIu64 " bytes; "
                        "WS_CHANNEL_PROPERTY_MAX_STREAMED_START_SIZE is %u.",
                        tcp_part(channel)->in.filled, (unsigned)channel->settings.max_streamed_start);
}

/* Up to the first byte of the envelope itself. */
static HRESULT receive_start(WS_CHANNEL *channel, struct operation *op, WS_ERROR *error)
{
    struct tcp_in *in = &tcp_part(channel)->in;
    enum framing_event event;
    struct framing_input input;
    size_t used;
    bool done;
    HRESULT hr;

    do
    {
        if ((hr = tcp_next_event(channel, op, &event, &input, error)) != S_OK)
            return hr;
        if (event == FRAMING_END)
            return WS_S_END;
        if (event == FRAMING_ENVELOPE_END)
        {
            channel_fault(channel);
            return ends_in_table(error);
        }
        if (event == FRAMING_SIZED || event == FRAMING_UNSIZED)
        {
            in->in_table = in->encoding == FRAMING_BINARY_SESSION;
            in->rest_size = 0;
        }
        else if (in->in_table)
        {
            if ((hr = read_strings(channel, input.bytes, input.length, &used, &done, error)) != S_OK)
                return hr;
            in->in_table = !done;
            in->rest = input.bytes + used;
            in->rest_size = input.length - used;
        }
    } while (in->in_table);
    return S_OK;
}

/* Gives the reader's callback what is there. */
static void give_rest(struct tcp_in *in)
{
    size_t length = in->rest_size < in->fill_size ? in->rest_size : in->fill_size;

    memcpy(in->fill_bytes, in->rest, length);
    in->rest += length;
    in->rest_size -= length;
    in->filled += length;
    *in->fill_actual = (ULONG)length;
}

/* The step of the read callback: some bytes, or none at the end of the message. */
static HRESULT fill_step(WS_CHANNEL *channel, struct operation *op, WS_ERROR *error)
{
    struct tcp_in *in = &tcp_part(channel)->in;
    enum framing_event event;
    struct framing_input input;
    HRESULT hr;

    *in->fill_actual = 0;
    if (!in->is_fill_timed)
        operation_set_timeout(op, setting_load(&channel->settings.receive_timeout), RECEIVE_TIMEOUT);
    in->is_fill_timed = true;
    while (!in->rest_size && framing_in_envelope(&in->framing))
    {
        if ((hr = tcp_next_event(channel, op, &event, &input, error)) != S_OK)
            return hr;
        if (event == FRAMING_DATA)
        {
            in->rest = input.bytes;
            in->rest_size = input.length;
        }
    }
    if (in->rest_size)
        give_rest(in);
    return S_OK;
}

/* The WS_READ_CALLBACK of the reader. */
static HRESULT CALLBACK read_stream(void *state, void *bytes, ULONG size, ULONG *actual,
                                    const WS_ASYNC_CONTEXT *context, WS_ERROR *error)
{
    WS_CHANNEL *channel = state;
    struct tcp_in *in = &tcp_part(channel)->in;

    in->fill_bytes = bytes;
    in->fill_size = size;
    in->fill_actual = actual;
    in->is_fill_timed = false;
    return channel_run_body(channel, CHANNEL_RECEIVING_BODY, fill_step, context, error);
}

/* Fills the reader within read_start or read_end, so that it has more than it had. */
static HRESULT fill(WS_CHANNEL *channel, struct operation *op, WS_ERROR *error)
{
    struct tcp_in *in = &tcp_part(channel)->in;
    HRESULT hr;

    if (in->progress == TCP_IN_FILLING)
        hr = operation_take_result(op);
    else
        hr = operation_called(op, reader_fill_more(in->reader, operation_context(op), error), error);
    in->progress = hr == OPERATION_WAITS ? TCP_IN_FILLING : TCP_IN_READING;
    return hr;
}

static HRESULT read_streamed(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *op, WS_ERROR *error)
{
    struct tcp_in *in = &tcp_part(channel)->in;
    HRESULT hr;

    for (;;)
    {
        if (in->progress == TCP_IN_FILLING && (hr = fill(channel, op, error)) != S_OK)
            return hr;
        if ((hr = message_read_start(message, in->reader, error)) != READER_STARVED)
            return hr;
        if (in->filled > channel->settings.max_streamed_start)
            return start_too_large(channel, error);
        if ((hr = fill(channel, op, error)) != S_OK)
            return hr;
    }
}

static HRESULT start_streamed(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *op, WS_ERROR *error)
{
    struct tcp_in *in = &tcp_part(channel)->in;
    WS_XML_READER_STREAM_INPUT input = {{WS_XML_READER_INPUT_TYPE_STREAM}, read_stream, channel};
    HRESULT hr;

    if (in->progress == TCP_IN_RECEIVING)
    {
        if ((hr = receive_start(channel, op, error)) != S_OK || (hr = set_reader(channel, &input.input, error)) != S_OK)
            return hr;
        in->filled = 0;
        in->progress = TCP_IN_READING;
    }
    hr = read_streamed(channel, message, op, error);
    if (FAILED(hr))
        in->is_skipped = true;
    return hr;
}

/* What is left of a message that nobody wants. */
static HRESULT skip(WS_CHANNEL *channel, struct operation *op, WS_ERROR *error)
{
    struct tcp_in *in = &tcp_part(channel)->in;
    enum framing_event event;
    struct framing_input input;
    HRESULT hr;

    while (framing_in_envelope(&in->framing))
        if ((hr = tcp_next_event(channel, op, &event, &input, error)) != S_OK)
            return hr;
    in->rest_size = 0;
    in->is_skipped = false;
    return S_OK;
}

static HRESULT end_streamed(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *op, WS_ERROR *error)
{
    struct tcp_in *in = &tcp_part(channel)->in;
    HRESULT hr;

    while (in->progress != TCP_IN_SKIPPING)
    {
        if (in->progress == TCP_IN_FILLING && (hr = fill(channel, op, error)) != S_OK)
            return hr;
        if ((hr = message_read_end(message, error)) != READER_STARVED)
        {
            if (hr != S_OK)
                return hr;
            in->progress = TCP_IN_SKIPPING;
        }
        else if ((hr = fill(channel, op, error)) != S_OK)
            return hr;
    }
    return skip(channel, op, error);
}

/* --- The functions of the transport --- */

static HRESULT start(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *op, WS_ERROR *error)
{
    struct tcp_in *in = &tcp_part(channel)->in;
    HRESULT hr;

    if (in->progress == TCP_IN_IDLE)
    {
        operation_set_timeout(op, setting_load(&channel->settings.receive_timeout), RECEIVE_TIMEOUT);
        in->progress = in->is_skipped ? TCP_IN_SKIPPING : TCP_IN_RECEIVING;
    }
    if (in->progress == TCP_IN_SKIPPING)
    {
        if ((hr = skip(channel, op, error)) != S_OK)
            return hr;
        in->progress = TCP_IN_RECEIVING;
    }
    if (in->framing.state == FRAMING_ENDED)
        return WS_S_END;
    return tcp_streams_in(channel) ? start_streamed(channel, message, op, error)
                                   : start_buffered(channel, message, op, error);
}

HRESULT tcp_read_start(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *op, WS_ERROR *error)
{
    HRESULT hr = start(channel, message, op, error);

    if (hr != OPERATION_WAITS)
        tcp_part(channel)->in.progress = TCP_IN_IDLE;
    return hr;
}

HRESULT tcp_read_end(WS_CHANNEL *channel, WS_MESSAGE *message, struct operation *op, WS_ERROR *error)
{
    struct tcp_in *in = &tcp_part(channel)->in;
    HRESULT hr;

    if (!tcp_streams_in(channel))
    {
        hr = message_read_end(message, error);
        end_message(in);
        return hr == READER_STARVED ? error_report(error, WS_E_INVALID_FORMAT, "The message ends within its body.")
                                    : hr;
    }
    if (in->progress == TCP_IN_IDLE)
    {
        operation_set_timeout(op, setting_load(&channel->settings.receive_timeout), RECEIVE_TIMEOUT);
        in->progress = TCP_IN_READING;
    }
    if ((hr = end_streamed(channel, message, op, error)) == OPERATION_WAITS)
        return hr;
    in->is_skipped = framing_in_envelope(&in->framing);
    in->progress = TCP_IN_IDLE;
    tcp_end_reader(&in->reader);
    return hr;
}

void tcp_abandon_read(WS_CHANNEL *channel)
{
    struct tcp_in *in = &tcp_part(channel)->in;

    if (tcp_streams_in(channel))
        in->is_skipped = true;
    end_message(in);
}
