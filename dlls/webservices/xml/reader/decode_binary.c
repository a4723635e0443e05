/* SPDX-License-Identifier: MIT */
/*
 * decode_binary.c - the decoder of the binary encoding: elements, attributes, arrays, comments, and which node comes
 * next; see binary_records.h and decode_binary.h.
 *
 * Source: [MC-NBFX] sections 2.2 and 2.3, [MC-NBFS], [MC-NBFSE]. What a writer must not write is refused where they
 * leave open what a reader does with it.
 *
 * As in the text encoding, texts of a stream are shown as far as they are buffered. All else must be buffered whole:
 * until it is, nothing changes, and the record is read again from its start.
 */
#include "xml/reader/decode_binary_cursor.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "xml/names.h"
#include "xml/value.h"

#include <string.h>

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "UTF-16 texts are shown where they are, in the byte order of the format, which must be the machine's."
#endif

static const BYTE letters[] = "abcdefghijklmnopqrstuvwxyz";

/* --- Strings --- */

/* Bytes with their length before them. */
static inline HRESULT read_string(struct binary_cursor *cursor, WS_XML_STRING *string, WS_ERROR *error)
{
    uint32_t length;
    HRESULT hr;

    if ((hr = binary_read_int31(cursor, &length, error)) != S_OK)
        return hr;
    if (UNLIKELY((size_t)(cursor->end - cursor->at) < length))
        return binary_cut_off(cursor, error);
    string->bytes = (BYTE *)cursor->at;
    string->length = length;
    string->dictionary = NULL;
    string->id = 0;
    cursor->at += length;
    return S_OK;
}

static inline HRESULT read_name(struct binary_cursor *cursor, bool in_dictionary, WS_XML_STRING *name, const char *what,
                                WS_ERROR *error)
{
    HRESULT hr;

    hr = in_dictionary ? binary_read_dictionary(cursor, name, error) : read_string(cursor, name, error);
    return UNLIKELY(hr != S_OK) || UNLIKELY(cursor->checked) ? hr : binary_check_name(cursor, name, what, error);
}

static inline HRESULT read_local_name(struct binary_cursor *cursor, bool in_dictionary, WS_XML_STRING *name,
                                      const char *what, WS_ERROR *error)
{
    HRESULT hr = read_name(cursor, in_dictionary, name, what, error);

    if (!in_dictionary)
        name->dictionary = (WS_XML_DICTIONARY *)&xml_dictionary_inline;
    return hr;
}

static HRESULT read_namespace(struct binary_cursor *cursor, bool in_dictionary, WS_XML_STRING *ns, WS_ERROR *error)
{
    const BYTE *valid;
    HRESULT hr;

    hr = in_dictionary ? binary_read_dictionary(cursor, ns, error) : read_string(cursor, ns, error);
    if (hr != S_OK || cursor->checked)
        return hr;
    return binary_check_chars(cursor, ns->bytes, ns->bytes + ns->length, ns->bytes + ns->length, false, &valid, error);
}

static void set_letter(WS_XML_STRING *prefix, unsigned index)
{
    prefix->bytes = (BYTE *)letters + index;
    prefix->length = 1;
    prefix->dictionary = NULL;
    prefix->id = 0;
}

/* --- Elements --- */

/* xml:lang and the like are kept in scope as UTF-8, whatever they were written as. */
static HRESULT show_as_utf8(struct binary_cursor *cursor, union xml_text *value, WS_ERROR *error)
{
    WS_XML_READER *reader = cursor->reader;
    const BYTE *bytes;
    size_t length;
    HRESULT hr;

    if (value->text.textType == WS_XML_TEXT_TYPE_UTF8)
        return S_OK;
    reader->leave_work |= LEAVE_MEMORY;
    if ((hr = text_to_utf8(&value->text, reader->decoded, &bytes, &length, error)) != S_OK)
        return hr;
    memset(value, 0, sizeof(*value));
    value->text.textType = WS_XML_TEXT_TYPE_UTF8;
    value->utf8.value.bytes = (BYTE *)bytes;
    value->utf8.value.length = (ULONG)length;
    return S_OK;
}

