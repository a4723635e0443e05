/* SPDX-License-Identifier: MIT */
/*
 * writer_draft.c - start tags that are written before they are committed, as most are; see writer.h.
 *
 * A start tag is deferred because what comes later may change it: more attributes, declarations, the choice of a
 * prefix. Most often nothing does: every prefix is bound already to the namespace that goes with it. So as long as that
 * is so, names and values are checked and written in one pass, straight from the caller's memory, to where they are
 * going to be in the output; only the '>', or "/>", is missing, and the position stays where it was until the start tag
 * is committed. If something comes after all that takes a decision, what has been written is read again, which is rare.
 *
 * Anything that is unusual, or wrong, is left to the general way, which then refuses it or not.
 */
#include "xml/writer_draft.h"

#include "base/text.h"
#include "base/trace.h"

/* Longer values go the general way, so that no sum overflows. */
#define LONGEST_VALUE 1024u

/* What is traced goes the general way. */
void writer_set_direct(WS_XML_WRITER *writer)
{
    writer->direct = writer->encoder == &writer_text_encoder && !writer->observer && !writer->properties.indent &&
                     !writer->output.window_is_staging && !trace_on;
}

NOINLINE BYTE *writer_draft_value_slow(WS_XML_WRITER *writer, BYTE *pos, const BYTE *bytes, size_t length,
                                       bool single_quote)
{
    struct writer_output *output = &writer->output;
    BYTE *before = output->pos, *after;
    HRESULT hr;

    if (length > LONGEST_VALUE || (size_t)(output->end - pos) < 8 * length + DRAFT_SPARE)
        return NULL;
    /* There is room whatever has to be escaped, so the window stays. */
    output->pos = pos;
    hr = writer_escape_utf8(writer, single_quote ? ESCAPE_SINGLE_QUOTE : ESCAPE_DOUBLE_QUOTE, bytes, length, NULL);
    after = output->pos;
    output->pos = before;
    return hr == S_OK ? after : NULL;
}

/* --- Nodes --- */

/* Whether one of the attributes before has the same name. */
static inline bool is_twice(WS_XML_ATTRIBUTE *const *attributes, ULONG index)
{
    const WS_XML_ATTRIBUTE *attribute = attributes[index];
    ULONG i;

    for (i = 0; i < index; i++)
        if (UNLIKELY(writer_same(attributes[i]->localName, attribute->localName)) &&
            writer_same(attributes[i]->ns, attribute->ns))
            return true;
    return false;
}

/* Writes an attribute; NULL: it is none for a draft. */
static inline BYTE *put_attribute(WS_XML_WRITER *writer, BYTE *pos, WS_XML_ATTRIBUTE *const *attributes, ULONG index)
{
    const WS_XML_ATTRIBUTE *attribute = attributes[index];
    const WS_XML_STRING *value;
    BYTE quote;

    if (!attribute || attribute->isXmlNs || !attribute->prefix || !attribute->localName || !attribute->ns ||
        !attribute->value || attribute->value->textType != WS_XML_TEXT_TYPE_UTF8 ||
        writer->output.end - pos < (ptrdiff_t)(DRAFT_LONGEST_NAME + 3 * DRAFT_SPARE))
        return NULL;
    *pos++ = ' ';
    if (!(pos = draft_prefix(writer, pos, attribute->prefix, attribute->ns)) ||
        !(pos = draft_local(pos, attribute->localName)) ||
        UNLIKELY(attribute->localName->length == 5 && writer_same(attribute->localName, &xml_prefix_xmlns)) ||
        is_twice(attributes, index))
        return NULL;
    quote = attribute->singleQuote ? '\'' : '"';
    *pos++ = '=';
    *pos++ = quote;
    value = &((const WS_XML_UTF8_TEXT *)attribute->value)->value;
    if (!(pos = draft_value(writer, pos, value->bytes, value->length, attribute->singleQuote)))
        return NULL;
    *pos++ = quote;
    return pos;
}

