/* SPDX-License-Identifier: MIT */
/*
 * read_position.c - positions in an XML buffer: WsGetReaderPosition, WsSetReaderPosition, WsMoveReader; see reader.h.
 */
#include "xml/reader/object.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/trace.h"
#include "xml/trace_xml.h"

static HRESULT check_movable(const WS_XML_READER *reader, WS_ERROR *error)
{
    if (!reader->tree)
        return error_report(error, WS_E_INVALID_OPERATION, "The reader's input is not an XML buffer.");
    if (reader->in_attribute)
        return error_report(error, WS_E_INVALID_OPERATION, "The reader is in an attribute, which is not a position.");
    return S_OK;
}

/* All between two places is canonicalized, so the reader cannot jump. */
static HRESULT check_free(const WS_XML_READER *reader, WS_ERROR *error)
{
    if (reader->canonical.form)
        return error_report(error, WS_E_INVALID_OPERATION, "The reader cannot be moved during canonicalization.");
    return S_OK;
}

static HRESULT get_position(const WS_XML_READER *reader, WS_XML_NODE_POSITION *position, WS_ERROR *error)
{
    HRESULT hr;

    if ((hr = check_movable(reader, error)) != S_OK)
        return hr;
    if (!position)
        return error_report(error, E_INVALIDARG, "The pointer that is to receive the position is NULL.");
    position->buffer = reader->tree;
    position->node = reader->tree_node;
    return S_OK;
}

/* The one thing that can be done with a reader whose node has been removed, even if it was in an attribute. */
static HRESULT set_position(WS_XML_READER *reader, const WS_XML_NODE_POSITION *position, WS_ERROR *error)
{
    bool in_tree = handle_is(reader, HANDLE_XML_READER) && reader->state == READER_TREE;
    HRESULT hr;

    if (!in_tree && (hr = reader_enter(reader, error)) != S_OK)
        return hr;
    if ((hr = check_free(reader, error)) != S_OK)
        return hr;
    if ((!in_tree || reader->tree_node->tag == XML_NODE_LIVE) && (hr = check_movable(reader, error)) != S_OK)
        return hr;
    if ((hr = xml_position_check(position, reader->tree, error)) != S_OK)
        return hr;
    reader->in_attribute = false;
    reader_tree_show(reader, position->node);
    return S_OK;
}

static HRESULT move(WS_XML_READER *reader, WS_MOVE_TO move_to, BOOL *found, WS_ERROR *error)
{
    struct xml_node *to;
    HRESULT hr;

    if ((hr = check_movable(reader, error)) != S_OK || (hr = check_free(reader, error)) != S_OK)
        return hr;
    if ((ULONG)move_to > WS_MOVE_TO_CHILD_NODE)
        return error_report(error, E_INVALIDARG, "There is no %s.",
                            constant_name(CONSTANT_MOVE_TO, (uint32_t)move_to).text);
    to = xml_node_move(reader->tree_node, move_to);
    if (!to && !found)
        return error_report(error, WS_E_INVALID_FORMAT, "The XML buffer has no node where %s leads.",
                            constant_name(CONSTANT_MOVE_TO, (uint32_t)move_to).text);
    if (to)
        reader_tree_show(reader, to);
    if (found)
        *found = to != NULL;
    return S_OK;
}

/*
 * Gets the position of a reader that reads an XML buffer.
 *
 * nodePosition: receives it; it can be used as long as the buffer and the node exist.
 * Returns E_INVALIDARG (reader is not a live reader, nodePosition is NULL), WS_E_INVALID_OPERATION (the input is not an
 * XML buffer, the node has been removed, or the reader is in an attribute), WS_E_OBJECT_FAULTED.
 * Source: the page of WsGetReaderPosition.
 */
HRESULT WINAPI WsGetReaderPosition(WS_XML_READER *reader, WS_XML_NODE_POSITION *nodePosition, WS_ERROR *error)
{
    HRESULT hr = reader_enter(reader, error);

    if (hr == S_OK)
        hr = get_position(reader, nodePosition, error);
    TRACE_RESULT(hr, error, "WsGetReaderPosition(reader=%p, nodePosition=%p, error=%p) = 0x%08x%s", (void *)reader,
                 (void *)nodePosition, (void *)error, (unsigned)hr,
                 trace_pointer(hr, "node", hr == S_OK ? nodePosition->node : NULL).text);
    return hr;
}

/*
 * Sets a reader to a position in the XML buffer that it reads, also when the node it was at has been removed.
 *
 * Returns E_INVALIDARG (reader is not a live reader; nodePosition is NULL, or in another buffer, or its node has been
 * removed), WS_E_INVALID_OPERATION (the input is not an XML buffer, the reader is in an attribute, or
 * canonicalization goes on), WS_E_OBJECT_FAULTED.
 * Source: the page of WsSetReaderPosition.
 */
HRESULT WINAPI WsSetReaderPosition(WS_XML_READER *reader, const WS_XML_NODE_POSITION *nodePosition, WS_ERROR *error)
{
    HRESULT hr = set_position(reader, nodePosition, error);

    TRACE_RESULT(hr, error, "WsSetReaderPosition(reader=%p, nodePosition=%p, error=%p) = 0x%08x", (void *)reader,
                 (const void *)nodePosition, (void *)error, (unsigned)hr);
    return hr;
}

/*
 * Moves a reader within the XML buffer that it reads.
 *
 * moveTo: where to, from the current node.
 * found: receives whether there is such a node; the reader stays where it is if not. NULL: that is WS_E_INVALID_FORMAT,
 *      which faults the reader.
 * Returns E_INVALIDARG (reader is not a live reader, unknown moveTo), WS_E_INVALID_FORMAT, WS_E_INVALID_OPERATION (the
 * input is not an XML buffer, the node has been removed, the reader is in an attribute, or canonicalization goes on),
 * WS_E_OBJECT_FAULTED.
 * Source: the pages of WsMoveReader and WS_MOVE_TO.
 */
HRESULT WINAPI WsMoveReader(WS_XML_READER *reader, WS_MOVE_TO moveTo, BOOL *found, WS_ERROR *error)
{
    HRESULT hr = reader_enter(reader, error);

    if (hr == S_OK)
        hr = reader_finish(reader, move(reader, moveTo, found, error), error);
    TRACE_RESULT(hr, error, "WsMoveReader(reader=%p, moveTo=%s, found=%p, error=%p) = 0x%08x%s%s", (void *)reader,
                 TRACE_NAME(MOVE_TO, moveTo), (void *)found, (void *)error, (unsigned)hr,
                 trace_bool(hr, "found", found).text, trace_out_node(hr, reader_reached(reader, hr)).text);
    return hr;
}
