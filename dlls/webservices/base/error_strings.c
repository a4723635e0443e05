/* SPDX-License-Identifier: MIT */
/*
 * error_strings.c - adds strings to error objects; see error.h and error_strings.h.
 *
 * What reports failures needs no more of an error object than this. The object itself, and its exported functions, are
 * in error.c.
 */
#include "error_strings.h"

#include "trace_sentence.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Takes a string of `length` characters from the arena, not linked and not filled in; NULL: no memory. */
static struct error_string *alloc_string(WS_ERROR *error, size_t length)
{
    struct error_string *string;

    if (length > ERROR_LARGEST_SIZE / sizeof(WCHAR))
        return NULL;
    if (!(string = arena_alloc(&error->arena, sizeof(*string) + length * sizeof(WCHAR))))
        return NULL;
    string->length = (ULONG)length;
    return string;
}

static void link_string(WS_ERROR *error, struct error_string *string)
{
    string->older = error->newest;
    error->newest = string;
    error->string_count++;
}

struct error_string *error_copy_chars(WS_ERROR *error, const WCHAR *chars, size_t length)
{
    struct error_string *string = alloc_string(error, length);

    if (string && length)
        memcpy(string->chars, chars, length * sizeof(WCHAR));
    return string;
}

static void put_ascii(WCHAR *to, const char *text)
{
    while (*text)
        *to++ = (unsigned char)*text++;
}

struct error_string *error_copy_ascii(WS_ERROR *error, const char *text)
{
    struct error_string *string = alloc_string(error, strlen(text));

    if (string)
        put_ascii(string->chars, text);
    return string;
}

/*
 * Formats a sentence for an error object, without adding it to the list. NULL: there is no memory; or no live error
 * object, and the trace gets the sentence.
 */
static struct error_string *new_sentence(WS_ERROR *error, const char *format, va_list args)
{
    bool is_live = handle_is(error, HANDLE_ERROR);
    char text[LONGEST_SENTENCE];

    if (!is_live && !trace_on)
        return NULL;
    vsnprintf(text, sizeof(text), format, args);
    if (is_live)
        return error_copy_ascii(error, text);
    trace_sentence(text);
    return NULL;
}

HRESULT error_report(WS_ERROR *error, HRESULT hr, const char *format, ...)
{
    struct error_string *string;
    va_list args;

    va_start(args, format);
    if ((string = new_sentence(error, format, args)))
        link_string(error, string);
    va_end(args);
    return hr;
}

void error_precede(WS_ERROR *error, ULONG mark, const char *format, ...)
{
    struct error_string *old, *string;
    char text[LONGEST_SENTENCE];
    va_list args;
    size_t length;

    if (!handle_is(error, HANDLE_ERROR) || error->string_count <= mark)
        return;
    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    old = error->newest;
    length = strlen(text);
    if (!(string = alloc_string(error, length + old->length)))
        return;
    put_ascii(string->chars, text);
    memcpy(string->chars + length, old->chars, old->length * sizeof(WCHAR));
    string->older = old->older;
    error->newest = string;
}

HRESULT error_report_below(WS_ERROR *error, ULONG mark, HRESULT hr, const char *format, ...)
{
    struct error_string *string, **link;
    va_list args;
    ULONG newer;

    va_start(args, format);
    string = new_sentence(error, format, args);
    va_end(args);
    if (!string)
        return hr;
    /* Fewer than before: there was a reset, and all there are have been added since. */
    newer = error->string_count >= mark ? error->string_count - mark : error->string_count;
    for (link = &error->newest; newer; newer--)
        link = &(*link)->older;
    string->older = *link;
    *link = string;
    error->string_count++;
    return hr;
}

bool error_newest(const WS_ERROR *error, WS_STRING *sentence)
{
    if (!handle_is(error, HANDLE_ERROR) || !error->newest)
        return false;
    sentence->chars = error->newest->chars;
    sentence->length = error->newest->length;
    return true;
}

HRESULT error_add_string(WS_ERROR *error, const WS_STRING *string)
{
    struct error_string *copy;

    if (!string || (string->length && !string->chars))
        return E_INVALIDARG;
    if (!(copy = error_copy_chars(error, string->chars, string->length)))
        return E_OUTOFMEMORY;
    link_string(error, copy);
    return S_OK;
}

HRESULT error_add_between(WS_ERROR *error, const char *before, const WS_STRING *string, const char *after)
{
    size_t head = strlen(before), length = string->length;
    struct error_string *copy;

    /* Looked at before the sum, which would overflow in 32 bits. */
    if (length > ERROR_LARGEST_SIZE || !(copy = alloc_string(error, head + length + strlen(after))))
        return E_OUTOFMEMORY;
    put_ascii(copy->chars, before);
    if (length)
        memcpy(copy->chars + head, string->chars, length * sizeof(WCHAR));
    put_ascii(copy->chars + head + length, after);
    link_string(error, copy);
    return S_OK;
}
