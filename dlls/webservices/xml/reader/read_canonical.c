/* SPDX-License-Identifier: MIT */
/*
 * read_canonical.c - WsStartReaderCanonicalization, WsEndReaderCanonicalization; see reader.h and canonical.h.
 *
 * A node is canonicalized when the reader leaves it, whichever function moves it: all moves go through reader_next().
 * Without canonicalization that costs nothing: one test finds all work before a move, LEAVE_OBSERVER among it.
 *
 * When the reader leaves a node of a stream and the next one is not there yet, the node has been canonicalized already
 * (LEAVE_DONE): that is not repeated when the move is tried again. So canonicalization can end after an element without
 * any byte of the stream after it.
 */
#include "xml/reader/decoder.h"

#include "base/error.h"
#include "base/trace.h"
#include "xml/canonical/canonical.h"

/* --- What the canonical form asks for --- */

static HRESULT write(void *owner, const BYTE *bytes, size_t count, WS_ERROR *error)
{
    WS_XML_READER *reader = owner;
    WS_BYTES piece = {(ULONG)count, (BYTE *)bytes};
    ULONG mark = error_mark(error);
    /* If the reader is freed, that waits until the function that is at work returns. */
    enum reader_state before = reader_enter_callback(reader);
    HRESULT hr = reader->canonical.callback(reader->canonical.callback_state, &piece, 1, NULL, error);

    hr = reader_leave_callback(reader, before, hr, "canonicalization callback", mark, error);
    if (FAILED(hr))
        reader->state = READER_FAULTED; /* whatever the code: a piece is missing */
    return hr;
}

static const WS_XML_STRING *find(void *owner, const WS_XML_STRING *prefix)
{
    return reader_find_outer_namespace(owner, prefix);
}

/* The bytes of namespaces stay in the scope, or in the XML buffer. */
static const WS_XML_STRING *keep(void *owner, const WS_XML_ATTRIBUTE *attribute)
{
    const WS_XML_READER *reader = owner;

    return attribute->isXmlNs && !reader->tree ? reader_find_namespace(reader, attribute->prefix) : attribute->ns;
}

/* --- Where the reader is --- */

static bool is_at_top(const WS_XML_READER *reader)
{
    const struct xml_node *node;

    if (!reader->tree)
        return reader->scope.depth == (reader->node->nodeType == WS_XML_NODE_TYPE_ELEMENT);
    for (node = reader->tree_node->parent; node; node = node->parent)
        if (node->shown.node.nodeType == WS_XML_NODE_TYPE_ELEMENT)
            return false;
    return true;
}

/* At the top, and not at an element. */
static bool is_after_root(const WS_XML_READER *reader)
{
    return reader->tree ? xml_node_is_after_element(reader->tree_node) : reader->root_seen;
}

/* --- The observer --- */

static HRESULT leave(WS_XML_READER *reader, WS_ERROR *error)
{
    struct canonical *form = reader->canonical.form;

    switch (reader->node->nodeType)
    {
    case WS_XML_NODE_TYPE_ELEMENT:
        return canonical_element_start(form, (const WS_XML_ELEMENT_NODE *)reader->node, error);
    case WS_XML_NODE_TYPE_END_ELEMENT:
        if (!canonical_depth(form))
            return error_report(error, WS_E_INVALID_OPERATION,
                                "The reader cannot leave the element in which canonicalization was started.");
        return canonical_element_end(form, error);
    case WS_XML_NODE_TYPE_TEXT: return canonical_text(form, ((const WS_XML_TEXT_NODE *)reader->node)->text, error);
    case WS_XML_NODE_TYPE_COMMENT:
        return canonical_comment(form, &((const WS_XML_COMMENT_NODE *)reader->node)->value, error);
    default: return S_OK;
    }
}

/* Ends canonicalization without the bytes that are left. */
static void release(WS_XML_READER *reader)
{
    canonical_free(reader->canonical.form);
    reader->canonical.form = NULL;
    reader->observer = NULL;
    reader->leave_work &= ~(unsigned)LEAVE_OBSERVER;
}

static const struct reader_observer observer = {.leave = leave, .release = release};

/* --- The functions --- */

static HRESULT start(WS_XML_READER *reader, WS_WRITE_CALLBACK callback, void *callback_state,
                     const WS_XML_CANONICALIZATION_PROPERTY *properties, ULONG count, WS_ERROR *error)
{
    struct canonical_place place = {.owner = reader, .write = write, .find = find, .keep = keep};
    WS_XML_NODE_TYPE type = reader->node->nodeType;
    HRESULT hr;

    if (reader->canonical.form)
        return error_report(error, WS_E_INVALID_OPERATION, "Canonicalization has been started already.");
    if (reader->decoder->is_raw)
        return error_report(error, WS_E_INVALID_OPERATION, "Input that is raw has no canonical form.");
    if (reader->in_attribute)
        return error_report(error, WS_E_INVALID_OPERATION, "Canonicalization cannot be started inside an attribute.");
    if (!callback)
        return error_report(error, E_INVALIDARG, "The callback for canonical bytes is NULL.");
    place.at_beginning = type == WS_XML_NODE_TYPE_BOF;
    place.at_top = is_at_top(reader);
    place.after_root = place.at_top && type != WS_XML_NODE_TYPE_ELEMENT && is_after_root(reader);
    place.fragment = reader->properties.allow_fragment != FALSE;
    if ((hr = canonical_create(&place, properties, count, &reader->canonical.form, error)) != S_OK)
        return hr;
    reader->observer = &observer;
    reader->leave_work |= LEAVE_OBSERVER;
    if ((hr = canonical_look_around(reader->canonical.form, error)) != S_OK)
    {
        release(reader);
        return hr;
    }
    reader->canonical.callback = callback;
    reader->canonical.callback_state = callback_state;
    return S_OK;
}

