/* SPDX-License-Identifier: MIT */
/* HTTP services: streamed requests and replies, and raw messages with what HTTP says beside them. */
#include "support/service.h"

static WS_TRANSFER_MODE streamed = WS_STREAMED_TRANSFER_MODE;
static WS_ENVELOPE_VERSION soap11 = WS_ENVELOPE_VERSION_SOAP_1_1;
static WS_ADDRESSING_VERSION transport = WS_ADDRESSING_VERSION_TRANSPORT;

static void open_streamed(struct service *service, ULONG start, ULONGLONG most)
{
    const WS_CHANNEL_PROPERTY properties[] = {
        {WS_CHANNEL_PROPERTY_ENVELOPE_VERSION, &soap11, sizeof(soap11)},
        {WS_CHANNEL_PROPERTY_ADDRESSING_VERSION, &transport, sizeof(transport)},
        {WS_CHANNEL_PROPERTY_TRANSFER_MODE, &streamed, sizeof(streamed)},
        {WS_CHANNEL_PROPERTY_MAX_STREAMED_MESSAGE_SIZE, &most, sizeof(most)},
        {WS_CHANNEL_PROPERTY_MAX_STREAMED_START_SIZE, &start, sizeof(start)},
    };

    service_open(service, properties, 5);
}

static void accept_one(struct service *service)
{
    ok(WsAcceptChannel(service->listener, service->channel, NULL, service->error));
}

static void begin_request(struct wire *wire)
{
    expect(wire_send(wire, "POST /example HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\n"
                           "SOAPAction: \"urn:test/ask\"\r\nTransfer-Encoding: chunked\r\n\r\n"));
}

static void send_chunk(struct wire *wire, const char *text)
{
    expect(wire_send(wire, "%x\r\n%s\r\n", (unsigned)strlen(text), text));
}

#define START "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>"
#define END   "</s:Body></s:Envelope>"

/* Receives until a text has come, and compares what comes before; *bytes is all of it. */
static void expect_text(struct wire *wire, char *bytes, size_t room, const char *text)
{
    size_t count = 0, received;

    do
    {
        expect((received = wire_receive(wire, bytes + count, room - 1 - count)) != 0);
        count += received;
        bytes[count] = 0;
    } while (!strstr(bytes, text));
}

/* So many bytes of the body are filled before. */
static void read_number(struct service *service, ULONG fill, int32_t wanted)
{
    int32_t number;

    ok(WsFillBody(service->request, fill, NULL, service->error));
    ok(WsReadBody(service->request, ask.bodyElementDescription, WS_READ_REQUIRED_VALUE, service->heap, &number,
                  sizeof(number), service->error));
    expect(number == wanted);
}

static void write_number(struct service *service, int32_t number)
{
    ok(WsWriteBody(service->reply, answer.bodyElementDescription, WS_WRITE_REQUIRED_VALUE, &number, sizeof(number),
                   service->error));
}

/* As the sample StreamingHttpServer does it: the reply begins before the request has been read. */
TEST(reply_is_sent_while_the_request_comes)
{
    struct service service;
    struct wire wire;
    char bytes[4096], text[64];
    int i;

    open_streamed(&service, 16384, 1 << 20);
    wire_connect(&wire, service.port);
    begin_request(&wire);
    send_chunk(&wire, START NUMBER("0"));
    accept_one(&service);
    ok(WsReadMessageStart(service.channel, service.request, NULL, service.error));
    ok(WsInitializeMessage(service.reply, WS_REPLY_MESSAGE, service.request, service.error));
    ok(WsWriteMessageStart(service.channel, service.reply, NULL, service.error));
    for (i = 0; i < 20; i++)
    {
        read_number(&service, 10, i);
        write_number(&service, -i);
        ok(WsFlushBody(service.reply, 1, NULL, service.error));
        /* The client has it before it sends more. */
        snprintf(text, sizeof(text), ">%d</number>\r\n", -i);
        expect_text(&wire, bytes, sizeof(bytes), text);
        expect(i || (strstr(bytes, "Transfer-Encoding: chunked\r\n") && !strstr(bytes, "Connection")));
        snprintf(text, sizeof(text), NUMBER("%d"), i + 1);
        send_chunk(&wire, i < 19 ? text : END);
    }
    wire_send(&wire, "0\r\n\r\n");
    ok(WsReadMessageEnd(service.channel, service.request, NULL, service.error));
    ok(WsWriteMessageEnd(service.channel, service.reply, NULL, service.error));
    expect_text(&wire, bytes, sizeof(bytes), END "\r\n0\r\n\r\n");
    service_next(&service);

    /* The connection is used again. */
    wire_ask(&wire, "/example", 4);
    service_serve(&service);
    expect_response(&wire, 200, ENVELOPE_11(NUMBER("8")));
    wire_close(&wire);
    service_close(&service);
}

