/* SPDX-License-Identifier: MIT */
/*
 * body.c - WsWriteBody, WsReadBody, WsFlushBody, WsFillBody: values in the body of a message, on the program's writer
 * or reader; see message_object.h.
 */
#include "message_object.h"

#include "base/constants.h"
#include "base/trace.h"
#include "fault.h"
#include "xml/reader/object.h"
#include "xml/typed/typed.h"
#include "xml/writer/state.h"

/*
 * What a description says, with what it may leave to the message: the names and the description of a fault or an
 * endpoint address. Any other type without a name is not an element: a structure whose fields are the elements, bytes.
 */
struct body_value
{
    const WS_XML_STRING *name, *ns;
    WS_TYPE_MAPPING mapping;
    WS_TYPE type;
    const void *description;
    WS_FAULT_DESCRIPTION fault;
    WS_ENDPOINT_ADDRESS_DESCRIPTION address;
};

static void set_default(struct body_value *value, const WS_XML_STRING *name, const WS_XML_STRING *ns,
                        const void *description)
{
    if (!value->name)
        value->name = name;
    if (!value->ns)
        value->ns = ns;
    if (!value->description)
        value->description = description;
}

static HRESULT find_out(const WS_MESSAGE *message, const WS_ELEMENT_DESCRIPTION *given, struct body_value *value,
                        WS_ERROR *error)
{
    value->name = given->elementLocalName;
    value->ns = given->elementNs;
    value->type = given->type;
    value->description = given->typeDescription;
    value->mapping = WS_ELEMENT_TYPE_MAPPING;
    value->fault.envelopeVersion = message->envelope_version;
    value->address.addressingVersion = message->addressing_version;
    if (given->type == WS_FAULT_TYPE)
        set_default(value, &soap_name_fault, &message->soap->ns, &value->fault);
    else if (given->type == WS_ENDPOINT_ADDRESS_TYPE)
        set_default(value, &addressing_reference, &message->addressing->ns, &value->address);
    if (value->name || value->ns)
        return typed_check_names(value->name, value->ns, error);
    value->mapping = WS_ELEMENT_CONTENT_TYPE_MAPPING;
    return S_OK;
}

static COLD HRESULT no_description(WS_ERROR *error)
{
    return error_report(error, E_INVALIDARG, "The description of the body is NULL.");
}

/* --- Writing --- */

static HRESULT write_value(WS_XML_WRITER *writer, const struct body_value *value, const struct typed_source *source,
                           WS_ERROR *error)
{
    writer_hold(writer);
    return writer_let_go(writer, value->name ? typed_write_named(writer, source, value->name, value->ns, error)
                                             : typed_write(writer, source, error));
}

HRESULT message_write_body(WS_MESSAGE *message, const WS_ELEMENT_DESCRIPTION *description, WS_WRITE_OPTION option,
                           const void *given, ULONG size, WS_ERROR *error)
{
    struct body_value value;
    struct typed_source source;
    HRESULT hr;

    if (!handle_is(message->body_writer, HANDLE_XML_WRITER))
        return handle_refuse(message->body_writer, HANDLE_XML_WRITER, error);
    if ((hr = find_out(message, description, &value, error)) != S_OK ||
        (hr = typed_check_source(&source, value.mapping, value.type, value.description, option, given, size, error)) !=
            S_OK)
        return hr;
    return write_value(message->body_writer, &value, &source, error);
}

/* --- Reading --- */

static HRESULT check_option(const struct body_value *value, WS_READ_OPTION option, WS_ERROR *error)
{
    if (value->name || option == WS_READ_REQUIRED_VALUE || option == WS_READ_REQUIRED_POINTER)
        return S_OK;
    return error_report(error, E_INVALIDARG, "A value without an element of its name is required, unlike %s says.",
                        TRACE_NAME(READ_OPTION, option));
}

HRESULT message_read_body(WS_MESSAGE *message, const WS_ELEMENT_DESCRIPTION *description, WS_READ_OPTION option,
                          WS_HEAP *heap, void *to, ULONG size, WS_ERROR *error)
{
    WS_XML_READER *reader = message->body_reader;
    struct body_value value;
    struct typed_target target;
    HRESULT hr;

    if (!handle_is(reader, HANDLE_XML_READER))
        return handle_refuse(reader, HANDLE_XML_READER, error);
    if ((hr = find_out(message, description, &value, error)) != S_OK ||
        (hr = check_option(&value, option, error)) != S_OK ||
        (hr = typed_check_target(&target, value.mapping, value.type, value.description, option, heap, to, size,
                                 error)) != S_OK ||
        (hr = reader_enter(reader, error)) != S_OK)
        return hr;
    reader_begin_use(reader);
    hr = value.name ? typed_read_named(reader, &target, value.name, value.ns, error)
                    : typed_read(reader, &target, error);
    return reader_end_use(reader, hr, error);
}

/* --- For channels --- */

HRESULT message_receive_fault(WS_MESSAGE *message, WS_ERROR *error)
{
    static const WS_ELEMENT_DESCRIPTION any_fault = {NULL, NULL, WS_FAULT_TYPE, NULL};
    WS_XML_STRING action;
    WS_FAULT fault;
    HRESULT hr;

    if ((hr = message_check_state(message, STATE(READING), error)) != S_OK ||
        (hr = message_get_action(message, &action, error)) != S_OK ||
        (hr = message_read_body(message, &any_fault, WS_READ_REQUIRED_VALUE, &message->heap, &fault, sizeof(fault),
                                error)) != S_OK)
        return hr;
    return fault_received(error, &fault, action.length ? &action : NULL);
}

