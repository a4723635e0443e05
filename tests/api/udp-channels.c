/* SPDX-License-Identifier: MIT */
/*
 * udp-channels.c - channels of soap.udp at work: both families, replies, threads, aborting, URLs.
 *
 * Source: the pages of channels (channel-layer-overview.md), WsOpenListener and the properties; what those are silent
 * about is our choice.
 */
#include "support/udp.h"

#include "support/errors.h"
#include "support/message.h"

/* ---- Where a message goes --------------------------------------------------------------------------------------- */

/* What a client sends to a host arrives at a listener that has been opened at another. */
static void expect_way(const char *listener_host, const char *client_host)
{
    unsigned port;
    WS_LISTENER *listener = udp_listen(listener_host, &port);
    WS_CHANNEL *server = udp_channel_for(listener), *client = udp_connect(client_host, port);

    ok(udp_send(client, 7, NULL));
    expect(udp_serve_one(listener, server) == 7);
    udp_end_channel(client);
    WsFreeChannel(server);
    udp_end_listener(listener);
}

/* The page of WsOpenListener: if it is not a literal address, a wildcard address is used, so that of both families. */
TEST(a_name_or_a_wildcard_listens_everywhere)
{
    static const char *const hosts[] = {"localhost", "+", "*", "no-such-host.invalid"};
    size_t i;

    for (i = 0; i < WsCountOf(hosts); i++)
    {
        expect_way(hosts[i], "localhost");
        expect_way(hosts[i], "127.0.0.1");
        if (udp_has_ipv6())
            expect_way(hosts[i], "[::1]");
    }
}

TEST(a_literal_address_listens_there)
{
    expect_way("127.0.0.1", "127.0.0.1");
    expect_way("127.0.0.1", "localhost");
    expect_way("0.0.0.0", "127.0.0.1");
    if (udp_has_ipv6())
    {
        expect_way("[::1]", "[::1]");
        expect_way("[::]", "[::1]");
    }
}

static void expect_way_of_version(WS_IP_VERSION version, const char *host)
{
    WS_LISTENER_PROPERTY listener_property = {WS_LISTENER_PROPERTY_IP_VERSION, &version, sizeof(version)};
    WS_CHANNEL_PROPERTY channel_property = {WS_CHANNEL_PROPERTY_IP_VERSION, &version, sizeof(version)};
    WS_LISTENER *listener = udp_create_listener(WS_CHANNEL_TYPE_DUPLEX, &listener_property, 1);
    WS_CHANNEL *client = udp_create_channel(&channel_property, 1), *server = udp_channel_for(listener);
    unsigned port = udp_free_port();
    WS_STRING url = udp_url("localhost", port);

    ok(WsOpenListener(listener, &url, NULL, NULL));
    ok(udp_open(client, host, port, NULL));
    ok(udp_send(client, 8, NULL));
    expect(udp_serve_one(listener, server) == 8);
    udp_end_channel(client);
    WsFreeChannel(server);
    udp_end_listener(listener);
}

TEST(one_version_of_ip)
{
    expect_way_of_version(WS_IP_VERSION_4, "localhost");
    expect_way_of_version(WS_IP_VERSION_4, "127.0.0.1");
    if (udp_has_ipv6())
    {
        expect_way_of_version(WS_IP_VERSION_6, "localhost");
        expect_way_of_version(WS_IP_VERSION_6, "[::1]");
    }
}

/* Two listeners do not share a port, which would divide the messages between them. */
TEST(a_port_is_in_use)
{
    WS_ERROR *error = create_error();
    unsigned port;
    WS_LISTENER *first = udp_listen("127.0.0.1", &port);
    WS_LISTENER *second = udp_create_listener(WS_CHANNEL_TYPE_DUPLEX, NULL, 0);
    WS_STRING url = udp_url("127.0.0.1", port);
    char text[16];

    snprintf(text, sizeof(text), "%u", port);
    expect_hr(WS_E_ADDRESS_IN_USE, WsOpenListener(second, &url, NULL, error));
    expect(says(error, text));
    udp_end_listener(first);
    WsFreeListener(second);
    WsFreeError(error);
}

/* ---- URLs ------------------------------------------------------------------------------------------------------- */