TEST(streamed_reply_that_is_not_flushed_has_a_length)
{
    struct service service;
    struct response response;
    struct wire wire;

    open_streamed(&service, 16384, 1 << 20);
    wire_connect(&wire, service.port);
    wire_ask(&wire, "/example", 4);
    service_serve(&service);
    expect(wire_read(&wire, false, &response));
    expect(response.status == 200 && !response.is_chunked && response_field(&response, "Content-Length"));
    expect(!strcmp(response.body, ENVELOPE_11(NUMBER("8"))));
    wire_free_response(&response);
    wire_close(&wire);
    service_close(&service);
}

TEST(streamed_reply_to_a_client_of_http_1_0)
{
    struct service service;
    struct response response;
    struct wire wire;

    open_streamed(&service, 16384, 1 << 20);
    wire_connect(&wire, service.port);
    wire_send(&wire,
              "POST /example HTTP/1.0\r\nContent-Type: text/xml\r\nConnection: keep-alive\r\n"
              "Content-Length: %u\r\n\r\n%s",
              (unsigned)strlen(ENVELOPE_11(NUMBER("4"))), ENVELOPE_11(NUMBER("4")));
    accept_one(&service);
    ok(WsReadMessageStart(service.channel, service.request, NULL, service.error));
    ok(WsInitializeMessage(service.reply, WS_REPLY_MESSAGE, service.request, service.error));
    ok(WsWriteMessageStart(service.channel, service.reply, NULL, service.error));
    write_number(&service, 1);
    ok(WsFlushBody(service.reply, 1, NULL, service.error));
    read_number(&service, 10, 4);
    ok(WsReadMessageEnd(service.channel, service.request, NULL, service.error));
    ok(WsWriteMessageEnd(service.channel, service.reply, NULL, service.error));
    service_next(&service);
    expect(wire_read(&wire, false, &response));
    expect(response.status == 200 && !response.is_chunked && !strcmp(response_field(&response, "Connection"), "close"));
    expect(!strcmp(response.body, ENVELOPE_11(NUMBER("1"))));
    wire_free_response(&response);
    wire_close(&wire);
    service_close(&service);
}

/* --- Much --- */

#define MANY 100000

static void send_many(void *argument)
{
    struct wire *wire = argument;
    char text[64];
    int i;

    begin_request(wire);
    send_chunk(wire, START);
    for (i = 0; i < MANY; i++)
    {
        snprintf(text, sizeof(text), NUMBER("%d"), i);
        send_chunk(wire, text);
    }
    send_chunk(wire, END);
    expect(wire_send(wire, "0\r\n\r\n"));
}

