/* SPDX-License-Identifier: MIT */
/* stream.h - a stream for readers, which comes in pieces of at most `piece` bytes. */
#ifndef WS_SUPPORT_STREAM_H
#define WS_SUPPORT_STREAM_H

#include <string.h>

#include "webservices.h"

struct stream
{
    const BYTE *bytes;
    size_t length, pos, piece;
    unsigned calls;
};

static inline HRESULT CALLBACK read_stream(void *state, void *bytes, ULONG max, ULONG *actual,
                                           const WS_ASYNC_CONTEXT *context, WS_ERROR *error)
{
    struct stream *stream = state;
    size_t count = stream->length - stream->pos;

    (void)context, (void)error;
    stream->calls++;
    if (count > max)
        count = max;
    if (count > stream->piece)
        count = stream->piece;
    if (count)
        memcpy(bytes, stream->bytes + stream->pos, count);
    stream->pos += count;
    *actual = (ULONG)count;
    return S_OK;
}

#endif
