/* SPDX-License-Identifier: MIT */
/* errors.h - error objects in tests: how many sentences they have, and what the newest one says. */
#ifndef WS_TESTS_API_ERRORS_H
#define WS_TESTS_API_ERRORS_H

#include "support/test.h"

static inline WS_ERROR *create_error(void)
{
    WS_ERROR *error = NULL;

    expect_hr(S_OK, WsCreateError(NULL, 0, &error));
    return error;
}

static inline ULONG count(WS_ERROR *error)
{
    ULONG value = 99;

    expect_hr(S_OK, WsGetErrorProperty(error, WS_ERROR_PROPERTY_STRING_COUNT, &value, sizeof(value)));
    return value;
}

/* Whether the newest sentence is this one, in ASCII. */
static inline bool says(WS_ERROR *error, const char *text)
{
    WS_STRING string = {0, NULL};
    ULONG i;

    expect_hr(S_OK, WsGetErrorString(error, 0, &string));
    for (i = 0; i < string.length && text[i]; i++)
        if (string.chars[i] != (WCHAR)text[i])
            return false;
    return i == string.length && !text[i];
}

#endif
