/* SPDX-License-Identifier: MIT */
/*
 * Messages over HTTP, from the client: what goes over the wire, and what may come back.
 *
 * Source: what the request of SOAP 1.1 consists of, and that faults come with 500, observed on Windows; SOAP 1.1
 * section 6, SOAP 1.2 part 2 section 7, RFC 9110 and 9112, what peers send.
 */
#include "support/answerer.h"
#include "support/errors.h"

#include <stdlib.h>

static struct answerer answerer;

static void expect_text(const char *wanted, const char *text)
{
    if (!text || strcmp(text, wanted))
        test_fail(__FILE__, __LINE__, "\"%s\", not \"%s\"", text ? text : "nothing", wanted);
}

TEST(a_request_is_as_it_was_observed)
{
    static const struct answer answers[] = {
        {.body = ANSWER_BODY, .fields = "Connection: close\r\n", .flags = ANSWER_CLOSE}};
    WS_CHANNEL *channel;
    struct request *request = &answerer.requests[0];

    answerer_start(&answerer, answers, 1);
    channel = request_channel(answerer.port, NULL, 0);
    exchange(channel);
    end_request_channel(channel);
    answerer_end(&answerer);
    expect_size(1, answerer.request_count);
    expect(!strncmp(request->head, "POST /x HTTP/1.1\r\n", 18) && strlen(request->head) < 1024);
    expect_text("\"act\"", request_field(request, "SOAPAction"));
    expect_text("text/xml; charset=utf-8", request_field(request, "Content-Type"));
    expect_text(SOAP11_BODY("<op xmlns=\"urn:x\">-1</op>"), request->body);
    expect_size(request->size, (size_t)atoi(request_field(request, "Content-Length")));
    expect(!request_field(request, "Transfer-Encoding") && !request_field(request, "Expect"));
    answerer_free(&answerer);
}

TEST(a_url_without_a_path_is_the_root)
{
    static const struct answer answers[] = {{.body = ANSWER_BODY}, {.body = ANSWER_BODY}};
    WS_CHANNEL *channel = create_request_channel(NULL, 0);
    char url[80];

    answerer_start(&answerer, answers, 2);
    sprintf(url, "http://127.0.0.1:%u", answerer.port);
    ok(open_request_channel(channel, url, NULL));
    exchange(channel);
    ok(WsCloseChannel(channel, NULL, NULL));
    ok(WsResetChannel(channel, NULL));
    sprintf(url, "http://LOCALHOST:%u/a%%20b?wsdl#fragment", answerer.port);
    ok(open_request_channel(channel, url, NULL));
    exchange(channel);
    end_request_channel(channel);
    answerer_end(&answerer);
    expect(!strncmp(answerer.requests[0].head, "POST / HTTP/1.1\r\n", 17));
    expect(!strncmp(answerer.requests[1].head, "POST /a%20b?wsdl HTTP/1.1\r\n", 27));
    sprintf(url, "localhost:%u", answerer.port);
    expect_text(url, request_field(&answerer.requests[1], "Host"));
    answerer_free(&answerer);
}

/* The same exchange in each encoding that HTTP has. */
TEST(soap_12_has_its_action_in_the_type)
{
    static const struct answer answers[] = {{.body = SOAP12_BODY("<opr xmlns=\"urn:x\">7</opr>"),
                                             .type = "application/soap+xml;action=\"y\";charset=\"UTF-8\""}};
    WS_ENVELOPE_VERSION version = WS_ENVELOPE_VERSION_SOAP_1_2;
    WS_CHANNEL_PROPERTY properties[] = {{WS_CHANNEL_PROPERTY_ENVELOPE_VERSION, &version, sizeof(version)}};
    WS_CHANNEL *channel;

    answerer_start(&answerer, answers, 1);
    channel = request_channel(answerer.port, properties, 1);
    exchange(channel);
    end_request_channel(channel);
    answerer_end(&answerer);
    expect_text("application/soap+xml; charset=utf-8; action=\"act\"",
                request_field(&answerer.requests[0], "Content-Type"));
    expect(!request_field(&answerer.requests[0], "SOAPAction"));
    expect_text(SOAP12_BODY("<op xmlns=\"urn:x\">-1</op>"), answerer.requests[0].body);
    answerer_free(&answerer);
}

