/* SPDX-License-Identifier: MIT */
/*
 * error.c - WsCreateError, WsAddErrorString, WsGetErrorString, WsGetErrorProperty, WsSetErrorProperty,
 * WsResetError, WsFreeError, WsCopyError; see error.h.
 *
 * A failure of these functions adds no sentence to the error object they work on: a failed call changes nothing.
 */
#include "error.h"

#include "constants.h"
#include "error_strings.h"
#include "memory.h"
#include "platform.h"
#include "property.h"
#include "trace.h"

#include <stdio.h>
#include <string.h>

struct handle_pool error_pool = {.tag = HANDLE_ERROR, .size = sizeof(struct _WS_ERROR), .what = "error objects"};

/* Empties an error object; its arena stays. */
static void clear(WS_ERROR *error)
{
    error->newest = NULL;
    error->string_count = 0;
    error->original_code = 0;
    error->original_text = NULL;
    error->attachment = NULL;
    error->language = error->default_language;
    error->language_free = false;
}

static void detach(WS_ERROR *error)
{
    if (error->attachment)
        error->attachment->free(error->attachment);
}

/* Gives back what an error object holds. */
static void release(WS_ERROR *error)
{
    detach(error);
    arena_release(&error->arena);
}

static void init(WS_ERROR *error, LANGID language)
{
    /* What a reset keeps: enough for a few sentences. */
    memory_init_arena(&error->arena, ERROR_LARGEST_SIZE, 4096);
    error->default_language = language;
    clear(error);
}

static HRESULT take_language(LANGID *language, const void *value, ULONG size)
{
    LANGID given;
    HRESULT hr =
        property_set(CONSTANT_ERROR_PROPERTY, WS_ERROR_PROPERTY_LANGID, &given, sizeof(given), value, size, NULL);

    if (hr != S_OK)
        return hr;
    if (!given)
        return E_INVALIDARG;
    *language = given;
    return S_OK;
}

/* The only property that can be given at creation is the language. */
static HRESULT creation_language(const WS_ERROR_PROPERTY *properties, ULONG count, LANGID *language)
{
    HRESULT hr;
    ULONG i;

    if (count && !properties)
        return E_INVALIDARG;
    for (i = 0; i < count; i++)
    {
        if (properties[i].id != WS_ERROR_PROPERTY_LANGID)
            return E_INVALIDARG;
        if ((hr = take_language(language, properties[i].value, properties[i].valueSize)) != S_OK)
            return hr;
    }
    return S_OK;
}

/* Once after a reset, while the object has no text in any language. */
static HRESULT set_language(WS_ERROR *error, const void *value, ULONG size)
{
    HRESULT hr;

    if (!error->language_free || error->newest || error->original_text || error->attachment)
        return WS_E_INVALID_OPERATION;
    if ((hr = take_language(&error->default_language, value, size)) != S_OK)
        return hr;
    error->language = error->default_language;
    error->language_free = false;
    return S_OK;
}

static HRESULT create_error(const WS_ERROR_PROPERTY *properties, ULONG count, WS_ERROR **ret)
{
    LANGID language = platform_ui_language();
    WS_ERROR *error;
    HRESULT hr;

    if (!ret)
        return E_INVALIDARG;
    if ((hr = creation_language(properties, count, &language)) != S_OK)
        return hr;
    if (!(error = handle_take(&error_pool)))
        return E_OUTOFMEMORY;
    init(error, language);
    handle_publish(&error_pool, error);
    *ret = error;
    return S_OK;
}

size_t error_code_text(ULONG code, LANGID language, WCHAR text[ERROR_CODE_TEXT_ROOM])
{
    size_t length = platform_error_text(code, language, text, ERROR_CODE_TEXT_ROOM), i;
    struct constant_text name;
    char number[sizeof(name) + 32];

    if (length)
        return length;
    name = constant_name(CONSTANT_RESULT, code);
    if (strchr(name.text, ' ')) /* it is a number, too */
        snprintf(number, sizeof(number), "Error 0x%08x.", (unsigned)code);
    else
        snprintf(number, sizeof(number), "Error 0x%08x, %s.", (unsigned)code, name.text);
    for (i = 0; number[i]; i++)
        text[i] = (unsigned char)number[i];
    return i;
}

