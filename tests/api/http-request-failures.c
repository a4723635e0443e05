/* SPDX-License-Identifier: MIT */
/*
 * HTTP of clients: what can go wrong, with which code and which words.
 *
 * Source: windows-web-services-return-values.md for what the codes mean, our choice of the status that each is for; the
 * page of WS_CHANNEL_PROPERTY_ID for limits and timeouts; RFC 9110 and 9112.
 */
#include "support/answerer.h"
#include "support/errors.h"

#include <stdlib.h>

static struct answerer answerer;

/* One request on a channel of its own, and the code of what comes. */
static HRESULT ask(const struct answer *answer, const WS_CHANNEL_PROPERTY *properties, ULONG count, WS_ERROR *error)
{
    WS_CHANNEL *channel;
    HRESULT hr;
    int value;

    ok(WsResetError(error));
    answerer_start(&answerer, answer, 1);
    channel = request_channel(answerer.port, properties, count);
    if ((hr = send_op(channel, 1, error)) == S_OK)
        hr = receive_opr(channel, &value, error);
    end_request_channel(channel);
    answerer_end(&answerer);
    answerer_free(&answerer);
    return hr;
}

TEST(each_status_has_its_code)
{
    static const struct
    {
        struct answer answer;
        HRESULT hr;
        const char *text;
    } rows[] = {
        {{.status = 400}, WS_E_ENDPOINT_FAILURE, "with the HTTP status 400 (Said)"},
        {{.status = 401}, WS_E_ENDPOINT_ACCESS_DENIED, "wants to know who asks"},
        {{.status = 401, .fields = "WWW-Authenticate: Basic realm=\"a, Digest\"\r\n"},
         WS_E_SERVER_REQUIRES_BASIC_AUTH,
         "Basic"},
        {{.status = 401, .fields = "WWW-Authenticate: NTLM\r\nWWW-Authenticate: Basic realm=\"a\"\r\n"},
         WS_E_SERVER_REQUIRES_NTLM_AUTH,
         "NTLM"},
        {{.status = 401, .fields = "WWW-Authenticate: Digest realm=\"a\", nonce=\"b\"\r\n"},
         WS_E_SERVER_REQUIRES_DIGEST_AUTH,
         "Digest"},
        {{.status = 401, .fields = "WWW-Authenticate: negotiate\r\n"}, WS_E_SERVER_REQUIRES_NEGOTIATE_AUTH, ""},
        {{.status = 403}, WS_E_ENDPOINT_ACCESS_DENIED, "denies"},
        {{.status = 404}, WS_E_ENDPOINT_NOT_FOUND, "http://127.0.0.1:"},
        {{.status = 405}, WS_E_ENDPOINT_FAILURE, "POST"},
        {{.status = 407, .fields = "Proxy-Authenticate: Basic realm=\"a\"\r\n"},
         WS_E_PROXY_REQUIRES_BASIC_AUTH,
         "proxy"},
        {{.status = 407}, WS_E_PROXY_ACCESS_DENIED, "proxy"},
        {{.status = 408}, WS_E_ENDPOINT_NOT_AVAILABLE, ""},
        {{.status = 410}, WS_E_ENDPOINT_NOT_AVAILABLE, "no longer"},
        {{.status = 413}, WS_E_ENDPOINT_FAILURE, "larger"},
        {{.status = 415}, WS_E_ENDPOINT_FAILURE, "WS_CHANNEL_PROPERTY_ENCODING"},
        {{.status = 429}, WS_E_ENDPOINT_TOO_BUSY, "busy"},
        {{.status = 500}, WS_E_ENDPOINT_FAILURE, ""},
        {{.status = 500, .type = "text/html", .body = "<html><h1>Runtime Error</h1>"},
         WS_E_ENDPOINT_FAILURE,
         "begins with \"<html><h1>Runtime Error</h1>\""},
        {{.status = 502}, WS_E_ENDPOINT_NOT_AVAILABLE, "gateway"},
        {{.status = 503}, WS_E_ENDPOINT_TOO_BUSY, "busy"},
        {{.status = 504}, WS_E_ENDPOINT_NOT_AVAILABLE, "gateway"},
        {{.status = 302, .fields = "Location: http://h/y\r\n"}, WS_E_ENDPOINT_FAILURE, "\"http://h/y\""},
        {{.status = 999}, WS_E_ENDPOINT_FAILURE, "999"},
    };
    WS_ERROR *error = create_error();
    size_t i;

    for (i = 0; i < sizeof(rows) / sizeof(*rows); i++)
    {
        HRESULT hr = ask(&rows[i].answer, NULL, 0, error);

        if (hr != rows[i].hr || !says(error, rows[i].text) || sentence_count(error) != 1)
            test_fail(__FILE__, __LINE__, "row %u: 0x%08x, %s", (unsigned)i, (unsigned)hr, sentence(error));
    }
    WsFreeError(error);
}

