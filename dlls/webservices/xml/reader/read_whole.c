/* SPDX-License-Identifier: MIT */
/* read_whole.c - all text, or all bytes, of a content or an attribute in one piece; see reader.h. */
#include "xml/reader/object.h"

#include "base/error.h"
#include "base/heap.h"

/* How many bytes are read at once. */
#define GATHERED_LARGEST_PIECE ((ULONG)1 << 24)

static HRESULT add_text(WS_XML_READER *reader, const WS_HEAP *heap, const BYTE *text, size_t count, size_t *length,
                        WS_ERROR *error)
{
    HRESULT hr;

    /* In UTF-16 it takes at least two thirds of that. */
    if ((*length + count) / 3 * 2 > heap->arena.quota)
        return heap_alloc_failed(heap, *length + count, error);
    if ((hr = reader_gathered_room(reader, *length + count, error)) != S_OK)
        return hr;
    memcpy(reader->gathered.bytes + *length, text, count);
    *length += count;
    return S_OK;
}

HRESULT reader_gather_text(WS_XML_READER *reader, const WS_HEAP *heap, const BYTE **text, size_t *ret_length,
                           WS_ERROR *error)
{
    size_t length = 0;
    bool sole;
    HRESULT hr = reader_sole_text(reader, text, ret_length, &sole, error);

    if (hr != S_OK || sole)
        return hr;
    if (*ret_length && (hr = add_text(reader, heap, *text, *ret_length, &length, error)) != S_OK)
        return hr;
    while ((hr = reader_content(reader, error)) == S_OK)
    {
        if ((hr = add_text(reader, heap, reader->text_bytes, reader->text_length, &length, error)) != S_OK)
            return hr;
        reader->text_bytes += reader->text_length;
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
