/* SPDX-License-Identifier: MIT */
/*
 * read_content.c - reading text in pieces: WsReadChars, WsReadCharsUtf8, WsReadBytes; see reader.h.
 *
 * The text that these read may be in several nodes, with comments and the marks of CDATA sections between them. When a
 * stream has not been filled far enough they return what they have; only if that is nothing they fail.
 */
#include "xml/reader/object.h"

#include "values/base64.h"
#include "base/error.h"
#include "base/text.h"
#include "base/trace.h"

#include <string.h>

/* --- Characters --- */

/* Converts as much text as there is room for; a character that needs two is begun if there is room for one. */
static ULONG take_chars(WS_XML_READER *reader, WCHAR *chars, ULONG room)
{
    const BYTE *p = reader->text_bytes, *end = p + reader->text_length;
    WCHAR *to = chars, *to_end = chars + room;
    uint32_t c;

    while (p < end && to < to_end)
    {
        if (*p < 0x80)
        {
            *to++ = *p++;
            continue;
        }
        p += utf8_decode(p, end, &c);
        if (c < 0x10000)
        {
            *to++ = (WCHAR)c;
            continue;
        }
        *to++ = (WCHAR)(0xd800 + ((c - 0x10000) >> 10));
        reader->low_surrogate = (WCHAR)(0xdc00 + (c & 0x3ff));
        if (to == to_end)
            break;
        *to++ = reader->low_surrogate;
        reader->low_surrogate = 0;
    }
    reader->text_length = (size_t)(end - p);
    reader->text_bytes = p;
    return (ULONG)(to - chars);
}

HRESULT reader_read_chars(WS_XML_READER *reader, WCHAR *chars, ULONG room, ULONG *actual, WS_ERROR *error)
{
    HRESULT hr = S_OK;
    ULONG count = 0;

    if (room && reader->low_surrogate)
    {
        chars[count++] = reader->low_surrogate;
        reader->low_surrogate = 0;
    }
    while (count < room && (hr = reader_content(reader, error)) == S_OK)
        count += take_chars(reader, chars + count, room - count);
    if (FAILED(hr) || (hr == READER_STARVED && !count))
        return hr;
    *actual = count;
    return S_OK;
}

/* --- Bytes of UTF-8 --- */

/* The last place to cut UTF-8 at, within a length; if not even one character fits, anywhere. */
static size_t whole_characters(const BYTE *bytes, size_t length)
{
    size_t cut = length;

    while (cut && (bytes[cut] & 0xc0) == 0x80)
        cut--;
    return cut ? cut : length;
}

HRESULT reader_read_utf8(WS_XML_READER *reader, BYTE *bytes, ULONG room, ULONG *actual, WS_ERROR *error)
{
    HRESULT hr = S_OK;
    ULONG count = 0;
    size_t length;

    while (count < room && (hr = reader_content(reader, error)) == S_OK)
    {
        length = reader->text_length;
        if (length > room - count)
            length = whole_characters(reader->text_bytes, room - count);
        if (count && length == room - count && length < reader->text_length &&
            (reader->text_bytes[length] & 0xc0) == 0x80)
            break; /* a character that does not fit after others */
        memcpy(bytes + count, reader->text_bytes, length);
        reader->text_bytes += length;
        reader->text_length -= length;
        count += (ULONG)length;
        if (reader->text_length)
            break;
    }
    if (FAILED(hr) || (hr == READER_STARVED && !count))
        return hr;
    *actual = count;
    return S_OK;
}

/* --- Base64 --- */

static COLD HRESULT not_base64(WS_XML_READER *reader, WS_ERROR *error)
{
    return reader_report_text(reader, WS_E_INVALID_FORMAT, error, "The text is not base64.");
}

/* Takes bytes that were decoded before, when there was no room for them. */
static ULONG take_left(struct reader_base64 *base64, BYTE *bytes, ULONG room)
{
    ULONG count = 0;

    while (count < room && base64->left_pos < base64->left_count)
        bytes[count++] = base64->left[base64->left_pos++];
    return count;
}

static bool is_base64_char(BYTE c)
{
    return !xml_is_space(c) && c != '=';
}

/* As many whole groups of four characters, without anything else between them, as there is room for. */
static HRESULT take_groups(WS_XML_READER *reader, BYTE *bytes, ULONG room, ULONG *count, WS_ERROR *error)
{
    size_t most = reader->text_length & ~(size_t)3, length = 0, decoded;

    if (most / 4 > room / 3)
        most = (size_t)(room / 3) * 4;
    while (length < most && is_base64_char(reader->text_bytes[length]))
        length++;
    length &= ~(size_t)3;
    if (length && base64_decode(reader->text_bytes, length, bytes, &decoded) != S_OK)
        return not_base64(reader, error);
    reader->text_bytes += length;
    reader->text_length -= length;
    *count = (ULONG)(length / 4 * 3);
    return S_OK;
}

