/* SPDX-License-Identifier: MIT */
/* header.c - WsGetHeader, WsSetHeader, WsRemoveHeader: standard headers; see message_object.h. */
#include "header.h"

#include "base/constants.h"
#include "base/trace.h"
#include "header_buffer.h"
#include "header_value.h"
#include "xml/names.h"

/* --- What can be asked for --- */

static HRESULT check_type(const WS_MESSAGE *message, WS_HEADER_TYPE type, WS_ERROR *error)
{
    const struct header_kind *kind = header_kind(type);

    if (!kind)
        return error_report(error, E_INVALIDARG, "There is no %s.", TRACE_NAME(HEADER_TYPE, type));
    if (message->addressing->is_transport && !kind->in_transport)
        return error_report(error, E_INVALIDARG, "%s does not exist in WS_ADDRESSING_VERSION_TRANSPORT.",
                            TRACE_NAME(HEADER_TYPE, type));
    return S_OK;
}

static HRESULT check_value_type(WS_HEADER_TYPE type, WS_TYPE value_type, WS_ERROR *error)
{
    if ((unsigned)value_type < 64 && (header_kind(type)->types >> value_type & 1))
        return S_OK;
    return error_report(error, E_INVALIDARG, "%s cannot be used with %s.", TRACE_NAME(HEADER_TYPE, type),
                        TRACE_NAME(TYPE, value_type));
}

static COLD HRESULT cannot_be_nil(WS_HEADER_TYPE type, const char *option, WS_ERROR *error)
{
    return error_report(error, E_INVALIDARG, "%s cannot be used with %s.", TRACE_NAME(HEADER_TYPE, type), option);
}

/* Only of endpoint addresses it is looked at. */
static WS_ENDPOINT_ADDRESS_DESCRIPTION describe(const WS_MESSAGE *message)
{
    WS_ENDPOINT_ADDRESS_DESCRIPTION description = {message->addressing_version};

    return description;
}

/* --- Finding and getting --- */

HRESULT header_find_kind(const WS_MESSAGE *message, WS_HEADER_TYPE type, struct xml_node **header, WS_ERROR *error)
{
    const struct header_kind *kind = header_kind(type);
    const struct header_search search = {&kind->name, &message->addressing->ns, true, 0};

    *header = NULL;
    if (message->addressing->is_transport && !kind->in_transport)
        return S_OK;
    return header_find(message, &search, header, error);
}

HRESULT header_get_address(WS_MESSAGE *message, WS_HEADER_TYPE type, WS_HEAP *heap, WS_ENDPOINT_ADDRESS **address,
                           WS_ERROR *error)
{
    const WS_ENDPOINT_ADDRESS_DESCRIPTION description = describe(message);
    struct typed_target target;
    struct xml_node *header;
    HRESULT hr;

    *address = NULL;
    if ((hr = header_find_kind(message, type, &header, error)) != S_OK || !header)
        return hr;
    if ((hr = typed_check_target(&target, WS_ELEMENT_TYPE_MAPPING, WS_ENDPOINT_ADDRESS_TYPE, &description,
                                 WS_READ_REQUIRED_POINTER, heap, address, sizeof(*address), error)) != S_OK)
        return hr;
    return header_read(message, message->buffer, header, &header_kind(type)->name, &target, error);
}

/* Observed on Windows: a header that is required and missing is found out before the value is looked at. */
static HRESULT get_header(WS_MESSAGE *message, WS_HEADER_TYPE type, WS_TYPE value_type, WS_READ_OPTION option,
                          WS_HEAP *heap, void *value, ULONG size, WS_ERROR *error)
{
    const WS_ENDPOINT_ADDRESS_DESCRIPTION description = describe(message);
    struct typed_target target;
    struct xml_node *header;
    HRESULT hr;

    if ((hr = check_value_type(type, value_type, error)) != S_OK)
        return hr;
    if (option == WS_READ_NILLABLE_POINTER || option == WS_READ_NILLABLE_VALUE)
        return cannot_be_nil(type, TRACE_NAME(READ_OPTION, option), error);
    if (option < WS_READ_REQUIRED_VALUE || option > WS_READ_OPTIONAL_POINTER)
        return error_report(error, E_INVALIDARG, "There is no %s.", TRACE_NAME(READ_OPTION, option));
    if ((hr = header_find_kind(message, type, &header, error)) != S_OK)
        return hr;
    if (!header && option != WS_READ_OPTIONAL_POINTER)
        return header_missing(&header_kind(type)->name, 0, error);
    if ((hr = typed_check_target(&target, WS_ELEMENT_TYPE_MAPPING, value_type,
                                 value_type == WS_ENDPOINT_ADDRESS_TYPE ? &description : NULL, option,
                                 heap ? heap : &message->heap, value, size, error)) != S_OK)
        return hr;
    if (!header)
        return typed_missing(&target, error);
    if (value_type != WS_ENDPOINT_ADDRESS_TYPE)
        return header_read_uri(message, header, &header_kind(type)->name, &target, error);
    return header_read(message, message->buffer, header, &header_kind(type)->name, &target, error);
}

