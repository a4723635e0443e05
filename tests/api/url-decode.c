/* SPDX-License-Identifier: MIT */
/*
 * WsDecodeUrl: what its page, that of WS_URL_FLAGS and RFC 3986 document, and has been observed on Windows.
 *
 * Source: the pages of WsDecodeUrl and of WS_URL_FLAGS; RFC 3986.
 */
#include "support/url.h"

static void expect_parts(const char *url, ULONG flags, WS_URL_SCHEME_TYPE scheme, const char *host, USHORT port,
                         const char *port_text, const char *path, const char *query, const char *fragment)
{
    WS_HEAP *heap = create_heap(4096);
    const WS_HTTP_URL *parts;
    HRESULT hr = decode_string(ascii(url), flags, heap, &parts);

    if (hr != S_OK)
        test_fail(__FILE__, __LINE__, "%s: 0x%08x", url, (unsigned)hr);
    if (parts->url.scheme != scheme || !wide_is(&parts->host, host) || parts->port != port ||
        !wide_is(&parts->portAsString, port_text) || !wide_is(&parts->path, path) || !wide_is(&parts->query, query) ||
        !wide_is(&parts->fragment, fragment))
        test_fail(__FILE__, __LINE__, "%s: other parts", url);
    WsFreeHeap(heap);
}

static void expect_http(const char *url, const char *host, USHORT port, const char *port_text, const char *path,
                        const char *query, const char *fragment)
{
    expect_parts(url, 0, WS_URL_HTTP_SCHEME_TYPE, host, port, port_text, path, query, fragment);
}

static void expect_path(const char *url, const char *path)
{
    expect_http(url, "h", 80, "", path, "", "");
}

static void expect_no_url(const char *url, ULONG flags)
{
    WS_HEAP *heap = create_heap(4096);
    const WS_HTTP_URL *parts;
    HRESULT hr = decode_string(ascii(url), flags, heap, &parts);

    if (hr != WS_E_INVALID_FORMAT)
        test_fail(__FILE__, __LINE__, "%s: 0x%08x", url, (unsigned)hr);
    WsFreeHeap(heap);
}

TEST(a_url_with_all_its_parts)
{
    expect_http("http://example.org:8080/a/b?c=d&e#f", "example.org", 8080, "8080", "/a/b", "c=d&e", "f");
}

/* Observed on Windows: ? and # may follow the host directly; a colon without a port means the default port. */
TEST(parts_may_be_missing_or_empty)
{
    expect_http("http://h", "h", 80, "", "", "", "");
    expect_http("http://h/", "h", 80, "", "/", "", "");
    expect_http("http://h?", "h", 80, "", "", "", "");
    expect_http("http://h#", "h", 80, "", "", "", "");
    expect_http("http://h/?#", "h", 80, "", "/", "", "");
    expect_http("http://h?q", "h", 80, "", "", "q", "");
    expect_http("http://h#f", "h", 80, "", "", "", "f");
    expect_http("http://h:", "h", 80, "", "", "", "");
    expect_http("http://h:/p", "h", 80, "", "/p", "", "");
}

/* Observed on Windows; older versions refuse net.pipe. */
TEST(schemes_and_their_default_ports)
{
    expect_parts("http://h", 0, WS_URL_HTTP_SCHEME_TYPE, "h", 80, "", "", "", "");
    expect_parts("https://h", 0, WS_URL_HTTPS_SCHEME_TYPE, "h", 443, "", "", "", "");
    expect_parts("net.tcp://h", 0, WS_URL_NETTCP_SCHEME_TYPE, "h", 808, "", "", "", "");
    expect_parts("soap.udp://h", 0, WS_URL_SOAPUDP_SCHEME_TYPE, "h", 0xffff, "", "", "", "");
    expect_parts("net.pipe://h", 0, WS_URL_NETPIPE_SCHEME_TYPE, "h", 0xffff, "", "", "", "");
    expect_parts("net.pipe://h:5/p", 0, WS_URL_NETPIPE_SCHEME_TYPE, "h", 5, "5", "/p", "", "");
    expect_parts("HTTPS://H", 0, WS_URL_HTTPS_SCHEME_TYPE, "H", 443, "", "", "", "");
    expect_parts("Net.Tcp://H:1", 0, WS_URL_NETTCP_SCHEME_TYPE, "H", 1, "1", "", "", "");
}

