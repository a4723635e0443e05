/* SPDX-License-Identifier: MIT */
/* soap_fault.h - what a fault says of a message that cannot be processed: soap_fault.c. */
#ifndef WS_MESSAGE_SOAP_FAULT_H
#define WS_MESSAGE_SOAP_FAULT_H

#include "message_object.h"

/*
 * Sets the fault of an error object, for whoever answers the message: MustUnderstand, with a header NotUnderstood for
 * each header of the message that has not been; or VersionMismatch, with a header Upgrade. SOAP 1.1 has no such
 * headers, and messages without SOAP have no faults. Without memory for it there is none.
 */
void soap_fault_must_understand(const WS_MESSAGE *message, WS_ERROR *error) COLD;
void soap_fault_version_mismatch(const WS_MESSAGE *message, WS_ERROR *error) COLD;

/*
 * Whether a header must be understood here and has not been. WS_E_INVALID_FORMAT: one of its attributes has a value
 * that it cannot have.
 */
HRESULT header_is_not_understood(const WS_MESSAGE *message, const struct xml_node *header, bool *is, WS_ERROR *error);

#endif