/* --- The exported functions --- */

/*
 * Writes a value into the body of a message that is being written. It may be called several times.
 *
 * bodyDescription: the element and its type. Of WS_FAULT_TYPE and WS_ENDPOINT_ADDRESS_TYPE the name, the namespace and
 *      the description may be NULL: they are those of the message's versions. If both names of another type are NULL,
 *      there is no element: of a WS_STRUCT_TYPE the fields are the elements.
 * writeOption, value, valueSize: as for WsWriteElement().
 * Returns E_INVALIDARG (not a live message; bodyDescription is NULL, or as for WsWriteElement(); the writer has been
 * freed), WS_E_INVALID_OPERATION (the message is not being written), and as WsWriteElement().
 * Source: the page of WsWriteBody; what is written observed on Windows.
 */
HRESULT WINAPI WsWriteBody(WS_MESSAGE *message, const WS_ELEMENT_DESCRIPTION *bodyDescription,
                           WS_WRITE_OPTION writeOption, const void *value, ULONG valueSize, WS_ERROR *error)
{
    HRESULT hr = message_enter(message, error);

    if (hr == S_OK && !bodyDescription)
        hr = no_description(error);
    if (hr == S_OK && (hr = message_check_state(message, STATE(WRITING), error)) == S_OK)
    {
        message_begin_use(message);
        hr = message_end_use(message,
                             message_write_body(message, bodyDescription, writeOption, value, valueSize, error));
    }
    TRACE_RESULT(hr, error,
                 "WsWriteBody(message=%p, bodyDescription=%p, writeOption=%s, value=%p, valueSize=%u, error=%p) = "
                 "0x%08x",
                 (void *)message, (const void *)bodyDescription, TRACE_NAME(WRITE_OPTION, writeOption), value,
                 (unsigned)valueSize, (void *)error, (unsigned)hr);
    return hr;
}

/*
 * Reads a value from the body of a message that is being read. It may be called several times.
 *
 * bodyDescription: as for WsWriteBody().
 * readOption, heap, value, valueSize: as for WsReadElement(); without an element the value is required.
 * Returns E_INVALIDARG (not a live message; bodyDescription is NULL, or as for WsReadElement(); the reader has been
 * freed), WS_E_INVALID_OPERATION (the message is not being read), and as WsReadElement().
 * Source: the page of WsReadBody; that the description is looked at first, observed on Windows.
 */
HRESULT WINAPI WsReadBody(WS_MESSAGE *message, const WS_ELEMENT_DESCRIPTION *bodyDescription, WS_READ_OPTION readOption,
                          WS_HEAP *heap, void *value, ULONG valueSize, WS_ERROR *error)
{
    HRESULT hr = message_enter(message, error);

    if (hr == S_OK && !bodyDescription)
        hr = no_description(error);
    if (hr == S_OK && (hr = message_check_state(message, STATE(READING), error)) == S_OK)
    {
        message_begin_use(message);
        hr = message_end_use(message,
                             message_read_body(message, bodyDescription, readOption, heap, value, valueSize, error));
    }
    TRACE_RESULT(hr, error,
                 "WsReadBody(message=%p, bodyDescription=%p, readOption=%s, heap=%p, value=%p, valueSize=%u, "
                 "error=%p) = 0x%08x",
                 (void *)message, (const void *)bodyDescription, TRACE_NAME(READ_OPTION, readOption), (void *)heap,
                 value, (unsigned)valueSize, (void *)error, (unsigned)hr);
    return hr;
}

/*
 * Flushes the writer of a message that is being written, as WsFlushWriter() does.
 *
 * Returns E_INVALIDARG (not a live message; the writer has been freed), WS_E_INVALID_OPERATION (the message is not
 * being written), and as WsFlushWriter().
 * Source: the page of WsFlushBody.
 */
HRESULT WINAPI WsFlushBody(WS_MESSAGE *message, ULONG minSize, const WS_ASYNC_CONTEXT *asyncContext, WS_ERROR *error)
{
    HRESULT hr = message_enter(message, error);

    if (hr == S_OK && (hr = message_check_state(message, STATE(WRITING), error)) == S_OK)
        hr = handle_is(message->body_writer, HANDLE_XML_WRITER)
                 ? writer_flush(message->body_writer, minSize, asyncContext, error)
                 : handle_refuse(message->body_writer, HANDLE_XML_WRITER, error);
    TRACE_RESULT(hr, error, "WsFlushBody(message=%p, minSize=%u, asyncContext=%p, error=%p) = 0x%08x", (void *)message,
                 (unsigned)minSize, (const void *)asyncContext, (void *)error, (unsigned)hr);
    return hr;
}

/*
 * Fills the reader of a message that is being read, as WsFillReader() does.
 *
 * Returns E_INVALIDARG (not a live message; the reader has been freed), WS_E_INVALID_OPERATION (the message is not
 * being read), and as WsFillReader().
 * Source: the page of WsFillBody.
 */
HRESULT WINAPI WsFillBody(WS_MESSAGE *message, ULONG minSize, const WS_ASYNC_CONTEXT *asyncContext, WS_ERROR *error)
{
    HRESULT hr = message_enter(message, error);

    if (hr == S_OK && (hr = message_check_state(message, STATE(READING), error)) == S_OK)
        hr = reader_fill(message->body_reader, minSize, asyncContext, error);
    TRACE_RESULT(hr, error, "WsFillBody(message=%p, minSize=%u, asyncContext=%p, error=%p) = 0x%08x", (void *)message,
                 (unsigned)minSize, (const void *)asyncContext, (void *)error, (unsigned)hr);
    return hr;
}
