/* SPDX-License-Identifier: MIT */
/*
 * What Windows was observed to do with net.tcp: channels, listeners, and bare sockets as peers.
 *
 * Source: observed on Windows.
 */
#include "support/tcp.h"

/* --- Properties of channels and listeners --- */

#define expect_property(channel, id, type, wanted) \
    do \
    { \
        type property_value = (type)77; \
        ok(WsGetChannelProperty(channel, id, &property_value, sizeof(property_value), NULL)); \
        expect(property_value == (wanted)); \
    } while (0)

TEST(channels_have_properties)
{
    ULONG size = 4096;
    WS_CHANNEL_STATE state = WS_CHANNEL_STATE_CREATED;
    WS_CHANNEL_PROPERTY property = {WS_CHANNEL_PROPERTY_MAX_SESSION_DICTIONARY_SIZE, &size, sizeof(size)};
    WS_CHANNEL *channel = tcp_create_channel(NULL, 0);

    expect_property(channel, WS_CHANNEL_PROPERTY_ENCODING, WS_ENCODING, WS_ENCODING_XML_BINARY_SESSION_1);
    expect_property(channel, WS_CHANNEL_PROPERTY_ENVELOPE_VERSION, WS_ENVELOPE_VERSION, WS_ENVELOPE_VERSION_SOAP_1_2);
    expect_property(channel, WS_CHANNEL_PROPERTY_ADDRESSING_VERSION, WS_ADDRESSING_VERSION, WS_ADDRESSING_VERSION_1_0);
    expect_property(channel, WS_CHANNEL_PROPERTY_MAX_SESSION_DICTIONARY_SIZE, ULONG, 2048);
    expect_property(channel, WS_CHANNEL_PROPERTY_CHANNEL_TYPE, WS_CHANNEL_TYPE, WS_CHANNEL_TYPE_DUPLEX_SESSION);
    expect_property(channel, WS_CHANNEL_PROPERTY_STATE, WS_CHANNEL_STATE, WS_CHANNEL_STATE_CREATED);
    expect_hr(E_INVALIDARG, WsSetChannelProperty(channel, WS_CHANNEL_PROPERTY_MAX_SESSION_DICTIONARY_SIZE, &size,
                                                 sizeof(size), NULL));
    expect_hr(E_INVALIDARG, WsSetChannelProperty(channel, WS_CHANNEL_PROPERTY_STATE, &state, sizeof(state), NULL));
    WsFreeChannel(channel);

    channel = tcp_create_channel(&property, 1);
    size = 0;
    expect_property(channel, WS_CHANNEL_PROPERTY_MAX_SESSION_DICTIONARY_SIZE, ULONG, 4096);
    WsFreeChannel(channel);
}

TEST(listeners_have_properties)
{
    ULONG timeout = 4321, backlog = 5;
    WS_IP_VERSION version = WS_IP_VERSION_4;
    WS_CHANNEL_TYPE type;
    WS_CHANNEL_BINDING binding;
    WS_LISTENER_STATE state;
    WS_LISTENER_PROPERTY property = {WS_LISTENER_PROPERTY_CONNECT_TIMEOUT, &timeout, sizeof(timeout)};
    WS_LISTENER *listener = tcp_create_listener(&property, 1);

    timeout = 0;
    ok(WsGetListenerProperty(listener, WS_LISTENER_PROPERTY_CONNECT_TIMEOUT, &timeout, sizeof(timeout), NULL));
    expect(timeout == 4321);
    ok(WsGetListenerProperty(listener, WS_LISTENER_PROPERTY_CHANNEL_TYPE, &type, sizeof(type), NULL));
    expect(type == WS_CHANNEL_TYPE_DUPLEX_SESSION);
    ok(WsGetListenerProperty(listener, WS_LISTENER_PROPERTY_CHANNEL_BINDING, &binding, sizeof(binding), NULL));
    expect(binding == WS_TCP_CHANNEL_BINDING);
    expect_hr(E_INVALIDARG,
              WsSetListenerProperty(listener, WS_LISTENER_PROPERTY_IP_VERSION, &version, sizeof(version), NULL));
    expect_hr(E_INVALIDARG,
              WsSetListenerProperty(listener, WS_LISTENER_PROPERTY_LISTEN_BACKLOG, &backlog, sizeof(backlog), NULL));
    ok(WsGetListenerProperty(listener, WS_LISTENER_PROPERTY_IP_VERSION, &version, sizeof(version), NULL));
    expect(version == WS_IP_VERSION_AUTO);
    ok(WsGetListenerProperty(listener, WS_LISTENER_PROPERTY_STATE, &state, sizeof(state), NULL));
    expect(state == WS_LISTENER_STATE_CREATED);
    expect_hr(E_INVALIDARG, WsSetListenerProperty(listener, WS_LISTENER_PROPERTY_STATE, &state, sizeof(state), NULL));
    ok(WsResetListener(listener, NULL));
    timeout = 0;
    ok(WsGetListenerProperty(listener, WS_LISTENER_PROPERTY_CONNECT_TIMEOUT, &timeout, sizeof(timeout), NULL));
    expect(timeout == 4321);
    WsFreeListener(listener);
}

