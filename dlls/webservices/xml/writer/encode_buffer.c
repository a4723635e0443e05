/* SPDX-License-Identifier: MIT */
/*
 * encode_buffer.c - output to an XML buffer, and WsGetWriterPosition, WsSetWriterPosition, WsMoveWriter.
 *
 * The writer stands at a node, its place, and inserts before that. Inside an element that it has just begun, that is
 * the END_ELEMENT. When it is moved, the elements around the new place become the open ones, with their namespaces,
 * the next time that something is written; so it can also end elements that it has not begun. When it is moved to an
 * element, attributes can be added to that: while one is written, its start tag is the pending one once more, as if the
 * writer had written all that is on it, and with the same checks. An attribute or a declaration is on the element as
 * soon as it has ended, with the declarations that it needs: nothing may come after it that would commit a start tag.
 *
 * Texts go into the tree as they come, one node for each call, but for WsWriteBytes: what it writes in several calls
 * is one node, which grows with each of them.
 */
#include "xml/buffer/buffer.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/trace.h"
#include "xml/buffer/buffer_copy.h"
#include "xml/writer/writer.h"

#include <string.h>

static const WS_XML_NODE cdata_node = {WS_XML_NODE_TYPE_CDATA};

static WS_XML_NODE_TYPE type_of(const struct xml_node *node)
{
    return node->shown.node.nodeType;
}

/* The place may have been removed from the buffer since. */
static HRESULT check_place(const WS_XML_WRITER *writer, WS_ERROR *error)
{
    if (UNLIKELY(writer->place->tag != XML_NODE_LIVE))
        return error_report(error, WS_E_INVALID_OPERATION,
                            "The node that the writer is at has been removed from the XML buffer: WsSetWriterPosition "
                            "makes the writer usable again.");
    return S_OK;
}

static HRESULT insert(WS_XML_WRITER *writer, const WS_XML_NODE *node, struct xml_node **inserted, WS_ERROR *error)
{
    struct xml_node *parent, *copy = NULL;
    HRESULT hr;

    writer->at_element = false;
    if ((hr = check_place(writer, error)) != S_OK ||
        (hr = xml_buffer_insert(writer->buffer, writer->place, node, &copy, error)) != S_OK)
        return hr;
    parent = copy->parent;
    if (type_of(parent) == WS_XML_NODE_TYPE_ELEMENT)
        parent->shown.element.isEmpty = FALSE;
    if (inserted)
        *inserted = copy;
    return S_OK;
}

static bool at_end(const WS_XML_WRITER *writer)
{
    return type_of(writer->place) == WS_XML_NODE_TYPE_END_ELEMENT;
}

/* Fills the stack of open elements with those around the place. */
static HRESULT push_elements(WS_XML_WRITER *writer, WS_ERROR *error)
{
    struct xml_node *node;
    size_t depth = 0;
    HRESULT hr;

    for (node = writer->place->parent; node; node = node->parent)
        if (type_of(node) == WS_XML_NODE_TYPE_ELEMENT)
        {
            if ((hr = writer_push_element(writer, error)) != S_OK)
                return hr;
            depth++;
        }
    for (node = writer->place->parent; node; node = node->parent)
        if (type_of(node) == WS_XML_NODE_TYPE_ELEMENT)
            writer->elements[--depth].node = node;
    return S_OK;
}

/* Whether there is text, or anything else, directly in an element: for indentation. */
static void look_inside(struct writer_element *element)
{
    const struct xml_node *node;

    for (node = element->node->first_child; node; node = node->next)
        if (type_of(node) == WS_XML_NODE_TYPE_TEXT || type_of(node) == WS_XML_NODE_TYPE_CDATA)
            element->has_text = true;
        else if (type_of(node) != WS_XML_NODE_TYPE_END_ELEMENT)
            element->has_children = true;
}

