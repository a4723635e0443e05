/* SPDX-License-Identifier: MIT */
/* http_head.c - see http_head.h. */
#include "channel/protocol/http_head.h"

#include "base/error.h"
#include "base/text.h"

#include <string.h>

const struct http_limits http_default_limits = {16384, 256, 65536};

/* --- Characters --- */

/* tchar of RFC 9110, 5.6.2. */
static bool is_token_char(BYTE c)
{
    return c > ' ' && c < 0x7f && !strchr("\"(),/:;<=>?@[\\]{}", c);
}

/* Of the value of a field; obs-text, which is not ASCII, included. */
static bool is_value_char(BYTE c)
{
    return (c >= ' ' && c != 0x7f) || c == '\t';
}

static bool is_blank(BYTE c)
{
    return c == ' ' || c == '\t';
}

bool http_is_token(struct mime_text text)
{
    size_t i;

    for (i = 0; i < text.length; i++)
        if (!is_token_char(text.bytes[i]))
            return false;
    return text.length != 0;
}

bool http_is_field_value(struct mime_text text)
{
    size_t i;

    for (i = 0; i < text.length; i++)
        if (!is_value_char(text.bytes[i]))
            return false;
    return true;
}

static struct mime_text between(const BYTE *p, const BYTE *end)
{
    struct mime_text text = {p, (size_t)(end - p)};

    return text;
}

static struct mime_text trimmed(const BYTE *p, const BYTE *end)
{
    while (p < end && is_blank(*p))
        p++;
    while (end > p && is_blank(end[-1]))
        end--;
    return between(p, end);
}

/* --- The end of a head --- */

static COLD HRESULT exceeds(const char *what, size_t limit, ULONG status, ULONG *ret, WS_ERROR *error)
{
    if (ret)
        *ret = status;
    return error_report(error, WS_E_QUOTA_EXCEEDED, "The head of an HTTP message has %s, and %zu is the limit.", what,
                        limit);
}

/* The checks of a line that ends at `length`, or has not ended yet. */
static HRESULT check_line(const struct http_search *search, size_t length, const struct http_limits *limits,
                          ULONG *status, WS_ERROR *error)
{
    if (length - search->line_start > limits->line)
        return exceeds("a line with more bytes", limits->line, search->lines ? 431 : 414, status, error);
    if (search->lines > limits->count + 1)
        return exceeds("more fields", limits->count, 431, status, error);
    if (length > limits->size)
        return exceeds("more bytes", limits->size, 431, status, error);
    return S_OK;
}

/* At the first byte of the first line. */
static HRESULT check_begin(BYTE byte, ULONG *status, WS_ERROR *error)
{
    if (is_token_char(byte) || byte == '\r' || byte == '\n')
        return S_OK;
    if (status)
        *status = 400;
    return error_report(error, WS_E_INVALID_FORMAT, "What comes is not HTTP: it begins with the byte 0x%02x%s.", byte,
                        byte == 0x16 ? ", as TLS does" : "");
}

HRESULT http_head_find_end(struct http_search *search, const BYTE *bytes, size_t length,
                           const struct http_limits *limits, size_t *size, ULONG *status, WS_ERROR *error)
{
    const BYTE *lf;
    bool is_empty;
    HRESULT hr;

    *size = 0;
    while (search->searched < length)
    {
        if (search->searched == search->line_start && !search->lines &&
            (hr = check_begin(bytes[search->searched], status, error)) != S_OK)
            return hr;
        if (!(lf = memchr(bytes + search->searched, '\n', length - search->searched)))
            break;
        search->searched = (size_t)(lf - bytes) + 1;
        is_empty = lf == bytes + search->line_start || (lf == bytes + search->line_start + 1 && lf[-1] == '\r');
        search->lines += !is_empty;
        if ((hr = check_line(search, search->searched, limits, status, error)) != S_OK)
            return hr;
        search->line_start = search->searched;
        if (is_empty && search->lines)
        {
            *size = search->searched;
            return S_OK;
        }
    }
    search->searched = length;
    return check_line(search, length, limits, status, error);
}

/* --- Parsing --- */

