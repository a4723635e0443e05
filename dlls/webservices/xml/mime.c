/* SPDX-License-Identifier: MIT */
/* mime.c - see mime.h. */
#include "xml/mime.h"

#include "values/base64.h"
#include "base/error.h"
#include "base/text.h"

#include <string.h>

/* --- Texts --- */

static BYTE lower(BYTE c)
{
    return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
}

bool mime_is(struct mime_text text, const char *literal)
{
    size_t length = strlen(literal), i;

    if (!text.bytes || text.length != length)
        return false;
    for (i = 0; i < length; i++)
        if (lower(text.bytes[i]) != lower((BYTE)literal[i]))
            return false;
    return true;
}

bool mime_same(struct mime_text a, struct mime_text b)
{
    return a.length == b.length && (!a.length || !memcmp(a.bytes, b.bytes, a.length));
}

bool mime_copy(struct arena *arena, struct mime_text text, struct mime_text *copy)
{
    BYTE *bytes = arena_alloc(arena, text.length ? text.length : 1);

    if (!bytes)
        return false;
    if (text.length)
        memcpy(bytes, text.bytes, text.length);
    copy->bytes = bytes;
    copy->length = text.length;
    return true;
}

/* --- The grammar of header fields --- */

/* A position in a field's value. */
struct cursor
{
    const BYTE *p, *end;
};

