/* SPDX-License-Identifier: MIT */
/* url.c - WsDecodeUrl, WsEncodeUrl, WsCombineUrl; see url.h. */
#include "url.h"

#include "base/error.h"
#include "base/text.h"
#include "base/trace.h"

#include <string.h>

#define ALL_FLAGS (WS_URL_FLAGS_ALLOW_HOST_WILDCARDS | WS_URL_FLAGS_NO_PATH_COLLAPSE | WS_URL_FLAGS_ZERO_TERMINATE)

/* A flag that a function has no use for is ignored, so that the same flags can be passed to all three. */
static HRESULT check_flags(ULONG flags, WS_ERROR *error)
{
    if (flags & ~(ULONG)ALL_FLAGS)
        return error_report(error, E_INVALIDARG, "The flags 0x%x are not WS_URL_FLAGS.",
                            (unsigned)(flags & ~(ULONG)ALL_FLAGS));
    return S_OK;
}

static HRESULT check_string(const WS_STRING *string, const char *what, WS_ERROR *error)
{
    if (!string)
        return error_report(error, E_INVALIDARG, "%s is NULL.", what);
    if (string->length && !string->chars)
        return error_report(error, E_INVALIDARG, "%s has the length %u, and its characters are NULL.", what,
                            (unsigned)string->length);
    return S_OK;
}

/* Takes a string of `length` characters out of a heap, not filled in. */
static HRESULT alloc_chars(WS_HEAP *heap, uint64_t length, WCHAR **chars, WS_ERROR *error)
{
    void *memory;
    HRESULT hr;

    if (length > UINT32_MAX || length > SIZE_MAX / sizeof(WCHAR))
        return error_report(error, WS_E_QUOTA_EXCEEDED, "The URL would have %llu characters, which no string can hold.",
                            (unsigned long long)length);
    if ((hr = heap_alloc(heap, (size_t)length * sizeof(WCHAR), &memory, error)) == S_OK)
        *chars = memory;
    return hr;
}

static WCHAR *put(WCHAR *to, const struct url_text *text)
{
    if (text->length)
        memcpy(to, text->chars, text->length * sizeof(WCHAR));
    return to + text->length;
}

static WCHAR *put_ascii(WCHAR *to, const char *text)
{
    while (*text)
        *to++ = (unsigned char)*text++;
    return to;
}

/* --- Decoding --- */

/* The parts of a WS_HTTP_URL and its like, which are all laid out the same. */
static WS_STRING unescape_part(const struct url_text *text, WCHAR **to)
{
    WS_STRING part = {(ULONG)url_unescape(text, *to), *to};

    *to += part.length;
    return part;
}

static WS_STRING copy_part(const struct url_text *text, WCHAR **to)
{
    WS_STRING part = {(ULONG)text->length, *to};

    *to = put(*to, text);
    return part;
}

/*
 * All goes into one allocation, the characters after the structure, so that a failure takes nothing of the quota.
 * Parts that are missing have no characters but a pointer, as empty ones do.
 *
 * The path is collapsed after it has been unescaped: "%2E%2E" is a ".." too, and whoever uses the path to name a file
 * relies on there being none.
 */
HRESULT url_decode(const WS_STRING *url, ULONG flags, WS_HEAP *heap, WS_URL **ret, WS_ERROR *error)
{
    struct url_parts parts;
    bool literal;
    size_t count;
    void *memory;
    WS_HTTP_URL *decoded;
    WCHAR *to;
    HRESULT hr;

    if ((hr = check_flags(flags, error)) != S_OK || (hr = check_string(url, "The URL", error)) != S_OK)
        return hr;
    if (!ret)
        return error_report(error, E_INVALIDARG, "The pointer that is to receive the URL's parts is NULL.");
    if ((hr = url_parse(url, URL_TO_DECODE, flags, "The URL", &parts, error)) != S_OK)
        return hr;

    /* What is between brackets is passed on as it stands. */
    literal = parts.host.chars[0] == '[';
    count = literal ? parts.host.length : url_unescape(&parts.host, NULL);
    count += parts.port.length + url_unescape(&parts.path, NULL) + url_unescape(&parts.query, NULL) +
             url_unescape(&parts.fragment, NULL);
    /* No overflow: there are no more characters than in the URL, which does not fill the address space. */
    if ((hr = heap_alloc(heap, sizeof(*decoded) + count * sizeof(WCHAR), &memory, error)) != S_OK)
        return hr;

    decoded = memory;
    memset(decoded, 0, sizeof(*decoded));
    to = (WCHAR *)(decoded + 1);
    decoded->url.scheme = parts.type;
    decoded->host = literal ? copy_part(&parts.host, &to) : unescape_part(&parts.host, &to);
    decoded->port = parts.port.length ? parts.port_number : url_schemes[parts.type].default_port;
    decoded->portAsString = copy_part(&parts.port, &to);
    decoded->path = unescape_part(&parts.path, &to);
    decoded->query = unescape_part(&parts.query, &to);
    decoded->fragment = unescape_part(&parts.fragment, &to);
    if (!(flags & WS_URL_FLAGS_NO_PATH_COLLAPSE))
        decoded->path.length = (ULONG)url_collapse_path(decoded->path.chars, decoded->path.length);
    *ret = &decoded->url;
    return S_OK;
}