/* Where parsing is, and what for. */
struct parser
{
    BYTE *p, *end;
    struct http_head *head;
    const char *kind; /* "request" */
    bool is_request;
    ULONG *status;
    WS_ERROR *error;
    /* What the fields have said so far. */
    bool has_length, has_coding, is_chunked, says_close, says_keep_alive;
};

/* Refuses the message: the sentence says what about a text is wrong. */
static COLD HRESULT refuse(struct parser *parser, ULONG status, const char *what, struct mime_text text)
{
    char excerpt[TEXT_EXCERPT_ROOM];

    if (parser->status)
        *parser->status = status;
    return error_report(parser->error, WS_E_INVALID_FORMAT, "The head of the HTTP %s %s: \"%s\".", parser->kind, what,
                        text_excerpt(text.bytes, text.length, excerpt));
}

/* Takes a line, and with a field those that it goes on in. */
static HRESULT take_line(struct parser *parser, bool is_field, struct mime_text *line)
{
    BYTE *start = parser->p, *lf = start, *stop;

    for (;;)
    {
        lf = memchr(lf, '\n', (size_t)(parser->end - lf));
        if (!lf)
            return refuse(parser, 400, "has no end", between(start, parser->end));
        stop = lf > start && lf[-1] == '\r' ? lf - 1 : lf;
        if (parser->is_request && stop == lf)
            return refuse(parser, 400, "has a line that ends in LF, not in CR LF", between(start, stop));
        if (!is_field || stop == start || lf + 1 == parser->end || !is_blank(lf[1]))
            break;
        if (parser->is_request)
            return refuse(parser, 400, "has a field that goes on in the next line", between(start, stop));
        memset(stop, ' ', (size_t)(lf + 1 - stop));
    }
    parser->p = lf + 1;
    *line = between(start, stop);
    if (!http_is_field_value(*line))
        return refuse(parser, 400, "has a control character in a line", *line);
    return S_OK;
}

/* HTTP/1.x */
static HRESULT take_version(struct parser *parser, struct mime_text text)
{
    const BYTE *p = text.bytes;

    if (text.length != 8 || memcmp(p, "HTTP/", 5) != 0 || p[5] < '0' || p[5] > '9' || p[6] != '.' || p[7] < '0' ||
        p[7] > '9')
        return refuse(parser, 400, "does not begin as one of HTTP/1.1 does", text);
    if (p[5] != '1')
        return refuse(parser, 505, "has a version of HTTP that is not known", text);
    parser->head->minor = p[7] > '0';
    return S_OK;
}

/* method SP target SP version */
static HRESULT take_request_line(struct parser *parser, struct mime_text line)
{
    const BYTE *end = line.bytes + line.length, *first = memchr(line.bytes, ' ', line.length), *last = end;
    struct http_head *head = parser->head;
    size_t i;

    while (last > line.bytes && last[-1] != ' ')
        last--;
    if (!first || last - 1 <= first)
        return refuse(parser, 400, "does not begin with a method, a target and a version", line);
    head->method = between(line.bytes, first);
    head->target = between(first + 1, last - 1);
    if (!http_is_token(head->method) || !head->target.length)
        return refuse(parser, 400, "does not begin with a method, a target and a version", line);
    for (i = 0; i < head->target.length; i++)
        if (head->target.bytes[i] <= ' ' || head->target.bytes[i] >= 0x7f)
            return refuse(parser, 400, "has a target with a character that no URL has", head->target);
    return take_version(parser, between(last, end));
}

/* version SP status [SP reason] */
static HRESULT take_status_line(struct parser *parser, struct mime_text line)
{
    const BYTE *p = line.bytes;
    HRESULT hr;
    int i;

    if ((hr = take_version(parser, between(p, p + (line.length < 8 ? line.length : 8)))) != S_OK)
        return hr;
    if (line.length < 12 || p[8] != ' ' || (line.length > 12 && p[12] != ' '))
        return refuse(parser, 400, "has no status after the version", line);
    parser->head->status = 0;
    for (i = 9; i < 12; i++)
    {
        if (p[i] < '0' || p[i] > '9')
            return refuse(parser, 400, "has a status that is no number", line);
        parser->head->status = parser->head->status * 10 + (ULONG)(p[i] - '0');
    }
    if (parser->head->status < 100)
        return refuse(parser, 400, "has a status below 100", line);
    parser->head->reason = trimmed(p + 12, p + line.length);
    return S_OK;
}

