/* SPDX-License-Identifier: MIT */
/*
 * HTTP of clients: connections that are kept, redirections, cookies, proxies, and mapped headers.
 *
 * Source: the pages of WS_CHANNEL_PROPERTY_ID, WS_HTTP_MESSAGE_MAPPING, WS_HTTP_REDIRECT_CALLBACK, WS_COOKIE_MODE and
 * WS_CUSTOM_HTTP_PROXY; the sample HttpRawService; RFC 9110, 9112 and 6265. Mapped headers observed on Windows.
 */
#include "support/answerer.h"
#include "support/errors.h"

#include <stdlib.h>

static struct answerer answerer, other;

static void expect_text(const char *wanted, const char *text)
{
    if ((wanted == NULL) != (text == NULL) || (wanted && strcmp(text, wanted)))
        test_fail(__FILE__, __LINE__, "\"%s\", not \"%s\"", text ? text : "nothing", wanted ? wanted : "nothing");
}

static WS_STRING wide(const char *text)
{
    static WCHAR chars[4][200];
    static int next;
    WS_STRING string = {0, chars[next++ % 4]};

    for (; text[string.length]; string.length++)
        string.chars[string.length] = (BYTE)text[string.length];
    return string;
}

/* --- Connections --- */

TEST(channels_share_kept_connections)
{
    static const struct answer answers[] = {
        {.body = ANSWER_BODY}, {.body = ANSWER_BODY}, {.body = ANSWER_BODY}, {.body = ANSWER_BODY}};
    WS_CHANNEL *first, *second;

    answerer_start(&answerer, answers, 4);
    first = request_channel(answerer.port, NULL, 0);
    second = request_channel(answerer.port, NULL, 0);
    exchange(first);
    exchange(second);
    end_request_channel(first);
    exchange(second);
    first = request_channel(answerer.port, NULL, 0);
    exchange(first);
    end_request_channel(first);
    end_request_channel(second);
    answerer_end(&answerer);
    expect_size(1, answerer.connection_count);
    answerer_free(&answerer);
}

/* The server says that it keeps the connection, and closes it: nobody has lost anything. */
TEST(a_stale_connection_is_replaced)
{
    static const struct answer answers[] = {{.body = ANSWER_BODY, .flags = ANSWER_CLOSE},
                                            {.body = ANSWER_BODY, .flags = ANSWER_RESET},
                                            {.body = ANSWER_BODY},
                                            {.flags = ANSWER_NEVER | ANSWER_CLOSE},
                                            {.body = ANSWER_BODY}};
    WS_CHANNEL *channel;
    int i;

    answerer_start(&answerer, answers, 5);
    channel = request_channel(answerer.port, NULL, 0);
    for (i = 0; i < 4; i++)
        exchange(channel);
    end_request_channel(channel);
    answerer_end(&answerer);
    /* The fourth request came twice: once it was not answered, though the connection was good until then. */
    expect_size(5, answerer.request_count);
    expect_size(4, answerer.connection_count);
    expect_text(answerer.requests[3].body, answerer.requests[4].body);
    answerer_free(&answerer);
}

TEST(a_request_is_sent_again_once_only)
{
    static const struct answer answers[] = {{.body = ANSWER_BODY},
                                            {.flags = ANSWER_NEVER | ANSWER_CLOSE},
                                            {.flags = ANSWER_NEVER | ANSWER_CLOSE},
                                            {.body = ANSWER_BODY}};
    WS_ERROR *error = create_error();
    WS_CHANNEL *channel;
    int value;

    answerer_start(&answerer, answers, 4);
    channel = request_channel(answerer.port, NULL, 0);
    exchange(channel);
    ok(send_op(channel, 1, NULL));
    expect_refused(error, WS_E_ENDPOINT_DISCONNECTED, receive_opr(channel, &value, error), "without an answer");
    exchange(channel);
    end_request_channel(channel);
    answerer_end(&answerer);
    expect_size(4, answerer.request_count);
    answerer_free(&answerer);
    WsFreeError(error);
}

