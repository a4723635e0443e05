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
#include "base/text.h"
#include "xml/names.h"
#include "xml/writer_escape.h"

/* Longer names and values go the general way, so that no sum overflows. */
#define LONGEST_NAME  128u
#define LONGEST_VALUE 1024u

/* Room for what goes with a name or a value, and for a whole block behind. */
#define SPARE 32u

/* --- Parts of a start tag --- */

static inline bool is_string(const WS_XML_STRING *string)
{
    return string && (string->bytes || !string->length);
}

/* Writes a name; NULL: it is none, or too long. */
INLINE BYTE *put_local(BYTE *pos, const WS_XML_STRING *local)
{
    size_t length = local->length;

    if (!local->bytes || length > LONGEST_NAME || !block_is_ascii_name(local->bytes, length))
        return NULL;
#ifdef WS_SSE2
    if (LIKELY(length <= BLOCK))
    {
        _mm_storeu_si128((__m128i *)(void *)pos, block_load(local->bytes, length));
        return pos + length;
    }
#endif
    return block_copy(pos, local->bytes, length);
}

/* Writes a value that is longer than a block, or in which something is special; NULL: it is too long, or wrong. */
static NOINLINE BYTE *put_value_slow(WS_XML_WRITER *writer, BYTE *pos, const BYTE *bytes, size_t length,
                                     bool single_quote)
{
    struct writer_output *output = &writer->output;
    BYTE *before = output->pos, *after;
    HRESULT hr;

    if (length > LONGEST_VALUE || (size_t)(output->end - pos) < 8 * length + SPARE)
        return NULL;
    /* There is room whatever has to be escaped, so the window stays. */
    output->pos = pos;
    hr = writer_escape_utf8(writer, single_quote ? ESCAPE_SINGLE_QUOTE : ESCAPE_DOUBLE_QUOTE, bytes, length, NULL);
    after = output->pos;
    output->pos = before;
    return hr == S_OK ? after : NULL;
}

/* There is room for a block. */
INLINE BYTE *put_value(WS_XML_WRITER *writer, BYTE *pos, const BYTE *bytes, size_t length, bool single_quote)
{
    if (UNLIKELY(!length || !bytes))
        return length ? NULL : pos;
    if (single_quote ? escape_short(pos, ESCAPE_SINGLE_QUOTE, bytes, length)
                     : LIKELY(escape_short(pos, ESCAPE_DOUBLE_QUOTE, bytes, length)))
        return pos + length;
    return put_value_slow(writer, pos, bytes, length, single_quote);
}

/* Writes the prefix of an attribute, if that is bound to its namespace; NULL: it may not be. */
static inline BYTE *put_prefix(const WS_XML_WRITER *writer, BYTE *pos, const WS_XML_STRING *prefix,
                               const WS_XML_STRING *ns)
{
    const struct writer_binding *binding;

    if (LIKELY(!prefix->length && !ns->length))
        return pos;
    if (!prefix->length || prefix->length > BLOCK || !prefix->bytes || !ns->length || !ns->bytes || ns->dictionary)
        return NULL;
    binding = writer_find_binding(writer, prefix);
    if (binding ? !writer_same(&binding->ns, ns)
                : !writer_same(prefix, &xml_prefix_xml) || !writer_same(ns, &xml_namespace_xml))
        return NULL;
    pos = block_copy(pos, prefix->bytes, prefix->length);
    *pos++ = ':';
    return pos;
}

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
        writer->output.end - pos < (ptrdiff_t)(LONGEST_NAME + 3 * SPARE))
        return NULL;
    *pos++ = ' ';
    if (!(pos = put_prefix(writer, pos, attribute->prefix, attribute->ns)) ||
        !(pos = put_local(pos, attribute->localName)) ||
        UNLIKELY(attribute->localName->length == 5 && writer_same(attribute->localName, &xml_prefix_xmlns)) ||
        is_twice(attributes, index))
        return NULL;
    quote = attribute->singleQuote ? '\'' : '"';
    *pos++ = '=';
    *pos++ = quote;
    value = &((const WS_XML_UTF8_TEXT *)attribute->value)->value;
    if (!(pos = put_value(writer, pos, value->bytes, value->length, attribute->singleQuote)))
        return NULL;
    *pos++ = quote;
    return pos;
}

/* What the output is like, and what goes on, for anything to be drafted. */
static inline bool may_draft(const WS_XML_WRITER *writer)
{
    return writer->encoder == &writer_text_encoder && !writer->observer && !writer->properties.indent &&
           !writer->output.window_is_staging;
}

