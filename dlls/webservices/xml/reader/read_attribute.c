/* SPDX-License-Identifier: MIT */
/*
 * read_attribute.c - attributes and what is in scope: WsFindAttribute, WsReadStartAttribute, WsReadEndAttribute,
 * WsGetNamespaceFromPrefix, WsGetXmlAttribute; see reader.h.
 */
#include "xml/reader/object.h"

#include "base/error.h"
#include "base/heap.h"
#include "base/text.h"
#include "base/trace.h"
#include "xml/names.h"
#include "xml/value.h"

#include <string.h>

/* The element that the reader is at, and not in an attribute of; NULL: it is at something else. */
static const WS_XML_ELEMENT_NODE *current_element(const WS_XML_READER *reader)
{
    return reader->node->nodeType == WS_XML_NODE_TYPE_ELEMENT ? (const WS_XML_ELEMENT_NODE *)reader->node : NULL;
}

HRESULT reader_find_attribute(WS_XML_READER *reader, const WS_XML_STRING *name, const WS_XML_STRING *ns, BOOL required,
                              ULONG *index, WS_ERROR *error)
{
    const WS_XML_ELEMENT_NODE *element = current_element(reader);
    char element_name[READER_NAME_ROOM], wanted[READER_WANTED_ROOM];
    HRESULT hr;
    ULONG i;

    if (!element)
        return error_report(error, WS_E_INVALID_OPERATION, "The reader is not at a start element.");
    if (!name || !ns || !index)
        return error_report(error, E_INVALIDARG, "The name, the namespace or the place for the index is NULL.");
    if ((hr = reader_check_strings(name, ns, error)) != S_OK)
        return hr;
    for (i = 0; i < element->attributeCount; i++)
        if (!element->attributes[i]->isXmlNs && xml_string_equals(element->attributes[i]->localName, name) &&
            xml_string_equals(element->attributes[i]->ns, ns))
        {
            *index = i;
            return S_OK;
        }
    if (!required)
    {
        *index = (ULONG)-1; /* observed on Windows */
        return S_FALSE;
    }
    return reader_report(
        reader, WS_E_INVALID_FORMAT, error, "The element \"%s\" has no %s.",
        reader_show_name(element->prefix ? element->prefix : &xml_empty, element->localName, element_name),
        reader_show_wanted("attribute", name, ns, wanted));
}

/* The value of a namespace declaration is its namespace. */
static WS_XML_TEXT *attribute_value(WS_XML_READER *reader, const WS_XML_ATTRIBUTE *attribute)
{
    if (!attribute->isXmlNs)
        return attribute->value;
    memset(&reader->attribute_ns, 0, sizeof(reader->attribute_ns));
    reader->attribute_ns.text.textType = WS_XML_TEXT_TYPE_UTF8;
    reader->attribute_ns.value = *attribute->ns;
    return &reader->attribute_ns.text;
}

HRESULT reader_start_attribute(WS_XML_READER *reader, ULONG index, WS_ERROR *error)
{
    const WS_XML_ELEMENT_NODE *element = current_element(reader);

    if (!element)
        return reader_report(reader, WS_E_INVALID_FORMAT, error, "The reader is not at a start element.");
    if (index >= element->attributeCount)
        return error_report(error, E_INVALIDARG,
                            "The element's count of attributes is %u: it has none with the index %u.",
                            (unsigned)element->attributeCount, (unsigned)index);
    reader->attribute = element->attributes[index];
    reader->attribute_text.text = attribute_value(reader, element->attributes[index]);
    reader->attribute_of = reader->node;
    reader->in_attribute = true;
    reader->node = &reader->attribute_text.node;
    return S_OK;
}

HRESULT reader_end_attribute(WS_XML_READER *reader, WS_ERROR *error)
{
    if (!reader->in_attribute)
        return error_report(error, WS_E_INVALID_OPERATION, "The reader is not in an attribute.");
    reader_end_text(reader);
    reader->node = reader->attribute_of;
    reader->in_attribute = false;
    return S_OK;
}

const WS_XML_STRING *reader_find_namespace(const WS_XML_READER *reader, const WS_XML_STRING *prefix)
{
    if (reader->tree)
        return reader_tree_namespace(reader->tree_node, prefix);
    return scope_find(&reader->scope, prefix->bytes, prefix->length, reader->scope.binding_count);
}

const WS_XML_STRING *reader_find_outer_namespace(const WS_XML_READER *reader, const WS_XML_STRING *prefix)
{
    bool at_element = reader->node->nodeType == WS_XML_NODE_TYPE_ELEMENT;

    if (reader->tree)
        return reader_tree_namespace(at_element ? reader->tree_node->parent : reader->tree_node, prefix);
    return scope_find(&reader->scope, prefix->bytes, prefix->length,
                      at_element ? scope_outer_bindings(&reader->scope) : reader->scope.binding_count);
}