static HRESULT find_elements(WS_XML_WRITER *writer, WS_ERROR *error)
{
    const struct xml_node *node;
    size_t i, depth;
    HRESULT hr;
    ULONG j;

    if ((hr = check_place(writer, error)) != S_OK)
        return hr;
    while (writer->depth)
        writer_pop_element(writer);
    if ((hr = push_elements(writer, error)) != S_OK)
        return hr;
    depth = writer->depth;
    for (i = 0; i < depth; i++)
    {
        struct writer_element *element = &writer->elements[i];
        const WS_XML_ELEMENT_NODE *shown = &element->node->shown.element;

        element->prefix = *shown->prefix;
        element->local = *shown->localName;
        element->ns = *shown->ns;
        element->mark = writer->names_top;
        element->binding_count = writer->binding_count;
        element->counted = writer->counted;
        for (j = 0; j < shown->attributeCount; j++)
            if (shown->attributes[j]->isXmlNs && (hr = writer_push_binding(writer, shown->attributes[j]->prefix,
                                                                           shown->attributes[j]->ns, error)) != S_OK)
                return hr;
        if (writer->properties.indent)
            look_inside(element);
    }
    writer->root_written = depth > 0;
    if (!depth)
        for (node = writer->buffer->document->first_child; node; node = node->next)
            writer->root_written |= type_of(node) == WS_XML_NODE_TYPE_ELEMENT;
    writer->something_written = writer->place->previous != NULL;
    writer->in_cdata = type_of(writer->place->parent) == WS_XML_NODE_TYPE_CDATA;
    writer->begun = true;
    writer->state = WRITER_READY;
    return S_OK;
}

/* --- Attributes of an element that is there already --- */

/* An attribute that is on the element already: nothing of it is copied, and nothing checked again. */
static HRESULT recall_attribute(WS_XML_WRITER *writer, WS_XML_ATTRIBUTE *existing, WS_ERROR *error)
{
    const WS_XML_QNAME_TEXT *qname = (const WS_XML_QNAME_TEXT *)existing->value;
    struct writer_attribute *attribute;
    HRESULT hr;

    if ((hr = writer_add_attribute(writer, &attribute, error)) != S_OK)
        return hr;
    attribute->existing = existing;
    attribute->role = existing->isXmlNs ? ROLE_DECLARATION : ROLE_ATTRIBUTE;
    attribute->prefix = *existing->prefix;
    attribute->ns = *existing->ns;
    if (existing->isXmlNs)
        return S_OK;
    attribute->local = *existing->localName;
    if (qname->text.textType == WS_XML_TEXT_TYPE_QNAME && qname->prefix && qname->ns)
        return writer_add_entry(writer, ROLE_RELIES, qname->prefix, qname->ns, &attribute, error);
    return S_OK;
}

static COLD HRESULT reopen(WS_XML_WRITER *writer, WS_ERROR *error)
{
    const WS_XML_ELEMENT_NODE *shown;
    struct writer_element *element;
    HRESULT hr;
    ULONG i;

    if ((hr = check_place(writer, error)) != S_OK || (hr = writer_push_element(writer, error)) != S_OK)
        return hr;
    shown = &writer->place->shown.element;
    element = &writer->elements[writer->depth - 1];
    element->node = writer->place;
    element->prefix = *shown->prefix;
    element->local = *shown->localName;
    element->ns = *shown->ns;
    writer->pending = writer->reopened = true;
    writer->choose_prefix = writer->resolved = false;
    for (i = 0; i < shown->attributeCount; i++)
        if ((hr = recall_attribute(writer, shown->attributes[i], error)) != S_OK)
            return hr;
    return S_OK;
}

/* What is not in the tree yet is forgotten. */
static void drop_pending(WS_XML_WRITER *writer)
{
    if (writer->pending)
        writer_pop_element(writer);
    writer->pending = writer->reopened = writer->in_attribute = false;
    writer->growing = NULL;
    writer->piece = PIECE_NONE;
    writer_forget_attributes(writer);
}