TEST(what_is_no_message_is_shown)
{
    static const struct
    {
        struct answer answer;
        const char *text;
    } rows[] = {
        {{.type = "text/html; charset=utf-8", .body = "<html>Welcome</html>"},
         "(Said) begins with \"<html>Welcome</html>\", which is of the type \"text/html\", and the channel reads "
         "\"text/xml\"."},
        {{.type = "application/json", .body = "{}"}, "\"{}\", which is of the type \"application/json\""},
        {{.raw = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n<"}, "\"<\", which has no Content-Type"},
        {{.type = "application/soap+xml", .body = "<a/>"}, "WS_CHANNEL_PROPERTY_ENVELOPE_VERSION"},
        {{.type = "multipart/related; boundary=b", .body = "--b"}, "WS_CHANNEL_PROPERTY_ENCODING"},
        {{.type = "text/xml; charset=koi8-r", .body = "<a/>"}, "koi8-r"},
        {{.type = "text", .body = "a"}, "The Content-Type \"text\""},
        {{.body = "<a/>"}, "Envelope"},
        {{.body = "<a"}, "cannot be read."},
        {{.raw = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"}, "two values"},
        {{.raw = "HTTP/1.1 101 Switching\r\n\r\n"}, "101"},
        {{.raw = "SSH-2.0-OpenSSH\r\n\r\n"}, "SSH"},
        {{.raw = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/xml\r\n\r\nxyz"}, "chunk"},
    };
    WS_ERROR *error = create_error();
    size_t i;

    for (i = 0; i < sizeof(rows) / sizeof(*rows); i++)
    {
        HRESULT hr = ask(&rows[i].answer, NULL, 0, error);

        if (hr != WS_E_INVALID_FORMAT || !says(error, rows[i].text) || !says(error, "http://127.0.0.1:"))
            test_fail(__FILE__, __LINE__, "row %u: 0x%08x, %s", (unsigned)i, (unsigned)hr, sentence(error));
    }
    WsFreeError(error);
}

TEST(a_server_may_end_anywhere)
{
    static const char whole[] = "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nTransfer-Encoding: chunked\r\n\r\n"
                                "5b\r\n<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>"
                                "<opr xmlns=\"urn:x\">\r\n7\r\n7</opr>\r\n"
                                "16\r\n</s:Body></s:Envelope>\r\n0\r\n\r\n";
    char text[sizeof(whole)];
    struct answer answer = {.raw = text, .flags = ANSWER_CLOSE};
    WS_ERROR *error = create_error();
    size_t i;
    HRESULT hr;

    for (i = 0; i < sizeof(whole); i++)
    {
        memcpy(text, whole, sizeof(whole));
        text[i] = 0;
        answer.flags = i % 2 ? ANSWER_CLOSE : ANSWER_RESET;
        hr = ask(&answer, NULL, 0, error);
        if (i < sizeof(whole) - 1 ? hr != WS_E_ENDPOINT_DISCONNECTED : hr != S_OK && hr != WS_E_ENDPOINT_DISCONNECTED)
            test_fail(__FILE__, __LINE__, "after %u bytes: 0x%08x, %s", (unsigned)i, (unsigned)hr, sentence(error));
        if (hr != S_OK && !says(error, "http://127.0.0.1:"))
            test_fail(__FILE__, __LINE__, "after %u bytes: %s", (unsigned)i, sentence(error));
    }
    WsFreeError(error);
}

TEST(nobody_listens)
{
    WS_ERROR *error = create_error();
    WS_CHANNEL *channel = request_channel(wire_free_port(), NULL, 0);

    expect_hr(WS_E_ENDPOINT_NOT_FOUND, send_op(channel, 1, error));
    expect(says(error, "http://127.0.0.1:") && says(error, "could not be sent"));
    ok(WsCloseChannel(channel, NULL, NULL));
    ok(WsResetChannel(channel, NULL));
    ok(open_request_channel(channel, "http://no-such-host.invalid/", NULL));
    ok(WsResetError(error));
    expect_hr(WS_E_ENDPOINT_NOT_FOUND, send_op(channel, 1, error));
    expect(says(error, "no-such-host.invalid"));
    end_request_channel(channel);
    WsFreeError(error);
}

TEST(urls_must_be_of_http)
{
    WS_ERROR *error = create_error();
    WS_CHANNEL *channel = create_request_channel(NULL, 0);

    expect_refused(error, WS_E_INVALID_ENDPOINT_URL, open_request_channel(channel, "https://h/", error),
                   "WS_SSL_TRANSPORT_SECURITY_BINDING");
    expect_refused(error, WS_E_INVALID_ENDPOINT_URL, open_request_channel(channel, "net.tcp://h/", error),
                   "net.tcp://h/");
    expect_refused(error, WS_E_INVALID_ENDPOINT_URL, open_request_channel(channel, "http//h/", error), "");
    expect_refused(error, WS_E_INVALID_ENDPOINT_URL, open_request_channel(channel, "http://h:99999/", error), "");
    expect_refused(error, WS_E_INVALID_ENDPOINT_URL, open_request_channel(channel, "http://h/a b", error), "");
    ok(open_request_channel(channel, "http://localhost", NULL));
    end_request_channel(channel);
    WsFreeError(error);
}

TEST(timeouts_are_told_apart)
{
    static const struct answer never = {.flags = ANSWER_NEVER};
    static const struct answer half = {
        .raw = "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 100\r\n\r\n<half"};
    ULONG timeout = 50;
    WS_CHANNEL_PROPERTY response = {WS_CHANNEL_PROPERTY_RECEIVE_RESPONSE_TIMEOUT, &timeout, sizeof(timeout)};
    WS_CHANNEL_PROPERTY receive = {WS_CHANNEL_PROPERTY_RECEIVE_TIMEOUT, &timeout, sizeof(timeout)};
    WS_ERROR *error = create_error();

    expect_hr(WS_E_OPERATION_TIMED_OUT, ask(&never, &response, 1, error));
    expect(says(error, "WS_CHANNEL_PROPERTY_RECEIVE_RESPONSE_TIMEOUT") && says(error, "50"));
    expect_hr(WS_E_OPERATION_TIMED_OUT, ask(&half, &receive, 1, error));
    expect(says(error, "WS_CHANNEL_PROPERTY_RECEIVE_TIMEOUT") && says(error, "50"));
    WsFreeError(error);
}

TEST(sizes_are_limited)
{
    static const struct answer good = {.body = ANSWER_BODY}, chunked = {.body = ANSWER_BODY, .flags = ANSWER_CHUNKED};
    ULONG size = 100;
    char limit[40], larger[40];
    WS_CHANNEL_PROPERTY property = {WS_CHANNEL_PROPERTY_MAX_BUFFERED_MESSAGE_SIZE, &size, sizeof(size)};
    WS_ERROR *error = create_error();

    expect_hr(WS_E_QUOTA_EXCEEDED, ask(&good, &property, 1, error));
    expect(says(error, "WS_CHANNEL_PROPERTY_MAX_BUFFERED_MESSAGE_SIZE") && says(error, "100 bytes"));
    size = sizeof(ANSWER_BODY) - 2;
    sprintf(limit, "%u bytes", (unsigned)size);
    sprintf(larger, "%u bytes or more", (unsigned)size + 1);
    expect_hr(WS_E_QUOTA_EXCEEDED, ask(&good, &property, 1, error));
    expect(says(error, "WS_CHANNEL_PROPERTY_MAX_BUFFERED_MESSAGE_SIZE") && says(error, limit) && says(error, larger));
    expect_hr(WS_E_QUOTA_EXCEEDED, ask(&chunked, &property, 1, error));
    expect(says(error, "WS_CHANNEL_PROPERTY_MAX_BUFFERED_MESSAGE_SIZE") && says(error, limit));
    size++;
    ok(ask(&good, &property, 1, error));
    ok(ask(&chunked, &property, 1, error));
    WsFreeError(error);
}

TEST(an_answer_comes_after_a_request)
{
    static const struct answer answer = {.body = ANSWER_BODY};
    WS_ERROR *error = create_error();
    WS_CHANNEL *channel;
    int value;

    answerer_start(&answerer, &answer, 1);
    channel = request_channel(answerer.port, NULL, 0);
    expect_refused(error, WS_E_INVALID_OPERATION, receive_opr(channel, &value, error), "No request has been sent");
    exchange(channel);
    expect_refused(error, WS_E_INVALID_OPERATION, receive_opr(channel, &value, error), "No request has been sent");
    end_request_channel(channel);
    answerer_end(&answerer);
    answerer_free(&answerer);
    WsFreeError(error);
}

TEST(an_action_cannot_smuggle_in_a_field)
{
    static const WS_XML_STRING action = WS_XML_STRING_VALUE("a\r\nX: y"), quote = WS_XML_STRING_VALUE("a\"b");
    WS_MESSAGE_DESCRIPTION description = {(WS_XML_STRING *)&action, NULL};
    WS_ERROR *error = create_error();
    WS_CHANNEL *channel = request_channel(1, NULL, 0);
    WS_MESSAGE *message;

    ok(WsCreateMessageForChannel(channel, NULL, 0, &message, NULL));
    expect_refused(error, WS_E_INVALID_FORMAT,
                   WsSendMessage(channel, message, &description, WS_WRITE_REQUIRED_VALUE, NULL, 0, NULL, error),
                   "field of HTTP");
    ok(WsResetMessage(message, NULL));
    description.action = (WS_XML_STRING *)&quote;
    expect_refused(error, WS_E_INVALID_FORMAT,
                   WsSendMessage(channel, message, &description, WS_WRITE_REQUIRED_VALUE, NULL, 0, NULL, error),
                   "field of HTTP");
    WsFreeMessage(message);
    end_request_channel(channel);
    WsFreeError(error);
}

static void abort_later(void *argument)
{
    wire_sleep(50);
    WsAbortChannel(argument, NULL);
}

TEST(abort_ends_what_waits)
{
    static const struct answer never = {.flags = ANSWER_NEVER};
    WS_ERROR *error = create_error();
    struct test_thread thread;
    WS_CHANNEL *channel;
    int value;

    answerer_start(&answerer, &never, 1);
    channel = request_channel(answerer.port, NULL, 0);
    ok(send_op(channel, 1, NULL));
    thread_begin(&thread, abort_later, channel);
    expect_refused(error, WS_E_OPERATION_ABORTED, receive_opr(channel, &value, error), "");
    thread_join(&thread);
    end_request_channel(channel);
    answerer_end(&answerer);
    answerer_free(&answerer);
    WsFreeError(error);
}

/* What the server refuses by its head alone, it does not read: where the system still has the answer, it is found. */
TEST(an_answer_may_come_too_early)
{
    static const struct answer answer = {.status = 413, .flags = ANSWER_EARLY | ANSWER_CLOSE};
    const WS_ELEMENT_DESCRIPTION element = {description_op.bodyElementDescription->elementLocalName,
                                            description_op.bodyElementDescription->elementNs, WS_BYTES_TYPE, NULL};
    const WS_MESSAGE_DESCRIPTION description = {description_op.action, (WS_ELEMENT_DESCRIPTION *)&element};
    ULONG size = 20 << 20;
    WS_CHANNEL_PROPERTY property = {WS_CHANNEL_PROPERTY_MAX_BUFFERED_MESSAGE_SIZE, &size, sizeof(size)};
    WS_BYTES bytes = {10 << 20, calloc(10, 1 << 20)};
    WS_ERROR *error = create_error();
    WS_CHANNEL *channel;
    WS_MESSAGE *message;
    int value;
    HRESULT hr;

    answerer_start(&answerer, &answer, 1);
    channel = request_channel(answerer.port, &property, 1);
    ok(WsCreateMessageForChannel(channel, NULL, 0, &message, NULL));
    hr = WsSendMessage(channel, message, &description, WS_WRITE_REQUIRED_VALUE, &bytes, sizeof(bytes), NULL, error);
    if (hr == S_OK)
        hr = receive_opr(channel, &value, error);
    expect(hr == WS_E_ENDPOINT_FAILURE || hr == WS_E_ENDPOINT_DISCONNECTED);
    expect(says(error, hr == WS_E_ENDPOINT_FAILURE ? "413" : "http://127.0.0.1:"));
    WsFreeMessage(message);
    end_request_channel(channel);
    answerer_end(&answerer);
    answerer_free(&answerer);
    free(bytes.bytes);
    WsFreeError(error);
}
