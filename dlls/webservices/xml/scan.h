/* SPDX-License-Identifier: MIT */
/*
 * scan.h - finds the bytes of UTF-8 text that mean something to XML.
 *
 * The scans run over ordinary characters, 16 at a time where the processor has SSE2 or NEON, and stop at the first byte
 * that is special where they are used, and at every byte that is not ASCII or is a control character; so whoever calls
 * them sees, and checks, all that could be invalid, and the checking of UTF-8 costs nothing where there is only ASCII.
 */
#ifndef WS_XML_SCAN_H
#define WS_XML_SCAN_H

#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "webservices.h"

#if defined(WS_SSE2)
#include <emmintrin.h>
#define SCAN_SSE2
#elif defined(WS_NEON)
#include <arm_neon.h>
#define SCAN_NEON
#endif

/* What a byte is: a mask. */
enum scan_class
{
    SCAN_NAME_START = 1, /* of the ASCII characters, those that begin an NCName */
    SCAN_NAME = 2,       /* ... and those that continue it */
    SCAN_SPACE = 4,
    SCAN_TEXT = 8,     /* an ordinary character of text: not < & ] CR, another control character or high */
    SCAN_VALUE = 16,   /* ... of an attribute's value: not < & " ' or below space, or high */
    SCAN_COMMENT = 32, /* ... of a comment: not - CR, another control character or high */
    SCAN_HIGH = 64     /* part of a character that is not ASCII */
};

extern const BYTE scan_classes[256];

static inline const BYTE *scan_class(const BYTE *p, const BYTE *end, enum scan_class class)
{
    while (p < end && (scan_classes[*p] & class))
        p++;
    return p;
}

#if defined(SCAN_SSE2)

typedef __m128i scan_block;
#define SCAN_MASK_STEP 1

static inline scan_block scan_equal(scan_block block, char c)
{
    return _mm_cmpeq_epi8(block, _mm_set1_epi8(c));
}

/* One bit, or SCAN_MASK_STEP bits, for each byte that is control or high, but not TAB or LF, or is a, b or c. */
static inline uint64_t scan_text_mask(const BYTE *p, char a, char b, char c)
{
    scan_block block = _mm_loadu_si128((const __m128i *)p);
    scan_block low = _mm_cmplt_epi8(block, _mm_set1_epi8(0x20)); /* signed: high bytes are below too */
    scan_block white = _mm_or_si128(scan_equal(block, '\n'), scan_equal(block, '\t'));
    scan_block marks = _mm_or_si128(_mm_or_si128(scan_equal(block, a), scan_equal(block, b)), scan_equal(block, c));

    return (unsigned)_mm_movemask_epi8(_mm_or_si128(marks, _mm_andnot_si128(white, low)));
}

/* The same with TAB and LF stopping too. */
static inline uint64_t scan_value_mask(const BYTE *p, char quote)
{
    scan_block block = _mm_loadu_si128((const __m128i *)p);
    scan_block low = _mm_cmplt_epi8(block, _mm_set1_epi8(0x20));
    scan_block marks =
        _mm_or_si128(_mm_or_si128(scan_equal(block, '<'), scan_equal(block, '&')), scan_equal(block, quote));

    return (unsigned)_mm_movemask_epi8(_mm_or_si128(marks, low));
}

#elif defined(SCAN_NEON)

#define SCAN_MASK_STEP 4

static inline uint64_t scan_mask(uint8x16_t found)
{
    return vget_lane_u64(vreinterpret_u64_u8(vshrn_n_u16(vreinterpretq_u16_u8(found), 4)), 0);
}

static inline uint8x16_t scan_equal(uint8x16_t block, char c)
{
    return vceqq_u8(block, vdupq_n_u8((uint8_t)c));
}

static inline uint64_t scan_text_mask(const BYTE *p, char a, char b, char c)
{
    uint8x16_t block = vld1q_u8(p);
    uint8x16_t low = vcltq_s8(vreinterpretq_s8_u8(block), vdupq_n_s8(0x20));
    uint8x16_t white = vorrq_u8(scan_equal(block, '\n'), scan_equal(block, '\t'));
    uint8x16_t marks = vorrq_u8(vorrq_u8(scan_equal(block, a), scan_equal(block, b)), scan_equal(block, c));

    return scan_mask(vorrq_u8(marks, vbicq_u8(low, white)));
}

static inline uint64_t scan_value_mask(const BYTE *p, char quote)
{
    uint8x16_t block = vld1q_u8(p);
    uint8x16_t low = vcltq_s8(vreinterpretq_s8_u8(block), vdupq_n_s8(0x20));
    uint8x16_t marks = vorrq_u8(vorrq_u8(scan_equal(block, '<'), scan_equal(block, '&')), scan_equal(block, quote));

    return scan_mask(vorrq_u8(marks, low));
}

#endif

#ifdef SCAN_MASK_STEP

/* The part of a mask that is of the first `count` bytes, of 16 at most. */
static inline uint64_t scan_mask_of(size_t count)
{
    return ((uint64_t)1 << count * (SCAN_MASK_STEP - 1) << count) - 1;
}

#endif

/* The first byte that is not an ordinary character of text; `end` if all are. */
static inline const BYTE *scan_text(const BYTE *p, const BYTE *end)
{
#ifdef SCAN_MASK_STEP
    while (end - p >= 16)
    {
        uint64_t mask = scan_text_mask(p, '<', '&', ']');

        if (mask)
            return p + (unsigned)__builtin_ctzll(mask) / SCAN_MASK_STEP;
        p += 16;
    }
#endif
    return scan_class(p, end, SCAN_TEXT);
}

/* The same for CDATA sections, where only ] means something, ... */
static inline const BYTE *scan_cdata(const BYTE *p, const BYTE *end)
{
#ifdef SCAN_MASK_STEP
    while (end - p >= 16)
    {
        uint64_t mask = scan_text_mask(p, ']', ']', ']');

        if (mask)
            return p + (unsigned)__builtin_ctzll(mask) / SCAN_MASK_STEP;
        p += 16;
    }
#endif
    /* The class of text stops at < and & too; the caller passes over them. */
    return scan_class(p, end, SCAN_TEXT);
}

/* ... for comments, ... */
static inline const BYTE *scan_comment(const BYTE *p, const BYTE *end)
{
#ifdef SCAN_MASK_STEP
    while (end - p >= 16)
    {
        uint64_t mask = scan_text_mask(p, '-', '-', '-');

        if (mask)
            return p + (unsigned)__builtin_ctzll(mask) / SCAN_MASK_STEP;
        p += 16;
    }
#endif
    return scan_class(p, end, SCAN_COMMENT);
}

/* ... and for attributes' values. It may stop at the other quote too. */
static inline const BYTE *scan_value(const BYTE *p, const BYTE *end, BYTE quote)
{
#ifdef SCAN_MASK_STEP
    while (end - p >= 16)
    {
        uint64_t mask = scan_value_mask(p, (char)quote);

        if (mask)
            return p + (unsigned)__builtin_ctzll(mask) / SCAN_MASK_STEP;
        p += 16;
    }
#else
    (void)quote;
#endif
    return scan_class(p, end, SCAN_VALUE);
}

/*
 * The length of the character at a byte that is not ASCII: 2 to 4 if it is valid and allowed in XML; 0 if it is not;
 * -1 if `end` cuts it off (and what is there could begin a valid one).
 */
int scan_wide(const BYTE *p, const BYTE *end);

#endif