static struct error_string *code_text(WS_ERROR *error, ULONG code)
{
    WCHAR text[ERROR_CODE_TEXT_ROOM];

    return error_copy_chars(error, text, error_code_text(code, error->language, text));
}

static HRESULT set_original_code(WS_ERROR *error, ULONG code)
{
    struct error_string *text = NULL;

    if (code == error->original_code)
        return S_OK;
    if (code && !(text = code_text(error, code)))
        return E_OUTOFMEMORY;
    error->original_code = code;
    error->original_text = text;
    return S_OK;
}

void error_set_original(WS_ERROR *error, ULONG code)
{
    if (handle_is(error, HANDLE_ERROR))
        set_original_code(error, code);
}

static HRESULT get_property(const WS_ERROR *error, WS_ERROR_PROPERTY_ID id, void *value, ULONG size)
{
    ULONG count = error->string_count + (error->original_text != NULL);

    switch (id)
    {
    case WS_ERROR_PROPERTY_STRING_COUNT:
        return property_get(CONSTANT_ERROR_PROPERTY, id, &count, sizeof(count), value, size, NULL);
    case WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE:
        return property_get(CONSTANT_ERROR_PROPERTY, id, &error->original_code, sizeof(error->original_code), value,
                            size, NULL);
    case WS_ERROR_PROPERTY_LANGID:
        return property_get(CONSTANT_ERROR_PROPERTY, id, &error->language, sizeof(error->language), value, size, NULL);
    default: return E_INVALIDARG;
    }
}

static HRESULT set_property(WS_ERROR *error, WS_ERROR_PROPERTY_ID id, const void *value, ULONG size)
{
    ULONG code;
    HRESULT hr;

    switch (id)
    {
    case WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE:
        hr = property_set(CONSTANT_ERROR_PROPERTY, id, &code, sizeof(code), value, size, NULL);
        return hr == S_OK ? set_original_code(error, code) : hr;
    case WS_ERROR_PROPERTY_LANGID: return set_language(error, value, size);
    default: return E_INVALIDARG;
    }
}

static HRESULT get_string(const WS_ERROR *error, ULONG index, WS_STRING *ret)
{
    struct error_string *string = error->newest;

    if (!ret)
        return E_INVALIDARG;
    if (index >= error->string_count)
        string = index == error->string_count ? error->original_text : NULL;
    else
        while (index--)
            string = string->older;
    if (!string)
        return E_INVALIDARG;
    ret->length = string->length;
    ret->chars = string->chars;
    return S_OK;
}

static struct error_string *copy_string(WS_ERROR *error, const struct error_string *string)
{
    return error_copy_chars(error, string->chars, string->length);
}

/* The copy is made before the destination's old contents are released, so that they survive a failure. */
static HRESULT copy_error(const WS_ERROR *source, WS_ERROR *destination)
{
    struct error_string *string, *copy, **link;
    WS_ERROR fresh = *destination;

    if (source == destination)
        return S_OK;
    init(&fresh, destination->default_language);
    if (source->attachment && source->attachment->copy(source->attachment, &fresh.attachment) != S_OK)
        return E_OUTOFMEMORY;
    for (string = source->newest, link = &fresh.newest; string; string = string->older, link = &copy->older)
    {
        if (!(copy = copy_string(&fresh, string)))
            goto out_of_memory;
        copy->older = NULL;
        *link = copy;
    }
    if (source->original_text && !(fresh.original_text = copy_string(&fresh, source->original_text)))
        goto out_of_memory;
    fresh.string_count = source->string_count;
    fresh.original_code = source->original_code;
    fresh.language = source->language;
    release(destination);
    *destination = fresh;
    return S_OK;

out_of_memory:
    release(&fresh);
    return E_OUTOFMEMORY;
}

