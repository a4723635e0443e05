/* SPDX-License-Identifier: MIT */
/* HTTP services: requests that cannot be received, clients that stall or vanish, and listeners that are closed. */
#include "support/service.h"

/* A service whose channel takes no more than so many bytes. */
static void open_small(struct service *service, ULONG most)
{
    WS_ENVELOPE_VERSION envelope = WS_ENVELOPE_VERSION_SOAP_1_1;
    WS_ADDRESSING_VERSION addressing = WS_ADDRESSING_VERSION_TRANSPORT;
    const WS_CHANNEL_PROPERTY properties[] = {
        {WS_CHANNEL_PROPERTY_ENVELOPE_VERSION, &envelope, sizeof(envelope)},
        {WS_CHANNEL_PROPERTY_ADDRESSING_VERSION, &addressing, sizeof(addressing)},
        {WS_CHANNEL_PROPERTY_MAX_BUFFERED_MESSAGE_SIZE, &most, sizeof(most)},
    };

    service_open(service, properties, 3);
}

static void post(struct wire *wire, const char *body)
{
    expect(wire_send(wire,
                     "POST /example HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\n"
                     "SOAPAction: \"urn:test/ask\"\r\nContent-Length: %u\r\n\r\n%s",
                     (unsigned)strlen(body), body));
}

static void accept_one(struct service *service)
{
    ok(WsAcceptChannel(service->listener, service->channel, NULL, service->error));
}

/* --- What is sent --- */

TEST(message_of_too_many_bytes)
{
    struct service service;
    struct wire wire;
    int32_t number;

    open_small(&service, 100);
    wire_connect(&wire, service.port);
    post(&wire, ENVELOPE_11(NUMBER("4")));
    accept_one(&service);
    expect_hr(WS_E_QUOTA_EXCEEDED, service_receive(&service, &number));
    expect(strstr(service_error(&service), "100") &&
           strstr(service_error(&service), "WS_CHANNEL_PROPERTY_MAX_BUFFERED_MESSAGE_SIZE"));
    service_next(&service);
    expect_response(&wire, 413, "");
    /* What the client has sent is skipped, and the connection is used again. */
    post(&wire, "<a/>");
    accept_one(&service);
    expect_hr(WS_E_INVALID_FORMAT, service_receive(&service, &number));
    service_next(&service);
    expect_response(&wire, 400, "");
    wire_close(&wire);
    service_close(&service);
}

TEST(more_than_anybody_reads)
{
    struct service service;
    struct wire wire;
    int32_t number;
    static char spaces[4096];
    int i;

    memset(spaces, ' ', sizeof(spaces) - 1);
    open_small(&service, 100);
    wire_connect(&wire, service.port);
    expect(wire_send(&wire, "POST /example HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\n"
                            "Content-Length: 1000000\r\n\r\n"));
    accept_one(&service);
    expect_hr(WS_E_QUOTA_EXCEEDED, service_receive(&service, &number));
    service_next(&service);
    /* The answer is not lost while the client is still sending. */
    for (i = 0; i < 100; i++)
        wire_send(&wire, "%s", spaces);
    expect_response(&wire, 413, "");
    wire_shutdown(&wire);
    expect(wire_is_closed(&wire));
    wire_close(&wire);
    service_close(&service);
}

TEST(bodies_that_are_no_messages)
{
    static const char *const bodies[] = {
        "",
        "x",
        "<a/>",
        "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\">",
        "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Body/></s:Envelope>",
        ENVELOPE_11("<other/>"),
        ENVELOPE_11(NUMBER("x")),
        ENVELOPE_11(NUMBER("4")) "<more/>",
    };
    struct service service;
    struct wire wire;
    int32_t number;
    size_t i;

    service_open_soap11(&service);
    wire_connect(&wire, service.port);
    for (i = 0; i < sizeof(bodies) / sizeof(*bodies); i++)
    {
        post(&wire, bodies[i]);
        accept_one(&service);
        expect_hr(WS_E_INVALID_FORMAT, service_receive(&service, &number));
        expect(*service_error(&service));
        service_next(&service);
        expect_response(&wire, i == 5 || i == 6 ? 202 : 400, "");
    }
    wire_ask(&wire, "/example", 4);
    service_serve(&service);
    expect_response(&wire, 200, ENVELOPE_11(NUMBER("8")));
    wire_close(&wire);
    service_close(&service);
}

