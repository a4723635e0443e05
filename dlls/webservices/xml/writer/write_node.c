/* SPDX-License-Identifier: MIT */
/* write_node.c - WsWriteNode, WsWriteArray, WsWriteXmlBuffer, WsWriteXmlBufferToBytes. */
#include "xml/writer/fast.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/heap.h"
#include "base/trace.h"
#include "xml/buffer/buffer.h"
#include "xml/trace_xml.h"
#include "xml/value.h"
#include "xml/writer/check.h"
#include "xml/writer/encoder.h"
#include "xml/writer/start_tag.h"
#include "xml/writer/state.h"
#include "xml/writer/writer.h"
#include "xml/writer/writer_object.h"

/* --- Nodes --- */

static HRESULT write_attributes(WS_XML_WRITER *writer, const WS_XML_ELEMENT_NODE *element, WS_ERROR *error)
{
    const WS_XML_ATTRIBUTE *attribute;
    HRESULT hr;
    ULONG i;

    for (i = 0; i < element->attributeCount; i++)
    {
        attribute = element->attributes[i];
        if (attribute->isXmlNs)
        {
            if ((hr = writer_xmlns(writer, attribute->prefix, attribute->ns, attribute->singleQuote, error)) != S_OK)
                return hr;
            continue;
        }
        if ((hr = writer_attribute(writer, attribute, error)) != S_OK)
            return hr;
    }
    return S_OK;
}

static inline HRESULT write_element(WS_XML_WRITER *writer, const WS_XML_ELEMENT_NODE *element, WS_ERROR *error)
{
    HRESULT hr;

    if ((hr = writer_make_way(writer, error)) != S_OK)
        return hr;
    if (LIKELY(fast_node(writer, element)))
        return S_OK;
    hr = writer_start_element(writer, element->prefix, element->localName, element->ns, error);
    if (hr != S_OK)
        return hr;
    writer_keep_open(writer, element);
    return writer_done_in_part(writer, write_attributes(writer, element, error));
}

/* The common case of a text. In the text encoding, a string of a dictionary is like any other. */
static inline bool fast_put_text(WS_XML_WRITER *writer, const WS_XML_TEXT *text)
{
    const WS_XML_STRING *utf8 = &((const WS_XML_UTF8_TEXT *)text)->value;

    return text->textType == WS_XML_TEXT_TYPE_UTF8 && (!writer_is_direct_binary(writer) || !utf8->dictionary) &&
           fast_text(writer, utf8->bytes, utf8->length, false);
}

HRESULT writer_node(WS_XML_WRITER *writer, const WS_XML_NODE *node, WS_ERROR *error)
{
    switch (node->nodeType)
    {
    case WS_XML_NODE_TYPE_ELEMENT: return write_element(writer, (const WS_XML_ELEMENT_NODE *)node, error);
    case WS_XML_NODE_TYPE_TEXT:
        if (LIKELY(fast_put_text(writer, ((const WS_XML_TEXT_NODE *)node)->text)))
            return S_OK;
        return writer_text(writer, ((const WS_XML_TEXT_NODE *)node)->text, error);
    case WS_XML_NODE_TYPE_END_ELEMENT: return LIKELY(fast_end(writer)) ? S_OK : writer_end_element(writer, error);
    case WS_XML_NODE_TYPE_COMMENT: return writer_comment(writer, &((const WS_XML_COMMENT_NODE *)node)->value, error);
    case WS_XML_NODE_TYPE_CDATA: return writer_start_cdata(writer, error);
    case WS_XML_NODE_TYPE_END_CDATA: return writer_end_cdata(writer, error);
    /* Observed on Windows: the beginning and the end of a document are accepted anywhere, and write nothing. */
    case WS_XML_NODE_TYPE_BOF:
    default: return writer_ready(writer, error);
    }
}

/*
 * Checks a node and writes it. The type is switched on once for both: the branch is unpredictable, and two would be
 * mispredicted twice.
 */
