/* SPDX-License-Identifier: MIT */
/* receive_fault.h - bodies that have to be there as a whole, and faults among them: receive_fault.c. */
#ifndef WS_CHANNEL_OBJECT_RECEIVE_FAULT_H
#define WS_CHANNEL_OBJECT_RECEIVE_FAULT_H

#include "transfer.h"

/* Whether a message in READING is a fault that WsReadMessageStart() fails with. */
bool receive_fault_is_error(WS_CHANNEL *channel, WS_MESSAGE *message);

/*
 * Resumable: reads the fault that a message in READING is, gives the message up, and returns
 * WS_E_ENDPOINT_FAULT_RECEIVED, or why it cannot be read.
 */
HRESULT receive_fault(struct call *call, WS_MESSAGE *message, WS_ERROR *error);

/* Resumable: fills the reader of a streamed message with all that is left of it. Nothing is to be done for others. */
HRESULT receive_rest(struct call *call, WS_MESSAGE *message, WS_ERROR *error);

#endif
