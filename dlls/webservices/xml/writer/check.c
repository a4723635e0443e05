/* SPDX-License-Identifier: MIT */
/*
 * check.c - the checks of what a writer is given, before anything is written: arguments, names, characters.
 *
 * E_INVALIDARG is for arguments that no function can work with, WS_E_INVALID_FORMAT for names and characters that XML
 * does not allow. Nothing here changes the writer, or needs more of it than its property
 * ALLOW_INVALID_CHARACTER_REFERENCES.
 */
#include "xml/writer/check.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/text.h"
#include "xml/writer/encode_text_escape.h"
#include "xml/writer/writer_object.h"

/* --- Arguments --- */

HRESULT writer_check_string(const WS_XML_STRING *string, const char *what, bool optional, WS_ERROR *error)
{
    if (!string)
        return optional ? S_OK : error_report(error, E_INVALIDARG, "The %s is NULL.", what);
    if (string->length && !string->bytes)
        return error_report(error, E_INVALIDARG, "The bytes of the %s are NULL, and its length is %u.", what,
                            (unsigned)string->length);
    return S_OK;
}

HRESULT writer_check_local_name(const WS_XML_STRING *string, WS_ERROR *error)
{
    HRESULT hr = writer_check_string(string, "local name", false, error);

    if (hr == S_OK && !string->length)
        hr = error_report(error, E_INVALIDARG, "The local name is empty.");
    return hr;
}

/* NOLINTNEXTLINE(misc-no-recursion): lists in lists are refused */
HRESULT writer_check_text_argument(const WS_XML_TEXT *text, WS_ERROR *error)
{
    const WS_XML_UTF8_TEXT *utf8 = (const WS_XML_UTF8_TEXT *)text;
    const WS_XML_UTF16_TEXT *utf16 = (const WS_XML_UTF16_TEXT *)text;
    const WS_XML_BASE64_TEXT *base64 = (const WS_XML_BASE64_TEXT *)text;
    const WS_XML_QNAME_TEXT *qname = (const WS_XML_QNAME_TEXT *)text;
    const WS_XML_LIST_TEXT *list = (const WS_XML_LIST_TEXT *)text;
    HRESULT hr;
    ULONG i;

    if (!text)
        return error_report(error, E_INVALIDARG, "The text is NULL.");
    switch (text->textType)
    {
    case WS_XML_TEXT_TYPE_UTF8: return writer_check_string(&utf8->value, "UTF-8 text", false, error);
    case WS_XML_TEXT_TYPE_UTF16:
        if (utf16->byteCount % 2)
            return error_report(error, E_INVALIDARG, "The UTF-16 text has %u bytes, which is an odd number.",
                                (unsigned)utf16->byteCount);
        if (utf16->byteCount && !utf16->bytes)
            return error_report(error, E_INVALIDARG, "The bytes of the UTF-16 text are NULL, and its length is %u.",
                                (unsigned)utf16->byteCount);
        return S_OK;
    case WS_XML_TEXT_TYPE_BASE64:
        if (base64->length && !base64->bytes)
            return error_report(error, E_INVALIDARG, "The bytes of the base64 text are NULL, and its length is %u.",
                                (unsigned)base64->length);
        return S_OK;
    case WS_XML_TEXT_TYPE_BOOL:
    case WS_XML_TEXT_TYPE_INT32:
    case WS_XML_TEXT_TYPE_INT64:
    case WS_XML_TEXT_TYPE_UINT64:
    case WS_XML_TEXT_TYPE_FLOAT:
    case WS_XML_TEXT_TYPE_DOUBLE:
    case WS_XML_TEXT_TYPE_DECIMAL:
    case WS_XML_TEXT_TYPE_GUID:
    case WS_XML_TEXT_TYPE_UNIQUE_ID:
    case WS_XML_TEXT_TYPE_DATETIME:
    case WS_XML_TEXT_TYPE_TIMESPAN: return S_OK;
    case WS_XML_TEXT_TYPE_QNAME:
        if (!qname->prefix && !qname->ns)
            return error_report(error, E_INVALIDARG, "The qualified name has neither a prefix nor a namespace.");
        if ((hr = writer_check_string(qname->prefix, "prefix of a qualified name", true, error)) != S_OK ||
            (hr = writer_check_string(qname->localName, "local name of a qualified name", false, error)) != S_OK)
            return hr;
        return writer_check_string(qname->ns, "namespace of a qualified name", true, error);
    case WS_XML_TEXT_TYPE_LIST:
        if (list->itemCount && !list->items)
            return error_report(error, E_INVALIDARG, "The items of the list are NULL, and their count is %u.",
                                (unsigned)list->itemCount);
        for (i = 0; i < list->itemCount; i++)
        {
            /* Lists in lists would mean no more than one list, and could be endless. */
            if (list->items[i] && list->items[i]->textType == WS_XML_TEXT_TYPE_LIST)
                return error_report(error, E_INVALIDARG, "Item %u of the list is a list itself.", (unsigned)i);
            if ((hr = writer_check_text_argument(list->items[i], error)) != S_OK)
                return hr;
        }
        return S_OK;
    default:
        return error_report(error, E_INVALIDARG, "There is no %s.",
                            constant_name(CONSTANT_TEXT_TYPE, (uint32_t)text->textType).text);
    }
}

