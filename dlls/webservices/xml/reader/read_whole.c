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
    size_t length = 0, count;
    HRESULT hr;

    while ((hr = reader_content(reader, error)) == S_OK)
    {
        count = reader->text_length;
        /* In UTF-16 it takes at least two thirds of that. */
        if ((length + count) / 3 * 2 > heap->arena.quota)
            return heap_alloc_failed(heap, length + count, error);
        if ((hr = reader_gathered_room(reader, length + count, error)) != S_OK)
            return hr;
        memcpy(reader->gathered.bytes + length, reader->text_bytes, count);
        length += count;
        reader->text_bytes += count;
        reader->text_length = 0;
    }
    *text = length ? reader->gathered.bytes : (const BYTE *)"";
    *ret_length = length;
    return hr == S_FALSE ? S_OK : hr;
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