/* A failure on a connection that had been idle is told as on any other. */
TEST(failures_on_kept_connections_have_their_sentences)
{
    static const struct answer answers[] = {
        {.body = ANSWER_BODY}, {.raw = "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n"},
        {.body = ANSWER_BODY}, {.raw = "HTTP/1.1 20", .flags = ANSWER_CLOSE},
        {.body = ANSWER_BODY}, {.flags = ANSWER_NEVER}};
    ULONG timeout = 200;
    WS_CHANNEL_PROPERTY property = {WS_CHANNEL_PROPERTY_RECEIVE_RESPONSE_TIMEOUT, &timeout, sizeof(timeout)};
    WS_ERROR *error = create_error();
    WS_CHANNEL *channel;
    int value;

    answerer_start(&answerer, answers, 6);
    channel = request_channel(answerer.port, &property, 1);
    exchange(channel);
    ok(send_op(channel, 1, NULL));
    expect_refused(error, WS_E_INVALID_FORMAT, receive_opr(channel, &value, error), "Content-Length that is no length");
    exchange(channel);
    ok(send_op(channel, 1, NULL));
    expect_refused(error, WS_E_ENDPOINT_DISCONNECTED, receive_opr(channel, &value, error), "http://127.0.0.1:");
    exchange(channel);
    ok(send_op(channel, 1, NULL));
    expect_refused(error, WS_E_OPERATION_TIMED_OUT, receive_opr(channel, &value, error),
                   "WS_CHANNEL_PROPERTY_RECEIVE_RESPONSE_TIMEOUT");
    end_request_channel(channel);
    answerer_end(&answerer);
    answerer_free(&answerer);
    WsFreeError(error);
}

struct user
{
    uint16_t port;
    HRESULT hr;
};

static void use_limited(void *argument)
{
    ULONG most = 1;
    WS_CHANNEL_PROPERTY property = {WS_CHANNEL_PROPERTY_MAX_HTTP_SERVER_CONNECTIONS, &most, sizeof(most)};
    struct user *user = argument;
    WS_CHANNEL *channel = request_channel(user->port, &property, 1);
    int value, i;

    for (i = 0; i < 5 && user->hr == S_OK; i++)
        if ((user->hr = send_op(channel, 1, NULL)) == S_OK)
            user->hr = receive_opr(channel, &value, NULL);
    WsCloseChannel(channel, NULL, NULL);
    WsFreeChannel(channel);
}

TEST(a_limit_of_connections_makes_channels_wait)
{
    static struct answer answers[20];
    struct test_thread threads[4];
    struct user users[4];
    int i;

    for (i = 0; i < 20; i++)
        answers[i].body = ANSWER_BODY;
    answerer_start(&answerer, answers, 20);
    for (i = 0; i < 4; i++)
    {
        users[i].port = answerer.port;
        users[i].hr = S_OK;
        thread_begin(&threads[i], use_limited, &users[i]);
    }
    for (i = 0; i < 4; i++)
        thread_join(&threads[i]);
    answerer_end(&answerer);
    for (i = 0; i < 4; i++)
        ok(users[i].hr);
    expect_size(20, answerer.request_count);
    expect_size(1, answerer.connection_count);
    answerer_free(&answerer);
}

/* --- Redirections --- */

static int redirections;
static char redirected[400];

static HRESULT CALLBACK on_redirect(void *state, const WS_STRING *from, const WS_STRING *to)
{
    ULONG i, length = 0;

    redirections++;
    for (i = 0; i < from->length; i++)
        redirected[length++] = (char)from->chars[i];
    redirected[length++] = ' ';
    for (i = 0; i < to->length; i++)
        redirected[length++] = (char)to->chars[i];
    redirected[length] = 0;
    return *(HRESULT *)state;
}

