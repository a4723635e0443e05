/* SPDX-License-Identifier: MIT */
/*
 * read_buffer.c - from a reader into an XML buffer: WsReadXmlBuffer, WsReadXmlBufferFromBytes; see reader.h.
 *
 * Names in values may rely on declarations around the copied element, as with WsCopyNode: such a prefix is declared on
 * the outermost element of the copy, so that the buffer says the same wherever it is read or written later.
 */
#include "xml/reader/object.h"

#include "base/error.h"
#include "base/trace.h"
#include "xml/buffer/buffer_copy.h"
#include "xml/name_in_text.h"
#include "xml/names.h"

/* --- Namespaces that values rely on --- */

/* Beyond so many attributes of the outermost element nothing is declared: it is searched for each value. */
#define MAX_DECLARATIONS 128u

struct reader_surroundings reader_note_surroundings(const WS_XML_READER *reader)
{
    bool at_element = reader->node->nodeType == WS_XML_NODE_TYPE_ELEMENT;
    struct reader_surroundings around = {0, NULL};

    if (reader->tree)
        around.node = at_element ? reader->tree_node->parent : reader->tree_node;
    else
        around.bindings = at_element ? scope_outer_bindings(&reader->scope) : reader->scope.binding_count;
    return around;
}

/* The namespace that a prefix has here because it is bound around what is copied; NULL: it is not. */
static const WS_XML_STRING *find_around(const WS_XML_READER *reader, const struct reader_surroundings *around,
                                        const WS_XML_STRING *prefix)
{
    const WS_XML_STRING *outer = reader->tree
                                     ? reader_tree_namespace(around->node, prefix)
                                     : scope_find(&reader->scope, prefix->bytes, prefix->length, around->bindings);

    return outer && outer == reader_find_namespace(reader, prefix) ? outer : NULL;
}

static bool declares(const WS_XML_ELEMENT_NODE *element, const WS_XML_STRING *prefix)
{
    ULONG i;

    for (i = 0; i < element->attributeCount; i++)
        if (element->attributes[i]->isXmlNs && xml_string_equals(element->attributes[i]->prefix, prefix))
            return true;
    return false;
}

static HRESULT declare_around(const WS_XML_BUFFER *buffer, struct xml_node *node, WS_XML_STRING *prefix,
                              const WS_XML_STRING *ns, WS_ERROR *error)
{
    WS_XML_ATTRIBUTE attribute = {.isXmlNs = TRUE, .prefix = prefix, .ns = (WS_XML_STRING *)ns};
    WS_XML_ATTRIBUTE *added = &attribute;

    while (node->parent != buffer->document)
        node = node->parent;
    if (node->shown.node.nodeType != WS_XML_NODE_TYPE_ELEMENT ||
        node->shown.element.attributeCount >= MAX_DECLARATIONS || declares(&node->shown.element, prefix))
        return S_OK;
    return xml_element_extend(buffer->heap, &added, 1, node, error);
}

static HRESULT declare_for_text(const WS_XML_READER *reader, const struct reader_surroundings *around,
                                const WS_XML_TEXT *text, const WS_XML_BUFFER *buffer, struct xml_node *node,
                                WS_ERROR *error)
{
    BYTE room[XML_LONGEST_PREFIX];
    const WS_XML_STRING *ns;
    WS_XML_STRING prefix;

    if (!xml_looks_like_qname(text, room, &prefix) || xml_string_equals(&prefix, &xml_prefix_xml) ||
        xml_string_equals(&prefix, &xml_prefix_xmlns) || !(ns = find_around(reader, around, &prefix)) || !ns->length)
        return S_OK;
    return declare_around(buffer, node, &prefix, ns, error);
}

HRESULT reader_declare_for_copy(const WS_XML_READER *reader, const struct reader_surroundings *around,
                                const WS_XML_BUFFER *buffer, struct xml_node *copy, WS_ERROR *error)
{
    const WS_XML_ELEMENT_NODE *element = (const WS_XML_ELEMENT_NODE *)reader->node;
    HRESULT hr = S_OK;
    ULONG i;

    if (reader->node->nodeType == WS_XML_NODE_TYPE_TEXT)
        return declare_for_text(reader, around, ((const WS_XML_TEXT_NODE *)reader->node)->text, buffer, copy, error);
    if (reader->node->nodeType != WS_XML_NODE_TYPE_ELEMENT)
        return S_OK;
    for (i = 0; i < element->attributeCount && hr == S_OK; i++)
        if (!element->attributes[i]->isXmlNs)
            hr = declare_for_text(reader, around, element->attributes[i]->value, buffer, copy, error);
    return hr;
}

