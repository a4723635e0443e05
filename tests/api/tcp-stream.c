/* SPDX-License-Identifier: MIT */
/*
 * Streamed messages over net.tcp. A stream is elements <item xmlns="urn:tcp"> with their numbers, flushed now and then.
 *
 * Source: the page of WS_TRANSFER_MODE, [MC-NMF]. That net.tcp streams at all is our choice: on Windows it does not.
 */
#include "support/errors.h"
#include "support/tcp.h"

#include <stdlib.h>

static WS_XML_STRING item_name = WS_XML_STRING_VALUE("item"), item_ns = WS_XML_STRING_VALUE("urn:tcp"),
                     stream_action = WS_XML_STRING_VALUE("urn:stream");

/* --- Both ends, step by step --- */

static HRESULT start_stream(WS_CHANNEL *channel, WS_MESSAGE *message, WS_XML_WRITER **writer, WS_ERROR *error)
{
    HRESULT hr;

    if ((hr = WsInitializeMessage(message, WS_BLANK_MESSAGE, NULL, error)) != S_OK ||
        (hr = WsSetHeader(message, WS_ACTION_HEADER, WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, &stream_action,
                          sizeof(stream_action), error)) != S_OK ||
        (hr = WsWriteMessageStart(channel, message, NULL, error)) != S_OK)
        return hr;
    return WsGetMessageProperty(message, WS_MESSAGE_PROPERTY_BODY_WRITER, writer, sizeof(*writer), error);
}

static HRESULT write_item(WS_XML_WRITER *writer, INT number, WS_ERROR *error)
{
    HRESULT hr;

    if ((hr = WsWriteStartElement(writer, NULL, &item_name, &item_ns, error)) != S_OK ||
        (hr = WsWriteValue(writer, WS_INT32_VALUE_TYPE, &number, sizeof(number), error)) != S_OK)
        return hr;
    return WsWriteEndElement(writer, error);
}

static HRESULT start_reading(WS_CHANNEL *channel, WS_MESSAGE *message, WS_XML_READER **reader, WS_ERROR *error)
{
    HRESULT hr = WsReadMessageStart(channel, message, NULL, error);

    return hr == S_OK ? WsGetMessageProperty(message, WS_MESSAGE_PROPERTY_BODY_READER, reader, sizeof(*reader), error)
                      : hr;
}

/* *found is FALSE at the end of the body. */
static HRESULT read_item(WS_MESSAGE *message, WS_XML_READER *reader, INT *number, BOOL *found, WS_ERROR *error)
{
    HRESULT hr;

    /* As much as an item has, in any encoding. */
    if ((hr = WsFillBody(message, 200, NULL, error)) != S_OK ||
        (hr = WsReadToStartElement(reader, &item_name, &item_ns, found, error)) != S_OK || !*found)
        return hr;
    if ((hr = WsReadStartElement(reader, error)) != S_OK ||
        (hr = WsReadValue(reader, WS_INT32_VALUE_TYPE, number, sizeof(*number), error)) != S_OK)
        return hr;
    return WsReadEndElement(reader, error);
}

/* --- Threads that do all of it --- */

struct streaming
{
    struct tcp_thread thread;
    WS_CHANNEL *channel;
    INT items, flush_each;
    HRESULT hr;
    INT got;
};

static void send_stream(void *argument)
{
    struct streaming *streaming = argument;
    WS_MESSAGE *message = NULL;
    WS_XML_WRITER *writer;
    INT i;

    WsCreateMessageForChannel(streaming->channel, NULL, 0, &message, NULL);
    streaming->hr = start_stream(streaming->channel, message, &writer, NULL);
    for (i = 0; i < streaming->items && streaming->hr == S_OK; i++)
    {
        streaming->hr = write_item(writer, i, NULL);
        if (streaming->hr == S_OK && i % streaming->flush_each == 0)
            streaming->hr = WsFlushBody(message, 0, NULL, NULL);
    }
    if (streaming->hr == S_OK)
        streaming->hr = WsWriteMessageEnd(streaming->channel, message, NULL, NULL);
    WsFreeMessage(message);
}

