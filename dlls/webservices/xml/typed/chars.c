/* SPDX-License-Identifier: MIT */
/*
 * chars.c - the characters of a text, in UTF-16, in the caller's heap; see types.h.
 *
 * Strings are most of what values consist of, and most are short, of a length that no processor can predict: so with
 * SSE2 they are converted 16 bytes at a time, whatever there is of them (see block.h).
 */
#include "xml/typed/types.h"

#include "base/text.h"
#include "xml/block.h"

#ifdef WS_SSE2

/* Writes a block of ASCII. */
static inline void put_block(WCHAR *chars, __m128i v)
{
    const __m128i zero = _mm_setzero_si128();

    _mm_storeu_si128((__m128i *)(void *)chars, _mm_unpacklo_epi8(v, zero));
    _mm_storeu_si128((__m128i *)(void *)(chars + BLOCK / 2), _mm_unpackhi_epi8(v, zero));
}

/* Whether a text is a block, or less, of ASCII. */
static inline bool is_short_ascii(const BYTE *text, size_t length)
{
    return length - 1 < BLOCK && !((unsigned)_mm_movemask_epi8(block_load(text, length)) & block_bits(length));
}

static inline void convert_short_ascii(const BYTE *text, size_t length, WCHAR *chars, const WCHAR *end_of_room)
{
    if (LIKELY(end_of_room - chars >= (ptrdiff_t)BLOCK))
        put_block(chars, block_load(text, length));
    else
        ascii_to_utf16(text, length, chars);
}

/*
 * How many characters a text has if it is valid: one for each byte but those that continue a character, and two for the
 * first of four bytes. If it is not, there are no more before that is found.
 */
static bool count_chars(const BYTE *text, size_t length, size_t *count)
{
    static const BYTE ones[2 * BLOCK] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    size_t part;

    for (*count = 0; length; length -= part, text += part)
    {
        __m128i v, first, four, one, sum;

        part = length < BLOCK ? length : BLOCK;
        v = block_load(text, part);
        one = _mm_loadu_si128((const __m128i *)(const void *)(ones + BLOCK - part));
        /* Signed: those that continue are -128 to -65, the first of four -16 to -1. */
        first = _mm_cmpgt_epi8(v, _mm_set1_epi8(-65));
        four = _mm_and_si128(_mm_cmpgt_epi8(v, _mm_set1_epi8(-17)), _mm_cmplt_epi8(v, _mm_setzero_si128()));
        sum = _mm_add_epi8(_mm_and_si128(first, one), _mm_and_si128(four, one));
        sum = _mm_sad_epu8(sum, _mm_setzero_si128());
        *count += (unsigned)_mm_cvtsi128_si32(sum) + (unsigned)_mm_extract_epi16(sum, 4);
    }
    return true;
}

/* False: it is not valid UTF-8. */
static bool convert(const BYTE *text, size_t length, WCHAR *chars, const WCHAR *end_of_room)
{
    const BYTE *end = text + length;
    size_t part, ascii, size;
    uint32_t c = 0;
    __m128i v;

    while (text < end)
    {
        part = (size_t)(end - text) < BLOCK ? (size_t)(end - text) : BLOCK;
        v = block_load(text, part);
        ascii = (unsigned)__builtin_ctz((unsigned)_mm_movemask_epi8(v) | 1u << part);
        if (LIKELY(end_of_room - chars >= (ptrdiff_t)BLOCK))
            put_block(chars, v);
        else
            ascii_to_utf16(text, ascii, chars);
        text += ascii;
        chars += ascii;
        for (; text < end && *text >= 0x80; text += size)
        {
            if (!(size = utf8_decode(text, end, &c)))
                return false;
            if (c >= 0x10000)
            {
                *chars++ = (WCHAR)(0xd7c0 + (c >> 10));
                c = 0xdc00 | (c & 0x3ff);
            }
            *chars++ = (WCHAR)c;
        }
    }
    return true;
}

#else

static bool is_short_ascii(const BYTE *text, size_t length)
{
    (void)text, (void)length;
    return false;
}

static void convert_short_ascii(const BYTE *text, size_t length, WCHAR *chars, const WCHAR *end_of_room)
{
    (void)end_of_room;
    ascii_to_utf16(text, length, chars);
}

static bool count_chars(const BYTE *text, size_t length, size_t *count)
{
    return utf8_to_utf16_length(text, length, count);
}

static bool convert(const BYTE *text, size_t length, WCHAR *chars, const WCHAR *end_of_room)
{
    (void)end_of_room;
    utf8_to_utf16(text, length, chars);
    return true;
}

#endif

static COLD HRESULT not_utf8(WS_ERROR *error)
{
    return error_report(error, WS_E_INVALID_FORMAT, "The text is not valid UTF-8.");
}

HRESULT typed_make_chars(struct typed_reader *typed, const BYTE *text, size_t length, size_t extra, WCHAR **ret,
                         ULONG *ret_length, WS_ERROR *error)
{
    bool is_short = is_short_ascii(text, length), is_ascii = is_short || ascii_is_all(text, length), good = true;
    size_t count = length;
    WCHAR *chars, *end_of_room;
    void *memory;
    HRESULT hr;

    if (UNLIKELY(!is_ascii && !count_chars(text, length, &count)))
        return not_utf8(error);
    if (UNLIKELY(count > UINT32_MAX / sizeof(WCHAR) - 1))
        return heap_alloc_failed(typed->heap, count, error);
    if ((hr = heap_alloc(typed->heap, (count + extra) * sizeof(WCHAR), &memory, error)) != S_OK)
        return hr;
    chars = memory;
    end_of_room = arena_end_of_room(&typed->heap->arena, chars + count + extra);
    if (LIKELY(is_short))
        convert_short_ascii(text, length, chars, end_of_room);
    else if (is_ascii)
        ascii_to_utf16(text, length, chars);
    else
        good = convert(text, length, chars, end_of_room);
    if (UNLIKELY(!good))
        return not_utf8(error);
    if (extra)
        chars[count] = 0;
    *ret = chars;
    *ret_length = (ULONG)count;
    return S_OK;
}
