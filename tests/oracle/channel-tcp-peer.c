/* SPDX-License-Identifier: MIT */
/*
 * channel-tcp-peer.c - for channel-tcp-mono.sh: one side of sessions over net.tcp.
 *
 *     channel-tcp-peer ask MODE URL COUNT     asks a service; each answer must be what was asked, in reverse
 *     channel-tcp-peer serve MODE SESSIONS    prints the port that it listens at, and answers so in that many sessions
 *
 * MODE: "buffered", "text" (buffered, in UTF-8), "mtom", or "streamed", in which each request has a session of its own.
 * Both end with "ok", or with what went wrong.
 */
#include "webservices.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EACH_KIND 8

static WS_XML_STRING ask_action = WS_XML_STRING_VALUE("urn:ask"), answer_action = WS_XML_STRING_VALUE("urn:answer"),
                     text_name = WS_XML_STRING_VALUE("text"), text_ns = WS_XML_STRING_VALUE("urn:tcp");
static WS_ELEMENT_DESCRIPTION text_element = {&text_name, &text_ns, WS_STRING_TYPE, NULL};
static const WS_MESSAGE_DESCRIPTION ask_message = {&ask_action, &text_element};
static const WS_MESSAGE_DESCRIPTION answer_message = {&answer_action, &text_element};

static WS_ERROR *error;
static WS_HEAP *heap;

/* --- Failures --- */

static void check(HRESULT hr, const char *what)
{
    ULONG count = 0, i, c;
    WS_STRING sentence;

    if (hr == S_OK)
        return;
    printf("%s: 0x%08x", what, (unsigned)hr);
    WsGetErrorProperty(error, WS_ERROR_PROPERTY_STRING_COUNT, &count, sizeof(count));
    for (i = 0; i < count && WsGetErrorString(error, i, &sentence) == S_OK; i++)
        for (printf(i ? " " : ": "), c = 0; c < sentence.length; c++)
            putchar(sentence.chars[c]);
    printf("\n");
    exit(1);
}

/* --- Texts --- */

static WS_STRING make_text(unsigned number)
{
    static const ULONG sizes[EACH_KIND] = {1, 2, 17, 127, 128, 1000, 9000, 50000};
    WS_STRING text = {sizes[number % EACH_KIND], NULL};
    ULONG i;

    text.chars = malloc(text.length * sizeof(WCHAR));
    for (i = 0; i < text.length; i++)
        text.chars[i] = (WCHAR)(i % 50 == 49 ? 0x20ac : 'a' + (i * 7 + number) % 26);
    return text;
}

static void reverse(WS_STRING *text)
{
    ULONG i;

    for (i = 0; i < text->length / 2; i++)
    {
        WCHAR c = text->chars[i];

        text->chars[i] = text->chars[text->length - 1 - i];
        text->chars[text->length - 1 - i] = c;
    }
}

/* --- Channels --- */

struct mode
{
    WS_ENCODING encoding;
    WS_TRANSFER_MODE transfer;
    ULONG largest;
    ULONGLONG largest_stream;
    bool is_streamed;
    WS_CHANNEL_PROPERTY properties[3];
    ULONG count;
};

static void set_mode(struct mode *mode, const char *name)
{
    ULONG i = 0;

    mode->is_streamed = !strcmp(name, "streamed");
    mode->transfer = mode->is_streamed ? WS_STREAMED_TRANSFER_MODE : WS_BUFFERED_TRANSFER_MODE;
    mode->encoding = !strcmp(name, "text")   ? WS_ENCODING_XML_UTF8
                     : !strcmp(name, "mtom") ? WS_ENCODING_XML_MTOM_UTF8
                     : mode->is_streamed     ? WS_ENCODING_XML_BINARY_1
                                             : WS_ENCODING_XML_BINARY_SESSION_1;
    mode->largest = 1 << 20;
    mode->largest_stream = 1 << 20;
    mode->properties[i++] =
        (WS_CHANNEL_PROPERTY){WS_CHANNEL_PROPERTY_ENCODING, &mode->encoding, sizeof(mode->encoding)};
    mode->properties[i++] =
        (WS_CHANNEL_PROPERTY){WS_CHANNEL_PROPERTY_TRANSFER_MODE, &mode->transfer, sizeof(mode->transfer)};
    if (mode->is_streamed)
        mode->properties[i++] = (WS_CHANNEL_PROPERTY){WS_CHANNEL_PROPERTY_MAX_STREAMED_MESSAGE_SIZE,
                                                      &mode->largest_stream, sizeof(mode->largest_stream)};
    else
        mode->properties[i++] =
            (WS_CHANNEL_PROPERTY){WS_CHANNEL_PROPERTY_MAX_BUFFERED_MESSAGE_SIZE, &mode->largest, sizeof(mode->largest)};
    mode->count = i;
}

static WS_STRING string_of(const char *text)
{
    WS_STRING string = {0, malloc(strlen(text) * sizeof(WCHAR) + 1)};

    for (; text[string.length]; string.length++)
        string.chars[string.length] = (WCHAR)text[string.length];
    return string;
}

/* --- Asking --- */