/* --- Encoding --- */

/* How many characters a part has once it is escaped. WS_E_INVALID_FORMAT if it is not UTF-16. */
static HRESULT escaped_length(const WS_STRING *text, unsigned part, const char *what, uint64_t *length, WS_ERROR *error)
{
    ULONG i;
    size_t size;
    uint32_t c;

    *length = 0;
    for (i = 0; i < text->length; i += (ULONG)size)
    {
        if (!(size = utf16_decode(text->chars + i, text->chars + text->length, &c)))
            return error_report(error, WS_E_INVALID_FORMAT,
                                "The %s of the URL has 0x%04X, half of a surrogate pair, at position %u.", what,
                                (unsigned)c, (unsigned)i);
        *length += url_is_plain(c, part) ? 1 : c < 0x80 ? 3 : c < 0x800 ? 6 : c < 0x10000 ? 9 : 12;
    }
    return S_OK;
}

static WCHAR *put_escaped(WCHAR *to, const WS_STRING *text, unsigned part)
{
    static const char digits[] = "0123456789ABCDEF";
    size_t count, i;
    BYTE bytes[4];
    uint32_t c;
    ULONG at;

    for (at = 0; at < text->length;)
    {
        at += (ULONG)utf16_decode(text->chars + at, text->chars + text->length, &c);
        if (url_is_plain(c, part))
        {
            *to++ = (WCHAR)c;
            continue;
        }
        for (i = 0, count = utf8_encode(c, bytes); i < count; i++)
        {
            *to++ = '%';
            *to++ = (WCHAR)digits[bytes[i] >> 4];
            *to++ = (WCHAR)digits[bytes[i] & 15];
        }
    }
    return to;
}

/* Whether a host can be written as "[...]" so that it is read as what it is. */
static bool is_literal(const WS_STRING *host)
{
    ULONG i;

    if (host->length <= 2 || host->chars[0] != '[' || host->chars[host->length - 1] != ']')
        return false;
    for (i = 1; i < host->length - 1; i++)
        if (!url_is_plain(host->chars[i], URL_IN_LITERAL))
            return false;
    return true;
}

static HRESULT check_parts(const WS_HTTP_URL *url, WS_ERROR *error)
{
    HRESULT hr;

    if ((hr = check_string(&url->host, "The host of the URL", error)) != S_OK ||
        (hr = check_string(&url->portAsString, "The port of the URL", error)) != S_OK ||
        (hr = check_string(&url->path, "The path of the URL", error)) != S_OK ||
        (hr = check_string(&url->query, "The query of the URL", error)) != S_OK ||
        (hr = check_string(&url->fragment, "The fragment of the URL", error)) != S_OK)
        return hr;
    return S_OK;
}

static HRESULT check_host(const WS_STRING *host, WS_ERROR *error)
{
    ULONG i;

    for (i = 0; i < host->length; i++)
        if (!host->chars[i]) /* see check_text() in url_parse.c */
            return error_report(error, WS_E_INVALID_FORMAT,
                                "The host of the URL has the character U+0000 at position %u.", (unsigned)i);
    return S_OK;
}

/*
 * The port as it is to be written, nothing if it is to be left out. A text is written as it is, so that what has been
 * decoded is encoded the same; it has to agree with the number, unless that is 0. Without a text, 0 and the scheme's
 * default mean that no port is to be written.
 */
static HRESULT port_text(const WS_HTTP_URL *url, WCHAR buffer[5], struct url_text *text, WS_ERROR *error)
{
    USHORT number, port = url->port;
    size_t at = 5;

    text->chars = url->portAsString.chars;
    text->length = url->portAsString.length;
    if (text->length)
    {
        if (!url_parse_port(text->chars, text->length, &number))
            return error_report(error, WS_E_INVALID_FORMAT,
                                "The port of the URL is a text of %u characters that is not a number from 0 to 65535.",
                                (unsigned)text->length);
        if (port && port != number)
            return error_report(error, E_INVALIDARG, "The port of the URL is %u, and its text says %u.", (unsigned)port,
                                (unsigned)number);
    }
    else if (port && port != url_schemes[url->url.scheme].default_port)
    {
        for (; port; port /= 10)
            buffer[--at] = (WCHAR)('0' + port % 10);
        text->chars = buffer + at;
        text->length = 5 - at;
    }
    return S_OK;
}