/* --- Setting and removing --- */

/* In place of the old one, which stays until the new one is complete. */
HRESULT header_set_value(WS_MESSAGE *message, WS_HEADER_TYPE type, const struct typed_source *value,
                         struct xml_node *place, WS_ERROR *error)
{
    const struct header_kind *kind = header_kind(type);
    const struct header_source source = {&kind->name, &message->addressing->ns, kind->must_understand, false, *value};
    struct xml_node *old;
    HRESULT hr;

    if ((hr = header_find_kind(message, type, &old, error)) != S_OK ||
        (hr = header_write(message, message->buffer, old ? old : place, &source, NULL, error)) != S_OK)
        return hr;
    if (old && old->tag == XML_NODE_LIVE)
        header_remove(message, old);
    return S_OK;
}

HRESULT header_set(WS_MESSAGE *message, WS_HEADER_TYPE type, WS_TYPE value_type, const void *value, WS_ERROR *error)
{
    const WS_ENDPOINT_ADDRESS_DESCRIPTION description = describe(message);
    const struct typed_source source = {WS_ELEMENT_TYPE_MAPPING, value_type,
                                        value_type == WS_ENDPOINT_ADDRESS_TYPE ? &description : NULL, value};

    return header_set_value(message, type, &source, header_end(message), error);
}

/* Observed on Windows: all arguments are checked before the state. */
static HRESULT set_header(WS_MESSAGE *message, WS_HEADER_TYPE type, WS_TYPE value_type, WS_WRITE_OPTION option,
                          const void *value, ULONG size, WS_ERROR *error)
{
    const WS_ENDPOINT_ADDRESS_DESCRIPTION description = describe(message);
    struct typed_source source;
    HRESULT hr;

    if ((hr = check_type(message, type, error)) != S_OK || (hr = check_value_type(type, value_type, error)) != S_OK)
        return hr;
    if (option == WS_WRITE_NILLABLE_POINTER || option == WS_WRITE_NILLABLE_VALUE)
        return cannot_be_nil(type, TRACE_NAME(WRITE_OPTION, option), error);
    if ((hr = typed_check_source(&source, WS_ELEMENT_TYPE_MAPPING, value_type,
                                 value_type == WS_ENDPOINT_ADDRESS_TYPE ? &description : NULL, option, value, size,
                                 error)) != S_OK ||
        (hr = message_check_state(message, NOT_EMPTY, error)) != S_OK ||
        (hr = header_buffer_check(message, error)) != S_OK)
        return hr;
    return header_set_value(message, type, &source, header_end(message), error);
}

/* Observed on Windows: the state is checked first. */
static HRESULT remove_header(WS_MESSAGE *message, WS_HEADER_TYPE type, WS_ERROR *error)
{
    struct xml_node *header;
    HRESULT hr;

    if ((hr = message_check_state(message, NOT_EMPTY, error)) != S_OK ||
        (hr = check_type(message, type, error)) != S_OK ||
        (hr = header_find_kind(message, type, &header, error)) != S_OK)
        return hr;
    if (header)
        header_remove(message, header);
    return S_OK;
}

/* --- For channels --- */

HRESULT message_get_uri(WS_MESSAGE *message, WS_HEADER_TYPE type, WS_XML_STRING *uri, WS_ERROR *error)
{
    struct typed_target target;
    struct xml_node *header;
    HRESULT hr;

    if ((hr = header_find_kind(message, type, &header, error)) != S_OK)
        return hr;
    if (!header)
    {
        *uri = xml_empty;
        return S_OK;
    }
    if ((hr = typed_check_target(&target, WS_ELEMENT_TYPE_MAPPING, WS_XML_STRING_TYPE, NULL, WS_READ_REQUIRED_VALUE,
                                 &message->heap, uri, sizeof(*uri), error)) != S_OK)
        return hr;
    return header_read_uri(message, header, &header_kind(type)->name, &target, error);
}

HRESULT message_get_action(WS_MESSAGE *message, WS_XML_STRING *action, WS_ERROR *error)
{
    return message_get_uri(message, WS_ACTION_HEADER, action, error);
}

HRESULT message_set_action(WS_MESSAGE *message, const WS_XML_STRING *action, WS_ERROR *error)
{
    HRESULT hr = header_buffer_check(message, error);

    return hr == S_OK ? header_set(message, WS_ACTION_HEADER, WS_XML_STRING_TYPE, action, error) : hr;
}

