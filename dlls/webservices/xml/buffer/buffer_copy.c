/* SPDX-License-Identifier: MIT */
/*
 * buffer_copy.c - copies of names, texts and elements into a heap; see buffer.h and buffer_copy.h.
 *
 * A string of a dictionary that promises to outlive its users (isConst) is not copied: the copy refers to the
 * dictionary too. Any other string loses its dictionary, because nobody knows how long that lives.
 */
#include "xml/buffer/buffer_copy.h"

#include "base/constants.h"
#include "base/error.h"
#include "values/date.h"
#include "values/number.h"
#include "xml/names.h"
#include "xml/value.h"

#include <string.h>

/* A copy of `size` bytes. */
static HRESULT copy_bytes(WS_HEAP *heap, const void *bytes, size_t size, void **copy, WS_ERROR *error)
{
    HRESULT hr;

    if (size && !bytes)
        return error_report(error, E_INVALIDARG, "The bytes of a string or text are NULL, and its length is %zu.",
                            size);
    if ((hr = heap_alloc(heap, size, copy, error)) == S_OK && size)
        memcpy(*copy, bytes, size);
    return hr;
}

static bool is_in_const_dictionary(const WS_XML_STRING *string)
{
    return string->dictionary && string->dictionary->isConst;
}

HRESULT xml_string_copy(WS_HEAP *heap, const WS_XML_STRING *string, WS_XML_STRING *copy, WS_ERROR *error)
{
    void *bytes;
    HRESULT hr;

    if (is_in_const_dictionary(string) && (string->bytes || !string->length))
    {
        *copy = *string;
        return S_OK;
    }
    if ((hr = copy_bytes(heap, string->bytes, string->length, &bytes, error)) != S_OK)
        return hr;
    copy->length = string->length;
    copy->bytes = bytes;
    copy->dictionary = NULL;
    copy->id = 0;
    return S_OK;
}

/* Longer strings are not compared: a document could have many elements in a namespace of a megabyte. */
#define LONGEST_COMPARED 1024u

/* Whether a copy made before is what a copy of a string would be. */
static bool is_copy(const WS_XML_STRING *copy, const WS_XML_STRING *string)
{
    if (!copy || copy->length != string->length || copy->length > LONGEST_COMPARED ||
        (copy->length && (!string->bytes || memcmp(copy->bytes, string->bytes, copy->length) != 0)))
        return false;
    return is_in_const_dictionary(string) ? copy->dictionary == string->dictionary && copy->id == string->id
                                          : !copy->dictionary;
}

/*
 * A copy of a string with the WS_XML_STRING itself; NULL, as unused names are, stays NULL. Documents repeat their
 * names, and their namespaces are long, so that most of a small heap would be copies of them: if one of two strings
 * that are in the heap already is equal, it is used. An empty one takes nothing at all: it becomes `empty`.
 */
static HRESULT copy_name(WS_HEAP *heap, const WS_XML_STRING *string, const WS_XML_STRING *empty, WS_XML_STRING *known,
                         WS_XML_STRING *other, WS_XML_STRING **ret, WS_ERROR *error)
{
    void *memory;
    HRESULT hr;

    if (!string)
        known = NULL;
    else if (!string->length && !is_in_const_dictionary(string))
        known = (WS_XML_STRING *)empty; /* readers show it, and what they show is not to be modified */
    else if (!is_copy(known, string))
        known = is_copy(other, string) ? other : NULL;
    if (known || !string)
    {
        *ret = known;
        return S_OK;
    }
    if ((hr = heap_alloc(heap, sizeof(**ret), &memory, error)) != S_OK)
        return hr;
    *ret = memory;
    return xml_string_copy(heap, string, *ret, error);
}

/* Memory for pointers. What a 32-bit size cannot hold is more than any quota there. */
static HRESULT alloc_pointers(WS_HEAP *heap, ULONG count, void **memory, WS_ERROR *error)
{
    uint64_t size = (uint64_t)count * sizeof(void *);

    return heap_alloc(heap, size < SIZE_MAX ? (size_t)size : SIZE_MAX, memory, error);
}

/* Lists are not nested, so that this ends at the second level. */
/* NOLINTBEGIN(misc-no-recursion) */

