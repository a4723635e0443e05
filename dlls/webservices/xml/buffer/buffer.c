/* SPDX-License-Identifier: MIT */
/*
 * buffer.c - WsCreateXmlBuffer, WsRemoveNode, and the tree of nodes of a WS_XML_BUFFER; see buffer.h.
 *
 * The copies of names and texts are in buffer_copy.c.
 */
#include "xml/buffer/buffer.h"
#include "xml/buffer/buffer_copy.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/trace.h"

#include <stddef.h>
#include <string.h>

/* A node takes only what its type needs of the caller's heap, which may be small: half of all nodes only end others. */
static size_t node_size(WS_XML_NODE_TYPE type)
{
    size_t shown;

    switch (type)
    {
    case WS_XML_NODE_TYPE_ELEMENT: shown = sizeof(WS_XML_ELEMENT_NODE); break;
    case WS_XML_NODE_TYPE_TEXT: shown = sizeof(WS_XML_TEXT_NODE); break;
    case WS_XML_NODE_TYPE_COMMENT: shown = sizeof(WS_XML_COMMENT_NODE); break;
    default: shown = sizeof(WS_XML_NODE); break;
    }
    return offsetof(struct xml_node, shown) + shown;
}

/* Takes a node out of the heap, not linked; only its type is shown. */
static HRESULT new_node(WS_HEAP *heap, WS_XML_NODE_TYPE type, struct xml_node **ret, WS_ERROR *error)
{
    struct xml_node *node;
    void *memory;
    HRESULT hr = heap_alloc(heap, node_size(type), &memory, error);

    if (hr != S_OK)
        return hr;
    node = memory;
    memset(node, 0, node_size(type));
    node->tag = XML_NODE_LIVE;
    node->shown.node.nodeType = type;
    *ret = node;
    return S_OK;
}

static void append_child(struct xml_node *parent, struct xml_node *child)
{
    child->parent = parent;
    child->next = NULL;
    child->previous = parent->last_child;
    if (child->previous)
        child->previous->next = child;
    else
        parent->first_child = child;
    parent->last_child = child;
}

static void link_before(struct xml_node *place, struct xml_node *node)
{
    node->parent = place->parent;
    node->next = place;
    node->previous = place->previous;
    if (node->previous)
        node->previous->next = node;
    else
        node->parent->first_child = node;
    place->previous = node;
}

static void unlink_node(struct xml_node *node)
{
    if (node->previous)
        node->previous->next = node->next;
    else
        node->parent->first_child = node->next;
    if (node->next)
        node->next->previous = node->previous;
    else
        node->parent->last_child = node->previous;
}

/* As new_node(), with a child of another type that ends it. */
static HRESULT new_pair(WS_HEAP *heap, WS_XML_NODE_TYPE type, WS_XML_NODE_TYPE end_type, struct xml_node **ret,
                        WS_ERROR *error)
{
    struct xml_node *node = NULL, *end = NULL;
    HRESULT hr;

    if ((hr = new_node(heap, type, &node, error)) != S_OK || (hr = new_node(heap, end_type, &end, error)) != S_OK)
        return hr;
    append_child(node, end);
    *ret = node;
    return S_OK;
}

HRESULT xml_buffer_create(WS_HEAP *heap, WS_XML_BUFFER **ret, WS_ERROR *error)
{
    struct xml_node *document = NULL;
    WS_XML_BUFFER *buffer;
    void *memory;
    HRESULT hr;

    if ((hr = new_pair(heap, WS_XML_NODE_TYPE_BOF, WS_XML_NODE_TYPE_EOF, &document, error)) != S_OK)
        return hr;
    if ((hr = heap_alloc(heap, sizeof(*buffer), &memory, error)) != S_OK)
        return hr;
    buffer = memory;
    buffer->tag = HANDLE_XML_BUFFER;
    buffer->heap = heap;
    buffer->document = document;
    *ret = buffer;
    return S_OK;
}

/* The copy of a node that is to be a child of `parent`, not linked, with the node that ends it. */
static HRESULT copy_node(WS_HEAP *heap, const struct xml_node *parent, const WS_XML_NODE *node, struct xml_node **ret,
                         WS_ERROR *error)
{
    const WS_XML_ELEMENT_NODE *around = NULL;
    struct xml_node *copy = NULL;
    HRESULT hr;

    if (parent->shown.node.nodeType == WS_XML_NODE_TYPE_ELEMENT)
        around = &parent->shown.element;

    switch (node->nodeType)
    {
    case WS_XML_NODE_TYPE_ELEMENT:
        if ((hr = new_pair(heap, node->nodeType, WS_XML_NODE_TYPE_END_ELEMENT, &copy, error)) == S_OK)
            hr = xml_element_copy(heap, around, (const WS_XML_ELEMENT_NODE *)node, &copy->shown.element, error);
        break;
    case WS_XML_NODE_TYPE_TEXT:
        if ((hr = new_node(heap, node->nodeType, &copy, error)) == S_OK)
            hr = xml_text_copy(heap, ((const WS_XML_TEXT_NODE *)node)->text, &copy->shown.text.text, error);
        break;
    case WS_XML_NODE_TYPE_COMMENT:
        if ((hr = new_node(heap, node->nodeType, &copy, error)) == S_OK)
            hr = xml_string_copy(heap, &((const WS_XML_COMMENT_NODE *)node)->value, &copy->shown.comment.value, error);
        break;
    case WS_XML_NODE_TYPE_CDATA: hr = new_pair(heap, node->nodeType, WS_XML_NODE_TYPE_END_CDATA, &copy, error); break;
    default:
        hr = error_report(error, E_INVALIDARG, "A node of %s cannot be inserted into an XML buffer.",
                          constant_name(CONSTANT_NODE_TYPE, (uint32_t)node->nodeType).text);
        break;
    }
    if (hr == S_OK)
        *ret = copy;
    return hr;
}

