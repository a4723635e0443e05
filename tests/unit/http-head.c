/* SPDX-License-Identifier: MIT */
/* Heads of HTTP, as they are received: what is refused, and what of it means what. */
#include "support/test.h"

#include "channel/protocol/http_head.h"

static struct http_head head;
static BYTE memory[4096];
static ULONG status;

/* Finds the end of a head byte by byte, and then at once, and parses it. */
static HRESULT parse(bool is_request, const char *text, bool no_body)
{
    struct http_search bytewise = {0}, whole = {0};
    size_t length = strlen(text), size = 0, i;
    HRESULT hr = S_OK;

    expect(length <= sizeof(memory));
    memcpy(memory, text, length);
    for (i = 1; i <= length && !size && hr == S_OK; i++)
        hr = http_head_find_end(&bytewise, memory, i, &http_default_limits, &size, &status, NULL);
    if (hr == S_OK && !size)
        test_fail(__FILE__, __LINE__, "there is no end: %s", text);
    expect_hr(hr, http_head_find_end(&whole, memory, length, &http_default_limits, &i, &status, NULL));
    expect_size(size, i);
    status = 0;
    if (hr != S_OK)
        return hr;
    return is_request ? http_parse_request(memory, size, &head, &status, NULL)
                      : http_parse_response(memory, size, no_body, &head, NULL);
}

static HRESULT request(const char *text)
{
    return parse(true, text, false);
}

static HRESULT response(const char *text)
{
    return parse(false, text, false);
}

static void expect_text(const char *wanted, struct mime_text text)
{
    if (text.length != strlen(wanted) || memcmp(text.bytes, wanted, text.length))
        test_fail(__FILE__, __LINE__, "\"%.*s\", not \"%s\"", (int)text.length, (const char *)text.bytes, wanted);
}

static void expect_refused(ULONG wanted, const char *text)
{
    expect_hr(WS_E_INVALID_FORMAT, request(text));
    if (status != wanted)
        test_fail(__FILE__, __LINE__, "%u, not %u: %s", (unsigned)status, (unsigned)wanted, text);
}

TEST(a_request_is_a_method_a_target_and_fields)
{
    ok(request("POST /a?b HTTP/1.1\r\nHost: h:80\r\nContent-Type:text/xml\t \r\nSOAPAction: \"x\"\r\n"
               "Content-Length: 12\r\n\r\n"));
    expect_text("POST", head.method);
    expect_text("/a?b", head.target);
    expect_text("h:80", head.host);
    expect_text("text/xml", head.content_type);
    expect_text("\"x\"", head.soap_action);
    expect(head.minor == 1 && head.framing == HTTP_BODY_LENGTH && head.length == 12 && head.keeps_alive);
    expect(!head.expects_continue && !head.location.bytes);
}

TEST(fields_come_in_their_order)
{
    struct mime_text name, value;
    const BYTE *place = NULL;

    ok(request("\r\n\r\nGET * HTTP/1.0\r\nA: 1\r\nb:\r\nA:  2 3 \r\n\r\n"));
    expect(http_next_field(&head, &place, &name, &value));
    expect_text("A", name);
    expect_text("1", value);
    expect(http_next_field(&head, &place, &name, &value));
    expect_text("b", name);
    expect_text("", value);
    expect(http_next_field(&head, &place, &name, &value));
    expect_text("2 3", value);
    expect(!http_next_field(&head, &place, &name, &value));
    expect(http_find_field(&head, "a", &value));
    expect_text("1", value);
    expect(!http_find_field(&head, "c", &value));
}

TEST(connections_are_kept_by_version)
{
    ok(request("GET / HTTP/1.0\r\n\r\n"));
    expect(!head.keeps_alive && head.framing == HTTP_BODY_NONE);
    ok(request("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n"));
    expect(head.keeps_alive);
    ok(request("GET / HTTP/1.9\r\nHost:\r\n\r\n"));
    expect(head.keeps_alive && head.minor == 1);
    ok(request("GET / HTTP/1.1\r\nHost: h\r\nConnection: TE,\t, close\r\n\r\n"));
    expect(!head.keeps_alive);
}