/* The code is that of the page of WsOpenChannel; that a port must be given is our choice. */
TEST(urls_that_are_not_of_udp)
{
    static const struct
    {
        const char *url, *says;
    } rows[] = {
        {"http://localhost:809/", "soap.udp"},
        {"net.tcp://localhost:809/", "soap.udp"},
        {"soap.udp://localhost", "no port"},
        {"soap.udp://localhost/", "no port"},
        {"soap.udp://localhost:0", "the port 0"},
        {"soap.udp://localhost:65536", "65535"},
        {"soap.udp:localhost", "//"},
        {"localhost:809", "scheme"},
        {"", "scheme"},
    };
    WS_ERROR *error = create_error();
    WS_LISTENER *listener = udp_create_listener(WS_CHANNEL_TYPE_DUPLEX, NULL, 0);
    WS_CHANNEL *channel = udp_create_channel(NULL, 0);
    size_t i;

    for (i = 0; i < WsCountOf(rows); i++)
    {
        WS_STRING url = udp_string(rows[i].url);
        WS_ENDPOINT_ADDRESS address = {.url = url};

        expect_refused(error, WS_E_INVALID_ENDPOINT_URL, WsOpenListener(listener, &url, NULL, error), rows[i].says);
        expect_refused(error, WS_E_INVALID_ENDPOINT_URL, WsOpenChannel(channel, &address, NULL, error), rows[i].says);
        if (udp_state(channel) != WS_CHANNEL_STATE_CREATED)
        {
            ok(WsCloseChannel(channel, NULL, NULL));
            ok(WsResetChannel(channel, NULL));
        }
        if (udp_listener_state(listener) != WS_LISTENER_STATE_CREATED)
        {
            ok(WsCloseListener(listener, NULL, NULL));
            ok(WsResetListener(listener, NULL));
        }
    }
    WsFreeChannel(channel);
    WsFreeListener(listener);
    WsFreeError(error);
}

/* A listener's has no query and no fragment, says the page of WsOpenListener; and a channel's no wildcard. */
TEST(urls_of_listeners_and_channels)
{
    WS_ERROR *error = create_error();
    WS_LISTENER *listener = udp_create_listener(WS_CHANNEL_TYPE_DUPLEX, NULL, 0);
    WS_CHANNEL *channel = udp_create_channel(NULL, 0);
    WS_STRING url;

    url = udp_string("soap.udp://localhost:809/?query");
    expect_refused(error, WS_E_INVALID_ENDPOINT_URL, WsOpenListener(listener, &url, NULL, error), "query");
    WsFreeListener(listener);
    listener = udp_create_listener(WS_CHANNEL_TYPE_DUPLEX, NULL, 0);
    url = udp_string("soap.udp://localhost:809/#fragment");
    expect_refused(error, WS_E_INVALID_ENDPOINT_URL, WsOpenListener(listener, &url, NULL, error), "fragment");
    expect_refused(error, WS_E_INVALID_ENDPOINT_URL, udp_open(channel, "+", 809, error), "wildcard");
    WsFreeChannel(channel);
    WsFreeListener(listener);
    WsFreeError(error);
}

/* The path of a listener's URL is ignored where it listens: the page of WsOpenListener. */
TEST(paths_are_no_addresses)
{
    WS_LISTENER *listener = udp_create_listener(WS_CHANNEL_TYPE_DUPLEX, NULL, 0);
    WS_CHANNEL *server = udp_channel_for(listener), *client = udp_create_channel(NULL, 0);
    unsigned port = udp_free_port();
    WS_ENDPOINT_ADDRESS address = {0};
    WS_STRING url;
    char text[80];

    snprintf(text, sizeof(text), "SOAP.UDP://127.0.0.1:%u/some/path", port);
    url = udp_string(text);
    ok(WsOpenListener(listener, &url, NULL, NULL));
    snprintf(text, sizeof(text), "soap.udp://127.0.0.1:%u/some/path", port);
    address.url = udp_string(text);
    ok(WsOpenChannel(client, &address, NULL, NULL));
    ok(udp_send(client, 3, NULL));
    expect(udp_serve_one(listener, server) == 3);
    udp_end_channel(client);
    WsFreeChannel(server);
    udp_end_listener(listener);
}

/* A literal address of another version than the property's is no address for the listener; the code is our choice. */
TEST(an_address_of_another_version)
{
    WS_IP_VERSION version = WS_IP_VERSION_6;
    WS_LISTENER_PROPERTY property = {WS_LISTENER_PROPERTY_IP_VERSION, &version, sizeof(version)};
    WS_LISTENER *listener = udp_create_listener(WS_CHANNEL_TYPE_DUPLEX, &property, 1);
    WS_ERROR *error = create_error();
    WS_STRING url = udp_url("127.0.0.1", udp_free_port());

    expect_refused(error, WS_E_INVALID_ENDPOINT_URL, WsOpenListener(listener, &url, NULL, error), "127.0.0.1");
    WsFreeListener(listener);
    WsFreeError(error);
}

