/* SPDX-License-Identifier: MIT */
/* output.h - where encoded bytes go: output.c. */
#ifndef WS_XML_WRITER_OUTPUT_H
#define WS_XML_WRITER_OUTPUT_H

#include "base/compiler.h"
#include "xml/block.h"
#include "xml/writer/writer_object.h"

/* Empties the output, keeping at most the trim size of memory, and starts in the initial buffer if there is one. */
void output_reset(WS_XML_WRITER *writer);
void output_release(WS_XML_WRITER *writer);
/* Bytes generated since the output was set or flushed. */
size_t output_size(const WS_XML_WRITER *writer);
HRESULT output_get_bytes(WS_XML_WRITER *writer, WS_BYTES *bytes, WS_ERROR *error);
HRESULT output_get_buffers(WS_XML_WRITER *writer, WS_BUFFERS *buffers, WS_ERROR *error);
/* Makes room in the last chunk, or a new one. */
HRESULT output_more(WS_XML_WRITER *writer, WS_ERROR *error);
/* Appends to the chunks, whatever the window is. */
HRESULT output_append(WS_XML_WRITER *writer, const BYTE *bytes, size_t count, WS_ERROR *error);

/* The window is full: makes room for a byte at least. */
HRESULT writer_more_room(WS_XML_WRITER *writer, WS_ERROR *error);
HRESULT writer_put_slow(WS_XML_WRITER *writer, const BYTE *bytes, size_t count, WS_ERROR *error);
/* Appends to the window. */
static inline HRESULT writer_put(WS_XML_WRITER *writer, const void *bytes, size_t count, WS_ERROR *error)
{
    struct writer_output *output = &writer->output;

    if (UNLIKELY((size_t)(output->end - output->pos) < count))
        return writer_put_slow(writer, bytes, count, error);
    output->pos = block_copy(output->pos, bytes, count);
    return S_OK;
}

#endif