TEST(redirections_are_followed_if_they_may_be)
{
    static char fields[100];
    const struct answer answers[] = {
        {.status = 307, .fields = "Location: /y?z\r\n", .body = "moved", .type = "text/plain"},
        {.status = 301, .fields = "Location: a/../b\r\n"},
        {.status = 308, .fields = fields},
        {.status = 302, .fields = "Location: /y\r\n"}};
    const struct answer others[] = {{.body = ANSWER_BODY}};
    BOOL yes = TRUE;
    HRESULT hr = S_OK;
    WS_HTTP_REDIRECT_CALLBACK_CONTEXT context = {on_redirect, &hr};
    WS_CHANNEL_PROPERTY properties[] = {
        {WS_CHANNEL_PROPERTY_ENABLE_HTTP_REDIRECT, &yes, sizeof(yes)},
        {WS_CHANNEL_PROPERTY_HTTP_REDIRECT_CALLBACK_CONTEXT, &context, sizeof(context)}};
    WS_ERROR *error = create_error();
    WS_CHANNEL *channel;
    char wanted[400];
    int value;

    answerer_start(&answerer, answers, 4);
    answerer_start(&other, others, 1);
    sprintf(fields, "Location: http://localhost:%u/c\r\n", other.port);
    channel = request_channel(answerer.port, properties, 2);
    exchange(channel);
    expect_size(3, (size_t)redirections);
    sprintf(wanted, "http://127.0.0.1:%u/x http://localhost:%u/c", answerer.port, other.port);
    expect_text(wanted, redirected);
    hr = S_FALSE;
    ok(send_op(channel, 1, NULL));
    expect_refused(error, WS_E_OPERATION_ABORTED, receive_opr(channel, &value, error), "WS_HTTP_REDIRECT_CALLBACK");
    end_request_channel(channel);
    answerer_end(&answerer);
    answerer_end(&other);
    expect(!strncmp(answerer.requests[1].head, "POST /y?z HTTP", 14));
    expect(!strncmp(answerer.requests[2].head, "POST /b HTTP", 12));
    expect(!strncmp(other.requests[0].head, "POST /c HTTP", 12));
    expect_text(answerer.requests[0].body, other.requests[0].body);
    expect_text("\"act\"", request_field(&other.requests[0], "SOAPAction"));
    expect(!strncmp(answerer.requests[3].head, "POST /x HTTP", 12));
    answerer_free(&answerer);
    answerer_free(&other);
    WsFreeError(error);
}

TEST(redirections_end)
{
    static struct answer answers[20];
    BOOL yes = TRUE;
    WS_CHANNEL_PROPERTY property = {WS_CHANNEL_PROPERTY_ENABLE_HTTP_REDIRECT, &yes, sizeof(yes)};
    WS_ERROR *error = create_error();
    WS_CHANNEL *channel;
    int value, i;

    for (i = 0; i < 20; i++)
        answers[i] = (struct answer){.status = 307, .fields = "Location: /x\r\n"};
    answers[11] = (struct answer){.status = 307, .fields = "Location: https://h/\r\n"};
    answerer_start(&answerer, answers, 20);
    channel = request_channel(answerer.port, &property, 1);
    ok(send_op(channel, 1, NULL));
    expect_refused(error, WS_E_ENDPOINT_FAILURE, receive_opr(channel, &value, error), "more than 10 times");
    ok(send_op(channel, 1, NULL));
    expect_refused(error, WS_E_INVALID_ENDPOINT_URL, receive_opr(channel, &value, error), "https");
    end_request_channel(channel);
    answerer_end(&answerer);
    expect_size(12, answerer.request_count);
    answerer_free(&answerer);
    WsFreeError(error);
}

/* --- Cookies --- */