/* Observed on Windows. */
TEST(other_schemes)
{
    static const char *const urls[] = {"ftp://h/",
                                       "file:///c:/",
                                       "htt://h",
                                       "httpx://h",
                                       "net.tc://h",
                                       "net.tcpp://h",
                                       "net-tcp://h",
                                       "soap.udp",
                                       "://h",
                                       ":",
                                       "",
                                       "h",
                                       "/",
                                       "//h/",
                                       "?",
                                       "#",
                                       "http",
                                       "http:",
                                       "http:/",
                                       "http:h",
                                       "http:/h",
                                       "http:///h",
                                       "http:/h/p",
                                       "http:?",
                                       " http://h",
                                       "ht tp://h",
                                       "mailto:a@b",
                                       "\xef\xbb\xbfhttp://h"};
    size_t i;

    for (i = 0; i < sizeof(urls) / sizeof(urls[0]); i++)
        expect_no_url(urls[i], 0);
}

/* Observed on Windows for 65536. */
TEST(ports)
{
    expect_http("http://h:0/", "h", 0, "0", "/", "", "");
    expect_http("http://h:80", "h", 80, "80", "", "", "");
    expect_http("http://h:65535", "h", 65535, "65535", "", "", "");
    expect_http("http://h:0081", "h", 81, "0081", "", "", "");
    expect_http("http://h:000000000000000000000001?q", "h", 1, "000000000000000000000001", "", "q", "");
    expect_no_url("http://h:65536", 0);
    expect_no_url("http://h:4294967297", 0);
    expect_no_url("http://h:18446744073709551617", 0);
    expect_no_url("http://h:-1", 0);
    expect_no_url("http://h:+1", 0);
    expect_no_url("http://h: 1", 0);
    expect_no_url("http://h:1 ", 0);
    expect_no_url("http://h:0x50", 0);
    expect_no_url("http://h:80a", 0);
    expect_no_url("http://h:%38%30", 0);
    expect_no_url("http://h:1:2", 0);
    expect_no_url("http://h::", 0);
}

/* Observed on Windows. */
TEST(a_host_is_required)
{
    expect_no_url("http://", 0);
    expect_no_url("http:///", 0);
    expect_no_url("http:///p", 0);
    expect_no_url("http://?q", 0);
    expect_no_url("http://#f", 0);
    expect_no_url("http://:80/", 0);
    expect_no_url("http://:/", 0);
    expect_no_url("net.pipe:///p", 0);
}

TEST(hosts)
{
    expect_http("http://127.0.0.1/", "127.0.0.1", 80, "", "/", "", "");
    expect_http("http://a-b.c_d~!$&'()*+,;=/", "a-b.c_d~!$&'()*+,;=", 80, "", "/", "", "");
    expect_http("http://%68%4f%53%74/", "hOSt", 80, "", "/", "", "");
    expect_http("http://a%2Fb%40c%3A1/", "a/b@c:1", 80, "", "/", "", ""); /* as escaped, these do not divide */
    expect_no_url("http://a b/", 0);
    expect_no_url("http://a\\b/", 0);
    expect_no_url("http://a%00b/", 0);
    expect_no_url("http://%/", 0);
    expect_no_url("http://a]/", 0);
    expect_no_url("http://a[b]/", 0);
}

TEST(a_user_name_is_refused)
{
    expect_no_url("http://user@h/", 0);
    expect_no_url("http://user:password@h:80/", 0);
    expect_no_url("http://@h/", 0);
    expect_no_url("http://h@/", 0);
    expect_http("http://h/a@b?c@d#e@f", "h", 80, "", "/a@b", "c@d", "e@f");
}

