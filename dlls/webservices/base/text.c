/* SPDX-License-Identifier: MIT */
/*
 * text.c - see text.h.
 *
 * Text on the wire is mostly ASCII: each loop takes runs of it 16 bytes at a time where the processor can, and decodes
 * what is left one character at a time.
 */
#include "text.h"

#include "compiler.h"

#include <string.h>

#if defined(WS_SSE2)
#include <emmintrin.h>
#elif defined(WS_NEON)
#include <arm_neon.h>
#endif

/* --- Runs of ASCII --- */

const BYTE *ascii_find_end(const BYTE *bytes, const BYTE *end)
{
#if defined(WS_SSE2)
    while (end - bytes >= 16)
    {
        int high_bits = _mm_movemask_epi8(_mm_loadu_si128((const __m128i *)bytes));

        if (high_bits)
            return bytes + __builtin_ctz((unsigned)high_bits);
        bytes += 16;
    }
#elif defined(WS_NEON)
    while (end - bytes >= 16 && vmaxvq_u8(vld1q_u8(bytes)) < 0x80)
        bytes += 16;
#else
    uint64_t eight;

    while (end - bytes >= 8 && (memcpy(&eight, bytes, 8), !(eight & 0x8080808080808080u)))
        bytes += 8;
#endif
    while (bytes < end && *bytes < 0x80)
        bytes++;
    return bytes;
}

/* How many ASCII characters UTF-16 begins with, in whole blocks: the caller looks at what comes then anyhow. */
static inline size_t ascii_blocks(const WCHAR *chars, size_t count)
{
    size_t i = 0;
#if defined(WS_SSE2)
    const __m128i wide = _mm_set1_epi16((short)0xff80), zero = _mm_setzero_si128();

    for (; count - i >= 8; i += 8)
    {
        __m128i eight = _mm_loadu_si128((const __m128i *)(chars + i));

        if (_mm_movemask_epi8(_mm_cmpeq_epi16(_mm_and_si128(eight, wide), zero)) != 0xffff)
            break;
    }
#else
    uint64_t four;

    for (; count - i >= 4; i += 4)
        if (memcpy(&four, chars + i, 8), four & 0xff80ff80ff80ff80u)
            break;
#endif
    return i;
}

static inline void narrow_ascii(const WCHAR *chars, size_t count, BYTE *bytes)
{
    size_t i = 0;

#if defined(WS_SSE2)
    for (; count - i >= 8; i += 8)
    {
        __m128i eight = _mm_loadu_si128((const __m128i *)(chars + i));

        _mm_storel_epi64((__m128i *)(bytes + i), _mm_packus_epi16(eight, eight));
    }
#endif
    for (; i < count; i++)
        bytes[i] = (BYTE)chars[i];
}

bool ascii_is_all_long(const BYTE *bytes, size_t count)
{
    return ascii_find_end(bytes, bytes + count) == bytes + count;
}

#if defined(WS_SSE2)

/* The last of 4, 8 or 16 characters may be among those before: no character is converted alone. */
void ascii_to_utf16(const BYTE *bytes, size_t count, WCHAR *chars)
{
    const __m128i zero = _mm_setzero_si128();
    const BYTE *end = bytes + count, *p;
    int32_t four;

    if (LIKELY(count >= 8))
    {
        for (p = bytes; end - p > 8; p += 8, chars += 8)
            _mm_storeu_si128((__m128i *)chars, _mm_unpacklo_epi8(_mm_loadl_epi64((const __m128i *)p), zero));
        chars -= 8 - (end - p);
        _mm_storeu_si128((__m128i *)chars, _mm_unpacklo_epi8(_mm_loadl_epi64((const __m128i *)(end - 8)), zero));
    }
    else if (count >= 4)
    {
        memcpy(&four, bytes, 4);
        _mm_storel_epi64((__m128i *)chars, _mm_unpacklo_epi8(_mm_cvtsi32_si128(four), zero));
        memcpy(&four, end - 4, 4);
        _mm_storel_epi64((__m128i *)(chars + count - 4), _mm_unpacklo_epi8(_mm_cvtsi32_si128(four), zero));
    }
    else
        while (bytes < end)
            *chars++ = *bytes++;
}

#else

void ascii_to_utf16(const BYTE *bytes, size_t count, WCHAR *chars)
{
    size_t i;

    for (i = 0; i < count; i++)
        chars[i] = bytes[i];
}

#endif

/* --- One character --- */

static inline bool continues(BYTE byte)
{
    return (byte & 0xc0) == 0x80;
}