/*
 * Creates an error object.
 *
 * properties, propertyCount: WS_ERROR_PROPERTY_LANGID, a LANGID that is not 0, may be given; by default it
 *      is the user's UI language.
 * error: receives the object, which the caller frees with WsFreeError. Untouched on failure.
 * Returns E_INVALIDARG (error is NULL; a property that cannot be given here, or a wrong value of it),
 * E_OUTOFMEMORY.
 * Source: the pages of WsCreateError and WS_ERROR_PROPERTY_ID.
 */
HRESULT WINAPI WsCreateError(const WS_ERROR_PROPERTY *properties, ULONG propertyCount, WS_ERROR **error)
{
    HRESULT hr = create_error(properties, propertyCount, error);

    TRACE_RESULT(hr, NULL, "WsCreateError(properties=%s, propertyCount=%u, error=%p) = 0x%08x%s",
                 trace_properties(CONSTANT_ERROR_PROPERTY, properties, propertyCount).text, (unsigned)propertyCount,
                 (void *)error, (unsigned)hr, trace_pointer(hr, "error", hr == S_OK ? *error : NULL).text);
    return hr;
}

/*
 * Adds a string, in the object's language, to an error object, as its newest. The string is copied and may
 * be empty.
 *
 * Returns E_INVALIDARG (not a live error object; string or its characters NULL), E_OUTOFMEMORY (also when
 * the object's strings would take more than ERROR_LARGEST_SIZE).
 * Source: the page of WsAddErrorString.
 */
HRESULT WINAPI WsAddErrorString(WS_ERROR *error, const WS_STRING *string)
{
    HRESULT hr = handle_is(error, HANDLE_ERROR) ? error_add_string(error, string) : E_INVALIDARG;

    TRACE_RESULT(hr, NULL, "WsAddErrorString(error=%p, string=%s) = 0x%08x", (void *)error, trace_string(string).text,
                 (unsigned)hr);
    return hr;
}

/*
 * Gets a string of an error object.
 *
 * index: 0 is the newest string. If there is an original error code, its text comes after the oldest.
 * string: receives the string, which is not zero-terminated and belongs to the object, until that is reset or
 *      freed (or made a copy by WsCopyError). Untouched on failure.
 * Returns E_INVALIDARG (not a live error object, no such index, string is NULL).
 * Source: the page of WsGetErrorString.
 */
HRESULT WINAPI WsGetErrorString(WS_ERROR *error, ULONG index, WS_STRING *string)
{
    HRESULT hr = handle_is(error, HANDLE_ERROR) ? get_string(error, index, string) : E_INVALIDARG;

    TRACE_RESULT(hr, NULL, "WsGetErrorString(error=%p, index=%u, string=%p) = 0x%08x", (void *)error, (unsigned)index,
                 (void *)string, (unsigned)hr);
    return hr;
}

/*
 * Gets a property of an error object.
 *
 * WS_ERROR_PROPERTY_STRING_COUNT: ULONG; the text of an original error code counts as one.
 * WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE: ULONG; 0 if there is none.
 * WS_ERROR_PROPERTY_LANGID: LANGID.
 * Returns E_INVALIDARG (not a live error object, unknown id, buffer is NULL, bufferSize is not the
 * property's), with *buffer untouched.
 * Source: the pages of WsGetErrorProperty and WS_ERROR_PROPERTY_ID.
 */
