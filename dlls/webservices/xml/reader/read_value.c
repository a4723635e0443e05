/* SPDX-License-Identifier: MIT */
/*
 * read_value.c - reading a whole text as a value: WsReadValue, WsReadArray, WsReadQualifiedName; see reader.h.
 */
#include "xml/reader/decoder.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/heap.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/trace.h"
#include "xml/names.h"
#include "xml/trace_xml.h"
#include "xml/value.h"

#include <stdio.h>
#include <string.h>

/* The longest text of a value, without the white space around it: far more than any needs. */
#define LONGEST_VALUE 65536u

/* --- Gathering --- */

static bool grow_gathered(WS_XML_READER *reader, size_t size)
{
    struct reader_bytes larger = {NULL, size < 256 ? 256 : size <= SIZE_MAX / 2 ? size * 2 : size};

    if (!(larger.bytes = memory_alloc(larger.room, "XML reader values")))
        return false;
    if (reader->gathered.bytes)
        memcpy(larger.bytes, reader->gathered.bytes, reader->gathered.room);
    memory_free(reader->gathered.bytes);
    reader->gathered = larger;
    return true;
}

HRESULT reader_gathered_room(WS_XML_READER *reader, size_t size, WS_ERROR *error)
{
    if (LIKELY(size <= reader->gathered.room) || grow_gathered(reader, size))
        return S_OK;
    return error_report(error, E_OUTOFMEMORY, "There is no memory for a value of %zu bytes.", size);
}

static COLD HRESULT too_long(WS_XML_READER *reader, WS_ERROR *error)
{
    return reader_report(reader, WS_E_QUOTA_EXCEEDED, error, "The text of a value has more than %u bytes.",
                         LONGEST_VALUE);
}

HRESULT reader_gather_rest(WS_XML_READER *reader, const BYTE *text, size_t count, bool trim, size_t limit,
                           size_t *ret_length, WS_ERROR *error)
{
    size_t length = 0;
    HRESULT hr;

    do
    {
        if (trim && !length)
            for (; count && xml_is_space(*text); count--)
                text++;
        if (count > limit - length)
        {
            *ret_length = length + count;
            return S_OK;
        }
        if (count && (hr = reader_gathered_room(reader, length + count, error)) != S_OK)
            return hr;
        if (count)
            memcpy(reader->gathered.bytes + length, text, count);
        length += count;
        if ((hr = reader_content(reader, error)) == S_OK)
        {
            text = reader->text_bytes;
            count = reader->text_length;
            reader->text_bytes += count;
            reader->text_length = 0;
        }
    } while (hr == S_OK);
    *ret_length = length;
    return hr == S_FALSE ? S_OK : hr;
}

/* What has been read of a value: all, or the first text of it. */
static HRESULT gather_after(WS_XML_READER *reader, const BYTE **text, size_t *length, bool sole, WS_ERROR *error)
{
    HRESULT hr;

    if (UNLIKELY(!sole))
    {
        if ((hr = reader_gather_rest(reader, *text, *length, true, LONGEST_VALUE, length, error)) != S_OK)
            return hr;
        if (*length > LONGEST_VALUE)
            return too_long(reader, error);
        *text = *length ? reader->gathered.bytes : (const BYTE *)"";
    }
    text_trim(text, length);
    return LIKELY(*length <= LONGEST_VALUE) ? S_OK : too_long(reader, error);
}

HRESULT reader_gather(WS_XML_READER *reader, const BYTE **text, size_t *length, WS_ERROR *error)
{
    bool sole;
    HRESULT hr = reader_sole_text(reader, text, length, &sole, error);

    return hr == S_OK ? gather_after(reader, text, length, sole, error) : hr;
}

/* --- Values --- */

/* Copies a text that is a value already; false if it is one that refers to other memory. */
static bool copy_typed(union xml_text *copy, const WS_XML_TEXT *text)
{
    size_t size;

    switch (text->textType)
    {
    case WS_XML_TEXT_TYPE_UTF8:
    case WS_XML_TEXT_TYPE_UTF16:
    case WS_XML_TEXT_TYPE_BASE64:
    case WS_XML_TEXT_TYPE_QNAME:
    case WS_XML_TEXT_TYPE_LIST: return false;
    default: size = xml_text_size(text->textType); break;
    }
    memcpy(copy, text, size);
    return size != 0;
}

