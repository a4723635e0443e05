/* SPDX-License-Identifier: MIT */
/*
 * Sessions of net.tcp between channels: encodings, both directions, threads, ends of all kinds.
 *
 * Source: the pages of the functions and properties, and channel-layer-overview.md; what these leave open is our
 * choice.
 */
#include "support/errors.h"
#include "support/tcp.h"

#include <stdlib.h>

/* --- Encodings --- */

static void expect_round_trips(const WS_CHANNEL_PROPERTY *properties, ULONG count)
{
    struct tcp_pair pair;
    INT i, value;

    tcp_connect(&pair, properties, count);
    for (i = 0; i < 20; i++)
    {
        ok(tcp_send(pair.client, i, NULL));
        ok(tcp_send(pair.server, -i, NULL));
        ok(tcp_receive(pair.server, &value, NULL));
        expect(value == i);
        ok(tcp_receive(pair.client, &value, NULL));
        expect(value == -i);
    }
    tcp_disconnect(&pair);
}

TEST(messages_go_in_every_encoding)
{
    static const WS_ENCODING encodings[] = {
        WS_ENCODING_XML_UTF8,         WS_ENCODING_XML_UTF16LE,          WS_ENCODING_XML_UTF16BE,
        WS_ENCODING_XML_BINARY_1,     WS_ENCODING_XML_BINARY_SESSION_1, WS_ENCODING_XML_MTOM_UTF8,
        WS_ENCODING_XML_MTOM_UTF16BE, WS_ENCODING_XML_MTOM_UTF16LE,
    };
    size_t i;

    for (i = 0; i < sizeof(encodings) / sizeof(encodings[0]); i++)
    {
        WS_ENCODING encoding = encodings[i];
        WS_CHANNEL_PROPERTY property = {WS_CHANNEL_PROPERTY_ENCODING, &encoding, sizeof(encoding)};

        expect_round_trips(&property, 1);
    }
}

TEST(messages_go_in_soap_1_1)
{
    WS_ENCODING encoding = WS_ENCODING_XML_UTF8;
    WS_ENVELOPE_VERSION version = WS_ENVELOPE_VERSION_SOAP_1_1;
    WS_CHANNEL_PROPERTY properties[] = {{WS_CHANNEL_PROPERTY_ENCODING, &encoding, sizeof(encoding)},
                                        {WS_CHANNEL_PROPERTY_ENVELOPE_VERSION, &version, sizeof(version)}};

    expect_round_trips(properties, 2);
}

/* Another charset of text is no other encoding; a listener's channel answers in its own. */
TEST(charsets_may_differ)
{
    WS_ENCODING server_encoding = WS_ENCODING_XML_UTF16LE, client_encoding = WS_ENCODING_XML_UTF8;
    WS_CHANNEL_PROPERTY server = {WS_CHANNEL_PROPERTY_ENCODING, &server_encoding, sizeof(server_encoding)};
    WS_CHANNEL_PROPERTY client = {WS_CHANNEL_PROPERTY_ENCODING, &client_encoding, sizeof(client_encoding)};
    struct tcp_pair pair;
    struct tcp_client opening;
    INT value;

    pair.listener = tcp_listen(NULL, 0, &pair.port);
    pair.server = tcp_channel_for(pair.listener, &server, 1);
    pair.client = tcp_create_channel(&client, 1);
    tcp_client_start(&opening, pair.client, pair.port);
    ok(WsAcceptChannel(pair.listener, pair.server, NULL, NULL));
    ok(tcp_client_end(&opening));
    ok(tcp_send(pair.client, 1, NULL));
    ok(tcp_receive(pair.server, &value, NULL));
    ok(tcp_send(pair.server, 2, NULL));
    ok(tcp_receive(pair.client, &value, NULL));
    expect(value == 2);
    tcp_disconnect(&pair);
}

TEST(raw_bytes_are_no_encoding_of_net_tcp)
{
    WS_ENCODING encoding = WS_ENCODING_RAW;
    WS_CHANNEL_PROPERTY property = {WS_CHANNEL_PROPERTY_ENCODING, &encoding, sizeof(encoding)};
    WS_CHANNEL *channel;

    expect_hr(E_INVALIDARG, WsCreateChannel(WS_CHANNEL_TYPE_DUPLEX_SESSION, WS_TCP_CHANNEL_BINDING, &property, 1, NULL,
                                            &channel, NULL));
}

/* --- Sizes --- */