static void receive_stream(void *argument)
{
    struct streaming *streaming = argument;
    WS_MESSAGE *message = NULL;
    WS_XML_READER *reader;
    BOOL found = TRUE;
    INT number;

    WsCreateMessageForChannel(streaming->channel, NULL, 0, &message, NULL);
    streaming->hr = start_reading(streaming->channel, message, &reader, NULL);
    for (streaming->got = 0; streaming->hr == S_OK; streaming->got++)
    {
        streaming->hr = read_item(message, reader, &number, &found, NULL);
        if (!found || streaming->hr != S_OK)
            break;
        if (number != streaming->got)
            streaming->hr = E_FAIL;
    }
    if (streaming->hr == S_OK)
        streaming->hr = WsReadMessageEnd(streaming->channel, message, NULL, NULL);
    WsFreeMessage(message);
}

static void connect_modes(struct tcp_pair *pair, WS_TRANSFER_MODE client_mode, WS_TRANSFER_MODE server_mode,
                          WS_ENCODING encoding)
{
    WS_CHANNEL_PROPERTY client[] = {{WS_CHANNEL_PROPERTY_TRANSFER_MODE, &client_mode, sizeof(client_mode)},
                                    {WS_CHANNEL_PROPERTY_ENCODING, &encoding, sizeof(encoding)}};
    WS_CHANNEL_PROPERTY server[] = {{WS_CHANNEL_PROPERTY_TRANSFER_MODE, &server_mode, sizeof(server_mode)},
                                    {WS_CHANNEL_PROPERTY_ENCODING, &encoding, sizeof(encoding)}};
    struct tcp_client opening;

    pair->listener = tcp_listen(NULL, 0, &pair->port);
    pair->server = tcp_channel_for(pair->listener, server, 2);
    pair->client = tcp_create_channel(client, 2);
    tcp_client_start(&opening, pair->client, pair->port);
    ok(WsAcceptChannel(pair->listener, pair->server, NULL, NULL));
    ok(tcp_client_end(&opening));
}

static void expect_stream(WS_CHANNEL *from, WS_CHANNEL *to, INT items, INT flush_each)
{
    struct streaming sending = {.channel = from, .items = items, .flush_each = flush_each};
    struct streaming receiving = {.channel = to};

    tcp_start(&sending.thread, send_stream, &sending);
    tcp_start(&receiving.thread, receive_stream, &receiving);
    tcp_join(&sending.thread);
    tcp_join(&receiving.thread);
    ok(sending.hr);
    ok(receiving.hr);
    expect(receiving.got == items);
}

TEST(streams_go_both_ways_in_every_encoding)
{
    static const WS_ENCODING encodings[] = {WS_ENCODING_XML_UTF8, WS_ENCODING_XML_UTF16LE, WS_ENCODING_XML_BINARY_1,
                                            WS_ENCODING_XML_BINARY_SESSION_1, WS_ENCODING_XML_MTOM_UTF8};
    size_t i;

    for (i = 0; i < sizeof(encodings) / sizeof(encodings[0]); i++)
    {
        struct tcp_pair pair;

        connect_modes(&pair, WS_STREAMED_TRANSFER_MODE, WS_STREAMED_TRANSFER_MODE, encodings[i]);
        expect_stream(pair.client, pair.server, 500, 7);
        expect_stream(pair.server, pair.client, i == 1 ? 0 : 500, 100);
        tcp_disconnect(&pair);
    }
}

/* "The client and server may use different transfer modes and still be able to communicate." */
TEST(modes_may_differ)
{
    static const WS_TRANSFER_MODE modes[] = {WS_BUFFERED_TRANSFER_MODE, WS_STREAMED_INPUT_TRANSFER_MODE,
                                             WS_STREAMED_OUTPUT_TRANSFER_MODE, WS_STREAMED_TRANSFER_MODE};
    size_t i;

    for (i = 0; i < 16; i++)
    {
        struct tcp_pair pair;
        HRESULT again = modes[i % 4] == WS_BUFFERED_TRANSFER_MODE ? S_OK : WS_E_INVALID_OPERATION;

        connect_modes(&pair, modes[i % 4], modes[i / 4], WS_ENCODING_XML_BINARY_SESSION_1);
        expect_stream(pair.client, pair.server, 50, 7);
        expect_stream(pair.server, pair.client, 50, 7);
        /* What is streamed is one message in each direction, by the client's mode. */
        expect_hr(again, tcp_send(pair.client, 5, NULL));
        expect_hr(again, tcp_send(pair.server, 5, NULL));
        tcp_disconnect(&pair);
    }
}

