/* SPDX-License-Identifier: MIT */
/* header_custom.c - WsGetCustomHeader, WsAddCustomHeader, WsRemoveCustomHeader; see message_object.h. */
#include "message_object.h"

#include "base/constants.h"
#include "base/trace.h"
#include "header_buffer.h"
#include "header_option.h"
#include "header_value.h"

static HRESULT check_description(const WS_ELEMENT_DESCRIPTION *description, WS_ERROR *error)
{
    return description ? S_OK : error_report(error, E_INVALIDARG, "The description of the header is NULL.");
}

/* --- Getting --- */

/* What getting says of a header; NULL: nothing is wanted. */
static HRESULT get_flags(const WS_MESSAGE *message, const struct xml_node *header, ULONG *flags, WS_ERROR *error)
{
    struct header_attributes attributes;
    HRESULT hr;

    *flags = 0;
    if (!header || (hr = header_get_attributes(message, &header->shown.element, &attributes, error)) != S_OK)
        return header ? hr : S_OK;
    *flags = header_flags(&attributes);
    return S_OK;
}

static HRESULT get_header(WS_MESSAGE *message, const WS_ELEMENT_DESCRIPTION *description,
                          WS_REPEATING_HEADER_OPTION repeating, ULONG index, WS_READ_OPTION option, WS_HEAP *heap,
                          void *value, ULONG size, ULONG *flags, WS_ERROR *error)
{
    const struct header_search search = {description->elementLocalName, description->elementNs,
                                         repeating == WS_SINGLETON_HEADER, index, true};
    struct typed_target target;
    struct xml_node *header;
    ULONG found = 0;
    HRESULT hr;

    if ((hr = header_check_option(repeating, index, error)) != S_OK ||
        (hr = typed_check_names(search.local, search.ns, error)) != S_OK ||
        (hr = header_check_read_option(option, error)) != S_OK ||
        (hr = header_find(message, &search, &header, error)) != S_OK)
        return hr;
    if (!header && header_is_required(option))
        return header_missing(search.local, index, error);
    if ((hr = typed_check_target(&target, WS_ELEMENT_TYPE_MAPPING, description->type, description->typeDescription,
                                 option, heap ? heap : &message->heap, value, size, error)) != S_OK ||
        (hr = get_flags(message, header, &found, error)) != S_OK)
        return hr;
    hr = header ? header_read(message, message->buffer, header, search.local, &target, error)
                : typed_missing(&target, error);
    if (hr != S_OK)
        return hr;
    if (flags)
        *flags = found;
    if (header)
        header->marked = true;
    return S_OK;
}

/* --- Adding and removing --- */

static HRESULT add_header(WS_MESSAGE *message, const WS_ELEMENT_DESCRIPTION *description, WS_WRITE_OPTION option,
                          const void *value, ULONG size, ULONG flags, WS_ERROR *error)
{
    struct header_source source = {
        description->elementLocalName, description->elementNs, false, false, {0, 0, NULL, NULL}};
    HRESULT hr;

    if ((hr = typed_check_names(source.local, source.ns, error)) != S_OK)
        return hr;
    if (flags & ~(ULONG)(WS_MUST_UNDERSTAND_HEADER_ATTRIBUTE | WS_RELAY_HEADER_ATTRIBUTE))
        return error_report(error, E_INVALIDARG, "There are other bits than WS_..._HEADER_ATTRIBUTE in 0x%x.",
                            (unsigned)flags);
    if ((hr = typed_check_source(&source.value, WS_ELEMENT_TYPE_MAPPING, description->type,
                                 description->typeDescription, option, value, size, error)) != S_OK ||
        (hr = header_buffer_check(message, error)) != S_OK)
        return hr;
    source.must_understand = flags & WS_MUST_UNDERSTAND_HEADER_ATTRIBUTE;
    /* What a version cannot say is left out, so that programs need not care which one it is. */
    source.relay = flags & WS_RELAY_HEADER_ATTRIBUTE && message->soap->has_relay;
    return header_write(message, message->buffer, header_end(message), &source, NULL, error);
}

/* Observed on Windows: all of the name, although the page would have one only. */
static HRESULT remove_headers(WS_MESSAGE *message, const WS_XML_STRING *local, const WS_XML_STRING *ns, WS_ERROR *error)
{
    struct xml_node *header, *next;
    enum header_target target;
    HRESULT hr;

    if ((hr = header_buffer_check(message, error)) != S_OK)
        return hr;
    for (header = header_first(message); header; header = next)
    {
        next = header_next(header);
        if (!header_is_named(header, local, ns))
            continue;
        if ((hr = header_get_target(message, &header->shown.element, &target, error)) != S_OK)
            return hr;
        if (target == FOR_ULTIMATE_RECEIVER)
            header_remove(message, header);
    }
    return S_OK;
}

/* --- The exported functions --- */

/*
 * Gets the value of a header that the program knows, of those for the ultimate receiver, and marks it as understood.
 *
 * repeatingOption: WS_SINGLETON_HEADER: it occurs once, headerIndex is 0. WS_REPEATING_HEADER: headerIndex says which.
 * readOption: with WS_READ_OPTIONAL_POINTER and the options for nil it may be missing: the value is NULL then.
 * heap: for what the value refers to; NULL: that of the message.
 * headerAttributes: receives WS_..._HEADER_ATTRIBUTE flags, 0 if the header is missing; may be NULL.
 * value and *headerAttributes are untouched on failure.
 * Returns E_INVALIDARG (not a live message or heap; a description, an option, an index or a size is wrong),
 * WS_E_INVALID_OPERATION (the message is empty), WS_E_INVALID_FORMAT (the header is required and missing, occurs twice
 * and must not, or is not such a value), WS_E_QUOTA_EXCEEDED (MAX_PROCESSED_HEADERS; the heap), E_OUTOFMEMORY, and what
 * a callback returns.
 * Source: the page of WsGetCustomHeader; the order of checks observed on Windows.
 */