TEST(a_host_that_does_not_exist)
{
    WS_ERROR *error = create_error();
    WS_CHANNEL *channel = udp_create_channel(NULL, 0);

    expect_hr(WS_E_ENDPOINT_NOT_FOUND, udp_open(channel, "no-such-host.invalid", 809, error));
    expect(says(error, "no-such-host.invalid"));
    WsFreeChannel(channel);
    WsFreeError(error);
}

/* ---- Types and properties --------------------------------------------------------------------------------------- */

/* The page of WS_CHANNEL_TYPE, but for DUPLEX listeners, which have been observed. */
TEST(types_of_channels)
{
    static const struct
    {
        WS_CHANNEL_TYPE type;
        bool is_channel, is_listener;
    } rows[] = {
        {WS_CHANNEL_TYPE_DUPLEX, true, true},          {WS_CHANNEL_TYPE_INPUT, false, true},
        {WS_CHANNEL_TYPE_OUTPUT, false, false},        {WS_CHANNEL_TYPE_REQUEST, false, false},
        {WS_CHANNEL_TYPE_REPLY, false, false},         {WS_CHANNEL_TYPE_DUPLEX_SESSION, false, false},
        {WS_CHANNEL_TYPE_INPUT_SESSION, false, false}, {WS_CHANNEL_TYPE_OUTPUT_SESSION, false, false},
    };
    size_t i;

    for (i = 0; i < WsCountOf(rows); i++)
    {
        WS_CHANNEL *channel = NULL;
        WS_LISTENER *listener = NULL;

        expect_hr(rows[i].is_channel ? S_OK : E_INVALIDARG,
                  WsCreateChannel(rows[i].type, WS_UDP_CHANNEL_BINDING, NULL, 0, NULL, &channel, NULL));
        expect_hr(rows[i].is_listener ? S_OK : E_INVALIDARG,
                  WsCreateListener(rows[i].type, WS_UDP_CHANNEL_BINDING, NULL, 0, NULL, &listener, NULL));
        WsFreeChannel(channel);
        WsFreeListener(listener);
    }
}

/* A channel of an INPUT listener receives, and does not send. */
TEST(an_input_channel)
{
    WS_LISTENER *listener = udp_create_listener(WS_CHANNEL_TYPE_INPUT, NULL, 0);
    WS_CHANNEL *server = udp_channel_for(listener), *client;
    unsigned port = udp_free_port();
    WS_STRING url = udp_url("localhost", port);
    WS_CHANNEL_TYPE type;
    INT count;

    ok(WsGetChannelProperty(server, WS_CHANNEL_PROPERTY_CHANNEL_TYPE, &type, sizeof(type), NULL));
    expect(type == WS_CHANNEL_TYPE_INPUT);
    ok(WsOpenListener(listener, &url, NULL, NULL));
    client = udp_connect("localhost", port);
    ok(udp_send(client, 4, NULL));
    ok(WsAcceptChannel(listener, server, NULL, NULL));
    ok(udp_receive(server, &count, NULL));
    expect(count == 4);
    expect_hr(WS_E_INVALID_OPERATION, udp_send(server, 5, NULL));
    expect_hr(WS_S_END, udp_receive(server, &count, NULL));
    udp_end_channel(server);
    udp_end_channel(client);
    udp_end_listener(listener);
}

/* The defaults of the page of WS_CHANNEL_PROPERTY_ID. */
TEST(defaults_of_properties)
{
    WS_CHANNEL *channel = udp_create_channel(NULL, 0);
    ULONG number = 99;
    WS_ENCODING encoding;
    WS_TRANSFER_MODE mode = (WS_TRANSFER_MODE)99;
    WS_IP_VERSION version;
    WS_ENDPOINT_ADDRESS address;

    ok(WsGetChannelProperty(channel, WS_CHANNEL_PROPERTY_MULTICAST_INTERFACE, &number, sizeof(number), NULL));
    expect(number == 0);
    ok(WsGetChannelProperty(channel, WS_CHANNEL_PROPERTY_MULTICAST_HOPS, &number, sizeof(number), NULL));
    expect(number == 1);
    ok(WsGetChannelProperty(channel, WS_CHANNEL_PROPERTY_ENCODING, &encoding, sizeof(encoding), NULL));
    expect(encoding == WS_ENCODING_XML_UTF8);
    ok(WsGetChannelProperty(channel, WS_CHANNEL_PROPERTY_TRANSFER_MODE, &mode, sizeof(mode), NULL));
    expect(mode == WS_BUFFERED_TRANSFER_MODE);
    ok(WsGetChannelProperty(channel, WS_CHANNEL_PROPERTY_IP_VERSION, &version, sizeof(version), NULL));
    expect(version == WS_IP_VERSION_AUTO);
    expect_hr(WS_E_INVALID_OPERATION,
              WsGetChannelProperty(channel, WS_CHANNEL_PROPERTY_REMOTE_ADDRESS, &address, sizeof(address), NULL));
    WsFreeChannel(channel);
}

