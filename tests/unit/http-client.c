/* SPDX-License-Identifier: MIT */
/* What an HTTP client decides without a connection: where a URL leads, through which proxy, with which cookies. */
#define _POSIX_C_SOURCE 200112L /* setenv() */
#include "support/test.h"

#include "channel/http/http_cookies.h"
#include "channel/http/http_proxy.h"

#include <stdlib.h>

static WS_STRING wide(const char *text)
{
    static WCHAR chars[4][400];
    static int next;
    WS_STRING string = {0, chars[next++ % 4]};

    for (; text[string.length]; string.length++)
        string.chars[string.length] = (BYTE)text[string.length];
    return string;
}

static struct http_target make(const char *text)
{
    struct http_target target = {.memory = NULL};
    WS_STRING url = wide(text);

    ok(http_target_make(&target, &url, NULL));
    return target;
}

static void expect_text(const char *wanted, struct mime_text text)
{
    if (text.length != strlen(wanted) || memcmp(text.bytes, wanted, text.length) != 0)
        test_fail(__FILE__, __LINE__, "\"%.*s\", not \"%s\"", (int)text.length, (const char *)text.bytes, wanted);
}

/* --- Targets --- */

TEST(urls_are_taken_apart)
{
    static const struct
    {
        const char *url, *authority, *name, *path, *absolute;
        USHORT port;
    } rows[] = {
        {"http://h", "h", "h", "/", "http://h/", 80},
        {"HTTP://H.Example:80", "h.example", "h.example", "/", "http://h.example/", 80},
        {"http://h:8080/a/../b?c=d#e", "h:8080", "h", "/a/../b?c=d", "http://h:8080/a/../b?c=d", 8080},
        {"http://h?q", "h", "h", "/?q", "http://h/?q", 80},
        {"http://[::1]:81/", "[::1]:81", "[::1]", "/", "http://[::1]:81/", 81},
    };
    size_t i;

    for (i = 0; i < sizeof(rows) / sizeof(*rows); i++)
    {
        struct http_target target = make(rows[i].url);

        expect_text(rows[i].authority, target.authority);
        expect_text(rows[i].name, target.name);
        expect_text(rows[i].path, target.path);
        expect_text(rows[i].absolute, target.absolute);
        expect(target.port == rows[i].port && target.url.length == strlen(rows[i].url));
        http_target_release(&target);
    }
}

TEST(a_host_is_not_longer_than_dns_allows)
{
    struct http_target target = {.memory = NULL};
    char text[400] = "http://";
    WS_STRING url;

    memset(text + 7, 'h', 256);
    url = wide(text);
    expect_hr(WS_E_INVALID_ENDPOINT_URL, http_target_make(&target, &url, NULL));
    url.length--;
    ok(http_target_make(&target, &url, NULL));
    http_target_release(&target);
}

/* --- Proxies --- */

/* The proxy of a target, "" if there is none. */
static const char *choose(WS_HTTP_PROXY_SETTING_MODE mode, const char *servers, const char *bypass, const char *url)
{
    static char text[300];
    WS_CUSTOM_HTTP_PROXY custom = {wide(servers), wide(bypass)};
    struct http_target target = make(url);
    struct http_proxy proxy;
    HRESULT hr = http_proxy_choose(&proxy, mode, &custom, &target, NULL);
    size_t i;

    http_target_release(&target);
    if (hr != S_OK)
        return "refused";
    text[0] = 0;
    if (!proxy.is_used)
        return text;
    for (i = 0; i < proxy.host.length; i++)
        text[i] = (char)proxy.host.chars[i];
    sprintf(text + i, " %u", (unsigned)proxy.port);
    return text;
}

static void expect_proxy(const char *wanted, const char *servers, const char *bypass, const char *url)
{
    const char *found = choose(WS_HTTP_PROXY_SETTING_MODE_CUSTOM, servers, bypass, url);

    if (strcmp(found, wanted) != 0)
        test_fail(__FILE__, __LINE__, "%s of %s without %s: \"%s\", not \"%s\"", url, servers, bypass, found, wanted);
}