/*
 * A single text that has a type becomes the value without becoming characters first. S_FALSE: it is not the only one,
 * or has no type; *text is what has been read of it.
 */
static HRESULT read_typed_value(WS_XML_READER *reader, WS_VALUE_TYPE type, void *value,
                                const struct reader_place *place, const BYTE **text, size_t *length, WS_ERROR *error)
{
    union xml_text typed;
    HRESULT hr;

    if (reader->node->nodeType != WS_XML_NODE_TYPE_TEXT || reader->text_begun ||
        !copy_typed(&typed, ((const WS_XML_TEXT_NODE *)reader->node)->text))
        return S_FALSE;
    if ((hr = reader_next_text(reader, true, error)) == S_FALSE)
    {
        hr = text_to_value(&typed.text, reader->decoded, type, value, error);
        return LIKELY(hr == S_OK) ? hr : reader_not_a_value(reader, place, hr, error);
    }
    if (hr != S_OK)
        return hr;
    reader->leave_work |= LEAVE_MEMORY;
    hr = text_to_utf8(&typed.text, reader->decoded, text, length, error);
    return hr == S_OK ? S_FALSE : hr;
}

/* The name of the element that the value just read is in, or in an attribute of; "": none. */
static const char *element_name(const WS_XML_READER *reader, char shown[READER_NAME_ROOM])
{
    bool in_child = reader->node->nodeType == WS_XML_NODE_TYPE_ELEMENT;
    ULONG depth = reader->scope.depth - (in_child && reader->scope.depth);
    const WS_XML_ELEMENT_NODE *element;

    shown[0] = 0;
    if (reader->tree)
    {
        const struct xml_node *node = reader->in_attribute ? reader->tree_node : reader->tree_node->parent;

        if (node && node->shown.node.nodeType == WS_XML_NODE_TYPE_ELEMENT)
        {
            element = &node->shown.element;
            reader_show_name(element->prefix ? element->prefix : &xml_empty, element->localName, shown);
        }
    }
    else if (depth)
        text_excerpt(reader->scope.elements[depth - 1].name, reader->scope.elements[depth - 1].name_length, shown);
    return shown;
}

static const char *attribute_name(const WS_XML_ATTRIBUTE *attribute, char shown[READER_NAME_ROOM])
{
    const WS_XML_STRING *prefix = attribute->prefix ? attribute->prefix : &xml_empty;

    if (!attribute->isXmlNs)
        return reader_show_name(prefix, attribute->localName, shown);
    return prefix->length ? reader_show_name(&xml_prefix_xmlns, prefix, shown)
                          : reader_show_name(&xml_empty, &xml_prefix_xmlns, shown);
}

/* Where a value begins; false: that is not known any more, and the place is that of what follows it. */
static bool value_location(WS_XML_READER *reader, const struct reader_place *place, ULONGLONG *row, ULONGLONG *column)
{
    const BYTE *start = place ? place->start : NULL;

    if (reader->in_attribute && reader_attribute_location(reader, reader->attribute, row, column))
        return true;
    if (!reader->in_attribute && start && place->moves == reader->text_state.moves)
    {
        while (start < reader->pos && xml_is_space(*start))
            start++;
        if (reader->decoder->location_of(reader, start, row, column))
            return true;
    }
    if (place && place->located)
    {
        *row = place->row;
        *column = place->column;
        return true;
    }
    reader->decoder->location(reader, row, column);
    return !place;
}

/* "Line 1, column 2, "; of binary the offset after the value, of which only that is known; "": no place. */
static void show_place(WS_XML_READER *reader, const struct reader_place *place, char *shown, size_t room)
{
    ULONGLONG row, column;
    bool known;

    shown[0] = 0;
    if (reader->decoder->is_binary)
        snprintf(shown, room, "Before offset %llu, ", (unsigned long long)reader->binary_state.offset);
    if (!reader->decoder->location_of)
        return;
    known = value_location(reader, place, &row, &column);
    snprintf(shown, room, "%s %llu, column %llu, ", known ? "Line" : "Before line", (unsigned long long)row + 1,
             (unsigned long long)column + 1);
}