static void ask_one(WS_CHANNEL *channel, unsigned number)
{
    WS_MESSAGE *request, *reply;
    WS_STRING text = make_text(number), answer = {0, NULL};

    check(WsCreateMessageForChannel(channel, NULL, 0, &request, error), "WsCreateMessageForChannel");
    check(WsCreateMessageForChannel(channel, NULL, 0, &reply, error), "WsCreateMessageForChannel");
    check(WsRequestReply(channel, request, &ask_message, WS_WRITE_REQUIRED_VALUE, &text, sizeof(text), reply,
                         &answer_message, WS_READ_REQUIRED_VALUE, heap, &answer, sizeof(answer), NULL, error),
          "WsRequestReply");
    reverse(&answer);
    if (answer.length != text.length || memcmp(answer.chars, text.chars, text.length * sizeof(WCHAR)) != 0)
    {
        printf("answer %u has %u characters, and is not the text of %u\n", number, (unsigned)answer.length,
               (unsigned)text.length);
        exit(1);
    }
    WsFreeMessage(request);
    WsFreeMessage(reply);
    free(text.chars);
    check(WsResetHeap(heap, error), "WsResetHeap");
}

static void ask(const struct mode *mode, const char *url, unsigned count)
{
    WS_ENDPOINT_ADDRESS address;
    WS_CHANNEL *channel;
    bool is_open = false;
    unsigned i;

    memset(&address, 0, sizeof(address));
    address.url = string_of(url);
    check(WsCreateChannel(WS_CHANNEL_TYPE_DUPLEX_SESSION, WS_TCP_CHANNEL_BINDING, mode->properties, mode->count, NULL,
                          &channel, error),
          "WsCreateChannel");
    for (i = 0; i < count; i++)
    {
        if (!is_open)
            check(WsOpenChannel(channel, &address, NULL, error), "WsOpenChannel");
        is_open = true;
        ask_one(channel, i);
        if (!mode->is_streamed)
            continue;
        is_open = false;
        check(WsCloseChannel(channel, NULL, error), "WsCloseChannel");
        check(WsResetChannel(channel, error), "WsResetChannel");
    }
    if (is_open)
        check(WsCloseChannel(channel, NULL, error), "WsCloseChannel");
    WsFreeChannel(channel);
    free(address.url.chars);
}

/* --- Serving --- */

static bool serve_one(WS_CHANNEL *channel)
{
    const WS_MESSAGE_DESCRIPTION *description = &ask_message;
    WS_MESSAGE *request, *reply;
    WS_STRING text = {0, NULL};
    HRESULT hr;

    check(WsCreateMessageForChannel(channel, NULL, 0, &request, error), "WsCreateMessageForChannel");
    check(WsCreateMessageForChannel(channel, NULL, 0, &reply, error), "WsCreateMessageForChannel");
    hr = WsReceiveMessage(channel, request, &description, 1, WS_RECEIVE_OPTIONAL_MESSAGE, WS_READ_REQUIRED_VALUE, heap,
                          &text, sizeof(text), NULL, NULL, error);
    if (hr != WS_S_END)
    {
        check(hr, "WsReceiveMessage");
        reverse(&text);
        check(WsSendReplyMessage(channel, reply, &answer_message, WS_WRITE_REQUIRED_VALUE, &text, sizeof(text), request,
                                 NULL, error),
              "WsSendReplyMessage");
    }
    WsFreeMessage(request);
    WsFreeMessage(reply);
    check(WsResetHeap(heap, error), "WsResetHeap");
    return hr != WS_S_END;
}

static void serve(const struct mode *mode, unsigned sessions)
{
    WS_LISTENER *listener;
    WS_CHANNEL *channel;
    unsigned port = 20000, served;
    HRESULT hr;

    check(WsCreateListener(WS_CHANNEL_TYPE_DUPLEX_SESSION, WS_TCP_CHANNEL_BINDING, NULL, 0, NULL, &listener, error),
          "WsCreateListener");
    for (hr = WS_E_ADDRESS_IN_USE; hr == WS_E_ADDRESS_IN_USE && port < 30000; port += 7)
    {
        char text[64];
        WS_STRING url;

        snprintf(text, sizeof(text), "net.tcp://localhost:%u/service", port);
        url = string_of(text);
        hr = WsOpenListener(listener, &url, NULL, NULL);
        free(url.chars);
    }
    check(hr, "WsOpenListener");
    printf("%u\n", port - 7);
    fflush(stdout);
    check(WsCreateChannelForListener(listener, mode->properties, mode->count, &channel, error),
          "WsCreateChannelForListener");
    for (served = 0; served < sessions; served++)
    {
        check(WsAcceptChannel(listener, channel, NULL, error), "WsAcceptChannel");
        while (serve_one(channel) && !mode->is_streamed)
            ;
        check(WsCloseChannel(channel, NULL, error), "WsCloseChannel");
        check(WsResetChannel(channel, error), "WsResetChannel");
    }
    WsFreeChannel(channel);
    check(WsCloseListener(listener, NULL, error), "WsCloseListener");
    WsFreeListener(listener);
}

int main(int argc, char **argv)
{
    struct mode mode;

    if (argc < 4)
        return 2;
    check(WsCreateError(NULL, 0, &error), "WsCreateError");
    check(WsCreateHeap(4 << 20, 1 << 20, NULL, 0, &heap, error), "WsCreateHeap");
    set_mode(&mode, argv[2]);
    if (!strcmp(argv[1], "ask"))
        ask(&mode, argv[3], argc > 4 ? (unsigned)atoi(argv[4]) : 1);
    else
        serve(&mode, (unsigned)atoi(argv[3]));
    WsFreeHeap(heap);
    WsFreeError(error);
    printf("ok\n");
    return 0;
}
