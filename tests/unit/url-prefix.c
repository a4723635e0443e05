/* SPDX-License-Identifier: MIT */
/* The URLs of HTTP listeners, and which one a request is for. */
#include "support/test.h"

#include <stdlib.h>

#include "channel/protocol/url_prefix.h"

static HRESULT parse(const char *text, struct url_prefix **prefix)
{
    WCHAR chars[256];
    WS_STRING url = {(ULONG)strlen(text), chars};
    ULONG i;

    expect(url.length < 256);
    for (i = 0; i < url.length; i++)
        chars[i] = (BYTE)text[i];
    *prefix = NULL;
    return url_prefix_parse(&url, WS_URL_HTTP_SCHEME_TYPE, prefix, NULL);
}

static struct url_prefix *parsed(const char *text)
{
    struct url_prefix *prefix;

    ok(parse(text, &prefix));
    return prefix;
}

static HRESULT result_of(const char *text)
{
    struct url_prefix *prefix;
    HRESULT hr = parse(text, &prefix);

    url_prefix_free(prefix);
    return hr;
}

static struct url_address address_of(const char *text)
{
    struct url_address address;

    url_address_parse((const BYTE *)text, strlen(text), &address);
    return address;
}

/* A request: its memory is cut to size, so that nothing is read beyond it. */
struct request
{
    struct url_target target;
    BYTE *host, *path;
};

static void make_request(struct request *request, const char *host, const char *local, const char *path)
{
    struct url_target *target = &request->target;
    USHORT port = 0;

    memset(request, 0, sizeof(*request));
    expect((request->host = malloc(strlen(host) + !*host)) != NULL);
    expect((request->path = malloc(strlen(path) + !*path)) != NULL);
    memcpy(request->host, host, strlen(host));
    memcpy(request->path, path, strlen(path));
    expect(url_authority_parse(request->host, strlen(host), &target->host, &target->host_length, &target->host_address,
                               &port));
    target->local = address_of(local);
    target->path = request->path;
    target->path_length = url_path_normalize(request->path, strlen(path));
    expect(target->path_length != SIZE_MAX);
}

static bool matches(const char *url, const char *host, const char *local, const char *path)
{
    struct url_prefix *prefix = parsed(url);
    struct request request;
    bool result;

    make_request(&request, host, local, path);
    result = url_prefix_matches(prefix, &request.target);
    free(request.host);
    free(request.path);
    url_prefix_free(prefix);
    return result;
}

/* --- What listeners can be opened with --- */

TEST(prefixes_have_a_kind_a_port_and_a_path)
{
    static const struct
    {
        const char *url;
        enum url_prefix_kind kind;
        USHORT port;
        const char *path;
    } cases[] = {
        {"http://+:8000/a/b", URL_PREFIX_ANY, 8000, "/a/b"},
        {"http://+/example", URL_PREFIX_ANY, 80, "/example"},
        {"http://+/example/", URL_PREFIX_ANY, 80, "/example"},
        {"http://+", URL_PREFIX_ANY, 80, ""},
        {"http://+:/", URL_PREFIX_ANY, 80, ""},
        {"HTTP://*:1/X%41", URL_PREFIX_REST, 1, "/xa"},
        {"http://%2B:65535//", URL_PREFIX_ANY, 65535, ""},
        {"http://Example.COM:80/a/../b/./c", URL_PREFIX_NAME, 80, "/b/c"},
        {"http://127.0.0.1:8080/", URL_PREFIX_ADDRESS, 8080, ""},
        {"http://[::1]:8080/%e4", URL_PREFIX_ADDRESS, 8080, NULL},
        {"http://[::1]/a%2Fb", URL_PREFIX_ADDRESS, 80, "/a%2fb"},
        {"http://127.0.0.1.example/", URL_PREFIX_NAME, 80, ""},
        {"http://+x/", URL_PREFIX_NAME, 80, ""},
    };
    size_t i;

    for (i = 0; i < sizeof(cases) / sizeof(*cases); i++)
    {
        struct url_prefix *prefix;

        if (!cases[i].path)
        {
            expect_hr(WS_E_INVALID_ENDPOINT_URL, result_of(cases[i].url));
            continue;
        }
        prefix = parsed(cases[i].url);
        expect(prefix->kind == cases[i].kind && prefix->port == cases[i].port);
        expect_size(strlen(cases[i].path), prefix->path_length);
        expect(!memcmp(prefix->path, cases[i].path, prefix->path_length));
        url_prefix_free(prefix);
    }
}