static inline bool is_xmlns(const WS_XML_STRING *name)
{
    return UNLIKELY(name->length == 5) && !memcmp(name->bytes, "xmlns", 5);
}

/* An attribute whose record has been read. */
static HRESULT read_attribute(struct binary_cursor *cursor, BYTE record, WS_ERROR *error)
{
    WS_XML_READER *reader = cursor->reader;
    struct reader_attribute *attribute = reader_add_attribute(reader);
    HRESULT hr;

    if (UNLIKELY(!attribute))
        return reader_add_failed(reader, error);
    attribute->shown.singleQuote = FALSE;
    attribute->shown.isXmlNs = FALSE;
    attribute->copied = false;
    attribute->prefix = xml_nothing;
    if (record >= RECORD_SHORT_XMLNS_ATTRIBUTE && record <= RECORD_DICTIONARY_XMLNS_ATTRIBUTE)
    {
        attribute->shown.isXmlNs = TRUE;
        reader->xmlns_count++;
        if ((record & 1) && (hr = read_name(cursor, false, &attribute->prefix, "a prefix", error)) != S_OK)
            return hr;
        return read_namespace(cursor, record >= RECORD_SHORT_DICTIONARY_XMLNS_ATTRIBUTE, &attribute->ns, error);
    }
    if (record >= RECORD_PREFIX_ATTRIBUTE_A)
    {
        set_letter(&attribute->prefix, record - RECORD_PREFIX_ATTRIBUTE_A);
        hr = read_local_name(cursor, false, &attribute->name, "an attribute", error);
    }
    else if (record >= RECORD_PREFIX_DICTIONARY_ATTRIBUTE_A)
    {
        set_letter(&attribute->prefix, record - RECORD_PREFIX_DICTIONARY_ATTRIBUTE_A);
        hr = read_local_name(cursor, true, &attribute->name, "an attribute", error);
    }
    else
    {
        if ((record & 1) && (hr = read_name(cursor, false, &attribute->prefix, "a prefix", error)) != S_OK)
            return hr;
        hr = read_local_name(cursor, record >= RECORD_SHORT_DICTIONARY_ATTRIBUTE, &attribute->name, "an attribute",
                             error);
    }
    if (hr != S_OK)
        return hr;
    /* Converted to text, it would be a declaration. */
    if ((!attribute->prefix.length && is_xmlns(&attribute->name)) || is_xmlns(&attribute->prefix))
        return binary_fail(cursor, error, "An attribute record must not be a namespace declaration.");
    if (UNLIKELY(cursor->at == cursor->end) || *cursor->at != RECORD_CHARS8_TEXT ||
        !binary_read_plain_text(cursor, cursor->at + 1, &attribute->value))
        if ((hr = binary_read_attribute_value(cursor, &attribute->value, error)) != S_OK)
            return hr;
    if (attribute->prefix.length == 3 && !memcmp(attribute->prefix.bytes, "xml", 3))
        hr = show_as_utf8(cursor, &attribute->value, error);
    return hr;
}

