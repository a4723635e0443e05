/* SPDX-License-Identifier: MIT */
/* socket_error.c - see socket_error.h. */
#include "socket_error.h"

#include "base/error.h"
#include "system.h"

#include <stdarg.h>
#include <stdio.h>

struct meaning
{
    HRESULT hr;
    const char *why;
};

/* Where it depends on what was being done. */
static bool meaning_of_call(enum system_failure failure, enum socket_call call, struct meaning *meaning)
{
    switch (failure)
    {
    case SYSTEM_NOT_AVAILABLE:
        /* "when there are no more addresses available": the page of WS_E_ADDRESS_IN_USE. */
        if (call == CALL_CONNECT)
        {
            *meaning = (struct meaning){WS_E_ADDRESS_IN_USE, "this computer has no free port left"};
            return true;
        }
        return false;
    case SYSTEM_DENIED:
        if (call != CALL_LISTEN)
            return false;
        *meaning = (struct meaning){E_ACCESSDENIED, "the system does not let this program have the address"};
        return true;
    case SYSTEM_TIMED_OUT:
        if (call != CALL_CONNECT)
            return false;
        *meaning = (struct meaning){WS_E_ENDPOINT_UNREACHABLE, "the computer does not answer"};
        return true;
    default: return false;
    }
}

static struct meaning meaning_of(enum system_failure failure, enum socket_call call)
{
    static const struct meaning meanings[] = {
        [SYSTEM_REFUSED] = {WS_E_ENDPOINT_NOT_FOUND, "nobody listens there"},
        [SYSTEM_UNREACHABLE] = {WS_E_ENDPOINT_UNREACHABLE, "there is no way to it in the network"},
        [SYSTEM_TIMED_OUT] = {WS_E_ENDPOINT_DISCONNECTED, "the other side does not answer any more"},
        [SYSTEM_DISCONNECTED] = {WS_E_ENDPOINT_DISCONNECTED, "the connection has been reset"},
        [SYSTEM_IN_USE] = {WS_E_ADDRESS_IN_USE, "the address is in use"},
        [SYSTEM_NOT_AVAILABLE] = {WS_E_ADDRESS_NOT_AVAILABLE, "this computer does not have the address"},
        [SYSTEM_DENIED] = {WS_E_ENDPOINT_ACCESS_DENIED, "the system, perhaps a firewall, does not allow it"},
        [SYSTEM_NO_MEMORY] = {E_OUTOFMEMORY, "the system has no memory, or this program too many sockets"},
        [SYSTEM_TOO_LARGE] = {WS_E_QUOTA_EXCEEDED, "it is larger than a datagram can be"},
        [SYSTEM_NO_FAMILY] = {WS_E_ADDRESS_NOT_AVAILABLE, "this computer does not have that version of IP"},
        [SYSTEM_NO_HOST] = {WS_E_ENDPOINT_NOT_FOUND, "there is no computer of that name"},
        [SYSTEM_OTHER] = {WS_E_OTHER, "the system says why"},
    };
    struct meaning meaning;

    if (meaning_of_call(failure, call, &meaning))
        return meaning;
    return meanings[failure].why ? meanings[failure] : meanings[SYSTEM_OTHER];
}

HRESULT socket_failed(WS_ERROR *error, int code, enum socket_call call, const char *format, ...)
{
    struct meaning meaning = meaning_of(system_failure_of(code), call);
    char what[256];
    va_list args;

    va_start(args, format);
    vsnprintf(what, sizeof(what), format, args);
    va_end(args);
    error_set_original(error, (ULONG)code);
    return error_report(error, meaning.hr, "%s failed: %s (error %d of the system).", what, meaning.why, code);
}
