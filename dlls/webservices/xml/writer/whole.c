/* SPDX-License-Identifier: MIT */
/*
 * whole.c - what is written in one call: texts of all types, and attributes with their value.
 *
 * A text in an attribute must be the only one, unless all are UTF-8, UTF-16 or base64: those may be pieces (see
 * pieces.c).
 */
#include "xml/writer/writer.h"

#include "base/text.h"
#include "xml/value.h"
#include "xml/writer/check.h"
#include "xml/writer/pieces.h"
#include "xml/writer/start_tag.h"
#include "xml/writer/state.h"
#include "xml/writer/writer_object.h"

/* --- Texts --- */

/* Checks a text before any of it is written: a date, for example, may be out of range. */
static HRESULT check_typed(WS_XML_WRITER *writer, const WS_XML_TEXT *text, WS_ERROR *error)
{
    const BYTE *bytes;
    size_t length;

    if (text->textType != WS_XML_TEXT_TYPE_DATETIME && text->textType != WS_XML_TEXT_TYPE_DECIMAL)
        return S_OK;
    writer->arena_used = true;
    return text_to_utf8(text, &writer->arena, &bytes, &length, error);
}

/* A string of a dictionary remains one if it is the whole value. */
static HRESULT attribute_utf8(WS_XML_WRITER *writer, const WS_XML_STRING *string, WS_ERROR *error)
{
    bool is_first;
    HRESULT hr;

    if ((hr = writer_leave_fast(writer, error)) != S_OK)
        return hr;
    is_first = !writer->value_length;
    if ((hr = writer_gather(writer, PIECE_TEXT_UTF8, string->bytes, string->length, error)) != S_OK)
        return hr;
    writer->value_string.dictionary = NULL;
    if (UNLIKELY(is_first && string->dictionary && string->length))
    {
        writer->value_string = *string;
        writer->value_string.bytes = writer->value;
        writer_own(writer, &writer->value_string, string->bytes);
    }
    return S_OK;
}

static HRESULT attribute_text(WS_XML_WRITER *writer, const WS_XML_TEXT *text, WS_ERROR *error)
{
    const WS_XML_UTF8_TEXT *utf8 = (const WS_XML_UTF8_TEXT *)text;
    const WS_XML_UTF16_TEXT *utf16 = (const WS_XML_UTF16_TEXT *)text;
    const WS_XML_BASE64_TEXT *base64 = (const WS_XML_BASE64_TEXT *)text;
    WS_XML_UTF8_TEXT list = {{WS_XML_TEXT_TYPE_UTF8}, {0, NULL, NULL, 0}};
    const BYTE *bytes;
    size_t length;
    HRESULT hr;

    switch (text->textType)
    {
    case WS_XML_TEXT_TYPE_UTF8: return attribute_utf8(writer, &utf8->value, error);
    case WS_XML_TEXT_TYPE_UTF16: return writer_gather(writer, PIECE_TEXT_UTF16, utf16->bytes, utf16->byteCount, error);
    case WS_XML_TEXT_TYPE_BASE64: return writer_gather(writer, PIECE_TEXT_BASE64, base64->bytes, base64->length, error);
    case WS_XML_TEXT_TYPE_LIST:
        writer->arena_used = true;
        if ((hr = writer_check_text(writer, text, error)) != S_OK ||
            (hr = text_to_utf8(text, &writer->arena, &bytes, &length, error)) != S_OK)
            return hr;
        list.value.bytes = (BYTE *)bytes;
        list.value.length = (ULONG)length;
        return writer_take_single(writer, &list.text, sizeof(list), error);
    default:
        if ((hr = check_typed(writer, text, error)) != S_OK)
            return hr;
        return writer_take_single(writer, text, xml_text_size(text->textType), error);
    }
}

static HRESULT content_text(WS_XML_WRITER *writer, const WS_XML_TEXT *text, WS_ERROR *error)
{
    const WS_XML_UTF8_TEXT *utf8 = (const WS_XML_UTF8_TEXT *)text;
    const WS_XML_UTF16_TEXT *utf16 = (const WS_XML_UTF16_TEXT *)text;
    const WS_XML_BASE64_TEXT *base64 = (const WS_XML_BASE64_TEXT *)text;
    bool is_space = false;
    HRESULT hr;

    if ((hr = writer_settle(writer, error)) != S_OK)
        return hr;
    switch (text->textType)
    {
    case WS_XML_TEXT_TYPE_UTF8:
        if (!utf8->value.length)
            return S_OK;
        is_space = !writer->depth && text_is_space(utf8->value.bytes, utf8->value.length);
        break;
    case WS_XML_TEXT_TYPE_UTF16:
        if (!utf16->byteCount)
            return S_OK;
        is_space = !writer->depth && text_is_space_utf16(utf16->bytes, utf16->byteCount);
        break;
    case WS_XML_TEXT_TYPE_BASE64:
        if (!base64->length)
            return S_OK;
        break;
    default: break;
    }
    if ((hr = writer_begin_content(writer, is_space, error)) != S_OK)
        return hr;
    return writer_encode_text(writer, text, error);
}

