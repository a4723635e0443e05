/* SPDX-License-Identifier: MIT */
/* url_prefix.c - which listener a request is for. */
#include "channel/protocol/url_prefix.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "message/url.h"

static BYTE to_lower(BYTE c)
{
    return c >= 'A' && c <= 'Z' ? (BYTE)(c + ('a' - 'A')) : c;
}

static int hex_value(BYTE c)
{
    c = to_lower(c);
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* --- Addresses --- */

/* "1.2.3.4", without leading zeros, which some take for octal numbers. */
static bool parse_ipv4(const BYTE *text, size_t length, BYTE bytes[4])
{
    size_t i = 0, digits;
    unsigned part, number;

    for (part = 0; part < 4; part++)
    {
        if (part && (i == length || text[i++] != '.'))
            return false;
        for (number = 0, digits = 0; i < length && text[i] >= '0' && text[i] <= '9' && digits < 4; i++, digits++)
            number = number * 10 + (unsigned)(text[i] - '0');
        if (!digits || number > 255 || (digits > 1 && text[i - digits] == '0'))
            return false;
        bytes[part] = (BYTE)number;
    }
    return i == length;
}

/* RFC 4291, 2.2: groups, with one "::" for as many zeros as are missing, and an IPv4 address for the last two. */
static bool parse_ipv6(const BYTE *text, size_t length, BYTE bytes[16])
{
    size_t i = 0, count = 0, gap = SIZE_MAX, digits, start;
    unsigned number;

    if (length >= 2 && text[0] == ':' && text[1] == ':')
    {
        gap = 0;
        i = 2;
    }
    while (i < length)
    {
        if (count == 16)
            return false;
        start = i;
        for (number = 0, digits = 0; i < length && hex_value(text[i]) >= 0 && digits < 5; i++, digits++)
            number = number << 4 | (unsigned)hex_value(text[i]);
        if (i < length && text[i] == '.')
        {
            if (count > 12 || !parse_ipv4(text + start, length - start, bytes + count))
                return false;
            count += 4;
            break;
        }
        if (!digits || digits > 4)
            return false;
        bytes[count++] = (BYTE)(number >> 8);
        bytes[count++] = (BYTE)number;
        if (i == length)
            break;
        if (text[i++] != ':' || i == length)
            return false;
        if (text[i] == ':')
        {
            if (gap != SIZE_MAX)
                return false;
            gap = count;
            i++;
        }
    }
    if (gap == SIZE_MAX)
        return count == 16;
    if (count == 16)
        return false;
    memmove(bytes + gap + 16 - count, bytes + gap, count - gap);
    memset(bytes + gap, 0, 16 - count);
    return true;
}

void url_address_set(struct url_address *address, const BYTE *bytes, size_t length)
{
    static const BYTE mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

    if (length == 16 && !memcmp(bytes, mapped, sizeof(mapped)))
    {
        bytes += sizeof(mapped);
        length -= sizeof(mapped);
    }
    memset(address, 0, sizeof(*address));
    memcpy(address->bytes, bytes, length);
    address->length = length;
}

void url_address_parse(const BYTE *text, size_t length, struct url_address *address)
{
    const BYTE *zone = length ? memchr(text, '%', length) : NULL;
    BYTE bytes[16];

    address->length = 0;
    if (parse_ipv4(text, length, bytes))
        url_address_set(address, bytes, 4);
    else if (parse_ipv6(text, zone ? (size_t)(zone - text) : length, bytes))
        url_address_set(address, bytes, 16);
}

bool url_address_equal(const struct url_address *one, const struct url_address *other)
{
    return one->length == other->length && !memcmp(one->bytes, other->bytes, one->length);
}

/* --- Paths and hosts --- */

static bool is_separator(BYTE c)
{
    return c == '/' || c == '\\';
}

/* Replaces escapes; returns the new length, or SIZE_MAX. */
static size_t unescape(BYTE *path, size_t length)
{
    size_t in = 0, out = 0;
    int high, low, c;

    while (in < length)
    {
        if (path[in] != '%')
        {
            path[out++] = to_lower(path[in++]);
            continue;
        }
        if (length - in < 3 || (high = hex_value(path[in + 1])) < 0 || (low = hex_value(path[in + 2])) < 0)
            return SIZE_MAX;
        c = high << 4 | low;
        if (c < 0x20 || c == 0x7f)
            return SIZE_MAX;
        if (is_separator((BYTE)c))
        {
            /* "%2f" of three bytes is what it becomes, so that no longer path comes of it. */
            path[out++] = '%';
            path[out++] = to_lower(path[in + 1]);
            path[out++] = to_lower(path[in + 2]);
        }
        else
            path[out++] = to_lower((BYTE)c);
        in += 3;
    }
    return out;
}

/* RFC 3986, 5.2.4, and without a slash at the end. */
static size_t collapse(BYTE *path, size_t length)
{
    size_t in = 0, out = 0, next;

    while (in < length)
    {
        for (next = in + 1; next < length && path[next] != '/'; next++)
            ;
        if (next - in == 3 && path[in + 1] == '.' && path[in + 2] == '.')
        {
            while (out && path[--out] != '/')
                ;
        }
        else if (!(next - in == 2 && path[in + 1] == '.'))
        {
            memmove(path + out, path + in, next - in);
            out += next - in;
        }
        in = next;
    }
    while (out && path[out - 1] == '/')
        out--;
    return out;
}

size_t url_path_normalize(BYTE *path, size_t length)
{
    if (!length || path[0] != '/' || (length = unescape(path, length)) == SIZE_MAX)
        return SIZE_MAX;
    return collapse(path, length);
}

static bool parse_port(const BYTE *text, size_t length, USHORT *port)
{
    unsigned number = 0;
    size_t i;

    for (i = 0; i < length; i++)
    {
        if (text[i] < '0' || text[i] > '9' || (number = number * 10 + (unsigned)(text[i] - '0')) > 0xffff)
            return false;
    }
    if (length)
        *port = (USHORT)number;
    return true;
}

bool url_authority_parse(BYTE *text, size_t length, const BYTE **host, size_t *host_length, struct url_address *address,
                         USHORT *port)
{
    const BYTE *begin = text, *end = text + length, *at;
    size_t i;

    for (i = 0; i < length; i++)
    {
        if (text[i] <= 0x20 || text[i] == 0x7f || text[i] == '/' || text[i] == '@' || text[i] == '\\')
            return false;
        text[i] = to_lower(text[i]);
    }
    address->length = 0;
    if (length && *text == '[')
    {
        if (!(at = memchr(text, ']', length)))
            return false;
        url_address_parse(begin + 1, (size_t)(at - begin - 1), address);
        if (!address->length)
            return false;
        at++;
        *host_length = (size_t)(at - begin);
    }
    else
    {
        at = length ? memchr(text, ':', length) : NULL;
        at = at ? at : end;
        url_address_parse(begin, (size_t)(at - begin), address);
        *host_length = (size_t)(at - begin);
        if (*host_length > 1 && at[-1] == '.')
            --*host_length;
    }
    *host = begin;
    return at == end || (*at == ':' && parse_port(at + 1, (size_t)(end - at - 1), port));
}

/* --- Prefixes --- */

/* The UTF-8 of what a part of a URL stands for; returns its length, or SIZE_MAX if half of a surrogate pair is in it.
 */
static size_t decode_part(const struct url_text *part, WCHAR *chars, BYTE *bytes)
{
    size_t count = url_unescape(part, chars), length;

    if (!utf16_to_utf8_length(chars, count, &length))
        return SIZE_MAX;
    utf16_to_utf8(chars, count, bytes);
    return length;
}

/*
 * A path as url_path_normalize() would leave it: its escapes stay, so that one of a slash is told from a slash. What
 * url_parse() lets through is ASCII.
 */
static size_t decode_path(const struct url_text *part, BYTE *bytes)
{
    size_t i;

    for (i = 0; i < part->length; i++)
        bytes[i] = (BYTE)part->chars[i];
    return part->length ? url_path_normalize(bytes, part->length) : 0;
}

static HRESULT set_host(struct url_prefix *prefix, const struct url_text *part, WCHAR *chars, BYTE *bytes,
                        WS_ERROR *error)
{
    USHORT port = 0;
    size_t length;

    if ((length = decode_part(part, chars, bytes)) == SIZE_MAX)
        return error_report(error, WS_E_INVALID_ENDPOINT_URL, "The host of the listener's URL is not valid UTF-16.");
    if (length == 1 && (*bytes == '+' || *bytes == '*'))
    {
        prefix->kind = *bytes == '+' ? URL_PREFIX_ANY : URL_PREFIX_REST;
        return S_OK;
    }
    if (!url_authority_parse(bytes, length, &prefix->host, &prefix->host_length, &prefix->address, &port) || port)
        return error_report(error, WS_E_INVALID_ENDPOINT_URL,
                            "The host of the listener's URL is neither a name nor an IP address, nor + or *.");
    prefix->kind = prefix->address.length ? URL_PREFIX_ADDRESS : URL_PREFIX_NAME;
    return S_OK;
}

static HRESULT check_parts(const struct url_parts *parts, WS_URL_SCHEME_TYPE scheme, WS_ERROR *error)
{
    if (parts->type != scheme)
        return error_report(error, WS_E_INVALID_ENDPOINT_URL,
                            "The listener's URL has the scheme %s, but its binding has %s.",
                            url_schemes[parts->type].name, url_schemes[scheme].name);
    if (parts->has_query || parts->has_fragment)
        return error_report(error, WS_E_INVALID_ENDPOINT_URL,
                            "The listener's URL has a %s, which no listener can have.",
                            parts->has_query ? "query" : "fragment");
    if (parts->port.length && !parts->port_number)
        return error_report(error, WS_E_INVALID_ENDPOINT_URL,
                            "The listener's URL has the port 0; ports are 1 to 65535.");
    return S_OK;
}

HRESULT url_prefix_parse(const WS_STRING *url, WS_URL_SCHEME_TYPE scheme, struct url_prefix **ret, WS_ERROR *error)
{
    struct url_parts parts;
    struct url_prefix *prefix;
    WCHAR *chars;
    BYTE *bytes;
    size_t room;
    HRESULT hr;

    if (url_parse(url, URL_TO_DECODE, WS_URL_FLAGS_ALLOW_HOST_WILDCARDS, "The listener's URL", &parts, error) != S_OK)
        return WS_E_INVALID_ENDPOINT_URL;
    if ((hr = check_parts(&parts, scheme, error)) != S_OK)
        return hr;

    /* Behind the structure: the host as UTF-16, as UTF-8, and the path. */
    room = parts.host.length * (sizeof(WCHAR) + 3) + parts.path.length;
    if (!(prefix = memory_alloc(sizeof(*prefix) + room, "URL of a listener")))
        return error_report(error, E_OUTOFMEMORY, "There is no memory for the URL of the listener.");
    memset(prefix, 0, sizeof(*prefix));
    chars = (WCHAR *)(prefix + 1);
    bytes = (BYTE *)(chars + parts.host.length);
    prefix->scheme = scheme;
    prefix->port = parts.port.length ? parts.port_number : url_schemes[scheme].default_port;
    if ((hr = set_host(prefix, &parts.host, chars, bytes, error)) != S_OK)
    {
        url_prefix_free(prefix);
        return hr;
    }
    bytes += parts.host.length * 3;
    prefix->path = bytes;
    if ((prefix->path_length = decode_path(&parts.path, bytes)) == SIZE_MAX)
    {
        url_prefix_free(prefix);
        return error_report(error, WS_E_INVALID_ENDPOINT_URL,
                            "The path of the listener's URL has an escape of a control character.");
    }
    *ret = prefix;
    return S_OK;
}

void url_prefix_free(struct url_prefix *prefix)
{
    memory_free(prefix);
}

static bool equal(const BYTE *one, size_t one_length, const BYTE *other, size_t other_length)
{
    return one_length == other_length && (!one_length || !memcmp(one, other, one_length));
}

bool url_prefix_equal(const struct url_prefix *one, const struct url_prefix *other)
{
    if (one->kind != other->kind || one->scheme != other->scheme || one->port != other->port ||
        !equal(one->path, one->path_length, other->path, other->path_length))
        return false;
    if (one->kind == URL_PREFIX_ADDRESS)
        return url_address_equal(&one->address, &other->address);
    return equal(one->host, one->host_length, other->host, other->host_length);
}

bool url_prefix_matches(const struct url_prefix *prefix, const struct url_target *target)
{
    size_t length = prefix->path_length;

    if (prefix->kind == URL_PREFIX_NAME && !equal(prefix->host, prefix->host_length, target->host, target->host_length))
        return false;
    if (prefix->kind == URL_PREFIX_ADDRESS && !url_address_equal(&prefix->address, &target->local))
        return false;
    return target->path_length >= length && (!length || !memcmp(prefix->path, target->path, length)) &&
           (target->path_length == length || target->path[length] == '/');
}

bool url_prefix_precedes(const struct url_prefix *one, const struct url_prefix *other)
{
    return one->kind != other->kind ? one->kind < other->kind : one->path_length > other->path_length;
}