static HRESULT locate_value(WS_XML_READER *reader, const struct reader_place *place, ULONG mark, HRESULT hr,
                            WS_ERROR *error)
{
    char at[80], attribute[READER_NAME_ROOM], element[READER_NAME_ROOM];
    const char *in;

    show_place(reader, place, at, sizeof(at));
    element_name(reader, element);
    in = at[0] ? "in" : "In";
    if (reader->in_attribute)
        error_precede(error, mark, "%s%s the attribute \"%s\" of the element \"%s\": ", at, in,
                      attribute_name(reader->attribute, attribute), element);
    else if (element[0])
        error_precede(error, mark, "%s%s the element \"%s\": ", at, in, element);
    else if (at[0])
        error_precede(error, mark, "%soutside the root element: ", at);
    return hr;
}

struct reader_place reader_note_place(const WS_XML_READER *reader, const WS_ERROR *error)
{
    const struct text_state *state = &reader->text_state;
    struct reader_place place = {state->node_start,  state->node_located, state->node_row,
                                 state->node_column, state->moves,        error_mark(error)};

    return place;
}

HRESULT reader_not_a_value(WS_XML_READER *reader, const struct reader_place *place, HRESULT hr, WS_ERROR *error)
{
    return locate_value(reader, place, place->mark, hr, error);
}

HRESULT reader_report_text(WS_XML_READER *reader, HRESULT hr, WS_ERROR *error, const char *sentence)
{
    ULONG mark = error_mark(error);

    return locate_value(reader, NULL, mark, error_report(error, hr, "%s", sentence), error);
}

HRESULT reader_attribute_value(WS_XML_READER *reader, const WS_XML_ATTRIBUTE *attribute, WS_VALUE_TYPE type,
                               void *value, WS_ERROR *error)
{
    reader->leave_work |= LEAVE_MEMORY;
    return text_to_value(attribute->value, reader->decoded, type, value, error);
}

HRESULT reader_read_value(WS_XML_READER *reader, WS_VALUE_TYPE type, void *value, WS_ERROR *error)
{
    struct reader_place place = reader_note_place(reader, error);
    const BYTE *text;
    size_t length;
    bool sole;
    HRESULT hr = reader_sole_text(reader, &text, &length, &sole, error);

    if (hr != S_OK)
        return hr;
    if (!sole && !length && (hr = read_typed_value(reader, type, value, &place, &text, &length, error)) != S_FALSE)
        return hr;
    if ((hr = gather_after(reader, &text, &length, sole, error)) != S_OK)
        return hr;
    hr = value_parse(type, text, length, value, error);
    return LIKELY(hr == S_OK) ? hr : reader_not_a_value(reader, &place, hr, error);
}

static HRESULT check_type(WS_VALUE_TYPE type, WS_ERROR *error)
{
    if (value_size(type))
        return S_OK;
    return error_report(error, E_INVALIDARG, "There is no %s.",
                        constant_name(CONSTANT_VALUE_TYPE, (uint32_t)type).text);
}

static HRESULT read_value(WS_XML_READER *reader, WS_VALUE_TYPE type, void *value, ULONG size, WS_ERROR *error)
{
    HRESULT hr;

    if ((hr = check_type(type, error)) != S_OK)
        return hr;
    if (!value || size != value_size(type))
        return error_report(error, E_INVALIDARG, "The size of a value of %s is %u; %u was passed, with a value at %p.",
                            constant_name(CONSTANT_VALUE_TYPE, (uint32_t)type).text, (unsigned)value_size(type),
                            (unsigned)size, value);
    return reader_read_value(reader, type, value, error);
}

static HRESULT read_array(WS_XML_READER *reader, const WS_XML_STRING *name, const WS_XML_STRING *ns, WS_VALUE_TYPE type,
                          void *array, ULONG array_size, ULONG offset, ULONG count, ULONG *actual, WS_ERROR *error)
{
    BYTE *item;
    ULONG done;
    BOOL found;
    HRESULT hr;

    if (!name || !ns || !actual || (count && !array))
        return error_report(error, E_INVALIDARG,
                            "The name, the namespace, the array or the place for the count is NULL.");
    if ((hr = reader_check_strings(name, ns, error)) != S_OK)
        return hr;
    if ((hr = check_type(type, error)) != S_OK)
        return hr;
    if (((uint64_t)offset + count) * value_size(type) > array_size)
        return error_report(error, E_INVALIDARG, "%u items from index %u on do not fit into an array of %u bytes.",
                            (unsigned)count, (unsigned)offset, (unsigned)array_size);
    for (done = 0; done < count; done++)
    {
        hr = reader_to_start_element(reader, name, ns, &found, error);
        if ((hr == READER_STARVED && done) || (hr == S_OK && !found))
            break;
        item = (BYTE *)array + ((size_t)offset + done) * value_size(type);
        if (hr != S_OK || (hr = reader_next(reader, error)) != S_OK ||
            (hr = reader_read_value(reader, type, item, error)) != S_OK ||
            (hr = reader_read_end_element(reader, error)) != S_OK)
            return hr;
        if (reader->state == READER_PENDING)
        {
            done++;
            break;
        }
    }
    *actual = done;
    return S_OK;
}

