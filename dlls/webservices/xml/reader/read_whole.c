/* SPDX-License-Identifier: MIT */
/* read_whole.c - all text, or all bytes, of a content or an attribute in one piece; see reader.h. */
#include "xml/reader/object.h"

#include "base/error.h"
#include "base/heap.h"

/* How many bytes are read at once. */
#define GATHERED_LARGEST_PIECE ((ULONG)1 << 24)

HRESULT reader_gather_text(WS_XML_READER *reader, const WS_HEAP *heap, const BYTE **text, size_t *ret_length,
                           WS_ERROR *error)
{
    /* In UTF-16 it takes at least two thirds of its length. */
    size_t quota = heap->arena.quota, limit = quota <= SIZE_MAX / 3 * 2 ? quota + quota / 2 : SIZE_MAX;
    bool sole;
    HRESULT hr = reader_sole_text(reader, text, ret_length, &sole, error);

    if (hr != S_OK || sole)
        return hr;
    if ((hr = reader_gather_rest(reader, *text, *ret_length, false, limit, ret_length, error)) != S_OK)
        return hr;
    if (*ret_length > limit)
        return heap_alloc_failed(heap, *ret_length, error);
    *text = *ret_length ? reader->gathered.bytes : (const BYTE *)"";
    return S_OK;
}

HRESULT reader_gather_bytes(WS_XML_READER *reader, const WS_HEAP *heap, const BYTE **bytes, size_t *ret_length,
                            WS_ERROR *error)
{
    ULONG actual = 1;
    size_t length;
    HRESULT hr;

    for (length = 0; actual; length += actual)
    {
        if (length > heap->arena.quota)
            return heap_alloc_failed(heap, length, error);
        if ((hr = reader_gathered_room(reader, length + 1, error)) != S_OK)
            return hr;
        actual = reader->gathered.room - length < GATHERED_LARGEST_PIECE ? (ULONG)(reader->gathered.room - length)
                                                                         : GATHERED_LARGEST_PIECE;
        if ((hr = reader_read_bytes(reader, reader->gathered.bytes + length, actual, &actual, error)) != S_OK)
            return hr;
    }
    *bytes = reader->gathered.bytes;
    *ret_length = length;
    return S_OK;
}
