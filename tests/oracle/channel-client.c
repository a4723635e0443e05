/* SPDX-License-Identifier: MIT */
/*
 * channel-client.c - a client for other people's servers: calls the operations of a contract in the namespace
 * http://tempuri.org/, which are Add, Echo, Fail and Note, and says what came of it.
 *
 * Usage: channel-client URL 11|12 text|mtom|binary buffered|streamed CALLS SIZE [PROXY]
 *
 * Calls Add CALLS times, Echo with no bytes, one and SIZE bytes, Fail, Note (which is one-way), and Add again; all on
 * one channel.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "webservices.h"

#define NS     "http://tempuri.org/"
#define ACTION NS "ICalculator/"

static WS_XML_STRING ns = WS_XML_STRING_VALUE(NS);

struct add
{
    int a, b;
};
struct echo
{
    WS_BYTES data;
};
struct number
{
    int value;
};

/* One field of a structure. */
#define FIELD(variable, text, type_name, field_type, member) \
    static WS_XML_STRING variable##_name = WS_XML_STRING_VALUE(text); \
    static WS_FIELD_DESCRIPTION variable = {.mapping = WS_ELEMENT_FIELD_MAPPING, \
                                            .localName = &variable##_name, \
                                            .ns = &ns, \
                                            .type = field_type, \
                                            .offset = WsOffsetOf(struct type_name, member)}

FIELD(field_a, "a", add, WS_INT32_TYPE, a);
FIELD(field_b, "b", add, WS_INT32_TYPE, b);
FIELD(field_data, "data", echo, WS_BYTES_TYPE, data);
FIELD(field_sum, "AddResult", number, WS_INT32_TYPE, value);
FIELD(field_same, "EchoResult", echo, WS_BYTES_TYPE, data);
FIELD(field_why, "why", number, WS_INT32_TYPE, value);

static WS_FIELD_DESCRIPTION *add_fields[] = {&field_a, &field_b}, *echo_fields[] = {&field_data},
                            *sum_fields[] = {&field_sum}, *same_fields[] = {&field_same}, *why_fields[] = {&field_why};