static WS_XML_STRING bytes_name = WS_XML_STRING_VALUE("bytes"), bytes_ns = WS_XML_STRING_VALUE("urn:tcp"),
                     bytes_action = WS_XML_STRING_VALUE("urn:bytes");
static WS_ELEMENT_DESCRIPTION bytes_element = {&bytes_name, &bytes_ns, WS_BYTES_TYPE, NULL};
static WS_MESSAGE_DESCRIPTION bytes_message = {&bytes_action, &bytes_element};

static HRESULT send_bytes(WS_CHANNEL *channel, const WS_BYTES *bytes, WS_ERROR *error)
{
    WS_MESSAGE *message = tcp_message(channel);
    HRESULT hr =
        WsSendMessage(channel, message, &bytes_message, WS_WRITE_REQUIRED_VALUE, bytes, sizeof(*bytes), NULL, error);

    WsFreeMessage(message);
    return hr;
}

struct bytes_receiver
{
    struct tcp_thread thread;
    WS_CHANNEL *channel;
    WS_HEAP *heap;
    WS_BYTES bytes;
    HRESULT hr;
};

static void receive_bytes(void *argument)
{
    struct bytes_receiver *receiver = argument;
    const WS_MESSAGE_DESCRIPTION *description = &bytes_message;
    WS_MESSAGE *message;

    WsCreateMessageForChannel(receiver->channel, NULL, 0, &message, NULL);
    receiver->hr = WsReceiveMessage(receiver->channel, message, &description, 1, WS_RECEIVE_REQUIRED_MESSAGE,
                                    WS_READ_REQUIRED_VALUE, receiver->heap, &receiver->bytes, sizeof(receiver->bytes),
                                    NULL, NULL, NULL);
    WsFreeMessage(message);
}

TEST(messages_of_all_sizes_arrive)
{
    ULONG limit = 64 << 20;
    WS_CHANNEL_PROPERTY property = {WS_CHANNEL_PROPERTY_MAX_BUFFERED_MESSAGE_SIZE, &limit, sizeof(limit)};
    struct tcp_pair pair;
    WS_BYTES bytes;
    size_t size, i;

    tcp_connect(&pair, &property, 1);
    for (size = 0; size <= 20u << 20; size = size ? size * 5 + 1 : 1)
    {
        struct bytes_receiver receiver = {.channel = pair.server, .hr = E_FAIL};

        ok(WsCreateHeap(64 << 20, 0, NULL, 0, &receiver.heap, NULL));
        bytes.length = (ULONG)size;
        bytes.bytes = malloc(size + 1);
        for (i = 0; i < size; i++)
            bytes.bytes[i] = (BYTE)(i * 7 + i / 256);
        tcp_start(&receiver.thread, receive_bytes, &receiver);
        ok(send_bytes(pair.client, &bytes, NULL));
        tcp_join(&receiver.thread);
        ok(receiver.hr);
        expect(receiver.bytes.length == size && !memcmp(receiver.bytes.bytes, bytes.bytes, size));
        free(bytes.bytes);
        WsFreeHeap(receiver.heap);
    }
    tcp_disconnect(&pair);
}

TEST(messages_have_a_largest_size)
{
    ULONG limit = 300;
    WS_CHANNEL_PROPERTY property = {WS_CHANNEL_PROPERTY_MAX_BUFFERED_MESSAGE_SIZE, &limit, sizeof(limit)};
    WS_ERROR *error = create_error();
    struct tcp_pair pair;
    static BYTE many[1000];
    WS_BYTES bytes = {sizeof(many), many};
    INT value;

    tcp_connect(&pair, &property, 1);
    expect_hr(WS_E_QUOTA_EXCEEDED, send_bytes(pair.client, &bytes, error));
    expect(says(error, "300"));
    /* Nothing of it was sent, and the session goes on. */
    ok(tcp_send(pair.client, 1, NULL));
    ok(tcp_receive(pair.server, &value, NULL));
    tcp_disconnect(&pair);
    WsFreeError(error);
}

/* --- Both directions at once --- */

struct talk
{
    struct tcp_thread sending, receiving;
    WS_CHANNEL *channel;
    INT count;
    HRESULT sent, received;
    INT got;
};

static void talk_send(void *argument)
{
    struct talk *talk = argument;
    INT i;

    for (i = 0, talk->sent = S_OK; i < talk->count && talk->sent == S_OK; i++)
        talk->sent = tcp_send(talk->channel, i, NULL);
}

