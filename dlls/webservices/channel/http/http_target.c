/* SPDX-License-Identifier: MIT */
/* http_target.c - see http_target.h. */
#include "http_target.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "message/url.h"

#include <stdio.h>
#include <string.h>

static COLD HRESULT not_http(const WS_STRING *url, const struct url_parts *parts, WS_ERROR *error)
{
    char excerpt[TEXT_EXCERPT_ROOM];

    text_excerpt_utf16(url->chars, url->length, excerpt);
    if (parts->type == WS_URL_HTTPS_SCHEME_TYPE)
        return error_report(error, WS_E_INVALID_ENDPOINT_URL,
                            "\"%s\" is a URL of https, which needs WS_SSL_TRANSPORT_SECURITY_BINDING: this version has "
                            "no transport security yet.",
                            excerpt);
    return error_report(error, WS_E_INVALID_ENDPOINT_URL, "\"%s\" is not a URL of http, as the channel needs it.",
                        excerpt);
}

static HRESULT parse(const WS_STRING *url, struct url_parts *parts, WS_ERROR *error)
{
    HRESULT hr = url_parse(url, URL_AS_BASE, 0, "The URL of the endpoint", parts, error);

    if (hr == WS_E_INVALID_FORMAT)
        return WS_E_INVALID_ENDPOINT_URL;
    if (hr == S_OK && parts->type != WS_URL_HTTP_SCHEME_TYPE)
        return not_http(url, parts, error);
    if (hr == S_OK && parts->host.length > HTTP_HOST_MOST)
        return error_report(error, WS_E_INVALID_ENDPOINT_URL,
                            "The URL of the endpoint has a host of %zu characters, and %u is the limit.",
                            parts->host.length, HTTP_HOST_MOST);
    return hr;
}

/* Appends characters, which the parser has found to be ASCII. */
static void append(char **to, const struct url_text *text)
{
    size_t i;

    for (i = 0; i < text->length; i++)
        *(*to)++ = (char)text->chars[i];
}

static void append_lower(char **to, const struct url_text *text)
{
    char *start = *to;

    for (append(to, text); start < *to; start++)
        if (*start >= 'A' && *start <= 'Z')
            *start |= 0x20;
}

static struct mime_text ended(const char *start, char **to)
{
    struct mime_text text = {(const BYTE *)start, (size_t)(*to - start)};

    *(*to)++ = 0;
    return text;
}

static void fill(struct http_target *target, const struct url_parts *parts, char *to)
{
    char *start = to;

    append_lower(&to, &parts->host);
    if (target->port != url_schemes[WS_URL_HTTP_SCHEME_TYPE].default_port)
        to += sprintf(to, ":%u", (unsigned)target->port);
    target->authority = ended(start, &to);
    target->name = target->authority;
    target->name.length = parts->host.length;

    start = to;
    append(&to, &parts->path);
    if (to == start)
        *to++ = '/';
    if (parts->has_query)
    {
        *to++ = '?';
        append(&to, &parts->query);
    }
    target->path = ended(start, &to);

    start = to;
    to += sprintf(to, "http://%s%s", (const char *)target->authority.bytes, (const char *)target->path.bytes);
    target->absolute = ended(start, &to);
}

HRESULT http_target_make(struct http_target *target, const WS_STRING *url, WS_ERROR *error)
{
    struct http_target made = {0};
    struct url_parts parts;
    size_t room, i;
    HRESULT hr = parse(url, &parts, error);
    WCHAR *chars;

    if (hr != S_OK)
        return hr;
    /* Each piece at most once for itself and once in the absolute URL, and what is added. */
    room = 2 * (parts.host.length + parts.path.length + parts.query.length) + 64;
    made.memory = memory_alloc((url->length + parts.host.length) * sizeof(WCHAR) + room, "where a channel sends to");
    if (!made.memory)
        return error_report(error, E_OUTOFMEMORY, "There is no memory for a URL of %u characters.",
                            (unsigned)url->length);
    chars = made.memory;
    memcpy(chars, url->chars, url->length * sizeof(WCHAR));
    made.url.chars = chars;
    made.url.length = url->length;
    chars += url->length;
    for (i = 0; i < parts.host.length; i++)
        chars[i] =
            parts.host.chars[i] >= 'A' && parts.host.chars[i] <= 'Z' ? parts.host.chars[i] | 0x20 : parts.host.chars[i];
    made.host.chars = chars;
    made.host.length = (ULONG)parts.host.length;
    made.port = parts.port.length ? parts.port_number : url_schemes[WS_URL_HTTP_SCHEME_TYPE].default_port;
    fill(&made, &parts, (char *)(chars + parts.host.length));
    http_target_release(target);
    *target = made;
    return S_OK;
}

void http_target_release(struct http_target *target)
{
    memory_free(target->memory);
    memset(target, 0, sizeof(*target));
}

const char *http_target_text(const struct http_target *target, char text[HTTP_URL_ROOM])
{
    snprintf(text, HTTP_URL_ROOM, "%s", target->absolute.bytes ? (const char *)target->absolute.bytes : "no URL");
    return text;
}
