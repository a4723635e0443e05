/* SPDX-License-Identifier: MIT */
/* url_parse.c - the grammar of URLs; see url.h. */
#include "url.h"

#include "base/error.h"
#include "base/text.h"

/*
 * The default ports. For soap.udp the page of WsDecodeUrl says 0xFFFFFFFF; this is what a USHORT holds of it. For
 * net.pipe nothing is documented, and a pipe has no port: it gets the same.
 */
const struct url_scheme url_schemes[URL_SCHEMES] = {
    [WS_URL_HTTP_SCHEME_TYPE] = {"http", 80},
    [WS_URL_HTTPS_SCHEME_TYPE] = {"https", 443},
    [WS_URL_NETTCP_SCHEME_TYPE] = {"net.tcp", 808},
    [WS_URL_SOAPUDP_SCHEME_TYPE] = {"soap.udp", 0xffff},
    [WS_URL_NETPIPE_SCHEME_TYPE] = {"net.pipe", 0xffff},
};

#define ANYWHERE (URL_IN_HOST | URL_IN_LITERAL | URL_IN_PATH | URL_IN_QUERY)
#define A        ANYWHERE /* unreserved and sub-delims */

/* For each ASCII character, the parts that it may stand in. */
/* clang-format off */
static const BYTE classes[128] = {
    ['a'] = A, ['b'] = A, ['c'] = A, ['d'] = A, ['e'] = A, ['f'] = A, ['g'] = A, ['h'] = A, ['i'] = A, ['j'] = A,
    ['k'] = A, ['l'] = A, ['m'] = A, ['n'] = A, ['o'] = A, ['p'] = A, ['q'] = A, ['r'] = A, ['s'] = A, ['t'] = A,
    ['u'] = A, ['v'] = A, ['w'] = A, ['x'] = A, ['y'] = A, ['z'] = A,
    ['A'] = A, ['B'] = A, ['C'] = A, ['D'] = A, ['E'] = A, ['F'] = A, ['G'] = A, ['H'] = A, ['I'] = A, ['J'] = A,
    ['K'] = A, ['L'] = A, ['M'] = A, ['N'] = A, ['O'] = A, ['P'] = A, ['Q'] = A, ['R'] = A, ['S'] = A, ['T'] = A,
    ['U'] = A, ['V'] = A, ['W'] = A, ['X'] = A, ['Y'] = A, ['Z'] = A,
    ['0'] = A, ['1'] = A, ['2'] = A, ['3'] = A, ['4'] = A, ['5'] = A, ['6'] = A, ['7'] = A, ['8'] = A, ['9'] = A,
    ['-'] = A, ['.'] = A, ['_'] = A, ['~'] = A,
    ['!'] = A, ['$'] = A, ['&'] = A, ['\''] = A, ['('] = A, [')'] = A, ['*'] = A, ['+'] = A, [','] = A, [';'] = A,
    ['='] = A,
    [':'] = URL_IN_LITERAL | URL_IN_PATH | URL_IN_QUERY,
    ['@'] = URL_IN_PATH | URL_IN_QUERY,
    ['/'] = URL_IN_PATH | URL_IN_QUERY,
    ['?'] = URL_IN_QUERY,
    ['%'] = URL_IN_LITERAL, /* RFC 6874: the zone of a link-local address; elsewhere it begins an escape */
};
/* clang-format on */

#undef A

bool url_is_plain(uint32_t c, unsigned part)
{
    return c < 128 && (classes[c] & part);
}

static int hex_digit(WCHAR c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return -1;
}

/* The byte that "%41" stands for; -1 if this is no escape. */
static int escaped_byte(const WCHAR *chars, const WCHAR *end)
{
    int high, low;

    if (end - chars < 3 || chars[0] != '%' || (high = hex_digit(chars[1])) < 0 || (low = hex_digit(chars[2])) < 0)
        return -1;
    return high << 4 | low;
}

/*
 * Reads the character that one or more escapes stand for, which are its UTF-8. Returns how many characters they take,
 * or 0 if they are not valid.
 */
