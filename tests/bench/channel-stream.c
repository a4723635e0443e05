/* SPDX-License-Identifier: MIT */
/* channel-stream.c - see channel.h: a streamed message, written in pieces of 32 KB, and read as it comes. */
#define _GNU_SOURCE /* barriers */
#include "channel.h"

#include <stdio.h>
#include <stdlib.h>

#include "limit.h"
#include "webservices.h"

static const WS_XML_STRING name = WS_XML_STRING_VALUE("stream"), ns = WS_XML_STRING_VALUE("urn:bench"),
                           action = WS_XML_STRING_VALUE("urn:bench/stream");

struct streaming
{
    bool text;
    size_t bytes;
    WS_LISTENER *listener;
    WS_CHANNEL *client, *server;
    size_t received;
};

static void check(HRESULT hr, const char *what)
{
    if (hr == S_OK)
        return;
    fprintf(stderr, "channel: stream: %s: 0x%08x\n", what, (unsigned)hr);
    exit(1);
}

/* --- The server --- */

static ULONG read_piece(const struct streaming *streaming, WS_XML_READER *reader, void *bytes)
{
    ULONG read = 0;

    if (streaming->text)
        check(WsReadCharsUtf8(reader, bytes, CHANNEL_PIECE, &read, NULL), "WsReadCharsUtf8");
    else
        check(WsReadBytes(reader, bytes, CHANNEL_PIECE, &read, NULL), "WsReadBytes");
    return read;
}

static void *receive(void *argument)
{
    static char piece[CHANNEL_PIECE];
    struct streaming *streaming = argument;
    WS_MESSAGE *message;
    WS_XML_READER *reader;
    ULONG read;

    check(WsCreateMessageForChannel(streaming->server, NULL, 0, &message, NULL), "WsCreateMessageForChannel");
    check(WsAcceptChannel(streaming->listener, streaming->server, NULL, NULL), "WsAcceptChannel");
    check(WsReadMessageStart(streaming->server, message, NULL, NULL), "WsReadMessageStart");
    check(WsGetMessageProperty(message, WS_MESSAGE_PROPERTY_BODY_READER, &reader, sizeof(reader), NULL), "reader");
    check(WsFillBody(message, 1000, NULL, NULL), "WsFillBody");
    check(WsReadToStartElement(reader, &name, &ns, NULL, NULL), "WsReadToStartElement");
    check(WsReadStartElement(reader, NULL), "WsReadStartElement");
    do
    {
        check(WsFillBody(message, CHANNEL_PIECE, NULL, NULL), "WsFillBody");
        read = read_piece(streaming, reader, piece);
        streaming->received += read;
    } while (read);
    check(WsReadEndElement(reader, NULL), "WsReadEndElement");
    check(WsReadMessageEnd(streaming->server, message, NULL, NULL), "WsReadMessageEnd");
    /* The clock ends: of HTTP, the client waits for the answer that there is none; of TCP, it closes the session. */
    WsFreeMessage(message);
    check(WsCloseChannel(streaming->server, NULL, NULL), "WsCloseChannel");
    return NULL;
}

/* --- The client --- */

static void write_body(const struct streaming *streaming, WS_MESSAGE *message, WS_XML_WRITER *writer)
{
    const char *piece = channel_text(CHANNEL_PIECE);
    size_t sent;

    for (sent = 0; sent < streaming->bytes; sent += CHANNEL_PIECE)
    {
        if (streaming->text)
            check(WsWriteCharsUtf8(writer, (const BYTE *)piece, CHANNEL_PIECE, NULL), "WsWriteCharsUtf8");
        else
            check(WsWriteBytes(writer, piece, CHANNEL_PIECE, NULL), "WsWriteBytes");
        check(WsFlushBody(message, 0, NULL, NULL), "WsFlushBody");
    }
}

static void send_message(const struct streaming *streaming)
{
    WS_XML_WRITER *writer;
    WS_MESSAGE *message;

    check(WsCreateMessageForChannel(streaming->client, NULL, 0, &message, NULL), "WsCreateMessageForChannel");
    check(WsInitializeMessage(message, WS_REQUEST_MESSAGE, NULL, NULL), "WsInitializeMessage");
    check(WsSetHeader(message, WS_ACTION_HEADER, WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, &action, sizeof(action),
                      NULL),
          "WsSetHeader");
    check(WsWriteMessageStart(streaming->client, message, NULL, NULL), "WsWriteMessageStart");
    check(WsGetMessageProperty(message, WS_MESSAGE_PROPERTY_BODY_WRITER, &writer, sizeof(writer), NULL), "writer");
    check(WsWriteStartElement(writer, NULL, &name, &ns, NULL), "WsWriteStartElement");
    write_body(streaming, message, writer);
    check(WsWriteEndElement(writer, NULL), "WsWriteEndElement");
    check(WsWriteMessageEnd(streaming->client, message, NULL, NULL), "WsWriteMessageEnd");
    WsFreeMessage(message);
}