/* --- The exported functions --- */

/*
 * Gets the value of a standard header, of those for the ultimate receiver.
 *
 * valueType: one that the page of WS_HEADER_TYPE names for the type.
 * readOption: not one for nil. With WS_READ_OPTIONAL_POINTER it may be missing: the value is NULL then.
 * heap: for what the value refers to; NULL: that of the message.
 * value: untouched on failure.
 * Returns E_INVALIDARG (not a live message or heap, a type that does not exist or goes not with the others, an option,
 * a wrong size), WS_E_INVALID_OPERATION (the message is empty), WS_E_INVALID_FORMAT (the header is required and
 * missing, occurs twice, or is not such a value), WS_E_QUOTA_EXCEEDED (MAX_PROCESSED_HEADERS; the heap), E_OUTOFMEMORY.
 * Source: the pages of WsGetHeader and WS_HEADER_TYPE; the order of checks observed on Windows.
 */
HRESULT WINAPI WsGetHeader(WS_MESSAGE *message, WS_HEADER_TYPE headerType, WS_TYPE valueType, WS_READ_OPTION readOption,
                           WS_HEAP *heap, void *value, ULONG valueSize, WS_ERROR *error)
{
    HRESULT hr = message_enter(message, error);

    if (hr == S_OK && (hr = check_type(message, headerType, error)) == S_OK &&
        (hr = message_check_state(message, NOT_EMPTY, error)) == S_OK)
        hr = get_header(message, headerType, valueType, readOption, heap, value, valueSize, error);
    TRACE_RESULT(hr, error,
                 "WsGetHeader(message=%p, headerType=%s, valueType=%s, readOption=%s, heap=%p, value=%p, valueSize=%u, "
                 "error=%p) = 0x%08x",
                 (void *)message, TRACE_NAME(HEADER_TYPE, headerType), TRACE_NAME(TYPE, valueType),
                 TRACE_NAME(READ_OPTION, readOption), (void *)heap, value, (unsigned)valueSize, (void *)error,
                 (unsigned)hr);
    return hr;
}

/*
 * Adds a standard header for the ultimate receiver after the others, or puts it in place of the one that is there.
 *
 * valueType, writeOption: as for WsGetHeader().
 * Returns E_INVALIDARG (as there; NULL; a value that cannot be written), WS_E_INVALID_OPERATION (the message is empty),
 * WS_E_INVALID_FORMAT (there are several already; a value that XML cannot have), WS_E_QUOTA_EXCEEDED, E_OUTOFMEMORY.
 * Nothing has changed then. What WsWriteEnvelopeStart has written does not change, either.
 * Source: the pages of WsSetHeader and WS_HEADER_TYPE; what is written and the order of checks observed on Windows; the
 * place of one that is replaced is our choice.
 */
HRESULT WINAPI WsSetHeader(WS_MESSAGE *message, WS_HEADER_TYPE headerType, WS_TYPE valueType,
                           WS_WRITE_OPTION writeOption, const void *value, ULONG valueSize, WS_ERROR *error)
{
    HRESULT hr = message_enter(message, error);

    if (hr == S_OK)
        hr = set_header(message, headerType, valueType, writeOption, value, valueSize, error);
    TRACE_RESULT(hr, error,
                 "WsSetHeader(message=%p, headerType=%s, valueType=%s, writeOption=%s, value=%p, valueSize=%u, "
                 "error=%p) = 0x%08x",
                 (void *)message, TRACE_NAME(HEADER_TYPE, headerType), TRACE_NAME(TYPE, valueType),
                 TRACE_NAME(WRITE_OPTION, writeOption), value, (unsigned)valueSize, (void *)error, (unsigned)hr);
    return hr;
}

/*
 * Removes a standard header for the ultimate receiver, if it is there.
 *
 * Returns E_INVALIDARG (not a live message, no such type), WS_E_INVALID_OPERATION (the message is empty),
 * WS_E_INVALID_FORMAT (there are several), WS_E_QUOTA_EXCEEDED (MAX_PROCESSED_HEADERS).
 * Source: the page of WsRemoveHeader; the order of checks observed on Windows.
 */
HRESULT WINAPI WsRemoveHeader(WS_MESSAGE *message, WS_HEADER_TYPE headerType, WS_ERROR *error)
{
    HRESULT hr = message_enter(message, error);

    if (hr == S_OK)
        hr = remove_header(message, headerType, error);
    TRACE_RESULT(hr, error, "WsRemoveHeader(message=%p, headerType=%s, error=%p) = 0x%08x", (void *)message,
                 TRACE_NAME(HEADER_TYPE, headerType), (void *)error, (unsigned)hr);
    return hr;
}
