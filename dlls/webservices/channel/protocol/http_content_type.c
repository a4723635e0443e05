/* SPDX-License-Identifier: MIT */
/* http_content_type.c - see http_content_type.h. */
#include "channel/protocol/http_content_type.h"

#include "base/error.h"
#include "base/text.h"

static const char *const names[] = {
    [HTTP_MEDIA_OTHER] = "application/octet-stream",
    [HTTP_MEDIA_TEXT_XML] = "text/xml",
    [HTTP_MEDIA_SOAP] = "application/soap+xml",
    [HTTP_MEDIA_BINARY] = "application/soap+msbin1",
    [HTTP_MEDIA_BINARY_SESSION] = "application/soap+msbinsession1",
    [HTTP_MEDIA_MULTIPART] = "multipart/related",
};

const char *http_media_name(enum http_media media)
{
    return names[media];
}

static enum http_media media_of_name(struct mime_text name)
{
    enum http_media media;

    for (media = HTTP_MEDIA_TEXT_XML; media <= HTTP_MEDIA_MULTIPART; media++)
        if (mime_is(name, names[media]))
            return media;
    return HTTP_MEDIA_OTHER;
}

/* --- Reading --- */

struct cursor
{
    const BYTE *p, *end;
    BYTE *room; /* for strings with escapes */
};

static void skip_blanks(struct cursor *at)
{
    while (at->p < at->end && (*at->p == ' ' || *at->p == '\t'))
        at->p++;
}

static bool take_char(struct cursor *at, BYTE c)
{
    if (at->p == at->end || *at->p != c)
        return false;
    at->p++;
    return true;
}

/* All until one of some characters or a blank. */
static struct mime_text take_until(struct cursor *at, const char *stops)
{
    struct mime_text text = {at->p, 0};

    while (at->p<at->end && * at->p> ' ' && *at->p != 0x7f && !strchr(stops, *at->p))
        at->p++;
    text.length = (size_t)(at->p - text.bytes);
    return text;
}

/* A quoted string, after its quote. False: it does not end. */
static bool take_quoted(struct cursor *at, struct mime_text *text)
{
    const BYTE *start = at->p, *p;
    BYTE *to = at->room;
    bool escaped = false;

    for (p = start; p < at->end && *p != '"'; p++)
        if (*p == '\\')
        {
            escaped = true;
            if (++p == at->end)
                return false;
        }
    if (p == at->end)
        return false;
    at->p = p + 1;
    text->bytes = start;
    text->length = (size_t)(p - start);
    if (!escaped)
        return true;
    for (p = start; p < start + text->length; p++)
    {
        p += *p == '\\';
        *to++ = *p;
    }
    text->bytes = at->room;
    text->length = (size_t)(to - at->room);
    at->room = to;
    return true;
}

static struct mime_text *place_of(struct http_content_type *type, struct mime_text name)
{
    if (mime_is(name, "charset"))
        return &type->charset;
    if (mime_is(name, "action"))
        return &type->action;
    if (mime_is(name, "boundary"))
        return &type->boundary;
    if (mime_is(name, "start"))
        return &type->start;
    if (mime_is(name, "start-info"))
        return &type->start_info;
    return mime_is(name, "type") ? &type->root_type : NULL;
}

static COLD HRESULT bad_type(struct mime_text value, const char *why, WS_ERROR *error)
{
    char excerpt[TEXT_EXCERPT_ROOM];

    return error_report(error, WS_E_INVALID_FORMAT, "The Content-Type \"%s\" %s.",
                        text_excerpt(value.bytes, value.length, excerpt), why);
}

/*
 * name=value. A value without quotes may have what only quotes allow, such as the colons of a URL or the angle brackets
 * of a start: so it is sent, and nothing else can be meant.
 */
static HRESULT take_parameter(struct cursor *at, struct http_content_type *type, struct mime_text whole,
                              WS_ERROR *error)
{
    struct mime_text name = take_until(at, "=;,\""), value, *place = place_of(type, name);

    skip_blanks(at);
    if (!http_is_token(name) || !take_char(at, '='))
        return bad_type(whole, "has a parameter without a value", error);
    skip_blanks(at);
    if (!take_char(at, '"'))
        value = take_until(at, ";,\"");
    else if (!take_quoted(at, &value))
        return bad_type(whole, "has a quoted string without an end", error);
    if (place && place->bytes)
        return bad_type(whole, "has a parameter twice", error);
    if (place)
        *place = value;
    return S_OK;
}

