/* SPDX-License-Identifier: MIT */
/*
 * Listeners of net.tcp: addresses, clients that stall, accepts that wait.
 *
 * Source: the pages of WsOpenListener, WsAcceptChannel and WS_LISTENER_PROPERTY_ID; that clients that stall hold up
 * nobody, and codes that are not on the pages, are our choice.
 */
#include "support/errors.h"
#include "support/tcp.h"

static HRESULT open_listener(const char *host, unsigned port, const char *path, WS_IP_VERSION version, WS_ERROR *error)
{
    WS_LISTENER_PROPERTY property = {WS_LISTENER_PROPERTY_IP_VERSION, &version, sizeof(version)};
    WS_LISTENER *listener = tcp_create_listener(&property, 1);
    WS_STRING url = tcp_url(host, port, path);
    HRESULT hr = WsOpenListener(listener, &url, NULL, error);

    WsCloseListener(listener, NULL, NULL);
    WsFreeListener(listener);
    return hr;
}

TEST(listeners_listen_where_they_are_told)
{
    unsigned port = tcp_free_port();

    ok(open_listener("+", port, "", WS_IP_VERSION_AUTO, NULL));
    ok(open_listener("*", port, "/", WS_IP_VERSION_4, NULL));
    ok(open_listener("127.0.0.1", port, "/a/b", WS_IP_VERSION_AUTO, NULL));
    ok(open_listener("any.name.example", port, "/", WS_IP_VERSION_AUTO, NULL));
    expect_hr(WS_E_INVALID_ENDPOINT_URL, open_listener("+", port, "/?query", WS_IP_VERSION_AUTO, NULL));
    expect_hr(WS_E_INVALID_ENDPOINT_URL, open_listener("+", port, "/#fragment", WS_IP_VERSION_AUTO, NULL));
    expect_hr(WS_E_INVALID_ENDPOINT_URL, open_listener("a b", port, "/", WS_IP_VERSION_AUTO, NULL));
    expect_hr(WS_E_ADDRESS_NOT_AVAILABLE, open_listener("127.0.0.1", port, "/", WS_IP_VERSION_6, NULL));
    expect_hr(WS_E_ADDRESS_NOT_AVAILABLE, open_listener("192.0.2.77", port, "/", WS_IP_VERSION_AUTO, NULL));
}

TEST(two_listeners_cannot_have_one_port)
{
    WS_ERROR *error = create_error();
    WS_LISTENER *listener, *other = tcp_create_listener(NULL, 0);
    WS_STRING url;
    unsigned port;

    listener = tcp_listen(NULL, 0, &port);
    url = tcp_url("localhost", port, "/other");
    expect_hr(WS_E_ADDRESS_IN_USE, WsOpenListener(other, &url, NULL, error));
    tcp_end_listener(listener);
    ok(WsOpenListener(other, &url, NULL, error));
    tcp_end_listener(other);
    WsFreeError(error);
}

/* One that says nothing, and one that stops within its preamble, do not keep others from being accepted. */
TEST(clients_that_stall_hold_up_nobody)
{
    struct tcp_peer silent, slow, peer;
    WS_LISTENER *listener;
    WS_CHANNEL *first, *second;
    unsigned long long start = tcp_clock();
    BYTE bytes[128];
    unsigned port;
    size_t size;

    listener = tcp_listen(NULL, 0, &port);
    first = tcp_channel_for(listener, NULL, 0);
    second = tcp_channel_for(listener, NULL, 0);
    tcp_peer_connect(&silent, port);
    tcp_peer_connect(&slow, port);
    size = tcp_preamble(bytes, port, 2, 8);
    expect(tcp_peer_send(&slow, bytes, size / 2));
    tcp_peer_connect(&peer, port);
    {
        BYTE whole[128];
        size_t whole_size = tcp_preamble(whole, port, 2, 8);

        expect(tcp_peer_send(&peer, whole, whole_size));
    }
    ok(WsAcceptChannel(listener, first, NULL, NULL));
    expect(tcp_peer_receive_all(&peer, bytes, 1) && bytes[0] == 0x0b);
    expect(tcp_clock() - start < 10000);
    /* The slow one gets there in the end, with the next accept. */
    size = tcp_preamble(bytes, port, 2, 8);
    expect(tcp_peer_send(&slow, bytes + size / 2, size - size / 2));
    ok(WsAcceptChannel(listener, second, NULL, NULL));
    expect(tcp_peer_receive_all(&slow, bytes, 1) && bytes[0] == 0x0b);
    tcp_peer_close(&silent);
    tcp_peer_close(&slow);
    tcp_peer_close(&peer);
    tcp_end_channel(first);
    tcp_end_channel(second);
    tcp_end_listener(listener);
}