HRESULT url_encode(const WS_URL *url, ULONG flags, WS_HEAP *heap, WS_STRING *ret, WS_ERROR *error)
{
    const WS_HTTP_URL *parts = (const WS_HTTP_URL *)url;
    uint64_t total, host = 0, path, query, fragment;
    struct url_text port;
    WCHAR digits[5], *chars, *to;
    bool literal;
    HRESULT hr;

    if ((hr = check_flags(flags, error)) != S_OK)
        return hr;
    if (!url)
        return error_report(error, E_INVALIDARG, "The URL is NULL.");
    if (!ret)
        return error_report(error, E_INVALIDARG, "The pointer that is to receive the URL is NULL.");
    if ((unsigned)url->scheme >= URL_SCHEMES)
        return error_report(error, WS_E_INVALID_FORMAT, "The URL's scheme is %u; schemes go from 0 to %u.",
                            (unsigned)url->scheme, URL_SCHEMES - 1);
    if ((hr = check_parts(parts, error)) != S_OK || (hr = check_host(&parts->host, error)) != S_OK ||
        (hr = port_text(parts, digits, &port, error)) != S_OK)
        return hr;
    if (parts->path.length && parts->path.chars[0] != '/')
        return error_report(error, WS_E_INVALID_FORMAT, "The path of the URL begins with U+%04X, not with a slash.",
                            (unsigned)parts->path.chars[0]);

    literal = is_literal(&parts->host);
    if (literal)
        host = parts->host.length;
    else if ((hr = escaped_length(&parts->host, URL_IN_HOST, "host", &host, error)) != S_OK)
        return hr;
    if ((hr = escaped_length(&parts->path, URL_IN_PATH, "path", &path, error)) != S_OK ||
        (hr = escaped_length(&parts->query, URL_IN_QUERY, "query", &query, error)) != S_OK ||
        (hr = escaped_length(&parts->fragment, URL_IN_QUERY, "fragment", &fragment, error)) != S_OK)
        return hr;

    total = strlen(url_schemes[url->scheme].name) + 3 + host + (port.length ? 1 + port.length : 0) + path +
            (query ? 1 + query : 0) + (fragment ? 1 + fragment : 0) + !!(flags & WS_URL_FLAGS_ZERO_TERMINATE);
    if ((hr = alloc_chars(heap, total, &chars, error)) != S_OK)
        return hr;

    to = put_ascii(put_ascii(chars, url_schemes[url->scheme].name), "://");
    if (literal)
        copy_part(&(struct url_text){parts->host.chars, parts->host.length}, &to);
    else
        to = put_escaped(to, &parts->host, URL_IN_HOST);
    if (port.length)
    {
        *to++ = ':';
        to = put(to, &port);
    }
    to = put_escaped(to, &parts->path, URL_IN_PATH);
    if (query)
    {
        *to++ = '?';
        to = put_escaped(to, &parts->query, URL_IN_QUERY);
    }
    if (fragment)
    {
        *to++ = '#';
        to = put_escaped(to, &parts->fragment, URL_IN_QUERY);
    }
    if (flags & WS_URL_FLAGS_ZERO_TERMINATE)
        *to++ = 0;
    ret->length = (ULONG)total;
    ret->chars = chars;
    return S_OK;
}

/* --- Combining --- */

/* What RFC 3986 calls the target: where each of its parts comes from. */
struct target
{
    const struct url_parts *origin; /* of scheme and authority */
    const struct url_parts *authority;
    struct url_text base_path, path; /* one after the other; a slash is put between if need be */
    bool needs_slash;
    const struct url_parts *query; /* whose query it has, if that has one */
};

/* Section 5.2.2 (and 5.2.3, for the path). */
static void transform(const struct url_parts *base, const struct url_parts *reference, struct target *target)
{
    size_t length;

    target->origin = reference->has_scheme ? reference : base;
    target->authority = reference->has_authority ? reference : base;
    target->base_path.length = 0;
    target->path = reference->path;
    target->needs_slash = false;
    target->query = reference;
    if (reference->has_scheme || reference->has_authority ||
        (reference->path.length && reference->path.chars[0] == '/'))
        return;
    if (!reference->path.length)
    {
        target->path = base->path;
        if (!reference->has_query)
            target->query = base;
        return;
    }
    /* Merge: the base's path up to its last slash. There always is an authority. */
    for (length = base->path.length; length && base->path.chars[length - 1] != '/'; length--)
        ;
    target->base_path = base->path;
    target->base_path.length = length;
    target->needs_slash = !length;
}

