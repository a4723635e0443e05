/* SPDX-License-Identifier: MIT */
/*
 * fast.h - the fast path: common calls are checked and encoded in one pass into the output window; see fast.c.
 *
 * All of it is inline, since passing through the layers costs as much as the work. A function returns false, or NULL,
 * if its arguments are, or may be, outside the common case: the general path takes them then. The writer is unchanged,
 * except for bytes of the window after the current position.
 */
#ifndef WS_XML_WRITER_FAST_H
#define WS_XML_WRITER_FAST_H

#include "base/compiler.h"
#include "xml/block.h"
#include "xml/names.h"
#include "xml/writer/check.h"
#include "xml/writer/encode_text_escape.h"
#include "xml/writer/start_tag.h"
#include "xml/writer/writer.h"
#include "xml/writer/writer_object.h"

/* Longer names take the general path, so that no sum overflows, and a record has one byte for the length. */
#define FAST_LONGEST_NAME 127u

/* Room for what goes with a name or a value, and for a whole block after it. */
#define FAST_SPARE 32u

/* A value that is longer than a block, or in which something is special. NULL: it is too long, or wrong. */
BYTE *fast_value_slow(WS_XML_WRITER *writer, BYTE *pos, const BYTE *bytes, size_t length, bool single_quote);
BYTE *fast_wide_value_slow(WS_XML_WRITER *writer, BYTE *pos, const BYTE *bytes, size_t size, bool single_quote);

/* --- Parts of a start tag --- */