/* --- States --- */

TEST(listeners_open_and_close)
{
    WS_LISTENER *listener = tcp_create_listener(NULL, 0);
    WS_CHANNEL *channel = tcp_channel_for(listener, NULL, 0), *other;
    unsigned port = tcp_free_port();
    WS_STRING url = tcp_url("localhost", port, "");

    expect_hr(E_INVALIDARG, WsOpenListener(NULL, &url, NULL, NULL));
    expect_hr(E_INVALIDARG, WsOpenListener(listener, NULL, NULL, NULL));
    expect_hr(E_INVALIDARG, WsAcceptChannel(listener, NULL, NULL, NULL));
    expect_hr(E_INVALIDARG, WsAcceptChannel(NULL, channel, NULL, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsAcceptChannel(listener, channel, NULL, NULL));
    ok(WsCloseListener(listener, NULL, NULL));
    ok(WsResetListener(listener, NULL));
    ok(WsOpenListener(listener, &url, NULL, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsOpenListener(listener, &url, NULL, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsResetListener(listener, NULL));
    other = tcp_channel_for(listener, NULL, 0);
    expect(tcp_state(other) == WS_CHANNEL_STATE_CREATED);
    expect_property(other, WS_CHANNEL_PROPERTY_CHANNEL_TYPE, WS_CHANNEL_TYPE, WS_CHANNEL_TYPE_DUPLEX_SESSION);
    WsFreeChannel(other);
    ok(WsCloseListener(listener, NULL, NULL));
    ok(WsResetListener(listener, NULL));
    WsFreeChannel(channel);
    WsFreeListener(listener);
}

/* One port, one session after the other; each URL opens, and the port is free at once. */
TEST(a_port_is_used_again_and_again)
{
    static const char *const hosts[] = {"+", "localhost", "127.0.0.1", "+", "localhost"};
    unsigned port = tcp_free_port();
    size_t i;

    for (i = 0; i < sizeof(hosts) / sizeof(hosts[0]); i++)
    {
        WS_LISTENER *listener = tcp_create_listener(NULL, 0);
        WS_CHANNEL *server = tcp_channel_for(listener, NULL, 0), *client = tcp_create_channel(NULL, 0);
        WS_STRING url = tcp_url(hosts[i], port, i ? "" : "/p");
        struct tcp_client opening;
        INT count;

        if (!i)
        {
            /* The path is compared: this one is opened and closed only. */
            ok(WsOpenListener(listener, &url, NULL, NULL));
        }
        else
        {
            ok(WsOpenListener(listener, &url, NULL, NULL));
            tcp_client_start(&opening, client, port);
            ok(WsAcceptChannel(listener, server, NULL, NULL));
            ok(tcp_client_end(&opening));
            expect(tcp_state(server) == WS_CHANNEL_STATE_OPEN && tcp_state(client) == WS_CHANNEL_STATE_OPEN);
            ok(tcp_send(client, (INT)i, NULL));
            ok(tcp_receive(server, &count, NULL));
            expect(count == (INT)i);
            ok(WsShutdownSessionChannel(client, NULL, NULL));
            ok(WsCloseChannel(server, NULL, NULL));
            ok(WsCloseChannel(client, NULL, NULL));
        }
        WsFreeChannel(client);
        WsFreeChannel(server);
        tcp_end_listener(listener);
    }
}

TEST(channels_open_shut_down_and_close)
{
    struct tcp_pair pair;
    WS_CHANNEL *channel = tcp_create_channel(NULL, 0);
    INT count;

    expect_hr(WS_E_INVALID_OPERATION, WsShutdownSessionChannel(channel, NULL, NULL));
    expect_hr(WS_E_INVALID_OPERATION, tcp_send(channel, 1, NULL));
    expect_hr(WS_E_INVALID_OPERATION, tcp_receive(channel, &count, NULL));
    expect_hr(E_INVALIDARG, WsOpenChannel(channel, NULL, NULL, NULL));
    ok(WsResetChannel(channel, NULL));
    ok(WsCloseChannel(channel, NULL, NULL));
    WsFreeChannel(channel);

    tcp_connect(&pair, NULL, 0);
    expect_hr(WS_E_INVALID_OPERATION, tcp_open_channel(pair.client, "localhost", pair.port, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsResetChannel(pair.client, NULL));
    ok(WsShutdownSessionChannel(pair.client, NULL, NULL));
    expect_hr(WS_E_INVALID_OPERATION, WsShutdownSessionChannel(pair.client, NULL, NULL));
    expect_hr(WS_E_INVALID_OPERATION, tcp_send(pair.client, 1, NULL));
    expect_hr(WS_S_END, tcp_receive(pair.server, &count, NULL));
    expect_hr(WS_S_END, tcp_receive(pair.server, &count, NULL));
    ok(tcp_send(pair.server, 5, NULL));
    ok(tcp_receive(pair.client, &count, NULL));
    expect(count == 5);
    ok(WsCloseChannel(pair.server, NULL, NULL));
    expect(tcp_state(pair.server) == WS_CHANNEL_STATE_CLOSED);
    ok(WsCloseChannel(pair.server, NULL, NULL));
    ok(WsResetChannel(pair.server, NULL));
    expect(tcp_state(pair.server) == WS_CHANNEL_STATE_CREATED);
    tcp_end_channel(pair.client);
    WsFreeChannel(pair.server);
    tcp_end_listener(pair.listener);
}

/* --- On the wire --- */

/* A server that is a bare socket, and a client's channel that is open to it. */
struct bare
{
    struct tcp_peer listener, peer;
    WS_CHANNEL *channel;
    unsigned port;
};

static void bare_open(struct bare *bare, const WS_CHANNEL_PROPERTY *properties, ULONG count)
{
    struct tcp_client client;

    tcp_peer_listen(&bare->listener, &bare->port);
    bare->channel = tcp_create_channel(properties, count);
    tcp_client_start(&client, bare->channel, bare->port);
    tcp_peer_accept(&bare->listener, &bare->peer);
    tcp_peer_welcome(&bare->peer);
    ok(tcp_client_end(&client));
}

static void bare_close(struct bare *bare)
{
    tcp_end_channel(bare->channel);
    tcp_peer_close(&bare->listener);
}

/* The whole preamble is there at once; ::1, which localhost may be first, has nobody who listens. */
TEST(the_preamble_comes_in_one_piece)
{
    struct tcp_peer listener, peer;
    struct tcp_client client;
    unsigned port;
    WS_CHANNEL *channel = tcp_create_channel(NULL, 0);
    BYTE bytes[256], wanted[256];
    size_t size;

    tcp_peer_listen(&listener, &port);
    tcp_client_start(&client, channel, port);
    tcp_peer_accept(&listener, &peer);
    size = tcp_preamble(wanted, port, 2, 8);
    expect_size(size, (size_t)tcp_peer_receive(&peer, bytes, sizeof(bytes), 20000));
    expect(!memcmp(bytes, wanted, size));
    expect(tcp_peer_send(&peer, "\x0b", 1));
    ok(tcp_client_end(&client));
    tcp_peer_close(&peer);
    tcp_peer_close(&listener);
    tcp_end_channel(channel);
}

/* The message that Windows takes: element alpha in namespace n1, value -1, action go; alpha is a session string. */
TEST(an_observed_message_is_received)
{
    static const BYTE start[] = {0x06, 0x05, 'a',  'l', 'p',  'h',  'a',  0x56, 0x02, 0x0b, 0x01, 'a',
                                 0x06, 0x0b, 0x01, 's', 0x04, 0x56, 0x08, 0x44, 0x0a, 0x1e, 0x00, 0x82,
                                 0x99, 0x02, 'g',  'o', 0x44, 0x0c, 0x1e, 0x00, 0x82, 0x99};
    static const BYTE end[] = {0x01, 0x56, 0x0e, 0x42, 0x01, 0x08, 0x02, 'n', '1', 0x89, 0xff, 0x01, 0x01};
    static WS_XML_STRING alpha = WS_XML_STRING_VALUE("alpha"), n1 = WS_XML_STRING_VALUE("n1"),
                         go = WS_XML_STRING_VALUE("go");
    static WS_ELEMENT_DESCRIPTION element = {&alpha, &n1, WS_INT32_TYPE, NULL};
    static WS_MESSAGE_DESCRIPTION message_description = {&go, &element};
    const WS_MESSAGE_DESCRIPTION *description = &message_description;
    struct bare bare;
    WS_MESSAGE *message;
    BYTE bytes[256] = {6}, *p = bytes + 2;
    char url[64];
    INT value = 0;

    bare_open(&bare, NULL, 0);
    memcpy(p, start, sizeof(start));
    p += sizeof(start);
    *p = (BYTE)snprintf(url, sizeof(url), "net.tcp://localhost:%u", bare.port);
    memcpy(p + 1, url, *p);
    p += *p + 1;
    memcpy(p, end, sizeof(end));
    p += sizeof(end);
    bytes[1] = (BYTE)(p - bytes - 2);
    expect(tcp_peer_send(&bare.peer, bytes, (size_t)(p - bytes)));
    message = tcp_message(bare.channel);
    ok(WsReceiveMessage(bare.channel, message, &description, 1, WS_RECEIVE_REQUIRED_MESSAGE, WS_READ_REQUIRED_VALUE,
                        NULL, &value, sizeof(value), NULL, NULL, NULL));
    expect(value == -1);
    WsFreeMessage(message);
    tcp_peer_close(&bare.peer);
    bare_close(&bare);
}

/* Sends a message with a session string of so many bytes. */
static void send_string(const struct tcp_peer *peer, size_t length, INT count)
{
    BYTE message[256], bytes[512], *p = bytes;
    size_t size = tcp_binary_message(message, count) - 3, total = size + length + 1 + (length > 126 ? 2 : 1);

    *p++ = 6;
    *p++ = (BYTE)(total | 0x80);
    *p++ = (BYTE)(total >> 7);
    if (length > 126)
    {
        *p++ = (BYTE)((length + 1) | 0x80);
        *p++ = (BYTE)((length + 1) >> 7);
    }
    else
        *p++ = (BYTE)(length + 1);
    *p++ = (BYTE)length;
    memset(p, 'a' + count % 26, length);
    p += length;
    memcpy(p, message + 3, size);
    expect(tcp_peer_send(peer, bytes, (size_t)(p - bytes) + size));
}

static void expect_dictionary_quota(const WS_CHANNEL_PROPERTY *properties, ULONG property_count, INT strings)
{
    struct bare bare;
    INT i, count;

    bare_open(&bare, properties, property_count);
    for (i = 0; i < strings; i++)
        send_string(&bare.peer, 127, i);
    send_string(&bare.peer, 9, i);
    tcp_peer_end(&bare.peer);
    tcp_peer_close(&bare.peer);
    for (i = 0; i < strings; i++)
    {
        ok(tcp_receive(bare.channel, &count, NULL));
        expect(count == i);
    }
    expect_hr(WS_E_QUOTA_EXCEEDED, tcp_receive(bare.channel, &count, NULL));
    expect(tcp_state(bare.channel) == WS_CHANNEL_STATE_FAULTED);
    expect_hr(WS_E_OBJECT_FAULTED, tcp_receive(bare.channel, &count, NULL));
    expect_hr(WS_E_OBJECT_FAULTED, tcp_send(bare.channel, 1, NULL));
    expect_hr(WS_E_OBJECT_FAULTED, WsShutdownSessionChannel(bare.channel, NULL, NULL));
    bare_close(&bare);
}

TEST(the_dictionary_has_a_quota)
{
    ULONG size = 4096;
    WS_CHANNEL_PROPERTY property = {WS_CHANNEL_PROPERTY_MAX_SESSION_DICTIONARY_SIZE, &size, sizeof(size)};

    expect_dictionary_quota(NULL, 0, 16);
    expect_dictionary_quota(&property, 1, 32);
}

/* --- Ending --- */

/* All these close with S_OK, within some seconds. */
TEST(sessions_end_in_any_order)
{
    int order;

    for (order = 0; order < 4; order++)
    {
        struct tcp_pair pair;
        struct tcp_call call;
        unsigned long long start;
        INT count;

        tcp_connect(&pair, NULL, 0);
        ok(tcp_send(pair.client, 1, NULL));
        if (order != 2)
            ok(tcp_receive(pair.server, &count, NULL));
        start = tcp_clock();
        switch (order)
        {
        case 0:
            ok(WsShutdownSessionChannel(pair.client, NULL, NULL));
            tcp_disconnect(&pair);
            break;
        case 1: tcp_disconnect(&pair); break;
        case 2:
            tcp_call_init(&call);
            ok(tcp_call_end(&call, WsShutdownSessionChannel(pair.client, &call.context, NULL)));
            expect_hr(WS_E_INVALID_OPERATION, WsShutdownSessionChannel(pair.client, NULL, NULL));
            ok(WsCloseChannel(pair.client, NULL, NULL));
            ok(tcp_receive(pair.server, &count, NULL));
            expect_hr(WS_S_END, tcp_receive(pair.server, &count, NULL));
            tcp_end_channel(pair.server);
            WsFreeChannel(pair.client);
            tcp_end_listener(pair.listener);
            break;
        default:
            /* One after the other, without shutting down. */
            ok(WsCloseChannel(pair.client, NULL, NULL));
            tcp_end_channel(pair.server);
            WsFreeChannel(pair.client);
            tcp_end_listener(pair.listener);
            break;
        }
        expect(tcp_clock() - start < 3500);
    }
}

TEST(request_and_reply_go_over_a_session)
{
    static WS_XML_STRING ask = WS_XML_STRING_VALUE("ask"), answer = WS_XML_STRING_VALUE("answer");
    WS_MESSAGE_DESCRIPTION asking = tcp_count, answering = tcp_count;
    const WS_MESSAGE_DESCRIPTION *description = &asking;
    WS_MESSAGE *request, *reply, *received, *sent;
    struct tcp_pair pair;
    struct tcp_call call;
    INT value = 3, got = 0, back = 4, result = 0;
    HRESULT hr;

    asking.action = &ask;
    answering.action = &answer;
    tcp_connect(&pair, NULL, 0);
    request = tcp_message(pair.client);
    reply = tcp_message(pair.client);
    received = tcp_message(pair.server);
    sent = tcp_message(pair.server);
    ok(WsInitializeMessage(request, WS_BLANK_MESSAGE, NULL, NULL));
    tcp_call_init(&call);
    hr = WsRequestReply(pair.client, request, &asking, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), reply,
                        &answering, WS_READ_REQUIRED_VALUE, NULL, &result, sizeof(result), &call.context, NULL);
    ok(WsReceiveMessage(pair.server, received, &description, 1, WS_RECEIVE_REQUIRED_MESSAGE, WS_READ_REQUIRED_VALUE,
                        NULL, &got, sizeof(got), NULL, NULL, NULL));
    expect(got == 3);
    ok(WsSendReplyMessage(pair.server, sent, &answering, WS_WRITE_REQUIRED_VALUE, &back, sizeof(back), received, NULL,
                          NULL));
    ok(tcp_call_end(&call, hr));
    expect(result == 4);
    WsFreeMessage(request);
    WsFreeMessage(reply);
    WsFreeMessage(received);
    WsFreeMessage(sent);
    tcp_disconnect(&pair);
}
