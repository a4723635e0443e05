/* SPDX-License-Identifier: MIT */
/* HTTP services: a request becomes a message, and a message the answer. The clients are sockets. */
#include "support/service.h"

/* --- Requests and replies --- */

TEST(requests_and_replies_on_one_connection)
{
    struct service service;
    struct response response;
    struct wire wire;
    int32_t number = 0;
    int i;

    service_open_soap11(&service);
    wire_connect(&wire, service.port);
    for (i = 0; i < 3; i++)
    {
        wire_ask(&wire, "/example", 20 + i);
        ok(WsAcceptChannel(service.listener, service.channel, NULL, service.error));
        ok(service_receive(&service, &number));
        expect(number == 20 + i);
        ok(service_reply(&service, -1));
        expect(wire_read(&wire, false, &response));
        expect(response.status == 200 && !response.is_chunked && !response_field(&response, "Connection"));
        expect(!strcmp(response_field(&response, "Content-Type"), "text/xml; charset=utf-8"));
        expect(!strcmp(response.body, ENVELOPE_11(NUMBER("-1"))));
        wire_free_response(&response);
        service_next(&service);
    }
    wire_close(&wire);
    service_close(&service);
}

TEST(action_and_to_are_those_of_the_request)
{
    struct service service;
    struct wire wire;
    WS_XML_STRING action;
    WS_STRING to;
    char wanted[128];

    service_open_soap11(&service);
    wire_connect(&wire, service.port);
    wire_ask(&wire, "/example", 1);
    ok(WsAcceptChannel(service.listener, service.channel, NULL, service.error));
    ok(WsReadMessageStart(service.channel, service.request, NULL, service.error));
    ok(WsGetHeader(service.request, WS_ACTION_HEADER, WS_XML_STRING_TYPE, WS_READ_REQUIRED_VALUE, NULL, &action,
                   sizeof(action), service.error));
    expect(string_is(&action, "urn:test/ask"));
    ok(WsGetHeader(service.request, WS_TO_HEADER, WS_STRING_TYPE, WS_READ_REQUIRED_VALUE, NULL, &to, sizeof(to),
                   service.error));
    snprintf(wanted, sizeof(wanted), "http://localhost:%u/example", (unsigned)service.port);
    expect(wide_is(&to, wanted));
    wire_close(&wire);
    service_close(&service);
}

#define ENVELOPE_12(header, body) \
    "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" " \
    "xmlns:a=\"http://www.w3.org/2005/08/addressing\">" \
    "<s:Header>" header "</s:Header><s:Body>" body "</s:Body></s:Envelope>"

/* What a service has without properties: SOAP 1.2 and WS-Addressing 1.0. */
TEST(soap_1_2_with_addressing)
{
    static const char body[] = ENVELOPE_12(
        "<a:Action s:mustUnderstand=\"1\">urn:test/ask</a:Action><a:MessageID>urn:uuid:1</a:MessageID>", NUMBER("5"));
    struct service service;
    struct response response;
    struct wire wire;
    int32_t number = 0;

    service_open(&service, NULL, 0);
    wire_connect(&wire, service.port);
    wire_send(&wire,
              "POST /example HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/soap+xml; charset=utf-8\r\n"
              "Content-Length: %u\r\n\r\n%s",
              (unsigned)strlen(body), body);
    ok(WsAcceptChannel(service.listener, service.channel, NULL, service.error));
    ok(service_receive(&service, &number));
    expect(number == 5);
    ok(service_reply(&service, 6));
    expect(wire_read(&wire, false, &response));
    expect(response.status == 200);
    expect(!strncmp(response_field(&response, "Content-Type"), "application/soap+xml; charset=utf-8", 35));
    expect(strstr(response.body, "urn:uuid:1</a:RelatesTo>") && strstr(response.body, "urn:test/answer</a:Action>") &&
           strstr(response.body, ">6</number>"));
    wire_free_response(&response);
    wire_close(&wire);
    service_close(&service);
}

TEST(request_is_all_that_there_is_to_receive)
{
    const WS_MESSAGE_DESCRIPTION *descriptions[] = {&ask};
    struct service service;
    struct wire wire;
    int32_t number;

    service_open_soap11(&service);
    wire_connect(&wire, service.port);
    wire_ask(&wire, "/example", 1);
    ok(WsAcceptChannel(service.listener, service.channel, NULL, service.error));
    ok(service_receive(&service, &number));
    ok(WsResetMessage(service.request, NULL));
    expect_hr(WS_S_END, WsReadMessageStart(service.channel, service.request, NULL, service.error));
    expect_hr(WS_S_END,
              WsReceiveMessage(service.channel, service.request, descriptions, 1, WS_RECEIVE_OPTIONAL_MESSAGE,
                               WS_READ_REQUIRED_VALUE, service.heap, &number, sizeof(number), NULL, NULL, NULL));
    wire_close(&wire);
    service_close(&service);
}