TEST(a_client_that_stalls_is_sent_away)
{
    ULONG timeout = 200;
    WS_LISTENER_PROPERTY property = {WS_LISTENER_PROPERTY_CONNECT_TIMEOUT, &timeout, sizeof(timeout)};
    WS_LISTENER *listener;
    WS_CHANNEL *channel;
    struct tcp_peer peer;
    struct tcp_call call;
    unsigned port;
    BYTE byte;
    HRESULT hr;

    listener = tcp_listen(&property, 1, &port);
    channel = tcp_channel_for(listener, NULL, 0);
    tcp_call_init(&call);
    hr = WsAcceptChannel(listener, channel, &call.context, NULL);
    expect_hr(WS_S_ASYNC, hr);
    tcp_peer_connect(&peer, port);
    expect(tcp_peer_receive(&peer, &byte, 1, 20000) != -1);
    tcp_peer_close(&peer);
    expect(!call.count);
    ok(WsCloseListener(listener, NULL, NULL));
    expect_hr(WS_E_OPERATION_ABORTED, tcp_call_end(&call, hr));
    WsFreeChannel(channel);
    WsFreeListener(listener);
}

TEST(many_channels_accept_at_once)
{
    enum
    {
        COUNT = 12
    };
    WS_LISTENER *listener;
    WS_CHANNEL *channels[COUNT];
    struct tcp_call calls[COUNT];
    HRESULT results[COUNT];
    struct tcp_peer peers[COUNT];
    unsigned port, i;
    INT value;

    listener = tcp_listen(NULL, 0, &port);
    for (i = 0; i < COUNT; i++)
    {
        channels[i] = tcp_channel_for(listener, NULL, 0);
        tcp_call_init(&calls[i]);
        results[i] = WsAcceptChannel(listener, channels[i], &calls[i].context, NULL);
        expect_hr(WS_S_ASYNC, results[i]);
    }
    for (i = 0; i < COUNT; i++)
    {
        tcp_peer_connect(&peers[i], port);
        tcp_peer_greet(&peers[i], port, 2, 8);
    }
    for (i = 0; i < COUNT; i++)
    {
        BYTE bytes[256];
        size_t size = tcp_binary_message(bytes, 5);

        ok(tcp_call_end(&calls[i], results[i]));
        expect(tcp_peer_send(&peers[i], bytes, size));
    }
    /* Which channel has which peer is not known. */
    for (i = 0; i < COUNT; i++)
    {
        ok(tcp_receive(channels[i], &value, NULL));
        tcp_peer_close(&peers[i]);
    }
    for (i = 0; i < COUNT; i++)
        tcp_end_channel(channels[i]);
    tcp_end_listener(listener);
}