static inline HRESULT check_and_write(WS_XML_WRITER *writer, const WS_XML_NODE *node, WS_ERROR *error)
{
    HRESULT hr;

    if (LIKELY(node != NULL) && node->nodeType == WS_XML_NODE_TYPE_TEXT)
    {
        const WS_XML_TEXT *text = ((const WS_XML_TEXT_NODE *)node)->text;

        if (LIKELY(text && fast_put_text(writer, text)))
            return S_OK;
        if (UNLIKELY(!writer_is_utf8_text(text)) &&
            ((hr = writer_ready(writer, error)) != S_OK || (hr = writer_check_text_argument(text, error)) != S_OK))
            return hr;
        return writer_text(writer, text, error);
    }
    if (LIKELY(node != NULL) && node->nodeType == WS_XML_NODE_TYPE_END_ELEMENT)
        return LIKELY(fast_end(writer)) ? S_OK : writer_end_element(writer, error);
    if (LIKELY(node != NULL) && node->nodeType == WS_XML_NODE_TYPE_ELEMENT &&
        LIKELY(fast_node(writer, (const WS_XML_ELEMENT_NODE *)node)))
        return S_OK;
    if ((hr = writer_ready(writer, error)) != S_OK || (hr = writer_check_node(node, error)) != S_OK)
        return hr;
    return writer_node(writer, node, error);
}

/*
 * Writes a node, as the function for its kind of node does. The beginning and the end of a document are accepted
 * anywhere, and write nothing (observed on Windows).
 *
 * An element whose isEmpty is not set is not written <a/>, unless COMPRESS_EMPTY_ELEMENTS is set. More attributes can
 * be added to it.
 * Returns E_INVALIDARG (not a live writer, or a node with something invalid in it: nothing is written then) and what
 * those functions return.
 * Source: the page of WsWriteNode.
 */
HRESULT WINAPI WsWriteNode(WS_XML_WRITER *writer, const WS_XML_NODE *node, WS_ERROR *error)
{
    HRESULT hr = handle_is(writer, HANDLE_XML_WRITER) ? check_and_write(writer, node, error)
                                                      : handle_refuse(writer, HANDLE_XML_WRITER, error);

    TRACE_RESULT(hr, error, "WsWriteNode(writer=%p, node=%p %s, error=%p) = 0x%08x", (void *)writer, (const void *)node,
                 node ? trace_node(node).text : "", (void *)error, (unsigned)hr);
    return hr;
}

/* --- Arrays --- */

/* Has the encoder write all items at once: S_FALSE if it cannot. */
static HRESULT encode_array(WS_XML_WRITER *writer, const WS_XML_STRING *local, const WS_XML_STRING *ns,
                            WS_VALUE_TYPE type, const BYTE *items, size_t size, ULONG count, WS_ERROR *error)
{
    struct writer_element *element;
    WS_XML_ELEMENT_NODE shown = {.node = {WS_XML_NODE_TYPE_ELEMENT}};
    size_t bindings = writer->binding_count;
    HRESULT hr;

    if (writer->observer || !writer->depth)
        return S_FALSE;
    if ((hr = writer_start_element(writer, NULL, local, ns, error)) != S_OK ||
        (hr = writer_done(writer, writer_resolve(writer, error))) != S_OK)
        return hr;
    element = &writer->elements[writer->depth - 1];
    shown.prefix = &element->prefix;
    shown.localName = &element->local;
    shown.ns = &element->ns;
    /* A declaration would be an attribute of each of them. */
    hr = writer->binding_count > bindings
             ? S_FALSE
             : writer_done(writer, writer->encoder->array(writer, &shown, type, items, size, count, error));
    writer->tag = TAG_NONE;
    writer_forget_attributes(writer);
    writer_pop_element(writer);
    return hr;
}

static HRESULT write_array(WS_XML_WRITER *writer, const WS_XML_STRING *local, const WS_XML_STRING *ns,
                           WS_VALUE_TYPE type, const BYTE *items, size_t size, ULONG count, WS_ERROR *error)
{
    HRESULT hr = writer_ready(writer, error);
    ULONG i;

    if (hr != S_OK)
        return hr;
    if (writer->encoder->array && count > 1 &&
        (hr = encode_array(writer, local, ns, type, items, size, count, error)) != S_FALSE)
        return hr;
    for (i = 0; i < count; i++)
    {
        if ((hr = writer_open_element(writer, NULL, local, ns, error)) != S_OK)
            return i ? writer_done_in_part(writer, hr) : hr;
        if ((hr = writer_put_value(writer, type, items + i * size, error)) != S_OK ||
            (hr = writer_close_element(writer, error)) != S_OK)
            return writer_done_in_part(writer, hr);
    }
    return S_OK;
}