TEST(messages_that_are_larger_than_any_buffer)
{
    struct service service;
    struct response response;
    struct test_thread thread;
    struct wire wire;
    const char *at;
    int i;

    open_streamed(&service, 16384, 100 << 20);
    wire_connect(&wire, service.port);
    thread_begin(&thread, send_many, &wire);
    accept_one(&service);
    ok(WsReadMessageStart(service.channel, service.request, NULL, service.error));
    for (i = 0; i < MANY; i++)
        read_number(&service, 64, i);
    ok(WsFillBody(service.request, 1, NULL, service.error));
    ok(WsReadMessageEnd(service.channel, service.request, NULL, service.error));
    thread_join(&thread);
    ok(WsInitializeMessage(service.reply, WS_REPLY_MESSAGE, service.request, service.error));
    ok(WsWriteMessageStart(service.channel, service.reply, NULL, service.error));
    for (i = 0; i < 1000; i++)
    {
        write_number(&service, i);
        ok(WsFlushBody(service.reply, 4096, NULL, service.error));
    }
    ok(WsWriteMessageEnd(service.channel, service.reply, NULL, service.error));
    expect(wire_read(&wire, false, &response));
    expect(response.is_chunked && response.chunks > 5 && response.chunks < 20);
    for (i = 0, at = response.body; (at = strstr(at, "<number")) != NULL; at++)
        i++;
    expect(i == 1000);
    wire_free_response(&response);
    wire_close(&wire);
    service_close(&service);
}

TEST(limits_of_streamed_messages)
{
    struct service service;
    struct wire wire;
    struct response response;
    int32_t number;
    int i;
    HRESULT hr = S_OK;

    open_streamed(&service, 50, 300);
    wire_connect(&wire, service.port);
    begin_request(&wire);
    send_chunk(&wire, START);
    accept_one(&service);
    expect_hr(WS_E_QUOTA_EXCEEDED, WsReadMessageStart(service.channel, service.request, NULL, service.error));
    expect(strstr(service_error(&service), "MAX_STREAMED_START_SIZE"));
    service_next(&service);
    expect(wire_read(&wire, false, &response) && response.status == 413);
    wire_free_response(&response);
    wire_close(&wire);
    service_close(&service);

    open_streamed(&service, 200, 300);
    wire_connect(&wire, service.port);
    begin_request(&wire);
    send_chunk(&wire, START);
    accept_one(&service);
    for (i = 0; i < 10; i++)
        send_chunk(&wire, NUMBER("7"));
    ok(WsReadMessageStart(service.channel, service.request, NULL, service.error));
    for (i = 0; i < 10 && hr == S_OK; i++)
        if ((hr = WsFillBody(service.request, 30, NULL, service.error)) == S_OK)
            hr = WsReadBody(service.request, ask.bodyElementDescription, WS_READ_REQUIRED_VALUE, service.heap, &number,
                            sizeof(number), service.error);
    expect_hr(WS_E_QUOTA_EXCEEDED, hr);
    expect(strstr(service_error(&service), "MAX_STREAMED_MESSAGE_SIZE"));
    wire_close(&wire);
    service_close(&service);
}

/* A client that takes nothing: the reply waits, asynchronously, until it is aborted. */
TEST(client_that_does_not_read_the_answer)
{
    struct service service;
    struct async async;
    struct wire wire;
    HRESULT hr;
    int i;

    open_streamed(&service, 16384, 1 << 30);
    async_init(&async);
    wire_connect_small(&wire, service.port);
    wire_ask(&wire, "/example", 4);
    accept_one(&service);
    ok(WsReadMessageStart(service.channel, service.request, NULL, service.error));
    ok(WsInitializeMessage(service.reply, WS_REPLY_MESSAGE, service.request, service.error));
    ok(WsWriteMessageStart(service.channel, service.reply, NULL, service.error));
    do
    {
        for (i = 0; i < 500; i++)
            write_number(&service, i);
        hr = WsFlushBody(service.reply, 1, &async.context, service.error);
    } while (hr == S_OK);
    expect_hr(WS_S_ASYNC, hr);
    ok(WsAbortChannel(service.channel, NULL));
    expect_hr(WS_E_OPERATION_ABORTED, async_wait(&async, hr));
    wire_close(&wire);
    service_close(&service);
}

