/* SPDX-License-Identifier: MIT */
/*
 * Peers of net.tcp that are bare sockets, and do what peers should not.
 *
 * Source: [MC-NMF], [MC-NBFSE], the pages of the properties; the codes of failures are our choice.
 */
#include "support/errors.h"
#include "support/tcp.h"

/* --- As a client --- */

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
    if (bare->peer.socket >= 0)
        tcp_peer_close(&bare->peer);
    tcp_end_channel(bare->channel);
    tcp_peer_close(&bare->listener);
}

/* What opening gives if the server answers with these bytes, and closes. */
static HRESULT open_answered(const void *bytes, size_t length, bool resets, WS_ERROR *error)
{
    struct tcp_peer listener, peer;
    struct tcp_client client;
    BYTE preamble[256];
    unsigned port;
    WS_CHANNEL *channel = tcp_create_channel(NULL, 0);
    HRESULT hr;

    tcp_peer_listen(&listener, &port);
    client.error = error;
    tcp_client_start(&client, channel, port);
    client.error = error;
    tcp_peer_accept(&listener, &peer);
    expect(tcp_peer_receive(&peer, preamble, sizeof(preamble), 20000) > 0);
    expect(tcp_peer_send(&peer, bytes, length));
    if (resets)
        tcp_peer_reset(&peer);
    else
        tcp_peer_close(&peer);
    hr = tcp_client_end(&client);
    if (FAILED(hr))
        expect(tcp_state(channel) == WS_CHANNEL_STATE_CREATED);
    tcp_peer_close(&listener);
    tcp_end_channel(channel);
    return hr;
}

#define FAULT(name) "http://schemas.microsoft.com/ws/2006/05/framing/faults/" name
#define BYTES(text) text, sizeof(text) - 1

TEST(servers_may_refuse)
{
    ok(open_answered(BYTES("\x0b"), false, NULL));
    ok(open_answered(BYTES("\x0b\x07"), false, NULL));
    expect_hr(WS_E_ENDPOINT_DISCONNECTED, open_answered(BYTES(""), false, NULL));
    expect_hr(WS_E_ENDPOINT_DISCONNECTED, open_answered(BYTES(""), true, NULL));
    expect_hr(WS_E_ENDPOINT_DISCONNECTED, open_answered(BYTES("\x08\x20http"), false, NULL));
    expect_hr(WS_E_ENDPOINT_NOT_FOUND, open_answered(BYTES("\x08\x47" FAULT("EndpointNotFound")), false, NULL));
    expect_hr(WS_E_ENDPOINT_TOO_BUSY, open_answered(BYTES("\x08\x44" FAULT("ServerTooBusy")), false, NULL));
    expect_hr(WS_E_ENDPOINT_FAILURE, open_answered(BYTES("\x08\x49" FAULT("ContentTypeInvalid")), false, NULL));
    expect_hr(WS_E_INVALID_FORMAT, open_answered(BYTES("HTTP/1.1 400 Bad Request\r\n\r\n"), false, NULL));
    expect_hr(WS_E_QUOTA_EXCEEDED, open_answered(BYTES("\x08\xff\x7f"), false, NULL));
}

TEST(nobody_listens)
{
    WS_CHANNEL *channel = tcp_create_channel(NULL, 0);
    WS_ERROR *error = create_error();
    char port[16];
    unsigned number = tcp_free_port();

    snprintf(port, sizeof(port), "%u", number);
    expect_hr(WS_E_ENDPOINT_NOT_FOUND, tcp_open_channel(channel, "localhost", number, error));
    expect(says(error, port));
    expect(tcp_state(channel) == WS_CHANNEL_STATE_CREATED);
    WsFreeChannel(channel);
    WsFreeError(error);
}

static void expect_url_refused(const char *text, HRESULT hr)
{
    WS_CHANNEL *channel = tcp_create_channel(NULL, 0);
    WS_ENDPOINT_ADDRESS address;
    static WCHAR chars[4096];

    memset(&address, 0, sizeof(address));
    for (; text[address.url.length]; address.url.length++)
        chars[address.url.length] = (WCHAR)text[address.url.length];
    address.url.chars = chars;
    expect_hr(hr, WsOpenChannel(channel, &address, NULL, NULL));
    WsFreeChannel(channel);
}