bool http_next_element(struct mime_text *list, struct mime_text *element)
{
    const BYTE *p = list->bytes, *end = p + list->length, *start;
    bool quoted;

    while (p && p < end)
    {
        for (start = p, quoted = false; p < end && (quoted || *p != ','); p++)
        {
            if (*p == '"')
                quoted = !quoted;
            else if (quoted && *p == '\\' && p + 1 < end)
                p++;
        }
        *element = trimmed(start, p);
        p += p < end;
        *list = between(p, end);
        if (element->length)
            return true;
    }
    return false;
}

static HRESULT take_length(struct parser *parser, struct mime_text value)
{
    struct mime_text list = value, element;
    bool any = false;
    uint64_t number;
    unsigned digit;
    size_t i;

    for (; http_next_element(&list, &element); any = true)
    {
        for (i = 0, number = 0; i < element.length; i++)
        {
            digit = (unsigned)element.bytes[i] - '0';
            if (digit > 9 || number > (UINT64_MAX - digit) / 10)
                return refuse(parser, 400, "has a Content-Length that is no length", value);
            number = number * 10 + digit;
        }
        if (parser->has_length && number != parser->head->length)
            return refuse(parser, 400, "has two values of Content-Length", value);
        parser->has_length = true;
        parser->head->length = number;
    }
    return any ? S_OK : refuse(parser, 400, "has a Content-Length that is no length", value);
}

static HRESULT take_transfer_encoding(struct parser *parser, struct mime_text value)
{
    struct mime_text list = value, element;

    parser->has_coding = true;
    while (http_next_element(&list, &element))
    {
        if (!mime_is(element, "chunked"))
            return refuse(parser, 501, "has a Transfer-Encoding other than chunked", element);
        if (parser->is_chunked)
            return refuse(parser, 400, "has the Transfer-Encoding chunked twice", value);
        parser->is_chunked = true;
    }
    return S_OK;
}

static void take_connection(struct parser *parser, struct mime_text value)
{
    struct mime_text element;

    while (http_next_element(&value, &element))
    {
        parser->says_close |= mime_is(element, "close");
        parser->says_keep_alive |= mime_is(element, "keep-alive");
    }
}

static HRESULT take_expect(struct parser *parser, struct mime_text value)
{
    if (!parser->is_request || !parser->head->minor)
        return S_OK;
    if (!mime_is(value, "100-continue"))
        return refuse(parser, 417, "expects what is not known", value);
    parser->head->expects_continue = true;
    return S_OK;
}

static HRESULT take_host(struct parser *parser, struct mime_text value)
{
    if (parser->is_request && parser->head->host.bytes)
        return refuse(parser, 400, "has two Host fields", value);
    parser->head->host = value;
    return S_OK;
}

static void keep_first(struct mime_text *place, struct mime_text value)
{
    if (!place->bytes)
        *place = value;
}

static HRESULT take_known_field(struct parser *parser, struct mime_text name, struct mime_text value)
{
    struct http_head *head = parser->head;

    switch (name.bytes[0] | 0x20)
    {
    case 'c':
        if (mime_is(name, "Content-Length"))
            return take_length(parser, value);
        if (mime_is(name, "Content-Type"))
            keep_first(&head->content_type, value);
        else if (mime_is(name, "Connection"))
            take_connection(parser, value);
        return S_OK;
    case 'e': return mime_is(name, "Expect") ? take_expect(parser, value) : S_OK;
    case 'h': return mime_is(name, "Host") ? take_host(parser, value) : S_OK;
    case 'l':
        if (mime_is(name, "Location"))
            keep_first(&head->location, value);
        return S_OK;
    case 's':
        if (mime_is(name, "SOAPAction"))
            keep_first(&head->soap_action, value);
        return S_OK;
    case 't': return mime_is(name, "Transfer-Encoding") ? take_transfer_encoding(parser, value) : S_OK;
    default: return S_OK;
    }
}

