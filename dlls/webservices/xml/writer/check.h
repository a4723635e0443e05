/* SPDX-License-Identifier: MIT */
/* check.h - arguments, names and characters, before they are written: check.c. */
#ifndef WS_XML_WRITER_CHECK_H
#define WS_XML_WRITER_CHECK_H

#include "base/compiler.h"
#include "xml/block.h"
#include "xml/names.h"

/* Whether a string is there, and its bytes. */
static inline bool writer_is_string(const WS_XML_STRING *string)
{
    return string && (string->bytes || !string->length);
}
/* Whether a text is UTF-8, the common case, and its bytes are there. */
static inline bool writer_is_utf8_text(const WS_XML_TEXT *text)
{
    return text && text->textType == WS_XML_TEXT_TYPE_UTF8 &&
           writer_is_string(&((const WS_XML_UTF8_TEXT *)text)->value);
}

/* The checks of a string argument: E_INVALIDARG for NULL (unless `optional`), or for a length without bytes. */
HRESULT writer_check_string(const WS_XML_STRING *string, const char *what, bool optional, WS_ERROR *error);
/* Of a name: also a length of 0. */
HRESULT writer_check_local_name(const WS_XML_STRING *string, WS_ERROR *error);
/* Of a text, and of a node with all that is in it. */
HRESULT writer_check_text_argument(const WS_XML_TEXT *text, WS_ERROR *error);
HRESULT writer_check_node(const WS_XML_NODE *node, WS_ERROR *error);
/* Of the buffers that a WS_PUSH_BYTES_CALLBACK pushes. */
HRESULT writer_check_pushed(const WS_BYTES *buffers, ULONG count, WS_ERROR *error);

/* A name for a sentence: cut off where it does not fit, and without what is not ASCII. */
struct shown_name
{
    char text[48];
};
struct shown_name writer_show(const WS_XML_STRING *string);

/* Checks that a name is an NCName: WS_E_INVALID_FORMAT with a sentence. */
HRESULT writer_check_name_slow(const WS_XML_STRING *name, const char *what, WS_ERROR *error);
static inline HRESULT writer_check_name(const WS_XML_STRING *name, const char *what, WS_ERROR *error)
{
    return LIKELY(block_is_ascii_name(name->bytes, name->length)) ? S_OK : writer_check_name_slow(name, what, error);
}

/*
 * Checks the characters of a text: WS_E_INVALID_FORMAT for those that XML does not allow, except those that the
 * writer's property ALLOW_INVALID_CHARACTER_REFERENCES allows; with `writer` NULL, none.
 */
HRESULT writer_check_text(const WS_XML_WRITER *writer, const WS_XML_TEXT *text, WS_ERROR *error);
HRESULT writer_check_chars_utf8(const WS_XML_WRITER *writer, const BYTE *p, size_t count, WS_ERROR *error);
/* Report bytes that are not valid UTF-8, and a lone surrogate. */
HRESULT writer_invalid_utf8(const BYTE *bytes, const BYTE *end, WS_ERROR *error) COLD;
HRESULT writer_invalid_utf16(const BYTE *unit, WS_ERROR *error) COLD;

#endif
