/* SPDX-License-Identifier: MIT */
/*
 * udp-wire.c - what soap.udp puts on the wire, and what comes from others: bare sockets are the peers here.
 *
 * Source: SOAP-over-UDP 1.1 (OASIS) and the pages of channels; what those are silent about is our choice.
 */
#include "support/udp.h"

#include "support/errors.h"
#include "support/message.h"

#include <stdlib.h>

#define LARGEST_IPV4 65507u

/* An envelope as others send it. */
#define ENVELOPE(to, body) \
    "<?xml version='1.0' encoding='utf-8'?>" \
    "<S:Envelope xmlns:S='" E12 "' xmlns:A='" A10 "'><S:Header><A:Action>urn:count</A:Action><A:To>" to \
    "</A:To></S:Header><S:Body>" body "</S:Body></S:Envelope>"
#define COUNT(number) "<count xmlns='urn:udp'>" number "</count>"

/* Each message is one datagram, of text in UTF-8, that is sent once. */
TEST(a_message_is_a_datagram)
{
    struct udp_peer peer;
    WS_CHANNEL *client;
    static char bytes[70000];
    char expected[600];
    long length;

    udp_peer_open(&peer, false, 0);
    client = udp_connect("127.0.0.1", peer.port);
    ok(udp_send(client, 5, NULL));
    expect((length = udp_peer_receive(&peer, bytes, sizeof(bytes), 10000, NULL)) > 0);
    snprintf(expected, sizeof(expected),
             "<s:Envelope xmlns:a=\"{A10}\" xmlns:s=\"{E12}\"><s:Header><a:Action "
             "s:mustUnderstand=\"1\">urn:count</a:Action>"
             "<a:To s:mustUnderstand=\"1\">soap.udp://127.0.0.1:%u</a:To></s:Header>"
             "<s:Body><count xmlns=\"urn:udp\">5</count></s:Body></s:Envelope>",
             peer.port);
    expect_text(bytes, (size_t)length, expected);
    /* If it were repeated, that would be within 500 ms: UDP_MAX_DELAY of the specification. */
    expect(udp_peer_receive(&peer, bytes, sizeof(bytes), 600, NULL) == -1);
    udp_end_channel(client);
    udp_peer_close(&peer);
}

TEST(an_envelope_of_others)
{
    static const char *const envelopes[] = {
        ENVELOPE("soap.udp://127.0.0.1:PORT", COUNT("42")),
        "\xef\xbb\xbf<S:Envelope xmlns:S='" E12 "'><S:Header><A:Action xmlns:A='" A10
        "'>urn:count</A:Action></S:Header><S:Body>" COUNT(" 42 ") "</S:Body></S:Envelope>\r\n",
    };
    struct udp_peer peer;
    unsigned port;
    WS_LISTENER *listener = udp_listen("127.0.0.1", &port);
    WS_CHANNEL *server = udp_channel_for(listener);
    size_t i;

    udp_peer_open(&peer, false, 0);
    for (i = 0; i < WsCountOf(envelopes); i++)
    {
        char text[1000];
        const char *at = strstr(envelopes[i], "PORT");

        if (at)
            snprintf(text, sizeof(text), "%.*s%u%s", (int)(at - envelopes[i]), envelopes[i], port, at + 4);
        else
            snprintf(text, sizeof(text), "%s", envelopes[i]);
        expect(udp_peer_send(&peer, port, text, strlen(text)));
        expect(udp_serve_one(listener, server) == 42);
    }
    WsFreeChannel(server);
    udp_end_listener(listener);
    udp_peer_close(&peer);
}

