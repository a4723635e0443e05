/* SPDX-License-Identifier: MIT */
/* canonical_output.c - see canonical_output.h. */
#include "xml/canonical/canonical_output.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"

#include <string.h>

/* A piece that is wanted smaller than this is collected as far as this while a node goes on. */
#define SMALLEST_ROOM 64u

/* What is taken at first of the room for large pieces, of which there may be none. */
#define FIRST_ROOM 4096u

HRESULT canonical_output_init(struct canonical_output *output, ULONG wanted, WS_ERROR *error)
{
    output->wanted = wanted ? wanted : 1;
    output->most = output->wanted < SMALLEST_ROOM ? SMALLEST_ROOM : output->wanted;
    output->room = output->most < FIRST_ROOM ? output->most : FIRST_ROOM;
    output->used = 0;
    if (!(output->bytes = memory_alloc(output->room, "canonical bytes")))
        return error_report(error, E_OUTOFMEMORY, "There is no memory for a buffer of %zu canonical bytes.",
                            output->room);
    return S_OK;
}

void canonical_output_release(struct canonical_output *output)
{
    memory_free(output->bytes);
    output->bytes = NULL;
}

HRESULT canonical_flush(struct canonical_output *output, WS_ERROR *error)
{
    size_t used = output->used;

    output->used = 0;
    return used ? output->write(output->owner, output->bytes, used, error) : S_OK;
}

/* Doubles the room. */
static HRESULT grow(struct canonical_output *output, WS_ERROR *error)
{
    size_t room = output->room <= output->most / 2 ? output->room * 2 : output->most;
    BYTE *larger = memory_alloc(room, "canonical bytes");

    if (!larger)
        return error_report(error, E_OUTOFMEMORY, "There is no memory for a buffer of %zu canonical bytes.", room);
    memcpy(larger, output->bytes, output->used);
    memory_free(output->bytes);
    output->bytes = larger;
    output->room = room;
    return S_OK;
}

NOINLINE HRESULT canonical_put_slow(struct canonical_output *output, const BYTE *bytes, size_t count, WS_ERROR *error)
{
    size_t part;
    HRESULT hr;

    while (count > output->room - output->used)
    {
        part = output->room - output->used;
        memcpy(output->bytes + output->used, bytes, part);
        output->used += part;
        bytes += part;
        count -= part;
        hr = output->room < output->most ? grow(output, error) : canonical_flush(output, error);
        if (hr != S_OK)
            return hr;
    }
    memcpy(output->bytes + output->used, bytes, count);
    output->used += count;
    return S_OK;
}

/* --- What is replaced --- */

INLINE bool is_special(BYTE c, enum canonical_mode mode)
{
    switch (mode)
    {
    case CANONICAL_ATTRIBUTE: return c == '&' || c == '<' || c == '"' || c == '\t' || c == '\n' || c == '\r';
    case CANONICAL_COMMENT: return c == '\r';
    default: return c == '&' || c == '<' || c == '>' || c == '\r';
    }
}

#ifdef WS_SSE2

/* Bit i: byte i is special. */
INLINE unsigned special_mask(__m128i v, enum canonical_mode mode)
{
    __m128i special = _mm_cmpeq_epi8(v, _mm_set1_epi8('\r'));

    switch (mode)
    {
    case CANONICAL_COMMENT: break;
    case CANONICAL_ATTRIBUTE:
        special = _mm_or_si128(special, _mm_cmpeq_epi8(v, _mm_set1_epi8('\t')));
        special = _mm_or_si128(special, _mm_cmpeq_epi8(v, _mm_set1_epi8('\n')));
        special = _mm_or_si128(special, _mm_cmpeq_epi8(v, _mm_set1_epi8('&')));
        special = _mm_or_si128(special, _mm_cmpeq_epi8(v, _mm_set1_epi8('"')));
        special = _mm_or_si128(special, _mm_cmpeq_epi8(v, _mm_set1_epi8('<')));
        break;
    default:
        /* '<' and '>' differ in one bit. */
        special = _mm_or_si128(special, _mm_cmpeq_epi8(v, _mm_set1_epi8('&')));
        special = _mm_or_si128(special, _mm_cmpeq_epi8(_mm_or_si128(v, _mm_set1_epi8(2)), _mm_set1_epi8('>')));
        break;
    }
    return (unsigned)_mm_movemask_epi8(special);
}

#endif

