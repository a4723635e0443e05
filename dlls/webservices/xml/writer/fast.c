/* SPDX-License-Identifier: MIT */
/*
 * fast.c - fast start tags: start tags that are encoded before they are committed, as is the common case; see writer.h.
 *
 * A start tag is deferred because what comes later may change it: more attributes, declarations, the choice of a
 * prefix. Most often nothing does: every prefix is bound already to the namespace that goes with it. So as long as that
 * is so, names and values are checked and written in one pass, straight from the caller's memory, to where they are
 * going to be in the output; only the '>', or "/>", is missing, and the position stays where it was until the start tag
 * is committed. If something does come that takes a decision, which is rare, what has been written is parsed back.
 *
 * Anything unusual or wrong is left to the general path, which takes or refuses it.
 */
#include "xml/writer/fast.h"

#include "base/text.h"
#include "base/trace.h"
#include "xml/writer/encoder.h"
#include "xml/writer/start_tag.h"
#include "xml/writer/writer.h"
#include "xml/writer/writer_object.h"

/* Longer values go the general path, so that no sum overflows. */
#define LONGEST_VALUE 1024u

/* `most`: how many bytes become of one, if every character is escaped: there is room for that, so the window stays. */
static inline BYTE *escape_value(WS_XML_WRITER *writer, BYTE *pos, const BYTE *bytes, size_t size, size_t most,
                                 HRESULT (*escape)(WS_XML_WRITER *, enum escape_mode, const BYTE *, size_t, WS_ERROR *),
                                 bool single_quote)
{
    struct writer_output *output = &writer->output;
    BYTE *before = output->pos, *after;
    HRESULT hr;

    if (size > LONGEST_VALUE || (size_t)(output->end - pos) < most * size + FAST_SPARE)
        return NULL;
    output->pos = pos;
    hr = escape(writer, single_quote ? ESCAPE_SINGLE_QUOTE : ESCAPE_DOUBLE_QUOTE, bytes, size, NULL);
    after = output->pos;
    output->pos = before;
    return hr == S_OK ? after : NULL;
}

NOINLINE BYTE *fast_value_slow(WS_XML_WRITER *writer, BYTE *pos, const BYTE *bytes, size_t length, bool single_quote)
{
    return escape_value(writer, pos, bytes, length, 8, writer_escape_utf8, single_quote);
}

NOINLINE BYTE *fast_wide_value_slow(WS_XML_WRITER *writer, BYTE *pos, const BYTE *bytes, size_t size, bool single_quote)
{
    return escape_value(writer, pos, bytes, size, 4, writer_escape_utf16, single_quote);
}

/* --- Nodes --- */

/* Writes an attribute of a node; NULL: it cannot be in a fast start tag. */
static inline BYTE *put_attribute(WS_XML_WRITER *writer, BYTE *pos, WS_XML_ATTRIBUTE *const *attributes, ULONG index)
{
    const WS_XML_STRING *value = fast_takes_whole(writer, pos, attributes, index);
    const WS_XML_ATTRIBUTE *attribute = attributes[index];
    BYTE quote;

    if (UNLIKELY(!value))
        return NULL;
    *pos++ = ' ';
    pos = fast_put_prefix(pos, attribute->prefix);
    if (UNLIKELY(!(pos = fast_put_local(pos, attribute->localName))))
        return NULL;
    quote = attribute->singleQuote ? '\'' : '"';
    *pos++ = '=';
    *pos++ = quote;
    if (UNLIKELY(!(pos = fast_put_value(writer, pos, value->bytes, value->length, attribute->singleQuote))))
        return NULL;
    *pos++ = quote;
    return pos;
}

bool fast_node(WS_XML_WRITER *writer, const WS_XML_ELEMENT_NODE *node)
{
    BYTE *start = fast_place(writer, DIRECT_TEXT), *pos;
    const WS_XML_STRING *prefix = node->prefix, *ns = node->ns;
    ULONG i;

    if (UNLIKELY(!start))
        return writer_is_direct_binary(writer) && fast_binary_node(writer, node);
    if (UNLIKELY(!fast_takes_node(writer, node) || !fast_find_names(writer, &prefix, &ns) ||
                 !fast_has_room(writer, start, prefix)))
        return false;
    pos = start;
    *pos++ = '<';
    pos = fast_put_prefix(pos, prefix);
    if (UNLIKELY(!(pos = fast_put_local(pos, node->localName))))
        return false;
    for (i = 0; i < node->attributeCount; i++)
        if (UNLIKELY(!(pos = put_attribute(writer, pos, node->attributes, i))))
            return false;
    if (UNLIKELY(!fast_open(writer, start, pos, prefix, node->localName, ns)))
        return false;
    fast_opened_node(writer, node);
    return true;
}

/* --- Reading it again --- */

/* NOLINTNEXTLINE(readability-non-const-parameter): WS_XML_STRING has no pointer to const */
static WS_XML_STRING string_between(BYTE *from, const BYTE *to)
{
    WS_XML_STRING string = {(ULONG)(to - from), from, NULL, 0};

    return string;
}