/* The address that a message came from is known once it is there: the page of WS_CHANNEL_PROPERTY_ID. */
TEST(the_senders_address)
{
    struct udp_peer peer;
    unsigned port;
    WS_LISTENER *listener = udp_listen("localhost", &port);
    WS_CHANNEL *server = udp_channel_for(listener);
    WS_ENDPOINT_ADDRESS address;
    BYTE storage[128];
    char text[40];
    WS_STRING url;

    udp_peer_open(&peer, false, 0);
    expect_hr(WS_E_INVALID_OPERATION,
              WsGetChannelProperty(server, WS_CHANNEL_PROPERTY_REMOTE_ADDRESS, &address, sizeof(address), NULL));
    expect_hr(WS_E_INVALID_OPERATION,
              WsGetChannelProperty(server, WS_CHANNEL_PROPERTY_REMOTE_IP_ADDRESS, storage, sizeof(storage), NULL));
    expect(udp_peer_send(&peer, port, "?", 1));
    ok(WsAcceptChannel(listener, server, NULL, NULL));
    ok(WsGetChannelProperty(server, WS_CHANNEL_PROPERTY_REMOTE_ADDRESS, &address, sizeof(address), NULL));
    snprintf(text, sizeof(text), "soap.udp://127.0.0.1:%u", peer.port);
    url = udp_string(text);
    expect(address.url.length == url.length);
    expect(memcmp(address.url.chars, url.chars, url.length * sizeof(WCHAR)) == 0);
    /* sin_port and sin_addr, behind the family. */
    ok(WsGetChannelProperty(server, WS_CHANNEL_PROPERTY_REMOTE_IP_ADDRESS, storage, sizeof(storage), NULL));
    expect(storage[2] == peer.port >> 8 && storage[3] == (peer.port & 0xff));
    expect(storage[4] == 127 && storage[5] == 0 && storage[6] == 0 && storage[7] == 1);
    udp_end_channel(server);
    udp_end_listener(listener);
    udp_peer_close(&peer);
}

/* WS_LISTENER_PROPERTY_TO_HEADER_MATCHING_OPTIONS: the default is host, path and port; 0: anything. */
TEST(to_of_another_listener)
{
    static const char *const envelopes[] = {
        ENVELOPE("http://localhost/request", COUNT("1")),
        ENVELOPE("soap.udp://example.com:809", COUNT("1")),
        ENVELOPE("soap.udp://127.0.0.1:1", COUNT("1")),
    };
    ULONG matching = 0;
    WS_LISTENER_PROPERTY property = {WS_LISTENER_PROPERTY_TO_HEADER_MATCHING_OPTIONS, &matching, sizeof(matching)};
    struct udp_peer peer;
    unsigned port, open_port = udp_free_port();
    WS_LISTENER *strict = udp_listen("localhost", &port),
                *open = udp_create_listener(WS_CHANNEL_TYPE_DUPLEX, &property, 1);
    WS_CHANNEL *server = udp_channel_for(strict), *open_server = udp_channel_for(open);
    WS_STRING url = udp_url("localhost", open_port);
    INT count;
    size_t i;

    ok(WsOpenListener(open, &url, NULL, NULL));
    udp_peer_open(&peer, false, 0);
    for (i = 0; i < WsCountOf(envelopes); i++)
    {
        expect(udp_peer_send(&peer, port, envelopes[i], strlen(envelopes[i])));
        ok(WsAcceptChannel(strict, server, NULL, NULL));
        expect_hr(WS_E_ENDPOINT_NOT_FOUND, udp_receive(server, &count, NULL));
        ok(WsCloseChannel(server, NULL, NULL));
        ok(WsResetChannel(server, NULL));
        expect(udp_peer_send(&peer, open_port, envelopes[i], strlen(envelopes[i])));
        expect(udp_serve_one(open, open_server) == 1);
    }
    WsFreeChannel(server);
    WsFreeChannel(open_server);
    udp_end_listener(strict);
    udp_end_listener(open);
    udp_peer_close(&peer);
}

/* ---- What is not a message ---- */

