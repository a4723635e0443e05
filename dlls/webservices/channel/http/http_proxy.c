/* SPDX-License-Identifier: MIT */
/* http_proxy.c - see http_proxy.h. */
#include "http_proxy.h"

#include "base/error.h"
#include "base/platform.h"
#include "base/text.h"
#include "message/url.h"

#include <string.h>

#define DEFAULT_PORT 80
#define LIST_ROOM    2048

/* --- Lists that are separated by semicolons, and by what else the system's have --- */

static bool is_separator(char c)
{
    return c == ';' || c == ',' || c == ' ' || c == '\t';
}

/* The next entry of a zero-terminated list; false: there is no other. */
static bool next_entry(const char **list, struct mime_text *entry)
{
    const char *p = *list, *start;

    while (*p && is_separator(*p))
        p++;
    for (start = p; *p && !is_separator(*p); p++)
        ;
    entry->bytes = (const BYTE *)start;
    entry->length = (size_t)(p - start);
    *list = p;
    return entry->length != 0;
}

static BYTE lower(BYTE c)
{
    return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
}

static bool same(const BYTE *a, const BYTE *b, size_t length)
{
    size_t i;

    for (i = 0; i < length; i++)
        if (lower(a[i]) != lower(b[i]))
            return false;
    return true;
}

/* Whether a pattern with asterisks matches all of a text; each asterisk is tried at most once for each character. */
static bool matches(struct mime_text pattern, struct mime_text text)
{
    size_t p = 0, t = 0, star = SIZE_MAX, retry = 0;

    while (t < text.length)
    {
        if (p < pattern.length && pattern.bytes[p] == '*')
        {
            star = p++;
            retry = t;
        }
        else if (p < pattern.length && lower(pattern.bytes[p]) == lower(text.bytes[t]))
            p++, t++;
        else if (star != SIZE_MAX)
        {
            p = star + 1;
            t = ++retry;
        }
        else
            return false;
    }
    while (p < pattern.length && pattern.bytes[p] == '*')
        p++;
    return p == pattern.length;
}

/* Whether an entry is for a host: a pattern, a name, the end of one (with a dot, or if `ends`), or <local>. */
static bool is_for(struct mime_text entry, struct mime_text host, struct mime_text authority, bool ends)
{
    size_t skip;

    if (mime_is(entry, "<local>"))
        return !memchr(host.bytes, '.', host.length) && host.bytes[0] != '[';
    if (entry.length > 7 && same(entry.bytes, (const BYTE *)"http://", 7))
    {
        entry.bytes += 7;
        entry.length -= 7;
    }
    if (matches(entry, host) || matches(entry, authority))
        return true;
    if (entry.bytes[0] == '.' ? host.length < entry.length : !ends || host.length <= entry.length)
        return false;
    skip = host.length - entry.length;
    return same(host.bytes + skip, entry.bytes, entry.length) && (entry.bytes[0] == '.' || host.bytes[skip - 1] == '.');
}

static bool is_bypassed(const char *bypass, const struct http_target *target, bool ends)
{
    struct mime_text entry;

    while (next_entry(&bypass, &entry))
        if (is_for(entry, target->name, target->authority, ends))
            return true;
    return false;
}

static bool is_this_computer(const struct http_target *target)
{
    struct mime_text host = target->name;

    return mime_is(host, "localhost") || mime_is(host, "[::1]") ||
           (host.length > 4 && !memcmp(host.bytes, "127.", 4) && host.bytes[host.length - 1] <= '9');
}

/* --- Servers --- */

/* [http://][user@]host[:port][/]; of a list by scheme, "http=host:port". */
static bool read_server(struct http_proxy *proxy, struct mime_text text)
{
    const BYTE *p = text.bytes, *end = p + text.length, *at, *colon;
    USHORT port = DEFAULT_PORT;
    size_t i, length;

    if (end - p > 5 && same(p, (const BYTE *)"http=", 5))
        p += 5;
    if (end - p > 7 && same(p, (const BYTE *)"http://", 7))
        p += 7;
    if ((at = memchr(p, '@', (size_t)(end - p))))
        p = at + 1;
    if (end > p && end[-1] == '/')
        end--;
    length = (size_t)(end - p);
    if (!length || length > HTTP_HOST_MOST || !ascii_is_all(p, length))
        return false;
    ascii_to_utf16(p, length, proxy->chars);
    for (colon = end; colon > p && colon[-1] != ':' && colon[-1] != ']'; colon--)
        ;
    if (colon > p && colon[-1] == ':')
    {
        if (!url_parse_port(proxy->chars + (colon - p), (size_t)(end - colon), &port) || !port)
            return false;
        length = (size_t)(colon - p) - 1;
    }
    for (i = 0; i < length; i++)
        if (p[i] <= ' ' || strchr("/\\=\"<>", p[i]))
            return false;
    proxy->host.chars = proxy->chars;
    proxy->host.length = (ULONG)length;
    proxy->port = port;
    return length != 0;
}

/* The first server of a list that is for http. */
static HRESULT take_server(struct http_proxy *proxy, const char *list, WS_ERROR *error)
{
    struct mime_text entry;
    char excerpt[TEXT_EXCERPT_ROOM];

    while (next_entry(&list, &entry))
    {
        if (memchr(entry.bytes, '=', entry.length) &&
            (entry.length < 5 || !same(entry.bytes, (const BYTE *)"http=", 5)))
            continue;
        if (!read_server(proxy, entry))
            return error_report(error, E_INVALIDARG,
                                "\"%s\" is not the name of a proxy server, with a port or without.",
                                text_excerpt(entry.bytes, entry.length, excerpt));
        proxy->is_used = true;
        return S_OK;
    }
    return S_OK;
}

static HRESULT narrow(const WS_STRING *string, const char *what, char list[LIST_ROOM], WS_ERROR *error)
{
    ULONG i;

    for (i = 0; i < string->length && i < LIST_ROOM - 1 && string->chars[i] && string->chars[i] < 0x80; i++)
        list[i] = (char)string->chars[i];
    list[i] = 0;
    if (i < string->length)
        return error_report(error, E_INVALIDARG, "The %s of WS_CUSTOM_HTTP_PROXY are too long, or not all ASCII.",
                            what);
    return S_OK;
}

static HRESULT choose_custom(struct http_proxy *proxy, const WS_CUSTOM_HTTP_PROXY *custom,
                             const struct http_target *target, WS_ERROR *error)
{
    char list[LIST_ROOM];
    HRESULT hr;

    if ((hr = narrow(&custom->bypass, "bypass entries", list, error)) != S_OK || is_bypassed(list, target, false) ||
        (hr = narrow(&custom->servers, "servers", list, error)) != S_OK)
        return hr;
    return take_server(proxy, list, error);
}

HRESULT http_proxy_choose(struct http_proxy *proxy, WS_HTTP_PROXY_SETTING_MODE mode, const WS_CUSTOM_HTTP_PROXY *custom,
                          const struct http_target *target, WS_ERROR *error)
{
    char servers[LIST_ROOM], bypass[LIST_ROOM];

    proxy->is_used = false;
    if (mode == WS_HTTP_PROXY_SETTING_MODE_CUSTOM)
        return choose_custom(proxy, custom, target, error);
    if (mode == WS_HTTP_PROXY_SETTING_MODE_NONE || is_this_computer(target) ||
        !platform_http_proxy(servers, bypass, LIST_ROOM) || is_bypassed(bypass, target, true))
        return S_OK;
    /* What the system has is not the program's fault: a setting that makes no sense is as none. */
    take_server(proxy, servers, NULL);
    return S_OK;
}
