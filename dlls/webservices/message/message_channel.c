/* SPDX-License-Identifier: MIT */
/* message_channel.c - what channels do with messages beside what programs do; see message.h. */
#include "address.h"
#include "header_buffer.h"
#include "message_object.h"

HRESULT message_address(WS_MESSAGE *message, const WS_ENDPOINT_ADDRESS *address, WS_ERROR *error)
{
    return message->is_addressed ? S_OK : address_message(message, address, error);
}

static HRESULT add_header(WS_MESSAGE *message, const struct xml_node *header, WS_ERROR *error)
{
    const struct xml_node *node = header, *end = xml_node_after(header);
    struct xml_node *last = header_end(message)->previous, *place = header_end(message), *inserted = NULL;
    HRESULT hr;

    for (; node != end; node = xml_node_following(node))
    {
        if (node->shown.node.nodeType == WS_XML_NODE_TYPE_END_ELEMENT ||
            node->shown.node.nodeType == WS_XML_NODE_TYPE_END_CDATA)
        {
            place = place->parent->next;
            continue;
        }
        if ((hr = xml_buffer_insert(message->buffer, place, &node->shown.node, &inserted, error)) != S_OK)
        {
            header_drop(message, last, header_end(message));
            return hr;
        }
        if (inserted->last_child)
            place = inserted->last_child;
    }
    message->header->shown.element.isEmpty = FALSE;
    message->writer_place = NULL;
    return S_OK;
}

HRESULT message_add_headers(WS_MESSAGE *message, const WS_XML_BUFFER *headers, WS_ERROR *error)
{
    const struct xml_node *node;
    HRESULT hr;

    if (!handle_is(headers, HANDLE_XML_BUFFER))
        return handle_refuse(headers, HANDLE_XML_BUFFER, error);
    if ((hr = header_buffer_check(message, error)) != S_OK)
        return hr;
    for (node = headers->document->first_child; node; node = node->next)
        if (node->shown.node.nodeType == WS_XML_NODE_TYPE_ELEMENT && (hr = add_header(message, node, error)) != S_OK)
            return hr;
    return S_OK;
}

WS_MESSAGE_STATE message_state(const WS_MESSAGE *message)
{
    return message->state;
}

bool message_is_fault(const WS_MESSAGE *message)
{
    return message->is_fault;
}

WS_ADDRESSING_VERSION message_addressing_version(const WS_MESSAGE *message)
{
    return message->addressing_version;
}

WS_XML_READER *message_body_reader(const WS_MESSAGE *message)
{
    return message->body_reader;
}

WS_HEAP *message_heap(WS_MESSAGE *message)
{
    return &message->heap;
}

void message_hold(WS_MESSAGE *message)
{
    message_begin_use(message);
}

void message_let_go(WS_MESSAGE *message)
{
    message_end_use(message, S_OK);
}

void message_attach(WS_MESSAGE *message, WS_MESSAGE_DONE_CALLBACK gone, void *state)
{
    message->done = gone;
    message->done_state = state;
}

void message_detach(WS_MESSAGE *message, const void *state)
{
    if (!handle_is(message, HANDLE_MESSAGE) || message->done_state != state)
        return;
    message->done = NULL;
    message->done_state = NULL;
    if (message->state == WS_MESSAGE_STATE_READING || message->state == WS_MESSAGE_STATE_WRITING)
        message->state = WS_MESSAGE_STATE_DONE;
    message->body_reader = NULL;
    message->body_writer = NULL;
}
