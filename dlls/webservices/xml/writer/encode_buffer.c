/* SPDX-License-Identifier: MIT */
/*
 * encode_buffer.c - output to an XML buffer; write_position.c moves the writer in it.
 *
 * The writer stands at a node, its place, and inserts before that. Right after a start tag, that is the END_ELEMENT of
 * its element.
 *
 * Each call that writes text makes one node, except that all calls of WsWriteBytes for one value make one that grows.
 */
#include "xml/writer/encode_buffer.h"

#include "base/error.h"
#include "xml/writer/check.h"
#include "xml/writer/encoder.h"
#include "xml/writer/writer_object.h"

#include <string.h>

static const WS_XML_NODE cdata_node = {WS_XML_NODE_TYPE_CDATA};

HRESULT writer_check_place(const WS_XML_WRITER *writer, WS_ERROR *error)
{
    if (UNLIKELY(writer->place->tag != XML_NODE_LIVE))
        return error_report(error, WS_E_INVALID_OPERATION,
                            "The node that the writer is at has been removed from the XML buffer: WsSetWriterPosition "
                            "makes the writer usable again.");
    return S_OK;
}

/*
 * To be called before anything is written or ended: after that, an element that the writer was moved to gets no
 * attributes.
 */
static void leave_element(WS_XML_WRITER *writer)
{
    if (writer->tag == TAG_REOPENABLE)
        writer->tag = TAG_NONE;
}

static HRESULT insert(WS_XML_WRITER *writer, const WS_XML_NODE *node, struct xml_node **inserted, WS_ERROR *error)
{
    struct xml_node *parent, *copy = NULL;
    HRESULT hr;

    leave_element(writer);
    if ((hr = writer_check_place(writer, error)) != S_OK ||
        (hr = xml_buffer_insert(writer->buffer, writer->place, node, &copy, error)) != S_OK)
        return hr;
    parent = copy->parent;
    if (node_type_of(parent) == WS_XML_NODE_TYPE_ELEMENT)
        parent->shown.element.isEmpty = FALSE;
    if (inserted)
        *inserted = copy;
    return S_OK;
}

static HRESULT buffer_element_start(WS_XML_WRITER *writer, const WS_XML_ELEMENT_NODE *element, WS_ERROR *error)
{
    struct xml_node *inserted = NULL;
    HRESULT hr = insert(writer, &element->node, &inserted, error);

    if (hr == S_OK)
        writer->place = inserted->last_child;
    return hr;
}

static HRESULT buffer_element_end(WS_XML_WRITER *writer, bool is_empty, WS_ERROR *error)
{
    HRESULT hr = writer_check_place(writer, error);

    (void)is_empty; /* it is in the node */
    leave_element(writer);
    if (hr == S_OK)
        writer->place = writer->place->parent->next;
    return hr;
}

/* A CDATA section that contains "]]>" could be in the tree, but could not be written as text. */
static HRESULT check_brackets(WS_XML_WRITER *writer, const BYTE *bytes, size_t count, size_t size, WS_ERROR *error)
{
    size_t i;

    for (i = 0; i < count; i += size)
    {
        WCHAR c = bytes[i];

        if (size == sizeof(c))
            memcpy(&c, bytes + i, sizeof(c));
        if (c == '>' && writer->brackets == 2)
            return error_report(error, WS_E_INVALID_FORMAT, "A CDATA section cannot contain \"]]>\".");
        writer->brackets = c != ']' ? 0 : writer->brackets < 2 ? writer->brackets + 1 : 2;
    }
    return S_OK;
}

static HRESULT buffer_text(WS_XML_WRITER *writer, const WS_XML_TEXT *text, WS_ERROR *error)
{
    const WS_XML_UTF8_TEXT *utf8 = (const WS_XML_UTF8_TEXT *)text;
    const WS_XML_UTF16_TEXT *utf16 = (const WS_XML_UTF16_TEXT *)text;
    WS_XML_TEXT_NODE node = {{WS_XML_NODE_TYPE_TEXT}, (WS_XML_TEXT *)text};
    HRESULT hr;

    if ((hr = writer_check_text(writer, text, error)) != S_OK)
        return hr;
    if (writer->inside == INSIDE_CDATA)
    {
        if (text->textType == WS_XML_TEXT_TYPE_UTF8)
            hr = check_brackets(writer, utf8->value.bytes, utf8->value.length, 1, error);
        else if (text->textType == WS_XML_TEXT_TYPE_UTF16)
            hr = check_brackets(writer, utf16->bytes, utf16->byteCount, sizeof(WCHAR), error);
        else
            writer->brackets = 0;
        if (hr != S_OK)
            return hr;
    }
    return insert(writer, &node.node, NULL, error);
}

