/* SPDX-License-Identifier: MIT */
/*
 * WsEncodeUrl: what its page, that of WS_URL_FLAGS and RFC 3986 document, and has been observed on Windows.
 *
 * Source: the pages of WsEncodeUrl and of WS_URL_FLAGS; RFC 3986.
 */
#include "support/url.h"

struct parts
{
    WS_URL_SCHEME_TYPE scheme;
    const void *host;
    USHORT port;
    const void *port_text, *path, *query, *fragment;
};

static WS_HTTP_URL make(const struct parts *parts)
{
    WS_HTTP_URL url = {{parts->scheme},
                       utf16(parts->host ? parts->host : u""),
                       parts->port,
                       utf16(parts->port_text ? parts->port_text : u""),
                       utf16(parts->path ? parts->path : u""),
                       utf16(parts->query ? parts->query : u""),
                       utf16(parts->fragment ? parts->fragment : u"")};

    return url;
}

static void free_parts(WS_HTTP_URL *url)
{
    free(url->host.chars);
    free(url->portAsString.chars);
    free(url->path.chars);
    free(url->query.chars);
    free(url->fragment.chars);
}

static HRESULT encode(const struct parts *parts, ULONG flags, WS_HEAP *heap, WS_STRING *encoded)
{
    WS_HTTP_URL url = make(parts);
    WS_ERROR *error = create_error();
    SIZE_T before = requested(heap);
    HRESULT hr;

    encoded->length = 0x5a5a;
    encoded->chars = UNTOUCHED_POINTER;
    hr = WsEncodeUrl(&url.url, flags, heap, encoded, error);
    expect_size(FAILED(hr), sentence_count(error));
    if (FAILED(hr))
        expect(encoded->length == 0x5a5a && encoded->chars == UNTOUCHED_POINTER);
    expect_size(before + (FAILED(hr) ? 0 : encoded->length * sizeof(WCHAR)), requested(heap));
    WsFreeError(error);
    free_parts(&url);
    return hr;
}

#define expect_encoded(text, ...) expect_encoded_at(__LINE__, text, &(struct parts){__VA_ARGS__})

static void expect_encoded_at(int line, const char *text, const struct parts *parts)
{
    WS_HEAP *heap = create_heap(65536);
    WS_STRING encoded;
    HRESULT hr = encode(parts, 0, heap, &encoded);

    if (hr != S_OK)
        test_fail(__FILE__, line, "%s: 0x%08x", text, (unsigned)hr);
    if (!wide_is(&encoded, text))
        test_fail(__FILE__, line, "not %s", text);
    WsFreeHeap(heap);
}

#define expect_not_encoded(wanted, ...) expect_not_encoded_at(__LINE__, wanted, &(struct parts){__VA_ARGS__})

static void expect_not_encoded_at(int line, HRESULT wanted, const struct parts *parts)
{
    WS_HEAP *heap = create_heap(65536);
    WS_STRING encoded;
    HRESULT hr = encode(parts, 0, heap, &encoded);

    if (hr != wanted)
        test_fail(__FILE__, line, "0x%08x, not 0x%08x", (unsigned)hr, (unsigned)wanted);
    WsFreeHeap(heap);
}

TEST(parts_are_put_together)
{
    expect_encoded("http://h", .host = u"h");
    expect_encoded("https://h/", .scheme = WS_URL_HTTPS_SCHEME_TYPE, .host = u"h", .path = u"/");
    expect_encoded("net.tcp://h:1/p?q#f", .scheme = WS_URL_NETTCP_SCHEME_TYPE, .host = u"h", .port = 1, .path = u"/p",
                   .query = u"q", .fragment = u"f");
    expect_encoded("soap.udp://H?q", .scheme = WS_URL_SOAPUDP_SCHEME_TYPE, .host = u"H", .query = u"q");
    expect_encoded("net.pipe://h#f", .scheme = WS_URL_NETPIPE_SCHEME_TYPE, .host = u"h", .fragment = u"f");
    expect_encoded("http://+/", .host = u"+", .path = u"/");
    expect_encoded("http://*:1", .host = u"*", .port = 1);
}

