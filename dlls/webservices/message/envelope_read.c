/* SPDX-License-Identifier: MIT */
/*
 * envelope_read.c - WsReadEnvelopeStart, WsReadEnvelopeEnd: an envelope from a reader of the program's, with its
 * headers into the header buffer; see message_object.h.
 *
 * Each node of the envelope is looked at by itself, and where the envelope is, is kept in the message: so reading can
 * stop wherever a stream has no more bytes, and go on when it has.
 *
 * What is between the parts of an envelope may be white space and comments (SOAP 1.2, part 1, section 5.1). A Header
 * may be missing; the buffer has one then.
 */
#include "message_object.h"

#include "base/text.h"
#include "base/trace.h"
#include "header_buffer.h"
#include "soap_fault.h"
#include "xml/reader/object.h"

/* --- What may not be there --- */

static COLD HRESULT misplaced(WS_XML_READER *reader, const char *where, WS_ERROR *error)
{
    const WS_XML_NODE *node = reader_node(reader);
    const WS_XML_ELEMENT_NODE *element = (const WS_XML_ELEMENT_NODE *)node;
    char name[TEXT_EXCERPT_ROOM], ns[TEXT_EXCERPT_ROOM];

    switch (node->nodeType)
    {
    case WS_XML_NODE_TYPE_ELEMENT:
        return reader_report(reader, WS_E_INVALID_FORMAT, error,
                             "An element \"%s\" of the namespace \"%s\" cannot be %s.",
                             text_excerpt(element->localName->bytes, element->localName->length, name),
                             text_excerpt(element->ns->bytes, element->ns->length, ns), where);
    case WS_XML_NODE_TYPE_EOF: return reader_report(reader, WS_E_INVALID_FORMAT, error, "The document ends %s.", where);
    default: return reader_report(reader, WS_E_INVALID_FORMAT, error, "There cannot be text %s.", where);
    }
}

static const char *const places[] = {
    [BEFORE_ENVELOPE] = "where the envelope is expected",
    [IN_ENVELOPE] = "in an envelope before its Body",
    [IN_HEADER] = "among the headers of a message",
    [AFTER_HEADER] = "after the Header of an envelope and before its Body",
    [IN_BODY] = "in the Body of an envelope beside its elements",
    [AFTER_BODY] = "in an envelope after its Body",
};

/* Whether the node is one that does not matter: white space, a comment, the beginning. */
static HRESULT is_nothing(WS_XML_READER *reader, bool *nothing, WS_ERROR *error)
{
    HRESULT hr;

    *nothing = true;
    switch (reader_node(reader)->nodeType)
    {
    case WS_XML_NODE_TYPE_BOF:
    case WS_XML_NODE_TYPE_COMMENT: return S_OK;
    case WS_XML_NODE_TYPE_TEXT:
        if ((hr = reader_open_text(reader, error)) == S_OK)
            *nothing = text_is_space(reader->text_bytes, reader->text_length);
        return hr;
    default: *nothing = false; return S_OK;
    }
}

/* --- The parts --- */

static bool is_part(const WS_MESSAGE *message, const WS_XML_ELEMENT_NODE *element, const WS_XML_STRING *local)
{
    return xml_string_equals(element->localName, local) && xml_string_equals(element->ns, &message->soap->ns);
}

static COLD HRESULT wrong_envelope(const WS_MESSAGE *message, WS_XML_READER *reader, WS_ERROR *error)
{
    const WS_XML_ELEMENT_NODE *element = (const WS_XML_ELEMENT_NODE *)reader_node(reader);
    const struct soap_version *other;
    char excerpt[TEXT_EXCERPT_ROOM];

    if (!xml_string_equals(element->localName, &soap_name_envelope))
        return reader_report(
            reader, WS_E_INVALID_FORMAT, error, "The element \"%s\" is there, and an Envelope %s was expected.",
            text_excerpt(element->localName->bytes, element->localName->length, excerpt), message->soap->name);
    soap_fault_version_mismatch(message, error);
    if ((other = soap_version_of(element->ns)))
        return reader_report(reader, WS_E_INVALID_FORMAT, error, "The envelope is one %s, and the message one %s.",
                             other->name, message->soap->name);
    return reader_report(reader, WS_E_INVALID_FORMAT, error,
                         "The envelope has the namespace \"%s\", and the message is one %s.",
                         text_excerpt(element->ns->bytes, element->ns->length, excerpt), message->soap->name);
}