/* Each fails the one receive; the channel, and the listener, go on. */
TEST(garbage_in_datagrams)
{
    static const struct
    {
        const char *bytes;
        size_t length;
    } rows[] = {
        {"", 0},
        {"\0", 1},
        {"?", 1},
        {"\xff\xfe<\0", 4}, /* UTF-16 */
        {"\xef\xbb\xbf", 3},
        {"<a/>", 4},
        {"<a", 2},
        {"<!DOCTYPE a><a/>", 16},
        {"\x56\x02\x0b\x01s\x04\x56\x0e\x01\x01", 10}, /* binary */
        {"POST / HTTP/1.1\r\n\r\n", 19},
        {"<S:Envelope xmlns:S='" E11 "'><S:Body/></S:Envelope>", 0}, /* another version */
        {"<S:Envelope xmlns:S='" E12 "'>", 0},
        {"<S:Envelope xmlns:S='" E12 "'><S:Body>\xc3</S:Body></S:Envelope>", 0},
    };
    struct udp_peer peer;
    unsigned port;
    WS_LISTENER *listener = udp_listen("localhost", &port);
    WS_CHANNEL *server = udp_channel_for(listener), *client = udp_connect("localhost", port);
    WS_ERROR *error = create_error();
    INT count;
    size_t i;

    udp_peer_open(&peer, false, 0);
    for (i = 0; i < WsCountOf(rows); i++)
    {
        size_t length = rows[i].length || !rows[i].bytes[0] ? rows[i].length : strlen(rows[i].bytes);
        HRESULT hr;

        expect(udp_peer_send(&peer, port, rows[i].bytes, length));
        ok(WsAcceptChannel(listener, server, NULL, NULL));
        hr = udp_receive(server, &count, error);
        if (hr != WS_E_INVALID_FORMAT)
            test_fail(__FILE__, __LINE__, "row %u: 0x%08x", (unsigned)i, (unsigned)hr);
        expect(sentence_count(error) == 1);
        ok(WsResetError(error));
        expect_hr(WS_S_END, udp_receive(server, &count, NULL));
        ok(WsCloseChannel(server, NULL, NULL));
        ok(WsResetChannel(server, NULL));
        ok(udp_send(client, (INT)i, NULL));
        expect(udp_serve_one(listener, server) == (INT)i);
    }
    udp_end_channel(client);
    WsFreeChannel(server);
    udp_end_listener(listener);
    udp_peer_close(&peer);
    WsFreeError(error);
}

/* The sentence says who has sent it. */
TEST(garbage_has_a_sender)
{
    struct udp_peer peer;
    unsigned port;
    WS_LISTENER *listener = udp_listen("localhost", &port);
    WS_CHANNEL *server = udp_channel_for(listener);
    WS_MESSAGE *message = udp_message(server);
    WS_ERROR *error = create_error();
    char text[64];

    udp_peer_open(&peer, false, 0);
    expect(udp_peer_send(&peer, port, "<a/>", 4));
    ok(WsAcceptChannel(listener, server, NULL, NULL));
    snprintf(text, sizeof(text), "A datagram of 4 bytes from 127.0.0.1:%u", peer.port);
    expect_refused(error, WS_E_INVALID_FORMAT, WsReadMessageStart(server, message, NULL, error), text);
    WsFreeMessage(message);
    udp_end_channel(server);
    udp_end_listener(listener);
    udp_peer_close(&peer);
    WsFreeError(error);
}

/* Cut at every byte: no message, but the last one. */
TEST(truncated_datagrams)
{
    static const char envelope[] = "<S:Envelope xmlns:S='" E12 "'><S:Header><A:Action xmlns:A='" A10
                                   "'>urn:count</A:Action></S:Header><S:Body>" COUNT("42") "</S:Body></S:Envelope>";
    struct udp_peer peer;
    unsigned port;
    WS_LISTENER *listener = udp_listen("localhost", &port);
    WS_CHANNEL *server = udp_channel_for(listener);
    size_t length;

    udp_peer_open(&peer, false, 0);
    for (length = 0; length < sizeof(envelope); length++)
    {
        INT count;

        expect(udp_peer_send(&peer, port, envelope, length));
        ok(WsAcceptChannel(listener, server, NULL, NULL));
        expect_hr(length < sizeof(envelope) - 1 ? WS_E_INVALID_FORMAT : S_OK, udp_receive(server, &count, NULL));
        ok(WsCloseChannel(server, NULL, NULL));
        ok(WsResetChannel(server, NULL));
    }
    WsFreeChannel(server);
    udp_end_listener(listener);
    udp_peer_close(&peer);
}

