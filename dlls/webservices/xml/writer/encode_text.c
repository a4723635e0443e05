/* SPDX-License-Identifier: MIT */
/*
 * encode_text.c - the text encoder: XML 1.0 in UTF-8, UTF-16LE or UTF-16BE.
 *
 * It writes UTF-8 into the writer's window. For UTF-8 that is the output itself; for UTF-16 it is a small buffer that
 * is converted whenever it is full and at the end of each node.
 *
 * UTF-16 begins with a byte order mark if there is a declaration, which says "utf-16" for both byte orders then
 * (XML 1.0, 4.3.3). Without one there is no mark: programs use such bytes as a string, as WriteXmlSimpleExample in the
 * documentation does, which prints them.
 */
#include "xml/writer/encode_text_escape.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "values/base64.h"
#include "values/number.h"
#include "xml/value.h"
#include "xml/writer/encoder.h"
#include "xml/writer/output.h"
#include "xml/writer/writer_object.h"

#define STAGING_SIZE 1024

HRESULT writer_text_set_charset(WS_XML_WRITER *writer, WS_CHARSET charset, WS_ERROR *error)
{
    struct writer_output *output = &writer->output;

    if (charset != WS_CHARSET_UTF8)
    {
        if (!writer->staging && !(writer->staging = memory_alloc(STAGING_SIZE, "writer UTF-16 buffer")))
            return error_report(error, E_OUTOFMEMORY, "There is no memory for writing UTF-16.");
        if (!output->window_is_staging)
        {
            output->chunk_pos = output->pos;
            output->chunk_end = output->end;
        }
        output->window_is_staging = true;
        writer->drain = writer_text_drain;
        output->pos = writer->staging;
        output->end = writer->staging + STAGING_SIZE;
    }
    writer->charset = charset;
    return S_OK;
}

HRESULT writer_text_drain(WS_XML_WRITER *writer, WS_ERROR *error)
{
    struct writer_output *output = &writer->output;
    size_t count = (size_t)(output->pos - writer->staging), rest = 0, length, i;
    WCHAR chars[STAGING_SIZE];
    HRESULT hr;

    /* A character may be in the window only in part: its beginning stays there. */
    while (rest < count && rest < 3 && (writer->staging[count - rest - 1] & 0xc0) == 0x80)
        rest++;
    if (rest < count && writer->staging[count - rest - 1] >= 0xc0)
    {
        BYTE lead = writer->staging[count - rest - 1];
        size_t needed = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;

        rest = rest + 1 == needed ? 0 : rest + 1;
    }
    else
        rest = 0;
    count -= rest;
    if (!utf8_to_utf16_length(writer->staging, count, &length))
        return error_report(error, WS_E_INVALID_FORMAT, "The text to write is not valid UTF-8.");
    utf8_to_utf16(writer->staging, count, chars);
    if (writer->charset == WS_CHARSET_UTF16BE)
        for (i = 0; i < length; i++)
            chars[i] = (WCHAR)(chars[i] << 8 | chars[i] >> 8);
    if ((hr = output_append(writer, (const BYTE *)chars, length * 2, error)) != S_OK)
        return hr;
    memmove(writer->staging, writer->staging + count, rest);
    output->pos = writer->staging + rest;
    return S_OK;
}

/* The end of each operation: UTF-16 goes to the output. */
static inline HRESULT end(WS_XML_WRITER *writer, HRESULT hr, WS_ERROR *error)
{
    if (UNLIKELY(writer->output.window_is_staging) && hr == S_OK)
        return writer_text_drain(writer, error);
    return hr;
}