/* A message whose body is such a structure. */
#define MESSAGE(variable, element, action_text, type_name, type_fields) \
    static WS_XML_STRING variable##_element_name = WS_XML_STRING_VALUE(element); \
    static WS_XML_STRING variable##_action = WS_XML_STRING_VALUE(action_text); \
    static WS_STRUCT_DESCRIPTION variable##_struct = {.size = sizeof(struct type_name), \
                                                      .alignment = _Alignof(struct type_name), \
                                                      .fields = type_fields, \
                                                      .fieldCount = sizeof(type_fields) / sizeof(*type_fields)}; \
    static WS_ELEMENT_DESCRIPTION variable##_element = {&variable##_element_name, &ns, WS_STRUCT_TYPE, \
                                                        &variable##_struct}; \
    static WS_MESSAGE_DESCRIPTION variable = {&variable##_action, &variable##_element}

MESSAGE(add, "Add", ACTION "Add", add, add_fields);
MESSAGE(added, "AddResponse", ACTION "AddResponse", number, sum_fields);
MESSAGE(echo, "Echo", ACTION "Echo", echo, echo_fields);
MESSAGE(echoed, "EchoResponse", ACTION "EchoResponse", echo, same_fields);
MESSAGE(fail, "Fail", ACTION "Fail", number, why_fields);
MESSAGE(note, "Note", ACTION "Note", number, why_fields);

static WS_CHANNEL *channel;
static WS_ERROR *error;
static WS_HEAP *heap;

static void say_error(const char *what, HRESULT hr)
{
    ULONG count = 0, i, at;
    WS_STRING string;

    printf("%s: 0x%08x", what, (unsigned)hr);
    WsGetErrorProperty(error, WS_ERROR_PROPERTY_STRING_COUNT, &count, sizeof(count));
    for (i = 0; i < count && WsGetErrorString(error, i, &string) == S_OK; i++)
    {
        putchar(' ');
        for (at = 0; at < string.length; at++)
            putchar(string.chars[at] < 0x80 ? (char)string.chars[at] : '?');
    }
    putchar('\n');
}

static void check(const char *what, HRESULT hr)
{
    if (hr == S_OK)
        return;
    say_error(what, hr);
    exit(1);
}

static HRESULT call(const WS_MESSAGE_DESCRIPTION *request, const void *value, ULONG size,
                    const WS_MESSAGE_DESCRIPTION *reply, void *result, ULONG result_size)
{
    WS_MESSAGE *sent, *received;
    HRESULT hr;

    check("reset", WsResetError(error));
    check("reset", WsResetHeap(heap, error));
    check("message", WsCreateMessageForChannel(channel, NULL, 0, &sent, error));
    check("message", WsCreateMessageForChannel(channel, NULL, 0, &received, error));
    hr = WsRequestReply(channel, sent, request, WS_WRITE_REQUIRED_VALUE, value, size, received, reply,
                        WS_READ_REQUIRED_VALUE, heap, result, result_size, NULL, error);
    WsFreeMessage(sent);
    WsFreeMessage(received);
    return hr;
}

static void call_add(int a, int b)
{
    struct add numbers = {a, b};
    struct number sum;

    check("Add", call(&add, &numbers, sizeof(numbers), &added, &sum, sizeof(sum)));
    if (sum.value != a + b)
    {
        printf("Add: %d + %d is %d\n", a, b, sum.value);
        exit(1);
    }
}

static void call_echo(size_t size)
{
    struct echo sent = {{(ULONG)size, malloc(size + 1)}}, received;
    size_t i;

    for (i = 0; i < size; i++)
        sent.data.bytes[i] = (BYTE)(i * 7 + i / 251);
    check("Echo", call(&echo, &sent, sizeof(sent), &echoed, &received, sizeof(received)));
    if (received.data.length != size || memcmp(received.data.bytes, sent.data.bytes, size))
    {
        printf("Echo: %u bytes came back as %u\n", (unsigned)size, (unsigned)received.data.length);
        exit(1);
    }
    free(sent.data.bytes);
}

static void call_fail(void)
{
    struct number why = {7}, none;
    WS_FAULT *fault = NULL;
    HRESULT hr = call(&fail, &why, sizeof(why), &added, &none, sizeof(none));
    ULONG i;

    if (hr != WS_E_ENDPOINT_FAULT_RECEIVED)
        check("Fail", hr == S_OK ? E_FAIL : hr);
    check("fault", WsGetFaultErrorProperty(error, WS_FAULT_ERROR_PROPERTY_FAULT, &fault, sizeof(fault)));
    printf("fault: ");
    for (i = 0; i < fault->reasons[0].text.length; i++)
        putchar((char)fault->reasons[0].text.chars[i]);
    putchar('\n');
}

/* One-way: the answer, if there is one, says nothing. */
static void call_note(void)
{
    const WS_MESSAGE_DESCRIPTION *descriptions[] = {&added};
    struct number why = {1}, none;
    WS_MESSAGE *message;

    check("message", WsCreateMessageForChannel(channel, NULL, 0, &message, error));
    check("Note", WsSendMessage(channel, message, &note, WS_WRITE_REQUIRED_VALUE, &why, sizeof(why), NULL, error));
    WsResetMessage(message, NULL);
    if (WsReceiveMessage(channel, message, descriptions, 1, WS_RECEIVE_OPTIONAL_MESSAGE, WS_READ_REQUIRED_VALUE, heap,
                         &none, sizeof(none), NULL, NULL, error) != WS_S_END)
        check("Note's answer", E_FAIL);
    WsFreeMessage(message);
}

static WS_STRING widen(const char *text)
{
    WS_STRING string = {(ULONG)strlen(text), malloc((strlen(text) + 1) * sizeof(WCHAR))};
    ULONG i;

    for (i = 0; i < string.length; i++)
        string.chars[i] = (BYTE)text[i];
    return string;
}

static void create_channel(char **argv, const char *proxy_server)
{
    WS_ENVELOPE_VERSION version = strcmp(argv[2], "11") ? WS_ENVELOPE_VERSION_SOAP_1_2 : WS_ENVELOPE_VERSION_SOAP_1_1;
    /* WCF has its binary encoding with WS-Addressing only. */
    WS_ADDRESSING_VERSION addressing =
        strcmp(argv[3], "binary") ? WS_ADDRESSING_VERSION_TRANSPORT : WS_ADDRESSING_VERSION_1_0;
    WS_ENCODING encoding = !strcmp(argv[3], "mtom")     ? WS_ENCODING_XML_MTOM_UTF8
                           : !strcmp(argv[3], "binary") ? WS_ENCODING_XML_BINARY_1
                                                        : WS_ENCODING_XML_UTF8;
    WS_TRANSFER_MODE transfer = strcmp(argv[4], "streamed") ? WS_BUFFERED_TRANSFER_MODE : WS_STREAMED_TRANSFER_MODE;
    WS_HTTP_PROXY_SETTING_MODE mode = WS_HTTP_PROXY_SETTING_MODE_CUSTOM;
    WS_CUSTOM_HTTP_PROXY proxy = {{0, NULL}, {0, NULL}};
    ULONG most = 200u << 20;
    ULONGLONG most_streamed = 200u << 20;
    WS_CHANNEL_PROPERTY properties[] = {
        {WS_CHANNEL_PROPERTY_ENVELOPE_VERSION, &version, sizeof(version)},
        {WS_CHANNEL_PROPERTY_ADDRESSING_VERSION, &addressing, sizeof(addressing)},
        {WS_CHANNEL_PROPERTY_ENCODING, &encoding, sizeof(encoding)},
        {WS_CHANNEL_PROPERTY_TRANSFER_MODE, &transfer, sizeof(transfer)},
        {WS_CHANNEL_PROPERTY_MAX_BUFFERED_MESSAGE_SIZE, &most, sizeof(most)},
        {WS_CHANNEL_PROPERTY_HTTP_PROXY_SETTING_MODE, &mode, sizeof(mode)},
        {WS_CHANNEL_PROPERTY_CUSTOM_HTTP_PROXY, &proxy, sizeof(proxy)},
    };
    WS_CHANNEL_PROPERTY streamed[] = {
        properties[0],
        properties[1],
        properties[2],
        properties[3],
        {WS_CHANNEL_PROPERTY_MAX_STREAMED_MESSAGE_SIZE, &most_streamed, sizeof(most_streamed)},
        {WS_CHANNEL_PROPERTY_MAX_STREAMED_FLUSH_SIZE, &most, sizeof(most)},
    };

    if (transfer)
        check("channel",
              WsCreateChannel(WS_CHANNEL_TYPE_REQUEST, WS_HTTP_CHANNEL_BINDING, streamed, 6, NULL, &channel, error));
    else
    {
        if (proxy_server)
            proxy.servers = widen(proxy_server);
        check("channel", WsCreateChannel(WS_CHANNEL_TYPE_REQUEST, WS_HTTP_CHANNEL_BINDING, properties,
                                         proxy_server ? 7 : 5, NULL, &channel, error));
    }
}

int main(int argc, char **argv)
{
    WS_ENDPOINT_ADDRESS address = {.url = {0, NULL}};
    int calls, i;

    if (argc < 7)
        return 2;
    calls = atoi(argv[5]);
    check("error", WsCreateError(NULL, 0, &error));
    check("heap", WsCreateHeap(1u << 30, 0, NULL, 0, &heap, error));
    create_channel(argv, argc > 7 ? argv[7] : NULL);
    address.url = widen(argv[1]);
    check("open", WsOpenChannel(channel, &address, NULL, error));
    for (i = 0; i < calls; i++)
        call_add(i, 1000000 - 3 * i);
    call_echo(0);
    call_echo(1);
    call_echo((size_t)atol(argv[6]));
    call_fail();
    call_note();
    call_add(-1, 1);
    check("close", WsCloseChannel(channel, NULL, error));
    WsFreeChannel(channel);
    WsFreeHeap(heap);
    WsFreeError(error);
    free(address.url.chars);
    puts("all is well");
    return 0;
}