/* Fills in what a copied list refers to. */
static HRESULT copy_list(WS_HEAP *heap, const WS_XML_LIST_TEXT *list, WS_XML_LIST_TEXT *copy, WS_ERROR *error)
{
    void *items;
    HRESULT hr;
    ULONG i;

    if (list->itemCount && !list->items)
        return error_report(error, E_INVALIDARG, "The texts of a list are NULL, and their count is %u.",
                            (unsigned)list->itemCount);
    if ((hr = alloc_pointers(heap, list->itemCount, &items, error)) != S_OK)
        return hr;
    copy->items = items;
    for (i = 0; i < list->itemCount; i++)
    {
        if (list->items[i] && list->items[i]->textType == WS_XML_TEXT_TYPE_LIST)
            return error_report(error, E_INVALIDARG, "A list of texts contains another list.");
        if ((hr = xml_text_copy(heap, list->items[i], &copy->items[i], error)) != S_OK)
            return hr;
    }
    return S_OK;
}

/* Fills in what a copied text points to, or checks its value. */
static HRESULT copy_references(WS_HEAP *heap, const WS_XML_TEXT *text, WS_XML_TEXT *copy, WS_ERROR *error)
{
    void *bytes;
    HRESULT hr;

    switch (text->textType)
    {
    case WS_XML_TEXT_TYPE_UTF8:
        return xml_string_copy(heap, &((const WS_XML_UTF8_TEXT *)text)->value, &((WS_XML_UTF8_TEXT *)copy)->value,
                               error);
    case WS_XML_TEXT_TYPE_UTF16:
    {
        const WS_XML_UTF16_TEXT *utf16 = (const WS_XML_UTF16_TEXT *)text;

        if ((hr = copy_bytes(heap, utf16->bytes, utf16->byteCount, &bytes, error)) == S_OK)
            ((WS_XML_UTF16_TEXT *)copy)->bytes = bytes;
        return hr;
    }
    case WS_XML_TEXT_TYPE_BASE64:
    {
        const WS_XML_BASE64_TEXT *base64 = (const WS_XML_BASE64_TEXT *)text;

        if ((hr = copy_bytes(heap, base64->bytes, base64->length, &bytes, error)) == S_OK)
            ((WS_XML_BASE64_TEXT *)copy)->bytes = bytes;
        return hr;
    }
    case WS_XML_TEXT_TYPE_QNAME:
    {
        const WS_XML_QNAME_TEXT *qname = (const WS_XML_QNAME_TEXT *)text;
        WS_XML_QNAME_TEXT *qname_copy = (WS_XML_QNAME_TEXT *)copy;

        if ((hr = copy_name(heap, qname->prefix, &xml_empty, NULL, NULL, &qname_copy->prefix, error)) == S_OK &&
            (hr = copy_name(heap, qname->localName, &xml_empty, NULL, NULL, &qname_copy->localName, error)) == S_OK)
            hr = copy_name(heap, qname->ns, &xml_empty, NULL, NULL, &qname_copy->ns, error);
        return hr;
    }
    case WS_XML_TEXT_TYPE_LIST: return copy_list(heap, (const WS_XML_LIST_TEXT *)text, (WS_XML_LIST_TEXT *)copy, error);
    /* Whatever is in an XML buffer can be written. */
    case WS_XML_TEXT_TYPE_DATETIME: return date_check(&((const WS_XML_DATETIME_TEXT *)text)->value, error);
    case WS_XML_TEXT_TYPE_DECIMAL: return number_check_decimal(&((const WS_XML_DECIMAL_TEXT *)text)->value, error);
    default: return S_OK;
    }
}

HRESULT xml_text_copy(WS_HEAP *heap, const WS_XML_TEXT *text, WS_XML_TEXT **ret, WS_ERROR *error)
{
    size_t size;
    void *copy;
    HRESULT hr;

    if (!text)
        return error_report(error, E_INVALIDARG, "The text of a text node or an attribute is NULL.");
    if (!(size = xml_text_size(text->textType)))
        return error_report(error, E_INVALIDARG, "There is no %s.",
                            constant_name(CONSTANT_TEXT_TYPE, (uint32_t)text->textType).text);
    if ((hr = copy_bytes(heap, text, size, &copy, error)) != S_OK ||
        (hr = copy_references(heap, text, copy, error)) != S_OK)
        return hr;
    *ret = copy;
    return S_OK;
}
/* NOLINTEND(misc-no-recursion) */

/* A declaration has a name and a value that take no memory, whatever it had where it comes from. */
static void show_declaration(WS_XML_ATTRIBUTE *copy)
{
    copy->localName = copy->prefix && copy->prefix->length ? copy->prefix : (WS_XML_STRING *)&xml_prefix_xmlns;
    copy->value = (WS_XML_TEXT *)&xml_xmlns_value.text;
}