/* What is flushed arrives before the message ends. */
TEST(what_is_flushed_arrives_at_once)
{
    struct tcp_pair pair;
    WS_MESSAGE *sent, *received;
    WS_XML_WRITER *writer;
    WS_XML_READER *reader;
    INT number = 0;
    BOOL found;

    connect_modes(&pair, WS_STREAMED_TRANSFER_MODE, WS_STREAMED_TRANSFER_MODE, WS_ENCODING_XML_UTF8);
    sent = tcp_message(pair.client);
    received = tcp_message(pair.server);
    ok(start_stream(pair.client, sent, &writer, NULL));
    ok(write_item(writer, 41, NULL));
    ok(WsFlushBody(sent, 0, NULL, NULL));
    ok(start_reading(pair.server, received, &reader, NULL));
    ok(WsFillBody(received, 1, NULL, NULL));
    ok(WsReadToStartElement(reader, &item_name, &item_ns, &found, NULL));
    expect(found);
    ok(WsReadStartElement(reader, NULL));
    ok(WsReadValue(reader, WS_INT32_VALUE_TYPE, &number, sizeof(number), NULL));
    expect(number == 41);
    ok(WsReadEndElement(reader, NULL));
    ok(write_item(writer, 42, NULL));
    ok(WsWriteMessageEnd(pair.client, sent, NULL, NULL));
    ok(read_item(received, reader, &number, &found, NULL));
    expect(found && number == 42);
    ok(WsReadMessageEnd(pair.server, received, NULL, NULL));
    WsFreeMessage(sent);
    WsFreeMessage(received);
    tcp_disconnect(&pair);
}

TEST(streams_may_be_asynchronous)
{
    struct tcp_pair pair;
    WS_MESSAGE *sent, *received;
    WS_XML_WRITER *writer;
    WS_XML_READER *reader;
    struct tcp_call call, reading;
    HRESULT hr;
    INT number = 0;
    BOOL found;

    connect_modes(&pair, WS_STREAMED_TRANSFER_MODE, WS_STREAMED_TRANSFER_MODE, WS_ENCODING_XML_BINARY_1);
    sent = tcp_message(pair.client);
    received = tcp_message(pair.server);
    tcp_call_init(&reading);
    hr = WsReadMessageStart(pair.server, received, &reading.context, NULL);
    expect_hr(WS_S_ASYNC, hr);
    ok(WsInitializeMessage(sent, WS_BLANK_MESSAGE, NULL, NULL));
    tcp_call_init(&call);
    ok(tcp_call_end(&call, WsWriteMessageStart(pair.client, sent, &call.context, NULL)));
    ok(WsGetMessageProperty(sent, WS_MESSAGE_PROPERTY_BODY_WRITER, &writer, sizeof(writer), NULL));
    ok(write_item(writer, 5, NULL));
    tcp_call_init(&call);
    ok(tcp_call_end(&call, WsFlushBody(sent, 0, &call.context, NULL)));
    ok(tcp_call_end(&reading, hr));
    ok(WsGetMessageProperty(received, WS_MESSAGE_PROPERTY_BODY_READER, &reader, sizeof(reader), NULL));
    tcp_call_init(&reading);
    hr = WsFillBody(received, 5000, &reading.context, NULL);
    expect_hr(WS_S_ASYNC, hr);
    tcp_call_init(&call);
    ok(tcp_call_end(&call, WsWriteMessageEnd(pair.client, sent, &call.context, NULL)));
    ok(tcp_call_end(&reading, hr));
    ok(WsReadToStartElement(reader, &item_name, &item_ns, &found, NULL));
    ok(WsReadStartElement(reader, NULL));
    ok(WsReadValue(reader, WS_INT32_VALUE_TYPE, &number, sizeof(number), NULL));
    expect(number == 5);
    ok(WsReadEndElement(reader, NULL));
    tcp_call_init(&reading);
    ok(tcp_call_end(&reading, WsReadMessageEnd(pair.server, received, &reading.context, NULL)));
    WsFreeMessage(sent);
    WsFreeMessage(received);
    tcp_disconnect(&pair);
}