/* --- Raw messages --- */

static WS_HTTP_HEADER_MAPPING content_type = {STRING("Content-Type"), 0}, custom = {STRING("X-Custom"), 0};
static WS_HTTP_HEADER_MAPPING *mappings[] = {&content_type, &custom};
static WS_HTTP_MESSAGE_MAPPING mapping = {WS_HTTP_REQUEST_MAPPING_VERB,
                                          WS_HTTP_RESPONSE_MAPPING_STATUS_CODE | WS_HTTP_RESPONSE_MAPPING_STATUS_TEXT,
                                          mappings,
                                          2,
                                          mappings,
                                          2};
static WS_ENCODING raw = WS_ENCODING_RAW;
static WS_ELEMENT_DESCRIPTION bytes_element = {NULL, NULL, WS_BYTES_TYPE, NULL};
static const WS_MESSAGE_DESCRIPTION bytes_message = {NULL, &bytes_element}, empty_message = {NULL, NULL};

static void open_raw(struct service *service)
{
    const WS_CHANNEL_PROPERTY properties[] = {
        {WS_CHANNEL_PROPERTY_ENCODING, &raw, sizeof(raw)},
        {WS_CHANNEL_PROPERTY_HTTP_MESSAGE_MAPPING, &mapping, sizeof(mapping)},
    };

    service_open(service, properties, 2);
}

static bool mapped_is(WS_MESSAGE *message, const char *name, const char *text)
{
    const WS_XML_STRING string = {(ULONG)strlen(name), (BYTE *)name, NULL, 0};
    WS_STRING value;

    ok(WsGetMappedHeader(message, &string, WS_SINGLETON_HEADER, 0, WS_STRING_TYPE, WS_READ_REQUIRED_VALUE, NULL, &value,
                         sizeof(value), NULL));
    return wide_is(&value, text);
}

static void add_mapped(WS_MESSAGE *message, const char *name, const char *text)
{
    const WS_XML_STRING string = {(ULONG)strlen(name), (BYTE *)name, NULL, 0};
    const WS_XML_STRING value = {(ULONG)strlen(text), (BYTE *)text, NULL, 0};

    ok(WsAddMappedHeader(message, &string, WS_XML_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), NULL));
}

static void reply_bytes(struct service *service, const char *text)
{
    const WS_BYTES bytes = {(ULONG)strlen(text), (BYTE *)text};

    ok(WsSendMessage(service->channel, service->reply, &bytes_message, WS_WRITE_REQUIRED_VALUE, &bytes, sizeof(bytes),
                     NULL, service->error));
}

