/* SPDX-License-Identifier: MIT */
/*
 * channel-service.c - for channel-reply-*.sh: a web service over HTTP, for clients of others.
 *
 *     channel-service VERSION [ENCODING] [stream]
 *
 * VERSION is 11 or 12, with TRANSPORT for addressing, or 12/10; ENCODING is text, binary or mtom. Prints the port, and
 * serves http://localhost:port/service until its standard input ends. A request has the element b of urn:b, a string;
 * the answer is an element of the same name with "got " and the string. For the string "fault" it is a fault, and none
 * for "one way".
 */
#ifndef _WIN32
#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "webservices.h"

static WS_LISTENER *listener;

static void check(HRESULT hr, const char *what)
{
    if (hr == S_OK)
        return;
    fprintf(stderr, "channel-service: %s: 0x%08x\n", what, (unsigned)hr);
    exit(1);
}

static unsigned free_port(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof(address);
    int handle = socket(AF_INET, SOCK_STREAM, 0);

    if (handle < 0 || bind(handle, (struct sockaddr *)&address, size) ||
        getsockname(handle, (struct sockaddr *)&address, &size))
        exit(1);
    close(handle);
    return ntohs(address.sin_port);
}

static void *wait_for_end(void *argument)
{
    char byte;

    while (read(0, &byte, 1) > 0)
        ;
    WsCloseListener(listener, NULL, NULL);
    return argument;
}

static WS_XML_STRING name = {1, (BYTE *)"b", NULL, 0}, ns = {5, (BYTE *)"urn:b", NULL, 0};
static WS_ELEMENT_DESCRIPTION element = {&name, &ns, WS_STRING_TYPE, NULL};
static WS_XML_STRING answer_action = {10, (BYTE *)"urn:answer", NULL, 0};
static const WS_MESSAGE_DESCRIPTION request_description = {NULL, &element}, answer = {&answer_action, &element};

static bool is(const WS_STRING *string, const char *text)
{
    ULONG i;

    for (i = 0; i < string->length && text[i]; i++)
        if (string->chars[i] != (BYTE)text[i])
            return false;
    return i == string->length && !text[i];
}

static void serve(WS_CHANNEL *channel, WS_MESSAGE *request, WS_MESSAGE *reply, WS_HEAP *heap, WS_ERROR *error)
{
    const WS_MESSAGE_DESCRIPTION *descriptions[] = {&request_description};
    static WCHAR reason[] = {'o', 'u', 'c', 'h'};
    const WS_STRING ouch = {4, reason};
    WS_STRING text, got;
    HRESULT hr;
    void *chars;

    hr = WsReceiveMessage(channel, request, descriptions, 1, WS_RECEIVE_REQUIRED_MESSAGE, WS_READ_REQUIRED_VALUE, heap,
                          &text, sizeof(text), NULL, NULL, error);
    if (hr != S_OK || is(&text, "one way"))
        return;
    if (is(&text, "fault"))
    {
        check(WsAddErrorString(error, &ouch), "WsAddErrorString");
        check(WsSendFaultMessageForError(channel, reply, error, E_FAIL, WS_FULL_FAULT_DISCLOSURE, request, NULL, NULL),
              "WsSendFaultMessageForError");
        return;
    }
    got.length = text.length + 4;
    check(WsAlloc(heap, got.length * sizeof(WCHAR), &chars, NULL), "WsAlloc");
    got.chars = chars;
    got.chars[0] = 'g', got.chars[1] = 'o', got.chars[2] = 't', got.chars[3] = ' ';
    if (text.length)
        memcpy(got.chars + 4, text.chars, text.length * sizeof(WCHAR));
    WsSendReplyMessage(channel, reply, &answer, WS_WRITE_REQUIRED_VALUE, &got, sizeof(got), request, NULL, error);
}

int main(int argc, char **argv)
{
    const char *version = argc > 1 ? argv[1] : "11", *named = argc > 2 ? argv[2] : "text";
    WS_ENVELOPE_VERSION envelope = strcmp(version, "11") ? WS_ENVELOPE_VERSION_SOAP_1_2 : WS_ENVELOPE_VERSION_SOAP_1_1;
    WS_ADDRESSING_VERSION addressing =
        strchr(version, '/') ? WS_ADDRESSING_VERSION_1_0 : WS_ADDRESSING_VERSION_TRANSPORT;
    WS_ENCODING encoding = !strcmp(named, "binary") ? WS_ENCODING_XML_BINARY_1
                           : !strcmp(named, "mtom") ? WS_ENCODING_XML_MTOM_UTF8
                                                    : WS_ENCODING_XML_UTF8;
    WS_TRANSFER_MODE transfer = argc > 3 ? WS_STREAMED_TRANSFER_MODE : WS_BUFFERED_TRANSFER_MODE;
    const WS_CHANNEL_PROPERTY properties[] = {
        {WS_CHANNEL_PROPERTY_ENVELOPE_VERSION, &envelope, sizeof(envelope)},
        {WS_CHANNEL_PROPERTY_ADDRESSING_VERSION, &addressing, sizeof(addressing)},
        {WS_CHANNEL_PROPERTY_ENCODING, &encoding, sizeof(encoding)},
        {WS_CHANNEL_PROPERTY_TRANSFER_MODE, &transfer, sizeof(transfer)},
    };
    const unsigned port = free_port();
    WCHAR chars[64];
    WS_STRING url = {0, chars};
    WS_CHANNEL *channel;
    WS_MESSAGE *request, *reply;
    WS_HEAP *heap;
    WS_ERROR *error;
    pthread_t thread;
    char text[64];

    snprintf(text, sizeof(text), "http://+:%u/service", port);
    for (; text[url.length]; url.length++)
        chars[url.length] = (BYTE)text[url.length];
    check(WsCreateError(NULL, 0, &error), "WsCreateError");
    check(WsCreateHeap(1 << 20, 1 << 16, NULL, 0, &heap, NULL), "WsCreateHeap");
    check(WsCreateListener(WS_CHANNEL_TYPE_REPLY, WS_HTTP_CHANNEL_BINDING, NULL, 0, NULL, &listener, NULL),
          "WsCreateListener");
    check(WsCreateChannelForListener(listener, properties, 4, &channel, NULL), "WsCreateChannelForListener");
    check(WsCreateMessageForChannel(channel, NULL, 0, &request, NULL), "WsCreateMessageForChannel");
    check(WsCreateMessageForChannel(channel, NULL, 0, &reply, NULL), "WsCreateMessageForChannel");
    check(WsOpenListener(listener, &url, NULL, NULL), "WsOpenListener");
    printf("%u\n", port);
    fflush(stdout);
    if (pthread_create(&thread, NULL, wait_for_end, NULL))
        return 1;
    while (WsAcceptChannel(listener, channel, NULL, NULL) == S_OK)
    {
        serve(channel, request, reply, heap, error);
        WsCloseChannel(channel, NULL, NULL);
        check(WsResetChannel(channel, NULL), "WsResetChannel");
        WsResetMessage(request, NULL);
        WsResetMessage(reply, NULL);
        WsResetHeap(heap, NULL);
        WsResetError(error);
    }
    pthread_join(thread, NULL);
    WsFreeChannel(channel);
    WsFreeListener(listener);
    WsFreeMessage(request);
    WsFreeMessage(reply);
    WsFreeHeap(heap);
    WsFreeError(error);
    return 0;
}