static void talk_receive(void *argument)
{
    struct talk *talk = argument;
    INT value;

    for (talk->got = 0, talk->received = S_OK; talk->got < talk->count && talk->received == S_OK; talk->got++)
    {
        talk->received = tcp_receive(talk->channel, &value, NULL);
        if (talk->received == S_OK && value != talk->got)
            talk->received = E_FAIL;
    }
}

static void talk_start(struct talk *talk, WS_CHANNEL *channel, INT count)
{
    talk->channel = channel;
    talk->count = count;
    tcp_start(&talk->sending, talk_send, talk);
    tcp_start(&talk->receiving, talk_receive, talk);
}

static void talk_end(struct talk *talk)
{
    tcp_join(&talk->sending);
    tcp_join(&talk->receiving);
    ok(talk->sent);
    ok(talk->received);
    expect(talk->got == talk->count);
}

TEST(both_sides_send_and_receive_at_once)
{
    struct tcp_pair pair;
    struct talk client, server;

    tcp_connect(&pair, NULL, 0);
    talk_start(&client, pair.client, 500);
    talk_start(&server, pair.server, 500);
    talk_end(&client);
    talk_end(&server);
    tcp_disconnect(&pair);
}

#define SESSIONS 64

TEST(many_sessions_at_once)
{
    static struct tcp_pair pairs[SESSIONS];
    static struct tcp_client opening[SESSIONS];
    static struct talk clients[SESSIONS], servers[SESSIONS];
    WS_LISTENER *listener;
    unsigned port, i;

    listener = tcp_listen(NULL, 0, &port);
    for (i = 0; i < SESSIONS; i++)
    {
        pairs[i].client = tcp_create_channel(NULL, 0);
        pairs[i].server = tcp_channel_for(listener, NULL, 0);
        tcp_client_start(&opening[i], pairs[i].client, port);
    }
    for (i = 0; i < SESSIONS; i++)
        ok(WsAcceptChannel(listener, pairs[i].server, NULL, NULL));
    for (i = 0; i < SESSIONS; i++)
        ok(tcp_client_end(&opening[i]));
    for (i = 0; i < SESSIONS; i++)
    {
        talk_start(&clients[i], pairs[i].client, 20);
        talk_start(&servers[i], pairs[i].server, 20);
    }
    for (i = 0; i < SESSIONS; i++)
    {
        talk_end(&clients[i]);
        talk_end(&servers[i]);
    }
    /* Which server has which client is not known. */
    for (i = 0; i < SESSIONS; i++)
        ok(WsShutdownSessionChannel(pairs[i].client, NULL, NULL));
    for (i = 0; i < SESSIONS; i++)
        tcp_end_channel(pairs[i].server);
    for (i = 0; i < SESSIONS; i++)
        tcp_end_channel(pairs[i].client);
    tcp_end_listener(listener);
}

/* --- Asynchronous calls --- */

TEST(all_calls_may_be_asynchronous)
{
    struct tcp_call opening, accepting, call, receiving;
    const WS_MESSAGE_DESCRIPTION *description = &tcp_count;
    WS_LISTENER *listener;
    WS_CHANNEL *client = tcp_create_channel(NULL, 0), *server;
    WS_ENDPOINT_ADDRESS address;
    WS_MESSAGE *message, *received;
    HRESULT hr, accepted;
    INT value = 17, got = 0;
    unsigned port;

    listener = tcp_listen(NULL, 0, &port);
    server = tcp_channel_for(listener, NULL, 0);
    tcp_call_init(&accepting);
    accepted = WsAcceptChannel(listener, server, &accepting.context, NULL);
    expect_hr(WS_S_ASYNC, accepted);
    memset(&address, 0, sizeof(address));
    address.url = tcp_url("localhost", port, "/");
    tcp_call_init(&opening);
    hr = WsOpenChannel(client, &address, &opening.context, NULL);
    memset(address.url.chars, 'x', address.url.length * sizeof(WCHAR));
    ok(tcp_call_end(&opening, hr));
    ok(tcp_call_end(&accepting, accepted));

    received = tcp_message(server);
    tcp_call_init(&receiving);
    hr = WsReceiveMessage(server, received, &description, 1, WS_RECEIVE_REQUIRED_MESSAGE, WS_READ_REQUIRED_VALUE, NULL,
                          &got, sizeof(got), NULL, &receiving.context, NULL);
    expect_hr(WS_S_ASYNC, hr);
    message = tcp_message(client);
    tcp_call_init(&call);
    ok(tcp_call_end(&call, WsSendMessage(client, message, &tcp_count, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value),
                                         &call.context, NULL)));
    ok(tcp_call_end(&receiving, hr));
    expect(got == 17);
    tcp_call_init(&call);
    ok(tcp_call_end(&call, WsShutdownSessionChannel(client, &call.context, NULL)));
    tcp_call_init(&call);
    hr = WsCloseChannel(client, &call.context, NULL);
    tcp_call_init(&receiving);
    ok(tcp_call_end(&receiving, WsCloseChannel(server, &receiving.context, NULL)));
    ok(tcp_call_end(&call, hr));
    WsFreeMessage(message);
    WsFreeMessage(received);
    WsFreeChannel(client);
    WsFreeChannel(server);
    tcp_end_listener(listener);
}

