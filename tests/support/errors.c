/* SPDX-License-Identifier: MIT */
/* errors.c - see errors.h. */
#include "support/errors.h"

WS_ERROR *create_error(void)
{
    WS_ERROR *error = NULL;

    expect_hr(S_OK, WsCreateError(NULL, 0, &error));
    expect(error != NULL);
    return error;
}

WS_ERROR *create_error_in(LANGID language)
{
    WS_ERROR_PROPERTY property = {WS_ERROR_PROPERTY_LANGID, &language, sizeof(language)};
    WS_ERROR *error = NULL;

    expect_hr(S_OK, WsCreateError(&property, 1, &error));
    return error;
}

ULONG sentence_count(WS_ERROR *error)
{
    ULONG count = 99;

    expect_hr(S_OK, WsGetErrorProperty(error, WS_ERROR_PROPERTY_STRING_COUNT, &count, sizeof(count)));
    return count;
}

const char *sentence(WS_ERROR *error)
{
    static char ascii[1000];
    WS_STRING string = {0, NULL};
    ULONG i;

    if (WsGetErrorString(error, 0, &string) != S_OK)
        string.length = 0;
    for (i = 0; i < string.length && i < sizeof(ascii) - 1; i++)
        ascii[i] = (char)string.chars[i];
    ascii[i] = 0;
    return ascii;
}

bool says(WS_ERROR *error, const char *text)
{
    return strstr(sentence(error), text) != NULL;
}

bool says_exactly(WS_ERROR *error, const char *text)
{
    WS_STRING string = {0, NULL};
    ULONG i;

    expect_hr(S_OK, WsGetErrorString(error, 0, &string));
    for (i = 0; i < string.length && text[i]; i++)
        if (string.chars[i] != (WCHAR)text[i])
            return false;
    return i == string.length && !text[i];
}