static HRESULT end(WS_XML_READER *reader, WS_ERROR *error)
{
    struct canonical *form = reader->canonical.form;
    HRESULT hr;

    if (!form)
        return error_report(error, WS_E_INVALID_OPERATION, "Canonicalization has not been started.");
    if (reader->in_attribute)
        return error_report(error, WS_E_INVALID_OPERATION, "Canonicalization cannot be ended inside an attribute.");
    if (canonical_depth(form))
        return error_report(error, WS_E_INVALID_OPERATION,
                            "Canonicalization must end at the depth where it was started: the reader is %zu level%s "
                            "deeper.",
                            canonical_depth(form), canonical_depth(form) == 1 ? "" : "s");
    hr = canonical_finish(form, error);
    release(reader);
    return hr;
}

/*
 * Starts canonicalization: from the current node on, each node that the reader advances over, by whatever function,
 * goes to a callback in canonical form. Calls cannot be nested.
 *
 * writeCallback: is called synchronously, by the functions that advance and by WsEndReaderCanonicalization. The reader
 *      refuses all calls meanwhile; a failure faults it.
 * writeCallbackState: passed to it.
 * properties, propertyCount: ALGORITHM (exclusive, without comments), INCLUSIVE_PREFIXES (none; "" and "#default" mean
 *      the default namespace), OMITTED_ELEMENT (none), OUTPUT_BUFFER_SIZE (1024). They need not outlive the call.
 *
 * Until the end WsMoveReader and WsSetReaderPosition are WS_E_INVALID_OPERATION, and so is leaving the element that the
 * reader is in now. Functions that set another input, and WsFreeReader, end it without the bytes that are left.
 * Returns E_INVALIDARG (reader is not a live reader, writeCallback is NULL; a property that does not exist, with a
 * wrong size, or a value that is not valid), WS_E_INVALID_OPERATION (no input; started already; in an attribute; raw
 * input; an inclusive algorithm, and the reader is not at WS_XML_NODE_TYPE_BOF), WS_E_INVALID_FORMAT (an inclusive
 * prefix that is not a name; or the current node is pending, and as WsReadNode()), WS_E_OBJECT_FAULTED, E_OUTOFMEMORY.
 * Source: the page of WsStartReaderCanonicalization. It says to start at an element; that any node will do, and for all
 * algorithms the beginning too, is our choice.
 */
HRESULT WINAPI WsStartReaderCanonicalization(WS_XML_READER *reader, WS_WRITE_CALLBACK writeCallback,
                                             void *writeCallbackState,
                                             const WS_XML_CANONICALIZATION_PROPERTY *properties, ULONG propertyCount,
                                             WS_ERROR *error)
{
    HRESULT hr = reader_enter(reader, error);

    if (hr == S_OK)
        hr = start(reader, writeCallback, writeCallbackState, properties, propertyCount, error);
    TRACE_RESULT(hr, error,
                 "WsStartReaderCanonicalization(reader=%p, writeCallback=%s, writeCallbackState=%p, properties=%s, "
                 "propertyCount=%u, error=%p) = 0x%08x",
                 (void *)reader, writeCallback ? "set" : "NULL", writeCallbackState,
                 trace_properties(CONSTANT_CANONICALIZATION_PROPERTY, properties, propertyCount).text,
                 (unsigned)propertyCount, (void *)error, (unsigned)hr);
    return hr;
}

/*
 * Ends canonicalization, and hands out the canonical bytes that are left. The current node is not part of it.
 *
 * Returns E_INVALIDARG (reader is not a live reader), WS_E_INVALID_OPERATION (it has not been started; the reader is
 * not at the depth where it was, or in an attribute), WS_E_OBJECT_FAULTED, and what the callback returns, if that is a
 * failure: the reader is then faulted.
 * Source: the page of WsEndReaderCanonicalization.
 */
HRESULT WINAPI WsEndReaderCanonicalization(WS_XML_READER *reader, WS_ERROR *error)
{
    /* A pending node is after what was canonicalized: it need not be read. */
    HRESULT hr = reader_enter_content(reader, error);

    if (hr == S_OK)
        hr = reader_finish(reader, end(reader, error), error);
    TRACE_RESULT(hr, error, "WsEndReaderCanonicalization(reader=%p, error=%p) = 0x%08x", (void *)reader, (void *)error,
                 (unsigned)hr);
    return hr;
}
