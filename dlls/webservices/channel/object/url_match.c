/* SPDX-License-Identifier: MIT */
/*
 * url_match.c - whether a URL is that of a listener; see url_match.h.
 *
 * Source: the page of WS_URL_MATCHING_OPTIONS. The scheme has to be the same; ASCII letters are compared without case,
 * and a slash at the end of a path does not matter: our choice, as the HTTP Server API has it.
 */
#include "url_match.h"

#include "message/url.h"

#define ANY_HOST WS_MATCH_URL_THIS_HOST
#define ANY_NAME (WS_MATCH_URL_DNS_HOST | WS_MATCH_URL_DNS_FULLY_QUALIFIED_HOST | WS_MATCH_URL_NETBIOS_HOST)

static WCHAR lower(WCHAR c)
{
    return c >= 'A' && c <= 'Z' ? (WCHAR)(c + ('a' - 'A')) : c;
}

static bool begins_with(const struct url_text *text, const struct url_text *start)
{
    size_t i;

    if (text->length < start->length)
        return false;
    for (i = 0; i < start->length; i++)
        if (lower(text->chars[i]) != lower(start->chars[i]))
            return false;
    return true;
}

static bool is_equal(const struct url_text *a, const struct url_text *b)
{
    return a->length == b->length && begins_with(a, b);
}

static bool is_ascii(const struct url_text *text, const char *ascii)
{
    size_t i;

    for (i = 0; ascii[i]; i++)
        if (i >= text->length || lower(text->chars[i]) != (WCHAR)ascii[i])
            return false;
    return i == text->length;
}

/* An IPv6 address is in brackets; in a name there is a letter. */
static bool is_address(const struct url_text *host)
{
    size_t i;

    for (i = 0; i < host->length && host->chars[0] != '['; i++)
        if ((host->chars[i] < '0' || host->chars[i] > '9') && host->chars[i] != '.')
            return false;
    return host->length > 0;
}

/*
 * Which names lead to this computer is for others to say, with routers and proxies between: a message that has come
 * here by a name is accepted by it.
 */
static bool host_matches(const struct url_text *host, const struct url_text *listened, ULONG options)
{
    if (!(options & ANY_HOST) || is_equal(host, listened))
        return true;
    if (is_ascii(host, "localhost"))
        return options & WS_MATCH_URL_LOCAL_HOST;
    return options & (is_address(host) ? WS_MATCH_URL_HOST_ADDRESSES : ANY_NAME);
}

static struct url_text without_slash(const struct url_text *path)
{
    struct url_text ret = *path;

    if (ret.length && ret.chars[ret.length - 1] == '/')
        ret.length--;
    return ret;
}

static bool path_matches(const struct url_text *given, const struct url_text *listened, ULONG options)
{
    const struct url_text path = without_slash(given), start = without_slash(listened);

    if (options & WS_MATCH_URL_EXACT_PATH)
        return is_equal(&path, &start);
    if (options & WS_MATCH_URL_PREFIX_PATH)
        return begins_with(&path, &start) && (path.length == start.length || path.chars[start.length] == '/');
    return true;
}

static USHORT port(const struct url_parts *parts)
{
    return parts->port.length ? parts->port_number : url_schemes[parts->type].default_port;
}

bool url_matches(const WS_STRING *url, const WS_STRING *listener, ULONG options)
{
    struct url_parts given, listened;

    if (!options)
        return true;
    if (url_parse(url, URL_TO_DECODE, 0, "The URL", &given, NULL) != S_OK ||
        url_parse(listener, URL_TO_DECODE, WS_URL_FLAGS_ALLOW_HOST_WILDCARDS, "The URL", &listened, NULL) != S_OK)
        return false;
    if (given.type != listened.type || (options & WS_MATCH_URL_PORT && port(&given) != port(&listened)) ||
        (options & WS_MATCH_URL_NO_QUERY && (given.has_query || given.has_fragment)))
        return false;
    return host_matches(&given.host, &listened.host, options) && path_matches(&given.path, &listened.path, options);
}