/*
 * The path is collapsed in place, so that what the dots remove still counts against the quota.
 *
 * RFC 3986 leaves a base's path as it is when the reference has none of its own; here it is collapsed too: the page of
 * WS_URL_FLAGS says that dots are removed, and names no exception.
 */
HRESULT url_combine(const WS_STRING *base_url, const WS_STRING *reference_url, ULONG flags, WS_HEAP *heap,
                    WS_STRING *ret, WS_ERROR *error)
{
    struct url_parts base, reference;
    struct target target;
    WCHAR *chars, *path, *to;
    uint64_t total;
    HRESULT hr;

    if ((hr = check_flags(flags, error)) != S_OK || (hr = check_string(base_url, "The base URL", error)) != S_OK ||
        (hr = check_string(reference_url, "The reference", error)) != S_OK)
        return hr;
    if (!ret)
        return error_report(error, E_INVALIDARG, "The pointer that is to receive the URL is NULL.");
    if ((hr = url_parse(base_url, URL_AS_BASE, flags, "The base URL", &base, error)) != S_OK ||
        (hr = url_parse(reference_url, URL_AS_REFERENCE, flags, "The reference", &reference, error)) != S_OK)
        return hr;

    transform(&base, &reference, &target);
    total = (uint64_t)target.origin->scheme.length + 3 + target.authority->authority.length + target.base_path.length +
            target.needs_slash + target.path.length +
            (target.query->has_query ? 1 + (uint64_t)target.query->query.length : 0) +
            (reference.has_fragment ? 1 + (uint64_t)reference.fragment.length : 0) +
            !!(flags & WS_URL_FLAGS_ZERO_TERMINATE);
    if ((hr = alloc_chars(heap, total, &chars, error)) != S_OK)
        return hr;

    to = put_ascii(put(chars, &target.origin->scheme), "://");
    path = to = put(to, &target.authority->authority);
    to = put(to, &target.base_path);
    if (target.needs_slash)
        *to++ = '/';
    to = put(to, &target.path);
    if (!(flags & WS_URL_FLAGS_NO_PATH_COLLAPSE))
        to = path + url_collapse_path(path, (size_t)(to - path));
    if (target.query->has_query)
    {
        *to++ = '?';
        to = put(to, &target.query->query);
    }
    if (reference.has_fragment)
    {
        *to++ = '#';
        to = put(to, &reference.fragment);
    }
    if (flags & WS_URL_FLAGS_ZERO_TERMINATE)
        *to++ = 0;
    ret->length = (ULONG)(to - chars);
    ret->chars = chars;
    return S_OK;
}

/* --- Exported --- */

/*
 * Takes a URL apart and replaces its escapes by what they stand for.
 *
 * url: with a scheme of WS_URL_SCHEME_TYPE, in whatever case, and a host.
 * flags: WS_URL_FLAGS_ALLOW_HOST_WILDCARDS: the host may be "+" or "*". WS_URL_FLAGS_NO_PATH_COLLAPSE: the segments "."
 *      and ".." of the path stay. WS_URL_FLAGS_ZERO_TERMINATE has no effect.
 * heap: what the parts are allocated from, at once.
 * outUrl: receives a WS_HTTP_URL, or its like for another scheme. The host keeps the brackets of an address, by
 *      which WsEncodeUrl knows it. The port is the scheme's default if there is none in the URL, and portAsString is
 *      empty then. The path begins with its slash; query and fragment come without "?" and "#". Untouched on failure.
 *
 * Returns E_INVALIDARG (not a live heap, a NULL pointer, an unknown flag), WS_E_INVALID_FORMAT (the URL does not follow
 * RFC 3986, whose grammar has neither spaces nor characters beyond ASCII but as escapes; or it has another scheme, no
 * host, or a user name; or its escapes are not UTF-8), WS_E_QUOTA_EXCEEDED, E_OUTOFMEMORY.
 * Source: the pages of WsDecodeUrl, WS_URL_FLAGS and WS_HTTP_URL.
 */