static HRESULT text_begin(WS_XML_WRITER *writer, WS_ERROR *error)
{
    static const char declaration[] = "<?xml version=\"1.0\" encoding=\"utf-8\"?>";
    static const char declaration16[] = "<?xml version=\"1.0\" encoding=\"utf-16\"?>";
    bool is_utf8 = writer->charset == WS_CHARSET_UTF8;
    HRESULT hr = S_OK;

    if (!writer->properties.write_declaration)
        return S_OK;
    if (!is_utf8)
        hr = writer_put(writer, "\xef\xbb\xbf", 3, error);
    if (hr == S_OK)
        hr = is_utf8 ? writer_put(writer, declaration, sizeof(declaration) - 1, error)
                     : writer_put(writer, declaration16, sizeof(declaration16) - 1, error);
    writer->something_written = true;
    return end(writer, hr, error);
}

/*
 * before, prefix, ':', local, after. `padded`: 16 bytes of the local name can be read, as in all names that the core
 * keeps.
 */
static inline __attribute__((always_inline)) HRESULT put_name(WS_XML_WRITER *writer, const char *before,
                                                              size_t before_length, const WS_XML_STRING *prefix,
                                                              const WS_XML_STRING *local, bool padded,
                                                              const char *after, size_t after_length, WS_ERROR *error)
{
    struct writer_output *output = &writer->output;
    size_t room = (size_t)(output->end - output->pos);
    BYTE *pos = output->pos;
    HRESULT hr;

    /* Compared in a way in which no sum can overflow. */
    if (LIKELY(room >= 32 && prefix->length <= (room - 32) / 2 && local->length <= (room - 32) / 2))
    {
        memcpy(pos, before, before_length);
        pos += before_length;
        if (prefix->length)
        {
            pos = block_copy(pos, prefix->bytes, prefix->length);
            *pos++ = ':';
        }
        pos =
            padded ? block_copy_padded(pos, local->bytes, local->length) : block_copy(pos, local->bytes, local->length);
        memcpy(pos, after, after_length);
        output->pos = pos + after_length;
        return S_OK;
    }
    if ((hr = writer_put(writer, before, before_length, error)) != S_OK)
        return hr;
    if (prefix->length && ((hr = writer_put(writer, prefix->bytes, prefix->length, error)) != S_OK ||
                           (hr = writer_put(writer, ":", 1, error)) != S_OK))
        return hr;
    if ((hr = writer_put(writer, local->bytes, local->length, error)) != S_OK)
        return hr;
    return writer_put(writer, after, after_length, error);
}

static HRESULT put_base64(WS_XML_WRITER *writer, const BYTE *bytes, size_t count, WS_ERROR *error)
{
    struct writer_output *output = &writer->output;
    BYTE group[4];
    size_t groups, room;
    HRESULT hr;

    while (count)
    {
        room = (size_t)(output->end - output->pos) / 4;
        groups = (count + 2) / 3;
        if (room)
        {
            if (groups > room)
                groups = room;
            base64_encode(bytes, groups * 3 < count ? groups * 3 : count, output->pos);
            output->pos += groups * 4;
        }
        else
        {
            groups = 1;
            base64_encode(bytes, count < 3 ? count : 3, group);
            if ((hr = writer_put(writer, group, 4, error)) != S_OK)
                return hr;
        }
        bytes += groups * 3 < count ? groups * 3 : count;
        count -= groups * 3 < count ? groups * 3 : count;
    }
    return S_OK;
}

