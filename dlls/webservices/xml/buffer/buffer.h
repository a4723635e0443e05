/* SPDX-License-Identifier: MIT */
/*
 * buffer.h - WS_XML_BUFFER: a tree of nodes in the caller's heap.
 *
 * A buffer has one document node (type BOF) whose last child is EOF. An element's last child is its END_ELEMENT, a
 * CDATA section is a CDATA node whose children are its texts and, last, END_CDATA. So every place that a reader or a
 * writer can stand at is a node, and "insert before" is the only way to insert. A position (WS_XML_NODE_POSITION) is
 * the buffer and one of these nodes.
 *
 * A removed node is unlinked but keeps its memory, as everything in a heap does; its tag is wiped, so that positions
 * that point to it or into it are refused.
 */
#ifndef WS_XML_BUFFER_BUFFER_H
#define WS_XML_BUFFER_BUFFER_H

#include "base/handle.h"
#include "base/heap.h"

#define XML_NODE_LIVE 0x65646f6eu /* "node" */

struct xml_node
{
    uint32_t tag;                 /* XML_NODE_LIVE, or 0 once removed */
    uint32_t attribute_room : 31; /* how many attributes the element's array has room for; 0: just those it has */
    uint32_t marked : 1;          /* for whoever has made the buffer; not copied with the node */
    struct xml_node *parent, *previous, *next, *first_child, *last_child;
    /*
     * What readers show: WS_XML_ELEMENT_NODE, WS_XML_TEXT_NODE, WS_XML_COMMENT_NODE or just the type. Last, because
     * there is memory only for what the type has.
     */
    union
    {
        WS_XML_NODE node;
        WS_XML_ELEMENT_NODE element;
        WS_XML_TEXT_NODE text;
        WS_XML_COMMENT_NODE comment;
    } shown;
};

struct _WS_XML_BUFFER
{
    uint32_t tag; /* HANDLE_XML_BUFFER; in the heap, so not from a pool: stale buffers die with their heap */
    WS_HEAP *heap;
    struct xml_node *document;
};

/* Makes an empty buffer in a heap: a document node and its EOF. */
HRESULT xml_buffer_create(WS_HEAP *heap, WS_XML_BUFFER **ret, WS_ERROR *error);

/*
 * Copies `node` (attributes, names and texts included, all into the buffer's heap) and inserts the copy before `place`,
 * which is not the document node. An element gets its END_ELEMENT, a CDATA its END_CDATA. *inserted is the copy.
 */
HRESULT xml_buffer_insert(WS_XML_BUFFER *buffer, struct xml_node *place, const WS_XML_NODE *node,
                          struct xml_node **inserted, WS_ERROR *error);

/* Makes a copy of a buffer, all of it in another heap. */
HRESULT xml_buffer_copy(WS_HEAP *heap, const WS_XML_BUFFER *buffer, WS_XML_BUFFER **ret, WS_ERROR *error);

/* Unlinks a node and all in it. The document, EOF and end nodes cannot be removed: WS_E_INVALID_OPERATION. */
HRESULT xml_buffer_remove(struct xml_node *node, WS_ERROR *error);

/* The node after a node and all in it; NULL after EOF and for the document. */
struct xml_node *xml_node_after(const struct xml_node *node);

/* The next node in document order, entering children; NULL after EOF. */
struct xml_node *xml_node_following(const struct xml_node *node);

/* Where WS_MOVE_TO leads from a node; NULL if there is no such node. Both readers and writers move by this. */
struct xml_node *xml_node_move(struct xml_node *node, WS_MOVE_TO move_to);

/* Whether an element is among the nodes before a node that have the same parent. */
bool xml_node_is_after_element(const struct xml_node *node);

/* Checks a caller's position: E_INVALIDARG unless it is live and of this buffer (of any, if buffer is NULL). */
HRESULT xml_position_check(const WS_XML_NODE_POSITION *position, const WS_XML_BUFFER *buffer, WS_ERROR *error);

/* Copies of strings and texts into a heap. */
HRESULT xml_string_copy(WS_HEAP *heap, const WS_XML_STRING *string, WS_XML_STRING *copy, WS_ERROR *error);
HRESULT xml_text_copy(WS_HEAP *heap, const WS_XML_TEXT *text, WS_XML_TEXT **ret, WS_ERROR *error);

#endif
