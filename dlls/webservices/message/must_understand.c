/* SPDX-License-Identifier: MIT */
/*
 * must_understand.c - WsCheckMustUnderstandHeaders, WsMarkHeaderAsUnderstood, WsGetHeaderAttributes; see
 * message_object.h.
 */
#include "message_object.h"

#include "base/text.h"
#include "base/trace.h"
#include "header_buffer.h"
#include "soap_fault.h"
#include "xml/reader/object.h"

#include <stdio.h>

/* --- Checking --- */

static COLD HRESULT not_understood(const WS_MESSAGE *message, const struct xml_node *header, ULONG others,
                                   WS_ERROR *error)
{
    const WS_XML_STRING *local = header->shown.element.localName, *ns = header->shown.element.ns;
    char name_excerpt[TEXT_EXCERPT_ROOM], ns_excerpt[TEXT_EXCERPT_ROOM], more[40] = "";

    soap_fault_must_understand(message, error);
    if (others)
        snprintf(more, sizeof(more), ", nor were %u others", (unsigned)others);
    return error_report(
        error, WS_E_INVALID_FORMAT, "The header \"%s\" of the namespace \"%s\" must be understood, and was not%s.",
        text_excerpt(local->bytes, local->length, name_excerpt), text_excerpt(ns->bytes, ns->length, ns_excerpt), more);
}

HRESULT message_check_understood(WS_MESSAGE *message, WS_ERROR *error)
{
    const struct xml_node *header, *first = NULL;
    ULONG count = 0;
    bool is;
    HRESULT hr;

    if ((hr = header_buffer_check(message, error)) != S_OK)
        return hr;
    for (header = header_first(message); header; header = header_next(header))
    {
        if ((hr = header_is_not_understood(message, header, &is, error)) != S_OK)
            return hr;
        if (is && !count++)
            first = header;
    }
    return first ? not_understood(message, first, count - 1, error) : S_OK;
}

static HRESULT mark_header(WS_MESSAGE *message, const WS_XML_NODE_POSITION *position, WS_ERROR *error)
{
    struct xml_node *header;
    HRESULT hr;

    if ((hr = xml_position_check(position, message->buffer, error)) != S_OK)
        return hr;
    header = position->node;
    if (header->shown.node.nodeType != WS_XML_NODE_TYPE_ELEMENT || header->parent != message->header)
        return error_report(error, E_INVALIDARG, "The position in the header buffer is not that of a header.");
    header->marked = true;
    return S_OK;
}

/* --- Attributes --- */

static HRESULT get_attributes(const WS_MESSAGE *message, const WS_XML_READER *reader, ULONG *flags, WS_ERROR *error)
{
    const WS_XML_NODE *node = reader_node(reader);
    struct header_attributes attributes;
    HRESULT hr;

    if (node->nodeType != WS_XML_NODE_TYPE_ELEMENT)
        return error_report(error, WS_E_INVALID_OPERATION, "The reader is not at a start element, as headers are.");
    if ((hr = header_get_attributes(message, (const WS_XML_ELEMENT_NODE *)node, &attributes, error)) == S_OK)
        *flags = header_flags(&attributes);
    return hr;
}

static HRESULT check_attributes_arguments(const WS_XML_READER *reader, const ULONG *flags, WS_ERROR *error)
{
    if (!handle_is(reader, HANDLE_XML_READER))
        return handle_refuse(reader, HANDLE_XML_READER, error);
    return flags ? S_OK : error_report(error, E_INVALIDARG, "The pointer that is to receive the attributes is NULL.");
}

/* --- The exported functions --- */

/*
 * Checks that all headers of a received message which must be understood have been: the standard ones, those that
 * WsGetCustomHeader has got, and those that WsMarkHeaderAsUnderstood was told. Those for another receiver do not count;
 * those for the next one, whoever that is, do.
 *
 * error: on WS_E_INVALID_FORMAT also gets the fault to answer with: MustUnderstand, and in SOAP 1.2 headers
 *      NotUnderstood.
 * Returns E_INVALIDARG (not a live message), WS_E_INVALID_OPERATION (it is not being read), WS_E_INVALID_FORMAT (one
 * was not understood, or an attribute of one is not valid).
 * Source: the page of WsCheckMustUnderstandHeaders; SOAP 1.1, section 4.2; SOAP 1.2, part 1, sections 2.4 and 5.4.8.
 */
HRESULT WINAPI WsCheckMustUnderstandHeaders(WS_MESSAGE *message, WS_ERROR *error)
{
    HRESULT hr = message_enter(message, error);

    if (hr == S_OK && (hr = message_check_state(message, STATE(READING), error)) == S_OK)
        hr = message_check_understood(message, error);
    TRACE_RESULT(hr, error, "WsCheckMustUnderstandHeaders(message=%p, error=%p) = 0x%08x", (void *)message,
                 (void *)error, (unsigned)hr);
    return hr;
}

/*
 * Says that a program has understood a header of a message that it reads, which it has not got with WsGetCustomHeader.
 *
 * headerPosition: of the header's element, in the header buffer.
 * Returns E_INVALIDARG (not a live message; headerPosition is NULL, or not that of a header), WS_E_INVALID_OPERATION
 * (the message is not being read).
 * Source: the page of WsMarkHeaderAsUnderstood.
 */
HRESULT WINAPI WsMarkHeaderAsUnderstood(WS_MESSAGE *message, const WS_XML_NODE_POSITION *headerPosition,
                                        WS_ERROR *error)
{
    HRESULT hr = message_enter(message, error);

    if (hr == S_OK && !headerPosition)
        hr = error_report(error, E_INVALIDARG, "The position of the header is NULL.");
    if (hr == S_OK && (hr = message_check_state(message, STATE(READING), error)) == S_OK)
        hr = mark_header(message, headerPosition, error);
    TRACE_RESULT(hr, error, "WsMarkHeaderAsUnderstood(message=%p, headerPosition=%p, error=%p) = 0x%08x",
                 (void *)message, (const void *)headerPosition, (void *)error, (unsigned)hr);
    return hr;
}

/*
 * Gets the flags WS_..._HEADER_ATTRIBUTE of a header, as the version of the message has them.
 *
 * reader: at the start element of the header, in whatever it reads.
 * Returns E_INVALIDARG (message or reader is not live, headerAttributes is NULL), WS_E_INVALID_OPERATION (the message
 * is empty, the reader is not at a start element, or has no input), WS_E_OBJECT_FAULTED, WS_E_INVALID_FORMAT (an
 * attribute has a value that it cannot have). *headerAttributes is untouched then.
 * Source: the page of WsGetHeaderAttributes.
 */
HRESULT WINAPI WsGetHeaderAttributes(WS_MESSAGE *message, WS_XML_READER *reader, ULONG *headerAttributes,
                                     WS_ERROR *error)
{
    HRESULT hr = message_enter(message, error);

    if (hr == S_OK && (hr = check_attributes_arguments(reader, headerAttributes, error)) == S_OK &&
        (hr = message_check_state(message, NOT_EMPTY, error)) == S_OK && (hr = reader_enter(reader, error)) == S_OK)
        hr = get_attributes(message, reader, headerAttributes, error);
    TRACE_RESULT(hr, error, "WsGetHeaderAttributes(message=%p, reader=%p, headerAttributes=%p, error=%p) = 0x%08x%s",
                 (void *)message, (void *)reader, (void *)headerAttributes, (void *)error, (unsigned)hr,
                 trace_ulong(hr, "headerAttributes", headerAttributes).text);
    return hr;
}