/* Writes a name; NULL: it is not a name, or too long. */
INLINE BYTE *fast_put_local(BYTE *pos, const WS_XML_STRING *local)
{
    size_t length = local->length;

    if (!local->bytes || length > FAST_LONGEST_NAME || !block_is_ascii_name(local->bytes, length))
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
INLINE BYTE *fast_put_value(WS_XML_WRITER *writer, BYTE *pos, const BYTE *bytes, size_t length, bool single_quote)
{
    if (UNLIKELY(!length || !bytes))
        return length ? NULL : pos;
    if (single_quote ? escape_short(pos, ESCAPE_SINGLE_QUOTE, bytes, length)
                     : LIKELY(escape_short(pos, ESCAPE_DOUBLE_QUOTE, bytes, length)))
        return pos + length;
    return fast_value_slow(writer, pos, bytes, length, single_quote);
}

/* The same of UTF-16: `size` bytes, which are not 0. */
INLINE BYTE *fast_put_wide_value(WS_XML_WRITER *writer, BYTE *pos, const BYTE *bytes, size_t size, bool single_quote)
{
    if (single_quote ? escape_short_wide(pos, ESCAPE_SINGLE_QUOTE, bytes, size / 2)
                     : LIKELY(escape_short_wide(pos, ESCAPE_DOUBLE_QUOTE, bytes, size / 2)))
        return pos + size / 2;
    return fast_wide_value_slow(writer, pos, bytes, size, single_quote);
}

/*
 * Whether the prefix of an attribute is bound to its namespace, as far as a quick look tells: not for strings of
 * dictionaries, whose equality is not that of their bytes.
 */
INLINE bool fast_is_bound(const WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *ns)
{
    const struct writer_binding *binding;

    if (LIKELY(!prefix->length && !ns->length))
        return true;
    if (!prefix->length || prefix->length > BLOCK || !prefix->bytes || !ns->length || !ns->bytes || ns->dictionary)
        return false;
    binding = writer_find_binding(writer, prefix);
    return binding ? writer_same(&binding->ns, ns)
                   : writer_same(prefix, &xml_prefix_xml) && writer_same(ns, &xml_namespace_xml);
}

/* Writes a prefix and its colon. */
static inline BYTE *fast_put_prefix(BYTE *pos, const WS_XML_STRING *prefix)
{
    if (LIKELY(!prefix->length))
        return pos;
    pos = block_copy(pos, prefix->bytes, prefix->length);
    *pos++ = ':';
    return pos;
}

/*
 * Where the next thing goes: the current position, or, if a fast start tag is open, the place after its '>'. NULL: the
 * fast path is not possible.
 */
INLINE BYTE *fast_place(const WS_XML_WRITER *writer, enum writer_direct direct)
{
    BYTE *pos = writer->output.pos;

    if (UNLIKELY(writer->direct != direct || writer->state != WRITER_READY || writer->inside != INSIDE_NOTHING ||
                 writer->piece != PIECE_NONE || !writer->depth))
        return NULL;
    if (writer->tag == TAG_NONE)
        return pos;
    return LIKELY(writer->tag == TAG_FAST) ? pos + writer->fast_length + (direct == DIRECT_TEXT) : NULL;
}

/* Commits the fast start tag, if there is one: what comes next goes to `place`, from fast_place(). */
INLINE void fast_commit(WS_XML_WRITER *writer, BYTE *place)
{
    if (writer->tag == TAG_FAST)
    {
        if (writer->direct == DIRECT_TEXT)
            place[-1] = '>';
        writer->tag = TAG_NONE;
    }
    writer->output.pos = place;
}

/* The prefix and the namespace that an element gets: those of its parent, or of a binding. */
INLINE bool fast_find_names(const WS_XML_WRITER *writer, const WS_XML_STRING **prefix, const WS_XML_STRING **ns)
{
    const struct writer_element *parent = &writer->elements[writer->depth - 1];
    const struct writer_binding *binding;

    if (UNLIKELY(!writer_is_string(*ns)))
        return false;
    if (!*prefix)
    {
        if (!writer_same(&parent->ns, *ns))
            return writer_choose_bound(writer, prefix, ns, false);
        *prefix = &parent->prefix;
        *ns = &parent->ns;
        return true;
    }
    if (UNLIKELY(!writer_is_string(*prefix)))
        return false;
    binding = writer_find_binding(writer, *prefix);
    if (binding ? !writer_same(&binding->ns, *ns) : (*prefix)->length || (*ns)->length)
        return false;
    *prefix = binding ? &binding->prefix : &xml_empty;
    *ns = binding ? &binding->ns : &xml_empty;
    return true;
}

/* Whether there is room, and one more element allowed, for a start tag at `pos`, with room for a block after it. */
INLINE bool fast_has_room(const WS_XML_WRITER *writer, const BYTE *pos, const WS_XML_STRING *prefix)
{
    return LIKELY(writer->output.end - pos >= (ptrdiff_t)(2 * FAST_LONGEST_NAME + FAST_SPARE) &&
                  prefix->length <= FAST_LONGEST_NAME && writer->depth < writer->properties.max_depth &&
                  writer->depth < writer->element_capacity);
}

/* Opens the element whose start tag has been written from `start` to `pos`. */
INLINE bool fast_open(WS_XML_WRITER *writer, BYTE *start, const BYTE *pos, const WS_XML_STRING *prefix,
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
    fast_commit(writer, start);
    writer->tag = TAG_FAST;
    writer->prefixes_are_known = true;
    writer->fast_length = (size_t)(pos - start);
    return true;
}

/* Fills in the rest for an element that is written piece by piece. */
INLINE void fast_opened(WS_XML_WRITER *writer, bool choose_prefix)
{
    writer->choose_prefix = choose_prefix;
    writer->pending_keep_open = false;
    writer->fast_tag.count = writer->fast_tag.chosen = writer->fast_tag.typed = 0;
}

/* The prefix of an attribute: it is bound to the namespace, or NULL if it has none. */
INLINE bool fast_find_prefix(const WS_XML_WRITER *writer, const WS_XML_STRING **prefix, const WS_XML_STRING *ns)
{
    if (*prefix)
        return writer_is_string(*prefix) && fast_is_bound(writer, *prefix, ns);
    return LIKELY(!ns->length) || (writer_choose_bound(writer, prefix, &ns, true) && (*prefix)->length <= BLOCK);
}

/* Whether an attribute can be added to the fast start tag, as far as is known before it is written. */
INLINE bool fast_takes_attribute(const WS_XML_WRITER *writer, enum writer_direct direct, const WS_XML_STRING **prefix,
                                 const WS_XML_STRING *local, const WS_XML_STRING *ns)
{
    const struct writer_fast_tag *fast_tag = &writer->fast_tag;

    return LIKELY(writer->direct == direct && writer->tag == TAG_FAST && writer->state == WRITER_READY &&
                  writer->inside != INSIDE_ATTRIBUTE && fast_tag->count < WRITER_FAST_ATTRIBUTES &&
                  fast_tag->count < writer->properties.max_attributes &&
                  (size_t)(writer->output.end - writer->output.pos) - writer->fast_length >=
                      FAST_LONGEST_NAME + 3 * FAST_SPARE &&
                  local && writer_is_string(ns) && fast_find_prefix(writer, prefix, ns));
}

/*
 * Notes its name, which has been written; `name`: its bytes; `chosen`: the prefix was not given. False: the attribute
 * is left to the general path.
 */
INLINE bool fast_add_name(WS_XML_WRITER *writer, const BYTE *name, size_t length, bool chosen)
{
    struct writer_fast_tag *fast_tag = &writer->fast_tag;
    unsigned i;

    if (UNLIKELY(length == 5 && block_equal(name, xml_prefix_xmlns.bytes, 5)))
        return false;
    /* Two attributes with one local name are valid or not: the general path decides. */
    for (i = 0; i < fast_tag->count; i++)
        if (UNLIKELY(fast_tag->names[i].length == length && block_equal(fast_tag->names[i].local, name, length)))
            return false;
    fast_tag->names[i].local = name;
    fast_tag->names[i].length = (ULONG)length;
    fast_tag->chosen |= (unsigned)chosen << i;
    fast_tag->count++;
    return true;
}

/* The attribute has been begun: its value goes to `pos`. */
INLINE void fast_begin_value(WS_XML_WRITER *writer, const BYTE *pos)
{
    writer->fast_length = (size_t)(pos - writer->output.pos);
    writer->fast_tag.value = (ULONG)writer->fast_length;
    writer->inside = INSIDE_ATTRIBUTE;
    writer->piece = PIECE_NONE;
    writer->value = NULL;
    writer->value_length = writer->value_capacity = 0;
    writer->value_string.dictionary = NULL;
}

/* Whether a value is open, and more of this kind can be added. */
INLINE bool fast_takes_value(const WS_XML_WRITER *writer, enum writer_direct direct, enum writer_piece piece)
{
    return LIKELY(writer->direct == direct && writer->fast_tag.value && writer->state == WRITER_READY &&
                  (writer->piece == PIECE_NONE || writer->piece == piece) &&
                  (size_t)(writer->output.end - writer->output.pos) - writer->fast_length >= (size_t)2 * FAST_SPARE);
}

/* The value has a type: it has been written up to `pos`. */
static inline void fast_note_typed(WS_XML_WRITER *writer, const WS_XML_TEXT *text, const BYTE *pos)
{
    struct writer_fast_tag *fast_tag = &writer->fast_tag;
    unsigned i = fast_tag->count - 1;

    memcpy(&fast_tag->values[i], text, xml_text_size(text->textType));
    fast_tag->typed |= 1u << i;
    fast_tag->names[i].typed_end = (ULONG)(pos - writer->output.pos);
    writer->fast_length = fast_tag->names[i].typed_end;
    writer->piece = PIECE_SINGLE;
}

INLINE void fast_end_value(WS_XML_WRITER *writer)
{
    writer->fast_tag.value = 0;
    writer->inside = INSIDE_NOTHING;
    writer->piece = PIECE_NONE;
}

/* --- Calls, in binary: in fast_binary.c --- */

bool fast_binary_element(WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *local,
                         const WS_XML_STRING *ns);
bool fast_binary_attribute(WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *local,
                           const WS_XML_STRING *ns);
bool fast_binary_value(WS_XML_WRITER *writer, enum writer_piece piece, const BYTE *bytes, size_t count);
bool fast_binary_typed_value(WS_XML_WRITER *writer, const WS_XML_TEXT *text);
bool fast_binary_attribute_end(WS_XML_WRITER *writer);
bool fast_binary_text(WS_XML_WRITER *writer, const BYTE *bytes, size_t count, bool is_wide);
bool fast_binary_end(WS_XML_WRITER *writer);
bool fast_binary_node(WS_XML_WRITER *writer, const WS_XML_ELEMENT_NODE *node);

/* An attribute of a fast start tag, parsed back. The strings point into that, or to what lasts as long. */
struct fast_tag_attribute
{
    WS_XML_STRING prefix, local, value;
    bool single_quote;
};

/*
 * Where the attributes of a fast start tag begin; and the next one. `open`: where a value begins that has not been
 * ended. `typed_end`: where this one ends if its value has a type, which is not parsed; else NULL.
 */
BYTE *fast_binary_attributes(const WS_XML_WRITER *writer, BYTE *pos);
BYTE *fast_binary_next(const WS_XML_WRITER *writer, BYTE *pos, BYTE *end, const BYTE *open, BYTE *typed_end,
                       struct fast_tag_attribute *attribute);

/* --- Calls: the handle is live; the arguments have not been checked --- */

static inline bool writer_is_direct_binary(const WS_XML_WRITER *writer)
{
    return UNLIKELY(writer->direct == DIRECT_BINARY);
}

/* Begins an element. */
INLINE bool fast_element(WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *local,
                         const WS_XML_STRING *ns)
{
    BYTE *start = fast_place(writer, DIRECT_TEXT), *pos;
    bool choose_prefix = !prefix;

    if (UNLIKELY(!start))
        return writer_is_direct_binary(writer) && fast_binary_element(writer, prefix, local, ns);
    if (UNLIKELY(!local || !fast_find_names(writer, &prefix, &ns) || !fast_has_room(writer, start, prefix)))
        return false;
    pos = start;
    *pos++ = '<';
    pos = fast_put_prefix(pos, prefix);
    if (UNLIKELY(!(pos = fast_put_local(pos, local)) || !fast_open(writer, start, pos, prefix, local, ns)))
        return false;
    fast_opened(writer, choose_prefix);
    return true;
}

/* Begins an attribute, whose value are the bytes that come next. */
INLINE bool fast_attribute(WS_XML_WRITER *writer, const WS_XML_STRING *prefix, const WS_XML_STRING *local,
                           const WS_XML_STRING *ns, bool single_quote)
{
    const WS_XML_STRING *given = prefix;
    BYTE *pos, *name;

    if (UNLIKELY(!fast_takes_attribute(writer, DIRECT_TEXT, &prefix, local, ns)))
        return writer_is_direct_binary(writer) && fast_binary_attribute(writer, given, local, ns);
    pos = writer->output.pos + writer->fast_length;
    *pos++ = ' ';
    name = pos = prefix ? fast_put_prefix(pos, prefix) : pos;
    if (UNLIKELY(!(pos = fast_put_local(pos, local)) || !fast_add_name(writer, name, local->length, given != prefix)))
        return false;
    *pos++ = '=';
    *pos++ = single_quote ? '\'' : '"';
    fast_begin_value(writer, pos);
    return true;
}

/* Writes a part of its value: `count` bytes, of UTF-8 or UTF-16 as `piece` says. */
INLINE bool fast_value(WS_XML_WRITER *writer, enum writer_piece piece, const BYTE *bytes, size_t count)
{
    BYTE *start = writer->output.pos, *pos;
    bool single_quote;

    if (UNLIKELY(!fast_takes_value(writer, DIRECT_TEXT, piece)))
        return writer_is_direct_binary(writer) && fast_binary_value(writer, piece, bytes, count);
    pos = start + writer->fast_length;
    single_quote = start[writer->fast_tag.value - 1] == '\'';
    if (piece == PIECE_CHARS || piece == PIECE_TEXT_UTF16)
    {
        if (count && (!bytes || !(pos = fast_put_wide_value(writer, pos, bytes, count, single_quote))))
            return false;
    }
    else if ((piece != PIECE_UTF8 && piece != PIECE_TEXT_UTF8) ||
             !(pos = fast_put_value(writer, pos, bytes, count, single_quote)))
        return false;
    writer->piece = piece;
    writer->fast_length = (size_t)(pos - start);
    return true;
}

/* Ends it. There is room: writing what is before it required a block. */
INLINE bool fast_attribute_end(WS_XML_WRITER *writer)
{
    BYTE *start = writer->output.pos;

    if (UNLIKELY(!writer->fast_tag.value || writer->state != WRITER_READY))
        return false;
    if (writer_is_direct_binary(writer))
        return fast_binary_attribute_end(writer);
    start[writer->fast_length++] = start[writer->fast_tag.value - 1];
    fast_end_value(writer);
    return true;
}

/* Writes a short text into the innermost element: `count` bytes of UTF-8, or code units of UTF-16. */
INLINE bool fast_text(WS_XML_WRITER *writer, const BYTE *bytes, size_t count, bool is_wide)
{
    BYTE *pos = fast_place(writer, DIRECT_TEXT);

    if (UNLIKELY(!pos))
        return writer_is_direct_binary(writer) && fast_binary_text(writer, bytes, count, is_wide);
    if (UNLIKELY(writer->output.end - pos < (ptrdiff_t)BLOCK || !bytes))
        return false;
    if (is_wide ? !escape_short_wide(pos, ESCAPE_CONTENT, bytes, count)
                : !escape_short(pos, ESCAPE_CONTENT, bytes, count))
        return false;
    fast_commit(writer, pos);
    writer->output.pos = pos + count;
    return true;
}

/* Writes characters, into an attribute or an element. */
INLINE bool fast_chars(WS_XML_WRITER *writer, enum writer_piece piece, const BYTE *bytes, size_t count)
{
    bool is_wide = piece == PIECE_CHARS;

    if (writer->inside == INSIDE_ATTRIBUTE)
        return fast_value(writer, piece, bytes, is_wide ? 2 * count : count);
    return fast_text(writer, bytes, count, is_wide);
}

/* Ends the innermost element. */
INLINE bool fast_end(WS_XML_WRITER *writer)
{
    const struct writer_element *element;
    BYTE *pos = fast_place(writer, DIRECT_TEXT);

    if (UNLIKELY(!pos))
        return writer_is_direct_binary(writer) && fast_binary_end(writer);
    if (writer->tag == TAG_FAST && !writer->pending_keep_open && !writer->properties.emit_uncompressed)
    {
        fast_commit(writer, pos);
        pos[-1] = '/';
        *pos++ = '>';
    }
    else
    {
        element = &writer->elements[writer->depth - 1];
        if (UNLIKELY(writer->output.end - pos < (ptrdiff_t)(2 * FAST_LONGEST_NAME + FAST_SPARE) ||
                     element->prefix.length > FAST_LONGEST_NAME || element->local.length > FAST_LONGEST_NAME))
            return false;
        fast_commit(writer, pos);
        *pos++ = '<';
        *pos++ = '/';
        pos = fast_put_prefix(pos, &element->prefix);
        pos = block_copy_padded(pos, element->local.bytes, element->local.length);
        *pos++ = '>';
    }
    writer->output.pos = pos;
    writer_pop_element(writer);
    return true;
}

/* --- Nodes: in fast.c --- */

/* Writes an element, whose attributes are checked. */
bool fast_node(WS_XML_WRITER *writer, const WS_XML_ELEMENT_NODE *node);

/* Whether an element node can be a fast start tag, attributes aside. */
INLINE bool fast_takes_node(const WS_XML_WRITER *writer, const WS_XML_ELEMENT_NODE *node)
{
    return LIKELY(node->attributeCount <= WRITER_FAST_ATTRIBUTES &&
                  node->attributeCount <= writer->properties.max_attributes && node->prefix && node->localName &&
                  (!node->attributeCount || node->attributes));
}

/* The value of an attribute of a node; NULL: whatever its name is, it cannot be in a fast start tag. */
INLINE const WS_XML_STRING *fast_takes_whole(const WS_XML_WRITER *writer, const BYTE *pos,
                                             WS_XML_ATTRIBUTE *const *attributes, ULONG index)
{
    const WS_XML_ATTRIBUTE *attribute = attributes[index];
    ULONG i;

    if (UNLIKELY(!attribute || attribute->isXmlNs || !attribute->prefix || !attribute->localName ||
                 !attribute->localName->bytes || !attribute->ns || !attribute->value ||
                 attribute->value->textType != WS_XML_TEXT_TYPE_UTF8 ||
                 writer->output.end - pos < (ptrdiff_t)(FAST_LONGEST_NAME + 3 * FAST_SPARE) ||
                 !fast_is_bound(writer, attribute->prefix, attribute->ns) ||
                 (attribute->localName->length == 5 && writer_same(attribute->localName, &xml_prefix_xmlns))))
        return NULL;
    for (i = 0; i < index; i++)
        if (UNLIKELY(writer_same(attributes[i]->localName, attribute->localName)) &&
            writer_same(attributes[i]->ns, attribute->ns))
            return NULL;
    return &((const WS_XML_UTF8_TEXT *)attribute->value)->value;
}

/* The element has been opened. */
INLINE void fast_opened_node(WS_XML_WRITER *writer, const WS_XML_ELEMENT_NODE *node)
{
    writer->choose_prefix = false;
    writer->pending_keep_open = !node->isEmpty && !writer->properties.compress_empty;
    writer->fast_tag.count = WRITER_FAST_ATTRIBUTES;
    writer->fast_tag.chosen = writer->fast_tag.typed = 0;
}

#endif
