/* SPDX-License-Identifier: MIT */
/*
 * initialize.c - WsInitializeMessage: the headers that a new message has; see message_object.h.
 *
 * Source: the pages of WsInitializeMessage and WS_MESSAGE_INITIALIZATION; requests observed on Windows.
 */
#include "base/constants.h"
#include "base/platform.h"
#include "base/trace.h"
#include "address.h"
#include "header.h"
#include "header_buffer.h"
#include "header_mapped.h"
#include "header_value.h"

#include <string.h>

/* A GUID of version 4 (RFC 4122, section 4.4). */
static HRESULT make_guid(GUID *guid, WS_ERROR *error)
{
    if (!platform_random(guid, sizeof(*guid)))
        return error_report(error, E_FAIL, "The system has no random numbers for the ID of a message.");
    guid->Data3 = (USHORT)((guid->Data3 & 0x0fff) | 0x4000);
    guid->Data4[0] = (BYTE)((guid->Data4[0] & 0x3f) | 0x80);
    return S_OK;
}

HRESULT message_add_id(WS_MESSAGE *message, WS_ERROR *error)
{
    WS_UNIQUE_ID id = {{0, NULL}, {0, 0, 0, {0}}};
    struct xml_node *header;
    HRESULT hr;

    if (message->addressing->is_transport)
        return S_OK;
    if ((hr = header_find_kind(message, WS_MESSAGE_ID_HEADER, &header, error)) != S_OK || header)
        return hr;
    if ((hr = make_guid(&id.guid, error)) != S_OK)
        return hr;
    return header_set(message, WS_MESSAGE_ID_HEADER, WS_UNIQUE_ID_TYPE, &id, error);
}

/* Observed on Windows: a request of August 2004 says that the reply is to come back on the same way. */
static HRESULT add_request_headers(WS_MESSAGE *message, WS_ERROR *error)
{
    const WS_ENDPOINT_ADDRESS anonymous = {{0, NULL}, NULL, NULL, NULL};
    WS_UNIQUE_ID id = {{0, NULL}, {0, 0, 0, {0}}};
    HRESULT hr;

    if (message->addressing->is_transport)
        return S_OK;
    if ((hr = make_guid(&id.guid, error)) != S_OK ||
        (hr = header_set(message, WS_MESSAGE_ID_HEADER, WS_UNIQUE_ID_TYPE, &id, error)) != S_OK ||
        message->addressing_version != WS_ADDRESSING_VERSION_0_9)
        return hr;
    return header_set(message, WS_REPLY_TO_HEADER, WS_ENDPOINT_ADDRESS_TYPE, &anonymous, error);
}

/* Character by character: whoever sent the request compares it with what it wrote. */
static HRESULT relate(WS_MESSAGE *message, WS_MESSAGE *source, WS_ERROR *error)
{
    struct typed_target target;
    struct xml_node *header;
    WS_XML_STRING id;
    HRESULT hr;

    if (message->addressing->is_transport)
        return S_OK;
    if ((hr = header_find_kind(source, WS_MESSAGE_ID_HEADER, &header, error)) != S_OK || !header)
        return hr;
    if ((hr = typed_check_target(&target, WS_ELEMENT_TYPE_MAPPING, WS_XML_STRING_TYPE, NULL, WS_READ_REQUIRED_VALUE,
                                 &message->heap, &id, sizeof(id), error)) != S_OK ||
        (hr = header_read_uri(source, header, &header_kind(WS_MESSAGE_ID_HEADER)->name, &target, error)) != S_OK)
        return hr;
    return header_set(message, WS_RELATES_TO_HEADER, WS_XML_STRING_TYPE, &id, error);
}

/* To whom the source wants the answer to go; without a word, nowhere in particular: the way that it came from. */
static HRESULT answer(WS_MESSAGE *message, WS_MESSAGE *source, bool is_fault, WS_ERROR *error)
{
    WS_ENDPOINT_ADDRESS *address = NULL;
    HRESULT hr;

    if ((is_fault && (hr = header_get_address(source, WS_FAULT_TO_HEADER, &message->heap, &address, error)) != S_OK) ||
        (!address && (hr = header_get_address(source, WS_REPLY_TO_HEADER, &message->heap, &address, error)) != S_OK) ||
        (hr = address_message(message, address, error)) != S_OK)
        return hr;
    message->is_fault = is_fault;
    return relate(message, source, error);
}