/* Resolves the references in a value, in place: those that writer_escape_utf8() writes. Returns its end. */
static BYTE *unescape(BYTE *from, const BYTE *end)
{
    BYTE *to = from;
    uint32_t c;

    while (from < end)
    {
        if (*from != '&')
        {
            *to++ = *from++;
            continue;
        }
        if (from[1] == '#')
            for (c = 0, from += 3; *from != ';'; from++)
                c = c * 16 + (uint32_t)(*from <= '9' ? *from - '0' : *from - 'A' + 10);
        else
            c = from[1] == 'l' ? '<' : from[1] == 'q' ? '"' : from[2] == 'm' ? '&' : '\'';
        while (*from++ != ';')
            ;
        to += utf8_encode(c, to);
    }
    return to;
}

/* Writes a part of a value by the general path, as the same kind of piece as at first. */
static HRESULT write_again(WS_XML_WRITER *writer, enum writer_piece piece, const WS_XML_UTF8_TEXT *value,
                           WS_ERROR *error)
{
    WS_XML_UTF16_TEXT utf16 = {{WS_XML_TEXT_TYPE_UTF16}, NULL, 0};
    const BYTE *bytes = value->value.bytes, *end = bytes + value->value.length;
    WCHAR wide[64];
    HRESULT hr = S_OK;
    uint32_t c = 0;
    ULONG part;

    if (piece == PIECE_NONE)
        return S_OK;
    if (piece == PIECE_UTF8)
        return writer_utf8(writer, value->value.bytes, value->value.length, error);
    if (piece == PIECE_TEXT_UTF8)
        return writer_text(writer, &value->text, error);
    do
    {
        for (part = 0; part < 63 && bytes < end; part++)
        {
            bytes += utf8_decode(bytes, end, &c);
            if (c >= 0x10000)
            {
                wide[part++] = (WCHAR)(0xd7c0 + (c >> 10));
                c = 0xdc00 | (c & 0x3ff);
            }
            wide[part] = (WCHAR)c;
        }
        utf16.bytes = (BYTE *)wide;
        utf16.byteCount = part * 2;
        hr = piece == PIECE_CHARS ? writer_chars(writer, wide, part, error) : writer_text(writer, &utf16.text, error);
    } while (hr == S_OK && bytes < end);
    return hr;
}

/* The next attribute of a fast start tag in text, which is at `pos`; `open` as for fast_binary_next(). */
static BYTE *next_attribute(BYTE *pos, BYTE *end, const BYTE *open, struct fast_tag_attribute *attribute)
{
    BYTE *name = pos + 1, *equals = memchr(name, '=', (size_t)(end - name)), *value = equals + 2, *value_end = end;
    BYTE *colon = memchr(name, ':', (size_t)(equals - name));

    attribute->prefix = string_between(name, colon ? colon : name);
    attribute->local = string_between(colon ? colon + 1 : name, equals);
    attribute->single_quote = equals[1] == '\'';
    if (value != open)
        value_end = memchr(value, equals[1], (size_t)(end - value));
    attribute->value = string_between(value, unescape(value, value_end));
    return value == open ? end : value_end + 1;
}

static COLD HRESULT leave_fast(WS_XML_WRITER *writer, WS_ERROR *error)
{
    struct fast_tag_attribute found;
    WS_XML_UTF8_TEXT value = {{WS_XML_TEXT_TYPE_UTF8}, {0, NULL, NULL, 0}};
    WS_XML_ATTRIBUTE attribute = {FALSE, FALSE, NULL, &found.local, NULL, NULL};
    struct writer_fast_tag *fast_tag = &writer->fast_tag;
    bool is_binary = writer->direct == DIRECT_BINARY, is_typed;
    BYTE *start = writer->output.pos, *pos = start, *end = pos + writer->fast_length;
    BYTE *open = fast_tag->value ? pos + fast_tag->value : NULL;
    enum writer_piece piece = writer->piece;
    HRESULT hr = S_OK;
    unsigned i;

    writer->tag = TAG_PENDING;
    fast_tag->value = 0;
    if (open)
    {
        writer->inside = INSIDE_NOTHING;
        writer->piece = PIECE_NONE;
    }
    pos = is_binary ? fast_binary_attributes(writer, pos) : memchr(pos, ' ', (size_t)(end - pos));
    for (i = 0; pos && pos < end && hr == S_OK; i++)
    {
        is_typed = fast_tag->typed >> i & 1;
        pos = is_binary ? fast_binary_next(writer, pos, end, open,
                                           is_typed ? start + fast_tag->names[i].typed_end : NULL, &found)
                        : next_attribute(pos, end, open, &found);
        value.value = found.value;
        attribute.value = is_typed ? &fast_tag->values[i].text : &value.text;
        attribute.prefix = fast_tag->chosen >> i & 1 ? NULL : &found.prefix;
        attribute.ns = (WS_XML_STRING *)(found.prefix.length ? writer_find_prefix(writer, &found.prefix) : &xml_empty);
        attribute.singleQuote = found.single_quote;
        if (pos < end || !open)
            hr = writer_attribute(writer, &attribute, error);
        else if ((hr = writer_start_attribute(writer, attribute.prefix, &found.local, attribute.ns, found.single_quote,
                                              error)) == S_OK)
            hr = is_typed ? writer_text(writer, attribute.value, error) : write_again(writer, piece, &value, error);
    }
    return hr;
}