/*
 * Writes items of an array, each as an element.
 *
 * array, arraySize: all of it, in bytes. itemOffset, itemCount: which items of it. Without items nothing is written,
 * and array is not looked at. Returns E_INVALIDARG (not a live writer, an invalid name or type, array is NULL, items
 * beyond its end) and what WsWriteStartElement, WsWriteValue and WsWriteEndElement return. Source: the page of
 * WsWriteArray; that an array without items is accepted was observed on Windows.
 */
HRESULT WINAPI WsWriteArray(WS_XML_WRITER *writer, const WS_XML_STRING *localName, const WS_XML_STRING *ns,
                            WS_VALUE_TYPE valueType, const void *array, ULONG arraySize, ULONG itemOffset,
                            ULONG itemCount, WS_ERROR *error)
{
    ULONG size;
    HRESULT hr;

    if (!handle_is(writer, HANDLE_XML_WRITER))
        hr = handle_refuse(writer, HANDLE_XML_WRITER, error);
    else if ((hr = writer_ready(writer, error)) != S_OK || (hr = writer_check_local_name(localName, error)) != S_OK ||
             (hr = writer_check_string(ns, "namespace", false, error)) != S_OK)
        ;
    else if (!(size = value_size(valueType)))
        hr = error_report(error, E_INVALIDARG, "There is no %s.",
                          constant_name(CONSTANT_VALUE_TYPE, (uint32_t)valueType).text);
    else if (itemCount && !array)
        hr = error_report(error, E_INVALIDARG, "The array is NULL, and itemCount is %u.", (unsigned)itemCount);
    else if (itemOffset > arraySize / size || itemCount > arraySize / size - itemOffset)
        hr = error_report(
            error, E_INVALIDARG,
            "itemOffset %u and itemCount %u reach beyond the array, which ends at item %u: its size is %u.",
            (unsigned)itemOffset, (unsigned)itemCount, (unsigned)(arraySize / size), (unsigned)arraySize);
    else
    {
        writer_hold(writer);
        hr = write_array(writer, localName, ns, valueType,
                         itemCount ? (const BYTE *)array + (size_t)itemOffset * size : NULL, size, itemCount, error);
        hr = writer_let_go(writer, hr);
    }
    TRACE_RESULT(hr, error,
                 "WsWriteArray(writer=%p, localName=%s, ns=%s, valueType=%s, array=%p, arraySize=%u, itemOffset=%u, "
                 "itemCount=%u, error=%p) = 0x%08x",
                 (void *)writer, trace_xml_string(localName).text, trace_xml_string(ns).text,
                 TRACE_NAME(VALUE_TYPE, valueType), array, (unsigned)arraySize, (unsigned)itemOffset,
                 (unsigned)itemCount, (void *)error, (unsigned)hr);
    return hr;
}

/* --- Buffers --- */

HRESULT writer_xml_buffer(WS_XML_WRITER *writer, const WS_XML_BUFFER *buffer, WS_ERROR *error)
{
    const struct xml_node *node;
    HRESULT hr = writer_ready(writer, error);

    if (hr != S_OK)
        return hr;
    if (writer->buffer == buffer)
        return writer_done(writer,
                           error_report(error, WS_E_INVALID_OPERATION, "An XML buffer cannot be written into itself."));
    for (node = buffer->document->first_child; node; node = xml_node_following(node))
        if (node->shown.node.nodeType != WS_XML_NODE_TYPE_EOF &&
            (hr = writer_node(writer, &node->shown.node, error)) != S_OK)
            return node == buffer->document->first_child ? hr : writer_done_in_part(writer, hr);
    return S_OK;
}

/*
 * Writes all that an XML buffer holds.
 *
 * Returns E_INVALIDARG (not a live writer, not a buffer), WS_E_INVALID_OPERATION (also: it is the buffer that the
 * writer writes to) and what WsWriteNode returns.
 * Source: the page of WsWriteXmlBuffer.
 */
HRESULT WINAPI WsWriteXmlBuffer(WS_XML_WRITER *writer, WS_XML_BUFFER *xmlBuffer, WS_ERROR *error)
{
    HRESULT hr;

    if (!handle_is(writer, HANDLE_XML_WRITER))
        hr = handle_refuse(writer, HANDLE_XML_WRITER, error);
    else if ((hr = writer_ready(writer, error)) != S_OK)
        ;
    else if (!handle_is(xmlBuffer, HANDLE_XML_BUFFER))
        hr = handle_refuse(xmlBuffer, HANDLE_XML_BUFFER, error);
    else
    {
        writer_hold(writer);
        hr = writer_let_go(writer, writer_xml_buffer(writer, xmlBuffer, error));
    }
    TRACE_RESULT(hr, error, "WsWriteXmlBuffer(writer=%p, xmlBuffer=%p, error=%p) = 0x%08x", (void *)writer,
                 (void *)xmlBuffer, (void *)error, (unsigned)hr);
    return hr;
}