TEST(lengths_are_told_once)
{
    ok(request("GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 18446744073709551615\r\n\r\n"));
    expect(head.length == UINT64_MAX);
    ok(request("GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 5, 5\r\nContent-length: 05\r\n\r\n"));
    expect(head.length == 5);
    expect_refused(400, "GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 18446744073709551616\r\n\r\n");
    expect_refused(400, "GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nContent-length: 6\r\n\r\n");
    expect_refused(400, "GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 5, 6\r\n\r\n");
    expect_refused(400, "GET / HTTP/1.1\r\nHost: h\r\nContent-Length: +5\r\n\r\n");
    expect_refused(400, "GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 0x5\r\n\r\n");
    expect_refused(400, "GET / HTTP/1.1\r\nHost: h\r\nContent-Length: \r\n\r\n");
}

TEST(nothing_can_be_smuggled)
{
    ok(request("GET / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: Chunked\r\n\r\n"));
    expect(head.framing == HTTP_BODY_CHUNKED);
    expect_refused(400, "GET / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n");
    expect_refused(400, "GET / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked, chunked\r\n\r\n");
    expect_refused(501, "GET / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip, chunked\r\n\r\n");
    expect_refused(501, "GET / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: xchunked\r\n\r\n");
    expect_refused(400, "GET / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding:\r\n\r\n");
    expect_refused(400, "GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n");
    expect_refused(400, "GET / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding : chunked\r\n\r\n");
    expect_refused(400, "GET / HTTP/1.1\r\nHost: h\r\n Transfer-Encoding: chunked\r\n\r\n");
    expect_refused(400, "GET / HTTP/1.1\r\n Host: h\r\n\r\n");
    expect_refused(400, "GET / HTTP/1.1\r\nHost: h\nA: b\r\n\r\n");
    expect_refused(400, "GET / HTTP/1.1\r\nHost: h\r\nA: b\n\r\n");
    expect_refused(400, "GET / HTTP/1.1\r\nHost: h\r\nA: b\rC: d\r\n\r\n");
    expect_refused(400, "GET / HTTP/1.1\r\nHost: h\r\nA: b\x7f\r\n\r\n");
    expect_refused(400, "GET / HTTP/1.1\r\nHost: h\r\nHost: h\r\n\r\n");
    expect_refused(400, "GET / HTTP/1.1\r\n\r\n");
}

TEST(lines_must_be_as_the_grammar_says)
{
    expect_refused(400, "GET /\r\n\r\n");
    expect_refused(400, "GET  HTTP/1.1\r\n\r\n");
    expect_refused(400, "GET /a b HTTP/1.1\r\nHost: h\r\n\r\n");
    expect_refused(400, "GET /\xc3\xa4 HTTP/1.1\r\nHost: h\r\n\r\n");
    expect_refused(400, "G@T / HTTP/1.1\r\nHost: h\r\n\r\n");
    expect_refused(400, "GET / http/1.1\r\nHost: h\r\n\r\n");
    expect_refused(400, "GET / HTTP/11\r\nHost: h\r\n\r\n");
    expect_refused(505, "PRI * HTTP/2.0\r\n\r\n");
    expect_refused(400, "GET / HTTP/1.1\r\nHost: h\r\nno field\r\n\r\n");
    expect_refused(400, "GET / HTTP/1.1\r\nHost: h\r\n: x\r\n\r\n");
    expect_refused(417, "GET / HTTP/1.1\r\nHost: h\r\nExpect: much\r\n\r\n");
    ok(request("GET / HTTP/1.1\r\nHost: h\r\nExpect: 100-Continue\r\n\r\n"));
    expect(head.expects_continue);
    ok(request("GET / HTTP/1.0\r\nExpect: much\r\n\r\n"));
    expect(!head.expects_continue);
}

TEST(what_is_not_text_is_no_head)
{
    struct http_search search = {0};
    BYTE hello[] = {0x16, 3, 1};
    size_t size;

    expect_hr(WS_E_INVALID_FORMAT,
              http_head_find_end(&search, hello, sizeof(hello), &http_default_limits, &size, &status, NULL));
    expect(status == 400);
}