TEST(a_fill_that_waits_is_aborted)
{
    struct tcp_pair pair;
    WS_MESSAGE *sent, *received;
    WS_XML_WRITER *writer;
    WS_XML_READER *reader;
    struct tcp_call call;
    HRESULT hr;

    connect_modes(&pair, WS_STREAMED_TRANSFER_MODE, WS_STREAMED_TRANSFER_MODE, WS_ENCODING_XML_UTF8);
    sent = tcp_message(pair.client);
    received = tcp_message(pair.server);
    ok(start_stream(pair.client, sent, &writer, NULL));
    ok(write_item(writer, 1, NULL));
    ok(WsFlushBody(sent, 0, NULL, NULL));
    ok(start_reading(pair.server, received, &reader, NULL));
    tcp_call_init(&call);
    hr = WsFillBody(received, 5000, &call.context, NULL);
    expect_hr(WS_S_ASYNC, hr);
    ok(WsAbortChannel(pair.server, NULL));
    expect_hr(WS_E_OPERATION_ABORTED, tcp_call_end(&call, hr));
    tcp_end_channel(pair.server);
    tcp_end_channel(pair.client);
    WsFreeMessage(sent);
    WsFreeMessage(received);
    tcp_end_listener(pair.listener);
}

/* --- Limits --- */

TEST(streams_have_limits)
{
    ULONGLONG largest = 2000;
    WS_TRANSFER_MODE mode = WS_STREAMED_TRANSFER_MODE;
    WS_CHANNEL_PROPERTY properties[] = {{WS_CHANNEL_PROPERTY_TRANSFER_MODE, &mode, sizeof(mode)},
                                        {WS_CHANNEL_PROPERTY_MAX_STREAMED_MESSAGE_SIZE, &largest, sizeof(largest)}};
    WS_ERROR *error = create_error();
    struct tcp_pair pair;
    WS_MESSAGE *message;
    WS_XML_WRITER *writer;
    HRESULT hr;
    INT i;

    tcp_connect(&pair, properties, 2);
    message = tcp_message(pair.client);
    ok(start_stream(pair.client, message, &writer, error));
    for (i = 0, hr = S_OK; hr == S_OK && i < 1000; i++)
        if ((hr = write_item(writer, i, error)) == S_OK)
            hr = WsFlushBody(message, 0, NULL, error);
    expect_hr(WS_E_QUOTA_EXCEEDED, hr);
    expect(says(error, "WS_CHANNEL_PROPERTY_MAX_STREAMED_MESSAGE_SIZE is 2000"));
    WsFreeMessage(message);
    WsCloseChannel(pair.client, NULL, NULL);
    WsCloseChannel(pair.server, NULL, NULL);
    WsFreeChannel(pair.client);
    WsFreeChannel(pair.server);
    tcp_end_listener(pair.listener);
    WsFreeError(error);
}

/* --- Bare peers --- */

struct bare
{
    struct tcp_peer listener, peer;
    WS_CHANNEL *channel;
    unsigned port;
};

static void bare_open(struct bare *bare, WS_ENCODING encoding, ULONG start_size)
{
    WS_TRANSFER_MODE mode = WS_STREAMED_TRANSFER_MODE;
    WS_CHANNEL_PROPERTY properties[] = {{WS_CHANNEL_PROPERTY_TRANSFER_MODE, &mode, sizeof(mode)},
                                        {WS_CHANNEL_PROPERTY_ENCODING, &encoding, sizeof(encoding)},
                                        {WS_CHANNEL_PROPERTY_MAX_STREAMED_START_SIZE, &start_size, sizeof(start_size)}};
    struct tcp_client client;
    BYTE preamble[128];
    size_t size;

    tcp_peer_listen(&bare->listener, &bare->port);
    bare->channel = tcp_create_channel(properties, 3);
    tcp_client_start(&client, bare->channel, bare->port);
    tcp_peer_accept(&bare->listener, &bare->peer);
    size = tcp_preamble(preamble, bare->port, 1, encoding == WS_ENCODING_XML_UTF8 ? 3 : 7);
    {
        BYTE got[128];

        expect(tcp_peer_receive_all(&bare->peer, got, size));
        expect(!memcmp(got, preamble, size));
    }
    expect(tcp_peer_send(&bare->peer, "\x0b", 1));
    ok(tcp_client_end(&client));
}

static void bare_close(struct bare *bare)
{
    tcp_peer_close(&bare->peer);
    tcp_end_channel(bare->channel);
    tcp_peer_close(&bare->listener);
}

#define BYTES(text) text, sizeof(text) - 1
#define HEAD        "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'><s:Body>"
#define TAIL        "</s:Body></s:Envelope>"

static size_t put_chunk(BYTE *to, const char *text)
{
    size_t length = strlen(text);

    expect(length < 128);
    to[0] = (BYTE)length;
    memcpy(to + 1, text, length);
    return length + 1;
}