TEST(closing_and_aborting_end_accepts)
{
    int round;

    for (round = 0; round < 3; round++)
    {
        WS_LISTENER *listener;
        WS_CHANNEL *channels[3];
        struct tcp_call calls[3];
        HRESULT results[3];
        struct tcp_peer peer;
        unsigned port, i;

        listener = tcp_listen(NULL, 0, &port);
        for (i = 0; i < 3; i++)
        {
            channels[i] = tcp_channel_for(listener, NULL, 0);
            tcp_call_init(&calls[i]);
            results[i] = WsAcceptChannel(listener, channels[i], &calls[i].context, NULL);
            expect_hr(WS_S_ASYNC, results[i]);
        }
        tcp_peer_connect(&peer, port);
        expect(tcp_peer_send(&peer, "\x00\x01", 2));
        if (round == 0)
            ok(WsAbortListener(listener, NULL));
        if (round < 2)
            ok(WsCloseListener(listener, NULL, NULL));
        else
            WsFreeListener(listener);
        for (i = 0; i < 3; i++)
        {
            expect_hr(WS_E_OPERATION_ABORTED, tcp_call_end(&calls[i], results[i]));
            WsFreeChannel(channels[i]);
        }
        expect(!tcp_peer_try_connect(&peer, port));
        if (round < 2)
            WsFreeListener(listener);
    }
}

/* The path is compared, as the options of the listener say. */
TEST(paths_are_compared)
{
    ULONG options = WS_MATCH_URL_PREFIX_PATH;
    WS_LISTENER_PROPERTY property = {WS_LISTENER_PROPERTY_TRANSPORT_URL_MATCHING_OPTIONS, &options, sizeof(options)};
    WS_LISTENER *listener = tcp_create_listener(&property, 1);
    WS_CHANNEL *server = tcp_channel_for(listener, NULL, 0), *client = tcp_create_channel(NULL, 0);
    unsigned port = tcp_free_port();
    WS_STRING url = tcp_url("+", port, "/a");
    WS_ENDPOINT_ADDRESS address;
    struct tcp_call call;
    HRESULT hr;

    ok(WsOpenListener(listener, &url, NULL, NULL));
    tcp_call_init(&call);
    hr = WsAcceptChannel(listener, server, &call.context, NULL);
    memset(&address, 0, sizeof(address));
    address.url = tcp_url("localhost", port, "/ab");
    expect_hr(WS_E_ENDPOINT_NOT_FOUND, WsOpenChannel(client, &address, NULL, NULL));
    address.url = tcp_url("localhost", port, "/");
    expect_hr(WS_E_ENDPOINT_NOT_FOUND, WsOpenChannel(client, &address, NULL, NULL));
    address.url = tcp_url("localhost", port, "/A/b?c");
    ok(WsOpenChannel(client, &address, NULL, NULL));
    ok(tcp_call_end(&call, hr));
    ok(WsShutdownSessionChannel(server, NULL, NULL));
    tcp_end_channel(client);
    tcp_end_channel(server);
    tcp_end_listener(listener);
}

/* A client that has connected before the accept is served by it. */
TEST(clients_may_come_before_the_accept)
{
    WS_LISTENER *listener;
    WS_CHANNEL *server, *client = tcp_create_channel(NULL, 0);
    struct tcp_client opening;
    unsigned port;

    listener = tcp_listen(NULL, 0, &port);
    tcp_client_start(&opening, client, port);
    tcp_rest(50);
    server = tcp_channel_for(listener, NULL, 0);
    ok(WsAcceptChannel(listener, server, NULL, NULL));
    ok(tcp_client_end(&opening));
    ok(WsShutdownSessionChannel(client, NULL, NULL));
    tcp_end_channel(server);
    tcp_end_channel(client);
    tcp_end_listener(listener);
}

/* Sessions go on when their listener is closed. */
TEST(sessions_outlive_their_listener)
{
    struct tcp_pair pair;
    INT value;

    tcp_connect(&pair, NULL, 0);
    tcp_end_listener(pair.listener);
    ok(tcp_send(pair.client, 3, NULL));
    ok(tcp_receive(pair.server, &value, NULL));
    expect(value == 3);
    ok(WsShutdownSessionChannel(pair.client, NULL, NULL));
    tcp_end_channel(pair.server);
    tcp_end_channel(pair.client);
}