static HRESULT take_envelope(WS_MESSAGE *message, WS_XML_READER *reader, const WS_XML_ELEMENT_NODE *element,
                             WS_ERROR *error)
{
    HRESULT hr;

    if (!is_part(message, element, &soap_name_envelope))
        return wrong_envelope(message, reader, error);
    if ((hr = xml_buffer_create(&message->heap, &message->buffer, error)) != S_OK)
        return hr;
    message->place = IN_ENVELOPE;
    return header_buffer_part(message, message->buffer->document->last_child, &soap_name_envelope, element,
                              &message->envelope, error);
}

static HRESULT take_header(WS_MESSAGE *message, const WS_XML_ELEMENT_NODE *element, WS_ERROR *error)
{
    HRESULT hr =
        header_buffer_part(message, message->envelope->last_child, &soap_name_header, element, &message->header, error);

    if (hr == S_OK)
        message->next = message->header->last_child;
    message->place = IN_HEADER;
    return hr;
}

static HRESULT take_body(WS_MESSAGE *message, WS_XML_READER *reader, const WS_XML_ELEMENT_NODE *element,
                         WS_ERROR *error)
{
    HRESULT hr;

    if (!message->header && (hr = header_buffer_part(message, message->envelope->last_child, &soap_name_header, NULL,
                                                     &message->header, error)) != S_OK)
        return hr;
    message->place = IN_BODY;
    message->body_depth = reader_depth(reader);
    return header_buffer_part(message, message->envelope->last_child, &soap_name_body, element, &message->body, error);
}

/* A node of a header, or an end. */
static HRESULT copy_node(WS_MESSAGE *message, const WS_XML_NODE *node, WS_ERROR *error)
{
    struct xml_node *inserted = NULL;
    HRESULT hr;

    if (node->nodeType == WS_XML_NODE_TYPE_END_ELEMENT || node->nodeType == WS_XML_NODE_TYPE_END_CDATA)
    {
        if (message->next == message->header->last_child)
            message->place = AFTER_HEADER;
        message->next = message->next->parent->next;
        return S_OK;
    }
    if ((hr = xml_buffer_insert(message->buffer, message->next, node, &inserted, error)) != S_OK)
        return hr;
    message->header->shown.element.isEmpty = FALSE;
    if (inserted->last_child)
        message->next = inserted->last_child;
    return S_OK;
}

/* --- The start --- */

static HRESULT take_element(WS_MESSAGE *message, WS_XML_READER *reader, const WS_XML_ELEMENT_NODE *element, bool *done,
                            WS_ERROR *error)
{
    switch (message->place)
    {
    case BEFORE_ENVELOPE: return take_envelope(message, reader, element, error);
    case IN_ENVELOPE:
        if (is_part(message, element, &soap_name_header))
            return take_header(message, element, error);
        /* fall through */
    case AFTER_HEADER:
        if (is_part(message, element, &soap_name_body))
            return take_body(message, reader, element, error);
        return misplaced(reader, places[message->place], error);
    default:
        /* The first element of the body. */
        message->is_fault = message->soap->ns.length && is_part(message, element, &soap_name_fault);
        *done = true;
        return S_OK;
    }
}

static COLD HRESULT no_body(WS_XML_READER *reader, WS_ERROR *error)
{
    return reader_report(reader, WS_E_INVALID_FORMAT, error, "The envelope ends without a Body.");
}