/* --- Qualified names --- */

HRESULT reader_split_name(const BYTE *text, size_t length, WS_XML_STRING *prefix, WS_XML_STRING *name, WS_ERROR *error)
{
    const BYTE *colon = length ? memchr(text, ':', length) : NULL;
    char excerpt[TEXT_EXCERPT_ROOM];

    memset(prefix, 0, sizeof(*prefix));
    memset(name, 0, sizeof(*name));
    prefix->bytes = name->bytes = (BYTE *)text;
    if (colon)
    {
        prefix->length = (ULONG)(colon - text);
        name->bytes = (BYTE *)colon + 1;
    }
    name->length = (ULONG)(text + length - name->bytes);
    if (colon && !prefix->length)
        return error_report(error, WS_E_INVALID_FORMAT, "The qualified name \"%s\" has no prefix before its colon.",
                            text_excerpt(text, length, excerpt));
    if (name->length)
        return S_OK;
    return error_report(error, WS_E_INVALID_FORMAT, "The qualified name \"%s\" has no local name.",
                        text_excerpt(text, length, excerpt));
}

HRESULT reader_read_qualified_name(WS_XML_READER *reader, WS_HEAP *heap, WS_XML_STRING *ret_prefix,
                                   WS_XML_STRING *ret_name, WS_XML_STRING *ret_ns, WS_ERROR *error)
{
    struct reader_place place = reader_note_place(reader, error);
    WS_XML_STRING prefix, name, prefix_copy, name_copy, ns_copy;
    const WS_XML_STRING *ns = &xml_empty;
    char excerpt[TEXT_EXCERPT_ROOM];
    const BYTE *text;
    size_t length;
    HRESULT hr;

    if ((hr = reader_gather(reader, &text, &length, error)) != S_OK)
        return hr;
    if ((hr = reader_split_name(text, length, &prefix, &name, error)) != S_OK)
        return reader_not_a_value(reader, &place, hr, error);
    if (ret_ns && !(ns = reader_find_outer_namespace(reader, &prefix)))
    {
        hr = error_report(error, WS_E_INVALID_FORMAT, "The prefix \"%s\" is not declared.",
                          text_excerpt(prefix.bytes, prefix.length, excerpt));
        return reader_not_a_value(reader, &place, hr, error);
    }
    if ((ret_prefix && (hr = xml_string_copy(heap, &prefix, &prefix_copy, error)) != S_OK) ||
        (hr = xml_string_copy(heap, &name, &name_copy, error)) != S_OK ||
        (ret_ns && (hr = xml_string_copy(heap, ns, &ns_copy, error)) != S_OK))
        return hr;
    *ret_name = name_copy;
    if (ret_prefix)
        *ret_prefix = prefix_copy;
    if (ret_ns)
        *ret_ns = ns_copy;
    return S_OK;
}

static HRESULT read_qualified_name(WS_XML_READER *reader, WS_HEAP *heap, WS_XML_STRING *prefix, WS_XML_STRING *name,
                                   WS_XML_STRING *ns, WS_ERROR *error)
{
    struct reader_heap before;
    HRESULT hr;

    if (!name)
        return error_report(error, E_INVALIDARG, "The pointer that is to receive the local name is NULL.");
    before = reader_use_heap(reader, heap);
    hr = reader_read_qualified_name(reader, heap, prefix, name, ns, error);
    reader->heap = before;
    return hr;
}

/*
 * Reads the text up to the next start or end element as a value: without the white space around it, comments passed,
 * CDATA sections as text.
 *
 * value, valueSize: receive the value; the size must be that of the type.
 * Returns E_INVALIDARG (reader is not a live reader; unknown valueType; value is NULL, or valueSize wrong),
 * WS_E_INVALID_FORMAT (the text is not such a value), WS_E_NUMERIC_OVERFLOW (the type cannot hold it),
 * WS_E_QUOTA_EXCEEDED (also for a text of more than 64 KB), and as WsReadNode().
 * Source: the page of WsReadValue; which texts are values, and which of the two codes it is, what was observed on
 * Windows of WsReadType: see number.h and date.h.
 */
