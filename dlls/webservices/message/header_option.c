/* SPDX-License-Identifier: MIT */
/* header_option.c - see header_option.h. */
#include "header_option.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/trace.h"

HRESULT header_check_option(WS_REPEATING_HEADER_OPTION repeating, ULONG index, WS_ERROR *error)
{
    if (repeating != WS_REPEATING_HEADER && repeating != WS_SINGLETON_HEADER)
        return error_report(error, E_INVALIDARG, "There is no %s.", TRACE_NAME(REPEATING_HEADER_OPTION, repeating));
    if (repeating == WS_SINGLETON_HEADER && index)
        return error_report(error, E_INVALIDARG, "With WS_SINGLETON_HEADER the index is 0; %u was passed.",
                            (unsigned)index);
    return S_OK;
}

HRESULT header_check_read_option(WS_READ_OPTION option, WS_ERROR *error)
{
    if (option >= WS_READ_REQUIRED_VALUE && option <= WS_READ_NILLABLE_VALUE)
        return S_OK;
    return error_report(error, E_INVALIDARG, "There is no %s.", TRACE_NAME(READ_OPTION, option));
}