bool writer_draft_node(WS_XML_WRITER *writer, const WS_XML_ELEMENT_NODE *node)
{
    BYTE *start = draft_place(writer), *pos;
    const struct writer_binding *binding;
    ULONG i;

    if (UNLIKELY(!start || node->attributeCount > WRITER_DRAFTED ||
                 node->attributeCount > writer->properties.max_attributes || !draft_is_string(node->prefix) ||
                 !node->localName || !draft_is_string(node->ns) || (node->attributeCount && !node->attributes)))
        return false;
    binding = writer_find_binding(writer, node->prefix);
    if (binding ? !writer_same(&binding->ns, node->ns) : node->prefix->length || node->ns->length)
        return false;
    if (!(pos = draft_name(writer, start, node->prefix, node->localName)))
        return false;
    for (i = 0; i < node->attributeCount; i++)
        if (!(pos = put_attribute(writer, pos, node->attributes, i)))
            return false;
    if (writer->output.end - pos < 2 || !draft_open(writer, start, pos, binding ? &binding->prefix : &xml_empty,
                                                    node->localName, binding ? &binding->ns : &xml_empty))
        return false;
    writer->choose_prefix = false;
    writer->pending_keep_open = !node->isEmpty && !writer->properties.compress_empty;
    writer->drafted.count = WRITER_DRAFTED;
    return true;
}

/* --- Reading it again --- */

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

/* Writes a part of a value in the general way, as what it was written as. */
static HRESULT write_again(WS_XML_WRITER *writer, enum writer_piece piece, const WS_XML_UTF8_TEXT *value,
                           WS_ERROR *error)
{
    WS_XML_UTF16_TEXT utf16 = {{WS_XML_TEXT_TYPE_UTF16}, NULL, 0};
    WCHAR wide[64];
    HRESULT hr = S_OK;
    ULONG i, part;

    if (piece == PIECE_NONE)
        return S_OK;
    if (piece == PIECE_UTF8)
        return writer_utf8(writer, value->value.bytes, value->value.length, error);
    if (piece == PIECE_TEXT_UTF8)
        return writer_text(writer, &value->text, error);
    i = 0;
    do
    {
        for (part = 0; part < 64 && i < value->value.length; part++)
            wide[part] = value->value.bytes[i++];
        utf16.bytes = (BYTE *)wide;
        utf16.byteCount = part * 2;
        hr = piece == PIECE_CHARS ? writer_chars(writer, wide, part, error) : writer_text(writer, &utf16.text, error);
    } while (hr == S_OK && i < value->value.length);
    return hr;
}

COLD HRESULT writer_undraft_now(WS_XML_WRITER *writer, WS_ERROR *error)
{
    WS_XML_STRING prefix, local;
    WS_XML_UTF8_TEXT value = {{WS_XML_TEXT_TYPE_UTF8}, {0, NULL, NULL, 0}};
    WS_XML_ATTRIBUTE attribute = {FALSE, FALSE, &prefix, &local, NULL, &value.text};
    BYTE *pos = writer->output.pos, *end = pos + writer->draft, *name, *colon;
    BYTE *open = writer->drafted.value ? pos + writer->drafted.value : NULL;
    enum writer_piece piece = writer->piece;
    HRESULT hr = S_OK;

    writer->draft = writer->drafted.value = 0;
    if (open)
    {
        writer->in_attribute = false;
        writer->piece = PIECE_NONE;
    }
    pos = memchr(pos, ' ', (size_t)(end - pos));
    while (pos && pos < end && hr == S_OK)
    {
        name = ++pos;
        pos = memchr(name, '=', (size_t)(end - name));
        colon = memchr(name, ':', (size_t)(pos - name));
        prefix = string_between(name, colon ? colon : name);
        local = string_between(colon ? colon + 1 : name, pos);
        attribute.ns = (WS_XML_STRING *)(colon ? writer_find_prefix(writer, &prefix) : &xml_empty);
        attribute.singleQuote = *++pos == '\'';
        name = pos + 1;
        if (name == open)
        {
            value.value = string_between(name, unescape(name, end));
            hr = writer_start_attribute(writer, &prefix, &local, attribute.ns, attribute.singleQuote, error);
            return hr == S_OK ? write_again(writer, piece, &value, error) : hr;
        }
        pos = memchr(name, *pos, (size_t)(end - name));
        value.value = string_between(name, unescape(name, pos));
        pos++;
        hr = writer_attribute(writer, &attribute, error);
    }
    return hr;
}