/* It can be set in any state: the page of WS_CHANNEL_PROPERTY_ID. */
TEST(the_multicast_interface_can_be_set_any_time)
{
    WS_CHANNEL *channel = udp_create_channel(NULL, 0);
    ULONG set, got;

    for (set = 1; set <= 3; set++)
    {
        ok(WsSetChannelProperty(channel, WS_CHANNEL_PROPERTY_MULTICAST_INTERFACE, &set, sizeof(set), NULL));
        ok(WsGetChannelProperty(channel, WS_CHANNEL_PROPERTY_MULTICAST_INTERFACE, &got, sizeof(got), NULL));
        expect(set == got);
        if (set == 1)
            ok(udp_open(channel, "127.0.0.1", udp_free_port(), NULL));
        if (set == 2)
            ok(WsCloseChannel(channel, NULL, NULL));
    }
    expect_hr(E_INVALIDARG, WsSetChannelProperty(channel, WS_CHANNEL_PROPERTY_MULTICAST_HOPS, &set, sizeof(set), NULL));
    WsFreeChannel(channel);
}

/* More hops than a packet can have; our choice. */
TEST(hops_have_a_limit)
{
    ULONG hops = 256;
    WS_CHANNEL_PROPERTY property = {WS_CHANNEL_PROPERTY_MULTICAST_HOPS, &hops, sizeof(hops)};
    WS_CHANNEL *channel = NULL;
    WS_ERROR *error = create_error();

    expect_refused(error, E_INVALIDARG,
                   WsCreateChannel(WS_CHANNEL_TYPE_DUPLEX, WS_UDP_CHANNEL_BINDING, &property, 1, NULL, &channel, error),
                   "256");
    hops = 255;
    ok(WsCreateChannel(WS_CHANNEL_TYPE_DUPLEX, WS_UDP_CHANNEL_BINDING, &property, 1, NULL, &channel, NULL));
    WsFreeChannel(channel);
    WsFreeError(error);
}

/* ---- Replies ---------------------------------------------------------------------------------------------------- */

static bool is_ascii(const WS_STRING *string, const char *text)
{
    ULONG i;

    for (i = 0; i < string->length; i++)
        if (string->chars[i] != (unsigned char)text[i])
            return false;
    return !text[i];
}

/* A request with an ID, whose reply goes back to where it came from, and relates to it. */
static void expect_reply(const char *host)
{
    const WS_MESSAGE_DESCRIPTION *descriptions[] = {&count_message};
    unsigned port;
    WS_LISTENER *listener = udp_listen(host, &port);
    WS_CHANNEL *server = udp_channel_for(listener), *client = udp_connect(host, port);
    WS_MESSAGE *request = udp_message(server), *reply = udp_message(server), *sent = udp_message(client),
               *received = udp_message(client);
    WS_UNIQUE_ID id = {{0}, {1, 2, 3, {4, 5, 6, 7, 8, 9, 10, 11}}}, related;
    WS_ENDPOINT_ADDRESS address;
    INT count = 11;
    char text[80];

    ok(WsInitializeMessage(sent, WS_BLANK_MESSAGE, NULL, NULL));
    ok(WsSetHeader(sent, WS_MESSAGE_ID_HEADER, WS_UNIQUE_ID_TYPE, WS_WRITE_REQUIRED_VALUE, &id, sizeof(id), NULL));
    ok(WsSendMessage(client, sent, &count_message, WS_WRITE_REQUIRED_VALUE, &count, sizeof(count), NULL, NULL));

    ok(WsAcceptChannel(listener, server, NULL, NULL));
    ok(WsReceiveMessage(server, request, descriptions, 1, WS_RECEIVE_REQUIRED_MESSAGE, WS_READ_REQUIRED_VALUE, NULL,
                        &count, sizeof(count), NULL, NULL, NULL));
    ok(WsGetChannelProperty(server, WS_CHANNEL_PROPERTY_REMOTE_ADDRESS, &address, sizeof(address), NULL));
    snprintf(text, sizeof(text), "soap.udp://%s:", host);
    expect(address.url.length > strlen(text) && !address.headers && !address.extensions && !address.identity);
    address.url.length = (ULONG)strlen(text);
    expect(is_ascii(&address.url, text));
    count = 12;
    ok(WsSendReplyMessage(server, reply, &count_message, WS_WRITE_REQUIRED_VALUE, &count, sizeof(count), request, NULL,
                          NULL));

    ok(WsReceiveMessage(client, received, descriptions, 1, WS_RECEIVE_REQUIRED_MESSAGE, WS_READ_REQUIRED_VALUE, NULL,
                        &count, sizeof(count), NULL, NULL, NULL));
    expect(count == 12);
    ok(WsGetHeader(received, WS_RELATES_TO_HEADER, WS_UNIQUE_ID_TYPE, WS_READ_REQUIRED_VALUE, NULL, &related,
                   sizeof(related), NULL));
    expect(memcmp(&related.guid, &id.guid, sizeof(id.guid)) == 0);
    ok(WsGetChannelProperty(client, WS_CHANNEL_PROPERTY_REMOTE_ADDRESS, &address, sizeof(address), NULL));
    snprintf(text, sizeof(text), "soap.udp://%s:%u", host, port);
    expect(is_ascii(&address.url, text));

    udp_end_channel(client);
    udp_end_channel(server);
    udp_end_listener(listener);
    WsFreeMessage(request);
    WsFreeMessage(reply);
    WsFreeMessage(sent);
    WsFreeMessage(received);
}

