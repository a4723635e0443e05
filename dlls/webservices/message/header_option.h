/* SPDX-License-Identifier: MIT */
/* header_option.h - what custom and mapped headers are asked for with: header_option.c. */
#ifndef WS_MESSAGE_HEADER_OPTION_H
#define WS_MESSAGE_HEADER_OPTION_H

#include <stdbool.h>

#include "webservices.h"

/* Whether it can be repeated, and by which index it is asked for: E_INVALIDARG. */
HRESULT header_check_option(WS_REPEATING_HEADER_OPTION repeating, ULONG index, WS_ERROR *error);

/* Whether there is such an option; and whether it says that the header must be there. */
HRESULT header_check_read_option(WS_READ_OPTION option, WS_ERROR *error);
static inline bool header_is_required(WS_READ_OPTION option)
{
    return option == WS_READ_REQUIRED_VALUE || option == WS_READ_REQUIRED_POINTER;
}

#endif