HRESULT http_read_content_type(struct mime_text value, BYTE *room, struct http_content_type *type, WS_ERROR *error)
{
    struct cursor at = {.p = value.bytes, .end = value.bytes + value.length};
    struct mime_text subtype;
    HRESULT hr;

    at.room = room;
    memset(type, 0, sizeof(*type));
    skip_blanks(&at);
    type->name = take_until(&at, "/;,\"");
    if (!http_is_token(type->name) || !take_char(&at, '/') || !http_is_token(subtype = take_until(&at, ";,\"")))
        return bad_type(value, "is not a type and a subtype", error);
    type->name.length += 1 + subtype.length;
    type->media = media_of_name(type->name);
    for (;;)
    {
        skip_blanks(&at);
        if (at.p == at.end)
            break;
        if (!take_char(&at, ';'))
            return bad_type(value, "has something after a value", error);
        skip_blanks(&at);
        /* Nothing after a semicolon is harmless, and seen in the wild. */
        if (at.p < at.end && *at.p != ';' && (hr = take_parameter(&at, type, value, error)) != S_OK)
            return hr;
    }
    if (type->start.length > 1 && type->start.bytes[0] == '<' && type->start.bytes[type->start.length - 1] == '>')
    {
        type->start.bytes++;
        type->start.length -= 2;
    }
    return S_OK;
}

/* --- What a channel can receive --- */

static bool is_mtom(WS_ENCODING encoding)
{
    return encoding == WS_ENCODING_XML_MTOM_UTF8 || encoding == WS_ENCODING_XML_MTOM_UTF16BE ||
           encoding == WS_ENCODING_XML_MTOM_UTF16LE;
}

/* The type of an envelope as text. */
static enum http_media envelope_media(WS_ENVELOPE_VERSION version)
{
    return version == WS_ENVELOPE_VERSION_SOAP_1_2 ? HTTP_MEDIA_SOAP : HTTP_MEDIA_TEXT_XML;
}

enum http_media http_media_of(WS_ENCODING encoding, WS_ENVELOPE_VERSION version)
{
    if (encoding == WS_ENCODING_RAW)
        return HTTP_MEDIA_OTHER;
    if (encoding == WS_ENCODING_XML_BINARY_1 || encoding == WS_ENCODING_XML_BINARY_SESSION_1)
        return version == WS_ENVELOPE_VERSION_SOAP_1_1 ? HTTP_MEDIA_OTHER
               : encoding == WS_ENCODING_XML_BINARY_1  ? HTTP_MEDIA_BINARY
                                                       : HTTP_MEDIA_BINARY_SESSION;
    return is_mtom(encoding) ? HTTP_MEDIA_MULTIPART : envelope_media(version);
}

/* False: it is one that readers do not know. */
static bool read_charset(struct mime_text name, WS_CHARSET *charset)
{
    if (mime_is(name, "utf-8") || mime_is(name, "utf8") || mime_is(name, "us-ascii"))
        *charset = WS_CHARSET_UTF8;
    else if (mime_is(name, "utf-16le"))
        *charset = WS_CHARSET_UTF16LE;
    else if (mime_is(name, "utf-16be"))
        *charset = WS_CHARSET_UTF16BE;
    else if (!name.length || mime_is(name, "utf-16"))
        *charset = WS_CHARSET_AUTO;
    else
        return false;
    return true;
}

/* The part of a start-info that names a type: parameters may follow. */
static struct mime_text type_name(struct mime_text text)
{
    size_t length;

    for (length = 0; length < text.length && text.bytes[length] != ';' && text.bytes[length] > ' '; length++)
        ;
    text.length = length;
    return text;
}

static HRESULT check_multipart(const struct http_content_type *type, WS_ENVELOPE_VERSION version, WS_ERROR *error)
{
    const char *wanted = http_start_info(version);
    struct mime_text info = type_name(type->start_info);
    char excerpt[TEXT_EXCERPT_ROOM];

    if (type->root_type.bytes && !mime_is(type->root_type, "application/xop+xml"))
        return error_report(error, WS_E_INVALID_FORMAT,
                            "is of the type multipart/related with \"%s\", and MTOM has \"application/xop+xml\".",
                            text_excerpt(type->root_type.bytes, type->root_type.length, excerpt));
    if (!type->boundary.length)
        return error_report(error, WS_E_INVALID_FORMAT, "is of the type multipart/related, but has no boundary.");
    if (info.length && !mime_is(info, wanted))
        return error_report(error, WS_E_INVALID_FORMAT,
                            "is MTOM with \"%s\", and the envelope version of the channel has \"%s\".",
                            text_excerpt(info.bytes, info.length, excerpt), wanted);
    return S_OK;
}

static HRESULT check_envelope(const struct http_content_type *type, WS_CHARSET *charset, WS_ERROR *error)
{
    char excerpt[TEXT_EXCERPT_ROOM];

    if (!read_charset(type->charset, charset))
        return error_report(error, WS_E_INVALID_FORMAT, "is in the charset \"%s\": only UTF-8 and UTF-16 can be read.",
                            text_excerpt(type->charset.bytes, type->charset.length, excerpt));
    return S_OK;
}