TEST(a_response_is_a_status_and_fields)
{
    ok(response("HTTP/1.1 200 OK then\r\nContent-Length: 0\r\n\r\n"));
    expect(head.status == 200 && head.framing == HTTP_BODY_LENGTH && head.keeps_alive);
    expect_text("OK then", head.reason);
    ok(response("HTTP/1.1 999\r\n\r\n"));
    expect(head.status == 999 && head.framing == HTTP_BODY_UNTIL_CLOSE && !head.keeps_alive);
    expect_text("", head.reason);
    ok(response("HTTP/1.0 302 \nLocation: /x\nLocation: /y\n\n"));
    expect_text("/x", head.location);
    expect(head.minor == 0);
    ok(response("HTTP/1.1 100 Continue\r\n\r\n"));
    expect(head.framing == HTTP_BODY_NONE && head.keeps_alive);
    ok(response("HTTP/1.1 204 x\r\nContent-Length: 7\r\n\r\n"));
    expect(head.framing == HTTP_BODY_NONE);
    ok(parse(false, "HTTP/1.1 200 x\r\nContent-Length: 7\r\n\r\n", true));
    expect(head.framing == HTTP_BODY_NONE);
    expect_hr(WS_E_INVALID_FORMAT, response("HTTP/1.1 2000 OK\r\n\r\n"));
    expect_hr(WS_E_INVALID_FORMAT, response("HTTP/1.1 20\r\n\r\n"));
    expect_hr(WS_E_INVALID_FORMAT, response("HTTP/1.1 099 x\r\n\r\n"));
    expect_hr(WS_E_INVALID_FORMAT, response("HTTP/1.1  200 x\r\n\r\n"));
    expect_hr(WS_E_INVALID_FORMAT, response("HTTP/2.0 200 x\r\n\r\n"));
    expect_hr(WS_E_INVALID_FORMAT, response("SSH-2.0-x\r\n\r\n"));
    expect_hr(WS_E_INVALID_FORMAT,
              response("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"));
}

TEST(lines_of_a_response_can_be_folded)
{
    struct mime_text value;

    ok(response("HTTP/1.1 200 OK\r\nA: b\r\n  c\r\n\td\r\nB: e\n f\r\n\r\n"));
    expect(http_find_field(&head, "A", &value));
    expect_text("b    c  \td", value);
    expect(http_find_field(&head, "B", &value));
    expect_text("e  f", value);
    expect_hr(WS_E_INVALID_FORMAT, response("HTTP/1.1 200 OK\r\n A: b\r\n\r\n"));
}

static HRESULT find_end(const char *text, struct http_limits limits, ULONG *why)
{
    struct http_search search = {0}, whole = {0};
    size_t length = strlen(text), size = 0, i;
    HRESULT hr = S_OK;

    *why = 0;
    for (i = 1; i <= length && hr == S_OK; i++)
        hr = http_head_find_end(&search, (const BYTE *)text, i, &limits, &size, why, NULL);
    expect_hr(hr, http_head_find_end(&whole, (const BYTE *)text, length, &limits, &size, why, NULL));
    return hr;
}

TEST(limits_hold_before_the_end_has_come)
{
    struct http_limits limits = {10, 2, 30};
    ULONG why;

    ok(find_end("12345678\r\n12345678\r\n12345\r\n\r", limits, &why));
    ok(find_end("12345678\r\n12345678\r\n123456\r\n\r\n", limits, &why));
    expect_hr(WS_E_QUOTA_EXCEEDED, find_end("12345678\r\n12345678\r\n1234567\r\n\r\n", limits, &why));
    expect(why == 431);
    expect_hr(WS_E_QUOTA_EXCEEDED, find_end("12345678901", limits, &why));
    expect(why == 414);
    expect_hr(WS_E_QUOTA_EXCEEDED, find_end("1\r\n12345678901", limits, &why));
    expect(why == 431);
    expect_hr(WS_E_QUOTA_EXCEEDED, find_end("1\r\n2\r\n3\r\n4\r\n", limits, &why));
    expect(why == 431);
    expect_hr(WS_E_QUOTA_EXCEEDED,
              find_end("\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n", limits, &why));
}

TEST(lists_are_separated_by_commas)
{
    struct mime_text list = {(const BYTE *)" ,a b ,, \"c,\\\",\" ,d", 20}, element;

    list.length = strlen((const char *)list.bytes);
    expect(http_next_element(&list, &element));
    expect_text("a b", element);
    expect(http_next_element(&list, &element));
    expect_text("\"c,\\\",\"", element);
    expect(http_next_element(&list, &element));
    expect_text("d", element);
    expect(!http_next_element(&list, &element));
}
