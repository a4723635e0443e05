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

/* --- fault_from_error.c --- */

/* What WsCreateFaultFromError() does, for a live error object, a live heap, and arguments that can be. */
HRESULT fault_from_error(const WS_ERROR *source, HRESULT code, WS_FAULT_DISCLOSURE disclosure, WS_HEAP *heap,
                         WS_FAULT *fault, WS_ERROR *error);

#endif