static const struct answer cookie_answers[] = {
    {.body = ANSWER_BODY,
     .fields = "Set-Cookie: a=1; Path=/; HttpOnly\r\nSet-Cookie: b=\"2\"\r\nSet-Cookie: c=3; Path=/other\r\n"
               "Set-Cookie: d=4; Secure\r\nSet-Cookie: e=5; Domain=example.com\r\nSet-Cookie: f\r\n"},
    {.body = ANSWER_BODY,
     .fields = "Date: Sat, 28 Nov 2026 00:00:00 GMT\r\nSet-Cookie: a=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 "
               "GMT\r\nSet-Cookie: b=3; Expires=Sat, 28 Nov 2026 00:00:01 GMT\r\n"},
    {.body = ANSWER_BODY, .fields = "Set-Cookie: b=4; Max-Age=0\r\n"},
    {.body = ANSWER_BODY}};

TEST(cookies_are_sent_back)
{
    WS_CHANNEL *channel;
    int i;

    answerer_start(&answerer, cookie_answers, 4);
    channel = request_channel(answerer.port, NULL, 0);
    for (i = 0; i < 4; i++)
        exchange(channel);
    end_request_channel(channel);
    answerer_end(&answerer);
    expect_text(NULL, request_field(&answerer.requests[0], "Cookie"));
    expect_text("b=\"2\"; a=1", request_field(&answerer.requests[1], "Cookie"));
    expect_text("b=3", request_field(&answerer.requests[2], "Cookie"));
    expect_text(NULL, request_field(&answerer.requests[3], "Cookie"));
    answerer_free(&answerer);
}

TEST(cookies_can_be_left_to_the_program)
{
    WS_COOKIE_MODE mode = WS_MANUAL_COOKIE_MODE;
    WS_CHANNEL_PROPERTY property = {WS_CHANNEL_PROPERTY_COOKIE_MODE, &mode, sizeof(mode)};
    WS_CHANNEL *channel;

    answerer_start(&answerer, cookie_answers, 2);
    channel = request_channel(answerer.port, &property, 1);
    exchange(channel);
    exchange(channel);
    end_request_channel(channel);
    answerer_end(&answerer);
    expect_text(NULL, request_field(&answerer.requests[1], "Cookie"));
    answerer_free(&answerer);
}

/* --- Proxies --- */

TEST(a_proxy_gets_the_whole_url)
{
    static const struct answer answers[] = {{.body = ANSWER_BODY}, {.body = ANSWER_BODY}, {.status = 502}};
    WS_HTTP_PROXY_SETTING_MODE mode = WS_HTTP_PROXY_SETTING_MODE_CUSTOM;
    WS_CUSTOM_HTTP_PROXY proxy;
    WS_CHANNEL_PROPERTY properties[] = {{WS_CHANNEL_PROPERTY_HTTP_PROXY_SETTING_MODE, &mode, sizeof(mode)},
                                        {WS_CHANNEL_PROPERTY_CUSTOM_HTTP_PROXY, &proxy, sizeof(proxy)}};
    WS_ERROR *error = create_error();
    WS_CHANNEL *channel;
    char server[60];
    int value;

    answerer_start(&answerer, answers, 3);
    sprintf(server, "127.0.0.1:%u;unused", answerer.port);
    proxy.servers = wide(server);
    proxy.bypass = wide("<local>;*.near.example");
    channel = create_request_channel(properties, 2);
    ok(open_request_channel(channel, "http://far.example:81/a?b", NULL));
    exchange(channel);
    ok(WsCloseChannel(channel, NULL, NULL));
    ok(WsResetChannel(channel, NULL));
    ok(open_request_channel(channel, "http://elsewhere.example", NULL));
    exchange(channel);
    ok(send_op(channel, 1, NULL));
    expect_refused(error, WS_E_PROXY_FAILURE, receive_opr(channel, &value, error), "proxy");
    end_request_channel(channel);
    answerer_end(&answerer);
    expect_size(1, answerer.connection_count);
    expect(!strncmp(answerer.requests[0].head, "POST http://far.example:81/a?b HTTP/1.1\r\n", 41));
    expect_text("far.example:81", request_field(&answerer.requests[0], "Host"));
    expect(!strncmp(answerer.requests[1].head, "POST http://elsewhere.example/ HTTP/1.1\r\n", 41));
    answerer_free(&answerer);
    WsFreeError(error);
}