/* The names and attributes of an element whose record has been read. */
static HRESULT read_start_tag(struct binary_cursor *cursor, BYTE record, bool ends, WS_ERROR *error)
{
    WS_XML_READER *reader = cursor->reader;
    struct reader_element *element = reader_begin_element(reader);
    HRESULT hr;

    reader->binary_state.qnames = false;
    element->prefix = xml_nothing;
    if (record >= RECORD_PREFIX_ELEMENT_A)
    {
        set_letter(&element->prefix, record - RECORD_PREFIX_ELEMENT_A);
        hr = read_local_name(cursor, false, &element->name, "an element", error);
    }
    else if (record >= RECORD_PREFIX_DICTIONARY_ELEMENT_A)
    {
        set_letter(&element->prefix, record - RECORD_PREFIX_DICTIONARY_ELEMENT_A);
        hr = read_local_name(cursor, true, &element->name, "an element", error);
    }
    else
    {
        if ((record & 1) && (hr = read_name(cursor, false, &element->prefix, "a prefix", error)) != S_OK)
            return hr;
        hr = read_local_name(cursor, record >= RECORD_SHORT_DICTIONARY_ELEMENT, &element->name, "an element", error);
    }
    while (hr == S_OK)
    {
        if (UNLIKELY(cursor->at == cursor->end))
            /* Is there another attribute? */
            return ends || reader->binary_state.final ? S_OK : READER_STARVED;
        if (!binary_is_attribute(*cursor->at))
            return S_OK;
        cursor->start = cursor->at;
        cursor->record = *cursor->at++;
        hr = read_attribute(cursor, (BYTE)cursor->record, error);
    }
    return hr;
}

/* Shows the element that has been read; `start` is its record. */
static HRESULT show_element(struct binary_cursor *cursor, const BYTE *start, WS_ERROR *error)
{
    WS_XML_READER *reader = cursor->reader;
    ULONG mark = error_mark(error);
    struct reader_element *element = reader->element;
    HRESULT hr;

    hr = reader_start_element(reader, element->name.bytes, element->name.length, false, error);
    cursor->start = start;
    cursor->record = *start;
    if (UNLIKELY(hr != S_OK))
        return binary_locate(cursor, mark, hr, error);
    if (UNLIKELY(reader->binary_state.qnames) && (hr = binary_resolve_qnames(cursor, error)) != S_OK)
        return hr;
    reader->node = &element->shown.node;
    return S_OK;
}

static HRESULT check_root(struct binary_cursor *cursor, WS_ERROR *error)
{
    WS_XML_READER *reader = cursor->reader;

    if (!reader->scope.depth && reader->root_seen && !reader->properties.allow_fragment)
        return binary_fail(cursor, error, "The document has a second root element.");
    return S_OK;
}

static HRESULT read_element(struct binary_cursor *cursor, BYTE record, WS_ERROR *error)
{
    const BYTE *start = cursor->start;
    HRESULT hr;

    if ((hr = check_root(cursor, error)) != S_OK || (hr = read_start_tag(cursor, record, false, error)) != S_OK ||
        (hr = show_element(cursor, start, error)) != S_OK)
        return hr;
    cursor->reader->root_seen = true;
    binary_advance(cursor);
    return S_OK;
}

/* --- Arrays: one element again and again, each time with another value --- */

/* Shows the start of the next item's element. */
static HRESULT next_array_element(WS_XML_READER *reader, WS_ERROR *error)
{
    struct binary_state *state = &reader->binary_state;
    struct binary_cursor cursor = {reader,
                                   state->array_element,
                                   state->array_element + state->array_element_length,
                                   state->array_element,
                                   *state->array_element,
                                   state->array_checked};
    HRESULT hr;

    cursor.at++;
    if ((hr = check_root(&cursor, error)) != S_OK ||
        (hr = read_start_tag(&cursor, *state->array_element, true, error)) != S_OK ||
        (hr = show_element(&cursor, state->array_element, error)) != S_OK)
        return hr;
    reader->root_seen = true;
    state->array_checked = true;
    state->array_left--;
    state->place = BINARY_ARRAY_VALUE;
    return S_OK;
}

/* The value of the array's item that is open. */
static HRESULT read_array_item(struct binary_cursor *cursor, WS_ERROR *error)
{
    WS_XML_READER *reader = cursor->reader;
    struct binary_state *state = &reader->binary_state;
    HRESULT hr;

    cursor->record = state->array_record;
    if ((size_t)(cursor->end - cursor->at) < binary_array_item_size(state->array_record))
        return state->final ? binary_fail(cursor, error, "The document ends within an array, with %u item%s left.",
                                          (unsigned)state->array_left + 1, state->array_left ? "s" : "")
                            : READER_STARVED;
    hr = binary_read_value(cursor, state->array_record & ~RECORD_WITH_END_ELEMENT, &reader->text, error);
    if (hr != S_OK)
        return hr;
    reader->node = &reader->text_node.node;
    state->place = BINARY_END;
    binary_advance(cursor);
    return S_OK;
}