TEST(proxies_are_chosen_by_lists)
{
    expect_proxy("p 80", "p", "", "http://h/");
    expect_proxy("p 8080", " p:8080 ;q", "", "http://h/");
    expect_proxy("p 1", "https=q:2;http=p:1", "", "http://h/");
    expect_proxy("p 3128", "http://p:3128/", "", "http://h/");
    expect_proxy("[::1] 3128", "[::1]:3128", "", "http://h/");
    expect_proxy("[::1] 80", "[::1]", "", "http://h/");
    expect_proxy("", "p", "h", "http://H/");
    expect_proxy("", "p", "<local>", "http://h/");
    expect_proxy("p 80", "p", "<local>", "http://h.example/");
    expect_proxy("", "p", "a;*.example", "http://h.example/");
    expect_proxy("p 80", "p", "a;*.example", "http://example/");
    expect_proxy("p 80", "p", "example", "http://h.example/");
    expect_proxy("", "p", ".example", "http://h.example/");
    expect_proxy("", "p", "h:81", "http://h:81/");
    expect_proxy("p 80", "p", "h:82", "http://h:81/");
    expect_proxy("", "p", "10.*.3", "http://10.1.2.3/");
    expect_proxy("", "p", "*", "http://10.1.2.3/");
    expect_proxy("", "p", "http://h", "http://h/");
    expect_proxy("", "p", "[::1]", "http://[::1]:90/");
    expect_proxy("", "ftp=q", "", "http://h/");
    expect_proxy("refused", "p:0", "", "http://h/");
    expect_proxy("refused", "p:x", "", "http://h/");
    expect_proxy("refused", "p/q", "", "http://h/");
    expect_proxy("refused", ":80", "", "http://h/");
    /* Each asterisk once for each character: this ends. */
    expect_proxy("p 80", "p", "*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b", "http://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/");
}

TEST(no_proxy_is_none)
{
    expect(!*choose(WS_HTTP_PROXY_SETTING_MODE_NONE, "p", "", "http://h/"));
}

#ifndef _WIN32

TEST(the_environment_has_a_proxy)
{
    setenv("http_proxy", "http://user@p:81/", 1);
    setenv("no_proxy", "localhost,near.example, .other", 1);
    expect(!strcmp(choose(WS_HTTP_PROXY_SETTING_MODE_AUTO, "", "", "http://h/"), "p 81"));
    expect(!*choose(WS_HTTP_PROXY_SETTING_MODE_AUTO, "", "", "http://near.example/"));
    expect(!*choose(WS_HTTP_PROXY_SETTING_MODE_AUTO, "", "", "http://a.near.example/"));
    expect(!strcmp(choose(WS_HTTP_PROXY_SETTING_MODE_AUTO, "", "", "http://anear.example/"), "p 81"));
    expect(!*choose(WS_HTTP_PROXY_SETTING_MODE_AUTO, "", "", "http://a.other/"));
    /* This computer, whatever is set. */
    expect(!*choose(WS_HTTP_PROXY_SETTING_MODE_AUTO, "", "", "http://127.0.0.1/"));
    expect(!*choose(WS_HTTP_PROXY_SETTING_MODE_AUTO, "", "", "http://[::1]/"));
    setenv("http_proxy", "a b/c", 1);
    expect(!*choose(WS_HTTP_PROXY_SETTING_MODE_NONE, "", "", "http://h/"));
    unsetenv("http_proxy");
    unsetenv("no_proxy");
    expect(!*choose(WS_HTTP_PROXY_SETTING_MODE_AUTO, "", "", "http://h/"));
}

#endif

/* --- Cookies --- */

static struct http_cookies cookies;

