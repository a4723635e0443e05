/* SPDX-License-Identifier: MIT */
/* fault_copy.h - copies of faults, all that they refer to included. */
#ifndef WS_MESSAGE_FAULT_COPY_H
#define WS_MESSAGE_FAULT_COPY_H

#include "webservices.h"

/*
 * Copies a fault into a heap; *copy may be the fault itself. On failure *copy is as it was, and what has been taken of
 * the heap stays taken.
 *
 * E_INVALIDARG (a string or an array that is not empty and at NULL; a list of codes without an end; a detail that is
 * not a live XML buffer), WS_E_QUOTA_EXCEEDED, E_OUTOFMEMORY. Only the failures of memory are reported: of the others
 * the caller knows more.
 */
HRESULT fault_copy(WS_HEAP *heap, const WS_FAULT *fault, WS_FAULT *copy, WS_ERROR *error);

/* The same of an XML buffer that may be NULL, in place. */
HRESULT fault_copy_buffer(WS_HEAP *heap, WS_XML_BUFFER **buffer, WS_ERROR *error);

#endif