/* Answers of a server that repeats what it got: what we write in an encoding, we read. */
TEST(every_encoding_goes_both_ways)
{
    static const struct
    {
        WS_ENCODING encoding;
        const char *type;
    } rows[] = {{WS_ENCODING_XML_UTF8, "application/soap+xml; charset=utf-8"},
                {WS_ENCODING_XML_UTF16LE, "application/soap+xml; charset=utf-16LE"},
                {WS_ENCODING_XML_UTF16BE, "application/soap+xml; charset=utf-16BE"},
                {WS_ENCODING_XML_BINARY_1, "application/soap+msbin1"},
                {WS_ENCODING_XML_MTOM_UTF8, "multipart/related; type=\"application/xop+xml\"; start="},
                {WS_ENCODING_XML_MTOM_UTF16LE, "multipart/related; type=\"application/xop+xml\"; start="}};
    WS_ENVELOPE_VERSION version = WS_ENVELOPE_VERSION_SOAP_1_2;
    WS_ENCODING encoding = WS_ENCODING_XML_UTF8;
    WS_CHANNEL_PROPERTY properties[] = {{WS_CHANNEL_PROPERTY_ENVELOPE_VERSION, &version, sizeof(version)},
                                        {WS_CHANNEL_PROPERTY_ENCODING, &encoding, sizeof(encoding)}};
    const WS_MESSAGE_DESCRIPTION *descriptions[] = {&description_op};
    struct answer answer = {0};
    WS_MESSAGE *message;
    WS_CHANNEL *channel;
    char type[512];
    size_t i;
    int value;

    for (i = 0; i < sizeof(rows) / sizeof(*rows); i++)
    {
        struct request request;

        encoding = rows[i].encoding;
        memset(&answer, 0, sizeof(answer));
        answerer_start(&answerer, &answer, 1);
        channel = request_channel(answerer.port, properties, 2);
        ok(send_op(channel, 12345, NULL));
        answerer_end_after(&answerer, 1);
        end_request_channel(channel);
        request = answerer.requests[0];
        strcpy(type, request_field(&request, "Content-Type"));
        if (strncmp(type, rows[i].type, strlen(rows[i].type)))
            test_fail(__FILE__, __LINE__, "row %u: %s", (unsigned)i, type);

        answer = (struct answer){.type = type, .body = request.body, .size = request.size};
        answerer_start(&answerer, &answer, 1);
        channel = request_channel(answerer.port, properties, 2);
        ok(send_op(channel, 12345, NULL));
        ok(WsCreateMessageForChannel(channel, NULL, 0, &message, NULL));
        value = 0;
        ok(WsReceiveMessage(channel, message, descriptions, 1, WS_RECEIVE_REQUIRED_MESSAGE, WS_READ_REQUIRED_VALUE,
                            NULL, &value, sizeof(value), NULL, NULL, NULL));
        expect(value == 12345);
        WsFreeMessage(message);
        end_request_channel(channel);
        answerer_end(&answerer);
        answerer_free(&answerer);
        free(request.body);
    }
}