bool reader_inherits(const WS_XML_READER *reader)
{
    return reader->tree || scope_outer_bindings(&reader->scope);
}

static HRESULT get_namespace(WS_XML_READER *reader, const WS_XML_STRING *prefix, BOOL required,
                             const WS_XML_STRING **ns, WS_ERROR *error)
{
    char excerpt[TEXT_EXCERPT_ROOM];
    const WS_XML_STRING *found;
    HRESULT hr;

    if (!prefix || !ns)
        return error_report(error, E_INVALIDARG, "The prefix or the place for its namespace is NULL.");
    if ((hr = reader_check_strings(prefix, NULL, error)) != S_OK)
        return hr;
    found = reader_find_namespace(reader, prefix);
    if (!found && required)
        return reader_report(reader, WS_E_INVALID_FORMAT, error, "The prefix \"%s\" is not declared.",
                             text_excerpt(prefix->bytes, prefix->length, excerpt));
    *ns = found;
    return found ? S_OK : S_FALSE;
}

/* The value in UTF-8; S_FALSE: there is no such attribute. */
static HRESULT find_xml_attribute(WS_XML_READER *reader, const WS_XML_STRING *name, const BYTE **bytes, size_t *length,
                                  WS_ERROR *error)
{
    const WS_XML_STRING *value;
    const WS_XML_TEXT *text;

    *bytes = NULL;
    *length = 0;
    if (reader->tree)
    {
        if (!(text = reader_tree_xml_attribute(reader->tree_node, name)))
            return S_FALSE;
        reader->leave_work |= LEAVE_MEMORY;
        return text_to_utf8(text, reader->decoded, bytes, length, error);
    }
    if (!(value = scope_find_xml_attribute(&reader->scope, name)))
        return S_FALSE;
    *bytes = value->bytes;
    *length = value->length;
    return S_OK;
}

static HRESULT get_xml_attribute(WS_XML_READER *reader, const WS_XML_STRING *name, WS_HEAP *heap, WCHAR **ret,
                                 ULONG *ret_count, WS_ERROR *error)
{
    size_t length, count = 0;
    const BYTE *bytes;
    void *chars;
    HRESULT hr;

    if (!name || !ret || !ret_count)
        return error_report(error, E_INVALIDARG, "The name, or the place for the value or its length, is NULL.");
    if ((hr = reader_check_strings(name, NULL, error)) != S_OK ||
        FAILED(hr = find_xml_attribute(reader, name, &bytes, &length, error)))
        return hr;
    if (hr == S_FALSE)
    {
        /* Observed on Windows. */
        *ret = NULL;
        *ret_count = 0;
        return hr;
    }
    if (length && !utf8_to_utf16_length(bytes, length, &count))
        return reader_report(reader, WS_E_INVALID_FORMAT, error, "The value of an xml: attribute is not valid UTF-8.");
    if (count > UINT32_MAX / sizeof(WCHAR))
        return error_report(error, WS_E_QUOTA_EXCEEDED, "An xml: attribute has %zu characters, which is too many.",
                            count);
    if ((hr = heap_alloc(heap, count * sizeof(WCHAR), &chars, error)) != S_OK)
        return hr;
    if (length)
        utf8_to_utf16(bytes, length, chars);
    *ret = chars;
    *ret_count = (ULONG)count;
    return S_OK;
}

/*
 * Finds an attribute of the element that the reader is at, by name; namespace declarations are not looked at.
 *
 * required: whether WS_E_INVALID_FORMAT is returned (and the reader faulted), rather than S_FALSE, if there is none.
 * attributeIndex: receives its index, for WsReadStartAttribute and in WS_XML_ELEMENT_NODE; with S_FALSE, 0xFFFFFFFF.
 *      Untouched on failure.
 * Returns E_INVALIDARG (reader is not a live reader, NULL), WS_E_INVALID_OPERATION (the reader is not at a start
 * element), WS_E_OBJECT_FAULTED, WS_E_INVALID_FORMAT, S_FALSE.
 * Source: the page of WsFindAttribute; the index of what is not there, observed on Windows.
 */
HRESULT WINAPI WsFindAttribute(WS_XML_READER *reader, const WS_XML_STRING *localName, const WS_XML_STRING *ns,
                               BOOL required, ULONG *attributeIndex, WS_ERROR *error)
{
    HRESULT hr = reader_enter(reader, error);

    if (hr == S_OK)
        hr =
            reader_finish(reader, reader_find_attribute(reader, localName, ns, required, attributeIndex, error), error);
    TRACE_RESULT(hr, error,
                 "WsFindAttribute(reader=%p, localName=%s, ns=%s, required=%d, attributeIndex=%p, error=%p) = 0x%08x%s",
                 (void *)reader, trace_xml_string(localName).text, trace_xml_string(ns).text, (int)required,
                 (void *)attributeIndex, (void *)error, (unsigned)hr,
                 trace_ulong(hr, "attributeIndex", attributeIndex).text);
    return hr;
}

