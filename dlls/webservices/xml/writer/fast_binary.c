/* SPDX-License-Identifier: MIT */
/*
 * fast_binary.c - fast start tags in the binary encoding; see fast.c.
 *
 * The bytes are those that encode_binary.c would write. Only a value that is written piece by piece needs a record
 * before its length is known: that is filled in at its end.
 */
#include "xml/writer/encode_binary.h"

#include "base/text.h"
#include "xml/writer/check.h"
#include "xml/writer/fast.h"
#include "xml/writer/start_tag.h"
#include "xml/writer/writer.h"
#include "xml/writer/writer_object.h"

/* The longest text that has one byte for its length. */
#define LONGEST_TEXT 255u

/* --- Records --- */

/* Writes a record with a name; NULL: it is not a name, or too long. *bytes: where the bytes of the local name are. */
INLINE BYTE *put_name(WS_XML_WRITER *writer, BYTE *pos, const struct binary_name_records *records,
                      const WS_XML_STRING *prefix, const WS_XML_STRING *local, const BYTE **bytes)
{
    const WS_XML_DICTIONARY *dictionary = writer->binary->static_dictionary;
    const WS_XML_STRING *found = NULL;
    uint32_t id = 0;

    if (UNLIKELY(!local->bytes || local->length > FAST_LONGEST_NAME))
        return NULL;
    /* There is no callback: only the static dictionary has ids. */
    if (UNLIKELY(local->dictionary != NULL) && writer_binary_find(writer, local, &id, NULL) == S_OK)
    {
        found = &dictionary->strings[id / 2];
        /* Callers may set `dictionary` and `id` wrongly: compare the bytes. */
        if (UNLIKELY(!found->bytes || !writer_same(found, local)))
            return NULL;
    }
    if (LIKELY(!prefix->length))
        *pos++ = found ? records->brief_dictionary : records->brief;
    else if (binary_is_letter(prefix))
        *pos++ = (BYTE)((found ? records->letter_dictionary : records->letter) + (prefix->bytes[0] - 'a'));
    else
    {
        *pos++ = found ? records->full_dictionary : records->full;
        *pos++ = (BYTE)prefix->length;
        pos = block_copy(pos, prefix->bytes, prefix->length);
    }
    if (!found)
    {
        *pos++ = (BYTE)local->length;
        *bytes = pos;
        return fast_put_local(pos, local);
    }
    *bytes = found->bytes;
    return block_is_ascii_name(local->bytes, local->length) ? binary_put_int31(pos, id) : NULL;
}

/* Characters that are more than a block, or not all plain. */
static NOINLINE BYTE *put_chars_slow(WS_XML_WRITER *writer, BYTE *pos, const BYTE *bytes, size_t length)
{
    if (length > LONGEST_TEXT || (size_t)(writer->output.end - pos) < length + FAST_SPARE ||
        writer_check_chars_utf8(writer, bytes, length, NULL) != S_OK)
        return NULL;
    return block_copy(pos, bytes, length);
}

/*
 * Writes characters without their record; NULL: they are too many, by themselves or for the room that there is, or not
 * valid.
 */
INLINE BYTE *put_chars(WS_XML_WRITER *writer, BYTE *pos, const BYTE *bytes, size_t length)
{
    if (UNLIKELY(!length || !bytes))
        return length ? NULL : pos;
    if (LIKELY(escape_short(pos, ESCAPE_NOTHING, bytes, length)))
        return pos + length;
    return put_chars_slow(writer, pos, bytes, length);
}

/* The same of UTF-16, of `size` bytes: what is longer as UTF-8 is written in another way. */
static NOINLINE BYTE *put_wide_slow(WS_XML_WRITER *writer, BYTE *pos, const BYTE *bytes, size_t size)
{
    const BYTE *end = bytes + size;
    BYTE *start = pos;
    size_t length, units;
    uint32_t c;

    if (size % 2 || size > LONGEST_TEXT || (size_t)(writer->output.end - pos) < 2 * size + FAST_SPARE)
        return NULL;
    while (bytes < end)
    {
        units = (size_t)(end - bytes) / 2 < BLOCK ? (size_t)(end - bytes) / 2 : BLOCK;
        if (escape_short_wide(pos, ESCAPE_NOTHING, bytes, units))
        {
            pos += units;
            bytes += 2 * units;
            continue;
        }
        /* Up to the character that is not plain. */
        do
        {
            c = load_char(bytes, end, &length);
            if (!xml_is_char(c))
                return NULL;
            pos += utf8_encode(c, pos);
            bytes += length;
        } while (c < 0x80 && bytes < end);
    }
    return (size_t)(pos - start) <= size ? pos : NULL;
}