static HRESULT put_text(WS_XML_WRITER *writer, enum escape_mode mode, const WS_XML_TEXT *text, WS_ERROR *error)
{
    const WS_XML_UTF8_TEXT *utf8 = (const WS_XML_UTF8_TEXT *)text;
    const WS_XML_UTF16_TEXT *utf16 = (const WS_XML_UTF16_TEXT *)text;
    const WS_XML_BASE64_TEXT *base64 = (const WS_XML_BASE64_TEXT *)text;
    BYTE digits[NUMBER_INT64_ROOM];
    const BYTE *bytes;
    size_t length;
    HRESULT hr;

    switch (text->textType)
    {
    case WS_XML_TEXT_TYPE_UTF8: return writer_escape_utf8(writer, mode, utf8->value.bytes, utf8->value.length, error);
    case WS_XML_TEXT_TYPE_UTF16: return writer_escape_utf16(writer, mode, utf16->bytes, utf16->byteCount, error);
    case WS_XML_TEXT_TYPE_BASE64: writer->brackets = 0; return put_base64(writer, base64->bytes, base64->length, error);
    case WS_XML_TEXT_TYPE_INT32:
        length = number_write_int64(((const WS_XML_INT32_TEXT *)text)->value, digits);
        writer->brackets = 0;
        return writer_put(writer, digits, length, error);
    default:
        /* The arena is emptied with the start tag, or by the core. */
        writer->arena_used = true;
        if ((hr = text_to_utf8(text, &writer->arena, &bytes, &length, error)) != S_OK)
            return hr;
        return writer_escape_utf8(writer, mode, bytes, length, error);
    }
}

static HRESULT put_attribute(WS_XML_WRITER *writer, const WS_XML_ATTRIBUTE *attribute, WS_ERROR *error)
{
    const char *quote = attribute->singleQuote ? "='" : "=\"";
    enum escape_mode mode = attribute->singleQuote ? ESCAPE_SINGLE_QUOTE : ESCAPE_DOUBLE_QUOTE;
    HRESULT hr;

    if (!attribute->isXmlNs)
    {
        if ((hr = put_name(writer, " ", 1, attribute->prefix, attribute->localName, true, quote, 2, error)) != S_OK ||
            (hr = put_text(writer, mode, attribute->value, error)) != S_OK)
            return hr;
    }
    else
    {
        hr = attribute->prefix->length
                 ? put_name(writer, " ", 1, &xml_prefix_xmlns, attribute->prefix, false, quote, 2, error)
                 : put_name(writer, " ", 1, &xml_empty, &xml_prefix_xmlns, false, quote, 2, error);
        if (hr != S_OK ||
            (hr = writer_escape_utf8(writer, mode, attribute->ns->bytes, attribute->ns->length, error)) != S_OK)
            return hr;
    }
    return writer_put(writer, quote + 1, 1, error);
}

static HRESULT text_element_start(WS_XML_WRITER *writer, const WS_XML_ELEMENT_NODE *element, WS_ERROR *error)
{
    HRESULT hr;
    ULONG i;

    if (!element->attributeCount)
        hr = element->isEmpty ? put_name(writer, "<", 1, element->prefix, element->localName, true, "/>", 2, error)
                              : put_name(writer, "<", 1, element->prefix, element->localName, true, ">", 1, error);
    else
    {
        hr = put_name(writer, "<", 1, element->prefix, element->localName, true, "", 0, error);
        for (i = 0; i < element->attributeCount && hr == S_OK; i++)
            hr = put_attribute(writer, element->attributes[i], error);
        if (hr == S_OK)
            hr = element->isEmpty ? writer_put(writer, "/>", 2, error) : writer_put(writer, ">", 1, error);
    }
    return end(writer, hr, error);
}

static HRESULT text_element_end(WS_XML_WRITER *writer, bool is_empty, WS_ERROR *error)
{
    const struct writer_element *element = &writer->elements[writer->depth - 1];

    if (is_empty)
        return S_OK;
    return end(writer, put_name(writer, "</", 2, &element->prefix, &element->local, true, ">", 1, error), error);
}

