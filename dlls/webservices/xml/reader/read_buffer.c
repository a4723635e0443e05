/* SPDX-License-Identifier: MIT */
/* read_buffer.c - from a reader into an XML buffer: WsReadXmlBuffer, WsReadXmlBufferFromBytes; see reader.h. */
#include "xml/reader/object.h"

#include "base/error.h"
#include "base/trace.h"

HRESULT reader_copy_into(WS_XML_READER *reader, WS_XML_BUFFER *buffer, struct xml_node *before, WS_ERROR *error)
{
    struct xml_node *place = before, *inserted;
    HRESULT hr = S_OK;
    bool whole = reader->node->nodeType == WS_XML_NODE_TYPE_BOF;

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
            if ((hr = xml_buffer_insert(buffer, place, reader->node, &inserted, error)) != S_OK)
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