TEST(each_request_has_one_answer)
{
    struct service service;
    struct wire wire;
    int32_t number = 0;

    service_open_soap11(&service);
    wire_connect(&wire, service.port);
    wire_ask(&wire, "/example", 1);
    ok(WsAcceptChannel(service.listener, service.channel, NULL, service.error));
    /* Nothing can be answered that has not been received. */
    expect_hr(WS_E_INVALID_OPERATION, WsSendMessage(service.channel, service.reply, &answer, WS_WRITE_REQUIRED_VALUE,
                                                    &number, sizeof(number), NULL, service.error));
    ok(WsResetMessage(service.reply, NULL));
    ok(service_receive(&service, &number));
    ok(service_reply(&service, 2));
    ok(WsResetMessage(service.reply, NULL));
    expect_hr(WS_E_INVALID_OPERATION, service_reply(&service, 3));
    expect_response(&wire, 200, ENVELOPE_11(NUMBER("2")));
    wire_close(&wire);
    service_close(&service);
}

/* --- Without an answer --- */

TEST(closing_without_an_answer)
{
    struct service service;
    struct wire wire;
    int32_t number;

    service_open_soap11(&service);
    wire_connect(&wire, service.port);
    wire_ask(&wire, "/example", 1);
    ok(WsAcceptChannel(service.listener, service.channel, NULL, service.error));
    ok(service_receive(&service, &number));
    service_next(&service);
    expect_response(&wire, 202, "");

    /* A request that has not been read. */
    wire_ask(&wire, "/example", 1);
    ok(WsAcceptChannel(service.listener, service.channel, NULL, service.error));
    service_next(&service);
    expect_response(&wire, 500, "");

    /* One that has been left. */
    wire_ask(&wire, "/example", 1);
    ok(WsAcceptChannel(service.listener, service.channel, NULL, service.error));
    ok(WsReadMessageStart(service.channel, service.request, NULL, service.error));
    ok(WsAbandonMessage(service.channel, service.request, NULL));
    service_next(&service);
    expect_response(&wire, 202, "");

    wire_ask(&wire, "/example", 4);
    service_serve(&service);
    expect_response(&wire, 200, ENVELOPE_11(NUMBER("8")));
    wire_close(&wire);
    service_close(&service);
}

TEST(aborted_and_freed_while_a_client_waits)
{
    struct service service;
    struct wire wire;

    service_open_soap11(&service);
    wire_connect(&wire, service.port);
    wire_ask(&wire, "/example", 1);
    ok(WsAcceptChannel(service.listener, service.channel, NULL, service.error));
    ok(WsAbortChannel(service.channel, NULL));
    ok(WsCloseChannel(service.channel, NULL, NULL));
    ok(WsResetChannel(service.channel, NULL));
    expect(wire_is_closed(&wire));
    wire_close(&wire);

    wire_connect(&wire, service.port);
    wire_ask(&wire, "/example", 1);
    ok(WsAcceptChannel(service.listener, service.channel, NULL, service.error));
    WsFreeChannel(service.channel);
    service.channel = NULL;
    expect(wire_is_closed(&wire));
    wire_close(&wire);
    service_close(&service);
}

/* --- Faults --- */

TEST(faults_have_status_500)
{
    struct service service;
    struct response response;
    struct wire wire;
    WS_STRING sentence = {7, (WCHAR[]){'n', 'o', ' ', 'w', 'a', 'y', '.'}};
    int32_t number;

    service_open_soap11(&service);
    wire_connect(&wire, service.port);
    wire_ask(&wire, "/example", 1);
    ok(WsAcceptChannel(service.listener, service.channel, NULL, service.error));
    ok(service_receive(&service, &number));
    ok(WsAddErrorString(service.error, &sentence));
    ok(WsSendFaultMessageForError(service.channel, service.reply, service.error, E_FAIL, WS_FULL_FAULT_DISCLOSURE,
                                  service.request, NULL, NULL));
    expect(wire_read(&wire, false, &response));
    expect(response.status == 500 && strstr(response.body, "no way.") && strstr(response.body, "faultstring"));
    wire_free_response(&response);
    service_next(&service);
    wire_ask(&wire, "/example", 4);
    service_serve(&service);
    expect_response(&wire, 200, ENVELOPE_11(NUMBER("8")));
    wire_close(&wire);
    service_close(&service);
}

