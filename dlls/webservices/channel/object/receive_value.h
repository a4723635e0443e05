/* SPDX-License-Identifier: MIT */
/* receive_value.h - a message whose body is read as a value, from its start to its end: receive_value.c. */
#ifndef WS_CHANNEL_OBJECT_RECEIVE_VALUE_H
#define WS_CHANNEL_OBJECT_RECEIVE_VALUE_H

#include "transfer.h"

/*
 * Resumable: receives a message into call->reply, or else call->message, and reads its body as call->target says. From
 * RECEIVE_FIRST on. WS_S_END: there is none, and it was optional. With call->reply, the message must not be related to
 * another message than call->message.
 */
#define RECEIVE_FIRST 101u
HRESULT receive_value(struct call *call, WS_ERROR *error);

/* Checks what a program passes. */
HRESULT receive_check(const struct call_target *target, WS_ERROR *error);

#endif
