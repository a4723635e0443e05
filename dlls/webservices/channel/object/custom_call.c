/* SPDX-License-Identifier: MIT */
/* custom_call.c - callbacks of the program's that may complete asynchronously; see custom.h. */
#include "custom.h"

#include "base/callback.h"
#include "base/error.h"

void custom_begin(struct custom_call *call, const WS_ERROR *error)
{
    call->mark = error_mark(error);
}

HRESULT custom_result(HRESULT hr, const char *what, ULONG mark, WS_ERROR *error)
{
    return hr == WS_S_END ? hr : callback_result(hr, what, mark, error);
}

HRESULT custom_answer(struct custom_call *call, struct operation *op, HRESULT hr, const char *what, WS_ERROR *error)
{
    if (call->is_called)
        hr = operation_take_result(op);
    else
        hr = operation_called(op, hr, error);
    call->is_called = hr == OPERATION_WAITS;
    return call->is_called ? hr : custom_result(hr, what, call->mark, error);
}

HRESULT custom_missing(const char *what, WS_ERROR *error)
{
    return error_report(error, WS_E_NOT_SUPPORTED, "The custom channel has no %s callback.", what);
}
