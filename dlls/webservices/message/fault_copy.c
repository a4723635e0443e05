/* SPDX-License-Identifier: MIT */
/* fault_copy.c - copies of faults; see fault_copy.h. */
#include "fault_copy.h"

#include "base/heap.h"
#include "xml/buffer/buffer.h"

#include <string.h>

static HRESULT copy_memory(WS_HEAP *heap, const void *memory, size_t count, size_t size, void **copy, WS_ERROR *error)
{
    void *to;
    HRESULT hr;

    if (count && !memory)
        return E_INVALIDARG;
    if (count > SIZE_MAX / size)
        return heap_alloc_failed(heap, SIZE_MAX, error);
    if ((hr = heap_alloc(heap, count * size, &to, error)) != S_OK)
        return hr;
    if (count)
        memcpy(to, memory, count * size);
    *copy = to;
    return S_OK;
}

/* In place: before, the string refers to the caller's memory; after, to that of the heap. What is not there stays so.
 */
static HRESULT copy_string(WS_HEAP *heap, WS_STRING *string, WS_ERROR *error)
{
    void *chars;
    HRESULT hr;

    if (!string->chars && !string->length)
        return S_OK;
    if ((hr = copy_memory(heap, string->chars, string->length, sizeof(WCHAR), &chars, error)) == S_OK)
        string->chars = chars;
    return hr;
}

HRESULT fault_copy_buffer(WS_HEAP *heap, WS_XML_BUFFER **buffer, WS_ERROR *error)
{
    if (!*buffer)
        return S_OK;
    return handle_is(*buffer, HANDLE_XML_BUFFER) ? xml_buffer_copy(heap, *buffer, buffer, error) : E_INVALIDARG;
}

/* Whether a list of codes has no end: then a pointer that takes two steps at a time meets one that takes one. */
static bool is_endless(const WS_FAULT_CODE *code)
{
    const WS_FAULT_CODE *fast = code;

    while (fast && fast->subCode)
    {
        code = code->subCode;
        fast = fast->subCode->subCode;
        if (code == fast)
            return true;
    }
    return false;
}

static HRESULT copy_codes(WS_HEAP *heap, WS_FAULT_CODE **link, WS_ERROR *error)
{
    WS_FAULT_CODE *code;
    void *memory;
    HRESULT hr;

    if (is_endless(*link))
        return E_INVALIDARG;
    for (; *link; link = &code->subCode)
    {
        if ((hr = copy_memory(heap, *link, 1, sizeof(**link), &memory, error)) != S_OK)
            return hr;
        *link = code = memory;
        if ((hr = xml_string_copy(heap, &code->value.localName, &code->value.localName, error)) != S_OK ||
            (hr = xml_string_copy(heap, &code->value.ns, &code->value.ns, error)) != S_OK)
            return hr;
    }
    return S_OK;
}

static HRESULT copy_reasons(WS_HEAP *heap, WS_FAULT_REASON **reasons, ULONG count, WS_ERROR *error)
{
    void *memory;
    HRESULT hr;
    ULONG i;

    if ((hr = copy_memory(heap, *reasons, count, sizeof(**reasons), &memory, error)) != S_OK)
        return hr;
    *reasons = memory;
    for (i = 0; i < count; i++)
        if ((hr = copy_string(heap, &(*reasons)[i].text, error)) != S_OK ||
            (hr = copy_string(heap, &(*reasons)[i].lang, error)) != S_OK)
            return hr;
    return S_OK;
}

HRESULT fault_copy(WS_HEAP *heap, const WS_FAULT *fault, WS_FAULT *copy, WS_ERROR *error)
{
    WS_FAULT made = *fault;
    HRESULT hr;

    if ((hr = copy_codes(heap, &made.code, error)) != S_OK ||
        (hr = copy_reasons(heap, &made.reasons, made.reasonCount, error)) != S_OK ||
        (hr = copy_string(heap, &made.actor, error)) != S_OK || (hr = copy_string(heap, &made.node, error)) != S_OK ||
        (hr = fault_copy_buffer(heap, &made.detail, error)) != S_OK)
        return hr;
    *copy = made;
    return S_OK;
}
