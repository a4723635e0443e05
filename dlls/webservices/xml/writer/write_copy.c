/* SPDX-License-Identifier: MIT */
/*
 * write_copy.c - WsCopyNode: from a reader into a writer, whatever the encodings of the two are.
 *
 * The reader's nodes go to the writer as they are: a text keeps its type if the writer's encoding has that type, and
 * <a></a> stays <a></a>. Nothing of the document is kept in memory, whatever its depth and length are.
 *
 * Namespaces. The writer declares what the names of elements and attributes need. Names in values may rely on
 * declarations around the copied element, too. Those of type QNAME are known; characters are taken for a name if they
 * begin with a prefix in scope and a colon, as in xsi:type="p:T" and <faultcode>p:Client</faultcode>. In both cases the
 * prefix is declared on the start tag that the value is on or right after, unless it is bound to its namespace there
 * already. Other declarations around the element are not copied, and neither are xml:lang and xml:space.
 */
#include "base/error.h"
#include "base/text.h"
#include "base/trace.h"
#include "xml/name_in_text.h"
#include "xml/reader/reader.h"
#include "xml/writer/state.h"
#include "xml/writer/writer.h"
#include "xml/writer/writer_object.h"

struct copy
{
    struct reader_hold source;
    WS_XML_WRITER *writer;
    bool inherits; /* declarations around what is copied may matter */
    bool moved;    /* the reader has left the node it was at */
    bool written;  /* a node has got to the writer */
};

/* --- Namespaces that values rely on --- */

/* Has the pending start tag declare what a value relies on. */
static HRESULT declare_for_text(struct copy *copy, const WS_XML_TEXT *text, WS_ERROR *error)
{
    const WS_XML_QNAME_TEXT *qname = (const WS_XML_QNAME_TEXT *)text;
    const WS_XML_LIST_TEXT *list = (const WS_XML_LIST_TEXT *)text;
    BYTE room[XML_LONGEST_PREFIX];
    const WS_XML_STRING *ns;
    WS_XML_STRING prefix;
    HRESULT hr = S_OK;
    ULONG i;

    switch (text->textType)
    {
    case WS_XML_TEXT_TYPE_QNAME:
        if (qname->prefix && qname->ns)
            hr = writer_note(copy->writer, ROLE_RELIES, qname->prefix, qname->ns, error);
        return hr;
    case WS_XML_TEXT_TYPE_LIST:
        for (i = 0; i < list->itemCount && hr == S_OK; i++)
        {
            qname = (const WS_XML_QNAME_TEXT *)list->items[i];
            if (qname->text.textType == WS_XML_TEXT_TYPE_QNAME && qname->prefix && qname->ns)
                hr = writer_note(copy->writer, ROLE_OFFERED, qname->prefix, qname->ns, error);
        }
        return hr;
    default:
        if (xml_looks_like_qname(text, room, &prefix) && !xml_string_equals(&prefix, &xml_prefix_xmlns) &&
            (ns = reader_find_namespace(copy->source.reader, &prefix)) && ns->length)
            hr = writer_note(copy->writer, ROLE_OFFERED, &prefix, ns, error);
        return hr;
    }
}

/* Not inlined, so that the loop over nodes stays short for whole documents. */
static NOINLINE HRESULT declare_for_attributes(struct copy *copy, const WS_XML_ELEMENT_NODE *element, WS_ERROR *error)
{
    HRESULT hr = S_OK;
    ULONG i;

    for (i = 0; i < element->attributeCount && hr == S_OK; i++)
        if (!element->attributes[i]->isXmlNs)
            hr = declare_for_text(copy, element->attributes[i]->value, error);
    return hr;
}

/* --- Nodes --- */

static NOINLINE HRESULT copy_text_in_scope(struct copy *copy, const WS_XML_TEXT *text, WS_ERROR *error)
{
    HRESULT hr;

    if (text->textType == WS_XML_TEXT_TYPE_QNAME)
        return writer_copied_name(copy->writer, (const WS_XML_QNAME_TEXT *)text, error);
    if (writer_tag_is_pending(copy->writer) && copy->writer->inside != INSIDE_ATTRIBUTE &&
        (hr = declare_for_text(copy, text, error)) != S_OK)
        return hr;
    return writer_text(copy->writer, text, error);
}

static inline HRESULT write_one(struct copy *copy, WS_ERROR *error)
{
    const WS_XML_NODE *node = copy->source.node;
    HRESULT hr;

    if (UNLIKELY(copy->inherits) && node->nodeType == WS_XML_NODE_TYPE_TEXT)
        return copy_text_in_scope(copy, ((const WS_XML_TEXT_NODE *)node)->text, error);
    if ((hr = writer_node(copy->writer, node, error)) != S_OK)
        return hr;
    if (UNLIKELY(copy->inherits) && node->nodeType == WS_XML_NODE_TYPE_ELEMENT)
        return declare_for_attributes(copy, (const WS_XML_ELEMENT_NODE *)node, error);
    return S_OK;
}

static inline HRESULT copy_one(struct copy *copy, WS_ERROR *error)
{
    HRESULT hr = write_one(copy, error);

    return hr == S_OK && UNLIKELY(copy->source.freed) ? callback_freed("reader", error) : hr;
}

/*
 * Moves the reader on; the last time, the next node need not be there yet. It may call back the caller, who must not
 * use the writer then.
 */
