/* SPDX-License-Identifier: MIT */
/*
 * block.h - short runs of bytes, 16 at a time.
 *
 * Most runs of bytes, names and texts, are 1 to 16 bytes long, of a length that no processor can predict: code that
 * switches on it mispredicts. So 16 bytes are loaded whatever the length, and the rest is masked; never across the end
 * of a page, so that it cannot fault. Builds with annotations, whose checkers of memory would report that, load
 * exactly.
 *
 * block_copy(), block_copy_padded(), block_equal() and block_is_ascii_name() work everywhere. What takes or returns a
 * vector is there with SSE2 only: block_load(), block_bits(), block_is_plain(). Their callers have other code for the
 * rest, under WS_SSE2.
 */
#ifndef WS_XML_BLOCK_H
#define WS_XML_BLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/compiler.h"
#include "webservices.h"

#ifdef WS_SSE2
#include <emmintrin.h>
#endif

#define BLOCK 16u

/* Copies exactly `count` bytes, which are mostly few. */
static inline BYTE *block_copy(BYTE *to, const BYTE *from, size_t count)
{
    if (LIKELY(count <= 16))
    {
        if (count >= 8)
        {
            uint64_t first, last;

            memcpy(&first, from, 8);
            memcpy(&last, from + count - 8, 8);
            memcpy(to, &first, 8);
            memcpy(to + count - 8, &last, 8);
        }
        else if (count >= 4)
        {
            uint32_t first, last;

            memcpy(&first, from, 4);
            memcpy(&last, from + count - 4, 4);
            memcpy(to, &first, 4);
            memcpy(to + count - 4, &last, 4);
        }
        else if (count)
        {
            /* 1 to 3 bytes: first, middle and last, which may be the same. */
            BYTE first = from[0], middle = from[count / 2], last = from[count - 1];

            to[0] = first;
            to[count / 2] = middle;
            to[count - 1] = last;
        }
    }
    else
        memcpy(to, from, count);
    return to + count;
}

/* The same where 16 bytes may be read, and written, in any case. */
static inline BYTE *block_copy_padded(BYTE *to, const BYTE *from, size_t count)
{
    if (LIKELY(count <= BLOCK))
        memcpy(to, from, BLOCK);
    else
        memcpy(to, from, count);
    return to + count;
}

static inline bool block_equal(const BYTE *a, const BYTE *b, size_t count)
{
    uint64_t a1, a2, b1, b2;
    uint32_t a3, a4, b3, b4;
    size_t i;

    if (a == b)
        return true;
    if (count < 4)
        /* First, middle and last, which may be the same. */
        return !count || (a[0] == b[0] && a[count / 2] == b[count / 2] && a[count - 1] == b[count - 1]);
    if (count < 8)
    {
        memcpy(&a3, a, 4);
        memcpy(&b3, b, 4);
        memcpy(&a4, a + count - 4, 4);
        memcpy(&b4, b + count - 4, 4);
        return !((a3 ^ b3) | (a4 ^ b4));
    }
    if (count > 32)
        return !memcmp(a, b, count);
    for (i = 0; i + 16 <= count; i += 16)
    {
        memcpy(&a1, a + i, 8);
        memcpy(&b1, b + i, 8);
        memcpy(&a2, a + i + 8, 8);
        memcpy(&b2, b + i + 8, 8);
        if ((a1 ^ b1) | (a2 ^ b2))
            return false;
    }
    memcpy(&a1, a + count - 8, 8);
    memcpy(&b1, b + count - 8, 8);
    if (count - i > 8)
    {
        memcpy(&a2, a + i, 8);
        memcpy(&b2, b + i, 8);
        if (a2 != b2)
            return false;
    }
    return a1 == b1;
}

#ifdef WS_SSE2

/* block_load() of bytes after which nothing may be read. */
static NOINLINE __attribute__((unused)) __m128i block_load_exactly(const BYTE *bytes, size_t count)
{
    BYTE copy[BLOCK] = {0};

    if (count > BLOCK)
        __builtin_unreachable();
    block_copy(copy, bytes, count);
    return _mm_loadu_si128((const __m128i *)(const void *)copy);
}

/* Loads `count` bytes, 1 to 16; what is after them in the vector is undefined. */
static inline __attribute__((always_inline)) __m128i block_load(const BYTE *bytes, size_t count)
{
#ifndef WS_ANNOTATE
    if (LIKELY(((uintptr_t)bytes & 4095) <= 4096 - BLOCK))
    {
        __m128i v;

        /* Not by an intrinsic, and of no constant: the compiler need not know that more is read than there is. */
        __asm__("" : "+r"(bytes));
        __asm__("movdqu %1, %0" : "=x"(v) : "m"(*(const BYTE(*)[BLOCK])bytes));
        return v;
    }
#endif
    return block_load_exactly(bytes, count);
}

/* Bits for the first `count` of 16 bytes. */
static inline unsigned block_bits(size_t count)
{
    return (1u << count) - 1;
}

/* Whether 1 to 16 bytes, loaded by block_load(), are all ASCII and no control characters. */
static inline bool block_is_plain(__m128i v, size_t count)
{
    /* Signed, which leaves out what is not ASCII. */
    return !((unsigned)_mm_movemask_epi8(_mm_cmplt_epi8(v, _mm_set1_epi8(0x20))) & block_bits(count));
}

#endif

/* Whether two runs of bytes, mostly of up to 16, are the same. */
static inline bool block_same(const BYTE *a, const BYTE *b, size_t count)
{
#ifdef WS_SSE2
    if (LIKELY(count - 1 < BLOCK))
    {
        __m128i same = _mm_cmpeq_epi8(block_load(a, count), block_load(b, count));

        return !(~(unsigned)_mm_movemask_epi8(same) & block_bits(count));
    }
#endif
    return block_equal(a, b, count);
}

/* Whether bytes are an NCName of ASCII. False: they have to be looked at in full. */
static inline bool block_is_ascii_name(const BYTE *name, size_t count)
{
    size_t i;

    if (UNLIKELY(!count) || name[0] <= '9')
        return false; /* digits, '-' and '.' cannot be first */
#ifdef WS_SSE2
    if (LIKELY(count <= BLOCK))
    {
        __m128i v = block_load(name, count), lower = _mm_or_si128(v, _mm_set1_epi8(0x20)), good;

        /* Signed comparisons, which leave out what is not ASCII. */
        good =
            _mm_and_si128(_mm_cmpgt_epi8(lower, _mm_set1_epi8('a' - 1)), _mm_cmplt_epi8(lower, _mm_set1_epi8('z' + 1)));
        good = _mm_or_si128(
            good, _mm_and_si128(_mm_cmpgt_epi8(v, _mm_set1_epi8('-' - 1)), _mm_cmplt_epi8(v, _mm_set1_epi8('9' + 1))));
        good = _mm_andnot_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('/')), good);
        good = _mm_or_si128(good, _mm_cmpeq_epi8(v, _mm_set1_epi8('_')));
        return !(~(unsigned)_mm_movemask_epi8(good) & block_bits(count));
    }
#endif
    for (i = 0; i < count; i++)
    {
        BYTE c = name[i];

        if (!((c | 0x20) >= 'a' && (c | 0x20) <= 'z') && !(c >= '-' && c <= '9' && c != '/') && c != '_')
            return false;
    }
    return true;
}

#endif
