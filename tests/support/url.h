/* SPDX-License-Identifier: MIT */
/* url.h - what the tests of the URL functions share. */
#ifndef WS_TESTS_API_URL_H
#define WS_TESTS_API_URL_H

#include "support/errors.h"
#include "support/heap.h"
#include "support/strings.h"

#include <stdlib.h>

#define UNTOUCHED_POINTER ((void *)(uintptr_t)0x5a5a5a50)
#define WILDCARDS         WS_URL_FLAGS_ALLOW_HOST_WILDCARDS
#define NO_COLLAPSE       WS_URL_FLAGS_NO_PATH_COLLAPSE
#define ZERO_TERMINATE    WS_URL_FLAGS_ZERO_TERMINATE

/* A string of UTF-16 in a block of memory of just its size, so that whatever is read after it is found out. */
static inline WS_STRING utf16(const void *literal)
{
    const uint16_t *chars = literal;
    WS_STRING string = {0, NULL};

    while (chars[string.length])
        string.length++;
    string.chars = malloc(string.length * sizeof(WCHAR) + !string.length);
    memcpy(string.chars, chars, string.length * sizeof(WCHAR));
    return string;
}

static inline WS_STRING ascii(const char *text)
{
    WS_STRING string = {(ULONG)strlen(text), NULL};
    ULONG i;

    string.chars = malloc(string.length * sizeof(WCHAR) + !string.length);
    for (i = 0; i < string.length; i++)
        string.chars[i] = (unsigned char)text[i];
    return string;
}

static inline bool same(const WS_STRING *a, const WS_STRING *b)
{
    return a->length == b->length && !memcmp(a->chars, b->chars, a->length * sizeof(WCHAR));
}

static inline bool wide_is16(const WS_STRING *string, const void *literal)
{
    WS_STRING wanted = utf16(literal);
    bool is = same(string, &wanted);

    free(wanted.chars);
    return is;
}

static inline HRESULT decode_string(WS_STRING url, ULONG flags, WS_HEAP *heap, const WS_HTTP_URL **parts)
{
    WS_URL *decoded = UNTOUCHED_POINTER;
    WS_ERROR *error = create_error();
    SIZE_T before = requested(heap);
    HRESULT hr = WsDecodeUrl(&url, flags, heap, &decoded, error);

    expect_size(FAILED(hr), sentence_count(error)); /* every failure has a sentence */
    expect((decoded == UNTOUCHED_POINTER) == FAILED(hr));
    if (FAILED(hr))
        expect_size(before, requested(heap));
    WsFreeError(error);
    memset(url.chars, 0xff, url.length * sizeof(WCHAR)); /* what was passed is not kept */
    free(url.chars);
    *parts = (const WS_HTTP_URL *)decoded;
    return hr;
}

#endif