/* ---- Sizes ---- */

/* Sends a text of so many characters. */
static HRESULT send_text(WS_CHANNEL *channel, size_t length, WS_ERROR *error)
{
    static WS_XML_STRING action = WS_XML_STRING_VALUE("urn:text"), name = WS_XML_STRING_VALUE("text"),
                         ns = WS_XML_STRING_VALUE("urn:udp");
    static WS_ELEMENT_DESCRIPTION body = {&name, &ns, WS_XML_STRING_TYPE, NULL};
    static const WS_MESSAGE_DESCRIPTION description = {&action, &body};
    WS_XML_STRING text = {(ULONG)length, malloc(length), NULL, 0};
    WS_MESSAGE *message = udp_message(channel);
    HRESULT hr;

    expect(text.bytes);
    memset(text.bytes, 'x', length);
    hr = WsSendMessage(channel, message, &description, WS_WRITE_REQUIRED_VALUE, &text, sizeof(text), NULL, error);
    WsFreeMessage(message);
    free(text.bytes);
    return hr;
}

/* A datagram over IPv4 holds 65507 bytes; the channel, 65536 of IPv6's 65527: the page of WS_CHANNEL_PROPERTY_ID. */
TEST(the_largest_message)
{
    static char bytes[70000];
    struct udp_peer peer;
    WS_ERROR *error = create_error();
    WS_CHANNEL *client;
    long overhead;

    udp_peer_open(&peer, false, 0);
    client = udp_connect("127.0.0.1", peer.port);
    ok(send_text(client, 1000, NULL));
    expect((overhead = udp_peer_receive(&peer, bytes, sizeof(bytes), 10000, NULL) - 1000) > 0);
    ok(send_text(client, LARGEST_IPV4 - (size_t)overhead, NULL));
    expect(udp_peer_receive(&peer, bytes, sizeof(bytes), 10000, NULL) == LARGEST_IPV4);
    expect_refused(error, WS_E_QUOTA_EXCEEDED, send_text(client, LARGEST_IPV4 - (size_t)overhead + 1, error),
                   "has 65508 bytes; a datagram over IPv4 holds at most 65507");
    ok(WsResetError(error));
    expect_hr(WS_E_QUOTA_EXCEEDED, send_text(client, 66000, error));
    expect(sentence_count(error) >= 1);
    expect_hr(WS_E_QUOTA_EXCEEDED, send_text(client, 10000000, NULL));
    /* The channel goes on. */
    expect(udp_state(client) == WS_CHANNEL_STATE_OPEN);
    ok(send_text(client, 1000, NULL));
    expect(udp_peer_receive(&peer, bytes, sizeof(bytes), 10000, NULL) == 1000 + overhead);
    udp_end_channel(client);
    udp_peer_close(&peer);
    WsFreeError(error);
}

TEST(the_largest_datagram_is_received)
{
    struct udp_peer peer;
    unsigned port;
    WS_LISTENER *listener = udp_listen("localhost", &port);
    WS_CHANNEL *server = udp_channel_for(listener);
    static char bytes[LARGEST_IPV4];
    static const char start[] = "<S:Envelope xmlns:S='" E12 "'><S:Header><A:Action xmlns:A='" A10
                                "'>urn:count</A:Action></S:Header><S:Body><count xmlns='urn:udp'>",
                      end[] = "9</count></S:Body></S:Envelope>";

    memset(bytes, ' ', sizeof(bytes));
    memcpy(bytes, start, sizeof(start) - 1);
    memcpy(bytes + sizeof(bytes) - (sizeof(end) - 1), end, sizeof(end) - 1);
    udp_peer_open(&peer, false, 0);
    expect(udp_peer_send(&peer, port, bytes, sizeof(bytes)));
    expect(udp_serve_one(listener, server) == 9);
    WsFreeChannel(server);
    udp_end_listener(listener);
    udp_peer_close(&peer);
}

