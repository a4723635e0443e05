/* SPDX-License-Identifier: MIT */
/* callback.c - see callback.h. */
#include "callback.h"

HRESULT callback_result(HRESULT hr, const char *what, ULONG mark, WS_ERROR *error)
{
    if (UNLIKELY(hr == WS_S_ASYNC))
        return error_report(error, WS_E_INVALID_OPERATION,
                            "The %s answered WS_S_ASYNC where it cannot complete asynchronously.", what);
    if (LIKELY(SUCCEEDED(hr)))
        return S_OK;
    return error_report_below(error, mark, hr, "The %s failed with 0x%08x.", what, (unsigned)hr);
}

HRESULT callback_claims(const char *what, size_t claimed, size_t room, WS_ERROR *error)
{
    return error_report(error, WS_E_INVALID_OPERATION,
                        "The %s was asked for at most %zu bytes, and says that it read %zu.", what, room, claimed);
}

HRESULT callback_freed(const char *object, WS_ERROR *error)
{
    return error_report(error, WS_E_INVALID_OPERATION, "The %s was freed while it had more to do.", object);
}