static size_t unescape_one(const WCHAR *chars, const WCHAR *end, uint32_t *code_point)
{
    BYTE bytes[4];
    size_t count;
    int byte;

    for (count = 0; count < sizeof(bytes); count++)
    {
        if ((byte = escaped_byte(chars + 3 * count, end)) < 0)
            break;
        bytes[count] = (BYTE)byte;
        if (bytes[0] < 0x80)
        {
            *code_point = bytes[0];
            return 3;
        }
    }
    return count ? 3 * utf8_decode(bytes, bytes + count, code_point) : 0;
}

size_t url_unescape(const struct url_text *text, WCHAR *chars)
{
    const WCHAR *from = text->chars, *end = from + text->length;
    size_t count = 0;
    uint32_t c;

    while (from < end)
    {
        if (*from != '%')
        {
            c = *from++;
            if (chars)
                chars[count] = (WCHAR)c;
            count++;
            continue;
        }
        from += unescape_one(from, end, &c);
        if (c < 0x10000)
        {
            if (chars)
                chars[count] = (WCHAR)c;
            count++;
        }
        else
        {
            if (chars)
            {
                chars[count] = (WCHAR)(0xd800 + ((c - 0x10000) >> 10));
                chars[count + 1] = (WCHAR)(0xdc00 + (c & 0x3ff));
            }
            count += 2;
        }
    }
    return count;
}

size_t url_collapse_path(WCHAR *path, size_t length)
{
    size_t in = 0, out = 0, next, i;

    while (in < length)
    {
        /* A segment with the slash before it. */
        for (next = in + 1; next < length && path[next] != '/'; next++)
            ;
        if (next - in == 2 && path[in + 1] == '.')
        {
            if (next == length)
                path[out++] = '/';
        }
        else if (next - in == 3 && path[in + 1] == '.' && path[in + 2] == '.')
        {
            while (out && path[--out] != '/')
                ;
            if (next == length)
                path[out++] = '/';
        }
        else
            for (i = in; i < next; i++)
                path[out++] = path[i];
        in = next;
    }
    return out;
}

bool url_parse_port(const WCHAR *chars, size_t length, USHORT *port)
{
    uint32_t number = 0;
    size_t i;

    if (!length)
        return false;
    for (i = 0; i < length; i++)
    {
        if (chars[i] < '0' || chars[i] > '9')
            return false;
        number = number * 10 + (uint32_t)(chars[i] - '0');
        if (number > 0xffff)
            return false;
    }
    *port = (USHORT)number;
    return true;
}

/* What is being parsed, for the sentences about it. */
struct context
{
    enum url_use use;
    const char *what;
    const WCHAR *start, *end;
    WS_ERROR *error;
};

/* Empty texts point here, so that nobody computes with NULL. */
static const WCHAR nothing[1];

static HRESULT bad_character(const struct context *context, const WCHAR *at, const char *part)
{
    unsigned position = (unsigned)(at - context->start);
    uint32_t c;

    if (*at != '%')
    {
        utf16_decode(at, context->end, &c);
        return error_report(context->error, WS_E_INVALID_FORMAT,
                            "%s has the character U+%04X in its %s, at position %u, where it has to be escaped.",
                            context->what, (unsigned)c, part, position);
    }
    if (escaped_byte(at, context->end) < 0)
        return error_report(context->error, WS_E_INVALID_FORMAT,
                            "%s has a %% in its %s, at position %u, without two hexadecimal digits after it.",
                            context->what, part, position);
    return error_report(context->error, WS_E_INVALID_FORMAT,
                        "%s has an escape in its %s, at position %u, that does not begin a character in UTF-8.",
                        context->what, part, position);
}

/* The length of an escape: of a whole character, or of one byte if the URL is not to be decoded. 0: it is invalid. */
static size_t escape_length(const struct context *context, const WCHAR *at, const WCHAR *end, uint32_t *c)
{
    int byte;

    if (context->use == URL_TO_DECODE)
        return unescape_one(at, end, c);
    if ((byte = escaped_byte(at, end)) < 0)
        return 0;
    *c = (uint32_t)byte;
    return 3;
}

