/* SPDX-License-Identifier: MIT */
/*
 * encode_text_escape.c - text into the window, escaped.
 *
 * Escaped is what Canonical XML escapes, which is just what a reader needs to get the same characters: & < > and CR in
 * content; & < the quote, TAB, LF and CR in attributes. References are hexadecimal.
 *
 * Most text is ASCII with nothing to escape. 16 bytes at a time are searched for anything else, and copied.
 */
#include "base/error.h"
#include "base/text.h"
#include "xml/writer/check.h"
#include "xml/writer/encode_text_escape.h"
#include "xml/writer/output.h"
#include "xml/writer/writer_object.h"

#include <stdio.h>

/* A character that XML 1.0 does not allow: a reference if the property allows it and there can be references here. */
static COLD HRESULT put_invalid(WS_XML_WRITER *writer, enum escape_mode mode, uint32_t c, WS_ERROR *error)
{
    char reference[16];
    int length;

    if (mode > ESCAPE_SINGLE_QUOTE || !writer->properties.allow_invalid_references)
        return error_report(error, WS_E_INVALID_FORMAT, "The character U+%04X cannot be written in XML.", (unsigned)c);
    length = snprintf(reference, sizeof(reference), "&#x%X;", (unsigned)c);
    return writer_put_slow(writer, (const BYTE *)reference, (size_t)length, error);
}

/* Writes an ASCII character that is special. */
static HRESULT put_special(WS_XML_WRITER *writer, enum escape_mode mode, BYTE c, WS_ERROR *error)
{
    switch (c)
    {
    case '&': return writer_put(writer, "&amp;", 5, error);
    case '<': return writer_put(writer, "&lt;", 4, error);
    case '>':
        if (mode != ESCAPE_CDATA)
            return writer_put(writer, "&gt;", 4, error);
        if (writer->brackets == 2)
            return error_report(error, WS_E_INVALID_FORMAT, "A CDATA section cannot contain \"]]>\".");
        writer->brackets = 0;
        return writer_put(writer, ">", 1, error);
    case ']': writer->brackets += writer->brackets < 2; return writer_put(writer, "]", 1, error);
    case '"': return writer_put(writer, "&quot;", 6, error);
    case '\'': return writer_put(writer, "&apos;", 6, error);
    case '\t': return writer_put(writer, "&#x9;", 5, error);
    case '\n': return writer_put(writer, "&#xA;", 5, error);
    case '\r': return writer_put(writer, "&#xD;", 5, error);
    default: return put_invalid(writer, mode, c, error);
    }
}

/*
 * Copies bytes to the window up to the first that is special and does not begin a two-byte character, or has no room.
 * Returns how many.
 */
INLINE size_t copy_plain(struct writer_output *output, enum escape_mode mode, const BYTE *p, size_t count)
{
    size_t done = 0;

#ifdef WS_SSE2
    while (LIKELY(output->end - output->pos >= (ptrdiff_t)BLOCK))
    {
        size_t left = count - done, plain;
        __m128i v;
        unsigned mask;

        if (left >= BLOCK)
        {
            v = _mm_loadu_si128((const __m128i *)(const void *)(p + done));
            mask = special_mask(v, mode);
            plain = plain_length(p + done, mask, left = BLOCK);
        }
        else
        {
            if (!left)
                return done;
            v = block_load(p + done, left);
            mask = special_mask(v, mode) & block_bits(left);
            plain = plain_length(p + done, mask, left);
        }
        _mm_storeu_si128((__m128i *)(void *)output->pos, v);
        output->pos += plain;
        done += plain;
        if (plain < left)
            return done;
    }
#endif
    while (done < count && output->pos < output->end && !is_special(p[done], mode))
        *output->pos++ = p[done++];
    return done;
}

/* How many bytes the character that is not ASCII takes; 0: it is not valid, or not allowed in XML. */
INLINE size_t wide_length(const BYTE *p, const BYTE *end)
{
    uint32_t c;
    size_t length;

    if (LIKELY(end - p >= 2 && is_two_bytes(p)))
        return 2;
    length = utf8_decode(p, end, &c);
    return length && xml_is_char(c) ? length : 0;
}

INLINE HRESULT escape_utf8(WS_XML_WRITER *writer, enum escape_mode mode, const BYTE *p, size_t count, WS_ERROR *error)
{
    struct writer_output *output = &writer->output;
    const BYTE *end = p + count, *run;
    HRESULT hr;

    while (p < end)
    {
        run = p;
        p += copy_plain(output, mode, p, (size_t)(end - p));
        if (mode == ESCAPE_CDATA && p > run)
            writer->brackets = 0;
        if (p == end)
            break;
        if (*p >= 0x80)
        {
            size_t length;

            for (run = p; p < end && *p >= 0x80 && (length = wide_length(p, end)); p += length)
                ;
            if (mode == ESCAPE_CDATA)
                writer->brackets = 0;
            if (p > run && (hr = writer_put(writer, run, (size_t)(p - run), error)) != S_OK)
                return hr;
            if (p < end && *p >= 0x80)
            {
                uint32_t c;

                if (!(length = utf8_decode(p, end, &c)))
                    return writer_invalid_utf8(p, end, error);
                p += length;
                if ((hr = put_invalid(writer, mode, c, error)) != S_OK)
                    return hr;
            }
        }
        else if (is_special(*p, mode))
        {
            if ((hr = put_special(writer, mode, *p++, error)) != S_OK)
                return hr;
        }
        else if ((hr = writer_more_room(writer, error)) != S_OK)
            return hr;
    }
    return S_OK;
}