static HRESULT duplicate(WS_MESSAGE *message, const WS_MESSAGE *source, WS_ERROR *error)
{
    HRESULT hr;

    if (message->soap != source->soap || message->addressing != source->addressing)
        return error_report(error, E_INVALIDARG, "A message %s with %s cannot be a duplicate of one %s with %s.",
                            message->soap->name, message->addressing->name, source->soap->name,
                            source->addressing->name);
    if ((hr = header_buffer_copy(message, source, error)) != S_OK)
        return hr;
    return header_mapped_copy(message, source, error);
}

static bool needs_source(WS_MESSAGE_INITIALIZATION initialization)
{
    return initialization != WS_BLANK_MESSAGE && initialization != WS_REQUEST_MESSAGE;
}

static HRESULT add_headers(WS_MESSAGE *message, WS_MESSAGE_INITIALIZATION initialization, WS_MESSAGE *source,
                           WS_ERROR *error)
{
    HRESULT hr;

    if (initialization == WS_DUPLICATE_MESSAGE)
        return duplicate(message, source, error);
    if ((hr = header_buffer_create(message, error)) != S_OK)
        return hr;
    switch (initialization)
    {
    case WS_REQUEST_MESSAGE: return add_request_headers(message, error);
    case WS_REPLY_MESSAGE: return answer(message, source, false, error);
    case WS_FAULT_MESSAGE: return answer(message, source, true, error);
    default: return S_OK;
    }
}

HRESULT message_initialize(WS_MESSAGE *message, WS_MESSAGE_INITIALIZATION initialization, WS_MESSAGE *source,
                           WS_ERROR *error)
{
    HRESULT hr;

    if (initialization < WS_BLANK_MESSAGE || initialization > WS_FAULT_MESSAGE)
        return error_report(error, E_INVALIDARG, "There is no %s.", TRACE_NAME(MESSAGE_INITIALIZATION, initialization));
    if ((needs_source(initialization) && (hr = message_enter(source, error)) != S_OK) ||
        (hr = message_check_state(message, STATE(EMPTY), error)) != S_OK ||
        (needs_source(initialization) && (hr = message_check_state(source, NOT_EMPTY, error)) != S_OK))
        return hr;
    if ((hr = add_headers(message, initialization, source, error)) != S_OK)
    {
        message_clear(message);
        return hr;
    }
    message->state = WS_MESSAGE_STATE_INITIALIZED;
    return S_OK;
}

/*
 * Gives an empty message its first headers. It is INITIALIZED then.
 *
 * initialization: WS_BLANK_MESSAGE: none. WS_REQUEST_MESSAGE: a new MessageID, and in August 2004 ReplyTo; none with
 *      WS_ADDRESSING_VERSION_TRANSPORT. WS_REPLY_MESSAGE, WS_FAULT_MESSAGE: it is addressed to the ReplyTo of the
 *      source, or, of a fault, its FaultTo, and related to its MessageID, as far as it has them. WS_DUPLICATE_MESSAGE:
 *      those of the source, mapped ones included; it has not been addressed.
 * sourceMessage: in any state but EMPTY, for the last three; others ignore it.
 * Returns E_INVALIDARG (not a live message or source; no such initialization; a source of other versions to be
 * duplicated), WS_E_INVALID_OPERATION (the message is not empty, or the source is), WS_E_INVALID_FORMAT (a header of
 * the source is not valid, or occurs twice), WS_E_QUOTA_EXCEEDED (the heap; MAX_PROCESSED_HEADERS), E_OUTOFMEMORY. It
 * stays EMPTY then.
 * Source: the pages of WsInitializeMessage and WS_MESSAGE_INITIALIZATION; requests observed on Windows; what a source
 * lacks is not in the reply, and equal versions: our choice.
 */
HRESULT WINAPI WsInitializeMessage(WS_MESSAGE *message, WS_MESSAGE_INITIALIZATION initialization,
                                   WS_MESSAGE *sourceMessage, WS_ERROR *error)
{
    HRESULT hr = message_enter(message, error);

    if (hr == S_OK)
        hr = message_initialize(message, initialization, sourceMessage, error);
    TRACE_RESULT(hr, error, "WsInitializeMessage(message=%p, initialization=%s, sourceMessage=%p, error=%p) = 0x%08x",
                 (void *)message, TRACE_NAME(MESSAGE_INITIALIZATION, initialization), (void *)sourceMessage,
                 (void *)error, (unsigned)hr);
    return hr;
}