/* Observed on Windows: any part may be missing. */
TEST(a_url_of_some_parts)
{
    expect_encoded("http://", .host = u"");
    expect_encoded("http:///d", .path = u"/d");
    expect_encoded("http://?q", .query = u"q");
    expect_encoded("http://#f", .fragment = u"f");
    expect_encoded("http://:8081", .port = 8081);
    expect_encoded("http://:8081", .port_text = u"8081");
    expect_encoded("http://:8081", .port = 8081, .port_text = u"8081");
    expect_not_encoded(E_INVALIDARG, .port = 8082, .port_text = u"8081");
    expect_not_encoded(WS_E_INVALID_FORMAT, .port_text = u"70000");
    expect_encoded("http://", .port = 80);
    expect_encoded("http:///d%20e", .path = u"/d e");
    expect_encoded("http://?d%20e", .query = u"d e");
    expect_encoded("http://#d%20e", .fragment = u"d e");
    expect_encoded("http://h", .host = u"h");
    expect_encoded("http://h%20e", .host = u"h e");
    expect_encoded("http://h:8081/d?q#f", .host = u"h", .port_text = u"8081", .path = u"/d", .query = u"q",
                   .fragment = u"f");
    expect_encoded("net.pipe:///p", .scheme = WS_URL_NETPIPE_SCHEME_TYPE, .path = u"/p"); /* of every scheme */
}

TEST(which_port_is_written)
{
    expect_encoded("http://h", .host = u"h", .port = 80);
    expect_encoded("http://h:443", .host = u"h", .port = 443);
    expect_encoded("https://h", .scheme = WS_URL_HTTPS_SCHEME_TYPE, .host = u"h", .port = 443);
    expect_encoded("net.tcp://h", .scheme = WS_URL_NETTCP_SCHEME_TYPE, .host = u"h", .port = 808);
    expect_encoded("soap.udp://h", .scheme = WS_URL_SOAPUDP_SCHEME_TYPE, .host = u"h", .port = 0xffff);
    expect_encoded("net.pipe://h", .scheme = WS_URL_NETPIPE_SCHEME_TYPE, .host = u"h", .port = 0xffff);
    expect_encoded("http://h:65535", .host = u"h", .port = 0xffff);
    expect_encoded("http://h:80", .host = u"h", .port = 80, .port_text = u"80");
    expect_encoded("http://h:81", .host = u"h", .port_text = u"81");
    expect_encoded("http://h:0081", .host = u"h", .port = 81, .port_text = u"0081");
    expect_encoded("http://h:0", .host = u"h", .port_text = u"0");
}

TEST(ports_that_are_refused)
{
    expect_not_encoded(E_INVALIDARG, .host = u"h", .port = 81, .port_text = u"80");
    expect_not_encoded(E_INVALIDARG, .host = u"h", .port = 80, .port_text = u"0");
    expect_not_encoded(WS_E_INVALID_FORMAT, .host = u"h", .port_text = u"65536");
    expect_not_encoded(WS_E_INVALID_FORMAT, .host = u"h", .port = 80, .port_text = u"http");
    expect_not_encoded(WS_E_INVALID_FORMAT, .host = u"h", .port = 80, .port_text = u" 80");
    expect_not_encoded(WS_E_INVALID_FORMAT, .host = u"h", .port = 1, .port_text = u"4294967297");
    expect_not_encoded(WS_E_INVALID_FORMAT, .host = u"h", .port = 80, .port_text = u"80/evil");
    expect_not_encoded(WS_E_INVALID_FORMAT, .host = u"h", .port_text = u"\u0661");
}

TEST(what_is_escaped)
{
    expect_encoded("http://h/a%20b%3Fc%23d%25e%5B%5D", .host = u"h", .path = u"/a b?c#d%e[]");
    expect_encoded("http://h?a%20b?c%23d%25e/:@", .host = u"h", .query = u"a b?c#d%e/:@");
    expect_encoded("http://h#a%20b?c%23d%25e", .host = u"h", .fragment = u"a b?c#d%e");
    expect_encoded("http://a%2Fb%40c%3A1%3F%23%25/", .host = u"a/b@c:1?#%", .path = u"/");
    expect_encoded("http://h/%C3%A4%E4%B8%AD%F0%9F%98%80%EF%BF%BF%DF%BF%7F", .host = u"h",
                   .path = u"/\u00e4\u4e2d\U0001f600\uffff\u07ff\x7f");
    expect_encoded("http://h/%C2%80%E0%A0%80%F0%90%80%80", .host = u"h", .path = u"/\x80\u0800\U00010000");
    expect_encoded("http://%C3%A4.de", .host = u"\u00e4.de");
    expect_encoded("http://h/%2541", .host = u"h", .path = u"/%41");
    expect_encoded("http://h/../a/./b", .host = u"h", .path = u"/../a/./b");
    expect_encoded("http://h/-._~!$&'()*+,;=:@", .host = u"h", .path = u"/-._~!$&'()*+,;=:@");
    expect_encoded("http://h/%0D%0AHost:%20x", .host = u"h", .path = u"/\r\nHost: x");
}

