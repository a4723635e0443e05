/* SPDX-License-Identifier: MIT */
/* clang-format off */
/*
 * webservicesdebug.h - what the debug variant of webservices.dll exports on top of webservices.h.
 *
 * The debug variant is what `configure --enable-debug` builds; the release DLL does not have these. It also
 * obeys environment variables: WsFailCount=N does what WsSetAutoFail(N) does, and WEBSERVICES_GUARD=1 gives
 * each allocation pages of its own, so that overruns and use after a reset fault at once.
 */
#ifndef WEBSERVICESDEBUG_H
#define WEBSERVICESDEBUG_H

#include "webservices.h"

#ifndef _WIN32
#pragma GCC visibility push(default)
#endif
#ifdef __cplusplus
extern "C" {
#endif

/* Prints every live heap and error object, and every block of memory held, to standard output. */
HRESULT WINAPI WsDumpMemory(_In_opt_ WS_ERROR *error);

/*
 * Lets `count` operations that take memory succeed and the ones after that fail with E_OUTOFMEMORY, until the
 * next call. 0xffffffff: never fail.
 */
HRESULT WINAPI WsSetAutoFail(ULONG count, _In_opt_ WS_ERROR *error);

#ifdef __cplusplus
}
#endif
#ifndef _WIN32
#pragma GCC visibility pop
#endif

#endif