/* --- Aborting --- */

TEST(a_receive_that_waits_is_aborted)
{
    struct tcp_pair pair;
    struct tcp_call call;
    const WS_MESSAGE_DESCRIPTION *description = &tcp_count;
    WS_MESSAGE *message;
    INT value;
    HRESULT hr;

    tcp_connect(&pair, NULL, 0);
    message = tcp_message(pair.client);
    tcp_call_init(&call);
    hr = WsReceiveMessage(pair.client, message, &description, 1, WS_RECEIVE_REQUIRED_MESSAGE, WS_READ_REQUIRED_VALUE,
                          NULL, &value, sizeof(value), NULL, &call.context, NULL);
    expect_hr(WS_S_ASYNC, hr);
    ok(WsAbortChannel(pair.client, NULL));
    expect_hr(WS_E_OPERATION_ABORTED, tcp_call_end(&call, hr));
    expect(tcp_state(pair.client) == WS_CHANNEL_STATE_FAULTED);
    expect_hr(WS_E_OBJECT_FAULTED, tcp_receive(pair.client, &value, NULL));
    WsFreeMessage(message);
    tcp_end_channel(pair.client);
    /* The other side sees the end. */
    expect_hr(WS_E_ENDPOINT_DISCONNECTED, tcp_receive(pair.server, &value, NULL));
    tcp_end_channel(pair.server);
    tcp_end_listener(pair.listener);
}

static void abort_later(void *argument)
{
    tcp_rest(50);
    WsAbortChannel(argument, NULL);
}

TEST(calls_that_block_are_aborted)
{
    struct tcp_pair pair;
    struct tcp_thread thread;
    struct tcp_peer listener;
    WS_CHANNEL *channel;
    unsigned port;
    INT value;

    tcp_connect(&pair, NULL, 0);
    tcp_start(&thread, abort_later, pair.server);
    expect_hr(WS_E_OPERATION_ABORTED, tcp_receive(pair.server, &value, NULL));
    tcp_join(&thread);
    tcp_end_channel(pair.server);
    tcp_end_channel(pair.client);

    pair.server = tcp_channel_for(pair.listener, NULL, 0);
    tcp_start(&thread, abort_later, pair.server);
    expect_hr(WS_E_OPERATION_ABORTED, WsAcceptChannel(pair.listener, pair.server, NULL, NULL));
    tcp_join(&thread);
    tcp_end_channel(pair.server);
    tcp_end_listener(pair.listener);

    /* A server that never answers. */
    tcp_peer_listen(&listener, &port);
    channel = tcp_create_channel(NULL, 0);
    tcp_start(&thread, abort_later, channel);
    expect_hr(WS_E_OPERATION_ABORTED, tcp_open_channel(channel, "127.0.0.1", port, NULL));
    tcp_join(&thread);
    tcp_peer_close(&listener);
    tcp_end_channel(channel);
}

/* Whatever both sides are doing, an abort of one ends it there, and closing it on the other side. */
TEST(aborts_may_come_at_any_time)
{
    unsigned round;

    for (round = 0; round < 40; round++)
    {
        struct tcp_pair pair;
        struct talk client, server;

        tcp_connect(&pair, NULL, 0);
        talk_start(&client, pair.client, 100000);
        talk_start(&server, pair.server, 100000);
        if (round % 4)
            tcp_rest(round % 4);
        ok(WsAbortChannel(round % 2 ? pair.client : pair.server, NULL));
        ok(WsCloseChannel(round % 2 ? pair.client : pair.server, NULL, NULL));
        tcp_join(&client.sending);
        tcp_join(&client.receiving);
        tcp_join(&server.sending);
        tcp_join(&server.receiving);
        expect(FAILED(client.sent) && FAILED(server.sent));
        tcp_end_channel(pair.client);
        tcp_end_channel(pair.server);
        tcp_end_listener(pair.listener);
    }
}

