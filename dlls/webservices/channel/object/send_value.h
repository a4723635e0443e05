/* SPDX-License-Identifier: MIT */
/* send_value.h - a message with a value as its body, from its headers to its end: send_value.c. */
#ifndef WS_CHANNEL_OBJECT_SEND_VALUE_H
#define WS_CHANNEL_OBJECT_SEND_VALUE_H

#include "transfer.h"

/*
 * Resumable: sends call->message with call->value, or the fault of call->fault_error. If it is EMPTY it is initialized
 * first. From place 0 on; S_OK: place is SEND_DONE.
 */
#define SEND_DONE 100u
HRESULT send_value(struct call *call, WS_ERROR *error);

#endif