/* --- Nodes --- */

HRESULT reader_copy_into(WS_XML_READER *reader, WS_XML_BUFFER *buffer, struct xml_node *before, WS_ERROR *error)
{
    const struct reader_surroundings around = reader_note_surroundings(reader);
    bool whole = reader->node->nodeType == WS_XML_NODE_TYPE_BOF, inherits = !whole && reader_inherits(reader);
    struct xml_node *place = before, *inserted;
    HRESULT hr = S_OK;

    if (whole)
        hr = reader_next(reader, error);
    for (; hr == S_OK; hr = reader_next(reader, error))
    {
        switch (reader->node->nodeType)
        {
        case WS_XML_NODE_TYPE_EOF: return S_OK;
        case WS_XML_NODE_TYPE_END_ELEMENT:
        case WS_XML_NODE_TYPE_END_CDATA:
            /* The end node is there already: it is the place. */
            place = place->parent->next;
            if (!whole && place == before)
                return reader_next_or_later(reader, error);
            break;
        default:
            if ((hr = xml_buffer_insert(buffer, place, reader->node, &inserted, error)) != S_OK ||
                (inherits && (hr = reader_declare_for_copy(reader, &around, buffer, inserted, error)) != S_OK))
                return hr;
            if (inserted->last_child)
                place = inserted->last_child;
            break;
        }
    }
    return hr;
}

HRESULT reader_read_buffer(WS_XML_READER *reader, WS_HEAP *heap, WS_XML_BUFFER **ret, WS_ERROR *error)
{
    WS_XML_BUFFER *buffer = NULL;
    HRESULT hr;

    if ((hr = xml_buffer_create(heap, &buffer, error)) != S_OK ||
        (hr = reader_copy_into(reader, buffer, buffer->document->last_child, error)) != S_OK)
        return hr;
    *ret = buffer;
    return S_OK;
}

/* The same for a program. While nodes are read, the callback for their canonical form runs. */
static HRESULT read_buffer(WS_XML_READER *reader, WS_HEAP *heap, WS_XML_BUFFER **ret, WS_ERROR *error)
{
    struct reader_heap before = reader_use_heap(reader, heap);
    HRESULT hr = reader_read_buffer(reader, heap, ret, error);

    reader->heap = before;
    return hr;
}

static HRESULT check_pointer(WS_XML_BUFFER **ret, WS_ERROR *error)
{
    if (ret)
        return S_OK;
    return error_report(error, E_INVALIDARG, "The pointer that is to receive the XML buffer is NULL.");
}

/* Observed on Windows: being at the wrong node is E_FAIL, also for a reader that is at the end for want of an input. */
static HRESULT enter(WS_XML_READER *reader, WS_HEAP *heap, WS_ERROR *error)
{
    bool no_input = handle_is(reader, HANDLE_XML_READER) && reader->state == READER_NO_INPUT;
    WS_XML_NODE_TYPE type;
    HRESULT hr;

    if ((!no_input || !handle_is(heap, HANDLE_HEAP)) && (hr = reader_enter_with_heap(reader, heap, error)) != S_OK)
        return hr;
    type = reader->node->nodeType;
    if (type == WS_XML_NODE_TYPE_BOF || type == WS_XML_NODE_TYPE_ELEMENT)
        return S_OK;
    return error_report(error, E_FAIL,
                        "The reader is neither at the beginning of the document nor at a start element.");
}