/* --- The peer vanishes, or does not listen --- */

TEST(a_send_times_out_when_the_peer_does_not_read)
{
    ULONG timeout = 200, limit = 32 << 20;
    WS_CHANNEL_PROPERTY properties[] = {
        {WS_CHANNEL_PROPERTY_SEND_TIMEOUT, &timeout, sizeof(timeout)},
        {WS_CHANNEL_PROPERTY_MAX_BUFFERED_MESSAGE_SIZE, &limit, sizeof(limit)},
    };
    WS_ERROR *error = create_error();
    struct tcp_pair pair;
    WS_BYTES bytes = {16 << 20, calloc(16 << 20, 1)};
    INT value;

    tcp_connect(&pair, properties, 2);
    expect_refused(error, WS_E_OPERATION_TIMED_OUT, send_bytes(pair.client, &bytes, error),
                   "WS_CHANNEL_PROPERTY_SEND_TIMEOUT");
    expect(tcp_state(pair.client) == WS_CHANNEL_STATE_FAULTED);
    tcp_end_channel(pair.client);
    expect_hr(WS_E_ENDPOINT_DISCONNECTED, tcp_receive(pair.server, &value, NULL));
    tcp_end_channel(pair.server);
    tcp_end_listener(pair.listener);
    free(bytes.bytes);
    WsFreeError(error);
}

TEST(a_channel_may_be_used_again)
{
    struct tcp_pair pair;
    struct tcp_client opening;
    INT round, value;

    pair.listener = tcp_listen(NULL, 0, &pair.port);
    pair.server = tcp_channel_for(pair.listener, NULL, 0);
    pair.client = tcp_create_channel(NULL, 0);
    for (round = 0; round < 5; round++)
    {
        WS_STRING url = {0, NULL}, wanted = tcp_url("localhost", pair.port, "/");

        expect_hr(WS_E_INVALID_OPERATION,
                  WsGetChannelProperty(pair.server, WS_CHANNEL_PROPERTY_TRANSPORT_URL, &url, sizeof(url), NULL));
        tcp_client_start(&opening, pair.client, pair.port);
        ok(WsAcceptChannel(pair.listener, pair.server, NULL, NULL));
        ok(tcp_client_end(&opening));
        ok(WsGetChannelProperty(pair.server, WS_CHANNEL_PROPERTY_TRANSPORT_URL, &url, sizeof(url), NULL));
        expect(url.length == wanted.length && !memcmp(url.chars, wanted.chars, url.length * sizeof(WCHAR)));
        ok(tcp_send(pair.client, round, NULL));
        ok(tcp_receive(pair.server, &value, NULL));
        expect(value == round);
        if (round == 2)
        {
            ok(WsAbortChannel(pair.client, NULL));
            ok(WsAbortChannel(pair.server, NULL));
        }
        expect_hr(round == 2 ? WS_E_OBJECT_FAULTED : S_OK, WsShutdownSessionChannel(pair.client, NULL, NULL));
        ok(WsCloseChannel(pair.server, NULL, NULL));
        ok(WsCloseChannel(pair.client, NULL, NULL));
        ok(WsResetChannel(pair.client, NULL));
        ok(WsResetChannel(pair.server, NULL));
    }
    WsFreeChannel(pair.client);
    WsFreeChannel(pair.server);
    tcp_end_listener(pair.listener);
}

/* --- Properties of the connection --- */

/* SOCKADDR_STORAGE: the family is AF_INET or AF_INET6, which has another number in each system. */
static bool is_address(const BYTE storage[128])
{
    unsigned family = storage[0] | (unsigned)storage[1] << 8;

    return (family == 2 && storage[4] == 127) || family == 10 || family == 23;
}