TEST(urls_must_be_of_net_tcp)
{
    static char text[3000];

    expect_url_refused("http://localhost/", WS_E_INVALID_ENDPOINT_URL);
    expect_url_refused("net.tcp:/localhost", WS_E_INVALID_ENDPOINT_URL);
    expect_url_refused("net.tcp://local host/", WS_E_INVALID_ENDPOINT_URL);
    expect_url_refused("net.tcp://localhost:70000/", WS_E_INVALID_ENDPOINT_URL);
    expect_url_refused("", WS_E_INVALID_ENDPOINT_URL);
    memset(text, 'a', sizeof(text) - 1);
    memcpy(text, BYTES("net.tcp://localhost:1/"));
    expect_url_refused(text, WS_E_INVALID_ENDPOINT_URL);
}

TEST(a_server_that_does_not_answer_times_out)
{
    ULONG timeout = 300;
    WS_CHANNEL_PROPERTY property = {WS_CHANNEL_PROPERTY_CONNECT_TIMEOUT, &timeout, sizeof(timeout)};
    struct tcp_peer listener;
    unsigned port;
    WS_CHANNEL *channel = tcp_create_channel(&property, 1);
    WS_ERROR *error = create_error();
    unsigned long long start = tcp_clock();

    tcp_peer_listen(&listener, &port);
    expect_refused(error, WS_E_OPERATION_TIMED_OUT, tcp_open_channel(channel, "127.0.0.1", port, error),
                   "WS_CHANNEL_PROPERTY_CONNECT_TIMEOUT");
    expect(tcp_clock() - start >= 290 && tcp_clock() - start < 3000);
    tcp_peer_close(&listener);
    WsFreeChannel(channel);
    WsFreeError(error);
}

/* --- Messages cut at every place, from a server --- */

TEST(messages_come_byte_by_byte)
{
    struct bare bare;
    BYTE bytes[256];
    size_t size = tcp_binary_message(bytes, 1234), i;
    struct tcp_call call;
    const WS_MESSAGE_DESCRIPTION *description = &tcp_count;
    WS_MESSAGE *message;
    INT count = 0;
    HRESULT hr;

    bare_open(&bare, NULL, 0);
    message = tcp_message(bare.channel);
    tcp_call_init(&call);
    hr = WsReceiveMessage(bare.channel, message, &description, 1, WS_RECEIVE_REQUIRED_MESSAGE, WS_READ_REQUIRED_VALUE,
                          NULL, &count, sizeof(count), NULL, &call.context, NULL);
    expect_hr(WS_S_ASYNC, hr);
    for (i = 0; i < size; i++)
    {
        expect(tcp_peer_send(&bare.peer, bytes + i, 1));
        if (i % 8 == 0)
            tcp_rest(1);
    }
    ok(tcp_call_end(&call, hr));
    expect(count == 1234);
    WsFreeMessage(message);
    bare_close(&bare);
}

TEST(several_messages_come_in_one_segment)
{
    struct bare bare;
    BYTE bytes[100 * 80];
    size_t size = 0;
    INT i, count;

    bare_open(&bare, NULL, 0);
    for (i = 0; i < 100; i++)
        size += tcp_binary_message(bytes + size, i);
    bytes[size++] = 7;
    expect(tcp_peer_send(&bare.peer, bytes, size));
    for (i = 0; i < 100; i++)
    {
        ok(tcp_receive(bare.channel, &count, NULL));
        expect(count == i);
    }
    expect_hr(WS_S_END, tcp_receive(bare.channel, &count, NULL));
    bare_close(&bare);
}

TEST(a_connection_may_end_at_every_byte)
{
    BYTE bytes[256];
    size_t size = tcp_binary_message(bytes, 7), cut;

    for (cut = 0; cut <= size; cut++)
    {
        struct bare bare;
        WS_ERROR *error = create_error();
        INT count;

        bare_open(&bare, NULL, 0);
        expect(tcp_peer_send(&bare.peer, bytes, cut));
        if (cut % 2)
            tcp_peer_end(&bare.peer);
        else
            tcp_peer_close(&bare.peer);
        if (cut == size)
            ok(tcp_receive(bare.channel, &count, error));
        expect_hr(WS_E_ENDPOINT_DISCONNECTED, tcp_receive(bare.channel, &count, error));
        expect(says(error, "The peer closed the connection"));
        expect(tcp_state(bare.channel) == WS_CHANNEL_STATE_FAULTED);
        WsFreeError(error);
        bare_close(&bare);
    }
}

