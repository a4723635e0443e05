/* SPDX-License-Identifier: MIT */
/*
 * write_position.c - WsGetWriterPosition, WsSetWriterPosition, WsMoveWriter, and writing where the writer was moved to
 * in an XML buffer.
 *
 * After a move, the elements around the new place become the open ones, with their namespaces, the next time that
 * something is written; so the writer can end elements that it did not begin. After a move to an element, attributes
 * can be added to it: while one is written, its start tag is the pending one again, as if the writer had written all
 * that is on it, with the same checks. An attribute or a declaration is added to the element as soon as it has ended,
 * with the declarations that it needs, since nothing need follow that would commit a start tag.
 */
#include "xml/writer/encode_buffer.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/trace.h"
#include "xml/buffer/buffer_copy.h"
#include "xml/writer/encoder.h"
#include "xml/writer/pieces.h"
#include "xml/writer/start_tag.h"
#include "xml/writer/state.h"
#include "xml/writer/writer.h"
#include "xml/writer/writer_object.h"

/* --- The elements around a place --- */

static bool at_end(const WS_XML_WRITER *writer)
{
    return node_type_of(writer->place) == WS_XML_NODE_TYPE_END_ELEMENT;
}

/* Fills the stack of open elements with those around the place. */
static HRESULT push_elements(WS_XML_WRITER *writer, WS_ERROR *error)
{
    struct xml_node *node;
    size_t depth = 0;
    HRESULT hr;

    for (node = writer->place->parent; node; node = node->parent)
        if (node_type_of(node) == WS_XML_NODE_TYPE_ELEMENT)
        {
            if ((hr = writer_push_element(writer, error)) != S_OK)
                return hr;
            depth++;
        }
    for (node = writer->place->parent; node; node = node->parent)
        if (node_type_of(node) == WS_XML_NODE_TYPE_ELEMENT)
            writer->elements[--depth].node = node;
    return S_OK;
}

/* Whether there is text, or anything else, directly in an element: for indentation. */
static void look_inside(struct writer_element *element)
{
    const struct xml_node *node;

    for (node = element->node->first_child; node; node = node->next)
        if (node_type_of(node) == WS_XML_NODE_TYPE_TEXT || node_type_of(node) == WS_XML_NODE_TYPE_CDATA)
            element->has_text = true;
        else if (node_type_of(node) != WS_XML_NODE_TYPE_END_ELEMENT)
            element->has_children = true;
}

static HRESULT find_elements(WS_XML_WRITER *writer, WS_ERROR *error)
{
    const struct xml_node *node;
    size_t i, depth;
    HRESULT hr;
    ULONG j;

    if ((hr = writer_check_place(writer, error)) != S_OK)
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
            writer->root_written |= node_type_of(node) == WS_XML_NODE_TYPE_ELEMENT;
    writer->something_written = writer->place->previous != NULL;
    writer->inside = node_type_of(writer->place->parent) == WS_XML_NODE_TYPE_CDATA ? INSIDE_CDATA : INSIDE_NOTHING;
    writer->begun = true;
    writer->state = WRITER_READY;
    return S_OK;
}

/* --- Attributes of an element that is there already --- */

/* An attribute that is on the element already: it is neither copied nor checked again. */
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

    if ((hr = writer_check_place(writer, error)) != S_OK || (hr = writer_settle(writer, error)) != S_OK ||
        (hr = writer_push_element(writer, error)) != S_OK)
        return hr;
    shown = &writer->place->shown.element;
    element = &writer->elements[writer->depth - 1];
    element->node = writer->place;
    element->prefix = *shown->prefix;
    element->local = *shown->localName;
    element->ns = *shown->ns;
    writer->tag = TAG_REOPENED;
    writer->choose_prefix = writer->prefixes_are_known = false;
    for (i = 0; i < shown->attributeCount; i++)
        if ((hr = recall_attribute(writer, shown->attributes[i], error)) != S_OK)
            return hr;
    return S_OK;
}

/* Drops what is not in the tree yet. */
static void drop_pending(WS_XML_WRITER *writer)
{
    if (writer_tag_is_pending(writer))
        writer_pop_element(writer);
    writer->tag = TAG_NONE;
    writer->inside = INSIDE_NOTHING;
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
                        "Other attributes have been added to the element while one was being written.");
}

static COLD HRESULT extend(WS_XML_WRITER *writer, WS_ERROR *error)
{
    HRESULT hr = writer_check_place(writer, error);

    if (hr == S_OK && (hr = check_unchanged(writer, error)) == S_OK)
    {
        if ((hr = xml_element_extend(writer->buffer->heap, writer->shown_attributes, writer->shown.attributeCount,
                                     writer->place, error)) != S_OK)
            return hr;
        writer->extended = true;
    }
    /* If its element is gone, or others have added attributes, the attribute is dropped. */
    drop_pending(writer);
    writer->tag = TAG_REOPENABLE;
    return hr;
}

const struct writer_positions writer_buffer_positions = {
    .resume = find_elements,
    .at_end = at_end,
    .reopen = reopen,
    .extend = extend,
};

/* --- Positions --- */

/* All of these need an XML buffer. */
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
    if (hr == S_OK && writer->inside == INSIDE_ATTRIBUTE && writer->place->tag == XML_NODE_LIVE)
        return error_report(error, WS_E_INVALID_OPERATION,
                            "The writer cannot be moved inside an attribute: end that first.");
    return hr;
}

/* To be called before the writer leaves its place: puts everything written so far there. */
static HRESULT settle_place(WS_XML_WRITER *writer, WS_ERROR *error)
{
    HRESULT hr;

    if (writer->piece != PIECE_NONE && (hr = writer_end_pieces(writer, error)) != S_OK)
        return writer_done(writer, hr);
    return writer_tag_is_pending(writer) ? writer_done(writer, writer_commit(writer, false, error)) : S_OK;
}

static void move_to(WS_XML_WRITER *writer, struct xml_node *place)
{
    writer->place = place;
    writer->tag = node_type_of(place) == WS_XML_NODE_TYPE_ELEMENT ? TAG_REOPENABLE : TAG_NONE;
    writer->extended = false;
    writer->state = WRITER_MOVED;
    writer->brackets = 0;
}

void writer_move_before(WS_XML_WRITER *writer, struct xml_node *place)
{
    move_to(writer, place);
}

/* What has not been committed, such as an open start tag, is not in the tree: the position is where it will be put. */
static HRESULT get_position(WS_XML_WRITER *writer, WS_XML_NODE_POSITION *position, WS_ERROR *error)
{
    HRESULT hr = check_output(writer, error);

    if (hr != S_OK)
        return hr;
    if (writer->place->tag != XML_NODE_LIVE)
        return writer_check_place(writer, error);
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
    /* What is not in the tree yet has lost its place with the node. */
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
        return writer_check_place(writer, error);
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
 * Moves the writer within its XML buffer, from the node that WsGetWriterPosition returns. A start tag that is open is
 * committed before that: unless WsWriteEndStartElement was called, the move does not start inside its element.
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