HRESULT xml_buffer_insert(WS_XML_BUFFER *buffer, struct xml_node *place, const WS_XML_NODE *node,
                          struct xml_node **inserted, WS_ERROR *error)
{
    struct xml_node *copy = NULL;
    HRESULT hr = copy_node(buffer->heap, place->parent, node, &copy, error);

    if (hr != S_OK)
        return hr;
    link_before(place, copy);
    *inserted = copy;
    return S_OK;
}

HRESULT xml_buffer_copy(WS_HEAP *heap, const WS_XML_BUFFER *buffer, WS_XML_BUFFER **ret, WS_ERROR *error)
{
    struct xml_node *place, *inserted;
    const struct xml_node *node;
    WS_XML_BUFFER *copy = NULL;
    HRESULT hr;

    if ((hr = xml_buffer_create(heap, &copy, error)) != S_OK)
        return hr;
    place = copy->document->last_child;
    for (node = buffer->document->first_child; node; node = xml_node_following(node))
    {
        switch (node->shown.node.nodeType)
        {
        case WS_XML_NODE_TYPE_EOF: break;
        case WS_XML_NODE_TYPE_END_ELEMENT:
        case WS_XML_NODE_TYPE_END_CDATA:
            /* The end node is there already: it is the place. */
            place = place->parent->next;
            break;
        default:
            if ((hr = xml_buffer_insert(copy, place, &node->shown.node, &inserted, error)) != S_OK)
                return hr;
            if (inserted->last_child)
                place = inserted->last_child;
            break;
        }
    }
    *ret = copy;
    return S_OK;
}

HRESULT xml_buffer_remove(struct xml_node *node, WS_ERROR *error)
{
    struct xml_node *end, *inner;

    switch (node->shown.node.nodeType)
    {
    case WS_XML_NODE_TYPE_ELEMENT:
    case WS_XML_NODE_TYPE_TEXT:
    case WS_XML_NODE_TYPE_COMMENT:
    case WS_XML_NODE_TYPE_CDATA: break;
    default:
        return error_report(error, WS_E_INVALID_OPERATION,
                            "A node of %s cannot be removed: it begins or ends the document, or ends another node.",
                            constant_name(CONSTANT_NODE_TYPE, (uint32_t)node->shown.node.nodeType).text);
    }
    end = xml_node_after(node);
    unlink_node(node);
    /* The links inside stay as they are, so that the walk below finds its way; nobody may follow them later. */
    for (inner = node; inner && inner != end; inner = xml_node_following(inner))
        inner->tag = 0;
    return S_OK;
}

struct xml_node *xml_node_after(const struct xml_node *node)
{
    while (node && !node->next)
        node = node->parent;
    return node ? node->next : NULL;
}

struct xml_node *xml_node_following(const struct xml_node *node)
{
    return node->first_child ? node->first_child : xml_node_after(node);
}

/* The first element from a node on, in one direction among its siblings. */
static struct xml_node *find_element(struct xml_node *node, bool backwards)
{
    while (node && node->shown.node.nodeType != WS_XML_NODE_TYPE_ELEMENT)
        node = backwards ? node->previous : node->next;
    return node;
}

/* The element or the document around a node: a CDATA section does not count. */
static struct xml_node *element_around(struct xml_node *node)
{
    do
        node = node->parent;
    while (node && node->shown.node.nodeType == WS_XML_NODE_TYPE_CDATA);
    return node;
}

static struct xml_node *document_of(struct xml_node *node)
{
    while (node->parent)
        node = node->parent;
    return node;
}

