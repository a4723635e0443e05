/* SPDX-License-Identifier: MIT */
/* fault.h - what an error object knows of a fault: the fault itself, its action, and a header to send with it. */
#ifndef WS_MESSAGE_FAULT_H
#define WS_MESSAGE_FAULT_H

#include "base/error.h"

/* --- fault.c --- */

/*
 * What WsGetFaultErrorProperty and WsSetFaultErrorProperty do, for a live error object. What is got stays valid until
 * the object is reset or freed, even when something else is set meanwhile.
 */
HRESULT fault_get_property(const WS_ERROR *error, WS_FAULT_ERROR_PROPERTY_ID id, void *value, ULONG size);
HRESULT fault_set_property(WS_ERROR *error, WS_FAULT_ERROR_PROPERTY_ID id, const void *value, ULONG size);

/*
 * Sets the detail of the fault of an error object to a copy; without a fault, makes one that has nothing else. Sets the
 * action too, unless that is NULL. Failures as fault_set_property().
 */
HRESULT fault_set_detail(WS_ERROR *error, const WS_XML_STRING *action, WS_XML_BUFFER *detail);

/*
 * Sets the fault of a live error object with its action and its header, of which both may be NULL, and adds no string.
 * Failures as fault_set_property().
 */
HRESULT fault_set(WS_ERROR *error, const WS_FAULT *fault, const WS_XML_STRING *action, WS_XML_BUFFER *header);

/*
 * Records a fault that has been received, as it was read from a message: the fault, its action (NULL: it has none), and
 * as the newest string the sentence observed, around the first reason in the object's language, or else around the
 * first one: whoever shows that string only has to see why the call failed.
 *
 * Returns WS_E_ENDPOINT_FAULT_RECEIVED, also if error is not a live error object; E_OUTOFMEMORY if there is no memory
 * to record it, since programs take the fault for granted with the other code. Any fault has this result, whatever its
 * codes are: Microsoft's account of common errors of the API has it for those of WS-Addressing.
 */
HRESULT fault_received(WS_ERROR *error, const WS_FAULT *fault, const WS_XML_STRING *action);

/* --- fault_detail.c --- */

struct typed_source;

/* Makes a buffer of an element with no namespace or one, and in that the described one with a value. */
HRESULT fault_make_detail(WS_HEAP *heap, const WS_XML_STRING *name, const WS_XML_STRING *ns,
                          const WS_ELEMENT_DESCRIPTION *element, const struct typed_source *source,
                          WS_XML_BUFFER **detail, WS_ERROR *error);

/* --- fault_addressing.c --- */

/* What WS-Addressing has faults for. */
enum addressing_fault
{
    ADDRESSING_HEADER_INVALID,          /* the header is not what it must be */
    ADDRESSING_HEADER_REQUIRED,         /* the header is missing */
    ADDRESSING_DESTINATION_UNREACHABLE, /* there is no such endpoint */
    ADDRESSING_ACTION_NOT_SUPPORTED,    /* the endpoint has no operation with this action */
    ADDRESSING_ENDPOINT_UNAVAILABLE,    /* the endpoint does not work at present */
};

/*
 * Reports that a message cannot be processed: adds a sentence to the error object, and sets its fault, with action,
 * detail or header, to what WS-Addressing has for this.
 *
 * envelope, addressing: of the message that the fault will be sent in.
 * problem: of the first two, the local name of the header, which is one of WS-Addressing; else, the URI.
 * Returns the code that the return values' page has for it: the table in fault_addressing.c. Without memory the fault,
 * or its detail, is not there.
 */
HRESULT fault_report_addressing(WS_ERROR *error, enum addressing_fault which, WS_ENVELOPE_VERSION envelope,
                                WS_ADDRESSING_VERSION addressing, const WS_XML_STRING *problem);

/* --- fault_from_error.c --- */

/* What WsCreateFaultFromError() does, for a live error object, a live heap, and arguments that can be. */
HRESULT fault_from_error(const WS_ERROR *source, HRESULT code, WS_FAULT_DISCLOSURE disclosure, WS_HEAP *heap,
                         WS_FAULT *fault, WS_ERROR *error);

#endif
