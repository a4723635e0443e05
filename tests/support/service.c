/* SPDX-License-Identifier: MIT */
/* service.c - see service.h. */
#include "support/service.h"

#include <stdlib.h>

static const WS_XML_STRING number_name = STRING("number"), number_ns = STRING("urn:test");
static const WS_XML_STRING ask_action = STRING("urn:test/ask"), answer_action = STRING("urn:test/answer");
static WS_ELEMENT_DESCRIPTION number_element = {(WS_XML_STRING *)&number_name, (WS_XML_STRING *)&number_ns,
                                                WS_INT32_TYPE, NULL};
const WS_MESSAGE_DESCRIPTION ask = {(WS_XML_STRING *)&ask_action, &number_element},
                             answer = {(WS_XML_STRING *)&answer_action, &number_element};

void service_url(struct service *service, const char *format)
{
    char text[128];

    snprintf(text, sizeof(text), format, (unsigned)service->port);
    service->url.chars = service->url_chars;
    for (service->url.length = 0; text[service->url.length]; service->url.length++)
        service->url_chars[service->url.length] = (BYTE)text[service->url.length];
}

void service_open(struct service *service, const WS_CHANNEL_PROPERTY *properties, ULONG count)
{
    memset(service, 0, sizeof(*service));
    service->port = wire_free_port();
    ok(WsCreateError(NULL, 0, &service->error));
    ok(WsCreateHeap(1 << 20, 0, NULL, 0, &service->heap, NULL));
    ok(WsCreateListener(WS_CHANNEL_TYPE_REPLY, WS_HTTP_CHANNEL_BINDING, NULL, 0, NULL, &service->listener, NULL));
    ok(WsCreateChannelForListener(service->listener, properties, count, &service->channel, NULL));
    ok(WsCreateMessageForChannel(service->channel, NULL, 0, &service->request, NULL));
    ok(WsCreateMessageForChannel(service->channel, NULL, 0, &service->reply, NULL));
    service_url(service, "http://+:%u/example");
    ok(WsOpenListener(service->listener, &service->url, NULL, NULL));
}

void service_open_soap11(struct service *service)
{
    WS_ENVELOPE_VERSION envelope = WS_ENVELOPE_VERSION_SOAP_1_1;
    WS_ADDRESSING_VERSION addressing = WS_ADDRESSING_VERSION_TRANSPORT;
    const WS_CHANNEL_PROPERTY properties[] = {
        {WS_CHANNEL_PROPERTY_ENVELOPE_VERSION, &envelope, sizeof(envelope)},
        {WS_CHANNEL_PROPERTY_ADDRESSING_VERSION, &addressing, sizeof(addressing)},
    };

    service_open(service, properties, 2);
}

void service_close(struct service *service)
{
    if (service->channel)
    {
        WsCloseChannel(service->channel, NULL, NULL);
        WsFreeChannel(service->channel);
    }
    if (service->listener)
    {
        WsCloseListener(service->listener, NULL, NULL);
        WsFreeListener(service->listener);
    }
    if (service->request)
        WsFreeMessage(service->request);
    if (service->reply)
        WsFreeMessage(service->reply);
    WsFreeHeap(service->heap);
    WsFreeError(service->error);
}

void service_next(struct service *service)
{
    ok(WsCloseChannel(service->channel, NULL, NULL));
    ok(WsResetChannel(service->channel, NULL));
    ok(WsResetMessage(service->request, NULL));
    ok(WsResetMessage(service->reply, NULL));
    ok(WsResetHeap(service->heap, NULL));
    ok(WsResetError(service->error));
}

HRESULT service_receive(struct service *service, int32_t *number)
{
    const WS_MESSAGE_DESCRIPTION *descriptions[] = {&ask};

    return WsReceiveMessage(service->channel, service->request, descriptions, 1, WS_RECEIVE_REQUIRED_MESSAGE,
                            WS_READ_REQUIRED_VALUE, service->heap, number, sizeof(*number), NULL, NULL, service->error);
}

HRESULT service_reply(struct service *service, int32_t number)
{
    return WsSendReplyMessage(service->channel, service->reply, &answer, WS_WRITE_REQUIRED_VALUE, &number,
                              sizeof(number), service->request, NULL, service->error);
}

void service_serve(struct service *service)
{
    int32_t number = 0;

    ok(WsAcceptChannel(service->listener, service->channel, NULL, service->error));
    expect_hr(S_OK, service_receive(service, &number));
    expect_hr(S_OK, service_reply(service, 2 * number));
    service_next(service);
}

const char *service_error(struct service *service)
{
    static char text[1024];
    WS_STRING string = {0};
    ULONG i;

    if (WsGetErrorString(service->error, 0, &string) != S_OK)
        return "";
    for (i = 0; i < string.length && i < sizeof(text) - 1; i++)
        text[i] = (char)string.chars[i];
    text[i] = 0;
    return text;
}

void wire_ask(struct wire *wire, const char *path, int number)
{
    char body[512];
    int length = snprintf(body, sizeof(body), ENVELOPE_11(NUMBER("%d")), number);

    expect(wire_send(wire,
                     "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml; charset=utf-8\r\nSOAPAction: "
                     "\"urn:test/ask\"\r\nContent-Length: %d\r\n\r\n%s",
                     path, length, body));
}

void expect_response(struct wire *wire, int status, const char *body)
{
    struct response response;

    expect(wire_read(wire, false, &response));
    if (response.status != status || (body && strcmp(response.body, body)))
        test_fail(__FILE__, __LINE__, "response:\n%s%s\nin place of %d:\n%s", response.head, response.body, status,
                  body ? body : "");
    wire_free_response(&response);
}

static void CALLBACK on_done(HRESULT hr, WS_CALLBACK_MODEL model, void *state)
{
    struct async *async = state;

    async->result = hr;
    async->model = model;
    __atomic_add_fetch(&async->done, 1, __ATOMIC_SEQ_CST);
}

void async_init(struct async *async)
{
    memset(async, 0, sizeof(*async));
    async->context.callback = on_done;
    async->context.callbackState = async;
}

HRESULT async_wait(struct async *async, HRESULT hr)
{
    int i;

    if (hr != WS_S_ASYNC)
    {
        expect(!__atomic_load_n(&async->done, __ATOMIC_SEQ_CST));
        return hr;
    }
    for (i = 0; i < 20000 && !__atomic_load_n(&async->done, __ATOMIC_SEQ_CST); i++)
        wire_sleep(1);
    expect(__atomic_exchange_n(&async->done, 0, __ATOMIC_SEQ_CST) == 1 && async->model == WS_LONG_CALLBACK);
    return async->result;
}