TEST(what_no_listener_can_be_opened_with)
{
    static const struct
    {
        const char *url;
        HRESULT hr;
    } cases[] = {
        {"", WS_E_INVALID_ENDPOINT_URL},
        {"http", WS_E_INVALID_ENDPOINT_URL},
        {"http:///a", WS_E_INVALID_ENDPOINT_URL},
        {"http://host:0/", WS_E_INVALID_ENDPOINT_URL},
        {"http://host:65536/", WS_E_INVALID_ENDPOINT_URL},
        {"http://host:+/", WS_E_INVALID_ENDPOINT_URL},
        {"http://user@host/", WS_E_INVALID_ENDPOINT_URL},
        {"http://host/?q", WS_E_INVALID_ENDPOINT_URL},
        {"http://host/#f", WS_E_INVALID_ENDPOINT_URL},
        {"http://host/%00", WS_E_INVALID_ENDPOINT_URL},
        {"http://host/%1f", WS_E_INVALID_ENDPOINT_URL},
        {"http://host/a b", WS_E_INVALID_ENDPOINT_URL},
        {"http://[1::2::3]/", WS_E_INVALID_ENDPOINT_URL},
        {"http://[1.2.3.4]/", S_OK},
        {"http://ho%2Fst/", WS_E_INVALID_ENDPOINT_URL},
        {"http://ho%20st/", WS_E_INVALID_ENDPOINT_URL},
        {"http://ho%3A80/", WS_E_INVALID_ENDPOINT_URL},
        {"ftp://host/", WS_E_INVALID_ENDPOINT_URL},
        {"net.tcp://host/", WS_E_INVALID_ENDPOINT_URL},
        {"https://+:443/", WS_E_INVALID_ENDPOINT_URL},
    };
    size_t i;

    for (i = 0; i < sizeof(cases) / sizeof(*cases); i++)
        expect_hr(cases[i].hr, result_of(cases[i].url));
}

TEST(prefixes_that_are_the_same)
{
    static const struct
    {
        const char *one, *other;
        bool equal;
    } cases[] = {
        {"http://+/a", "http://+:80/A/", true},     {"http://+/a", "http://*/a", false},
        {"http://+/a", "http://+:81/a", false},     {"http://Host/", "http://hOST.", true},
        {"http://host/", "http://host2/", false},   {"http://127.0.0.1/", "http://[::ffff:127.0.0.1]/", true},
        {"http://[0::1]/", "http://[::1]/", true},  {"http://[::2]/", "http://[::1]/", false},
        {"http://+/a/b", "http://+/a/c", false},    {"http://+/a%2fb", "http://+/a/b", false},
        {"http://+/a%2Fb", "http://+/A%2fB", true}, {"http://+/", "http://+", true},
    };
    size_t i;

    for (i = 0; i < sizeof(cases) / sizeof(*cases); i++)
    {
        struct url_prefix *one = parsed(cases[i].one), *other = parsed(cases[i].other);

        expect(url_prefix_equal(one, other) == cases[i].equal && url_prefix_equal(other, one) == cases[i].equal);
        url_prefix_free(one);
        url_prefix_free(other);
    }
}

/* --- What requests match --- */