/* --- Properties --- */

TEST(properties_of_an_accepted_channel)
{
    struct service service;
    struct wire wire;
    WS_STRING url;
    char wanted[128];
    ULONGLONG first = 0, second = 0;

    service_open_soap11(&service);
    expect_hr(WS_E_INVALID_OPERATION,
              WsGetChannelProperty(service.channel, WS_CHANNEL_PROPERTY_TRANSPORT_URL, &url, sizeof(url), NULL));
    wire_connect(&wire, service.port);
    wire_ask(&wire, "/example", 1);
    ok(WsAcceptChannel(service.listener, service.channel, NULL, service.error));
    ok(WsGetChannelProperty(service.channel, WS_CHANNEL_PROPERTY_TRANSPORT_URL, &url, sizeof(url), NULL));
    snprintf(wanted, sizeof(wanted), "http://localhost:%u/example", (unsigned)service.port);
    expect(wide_is(&url, wanted));
    expect_hr(WS_E_INVALID_OPERATION, WsGetChannelProperty(service.channel, WS_CHANNEL_PROPERTY_HTTP_CONNECTION_ID,
                                                           &first, sizeof(first), NULL));
    ok(WsReadMessageStart(service.channel, service.request, NULL, service.error));
    ok(WsGetChannelProperty(service.channel, WS_CHANNEL_PROPERTY_HTTP_CONNECTION_ID, &first, sizeof(first), NULL));
    service_next(&service);
    wire_close(&wire);
    wire_connect(&wire, service.port);
    wire_ask(&wire, "/example", 1);
    ok(WsAcceptChannel(service.listener, service.channel, NULL, service.error));
    ok(WsReadMessageStart(service.channel, service.request, NULL, service.error));
    ok(WsGetChannelProperty(service.channel, WS_CHANNEL_PROPERTY_HTTP_CONNECTION_ID, &second, sizeof(second), NULL));
    expect(first && second && first != second);
    wire_close(&wire);
    service_close(&service);
}

/* --- What no channel gets --- */

static void refused(struct service *service, int status, const char *head)
{
    struct wire wire;

    wire_connect(&wire, service->port);
    expect(wire_send(&wire, "%s\r\nHost: localhost\r\nContent-Length: 4\r\n\r\n<a/>", head));
    expect_response(&wire, status, NULL);
    expect(wire_is_closed(&wire));
    wire_close(&wire);
}

static void accept_on_thread(void *argument)
{
    service_serve(argument);
}

TEST(requests_that_are_refused)
{
    struct service service;
    struct test_thread thread;
    struct wire wire;

    service_open_soap11(&service);
    /* They are refused by an accept that goes on waiting. */
    thread_begin(&thread, accept_on_thread, &service);
    refused(&service, 404, "POST /other HTTP/1.1\r\nContent-Type: text/xml");
    refused(&service, 404, "POST /example/more HTTP/1.1\r\nContent-Type: text/xml");
    refused(&service, 404, "POST /example?query HTTP/1.1\r\nContent-Type: text/xml");
    refused(&service, 405, "GET /example HTTP/1.1\r\nContent-Type: text/xml");
    refused(&service, 405, "PUT /example HTTP/1.1\r\nContent-Type: text/xml");
    refused(&service, 415, "POST /example HTTP/1.1");
    refused(&service, 415, "POST /example HTTP/1.1\r\nContent-Type: application/soap+xml");
    refused(&service, 415, "POST /example HTTP/1.1\r\nContent-Type: text/plain");
    refused(&service, 403, "POST /example HTTP/1.1\r\nContent-Type: text/xml\r\nUser-Agent: Mozilla/5.0");
    wire_connect(&wire, service.port);
    wire_ask(&wire, "/example/", 4);
    expect_response(&wire, 200, ENVELOPE_11(NUMBER("8")));
    wire_close(&wire);
    thread_join(&thread);
    service_close(&service);
}