TEST(connections_have_addresses_and_options)
{
    BOOL on = TRUE, off = FALSE;
    ULONG time = 60000, interval = 2000;
    WS_CHANNEL_PROPERTY properties[] = {
        {WS_CHANNEL_PROPERTY_SEND_KEEP_ALIVES, &on, sizeof(on)},
        {WS_CHANNEL_PROPERTY_KEEP_ALIVE_TIME, &time, sizeof(time)},
        {WS_CHANNEL_PROPERTY_KEEP_ALIVE_INTERVAL, &interval, sizeof(interval)},
        {WS_CHANNEL_PROPERTY_NO_DELAY, &on, sizeof(on)},
    };
    WS_CHANNEL *channel = tcp_create_channel(properties, 4);
    struct tcp_pair pair;
    BYTE storage[128];
    INT value;

    expect_hr(WS_E_INVALID_OPERATION,
              WsGetChannelProperty(channel, WS_CHANNEL_PROPERTY_REMOTE_IP_ADDRESS, storage, sizeof(storage), NULL));
    WsFreeChannel(channel);
    tcp_connect(&pair, properties, 4);
    ok(WsGetChannelProperty(pair.client, WS_CHANNEL_PROPERTY_REMOTE_IP_ADDRESS, storage, sizeof(storage), NULL));
    expect(is_address(storage));
    ok(WsGetChannelProperty(pair.server, WS_CHANNEL_PROPERTY_REMOTE_IP_ADDRESS, storage, sizeof(storage), NULL));
    expect(is_address(storage));
    ok(WsSetChannelProperty(pair.client, WS_CHANNEL_PROPERTY_NO_DELAY, &off, sizeof(off), NULL));
    ok(tcp_send(pair.client, 1, NULL));
    ok(tcp_receive(pair.server, &value, NULL));
    tcp_disconnect(&pair);
}

TEST(ip_versions_are_chosen)
{
    WS_IP_VERSION version = WS_IP_VERSION_4;
    WS_LISTENER_PROPERTY listened = {WS_LISTENER_PROPERTY_IP_VERSION, &version, sizeof(version)};
    WS_IP_VERSION other = WS_IP_VERSION_6;
    WS_CHANNEL_PROPERTY property = {WS_CHANNEL_PROPERTY_IP_VERSION, &other, sizeof(other)};
    WS_CHANNEL *channel = tcp_create_channel(&property, 1);
    WS_LISTENER *listener;
    unsigned port;
    HRESULT hr;

    /* Nobody listens at ::1, if there is one at all. */
    listener = tcp_listen(&listened, 1, &port);
    hr = tcp_open_channel(channel, "localhost", port, NULL);
    expect(hr == WS_E_ENDPOINT_NOT_FOUND || hr == WS_E_ENDPOINT_UNREACHABLE || hr == WS_E_ADDRESS_NOT_AVAILABLE);
    WsFreeChannel(channel);
    tcp_end_listener(listener);
}

/* --- Abandoned messages --- */

TEST(messages_may_be_abandoned)
{
    struct tcp_pair pair;
    WS_MESSAGE *message;
    INT value;

    tcp_connect(&pair, NULL, 0);
    message = tcp_message(pair.client);
    ok(WsInitializeMessage(message, WS_BLANK_MESSAGE, NULL, NULL));
    ok(WsWriteMessageStart(pair.client, message, NULL, NULL));
    ok(WsAbandonMessage(pair.client, message, NULL));
    WsFreeMessage(message);
    ok(tcp_send(pair.client, 1, NULL));
    ok(tcp_send(pair.client, 2, NULL));
    message = tcp_message(pair.server);
    ok(WsReadMessageStart(pair.server, message, NULL, NULL));
    ok(WsAbandonMessage(pair.server, message, NULL));
    WsFreeMessage(message);
    ok(tcp_receive(pair.server, &value, NULL));
    expect(value == 2);
    tcp_disconnect(&pair);
}

/* Closing while a message is half written or read is rude, but closes. */
TEST(half_a_message_does_not_hold_up_close)
{
    struct tcp_pair pair;
    WS_MESSAGE *written, *read;

    tcp_connect(&pair, NULL, 0);
    ok(tcp_send(pair.client, 1, NULL));
    written = tcp_message(pair.client);
    ok(WsInitializeMessage(written, WS_BLANK_MESSAGE, NULL, NULL));
    ok(WsWriteMessageStart(pair.client, written, NULL, NULL));
    read = tcp_message(pair.server);
    ok(WsReadMessageStart(pair.server, read, NULL, NULL));
    tcp_end_channel(pair.client);
    tcp_end_channel(pair.server);
    WsFreeMessage(written);
    WsFreeMessage(read);
    tcp_end_listener(pair.listener);
}
