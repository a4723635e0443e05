/* SPDX-License-Identifier: MIT */
/*
 * Sessions of net.tcp when memory fails, at every point where it can: calls end with E_OUTOFMEMORY or go on, peers are
 * refused, nothing hangs, and nothing is lost (debug variant).
 *
 * Source: our choice.
 */
#include "support/tcp.h"
#include "webservicesdebug.h"

#define NEVER_FAIL 0xffffffffu

static void memory_fails(ULONG after)
{
    ok(WsSetAutoFail(after, NULL));
}

static void memory_is_there(void)
{
    ok(WsSetAutoFail(NEVER_FAIL, NULL));
}

/* --- A client --- */

/* Takes one connection, answers a preamble and sends a message. */
static void serve_client(void *argument)
{
    const struct tcp_peer *listener = argument;
    struct tcp_peer peer;
    BYTE bytes[512] = {0x0b};
    size_t size = 1 + tcp_binary_message(bytes + 1, 42);

    bytes[size++] = 7;
    tcp_peer_accept(listener, &peer);
    if (tcp_peer_receive(&peer, bytes + 300, 200, 20000) > 0)
        tcp_peer_send(&peer, bytes, size);
    while (tcp_peer_receive(&peer, bytes, sizeof(bytes), 20000) > 0)
        ;
    tcp_peer_close(&peer);
}

static HRESULT run_session(WS_CHANNEL *channel)
{
    HRESULT hr;
    INT count;

    if ((hr = tcp_receive(channel, &count, NULL)) != S_OK || (hr = tcp_send(channel, count, NULL)) != S_OK)
        return hr;
    return WsShutdownSessionChannel(channel, NULL, NULL);
}

static HRESULT run_client(unsigned port)
{
    WS_CHANNEL *channel = NULL;
    HRESULT hr, closed;

    if ((hr = WsCreateChannel(WS_CHANNEL_TYPE_DUPLEX_SESSION, WS_TCP_CHANNEL_BINDING, NULL, 0, NULL, &channel, NULL)) !=
        S_OK)
        return hr;
    if ((hr = tcp_open_channel(channel, "127.0.0.1", port, NULL)) == S_OK)
        hr = run_session(channel);
    closed = WsCloseChannel(channel, NULL, NULL);
    WsFreeChannel(channel);
    return hr == S_OK ? closed : hr;
}

TEST(clients_survive_every_failure_of_memory)
{
    ULONG after;
    HRESULT hr = E_OUTOFMEMORY;

    for (after = 0; hr != S_OK; after++)
    {
        struct tcp_peer listener, other;
        struct tcp_thread thread;
        unsigned port;

        expect(after < 2000);
        tcp_peer_listen(&listener, &port);
        tcp_start(&thread, serve_client, &listener);
        memory_fails(after);
        hr = run_client(port);
        memory_is_there();
        if (hr != S_OK)
        {
            expect_hr(E_OUTOFMEMORY, hr);
            /* The server may still be waiting. */
            if (tcp_peer_try_connect(&other, port))
                tcp_peer_close(&other);
        }
        tcp_join(&thread);
        tcp_peer_close(&listener);
    }
    expect(after > 5);
}

/* --- A server --- */

/* S_OK, or the failure of the first call that has one. */
static HRESULT run_accept(WS_LISTENER *listener, WS_CHANNEL *channel, unsigned port)
{
    struct tcp_peer peer;
    struct tcp_call call;
    BYTE bytes[512];
    size_t size = tcp_preamble(bytes, port, 2, 8);
    HRESULT hr;

    size += tcp_binary_message(bytes + size, 43);
    bytes[size++] = 7;
    tcp_call_init(&call);
    hr = WsAcceptChannel(listener, channel, &call.context, NULL);
    if (hr != WS_S_ASYNC)
        return hr;
    tcp_peer_connect(&peer, port);
    expect(tcp_peer_send(&peer, bytes, size));
    /* It is accepted, or refused; or the accept has failed, and nobody takes the connection. */
    while (tcp_peer_receive(&peer, bytes, 1, 20) == -1 && !__atomic_load_n(&call.count, __ATOMIC_ACQUIRE))
        ;
    if (bytes[0] != 0x0b)
    {
        memory_is_there();
        ok(WsAbortListener(listener, NULL));
    }
    hr = tcp_call_end(&call, hr);
    if (hr == S_OK)
        hr = run_session(channel);
    tcp_peer_close(&peer);
    return hr == WS_E_OPERATION_ABORTED ? E_OUTOFMEMORY : hr;
}

static HRESULT run_server(void)
{
    WS_LISTENER *listener = NULL;
    WS_CHANNEL *channel = NULL;
    unsigned port = tcp_free_port();
    WS_STRING url = tcp_url("localhost", port, "/");
    HRESULT hr;

    if ((hr = WsCreateListener(WS_CHANNEL_TYPE_DUPLEX_SESSION, WS_TCP_CHANNEL_BINDING, NULL, 0, NULL, &listener,
                               NULL)) != S_OK)
        return hr;
    if ((hr = WsOpenListener(listener, &url, NULL, NULL)) == S_OK &&
        (hr = WsCreateChannelForListener(listener, NULL, 0, &channel, NULL)) == S_OK)
    {
        hr = run_accept(listener, channel, port);
        WsCloseChannel(channel, NULL, NULL);
    }
    memory_is_there();
    WsFreeChannel(channel);
    WsCloseListener(listener, NULL, NULL);
    WsFreeListener(listener);
    return hr;
}

TEST(servers_survive_every_failure_of_memory)
{
    ULONG after;
    HRESULT hr = E_OUTOFMEMORY;

    for (after = 0; hr != S_OK; after++)
    {
        expect(after < 2000);
        memory_fails(after);
        hr = run_server();
        memory_is_there();
        if (hr != S_OK)
            expect_hr(E_OUTOFMEMORY, hr);
    }
    expect(after > 5);
}
