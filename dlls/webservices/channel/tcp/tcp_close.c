/* SPDX-License-Identifier: MIT */
/*
 * tcp_close.c - the end of a session.
 *
 * Each side says that it sends no more messages, by a record; a side that has both said and heard so closes the
 * connection. A peer that is gone already is no failure (observed on Windows: of shutdown and of close). close waits
 * for what the peer has to say for CLOSE_TIMEOUT, but no longer than LONGEST_WAIT: both sides of a session end it
 * within some seconds, in whatever order they do so (observed), and a peer that goes on sending is not waited for.
 */
#include "tcp.h"

#include "base/error.h"

#define SEND_TIMEOUT  "WS_CHANNEL_PROPERTY_SEND_TIMEOUT"
#define CLOSE_TIMEOUT "WS_CHANNEL_PROPERTY_CLOSE_TIMEOUT"

#define LONGEST_WAIT 2000u

/* How long a peer whose session has failed has to read why, in milliseconds. */
#define LAST_WORDS 1000u

/* --- Shutting down --- */

HRESULT tcp_shutdown(WS_CHANNEL *channel, struct operation *op, WS_ERROR *error)
{
    struct tcp_channel *tcp = tcp_part(channel);
    HRESULT hr;

    if (tcp->out.is_ended)
        return S_OK;
    if (tcp->progress == TCP_NOTHING)
    {
        operation_set_timeout(op, setting_load(&channel->settings.send_timeout), SEND_TIMEOUT);
        tcp->progress = TCP_ENDING;
    }
    hr = tcp_send_byte(channel, op, FRAMING_RECORD_END, NULL);
    if (hr == OPERATION_WAITS)
        return hr;
    tcp->progress = TCP_NOTHING;
    return FAILED(hr) ? operation_check(op, error) : hr;
}

/* --- Closing --- */

static ULONG close_timeout(const WS_CHANNEL *channel)
{
    ULONG timeout = setting_load(&channel->settings.close_timeout);

    return timeout < LONGEST_WAIT ? timeout : LONGEST_WAIT;
}

/* Whatever the peer sends until it ends the session, or the connection, is forgotten. */
static HRESULT hear_end(WS_CHANNEL *channel, struct operation *op)
{
    struct tcp_channel *tcp = tcp_part(channel);
    enum framing_event event;
    struct framing_input input;
    HRESULT hr;

    /* A peer that floods would never let the operation wait. */
    while ((hr = operation_check(op, NULL)) == S_OK && tcp->in.framing.state != FRAMING_ENDED)
        if ((hr = tcp_next_event(channel, op, &event, &input, NULL)) != S_OK)
            return hr;
    return hr;
}

static HRESULT end_session(WS_CHANNEL *channel, struct operation *op)
{
    struct tcp_channel *tcp = tcp_part(channel);
    HRESULT hr;

    if (tcp->progress == TCP_NOTHING)
    {
        operation_set_timeout(op, close_timeout(channel), CLOSE_TIMEOUT);
        tcp->progress = channel->is_shut_down || tcp->out.is_ended ? TCP_LISTENING_ON : TCP_ENDING;
    }
    if (tcp->progress == TCP_ENDING)
    {
        if ((hr = tcp_send_byte(channel, op, FRAMING_RECORD_END, NULL)) != S_OK)
            return hr;
        tcp->progress = TCP_LISTENING_ON;
    }
    return hear_end(channel, op);
}

/* Only waits that have been ended are failures of close. */
static HRESULT close_result(const WS_CHANNEL *channel, HRESULT hr, WS_ERROR *error)
{
    if (hr == WS_E_OPERATION_ABORTED)
        return error_report(error, hr, "The channel was aborted while it was being closed.");
    if (hr == WS_E_OPERATION_TIMED_OUT && close_timeout(channel) < LONGEST_WAIT)
        return error_report(error, hr, "The peer has not ended the session within %u ms, which is " CLOSE_TIMEOUT ".",
                            (unsigned)close_timeout(channel));
    return S_OK;
}

static HRESULT close_gracefully(WS_CHANNEL *channel, struct operation *op, WS_ERROR *error)
{
    HRESULT hr = end_session(channel, op);

    return hr == OPERATION_WAITS ? hr : close_result(channel, hr, error);
}

/* Whether the peer is to be told that it has broken the rules: only a receiver may do that. */
static bool has_last_words(const WS_CHANNEL *channel)
{
    const struct tcp_channel *tcp = tcp_part(channel);

    return channel->listener && tcp->in.framing.fault != FRAMING_NO_FAULT && !tcp->out.is_broken &&
           !tcp->out.is_ended && !channel->is_shut_down;
}

/* Then it has to read that before the connection is closed, and what it sends meanwhile is read and forgotten. */
static HRESULT say_fault(WS_CHANNEL *channel, struct operation *op)
{
    struct tcp_channel *tcp = tcp_part(channel);
    BYTE fault[FRAMING_FAULT_ROOM];
    WS_BYTES part = {(ULONG)framing_put_fault(fault, tcp->in.framing.fault), fault};
    struct tcp_buffer *buffer = &tcp->in.buffer;
    HRESULT hr = S_OK;

    if (tcp->progress == TCP_NOTHING)
    {
        operation_set_timeout(op, LAST_WORDS, CLOSE_TIMEOUT);
        tcp->out.sent = 0;
        tcp->progress = TCP_REFUSING;
    }
    if (tcp->progress == TCP_REFUSING)
    {
        if ((hr = socket_send(&tcp->socket, op, &part, 1, &tcp->out.sent, NULL)) != S_OK ||
            (hr = socket_shutdown(&tcp->socket, NULL)) != S_OK)
            return hr;
        tcp->progress = TCP_LISTENING_ON;
    }
    buffer->keeps = false;
    while (hr == S_OK && (hr = operation_check(op, NULL)) == S_OK)
    {
        buffer->start = buffer->end = 0;
        hr = tcp_buffer_receive(buffer, &tcp->socket, op, 1, RECEIVE_MAYBE, NULL);
    }
    return hr;
}

HRESULT tcp_close(WS_CHANNEL *channel, struct operation *op, bool graceful, WS_ERROR *error)
{
    struct tcp_channel *tcp = tcp_part(channel);
    HRESULT hr = S_OK;

    if (graceful)
        hr = close_gracefully(channel, op, error);
    else if (has_last_words(channel) && say_fault(channel, op) == OPERATION_WAITS)
        hr = OPERATION_WAITS;
    if (hr == OPERATION_WAITS)
        return hr;
    tcp->progress = TCP_NOTHING;
    if (FAILED(hr) || (!graceful && !has_last_words(channel)))
        socket_reset(&tcp->socket);
    tcp_drop(channel);
    return hr;
}
