/* SPDX-License-Identifier: MIT */
/* pieces.h - values that are written in pieces, and where content is allowed: pieces.c. */
#ifndef WS_XML_WRITER_PIECES_H
#define WS_XML_WRITER_PIECES_H

#include "base/compiler.h"
#include "xml/writer/start_tag.h"
#include "xml/writer/writer_object.h"

/* Ends text that came in pieces, since something else comes next. */
HRESULT writer_end_pieces(WS_XML_WRITER *writer, WS_ERROR *error) COLD;

/* Ends bytes outside of all elements, where no end of an element does it, before the output is flushed or returned. */
HRESULT writer_end_outer_bytes(WS_XML_WRITER *writer, WS_ERROR *error);

/* To be called before anything that does not continue what was written last. */
static inline HRESULT writer_settle(WS_XML_WRITER *writer, WS_ERROR *error)
{
    return UNLIKELY(writer->piece != PIECE_NONE) ? writer_end_pieces(writer, error) : S_OK;
}

/* To be called before text of a kind: ends unfinished text of another kind. */
static inline HRESULT writer_settle_unless(WS_XML_WRITER *writer, enum writer_piece piece, WS_ERROR *error)
{
    return UNLIKELY(writer->piece != PIECE_NONE && writer->piece != piece) ? writer_end_pieces(writer, error) : S_OK;
}
/* Prepares for text outside of all elements. `is_space`: it is allowed there in any case. */
HRESULT writer_begin_top(WS_XML_WRITER *writer, bool is_space, WS_ERROR *error);
/* Prepares for text: commits the start tag. Nothing else is open. */
static inline HRESULT writer_begin_content(WS_XML_WRITER *writer, bool is_space, WS_ERROR *error)
{
    HRESULT hr;

    if (writer_tag_is_pending(writer) && (hr = writer_commit(writer, false, error)) != S_OK)
        return hr;
    if (UNLIKELY(!writer->depth))
        return writer_begin_top(writer, is_space, error);
    writer->elements[writer->depth - 1].has_text = true;
    return S_OK;
}
/* Appends to the value of the attribute. */
HRESULT writer_gather(WS_XML_WRITER *writer, enum writer_piece piece, const BYTE *bytes, size_t count, WS_ERROR *error);
/* Takes a whole text, of `size` bytes, as the value of the attribute. */
HRESULT writer_take_single(WS_XML_WRITER *writer, const WS_XML_TEXT *text, size_t size, WS_ERROR *error);

#endif
