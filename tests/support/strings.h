/* SPDX-License-Identifier: MIT */
/* strings.h - the API's strings, made of literals and compared with them. */
#ifndef WS_SUPPORT_STRINGS_H
#define WS_SUPPORT_STRINGS_H

#include <stdbool.h>
#include <string.h>

#include "webservices.h"

/* A WS_XML_STRING to initialize one with. */
#define STRING(text) \
    { \
        sizeof(text) - 1, (BYTE *)(text), NULL, 0 \
    }

/* A pointer to one, good for the rest of the block. */
#define X(text) (&(WS_XML_STRING){(ULONG)strlen(text), (BYTE *)(text), NULL, 0})

static inline bool string_is(const WS_XML_STRING *string, const char *text)
{
    return string->length == strlen(text) && (!string->length || !memcmp(string->bytes, text, string->length));
}

/* The same of UTF-16, of which `text` has characters below U+0100. */
static inline bool wide_is(const WS_STRING *string, const char *text)
{
    ULONG i;

    if (!string->chars || string->length != strlen(text))
        return false;
    for (i = 0; i < string->length; i++)
        if (string->chars[i] != (unsigned char)text[i])
            return false;
    return true;
}

#endif
