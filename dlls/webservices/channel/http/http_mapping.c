/* SPDX-License-Identifier: MIT */
/* http_mapping.c - see http_mapping.h. */
#include "http_mapping.h"

#include "base/error.h"
#include "base/text.h"
#include "message/message.h"

#include <stdio.h>

struct http_mapped http_mapped_requests(const WS_HTTP_MESSAGE_MAPPING *mapping)
{
    struct http_mapped mapped = {mapping->requestHeaderMappings, mapping->requestHeaderMappingCount,
                                 mapping->requestMappingOptions};

    return mapped;
}

struct http_mapped http_mapped_responses(const WS_HTTP_MESSAGE_MAPPING *mapping)
{
    struct http_mapped mapped = {mapping->responseHeaderMappings, mapping->responseHeaderMappingCount,
                                 mapping->responseMappingOptions};

    return mapped;
}

static struct mime_text text_of(const WS_XML_STRING *string)
{
    struct mime_text text = {string->bytes, string->length};

    return text;
}

static bool same_name(struct mime_text a, struct mime_text b)
{
    size_t i;

    if (a.length != b.length)
        return false;
    for (i = 0; i < a.length; i++)
    {
        BYTE x = a.bytes[i], y = b.bytes[i];

        if (x != y && ((x | 0x20) != (y | 0x20) || (x | 0x20) < 'a' || (x | 0x20) > 'z'))
            return false;
    }
    return true;
}

/* --- Received --- */

static HRESULT add(WS_MESSAGE *message, WS_XML_STRING name, struct mime_text value, WS_ERROR *error)
{
    WS_XML_STRING text = {.length = (ULONG)value.length, .bytes = (BYTE *)value.bytes};

    return message_add_mapped(message, &name, &text, error);
}

static HRESULT add_literal(WS_MESSAGE *message, const char *name, struct mime_text value, WS_ERROR *error)
{
    WS_XML_STRING string = {.length = (ULONG)strlen(name), .bytes = (BYTE *)name};

    return add(message, string, value, error);
}

/* One value: without its quotes, if it may have some. */
static HRESULT add_value(WS_MESSAGE *message, const WS_HTTP_HEADER_MAPPING *mapping, struct mime_text value,
                         WS_ERROR *error)
{
    char excerpt[TEXT_EXCERPT_ROOM];

    if ((mapping->headerMappingOptions & WS_HTTP_HEADER_MAPPING_QUOTED_VALUE) && value.length > 1 &&
        value.bytes[0] == '"' && value.bytes[value.length - 1] == '"')
    {
        value.bytes++;
        value.length -= 2;
    }
    if (utf8_find_invalid(value.bytes, value.bytes + value.length) != value.bytes + value.length)
        return error_report(error, WS_E_INVALID_FORMAT,
                            "The HTTP field \"%s\", which is mapped to a header of the message, is not in UTF-8.",
                            text_excerpt(mapping->headerName.bytes, mapping->headerName.length, excerpt));
    return add(message, mapping->headerName, value, error);
}

/* The next value of a field that is separated by semicolons, as http_next_element(). */
static bool next_of_semicolons(struct mime_text *list, struct mime_text *element)
{
    const BYTE *p = list->bytes, *end = p + list->length, *start;
    bool quoted;

    while (p < end)
    {
        for (start = p, quoted = false; p < end && (quoted || *p != ';'); p++)
            if (*p == '"')
                quoted = !quoted;
        element->bytes = start;
        element->length = (size_t)(p - start);
        text_trim(&element->bytes, &element->length);
        p += p < end;
        list->bytes = p;
        list->length = (size_t)(end - p);
        if (element->length)
            return true;
    }
    return false;
}

static HRESULT add_field(WS_MESSAGE *message, const WS_HTTP_HEADER_MAPPING *mapping, struct mime_text value,
                         WS_ERROR *error)
{
    bool (*next)(struct mime_text * list, struct mime_text * element) =
        mapping->headerMappingOptions & WS_HTTP_HEADER_MAPPING_COMMA_SEPARATOR       ? http_next_element
        : mapping->headerMappingOptions & WS_HTTP_HEADER_MAPPING_SEMICOLON_SEPARATOR ? next_of_semicolons
                                                                                     : NULL;
    struct mime_text element;
    HRESULT hr = S_OK;

    if (!next)
        return add_value(message, mapping, value, error);
    while (hr == S_OK && next(&value, &element))
        hr = add_value(message, mapping, element, error);
    return hr;
}

static HRESULT add_first_line(WS_MESSAGE *message, const struct http_head *head, ULONG options, WS_ERROR *error)
{
    char number[12];
    HRESULT hr = S_OK;

    if (head->method.bytes)
        return options & WS_HTTP_REQUEST_MAPPING_VERB ? add_literal(message, "Verb", head->method, error) : S_OK;
    snprintf(number, sizeof(number), "%u", (unsigned)head->status);
    if (options & WS_HTTP_RESPONSE_MAPPING_STATUS_CODE)
        hr = add_literal(message, "StatusCode", http_text(number), error);
    if (hr == S_OK && (options & WS_HTTP_RESPONSE_MAPPING_STATUS_TEXT) &&
        ascii_is_all(head->reason.bytes, head->reason.length))
        hr = add_literal(message, "StatusText", head->reason, error);
    return hr;
}

