/* SPDX-License-Identifier: MIT */
/*
 * input.c - the buffers of a reader, and the conversion of UTF-16; see reader.h. Streams are in read_fill.c.
 */
#include "xml/reader/decoder.h"

#include "base/error.h"
#include "base/memory.h"

#include <string.h>

#ifdef WS_SSE2
#include <emmintrin.h>
#endif

/* How many bytes of UTF-16 are converted at once, as long as nothing needs more. */
#define CONVERTED_AT_ONCE 8192u

static void free_bytes(struct reader_bytes *bytes)
{
    memory_free(bytes->bytes);
    bytes->bytes = NULL;
    bytes->room = 0;
}

bool reader_take_bytes(WS_XML_READER *reader, size_t size, struct reader_bytes *bytes)
{
    if (reader->input.spare.room >= size && reader->input.spare.bytes)
    {
        *bytes = reader->input.spare;
        reader->input.spare.bytes = NULL;
        reader->input.spare.room = 0;
        return true;
    }
    if (!(bytes->bytes = memory_alloc(size, "XML reader buffers")))
        return false;
    bytes->room = size;
    return true;
}

void reader_give_bytes(WS_XML_READER *reader, struct reader_bytes *bytes)
{
    if (bytes->room > reader->input.spare.room)
    {
        struct reader_bytes smaller = reader->input.spare;

        reader->input.spare = *bytes;
        *bytes = smaller;
    }
    free_bytes(bytes);
}

NOINLINE void reader_forget_shown(WS_XML_READER *reader)
{
    reader_give_bytes(reader, &reader->input.shown);
}

void reader_release_input(WS_XML_READER *reader)
{
    free_bytes(&reader->input.buffer);
    free_bytes(&reader->input.shown);
    free_bytes(&reader->input.spare);
    free_bytes(&reader->input.utf8);
}

void reader_trim_input(WS_XML_READER *reader)
{
    struct reader_input *input = &reader->input;

    reader_forget_shown(reader);
    if (input->spare.room > reader->properties.stream_buffer_size)
        free_bytes(&input->spare);
    if (input->buffer.room > reader->properties.stream_buffer_size)
        free_bytes(&input->buffer);
    if (input->utf8.room > reader->properties.utf8_trim_size)
        free_bytes(&input->utf8);
}

bool reader_shows_window(const WS_XML_READER *reader)
{
    WS_XML_NODE_TYPE type = reader->node->nodeType;

    return !reader->input.shown.bytes && (reader->in_attribute || type == WS_XML_NODE_TYPE_ELEMENT ||
                                          type == WS_XML_NODE_TYPE_TEXT || type == WS_XML_NODE_TYPE_COMMENT);
}

/* --- UTF-16 --- */

void reader_begin_utf16(WS_XML_READER *reader, bool big_endian)
{
    reader->input.raw = reader->pos;
    reader->input.raw_end = reader->end;
    reader->input.utf16 = true;
    reader->input.big_endian = big_endian;
    reader->input.invalid = false;
    reader->transient = true;
    /* An empty window, but not at NULL: arithmetic on NULL is undefined. */
    reader->pos = reader->end = (const BYTE *)"";
}

/*
 * Converts up to `count` code units; stops before one that is not valid or cut off. Returns the end of what it wrote.
 */