static HRESULT take_field(struct parser *parser, struct mime_text line)
{
    const BYTE *end = line.bytes + line.length, *colon = memchr(line.bytes, ':', line.length);
    struct mime_text name;

    if (!colon)
        return refuse(parser, 400, "has a line that is no field", line);
    name = between(line.bytes, colon);
    if (!http_is_token(name))
        return refuse(parser, 400, "has a field with a name that is not valid", line);
    return take_known_field(parser, name, trimmed(colon + 1, end));
}

/* What the fields together say. */
static HRESULT finish(struct parser *parser)
{
    struct http_head *head = parser->head;
    struct mime_text none = {NULL, 0};

    if (parser->has_coding && !parser->is_chunked)
        return refuse(parser, 400, "has a Transfer-Encoding that says nothing", none);
    if (parser->is_chunked && parser->has_length)
        return refuse(parser, 400, "has both Content-Length and Transfer-Encoding", none);
    if (parser->is_chunked && !head->minor)
        return refuse(parser, 400, "has a Transfer-Encoding, which HTTP/1.0 does not know", none);
    if (parser->is_request && head->minor && !head->host.bytes)
        return refuse(parser, 400, "of HTTP/1.1 has no Host", head->target);
    head->framing = parser->is_chunked   ? HTTP_BODY_CHUNKED
                    : parser->has_length ? HTTP_BODY_LENGTH
                    : parser->is_request ? HTTP_BODY_NONE
                                         : HTTP_BODY_UNTIL_CLOSE;
    head->keeps_alive = !parser->says_close && (head->minor || parser->says_keep_alive);
    return S_OK;
}

static HRESULT parse(struct parser *parser, BYTE *bytes, size_t size)
{
    struct mime_text line;
    HRESULT hr;

    memset(parser->head, 0, sizeof(*parser->head));
    parser->p = bytes;
    parser->end = bytes + size;
    do
        if ((hr = take_line(parser, false, &line)) != S_OK)
            return hr;
    while (!line.length);
    hr = parser->is_request ? take_request_line(parser, line) : take_status_line(parser, line);
    if (hr != S_OK)
        return hr;
    if (parser->p < parser->end && is_blank(*parser->p))
        return refuse(parser, 400, "has white space before the first field", between(parser->p, parser->end));
    for (parser->head->fields = parser->p;;)
    {
        parser->head->end = parser->p;
        if ((hr = take_line(parser, true, &line)) != S_OK)
            return hr;
        if (!line.length)
            break;
        if ((hr = take_field(parser, line)) != S_OK)
            return hr;
    }
    return finish(parser);
}

HRESULT http_parse_request(BYTE *bytes, size_t size, struct http_head *head, ULONG *status, WS_ERROR *error)
{
    struct parser parser = {.head = head, .kind = "request", .is_request = true, .error = error};

    parser.status = status;
    return parse(&parser, bytes, size);
}

HRESULT http_parse_response(BYTE *bytes, size_t size, bool no_body, struct http_head *head, WS_ERROR *error)
{
    struct parser parser = {.head = head, .kind = "response", .error = error};
    HRESULT hr;

    if ((hr = parse(&parser, bytes, size)) != S_OK)
        return hr;
    /* RFC 9112, 6.3: whatever the fields say. */
    if (no_body || head->status < 200 || head->status == 204 || head->status == 304)
        head->framing = HTTP_BODY_NONE;
    head->keeps_alive &= head->framing != HTTP_BODY_UNTIL_CLOSE;
    return S_OK;
}

/* --- Fields --- */

bool http_next_field(const struct http_head *head, const BYTE **place, struct mime_text *name, struct mime_text *value)
{
    const BYTE *p = *place ? *place : head->fields, *lf, *colon;

    if (p == head->end)
        return false;
    /* All has been checked: there is a line, and a colon in it. */
    lf = memchr(p, '\n', (size_t)(head->end - p));
    colon = memchr(p, ':', (size_t)(lf - p));
    *name = between(p, colon);
    *value = trimmed(colon + 1, lf[-1] == '\r' ? lf - 1 : lf);
    *place = lf + 1;
    return true;
}

bool http_find_field(const struct http_head *head, const char *name, struct mime_text *value)
{
    const BYTE *place = NULL;
    struct mime_text found;

    while (http_next_field(head, &place, &found, value))
        if (mime_is(found, name))
            return true;
    return false;
}