static inline HRESULT advance(struct copy *copy, bool is_last, WS_ERROR *error)
{
    enum writer_state state = copy->writer->state;
    HRESULT hr;

    copy->moved = true;
    copy->writer->state = WRITER_BUSY;
    hr = reader_step(&copy->source, is_last, error);
    copy->writer->state = state;
    if (UNLIKELY(copy->writer->free_later) && !is_last && hr == S_OK)
        hr = callback_freed("writer", error);
    return hr;
}

static HRESULT copy_document(struct copy *copy, WS_ERROR *error)
{
    HRESULT hr;

    while ((hr = advance(copy, false, error)) == S_OK && copy->source.node->nodeType != WS_XML_NODE_TYPE_EOF)
    {
        if ((hr = copy_one(copy, error)) != S_OK)
            return hr;
        copy->written = true;
    }
    return hr;
}

static HRESULT copy_element(struct copy *copy, WS_ERROR *error)
{
    size_t depth = 0;
    HRESULT hr;

    for (;;)
    {
        depth += copy->source.node->nodeType == WS_XML_NODE_TYPE_ELEMENT;
        if ((hr = copy_one(copy, error)) != S_OK)
            return hr;
        copy->written = true;
        if (copy->source.node->nodeType == WS_XML_NODE_TYPE_END_ELEMENT && !--depth)
            return S_OK;
        if ((hr = advance(copy, false, error)) != S_OK)
            return hr;
    }
}

/* The writer's place in an XML buffer must not be inside the nodes that are read: the copy would never end. */
static HRESULT check_disjoint(const struct copy *copy, WS_ERROR *error)
{
    if (copy->writer->buffer && reader_contains(copy->source.reader, copy->writer->place))
        return error_report(error, WS_E_INVALID_OPERATION, "A node of an XML buffer cannot be copied into itself.");
    return S_OK;
}

static HRESULT copy_node(struct copy *copy, WS_ERROR *error)
{
    HRESULT hr;

    switch (copy->source.node->nodeType)
    {
    case WS_XML_NODE_TYPE_EOF:
        return error_report(error, WS_E_INVALID_OPERATION, "The reader is at the end: there is nothing to copy.");
    case WS_XML_NODE_TYPE_BOF:
        copy->inherits = false;
        if ((hr = check_disjoint(copy, error)) == S_OK)
            hr = copy_document(copy, error);
        break;
    case WS_XML_NODE_TYPE_ELEMENT:
        copy->inherits = reader_inherits(copy->source.reader);
        if ((hr = check_disjoint(copy, error)) == S_OK)
            hr = copy_element(copy, error);
        break;
    default: hr = copy_one(copy, error); break;
    }
    if (hr == S_OK)
        return copy->source.node->nodeType == WS_XML_NODE_TYPE_EOF ? S_OK : advance(copy, true, error);
    /* Half a copy is of no use: the caller cannot know where reader and writer are now. */
    if (copy->written)
        copy->writer->state = WRITER_FAULTED;
    if (copy->moved)
        reader_fault(copy->source.reader);
    return hr;
}

static HRESULT copy(WS_XML_WRITER *writer, WS_XML_READER *reader, WS_ERROR *error)
{
    struct copy copy = {.writer = writer, .inherits = true};
    HRESULT hr;

    if (!handle_is(writer, HANDLE_XML_WRITER))
        return handle_refuse(writer, HANDLE_XML_WRITER, error);
    /* The writer first: the check of the reader may read a pending node. */
    if ((hr = writer_ready(writer, error)) != S_OK)
        return hr;
    if ((hr = reader_hold(&copy.source, reader, error)) != S_OK)
        return hr;
    writer_hold(writer);
    hr = copy_node(&copy, error);
    reader_let_go(&copy.source);
    return writer_let_go(writer, hr);
}

/*
 * Copies the node that a reader is at to a writer: an element with all that is in it, at the beginning the whole
 * document, and otherwise just that node. The reader is then at the node after it; after a whole document, at its end.
 * A text is copied as it is shown, whether or not some of it has been read. In an attribute its value is copied as a
 * text.
 *
 * A whole document can be copied into an element: its beginning and end are not written.
 * Of a stream, what is copied must have been buffered; but if the node after it has not, the next call reads that.
 * Returns E_INVALIDARG (not a live writer, or reader), WS_E_INVALID_OPERATION (the reader is at the end, or has no
 * input; the writer has no output, or such a node is not allowed where it is; the writer is inside the nodes to be
 * copied, in the same XML buffer), WS_E_INVALID_FORMAT, WS_E_QUOTA_EXCEEDED, WS_E_OBJECT_FAULTED, E_OUTOFMEMORY, as
 * WsReadNode() and WsWriteNode() do. A writer into which a part was copied is faulted then, and so is a reader that has
 * left its node.
 * Source: the page of WsCopyNode; of nodes without content, and of namespaces, see the head of this file.
 */
HRESULT WINAPI WsCopyNode(WS_XML_WRITER *writer, WS_XML_READER *reader, WS_ERROR *error)
{
    HRESULT hr = copy(writer, reader, error);

    TRACE_RESULT(hr, error, "WsCopyNode(writer=%p, reader=%p, error=%p) = 0x%08x", (void *)writer, (void *)reader,
                 (void *)error, (unsigned)hr);
    return hr;
}