/* The modes are constants to the inlined code. */
HRESULT writer_escape_utf8(WS_XML_WRITER *writer, enum escape_mode mode, const BYTE *bytes, size_t count,
                           WS_ERROR *error)
{
    if (!count)
        return S_OK;
    switch (mode)
    {
    case ESCAPE_CONTENT: return escape_utf8(writer, ESCAPE_CONTENT, bytes, count, error);
    case ESCAPE_DOUBLE_QUOTE: return escape_utf8(writer, ESCAPE_DOUBLE_QUOTE, bytes, count, error);
    case ESCAPE_SINGLE_QUOTE: return escape_utf8(writer, ESCAPE_SINGLE_QUOTE, bytes, count, error);
    case ESCAPE_CDATA: return escape_utf8(writer, ESCAPE_CDATA, bytes, count, error);
    default: return escape_utf8(writer, ESCAPE_NOTHING, bytes, count, error);
    }
}

/* Writes the character at *p, whatever it is. */
static HRESULT put_char(WS_XML_WRITER *writer, enum escape_mode mode, const BYTE **p, const BYTE *end, WS_ERROR *error)
{
    size_t length;
    uint32_t c = load_char(*p, end, &length);
    struct writer_output *output = &writer->output;
    BYTE utf8[4];

    if (!length)
        return writer_invalid_utf16(*p, error);
    *p += length;
    if (c < 0x80 && is_special((BYTE)c, mode))
        return put_special(writer, mode, (BYTE)c, error);
    if (mode == ESCAPE_CDATA)
        writer->brackets = 0;
    if (!xml_is_char(c))
        return put_invalid(writer, mode, c, error);
    if (UNLIKELY(output->end - output->pos < 4))
        return writer_put_slow(writer, utf8, utf8_encode(c, utf8), error);
    output->pos += utf8_encode(c, output->pos);
    return S_OK;
}

INLINE HRESULT escape_utf16(WS_XML_WRITER *writer, enum escape_mode mode, const BYTE *p, size_t count, WS_ERROR *error)
{
    struct writer_output *output = &writer->output;
    const BYTE *end = count ? p + count : p;
    HRESULT hr;

    while (p < end)
    {
#ifdef WS_SSE2
        /* Packing makes bytes above 0x7f, or zeros, of everything that is not ASCII: all are special. */
        while (p < end && output->end - output->pos >= (ptrdiff_t)BLOCK)
        {
            size_t left = (size_t)(end - p), units = left >= 32 ? 16 : left >= 16 ? 8 : left / 2, done;
            __m128i low = left >= 16 ? _mm_loadu_si128((const __m128i *)(const void *)p) : block_load(p, left);
            __m128i high = left >= 32 ? _mm_loadu_si128((const __m128i *)(const void *)(p + 16)) : low;
            __m128i bytes = _mm_packus_epi16(low, high);
            unsigned mask = special_mask(bytes, mode) & block_bits(units);

            done = mask ? (size_t)__builtin_ctz(mask) : units;
            _mm_storeu_si128((__m128i *)(void *)output->pos, bytes);
            output->pos += done;
            p += done * 2;
            if (mode == ESCAPE_CDATA && done)
                writer->brackets = 0;
            if (mask)
                break;
        }
#endif
        /* One character, and those after it that cannot be packed either. */
        while (p < end)
        {
            WCHAR unit = load_unit(p);

            if (unit < 0x80 && !is_special((BYTE)unit, mode) && output->pos < output->end)
            {
                *output->pos++ = (BYTE)unit;
                p += 2;
                if (mode == ESCAPE_CDATA)
                    writer->brackets = 0;
                if (output->end - output->pos >= (ptrdiff_t)BLOCK)
                    break;
            }
            else if ((hr = put_char(writer, mode, &p, end, error)) != S_OK)
                return hr;
        }
    }
    return S_OK;
}

HRESULT writer_escape_utf16(WS_XML_WRITER *writer, enum escape_mode mode, const BYTE *bytes, size_t count,
                            WS_ERROR *error)
{
    switch (mode)
    {
    case ESCAPE_CONTENT: return escape_utf16(writer, ESCAPE_CONTENT, bytes, count, error);
    case ESCAPE_DOUBLE_QUOTE: return escape_utf16(writer, ESCAPE_DOUBLE_QUOTE, bytes, count, error);
    case ESCAPE_SINGLE_QUOTE: return escape_utf16(writer, ESCAPE_SINGLE_QUOTE, bytes, count, error);
    default: return escape_utf16(writer, ESCAPE_CDATA, bytes, count, error);
    }
}
