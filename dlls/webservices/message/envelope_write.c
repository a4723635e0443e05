/* SPDX-License-Identifier: MIT */
/*
 * envelope_write.c - WsWriteEnvelopeStart, WsWriteEnvelopeEnd: the header buffer to a writer of the program's; see
 * message_object.h.
 *
 * What is written is what the buffer has at that time, up to the start tag of Body, which the writer holds back: an
 * envelope whose body stays empty has <Body/>. A Header without headers is not written (our choice: so it is in what
 * Windows sends over HTTP).
 */
#include "message_object.h"

#include "base/trace.h"
#include "header_buffer.h"
#include "xml/writer/state.h"
#include "xml/writer/writer.h"

static HRESULT write_element(WS_XML_WRITER *writer, const struct xml_node *element, WS_ERROR *error)
{
    const struct xml_node *node = element, *end = xml_node_after(element);
    HRESULT hr = S_OK;

    for (; node != end && hr == S_OK; node = xml_node_following(node))
        hr = writer_node(writer, &node->shown.node, error);
    return hr;
}

/* Whether a header stays in the message when its transport carries what it says. */
static bool goes_along(const WS_MESSAGE *message, const struct xml_node *header, bool without_addressing)
{
    return !without_addressing || header->shown.node.nodeType != WS_XML_NODE_TYPE_ELEMENT ||
           !xml_string_equals(header->shown.element.ns, &message->addressing->ns);
}

static HRESULT write_headers(const WS_MESSAGE *message, WS_XML_WRITER *writer, bool without_addressing, WS_ERROR *error)
{
    const struct xml_node *header = header_first(message), *end = header_end(message);
    HRESULT hr;

    while (header && !goes_along(message, header, without_addressing))
        header = header_next(header);
    if (!header)
        return S_OK;
    if ((hr = writer_node(writer, &message->header->shown.node, error)) != S_OK)
        return hr;
    for (header = message->header->first_child; header != end; header = header->next)
        if (goes_along(message, header, without_addressing) && (hr = write_element(writer, header, error)) != S_OK)
            return hr;
    return writer_end_element(writer, error);
}

static HRESULT write_start(WS_MESSAGE *message, WS_XML_WRITER *writer, bool without_addressing, WS_ERROR *error)
{
    HRESULT hr;

    if ((hr = writer_node(writer, &message->envelope->shown.node, error)) != S_OK ||
        (hr = write_headers(message, writer, without_addressing, error)) != S_OK ||
        (hr = writer_node(writer, &message->body->shown.node, error)) != S_OK)
        return hr;
    message->body_writer = writer;
    message->body_depth = writer->depth;
    message->state = WS_MESSAGE_STATE_WRITING;
    return S_OK;
}

HRESULT message_write_start(WS_MESSAGE *message, WS_XML_WRITER *writer, bool without_addressing, WS_ERROR *error)
{
    HRESULT hr;

    if (!handle_is(writer, HANDLE_XML_WRITER))
        return handle_refuse(writer, HANDLE_XML_WRITER, error);
    if ((hr = message_check_state(message, STATE(INITIALIZED), error)) != S_OK ||
        (hr = header_buffer_check(message, error)) != S_OK || (hr = writer_allows_element(writer, error)) != S_OK)
        return hr;
    if (writer_is_into(writer, message->buffer))
        return error_report(
            error, WS_E_INVALID_OPERATION,
            "The writer is set to the header buffer of the message, which cannot be written into itself.");
    writer_hold(writer);
    return writer_let_go(writer, write_start(message, writer, without_addressing, error));
}

/* Elements of the body that are still open would be ended in place of the envelope. */
static HRESULT write_end(const WS_MESSAGE *message, WS_XML_WRITER *writer, WS_ERROR *error)
{
    HRESULT hr;

    if ((hr = writer_ready(writer, error)) != S_OK)
        return hr;
    if (writer->depth != message->body_depth)
        return error_report(
            error, WS_E_INVALID_OPERATION, "The writer is at depth %zu, and the end of the body at %zu: %s.",
            writer->depth, message->body_depth,
            writer->depth > message->body_depth ? "elements of the body are open" : "the body has been ended already");
    if ((hr = writer_end_element(writer, error)) != S_OK)
        return hr;
    return writer_end_element(writer, error);
}

HRESULT message_write_end(WS_MESSAGE *message, WS_ERROR *error)
{
    WS_XML_WRITER *writer = message->body_writer;
    HRESULT hr = message_check_state(message, STATE(WRITING), error);

    if (hr != S_OK)
        return hr;
    message->state = WS_MESSAGE_STATE_DONE;
    message->body_writer = NULL;
    if (!handle_is(writer, HANDLE_XML_WRITER))
        return handle_refuse(writer, HANDLE_XML_WRITER, error);
    writer_hold(writer);
    return writer_let_go(writer, write_end(message, writer, error));
}

/*
 * Writes a message up to its body: the envelope with the headers that it has now. It is in WRITING then, and the writer
 * in the body.
 *
 * writer: where an element can be written. It must last, as the BODY_WRITER, until the message is done with it.
 * doneCallback, doneCallbackState: is called once when the message is reset or freed; NULL: nothing is. Not if this
 *      fails.
 * Returns E_INVALIDARG (message or writer is not live), WS_E_INVALID_OPERATION (the message is not INITIALIZED; the
 * writer has no output), WS_E_OBJECT_FAULTED, and as WsWriteNode(): the writer is faulted then. The state stays.
 * Source: the page of WsWriteEnvelopeStart; what is written observed on Windows.
 */
HRESULT WINAPI WsWriteEnvelopeStart(WS_MESSAGE *message, WS_XML_WRITER *writer, WS_MESSAGE_DONE_CALLBACK doneCallback,
                                    void *doneCallbackState, WS_ERROR *error)
{
    HRESULT hr = message_enter(message, error);

    if (hr == S_OK)
    {
        message_begin_use(message);
        if ((hr = message_write_start(message, writer, false, error)) == S_OK)
        {
            message->done = doneCallback;
            message->done_state = doneCallbackState;
        }
        hr = message_end_use(message, hr);
    }
    TRACE_RESULT(hr, error,
                 "WsWriteEnvelopeStart(message=%p, writer=%p, doneCallback=%p, doneCallbackState=%p, error=%p) = "
                 "0x%08x",
                 (void *)message, (void *)writer, (void *)(uintptr_t)doneCallback, doneCallbackState, (void *)error,
                 (unsigned)hr);
    return hr;
}

/*
 * Writes the end of a message that is being written. It is DONE then, whatever this returns.
 *
 * Returns E_INVALIDARG (not a live message; its writer has been freed), WS_E_INVALID_OPERATION (the message is not
 * being written; elements of the body are still open, or the body is not), WS_E_OBJECT_FAULTED, and as
 * WsWriteEndElement().
 * Source: the page of WsWriteEnvelopeEnd.
 */
HRESULT WINAPI WsWriteEnvelopeEnd(WS_MESSAGE *message, WS_ERROR *error)
{
    HRESULT hr = message_enter(message, error);

    if (hr == S_OK)
    {
        message_begin_use(message);
        hr = message_end_use(message, message_write_end(message, error));
    }
    TRACE_RESULT(hr, error, "WsWriteEnvelopeEnd(message=%p, error=%p) = 0x%08x", (void *)message, (void *)error,
                 (unsigned)hr);
    return hr;
}
