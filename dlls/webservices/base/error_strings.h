/* SPDX-License-Identifier: MIT */
/* error_strings.h - the strings of an error object, for files that go through them. */
#ifndef WS_BASE_ERROR_STRINGS_H
#define WS_BASE_ERROR_STRINGS_H

#include "error.h"

/* In the error's arena; newest first. */
struct error_string
{
    struct error_string *older;
    ULONG length;
    WCHAR chars[];
};

/* Copies a string into the arena of an error object, without adding it to the list. NULL: there is no memory. */
struct error_string *error_copy_chars(WS_ERROR *error, const WCHAR *chars, size_t length);
struct error_string *error_copy_ascii(WS_ERROR *error, const char *text);

#endif