/* The attributes that the start tag was checked against must still be all that the element has. */
static HRESULT check_unchanged(WS_XML_WRITER *writer, WS_ERROR *error)
{
    size_t i, known = 0;

    for (i = 0; i < writer->attribute_count; i++)
        known += writer->attributes[i]->existing != NULL;
    if (known == writer->place->shown.element.attributeCount)
        return S_OK;
    return error_report(error, WS_E_INVALID_OPERATION,
                        "The element has got attributes from elsewhere while one was written here.");
}

static COLD HRESULT extend(WS_XML_WRITER *writer, WS_ERROR *error)
{
    HRESULT hr = check_place(writer, error);

    if (hr == S_OK && (hr = check_unchanged(writer, error)) == S_OK)
    {
        if ((hr = xml_element_extend(writer->buffer->heap, writer->shown_attributes, writer->shown.attributeCount,
                                     writer->place, error)) != S_OK)
            return hr;
        writer->extended = true;
    }
    /* Without its element, or beside what others have added, the attribute is no more. */
    drop_pending(writer);
    return hr;
}

/* --- The encoder --- */

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
    HRESULT hr = check_place(writer, error);

    (void)is_empty; /* it is in the node */
    writer->at_element = false;
    if (hr == S_OK)
        writer->place = writer->place->parent->next;
    return hr;
}

/* A CDATA section that contains "]]>" could be in the tree, but not be written. */
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
    if (writer->in_cdata)
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

/* Bytes that go on those of a node. Each time that they have no room they get twice as much, from the heap. */
static HRESULT add_bytes(WS_XML_WRITER *writer, const BYTE *bytes, size_t count, WS_ERROR *error)
{
    WS_XML_BASE64_TEXT *text = (WS_XML_BASE64_TEXT *)writer->growing->shown.text.text;
    size_t length = (size_t)text->length + count;
    void *bigger;
    HRESULT hr;

    if (count > 0xffffffff - text->length)
        return too_many_bytes(error);
    if (length > writer->growing_room)
    {
        writer->growing_room = length <= 0xffffffff / 2 ? length * 2 : 0xffffffff;
        if ((hr = heap_alloc(writer->buffer->heap, writer->growing_room, &bigger, error)) != S_OK)
            return hr;
        memcpy(bigger, text->bytes, text->length);
        text->bytes = bigger;
    }
    memcpy(text->bytes + text->length, bytes, count);
    text->length = (ULONG)length;
    return S_OK;
}

/*
 * They are in the tree at once: the writer may be freed, or set to another output, without a word to the encoder. But
 * what is one value has to be one node, since base64 in parts could not be read as one.
 */
