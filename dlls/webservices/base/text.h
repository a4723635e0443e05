/* SPDX-License-Identifier: MIT */
/* text.h - UTF-8 and UTF-16, and the characters that XML allows. */
#ifndef WS_BASE_TEXT_H
#define WS_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/compiler.h"
#include "webservices.h"

/*
 * Reads one code point from UTF-8 that ends at `end`: returns how many bytes it takes, or 0 if they are not valid
 * UTF-8 (overlong forms, surrogates and what is above U+10FFFF included) or are cut off.
 */
size_t utf8_decode(const BYTE *bytes, const BYTE *end, uint32_t *code_point);

/*
 * Reads one code point from UTF-16 that is not empty and ends at `end`: returns how many characters it takes, or 0 for
 * half of a surrogate pair, which *code_point then is.
 */
size_t utf16_decode(const WCHAR *chars, const WCHAR *end, uint32_t *code_point);

/* Writes a code point (valid, no surrogate) as 1 to 4 bytes; returns how many. */
size_t utf8_encode(uint32_t code_point, BYTE *bytes);

/*
 * How many bytes, or characters, a conversion gives; false if the input is not valid UTF-16, or UTF-8, with *length
 * untouched. Lone surrogates are not valid. It is at most 3 bytes for a character of UTF-16, and one character for a
 * byte of UTF-8; SIZE_MAX stands for a length that exceeds it.
 */
bool utf16_to_utf8_length(const WCHAR *chars, size_t count, size_t *length);
bool utf8_to_utf16_length(const BYTE *bytes, size_t count, size_t *length);

/* The conversions themselves, of valid input, into as much room as the length says. */
void utf16_to_utf8(const WCHAR *chars, size_t count, BYTE *bytes);
void utf8_to_utf16(const BYTE *bytes, size_t count, WCHAR *chars);

/* The same of ASCII: as many characters as bytes. */
void ascii_to_utf16(const BYTE *bytes, size_t count, WCHAR *chars);

/* The first byte that does not begin valid UTF-8; `end` if all is valid. Fast on ASCII (SSE2 where there is). */
const BYTE *utf8_find_invalid(const BYTE *bytes, const BYTE *end);

/* The first byte that is not ASCII; `end` if all is. */
const BYTE *ascii_find_end(const BYTE *bytes, const BYTE *end);

/* Whether all bytes are ASCII, of which there are mostly few. */
bool ascii_is_all_long(const BYTE *bytes, size_t count);
static inline bool ascii_is_all(const BYTE *bytes, size_t count)
{
    uint64_t eight, bits = 0;
    uint32_t first, last;
    size_t i;

    if (UNLIKELY(count > 64))
        return ascii_is_all_long(bytes, count);
    if (count >= 8)
    {
        for (i = 0; i < count - 8; i += 8)
        {
            memcpy(&eight, bytes + i, 8);
            bits |= eight;
        }
        memcpy(&eight, bytes + count - 8, 8);
        return !((bits | eight) & 0x8080808080808080u);
    }
    if (count >= 4)
    {
        memcpy(&first, bytes, 4);
        memcpy(&last, bytes + count - 4, 4);
        return !((first | last) & 0x80808080u);
    }
    /* First, middle and last, which may be the same. */
    return !count || !((bytes[0] | bytes[count / 2] | bytes[count - 1]) & 0x80);
}

/*
 * Text for a sentence of an error object: at most its first 40 bytes, with what is not printable ASCII as "?" and "..."
 * in place of the rest. Returns `excerpt`.
 */
#define TEXT_EXCERPT_ROOM 44
const char *text_excerpt(const BYTE *bytes, size_t length, char excerpt[TEXT_EXCERPT_ROOM]);
const char *text_excerpt_utf16(const WCHAR *chars, size_t length, char excerpt[TEXT_EXCERPT_ROOM]);

/* Char of XML 1.0: #x9 | #xA | #xD | [#x20-#xD7FF] | [#xE000-#xFFFD] | [#x10000-#x10FFFF]. */
static inline bool xml_is_char(uint32_t c)
{
    return c >= 0x20 ? c <= 0xd7ff || (c >= 0xe000 && c <= 0xfffd) || (c >= 0x10000 && c <= 0x10ffff)
                     : c == 0x9 || c == 0xa || c == 0xd;
}

/* S of XML 1.0. */
static inline bool xml_is_space(uint32_t c)
{
    return c == 0x20 || c == 0x9 || c == 0xa || c == 0xd;
}

/* Whether there is nothing but white space of XML: in UTF-8, and in UTF-16, which need not be aligned. */
bool text_is_space(const BYTE *bytes, size_t length);
bool text_is_space_utf16(const BYTE *bytes, size_t length);

/* Leaves out the white space of XML at both ends. */
static inline void text_trim(const BYTE **bytes, size_t *length)
{
    for (; *length && xml_is_space(**bytes); --*length)
        ++*bytes;
    while (*length && xml_is_space((*bytes)[*length - 1]))
        --*length;
}

/* What an ASCII character may be in an NCName: a mask of these. */
#define XML_NAME_START 1
#define XML_NAME       2
extern const BYTE xml_ascii_name[128];

/* xml_is_name_start() and xml_is_name() of characters that are not ASCII. */
bool xml_is_wide_name_start(uint32_t c);
bool xml_is_wide_name(uint32_t c);

/* NameStartChar and NameChar of XML 1.0 (fifth edition), less the colon: the characters of an NCName. */
static inline bool xml_is_name_start(uint32_t c)
{
    return c < 0x80 ? xml_ascii_name[c] & XML_NAME_START : xml_is_wide_name_start(c);
}

static inline bool xml_is_name(uint32_t c)
{
    return c < 0x80 ? xml_ascii_name[c] & XML_NAME : xml_is_wide_name(c);
}

#endif