HRESULT WINAPI WsReadValue(WS_XML_READER *reader, WS_VALUE_TYPE valueType, void *value, ULONG valueSize,
                           WS_ERROR *error)
{
    HRESULT hr = reader_enter(reader, error);

    if (hr == S_OK)
        hr = reader_finish(reader, read_value(reader, valueType, value, valueSize, error), error);
    TRACE_RESULT(hr, error, "WsReadValue(reader=%p, valueType=%s, value=%p, valueSize=%u, error=%p) = 0x%08x%s",
                 (void *)reader, TRACE_NAME(VALUE_TYPE, valueType), value, (unsigned)valueSize, (void *)error,
                 (unsigned)hr, trace_out_value(hr, valueType, value, valueSize).text);
    return hr;
}

/*
 * Reads elements of one name, one after the other but for white space and comments, each with a value as its content.
 *
 * array, arraySize: where the values go; itemOffset: the index of the first; itemCount: how many to read at most.
 * actualItemCount: receives how many were read; 0 means that no such element follows (or that none was wanted).
 * Returns E_INVALIDARG (reader is not a live reader; NULL; unknown valueType; the items do not fit into the array),
 * and as WsReadValue() and WsReadEndElement().
 * Source: the page of WsReadArray.
 */
HRESULT WINAPI WsReadArray(WS_XML_READER *reader, const WS_XML_STRING *localName, const WS_XML_STRING *ns,
                           WS_VALUE_TYPE valueType, void *array, ULONG arraySize, ULONG itemOffset, ULONG itemCount,
                           ULONG *actualItemCount, WS_ERROR *error)
{
    HRESULT hr = reader_enter(reader, error);

    if (hr == S_OK)
        hr = reader_finish(reader,
                           read_array(reader, localName, ns, valueType, array, arraySize, itemOffset, itemCount,
                                      actualItemCount, error),
                           error);
    TRACE_RESULT(hr, error,
                 "WsReadArray(reader=%p, localName=%s, ns=%s, valueType=%s, array=%p, arraySize=%u, itemOffset=%u, "
                 "itemCount=%u, actualItemCount=%p, error=%p) = 0x%08x%s",
                 (void *)reader, trace_xml_string(localName).text, trace_xml_string(ns).text,
                 TRACE_NAME(VALUE_TYPE, valueType), array, (unsigned)arraySize, (unsigned)itemOffset,
                 (unsigned)itemCount, (void *)actualItemCount, (void *)error, (unsigned)hr,
                 trace_ulong(hr, "actualItemCount", actualItemCount).text);
    return hr;
}

/*
 * Reads the text up to the next start or end element as a qualified name, prefix:localName or localName. White space
 * around it is ignored; the two are whatever is before and after the first colon.
 *
 * heap: where the strings are put.
 * prefix, ns: may be NULL. The namespace of a name without prefix is the default one where the name stands.
 * Returns E_INVALIDARG (reader or heap is not live, localName is NULL), WS_E_INVALID_FORMAT (there is no local name, or
 * nothing before the colon; ns is not NULL and the prefix not declared), WS_E_QUOTA_EXCEEDED (the heap's, too), and as
 * WsReadNode(). The strings are untouched then.
 * Source: the page of WsReadQualifiedName; what is a qualified name, and that the heap is checked before the state,
 * observed on Windows.
 */
HRESULT WINAPI WsReadQualifiedName(WS_XML_READER *reader, WS_HEAP *heap, WS_XML_STRING *prefix,
                                   WS_XML_STRING *localName, WS_XML_STRING *ns, WS_ERROR *error)
{
    HRESULT hr = reader_enter_with_heap(reader, heap, error);

    if (hr == S_OK)
        hr = reader_finish(reader, read_qualified_name(reader, heap, prefix, localName, ns, error), error);
    TRACE_RESULT(hr, error,
                 "WsReadQualifiedName(reader=%p, heap=%p, prefix=%p, localName=%p, ns=%p, error=%p) = 0x%08x%s",
                 (void *)reader, (void *)heap, (void *)prefix, (void *)localName, (void *)ns, (void *)error,
                 (unsigned)hr, trace_out_string(hr, "localName", localName).text);
    return hr;
}