static HRESULT buffer_bytes(WS_XML_WRITER *writer, const BYTE *bytes, size_t count, WS_ERROR *error)
{
    WS_XML_BASE64_TEXT text = {{WS_XML_TEXT_TYPE_BASE64}, (BYTE *)bytes, (ULONG)count};
    WS_XML_TEXT_NODE node = {{WS_XML_NODE_TYPE_TEXT}, &text.text};

    if (writer->growing && writer->growing->tag == XML_NODE_LIVE)
        return add_bytes(writer, bytes, count, error);
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
    HRESULT hr = check_place(writer, error);

    writer->at_element = false;
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

/* --- Positions --- */

const struct writer_positions writer_buffer_positions = {
    .resume = find_elements,
    .at_end = at_end,
    .reopen = reopen,
    .extend = extend,
};

/* What all of these need: an XML buffer. */
static HRESULT check_output(WS_XML_WRITER *writer, WS_ERROR *error)
{
    HRESULT hr = writer->state == WRITER_MOVED ? S_OK : writer_ready(writer, error);

    if (hr == S_OK && !writer->buffer)
        return error_report(error, WS_E_INVALID_OPERATION,
                            "Only a writer that is set to an XML buffer has a position.");
    return hr;
}

/* Whether the writer can be moved, wherever to. */
static HRESULT check_movable(WS_XML_WRITER *writer, WS_ERROR *error)
{
    HRESULT hr = check_output(writer, error);

    if (hr == S_OK && writer->observer)
        return error_report(error, WS_E_INVALID_OPERATION, "The writer cannot be moved during canonicalization.");
    if (hr == S_OK && writer->in_attribute && writer->place->tag == XML_NODE_LIVE)
        return error_report(error, WS_E_INVALID_OPERATION,
                            "The writer cannot be moved inside an attribute: end that first.");
    return hr;
}

/* Before the writer leaves its place: everything written so far goes there. */
static HRESULT settle_place(WS_XML_WRITER *writer, WS_ERROR *error)
{
    HRESULT hr;

    if (writer->piece != PIECE_NONE && (hr = writer_end_pieces(writer, error)) != S_OK)
        return writer_done(writer, hr);
    return writer->pending ? writer_done(writer, writer_commit(writer, false, error)) : S_OK;
}

static void move_to(WS_XML_WRITER *writer, struct xml_node *place)
{
    writer->place = place;
    writer->at_element = type_of(place) == WS_XML_NODE_TYPE_ELEMENT;
    writer->extended = false;
    writer->state = WRITER_MOVED;
    writer->brackets = 0;
}

/* What has not been committed, such as an open start tag, is not in the tree: the position is where it will be put. */
static HRESULT get_position(WS_XML_WRITER *writer, WS_XML_NODE_POSITION *position, WS_ERROR *error)
{
    HRESULT hr = check_output(writer, error);

    if (hr != S_OK)
        return hr;
    if (writer->place->tag != XML_NODE_LIVE)
        return check_place(writer, error);
    if (!position)
        return error_report(error, E_INVALIDARG, "The pointer that is to receive the position is NULL.");
    position->buffer = writer->buffer;
    position->node = writer->place;
    return S_OK;
}

static COLD HRESULT before_beginning(WS_ERROR *error)
{
    return error_report(error, E_INVALIDARG, "A writer cannot be before the beginning of a document.");
}

static HRESULT set_position(WS_XML_WRITER *writer, const WS_XML_NODE_POSITION *position, WS_ERROR *error)
{
    HRESULT hr = check_movable(writer, error);

    if (hr != S_OK || (hr = xml_position_check(position, writer->buffer, error)) != S_OK)
        return hr;
    if (!((const struct xml_node *)position->node)->parent)
        return before_beginning(error);
    /* What has not got into the tree yet has lost its place with the node. */
    if (writer->place->tag != XML_NODE_LIVE)
        drop_pending(writer);
    else if ((hr = settle_place(writer, error)) != S_OK)
        return hr;
    move_to(writer, position->node);
    return S_OK;
}

/* It starts from the node that WsGetWriterPosition returns, before which a start tag that is open is put. */
static HRESULT move(WS_XML_WRITER *writer, WS_MOVE_TO where, BOOL *found, WS_ERROR *error)
{
    struct xml_node *from = writer->place, *to;
    HRESULT hr;

    if ((hr = check_movable(writer, error)) != S_OK)
        return hr;
    if ((unsigned)where > WS_MOVE_TO_CHILD_NODE)
        return error_report(error, E_INVALIDARG, "There is no %s.",
                            constant_name(CONSTANT_MOVE_TO, (uint32_t)where).text);
    if (where == WS_MOVE_TO_BOF)
        return before_beginning(error);
    if (from->tag != XML_NODE_LIVE)
        return check_place(writer, error);
    if ((hr = settle_place(writer, error)) != S_OK)
        return hr;
    to = xml_node_move(from, where);
    /* From the root element, its parent is the beginning. */
    if (to && !to->parent)
        to = NULL;
    if (to)
        move_to(writer, to);
    else if (!found)
        return writer_done(writer,
                           error_report(error, WS_E_INVALID_FORMAT, "There is no node for %s from where the writer is.",
                                        constant_name(CONSTANT_MOVE_TO, (uint32_t)where).text));
    if (found)
        *found = to != NULL;
    return S_OK;
}

/*
 * Gets the place of a writer in its XML buffer: the node before which new ones go. Nothing is written: of a start tag
 * that is open, that is the node before which it will be put. WsWriteEndStartElement makes it one inside the element.
 *
 * Returns E_INVALIDARG (not a live writer, nodePosition is NULL), WS_E_INVALID_OPERATION (the output is not an XML
 * buffer, the node has been removed), WS_E_OBJECT_FAULTED.
 * Source: the page of WsGetWriterPosition; of open start tags: observed on Windows.
 */
HRESULT WINAPI WsGetWriterPosition(WS_XML_WRITER *writer, WS_XML_NODE_POSITION *nodePosition, WS_ERROR *error)
{
    HRESULT hr = handle_is(writer, HANDLE_XML_WRITER) ? get_position(writer, nodePosition, error)
                                                      : handle_refuse(writer, HANDLE_XML_WRITER, error);

    TRACE_RESULT(hr, error, "WsGetWriterPosition(writer=%p, nodePosition=%p, error=%p) = 0x%08x", (void *)writer,
                 (void *)nodePosition, (void *)error, (unsigned)hr);
    return hr;
}

/*
 * Moves the writer to a place that WsGetWriterPosition or WsGetReaderPosition returned. A start tag that is open is
 * committed where it is.
 *
 * Returns E_INVALIDARG (not a live writer, nodePosition is NULL, of another buffer, before the beginning of the
 * document, or its node has been removed), WS_E_INVALID_OPERATION (the output is not an XML buffer, an attribute is
 * open, canonicalization goes on), WS_E_OBJECT_FAULTED, and what WsWriteEndStartElement does. Source: the page of
 * WsSetWriterPosition.
 */
HRESULT WINAPI WsSetWriterPosition(WS_XML_WRITER *writer, const WS_XML_NODE_POSITION *nodePosition, WS_ERROR *error)
{
    HRESULT hr = handle_is(writer, HANDLE_XML_WRITER) ? set_position(writer, nodePosition, error)
                                                      : handle_refuse(writer, HANDLE_XML_WRITER, error);

    TRACE_RESULT(hr, error, "WsSetWriterPosition(writer=%p, nodePosition=%p, error=%p) = 0x%08x", (void *)writer,
                 (const void *)nodePosition, (void *)error, (unsigned)hr);
    return hr;
}

/*
 * Moves the writer about in its XML buffer, from the node that WsGetWriterPosition returns. A start tag that is open is
 * committed before that: unless WsWriteEndStartElement was called, the move does not start inside of it.
 *
 * found: receives whether there was a node to move to; the writer stays where it is if not. May be NULL.
 * Returns E_INVALIDARG (not a live writer, no such moveTo, WS_MOVE_TO_BOF: a writer cannot be before the beginning),
 * WS_E_INVALID_FORMAT (found is NULL, and there is no such node, or only the beginning), WS_E_INVALID_OPERATION (the
 * output is not an XML buffer, an attribute is open, the node has been removed, canonicalization goes on),
 * WS_E_OBJECT_FAULTED, and what WsWriteEndStartElement does. Source: the pages of WsMoveWriter and WS_MOVE_TO; of
 * WS_MOVE_TO_BOF: observed on Windows.
 */
HRESULT WINAPI WsMoveWriter(WS_XML_WRITER *writer, WS_MOVE_TO moveTo, BOOL *found, WS_ERROR *error)
{
    HRESULT hr = handle_is(writer, HANDLE_XML_WRITER) ? move(writer, moveTo, found, error)
                                                      : handle_refuse(writer, HANDLE_XML_WRITER, error);

    TRACE_RESULT(hr, error, "WsMoveWriter(writer=%p, moveTo=%s, found=%p, error=%p) = 0x%08x%s", (void *)writer,
                 TRACE_NAME(MOVE_TO, moveTo), (void *)found, (void *)error, (unsigned)hr,
                 trace_bool(hr, "found", found).text);
    return hr;
}