static inline HRESULT check_attribute(const WS_XML_ATTRIBUTE *attribute, ULONG index, WS_ERROR *error)
{
    HRESULT hr;

    /* The common case of a valid one, with few tests. */
    if (LIKELY(attribute && !attribute->isXmlNs && writer_is_string(attribute->prefix) &&
               writer_is_string(attribute->localName) && attribute->localName->length &&
               writer_is_string(attribute->ns) && writer_is_utf8_text(attribute->value)))
        return S_OK;
    if (!attribute)
        return error_report(error, E_INVALIDARG, "Attribute %u of the element is NULL.", (unsigned)index);
    if ((hr = writer_check_string(attribute->prefix, "prefix of an attribute", true, error)) != S_OK ||
        (hr = writer_check_string(attribute->ns, "namespace of an attribute", false, error)) != S_OK ||
        attribute->isXmlNs)
        return hr;
    if ((hr = writer_check_local_name(attribute->localName, error)) != S_OK)
        return hr;
    return writer_check_text_argument(attribute->value, error);
}

HRESULT writer_check_node(const WS_XML_NODE *node, WS_ERROR *error)
{
    const WS_XML_ELEMENT_NODE *element = (const WS_XML_ELEMENT_NODE *)node;
    HRESULT hr;
    ULONG i;

    if (!node)
        return error_report(error, E_INVALIDARG, "The node is NULL.");
    switch (node->nodeType)
    {
    case WS_XML_NODE_TYPE_ELEMENT:
        if (UNLIKELY(!writer_is_string(element->prefix) || !writer_is_string(element->localName) ||
                     !element->localName->length || !writer_is_string(element->ns)) &&
            ((hr = writer_check_string(element->prefix, "prefix", true, error)) != S_OK ||
             (hr = writer_check_local_name(element->localName, error)) != S_OK ||
             (hr = writer_check_string(element->ns, "namespace", false, error)) != S_OK))
            return hr;
        if (element->attributeCount && !element->attributes)
            return error_report(error, E_INVALIDARG, "The attributes of the element are NULL, and their count is %u.",
                                (unsigned)element->attributeCount);
        for (i = 0; i < element->attributeCount; i++)
            if ((hr = check_attribute(element->attributes[i], i, error)) != S_OK)
                return hr;
        return S_OK;
    case WS_XML_NODE_TYPE_TEXT: return writer_check_text_argument(((const WS_XML_TEXT_NODE *)node)->text, error);
    case WS_XML_NODE_TYPE_COMMENT:
        return writer_check_string(&((const WS_XML_COMMENT_NODE *)node)->value, "comment", false, error);
    case WS_XML_NODE_TYPE_END_ELEMENT:
    case WS_XML_NODE_TYPE_CDATA:
    case WS_XML_NODE_TYPE_END_CDATA:
    case WS_XML_NODE_TYPE_EOF:
    case WS_XML_NODE_TYPE_BOF: return S_OK;
    default:
        return error_report(error, E_INVALIDARG, "There is no %s.",
                            constant_name(CONSTANT_NODE_TYPE, (uint32_t)node->nodeType).text);
    }
}

HRESULT writer_check_pushed(const WS_BYTES *buffers, ULONG count, WS_ERROR *error)
{
    ULONG i;

    if (count && !buffers)
        return error_report(error, E_INVALIDARG, "The buffers pushed are NULL, and their count is %u.",
                            (unsigned)count);
    for (i = 0; i < count; i++)
        if (buffers[i].length && !buffers[i].bytes)
            return error_report(error, E_INVALIDARG, "The bytes of buffer %u are NULL, and its length is %u.",
                                (unsigned)i, (unsigned)buffers[i].length);
    return S_OK;
}

/* --- Names --- */

COLD HRESULT writer_check_name_slow(const WS_XML_STRING *name, const char *what, WS_ERROR *error)
{
    return xml_check_ncname(name->bytes, name->length, what, error);
}