TEST(some_servers_are_reached_without_a_proxy)
{
    static const struct answer answers[] = {{.body = ANSWER_BODY}};
    WS_HTTP_PROXY_SETTING_MODE mode = WS_HTTP_PROXY_SETTING_MODE_CUSTOM;
    WS_CUSTOM_HTTP_PROXY proxy = {wide("no-such-proxy.invalid:1"), wide("other;127.0.0.*")};
    WS_CHANNEL_PROPERTY properties[] = {{WS_CHANNEL_PROPERTY_HTTP_PROXY_SETTING_MODE, &mode, sizeof(mode)},
                                        {WS_CHANNEL_PROPERTY_CUSTOM_HTTP_PROXY, &proxy, sizeof(proxy)}};
    WS_ERROR *error = create_error();
    WS_CHANNEL *channel;

    answerer_start(&answerer, answers, 1);
    channel = request_channel(answerer.port, properties, 2);
    exchange(channel);
    end_request_channel(channel);
    answerer_end(&answerer);
    answerer_free(&answerer);

    channel = create_request_channel(properties, 2);
    ok(open_request_channel(channel, "http://h/", NULL));
    expect_hr(WS_E_ENDPOINT_NOT_FOUND, send_op(channel, 1, error));
    expect(says(error, "no-such-proxy.invalid") && says(error, "through the HTTP proxy"));
    end_request_channel(channel);
    proxy.servers = wide("http://a b");
    channel = create_request_channel(properties, 2);
    ok(open_request_channel(channel, "http://h/", NULL));
    end_request_channel(channel);
    proxy.servers = wide("a:b");
    channel = create_request_channel(properties, 2);
    expect_refused(error, E_INVALIDARG, open_request_channel(channel, "http://h/", error), "\"a:b\"");
    WsFreeChannel(channel);
    WsFreeError(error);
}

/* --- Mapped headers --- */

static const WS_XML_STRING header_x = WS_XML_STRING_VALUE("X-Request"), header_y = WS_XML_STRING_VALUE("X-Reply"),
                           header_list = WS_XML_STRING_VALUE("X-List"),
                           header_length = WS_XML_STRING_VALUE("Content-Length");