TEST(hosts_of_requests)
{
    expect(matches("http://+/", "any.host:8000", "10.0.0.1", "/x"));
    expect(matches("http://*/", "", "10.0.0.1", "/"));
    expect(matches("http://example.com/", "EXAMPLE.com", "10.0.0.1", "/"));
    expect(matches("http://example.com/", "example.com.:80", "10.0.0.1", "/"));
    expect(!matches("http://example.com/", "www.example.com", "10.0.0.1", "/"));
    expect(!matches("http://example.com/", "", "10.0.0.1", "/"));
    expect(!matches("http://localhost/", "127.0.0.1", "127.0.0.1", "/"));
    /* By the address that was connected to, not by the header. */
    expect(matches("http://127.0.0.1/", "localhost", "127.0.0.1", "/"));
    expect(matches("http://127.0.0.1/", "localhost", "::ffff:127.0.0.1", "/"));
    expect(!matches("http://127.0.0.1/", "127.0.0.1", "127.0.0.2", "/"));
    expect(matches("http://[::1]/", "[::1]:80", "::1", "/"));
    expect(!matches("http://[::1]/", "[::1]:80", "127.0.0.1", "/"));
}

TEST(paths_of_requests)
{
    expect(matches("http://+/a", "h", "1.2.3.4", "/a"));
    expect(matches("http://+/a", "h", "1.2.3.4", "/A/"));
    expect(matches("http://+/a", "h", "1.2.3.4", "/a/b"));
    expect(matches("http://+/a", "h", "1.2.3.4", "/%61/b"));
    expect(matches("http://+/a", "h", "1.2.3.4", "/x/../a"));
    expect(!matches("http://+/a", "h", "1.2.3.4", "/ab"));
    expect(!matches("http://+/a", "h", "1.2.3.4", "/a/../b"));
    expect(!matches("http://+/a", "h", "1.2.3.4", "/a%2Fb"));
    expect(!matches("http://+/a/b", "h", "1.2.3.4", "/a"));
    expect(!matches("http://+/a/b", "h", "1.2.3.4", "/"));
    expect(matches("http://+/", "h", "1.2.3.4", "/"));
}

/* "Routing Incoming Requests": the kind first, then the longest path. */
TEST(which_of_the_prefixes_that_match)
{
    static const char *const order[] = {
        "http://+/a/b",         "http://+/a",    "http://+/",   "http://host/a/b", "http://host/a",
        "http://127.0.0.1/a/b", "http://[::1]/", "http://*/ab", "http://*/a",      "http://*/",
    };
    const size_t count = sizeof(order) / sizeof(*order);
    size_t i, j;

    for (i = 0; i < count; i++)
        for (j = 0; j < count; j++)
        {
            struct url_prefix *one = parsed(order[i]), *other = parsed(order[j]);

            expect(url_prefix_precedes(one, other) == (i < j && !url_prefix_equal(one, other)));
            url_prefix_free(one);
            url_prefix_free(other);
        }
}

/* --- The parts --- */

TEST(paths_are_normalized)
{
    static const struct
    {
        const char *path, *wanted; /* NULL: refused */
    } cases[] = {
        {"/", ""},
        {"//", ""},
        {"/a", "/a"},
        {"/a/", "/a"},
        {"/a//b", "/a//b"},
        {"/.", ""},
        {"/..", ""},
        {"/../..", ""},
        {"/a/..", ""},
        {"/a/./b/../c", "/a/c"},
        {"/a/%2e%2E/b", "/b"},
        {"/...", "/..."},
        {"/A%5Cb", "/a%5cb"},
        {"/%2f", "/%2f"},
        {"/a%20b", "/a b"},
        {"", NULL},
        {"a", NULL},
        {"*", NULL},
        {"/%", NULL},
        {"/%4", NULL},
        {"/%4g", NULL},
        {"/%00", NULL},
        {"/%7f", NULL},
        {"/%C3%A4", "/\xc3\xa4"},
    };
    size_t i;

    for (i = 0; i < sizeof(cases) / sizeof(*cases); i++)
    {
        size_t length = strlen(cases[i].path);
        BYTE *path = malloc(length + !length);

        expect(path != NULL);
        memcpy(path, cases[i].path, length);
        length = url_path_normalize(path, length);
        if (!cases[i].wanted)
            expect_size(SIZE_MAX, length);
        else
        {
            expect_size(strlen(cases[i].wanted), length);
            expect(!memcmp(path, cases[i].wanted, length));
        }
        free(path);
    }
}

