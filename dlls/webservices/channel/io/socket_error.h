/* SPDX-License-Identifier: MIT */
/* socket_error.h - what a failure of the system is to a program: see the table in socket.h. */
#ifndef WS_CHANNEL_IO_SOCKET_ERROR_H
#define WS_CHANNEL_IO_SOCKET_ERROR_H

#include "channel/io/socket.h"

#include "base/compiler.h"

/* What was being done. */
enum socket_call
{
    CALL_CONNECT,
    CALL_LISTEN,
    CALL_ACCEPT,
    CALL_SEND,
    CALL_RECEIVE,
    CALL_OTHER
};

/*
 * Reports a system's code. `format` is what failed, "The connection to %s": the sentence goes on with why. Returns the
 * code of the API.
 */
HRESULT socket_failed(WS_ERROR *error, int code, enum socket_call call, const char *format, ...) COLD PRINTF_LIKE(4, 5);

#endif