TEST(a_reply_goes_back)
{
    expect_reply("127.0.0.1");
    if (udp_has_ipv6())
        expect_reply("[::1]");
}

/* Observed in programs: a channel that was accepted outlives its listener. The reply still leaves from its port. */
TEST(a_listener_closes_before_the_reply)
{
    unsigned port;
    WS_LISTENER *listener = udp_listen("localhost", &port);
    WS_CHANNEL *server = udp_channel_for(listener), *client = udp_connect("localhost", port);
    INT count;

    ok(udp_send(client, 1, NULL));
    ok(WsAcceptChannel(listener, server, NULL, NULL));
    ok(WsCloseListener(listener, NULL, NULL));
    ok(udp_receive(server, &count, NULL));
    ok(udp_send(server, 2, NULL));
    ok(udp_receive(client, &count, NULL));
    expect(count == 2);
    WsFreeListener(listener);
    ok(udp_send(server, 3, NULL));
    ok(udp_receive(client, &count, NULL));
    expect(count == 3);
    udp_end_channel(server);
    /* Now the port is free. */
    listener = udp_create_listener(WS_CHANNEL_TYPE_DUPLEX, NULL, 0);
    {
        WS_STRING url = udp_url("localhost", port);

        ok(WsOpenListener(listener, &url, NULL, NULL));
    }
    udp_end_listener(listener);
    udp_end_channel(client);
}

/* The loops of channel-layer-overview.md: accept receive end*. */
TEST(an_accepted_channel_has_one_message)
{
    unsigned port;
    WS_LISTENER *listener = udp_listen("localhost", &port);
    WS_CHANNEL *server = udp_channel_for(listener), *client = udp_connect("localhost", port);
    INT count;

    ok(udp_send(client, 1, NULL));
    ok(udp_send(client, 2, NULL));
    ok(WsAcceptChannel(listener, server, NULL, NULL));
    ok(udp_receive(server, &count, NULL));
    expect(count == 1);
    expect_hr(WS_S_END, udp_receive(server, &count, NULL));
    expect_hr(WS_S_END, udp_receive(server, &count, NULL));
    ok(WsCloseChannel(server, NULL, NULL));
    ok(WsResetChannel(server, NULL));
    expect(udp_serve_one(listener, server) == 2);
    WsFreeChannel(server);
    udp_end_channel(client);
    udp_end_listener(listener);
}

/* Two channels of one listener at once, each with its own client: the replies do not mix. */
TEST(channels_of_one_listener)
{
    unsigned port;
    WS_LISTENER *listener = udp_listen("localhost", &port);
    WS_CHANNEL *servers[2] = {udp_channel_for(listener), udp_channel_for(listener)};
    WS_CHANNEL *clients[2] = {udp_connect("localhost", port), udp_connect("localhost", port)};
    INT count, i;

    for (i = 0; i < 2; i++)
        ok(udp_send(clients[i], i, NULL));
    for (i = 0; i < 2; i++)
        ok(WsAcceptChannel(listener, servers[i], NULL, NULL));
    for (i = 1; i >= 0; i--)
    {
        ok(udp_receive(servers[i], &count, NULL));
        expect(count == i);
        ok(udp_send(servers[i], count + 10, NULL));
    }
    for (i = 0; i < 2; i++)
    {
        ok(udp_receive(clients[i], &count, NULL));
        expect(count == i + 10);
        udp_end_channel(clients[i]);
        udp_end_channel(servers[i]);
    }
    udp_end_listener(listener);
}