TEST(authorities_are_taken_apart)
{
    static const struct
    {
        const char *text, *host; /* NULL: refused */
        USHORT port;
    } cases[] = {
        {"Host", "host", 7},
        {"host:80", "host", 80},
        {"host:", "host", 7},
        {"", "", 7},
        {":80", "", 80},
        {"[::1]", "[::1]", 7},
        {"[::1]:1", "[::1]", 1},
        {"1.2.3.4:5", "1.2.3.4", 5},
        {"host:65535", "host", 65535},
        {"host:65536", NULL, 0},
        {"host:x", NULL, 0},
        {"a b", NULL, 0},
        {"u@host", NULL, 0},
        {"host/", NULL, 0},
        {"[::1", NULL, 0},
        {"[::1]x", NULL, 0},
        {"[]", NULL, 0},
        {"[x]:80", NULL, 0},
        {"a:b:c", NULL, 0},
        {"::1", NULL, 0},
        {"host.", "host", 7},
        {".", ".", 7},
        {"a\\b", NULL, 0},
    };
    size_t i;

    for (i = 0; i < sizeof(cases) / sizeof(*cases); i++)
    {
        size_t length = strlen(cases[i].text), host_length;
        BYTE *text = malloc(length + !length);
        const BYTE *host;
        struct url_address address;
        USHORT port = 7;

        expect(text != NULL);
        memcpy(text, cases[i].text, length);
        expect(url_authority_parse(text, length, &host, &host_length, &address, &port) == (cases[i].host != NULL));
        if (cases[i].host)
        {
            expect_size(strlen(cases[i].host), host_length);
            expect(!memcmp(host, cases[i].host, host_length) && port == cases[i].port);
        }
        free(text);
    }
}

static bool is_address(const char *text, const char *wanted)
{
    struct url_address address = address_of(text);
    char hex[33] = "";
    size_t i;

    for (i = 0; i < address.length; i++)
        snprintf(hex + 2 * i, 3, "%02x", address.bytes[i]);
    return !strcmp(hex, wanted);
}

TEST(addresses)
{
    static const char *const none[] = {"",
                                       "1",
                                       "1.2.3",
                                       "1.2.3.4.5",
                                       "1.2.3.256",
                                       "01.2.3.4",
                                       "1.2.3.",
                                       "1..2.3",
                                       "1.2.3.4 ",
                                       ":",
                                       ":::",
                                       "1:",
                                       ":1",
                                       "12345::",
                                       "1:2:3:4:5:6:7",
                                       "1:2:3:4:5:6:7:8:9",
                                       "1::2::3",
                                       "1:2:3:4:5:6:7::8",
                                       "::g",
                                       "::1.2.3",
                                       "1:2:3:4:5:6:7:1.2.3.4",
                                       "::1:",
                                       "99999999999.1.1.1"};
    size_t i;

    expect(is_address("127.0.0.1", "7f000001") && is_address("0.0.0.0", "00000000"));
    expect(is_address("::", "00000000000000000000000000000000"));
    expect(is_address("::1", "00000000000000000000000000000001"));
    expect(is_address("FE80::1%eth0", "fe800000000000000000000000000001"));
    expect(is_address("1:2:3:4:5:6:7:8", "00010002000300040005000600070008"));
    expect(is_address("1::8", "00010000000000000000000000000008"));
    expect(is_address("1:2::", "00010002000000000000000000000000"));
    expect(is_address("1:2:3:4:5:6:7::", "00010002000300040005000600070000"));
    expect(is_address("::ffff:1.2.3.4", "01020304"));
    expect(is_address("64:ff9b::1.2.3.4", "0064ff9b000000000000000001020304"));
    for (i = 0; i < sizeof(none) / sizeof(*none); i++)
        expect(is_address(none[i], ""));
}