TEST(answer_to_a_request_that_was_no_message)
{
    struct service service;
    struct wire wire;
    struct response response;
    int32_t number;

    service_open_soap11(&service);
    wire_connect(&wire, service.port);
    post(&wire, "<a/>");
    accept_one(&service);
    expect_hr(WS_E_INVALID_FORMAT, service_receive(&service, &number));
    ok(WsInitializeMessage(service.reply, WS_BLANK_MESSAGE, NULL, NULL));
    ok(WsWriteMessageStart(service.channel, service.reply, NULL, NULL));
    ok(WsWriteMessageEnd(service.channel, service.reply, NULL, NULL));
    expect(wire_read(&wire, false, &response) && response.status == 200);
    wire_free_response(&response);
    wire_close(&wire);
    service_close(&service);
}

TEST(reply_of_too_many_bytes)
{
    struct service service;
    struct wire wire;
    int32_t number;

    open_small(&service, 131);
    wire_connect(&wire, service.port);
    wire_ask(&wire, "/example", 4);
    accept_one(&service);
    ok(service_receive(&service, &number));
    expect_hr(WS_E_QUOTA_EXCEEDED, service_reply(&service, 1000000000));
    /* Nothing has been sent, and a shorter one can be. */
    ok(WsResetMessage(service.reply, NULL));
    ok(service_reply(&service, 1));
    expect_response(&wire, 200, ENVELOPE_11(NUMBER("1")));
    wire_close(&wire);
    service_close(&service);
}

TEST(chunks_that_are_not_valid)
{
    struct service service;
    struct wire wire;
    int32_t number;

    service_open_soap11(&service);
    wire_connect(&wire, service.port);
    expect(wire_send(&wire, "POST /example HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\n"
                            "Transfer-Encoding: chunked\r\n\r\nxyz\r\n"));
    accept_one(&service);
    expect_hr(WS_E_INVALID_FORMAT, service_receive(&service, &number));
    service_next(&service);
    expect_response(&wire, 400, "");
    wire_shutdown(&wire);
    expect(wire_is_closed(&wire));
    wire_close(&wire);
    service_close(&service);
}

/* --- Clients that vanish --- */

TEST(client_that_vanishes_at_every_byte)
{
    static const char request[] =
        "POST /example HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\nContent-Length: 9\r\n\r\n<a><b></b";
    struct service service;
    WS_CHANNEL_STATE state;
    struct wire wire;
    int32_t number;
    size_t i;

    service_open_soap11(&service);
    for (i = sizeof(request) - 1 - 9; i < sizeof(request) - 1; i++)
    {
        wire_connect(&wire, service.port);
        wire_send_bytes(&wire, request, i);
        accept_one(&service);
        if (i & 1)
            wire_reset(&wire);
        else
            wire_close(&wire);
        expect_hr(WS_E_ENDPOINT_DISCONNECTED, service_receive(&service, &number));
        ok(WsGetChannelProperty(service.channel, WS_CHANNEL_PROPERTY_STATE, &state, sizeof(state), NULL));
        expect(state == WS_CHANNEL_STATE_FAULTED);
        service_next(&service);
    }
    wire_connect(&wire, service.port);
    wire_ask(&wire, "/example", 4);
    service_serve(&service);
    expect_response(&wire, 200, ENVELOPE_11(NUMBER("8")));
    wire_close(&wire);
    service_close(&service);
}

TEST(client_that_does_not_wait_for_the_answer)
{
    struct service service;
    struct wire wire;
    int32_t number;
    HRESULT hr;

    service_open_soap11(&service);
    wire_connect(&wire, service.port);
    wire_ask(&wire, "/example", 4);
    accept_one(&service);
    ok(service_receive(&service, &number));
    wire_reset(&wire);
    hr = service_reply(&service, 1);
    expect(hr == S_OK || hr == WS_E_ENDPOINT_DISCONNECTED);
    service_next(&service);
    wire_connect(&wire, service.port);
    wire_ask(&wire, "/example", 4);
    service_serve(&service);
    expect_response(&wire, 200, ENVELOPE_11(NUMBER("8")));
    wire_close(&wire);
    service_close(&service);
}