/* ---- From whom ---- */

/* A channel that is open to an address communicates with that: the page of WsOpenChannel. Others are passed over. */
TEST(a_client_hears_its_server_only)
{
    static const char envelope[] = ENVELOPE(A10 "/anonymous", COUNT("1"));
    struct udp_peer server, stranger;
    WS_CHANNEL *client;
    char bytes[1000];
    unsigned port;
    INT count;

    udp_peer_open(&server, false, 0);
    udp_peer_open(&stranger, false, 0);
    client = udp_connect("127.0.0.1", server.port);
    ok(udp_send(client, 1, NULL));
    expect(udp_peer_receive(&server, bytes, sizeof(bytes), 10000, &port) > 0);
    expect(udp_peer_send(&stranger, port, "?", 1));
    expect(udp_peer_send(&server, port, envelope, sizeof(envelope) - 1));
    ok(udp_receive(client, &count, NULL));
    expect(count == 1);
    udp_end_channel(client);
    udp_peer_close(&server);
    udp_peer_close(&stranger);
}

/* A client that has gone does not matter to the listener, although the system may tell it so at the next receive. */
TEST(a_reply_to_nobody)
{
    struct udp_peer peer;
    unsigned port;
    WS_LISTENER *listener = udp_listen("127.0.0.1", &port);
    WS_CHANNEL *server = udp_channel_for(listener), *client;
    INT count, i;

    for (i = 0; i < 3; i++)
    {
        static const char envelope[] = ENVELOPE("", COUNT("1"));

        udp_peer_open(&peer, false, 0);
        expect(udp_peer_send(&peer, port, envelope, sizeof(envelope) - 1));
        ok(WsAcceptChannel(listener, server, NULL, NULL));
        udp_peer_close(&peer);
        ok(udp_send(server, 1, NULL));
        ok(udp_send(server, 2, NULL));
        ok(WsCloseChannel(server, NULL, NULL));
        ok(WsResetChannel(server, NULL));
    }
    client = udp_connect("127.0.0.1", port);
    ok(udp_send(client, 8, NULL));
    expect(udp_serve_one(listener, server) == 8);
    udp_end_channel(client);

    /* Nor does a server that is not there yet matter to a client. */
    port = udp_free_port();
    client = udp_connect("127.0.0.1", port);
    for (i = 0; i < 3; i++)
        ok(udp_send(client, i, NULL));
    udp_peer_open(&peer, false, port);
    ok(udp_send(client, 3, NULL));
    {
        char bytes[1000];
        unsigned from;
        static const char envelope[] = ENVELOPE("", COUNT("17"));

        expect(udp_peer_receive(&peer, bytes, sizeof(bytes), 10000, &from) > 0);
        expect(udp_peer_send(&peer, from, envelope, sizeof(envelope) - 1));
        ok(udp_receive(client, &count, NULL));
        expect(count == 17);
    }
    udp_end_channel(client);
    udp_peer_close(&peer);
    WsFreeChannel(server);
    udp_end_listener(listener);
}

/* One after the other, over the same objects. */
TEST(a_thousand_messages)
{
    unsigned port;
    WS_LISTENER *listener = udp_listen("localhost", &port);
    WS_CHANNEL *server = udp_channel_for(listener), *client = udp_connect("localhost", port);
    INT i;

    for (i = 0; i < 1000; i++)
    {
        ok(udp_send(client, i, NULL));
        expect(udp_serve_one(listener, server) == i);
    }
    udp_end_channel(client);
    WsFreeChannel(server);
    udp_end_listener(listener);
}