TEST(headers_are_mapped_both_ways)
{
    static const struct answer answers[] = {
        {.body = ANSWER_BODY, .fields = "x-reply:  some value \r\nX-List: \"a\", b\r\nX-List: c\r\nX-Other: d\r\n"}};
    WS_HTTP_HEADER_MAPPING x = {header_x, 0}, y = {header_y, 0}, length = {header_length, 0},
                           list = {header_list,
                                   WS_HTTP_HEADER_MAPPING_COMMA_SEPARATOR | WS_HTTP_HEADER_MAPPING_QUOTED_VALUE};
    WS_HTTP_HEADER_MAPPING *requests[] = {&x, &list, &length}, *replies[] = {&y, &list};
    WS_HTTP_MESSAGE_MAPPING mapping = {0, 0, requests, 3, replies, 2};
    WS_CHANNEL_PROPERTY property = {WS_CHANNEL_PROPERTY_HTTP_MESSAGE_MAPPING, &mapping, sizeof(mapping)};
    WS_STRING first = wide("first"), second = wide("second"), got, none;
    WS_ERROR *error = create_error();
    WS_MESSAGE *message;
    WS_CHANNEL *channel;
    WS_STRING injected = wide("a\r\nb: c");
    int value = 3;
    ULONG i;

    answerer_start(&answerer, answers, 1);
    channel = request_channel(answerer.port, &property, 1);
    ok(WsCreateMessageForChannel(channel, NULL, 0, &message, NULL));
    ok(WsInitializeMessage(message, WS_REQUEST_MESSAGE, NULL, NULL));
    ok(WsAddMappedHeader(message, &header_x, WS_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, &first, sizeof(first), NULL));
    ok(WsAddMappedHeader(message, &header_list, WS_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, &first, sizeof(first), NULL));
    ok(WsAddMappedHeader(message, &header_list, WS_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, &second, sizeof(second),
                         NULL));
    ok(WsAddMappedHeader(message, &header_length, WS_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, &first, sizeof(first),
                         NULL));
    ok(WsSendMessage(channel, message, &description_op, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), NULL, NULL));
    ok(WsResetMessage(message, NULL));
    ok(WsReadMessageStart(channel, message, NULL, NULL));
    ok(WsGetMappedHeader(message, &header_y, WS_SINGLETON_HEADER, 0, WS_STRING_TYPE, WS_READ_REQUIRED_VALUE, NULL, &got,
                         sizeof(got), NULL));
    expect(got.length == 10 && got.chars[0] == 's' && got.chars[9] == 'e');
    for (i = 0; i < 3; i++)
    {
        ok(WsGetMappedHeader(message, &header_list, WS_REPEATING_HEADER, i, WS_STRING_TYPE, WS_READ_REQUIRED_VALUE,
                             NULL, &got, sizeof(got), NULL));
        expect(got.length == 1 && got.chars[0] == "abc"[i]);
    }
    expect(FAILED(WsGetMappedHeader(message, &header_x, WS_SINGLETON_HEADER, 0, WS_STRING_TYPE, WS_READ_REQUIRED_VALUE,
                                    NULL, &none, sizeof(none), NULL)));
    ok(WsReadBody(message, description_opr.bodyElementDescription, WS_READ_REQUIRED_VALUE, NULL, &value, sizeof(value),
                  NULL));
    ok(WsReadMessageEnd(channel, message, NULL, NULL));
    /* Nothing can be smuggled in. */
    ok(WsResetMessage(message, NULL));
    ok(WsInitializeMessage(message, WS_REQUEST_MESSAGE, NULL, NULL));
    ok(WsAddMappedHeader(message, &header_x, WS_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, &injected, sizeof(injected),
                         NULL));
    expect_refused(
        error, WS_E_INVALID_FORMAT,
        WsSendMessage(channel, message, &description_op, WS_WRITE_REQUIRED_VALUE, &value, sizeof(value), NULL, error),
        "X-Request");
    WsFreeMessage(message);
    end_request_channel(channel);
    answerer_end(&answerer);
    expect_text("first", request_field(&answerer.requests[0], "X-Request"));
    expect_text("\"first\", \"second\"", request_field(&answerer.requests[0], "X-List"));
    expect_size(answerer.requests[0].size, (size_t)atoi(request_field(&answerer.requests[0], "Content-Length")));
    expect(!strstr(answerer.requests[0].body, "first"));
    answerer_free(&answerer);
    WsFreeError(error);
}

/* --- Without SOAP --- */

static const WS_XML_STRING header_type = WS_XML_STRING_VALUE("Content-Type"), header_verb = WS_XML_STRING_VALUE("Verb"),
                           header_code = WS_XML_STRING_VALUE("StatusCode"),
                           header_text = WS_XML_STRING_VALUE("StatusText");
static const WS_ELEMENT_DESCRIPTION bytes_element = {NULL, NULL, WS_BYTES_TYPE, NULL};
static const WS_MESSAGE_DESCRIPTION bytes_description = {NULL, (WS_ELEMENT_DESCRIPTION *)&bytes_element};