/* --- Listeners --- */

TEST(urls_of_listeners)
{
    static const struct
    {
        const char *url;
        HRESULT hr;
    } cases[] = {
        {"http://+:%u/example/", S_OK},
        {"http://*:%u/", S_OK},
        {"http://localhost:%u", S_OK},
        {"http://127.0.0.1:%u/a/b", S_OK},
        {"http://[::1]:%u/", S_OK},
        {"http://+:%u/?query", WS_E_INVALID_ENDPOINT_URL},
        {"http://+:%u/#fragment", WS_E_INVALID_ENDPOINT_URL},
        {"http://+:%u99999/", WS_E_INVALID_ENDPOINT_URL},
        {"net.tcp://+:%u/", WS_E_INVALID_ENDPOINT_URL},
        {"https://+:%u/", WS_E_INVALID_ENDPOINT_URL},
        {"%u", WS_E_INVALID_ENDPOINT_URL},
    };
    struct service service;
    size_t i;

    service_open_soap11(&service);
    for (i = 0; i < sizeof(cases) / sizeof(*cases); i++)
    {
        ok(WsCloseListener(service.listener, NULL, NULL));
        ok(WsResetListener(service.listener, NULL));
        service_url(&service, cases[i].url);
        expect_hr(cases[i].hr, WsOpenListener(service.listener, &service.url, NULL, service.error));
    }
    service_close(&service);
}

TEST(port_of_another_process)
{
    struct service one, other;

    service_open_soap11(&one);
    service_open_soap11(&other);
    ok(WsCloseListener(other.listener, NULL, NULL));
    ok(WsResetListener(other.listener, NULL));
    expect_hr(WS_E_ADDRESS_IN_USE, WsOpenListener(other.listener, &one.url, NULL, other.error));
    expect(*service_error(&other));
    service_close(&one);
    service_close(&other);
}

struct acceptor
{
    struct service *service;
    WS_CHANNEL *channel;
    struct test_thread thread;
    HRESULT hr;
};

static void accept_on_thread(void *argument)
{
    struct acceptor *acceptor = argument;

    acceptor->hr = WsAcceptChannel(acceptor->service->listener, acceptor->channel, NULL, NULL);
}

/* As Microsoft's file replication sample relies on it: ten accepts wait, and closing the listener ends them all. */
static void end_accepts(HRESULT (*end)(WS_LISTENER *listener))
{
    struct acceptor acceptors[10];
    struct service service;
    int i;

    service_open_soap11(&service);
    for (i = 0; i < 10; i++)
    {
        acceptors[i].service = &service;
        ok(WsCreateChannelForListener(service.listener, NULL, 0, &acceptors[i].channel, NULL));
        thread_begin(&acceptors[i].thread, accept_on_thread, &acceptors[i]);
    }
    /* Some wait by now, others will find the listener closed. */
    wire_sleep(20);
    ok(end(service.listener));
    for (i = 0; i < 10; i++)
    {
        thread_join(&acceptors[i].thread);
        expect(acceptors[i].hr == WS_E_OPERATION_ABORTED || acceptors[i].hr == WS_E_INVALID_OPERATION ||
               acceptors[i].hr == WS_E_OBJECT_FAULTED);
        WsFreeChannel(acceptors[i].channel);
    }
    service_close(&service);
}

static HRESULT close_listener(WS_LISTENER *listener)
{
    return WsCloseListener(listener, NULL, NULL);
}

static HRESULT abort_listener(WS_LISTENER *listener)
{
    return WsAbortListener(listener, NULL);
}

TEST(closing_a_listener_ends_accepts)
{
    end_accepts(close_listener);
}

TEST(aborting_a_listener_ends_accepts)
{
    end_accepts(abort_listener);
}

