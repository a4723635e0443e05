/* SPDX-License-Identifier: MIT */
/*
 * address.c - WsAddressMessage: an endpoint address becomes headers of a message; see message_object.h.
 *
 * Source: the pages of WsAddressMessage and WS_ENDPOINT_ADDRESS; WS-Addressing 1.0, SOAP binding, section 3.3. The
 * reference properties that an address of August 2004 may have are among its extensions, of which the concept page on
 * endpoint addresses says that they are not used to address a message.
 */
#include "address.h"

#include "base/text.h"
#include "base/trace.h"
#include "header.h"
#include "header_buffer.h"
#include "header_value.h"

/* --- What is in the address --- */

/* White space is text that does not matter. */
static bool is_text(const struct xml_node *node)
{
    const WS_XML_UTF8_TEXT *text;

    if (node->shown.node.nodeType != WS_XML_NODE_TYPE_TEXT)
        return node->shown.node.nodeType == WS_XML_NODE_TYPE_CDATA;
    text = (const WS_XML_UTF8_TEXT *)node->shown.text.text;
    return text->text.textType != WS_XML_TEXT_TYPE_UTF8 || !text_is_space(text->value.bytes, text->value.length);
}

/* Only elements can be headers. Comments between them do not matter. */
static HRESULT check_headers(const struct xml_node *first, WS_ERROR *error)
{
    const struct xml_node *node;

    for (node = first; node; node = node->next)
        if (is_text(node))
            return error_report(
                error, WS_E_INVALID_FORMAT,
                "The headers of the endpoint address are to be elements, and there is text among them.");
    return S_OK;
}

static HRESULT check_headers_buffer(const WS_MESSAGE *message, const WS_XML_BUFFER *buffer, WS_ERROR *error)
{
    if (!buffer)
        return S_OK;
    if (!handle_is(buffer, HANDLE_XML_BUFFER))
        return handle_refuse(buffer, HANDLE_XML_BUFFER, error);
    if (buffer == message->buffer)
        return error_report(error, E_INVALIDARG,
                            "The headers of the endpoint address are the header buffer of the message itself.");
    return S_OK;
}

static const struct xml_node *first_parameter(const WS_ENDPOINT_ADDRESS *address)
{
    return address->headers ? address->headers->document->first_child : NULL;
}

static HRESULT check_address(const WS_MESSAGE *message, const WS_ENDPOINT_ADDRESS *address, WS_ERROR *error)
{
    HRESULT hr;

    if (address->url.length && !address->url.chars)
        return error_report(error, E_INVALIDARG, "The URL of the endpoint address has the length %u, and is at NULL.",
                            (unsigned)address->url.length);
    if ((hr = check_headers_buffer(message, address->headers, error)) != S_OK)
        return hr;
    return check_headers(first_parameter(address), error);
}

/* --- Headers --- */

static HRESULT add_headers(WS_MESSAGE *message, const struct xml_node *first, WS_ERROR *error)
{
    const struct xml_node *node;
    HRESULT hr;

    for (node = first; node; node = node->next)
        if (node->shown.node.nodeType == WS_XML_NODE_TYPE_ELEMENT &&
            (hr = header_write_parameter(message, header_end(message), node, error)) != S_OK)
            return hr;
    return S_OK;
}

/* `place`: before the headers of the address, unless there is a To already. */
static HRESULT set_to(WS_MESSAGE *message, const WS_STRING *url, struct xml_node *place, WS_ERROR *error)
{
    const WS_XML_STRING *anonymous = &message->addressing->anonymous;
    const struct typed_source given = {WS_ELEMENT_TYPE_MAPPING, WS_STRING_TYPE, NULL, url};
    const struct typed_source none = {WS_ELEMENT_TYPE_MAPPING, WS_XML_STRING_TYPE, NULL, anonymous};

    if (!url->length && !anonymous->length)
        return S_OK;
    return header_set_value(message, WS_TO_HEADER, url->length ? &given : &none, place, error);
}

HRESULT address_message(WS_MESSAGE *message, const WS_ENDPOINT_ADDRESS *address, WS_ERROR *error)
{
    struct xml_node *last;
    HRESULT hr;

    if (address)
    {
        if ((hr = header_buffer_check(message, error)) != S_OK)
            return hr;
        last = header_end(message)->previous;
        /* What can fail comes first: once there is a new To, the old one is gone. */
        if ((hr = add_headers(message, first_parameter(address), error)) == S_OK)
            hr = set_to(message, &address->url, last ? last->next : message->header->first_child, error);
        if (hr != S_OK)
        {
            header_drop(message, last, header_end(message));
            return hr;
        }
    }
    message->is_addressed = TRUE;
    return S_OK;
}

static HRESULT address_given(WS_MESSAGE *message, const WS_ENDPOINT_ADDRESS *given, WS_ERROR *error)
{
    HRESULT hr;

    if ((given && (hr = check_address(message, given, error)) != S_OK) ||
        (hr = message_check_state(message, NOT_EMPTY, error)) != S_OK)
        return hr;
    if (message->is_addressed)
        return error_report(error, WS_E_INVALID_OPERATION, "The message has been addressed already.");
    return address_message(message, given, error);
}

/*
 * Addresses a message: adds the header To, or replaces it, and the headers that the address has, after all others. In
 * WS-Addressing 1.0 those get the attribute IsReferenceParameter. Its extensions and its identity are not looked at.
 *
 * address: NULL: no header is added, but the message counts as addressed. Without a URL: the anonymous address, or none
 *      with WS_ADDRESSING_VERSION_TRANSPORT.
 * Returns E_INVALIDARG (not a live message; in the address, characters at NULL or headers that are not a live XML
 * buffer), WS_E_INVALID_OPERATION (the message is empty, or has been addressed), WS_E_INVALID_FORMAT (text among the
 * headers of the address; there are several To; what XML cannot have), WS_E_QUOTA_EXCEEDED, E_OUTOFMEMORY. Nothing has
 * changed then.
 * Source: the page of WsAddressMessage; what is written for a URL, and NULL, observed on Windows; without a URL in
 * WS_ADDRESSING_VERSION_TRANSPORT, our choice.
 */
HRESULT WINAPI WsAddressMessage(WS_MESSAGE *message, const WS_ENDPOINT_ADDRESS *address, WS_ERROR *error)
{
    HRESULT hr = message_enter(message, error);

    if (hr == S_OK)
        hr = address_given(message, address, error);
    TRACE_RESULT(hr, error, "WsAddressMessage(message=%p, address=%p, error=%p) = 0x%08x", (void *)message,
                 (const void *)address, (void *)error, (unsigned)hr);
    return hr;
}
