/* SPDX-License-Identifier: MIT */
/* decode_text_markup.c - the text decoder: start tags with their attributes, end tags, references; see decode_text.h.
 */
#include "xml/reader/decoder.h"

#include "base/error.h"
#include "base/text.h"
#include "xml/names.h"
#include "xml/scan.h"

#include <string.h>

static inline void set_nothing(WS_XML_STRING *string)
{
    string->bytes = NULL;
    string->length = 0;
}

static inline void set_string(WS_XML_STRING *string, const BYTE *bytes, const BYTE *end)
{
    string->bytes = (BYTE *)bytes;
    string->length = (ULONG)(end - bytes);
}

/* --- Names --- */

/*
 * The end of an NCName that is not all ASCII, or that is cut off or missing. *cut: the window ends first, or right
 * after it. NULL: there is no valid name.
 */
static COLD const BYTE *wide_name(WS_XML_READER *reader, const BYTE *p, bool *cut)
{
    const BYTE *start = p, *end = reader->end;

    *cut = false;
    while (p < end)
    {
        uint32_t c = *p;
        size_t length = 1;

        if (c >= 0x80 && !(length = utf8_decode(p, end, &c)))
        {
            *cut = scan_wide(p, end) < 0;
            return *cut || p == start ? NULL : p;
        }
        if (p == start ? !xml_is_name_start(c) : !xml_is_name(c))
            return p == start ? NULL : p;
        p += length;
    }
    *cut = true;
    return p;
}

/* A qualified name, or else what is wrong with it; READER_STARVED: the window ends before it does. */
static COLD HRESULT slow_name(WS_XML_READER *reader, const BYTE **p, WS_XML_STRING *prefix, WS_XML_STRING *name,
                              WS_ERROR *error)
{
    char excerpt[TEXT_EXCERPT_ROOM], shown[TEXT_SHOWN_ROOM];
    const BYTE *start = *p, *end;
    bool cut;

    end = wide_name(reader, start, &cut);
    if (cut)
        return text_cut_off(reader, start, "a name", error);
    if (!end)
        return text_fail(reader, start, error, "A name cannot begin with %s.", text_show(reader, start, shown));
    set_nothing(prefix);
    if (*end == ':')
    {
        set_string(prefix, start, end);
        start = end + 1;
        end = wide_name(reader, start, &cut);
        if (cut)
            return text_cut_off(reader, *p, "a name", error);
        if (!end)
            return text_fail(reader, start, error, "The prefix \"%s\" must be followed by a name, not %s.",
                             text_excerpt(prefix->bytes, prefix->length, excerpt), text_show(reader, start, shown));
        if (*end == ':')
            return text_fail(reader, end, error, "A name has more than one colon.");
    }
    set_string(name, start, end);
    *p = end;
    return S_OK;
}

/* The same where names are ASCII and followed by something. */
static inline HRESULT read_name(WS_XML_READER *reader, const BYTE **p, WS_XML_STRING *prefix, WS_XML_STRING *name,
                                WS_ERROR *error)
{
    const BYTE *start = *p, *end = reader->end, *at = start, *colon;

    if (UNLIKELY(at == end) || UNLIKELY(!(scan_classes[*at] & SCAN_NAME_START)))
        return slow_name(reader, p, prefix, name, error);
    at = scan_class(at + 1, end, SCAN_NAME);
    if (UNLIKELY(at == end))
        return slow_name(reader, p, prefix, name, error);
    if (*at != ':')
    {
        if (UNLIKELY(*at >= 0x80))
            return slow_name(reader, p, prefix, name, error);
        set_nothing(prefix);
        set_string(name, start, at);
        *p = at;
        return S_OK;
    }
    colon = at++;
    if (UNLIKELY(at == end) || UNLIKELY(!(scan_classes[*at] & SCAN_NAME_START)))
        return slow_name(reader, p, prefix, name, error);
    at = scan_class(at + 1, end, SCAN_NAME);
    if (UNLIKELY(at == end) || UNLIKELY(*at == ':') || UNLIKELY(*at >= 0x80))
        return slow_name(reader, p, prefix, name, error);
    set_string(prefix, start, colon);
    set_string(name, colon + 1, at);
    *p = at;
    return S_OK;
}

/* --- References --- */

static bool entity_is(const BYTE *name, size_t length, const char *entity)
{
    return strlen(entity) == length && !memcmp(name, entity, length);
}