static void expect_lie(const void *bytes, size_t length, HRESULT hr, const char *text)
{
    WS_ERROR *error = create_error();
    struct bare bare;
    INT count;

    bare_open(&bare, NULL, 0);
    expect(tcp_peer_send(&bare.peer, bytes, length));
    expect_hr(hr, tcp_receive(bare.channel, &count, error));
    if (!says(error, text))
        test_fail(__FILE__, __LINE__, "'%s' does not say '%s'", sentence(error), text);
    expect(tcp_state(bare.channel) == WS_CHANNEL_STATE_FAULTED);
    expect_hr(WS_E_OBJECT_FAULTED, tcp_receive(bare.channel, &count, error));
    WsFreeError(error);
    bare_close(&bare);
}

TEST(peers_may_lie)
{
    expect_lie(BYTES("\x06\x81\x80\x04"), WS_E_QUOTA_EXCEEDED,
               "65537 bytes; WS_CHANNEL_PROPERTY_MAX_BUFFERED_MESSAGE_SIZE is 65536");
    expect_lie(BYTES("\x06\xff\xff\xff\xff\x07"), WS_E_QUOTA_EXCEEDED, "2147483647 bytes");
    expect_lie(BYTES("\x06\xff\xff\xff\xff\x0f"), WS_E_INVALID_FORMAT, "more than 31 bits");
    expect_lie(BYTES("\x05\x01\x00\x80\x80\x04"), WS_E_QUOTA_EXCEEDED, "at least 65537 bytes");
    expect_lie(BYTES("\x0c"), WS_E_INVALID_FORMAT, "begins with 0x0c");
    expect_lie(BYTES("\x47"), WS_E_INVALID_FORMAT, "begins with 0x47");
    expect_lie(BYTES("\x08\x44" FAULT("ServerTooBusy")), WS_E_ENDPOINT_TOO_BUSY, "ServerTooBusy");
    expect_lie(BYTES("\x06\x00"), WS_E_INVALID_FORMAT, "ends within its table");
    expect_lie(BYTES("\x06\x03\x05"
                     "ab"),
               WS_E_INVALID_FORMAT, "session strings");
    expect_lie(BYTES("\x06\x03\x02\x05"
                     "a"),
               WS_E_INVALID_FORMAT, "session strings");
}

/* A message that is no XML concerns only itself. */
TEST(what_is_no_envelope_is_passed_over)
{
    struct bare bare;
    BYTE bytes[256] = {6, 4, 0, 0xff, 0xff, 0xff, 6, 1, 0};
    size_t size = 9;
    INT count;

    bare_open(&bare, NULL, 0);
    size += tcp_binary_message(bytes + size, 9);
    expect(tcp_peer_send(&bare.peer, bytes, size));
    expect_hr(WS_E_INVALID_FORMAT, tcp_receive(bare.channel, &count, NULL));
    expect_hr(WS_E_INVALID_FORMAT, tcp_receive(bare.channel, &count, NULL));
    expect(tcp_state(bare.channel) == WS_CHANNEL_STATE_OPEN);
    ok(tcp_receive(bare.channel, &count, NULL));
    expect(count == 9);
    bare_close(&bare);
}

TEST(unsized_messages_are_put_together)
{
    struct bare bare;
    BYTE message[256], bytes[1024] = {5};
    size_t size = tcp_binary_message(message, 77), at = 1, i;
    INT count;

    bare_open(&bare, NULL, 0);
    for (i = 2; i < size; i++)
    {
        bytes[at++] = 1;
        bytes[at++] = message[i];
    }
    bytes[at++] = 0;
    at += tcp_binary_message(bytes + at, 78);
    expect(tcp_peer_send(&bare.peer, bytes, at));
    ok(tcp_receive(bare.channel, &count, NULL));
    expect(count == 77);
    ok(tcp_receive(bare.channel, &count, NULL));
    expect(count == 78);
    bare_close(&bare);
}