/* ---- Threads ---------------------------------------------------------------------------------------------------- */

struct receiver
{
    WS_CHANNEL *channel;
    HRESULT hr;
    INT received, sum;
};

/* Receives until that fails. */
static void receive_all(void *argument)
{
    struct receiver *receiver = argument;
    INT count;

    while ((receiver->hr = udp_receive(receiver->channel, &count, NULL)) == S_OK)
    {
        receiver->sum += count;
        if (++receiver->received == 20)
            return;
    }
}

/* Seen in a program: one thread sends over a channel, and another one receives; abort ends a receive that waits. */
TEST(a_channel_sends_and_receives_at_once)
{
    unsigned port;
    WS_LISTENER *listener = udp_listen("localhost", &port);
    WS_CHANNEL *server = udp_channel_for(listener), *client = udp_connect("localhost", port);
    struct receiver receiver = {.channel = client};
    struct udp_thread thread;
    INT i, count, sum = 0;

    udp_start(&thread, receive_all, &receiver);
    for (i = 0; i < 20; i++)
    {
        ok(udp_send(client, i, NULL));
        ok(WsAcceptChannel(listener, server, NULL, NULL));
        ok(udp_receive(server, &count, NULL));
        expect(count == i);
        ok(udp_send(server, 100 + i, NULL));
        sum += 100 + i;
        ok(WsCloseChannel(server, NULL, NULL));
        ok(WsResetChannel(server, NULL));
    }
    udp_join(&thread);
    expect(receiver.received == 20 && receiver.sum == sum);
    udp_end_channel(client);
    WsFreeChannel(server);
    udp_end_listener(listener);
}

struct start
{
    WS_CHANNEL *channel;
    WS_MESSAGE *message;
    HRESULT hr;
};

static void read_start(void *argument)
{
    struct start *start = argument;

    start->hr = WsReadMessageStart(start->channel, start->message, NULL, NULL);
}

/* Seen in a program. */
TEST(abort_ends_a_receive)
{
    WS_CHANNEL *client = udp_connect("localhost", udp_free_port());
    struct start start = {client, udp_message(client), S_OK};
    struct udp_thread thread;
    INT count;

    udp_start(&thread, read_start, &start);
    ok(udp_send(client, 1, NULL)); /* it can still send, whether the thread waits already or not */
    ok(WsAbortChannel(client, NULL));
    udp_join(&thread);
    expect(start.hr == WS_E_OPERATION_ABORTED || start.hr == WS_E_OBJECT_FAULTED); /* the latter: it was too late */
    expect(udp_state(client) == WS_CHANNEL_STATE_FAULTED);
    expect_hr(WS_E_OBJECT_FAULTED, udp_receive(client, &count, NULL));
    WsFreeMessage(start.message);
    udp_end_channel(client);
}

struct acceptor
{
    WS_LISTENER *listener;
    WS_CHANNEL *channel;
    HRESULT hr;
    INT count;
    struct udp_thread thread;
};

static void accept_one(void *argument)
{
    struct acceptor *acceptor = argument;

    if ((acceptor->hr = WsAcceptChannel(acceptor->listener, acceptor->channel, NULL, NULL)) == S_OK)
        acceptor->hr = udp_receive(acceptor->channel, &acceptor->count, NULL);
}