struct xml_node *xml_node_move(struct xml_node *node, WS_MOVE_TO move_to)
{
    switch (move_to)
    {
    case WS_MOVE_TO_ROOT_ELEMENT: return find_element(document_of(node)->first_child, false);
    case WS_MOVE_TO_NEXT_ELEMENT: return find_element(node->next, false);
    case WS_MOVE_TO_PREVIOUS_ELEMENT: return find_element(node->previous, true);
    case WS_MOVE_TO_CHILD_ELEMENT: return find_element(node->first_child, false);
    case WS_MOVE_TO_END_ELEMENT: return node->shown.node.nodeType == WS_XML_NODE_TYPE_ELEMENT ? node->last_child : NULL;
    case WS_MOVE_TO_PARENT_ELEMENT: return element_around(node);
    case WS_MOVE_TO_NEXT_NODE: return node->next;
    case WS_MOVE_TO_PREVIOUS_NODE: return node->previous;
    case WS_MOVE_TO_FIRST_NODE: return node->parent ? node->parent->first_child : NULL;
    case WS_MOVE_TO_BOF: return document_of(node);
    case WS_MOVE_TO_EOF: return document_of(node)->last_child;
    case WS_MOVE_TO_CHILD_NODE: return node->first_child;
    default: return NULL;
    }
}

bool xml_node_is_after_element(const struct xml_node *node)
{
    return find_element(node->previous, true) != NULL;
}

HRESULT xml_position_check(const WS_XML_NODE_POSITION *position, const WS_XML_BUFFER *buffer, WS_ERROR *error)
{
    const struct xml_node *node;

    if (!position || !position->buffer || !position->node)
        return error_report(error, E_INVALIDARG, "The position, its buffer or its node is NULL.");
    if (buffer && position->buffer != buffer)
        return error_report(error, E_INVALIDARG, "The position is in the XML buffer %p, not in %p.",
                            (void *)position->buffer, (const void *)buffer);
    if (!handle_is(position->buffer, HANDLE_XML_BUFFER))
        return handle_refuse(position->buffer, HANDLE_XML_BUFFER, error);
    node = position->node;
    if (node->tag != XML_NODE_LIVE)
        return error_report(error, E_INVALIDARG, "The position's node %p has been removed from the XML buffer.",
                            (const void *)node);
    return S_OK;
}

static HRESULT create_xml_buffer(WS_HEAP *heap, const WS_XML_BUFFER_PROPERTY *properties, ULONG property_count,
                                 WS_XML_BUFFER **buffer, WS_ERROR *error)
{
    if (!handle_is(heap, HANDLE_HEAP))
        return handle_refuse(heap, HANDLE_HEAP, error);
    if (property_count)
        return error_report(error, E_INVALIDARG, "An XML buffer takes no properties; %u were passed, at %p.",
                            (unsigned)property_count, (const void *)properties);
    if (!buffer)
        return error_report(error, E_INVALIDARG, "The pointer that is to receive the XML buffer is NULL.");
    return xml_buffer_create(heap, buffer, error);
}

static HRESULT remove_node(const WS_XML_NODE_POSITION *position, WS_ERROR *error)
{
    HRESULT hr = xml_position_check(position, NULL, error);

    return hr == S_OK ? xml_buffer_remove(position->node, error) : hr;
}

/*
 * Creates an XML buffer without nodes, in a heap.
 *
 * properties, propertyCount: none are defined; the count must be 0.
 * buffer: receives the buffer, which lives until the heap is reset or freed. Untouched on failure.
 * Returns E_INVALIDARG (heap is not a live heap, buffer is NULL, propertyCount is not 0), WS_E_QUOTA_EXCEEDED,
 * E_OUTOFMEMORY.
 * Source: the page of WsCreateXmlBuffer.
 */
HRESULT WINAPI WsCreateXmlBuffer(WS_HEAP *heap, const WS_XML_BUFFER_PROPERTY *properties, ULONG propertyCount,
                                 WS_XML_BUFFER **buffer, WS_ERROR *error)
{
    HRESULT hr = create_xml_buffer(heap, properties, propertyCount, buffer, error);

    TRACE_RESULT(hr, error,
                 "WsCreateXmlBuffer(heap=%p, properties=%p, propertyCount=%u, buffer=%p, error=%p) = 0x%08x%s",
                 (void *)heap, (const void *)properties, (unsigned)propertyCount, (void *)buffer, (void *)error,
                 (unsigned)hr, trace_pointer(hr, "buffer", hr == S_OK ? *buffer : NULL).text);
    return hr;
}

/*
 * Removes a node from its XML buffer: an element with all that is in it, a CDATA section with its texts, or one text
 * or comment. Positions at or in what was removed are refused from then on.
 *
 * Returns E_INVALIDARG (nodePosition is NULL or empty, or its node has been removed), WS_E_INVALID_OPERATION (the
 * position is the beginning or the end of the document, or the end of an element or of a CDATA section).
 * Source: the page of WsRemoveNode.
 */
HRESULT WINAPI WsRemoveNode(const WS_XML_NODE_POSITION *nodePosition, WS_ERROR *error)
{
    HRESULT hr = remove_node(nodePosition, error);

    TRACE_RESULT(hr, error, "WsRemoveNode(nodePosition=%p, error=%p) = 0x%08x", (const void *)nodePosition,
                 (void *)error, (unsigned)hr);
    return hr;
}
