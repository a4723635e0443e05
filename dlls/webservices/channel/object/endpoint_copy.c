/* SPDX-License-Identifier: MIT */
/* endpoint_copy.c - copies of what a program passes; see endpoint_copy.h. */
#include "endpoint_copy.h"

#include "base/error.h"
#include "base/heap.h"
#include "xml/buffer/buffer.h"

#include <string.h>

HRESULT array_copy(WS_HEAP *heap, const void *items, size_t count, size_t size, void **copy, const char *what,
                   WS_ERROR *error)
{
    HRESULT hr;

    *copy = NULL;
    if (!count)
        return S_OK;
    if (!items)
        return error_report(error, E_INVALIDARG, "%s has %zu items, which are at NULL.", what, count);
    if (count > SIZE_MAX / size)
        return heap_alloc_failed(heap, SIZE_MAX, error);
    if ((hr = heap_alloc(heap, count * size, copy, error)) == S_OK)
        memcpy(*copy, items, count * size);
    return hr;
}

HRESULT string_copy(WS_HEAP *heap, const WS_STRING *string, WS_STRING *copy, const char *what, WS_ERROR *error)
{
    const ULONG length = string->length;
    void *chars = NULL;
    HRESULT hr = array_copy(heap, string->chars, length, sizeof(WCHAR), &chars, what, error);

    copy->length = length;
    copy->chars = chars;
    return hr;
}

static HRESULT copy_buffer(WS_HEAP *heap, const WS_XML_BUFFER *buffer, WS_XML_BUFFER **copy, WS_ERROR *error)
{
    *copy = NULL;
    if (!buffer)
        return S_OK;
    if (!handle_is(buffer, HANDLE_XML_BUFFER))
        return handle_refuse(buffer, HANDLE_XML_BUFFER, error);
    return xml_buffer_copy(heap, buffer, copy, error);
}

HRESULT endpoint_copy(WS_HEAP *heap, const WS_ENDPOINT_ADDRESS *address, WS_ENDPOINT_ADDRESS *copy, WS_ERROR *error)
{
    HRESULT hr;

    copy->identity = NULL;
    if ((hr = string_copy(heap, &address->url, &copy->url, "The URL of the endpoint address", error)) != S_OK ||
        (hr = copy_buffer(heap, address->headers, &copy->headers, error)) != S_OK)
        return hr;
    return copy_buffer(heap, address->extensions, &copy->extensions, error);
}