static COLD HRESULT refuse_media(const struct http_content_type *type, enum http_media wanted, WS_ERROR *error)
{
    static const char *const hints[] = {
        [HTTP_MEDIA_OTHER] = "",
        [HTTP_MEDIA_TEXT_XML] = ": it is SOAP 1.1, see WS_CHANNEL_PROPERTY_ENVELOPE_VERSION",
        [HTTP_MEDIA_SOAP] = ": it is SOAP 1.2, see WS_CHANNEL_PROPERTY_ENVELOPE_VERSION",
        [HTTP_MEDIA_BINARY] = ": it is binary, see WS_CHANNEL_PROPERTY_ENCODING",
        [HTTP_MEDIA_BINARY_SESSION] = ": it is binary with a session, see WS_CHANNEL_PROPERTY_ENCODING",
        [HTTP_MEDIA_MULTIPART] = ": it may be MTOM, see WS_CHANNEL_PROPERTY_ENCODING",
    };
    char excerpt[TEXT_EXCERPT_ROOM];

    return error_report(error, WS_E_INVALID_FORMAT, "is of the type \"%s\", and the channel reads \"%s\"%s.",
                        text_excerpt(type->name.bytes, type->name.length, excerpt), names[wanted], hints[type->media]);
}

HRESULT http_check_content_type(const struct http_content_type *type, WS_ENCODING encoding, WS_ENVELOPE_VERSION version,
                                WS_CHARSET *charset, WS_ERROR *error)
{
    enum http_media wanted = http_media_of(encoding, version);

    *charset = WS_CHARSET_AUTO;
    if (wanted == HTTP_MEDIA_OTHER)
        return S_OK;
    if (version == WS_ENVELOPE_VERSION_NONE && (!type || wanted != HTTP_MEDIA_MULTIPART))
        return type ? check_envelope(type, charset, error) : S_OK;
    if (!type)
        return error_report(error, WS_E_INVALID_FORMAT, "has no Content-Type, and the channel reads \"%s\".",
                            names[wanted]);
    if (type->media == HTTP_MEDIA_MULTIPART && wanted == HTTP_MEDIA_MULTIPART)
        return check_multipart(type, version, error);
    if (type->media != (wanted == HTTP_MEDIA_MULTIPART ? envelope_media(version) : wanted))
        return refuse_media(type, wanted, error);
    return type->media == HTTP_MEDIA_TEXT_XML || type->media == HTTP_MEDIA_SOAP ? check_envelope(type, charset, error)
                                                                                : S_OK;
}

/* --- Writing --- */

const char *http_start_info(WS_ENVELOPE_VERSION version)
{
    return names[envelope_media(version)];
}

/* The characters of a quoted string: quotes and backslashes are escaped. */
static void put_quoted(struct http_output *output, struct mime_text text)
{
    struct mime_text piece = {text.bytes, 0};
    size_t i;

    http_put_literal(output, "\"");
    for (i = 0; i < text.length; i++)
    {
        if (text.bytes[i] == '"' || text.bytes[i] == '\\')
        {
            http_put(output, piece);
            http_put_literal(output, "\\");
            piece.bytes += piece.length;
            piece.length = 0;
        }
        piece.length++;
    }
    http_put(output, piece);
    http_put_literal(output, "\"");
}

static const char *charset_name(WS_ENCODING encoding)
{
    switch (encoding)
    {
    case WS_ENCODING_XML_UTF16LE:
    case WS_ENCODING_XML_MTOM_UTF16LE: return "utf-16LE";
    case WS_ENCODING_XML_UTF16BE:
    case WS_ENCODING_XML_MTOM_UTF16BE: return "utf-16BE";
    default: return "utf-8";
    }
}

static void put_multipart(struct http_output *output, WS_ENVELOPE_VERSION version,
                          const struct http_multipart *multipart)
{
    http_put_literal(output, "; type=\"application/xop+xml\"; start=\"<");
    http_put(output, multipart->start);
    http_put_literal(output, ">\"; boundary=\"");
    http_put(output, multipart->boundary);
    http_put_literal(output, "\"; start-info=\"");
    http_put_literal(output, http_start_info(version));
    http_put_literal(output, "\"");
}

void http_put_content_type(struct http_output *output, WS_ENCODING encoding, WS_ENVELOPE_VERSION version,
                           struct mime_text action, const struct http_multipart *multipart)
{
    enum http_media media = http_media_of(encoding, version);

    http_put_literal(output, names[media]);
    if (media == HTTP_MEDIA_MULTIPART && multipart)
        put_multipart(output, version, multipart);
    else if (media == HTTP_MEDIA_TEXT_XML || media == HTTP_MEDIA_SOAP)
    {
        http_put_literal(output, "; charset=");
        http_put_literal(output, charset_name(encoding));
    }
    if (version != WS_ENVELOPE_VERSION_SOAP_1_2 || !action.bytes)
        return;
    http_put_literal(output, "; action=");
    put_quoted(output, action);
}

void http_put_soap_action(struct http_output *output, struct mime_text action)
{
    http_put_literal(output, "SOAPAction: \"");
    http_put(output, action);
    http_put_literal(output, "\"\r\n");
}

struct mime_text http_read_soap_action(struct mime_text value)
{
    if (value.length > 1 && value.bytes[0] == '"' && value.bytes[value.length - 1] == '"')
    {
        value.bytes++;
        value.length -= 2;
    }
    return value;
}