/* Looks at the node that the reader is at. *done: it is the first one in the body that matters. */
static HRESULT take_node(WS_MESSAGE *message, WS_XML_READER *reader, bool *done, WS_ERROR *error)
{
    const WS_XML_NODE *node = reader_node(reader);
    bool nothing;
    HRESULT hr;

    if (message->place == IN_HEADER && message->next != message->header->last_child)
        return copy_node(message, node, error);
    if ((hr = is_nothing(reader, &nothing, error)) != S_OK)
        return hr;
    if (node->nodeType == WS_XML_NODE_TYPE_ELEMENT && message->place != IN_HEADER)
        return take_element(message, reader, (const WS_XML_ELEMENT_NODE *)node, done, error);
    if (message->place == IN_HEADER &&
        (nothing || node->nodeType == WS_XML_NODE_TYPE_ELEMENT || node->nodeType == WS_XML_NODE_TYPE_END_ELEMENT))
        return copy_node(message, node, error);
    if (nothing)
        return S_OK;
    if (node->nodeType != WS_XML_NODE_TYPE_END_ELEMENT)
        return misplaced(reader, places[message->place], error);
    *done = message->place == IN_BODY;
    return *done ? S_OK : no_body(reader, error);
}

static HRESULT advance(WS_XML_READER *reader, WS_ERROR *error)
{
    if (reader->state == READER_PENDING)
        reader->state = READER_READY;
    return reader_next(reader, error);
}

static HRESULT read_start(WS_MESSAGE *message, WS_XML_READER *reader, WS_ERROR *error)
{
    HRESULT hr = reader->state == READER_PENDING ? advance(reader, error) : S_OK;
    bool done = false;

    while (hr == S_OK && (hr = take_node(message, reader, &done, error)) == S_OK && !done)
        hr = advance(reader, error);
    return hr;
}

/* Ends an operation on the reader, which is not faulted if it only has no more bytes. */
static HRESULT end_use(WS_XML_READER *reader, HRESULT hr, WS_ERROR *error)
{
    if (hr != READER_STARVED)
        return reader_end_use(reader, hr, error);
    reader_end_use(reader, S_OK, error);
    return hr;
}

HRESULT message_read_start(WS_MESSAGE *message, WS_XML_READER *reader, WS_ERROR *error)
{
    HRESULT hr;

    if (!handle_is(reader, HANDLE_XML_READER))
        return handle_refuse(reader, HANDLE_XML_READER, error);
    if ((hr = message_check_state(message, STATE(EMPTY), error)) != S_OK ||
        (hr = reader_enter_content(reader, error)) != S_OK)
        return hr;
    if (reader->tree && reader->tree == message->buffer)
        return error_report(error, WS_E_INVALID_OPERATION, "The reader reads the header buffer of the message itself.");
    reader_begin_use(reader);
    hr = end_use(reader, read_start(message, reader, error), error);
    if (hr == READER_STARVED)
        return hr;
    if (hr != S_OK)
    {
        message_clear(message);
        return hr;
    }
    message->state = WS_MESSAGE_STATE_READING;
    message->body_reader = reader;
    message->is_addressed = TRUE;
    return S_OK;
}

/* --- The end --- */

static HRESULT check_depth(const WS_MESSAGE *message, const WS_XML_READER *reader, WS_ERROR *error)
{
    size_t depth = reader_depth(reader);

    if (depth == message->body_depth)
        return S_OK;
    return error_report(error, WS_E_INVALID_OPERATION,
                        "The reader is at depth %zu, and the end of the body at %zu: %s.", depth, message->body_depth,
                        depth > message->body_depth ? "an element of the body has been entered and not left"
                                                    : "the body has been left already");
}

static HRESULT read_end(WS_MESSAGE *message, WS_XML_READER *reader, WS_ERROR *error)
{
    HRESULT hr = reader->state == READER_PENDING ? advance(reader, error) : S_OK;
    bool nothing;

    for (; hr == S_OK; hr = advance(reader, error))
    {
        if (message->place == IN_BODY && reader_node(reader)->nodeType == WS_XML_NODE_TYPE_END_ELEMENT)
        {
            if ((hr = check_depth(message, reader, error)) != S_OK)
                return hr;
            message->place = AFTER_BODY;
            continue;
        }
        if (reader_node(reader)->nodeType == WS_XML_NODE_TYPE_END_ELEMENT)
            return reader_next_or_later(reader, error);
        if ((hr = is_nothing(reader, &nothing, error)) != S_OK)
            return hr;
        if (!nothing)
            return misplaced(reader,
                             message->place == IN_BODY ? "where the end of the Body is expected" : places[AFTER_BODY],
                             error);
    }
    return hr;
}