/* Checks a part but for what is between brackets: its characters, and its escapes. */
static HRESULT check_text(const struct context *context, const struct url_text *text, unsigned class, const char *part)
{
    const WCHAR *at = text->chars, *end = at + text->length;
    uint32_t c;
    size_t size;

    while (at < end)
    {
        if (url_is_plain(*at, class))
            at++;
        else if (*at == '%' && (size = escape_length(context, at, end, &c)))
        {
            /* Whoever passes the host on as a zero-terminated string would otherwise connect elsewhere. */
            if (!c && class == URL_IN_HOST)
                return error_report(context->error, WS_E_INVALID_FORMAT,
                                    "%s has the character U+0000 in its host, at position %u.", context->what,
                                    (unsigned)(at - context->start));
            at += size;
        }
        else
            return bad_character(context, at, part);
    }
    return S_OK;
}

static const WCHAR *find(const WCHAR *at, const WCHAR *end, WCHAR c)
{
    while (at < end && *at != c)
        at++;
    return at;
}

static void set_text(struct url_text *text, const WCHAR *chars, const WCHAR *end)
{
    text->chars = chars;
    text->length = (size_t)(end - chars);
}

/* "[" literal "]": its characters may be any that an address has, in any order. */
static HRESULT check_literal(const struct context *context, const struct url_text *host)
{
    size_t i;

    if (host->length <= 2)
        return error_report(context->error, WS_E_INVALID_FORMAT, "%s has no address between its brackets.",
                            context->what);
    for (i = 1; i < host->length - 1; i++)
        if (!url_is_plain(host->chars[i], URL_IN_LITERAL))
            return bad_character(context, &host->chars[i], "host");
    return S_OK;
}

/* '+' or '*' if that is all that a checked host is, however it is written; else 0. */
static char wildcard(const struct url_text *host)
{
    const WCHAR *chars = host->chars;
    int c = host->length == 1 ? chars[0] : host->length == 3 ? escaped_byte(chars, chars + 3) : -1;

    return (char)(c == '+' || c == '*' ? c : 0);
}

static HRESULT parse_host(const struct context *context, ULONG flags, const struct url_text *host)
{
    HRESULT hr;

    if (!host->length)
        return error_report(context->error, WS_E_INVALID_FORMAT, "%s has no host.", context->what);
    if (host->chars[0] == '[')
        return check_literal(context, host);
    if ((hr = check_text(context, host, URL_IN_HOST, "host")) != S_OK)
        return hr;
    if (!(flags & WS_URL_FLAGS_ALLOW_HOST_WILDCARDS) && wildcard(host))
        return error_report(context->error, WS_E_INVALID_FORMAT,
                            "%s has the wildcard %c for a host, which WS_URL_FLAGS_ALLOW_HOST_WILDCARDS would allow.",
                            context->what, wildcard(host));
    return S_OK;
}

static HRESULT parse_authority(const struct context *context, ULONG flags, struct url_parts *parts)
{
    const WCHAR *at = parts->authority.chars, *end = at + parts->authority.length, *host_end;

    if ((host_end = find(at, end, '@')) != end)
        return error_report(context->error, WS_E_INVALID_FORMAT,
                            "%s has a user name before its host, up to position %u, which is not supported.",
                            context->what, (unsigned)(host_end - context->start));
    if (at < end && *at == '[')
    {
        if ((host_end = find(at, end, ']')) == end)
            return error_report(context->error, WS_E_INVALID_FORMAT,
                                "%s has a [ at position %u, and no ] after its host.", context->what,
                                (unsigned)(at - context->start));
        host_end++;
        if (host_end < end && *host_end != ':')
            return bad_character(context, host_end, "host");
    }
    else
        host_end = find(at, end, ':');

    set_text(&parts->host, at, host_end);
    set_text(&parts->port, host_end < end ? host_end + 1 : end, end);
    if (parts->port.length && !url_parse_port(parts->port.chars, parts->port.length, &parts->port_number))
        return error_report(context->error, WS_E_INVALID_FORMAT,
                            "%s has a port, at position %u, that is not a number from 0 to 65535.", context->what,
                            (unsigned)(parts->port.chars - context->start));
    return parse_host(context, flags, &parts->host);
}

