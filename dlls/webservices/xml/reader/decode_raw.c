/* SPDX-License-Identifier: MIT */
/* decode_raw.c - the decoder of the raw encoding: any bytes, shown as texts of type BASE64 in a fragment. */
#include "xml/reader/decoder.h"

static HRESULT raw_next(WS_XML_READER *reader, WS_ERROR *error)
{
    HRESULT hr;

    if (reader->pos == reader->end)
    {
        if ((hr = reader_pull(reader, error)) != S_FALSE)
            return hr;
        reader->node = &reader_eof;
        return S_OK;
    }
    /* Whatever is buffered; of a stream there may be more. */
    reader->text.base64.text.textType = WS_XML_TEXT_TYPE_BASE64;
    reader->text.base64.bytes = (BYTE *)reader->pos;
    reader->text.base64.length = (ULONG)(reader->end - reader->pos);
    reader->pos = reader->end;
    reader->node = &reader->text_node.node;
    return S_OK;
}

const struct reader_decoder reader_raw_decoder = {.next = raw_next, .is_raw = true};
