/* SPDX-License-Identifier: MIT */
/* encode_text_escape.h - which bytes of a text cannot simply be copied, one by one and 16 at a time; see
 * encode_text_escape.c. */
#ifndef WS_XML_WRITER_ENCODE_TEXT_ESCAPE_H
#define WS_XML_WRITER_ENCODE_TEXT_ESCAPE_H

#include "base/compiler.h"
#include "xml/block.h"
#include "xml/writer/encode_text.h"

/* Whether a byte cannot simply be copied. */
INLINE bool is_special(BYTE c, enum escape_mode mode)
{
    if (c >= 0x80)
        return true;
    switch (mode)
    {
    case ESCAPE_CONTENT: return c < 0x20 ? c != '\t' && c != '\n' : c == '&' || c == '<' || c == '>';
    case ESCAPE_DOUBLE_QUOTE: return c < 0x20 || c == '&' || c == '<' || c == '"';
    case ESCAPE_SINGLE_QUOTE: return c < 0x20 || c == '&' || c == '<' || c == '\'';
    case ESCAPE_CDATA: return c < 0x20 ? c != '\t' && c != '\n' && c != '\r' : c == ']' || c == '>';
    default: return c < 0x20 && c != '\t' && c != '\n' && c != '\r';
    }
}

/* Whether a character of two bytes begins at a place: one with a diacritic, Greek, Cyrillic and so on. */
INLINE bool is_two_bytes(const BYTE *p)
{
    return p[0] >= 0xc2 && p[0] <= 0xdf && (p[1] & 0xc0) == 0x80;
}

#ifdef WS_SSE2

/* Bit i: byte i is special. */
INLINE unsigned special_mask(__m128i v, enum escape_mode mode)
{
    /* Signed: this catches what is not ASCII, too. */
    __m128i special = _mm_cmplt_epi8(v, _mm_set1_epi8(0x20)), space;

    if (mode == ESCAPE_CONTENT || mode == ESCAPE_CDATA || mode == ESCAPE_NOTHING)
    {
        space = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('\t')), _mm_cmpeq_epi8(v, _mm_set1_epi8('\n')));
        if (mode != ESCAPE_CONTENT)
            space = _mm_or_si128(space, _mm_cmpeq_epi8(v, _mm_set1_epi8('\r')));
        special = _mm_andnot_si128(space, special);
    }
    switch (mode)
    {
    case ESCAPE_CONTENT:
        /* '<' and '>' differ in one bit. */
        special = _mm_or_si128(special, _mm_cmpeq_epi8(_mm_or_si128(v, _mm_set1_epi8(2)), _mm_set1_epi8('>')));
        special = _mm_or_si128(special, _mm_cmpeq_epi8(v, _mm_set1_epi8('&')));
        break;
    case ESCAPE_DOUBLE_QUOTE:
    case ESCAPE_SINGLE_QUOTE:
        special = _mm_or_si128(special, _mm_cmpeq_epi8(v, _mm_set1_epi8('<')));
        special = _mm_or_si128(special, _mm_cmpeq_epi8(v, _mm_set1_epi8('&')));
        special = _mm_or_si128(special, _mm_cmpeq_epi8(v, _mm_set1_epi8(mode == ESCAPE_DOUBLE_QUOTE ? '"' : '\'')));
        break;
    case ESCAPE_CDATA:
        special = _mm_or_si128(special, _mm_cmpeq_epi8(v, _mm_set1_epi8(']')));
        special = _mm_or_si128(special, _mm_cmpeq_epi8(v, _mm_set1_epi8('>')));
        break;
    default: break;
    }
    return (unsigned)_mm_movemask_epi8(special);
}

/* How many of the first `count` bytes of a block can be copied, where `mask` says which of them are special. */
INLINE size_t plain_length(const BYTE *p, unsigned mask, size_t count)
{
    unsigned i;

    for (; mask; mask &= ~(3u << i))
    {
        i = (unsigned)__builtin_ctz(mask);
        if (i + 1 >= count || !is_two_bytes(p + i))
            return i;
    }
    return count;
}

#endif

/*
 * The common case: copies a text of 1 to 16 bytes, none of them special, to where there is room for 16. False: it is
 * longer, or has a special byte.
 */
INLINE bool escape_short(BYTE *to, enum escape_mode mode, const BYTE *bytes, size_t count)
{
#ifdef WS_SSE2
    __m128i v;

    if (count - 1 >= BLOCK)
        return false;
    v = block_load(bytes, count);
    _mm_storeu_si128((__m128i *)(void *)to, v);
    return LIKELY(!(special_mask(v, mode) & block_bits(count)));
#else
    size_t i;

    if (count - 1 >= BLOCK)
        return false;
    for (i = 0; i < count; i++)
    {
        if (is_special(bytes[i], mode))
            return false;
        to[i] = bytes[i];
    }
    return true;
#endif
}

/* The same of 1 to 16 code units of UTF-16, not aligned. */
INLINE bool escape_short_wide(BYTE *to, enum escape_mode mode, const BYTE *units, size_t count)
{
#ifdef WS_SSE2
    __m128i v, low, high = _mm_setzero_si128();

    if (count - 1 >= BLOCK)
        return false;
    low = block_load(units, count < 8 ? 2 * count : 16);
    if (count > 8)
        high = block_load(units + 16, 2 * count - 16);
    /* What does not fit in a byte becomes 255 or, above 0x7fff, 0: both are special. */
    v = _mm_packus_epi16(low, high);
    _mm_storeu_si128((__m128i *)(void *)to, v);
    return LIKELY(!(special_mask(v, mode) & block_bits(count)));
#else
    size_t i;
    WCHAR c;

    if (count - 1 >= BLOCK)
        return false;
    for (i = 0; i < count; i++)
    {
        memcpy(&c, units + 2 * i, 2);
        if (c >= 0x80 || is_special((BYTE)c, mode))
            return false;
        to[i] = (BYTE)c;
    }
    return true;
#endif
}

/* A code unit of UTF-16, not aligned. */
static inline WCHAR load_unit(const BYTE *bytes)
{
    WCHAR unit;

    memcpy(&unit, bytes, sizeof(unit));
    return unit;
}

/* Reads one character; 0 for a lone surrogate, with *length 0. */
static inline uint32_t load_char(const BYTE *p, const BYTE *end, size_t *length)
{
    uint32_t c = load_unit(p), low;

    *length = 2;
    if (c < 0xd800 || c > 0xdfff)
        return c;
    if (c <= 0xdbff && end - p >= 4)
    {
        low = load_unit(p + 2);
        if (low >= 0xdc00 && low <= 0xdfff)
        {
            *length = 4;
            return 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
        }
    }
    *length = 0;
    return 0;
}

#endif