static HRESULT text_text(WS_XML_WRITER *writer, const WS_XML_TEXT *text, WS_ERROR *error)
{
    const WS_XML_STRING *utf8 = &((const WS_XML_UTF8_TEXT *)text)->value;
    struct writer_output *output = &writer->output;

    /* Most are short, and much of that is white space between elements. */
    if (LIKELY(text->textType == WS_XML_TEXT_TYPE_UTF8) &&
        LIKELY(writer->inside != INSIDE_CDATA && !output->window_is_staging))
    {
        if (LIKELY(output->end - output->pos >= (ptrdiff_t)BLOCK) &&
            escape_short(output->pos, ESCAPE_CONTENT, utf8->bytes, utf8->length))
        {
            output->pos += utf8->length;
            return S_OK;
        }
        return writer_escape_utf8(writer, ESCAPE_CONTENT, utf8->bytes, utf8->length, error);
    }
    return end(writer, put_text(writer, writer->inside == INSIDE_CDATA ? ESCAPE_CDATA : ESCAPE_CONTENT, text, error),
               error);
}

static HRESULT text_bytes(WS_XML_WRITER *writer, const BYTE *bytes, size_t count, WS_ERROR *error)
{
    size_t whole;
    HRESULT hr;

    /* First the rest of the piece before. */
    while (writer->group_length && writer->group_length < 3 && count)
    {
        writer->group[writer->group_length++] = *bytes++;
        count--;
    }
    if (writer->group_length == 3)
    {
        if ((hr = put_base64(writer, writer->group, 3, error)) != S_OK)
            return hr;
        writer->group_length = 0;
    }
    whole = count - count % 3;
    if ((hr = put_base64(writer, bytes, whole, error)) != S_OK)
        return hr;
    for (; whole < count; whole++)
        writer->group[writer->group_length++] = bytes[whole];
    writer->brackets = 0;
    return end(writer, S_OK, error);
}

static HRESULT text_bytes_end(WS_XML_WRITER *writer, WS_ERROR *error)
{
    unsigned count = writer->group_length;

    writer->group_length = 0;
    return end(writer, put_base64(writer, writer->group, count, error), error);
}

/* The core has checked that there is no "--" in it. */
static HRESULT text_comment(WS_XML_WRITER *writer, const WS_XML_STRING *value, WS_ERROR *error)
{
    HRESULT hr;

    if ((hr = writer_put(writer, "<!--", 4, error)) != S_OK ||
        (hr = writer_escape_utf8(writer, ESCAPE_NOTHING, value->bytes, value->length, error)) != S_OK)
        return hr;
    return end(writer, writer_put(writer, "-->", 3, error), error);
}

static HRESULT text_cdata_start(WS_XML_WRITER *writer, WS_ERROR *error)
{
    writer->brackets = 0;
    return end(writer, writer_put(writer, "<![CDATA[", 9, error), error);
}

static HRESULT text_cdata_end(WS_XML_WRITER *writer, WS_ERROR *error)
{
    return end(writer, writer_put(writer, "]]>", 3, error), error);
}

/* End tags, the rest of base64 or CDATA, and line breaks with indentation. */
static size_t text_bytes_to_close(const WS_XML_WRITER *writer)
{
    size_t size = (writer->inside == INSIDE_CDATA ? 3 : 0) + (writer->group_length ? 4 : 0), i;

    for (i = 0; i < writer->depth; i++)
    {
        const struct writer_element *element = &writer->elements[i];

        size += 3 + (element->prefix.length ? element->prefix.length + 1 : 0) + element->local.length;
        if (writer->properties.indent)
            size += 1 + i * (size_t)writer->properties.indent;
    }
    return writer->charset == WS_CHARSET_UTF8 ? size : size * 2;
}

static enum writer_direct text_fast(const WS_XML_WRITER *writer)
{
    return writer->output.window_is_staging ? DIRECT_NONE : DIRECT_TEXT;
}

const struct writer_encoder writer_text_encoder = {
    .name = "text",
    .fast = text_fast,
    .begin = text_begin,
    .element_start = text_element_start,
    .element_end = text_element_end,
    .text = text_text,
    .bytes = text_bytes,
    .bytes_end = text_bytes_end,
    .comment = text_comment,
    .cdata_start = text_cdata_start,
    .cdata_end = text_cdata_end,
    .bytes_to_close = text_bytes_to_close,
};
