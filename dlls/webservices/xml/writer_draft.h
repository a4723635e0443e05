/* SPDX-License-Identifier: MIT */
/*
 * writer_draft.h - what most calls are, done in one pass; see writer_draft.c.
 *
 * Everything is in place here: the calls from layer to layer would take as long as the work. Each function returns
 * false if what it is given is not, or may not be, as most are: then it has done nothing.
 */
#ifndef WS_XML_WRITER_DRAFT_H
#define WS_XML_WRITER_DRAFT_H

#include "xml/names.h"
#include "xml/writer_escape.h"

/* Longer names go the general way, so that no sum overflows. */
#define DRAFT_LONGEST_NAME 128u

/* Room for what goes with a name or a value, and for a whole block behind. */
#define DRAFT_SPARE 32u

/* A value that is longer than a block, or in which something is special. NULL: it is too long, or wrong. */
BYTE *writer_draft_value_slow(WS_XML_WRITER *writer, BYTE *pos, const BYTE *bytes, size_t length, bool single_quote);

/* --- Parts of a start tag --- */

static inline bool draft_is_string(const WS_XML_STRING *string)
{
    return string && (string->bytes || !string->length);
}

/* Writes a name; NULL: it is none, or too long. */
INLINE BYTE *draft_local(BYTE *pos, const WS_XML_STRING *local)
{
    size_t length = local->length;

    if (!local->bytes || length > DRAFT_LONGEST_NAME || !block_is_ascii_name(local->bytes, length))
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

/* There is room for a block. */
INLINE BYTE *draft_value(WS_XML_WRITER *writer, BYTE *pos, const BYTE *bytes, size_t length, bool single_quote)
{
    if (UNLIKELY(!length || !bytes))
        return length ? NULL : pos;
    if (single_quote ? escape_short(pos, ESCAPE_SINGLE_QUOTE, bytes, length)
                     : LIKELY(escape_short(pos, ESCAPE_DOUBLE_QUOTE, bytes, length)))
        return pos + length;
    return writer_draft_value_slow(writer, pos, bytes, length, single_quote);
}

/* Writes the prefix of an attribute, if that is bound to its namespace; NULL: it may not be. */
static inline BYTE *draft_prefix(const WS_XML_WRITER *writer, BYTE *pos, const WS_XML_STRING *prefix,
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

/* Where the next thing goes if the start tag before, if that is open, is a draft: behind its '>'. NULL: it is none. */
INLINE BYTE *draft_place(const WS_XML_WRITER *writer)
{
    BYTE *pos = writer->output.pos;

    if (UNLIKELY(!writer->direct || writer->state != WRITER_READY || writer->in_attribute || writer->in_cdata ||
                 writer->piece != PIECE_NONE || !writer->depth))
        return NULL;
    if (!writer->pending)
        return pos;
    return LIKELY(writer->draft != 0) ? pos + writer->draft + 1 : NULL;
}

/* Commits the start tag before: what comes next is at draft_place(). */
INLINE void draft_commit(WS_XML_WRITER *writer, BYTE *place)
{
    if (writer->pending)
    {
        place[-1] = '>';
        writer->draft = 0;
        writer->pending = false;
    }
}

/* Begins a start tag, behind which there is room for a block. NULL: there is none for it, or something is unusual. */
INLINE BYTE *draft_name(const WS_XML_WRITER *writer, BYTE *pos, const WS_XML_STRING *prefix, const WS_XML_STRING *local)
{
    if (UNLIKELY(writer->output.end - pos < (ptrdiff_t)(2 * DRAFT_LONGEST_NAME + DRAFT_SPARE) ||
                 prefix->length > DRAFT_LONGEST_NAME || writer->depth >= writer->properties.max_depth ||
                 writer->depth == writer->element_capacity))
        return NULL;
    *pos++ = '<';
    if (prefix->length)
    {
        pos = block_copy(pos, prefix->bytes, prefix->length);
        *pos++ = ':';
    }
    return draft_local(pos, local);
}

/* Opens the element whose start tag has been written from `start` to `pos`. */
INLINE bool draft_open(WS_XML_WRITER *writer, BYTE *start, const BYTE *pos, const WS_XML_STRING *prefix,
                       const WS_XML_STRING *local, const WS_XML_STRING *ns)
{
    struct writer_element *element = &writer->elements[writer->depth];
    BYTE *name;

    if (writer_push_element(writer, NULL) != S_OK)
        return false;
    if (!(name = writer_keep_name(writer, local->bytes, local->length)))
    {
        writer_pop_element(writer);
        return false;
    }
    element->prefix = *prefix;
    element->local = *local;
    element->local.bytes = name;
    element->ns = *ns;
    draft_commit(writer, start);
    writer->output.pos = start;
    writer->pending = writer->plain = writer->resolved = true;
    writer->draft = (size_t)(pos - start);
    return true;
}

/* --- Calls --- */

/* Begins an element; the handle is live. Nothing is known of the arguments. */
INLINE bool writer_draft_element(WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *local,
                                 const WS_XML_STRING *ns)
{
    const struct writer_element *parent;
    const struct writer_binding *binding;
    BYTE *start = draft_place(writer), *pos;

    if (UNLIKELY(!start || !local || !draft_is_string(ns)))
        return false;
    if (!prefix)
    {
        parent = &writer->elements[writer->depth - 1];
        if (!writer_same(&parent->ns, ns) || !(pos = draft_name(writer, start, &parent->prefix, local)) ||
            !draft_open(writer, start, pos, &parent->prefix, local, &parent->ns))
            return false;
    }
    else
    {
        if (!draft_is_string(prefix))
            return false;
        binding = writer_find_binding(writer, prefix);
        if (binding ? !writer_same(&binding->ns, ns) : prefix->length || ns->length)
            return false;
        if (!(pos = draft_name(writer, start, prefix, local)) ||
            !draft_open(writer, start, pos, binding ? &binding->prefix : &xml_empty, local,
                        binding ? &binding->ns : &xml_empty))
            return false;
    }
    writer->choose_prefix = !prefix;
    writer->pending_keep_open = false;
    writer->drafted.count = 0;
    return true;
}

/* Begins an attribute, whose value are the bytes that come next. */
INLINE bool writer_draft_attribute(WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *local,
                                   const WS_XML_STRING *ns, bool single_quote)
{
    struct writer_draft *drafted = &writer->drafted;
    BYTE *draft = writer->output.pos, *pos = draft + writer->draft, *name;
    unsigned i;

    if (UNLIKELY(!writer->draft || writer->state != WRITER_READY || writer->in_attribute ||
                 drafted->count >= WRITER_DRAFTED || drafted->count >= writer->properties.max_attributes ||
                 writer->output.end - pos < (ptrdiff_t)(DRAFT_LONGEST_NAME + 3 * DRAFT_SPARE) || !local ||
                 !draft_is_string(ns) || (prefix ? !draft_is_string(prefix) : ns->length != 0)))
        return false;
    *pos++ = ' ';
    name = pos = prefix ? draft_prefix(writer, pos, prefix, ns) : pos;
    if (UNLIKELY(!pos || !(pos = draft_local(pos, local)) ||
                 (local->length == 5 && writer_same(local, &xml_prefix_xmlns))))
        return false;
    /* Two of one local name are left to the general way, which knows whether that is right. */
    for (i = 0; i < drafted->count; i++)
        if (UNLIKELY(drafted->names[i].length == local->length &&
                     block_equal(draft + drafted->names[i].local, name, local->length)))
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

/* Writes a part of its value: `count` bytes, of UTF-8 or UTF-16 as `piece` says. */
INLINE bool writer_draft_value(WS_XML_WRITER *writer, enum writer_piece piece, const BYTE *bytes, size_t count)
{
    BYTE *start = writer->output.pos, *pos = start + writer->draft;
    bool single_quote;

    if (UNLIKELY(!writer->drafted.value || writer->state != WRITER_READY ||
                 (writer->piece != PIECE_NONE && writer->piece != piece) ||
                 writer->output.end - pos < (ptrdiff_t)(2 * DRAFT_SPARE)))
        return false;
    single_quote = start[writer->drafted.value - 1] == '\'';
    if (piece == PIECE_CHARS || piece == PIECE_TEXT_UTF16)
    {
        /* Short ASCII that is. */
        if (count && (!bytes || (single_quote ? !escape_short_wide(pos, ESCAPE_SINGLE_QUOTE, bytes, count / 2)
                                              : !escape_short_wide(pos, ESCAPE_DOUBLE_QUOTE, bytes, count / 2))))
            return false;
        pos += count / 2;
    }
    else if ((piece != PIECE_UTF8 && piece != PIECE_TEXT_UTF8) ||
             !(pos = draft_value(writer, pos, bytes, count, single_quote)))
        return false;
    writer->piece = piece;
    writer->draft = (size_t)(pos - start);
    return true;
}

/* Ends it. There is room: a block was needed to write what is before. */
INLINE bool writer_draft_attribute_end(WS_XML_WRITER *writer)
{
    BYTE *start = writer->output.pos;

    if (UNLIKELY(!writer->drafted.value || writer->state != WRITER_READY))
        return false;
    start[writer->draft++] = start[writer->drafted.value - 1];
    writer->drafted.value = 0;
    writer->in_attribute = false;
    writer->piece = PIECE_NONE;
    return true;
}

/* Writes a short text into the innermost element: `count` bytes of UTF-8, or code units of UTF-16. */
INLINE bool writer_draft_text(WS_XML_WRITER *writer, const BYTE *bytes, size_t count, bool is_wide)
{
    BYTE *pos = draft_place(writer);

    if (UNLIKELY(!pos || writer->output.end - pos < (ptrdiff_t)BLOCK || !bytes))
        return false;
    if (is_wide ? !escape_short_wide(pos, ESCAPE_CONTENT, bytes, count)
                : !escape_short(pos, ESCAPE_CONTENT, bytes, count))
        return false;
    draft_commit(writer, pos);
    writer->elements[writer->depth - 1].has_text = true;
    writer->output.pos = pos + count;
    return true;
}

/* Ends the innermost element. */
INLINE bool writer_draft_end(WS_XML_WRITER *writer)
{
    const struct writer_element *element;
    BYTE *pos = draft_place(writer);

    if (UNLIKELY(!pos))
        return false;
    if (writer->pending && !writer->pending_keep_open && !writer->properties.emit_uncompressed)
    {
        draft_commit(writer, pos);
        pos[-1] = '/';
        *pos++ = '>';
    }
    else
    {
        element = &writer->elements[writer->depth - 1];
        if (UNLIKELY(writer->output.end - pos < (ptrdiff_t)(2 * DRAFT_LONGEST_NAME + DRAFT_SPARE) ||
                     element->prefix.length > DRAFT_LONGEST_NAME || element->local.length > DRAFT_LONGEST_NAME))
            return false;
        draft_commit(writer, pos);
        *pos++ = '<';
        *pos++ = '/';
        if (element->prefix.length)
        {
            pos = block_copy(pos, element->prefix.bytes, element->prefix.length);
            *pos++ = ':';
        }
        pos = block_copy_padded(pos, element->local.bytes, element->local.length);
        *pos++ = '>';
    }
    writer->output.pos = pos;
    writer_pop_element(writer);
    return true;
}

/* --- Nodes: in writer_draft.c --- */

bool writer_draft_node(WS_XML_WRITER *writer, const WS_XML_ELEMENT_NODE *node);

#endif