static HRESULT read_buffer_from_bytes(WS_XML_READER *reader, const WS_XML_READER_ENCODING *encoding,
                                      const WS_XML_READER_PROPERTY *properties, ULONG property_count, const void *bytes,
                                      ULONG byte_count, WS_HEAP *heap, WS_XML_BUFFER **ret, WS_ERROR *error)
{
    const WS_XML_READER_TEXT_ENCODING text = {{WS_XML_READER_ENCODING_TYPE_TEXT}, WS_CHARSET_AUTO};
    WS_XML_READER_BUFFER_INPUT input = {{WS_XML_READER_INPUT_TYPE_BUFFER}, (void *)bytes, byte_count};
    HRESULT hr;

    if (!handle_is(reader, HANDLE_XML_READER))
        return handle_refuse(reader, HANDLE_XML_READER, error);
    if (!handle_is(heap, HANDLE_HEAP))
        return handle_refuse(heap, HANDLE_HEAP, error);
    if (reader->state == READER_BUSY)
        return reader_enter_slow(reader, error);
    if ((hr = check_pointer(ret, error)) != S_OK)
        return hr;
    hr =
        reader_set_input(reader, encoding ? encoding : &text.encoding, &input.input, properties, property_count, error);
    if (hr != S_OK)
        return hr;
    hr = reader_finish(reader, reader_read_buffer(reader, heap, ret, error), error);
    /* The caller's bytes need not outlive the call: nothing may refer to them any more. */
    reader_reset(reader);
    return hr;
}

/*
 * Reads the element that a reader is at, with all in it, or, from the beginning, the whole document, into a new XML
 * buffer. The reader is then at the node after the end element, or at EOF.
 *
 * heap: where the buffer is made. On failure, what was allocated stays allocated.
 * xmlBuffer: receives the buffer. Untouched on failure.
 * Returns E_INVALIDARG (reader or heap is not live, xmlBuffer is NULL), E_FAIL (the reader is at another node, or
 * without input; this does not fault it), WS_E_QUOTA_EXCEEDED (the heap's, too), and as WsReadNode().
 * Source: the page of WsReadXmlBuffer; E_FAIL observed on Windows.
 */
HRESULT WINAPI WsReadXmlBuffer(WS_XML_READER *reader, WS_HEAP *heap, WS_XML_BUFFER **xmlBuffer, WS_ERROR *error)
{
    HRESULT hr = enter(reader, heap, error);

    if (hr == S_OK && (hr = check_pointer(xmlBuffer, error)) == S_OK)
        hr = reader_finish(reader, read_buffer(reader, heap, xmlBuffer, error), error);
    TRACE_RESULT(hr, error, "WsReadXmlBuffer(reader=%p, heap=%p, xmlBuffer=%p, error=%p) = 0x%08x", (void *)reader,
                 (void *)heap, (void *)xmlBuffer, (void *)error, (unsigned)hr);
    return hr;
}

/*
 * Reads a whole document into a new XML buffer, with a reader that is without input afterwards.
 *
 * encoding: NULL means text, whose charset is found out.
 * properties, propertyCount: as for WsSetInput.
 * heap, xmlBuffer: as for WsReadXmlBuffer.
 * Returns E_INVALIDARG (as WsSetInput and WsReadXmlBuffer), WS_E_INVALID_OPERATION (the reader is being filled
 * asynchronously), WS_E_QUOTA_EXCEEDED, and as WsReadNode().
 * Source: the page of WsReadXmlBufferFromBytes.
 */
HRESULT WINAPI WsReadXmlBufferFromBytes(WS_XML_READER *reader, const WS_XML_READER_ENCODING *encoding,
                                        const WS_XML_READER_PROPERTY *properties, ULONG propertyCount,
                                        const void *bytes, ULONG byteCount, WS_HEAP *heap, WS_XML_BUFFER **xmlBuffer,
                                        WS_ERROR *error)
{
    HRESULT hr =
        read_buffer_from_bytes(reader, encoding, properties, propertyCount, bytes, byteCount, heap, xmlBuffer, error);

    TRACE_RESULT(
        hr, error,
        "WsReadXmlBufferFromBytes(reader=%p, encoding=%p, properties=%s, propertyCount=%u, bytes=%p, byteCount=%u, "
        "heap=%p, xmlBuffer=%p, error=%p) = 0x%08x",
        (void *)reader, (const void *)encoding,
        trace_properties(CONSTANT_READER_PROPERTY, properties, propertyCount).text, (unsigned)propertyCount, bytes,
        (unsigned)byteCount, (void *)heap, (void *)xmlBuffer, (void *)error, (unsigned)hr);
    return hr;
}
