/* SPDX-License-Identifier: MIT */
/*
 * tcp_open.c - a client opens a session: it connects, sends the whole preamble at once, and waits for the
 * acknowledgement.
 *
 * CONNECT_TIMEOUT is for connecting and for what follows, as its page says. Looking up the host has RESOLVE_TIMEOUT.
 */
#include "tcp.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "tcp_url.h"

#include <string.h>

#define CONNECT_TIMEOUT "WS_CHANNEL_PROPERTY_CONNECT_TIMEOUT"

/* What is needed while a session is being opened. */
struct tcp_greeting
{
    struct tcp_host host;
    struct socket_connect connect;
    uint64_t deadline; /* of all that comes after looking up the host; 0: that has not ended */
    size_t size, sent;
    BYTE preamble[FRAMING_PREAMBLE_ROOM];
};

/* The mode says whether messages have sizes: those of streams do not. */
static enum framing_mode mode_of(const WS_CHANNEL *channel)
{
    return channel->settings.transfer_mode == WS_BUFFERED_TRANSFER_MODE ? FRAMING_DUPLEX : FRAMING_SINGLETON_UNSIZED;
}

static HRESULT put_preamble(const WS_CHANNEL *channel, struct tcp_greeting *greeting, WS_ERROR *error)
{
    const WS_STRING *url = &channel->address.url;
    struct framing_preamble preamble = {mode_of(channel), NULL, 0, NULL, tcp_part(channel)->encoding, NULL};
    BYTE via[FRAMING_VIA_MAX];

    if (!utf16_to_utf8_length(url->chars, url->length, &preamble.via_length))
        return error_report(error, WS_E_INVALID_ENDPOINT_URL, "The URL of the endpoint is not valid UTF-16.");
    if (preamble.via_length > FRAMING_VIA_MAX)
        return error_report(error, WS_E_INVALID_ENDPOINT_URL,
                            "The URL of the endpoint has %zu bytes of UTF-8; the most that net.tcp allows are %u.",
                            preamble.via_length, FRAMING_VIA_MAX);
    utf16_to_utf8(url->chars, url->length, via);
    preamble.via = via;
    greeting->size = framing_put_preamble(greeting->preamble, &preamble);
    return S_OK;
}

static HRESULT begin(WS_CHANNEL *channel, WS_ERROR *error)
{
    struct tcp_channel *tcp = tcp_part(channel);
    struct tcp_greeting *greeting = memory_alloc(sizeof(*greeting), "session that is being opened");
    HRESULT hr;

    if (!greeting)
        return error_report(error, E_OUTOFMEMORY, "There is no memory to open a session.");
    memset(greeting, 0, offsetof(struct tcp_greeting, preamble));
    tcp->greeting = greeting;
    if ((hr = tcp_read_url(&channel->address.url, &greeting->host, error)) != S_OK ||
        (hr = put_preamble(channel, greeting, error)) != S_OK)
        return hr;
    greeting->connect.host = &greeting->host.name;
    greeting->connect.port = greeting->host.port;
    greeting->connect.version = channel->settings.ip_version;
    greeting->connect.resolve_timeout = setting_load(&channel->settings.resolve_timeout);
    greeting->connect.connect_timeout = setting_load(&channel->settings.connect_timeout);
    framing_initiate(&tcp->in.framing, mode_of(channel));
    tcp->in.encoding = tcp->encoding;
    tcp->progress = TCP_CONNECTING;
    return S_OK;
}

static HRESULT connect_socket(WS_CHANNEL *channel, struct operation *op, WS_ERROR *error)
{
    struct tcp_channel *tcp = tcp_part(channel);
    struct tcp_greeting *greeting = tcp->greeting;
    HRESULT hr = socket_connect(&greeting->connect, op, &tcp->socket, error);

    if (!greeting->deadline && (hr != OPERATION_WAITS || greeting->connect.state > CONNECT_LOOKS_UP))
        greeting->deadline = clock_after(setting_load(&channel->settings.connect_timeout));
    return hr;
}

static HRESULT send_preamble(struct tcp_channel *tcp, struct operation *op, WS_ERROR *error)
{
    struct tcp_greeting *greeting = tcp->greeting;
    WS_BYTES part = {(ULONG)greeting->size, greeting->preamble};

    return socket_send(&tcp->socket, op, &part, 1, &greeting->sent, error);
}

/* Nothing can be there before the peer has seen the preamble. */
static HRESULT receive_answer(struct tcp_channel *tcp, struct operation *op, WS_ERROR *error)
{
    struct tcp_buffer *buffer = &tcp->in.buffer;
    enum framing_event event;
    struct framing_input input;
    HRESULT hr;

    for (;;)
    {
        hr = tcp_buffer_read(buffer, &tcp->in.framing, &event, &input, error);
        if (hr != S_OK || event == FRAMING_ACK)
            return hr;
        hr = tcp_buffer_receive(buffer, &tcp->socket, op, 1, RECEIVE_SURELY_NOT, error);
        if (hr == S_FALSE)
            return framing_close(&tcp->in.framing, error);
        if (hr != S_OK)
            return hr;
    }
}

static HRESULT open_session(WS_CHANNEL *channel, struct operation *op, WS_ERROR *error)
{
    struct tcp_channel *tcp = tcp_part(channel);
    HRESULT hr;

    switch (tcp->progress)
    {
    case TCP_NOTHING:
        if ((hr = begin(channel, error)) != S_OK)
            return hr;
        /* fall through */
    case TCP_CONNECTING:
        if ((hr = connect_socket(channel, op, error)) != S_OK)
            return hr;
        operation_set_timeout(op, tcp_time_left(tcp->greeting->deadline), CONNECT_TIMEOUT);
        tcp->progress = TCP_GREETING;
        /* fall through */
    case TCP_GREETING:
        if ((hr = send_preamble(tcp, op, error)) != S_OK)
            return hr;
        tcp->progress = TCP_ANSWERED;
        /* fall through */
    default: return receive_answer(tcp, op, error);
    }
}

HRESULT tcp_open(WS_CHANNEL *channel, struct operation *op, WS_ERROR *error)
{
    struct tcp_channel *tcp = tcp_part(channel);
    HRESULT hr = open_session(channel, op, error);

    if (hr == OPERATION_WAITS)
        return hr;
    tcp->progress = TCP_NOTHING;
    if (tcp->greeting)
        socket_connect_release(&tcp->greeting->connect);
    memory_free(tcp->greeting);
    tcp->greeting = NULL;
    if (hr != S_OK)
    {
        tcp_drop(channel);
        return hr;
    }
    tcp_begin(channel);
    return S_OK;
}