TEST(answers_come_in_any_form)
{
    static const struct answer answers[] = {
        {.body = ANSWER_BODY, .flags = ANSWER_SLOW},
        {.body = ANSWER_BODY, .flags = ANSWER_CHUNKED},
        {.body = ANSWER_BODY, .flags = ANSWER_CHUNKED | ANSWER_SLOW},
        {.body = ANSWER_BODY, .flags = ANSWER_NO_SIZE},
        {.raw = "HTTP/1.0 200 OK\nContent-Type: text/xml\n\n" ANSWER_BODY, .flags = ANSWER_CLOSE},
        {.raw = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nA: b\r\n\r\nHTTP/1.1 200\r\nContent-Type: "
                "text/xml\r\nConnection: close\r\n\r\n" ANSWER_BODY,
         .flags = ANSWER_CLOSE},
        {.body = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n" ANSWER_BODY "\r\n", .type = "text/xml"},
        {.body = "\xef\xbb\xbf" ANSWER_BODY},
    };
    const unsigned count = sizeof(answers) / sizeof(*answers);
    WS_CHANNEL *channel;
    unsigned i;

    answerer_start(&answerer, answers, count);
    channel = request_channel(answerer.port, NULL, 0);
    for (i = 0; i < count; i++)
        exchange(channel);
    end_request_channel(channel);
    answerer_end(&answerer);
    /* Those that say where they end leave the connection as it is. */
    expect_size(0, answerer.requests[3].connection);
    expect_size(1, answerer.requests[4].connection);
    expect_size(2, answerer.requests[5].connection);
    expect_size(3, answerer.requests[7].connection);
    answerer_free(&answerer);
}

TEST(mtom_comes_as_peers_send_it)
{
    static const struct answer answers[] = {
        {.type = "multipart/related; boundary=\"uuid:1+id=1\"; type=\"application/xop+xml\"; "
                 "start=\"<http://tempuri.org/0>\"; start-info=\"text/xml\"",
         .body = "\r\n--uuid:1+id=1\r\nContent-ID: <http://tempuri.org/0>\r\nContent-Transfer-Encoding: 8bit\r\n"
                 "Content-Type: application/xop+xml;charset=utf-8;type=\"text/xml\"\r\n\r\n" ANSWER_BODY
                 "\r\n--uuid:1+id=1--\r\n"},
        {.type = "Multipart/Related; start-info=\"text/xml\"; start=rootpart@soapui.org; type=\"application/xop+xml\"; "
                 "boundary=----=_Part_1_2.3",
         .body =
             "------=_Part_1_2.3\r\nContent-Type: application/xop+xml; charset=UTF-8; "
             "type=\"text/xml\"; x=\"0123456789012345678901234567890123456789012345678901234567890123456789012345678"
             "90123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789"
             "01234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890"
             "\"\r\nContent-Transfer-Encoding: binary\r\nContent-ID: <rootpart@soapui.org>\r\n\r\n" ANSWER_BODY
             "\r\n------=_Part_1_2.3--"},
        {.body = ANSWER_BODY},
    };
    WS_ENCODING encoding = WS_ENCODING_XML_MTOM_UTF8;
    WS_CHANNEL_PROPERTY properties[] = {{WS_CHANNEL_PROPERTY_ENCODING, &encoding, sizeof(encoding)}};
    WS_CHANNEL *channel;
    unsigned i;

    answerer_start(&answerer, answers, 3);
    channel = request_channel(answerer.port, properties, 1);
    for (i = 0; i < 3; i++)
        exchange(channel);
    end_request_channel(channel);
    answerer_end(&answerer);
    answerer_free(&answerer);
}

TEST(one_way_requests_have_no_answer)
{
    static const struct answer answers[] = {{.status = 202}, {.status = 204}, {.status = 200}, {.body = ANSWER_BODY}};
    const WS_MESSAGE_DESCRIPTION *descriptions[] = {&description_opr};
    WS_MESSAGE *message;
    WS_CHANNEL *channel;
    unsigned i;

    answerer_start(&answerer, answers, 4);
    channel = request_channel(answerer.port, NULL, 0);
    for (i = 0; i < 3; i++)
    {
        ok(send_op(channel, 1, NULL));
        ok(WsCreateMessageForChannel(channel, NULL, 0, &message, NULL));
        expect_hr(WS_S_END, WsReceiveMessage(channel, message, descriptions, 1, WS_RECEIVE_OPTIONAL_MESSAGE,
                                             WS_READ_REQUIRED_VALUE, NULL, &i, sizeof(i), NULL, NULL, NULL));
        WsFreeMessage(message);
    }
    exchange(channel);
    end_request_channel(channel);
    answerer_end(&answerer);
    expect_size(1, answerer.connection_count);
    answerer_free(&answerer);
}

/* Nobody asks for the answer: the request gets there all the same. */
TEST(a_channel_may_be_closed_after_sending)
{
    static const struct answer answers[] = {{.body = ANSWER_BODY}, {.body = ANSWER_BODY}};
    WS_CHANNEL *channel;

    answerer_start(&answerer, answers, 2);
    channel = request_channel(answerer.port, NULL, 0);
    ok(send_op(channel, 1, NULL));
    ok(send_op(channel, 2, NULL));
    end_request_channel(channel);
    answerer_end_after(&answerer, 2);
    expect(strstr(answerer.requests[0].body, ">1</op>") || strstr(answerer.requests[1].body, ">1</op>"));
    answerer_free(&answerer);
}

TEST(a_fault_is_a_message)
{
    static const struct answer answers[] = {
        {.status = 500,
         .body = SOAP11_BODY("<s:Fault><faultcode>s:Client</faultcode><faultstring>Oops</faultstring></s:Fault>")},
        {.status = 400,
         .body = SOAP11_BODY("<s:Fault><faultcode>s:Client</faultcode><faultstring>Oops</faultstring></s:Fault>")},
        {.body = ANSWER_BODY}};
    WS_ERROR *error = create_error();
    WS_CHANNEL *channel;
    WS_FAULT *fault;
    int value;
    int i;

    answerer_start(&answerer, answers, 3);
    channel = request_channel(answerer.port, NULL, 0);
    for (i = 0; i < 2; i++)
    {
        ok(send_op(channel, 1, NULL));
        ok(WsResetError(error));
        expect_hr(WS_E_ENDPOINT_FAULT_RECEIVED, receive_opr(channel, &value, error));
        ok(WsGetFaultErrorProperty(error, WS_FAULT_ERROR_PROPERTY_FAULT, &fault, sizeof(fault)));
        expect(fault->code->value.localName.length == 6 && fault->reasonCount == 1 && !fault->code->subCode);
    }
    exchange(channel);
    end_request_channel(channel);
    answerer_end(&answerer);
    expect_size(1, answerer.connection_count);
    answerer_free(&answerer);
    WsFreeError(error);
}

TEST(request_and_reply_are_one_call)
{
    static const struct answer answers[] = {{.body = ANSWER_BODY}, {.body = ANSWER_BODY}};
    WS_MESSAGE *request, *reply;
    WS_CHANNEL *channel;
    int value = -1, got;
    int i;

    answerer_start(&answerer, answers, 2);
    channel = request_channel(answerer.port, NULL, 0);
    ok(WsCreateMessageForChannel(channel, NULL, 0, &request, NULL));
    ok(WsCreateMessageForChannel(channel, NULL, 0, &reply, NULL));
    for (i = 0; i < 2; i++)
    {
        got = 0;
        ok(WsRequestReply(channel, request, &description_op, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), reply,
                          &description_opr, WS_READ_REQUIRED_VALUE, NULL, &got, sizeof(got), NULL, NULL));
        expect(got == 7);
        ok(WsResetMessage(request, NULL));
        ok(WsResetMessage(reply, NULL));
    }
    WsFreeMessage(request);
    WsFreeMessage(reply);
    end_request_channel(channel);
    answerer_end(&answerer);
    answerer_free(&answerer);
}