static HRESULT read_entity(WS_XML_READER *reader, const BYTE *start, const BYTE *end, uint32_t *c, WS_ERROR *error)
{
    static const struct
    {
        const char *name;
        uint32_t c;
    } entities[] = {{"lt", '<'}, {"gt", '>'}, {"amp", '&'}, {"quot", '"'}, {"apos", '\''}};
    char excerpt[TEXT_EXCERPT_ROOM];
    size_t i;

    for (i = 0; i < sizeof(entities) / sizeof(entities[0]); i++)
        if (entity_is(start + 1, (size_t)(end - start - 1), entities[i].name))
        {
            *c = entities[i].c;
            return S_OK;
        }
    return text_fail(
        reader, start, error,
        "The entity \"%s\" is unknown: only lt, gt, amp, quot and apos are defined without a document type.",
        text_excerpt(start + 1, (size_t)(end - start - 1), excerpt));
}

/* The value of hexadecimal or decimal digits; anything above what Unicode has counts as 0x110000. */
static bool read_digits(const BYTE *p, const BYTE *end, uint32_t base, uint32_t *value)
{
    uint32_t digit;

    if (p == end)
        return false;
    for (*value = 0; p < end; p++)
    {
        if (*p >= '0' && *p <= '9')
            digit = *p - '0';
        else if (base == 16 && (*p | 0x20) >= 'a' && (*p | 0x20) <= 'f')
            digit = (uint32_t)(*p | 0x20) - 'a' + 10;
        else
            return false;
        *value = *value * base + digit;
        if (*value > 0x110000)
            *value = 0x110000;
    }
    return true;
}

static HRESULT read_character(WS_XML_READER *reader, const BYTE *start, const BYTE *end, uint32_t *c, WS_ERROR *error)
{
    bool hexadecimal = end - start > 2 && start[2] == 'x', valid;
    char excerpt[TEXT_EXCERPT_ROOM];

    valid = read_digits(start + 2 + hexadecimal, end, hexadecimal ? 16 : 10, c);
    if (valid && !xml_is_char(*c))
        /* The property cannot allow surrogates, which UTF-8 does not encode. */
        valid = reader->properties.allow_invalid_character_references && *c < 0x110000 && (*c < 0xd800 || *c > 0xdfff);
    if (!valid)
        return text_fail(reader, start, error, "The character reference \"%s\" does not stand for a character of XML.",
                         text_excerpt(start, (size_t)(end - start) + 1, excerpt));
    return S_OK;
}

HRESULT text_reference(WS_XML_READER *reader, const BYTE **p, uint32_t *code_point, WS_ERROR *error)
{
    const BYTE *start = *p, *end = start + 1;
    char excerpt[TEXT_EXCERPT_ROOM];
    HRESULT hr;

    /* Both kinds of references are of these characters. A colon would make an unknown entity, too. */
    while (end < reader->end && ((scan_classes[*end] & SCAN_NAME) || (*end == '#' && end == start + 1)))
        end++;
    if (end == reader->end)
        return text_cut_off(reader, start, "a reference", error);
    if (*end != ';')
        return text_fail(reader, start, error, "\"&\" must begin a reference, and \"%s\" is not one.",
                         text_excerpt(start, (size_t)(end - start) + 1, excerpt));
    if (start[1] == '#')
        hr = read_character(reader, start, end, code_point, error);
    else
        hr = read_entity(reader, start, end, code_point, error);
    *p = end + 1;
    return hr;
}

/* --- Attributes --- */

/* The value between `start` and the next quote, with references and line ends replaced, in memory of the node. */
static NOINLINE HRESULT copied_value(WS_XML_READER *reader, const struct reader_attribute *attribute,
                                     const BYTE **end_of_value, BYTE quote, const BYTE *start, WS_XML_STRING *value,
                                     WS_ERROR *error)
{
    const BYTE *p = start, *end = memchr(start, quote, (size_t)(reader->end - start)), *run;
    BYTE *copy, *to;
    HRESULT hr;

    if (!end)
        return text_cut_off_value(reader, attribute, quote, error);
    if (!(to = copy = reader_decoded_alloc(reader, (size_t)(end - start))))
        return error_report(error, E_OUTOFMEMORY, "There is no memory for an attribute of %zu bytes.",
                            (size_t)(end - start));
    while (p < end)
    {
        uint32_t c = *p;
        int length;

        run = p;
        if (c == '&')
        {
            /* A reference cannot contain a quote, so it ends before `end` or is not valid. */
            if ((hr = text_reference(reader, &p, &c, error)) != S_OK)
                return hr;
            to += utf8_encode(c, to);
            continue;
        }
        if (c == '\t' || c == '\n' || c == '\r')
        {
            p += 1 + (c == '\r' && p[1] == '\n');
            *to++ = ' ';
            continue;
        }
        if (c == '<')
            return text_fail(reader, p, error, "\"<\" is not allowed in the value of an attribute.");
        if (c >= 0x80)
        {
            if ((length = scan_wide(p, end)) <= 0)
                return text_fail_character(reader, p, error);
            p += length;
        }
        else if (c < 0x20)
            return text_fail_character(reader, p, error);
        else
            p = scan_value(p + 1, end, quote);
        memcpy(to, run, (size_t)(p - run));
        to += p - run;
    }
    set_string(value, copy, to);
    *end_of_value = end;
    return S_OK;
}

