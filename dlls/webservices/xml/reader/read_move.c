/* SPDX-License-Identifier: MIT */
/*
 * read_move.c - WsReadNode, WsSkipNode, WsReadToStartElement, WsReadStartElement, WsReadEndElement; see reader.h.
 */
#include "xml/reader/object.h"

#include "base/error.h"
#include "base/text.h"
#include "base/trace.h"
#include "xml/names.h"
#include "xml/trace_xml.h"

#include <stdio.h>
#include <string.h>

HRESULT reader_skip(WS_XML_READER *reader, WS_ERROR *error)
{
    ULONG depth = 0;
    HRESULT hr;

    /* A CDATA section has nodes inside, too, but only of elements is it documented that they are skipped. */
    if (reader->node->nodeType == WS_XML_NODE_TYPE_ELEMENT)
        do
        {
            depth += reader->node->nodeType == WS_XML_NODE_TYPE_ELEMENT;
            if ((hr = reader_next(reader, error)) != S_OK)
                return hr;
            depth -= reader->node->nodeType == WS_XML_NODE_TYPE_END_ELEMENT;
        } while (depth);
    return reader_next_or_later(reader, error);
}

HRESULT reader_skip_space(WS_XML_READER *reader, WS_ERROR *error)
{
    HRESULT hr;

    for (;;)
    {
        switch (reader->node->nodeType)
        {
        case WS_XML_NODE_TYPE_BOF:
        case WS_XML_NODE_TYPE_COMMENT: break;
        case WS_XML_NODE_TYPE_TEXT:
            if ((hr = reader_open_text(reader, error)) != S_OK)
                return hr;
            if (reader_has_leftovers(reader) || !text_is_space(reader->text_bytes, reader->text_length))
                return S_OK;
            break;
        default: return S_OK;
        }
        if ((hr = reader_next(reader, error)) != S_OK)
            return hr;
    }
}

/* What the reader is at, for sentences: "a text is there: "x"" and the like. */
#define NODE_ROOM 160
static const char *show_node(const WS_XML_NODE *node, char shown[NODE_ROOM])
{
    const WS_XML_ELEMENT_NODE *element = (const WS_XML_ELEMENT_NODE *)node;
    const WS_XML_UTF8_TEXT *text;
    char name[READER_NAME_ROOM];

    switch (node->nodeType)
    {
    case WS_XML_NODE_TYPE_ELEMENT:
        snprintf(shown, NODE_ROOM, "a start element is there: \"%s\"",
                 reader_show_name(element->prefix ? element->prefix : &xml_empty, element->localName, name));
        return shown;
    case WS_XML_NODE_TYPE_TEXT:
        text = (const WS_XML_UTF8_TEXT *)((const WS_XML_TEXT_NODE *)node)->text;
        if (text->text.textType != WS_XML_TEXT_TYPE_UTF8)
            return "a text is there";
        snprintf(shown, NODE_ROOM, "a text is there: \"%s\"",
                 text_excerpt(text->value.bytes, text->value.length, name));
        return shown;
    case WS_XML_NODE_TYPE_END_ELEMENT: return "an end element is there";
    case WS_XML_NODE_TYPE_COMMENT: return "a comment is there";
    case WS_XML_NODE_TYPE_CDATA: return "a CDATA section is there";
    case WS_XML_NODE_TYPE_END_CDATA: return "the end of a CDATA section is there";
    case WS_XML_NODE_TYPE_EOF: return "the end is there";
    default: return "the beginning is there";
    }
}

const char *reader_show_wanted(const char *what, const WS_XML_STRING *name, const WS_XML_STRING *ns,
                               char shown[READER_WANTED_ROOM])
{
    char name_excerpt[TEXT_EXCERPT_ROOM], ns_excerpt[TEXT_EXCERPT_ROOM];

    snprintf(shown, READER_WANTED_ROOM, "%s%s%s%s%s%s%s", what, name ? " \"" : "",
             name ? text_excerpt(name->bytes, name->length, name_excerpt) : "", name ? "\"" : "",
             !ns           ? ""
             : !ns->length ? " in no namespace"
                           : " of the namespace \"",
             ns && ns->length ? text_excerpt(ns->bytes, ns->length, ns_excerpt) : "", ns && ns->length ? "\"" : "");
    return shown;
}