static inline size_t decode(const BYTE *bytes, const BYTE *end, uint32_t *code_point)
{
    size_t left = (size_t)(end - bytes);
    uint32_t c;

    if (UNLIKELY(!left))
        return 0;
    c = bytes[0];
    if (c < 0x80)
    {
        *code_point = c;
        return 1;
    }
    if (c < 0xe0)
    {
        if (c < 0xc2 || left < 2 || !continues(bytes[1]))
            return 0;
        *code_point = (c & 0x1f) << 6 | (bytes[1] & 0x3f);
        return 2;
    }
    if (c < 0xf0)
    {
        if (left < 3 || !continues(bytes[1]) || !continues(bytes[2]))
            return 0;
        c = (c & 0x0f) << 12 | (uint32_t)(bytes[1] & 0x3f) << 6 | (bytes[2] & 0x3f);
        if (c < 0x800 || (c >= 0xd800 && c <= 0xdfff))
            return 0;
        *code_point = c;
        return 3;
    }
    if (c > 0xf4 || left < 4 || !continues(bytes[1]) || !continues(bytes[2]) || !continues(bytes[3]))
        return 0;
    c = (c & 0x07) << 18 | (uint32_t)(bytes[1] & 0x3f) << 12 | (uint32_t)(bytes[2] & 0x3f) << 6 | (bytes[3] & 0x3f);
    if (c < 0x10000 || c > 0x10ffff)
        return 0;
    *code_point = c;
    return 4;
}

static inline size_t encode(uint32_t c, BYTE *bytes)
{
    if (c < 0x80)
    {
        bytes[0] = (BYTE)c;
        return 1;
    }
    if (c < 0x800)
    {
        bytes[0] = (BYTE)(0xc0 | c >> 6);
        bytes[1] = (BYTE)(0x80 | (c & 0x3f));
        return 2;
    }
    if (c < 0x10000)
    {
        bytes[0] = (BYTE)(0xe0 | c >> 12);
        bytes[1] = (BYTE)(0x80 | (c >> 6 & 0x3f));
        bytes[2] = (BYTE)(0x80 | (c & 0x3f));
        return 3;
    }
    bytes[0] = (BYTE)(0xf0 | c >> 18);
    bytes[1] = (BYTE)(0x80 | (c >> 12 & 0x3f));
    bytes[2] = (BYTE)(0x80 | (c >> 6 & 0x3f));
    bytes[3] = (BYTE)(0x80 | (c & 0x3f));
    return 4;
}

size_t utf8_decode(const BYTE *bytes, const BYTE *end, uint32_t *code_point)
{
    return decode(bytes, end, code_point);
}

size_t utf8_encode(uint32_t code_point, BYTE *bytes)
{
    return encode(code_point, bytes);
}

static inline bool is_high_surrogate(uint32_t c)
{
    return c >= 0xd800 && c <= 0xdbff;
}

static inline bool is_low_surrogate(uint32_t c)
{
    return c >= 0xdc00 && c <= 0xdfff;
}

size_t utf16_decode(const WCHAR *chars, const WCHAR *end, uint32_t *code_point)
{
    uint32_t c = *code_point = chars[0];

    if (!is_high_surrogate(c))
        return !is_low_surrogate(c);
    if (end - chars < 2 || !is_low_surrogate(chars[1]))
        return 0;
    *code_point = 0x10000 + ((c & 0x3ff) << 10 | (chars[1] & 0x3ffu));
    return 2;
}

/* --- Whole texts --- */

const BYTE *utf8_find_invalid(const BYTE *bytes, const BYTE *end)
{
    uint32_t c;
    size_t size;

    for (;;)
    {
        bytes = ascii_find_end(bytes, end);
        /* Text that is not ASCII comes in runs, with single ASCII characters between. */
        do
        {
            if (bytes == end || !(size = decode(bytes, end, &c)))
                return bytes;
            bytes += size;
            if (bytes < end && *bytes < 0x80)
                bytes++;
        } while (bytes < end && *bytes >= 0x80);
    }
}

bool utf16_to_utf8_length(const WCHAR *chars, size_t count, size_t *length)
{
    uint64_t total = 0;
    size_t i = 0;

    while (i < count)
    {
        size_t ascii = ascii_blocks(chars + i, count - i);

        i += ascii;
        total += ascii;
        /* At least one character that is in no block, and all up to the next ASCII one. */
        while (i < count)
        {
            uint32_t c = chars[i++];

            if (c < 0x80)
            {
                total++;
                break;
            }
            if (c < 0x800)
                total += 2;
            else if (!is_high_surrogate(c))
            {
                if (is_low_surrogate(c))
                    return false;
                total += 3;
            }
            else
            {
                if (i == count || !is_low_surrogate(chars[i++]))
                    return false;
                total += 4;
            }
        }
    }
    *length = total > SIZE_MAX ? SIZE_MAX : (size_t)total;
    return true;
}

void utf16_to_utf8(const WCHAR *chars, size_t count, BYTE *bytes)
{
    size_t i = 0;

    while (i < count)
    {
        size_t ascii = ascii_blocks(chars + i, count - i);

        narrow_ascii(chars + i, ascii, bytes);
        i += ascii;
        bytes += ascii;
        while (i < count)
        {
            uint32_t c = chars[i++];

            if (c < 0x80)
            {
                *bytes++ = (BYTE)c;
                break;
            }
            if (is_high_surrogate(c))
                c = 0x10000 + ((c & 0x3ff) << 10) + (chars[i++] & 0x3ffu);
            bytes += encode(c, bytes);
        }
    }
}