TEST(listener_is_closed_while_its_channel_is_used)
{
    struct service service;
    struct response response;
    struct wire wire;
    int32_t number;

    service_open_soap11(&service);
    wire_connect(&wire, service.port);
    wire_ask(&wire, "/example", 4);
    accept_one(&service);
    ok(WsCloseListener(service.listener, NULL, NULL));
    expect(!wire_can_connect(service.port));
    ok(service_receive(&service, &number));
    ok(service_reply(&service, number));
    ok(WsCloseChannel(service.channel, NULL, NULL));
    expect(wire_read(&wire, false, &response) && response.status == 200);
    wire_free_response(&response);
    wire_shutdown(&wire);
    expect(wire_is_closed(&wire));
    wire_close(&wire);
    service_close(&service);
}

TEST(many_services_one_after_the_other)
{
    struct service service;
    struct wire wire;
    int i;

    service_open_soap11(&service);
    for (i = 0; i < 20; i++)
    {
        wire_connect(&wire, service.port);
        wire_ask(&wire, "/example", i);
        service_serve(&service);
        expect_response(&wire, 200, NULL);
        ok(WsCloseListener(service.listener, NULL, NULL));
        ok(WsResetListener(service.listener, NULL));
        ok(WsOpenListener(service.listener, &service.url, NULL, service.error));
        wire_close(&wire);
    }
    service_close(&service);
}

/* --- Asynchronous --- */

TEST(asynchronous_from_accept_to_close)
{
    const WS_MESSAGE_DESCRIPTION *descriptions[] = {&ask};
    struct service service;
    struct async async;
    struct wire wire;
    int32_t number = 0;
    HRESULT hr;
    int i;

    service_open_soap11(&service);
    async_init(&async);
    wire_connect(&wire, service.port);
    for (i = 0; i < 3; i++)
    {
        hr = WsAcceptChannel(service.listener, service.channel, &async.context, service.error);
        expect_hr(WS_S_ASYNC, hr);
        expect(wire_send(&wire,
                         "POST /example HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\n"
                         "SOAPAction: \"urn:test/ask\"\r\nContent-Length: %u\r\n\r\n",
                         (unsigned)strlen(ENVELOPE_11(NUMBER("5")))));
        ok(async_wait(&async, hr));
        hr = WsReceiveMessage(service.channel, service.request, descriptions, 1, WS_RECEIVE_REQUIRED_MESSAGE,
                              WS_READ_REQUIRED_VALUE, service.heap, &number, sizeof(number), NULL, &async.context,
                              service.error);
        expect_hr(WS_S_ASYNC, hr);
        expect(wire_send(&wire, "%s", ENVELOPE_11(NUMBER("5"))));
        ok(async_wait(&async, hr));
        expect(number == 5);
        ok(async_wait(&async,
                      WsSendReplyMessage(service.channel, service.reply, &answer, WS_WRITE_REQUIRED_VALUE, &number,
                                         sizeof(number), service.request, &async.context, service.error)));
        expect_response(&wire, 200, ENVELOPE_11(NUMBER("5")));
        ok(async_wait(&async, WsCloseChannel(service.channel, &async.context, service.error)));
        service_next(&service);
    }
    hr = WsAcceptChannel(service.listener, service.channel, &async.context, service.error);
    expect_hr(WS_S_ASYNC, hr);
    ok(WsCloseListener(service.listener, NULL, NULL));
    expect_hr(WS_E_OPERATION_ABORTED, async_wait(&async, hr));
    wire_close(&wire);
    service_close(&service);
}

TEST(abort_ends_what_waits)
{
    struct service service;
    struct async async;
    struct wire wire;
    HRESULT hr;

    service_open_soap11(&service);
    async_init(&async);
    wire_connect(&wire, service.port);
    expect(wire_send(&wire, "POST /example HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\n"
                            "Content-Length: 100\r\n\r\n"));
    accept_one(&service);
    hr = WsReadMessageStart(service.channel, service.request, &async.context, NULL);
    expect_hr(WS_S_ASYNC, hr);
    ok(WsAbortChannel(service.channel, NULL));
    expect_hr(WS_E_OPERATION_ABORTED, async_wait(&async, hr));
    ok(WsCloseChannel(service.channel, NULL, NULL));
    expect(wire_is_closed(&wire));
    wire_close(&wire);
    service_close(&service);
}