TEST(a_receive_times_out_and_may_be_tried_again)
{
    ULONG timeout = 150;
    WS_CHANNEL_PROPERTY property = {WS_CHANNEL_PROPERTY_RECEIVE_TIMEOUT, &timeout, sizeof(timeout)};
    struct bare bare;
    BYTE bytes[256];
    size_t size = tcp_binary_message(bytes, 5);
    WS_ERROR *error = create_error();
    INT count;

    bare_open(&bare, &property, 1);
    expect_refused(error, WS_E_OPERATION_TIMED_OUT, tcp_receive(bare.channel, &count, error),
                   "WS_CHANNEL_PROPERTY_RECEIVE_TIMEOUT");
    expect(tcp_state(bare.channel) == WS_CHANNEL_STATE_OPEN);
    expect(tcp_peer_send(&bare.peer, bytes, size));
    ok(tcp_receive(bare.channel, &count, error));
    /* But not in the middle of a message. */
    expect(tcp_peer_send(&bare.peer, bytes, size - 1));
    expect_hr(WS_E_OPERATION_TIMED_OUT, tcp_receive(bare.channel, &count, error));
    expect(tcp_state(bare.channel) == WS_CHANNEL_STATE_FAULTED);
    bare_close(&bare);
    WsFreeError(error);
}

/* A peer that is gone is noticed by the second send at the latest that has left the computer. */
TEST(sending_to_a_peer_that_is_gone_fails)
{
    struct bare bare;
    unsigned long long start;
    HRESULT hr = S_OK;

    bare_open(&bare, NULL, 0);
    tcp_peer_reset(&bare.peer);
    for (start = tcp_clock(); hr == S_OK && tcp_clock() - start < 10000;)
        hr = tcp_send(bare.channel, 1, NULL);
    expect_hr(WS_E_ENDPOINT_DISCONNECTED, hr);
    expect(tcp_state(bare.channel) == WS_CHANNEL_STATE_FAULTED);
    bare_close(&bare);
}

TEST(close_waits_only_so_long)
{
    ULONG timeout = 200;
    WS_CHANNEL_PROPERTY property = {WS_CHANNEL_PROPERTY_CLOSE_TIMEOUT, &timeout, sizeof(timeout)};
    WS_ERROR *error = create_error();
    struct bare bare;
    unsigned long long start;
    BYTE byte;

    bare_open(&bare, &property, 1);
    start = tcp_clock();
    expect_refused(error, WS_E_OPERATION_TIMED_OUT, WsCloseChannel(bare.channel, NULL, error),
                   "within 200 ms, which is WS_CHANNEL_PROPERTY_CLOSE_TIMEOUT");
    expect(tcp_clock() - start >= 190 && tcp_clock() - start < 1900);
    expect(tcp_state(bare.channel) == WS_CHANNEL_STATE_CLOSED);
    bare_close(&bare);

    /* By default it is no failure: the peer has been told. */
    bare_open(&bare, NULL, 0);
    start = tcp_clock();
    ok(WsCloseChannel(bare.channel, NULL, error));
    expect(tcp_clock() - start < 3500);
    expect(tcp_peer_receive_all(&bare.peer, &byte, 1) && byte == 7);
    bare_close(&bare);
    WsFreeError(error);
}

struct flood
{
    struct tcp_thread thread;
    struct tcp_peer *peer;
    const BYTE *bytes;
    size_t size;
};

static void run_flood(void *argument)
{
    struct flood *flood = argument;

    while (tcp_peer_send(flood->peer, flood->bytes, flood->size))
        ;
}

/* Closing ends, whatever the peer goes on sending: messages, or what is no record. */
TEST(a_peer_that_floods_does_not_hold_up_close)
{
    static BYTE messages[8000], noise[8000];
    int round;

    for (round = 0; round < 2; round++)
    {
        struct bare bare;
        struct flood flood = {.bytes = round ? noise : messages};
        unsigned long long start;

        for (flood.size = 0; flood.size < 7900;)
            flood.size += tcp_binary_message(messages + flood.size, 1);
        memset(noise, 0x33, sizeof(noise));
        bare_open(&bare, NULL, 0);
        flood.peer = &bare.peer;
        tcp_start(&flood.thread, run_flood, &flood);
        start = tcp_clock();
        ok(WsCloseChannel(bare.channel, NULL, NULL));
        expect(tcp_clock() - start < 4000);
        tcp_join(&flood.thread);
        bare_close(&bare);
    }
}

/* --- As a server --- */

struct guest
{
    WS_LISTENER *listener;
    WS_CHANNEL *channel;
    struct tcp_call call;
    HRESULT hr;
    unsigned port;
};