/* Names only what was asked for. */
static COLD HRESULT not_found(WS_XML_READER *reader, const WS_XML_STRING *name, const WS_XML_STRING *ns,
                              WS_ERROR *error)
{
    const WS_XML_ELEMENT_NODE *element = (const WS_XML_ELEMENT_NODE *)reader->node;
    char wanted[READER_WANTED_ROOM], there[READER_WANTED_ROOM], node[NODE_ROOM];

    reader_show_wanted(name ? "The element" : "An element", name, ns, wanted);
    if (reader->node->nodeType != WS_XML_NODE_TYPE_ELEMENT)
        return reader_report(reader, WS_E_INVALID_FORMAT, error, "%s was expected, and %s.", wanted,
                             show_node(reader->node, node));
    return reader_report(reader, WS_E_INVALID_FORMAT, error, "%s was expected, and %s is there.", wanted,
                         reader_show_wanted("", element->localName, ns ? element->ns : NULL, there) + 1);
}

/* `wanted` is a node that has no name. */
static COLD HRESULT not_there(WS_XML_READER *reader, const char *wanted, WS_ERROR *error)
{
    char node[NODE_ROOM];

    return reader_report(reader, WS_E_INVALID_FORMAT, error, "%s was expected, and %s.", wanted,
                         show_node(reader->node, node));
}

HRESULT reader_check_strings(const WS_XML_STRING *name, const WS_XML_STRING *ns, WS_ERROR *error)
{
    if ((!name || !xml_string_is_broken(name)) && (!ns || !xml_string_is_broken(ns)))
        return S_OK;
    return error_report(error, E_INVALIDARG, "A name, prefix or namespace has a length, but its bytes are NULL.");
}

HRESULT reader_to_start_element(WS_XML_READER *reader, const WS_XML_STRING *name, const WS_XML_STRING *ns, BOOL *found,
                                WS_ERROR *error)
{
    const WS_XML_ELEMENT_NODE *element;
    BOOL matches = FALSE;
    HRESULT hr;

    if ((hr = reader_check_strings(name, ns, error)) != S_OK || (hr = reader_skip_space(reader, error)) != S_OK)
        return hr;
    if (reader->node->nodeType == WS_XML_NODE_TYPE_ELEMENT)
    {
        element = (const WS_XML_ELEMENT_NODE *)reader->node;
        matches = (!name || xml_string_equals(element->localName, name)) && (!ns || xml_string_equals(element->ns, ns));
    }
    if (!matches && !found)
        return not_found(reader, name, ns, error);
    if (found)
        *found = matches;
    return S_OK;
}

HRESULT reader_read_start_element(WS_XML_READER *reader, WS_ERROR *error)
{
    HRESULT hr;

    if ((hr = reader_skip_space(reader, error)) != S_OK)
        return hr;
    if (reader->node->nodeType != WS_XML_NODE_TYPE_ELEMENT)
        return not_there(reader, "A start element", error);
    return reader_next_or_later(reader, error);
}

HRESULT reader_read_end_element(WS_XML_READER *reader, WS_ERROR *error)
{
    HRESULT hr;

    if ((hr = reader_skip_space(reader, error)) != S_OK)
        return hr;
    if (reader->node->nodeType != WS_XML_NODE_TYPE_END_ELEMENT)
        return not_there(reader, "An end element", error);
    return reader_next_or_later(reader, error);
}

/*
 * Advances to the next node. In an attribute its text is followed by EOF.
 *
 * Returns E_INVALIDARG (reader is not a live reader), WS_E_OBJECT_FAULTED, WS_E_INVALID_OPERATION (no input is set, or
 * the reader is at EOF: our choice), WS_E_INVALID_FORMAT (the document is not well-formed, or has what the API does not
 * support), WS_E_QUOTA_EXCEEDED (a limit that a property sets; or a stream has not been filled far enough),
 * E_OUTOFMEMORY. Except by the first three, the reader is then faulted.
 * Source: the page of WsReadNode; of attributes, that of WsReadStartAttribute.
 */