/* --- What others call --- */

/* While calls are traced, they take the general path. */
void writer_set_direct(WS_XML_WRITER *writer)
{
    writer->leave_fast = leave_fast;
    writer->direct = DIRECT_NONE;
    if (writer->encoder->fast && !writer->observer && !writer->properties.indent && !trace_on)
        writer->direct = writer->encoder->fast(writer);
}

HRESULT writer_make_way(WS_XML_WRITER *writer, WS_ERROR *error)
{
    if (writer->direct == DIRECT_NONE || writer->tag != TAG_PENDING || writer->inside == INSIDE_ATTRIBUTE)
        return S_OK;
    return writer_end_start_element(writer, error);
}

HRESULT writer_open_element(WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *local,
                            const WS_XML_STRING *ns, WS_ERROR *error)
{
    HRESULT hr;

    if ((hr = writer_make_way(writer, error)) != S_OK)
        return hr;
    if (fast_element(writer, prefix, local, ns))
        return S_OK;
    return writer_start_element(writer, prefix, local, ns, error);
}

HRESULT writer_close_element(WS_XML_WRITER *writer, WS_ERROR *error)
{
    return LIKELY(fast_end(writer)) ? S_OK : writer_end_element(writer, error);
}

HRESULT writer_open_attribute(WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *local,
                              const WS_XML_STRING *ns, WS_ERROR *error)
{
    if (LIKELY(fast_attribute(writer, prefix, local, ns, false)))
        return S_OK;
    return writer_start_attribute(writer, prefix, local, ns, FALSE, error);
}

HRESULT writer_close_attribute(WS_XML_WRITER *writer, WS_ERROR *error)
{
    return LIKELY(fast_attribute_end(writer)) ? S_OK : writer_end_attribute(writer, error);
}

HRESULT writer_put_chars(WS_XML_WRITER *writer, const WCHAR *chars, size_t count, WS_ERROR *error)
{
    if (LIKELY(fast_chars(writer, PIECE_CHARS, (const BYTE *)chars, count)))
        return S_OK;
    return writer_chars(writer, chars, count, error);
}

/* A value that has a type, into the attribute that is open or the innermost element. */
static bool put_typed(WS_XML_WRITER *writer, const WS_XML_TEXT *text)
{
    struct writer_output *output = &writer->output;
    bool in_attribute = writer->fast_tag.value != 0;
    size_t length;
    BYTE *pos;

    if (in_attribute && UNLIKELY(!fast_takes_value(writer, DIRECT_TEXT, PIECE_NONE)))
        return writer_is_direct_binary(writer) && fast_binary_typed_value(writer, text);
    pos = in_attribute ? output->pos + writer->fast_length : fast_place(writer, DIRECT_TEXT);
    if (UNLIKELY(!pos || (size_t)(output->end - pos) < VALUE_ROOM + FAST_SPARE ||
                 value_write_text(text, pos, &length, NULL) != S_OK))
        return false;
    if (in_attribute)
        fast_note_typed(writer, text, pos + length);
    else
    {
        fast_commit(writer, pos);
        output->pos = pos + length;
    }
    return true;
}

HRESULT writer_put_text(WS_XML_WRITER *writer, const WS_XML_TEXT *text, WS_ERROR *error)
{
    const WS_XML_UTF8_TEXT *utf8 = (const WS_XML_UTF8_TEXT *)text;
    const WS_XML_UTF16_TEXT *utf16 = (const WS_XML_UTF16_TEXT *)text;
    bool done = false;

    switch (text->textType)
    {
    /* In an attribute, where a whole text can be one of several pieces. Fast start tags do not keep dictionaries. */
    case WS_XML_TEXT_TYPE_UTF8:
        done = writer->fast_tag.value && !utf8->value.dictionary &&
               fast_value(writer, PIECE_TEXT_UTF8, utf8->value.bytes, utf8->value.length);
        break;
    case WS_XML_TEXT_TYPE_UTF16:
        done = writer->fast_tag.value && fast_value(writer, PIECE_TEXT_UTF16, utf16->bytes, utf16->byteCount);
        break;
    case WS_XML_TEXT_TYPE_BASE64:
    case WS_XML_TEXT_TYPE_UNIQUE_ID:
    case WS_XML_TEXT_TYPE_QNAME:
    case WS_XML_TEXT_TYPE_LIST: break;
    default: done = put_typed(writer, text); break;
    }
    return LIKELY(done) ? S_OK : writer_text(writer, text, error);
}

HRESULT writer_put_value(WS_XML_WRITER *writer, WS_VALUE_TYPE type, const void *value, WS_ERROR *error)
{
    union xml_text text;

    /* Durations have no text type of their own. */
    if (UNLIKELY(!writer_value_text(type, value, &text)))
        return writer_value(writer, type, value, error);
    return writer_put_text(writer, &text.text, error);
}