/* Observed on Windows: the brackets stay. */
TEST(addresses_in_brackets)
{
    expect_http("http://[::1]", "[::1]", 80, "", "", "", "");
    expect_parts("net.tcp://[::1]:1", 0, WS_URL_NETTCP_SCHEME_TYPE, "[::1]", 1, "1", "", "", "");
    expect_http("http://[::1]:8080/p", "[::1]", 8080, "8080", "/p", "", "");
    expect_http("http://[::1]:?q", "[::1]", 80, "", "", "q", "");
    expect_http("http://[FE80::1%25eth0]/", "[FE80::1%25eth0]", 80, "", "/", "", "");
    expect_http("http://[fe80::1%3]/", "[fe80::1%3]", 80, "", "/", "", "");
    expect_http("http://[v7.a:b]/", "[v7.a:b]", 80, "", "/", "", "");
    expect_http("http://[nonsense]/", "[nonsense]", 80, "", "/", "", ""); /* as the page says */
}

TEST(brackets_that_are_refused)
{
    expect_no_url("http://[]", 0);
    expect_no_url("http://[", 0);
    expect_no_url("http://[::1", 0);
    expect_no_url("http://[::1/]", 0);
    expect_no_url("http://[::1]80", 0);
    expect_no_url("http://[::1]h", 0);
    expect_no_url("http://[::1]]", 0);
    expect_no_url("http://[[::1]]", 0);
    expect_no_url("http://[a b]", 0);
    expect_no_url("http://[ ab]", 0);
    expect_no_url("http://[ab ]", 0);
    expect_no_url("http://[a@b]", 0);
    expect_no_url("http://[::1]:65536", 0);
    expect_no_url("http://::1/", 0);
}

TEST(wildcard_hosts)
{
    expect_no_url("http://+:80/", 0);
    expect_no_url("http://*:80/", 0);
    expect_no_url("http://+", NO_COLLAPSE | ZERO_TERMINATE);
    expect_no_url("http://%2B/", 0);
    expect_no_url("http://%2a/", 0);
    expect_parts("http://+:80/x", WILDCARDS, WS_URL_HTTP_SCHEME_TYPE, "+", 80, "80", "/x", "", "");
    expect_parts("https://*/", WILDCARDS, WS_URL_HTTPS_SCHEME_TYPE, "*", 443, "", "/", "", "");
    expect_parts("http://h/", WILDCARDS, WS_URL_HTTP_SCHEME_TYPE, "h", 80, "", "/", "", "");
    expect_no_url("http://", WILDCARDS);
}

/* Observed on Windows. */
TEST(escapes)
{
    expect_http("http://h/a%20b%2fc?%3D%26%25#%23", "h", 80, "", "/a b/c", "=&%", "#");
    expect_http("http://h/%41%6a%4A", "h", 80, "", "/AjJ", "", "");
    expect_http("http://h/a+b?c+d", "h", 80, "", "/a+b", "c+d", ""); /* a plus is no space */
    expect_http("http://h/%2541", "h", 80, "", "/%41", "", "");      /* once */
}

TEST(escapes_that_are_refused)
{
    static const char *const urls[] = {"http://h/%",      "http://h/%4",  "http://h/%%41", "http://h/%4g",
                                       "http://h/%g4",    "http://h/%-1", "http://h/% 1",  "http://h/%x41",
                                       "http://h/%u0041", "http://h?%",   "http://h#%4",   "http://h/%4/1",
                                       "http://h/%#41"};
    size_t i;

    for (i = 0; i < sizeof(urls) / sizeof(urls[0]); i++)
        expect_no_url(urls[i], 0);
}

/* Observed on Windows: in every part. */
TEST(escaped_utf8)
{
    WS_HEAP *heap = create_heap(4096);
    const WS_HTTP_URL *parts;

    expect_hr(S_OK, decode_string(ascii("http://%C3%A4/%e4%b8%ad?%F0%9F%98%80#%EF%BF%BF"), 0, heap, &parts));
    expect(wide_is16(&parts->host, u"\u00e4"));
    expect(wide_is16(&parts->path, u"/\u4e2d"));
    expect(wide_is16(&parts->query, u"\U0001f600"));
    expect(wide_is16(&parts->fragment, u"\uffff"));
    WsFreeHeap(heap);
}