/*
 * Moves to the value of an attribute of the element that the reader is at: a text, followed by EOF. The value of a
 * namespace declaration is the namespace.
 *
 * Returns E_INVALIDARG (reader is not a live reader, no such index), WS_E_INVALID_FORMAT (the reader is not at a start
 * element; it is then faulted), WS_E_INVALID_OPERATION (no input), WS_E_OBJECT_FAULTED.
 * Source: the page of WsReadStartAttribute.
 */
HRESULT WINAPI WsReadStartAttribute(WS_XML_READER *reader, ULONG attributeIndex, WS_ERROR *error)
{
    HRESULT hr = reader_enter(reader, error);

    if (hr == S_OK)
        hr = reader_finish(reader, reader_start_attribute(reader, attributeIndex, error), error);
    TRACE_RESULT(hr, error, "WsReadStartAttribute(reader=%p, attributeIndex=%u, error=%p) = 0x%08x", (void *)reader,
                 (unsigned)attributeIndex, (void *)error, (unsigned)hr);
    return hr;
}

/*
 * Moves back to the element of the attribute that the reader is in, whether its value has been read or not.
 *
 * Returns E_INVALIDARG (reader is not a live reader), WS_E_INVALID_OPERATION (the reader is not in an attribute),
 * WS_E_OBJECT_FAULTED.
 * Source: the page of WsReadEndAttribute; that a value may be left unread is our choice.
 */
HRESULT WINAPI WsReadEndAttribute(WS_XML_READER *reader, WS_ERROR *error)
{
    HRESULT hr = reader_enter(reader, error);

    if (hr == S_OK)
        hr = reader_end_attribute(reader, error);
    TRACE_RESULT(hr, error, "WsReadEndAttribute(reader=%p, error=%p) = 0x%08x", (void *)reader, (void *)error,
                 (unsigned)hr);
    return hr;
}

/*
 * Gets the namespace that a prefix is bound to where the reader is. The empty prefix is bound to the empty namespace
 * where nothing else is declared; "xml" and "xmlns" are bound to theirs.
 *
 * required: whether WS_E_INVALID_FORMAT is returned (and the reader faulted), rather than S_FALSE, if it is not bound.
 * ns: receives the namespace, which is valid until the reader advances; with S_FALSE, NULL.
 * Returns E_INVALIDARG (reader is not a live reader, NULL), WS_E_INVALID_FORMAT, S_FALSE, WS_E_INVALID_OPERATION,
 * WS_E_OBJECT_FAULTED.
 * Source: the page of WsGetNamespaceFromPrefix.
 */
HRESULT WINAPI WsGetNamespaceFromPrefix(WS_XML_READER *reader, const WS_XML_STRING *prefix, BOOL required,
                                        const WS_XML_STRING **ns, WS_ERROR *error)
{
    HRESULT hr = reader_enter(reader, error);

    if (hr == S_OK)
        hr = reader_finish(reader, get_namespace(reader, prefix, required, ns, error), error);
    TRACE_RESULT(hr, error, "WsGetNamespaceFromPrefix(reader=%p, prefix=%s, required=%d, ns=%p, error=%p) = 0x%08x%s",
                 (void *)reader, trace_xml_string(prefix).text, (int)required, (void *)ns, (void *)error, (unsigned)hr,
                 trace_out_string(hr, "ns", hr == S_OK ? *ns : NULL).text);
    return hr;
}

/*
 * Gets the value of the innermost xml: attribute of a name (xml:lang, xml:space) around the reader.
 *
 * heap: where the value is put.
 * valueChars, valueCharCount: receive the value; with S_FALSE, NULL and 0.
 * Returns S_FALSE (there is none), E_INVALIDARG (reader or heap is not live, NULL), WS_E_QUOTA_EXCEEDED (the heap's),
 * E_OUTOFMEMORY, WS_E_INVALID_OPERATION, WS_E_OBJECT_FAULTED.
 * Source: the page of WsGetXmlAttribute; what S_FALSE comes with, observed on Windows.
 */
HRESULT WINAPI WsGetXmlAttribute(WS_XML_READER *reader, const WS_XML_STRING *localName, WS_HEAP *heap,
                                 WCHAR **valueChars, ULONG *valueCharCount, WS_ERROR *error)
{
    HRESULT hr = reader_enter_with_heap(reader, heap, error);

    if (hr == S_OK)
        hr =
            reader_finish(reader, get_xml_attribute(reader, localName, heap, valueChars, valueCharCount, error), error);
    TRACE_RESULT(
        hr, error,
        "WsGetXmlAttribute(reader=%p, localName=%s, heap=%p, valueChars=%p, valueCharCount=%p, error=%p) = 0x%08x",
        (void *)reader, trace_xml_string(localName).text, (void *)heap, (void *)valueChars, (void *)valueCharCount,
        (void *)error, (unsigned)hr);
    return hr;
}