static BYTE *convert(struct reader_input *input, size_t count, BYTE *to)
{
    const BYTE *raw = input->raw, *end = raw + count * 2;
    unsigned low = input->big_endian, high = !low;

    while (raw < end)
    {
        uint32_t c, second;
#ifdef WS_SSE2
        while (end - raw >= 16)
        {
            __m128i block = _mm_loadu_si128((const __m128i *)raw);

            if (low)
                block = _mm_or_si128(_mm_slli_epi16(block, 8), _mm_srli_epi16(block, 8));
            if (_mm_movemask_epi8(_mm_cmpeq_epi16(_mm_and_si128(block, _mm_set1_epi16((short)0xff80)),
                                                  _mm_setzero_si128())) != 0xffff)
                break;
            _mm_storel_epi64((__m128i *)to, _mm_packus_epi16(block, block));
            raw += 16;
            to += 8;
        }
        if (raw == end)
            break;
#endif
        c = (uint32_t)raw[low] | (uint32_t)raw[high] << 8;
        if (c < 0x80)
            *to++ = (BYTE)c;
        else if (c < 0x800)
        {
            *to++ = (BYTE)(0xc0 | c >> 6);
            *to++ = (BYTE)(0x80 | (c & 0x3f));
        }
        else if (c < 0xd800 || c > 0xdfff)
        {
            *to++ = (BYTE)(0xe0 | c >> 12);
            *to++ = (BYTE)(0x80 | (c >> 6 & 0x3f));
            *to++ = (BYTE)(0x80 | (c & 0x3f));
        }
        else
        {
            if (end - raw < 4)
            {
                input->invalid = c > 0xdbff;
                break;
            }
            second = (uint32_t)raw[2 + low] | (uint32_t)raw[2 + high] << 8;
            if (c > 0xdbff || second < 0xdc00 || second > 0xdfff)
            {
                input->invalid = true;
                break;
            }
            c = 0x10000 + ((c & 0x3ff) << 10 | (second & 0x3ff));
            *to++ = (BYTE)(0xf0 | c >> 18);
            *to++ = (BYTE)(0x80 | (c >> 12 & 0x3f));
            *to++ = (BYTE)(0x80 | (c >> 6 & 0x3f));
            *to++ = (BYTE)(0x80 | (c & 0x3f));
            raw += 2;
        }
        raw += 2;
    }
    input->raw = raw;
    return to;
}

/*
 * Makes room for `size` more bytes of UTF-8 after the unread ones, which move to the front; or into another buffer, if
 * the node shown is in this one.
 */
static bool make_utf8_room(WS_XML_READER *reader, size_t size)
{
    struct reader_bytes *utf8 = &reader->input.utf8, to = *utf8;
    size_t unread = (size_t)(reader->end - reader->pos);
    bool shown = utf8->bytes && reader_shows_window(reader);

    if (size > SIZE_MAX / 2 - unread)
        return false;
    /* How much is unread differs each time: with a few sizes for all, buffers can be used again. */
    size = (unread + size + 1023) & ~(size_t)1023;
    if (utf8->bytes && utf8->room >= size && !shown)
        memmove(to.bytes, reader->pos, unread);
    else
    {
        if (!reader_take_bytes(reader, size, &to))
            return false;
        memcpy(to.bytes, reader->pos, unread);
        if (shown)
            reader->input.shown = *utf8;
        else if (utf8->bytes)
            reader_give_bytes(reader, utf8);
    }
    *utf8 = to;
    reader->pos = to.bytes;
    reader->end = to.bytes + unread;
    return true;
}

bool reader_can_pull(const WS_XML_READER *reader)
{
    return reader->input.utf16 && reader->input.raw_end - reader->input.raw >= 4 && !reader->input.invalid;
}

/* Nothing can be converted: is that the end? */
static HRESULT no_more(WS_XML_READER *reader)
{
    struct reader_input *input = &reader->input;

    if (input->invalid)
        return S_FALSE;
    if (input->callback && !input->ended && !input->whole)
        return READER_STARVED;
    input->invalid = input->raw != input->raw_end; /* half a character */
    return S_FALSE;
}

HRESULT reader_pull(WS_XML_READER *reader, WS_ERROR *error)
{
    struct reader_input *input = &reader->input;
    size_t unread = (size_t)(reader->end - reader->pos), count = (size_t)(input->raw_end - input->raw) / 2, most;
    const BYTE *before = input->raw;

    if (!input->utf16)
        return input->callback && !input->ended && !input->whole ? READER_STARVED : S_FALSE;
    if (!count || input->invalid)
        return no_more(reader);
    /* At least as much again as did not suffice, so that reading it anew each time takes linear time in all. */
    most = unread > CONVERTED_AT_ONCE ? unread : CONVERTED_AT_ONCE;
    if (count > most / 2)
        count = most / 2;
    if (reader->decoder->discard)
        reader->decoder->discard(reader);
    if (!make_utf8_room(reader, count * 3 + 8))
        return error_report(error, E_OUTOFMEMORY, "There is no memory to convert %zu characters of UTF-16.", count);
    if (reader->decoder->moved)
        reader->decoder->moved(reader);
    reader->end = convert(input, count, (BYTE *)reader->end);
    /* If nothing was taken, all there was is half a surrogate pair, or not valid. */
    return input->raw == before ? no_more(reader) : S_OK;
}
