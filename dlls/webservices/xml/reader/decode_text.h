/* SPDX-License-Identifier: MIT */
/*
 * decode_text.h - the decoder of XML as text.
 *
 * It reads UTF-8: the input converts UTF-16. It keeps to XML 1.0 (fifth edition) and Namespaces in XML 1.0, less
 * document type declarations and processing instructions, which the API does not have: they are errors.
 *
 * A decoder that has text inside (MTOM) calls text_begin() and text_next() too.
 */
#ifndef WS_XML_READER_DECODE_TEXT_H
#define WS_XML_READER_DECODE_TEXT_H

#include <stdbool.h>

#include "base/compiler.h"
#include "webservices.h"

union xml_text;

/* A text with references or carriage returns, which must be copied, is shown in pieces of about this size. */
#define TEXT_PIECE 32768u

enum text_place
{
    TEXT_BEGIN,   /* the charset is not known yet */
    TEXT_PROLOG,  /* a declaration could come */
    TEXT_CONTENT, /* ... not any more */
    TEXT_CDATA
};

struct text_state
{
    enum text_place place;
    WS_CHARSET stated, charset; /* as given with the input; as it is (WS_CHARSET_AUTO: not known yet) */
    bool final;                 /* the window is all there will be */
    bool closing;               /* the END_ELEMENT shown is to be closed */

    /* Lines and columns are counted when somebody asks, or the bytes go away. */
    const BYTE *node_start; /* NULL: it is not in the window any more; then the node has been located */
    const BYTE *counted;    /* up to here, */
    ULONGLONG row, column;  /* where this is; both from 0, columns in characters */
    bool node_located;      /* the next two are known */
    ULONGLONG node_row, node_column;
    unsigned moves; /* of the window */
};

/* Begins a document in the reader's window. */
void text_begin(WS_XML_READER *reader, WS_CHARSET charset);

/* See struct reader_decoder. */
HRESULT text_next(WS_XML_READER *reader, WS_ERROR *error);
void text_skip_space(WS_XML_READER *reader);
bool text_plain_content(WS_XML_READER *reader, union xml_text *text, const BYTE **end);
void text_pass_content(WS_XML_READER *reader, const BYTE *end);
bool text_location_of(const WS_XML_READER *reader, const BYTE *at, ULONGLONG *row, ULONGLONG *column);

/* --- Shared by the decoder's files --- */

/* decode_text_prolog.c: what is done in TEXT_BEGIN and TEXT_PROLOG; S_OK: the place is a later one. */
HRESULT text_detect_charset(WS_XML_READER *reader, WS_ERROR *error);
HRESULT text_declaration(WS_XML_READER *reader, WS_ERROR *error);

/* decode_text_markup.c: at "<" followed by something else than "/", "!" or "?". */
HRESULT text_start_tag(WS_XML_READER *reader, WS_ERROR *error);
HRESULT text_end_tag(WS_XML_READER *reader, WS_ERROR *error);

/*
 * A reference, at its "&": moves *p past it. WS_E_INVALID_FORMAT, or READER_STARVED if the window ends within it.
 */
HRESULT text_reference(WS_XML_READER *reader, const BYTE **p, uint32_t *code_point, WS_ERROR *error);

/* decode_text_place.c: where a node or a byte is, and failures that begin with that. */

/* For struct reader_decoder. */
void text_location(WS_XML_READER *reader, ULONGLONG *row, ULONGLONG *column);
void text_discard(WS_XML_READER *reader);
void text_moved(WS_XML_READER *reader);

/* WS_E_INVALID_FORMAT with a sentence that begins with the line and column of a place in the window (from 1). */
HRESULT text_fail(WS_XML_READER *reader, const BYTE *at, WS_ERROR *error, const char *format, ...) COLD
    PRINTF_LIKE(4, 5);

/* The same for a byte at which no character of XML in UTF-8 begins. */
HRESULT text_fail_character(WS_XML_READER *reader, const BYTE *at, WS_ERROR *error) COLD;

/*
 * The window ends within something: READER_STARVED, or WS_E_INVALID_FORMAT if it is all there is, with the place where
 * that something begins. `start`: NULL if it is not in the window.
 */
HRESULT text_cut_off(WS_XML_READER *reader, const BYTE *start, const char *what, WS_ERROR *error) COLD;

/* The same within the value of an attribute, which the sentence names. */
struct reader_attribute;
HRESULT text_cut_off_value(WS_XML_READER *reader, const struct reader_attribute *attribute, BYTE quote,
                           WS_ERROR *error) COLD;

/* What is at a place, for sentences: ASCII in quotes, another character or byte by its number. */
#define TEXT_SHOWN_ROOM 16
const char *text_show(const WS_XML_READER *reader, const BYTE *at, char shown[TEXT_SHOWN_ROOM]) COLD;

#endif