/* Seen in a program: 10 at once. */
TEST(many_accept_at_once)
{
    enum
    {
        ALL = 12,
        SERVED = 8
    };
    unsigned port;
    WS_LISTENER *listener = udp_listen("localhost", &port);
    WS_CHANNEL *client = udp_connect("localhost", port);
    struct acceptor acceptors[ALL];
    INT i, served = 0, aborted = 0, sum = 0;

    for (i = 0; i < ALL; i++)
    {
        acceptors[i] = (struct acceptor){.listener = listener, .channel = udp_channel_for(listener)};
        udp_start(&acceptors[i].thread, accept_one, &acceptors[i]);
    }
    for (i = 0; i < SERVED; i++)
        ok(udp_send(client, 1 << i, NULL));
    /* Those who wait in vain are ended by closing the listener; but first all messages have a receiver. */
    for (i = 0; i < SERVED; i++)
    {
        INT j, open;

        do
        {
            udp_yield();
            for (open = 0, j = 0; j < ALL; j++)
                open += udp_state(acceptors[j].channel) == WS_CHANNEL_STATE_OPEN;
        } while (open <= i);
    }
    ok(WsCloseListener(listener, NULL, NULL));
    for (i = 0; i < ALL; i++)
    {
        udp_join(&acceptors[i].thread);
        if (acceptors[i].hr == S_OK)
        {
            served++;
            sum += acceptors[i].count;
        }
        else if (acceptors[i].hr == WS_E_OPERATION_ABORTED || acceptors[i].hr == WS_E_INVALID_OPERATION)
            aborted++; /* the latter: the thread began when the listener was closed */
        ok(WsCloseChannel(acceptors[i].channel, NULL, NULL));
        WsFreeChannel(acceptors[i].channel);
    }
    expect(served == SERVED && sum == (1 << SERVED) - 1 && aborted == ALL - SERVED);
    udp_end_channel(client);
    WsFreeListener(listener);
}

/* One that waits for its turn is aborted; those before and after it get their messages. */
TEST(a_waiting_accept_is_aborted)
{
    enum
    {
        ALL = 3
    };
    unsigned port;
    WS_LISTENER *listener = udp_listen("localhost", &port);
    WS_CHANNEL *client = udp_connect("localhost", port);
    struct acceptor acceptors[ALL];
    INT i, served = 0;

    for (i = 0; i < ALL; i++)
    {
        acceptors[i] = (struct acceptor){.listener = listener, .channel = udp_channel_for(listener)};
        udp_start(&acceptors[i].thread, accept_one, &acceptors[i]);
    }
    while (udp_state(acceptors[1].channel) == WS_CHANNEL_STATE_CREATED)
        udp_yield();
    ok(WsAbortChannel(acceptors[1].channel, NULL));
    udp_join(&acceptors[1].thread);
    expect(acceptors[1].hr == WS_E_OPERATION_ABORTED);
    for (i = 0; i < 2; i++)
        ok(udp_send(client, 5, NULL));
    for (i = 0; i < ALL; i++)
    {
        if (i != 1)
        {
            udp_join(&acceptors[i].thread);
            served += acceptors[i].hr == S_OK && acceptors[i].count == 5;
        }
        ok(WsCloseChannel(acceptors[i].channel, NULL, NULL));
        WsFreeChannel(acceptors[i].channel);
    }
    expect(served == 2);
    udp_end_channel(client);
    udp_end_listener(listener);
}

/* Serves until the listener is closed. */
static void serve_all(void *argument)
{
    struct acceptor *acceptor = argument;
    INT count;

    while ((acceptor->hr = WsAcceptChannel(acceptor->listener, acceptor->channel, NULL, NULL)) == S_OK &&
           (acceptor->hr = udp_receive(acceptor->channel, &count, NULL)) == S_OK &&
           (acceptor->hr = udp_send(acceptor->channel, count + 1000, NULL)) == S_OK &&
           (acceptor->hr = WsCloseChannel(acceptor->channel, NULL, NULL)) == S_OK &&
           (acceptor->hr = WsResetChannel(acceptor->channel, NULL)) == S_OK)
        acceptor->count++;
}

struct caller
{
    WS_CHANNEL *channel;
    INT first, answers;
    struct udp_thread thread;
};

static void call_all(void *argument)
{
    struct caller *caller = argument;
    INT i, count;

    for (i = 0; i < 100; i++)
        if (udp_send(caller->channel, caller->first + i, NULL) != S_OK ||
            udp_receive(caller->channel, &count, NULL) != S_OK || count != caller->first + i + 1000)
            return;
        else
            caller->answers++;
}

/* Threads that serve share the port, and threads that call wait for their own answers: each gets all of them. */
TEST(clients_and_servers_at_once)
{
    enum
    {
        ALL = 4
    };
    unsigned port;
    WS_LISTENER *listener = udp_listen("127.0.0.1", &port);
    struct acceptor acceptors[ALL];
    struct caller callers[ALL];
    INT i, served = 0;

    for (i = 0; i < ALL; i++)
    {
        acceptors[i] = (struct acceptor){.listener = listener, .channel = udp_channel_for(listener)};
        callers[i] = (struct caller){.channel = udp_connect("127.0.0.1", port), .first = 10000 * i};
        udp_start(&acceptors[i].thread, serve_all, &acceptors[i]);
        udp_start(&callers[i].thread, call_all, &callers[i]);
    }
    for (i = 0; i < ALL; i++)
    {
        udp_join(&callers[i].thread);
        expect(callers[i].answers == 100);
        udp_end_channel(callers[i].channel);
    }
    ok(WsCloseListener(listener, NULL, NULL));
    for (i = 0; i < ALL; i++)
    {
        udp_join(&acceptors[i].thread);
        expect(acceptors[i].hr == WS_E_OPERATION_ABORTED || acceptors[i].hr == WS_E_INVALID_OPERATION);
        served += acceptors[i].count;
        WsFreeChannel(acceptors[i].channel);
    }
    expect(served == 100 * ALL);
    WsFreeListener(listener);
}