HRESULT WINAPI WsReadNode(WS_XML_READER *reader, WS_ERROR *error)
{
    HRESULT hr = reader_enter(reader, error);

    if (LIKELY(hr == S_OK))
        hr = reader_finish(reader, reader_next(reader, error), error);
    TRACE_RESULT(hr, error, "WsReadNode(reader=%p, error=%p) = 0x%08x%s", (void *)reader, (void *)error, (unsigned)hr,
                 trace_out_node(hr, reader_reached(reader, hr)).text);
    return hr;
}

/*
 * Advances past an element and all in it, to the node after its end element; from any other node as WsReadNode() does.
 *
 * Returns as WsReadNode(). If a stream has not been filled up to the node after it, the next call reads that.
 * Source: the page of WsSkipNode.
 */
HRESULT WINAPI WsSkipNode(WS_XML_READER *reader, WS_ERROR *error)
{
    HRESULT hr = reader_enter(reader, error);

    if (hr == S_OK)
        hr = reader_finish(reader, reader_skip(reader, error), error);
    TRACE_RESULT(hr, error, "WsSkipNode(reader=%p, error=%p) = 0x%08x%s", (void *)reader, (void *)error, (unsigned)hr,
                 trace_out_node(hr, reader_reached(reader, hr)).text);
    return hr;
}

/*
 * Goes to a start element, if only white space and comments are before it.
 *
 * localName, ns: what it must be; NULL: anything.
 * found: receives whether it is there and is the right one; NULL: WS_E_INVALID_FORMAT is returned, and the reader
 *      faulted, if not. The reader stands on what it has found, right or wrong.
 * Returns as WsReadNode(), and WS_E_INVALID_FORMAT.
 * Source: the page of WsReadToStartElement.
 */
HRESULT WINAPI WsReadToStartElement(WS_XML_READER *reader, const WS_XML_STRING *localName, const WS_XML_STRING *ns,
                                    BOOL *found, WS_ERROR *error)
{
    HRESULT hr = reader_enter(reader, error);

    if (hr == S_OK)
        hr = reader_finish(reader, reader_to_start_element(reader, localName, ns, found, error), error);
    TRACE_RESULT(hr, error, "WsReadToStartElement(reader=%p, localName=%s, ns=%s, found=%p, error=%p) = 0x%08x%s%s",
                 (void *)reader, trace_xml_string(localName).text, trace_xml_string(ns).text, (void *)found,
                 (void *)error, (unsigned)hr, trace_bool(hr, "found", found).text,
                 trace_out_node(hr, reader_reached(reader, hr)).text);
    return hr;
}

/*
 * Advances past a start element, to the first node in it; white space and comments before it are passed.
 *
 * Returns as WsReadNode(), and WS_E_INVALID_FORMAT if there is no start element.
 * Source: the page of WsReadStartElement.
 */
HRESULT WINAPI WsReadStartElement(WS_XML_READER *reader, WS_ERROR *error)
{
    HRESULT hr = reader_enter(reader, error);

    if (hr == S_OK)
        hr = reader_finish(reader, reader_read_start_element(reader, error), error);
    TRACE_RESULT(hr, error, "WsReadStartElement(reader=%p, error=%p) = 0x%08x%s", (void *)reader, (void *)error,
                 (unsigned)hr, trace_out_node(hr, reader_reached(reader, hr)).text);
    return hr;
}

/*
 * Advances past an end element; white space and comments before it are passed.
 *
 * Returns as WsReadNode(), and WS_E_INVALID_FORMAT if there is no end element.
 * Source: the page of WsReadEndElement.
 */
HRESULT WINAPI WsReadEndElement(WS_XML_READER *reader, WS_ERROR *error)
{
    HRESULT hr = reader_enter(reader, error);

    if (hr == S_OK)
        hr = reader_finish(reader, reader_read_end_element(reader, error), error);
    TRACE_RESULT(hr, error, "WsReadEndElement(reader=%p, error=%p) = 0x%08x%s", (void *)reader, (void *)error,
                 (unsigned)hr, trace_out_node(hr, reader_reached(reader, hr)).text);
    return hr;
}