INLINE BYTE *put_wide_chars(WS_XML_WRITER *writer, BYTE *pos, const BYTE *bytes, size_t size)
{
    if (LIKELY(escape_short_wide(pos, ESCAPE_NOTHING, bytes, size / 2)))
        return pos + size / 2;
    return put_wide_slow(writer, pos, bytes, size);
}

/* Fills in the record of characters that are between `chars` and `pos`. */
static inline void put_record(BYTE *chars, const BYTE *pos)
{
    chars[-2] = RECORD_CHARS8_TEXT;
    chars[-1] = (BYTE)(pos - chars);
}

/* --- Elements --- */

/* Opens an element. */
INLINE bool open_element(WS_XML_WRITER *writer, BYTE *start, const BYTE *pos, const WS_XML_STRING *prefix,
                         const WS_XML_STRING *local, const WS_XML_STRING *ns)
{
    if (!fast_open(writer, start, pos, prefix, local, ns))
        return false;
    writer->binary->last_text = NULL;
    return true;
}

bool fast_binary_element(WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *local,
                         const WS_XML_STRING *ns)
{
    BYTE *start = fast_place(writer, DIRECT_BINARY), *pos;
    bool choose_prefix = !prefix;
    const BYTE *bytes;

    if (UNLIKELY(!start || !local || !fast_find_names(writer, &prefix, &ns) || !fast_has_room(writer, start, prefix) ||
                 !(pos = put_name(writer, start, &binary_element_names, prefix, local, &bytes)) ||
                 !open_element(writer, start, pos, prefix, local, ns)))
        return false;
    fast_opened(writer, choose_prefix);
    return true;
}

bool fast_binary_end(WS_XML_WRITER *writer)
{
    struct writer_binary *binary = writer->binary;
    BYTE *pos = fast_place(writer, DIRECT_BINARY);

    if (UNLIKELY(!pos || pos == writer->output.end))
        return false;
    fast_commit(writer, pos);
    if (binary->last_text && binary->text_end == pos)
        *binary->last_text |= RECORD_WITH_END_ELEMENT;
    else
        *writer->output.pos++ = RECORD_END_ELEMENT;
    binary->last_text = NULL;
    writer_pop_element(writer);
    return true;
}

/* --- Attributes --- */

bool fast_binary_attribute(WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *local,
                           const WS_XML_STRING *ns)
{
    const WS_XML_STRING *given = prefix;
    const BYTE *bytes;
    BYTE *pos;

    if (UNLIKELY(!fast_takes_attribute(writer, DIRECT_BINARY, &prefix, local, ns)))
        return false;
    pos = put_name(writer, writer->output.pos + writer->fast_length, &binary_attribute_names,
                   prefix ? prefix : &xml_empty, local, &bytes);
    if (UNLIKELY(!pos || !fast_add_name(writer, bytes, local->length, given != prefix)))
        return false;
    fast_begin_value(writer, pos + 2);
    return true;
}

bool fast_binary_value(WS_XML_WRITER *writer, enum writer_piece piece, const BYTE *bytes, size_t count)
{
    BYTE *start = writer->output.pos, *pos;

    if (UNLIKELY(!fast_takes_value(writer, DIRECT_BINARY, piece) || count > LONGEST_TEXT ||
                 writer->fast_length - writer->fast_tag.value > LONGEST_TEXT - count))
        return false;
    pos = start + writer->fast_length;
    if (piece == PIECE_CHARS || piece == PIECE_TEXT_UTF16)
    {
        if (count && (!bytes || !(pos = put_wide_chars(writer, pos, bytes, count))))
            return false;
    }
    else if ((piece != PIECE_UTF8 && piece != PIECE_TEXT_UTF8) || !(pos = put_chars(writer, pos, bytes, count)))
        return false;
    writer->piece = piece;
    writer->fast_length = (size_t)(pos - start);
    return true;
}

bool fast_binary_typed_value(WS_XML_WRITER *writer, const WS_XML_TEXT *text)
{
    struct writer_output *output = &writer->output;
    BYTE *start = output->pos, *end;
    HRESULT hr;

    if (UNLIKELY(!fast_takes_value(writer, DIRECT_BINARY, PIECE_NONE)))
        return false;
    /* In place of the record for characters. */
    output->pos = start + writer->fast_tag.value - 2;
    hr = writer_binary_put_value(writer, text, NULL);
    end = output->pos;
    output->pos = start;
    if (hr != S_OK)
        return false;
    writer->fast_tag.value -= 2;
    fast_note_typed(writer, text, end);
    return true;
}

bool fast_binary_attribute_end(WS_XML_WRITER *writer)
{
    BYTE *start = writer->output.pos;

    if (writer->piece != PIECE_SINGLE)
        put_record(start + writer->fast_tag.value, start + writer->fast_length);
    fast_end_value(writer);
    return true;
}