TEST(listeners_of_one_port)
{
    struct service one, other;
    struct wire wire;

    service_open_soap11(&one);
    service_open_soap11(&other);
    ok(WsCloseListener(other.listener, NULL, NULL));
    ok(WsResetListener(other.listener, NULL));
    other.port = one.port;
    service_url(&other, "http://+:%u/example/more");
    ok(WsOpenListener(other.listener, &other.url, NULL, other.error));
    wire_connect(&wire, one.port);
    wire_ask(&wire, "/example/more", 1);
    service_serve(&other);
    expect_response(&wire, 200, ENVELOPE_11(NUMBER("2")));
    wire_ask(&wire, "/example", 2);
    service_serve(&one);
    expect_response(&wire, 200, ENVELOPE_11(NUMBER("4")));
    service_close(&one);
    wire_ask(&wire, "/example/more", 3);
    service_serve(&other);
    expect_response(&wire, 200, ENVELOPE_11(NUMBER("6")));
    wire_close(&wire);
    service_close(&other);
}

/* --- Kinds of clients --- */

TEST(clients_of_http_1_0)
{
    static const char body[] = ENVELOPE_11(NUMBER("4"));
    struct service service;
    struct response response;
    struct wire wire;

    service_open_soap11(&service);
    wire_connect(&wire, service.port);
    wire_send(&wire,
              "POST /example HTTP/1.0\r\nContent-Type: text/xml\r\nSOAPAction: urn:test/ask\r\n"
              "Connection: keep-alive\r\nContent-Length: %u\r\n\r\n%s",
              (unsigned)strlen(body), body);
    service_serve(&service);
    expect(wire_read(&wire, false, &response));
    expect(response.status == 200 && !strcmp(response_field(&response, "Connection"), "keep-alive"));
    wire_free_response(&response);
    wire_send(&wire,
              "POST /example HTTP/1.0\r\nContent-Type: text/xml\r\nSOAPAction: urn:test/ask\r\nContent-Length: %u\r\n"
              "\r\n%s",
              (unsigned)strlen(body), body);
    service_serve(&service);
    expect(wire_read(&wire, false, &response));
    expect(response.status == 200 && !strcmp(response_field(&response, "Connection"), "close"));
    wire_free_response(&response);
    expect(wire_is_closed(&wire));
    wire_close(&wire);
    service_close(&service);
}

static void serve_on_thread(void *argument)
{
    service_serve(argument);
}

TEST(client_that_waits_for_100_continue)
{
    static const char body[] = ENVELOPE_11(NUMBER("4"));
    struct service service;
    struct response response;
    struct test_thread thread;
    struct wire wire;

    service_open_soap11(&service);
    wire_connect(&wire, service.port);
    wire_send(&wire,
              "POST /example HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\nSOAPAction: \"urn:test/ask\"\r\n"
              "Expect: 100-continue\r\nContent-Length: %u\r\n\r\n",
              (unsigned)strlen(body));
    /* Not before somebody wants the body. */
    expect(wire_is_quiet(&wire, 30));
    thread_begin(&thread, serve_on_thread, &service);
    expect(wire_read(&wire, true, &response));
    expect(response.status == 100);
    wire_free_response(&response);
    wire_send(&wire, "%s", body);
    expect_response(&wire, 200, ENVELOPE_11(NUMBER("8")));
    thread_join(&thread);
    wire_ask(&wire, "/example", 4);
    service_serve(&service);
    expect_response(&wire, 200, ENVELOPE_11(NUMBER("8")));
    wire_close(&wire);
    service_close(&service);
}

TEST(request_in_chunks_and_pieces)
{
    static const char head[] =
        "POST /example HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\nSOAPAction: \"urn:test/ask\"\r\n"
        "Transfer-Encoding: chunked\r\n\r\n";
    static const char body[] = ENVELOPE_11(NUMBER("4"));
    struct service service;
    struct test_thread thread;
    struct wire wire;
    char bytes[2048];
    size_t i, length = sizeof(head) - 1;

    memcpy(bytes, head, length);
    for (i = 0; i < sizeof(body) - 1; i += 7)
    {
        const size_t count = sizeof(body) - 1 - i < 7 ? sizeof(body) - 1 - i : 7;

        length += (size_t)sprintf(bytes + length, "%x;ext=\"1\"\r\n%.*s\r\n", (unsigned)count, (int)count, body + i);
    }
    length += (size_t)sprintf(bytes + length, "0\r\nTrailer: x\r\n\r\n");
    service_open_soap11(&service);
    wire_connect(&wire, service.port);
    thread_begin(&thread, serve_on_thread, &service);
    for (i = 0; i < length; i++)
        wire_send_bytes(&wire, bytes + i, 1);
    thread_join(&thread);
    expect_response(&wire, 200, ENVELOPE_11(NUMBER("8")));
    wire_close(&wire);
    service_close(&service);
}