static COLD HRESULT too_many_bytes(WS_ERROR *error)
{
    return error_report(error, WS_E_QUOTA_EXCEEDED, "A text in an XML buffer cannot have more than %u bytes.",
                        0xffffffffu);
}

/* Appends bytes to those of a node. Without room for them, takes twice as much of the heap, or just what they need. */
static HRESULT add_bytes(WS_XML_WRITER *writer, const BYTE *bytes, size_t count, WS_ERROR *error)
{
    WS_XML_BASE64_TEXT *text = (WS_XML_BASE64_TEXT *)writer->growing->shown.text.text;
    size_t length, room;
    void *bigger;
    HRESULT hr;

    if (count > 0xffffffff - text->length)
        return too_many_bytes(error);
    length = text->length + count;
    if (length > writer->growing_room)
    {
        room = length <= 0xffffffff / 2 ? length * 2 : 0xffffffff;
        if (heap_alloc(writer->buffer->heap, room, &bigger, NULL) != S_OK)
        {
            room = length;
            if ((hr = heap_alloc(writer->buffer->heap, room, &bigger, error)) != S_OK)
                return hr;
        }
        writer->growing_room = room;
        memcpy(bigger, text->bytes, text->length);
        text->bytes = bigger;
    }
    memcpy(text->bytes + text->length, bytes, count);
    text->length = (ULONG)length;
    return S_OK;
}

/*
 * They are in the tree at once, since the writer may be freed or set to another output without the encoder being
 * called. But one value must be one node, since base64 in parts could not be read as one.
 */
static HRESULT buffer_bytes(WS_XML_WRITER *writer, const BYTE *bytes, size_t count, WS_ERROR *error)
{
    WS_XML_BASE64_TEXT text = {{WS_XML_TEXT_TYPE_BASE64}, (BYTE *)bytes, (ULONG)count};
    WS_XML_TEXT_NODE node = {{WS_XML_NODE_TYPE_TEXT}, &text.text};

    if (writer->growing && writer->growing->tag == XML_NODE_LIVE)
    {
        HRESULT hr = writer_check_place(writer, error);

        return hr == S_OK ? add_bytes(writer, bytes, count, error) : hr;
    }
    if (count > 0xffffffff)
        return too_many_bytes(error);
    writer->growing_room = count;
    writer->brackets = 0;
    return insert(writer, &node.node, &writer->growing, error);
}

static HRESULT buffer_bytes_end(WS_XML_WRITER *writer, WS_ERROR *error)
{
    (void)error;
    writer->growing = NULL;
    return S_OK;
}

static HRESULT buffer_comment(WS_XML_WRITER *writer, const WS_XML_STRING *value, WS_ERROR *error)
{
    WS_XML_COMMENT_NODE node = {{WS_XML_NODE_TYPE_COMMENT}, *value};

    return insert(writer, &node.node, NULL, error);
}

static HRESULT buffer_cdata_start(WS_XML_WRITER *writer, WS_ERROR *error)
{
    struct xml_node *inserted = NULL;
    HRESULT hr = insert(writer, &cdata_node, &inserted, error);

    if (hr == S_OK)
        writer->place = inserted->last_child;
    writer->brackets = 0;
    return hr;
}

static HRESULT buffer_cdata_end(WS_XML_WRITER *writer, WS_ERROR *error)
{
    HRESULT hr = writer_check_place(writer, error);

    leave_element(writer);
    if (hr == S_OK)
        writer->place = writer->place->parent->next;
    return hr;
}

const struct writer_encoder writer_buffer_encoder = {
    .name = "XML buffer",
    .element_start = buffer_element_start,
    .element_end = buffer_element_end,
    .text = buffer_text,
    .bytes = buffer_bytes,
    .bytes_end = buffer_bytes_end,
    .comment = buffer_comment,
    .cdata_start = buffer_cdata_start,
    .cdata_end = buffer_cdata_end,
};