static HRESULT buffer_to_bytes(WS_XML_WRITER *writer, const WS_XML_BUFFER *buffer,
                               const WS_XML_WRITER_ENCODING *encoding, const WS_XML_WRITER_PROPERTY *properties,
                               ULONG count, WS_HEAP *heap, void **bytes, ULONG *byte_count, WS_ERROR *error)
{
    static const WS_XML_WRITER_TEXT_ENCODING utf8 = {{WS_XML_WRITER_ENCODING_TYPE_TEXT}, WS_CHARSET_UTF8};
    static const WS_XML_WRITER_BUFFER_OUTPUT output = {{WS_XML_WRITER_OUTPUT_TYPE_BUFFER}};
    WS_BYTES written;
    void *copy = NULL;
    HRESULT hr;

    if ((hr = writer_set_output(writer, encoding ? encoding : &utf8.encoding, &output.output, properties, count,
                                error)) != S_OK)
        return hr;
    if ((hr = writer_xml_buffer(writer, buffer, error)) != S_OK ||
        (hr = writer_get_bytes(writer, &written, error)) != S_OK ||
        (hr = heap_alloc(heap, written.length, &copy, error)) != S_OK)
        return writer_done(writer, hr);
    if (written.length)
        memcpy(copy, written.bytes, written.length);
    *bytes = copy;
    *byte_count = written.length;
    /* The bytes are the caller's now; nothing can be added to the writer's. */
    return writer_set_output(writer, NULL, NULL, NULL, 0, error);
}

/*
 * Encodes an XML buffer into bytes on a heap.
 *
 * writer: loses its output, and has none after success.
 * encoding: NULL means UTF-8. properties: as for WsSetOutput.
 * bytes, byteCount: receive them, together. Untouched on failure.
 * Returns E_INVALIDARG (an invalid argument), WS_E_QUOTA_EXCEEDED (also of the heap) and what WsSetOutput and
 * WsWriteXmlBuffer return.
 * Source: the page of WsWriteXmlBufferToBytes.
 */
HRESULT WINAPI WsWriteXmlBufferToBytes(WS_XML_WRITER *writer, WS_XML_BUFFER *xmlBuffer,
                                       const WS_XML_WRITER_ENCODING *encoding, const WS_XML_WRITER_PROPERTY *properties,
                                       ULONG propertyCount, WS_HEAP *heap, void **bytes, ULONG *byteCount,
                                       WS_ERROR *error)
{
    HRESULT hr;

    if (!handle_is(writer, HANDLE_XML_WRITER))
        hr = handle_refuse(writer, HANDLE_XML_WRITER, error);
    else if (writer->state == WRITER_BUSY)
        hr = writer_not_ready(writer, error);
    else if (!handle_is(xmlBuffer, HANDLE_XML_BUFFER))
        hr = handle_refuse(xmlBuffer, HANDLE_XML_BUFFER, error);
    else if (!handle_is(heap, HANDLE_HEAP))
        hr = handle_refuse(heap, HANDLE_HEAP, error);
    else if (!bytes || !byteCount)
        hr = error_report(error, E_INVALIDARG, "The pointer that is to receive the bytes, or their number, is NULL.");
    else
    {
        writer_hold(writer);
        hr = buffer_to_bytes(writer, xmlBuffer, encoding, properties, propertyCount, heap, bytes, byteCount, error);
        hr = writer_let_go(writer, hr);
    }
    TRACE_RESULT(
        hr, error,
        "WsWriteXmlBufferToBytes(writer=%p, xmlBuffer=%p, encoding=%p, properties=%s, propertyCount=%u, heap=%p, "
        "bytes=%p, byteCount=%p, error=%p) = 0x%08x",
        (void *)writer, (void *)xmlBuffer, (const void *)encoding,
        trace_properties(CONSTANT_WRITER_PROPERTY, properties, propertyCount).text, (unsigned)propertyCount,
        (void *)heap, (void *)bytes, (void *)byteCount, (void *)error, (unsigned)hr);
    return hr;
}