static void guest_begin(struct guest *guest, const WS_CHANNEL_PROPERTY *properties, ULONG count)
{
    guest->listener = tcp_listen(NULL, 0, &guest->port);
    guest->channel = tcp_channel_for(guest->listener, properties, count);
    tcp_call_init(&guest->call);
    guest->hr = WsAcceptChannel(guest->listener, guest->channel, &guest->call.context, NULL);
    expect_hr(WS_S_ASYNC, guest->hr);
}

static void guest_end(struct guest *guest)
{
    tcp_end_channel(guest->channel);
    tcp_end_listener(guest->listener);
}

TEST(a_preamble_may_come_byte_by_byte)
{
    struct guest guest;
    struct tcp_peer peer;
    BYTE bytes[256];
    size_t size, i;
    INT count;

    guest_begin(&guest, NULL, 0);
    tcp_peer_connect(&peer, guest.port);
    size = tcp_preamble(bytes, guest.port, 2, 8);
    for (i = 0; i < size; i++)
    {
        expect(tcp_peer_send(&peer, bytes + i, 1));
        if (i % 16 == 0)
            tcp_rest(1);
    }
    expect(tcp_peer_receive_all(&peer, bytes, 1) && bytes[0] == 0x0b);
    ok(tcp_call_end(&guest.call, guest.hr));
    size = tcp_binary_message(bytes, 55);
    expect(tcp_peer_send(&peer, bytes, size));
    ok(tcp_receive(guest.channel, &count, NULL));
    expect(count == 55);
    tcp_peer_close(&peer);
    guest_end(&guest);
}

/* A message may follow the preamble at once. */
TEST(a_preamble_may_bring_messages)
{
    struct guest guest;
    struct tcp_peer peer;
    BYTE bytes[512];
    size_t size;
    INT count;

    guest_begin(&guest, NULL, 0);
    tcp_peer_connect(&peer, guest.port);
    size = tcp_preamble(bytes, guest.port, 2, 8);
    size += tcp_binary_message(bytes + size, 1);
    size += tcp_binary_message(bytes + size, 2);
    expect(tcp_peer_send(&peer, bytes, size));
    ok(tcp_call_end(&guest.call, guest.hr));
    ok(tcp_receive(guest.channel, &count, NULL));
    expect(count == 1);
    ok(tcp_receive(guest.channel, &count, NULL));
    expect(count == 2);
    tcp_peer_close(&peer);
    guest_end(&guest);
}

/* Clients that vanish at every byte of the preamble do not end an accept. */
TEST(a_preamble_may_end_at_every_byte)
{
    struct guest guest;
    struct tcp_peer peer;
    BYTE bytes[256];
    size_t size, cut;

    guest_begin(&guest, NULL, 0);
    size = tcp_preamble(bytes, guest.port, 2, 8);
    for (cut = 0; cut < size; cut++)
    {
        tcp_peer_connect(&peer, guest.port);
        expect(tcp_peer_send(&peer, bytes, cut));
        if (cut % 2)
            tcp_peer_reset(&peer);
        else
            tcp_peer_close(&peer);
    }
    expect(!guest.call.count);
    tcp_peer_connect(&peer, guest.port);
    tcp_peer_greet(&peer, guest.port, 2, 8);
    ok(tcp_call_end(&guest.call, guest.hr));
    tcp_peer_close(&peer);
    guest_end(&guest);
}

/* One that is refused gets a fault and the end; the accept goes on. */
static void expect_fault(const struct guest *guest, const void *bytes, size_t length, const char *fault)
{
    struct tcp_peer peer;
    BYTE record[300];
    size_t size = strlen(fault);

    tcp_peer_connect(&peer, guest->port);
    expect(tcp_peer_send(&peer, bytes, length));
    expect(tcp_peer_receive_all(&peer, record, size + 2));
    expect(record[0] == 8 && record[1] == size && !memcmp(record + 2, fault, size));
    expect_size(0, (size_t)tcp_peer_receive(&peer, record, 1, 20000));
    tcp_peer_close(&peer);
}

#define VIA "\x02\x16net.tcp://localhost:1/"