/* Copies bytes up to the first that is special, or that there is no room for. Returns how many. */
INLINE size_t copy_plain(struct canonical_output *output, enum canonical_mode mode, const BYTE *p, size_t count)
{
    BYTE *pos = output->bytes + output->used, *end = output->bytes + output->room;
    size_t done = 0;

#ifdef WS_SSE2
    while (done < count && LIKELY(end - pos >= (ptrdiff_t)BLOCK))
    {
        size_t left = count - done, plain = left < BLOCK ? left : BLOCK;
        __m128i v = block_load(p + done, plain);
        unsigned mask = special_mask(v, mode) & block_bits(plain);

        if (mask)
            plain = (size_t)__builtin_ctz(mask);
        _mm_storeu_si128((__m128i *)(void *)pos, v);
        pos += plain;
        done += plain;
        if (mask)
            goto end;
    }
#endif
    while (done < count && pos < end && !is_special(p[done], mode))
        *pos++ = p[done++];
#ifdef WS_SSE2
end:
#endif
    output->used = (size_t)(pos - output->bytes);
    return done;
}

static HRESULT put_special(struct canonical_output *output, enum canonical_mode mode, BYTE c, WS_ERROR *error)
{
    switch (c)
    {
    case '&': return canonical_put(output, "&amp;", 5, error);
    case '<': return canonical_put(output, "&lt;", 4, error);
    case '>': return canonical_put(output, "&gt;", 4, error);
    case '"': return canonical_put(output, "&quot;", 6, error);
    case '\t': return canonical_put(output, "&#x9;", 5, error);
    case '\n': return canonical_put(output, "&#xA;", 5, error);
    default:
        if (mode <= CANONICAL_ATTRIBUTE)
            return canonical_put(output, "&#xD;", 5, error);
        output->after_cr = true;
        return canonical_put(output, "\n", 1, error);
    }
}

INLINE HRESULT put_escaped(struct canonical_output *output, enum canonical_mode mode, const BYTE *p, size_t count,
                           WS_ERROR *error)
{
    const BYTE *end = p + count;
    HRESULT hr;

    for (;;)
    {
        if (mode >= CANONICAL_CDATA && p < end && output->after_cr)
        {
            p += *p == '\n';
            output->after_cr = false;
        }
        p += copy_plain(output, mode, p, (size_t)(end - p));
        if (p == end)
            return S_OK;
        if (!is_special(*p, mode))
        {
            /* There was no room for it. */
            if ((hr = canonical_put_slow(output, p++, 1, error)) != S_OK)
                return hr;
        }
        else if ((hr = put_special(output, mode, *p++, error)) != S_OK)
            return hr;
    }
}

/* The modes are constants to the inlined code. */
HRESULT canonical_put_escaped(struct canonical_output *output, enum canonical_mode mode, const BYTE *bytes,
                              size_t count, WS_ERROR *error)
{
    if (!count)
        return S_OK;
    switch (mode)
    {
    case CANONICAL_CONTENT: return put_escaped(output, CANONICAL_CONTENT, bytes, count, error);
    case CANONICAL_ATTRIBUTE: return put_escaped(output, CANONICAL_ATTRIBUTE, bytes, count, error);
    case CANONICAL_CDATA: return put_escaped(output, CANONICAL_CDATA, bytes, count, error);
    default: return put_escaped(output, CANONICAL_COMMENT, bytes, count, error);
    }
}

HRESULT canonical_put_utf16(struct canonical_output *output, enum canonical_mode mode, const BYTE *bytes, size_t count,
                            WS_ERROR *error)
{
    WCHAR chars[256];
    BYTE utf8[3 * 256];
    size_t units, length;
    HRESULT hr;

    for (count /= sizeof(WCHAR); count; count -= units, bytes += units * sizeof(WCHAR))
    {
        units = count < 256 ? count : 256;
        memcpy(chars, bytes, units * sizeof(WCHAR));
        /* Not between the halves of a character. */
        if (units < count && (chars[units - 1] & 0xfc00) == 0xd800)
            units--;
        if (!utf16_to_utf8_length(chars, units, &length))
            return error_report(error, WS_E_INVALID_FORMAT, "A text is not valid UTF-16.");
        utf16_to_utf8(chars, units, utf8);
        if ((hr = canonical_put_escaped(output, mode, utf8, length, error)) != S_OK)
            return hr;
    }
    return S_OK;
}