static size_t build_stream(BYTE *to, const char *body)
{
    size_t at = 0;

    to[at++] = 5;
    at += put_chunk(to + at, HEAD);
    at += put_chunk(to + at, body);
    at += put_chunk(to + at, TAIL);
    to[at++] = 0;
    return at;
}

TEST(streams_may_end_at_every_byte)
{
    BYTE bytes[512];
    size_t size = build_stream(bytes, "<item xmlns='urn:tcp'>0</item>"), cut;

    for (cut = 0; cut <= size; cut++)
    {
        struct bare bare;
        struct streaming streaming;

        bare_open(&bare, WS_ENCODING_XML_UTF8, 16384);
        expect(tcp_peer_send(&bare.peer, bytes, cut));
        tcp_peer_end(&bare.peer);
        streaming.channel = bare.channel;
        receive_stream(&streaming);
        expect_hr(cut == size ? S_OK : WS_E_ENDPOINT_DISCONNECTED, streaming.hr);
        if (cut < size)
            expect(tcp_state(bare.channel) == WS_CHANNEL_STATE_FAULTED);
        bare_close(&bare);
    }
}

TEST(a_stream_that_fails_is_skipped)
{
    struct bare bare;
    struct streaming streaming;
    BYTE bytes[2048];
    size_t size = build_stream(bytes, "<item xmlns='urn:tcp'>x</item>");

    size += build_stream(bytes + size, "<item></other>");
    bytes[size++] = 6;
    bytes[size++] = 2;
    bytes[size++] = '<';
    bytes[size++] = '<';
    size += build_stream(bytes + size, "<item xmlns='urn:tcp'>0</item>");
    bytes[size++] = 7;
    bare_open(&bare, WS_ENCODING_XML_UTF8, 16384);
    expect(tcp_peer_send(&bare.peer, bytes, size));
    streaming.channel = bare.channel;
    receive_stream(&streaming);
    expect_hr(WS_E_INVALID_FORMAT, streaming.hr);
    receive_stream(&streaming);
    expect_hr(WS_E_INVALID_FORMAT, streaming.hr);
    receive_stream(&streaming);
    expect_hr(WS_E_INVALID_FORMAT, streaming.hr);
    receive_stream(&streaming);
    ok(streaming.hr);
    expect(streaming.got == 1);
    receive_stream(&streaming);
    expect_hr(WS_S_END, streaming.hr);
    bare_close(&bare);
}

TEST(the_start_of_a_stream_has_a_limit)
{
    WS_ERROR *error = create_error();
    struct bare bare;
    WS_MESSAGE *message;
    BYTE bytes[16384];
    size_t at = 0;
    int i;

    bytes[at++] = 5;
    at += put_chunk(bytes + at, "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'><s:Header>");
    for (i = 0; i < 100; i++)
        at += put_chunk(bytes + at, "<header xmlns='urn:header'>........................................</header>");
    bare_open(&bare, WS_ENCODING_XML_UTF8, 1000);
    expect(tcp_peer_send(&bare.peer, bytes, at));
    message = tcp_message(bare.channel);
    expect_hr(WS_E_QUOTA_EXCEEDED, WsReadMessageStart(bare.channel, message, NULL, error));
    expect(says(error, "WS_CHANNEL_PROPERTY_MAX_STREAMED_START_SIZE is 1000"));
    WsFreeMessage(message);
    bare_close(&bare);
    WsFreeError(error);
}

/* 20 MB, in memory that does not depend on it: natively the test program would not notice, but takes no time either. */
TEST(long_streams_go_through)
{
    ULONGLONG largest = 1u << 30;
    ULONG receive_timeout = 60000;
    WS_TRANSFER_MODE mode = WS_STREAMED_TRANSFER_MODE;
    WS_CHANNEL_PROPERTY properties[] = {
        {WS_CHANNEL_PROPERTY_TRANSFER_MODE, &mode, sizeof(mode)},
        {WS_CHANNEL_PROPERTY_MAX_STREAMED_MESSAGE_SIZE, &largest, sizeof(largest)},
        {WS_CHANNEL_PROPERTY_RECEIVE_TIMEOUT, &receive_timeout, sizeof(receive_timeout)},
    };
    struct tcp_pair pair;

    tcp_connect(&pair, properties, 3);
    expect_stream(pair.client, pair.server, 200000, 500);
    tcp_disconnect(&pair);
}