TEST(an_escaped_zero)
{
    WS_HEAP *heap = create_heap(4096);
    const WS_HTTP_URL *parts;

    expect_hr(S_OK, decode_string(ascii("http://h/%00?%00a"), 0, heap, &parts));
    expect_size(2, parts->path.length);
    expect(!parts->path.chars[1]);
    expect_size(2, parts->query.length);
    WsFreeHeap(heap);
}

TEST(escapes_that_are_no_utf8)
{
    static const char *const escapes[] = {
        "%80",          "%C3",       "%C3a",      "%C3%41", "%C3%C3",  "%C0%80",       "%C1%BF",
        "%E0%80%80",    "%ED%A0%80", "%ED%BF%BF", "%E4%B8", "%E4%B8%", "%F4%90%80%80", "%F5%80%80%80",
        "%F0%80%80%80", "%F0%9F%98", "%FF",       "%FE%FF", "%C3/%A4",
    };
    char url[64];
    size_t i;

    for (i = 0; i < sizeof(escapes) / sizeof(escapes[0]); i++)
    {
        snprintf(url, sizeof(url), "http://h/%s", escapes[i]);
        expect_no_url(url, 0);
        snprintf(url, sizeof(url), "http://a%s/", escapes[i]);
        expect_no_url(url, 0);
        snprintf(url, sizeof(url), "http://h?%sb", escapes[i]);
        expect_no_url(url, 0);
        snprintf(url, sizeof(url), "http://h#%s", escapes[i]);
        expect_no_url(url, 0);
    }
}