TEST(clients_are_refused_politely)
{
    struct guest guest;
    struct tcp_peer peer;
    BYTE bytes[512];
    size_t size;

    guest_begin(&guest, NULL, 0);
    expect_fault(&guest, BYTES("GET / HTTP/1.1\r\n\r\n"), FAULT("InvalidRecordSequence"));
    expect_fault(&guest, BYTES("\x00\x02\x00"), FAULT("UnsupportedVersion"));
    expect_fault(&guest, BYTES("\x00\x01\x00\x01\x03"), FAULT("UnsupportedMode"));
    expect_fault(&guest, BYTES("\x00\x01\x00\x01\x02\x02\x81\x10"), FAULT("ViaTooLong"));
    /* Another port, another path, another scheme. */
    expect_fault(&guest, BYTES("\x00\x01\x00\x01\x02" VIA), FAULT("EndpointNotFound"));
    size = tcp_preamble(bytes, guest.port, 2, 8) - 3;
    memcpy(bytes + size, "p", 1);
    bytes[6]++;
    expect_fault(&guest, bytes, size + 1, FAULT("EndpointNotFound"));
    expect_fault(&guest, BYTES("\x00\x01\x00\x01\x02\x02\x11http://localhost/"), FAULT("EndpointNotFound"));
    size = tcp_preamble(bytes, guest.port, 2, 9);
    expect_fault(&guest, bytes, size, FAULT("ContentTypeInvalid"));
    size = tcp_preamble(bytes, guest.port, 2, 3);
    expect_fault(&guest, bytes, size, FAULT("ContentTypeInvalid"));
    size = tcp_preamble(bytes, guest.port, 2, 8) - 1;
    memcpy(bytes + size, BYTES("\x09\x15"
                               "application/negotiate"));
    expect_fault(&guest, bytes, size + 23, FAULT("UpgradeInvalid"));
    size = tcp_preamble(bytes, guest.port, 2, 8) - 3;
    memcpy(bytes + size, BYTES("\x04\x09text/weird\x0c"));
    bytes[size + 1] = 10;
    expect_fault(&guest, bytes, size + 12, FAULT("ContentTypeInvalid"));
    expect(!guest.call.count);

    tcp_peer_connect(&peer, guest.port);
    tcp_peer_greet(&peer, guest.port, 2, 8);
    ok(tcp_call_end(&guest.call, guest.hr));
    tcp_peer_close(&peer);
    guest_end(&guest);
}

TEST(a_client_that_breaks_the_rules_is_told_so)
{
    struct guest guest;
    struct tcp_peer peer;
    struct tcp_call call;
    BYTE bytes[128];
    static const char fault[] = FAULT("MaxMessageSizeExceededFault");
    INT count;
    HRESULT hr;

    guest_begin(&guest, NULL, 0);
    tcp_peer_connect(&peer, guest.port);
    tcp_peer_greet(&peer, guest.port, 2, 8);
    ok(tcp_call_end(&guest.call, guest.hr));
    expect(tcp_peer_send(&peer, "\x06\xff\xff\xff\x07", 5));
    expect_hr(WS_E_QUOTA_EXCEEDED, tcp_receive(guest.channel, &count, NULL));
    tcp_call_init(&call);
    hr = WsCloseChannel(guest.channel, &call.context, NULL);
    expect(tcp_peer_receive_all(&peer, bytes, sizeof(fault) + 1));
    expect(bytes[0] == 8 && !memcmp(bytes + 2, fault, sizeof(fault) - 1));
    tcp_peer_close(&peer);
    ok(tcp_call_end(&call, hr));
    guest_end(&guest);
}

/* Bytes at random, for a server and for a client. */
TEST(noise_does_no_harm)
{
    struct guest guest;
    struct tcp_peer peer;
    BYTE bytes[400];
    unsigned seed = 1, round;
    size_t i, size;

    guest_begin(&guest, NULL, 0);
    for (round = 0; round < 60; round++)
    {
        tcp_peer_connect(&peer, guest.port);
        size = round % 3 ? tcp_preamble(bytes, guest.port, 2, 8) : 0;
        for (i = round % 3 == 1 ? size / 2 : size; i < sizeof(bytes); i++)
            bytes[i] = (BYTE)((seed = seed * 1103515245u + 12345u) >> 16);
        bytes[round % 3 == 2 ? 8 + round / 3 : 0] ^= 0x15;
        tcp_peer_send(&peer, bytes, sizeof(bytes));
        tcp_peer_close(&peer);
    }
    /* One of them may have been taken for a client: the host in its via was another name. */
    tcp_peer_connect(&peer, guest.port);
    size = tcp_preamble(bytes, guest.port, 2, 8);
    expect(tcp_peer_send(&peer, bytes, size));
    ok(tcp_call_end(&guest.call, guest.hr));
    tcp_peer_close(&peer);
    guest_end(&guest);
}
