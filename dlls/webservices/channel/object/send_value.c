/* SPDX-License-Identifier: MIT */
/* send_value.c - sending a message with a value; see send_value.h. */
#include "send_value.h"

#include "base/error.h"
#include "base/heap.h"
#include "base/trace.h"
#include "message/fault.h"
#include "message/message.h"

enum
{
    SEND_PREPARES,
    SEND_STARTS,
    SEND_ENDS
};

/* --- Headers --- */

static HRESULT initialize(struct call *call, WS_ERROR *error)
{
    WS_MESSAGE *message = call->message;
    HRESULT hr;

    if (message_state(message) == WS_MESSAGE_STATE_EMPTY)
        return message_initialize(message, call->initialization, call->original, error);
    if (message_state(message) != WS_MESSAGE_STATE_INITIALIZED)
        return error_report(error, WS_E_INVALID_OPERATION, "The message is in %s, and must be EMPTY or INITIALIZED.",
                            TRACE_NAME(MESSAGE_STATE, message_state(message)));
    if (call->initialization == WS_REQUEST_MESSAGE && (hr = message_add_id(message, error)) != S_OK)
        return hr;
    return S_OK;
}

/*
 * What a fault has as its Action when nobody says so: WS-Addressing 1.0, SOAP binding, section 6; August 2004 has but
 * one for faults.
 */
static HRESULT set_fault_action(WS_MESSAGE *message, WS_ERROR *from, WS_ERROR *error)
{
    static const WS_XML_STRING action10 = WS_XML_STRING_VALUE("http://www.w3.org/2005/08/addressing/soap/fault");
    static const WS_XML_STRING action09 = WS_XML_STRING_VALUE("http://schemas.xmlsoap.org/ws/2004/08/addressing/fault");
    WS_XML_STRING action;

    switch (message_addressing_version(message))
    {
    case WS_ADDRESSING_VERSION_1_0: action = action10; break;
    case WS_ADDRESSING_VERSION_0_9: action = action09; break;
    default: return S_OK; /* documented: it has none for faults */
    }
    fault_get_property(from, WS_FAULT_ERROR_PROPERTY_ACTION, &action, sizeof(action));
    if (!action.length)
        action = message_addressing_version(message) == WS_ADDRESSING_VERSION_1_0 ? action10 : action09;
    return message_set_action(message, &action, error);
}

/* The fault, in the message's heap, becomes the value. */
static HRESULT prepare_fault(struct call *call, WS_ERROR *error)
{
    static const WS_ELEMENT_DESCRIPTION element = {NULL, NULL, WS_FAULT_TYPE, NULL};
    static const WS_MESSAGE_DESCRIPTION description = {NULL, (WS_ELEMENT_DESCRIPTION *)&element};
    WS_HEAP *heap = message_heap(call->message);
    WS_XML_BUFFER *header = NULL;
    void *fault;
    HRESULT hr;

    if ((hr = set_fault_action(call->message, call->fault_error, error)) != S_OK)
        return hr;
    fault_get_property(call->fault_error, WS_FAULT_ERROR_PROPERTY_HEADER, &header, sizeof(header));
    if ((header && (hr = message_add_headers(call->message, header, error)) != S_OK) ||
        (hr = heap_alloc(heap, sizeof(WS_FAULT), &fault, error)) != S_OK ||
        (hr = fault_from_error(call->fault_error, call->fault_code, call->disclosure, heap, fault, error)) != S_OK)
        return hr;
    call->value.description = &description;
    call->value.option = WS_WRITE_REQUIRED_VALUE;
    call->value.value = fault;
    call->value.size = sizeof(WS_FAULT);
    return S_OK;
}

static HRESULT prepare(struct call *call, WS_ERROR *error)
{
    HRESULT hr;

    if ((hr = transfer_check_live(call, call->message, error)) != S_OK || (hr = initialize(call, error)) != S_OK)
        return hr;
    if (call->fault_error)
        return prepare_fault(call, error);
    return call->value.description->action ? message_set_action(call->message, call->value.description->action, error)
                                           : S_OK;
}

/* --- All of it --- */

HRESULT send_value(struct call *call, WS_ERROR *error)
{
    HRESULT hr;

    switch (call->place)
    {
    case SEND_PREPARES:
        if ((hr = prepare(call, error)) != S_OK)
            return hr;
        call->place = SEND_STARTS;
        /* fall through */
    case SEND_STARTS:
        if ((hr = transfer_write_start(call, call->message, error)) != S_OK)
            return hr;
        if ((hr = transfer_write_body(call, call->message, &call->value, error)) != S_OK)
        {
            transfer_abandon(call, true, NULL);
            return hr;
        }
        call->place = SEND_ENDS;
        /* fall through */
    case SEND_ENDS:
        if ((hr = transfer_write_end(call, call->message, error)) != S_OK)
            return hr;
        call->place = SEND_DONE;
        /* fall through */
    default: return S_OK;
    }
}