HRESULT writer_text(WS_XML_WRITER *writer, const WS_XML_TEXT *text, WS_ERROR *error)
{
    const WS_XML_QNAME_TEXT *qname = (const WS_XML_QNAME_TEXT *)text;
    HRESULT hr = writer_ready(writer, error);

    if (hr != S_OK)
        return hr;
    if (text->textType == WS_XML_TEXT_TYPE_QNAME)
        return writer_qualified_name(writer, qname->prefix, qname->localName, qname->ns, error);
    hr = writer->inside == INSIDE_ATTRIBUTE ? attribute_text(writer, text, error) : content_text(writer, text, error);
    return writer_done(writer, hr);
}

/* --- Attributes --- */

#ifdef WS_SSE2

/*
 * The common case of an attribute: without a namespace, with a short name and a short, plain value. Then there is
 * nothing to decide or to refuse. False: the attribute is not such a one, and nothing has been done.
 */
static inline bool add_plain_attribute(WS_XML_WRITER *writer, const WS_XML_ATTRIBUTE *given)
{
    const WS_XML_STRING *local = given->localName, *value = &((const WS_XML_UTF8_TEXT *)given->value)->value;
    size_t name_length, value_length;
    struct writer_attribute *attribute;
    BYTE *name_bytes, *value_bytes;
    __m128i v;

    if (writer->state != WRITER_READY || writer->inside == INSIDE_ATTRIBUTE || writer->tag != TAG_PENDING ||
        writer->attribute_count >= writer->attribute_capacity ||
        writer->attribute_count >= writer->properties.max_attributes || !writer->scratch ||
        WRITER_SCRATCH - writer->scratch_used < (size_t)2 * BLOCK)
        return false;
    if (given->value->textType != WS_XML_TEXT_TYPE_UTF8 || !given->prefix || given->prefix->length ||
        given->ns->length || local->dictionary || value->dictionary)
        return false;
    name_length = local->length;
    value_length = value->length;
    if (!name_length || name_length > BLOCK || !value_length || value_length > BLOCK)
        return false;
    v = block_load(value->bytes, value_length);
    if (!block_is_plain(v, value_length) || !block_is_ascii_name(local->bytes, name_length) ||
        (name_length == 5 && xml_string_equals(local, &xml_prefix_xmlns)))
        return false;

    name_bytes = writer->scratch + writer->scratch_used;
    value_bytes = name_bytes + BLOCK;
    writer->scratch_used += (size_t)2 * BLOCK;
    _mm_storeu_si128((__m128i *)(void *)name_bytes, block_load(local->bytes, name_length));
    _mm_storeu_si128((__m128i *)(void *)value_bytes, v);

    attribute = writer->attributes[writer->attribute_count++];
    attribute->shown.singleQuote = !!given->singleQuote;
    attribute->shown.isXmlNs = FALSE;
    attribute->shown.localName = &attribute->local;
    attribute->shown.value = &attribute->value.text;
    attribute->role = ROLE_ATTRIBUTE;
    attribute->choose_prefix = false;
    attribute->existing = NULL;
    attribute->prefix = attribute->ns = xml_empty;
    attribute->local.length = (ULONG)name_length;
    attribute->local.bytes = name_bytes;
    attribute->local.dictionary = NULL;
    attribute->local.id = 0;
    attribute->value.text.textType = WS_XML_TEXT_TYPE_UTF8;
    attribute->value.utf8.value.length = (ULONG)value_length;
    attribute->value.utf8.value.bytes = value_bytes;
    attribute->value.utf8.value.dictionary = NULL;
    attribute->value.utf8.value.id = 0;
    return true;
}

#endif

HRESULT writer_attribute(WS_XML_WRITER *writer, const WS_XML_ATTRIBUTE *given, WS_ERROR *error)
{
    const WS_XML_UTF8_TEXT *utf8 = (const WS_XML_UTF8_TEXT *)given->value;
    struct writer_attribute *attribute;
    HRESULT hr;

#ifdef WS_SSE2
    if (LIKELY(add_plain_attribute(writer, given)))
        return S_OK;
#endif
    if ((hr = writer_start_attribute(writer, given->prefix, given->localName, given->ns, given->singleQuote, error)) !=
        S_OK)
        return hr;
    if (LIKELY(given->value->textType == WS_XML_TEXT_TYPE_UTF8 && utf8->value.length <= WRITER_SCRATCH / 2))
    {
        /* The common case: whole and short. */
        attribute = writer->attributes[writer->attribute_count - 1];
        writer->inside = INSIDE_NOTHING;
        attribute->value.text.textType = WS_XML_TEXT_TYPE_UTF8;
        if ((hr = writer_copy_string(writer, &utf8->value, &attribute->value.utf8.value, error)) == S_OK)
            hr = writer_check_chars_utf8(writer, attribute->value.utf8.value.bytes, utf8->value.length, error);
        return writer_done(writer, hr);
    }
    hr = writer_text(writer, given->value, error);
    return hr == S_OK ? writer_end_attribute(writer, error) : hr;
}