static HRESULT read_array(struct binary_cursor *cursor, WS_ERROR *error)
{
    WS_XML_READER *reader = cursor->reader;
    struct binary_state *state = &reader->binary_state;
    const BYTE *array = cursor->start, *element = cursor->at;
    size_t length;
    uint32_t count;
    BYTE record = 0;
    HRESULT hr;

    if ((hr = binary_read_record(cursor, &record, error)) != S_OK)
        return hr;
    if (!binary_is_element(record))
        return binary_fail(cursor, error, "An array must begin with an element.");
    if ((hr = read_start_tag(cursor, record, false, error)) != S_OK)
        return hr;
    length = (size_t)(cursor->at - element);
    if ((hr = binary_read_record(cursor, &record, error)) != S_OK)
        return hr;
    if (record != RECORD_END_ELEMENT)
        return binary_fail(cursor, error, "The element of an array must be followed by its end.");
    if ((hr = binary_read_record(cursor, &record, error)) != S_OK)
        return hr;
    if (!binary_array_item_size(record))
        return binary_fail(cursor, error, "An array cannot have this record as its item.");
    cursor->start = array;
    cursor->record = RECORD_ARRAY;
    if ((hr = binary_read_int31(cursor, &count, error)) != S_OK)
        return hr;
    if (!count)
        return binary_fail(cursor, error, "An array must not be empty.");
    if (length > ARRAY_ELEMENT_MAX)
        return binary_fail_with(cursor, WS_E_QUOTA_EXCEEDED, error,
                                "The element of an array takes %zu bytes, more than the %u that are allowed.", length,
                                ARRAY_ELEMENT_MAX);
    state->array_element = element;
    if (reader->transient)
    {
        if (!state->array_copy && !(state->array_copy = memory_alloc(ARRAY_ELEMENT_MAX, "XML reader array")))
            return error_report(error, E_OUTOFMEMORY, "There is no memory for the element of an array.");
        memcpy(state->array_copy, element, length);
        state->array_element = state->array_copy;
    }
    state->array_element_length = length;
    state->array_record = record;
    state->array_left = count;
    state->array_checked = false;
    binary_advance(cursor);
    return next_array_element(reader, error);
}

/* --- Other nodes --- */

static HRESULT read_comment(struct binary_cursor *cursor, WS_ERROR *error)
{
    WS_XML_READER *reader = cursor->reader;
    WS_XML_STRING value;
    const BYTE *p, *end;
    HRESULT hr;

    if ((hr = read_string(cursor, &value, error)) != S_OK ||
        (hr = binary_check_chars(cursor, value.bytes, cursor->at, cursor->end, false, &end, error)) != S_OK)
        return hr;
    for (p = value.bytes; (p = memchr(p, '-', (size_t)(end - p))); p++)
        if (p + 1 == end || p[1] == '-')
            return binary_fail(cursor, error, "A comment must not contain \"--\" or end with \"-\".");
    reader->comment.value = value;
    reader->node = &reader->comment.node;
    binary_advance(cursor);
    return S_OK;
}

static HRESULT read_end(struct binary_cursor *cursor, WS_ERROR *error)
{
    WS_XML_READER *reader = cursor->reader;
    struct binary_state *state = &reader->binary_state;
    char excerpt[TEXT_EXCERPT_ROOM];

    if (!state->final)
        return READER_STARVED;
    if (reader->scope.depth)
    {
        const struct scope_element *open = &reader->scope.elements[reader->scope.depth - 1];

        return binary_fail(cursor, error, "The document ends while the element \"%s\" is still open.",
                           text_excerpt(open->name, open->name_length, excerpt));
    }
    /* Observed on Windows, of text: there need not have been a root element. */
    reader->node = &reader_eof;
    return S_OK;
}