/* --- Content --- */

bool fast_binary_text(WS_XML_WRITER *writer, const BYTE *bytes, size_t count, bool is_wide)
{
    BYTE *record = fast_place(writer, DIRECT_BINARY), *pos;

    if (UNLIKELY(!record || writer->output.end - record < (ptrdiff_t)FAST_SPARE || !count || !bytes))
        return false;
    pos = record + 2;
    if (!is_wide)
        pos = put_chars(writer, pos, bytes, count);
    else
        pos = count <= LONGEST_TEXT ? put_wide_chars(writer, pos, bytes, 2 * count) : NULL;
    if (!pos)
        return false;
    fast_commit(writer, record);
    put_record(record + 2, pos);
    writer->output.pos = pos;
    writer->binary->last_text = record;
    writer->binary->text_end = pos;
    return true;
}

/* --- Nodes --- */

bool fast_binary_node(WS_XML_WRITER *writer, const WS_XML_ELEMENT_NODE *node)
{
    BYTE *start = fast_place(writer, DIRECT_BINARY), *pos, *chars;
    const WS_XML_STRING *prefix = node->prefix, *ns = node->ns, *value;
    const WS_XML_ATTRIBUTE *attribute;
    const BYTE *bytes;
    ULONG i;

    if (UNLIKELY(!start || !fast_takes_node(writer, node) || !fast_find_names(writer, &prefix, &ns) ||
                 !fast_has_room(writer, start, prefix) ||
                 !(pos = put_name(writer, start, &binary_element_names, prefix, node->localName, &bytes))))
        return false;
    for (i = 0; i < node->attributeCount; i++)
    {
        attribute = node->attributes[i];
        if (UNLIKELY(!(value = fast_takes_whole(writer, pos, node->attributes, i)) || value->dictionary ||
                     !(pos = put_name(writer, pos, &binary_attribute_names, attribute->prefix, attribute->localName,
                                      &bytes))))
            return false;
        chars = pos + 2;
        if (UNLIKELY(!(pos = put_chars(writer, chars, value->bytes, value->length))))
            return false;
        put_record(chars, pos);
    }
    if (UNLIKELY(!open_element(writer, start, pos, prefix, node->localName, ns)))
        return false;
    fast_opened_node(writer, node);
    return true;
}

/* --- Parsing it back --- */

static BYTE *get_name(const WS_XML_WRITER *writer, BYTE *pos, const struct binary_name_records *records,
                      WS_XML_STRING *prefix, WS_XML_STRING *local)
{
    static const BYTE letters[] = "abcdefghijklmnopqrstuvwxyz";
    unsigned record = *pos++;
    bool has_id = record == records->brief_dictionary || record == records->full_dictionary;
    uint32_t id = 0;

    *prefix = xml_empty;
    if (record == records->full || record == records->full_dictionary)
    {
        prefix->length = *pos++;
        prefix->bytes = pos;
        pos += prefix->length;
    }
    else if (record >= records->letter_dictionary && record < records->letter_dictionary + 26u)
    {
        has_id = true;
        prefix->length = 1;
        prefix->bytes = (BYTE *)letters + (record - records->letter_dictionary);
    }
    else if (record >= records->letter && record < records->letter + 26u)
    {
        prefix->length = 1;
        prefix->bytes = (BYTE *)letters + (record - records->letter);
    }
    if (has_id)
    {
        pos += binary_get_int31(pos, pos + 5, &id);
        *local = writer->binary->static_dictionary->strings[id / 2];
        /* It must get the same id again, even if another one has the same bytes. */
        local->dictionary = (WS_XML_DICTIONARY *)writer->binary->static_dictionary;
        local->id = id / 2;
        return pos;
    }
    *local = xml_empty;
    local->length = *pos++;
    local->bytes = pos;
    return pos + local->length;
}

BYTE *fast_binary_attributes(const WS_XML_WRITER *writer, BYTE *pos)
{
    WS_XML_STRING prefix, local;

    return get_name(writer, pos, &binary_element_names, &prefix, &local);
}

BYTE *fast_binary_next(const WS_XML_WRITER *writer, BYTE *pos, BYTE *end, const BYTE *open, BYTE *typed_end,
                       struct fast_tag_attribute *attribute)
{
    pos = get_name(writer, pos, &binary_attribute_names, &attribute->prefix, &attribute->local);
    attribute->single_quote = false;
    attribute->value = xml_empty;
    if (typed_end)
        return typed_end;
    if (pos + 2 == open)
    {
        attribute->value.bytes = pos + 2;
        attribute->value.length = (ULONG)(end - (pos + 2));
        return end;
    }
    attribute->value.length = pos[1];
    attribute->value.bytes = pos + 2;
    return pos + 2 + attribute->value.length;
}