/* As the sample HttpRawService: what there is of HTTP is beside the message. */
TEST(raw_messages)
{
    struct service service;
    struct response response;
    struct wire wire;
    WS_BYTES bytes;

    open_raw(&service);
    wire_connect(&wire, service.port);
    wire_send(&wire, "POST /example HTTP/1.1\r\nHost: h\r\nContent-Type: text/plain\r\nx-custom: a\r\n"
                     "User-Agent: Mozilla\r\nContent-Length: 5\r\n\r\nhello");
    accept_one(&service);
    ok(WsReadMessageStart(service.channel, service.request, NULL, service.error));
    expect(mapped_is(service.request, "Verb", "POST") && mapped_is(service.request, "Content-Type", "text/plain") &&
           mapped_is(service.request, "X-Custom", "a"));
    ok(WsReadBody(service.request, &bytes_element, WS_READ_REQUIRED_VALUE, service.heap, &bytes, sizeof(bytes),
                  service.error));
    expect(bytes.length == 5 && !memcmp(bytes.bytes, "hello", 5));
    ok(WsReadMessageEnd(service.channel, service.request, NULL, service.error));
    ok(WsInitializeMessage(service.reply, WS_REPLY_MESSAGE, service.request, service.error));
    add_mapped(service.reply, "StatusCode", "418");
    add_mapped(service.reply, "StatusText", "I'm a teapot");
    add_mapped(service.reply, "Content-Type", "text/html");
    add_mapped(service.reply, "X-Custom", "b");
    add_mapped(service.reply, "X-Not-Mapped", "c");
    reply_bytes(&service, "<p>short and stout");
    expect(wire_read(&wire, false, &response));
    expect(!strncmp(response.head, "HTTP/1.1 418 I'm a teapot\r\n", 27) &&
           !strcmp(response.body, "<p>short and stout"));
    expect(!strcmp(response_field(&response, "Content-Type"), "text/html"));
    expect(!strcmp(response_field(&response, "X-Custom"), "b"));
    expect(!response_field(&response, "X-Not-Mapped") && !response_field(&response, "StatusCode"));
    wire_free_response(&response);
    service_next(&service);

    wire_send(&wire, "GET /example HTTP/1.1\r\nHost: h\r\n\r\n");
    accept_one(&service);
    ok(WsReadMessageStart(service.channel, service.request, NULL, service.error));
    expect(mapped_is(service.request, "Verb", "GET"));
    ok(WsInitializeMessage(service.reply, WS_REPLY_MESSAGE, service.request, service.error));
    reply_bytes(&service, "got");
    expect_response(&wire, 200, "got");
    service_next(&service);

    /* The answer to a HEAD has the length of what it does not have. */
    wire_send(&wire, "HEAD /example HTTP/1.1\r\nHost: h\r\n\r\n");
    accept_one(&service);
    ok(WsReadMessageStart(service.channel, service.request, NULL, service.error));
    ok(WsInitializeMessage(service.reply, WS_REPLY_MESSAGE, service.request, service.error));
    reply_bytes(&service, "got");
    expect(wire_read(&wire, true, &response));
    expect(response.status == 200 && !strcmp(response_field(&response, "Content-Length"), "3"));
    wire_free_response(&response);
    service_next(&service);

    wire_send(&wire, "DELETE /example HTTP/1.1\r\nHost: h\r\n\r\n");
    accept_one(&service);
    ok(WsReadMessageStart(service.channel, service.request, NULL, service.error));
    ok(WsInitializeMessage(service.reply, WS_REPLY_MESSAGE, service.request, service.error));
    add_mapped(service.reply, "StatusCode", "404");
    ok(WsSendMessage(service.channel, service.reply, &empty_message, WS_WRITE_REQUIRED_VALUE, NULL, 0, NULL,
                     service.error));
    expect_response(&wire, 404, "");
    wire_close(&wire);
    service_close(&service);
}

TEST(status_codes_that_are_none)
{
    static const char *const codes[] = {"0", "100", "199", "1000", "x", "", "99999999999999999999"};
    struct service service;
    struct wire wire;
    size_t i;

    open_raw(&service);
    wire_connect(&wire, service.port);
    wire_send(&wire, "GET /example HTTP/1.1\r\nHost: h\r\n\r\n");
    accept_one(&service);
    ok(WsReadMessageStart(service.channel, service.request, NULL, service.error));
    for (i = 0; i < sizeof(codes) / sizeof(*codes); i++)
    {
        ok(WsInitializeMessage(service.reply, WS_REPLY_MESSAGE, service.request, service.error));
        add_mapped(service.reply, "StatusCode", codes[i]);
        expect_hr(WS_E_INVALID_FORMAT, WsWriteMessageStart(service.channel, service.reply, NULL, service.error));
        ok(WsResetMessage(service.reply, NULL));
    }
    ok(WsInitializeMessage(service.reply, WS_REPLY_MESSAGE, service.request, service.error));
    add_mapped(service.reply, "StatusText", "two\r\nlines");
    expect_hr(WS_E_INVALID_FORMAT, WsWriteMessageStart(service.channel, service.reply, NULL, service.error));
    wire_close(&wire);
    service_close(&service);
}