static void show_end_element(WS_XML_READER *reader)
{
    reader->binary_state.closing = true;
    reader->node = &reader_end_element;
}

/* Outside the root element text can only be white space, all of which is looked at before any is shown. */
static HRESULT check_outer_text(const struct binary_cursor *cursor, BYTE record, WS_ERROR *error)
{
    struct binary_cursor ahead = *cursor;
    union xml_text text;
    HRESULT hr;

    if (record >= RECORD_CHARS8_TEXT && record < RECORD_BYTES8_TEXT)
    {
        if ((hr = binary_read_value(&ahead, record, &text, error)) != S_OK)
            return hr;
        if (text_is_space(text.utf8.value.bytes, text.utf8.value.length))
            return S_OK;
    }
    return binary_fail(cursor, error, "Text is not allowed outside the root element.");
}

static HRESULT read_text(struct binary_cursor *cursor, BYTE record, WS_ERROR *error)
{
    WS_XML_READER *reader = cursor->reader;
    HRESULT hr;

    if (UNLIKELY(!reader->scope.depth))
    {
        if (record & RECORD_WITH_END_ELEMENT)
            return binary_fail(cursor, error, "It ends an element, and none is open.");
        if (!reader->properties.allow_fragment && (hr = check_outer_text(cursor, record, error)) != S_OK)
            return hr;
    }
    return binary_show_text(cursor, record, error);
}

/* Goes on at a place that is not a record. */
static NOINLINE HRESULT read_rest(struct binary_cursor *cursor, WS_ERROR *error)
{
    switch (cursor->reader->binary_state.place)
    {
    case BINARY_TEXT: return binary_show_rest(cursor, error);
    case BINARY_LIST: return binary_show_list(cursor, error);
    case BINARY_ARRAY: return next_array_element(cursor->reader, error);
    default: return read_array_item(cursor, error);
    }
}

/* S_FALSE: what was read does not make a node. */
static HRESULT read_node(WS_XML_READER *reader, WS_ERROR *error)
{
    struct binary_state *state = &reader->binary_state;
    struct binary_cursor cursor = {reader, reader->pos, reader->end, reader->pos, -1, false};
    BYTE record;

    if (state->place == BINARY_END)
    {
        state->place = state->array_left ? BINARY_ARRAY : BINARY_RECORD;
        show_end_element(reader);
        return S_OK;
    }
    if (UNLIKELY(state->place != BINARY_RECORD))
        return read_rest(&cursor, error);
    if (UNLIKELY(cursor.at == cursor.end))
        return read_end(&cursor, error);
    cursor.record = record = *cursor.at++;
    /* The common case, at once; binary_show_text() would do the same. */
    if ((record & ~RECORD_WITH_END_ELEMENT) == RECORD_CHARS8_TEXT && LIKELY(reader->scope.depth) &&
        LIKELY(binary_read_plain_text(&cursor, cursor.at, &reader->text)))
    {
        reader->node = &reader->text_node.node;
        state->place = binary_after(record);
        binary_advance(&cursor);
        return S_OK;
    }
    if (binary_is_text(record))
        return read_text(&cursor, record, error);
    if (binary_is_element(record))
        return read_element(&cursor, record, error);
    switch (record)
    {
    case RECORD_END_ELEMENT:
        if (UNLIKELY(!reader->scope.depth))
            return binary_fail(&cursor, error, "It ends an element, and none is open.");
        binary_advance(&cursor);
        show_end_element(reader);
        return S_OK;
    case RECORD_COMMENT: return read_comment(&cursor, error);
    case RECORD_ARRAY: return read_array(&cursor, error);
    default:
        return binary_is_attribute(record) ? binary_fail(&cursor, error, "An attribute can only follow an element.")
                                           : binary_fail(&cursor, error, "There is no such record.");
    }
}

