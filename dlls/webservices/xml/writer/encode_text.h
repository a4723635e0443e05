/* SPDX-License-Identifier: MIT */
/* encode_text.h - the text encoder, and its escaping. */
#ifndef WS_XML_WRITER_ENCODE_TEXT_H
#define WS_XML_WRITER_ENCODE_TEXT_H

#include "webservices.h"

/* Where text stands, which decides what has to be escaped. */
enum escape_mode
{
    ESCAPE_CONTENT,      /* & < > and CR */
    ESCAPE_DOUBLE_QUOTE, /* & < " and TAB, LF, CR */
    ESCAPE_SINGLE_QUOTE, /* & < ' and TAB, LF, CR */
    ESCAPE_CDATA,        /* nothing can be: "]]>" is refused */
    ESCAPE_NOTHING       /* comments, checked elsewhere */
};

/* Points the writer's window at a buffer that is converted to UTF-16 (charset), or at the output (UTF-8). */
HRESULT writer_text_set_charset(WS_XML_WRITER *writer, WS_CHARSET charset, WS_ERROR *error);

/* Converts to UTF-16 what is in the window. */
HRESULT writer_text_drain(WS_XML_WRITER *writer, WS_ERROR *error);

/*
 * Writes text to the window, escaped; WS_E_INVALID_FORMAT if it is not valid, or has characters that XML does not
 * allow.
 */
HRESULT writer_escape_utf8(WS_XML_WRITER *writer, enum escape_mode mode, const BYTE *bytes, size_t count,
                           WS_ERROR *error);
/* `bytes` are UTF-16 of this machine's order, not aligned. */
HRESULT writer_escape_utf16(WS_XML_WRITER *writer, enum escape_mode mode, const BYTE *bytes, size_t count,
                            WS_ERROR *error);

#endif