/* ---- Asynchronous calls ----------------------------------------------------------------------------------------- */

struct completion
{
    HRESULT hr;
    WS_CALLBACK_MODEL model;
    int done; /* atomic */
};

static void CALLBACK completed(HRESULT hr, WS_CALLBACK_MODEL model, void *state)
{
    struct completion *completion = state;

    completion->hr = hr;
    completion->model = model;
    __atomic_add_fetch(&completion->done, 1, __ATOMIC_RELEASE);
}

static void wait_for(struct completion *completion, HRESULT hr)
{
    unsigned long long end = udp_clock() + 20000;

    if (hr != WS_S_ASYNC)
    {
        completion->hr = hr;
        return;
    }
    while (!__atomic_load_n(&completion->done, __ATOMIC_ACQUIRE))
    {
        expect(udp_clock() < end);
        udp_yield();
    }
    expect(completion->model == WS_LONG_CALLBACK);
}

TEST(accepts_that_are_asynchronous)
{
    enum
    {
        ALL = 10
    };
    unsigned port;
    WS_LISTENER *listener = udp_listen("localhost", &port);
    WS_CHANNEL *client = udp_connect("localhost", port), *servers[ALL];
    struct completion completions[ALL] = {{S_OK, WS_SHORT_CALLBACK, 0}};
    HRESULT results[ALL];
    INT i, count;

    for (i = 0; i < ALL; i++)
    {
        WS_ASYNC_CONTEXT context = {completed, &completions[i]};

        servers[i] = udp_channel_for(listener);
        results[i] = WsAcceptChannel(listener, servers[i], &context, NULL);
        expect(results[i] == WS_S_ASYNC);
    }
    /* They get what comes in the order in which they began. */
    for (i = 0; i < ALL - 1; i++)
        ok(udp_send(client, i, NULL));
    for (i = 0; i < ALL - 1; i++)
    {
        wait_for(&completions[i], results[i]);
        expect_hr(S_OK, completions[i].hr);
        ok(udp_receive(servers[i], &count, NULL));
        expect(count == i);
        udp_end_channel(servers[i]);
    }
    ok(WsAbortListener(listener, NULL));
    wait_for(&completions[ALL - 1], results[ALL - 1]);
    expect_hr(WS_E_OPERATION_ABORTED, completions[ALL - 1].hr);
    WsCloseChannel(servers[ALL - 1], NULL, NULL);
    WsFreeChannel(servers[ALL - 1]);
    udp_end_channel(client);
    udp_end_listener(listener);
}

TEST(a_receive_that_is_asynchronous)
{
    const WS_MESSAGE_DESCRIPTION *descriptions[] = {&count_message};
    unsigned port;
    WS_LISTENER *listener = udp_listen("localhost", &port);
    WS_CHANNEL *server = udp_channel_for(listener), *client = udp_connect("localhost", port);
    WS_MESSAGE *message = udp_message(client);
    struct completion completion = {S_OK, WS_SHORT_CALLBACK, 0};
    WS_ASYNC_CONTEXT context = {completed, &completion};
    HRESULT hr;
    INT count = 0, request;

    hr = WsReceiveMessage(client, message, descriptions, 1, WS_RECEIVE_REQUIRED_MESSAGE, WS_READ_REQUIRED_VALUE, NULL,
                          &count, sizeof(count), NULL, &context, NULL);
    expect(hr == WS_S_ASYNC);
    ok(udp_send(client, 1, NULL));
    ok(WsAcceptChannel(listener, server, NULL, NULL));
    ok(udp_receive(server, &request, NULL));
    ok(udp_send(server, request + 1, NULL));
    wait_for(&completion, hr);
    expect_hr(S_OK, completion.hr);
    expect(count == 2);
    WsFreeMessage(message);
    udp_end_channel(server);
    udp_end_channel(client);
    udp_end_listener(listener);
}