bool writer_draft(WS_XML_WRITER *writer, const WS_XML_ELEMENT_NODE *node)
{
    BYTE *start = writer->output.pos, *pos;
    const struct writer_binding *binding;
    struct writer_element *element;
    BYTE *name;
    ULONG i;

    if (!may_draft(writer) || writer->state != WRITER_READY || writer->in_attribute || writer->in_cdata ||
        writer->piece != PIECE_NONE || !writer->depth || writer->depth >= writer->properties.max_depth ||
        writer->depth == writer->element_capacity || node->attributeCount > WRITER_DRAFTED ||
        node->attributeCount > writer->properties.max_attributes || !node->prefix || !node->localName || !node->ns ||
        !is_string(node->prefix) || !is_string(node->ns) || (node->attributeCount && !node->attributes))
        return false;
    /* The parent's start tag is a draft itself, or written. */
    if (writer->pending)
    {
        if (!writer->draft)
            return false;
        start += writer->draft + 1;
    }
    if (writer->output.end - start < (ptrdiff_t)(2 * LONGEST_NAME + SPARE) || node->prefix->length > LONGEST_NAME)
        return false;
    binding = writer_find_binding(writer, node->prefix);
    if (binding ? !writer_same(&binding->ns, node->ns) : node->prefix->length || node->ns->length)
        return false;

    pos = start;
    *pos++ = '<';
    if (node->prefix->length)
    {
        pos = block_copy(pos, node->prefix->bytes, node->prefix->length);
        *pos++ = ':';
    }
    if (!(pos = put_local(pos, node->localName)))
        return false;
    for (i = 0; i < node->attributeCount; i++)
        if (!(pos = put_attribute(writer, pos, node->attributes, i)))
            return false;
    if (writer->output.end - pos < 2)
        return false;

    element = &writer->elements[writer->depth];
    if (writer_push_element(writer, NULL) != S_OK)
        return false;
    if (!(name = writer_keep_name(writer, node->localName->bytes, node->localName->length)))
    {
        writer_pop_element(writer);
        return false;
    }
    element->local = *node->localName;
    element->local.bytes = name;
    element->prefix = binding ? binding->prefix : xml_empty;
    element->ns = binding ? binding->ns : xml_empty;

    /* Now that nothing is wrong with it, the parent's is committed. */
    if (writer->pending)
    {
        start[-1] = '>';
        writer->output.pos = start;
    }
    writer->pending = writer->plain = writer->resolved = true;
    writer->choose_prefix = false;
    writer->pending_keep_open = !node->isEmpty && !writer->properties.compress_empty;
    writer->draft = (size_t)(pos - start);
    writer->drafted.count = WRITER_DRAFTED;
    return true;
}

/* --- Writing it piece by piece --- */

void writer_draft_element(WS_XML_WRITER *writer)
{
    const struct writer_element *element = &writer->elements[writer->depth - 1];
    struct writer_output *output = &writer->output;
    BYTE *pos = output->pos;

    if (!may_draft(writer) || writer->depth < 2 || output->end - pos < (ptrdiff_t)(2 * LONGEST_NAME + SPARE) ||
        element->prefix.length > LONGEST_NAME || element->local.length > LONGEST_NAME)
        return;
    *pos++ = '<';
    if (element->prefix.length)
    {
        pos = block_copy(pos, element->prefix.bytes, element->prefix.length);
        *pos++ = ':';
    }
    pos = block_copy_padded(pos, element->local.bytes, element->local.length);
    writer->draft = (size_t)(pos - output->pos);
    writer->drafted.count = 0;
}

bool writer_draft_attribute(WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *local,
                            const WS_XML_STRING *ns, bool single_quote)
{
    struct writer_draft *drafted = &writer->drafted;
    BYTE *draft = writer->output.pos, *pos = draft + writer->draft, *name;
    unsigned i;

    if (drafted->count >= WRITER_DRAFTED || drafted->count >= writer->properties.max_attributes ||
        writer->state != WRITER_READY || writer->in_attribute ||
        writer->output.end - pos < (ptrdiff_t)(LONGEST_NAME + 3 * SPARE) || (!prefix && ns->length))
        return false;
    *pos++ = ' ';
    name = pos = prefix ? put_prefix(writer, pos, prefix, ns) : pos;
    if (!pos || !(pos = put_local(pos, local)) || (local->length == 5 && writer_same(local, &xml_prefix_xmlns)))
        return false;
    /* Two of one local name are left to the general way, which knows whether that is right. */
    for (i = 0; i < drafted->count; i++)
        if (drafted->names[i].length == local->length &&
            block_equal(draft + drafted->names[i].local, name, local->length))
            return false;
    drafted->names[i].local = (ULONG)(name - draft);
    drafted->names[i].length = local->length;
    drafted->count++;
    *pos++ = '=';
    *pos++ = single_quote ? '\'' : '"';
    writer->draft = (size_t)(pos - draft);
    drafted->value = (ULONG)writer->draft;
    writer->in_attribute = true;
    writer->piece = PIECE_NONE;
    writer->value = NULL;
    writer->value_length = writer->value_capacity = 0;
    writer->value_dictionary = NULL;
    return true;
}

bool writer_draft_value(WS_XML_WRITER *writer, enum writer_piece piece, const BYTE *bytes, size_t count)
{
    BYTE *pos = writer->output.pos + writer->draft, narrow[BLOCK];
    bool single_quote = writer->output.pos[writer->drafted.value - 1] == '\'';
    size_t i;
    WCHAR c;

    if ((writer->piece != PIECE_NONE && writer->piece != piece) || writer->output.end - pos < (ptrdiff_t)(2 * SPARE))
        return false;
    if (piece == PIECE_CHARS || piece == PIECE_TEXT_UTF16)
    {
        /* Short ASCII that is. */
        if ((count /= 2) > BLOCK)
            return false;
        for (i = 0; i < count; i++)
        {
            memcpy(&c, bytes + 2 * i, 2);
            if (c >= 0x80)
                return false;
            narrow[i] = (BYTE)c;
        }
        bytes = narrow;
    }
    else if (piece != PIECE_UTF8 && piece != PIECE_TEXT_UTF8)
        return false;
    if (!(pos = put_value(writer, pos, bytes, count, single_quote)))
        return false;
    writer->piece = piece;
    writer->draft = (size_t)(pos - writer->output.pos);
    return true;
}

/* There is room: a block was needed to write what is before. */
void writer_draft_attribute_end(WS_XML_WRITER *writer)
{
    BYTE *draft = writer->output.pos;

    draft[writer->draft++] = draft[writer->drafted.value - 1];
    writer->drafted.value = 0;
    writer->in_attribute = false;
    writer->piece = PIECE_NONE;
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