/* --- Both --- */

static void open_both(struct streaming *streaming, enum channel_stream kind, WS_ENDPOINT_ADDRESS *address)
{
    bool http = kind != STREAM_TCP_BINARY;
    WS_TRANSFER_MODE mode = WS_STREAMED_TRANSFER_MODE;
    WS_ENCODING encoding = kind == STREAM_HTTP_TEXT     ? WS_ENCODING_XML_UTF8
                           : kind == STREAM_HTTP_BINARY ? WS_ENCODING_XML_BINARY_1
                                                        : WS_ENCODING_XML_BINARY_SESSION_1;
    UINT64 most = UINT64_MAX;
    const WS_CHANNEL_PROPERTY properties[] = {
        {WS_CHANNEL_PROPERTY_TRANSFER_MODE, &mode, sizeof(mode)},
        {WS_CHANNEL_PROPERTY_ENCODING, &encoding, sizeof(encoding)},
        {WS_CHANNEL_PROPERTY_MAX_STREAMED_MESSAGE_SIZE, &most, sizeof(most)},
    };
    WS_CHANNEL_BINDING binding = http ? WS_HTTP_CHANNEL_BINDING : WS_TCP_CHANNEL_BINDING;

    check(WsCreateListener(http ? WS_CHANNEL_TYPE_REPLY : WS_CHANNEL_TYPE_DUPLEX_SESSION, binding, NULL, 0, NULL,
                           &streaming->listener, NULL),
          "WsCreateListener");
    check(WsOpenListener(streaming->listener, &address->url, NULL, NULL), "WsOpenListener");
    check(WsCreateChannelForListener(streaming->listener, properties, 3, &streaming->server, NULL),
          "WsCreateChannelForListener");
    check(WsCreateChannel(http ? WS_CHANNEL_TYPE_REQUEST : WS_CHANNEL_TYPE_DUPLEX_SESSION, binding, properties, 3, NULL,
                          &streaming->client, NULL),
          "WsCreateChannel");
}

static void receive_nothing(WS_CHANNEL *channel)
{
    WS_MESSAGE *message;

    check(WsCreateMessageForChannel(channel, NULL, 0, &message, NULL), "WsCreateMessageForChannel");
    channel_check(WsReadMessageStart(channel, message, NULL, NULL) == WS_S_END, "the end of a stream");
    WsFreeMessage(message);
}

double channel_stream(enum channel_stream kind, size_t bytes)
{
    struct streaming streaming = {.text = kind == STREAM_HTTP_TEXT, .bytes = bytes};
    WS_ENDPOINT_ADDRESS address = {{0, NULL}, NULL, NULL, NULL};
    pthread_t thread;
    WCHAR chars[64];
    char url[64];
    double begun;

    snprintf(url, sizeof(url), "%s://localhost:%u/bench", kind == STREAM_TCP_BINARY ? "net.tcp" : "http",
             channel_port());
    for (; url[address.url.length]; address.url.length++)
        chars[address.url.length] = (unsigned char)url[address.url.length];
    address.url.chars = chars;
    open_both(&streaming, kind, &address);
    channel_thread(&thread, receive, &streaming);
    check(WsOpenChannel(streaming.client, &address, NULL, NULL), "WsOpenChannel");
    begun = channel_begin();
    send_message(&streaming);
    if (kind != STREAM_TCP_BINARY)
        receive_nothing(streaming.client);
    check(WsCloseChannel(streaming.client, NULL, NULL), "WsCloseChannel");
    pthread_join(thread, NULL);
    begun = channel_end() - begun;
    channel_check(streaming.received == bytes, "a stream");
    check(WsCloseListener(streaming.listener, NULL, NULL), "WsCloseListener");
    WsFreeChannel(streaming.client);
    WsFreeChannel(streaming.server);
    WsFreeListener(streaming.listener);
    return begun;
}