HRESULT message_read_end(WS_MESSAGE *message, WS_ERROR *error)
{
    WS_XML_READER *reader = message->body_reader;
    HRESULT hr;

    if ((hr = message_check_state(message, STATE(READING), error)) != S_OK)
        return hr;
    if ((hr = reader_enter_content(reader, error)) == S_OK)
    {
        reader_begin_use(reader);
        hr = end_use(reader, read_end(message, reader, error), error);
        if (hr == READER_STARVED)
            return hr;
    }
    message->state = WS_MESSAGE_STATE_DONE;
    message->body_reader = NULL;
    return hr;
}

/* --- The exported functions --- */

/* What has not been filled far enough cannot be read, as with all functions that read. */
static HRESULT starved(WS_MESSAGE *message, WS_XML_READER *reader, WS_ERROR *error)
{
    message_clear(message);
    return reader_finish(reader, READER_STARVED, error);
}

/*
 * Reads a message up to its body, with the headers into the header buffer. It is in READING then, and the reader at the
 * first element in the body, or at the end of that.
 *
 * reader: before the envelope. It must last, as the BODY_READER, until the message is done with it. Of a stream, the
 *      first element of the body must have been filled.
 * doneCallback, doneCallbackState: is called once when the message is reset or freed; NULL: nothing is. Not if this
 *      fails.
 * Returns E_INVALIDARG (message or reader is not live), WS_E_INVALID_OPERATION (the message is not empty; the reader
 * has no input), WS_E_OBJECT_FAULTED, WS_E_INVALID_FORMAT (it is not an envelope of the message's version, of which the
 * error object gets a fault VersionMismatch; two Headers, no Body, text beside the elements), WS_E_QUOTA_EXCEEDED (the
 * message's heap; limits of the reader), and as WsReadNode(): the reader is faulted then. The message stays EMPTY.
 * Source: the page of WsReadEnvelopeStart; what need not be there, and where the reader is, observed on Windows; SOAP
 * 1.1, section 4.1; SOAP 1.2, part 1, section 5.1.
 */
HRESULT WINAPI WsReadEnvelopeStart(WS_MESSAGE *message, WS_XML_READER *reader, WS_MESSAGE_DONE_CALLBACK doneCallback,
                                   void *doneCallbackState, WS_ERROR *error)
{
    HRESULT hr = message_enter(message, error);

    if (hr == S_OK)
    {
        message_begin_use(message);
        if ((hr = message_read_start(message, reader, error)) == READER_STARVED)
            hr = starved(message, reader, error);
        if (hr == S_OK)
        {
            message->done = doneCallback;
            message->done_state = doneCallbackState;
        }
        hr = message_end_use(message, hr);
    }
    TRACE_RESULT(hr, error,
                 "WsReadEnvelopeStart(message=%p, reader=%p, doneCallback=%p, doneCallbackState=%p, error=%p) = 0x%08x",
                 (void *)message, (void *)reader, (void *)(uintptr_t)doneCallback, doneCallbackState, (void *)error,
                 (unsigned)hr);
    return hr;
}

/*
 * Reads the end of a message whose body has been read. It is DONE then, whatever this returns, and the reader after the
 * envelope.
 *
 * Returns E_INVALIDARG (not a live message; its reader has been freed), WS_E_INVALID_OPERATION (the message is not
 * being read; the reader is not in the body itself), WS_E_INVALID_FORMAT (there is more in the body, or after it),
 * WS_E_OBJECT_FAULTED, and as WsReadNode().
 * Source: the page of WsReadEnvelopeEnd.
 */
HRESULT WINAPI WsReadEnvelopeEnd(WS_MESSAGE *message, WS_ERROR *error)
{
    WS_XML_READER *reader;
    HRESULT hr = message_enter(message, error);

    if (hr == S_OK)
    {
        message_begin_use(message);
        reader = message->body_reader;
        if ((hr = message_read_end(message, error)) == READER_STARVED)
        {
            message->state = WS_MESSAGE_STATE_DONE;
            message->body_reader = NULL;
            hr = reader_finish(reader, READER_STARVED, error);
        }
        hr = message_end_use(message, hr);
    }
    TRACE_RESULT(hr, error, "WsReadEnvelopeEnd(message=%p, error=%p) = 0x%08x", (void *)message, (void *)error,
                 (unsigned)hr);
    return hr;
}