/* One record that ends the element, too. QNames take memory, and items of arrays have no record. */
static bool binary_plain_content(WS_XML_READER *reader, union xml_text *text, const BYTE **end)
{
    struct binary_cursor cursor = {reader, reader->pos, reader->end, reader->pos, -1, false};
    BYTE record;

    if (UNLIKELY(reader->binary_state.place != BINARY_RECORD || cursor.at == cursor.end))
        return false;
    record = *cursor.at++;
    if (record == RECORD_END_ELEMENT)
    {
        text->text.textType = WS_XML_TEXT_TYPE_UTF8;
        text->utf8.value = xml_empty;
    }
    else if (!binary_is_text(record) || !(record & RECORD_WITH_END_ELEMENT) ||
             record == (RECORD_QNAME_DICTIONARY_TEXT | RECORD_WITH_END_ELEMENT))
        return false;
    else if (record != (RECORD_CHARS8_TEXT | RECORD_WITH_END_ELEMENT) ||
             !binary_read_plain_text(&cursor, cursor.at, text))
        if (binary_read_value(&cursor, record & ~RECORD_WITH_END_ELEMENT, text, NULL) != S_OK)
            return false;
    *end = cursor.at;
    return true;
}

static void binary_pass_content(WS_XML_READER *reader, const BYTE *end)
{
    reader->binary_state.offset += (ULONGLONG)(end - reader->pos);
    reader->pos = end;
    scope_close(&reader->scope);
    reader->node = &reader_end_element;
}

static HRESULT binary_next(WS_XML_READER *reader, WS_ERROR *error)
{
    struct binary_state *state = &reader->binary_state;
    HRESULT hr;

    if (state->closing)
    {
        scope_close(&reader->scope);
        state->closing = false;
    }
    while ((hr = read_node(reader, error)) != S_OK)
    {
        if (hr == S_FALSE)
            continue;
        if (hr != READER_STARVED || state->final)
            return hr;
        hr = reader_pull(reader, error);
        if (hr == S_FALSE)
            state->final = true;
        else if (hr != S_OK)
            return hr;
    }
    return S_OK;
}

void binary_begin(WS_XML_READER *reader, const WS_XML_READER_BINARY_ENCODING *encoding)
{
    struct binary_state *state = &reader->binary_state;
    BYTE *array_copy = state->array_copy;

    memset(state, 0, sizeof(*state));
    state->array_copy = array_copy;
    state->static_dictionary = encoding->staticDictionary;
    state->dynamic_dictionary = encoding->dynamicDictionary;
}

static void end_element(struct reader_element *element)
{
    ULONG i;

    for (i = 0; i < element->room; i++)
    {
        struct reader_attribute *attribute = (struct reader_attribute *)element->attributes[i];

        attribute->prefix.dictionary = attribute->name.dictionary = attribute->ns.dictionary = NULL;
        memset(&attribute->value, 0, sizeof(attribute->value));
        attribute->value.text.textType = WS_XML_TEXT_TYPE_UTF8;
    }
    element->prefix.dictionary = element->name.dictionary = NULL;
}

/* Leaves the nodes shown as other decoders expect them: of UTF-8 text, and in no dictionary. */
static void binary_end(WS_XML_READER *reader)
{
    end_element(&reader->elements[0]);
    end_element(&reader->elements[1]);
    reader->comment.value.dictionary = NULL;
    memset(&reader->text, 0, sizeof(reader->text));
}

void binary_release(WS_XML_READER *reader)
{
    memory_free(reader->binary_state.array_copy);
    reader->binary_state.array_copy = NULL;
}

const struct reader_decoder reader_binary_decoder = {
    .next = binary_next,
    .plain_content = binary_plain_content,
    .pass_content = binary_pass_content,
    .end = binary_end,
    .is_binary = true,
};