/* The line ends of a folded field are white space, too. */
static bool is_space(BYTE c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* "token" of RFC 2045: printable ASCII without tspecials. */
static bool is_token(BYTE c)
{
    return c > ' ' && c < 0x7f && !strchr("()<>@,;:\\\"/[]?=", c);
}

/* White space and comments, which may be nested. False: a comment does not end. */
static bool skip_space(struct cursor *at)
{
    size_t depth = 0;

    for (; at->p < at->end; at->p++)
    {
        if (*at->p == '(')
            depth++;
        else if (!depth)
        {
            if (!is_space(*at->p))
                return true;
        }
        else if (*at->p == ')')
            depth--;
        else if (*at->p == '\\' && ++at->p == at->end)
            return false;
    }
    return !depth;
}

static struct mime_text take_token(struct cursor *at)
{
    struct mime_text token = {at->p, 0};

    while (at->p < at->end && is_token(*at->p))
        at->p++;
    token.length = (size_t)(at->p - token.bytes);
    return token;
}

static bool take_char(struct cursor *at, BYTE c)
{
    if (at->p == at->end || *at->p != c)
        return false;
    at->p++;
    return true;
}

static COLD HRESULT bad_field(const char *name, struct mime_text value, WS_ERROR *error)
{
    char excerpt[TEXT_EXCERPT_ROOM];

    return error_report(error, WS_E_INVALID_FORMAT, "The MIME header field %s has a value that is not valid: \"%s\".",
                        name, text_excerpt(value.bytes, value.length, excerpt));
}

/* A quoted string, after its quote: *text is what is between the quotes, as it is written. */
static bool take_quoted(struct cursor *at, struct mime_text *text)
{
    text->bytes = at->p;
    for (; at->p < at->end; at->p++)
    {
        if (*at->p == '"')
        {
            text->length = (size_t)(at->p++ - text->bytes);
            return true;
        }
        if (*at->p == '\\' && ++at->p == at->end)
            break;
    }
    return false;
}

/* Copies what a quoted string says: without backslashes, and without the line ends of a folded line. */
static bool copy_quoted(struct arena *arena, struct mime_text quoted, struct mime_text *copy)
{
    BYTE *bytes = arena_alloc(arena, quoted.length + 1), *to = bytes;
    size_t i;

    if (!bytes)
        return false;
    for (i = 0; i < quoted.length; i++)
    {
        if (quoted.bytes[i] == '\\')
            i++;
        if (quoted.bytes[i] != '\r' && quoted.bytes[i] != '\n')
            *to++ = quoted.bytes[i];
    }
    copy->bytes = bytes;
    copy->length = (size_t)(to - bytes);
    return true;
}

/* name=value, at the name. */
static HRESULT take_parameter(struct cursor *at, struct arena *arena, struct mime_content_type *type,
                              struct mime_text whole, WS_ERROR *error)
{
    struct mime_text name = take_token(at), value, *place = NULL;
    char excerpt[TEXT_EXCERPT_ROOM];
    bool quoted;

    if (!name.length || !skip_space(at) || !take_char(at, '=') || !skip_space(at) || at->p == at->end)
        return bad_field("Content-Type", whole, error);
    if (mime_is(name, "boundary"))
        place = &type->boundary;
    else if (mime_is(name, "start"))
        place = &type->start;
    else if (mime_is(name, "start-info"))
        place = &type->start_info;
    else if (mime_is(name, "type"))
        place = &type->root_type;
    else if (mime_is(name, "charset"))
        place = &type->charset;
    if (place && place->bytes)
        return error_report(error, WS_E_INVALID_FORMAT,
                            "The MIME header field Content-Type has the parameter \"%s\" twice.",
                            text_excerpt(name.bytes, name.length, excerpt));
    quoted = take_char(at, '"');
    if (quoted && !take_quoted(at, &value))
        return error_report(error, WS_E_INVALID_FORMAT,
                            "A quoted string in the MIME header field Content-Type does not end.");
    if (!quoted && !(value = take_token(at)).length)
        return bad_field("Content-Type", whole, error);
    if (place && !(quoted ? copy_quoted(arena, value, place) : mime_copy(arena, value, place)))
        return error_report(error, E_OUTOFMEMORY, "There is no memory for a MIME parameter of %zu bytes.",
                            value.length);
    return S_OK;
}

HRESULT mime_read_content_type(struct mime_text value, struct arena *arena, struct mime_content_type *type,
                               WS_ERROR *error)
{
    struct cursor at = {value.bytes, value.bytes + value.length};
    HRESULT hr;

    memset(type, 0, sizeof(*type));
    if (!skip_space(&at) || !(type->type = take_token(&at)).length || !skip_space(&at) || !take_char(&at, '/') ||
        !skip_space(&at) || !(type->subtype = take_token(&at)).length || !skip_space(&at))
        return bad_field("Content-Type", value, error);
    while (at.p < at.end)
    {
        if (!take_char(&at, ';') || !skip_space(&at))
            return bad_field("Content-Type", value, error);
        if (at.p == at.end)
            break; /* a semicolon at the end: harmless, and seen in the wild */
        if ((hr = take_parameter(&at, arena, type, value, error)) != S_OK)
            return hr;
        if (!skip_space(&at))
            return bad_field("Content-Type", value, error);
    }
    if (!mime_copy(arena, type->type, &type->type) || !mime_copy(arena, type->subtype, &type->subtype))
        return error_report(error, E_OUTOFMEMORY, "There is no memory for a MIME type.");
    return S_OK;
}

HRESULT mime_read_content_id(struct mime_text value, struct mime_text *id, WS_ERROR *error)
{
    struct cursor at = {value.bytes, value.bytes + value.length};
    const BYTE *start;

    if (!skip_space(&at) || !take_char(&at, '<'))
        return bad_field("Content-ID", value, error);
    for (start = at.p; at.p<at.end && * at.p> ' ' && *at.p != '<' && *at.p != '>'; at.p++)
        ;
    id->bytes = start;
    id->length = (size_t)(at.p - start);
    if (!id->length || !take_char(&at, '>') || !skip_space(&at) || at.p != at.end)
        return bad_field("Content-ID", value, error);
    return S_OK;
}

HRESULT mime_read_version(struct mime_text value, WS_ERROR *error)
{
    struct cursor at = {value.bytes, value.bytes + value.length};

    if (!skip_space(&at) || !take_char(&at, '1') || !skip_space(&at) || !take_char(&at, '.') || !skip_space(&at) ||
        !take_char(&at, '0') || !skip_space(&at) || at.p != at.end)
        return bad_field("MIME-Version", value, error);
    return S_OK;
}

HRESULT mime_read_encoding(struct mime_text value, enum mime_encoding *encoding, WS_ERROR *error)
{
    struct mime_text token;
    struct cursor at;

    *encoding = MIME_AS_IS;
    if (!value.bytes)
        return S_OK;
    at.p = value.bytes;
    at.end = value.bytes + value.length;
    if (!skip_space(&at))
        return bad_field("Content-Transfer-Encoding", value, error);
    token = take_token(&at);
    if (!skip_space(&at) || at.p != at.end)
        return bad_field("Content-Transfer-Encoding", value, error);
    if (mime_is(token, "base64"))
        *encoding = MIME_BASE64;
    else if (mime_is(token, "quoted-printable"))
        *encoding = MIME_QUOTED_PRINTABLE;
    else if (!mime_is(token, "binary") && !mime_is(token, "8bit") && !mime_is(token, "7bit"))
        return bad_field("Content-Transfer-Encoding", value, error);
    return S_OK;
}

/* --- Groups of header fields --- */

const BYTE *mime_find_headers_end(const BYTE *p, const BYTE *end, size_t *searched)
{
    const BYTE *at = p + *searched;

    /* No fields at all: the empty line is the first. */
    if (end - p >= 2 && p[0] == '\r' && p[1] == '\n')
        return p + 2;
    while ((size_t)(end - at) >= 4 && (at = memchr(at, '\r', (size_t)(end - at) - 3)))
    {
        if (!memcmp(at, "\r\n\r\n", 4))
            return at + 4;
        at++;
    }
    *searched = end - p > 3 ? (size_t)(end - p) - 3 : 0;
    return NULL;
}

/* The end of a field that begins at `p`: the CR LF that no white space follows. NULL: there is none. */
static const BYTE *field_end(const BYTE *p, const BYTE *end)
{
    while ((p = memchr(p, '\n', (size_t)(end - p))))
    {
        if (p[-1] != '\r')
            return NULL;
        if (p + 1 == end || (p[1] != ' ' && p[1] != '\t'))
            return p - 1;
        p++;
    }
    return NULL;
}

bool mime_has_bare_lf(const BYTE *p, const BYTE *end)
{
    const BYTE *start = p;

    for (; (p = memchr(p, '\n', (size_t)(end - p))); p++)
        if (p == start || p[-1] != '\r')
            return true;
    return false;
}

static bool has_control(const BYTE *p, const BYTE *end)
{
    for (; p < end; p++)
        if ((*p < ' ' && *p != '\t' && *p != '\r' && *p != '\n') || (*p == '\r' && p[1] != '\n'))
            return true;
    return false;
}

static HRESULT take_field(const BYTE *p, const BYTE *end, struct mime_headers *headers, WS_ERROR *error)
{
    struct cursor at = {p, end};
    struct mime_text name = take_token(&at), *place;
    char excerpt[TEXT_EXCERPT_ROOM];

    while (at.p < at.end && (*at.p == ' ' || *at.p == '\t'))
        at.p++;
    if (!name.length || !take_char(&at, ':') || has_control(p, end))
        return error_report(error, WS_E_INVALID_FORMAT, "A line in a MIME header is not a header field: \"%s\".",
                            text_excerpt(p, (size_t)(end - p), excerpt));
    if (mime_is(name, "Content-Type"))
        place = &headers->content_type;
    else if (mime_is(name, "Content-ID"))
        place = &headers->content_id;
    else if (mime_is(name, "Content-Transfer-Encoding"))
        place = &headers->transfer_encoding;
    else if (mime_is(name, "MIME-Version"))
        place = &headers->version;
    else
        return S_OK;
    if (place->bytes)
        return error_report(error, WS_E_INVALID_FORMAT, "The MIME header field \"%s\" occurs twice.",
                            text_excerpt(name.bytes, name.length, excerpt));
    while (at.p < at.end && is_space(*at.p))
        at.p++;
    place->bytes = at.p;
    place->length = (size_t)(end - at.p);
    return S_OK;
}

HRESULT mime_read_headers(const BYTE *p, const BYTE *end, struct mime_headers *headers, WS_ERROR *error)
{
    char excerpt[TEXT_EXCERPT_ROOM];
    const BYTE *stop;
    HRESULT hr;

    memset(headers, 0, sizeof(*headers));
    for (; end - p > 2; p = stop + 2)
    {
        if (*p == '\n' || !(stop = field_end(p, end)))
            return error_report(error, WS_E_INVALID_FORMAT, "A line of a MIME header does not end in CR LF: \"%s\".",
                                text_excerpt(p, (size_t)(end - p), excerpt));
        if ((hr = take_field(p, stop, headers, error)) != S_OK)
            return hr;
    }
    return S_OK;
}

/* --- Boundaries --- */

bool mime_set_boundary(struct mime_boundary *boundary, struct mime_text text)
{
    size_t i;

    if (!text.length || text.length > MIME_BOUNDARY_MAX || text.bytes[text.length - 1] == ' ')
        return false;
    /* More than RFC 2046 lists, but nothing that a quoted string could not say in one line. */
    for (i = 0; i < text.length; i++)
        if (text.bytes[i] < ' ' || text.bytes[i] > 0x7e)
            return false;
    memcpy(boundary->bytes, "\r\n--", 4);
    memcpy(boundary->bytes + 4, text.bytes, text.length);
    boundary->length = text.length + 4;
    return true;
}

const BYTE *mime_find_boundary(const struct mime_boundary *boundary, const BYTE *p, const BYTE *end, bool *found)
{
    size_t count;

    *found = false;
    while (p < end && (p = memchr(p, '\r', (size_t)(end - p))))
    {
        count = (size_t)(end - p) < boundary->length ? (size_t)(end - p) : boundary->length;
        if (!memcmp(p, boundary->bytes, count))
        {
            *found = count == boundary->length;
            return p;
        }
        p++;
    }
    return end;
}

bool mime_has_boundary(const struct mime_boundary *boundary, size_t *matched, const BYTE *p, size_t count)
{
    const BYTE *end = p + count;
    bool found;

    while (*matched && p < end)
    {
        if (*p == boundary->bytes[*matched])
        {
            p++;
            if (++*matched == boundary->length)
                return true;
        }
        else
            *matched = 0;
    }
    if (*matched)
        return false;
    p = mime_find_boundary(boundary, p, end, &found);
    *matched = (size_t)(end - p);
    return found;
}

/* --- Transfer encodings --- */

static bool decode_base64(struct mime_decoder *decoder, const BYTE *from, size_t count, BYTE *to, size_t *written)
{
    const BYTE *end = from + count;
    size_t length;

    for (*written = 0; from < end; from++)
    {
        if (is_space(*from))
            continue;
        if (decoder->padded)
            return false;
        decoder->held[decoder->held_count++] = *from;
        if (decoder->held_count < 4)
            continue;
        if (base64_decode(decoder->held, 4, to + *written, &length) != S_OK)
            return false;
        *written += length;
        decoder->held_count = 0;
        decoder->padded = length < 3;
    }
    return true;
}

static int hex_value(BYTE c)
{
    return c >= '0' && c <= '9' ? c - '0' : lower(c) >= 'a' && lower(c) <= 'f' ? lower(c) - 'a' + 10 : -1;
}

/* What `escape` says; of "=X" it is that digit and ESCAPE_DIGIT. */
#define ESCAPE_NONE  0u
#define ESCAPE_BEGUN 1u /* = */
#define ESCAPE_SPACE 2u /* = and white space, which must be followed by a line end */
#define ESCAPE_CR    3u /* = and perhaps that, and CR */
#define ESCAPE_DIGIT 16u

/* The next character of an escape; false: it is invalid. *byte: the byte that the escape stands for; -1: none (yet). */
static bool decode_escape(struct mime_decoder *decoder, BYTE c, int *byte)
{
    *byte = -1;
    if (decoder->escape >= ESCAPE_DIGIT)
    {
        if (hex_value(c) < 0)
            return false;
        *byte = (int)(decoder->escape - ESCAPE_DIGIT) << 4 | hex_value(c);
        decoder->escape = ESCAPE_NONE;
        return true;
    }
    if (decoder->escape == ESCAPE_CR)
    {
        decoder->escape = ESCAPE_NONE;
        return c == '\n';
    }
    if (c == '\r')
        decoder->escape = ESCAPE_CR;
    else if (c == ' ' || c == '\t')
        decoder->escape = ESCAPE_SPACE;
    else if (decoder->escape == ESCAPE_BEGUN && hex_value(c) >= 0)
        decoder->escape = ESCAPE_DIGIT + (unsigned)hex_value(c);
    else
        return false;
    return true;
}

/* White space is held until something follows it: at the end of a line it is not part of the text. */
static bool decode_quoted(struct mime_decoder *decoder, const BYTE *from, size_t count, BYTE *to, size_t *written)
{
    const BYTE *end = from + count;
    BYTE *start = to, c;
    int byte;

    for (; from < end; from++)
    {
        c = *from; /* read before anything is written, which may be in the same place */
        if (decoder->escape)
        {
            if (!decode_escape(decoder, c, &byte))
                return false;
            if (byte >= 0)
                *to++ = (BYTE)byte;
            continue;
        }
        if (c == ' ' || c == '\t')
        {
            /* Lines have 76 characters at most. */
            if (decoder->held_count == sizeof(decoder->held))
                return false;
            decoder->held[decoder->held_count++] = c;
            continue;
        }
        if (c != '\r' && c != '\n')
        {
            memcpy(to, decoder->held, decoder->held_count);
            to += decoder->held_count;
        }
        decoder->held_count = 0;
        if (c == '=')
            decoder->escape = ESCAPE_BEGUN;
        else
            *to++ = c;
    }
    *written = (size_t)(to - start);
    return true;
}

bool mime_decode(struct mime_decoder *decoder, const BYTE *from, size_t count, BYTE *to, size_t *written)
{
    *written = 0;
    if (!count)
        return true;
    switch (decoder->encoding)
    {
    case MIME_BASE64: return decode_base64(decoder, from, count, to, written);
    case MIME_QUOTED_PRINTABLE: return decode_quoted(decoder, from, count, to, written);
    default:
        memmove(to, from, count);
        *written = count;
        return true;
    }
}

bool mime_decode_end(const struct mime_decoder *decoder)
{
    if (decoder->encoding == MIME_BASE64)
        return !decoder->held_count;
    /* A "=" at the very end is valid: it escapes the line end that follows, which belongs to the boundary. */
    return decoder->escape == ESCAPE_NONE || decoder->escape == ESCAPE_BEGUN || decoder->escape == ESCAPE_SPACE;
}