/* All 128, in each part. */
TEST(which_characters_need_an_escape)
{
    static const char unreserved[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~!$&'()*+,;=";
    char url[32];
    int c;

    for (c = 1; c < 128; c++)
    {
        bool anywhere = strchr(unreserved, c) != NULL;

        snprintf(url, sizeof(url), "http://h/%ca", c);
        if (anywhere || strchr(":@/?#", c))
        {
            WS_HEAP *heap = create_heap(4096);
            const WS_HTTP_URL *parts;

            expect_hr(S_OK, decode_string(ascii(url), NO_COLLAPSE, heap, &parts));
            WsFreeHeap(heap);
        }
        else
            expect_no_url(url, 0);
        if (!anywhere && c != ':' && c != '/' && c != '?' && c != '#')
        {
            snprintf(url, sizeof(url), "http://h%ca/", c);
            expect_no_url(url, 0);
        }
        if (!anywhere && !strchr(":@/?#", c))
        {
            snprintf(url, sizeof(url), "http://h/?%ca", c);
            expect_no_url(url, 0);
            snprintf(url, sizeof(url), "http://h/#%ca", c);
            expect_no_url(url, 0);
        }
    }
    expect_no_url("http://h/##", 0);
}

/* A pair of surrogates is named as the character that it is. */
TEST(the_sentence_about_a_character_above_ascii)
{
    WS_HEAP *heap = create_heap(4096);
    WS_ERROR *error = create_error();
    WS_STRING url = utf16(u"http://h/\U0001f600");
    WS_URL *decoded;

    expect_hr(WS_E_INVALID_FORMAT, WsDecodeUrl(&url, 0, heap, &decoded, error));
    expect(says_exactly(error,
                        "The URL has the character U+1F600 in its path, at position 9, where it has to be escaped."));
    free(url.chars);
    WsFreeError(error);
    WsFreeHeap(heap);
}

TEST(characters_above_ascii_need_an_escape)
{
    static const uint16_t chars[] = {0x80,   0xe4,   0xff,   0x100,  0x141,  0x2f00,
                                     0x3141, 0xd800, 0xdc00, 0xfeff, 0xff0f, 0xffff};
    uint16_t url[] = u"http://h/?";
    WS_HEAP *heap = create_heap(4096);
    const WS_HTTP_URL *parts;
    size_t i;

    for (i = 0; i < sizeof(chars) / sizeof(chars[0]); i++)
    {
        url[9] = chars[i];
        expect_hr(WS_E_INVALID_FORMAT, decode_string(utf16(url), 0, heap, &parts));
        url[8] = chars[i]; /* in the host */
        expect_hr(WS_E_INVALID_FORMAT, decode_string(utf16(url), 0, heap, &parts));
        url[8] = '/';
        url[3] = chars[i]; /* in the scheme */
        expect_hr(WS_E_INVALID_FORMAT, decode_string(utf16(url), 0, heap, &parts));
        url[3] = 'p';
    }
    WsFreeHeap(heap);
}

TEST(paths_are_collapsed)
{
    expect_path("http://h/a/./b", "/a/b");
    expect_path("http://h/a/../b", "/b");
    expect_path("http://h/a/b/..", "/a/");
    expect_path("http://h/a/b/../", "/a/");
    expect_path("http://h/a/.", "/a/");
    expect_path("http://h/.", "/");
    expect_path("http://h/..", "/");
    expect_path("http://h/../../a", "/a");
    expect_path("http://h/a/b/c/./../../g", "/a/g");
    expect_path("http://h/a//../b", "/a/b");
    expect_path("http://h//..", "/");
    expect_path("http://h//../..//a", "//a");
    expect_path("http://h/...", "/...");
    expect_path("http://h/a../.b/..c/d.", "/a../.b/..c/d.");
    expect_path("http://h/a;x=1/../b", "/b");
    expect_http("http://h/a/../b?c/../d#e/../f", "h", 80, "", "/b", "c/../d", "e/../f");
}

/* However they are written. */
TEST(escaped_dots_are_collapsed)
{
    expect_path("http://h/a/%2e%2E/b", "/b");
    expect_path("http://h/a/.%2e/b", "/b");
    expect_path("http://h/a/%2e/b", "/a/b");
    expect_path("http://h/a%2f../b", "/b");
    expect_path("http://h/a%2F%2E%2E%2Fb", "/b");
    expect_path("http://h/a/%252e%252e/b", "/a/%2e%2e/b");
}

TEST(paths_are_left_alone_on_request)
{
    expect_parts("http://h/a/../b/./c", NO_COLLAPSE, WS_URL_HTTP_SCHEME_TYPE, "h", 80, "", "/a/../b/./c", "", "");
    expect_parts("http://h/%2e%2e", NO_COLLAPSE, WS_URL_HTTP_SCHEME_TYPE, "h", 80, "", "/..", "", "");
}

TEST(zero_termination_means_nothing_to_WsDecodeUrl)
{
    expect_parts("http://h/p", ZERO_TERMINATE, WS_URL_HTTP_SCHEME_TYPE, "h", 80, "", "/p", "", "");
}

TEST(WsDecodeUrl_refuses)
{
    WS_HEAP *heap = create_heap(4096), *freed = create_heap(64);
    WS_ERROR *error = create_error();
    WS_STRING url = ascii("http://h/"), missing = {3, NULL}, null = {0, NULL};
    WS_URL *decoded = UNTOUCHED_POINTER;

    WsFreeHeap(freed);
    expect_hr(E_INVALIDARG, WsDecodeUrl(NULL, 0, heap, &decoded, error));
    expect_hr(E_INVALIDARG, WsDecodeUrl(&missing, 0, heap, &decoded, error));
    expect_hr(E_INVALIDARG, WsDecodeUrl(&url, 0, NULL, &decoded, error));
    expect_hr(E_INVALIDARG, WsDecodeUrl(&url, 0, freed, &decoded, error));
    expect_hr(E_INVALIDARG, WsDecodeUrl(&url, 0, (WS_HEAP *)error, &decoded, error));
    expect_hr(E_INVALIDARG, WsDecodeUrl(&url, 0, heap, NULL, error));
    expect_hr(E_INVALIDARG, WsDecodeUrl(&url, 8, heap, &decoded, error));
    expect_hr(E_INVALIDARG, WsDecodeUrl(&url, 0x80000001u, heap, &decoded, error));
    expect_hr(WS_E_INVALID_FORMAT, WsDecodeUrl(&null, 0, heap, &decoded, error));
    expect(decoded == UNTOUCHED_POINTER);
    expect_size(9, sentence_count(error));
    expect_size(0, requested(heap));
    expect_hr(E_INVALIDARG, WsDecodeUrl(NULL, 0, heap, NULL, NULL));
    free(url.chars);
    WsFreeError(error);
    WsFreeHeap(heap);
}

/* Our choice: what is wrong with the arguments comes before what is wrong with the URL, and that before the quota. */
TEST(what_WsDecodeUrl_looks_at_first)
{
    WS_HEAP *heap = create_heap(0);
    WS_STRING url = ascii("none"), valid = ascii("http://h/");
    WS_URL *decoded = UNTOUCHED_POINTER;

    expect_hr(E_INVALIDARG, WsDecodeUrl(&url, 0, NULL, &decoded, NULL));
    expect_hr(E_INVALIDARG, WsDecodeUrl(&url, 8, heap, &decoded, NULL));
    expect_hr(E_INVALIDARG, WsDecodeUrl(&url, 0, heap, NULL, NULL));
    expect_hr(WS_E_INVALID_FORMAT, WsDecodeUrl(&url, 0, heap, &decoded, NULL));
    expect_hr(WS_E_QUOTA_EXCEEDED, WsDecodeUrl(&valid, 0, heap, &decoded, NULL));
    expect(decoded == UNTOUCHED_POINTER);
    free(url.chars);
    free(valid.chars);
    WsFreeHeap(heap);
}

/* Our choice: how much memory it is. */
TEST(a_decoded_url_counts_against_the_quota)
{
    WS_HEAP *heap = create_heap(4096), *exact, *tight;
    const WS_HTTP_URL *parts;
    WS_STRING url = ascii("http://h:81/p%20q?r#s");
    WS_URL *decoded = UNTOUCHED_POINTER;
    SIZE_T size;

    expect_hr(S_OK, decode_string(ascii("http://h:81/p%20q?r#s"), 0, heap, &parts));
    size = requested(heap);
    expect_size(sizeof(WS_HTTP_URL) + 9 * sizeof(WCHAR), size);
    exact = create_heap(size);
    tight = create_heap(size - 1);
    expect_hr(WS_E_QUOTA_EXCEEDED, WsDecodeUrl(&url, 0, tight, &decoded, NULL));
    expect(decoded == UNTOUCHED_POINTER);
    expect_hr(S_OK, WsDecodeUrl(&url, 0, exact, &decoded, NULL));
    free(url.chars);
    WsFreeHeap(heap);
    WsFreeHeap(exact);
    WsFreeHeap(tight);
}

TEST(what_is_wrong_with_a_url)
{
    static const struct
    {
        const char *url, *sentence;
    } cases[] = {
        {"ftp://h/", "The URL has the scheme \"ftp\"; only http, https, net.tcp, soap.udp and net.pipe are supported."},
        {"path", "The URL, of 4 characters, does not begin with a scheme."},
        {"http:/p", "The URL has no // and host after its scheme, at position 5."},
        {"http:///p", "The URL has no host."},
        {"http://u@h", "The URL has a user name before its host, up to position 8, which is not supported."},
        {"http://h:x", "The URL has a port, at position 9, that is not a number from 0 to 65535."},
        {"http://h/a b", "The URL has the character U+0020 in its path, at position 10, where it has to be escaped."},
        {"http://h/%4", "The URL has a % in its path, at position 9, without two hexadecimal digits after it."},
        {"http://h?%FF",
         "The URL has an escape in its query, at position 9, that does not begin a character in UTF-8."},
        {"http://+/", "The URL has the wildcard + for a host, which WS_URL_FLAGS_ALLOW_HOST_WILDCARDS would allow."},
        {"http://%2A/", "The URL has the wildcard * for a host, which WS_URL_FLAGS_ALLOW_HOST_WILDCARDS would allow."},
    };
    WS_HEAP *heap = create_heap(4096);
    WS_ERROR *error = create_error();
    size_t i;

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
    {
        WS_STRING url = ascii(cases[i].url);
        WS_URL *decoded;

        expect_hr(WS_E_INVALID_FORMAT, WsDecodeUrl(&url, 0, heap, &decoded, error));
        if (!says_exactly(error, cases[i].sentence))
            test_fail(__FILE__, __LINE__, "another sentence about %s", cases[i].url);
        free(url.chars);
    }
    WsFreeError(error);
    WsFreeHeap(heap);
}