/* One character of the text; a fourth one makes bytes, which are left for take_left(). */
static HRESULT take_base64_char(WS_XML_READER *reader, WS_ERROR *error)
{
    struct reader_base64 *base64 = &reader->base64;
    BYTE c = *reader->text_bytes;
    size_t count;

    reader->text_bytes++;
    reader->text_length--;
    if (xml_is_space(c))
        return S_OK;
    if (base64->padded)
        return not_base64(reader, error);
    base64->quantum[base64->quantum_count++] = c;
    if (base64->quantum_count < 4)
        return S_OK;
    if (base64_decode(base64->quantum, 4, base64->left, &count) != S_OK)
        return not_base64(reader, error);
    base64->quantum_count = base64->left_pos = 0;
    base64->left_count = (unsigned char)count;
    base64->padded = count < 3;
    return S_OK;
}

static HRESULT take_text_bytes(WS_XML_READER *reader, BYTE *bytes, ULONG room, ULONG *count, WS_ERROR *error)
{
    HRESULT hr;

    *count = 0;
    if ((hr = reader_open_text(reader, error)) != S_OK || !reader->text_length)
        return hr;
    if (!reader->base64.quantum_count && !reader->base64.padded &&
        ((hr = take_groups(reader, bytes, room, count, error)) != S_OK || *count))
        return hr;
    while (reader->text_length && reader->base64.left_pos == reader->base64.left_count)
    {
        if ((hr = take_base64_char(reader, error)) != S_OK)
            return hr;
        if (!reader->base64.quantum_count && !reader->base64.padded)
            break;
    }
    return S_OK;
}

/* A text that is bytes already. */
static ULONG take_typed_bytes(WS_XML_READER *reader, const WS_XML_BASE64_TEXT *text, BYTE *bytes, ULONG room)
{
    ULONG left = text->length - (ULONG)reader->bytes_used, count = left < room ? left : room;

    if (count)
        memcpy(bytes, text->bytes + reader->bytes_used, count);
    reader->bytes_used += count;
    reader->text_begun = true;
    return count;
}

/* Whether the text shown is bytes that nobody has begun to read as characters. */
static bool is_typed_bytes(const WS_XML_READER *reader)
{
    const WS_XML_TEXT *text = ((const WS_XML_TEXT_NODE *)reader->node)->text;

    return text->textType == WS_XML_TEXT_TYPE_BASE64 && !reader->text_bytes && !reader->base64.quantum_count;
}

HRESULT reader_read_bytes(WS_XML_READER *reader, BYTE *bytes, ULONG room, ULONG *actual, WS_ERROR *error)
{
    ULONG count = take_left(&reader->base64, bytes, room), taken;
    bool past = false;
    HRESULT hr = S_OK;

    while (count < room && (hr = reader_next_text(reader, past, error)) == S_OK)
    {
        if (is_typed_bytes(reader))
        {
            taken = take_typed_bytes(reader, (const WS_XML_BASE64_TEXT *)((const WS_XML_TEXT_NODE *)reader->node)->text,
                                     bytes + count, room - count);
            past = !taken;
        }
        else
        {
            if ((hr = take_text_bytes(reader, bytes + count, room - count, &taken, error)) != S_OK)
                return hr;
            count += taken;
            taken = take_left(&reader->base64, bytes + count, room - count);
            past = !reader->text_length;
        }
        count += taken;
    }
    if (FAILED(hr) || (hr == READER_STARVED && !count))
        return hr;
    if (hr == S_FALSE && reader->base64.quantum_count)
        return not_base64(reader, error);
    *actual = count;
    return S_OK;
}

static HRESULT check_count(const ULONG *actual, WS_ERROR *error)
{
    if (actual)
        return S_OK;
    return error_report(error, E_INVALIDARG, "The pointer that is to receive the count is NULL.");
}

/*
 * Reading to NULL. Observed on Windows: that is not an error if nothing is left to read. Our choice: it is one if
 * something is, which can still be read; what was before it, such as a comment, has been skipped by then.
 */