bool utf8_to_utf16_length(const BYTE *bytes, size_t count, size_t *length)
{
    const BYTE *end = bytes + count;
    size_t total = 0, size;
    uint32_t c;

    while (bytes < end)
    {
        const BYTE *run = bytes;

        bytes = ascii_find_end(run, end);
        total += (size_t)(bytes - run);
        while (bytes < end && *bytes >= 0x80)
        {
            if (!(size = decode(bytes, end, &c)))
                return false;
            bytes += size;
            total += 1 + (size == 4);
        }
    }
    *length = total;
    return true;
}

void utf8_to_utf16(const BYTE *bytes, size_t count, WCHAR *chars)
{
    const BYTE *end = bytes + count;
    uint32_t c = 0;

    while (bytes < end)
    {
        const BYTE *run = bytes;

        bytes = ascii_find_end(run, end);
        ascii_to_utf16(run, (size_t)(bytes - run), chars);
        chars += bytes - run;
        while (bytes < end && *bytes >= 0x80)
        {
            bytes += decode(bytes, end, &c);
            if (c < 0x10000)
                *chars++ = (WCHAR)c;
            else
            {
                *chars++ = (WCHAR)(0xd7c0 + (c >> 10));
                *chars++ = (WCHAR)(0xdc00 | (c & 0x3ff));
            }
        }
    }
}

const char *text_excerpt(const BYTE *bytes, size_t length, char excerpt[TEXT_EXCERPT_ROOM])
{
    const size_t most = TEXT_EXCERPT_ROOM - 4;
    size_t shown = length < most ? length : most, i;

    for (i = 0; i < shown; i++)
        excerpt[i] = (char)(bytes[i] >= 0x20 && bytes[i] < 0x7f ? bytes[i] : '?');
    strcpy(excerpt + shown, length > most ? "..." : "");
    return excerpt;
}

const char *text_excerpt_utf16(const WCHAR *chars, size_t length, char excerpt[TEXT_EXCERPT_ROOM])
{
    BYTE bytes[TEXT_EXCERPT_ROOM];
    size_t i;

    for (i = 0; i < length && i < sizeof(bytes); i++)
        bytes[i] = chars[i] < 0x7f ? (BYTE)chars[i] : '?';
    return text_excerpt(bytes, length, excerpt);
}

/* --- Names --- */

#define S (XML_NAME_START | XML_NAME)
#define N XML_NAME

const BYTE xml_ascii_name[128] = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, N, N, 0, N, N, N, N, N, N, N, N, N, N, 0, 0, 0, 0, 0, 0, /* - . 0-9 */
    0, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, 0, 0, 0, 0, S, /* A-Z _ */
    0, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, 0, 0, 0, 0, 0, /* a-z */
};

/* Where the class of characters changes, in ascending order: from each of these on it is the mask's. */
static const struct
{
    uint32_t first;
    BYTE mask;
} wide_names[] = {
    {0xb7, N},   {0xb8, 0},   {0xc0, S},   {0xd7, 0},   {0xd8, S},   {0xf7, 0},    {0xf8, S},
    {0x300, N},  {0x370, S},  {0x37e, 0},  {0x37f, S},  {0x2000, 0}, {0x200c, S},  {0x200e, 0},
    {0x203f, N}, {0x2041, 0}, {0x2070, S}, {0x2190, 0}, {0x2c00, S}, {0x2ff0, 0},  {0x3001, S},
    {0xd800, 0}, {0xf900, S}, {0xfdd0, 0}, {0xfdf0, S}, {0xfffe, 0}, {0x10000, S}, {0xf0000, 0},
};

#undef S
#undef N

static BYTE wide_name(uint32_t c)
{
    size_t low = 0, high = sizeof(wide_names) / sizeof(wide_names[0]);

    /* The last entry that is not above c is in [low, high), if there is one. */
    if (c < wide_names[0].first)
        return 0;
    while (high - low > 1)
    {
        size_t middle = (low + high) / 2;

        if (wide_names[middle].first <= c)
            low = middle;
        else
            high = middle;
    }
    return wide_names[low].mask;
}

bool xml_is_wide_name_start(uint32_t c)
{
    return wide_name(c) & XML_NAME_START;
}

bool xml_is_wide_name(uint32_t c)
{
    return wide_name(c) & XML_NAME;
}

/* --- White space --- */

bool text_is_space(const BYTE *bytes, size_t length)
{
    size_t i;

    for (i = 0; i < length; i++)
        if (!xml_is_space(bytes[i]))
            return false;
    return true;
}

bool text_is_space_utf16(const BYTE *bytes, size_t length)
{
    WCHAR c;
    size_t i;

    for (i = 0; i < length; i += sizeof(c))
    {
        memcpy(&c, bytes + i, sizeof(c));
        if (!xml_is_space(c))
            return false;
    }
    return true;
}