struct shown_name writer_show(const WS_XML_STRING *string)
{
    struct shown_name name;
    size_t i, length = string->length < sizeof(name.text) ? string->length : sizeof(name.text) - 1;

    for (i = 0; i < length; i++)
        name.text[i] = (char)(string->bytes[i] >= 0x20 && string->bytes[i] < 0x7f ? string->bytes[i] : '?');
    name.text[i] = 0;
    return name;
}

/* --- Characters --- */

COLD HRESULT writer_invalid_utf8(const BYTE *bytes, const BYTE *end, WS_ERROR *error)
{
    return error_report(error, WS_E_INVALID_FORMAT, "The text is not valid UTF-8 at a byte 0x%02X%s.", bytes[0],
                        end - bytes < 4 ? " near its end" : "");
}

COLD HRESULT writer_invalid_utf16(const BYTE *unit, WS_ERROR *error)
{
    return error_report(error, WS_E_INVALID_FORMAT, "The text is not valid UTF-16: there is a lone surrogate 0x%04X.",
                        (unsigned)load_unit(unit));
}

/* The first byte that is special and does not begin a two-byte character (or perhaps does), or `end`. */
INLINE const BYTE *find_special(const BYTE *p, const BYTE *end, enum escape_mode mode)
{
#ifdef WS_SSE2
    while (p < end)
    {
        size_t left = (size_t)(end - p), plain;
        __m128i v;

        if (left >= BLOCK)
        {
            left = BLOCK;
            v = _mm_loadu_si128((const __m128i *)(const void *)p);
        }
        else
            v = block_load(p, left);
        plain = plain_length(p, special_mask(v, mode) & block_bits(left), left);
        p += plain;
        if (plain < left)
            return p;
    }
    return end;
#else
    while (p < end && !is_special(*p, mode))
        p++;
    return p;
#endif
}

HRESULT writer_check_chars_utf8(const WS_XML_WRITER *writer, const BYTE *p, size_t count, WS_ERROR *error)
{
    const BYTE *end;
    uint32_t c;
    size_t length;

    if (!count)
        return S_OK;
    end = p + count;
    for (;;)
    {
        p = find_special(p, end, ESCAPE_NOTHING);
        if (p == end)
            return S_OK;
        if (end - p >= 2 && is_two_bytes(p))
        {
            p += 2;
            continue;
        }
        if (!(length = utf8_decode(p, end, &c)))
            return writer_invalid_utf8(p, end, error);
        if (!xml_is_char(c) && !(writer && writer->properties.allow_invalid_references))
            return error_report(error, WS_E_INVALID_FORMAT, "The character U+%04X cannot be written in XML.",
                                (unsigned)c);
        p += length;
    }
}

static HRESULT check_chars_utf16(const WS_XML_WRITER *writer, const BYTE *p, size_t count, WS_ERROR *error)
{
    const BYTE *end = count ? p + count : p;
    uint32_t c;
    size_t length;

    for (; p < end; p += length)
    {
        c = load_char(p, end, &length);
        if (!length)
            return writer_invalid_utf16(p, error);
        if (!xml_is_char(c) && !(writer && writer->properties.allow_invalid_references))
            return error_report(error, WS_E_INVALID_FORMAT, "The character U+%04X cannot be written in XML.",
                                (unsigned)c);
    }
    return S_OK;
}

/* NOLINTNEXTLINE(misc-no-recursion): there are no lists in lists */
HRESULT writer_check_text(const WS_XML_WRITER *writer, const WS_XML_TEXT *text, WS_ERROR *error)
{
    const WS_XML_UTF8_TEXT *utf8 = (const WS_XML_UTF8_TEXT *)text;
    const WS_XML_UTF16_TEXT *utf16 = (const WS_XML_UTF16_TEXT *)text;
    const WS_XML_LIST_TEXT *list = (const WS_XML_LIST_TEXT *)text;
    HRESULT hr;
    ULONG i;

    switch (text->textType)
    {
    case WS_XML_TEXT_TYPE_UTF8: return writer_check_chars_utf8(writer, utf8->value.bytes, utf8->value.length, error);
    case WS_XML_TEXT_TYPE_UTF16: return check_chars_utf16(writer, utf16->bytes, utf16->byteCount, error);
    case WS_XML_TEXT_TYPE_LIST:
        for (i = 0; i < list->itemCount; i++)
            if ((hr = writer_check_text(writer, list->items[i], error)) != S_OK)
                return hr;
        return S_OK;
    default: return S_OK;
    }
}