HRESULT WINAPI WsGetCustomHeader(WS_MESSAGE *message, const WS_ELEMENT_DESCRIPTION *customHeaderDescription,
                                 WS_REPEATING_HEADER_OPTION repeatingOption, ULONG headerIndex,
                                 WS_READ_OPTION readOption, WS_HEAP *heap, void *value, ULONG valueSize,
                                 ULONG *headerAttributes, WS_ERROR *error)
{
    HRESULT hr = message_enter(message, error);

    if (hr == S_OK && (hr = check_description(customHeaderDescription, error)) == S_OK &&
        (hr = message_check_state(message, NOT_EMPTY, error)) == S_OK)
    {
        message_begin_use(message);
        hr = get_header(message, customHeaderDescription, repeatingOption, headerIndex, readOption, heap, value,
                        valueSize, headerAttributes, error);
        hr = message_end_use(message, hr);
    }
    TRACE_RESULT(hr, error,
                 "WsGetCustomHeader(message=%p, customHeaderDescription=%p, repeatingOption=%s, headerIndex=%u, "
                 "readOption=%s, heap=%p, value=%p, valueSize=%u, headerAttributes=%p, error=%p) = 0x%08x%s",
                 (void *)message, (const void *)customHeaderDescription,
                 TRACE_NAME(REPEATING_HEADER_OPTION, repeatingOption), (unsigned)headerIndex,
                 TRACE_NAME(READ_OPTION, readOption), (void *)heap, value, (unsigned)valueSize,
                 (void *)headerAttributes, (void *)error, (unsigned)hr,
                 trace_ulong(hr, "headerAttributes", headerAttributes).text);
    return hr;
}

/*
 * Adds a header for the ultimate receiver after all others, also if there are some of the same name already.
 *
 * headerAttributes: WS_MUST_UNDERSTAND_HEADER_ATTRIBUTE, WS_RELAY_HEADER_ATTRIBUTE (only SOAP 1.2 has it; without, it
 *      is ignored), or 0.
 * Returns E_INVALIDARG (not a live message; a description, an option, a flag or a size is wrong; NULL; a value that its
 * description does not allow), WS_E_INVALID_OPERATION (the message is empty), WS_E_INVALID_FORMAT (a value that XML
 * cannot have), WS_E_QUOTA_EXCEEDED (the message's heap, MAX_DEPTH), E_OUTOFMEMORY, and what a callback returns.
 * Nothing was added then.
 * Source: the page of WsAddCustomHeader; what is written, that it may repeat, and the order of checks observed on
 * Windows.
 */
HRESULT WINAPI WsAddCustomHeader(WS_MESSAGE *message, const WS_ELEMENT_DESCRIPTION *headerDescription,
                                 WS_WRITE_OPTION writeOption, const void *value, ULONG valueSize,
                                 ULONG headerAttributes, WS_ERROR *error)
{
    HRESULT hr = message_enter(message, error);

    if (hr == S_OK && (hr = check_description(headerDescription, error)) == S_OK &&
        (hr = message_check_state(message, NOT_EMPTY, error)) == S_OK)
    {
        message_begin_use(message);
        hr = add_header(message, headerDescription, writeOption, value, valueSize, headerAttributes, error);
        hr = message_end_use(message, hr);
    }
    TRACE_RESULT(hr, error,
                 "WsAddCustomHeader(message=%p, headerDescription=%p, writeOption=%s, value=%p, valueSize=%u, "
                 "headerAttributes=0x%x, error=%p) = 0x%08x",
                 (void *)message, (const void *)headerDescription, TRACE_NAME(WRITE_OPTION, writeOption), value,
                 (unsigned)valueSize, (unsigned)headerAttributes, (void *)error, (unsigned)hr);
    return hr;
}

/*
 * Removes all headers of a name that are for the ultimate receiver, if there are some.
 *
 * Returns E_INVALIDARG (not a live message; a name is NULL, or its bytes are), WS_E_INVALID_OPERATION (the message is
 * empty), WS_E_INVALID_FORMAT (the role of one cannot be read).
 * Source: the page of WsRemoveCustomHeader; that all are removed observed on Windows.
 */
HRESULT WINAPI WsRemoveCustomHeader(WS_MESSAGE *message, const WS_XML_STRING *headerName, const WS_XML_STRING *headerNs,
                                    WS_ERROR *error)
{
    HRESULT hr = message_enter(message, error);

    if (hr == S_OK && (hr = typed_check_names(headerName, headerNs, error)) == S_OK &&
        (hr = message_check_state(message, NOT_EMPTY, error)) == S_OK)
        hr = remove_headers(message, headerName, headerNs, error);
    TRACE_RESULT(hr, error, "WsRemoveCustomHeader(message=%p, headerName=%s, headerNs=%s, error=%p) = 0x%08x",
                 (void *)message, trace_xml_string(headerName).text, trace_xml_string(headerNs).text, (void *)error,
                 (unsigned)hr);
    return hr;
}