/* Its prefix and namespace are often those of the element, or of the attribute before (NULL: there is none). */
static HRESULT copy_attribute(WS_HEAP *heap, const WS_XML_ELEMENT_NODE *element, const WS_XML_ATTRIBUTE *before,
                              const WS_XML_ATTRIBUTE *attribute, WS_XML_ATTRIBUTE **ret, WS_ERROR *error)
{
    WS_XML_STRING *prefix = before ? before->prefix : NULL, *ns = before ? before->ns : NULL;
    WS_XML_ATTRIBUTE *copy;
    void *memory;
    HRESULT hr;

    if ((hr = heap_alloc(heap, sizeof(*copy), &memory, error)) != S_OK)
        return hr;
    copy = memory;
    memset(copy, 0, sizeof(*copy));
    copy->singleQuote = attribute->singleQuote;
    copy->isXmlNs = attribute->isXmlNs;
    if ((hr = copy_name(heap, attribute->prefix, &xml_nothing, element->prefix, prefix, &copy->prefix, error)) !=
            S_OK ||
        (hr = copy_name(heap, attribute->ns, attribute->isXmlNs ? &xml_empty : &xml_nothing, element->ns, ns, &copy->ns,
                        error)) != S_OK)
        return hr;
    *ret = copy;
    if (attribute->isXmlNs)
    {
        show_declaration(copy);
        return S_OK;
    }
    if ((hr = copy_name(heap, attribute->localName, &xml_empty, NULL, NULL, &copy->localName, error)) != S_OK)
        return hr;
    return xml_text_copy(heap, attribute->value, &copy->value, error);
}

HRESULT xml_element_copy(WS_HEAP *heap, const WS_XML_ELEMENT_NODE *around, const WS_XML_ELEMENT_NODE *element,
                         WS_XML_ELEMENT_NODE *copy, WS_ERROR *error)
{
    WS_XML_STRING *prefix = around ? around->prefix : NULL, *ns = around ? around->ns : NULL;
    void *attributes = NULL;
    HRESULT hr;
    ULONG i;

    if ((hr = copy_name(heap, element->prefix, &xml_nothing, prefix, NULL, &copy->prefix, error)) != S_OK ||
        (hr = copy_name(heap, element->localName, &xml_empty, NULL, NULL, &copy->localName, error)) != S_OK ||
        (hr = copy_name(heap, element->ns, &xml_empty, ns, NULL, &copy->ns, error)) != S_OK)
        return hr;
    if (element->attributeCount && (hr = alloc_pointers(heap, element->attributeCount, &attributes, error)) != S_OK)
        return hr;
    copy->isEmpty = element->isEmpty;
    copy->attributes = attributes;
    copy->attributeCount = element->attributeCount;
    for (i = 0; i < element->attributeCount; i++)
        if ((hr = copy_attribute(heap, copy, i ? copy->attributes[i - 1] : NULL, element->attributes[i],
                                 &copy->attributes[i], error)) != S_OK)
            return hr;
    return S_OK;
}

/* Room for `count` attributes. The array doubles, so that adding them one by one takes heap in proportion. */
static HRESULT make_room(WS_HEAP *heap, ULONG count, struct xml_node *node, WS_ERROR *error)
{
    WS_XML_ELEMENT_NODE *element = &node->shown.element;
    ULONG room = node->attribute_room ? node->attribute_room : element->attributeCount;
    void *memory;
    HRESULT hr;

    if (count <= room)
        return S_OK;
    room = room > count - room ? room * 2 : count;
    if ((hr = alloc_pointers(heap, room, &memory, error)) != S_OK)
        return hr;
    if (element->attributeCount)
        memcpy(memory, element->attributes, element->attributeCount * sizeof(*element->attributes));
    element->attributes = memory;
    node->attribute_room = room;
    return S_OK;
}

HRESULT xml_element_extend(WS_HEAP *heap, WS_XML_ATTRIBUTE *const *added, ULONG count, struct xml_node *node,
                           WS_ERROR *error)
{
    WS_XML_ELEMENT_NODE *element = &node->shown.element;
    ULONG old_count = element->attributeCount, i;
    WS_XML_ATTRIBUTE *before;
    HRESULT hr;

    if (count > UINT32_MAX / 2 - old_count)
        return error_report(error, E_OUTOFMEMORY, "There is no memory for %u more attributes.", (unsigned)count);
    if ((hr = make_room(heap, old_count + count, node, error)) != S_OK)
        return hr;
    for (i = old_count; i < old_count + count; i++)
    {
        before = i ? element->attributes[i - 1] : NULL;
        if ((hr = copy_attribute(heap, element, before, added[i - old_count], &element->attributes[i], error)) != S_OK)
            return hr;
    }
    element->attributeCount = old_count + count;
    return S_OK;
}