/* A value, at its first character; *p goes to the quote after it. */
static inline HRESULT read_value(WS_XML_READER *reader, struct reader_attribute *attribute, const BYTE **p, BYTE quote,
                                 WS_XML_STRING *value, WS_ERROR *error)
{
    const BYTE *start = *p, *at = start, *end = reader->end;

    attribute->copied = false;
    for (;;)
    {
        at = scan_value(at, end, quote);
        if (UNLIKELY(at == end))
            return text_cut_off_value(reader, attribute, quote, error);
        if (LIKELY(*at == quote))
            break;
        if (*at >= 0x80)
        {
            int length = scan_wide(at, end);

            if (length < 0)
                return text_cut_off_value(reader, attribute, quote, error);
            if (!length)
                return text_fail_character(reader, at, error);
            at += length;
        }
        else if (*at == '"' || *at == '\'')
            at++;
        else
        {
            attribute->copied = true;
            return copied_value(reader, attribute, p, quote, start, value, error);
        }
    }
    set_string(value, start, at);
    *p = at;
    return S_OK;
}

static inline bool is_xmlns(const BYTE *bytes, ULONG length)
{
    return length == 5 && bytes[0] == 'x' && !memcmp(bytes, "xmlns", 5);
}

static inline HRESULT skip_space(WS_XML_READER *reader, const BYTE **p, WS_ERROR *error)
{
    *p = scan_class(*p, reader->end, SCAN_SPACE);
    return LIKELY(*p < reader->end) ? S_OK : text_cut_off(reader, reader->pos, "a tag", error);
}

/* The name of an attribute is not followed by "=", or that not by a quote. */
static COLD HRESULT bad_attribute(WS_XML_READER *reader, const struct reader_attribute *attribute, const BYTE *at,
                                  bool value, WS_ERROR *error)
{
    char name[READER_NAME_ROOM];

    reader_show_name(&attribute->prefix, &attribute->name, name);
    return value ? text_fail(reader, at, error, "The value of the attribute \"%s\" is not in quotes.", name)
                 : text_fail(reader, at, error, "The attribute \"%s\" is not followed by \"=\".", name);
}

/* In a start tag, a name or value is not followed by what may follow it, or a "/" not by ">". */
static COLD HRESULT bad_start_tag(WS_XML_READER *reader, const BYTE *at, bool slash, WS_ERROR *error)
{
    char shown[TEXT_SHOWN_ROOM];

    return slash ? text_fail(reader, at, error, "In a start tag \"/\" must be followed by \">\", not %s.",
                             text_show(reader, at, shown))
                 : text_fail(reader, at, error, "White space, \"/>\" or \">\" is expected in a start tag, not %s.",
                             text_show(reader, at, shown));
}

/* An attribute, at its name; *p goes past it. */
static inline HRESULT read_attribute(WS_XML_READER *reader, const BYTE **p, WS_ERROR *error)
{
    struct reader_attribute *attribute = reader_add_attribute(reader);
    const BYTE *at = *p;
    WS_XML_STRING *value;
    HRESULT hr;
    BYTE quote;

    if (UNLIKELY(!attribute))
        return reader_add_failed(reader, error);
    if ((hr = read_name(reader, &at, &attribute->prefix, &attribute->name, error)) != S_OK)
        return hr;
    if (UNLIKELY(*at != '='))
    {
        if ((hr = skip_space(reader, &at, error)) != S_OK)
            return hr;
        if (*at != '=')
            return bad_attribute(reader, attribute, at, false, error);
    }
    if (UNLIKELY(++at == reader->end))
        return text_cut_off(reader, reader->pos, "a tag", error);
    quote = *at;
    if (UNLIKELY(quote != '"' && quote != '\''))
    {
        if ((hr = skip_space(reader, &at, error)) != S_OK)
            return hr;
        quote = *at;
        if (quote != '"' && quote != '\'')
            return bad_attribute(reader, attribute, at, true, error);
    }
    at++;
    attribute->shown.singleQuote = quote == '\'';
    attribute->shown.isXmlNs = FALSE;
    value = &attribute->value.utf8.value;
    if (UNLIKELY(attribute->prefix.length == 5) && is_xmlns(attribute->prefix.bytes, 5))
    {
        attribute->prefix = attribute->name;
        attribute->shown.isXmlNs = TRUE;
    }
    else if (UNLIKELY(attribute->name.length == 5) && !attribute->prefix.length && is_xmlns(attribute->name.bytes, 5))
        attribute->shown.isXmlNs = TRUE;
    if (UNLIKELY(attribute->shown.isXmlNs))
    {
        value = &attribute->ns;
        reader->xmlns_count++;
    }
    if ((hr = read_value(reader, attribute, &at, quote, value, error)) != S_OK)
        return hr;
    *p = at + 1;
    return S_OK;
}