TEST(any_bytes_can_be_sent_and_received)
{
    static const struct answer answers[] = {{.body = "<html>", .type = "text/html"},
                                            {.status = 404, .body = "none", .type = "text/plain"},
                                            {.status = 204}};
    WS_HTTP_HEADER_MAPPING type = {header_type, 0};
    WS_HTTP_HEADER_MAPPING *mappings[] = {&type};
    WS_HTTP_MESSAGE_MAPPING mapping = {WS_HTTP_REQUEST_MAPPING_VERB,
                                       WS_HTTP_RESPONSE_MAPPING_STATUS_CODE | WS_HTTP_RESPONSE_MAPPING_STATUS_TEXT,
                                       mappings,
                                       1,
                                       mappings,
                                       1};
    WS_ENCODING encoding = WS_ENCODING_RAW;
    WS_ENVELOPE_VERSION version = WS_ENVELOPE_VERSION_NONE;
    WS_CHANNEL_PROPERTY properties[] = {{WS_CHANNEL_PROPERTY_HTTP_MESSAGE_MAPPING, &mapping, sizeof(mapping)},
                                        {WS_CHANNEL_PROPERTY_ENCODING, &encoding, sizeof(encoding)},
                                        {WS_CHANNEL_PROPERTY_ENVELOPE_VERSION, &version, sizeof(version)}};
    WS_STRING form = wide("application/x-form"), get = wide("GET"), got;
    WS_BYTES bytes = {3, (BYTE *)"a\0b"}, received;
    WS_MESSAGE *message;
    WS_CHANNEL *channel;
    WS_HEAP *heap;
    unsigned code;
    int i;

    ok(WsCreateHeap(1 << 16, 0, NULL, 0, &heap, NULL));
    answerer_start(&answerer, answers, 3);
    channel = request_channel(answerer.port, properties, 3);
    ok(WsCreateMessageForChannel(channel, NULL, 0, &message, NULL));
    for (i = 0; i < 3; i++)
    {
        ok(WsInitializeMessage(message, WS_BLANK_MESSAGE, NULL, NULL));
        ok(WsAddMappedHeader(message, i ? &header_verb : &header_type, WS_STRING_TYPE, WS_WRITE_REQUIRED_VALUE,
                             i ? &get : &form, sizeof(form), NULL));
        bytes.length = i ? 0 : 3;
        ok(WsSendMessage(channel, message, &bytes_description, WS_WRITE_REQUIRED_VALUE, &bytes, sizeof(bytes), NULL,
                         NULL));
        ok(WsResetMessage(message, NULL));
        ok(WsReadMessageStart(channel, message, NULL, NULL));
        ok(WsGetMappedHeader(message, &header_code, WS_SINGLETON_HEADER, 0, WS_UINT32_TYPE, WS_READ_REQUIRED_VALUE,
                             NULL, &code, sizeof(code), NULL));
        expect(code == (i == 0 ? 200 : i == 1 ? 404 : 204));
        ok(WsGetMappedHeader(message, &header_text, WS_SINGLETON_HEADER, 0, WS_STRING_TYPE, WS_READ_REQUIRED_VALUE,
                             NULL, &got, sizeof(got), NULL));
        expect(got.length == 4 && got.chars[0] == 'S');
        ok(WsReadBody(message, &bytes_element, WS_READ_REQUIRED_VALUE, heap, &received, sizeof(received), NULL));
        expect_size(i == 0 ? 6 : i == 1 ? 4 : 0, received.length);
        ok(WsReadMessageEnd(channel, message, NULL, NULL));
        ok(WsResetMessage(message, NULL));
    }
    WsFreeMessage(message);
    end_request_channel(channel);
    answerer_end(&answerer);
    expect_size(1, answerer.connection_count);
    expect_text("application/x-form", request_field(&answerer.requests[0], "Content-Type"));
    expect(answerer.requests[0].size == 3 && !memcmp(answerer.requests[0].body, "a\0b", 3));
    expect(!strncmp(answerer.requests[1].head, "GET /x HTTP/1.1\r\n", 17));
    expect(!request_field(&answerer.requests[1], "Content-Length") &&
           !request_field(&answerer.requests[1], "SOAPAction"));
    answerer_free(&answerer);
    WsFreeHeap(heap);
}