TEST(brackets_of_hosts)
{
    expect_encoded("http://[::1]:1/", .host = u"[::1]", .port = 1, .path = u"/");
    expect_encoded("http://[fe80::1%25eth0]", .host = u"[fe80::1%25eth0]");
    expect_encoded("http://%3A%3A1", .host = u"::1");
    expect_encoded("http://%5B%5D", .host = u"[]");
    expect_encoded("http://%5B", .host = u"[");
    expect_encoded("http://%5B%3A%3A1", .host = u"[::1");
    expect_encoded("http://%5B1%2F%5D", .host = u"[1/]");
    expect_encoded("http://%5B%201%5D", .host = u"[ 1]");
}

TEST(parts_that_are_refused)
{
    static const WCHAR lone[][3] = {{'/', 0xd800, 0}, {'/', 0xdc00, 0}, {'/', 0xd800, 'a'}, {'/', 0xdc00, 0xd800}};
    WS_HEAP *heap = create_heap(4096);
    size_t i;
    int part;

    expect_not_encoded(WS_E_INVALID_FORMAT, .host = u"h", .path = u"p");
    expect_not_encoded(WS_E_INVALID_FORMAT, .scheme = (WS_URL_SCHEME_TYPE)5, .host = u"h");
    expect_not_encoded(WS_E_INVALID_FORMAT, .scheme = (WS_URL_SCHEME_TYPE)-1, .host = u"h");
    for (i = 0; i < sizeof(lone) / sizeof(lone[0]); i++)
        for (part = 0; part < 4; part++)
        {
            WCHAR chars[3];
            WS_STRING bad = {lone[i][2] ? 3 : 2, chars}, host = {1, chars}, out = {7, UNTOUCHED_POINTER};
            WS_HTTP_URL url = {{WS_URL_HTTP_SCHEME_TYPE}, host, 0, {0, NULL}, {0, NULL}, {0, NULL}, {0, NULL}};

            memcpy(chars, lone[i], sizeof(chars));
            *(part == 0 ? &url.host : part == 1 ? &url.path : part == 2 ? &url.query : &url.fragment) = bad;
            expect_hr(WS_E_INVALID_FORMAT, WsEncodeUrl(&url.url, 0, heap, &out, NULL));
            expect(out.length == 7 && out.chars == UNTOUCHED_POINTER);
        }
    {
        WCHAR chars[] = {'a', 0};
        WS_STRING out = {7, NULL};
        WS_HTTP_URL url = {{WS_URL_HTTP_SCHEME_TYPE}, {2, chars}, 0, {0, NULL}, {0, NULL}, {0, NULL}, {0, NULL}};

        expect_hr(WS_E_INVALID_FORMAT, WsEncodeUrl(&url.url, 0, heap, &out, NULL));
    }
    expect_size(0, requested(heap));
    WsFreeHeap(heap);
}

TEST(zero_termination)
{
    WS_HEAP *heap = create_heap(4096);
    const struct parts parts = {.host = u"h", .path = u"/p"};
    WS_STRING encoded;

    expect_hr(S_OK, encode(&parts, ZERO_TERMINATE, heap, &encoded));
    expect_size(11, encoded.length); /* with the zero, as documented */
    expect(!encoded.chars[10]);
    encoded.length--;
    expect(wide_is(&encoded, "http://h/p"));
    expect_hr(S_OK, encode(&parts, WILDCARDS | NO_COLLAPSE, heap, &encoded)); /* without effect */
    expect(wide_is(&encoded, "http://h/p"));
    WsFreeHeap(heap);
}

/* Observed on Windows for NULL. */
TEST(WsEncodeUrl_refuses)
{
    static const size_t offsets[] = {offsetof(WS_HTTP_URL, host), offsetof(WS_HTTP_URL, portAsString),
                                     offsetof(WS_HTTP_URL, path), offsetof(WS_HTTP_URL, query),
                                     offsetof(WS_HTTP_URL, fragment)};
    WS_HEAP *heap = create_heap(4096);
    WS_ERROR *error = create_error();
    const struct parts parts = {.host = u"h", .path = u"/p"};
    WS_HTTP_URL url = make(&parts), broken;
    WS_STRING out = {7, UNTOUCHED_POINTER}, missing = {1, NULL};
    size_t i;

    expect_hr(E_INVALIDARG, WsEncodeUrl(NULL, 0, heap, &out, error));
    expect_hr(E_INVALIDARG, WsEncodeUrl(&url.url, 0, NULL, &out, error));
    expect_hr(E_INVALIDARG, WsEncodeUrl(&url.url, 0, (WS_HEAP *)error, &out, error));
    expect_hr(E_INVALIDARG, WsEncodeUrl(&url.url, 0, heap, NULL, error));
    expect_hr(E_INVALIDARG, WsEncodeUrl(&url.url, 16, heap, &out, error));
    expect_size(5, sentence_count(error));
    for (i = 0; i < sizeof(offsets) / sizeof(offsets[0]); i++)
    {
        broken = url;
        memcpy((char *)&broken + offsets[i], &missing, sizeof(missing));
        expect_hr(E_INVALIDARG, WsEncodeUrl(&broken.url, 0, heap, &out, error));
    }
    expect_size(10, sentence_count(error));
    expect(out.length == 7 && out.chars == UNTOUCHED_POINTER);
    free_parts(&url);
    WsFreeError(error);
    WsFreeHeap(heap);
}