static bool is_scheme(const struct url_text *text, const char *name)
{
    size_t i;

    for (i = 0; i < text->length && name[i]; i++)
        if ((text->chars[i] >= 'A' && text->chars[i] <= 'Z' ? text->chars[i] + ('a' - 'A') : text->chars[i]) != name[i])
            return false;
    return i == text->length && !name[i];
}

static HRESULT parse_scheme(const struct context *context, struct url_parts *parts)
{
    char name[32];
    unsigned type;
    size_t i;

    for (type = 0; type < URL_SCHEMES; type++)
        if (is_scheme(&parts->scheme, url_schemes[type].name))
        {
            parts->type = (WS_URL_SCHEME_TYPE)type;
            return S_OK;
        }
    for (i = 0; i < sizeof(name) - 1 && i < parts->scheme.length; i++)
        name[i] = (char)(parts->scheme.chars[i] > 0x20 && parts->scheme.chars[i] < 0x7f ? parts->scheme.chars[i] : '?');
    name[i] = 0;
    return error_report(context->error, WS_E_INVALID_FORMAT,
                        "%s has the scheme \"%s\"; only http, https, net.tcp, soap.udp and net.pipe are supported.",
                        context->what, name);
}

HRESULT url_parse(const WS_STRING *url, enum url_use use, ULONG flags, const char *what, struct url_parts *parts,
                  WS_ERROR *error)
{
    static const struct url_parts no_parts = {.scheme = {nothing, 0},
                                              .authority = {nothing, 0},
                                              .host = {nothing, 0},
                                              .port = {nothing, 0},
                                              .path = {nothing, 0},
                                              .query = {nothing, 0},
                                              .fragment = {nothing, 0}};
    const WCHAR *start = url->length ? url->chars : nothing, *at = start, *end = start + url->length, *next;
    const struct context context = {use, what, start, end, error};
    HRESULT hr;

    *parts = no_parts;
    for (next = at; next < end && *next != ':' && *next != '/' && *next != '?' && *next != '#'; next++)
        ;
    if ((parts->has_scheme = next < end && *next == ':'))
    {
        set_text(&parts->scheme, at, next);
        if ((hr = parse_scheme(&context, parts)) != S_OK)
            return hr;
        at = next + 1;
    }
    else if (use != URL_AS_REFERENCE)
        return error_report(error, WS_E_INVALID_FORMAT, "%s, of %u characters, does not begin with a scheme.", what,
                            (unsigned)url->length);

    if ((parts->has_authority = end - at >= 2 && at[0] == '/' && at[1] == '/'))
    {
        at += 2;
        for (next = at; next < end && *next != '/' && *next != '?' && *next != '#'; next++)
            ;
        set_text(&parts->authority, at, next);
        if ((hr = parse_authority(&context, flags, parts)) != S_OK)
            return hr;
        at = next;
    }
    else if (parts->has_scheme)
        return error_report(error, WS_E_INVALID_FORMAT, "%s has no // and host after its scheme, at position %u.", what,
                            (unsigned)(at - start));

    for (next = at; next < end && *next != '?' && *next != '#'; next++)
        ;
    set_text(&parts->path, at, next);
    at = next;
    if ((parts->has_query = at < end && *at == '?'))
    {
        next = find(at, end, '#');
        set_text(&parts->query, at + 1, next);
        at = next;
    }
    if ((parts->has_fragment = at < end))
        set_text(&parts->fragment, at + 1, end);

    if ((hr = check_text(&context, &parts->path, URL_IN_PATH, "path")) != S_OK ||
        (hr = check_text(&context, &parts->query, URL_IN_QUERY, "query")) != S_OK)
        return hr;
    return check_text(&context, &parts->fragment, URL_IN_QUERY, "fragment");
}