/* --- Tags --- */

HRESULT text_start_tag(WS_XML_READER *reader, WS_ERROR *error)
{
    struct reader_element *element = reader_begin_element(reader);
    const BYTE *name = reader->pos + 1, *name_end, *p = name;
    HRESULT hr;

    if (UNLIKELY(!reader->scope.depth) && reader->root_seen && !reader->properties.allow_fragment)
        return text_fail(reader, reader->pos, error, "The document has a second root element.");
    if ((hr = read_name(reader, &p, &element->prefix, &element->name, error)) != S_OK)
        return hr;
    name_end = p;
    while (*p != '>')
    {
        if (UNLIKELY(!(scan_classes[*p] & SCAN_SPACE)) && *p != '/')
            return bad_start_tag(reader, p, false, error);
        if ((hr = skip_space(reader, &p, error)) != S_OK)
            return hr;
        if (*p == '>')
            break;
        if (*p == '/')
        {
            if (reader->end - p < 2)
                return text_cut_off(reader, reader->pos, "a tag", error);
            if (p[1] != '>')
                return bad_start_tag(reader, p + 1, true, error);
            break;
        }
        if ((hr = read_attribute(reader, &p, error)) != S_OK)
            return hr;
        if (UNLIKELY(p == reader->end))
            return text_cut_off(reader, reader->pos, "a tag", error);
    }
    hr = reader_start_element(reader, name, (ULONG)(name_end - name), *p == '/', error);
    if (hr != S_OK)
        return hr;
    reader->node = &element->shown.node;
    reader->pos = p + 1 + (*p == '/');
    reader->root_seen = true;
    return S_OK;
}

/* An end tag that is not just that of the open element, with nothing after the name. */
static COLD HRESULT slow_end_tag(WS_XML_READER *reader, WS_ERROR *error)
{
    const struct scope_element *open;
    char excerpt[TEXT_EXCERPT_ROOM], open_excerpt[TEXT_EXCERPT_ROOM];
    const BYTE *name = reader->pos + 2, *p = name;
    WS_XML_STRING prefix, local_name;
    HRESULT hr;

    if ((hr = read_name(reader, &p, &prefix, &local_name, error)) != S_OK)
        return hr;
    if (!reader->scope.depth)
        return text_fail(reader, reader->pos, error, "There is no open element for the end tag of \"%s\".",
                         text_excerpt(name, (size_t)(p - name), excerpt));
    open = &reader->scope.elements[reader->scope.depth - 1];
    if ((size_t)(p - name) != open->name_length || memcmp(name, open->name, open->name_length) != 0)
        return text_fail(reader, reader->pos, error, "The end tag of \"%s\" does not match the open element \"%s\".",
                         text_excerpt(name, (size_t)(p - name), excerpt),
                         text_excerpt(open->name, open->name_length, open_excerpt));
    if ((hr = skip_space(reader, &p, error)) != S_OK)
        return hr;
    if (*p != '>')
        return text_fail(reader, p, error, "\">\" is expected after the name in an end tag, not %s.",
                         text_show(reader, p, excerpt));
    reader->pos = p + 1;
    return S_OK;
}

HRESULT text_end_tag(WS_XML_READER *reader, WS_ERROR *error)
{
    const struct scope_element *open;
    const BYTE *name = reader->pos + 2;
    HRESULT hr;

    if (UNLIKELY(!reader->scope.depth))
        return slow_end_tag(reader, error);
    open = &reader->scope.elements[reader->scope.depth - 1];
    if (LIKELY((size_t)(reader->end - name) > open->name_length && name[open->name_length] == '>' &&
               !memcmp(name, open->name, open->name_length)))
        reader->pos = name + open->name_length + 1;
    else if ((hr = slow_end_tag(reader, error)) != S_OK)
        return hr;
    reader->text_state.closing = true;
    reader->node = &reader_end_element;
    return S_OK;
}