/* Our choice, as for WsDecodeUrl; and the scheme, which says what the structure is, before what is in the structure. */
TEST(what_WsEncodeUrl_looks_at_first)
{
    WS_HEAP *heap = create_heap(0);
    WCHAR chars[] = {'p'};
    WS_HTTP_URL url = {{(WS_URL_SCHEME_TYPE)5}, {1, NULL}, 81, {1, chars}, {1, chars}, {0, NULL}, {0, NULL}};
    WS_STRING out = {7, UNTOUCHED_POINTER};

    expect_hr(E_INVALIDARG, WsEncodeUrl(&url.url, 0, NULL, &out, NULL));
    expect_hr(E_INVALIDARG, WsEncodeUrl(&url.url, 16, heap, &out, NULL));
    expect_hr(E_INVALIDARG, WsEncodeUrl(&url.url, 0, heap, NULL, NULL));
    expect_hr(WS_E_INVALID_FORMAT, WsEncodeUrl(&url.url, 0, heap, &out, NULL));
    url.url.scheme = WS_URL_HTTP_SCHEME_TYPE;
    expect_hr(E_INVALIDARG, WsEncodeUrl(&url.url, 0, heap, &out, NULL)); /* the host is at NULL */
    url.host.chars = chars;
    expect_hr(WS_E_INVALID_FORMAT, WsEncodeUrl(&url.url, 0, heap, &out, NULL)); /* the port is "p" */
    url.portAsString.length = 0;
    expect_hr(WS_E_INVALID_FORMAT, WsEncodeUrl(&url.url, 0, heap, &out, NULL)); /* the path has no slash */
    url.path.length = 0;
    expect_hr(WS_E_QUOTA_EXCEEDED, WsEncodeUrl(&url.url, 0, heap, &out, NULL));
    expect(out.length == 7 && out.chars == UNTOUCHED_POINTER);
    WsFreeHeap(heap);
}

TEST(an_encoded_url_counts_against_the_quota)
{
    WS_HEAP *exact = create_heap(10 * sizeof(WCHAR)), *tight = create_heap(10 * sizeof(WCHAR) - 1);
    const struct parts parts = {.host = u"h", .path = u"/p"};
    WS_STRING encoded;

    expect_hr(WS_E_QUOTA_EXCEEDED, encode(&parts, 0, tight, &encoded));
    expect_hr(S_OK, encode(&parts, 0, exact, &encoded));
    WsFreeHeap(exact);
    WsFreeHeap(tight);
}

TEST(what_was_decoded_is_encoded_the_same)
{
    static const char *const urls[] = {
        "http://h",
        "http://h/",
        "http://h:80/",
        "https://h:0081/a%20b?c=d&e=%25#f?",
        "net.tcp://[::1]:808/x",
        "net.pipe://localhost/p",
        "soap.udp://%C3%A4:65535",
        "http://h//a//b/?=",
        "http://h/%E4%B8%AD%F0%9F%98%80",
        "http://%5B%3A%2F%5D/",
        "http://h/%00",
    };
    size_t i;

    for (i = 0; i < sizeof(urls) / sizeof(urls[0]); i++)
    {
        WS_HEAP *heap = create_heap(4096);
        const WS_HTTP_URL *parts;
        WS_STRING encoded;

        expect_hr(S_OK, decode_string(ascii(urls[i]), 0, heap, &parts));
        expect_hr(S_OK, WsEncodeUrl(&parts->url, 0, heap, &encoded, NULL));
        if (!wide_is(&encoded, urls[i]))
            test_fail(__FILE__, __LINE__, "%s becomes another one", urls[i]);
        WsFreeHeap(heap);
    }
}