static COLD HRESULT read_to_nowhere(WS_XML_READER *reader, ULONG *actual, WS_ERROR *error)
{
    HRESULT hr = reader_has_leftovers(reader) ? S_OK : reader_content(reader, error);

    if (hr == S_OK)
        return error_report(error, E_INVALIDARG,
                            "There is text to read, but the pointer to the buffer for it is NULL.");
    if (hr != S_FALSE)
        return hr;
    *actual = 0;
    return S_OK;
}

/* Whether text is to be read to NULL, and some of it. */
static inline bool is_nowhere(const void *place, ULONG room)
{
    return UNLIKELY(!place) && room;
}

/*
 * Reads text, up to the next start or end element, as UTF-16. Comments are passed, and CDATA sections are text.
 *
 * maxCharCount: how many characters (of 16 bits) there is room for at `chars`.
 * actualCharCount: receives how many were read; 0 means that there are no more (or no room).
 * Returns E_INVALIDARG (reader is not a live reader; actualCharCount is NULL; chars is NULL, and there is something to
 * read), and as WsReadNode().
 * Source: the page of WsReadChars; that chars may be NULL where there is nothing, observed on Windows.
 */
HRESULT WINAPI WsReadChars(WS_XML_READER *reader, WCHAR *chars, ULONG maxCharCount, ULONG *actualCharCount,
                           WS_ERROR *error)
{
    HRESULT hr = reader_enter_content(reader, error);

    if (hr == S_OK && (hr = check_count(actualCharCount, error)) == S_OK)
        hr = reader_finish(reader,
                           is_nowhere(chars, maxCharCount)
                               ? read_to_nowhere(reader, actualCharCount, error)
                               : reader_read_chars(reader, chars, maxCharCount, actualCharCount, error),
                           error);
    TRACE_RESULT(hr, error,
                 "WsReadChars(reader=%p, chars=%p, maxCharCount=%u, actualCharCount=%p, error=%p) = 0x%08x%s",
                 (void *)reader, (void *)chars, (unsigned)maxCharCount, (void *)actualCharCount, (void *)error,
                 (unsigned)hr, trace_ulong(hr, "actualCharCount", actualCharCount).text);
    return hr;
}

/*
 * Reads text as WsReadChars() does, as UTF-8. Characters are not cut, unless there is not room for one.
 *
 * Returns as WsReadChars().
 * Source: the page of WsReadCharsUtf8.
 */
HRESULT WINAPI WsReadCharsUtf8(WS_XML_READER *reader, BYTE *bytes, ULONG maxByteCount, ULONG *actualByteCount,
                               WS_ERROR *error)
{
    HRESULT hr = reader_enter_content(reader, error);

    if (hr == S_OK && (hr = check_count(actualByteCount, error)) == S_OK)
        hr = reader_finish(reader,
                           is_nowhere(bytes, maxByteCount)
                               ? read_to_nowhere(reader, actualByteCount, error)
                               : reader_read_utf8(reader, bytes, maxByteCount, actualByteCount, error),
                           error);
    TRACE_RESULT(hr, error,
                 "WsReadCharsUtf8(reader=%p, bytes=%p, maxByteCount=%u, actualByteCount=%p, error=%p) = 0x%08x%s",
                 (void *)reader, (void *)bytes, (unsigned)maxByteCount, (void *)actualByteCount, (void *)error,
                 (unsigned)hr, trace_ulong(hr, "actualByteCount", actualByteCount).text);
    return hr;
}

/*
 * Reads text as WsReadChars() does, and decodes it as base64; white space in it does not matter.
 *
 * Returns as WsReadChars(), and WS_E_INVALID_FORMAT if the text is not base64.
 * Source: the page of WsReadBytes.
 */
HRESULT WINAPI WsReadBytes(WS_XML_READER *reader, void *bytes, ULONG maxByteCount, ULONG *actualByteCount,
                           WS_ERROR *error)
{
    HRESULT hr = reader_enter_content(reader, error);

    if (hr == S_OK && (hr = check_count(actualByteCount, error)) == S_OK)
        hr = reader_finish(reader,
                           is_nowhere(bytes, maxByteCount)
                               ? read_to_nowhere(reader, actualByteCount, error)
                               : reader_read_bytes(reader, bytes, maxByteCount, actualByteCount, error),
                           error);
    TRACE_RESULT(hr, error,
                 "WsReadBytes(reader=%p, bytes=%p, maxByteCount=%u, actualByteCount=%p, error=%p) = 0x%08x%s",
                 (void *)reader, bytes, (unsigned)maxByteCount, (void *)actualByteCount, (void *)error, (unsigned)hr,
                 trace_ulong(hr, "actualByteCount", actualByteCount).text);
    return hr;
}