static void take(const char *fields, const char *host, const char *path)
{
    static BYTE memory[70000];
    struct http_head head;
    int length = snprintf((char *)memory, sizeof(memory), "HTTP/1.1 200 OK\r\n%s\r\n", fields);

    expect(length > 0 && (size_t)length < sizeof(memory));
    ok(http_parse_response(memory, (size_t)length, false, &head, NULL));
    http_cookies_take(&cookies, &head, http_text(host), http_text(path));
}

static void expect_cookies(const char *wanted, const char *host, const char *path)
{
    BYTE memory[4000];
    struct http_output output = {memory, sizeof(memory), 0};
    struct mime_text found = {memory, 0};

    http_cookies_put(&cookies, http_text(host), http_text(path), &output);
    found.length = output.length;
    expect_text(wanted, found);
}

TEST(cookies_go_where_they_belong)
{
    take("Set-Cookie: a=1\r\n", "h.example", "/x/y?z");
    expect_cookies("Cookie: a=1\r\n", "h.example", "/x/z");
    expect_cookies("Cookie: a=1\r\n", "H.EXAMPLE", "/x");
    expect_cookies("", "h.example", "/xy");
    expect_cookies("", "h.example", "/");
    expect_cookies("", "g.h.example", "/x/z");
    take("Set-Cookie: b=2; domain=.h.example; PATH=/\r\nSet-Cookie: a=3\r\n", "h.example", "/x/q");
    expect_cookies("Cookie: a=3; b=2\r\n", "h.example", "/x/z");
    expect_cookies("Cookie: b=2\r\n", "g.h.example", "/");
    expect_cookies("", "ah.example", "/");
    take("Set-Cookie: c=1; Domain=example\r\nSet-Cookie: d=1; Domain=other.example\r\nSet-Cookie: =e\r\n"
         "Set-Cookie: f\r\nSet-Cookie: g=1; Secure\r\nSet-Cookie:\r\n",
         "h.example", "/x/q");
    expect_cookies("Cookie: a=3; b=2\r\n", "h.example", "/x/z");
    take("Set-Cookie: a=; Path=/x; Max-Age=0\r\nSet-Cookie: b=; Domain=h.example; Path=/; Max-Age=-1\r\n", "h.example",
         "/x/q");
    expect_cookies("", "h.example", "/x/z");
    take("Set-Cookie: a=1; Domain=0.0.1\r\n", "127.0.0.1", "/");
    expect_cookies("", "127.0.0.1", "/");
    http_cookies_release(&cookies);
}

TEST(dates_are_compared)
{
    take("Date: Mon, 30 Nov 2026 23:59:59 GMT\r\n"
         "Set-Cookie: a=1; Expires=Tue, 01-Dec-26 00:00:00 GMT\r\n"
         "Set-Cookie: b=1; Expires=Mon, 30 Nov 2026 23:59:58 GMT\r\n"
         "Set-Cookie: c=1; Expires=Sun Nov  6 08:49:37 1994\r\n"
         "Set-Cookie: d=1; Expires=Thu, 01 Jan 2099 00:00:00 GMT; Max-Age=0\r\n",
         "h", "/");
    expect_cookies("Cookie: a=1\r\n", "h", "/");
    http_cookies_release(&cookies);
}

TEST(cookies_are_bounded)
{
    static char fields[60000];
    BYTE memory[4000];
    struct http_output output = {memory, sizeof(memory), 0};
    size_t length = 0;
    int i;

    for (i = 0; i < 200; i++)
        length += (size_t)sprintf(fields + length, "Set-Cookie: n%d=%d\r\n", i, i);
    length += (size_t)sprintf(fields + length, "Set-Cookie: l=%05000d\r\n", 0);
    take(fields, "h", "/");
    expect_size(50, cookies.count);
    http_cookies_put(&cookies, http_text("h"), http_text("/"), &output);
    expect(!memcmp(memory, "Cookie: n199=199; n198=198; ", 28));
    http_cookies_release(&cookies);
}