HRESULT http_map_received(WS_MESSAGE *message, const struct http_head *head, const struct http_mapped *mapped,
                          WS_ERROR *error)
{
    HRESULT hr = add_first_line(message, head, mapped->options, error);
    struct mime_text name, value;
    const BYTE *place = NULL;
    ULONG i;

    if (!mapped->count)
        return hr;
    while (hr == S_OK && http_next_field(head, &place, &name, &value))
        for (i = 0; i < mapped->count && hr == S_OK; i++)
            if (same_name(name, text_of(&mapped->fields[i]->headerName)))
            {
                hr = add_field(message, mapped->fields[i], value, error);
                break;
            }
    return hr;
}

/* --- Sent --- */

/* Fields that say where the message ends, or what becomes of the connection. */
static bool is_ours(struct mime_text name)
{
    return mime_is(name, "Content-Length") || mime_is(name, "Transfer-Encoding") || mime_is(name, "Connection") ||
           mime_is(name, "Host") || mime_is(name, "Expect") || mime_is(name, "Trailer") || mime_is(name, "Upgrade") ||
           mime_is(name, "TE");
}

static COLD HRESULT bad_field(struct mime_text name, const char *why, WS_ERROR *error)
{
    char excerpt[TEXT_EXCERPT_ROOM];

    return error_report(error, WS_E_INVALID_FORMAT, "The mapped header \"%s\" cannot be sent as an HTTP field: %s.",
                        text_excerpt(name.bytes, name.length, excerpt), why);
}

/* All values of one field: those that have a separator go into one line. */
static HRESULT put_field(WS_MESSAGE *message, const WS_HTTP_HEADER_MAPPING *mapping, struct http_output *output,
                         WS_ERROR *error)
{
    bool commas = mapping->headerMappingOptions & WS_HTTP_HEADER_MAPPING_COMMA_SEPARATOR;
    bool joins = commas || (mapping->headerMappingOptions & WS_HTTP_HEADER_MAPPING_SEMICOLON_SEPARATOR);
    const char *quote = mapping->headerMappingOptions & WS_HTTP_HEADER_MAPPING_QUOTED_VALUE ? "\"" : "";
    struct mime_text field = text_of(&mapping->headerName), value;
    const struct mapped_header *header = NULL;
    WS_XML_STRING name, text;
    bool any = false;
    HRESULT hr;

    while ((hr = message_next_mapped(message, &header, &name, &text, error)) == S_OK && header)
    {
        if (!same_name(text_of(&name), field))
            continue;
        value = text_of(&text);
        if (!http_is_field_value(value))
            return bad_field(field, "it has control characters", error);
        if (any && joins)
            http_put_literal(output, commas ? ", " : "; ");
        else
        {
            http_put_literal(output, any ? "\r\n" : "");
            http_put(output, field);
            http_put_literal(output, ": ");
        }
        http_put_literal(output, quote);
        http_put(output, value);
        http_put_literal(output, quote);
        any = true;
    }
    if (any)
        http_put_literal(output, "\r\n");
    return hr;
}

HRESULT http_map_sent(WS_MESSAGE *message, const struct http_mapped *mapped, struct http_output *output,
                      WS_ERROR *error)
{
    HRESULT hr = S_OK;
    ULONG i;

    for (i = 0; i < mapped->count && hr == S_OK; i++)
    {
        struct mime_text name = text_of(&mapped->fields[i]->headerName);

        if (!http_is_token(name))
            return bad_field(name, "that is no name of a field", error);
        if (!is_ours(name) && !mime_is(name, "Content-Type"))
            hr = put_field(message, mapped->fields[i], output, error);
    }
    return hr;
}

HRESULT http_map_find(WS_MESSAGE *message, const char *name, WS_XML_STRING *value, WS_ERROR *error)
{
    const struct mapped_header *header = NULL;
    WS_XML_STRING found;
    HRESULT hr;

    while ((hr = message_next_mapped(message, &header, &found, value, error)) == S_OK && header)
        if (same_name(text_of(&found), http_text(name)))
            return http_is_field_value(text_of(value)) ? S_OK
                                                       : bad_field(http_text(name), "it has control characters", error);
    value->bytes = NULL;
    value->length = 0;
    return hr;
}

bool http_is_mapped(const struct http_mapped *mapped, const char *name)
{
    ULONG i;

    for (i = 0; i < mapped->count; i++)
        if (same_name(text_of(&mapped->fields[i]->headerName), http_text(name)))
            return true;
    return false;
}