HRESULT WINAPI WsDecodeUrl(const WS_STRING *url, ULONG flags, WS_HEAP *heap, WS_URL **outUrl, WS_ERROR *error)
{
    HRESULT hr = handle_is(heap, HANDLE_HEAP) ? url_decode(url, flags, heap, outUrl, error)
                                              : handle_refuse(heap, HANDLE_HEAP, error);

    TRACE_RESULT(hr, error, "WsDecodeUrl(url=%s, flags=0x%x, heap=%p, outUrl=%p, error=%p) = 0x%08x%s",
                 trace_string(url).text, (unsigned)flags, (void *)heap, (void *)outUrl, (void *)error, (unsigned)hr,
                 trace_pointer(hr, "outUrl", hr == S_OK ? *outUrl : NULL).text);
    return hr;
}

/*
 * Puts a URL together, and escapes, as UTF-8, what may not stand in its part as it is. A "%" is always escaped.
 *
 * url: a WS_HTTP_URL, or its like for the scheme that it names. Any part may be empty, the host too, though WsDecodeUrl
 *      takes no URL without one. The path is empty or begins with a slash. portAsString is written if there is one, and
 *      otherwise the port unless it is 0 or the scheme's default.
 * flags: WS_URL_FLAGS_ZERO_TERMINATE: a zero is put after the result, and counts in its length. The others have no
 *      effect.
 * outUrl: receives the URL, allocated from the heap. Untouched on failure.
 *
 * Returns E_INVALIDARG (not a live heap, a NULL pointer, an unknown flag, portAsString says another port than port),
 * WS_E_INVALID_FORMAT (an unknown scheme, a part that is not UTF-16, a path that does not begin with a slash,
 * portAsString is no port), WS_E_QUOTA_EXCEEDED, E_OUTOFMEMORY.
 * Source: the pages of WsEncodeUrl and WS_URL_FLAGS; that there need be no host has been observed on Windows.
 */
HRESULT WINAPI WsEncodeUrl(const WS_URL *url, ULONG flags, WS_HEAP *heap, WS_STRING *outUrl, WS_ERROR *error)
{
    HRESULT hr = handle_is(heap, HANDLE_HEAP) ? url_encode(url, flags, heap, outUrl, error)
                                              : handle_refuse(heap, HANDLE_HEAP, error);

    TRACE_RESULT(hr, error, "WsEncodeUrl(url=%p, flags=0x%x, heap=%p, outUrl=%p, error=%p) = 0x%08x, %u characters",
                 (const void *)url, (unsigned)flags, (void *)heap, (void *)outUrl, (void *)error, (unsigned)hr,
                 hr == S_OK ? (unsigned)outUrl->length : 0);
    return hr;
}

/*
 * Resolves a reference against a base, as RFC 3986 section 5.2 says.
 *
 * baseUrl: absolute. A fragment of it is ignored.
 * referenceUrl: absolute or relative. If it is absolute, the result is the reference.
 * flags: WS_URL_FLAGS_ALLOW_HOST_WILDCARDS: hosts may be "+" or "*". WS_URL_FLAGS_NO_PATH_COLLAPSE: the segments "."
 *      and ".." stay in the result. WS_URL_FLAGS_ZERO_TERMINATE: a zero is put after the result, and counts in its
 *      length.
 * resultUrl: receives the URL, with its escapes as they were, allocated from the heap. Untouched on failure.
 *
 * Returns E_INVALIDARG (not a live heap, a NULL pointer, an unknown flag), WS_E_INVALID_FORMAT (either is no URL that
 * WsDecodeUrl takes, but for the parts that a relative one lacks and for escapes, which may be of any bytes),
 * WS_E_QUOTA_EXCEEDED, E_OUTOFMEMORY.
 * Source: the pages of WsCombineUrl and WS_URL_FLAGS.
 */
HRESULT WINAPI WsCombineUrl(const WS_STRING *baseUrl, const WS_STRING *referenceUrl, ULONG flags, WS_HEAP *heap,
                            WS_STRING *resultUrl, WS_ERROR *error)
{
    HRESULT hr = handle_is(heap, HANDLE_HEAP) ? url_combine(baseUrl, referenceUrl, flags, heap, resultUrl, error)
                                              : handle_refuse(heap, HANDLE_HEAP, error);

    TRACE_RESULT(hr, error,
                 "WsCombineUrl(baseUrl=%s, referenceUrl=%s, flags=0x%x, heap=%p, resultUrl=%p, "
                 "error=%p) = 0x%08x, %u characters",
                 trace_string(baseUrl).text, trace_string(referenceUrl).text, (unsigned)flags, (void *)heap,
                 (void *)resultUrl, (void *)error, (unsigned)hr, hr == S_OK ? (unsigned)resultUrl->length : 0);
    return hr;
}
