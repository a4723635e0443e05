/* SPDX-License-Identifier: MIT */
/*
 * decode_binary_cursor.h - what the files of the binary decoder share: decode_binary.c reads elements and says which
 * node comes next, decode_binary_text.c reads texts, and decode_binary_cursor.c what both consist of.
 */
#ifndef WS_XML_READER_DECODE_BINARY_CURSOR_H
#define WS_XML_READER_DECODE_BINARY_CURSOR_H

#include "xml/binary_records.h"
#include "xml/block.h"
#include "xml/reader/decoder.h"
#include "xml/scan.h"

/* The most bytes that the element of an array may take, since it is read anew for each item; */
#define ARRAY_ELEMENT_MAX 4096u
/* the most items of a list that are shown as one text in content; */
#define LIST_PIECE 256u
/* and in an attribute, which is shown whole: more are WS_E_QUOTA_EXCEEDED. */
#define LIST_ATTRIBUTE_MAX 65536u

/* A place in the document. */
struct binary_cursor
{
    WS_XML_READER *reader;
    const BYTE *at, *end;
    const BYTE *start; /* of the record it is in, for sentences; */
    int record;        /* and its byte; -1: none */
    bool checked;      /* what is read has been read before, and was valid */
};

/* --- decode_binary_cursor.c --- */

/* WS_E_INVALID_FORMAT, with a sentence that begins with the record and its offset; or another code. */
HRESULT binary_fail(const struct binary_cursor *cursor, WS_ERROR *error, const char *format, ...) COLD
    PRINTF_LIKE(3, 4);
HRESULT binary_fail_with(const struct binary_cursor *cursor, HRESULT hr, WS_ERROR *error, const char *format, ...) COLD
    PRINTF_LIKE(4, 5);

/* Puts the same before the sentence that another function has added since the mark; returns `hr`. */
HRESULT binary_locate(const struct binary_cursor *cursor, ULONG mark, HRESULT hr, WS_ERROR *error) COLD;

/* The window ends within the record: READER_STARVED, or WS_E_INVALID_FORMAT if it is all there is. */
HRESULT binary_cut_off(const struct binary_cursor *cursor, WS_ERROR *error) COLD;

/* A number of 31 bits; a string in a dictionary; a record's byte. */
HRESULT binary_read_int31_slow(struct binary_cursor *cursor, uint32_t *value, WS_ERROR *error);

static inline HRESULT binary_read_int31(struct binary_cursor *cursor, uint32_t *value, WS_ERROR *error)
{
    if (UNLIKELY(cursor->at == cursor->end) || UNLIKELY(*cursor->at >= 0x80))
        return binary_read_int31_slow(cursor, value, error);
    *value = *cursor->at++;
    return S_OK;
}

HRESULT binary_read_dictionary(struct binary_cursor *cursor, WS_XML_STRING *string, WS_ERROR *error);
HRESULT binary_read_record(struct binary_cursor *cursor, BYTE *record, WS_ERROR *error);

/* Checks that a name (`what`) is an NCName; the slow one is for names that are not all ASCII, or not valid. */
HRESULT binary_check_wide_name(const struct binary_cursor *cursor, const WS_XML_STRING *name, const char *what,
                               WS_ERROR *error) COLD;

static inline HRESULT binary_check_name(const struct binary_cursor *cursor, const WS_XML_STRING *name, const char *what,
                                        WS_ERROR *error)
{
    return LIKELY(block_is_ascii_name(name->bytes, name->length)) ? S_OK
                                                                  : binary_check_wide_name(cursor, name, what, error);
}

/*
 * Checks that all characters of UTF-8 are allowed in XML. Up to `limit` bytes can be read, whatever they are. *valid is
 * where the check ends: before `end` only if a character is cut off there, which is a failure unless `may_be_cut`.
 */
HRESULT binary_check_chars(const struct binary_cursor *cursor, const BYTE *p, const BYTE *end, const BYTE *limit,
                           bool may_be_cut, const BYTE **valid, WS_ERROR *error);

/* Quick test of a short run of bytes. True: that check would accept it; false: unknown, call it. */
static inline bool binary_is_plain(const BYTE *p, size_t length, const BYTE *limit)
{
#ifdef SCAN_MASK_STEP
    for (; limit - p >= 16; p += 16, length -= 16)
    {
        uint64_t mask = scan_text_mask(p, '\r', '\r', '\r');

        if (length <= 16)
            return !(mask & scan_mask_of(length));
        if (mask)
            return false;
    }
    return !length;
#else
    (void)limit;
    return scan_class(p, p + length, SCAN_COMMENT) == p + length;
#endif
}

/*
 * The common case of a text: a Chars8Text record of ordinary characters, all of it in the window. True: the text is
 * made, and the cursor is past it; false: nothing has changed. `at`: after the record's byte.
 */
static inline bool binary_read_plain_text(struct binary_cursor *cursor, const BYTE *at, union xml_text *text)
{
    size_t there = (size_t)(cursor->end - at), length;

    if (UNLIKELY(!there) || UNLIKELY((length = *at++) >= there) || !binary_is_plain(at, length, cursor->end))
        return false;
    text->text.textType = WS_XML_TEXT_TYPE_UTF8;
    text->utf8.value.bytes = (BYTE *)at;
    text->utf8.value.length = (ULONG)length;
    text->utf8.value.dictionary = NULL;
    text->utf8.value.id = 0;
    cursor->at = at + length;
    return true;
}

/* The place after a text that is whole. */
static inline enum binary_place binary_after(unsigned record)
{
    return record & RECORD_WITH_END_ELEMENT ? BINARY_END : BINARY_RECORD;
}

/* The reader has read as far as the cursor. */
static inline void binary_advance(const struct binary_cursor *cursor)
{
    WS_XML_READER *reader = cursor->reader;

    reader->binary_state.offset += (ULONGLONG)(cursor->at - reader->pos);
    reader->pos = cursor->at;
}

/* --- decode_binary_text.c --- */

/*
 * The value of a text record whose byte has been read, whole, with its end taken off the record. *text is untouched on
 * failure.
 */
HRESULT binary_read_value(struct binary_cursor *cursor, BYTE record, union xml_text *text, WS_ERROR *error);

/* An attribute's value, at its record. */
HRESULT binary_read_attribute_value(struct binary_cursor *cursor, union xml_text *text, WS_ERROR *error);

/* Finds the namespaces of the QNames in the attributes of the element just started. */
HRESULT binary_resolve_qnames(const struct binary_cursor *cursor, WS_ERROR *error);

/* Shows a text, at its record (just read), or what is left of one. Moves the reader. */
HRESULT binary_show_text(struct binary_cursor *cursor, BYTE record, WS_ERROR *error);
HRESULT binary_show_rest(struct binary_cursor *cursor, WS_ERROR *error);
HRESULT binary_show_list(struct binary_cursor *cursor, WS_ERROR *error);

#endif