HRESULT WINAPI WsGetErrorProperty(WS_ERROR *error, WS_ERROR_PROPERTY_ID id, void *buffer, ULONG bufferSize)
{
    HRESULT hr = handle_is(error, HANDLE_ERROR) ? get_property(error, id, buffer, bufferSize) : E_INVALIDARG;

    TRACE_RESULT(hr, NULL, "WsGetErrorProperty(error=%p, id=%s, buffer=%p, bufferSize=%u) = 0x%08x%s", (void *)error,
                 TRACE_NAME(ERROR_PROPERTY, id), buffer, (unsigned)bufferSize, (unsigned)hr,
                 trace_out_property(hr, CONSTANT_ERROR_PROPERTY, (ULONG)id, buffer, bufferSize).text);
    return hr;
}

/*
 * Sets a property of an error object.
 *
 * WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE: ULONG; 0 takes it away.
 * WS_ERROR_PROPERTY_LANGID: LANGID, not 0. Once after each WsResetError, before the object has anything else; later
 *      resets keep it.
 * Returns WS_E_INVALID_OPERATION for the language at any other time, whatever the value; E_INVALIDARG (not a live error
 * object, WS_ERROR_PROPERTY_STRING_COUNT or an unknown id, value is NULL, valueSize is not the property's);
 * E_OUTOFMEMORY.
 * Source: the pages of WsSetErrorProperty and WS_ERROR_PROPERTY_ID, which says that the language may be set at creation
 * and after a reset; that it may not be at other times has been observed on Windows.
 */
HRESULT WINAPI WsSetErrorProperty(WS_ERROR *error, WS_ERROR_PROPERTY_ID id, const void *value, ULONG valueSize)
{
    HRESULT hr = handle_is(error, HANDLE_ERROR) ? set_property(error, id, value, valueSize) : E_INVALIDARG;

    TRACE_RESULT(hr, NULL, "WsSetErrorProperty(error=%p, id=%s, value=%s, valueSize=%u) = 0x%08x", (void *)error,
                 TRACE_NAME(ERROR_PROPERTY, id),
                 trace_property(CONSTANT_ERROR_PROPERTY, (ULONG)id, value, valueSize).text, (unsigned)valueSize,
                 (unsigned)hr);
    return hr;
}

/*
 * Makes an error object as it was when it was created: no strings, no original code, no fault. Its language stays, and
 * may be set anew.
 *
 * Returns E_INVALIDARG if error is not a live error object.
 * Source: the page of WsResetError.
 */
HRESULT WINAPI WsResetError(WS_ERROR *error)
{
    HRESULT hr = E_INVALIDARG;

    if (handle_is(error, HANDLE_ERROR))
    {
        detach(error);
        arena_reset(&error->arena);
        clear(error);
        error->language_free = true;
        hr = S_OK;
    }
    TRACE_RESULT(hr, NULL, "WsResetError(error=%p) = 0x%08x", (void *)error, (unsigned)hr);
    return hr;
}

/*
 * Frees an error object and its strings. NULL, or what is not a live error object, is ignored.
 * Source: the page of WsFreeError.
 */
void WINAPI WsFreeError(WS_ERROR *error)
{
    if (handle_is(error, HANDLE_ERROR))
    {
        release(error);
        handle_put_back(&error_pool, error);
    }
    TRACE("WsFreeError(error=%p)", (void *)error);
}

/*
 * Makes `destination` a copy of `source`: its strings, its original code, its fault and the language they are in. What
 * the destination held is released. A reset of the destination returns to its own language.
 *
 * Returns E_INVALIDARG (either is not a live error object), E_OUTOFMEMORY (the destination is unchanged).
 * Source: the page of WsCopyError.
 */
HRESULT WINAPI WsCopyError(WS_ERROR *source, WS_ERROR *destination)
{
    HRESULT hr = E_INVALIDARG;

    if (handle_is(source, HANDLE_ERROR) && handle_is(destination, HANDLE_ERROR))
        hr = copy_error(source, destination);
    TRACE_RESULT(hr, NULL, "WsCopyError(source=%p, destination=%p) = 0x%08x", (void *)source, (void *)destination,
                 (unsigned)hr);
    return hr;
}
