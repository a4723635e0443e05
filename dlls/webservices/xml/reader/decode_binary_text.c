/* SPDX-License-Identifier: MIT */
/*
 * decode_binary_text.c - the decoder of the binary encoding: text records. Each is shown as the type of WS_XML_TEXT
 * that says the same; see decode_binary.h.
 */
#include "xml/reader/decode_binary_cursor.h"

#include "values/date.h"
#include "base/error.h"
#include "base/text.h"
#include "xml/names.h"
#include "xml/scan.h"

#include <string.h>

/* --- Characters in UTF-16 --- */

/*
 * Checks that all characters of UTF-16 are allowed in XML. *valid is where the check ends: before `end` only if half a
 * pair is there, which is a failure unless `may_be_cut`.
 */
static HRESULT check_utf16(const struct binary_cursor *cursor, const BYTE *p, const BYTE *end, bool may_be_cut,
                           const BYTE **valid, WS_ERROR *error)
{
    BOOL any = cursor->reader->properties.allow_invalid_character_references;
    uint32_t c, second;

    for (; p < end; p += 2)
    {
        c = binary_get16(p);
        if (LIKELY(c >= 0x20 && c < 0xd800))
            continue;
        if (c >= 0xd800 && c <= 0xdfff)
        {
            if (c <= 0xdbff && end - p < 4 && may_be_cut)
                break;
            second = end - p < 4 ? 0 : binary_get16(p + 2);
            if (c > 0xdbff || second < 0xdc00 || second > 0xdfff)
                return binary_fail(cursor, error, "The text has a lone surrogate, U+%04X.", (unsigned)c);
            p += 2;
        }
        else if (UNLIKELY(!xml_is_char(c)) && !any)
            return binary_fail(cursor, error, "The character U+%04X is not allowed in XML.", (unsigned)c);
    }
    *valid = p;
    return S_OK;
}

/* --- Values --- */

static void set_utf8(union xml_text *text, const BYTE *bytes, size_t length)
{
    text->text.textType = WS_XML_TEXT_TYPE_UTF8;
    text->utf8.value.bytes = (BYTE *)bytes;
    text->utf8.value.length = (ULONG)length;
    text->utf8.value.dictionary = NULL;
    text->utf8.value.id = 0;
}

static void set_int32(union xml_text *text, int value)
{
    text->text.textType = WS_XML_TEXT_TYPE_INT32;
    text->int32.value = value;
}

static void set_bool(union xml_text *text, BOOL value)
{
    text->text.textType = WS_XML_TEXT_TYPE_BOOL;
    text->boolean.value = value;
}

static void get_guid(const BYTE *p, GUID *guid)
{
    guid->Data1 = binary_get32(p);
    guid->Data2 = binary_get16(p + 4);
    guid->Data3 = binary_get16(p + 6);
    memcpy(guid->Data4, p + 8, 8);
}

static HRESULT get_decimal(const struct binary_cursor *cursor, const BYTE *p, union xml_text *text, WS_ERROR *error)
{
    DECIMAL *decimal = &text->decimal.value;

    if (p[2] > 28 || (p[3] & ~DECIMAL_NEG))
        return binary_fail(cursor, error,
                           "A decimal with the scale %u and the sign 0x%02x is not valid: a scale is at most 28, and a "
                           "sign 0 or 0x80.",
                           p[2], p[3]);
    text->text.textType = WS_XML_TEXT_TYPE_DECIMAL;
    decimal->wReserved = 0;
    decimal->scale = p[2];
    decimal->sign = p[3];
    decimal->Hi32 = binary_get32(p + 4);
    decimal->Lo64 = binary_get64(p + 8);
    return S_OK;
}

/*
 * The layout is that of .NET's DateTime.ToBinary(): the ticks of a local time are UTC, as in a WS_DATETIME. .NET writes
 * midnight with its hours, as xsd:dateTime has it. A local time whose UTC is before the year 1 or after 9999 has ticks
 * that a WS_DATETIME cannot have.
 */
static HRESULT get_datetime(const struct binary_cursor *cursor, const BYTE *p, union xml_text *text, WS_ERROR *error)
{
    static const WS_DATETIME_FORMAT formats[] = {WS_DATETIME_FORMAT_NONE, WS_DATETIME_FORMAT_UTC,
                                                 WS_DATETIME_FORMAT_LOCAL};
    uint64_t value = binary_get64(p);
    unsigned kind = (unsigned)(value >> BINARY_DATETIME_KIND_SHIFT);
    uint64_t ticks = value & (((uint64_t)1 << BINARY_DATETIME_KIND_SHIFT) - 1);

    if (kind > 2 || ticks >= DATE_MAX_TICKS)
        return binary_fail(cursor, error, "A date has the kind %u and %llu ticks, which is not valid.", kind,
                           (unsigned long long)ticks);
    text->text.textType = WS_XML_TEXT_TYPE_DATETIME;
    text->datetime.value.ticks = ticks;
    text->datetime.value.format = formats[kind];
    return S_OK;
}

/* How many bytes the value of a record has, if that is always the same; -1 if not. */
static int fixed_size(BYTE record)
{
    switch (record)
    {
    case RECORD_ZERO_TEXT:
    case RECORD_ONE_TEXT:
    case RECORD_FALSE_TEXT:
    case RECORD_TRUE_TEXT:
    case RECORD_EMPTY_TEXT: return 0;
    case RECORD_INT8_TEXT:
    case RECORD_BOOL_TEXT: return 1;
    case RECORD_INT16_TEXT: return 2;
    case RECORD_INT32_TEXT:
    case RECORD_FLOAT_TEXT: return 4;
    case RECORD_INT64_TEXT:
    case RECORD_DOUBLE_TEXT:
    case RECORD_DATETIME_TEXT:
    case RECORD_TIMESPAN_TEXT:
    case RECORD_UINT64_TEXT: return 8;
    case RECORD_DECIMAL_TEXT:
    case RECORD_UNIQUE_ID_TEXT:
    case RECORD_UUID_TEXT: return 16;
    default: return -1;
    }
}

static HRESULT get_fixed(const struct binary_cursor *cursor, BYTE record, const BYTE *p, union xml_text *text,
                         WS_ERROR *error)
{
    uint32_t bits32;
    uint64_t bits64;

    switch (record)
    {
    case RECORD_ZERO_TEXT: set_int32(text, 0); break;
    case RECORD_ONE_TEXT: set_int32(text, 1); break;
    case RECORD_FALSE_TEXT: set_bool(text, FALSE); break;
    case RECORD_TRUE_TEXT: set_bool(text, TRUE); break;
    case RECORD_EMPTY_TEXT: set_utf8(text, (const BYTE *)"", 0); break;
    case RECORD_INT8_TEXT: set_int32(text, (signed char)p[0]); break;
    case RECORD_INT16_TEXT: set_int32(text, (int16_t)binary_get16(p)); break;
    case RECORD_INT32_TEXT: set_int32(text, (int32_t)binary_get32(p)); break;
    case RECORD_BOOL_TEXT:
        /* [MC-NBFX] section 2.2.3.26 has 0 and 1; observed on Windows: anything but 0 is true. */
        set_bool(text, p[0] != 0);
        break;
    case RECORD_INT64_TEXT:
        text->text.textType = WS_XML_TEXT_TYPE_INT64;
        text->int64.value = (INT64)binary_get64(p);
        break;
    case RECORD_UINT64_TEXT:
        text->text.textType = WS_XML_TEXT_TYPE_UINT64;
        text->uint64.value = binary_get64(p);
        break;
    case RECORD_FLOAT_TEXT:
        text->text.textType = WS_XML_TEXT_TYPE_FLOAT;
        bits32 = binary_get32(p);
        memcpy(&text->single_float.value, &bits32, sizeof(bits32));
        break;
    case RECORD_DOUBLE_TEXT:
        text->text.textType = WS_XML_TEXT_TYPE_DOUBLE;
        bits64 = binary_get64(p);
        memcpy(&text->double_float.value, &bits64, sizeof(bits64));
        break;
    case RECORD_DECIMAL_TEXT: return get_decimal(cursor, p, text, error);
    case RECORD_DATETIME_TEXT: return get_datetime(cursor, p, text, error);
    case RECORD_TIMESPAN_TEXT:
        text->text.textType = WS_XML_TEXT_TYPE_TIMESPAN;
        text->timespan.value.ticks = (INT64)binary_get64(p);
        break;
    case RECORD_UNIQUE_ID_TEXT:
        text->text.textType = WS_XML_TEXT_TYPE_UNIQUE_ID;
        get_guid(p, &text->unique_id.value);
        break;
    case RECORD_UUID_TEXT:
        text->text.textType = WS_XML_TEXT_TYPE_GUID;
        get_guid(p, &text->guid.value);
        break;
    }
    return S_OK;
}

/* The length of what a Chars, Bytes or UnicodeChars record holds; these come in threes: of 8, 16 and 32 bits. */
static HRESULT read_length(struct binary_cursor *cursor, BYTE record, uint32_t *length, WS_ERROR *error)
{
    static const BYTE sizes[] = {1, 2, 4};
    BYTE first = record < RECORD_BYTES8_TEXT           ? RECORD_CHARS8_TEXT
                 : record < RECORD_UNICODE_CHARS8_TEXT ? RECORD_BYTES8_TEXT
                                                       : RECORD_UNICODE_CHARS8_TEXT;
    size_t size = sizes[(record - first) / 2];

    if ((size_t)(cursor->end - cursor->at) < size)
        return binary_cut_off(cursor, error);
    *length = size == 1 ? *cursor->at : size == 2 ? binary_get16(cursor->at) : binary_get32(cursor->at);
    if (*length > BINARY_MAX_INT31)
        return binary_fail(cursor, error, "The length %u has more than 31 bits.", (unsigned)*length);
    if (first == RECORD_UNICODE_CHARS8_TEXT && (*length & 1))
        return binary_fail(cursor, error, "The length of UTF-16 is odd: %u.", (unsigned)*length);
    cursor->at += size;
    return S_OK;
}

static inline bool has_length(BYTE record)
{
    return (record >= RECORD_CHARS8_TEXT && record < RECORD_START_LIST_TEXT) ||
           (record >= RECORD_UNICODE_CHARS8_TEXT && record < RECORD_QNAME_DICTIONARY_TEXT);
}

/* Makes a text of the characters or bytes of a record. */
static void set_characters(union xml_text *text, BYTE record, const BYTE *bytes, size_t length)
{
    if (record < RECORD_BYTES8_TEXT)
        set_utf8(text, bytes, length);
    else if (record < RECORD_START_LIST_TEXT)
    {
        text->text.textType = WS_XML_TEXT_TYPE_BASE64;
        text->base64.bytes = (BYTE *)bytes;
        text->base64.length = (ULONG)length;
    }
    else
    {
        text->text.textType = WS_XML_TEXT_TYPE_UTF16;
        text->utf16.bytes = (BYTE *)bytes;
        text->utf16.byteCount = (ULONG)length;
    }
}

/*
 * Checks as many of the `length` bytes at the cursor as are there and can be shown, and makes a text of them: *shown is
 * how many, 0 if too few are there.
 */
static HRESULT get_characters(const struct binary_cursor *cursor, BYTE record, uint32_t length, union xml_text *text,
                              size_t *shown, WS_ERROR *error)
{
    size_t there = (size_t)(cursor->end - cursor->at);
    bool cut = there < length;
    const BYTE *p = cursor->at, *end = p + (cut ? there : length);
    HRESULT hr = S_OK;

    if (record < RECORD_BYTES8_TEXT)
    {
        if (UNLIKELY(!cursor->checked))
            hr = binary_check_chars(cursor, p, end, cursor->end, cut, &end, error);
    }
    else if (record < RECORD_START_LIST_TEXT)
    {
        /* Pieces of whole groups, so that the base64 of each can follow the one before. */
        if (cut)
            end -= (end - p) % 3;
    }
    else
    {
        if (cut)
            end -= (end - p) % 2;
        if (!cursor->checked)
            hr = check_utf16(cursor, p, end, cut, &end, error);
    }
    if (hr != S_OK)
        return hr;
    if ((*shown = (size_t)(end - p)) || !length)
        set_characters(text, record, p, *shown);
    return S_OK;
}

static HRESULT read_qname(struct binary_cursor *cursor, union xml_text *text, WS_ERROR *error)
{
    static const BYTE letters[] = "abcdefghijklmnopqrstuvwxyz";
    WS_XML_STRING *strings, name;
    BYTE letter;
    HRESULT hr;

    if (cursor->at == cursor->end)
        return binary_cut_off(cursor, error);
    if ((letter = *cursor->at++) > 25)
        return binary_fail(cursor, error, "The prefix of a QName is a letter, 0 to 25, not %u.", letter);
    if ((hr = binary_read_dictionary(cursor, &name, error)) != S_OK ||
        (hr = binary_check_name(cursor, &name, "a QName", error)) != S_OK)
        return hr;
    if (!(strings = reader_decoded_alloc(cursor->reader, 3 * sizeof(*strings))))
        return error_report(error, E_OUTOFMEMORY, "There is no memory for a QName.");
    memset(strings, 0, 3 * sizeof(*strings));
    strings[0].bytes = (BYTE *)letters + letter;
    strings[0].length = 1;
    strings[1] = name;
    text->text.textType = WS_XML_TEXT_TYPE_QNAME;
    text->qname.prefix = &strings[0];
    text->qname.localName = &strings[1];
    text->qname.ns = &strings[2];
    return S_OK;
}

HRESULT binary_read_value(struct binary_cursor *cursor, BYTE record, union xml_text *text, WS_ERROR *error)
{
    int size = fixed_size(record);
    uint32_t length;
    size_t shown;
    HRESULT hr;

    if (size >= 0)
    {
        if (UNLIKELY(cursor->end - cursor->at < size))
            return binary_cut_off(cursor, error);
        cursor->at += size;
        return get_fixed(cursor, record, cursor->at - size, text, error);
    }
    if (has_length(record))
    {
        if ((hr = read_length(cursor, record, &length, error)) != S_OK)
            return hr;
        if ((size_t)(cursor->end - cursor->at) < length)
            return binary_cut_off(cursor, error);
        hr = get_characters(cursor, record, length, text, &shown, error);
        cursor->at += length;
        return hr;
    }
    if (record == RECORD_DICTIONARY_TEXT)
    {
        const BYTE *valid;
        WS_XML_STRING string;

        if ((hr = binary_read_dictionary(cursor, &string, error)) != S_OK)
            return hr;
        /* An empty one can be at NULL. */
        valid = string.length ? string.bytes + string.length : string.bytes;
        if ((hr = binary_check_chars(cursor, string.bytes, valid, valid, false, &valid, error)) != S_OK)
            return hr;
        text->text.textType = WS_XML_TEXT_TYPE_UTF8;
        text->utf8.value = string;
        return S_OK;
    }
    if (record == RECORD_QNAME_DICTIONARY_TEXT)
        return read_qname(cursor, text, error);
    /* Text records that are not a text: the end of a list, and a list in a list. */
    return binary_fail(cursor, error, "This record is not allowed here.");
}

/* --- Lists --- */

/* Moves past up to `most` items. *count receives how many; *end the record that ended the list, or 0. */
static HRESULT count_items(struct binary_cursor *cursor, ULONG most, ULONG *count, BYTE *end, WS_ERROR *error)
{
    union xml_text text;
    BYTE record;
    HRESULT hr;

    for (*count = 0, *end = 0;; ++*count)
    {
        if ((hr = binary_read_record(cursor, &record, error)) != S_OK)
            return hr;
        if ((record & ~RECORD_WITH_END_ELEMENT) == RECORD_END_LIST_TEXT)
        {
            *end = record;
            return S_OK;
        }
        if (!binary_is_text(record) || (record & RECORD_WITH_END_ELEMENT) || record == RECORD_START_LIST_TEXT)
            return binary_fail(cursor, error,
                               "A list can contain only texts that are not lists, and must end with EndListText.");
        if (*count == most)
        {
            cursor->at = cursor->start;
            return S_OK;
        }
        /* Reading a QName takes memory; here it is only skipped. */
        if (record == RECORD_QNAME_DICTIONARY_TEXT)
        {
            WS_XML_STRING name;

            if (cursor->at++ == cursor->end)
                return binary_cut_off(cursor, error);
            hr = binary_read_dictionary(cursor, &name, error);
        }
        else
            hr = binary_read_value(cursor, record, &text, error);
        if (hr != S_OK)
            return hr;
    }
}

/* Makes a text of `count` items, at the first one. */
static HRESULT read_items(struct binary_cursor *cursor, ULONG count, union xml_text *text, WS_ERROR *error)
{
    union xml_text *items;
    WS_XML_TEXT **pointers;
    BYTE record;
    HRESULT hr;
    ULONG i;

    pointers = reader_decoded_alloc(cursor->reader, count * sizeof(*pointers));
    items = reader_decoded_alloc(cursor->reader, count * sizeof(*items));
    if (!pointers || !items)
        return error_report(error, E_OUTOFMEMORY, "There is no memory for a list of %u items.", (unsigned)count);
    for (i = 0; i < count; i++)
    {
        if ((hr = binary_read_record(cursor, &record, error)) != S_OK ||
            (hr = binary_read_value(cursor, record, &items[i], error)) != S_OK)
            return hr;
        pointers[i] = &items[i].text;
    }
    text->text.textType = WS_XML_TEXT_TYPE_LIST;
    text->list.itemCount = count;
    text->list.items = pointers;
    return S_OK;
}

HRESULT binary_read_attribute_value(struct binary_cursor *cursor, union xml_text *text, WS_ERROR *error)
{
    struct binary_cursor items;
    ULONG count;
    BYTE record, end;
    HRESULT hr;

    if ((hr = binary_read_record(cursor, &record, error)) != S_OK)
        return hr;
    if (!binary_is_text(record) || (record & RECORD_WITH_END_ELEMENT))
        return binary_fail(cursor, error, "A text is expected here, with the value of an attribute.");
    if (LIKELY(record != RECORD_START_LIST_TEXT))
    {
        cursor->reader->binary_state.qnames |= record == RECORD_QNAME_DICTIONARY_TEXT;
        return binary_read_value(cursor, record, text, error);
    }
    items = *cursor;
    if ((hr = count_items(cursor, LIST_ATTRIBUTE_MAX, &count, &end, error)) != S_OK)
        return hr;
    if (!end)
        return binary_fail_with(&items, WS_E_QUOTA_EXCEEDED, error, "An attribute's list has more than %u items.",
                                LIST_ATTRIBUTE_MAX);
    if (end & RECORD_WITH_END_ELEMENT)
        return binary_fail(cursor, error, "An attribute's list cannot end the element.");
    cursor->reader->binary_state.qnames = true;
    return read_items(&items, count, text, error);
}

/* --- QNames --- */

/*
 * Finds the namespace of a QName. A QName whose prefix is not declared is shown as characters: [MC-NBFX] has examples
 * of that.
 */
static HRESULT resolve_qname(const struct binary_cursor *cursor, union xml_text *text, WS_ERROR *error)
{
    const struct scope *scope = &cursor->reader->scope;
    const WS_XML_STRING *prefix = text->qname.prefix, *local = text->qname.localName;
    const WS_XML_STRING *ns = scope_find(scope, prefix->bytes, prefix->length, scope->binding_count);
    BYTE *bytes;

    if (LIKELY(ns))
    {
        *text->qname.ns = *ns;
        return S_OK;
    }
    if (local->length > UINT32_MAX - 2 || !(bytes = reader_decoded_alloc(cursor->reader, (size_t)local->length + 2)))
        return error_report(error, E_OUTOFMEMORY, "There is no memory for a QName.");
    bytes[0] = prefix->bytes[0];
    bytes[1] = ':';
    memcpy(bytes + 2, local->bytes, local->length);
    set_utf8(text, bytes, (size_t)local->length + 2);
    return S_OK;
}

/* Of a text, or of the texts in a list. */
static HRESULT resolve_text(const struct binary_cursor *cursor, union xml_text *text, WS_ERROR *error)
{
    HRESULT hr = S_OK;
    ULONG i;

    if (text->text.textType == WS_XML_TEXT_TYPE_QNAME)
        return resolve_qname(cursor, text, error);
    if (text->text.textType == WS_XML_TEXT_TYPE_LIST)
        for (i = 0; i < text->list.itemCount && hr == S_OK; i++)
            if (text->list.items[i]->textType == WS_XML_TEXT_TYPE_QNAME)
                /* They were made by read_items(). */
                hr = resolve_qname(cursor, (union xml_text *)(void *)text->list.items[i], error);
    return hr;
}

HRESULT binary_resolve_qnames(const struct binary_cursor *cursor, WS_ERROR *error)
{
    WS_XML_READER *reader = cursor->reader;
    HRESULT hr = S_OK;
    ULONG i;

    for (i = 0; i < reader->attribute_count && hr == S_OK; i++)
        if (!reader->element->attributes[i]->isXmlNs)
            hr = resolve_text(cursor, &((struct reader_attribute *)reader->element->attributes[i])->value, error);
    return hr;
}

/* --- Texts as nodes --- */

HRESULT binary_show_list(struct binary_cursor *cursor, WS_ERROR *error)
{
    WS_XML_READER *reader = cursor->reader;
    struct binary_state *state = &reader->binary_state;
    struct binary_cursor items = *cursor;
    ULONG count;
    BYTE end;
    HRESULT hr;

    if (state->separate)
    {
        /* Between the last piece and one that follows; so not before the end of the list. */
        if (cursor->at == cursor->end)
            return binary_cut_off(cursor, error);
        state->separate = false;
        if ((*cursor->at & ~RECORD_WITH_END_ELEMENT) != RECORD_END_LIST_TEXT)
        {
            set_utf8(&reader->text, (const BYTE *)" ", 1);
            reader->node = &reader->text_node.node;
            return S_OK;
        }
    }
    if ((hr = count_items(cursor, LIST_PIECE, &count, &end, error)) != S_OK)
        return hr;
    if ((end & RECORD_WITH_END_ELEMENT) && !reader->scope.depth)
        return binary_fail(cursor, error, "It ends an element, and none is open.");
    if (count || state->place != BINARY_LIST)
    {
        union xml_text text;

        if ((hr = read_items(&items, count, &text, error)) != S_OK || (hr = resolve_text(cursor, &text, error)) != S_OK)
            return hr;
        reader->text = text;
        reader->node = &reader->text_node.node;
    }
    else
        hr = S_FALSE; /* only the end was left */
    state->place = end ? binary_after(end) : BINARY_LIST;
    state->separate = !end;
    binary_advance(cursor);
    return hr;
}

/* Shows as much as there is of the characters or bytes at the cursor. */
static HRESULT show_characters(struct binary_cursor *cursor, BYTE record, uint32_t length, WS_ERROR *error)
{
    WS_XML_READER *reader = cursor->reader;
    struct binary_state *state = &reader->binary_state;
    BYTE base = record & ~RECORD_WITH_END_ELEMENT;
    size_t shown;
    HRESULT hr;

    if (state->final && (size_t)(cursor->end - cursor->at) < length)
        return binary_cut_off(cursor, error);
    if ((hr = get_characters(cursor, base, length, &reader->text, &shown, error)) != S_OK)
        return hr;
    if (!shown && length)
        return READER_STARVED;
    cursor->at += shown;
    state->text_record = record;
    state->text_left = length - (uint32_t)shown;
    state->place = state->text_left ? BINARY_TEXT : binary_after(record);
    reader->node = &reader->text_node.node;
    binary_advance(cursor);
    return S_OK;
}

HRESULT binary_show_rest(struct binary_cursor *cursor, WS_ERROR *error)
{
    struct binary_state *state = &cursor->reader->binary_state;

    cursor->record = state->text_record;
    return show_characters(cursor, state->text_record, state->text_left, error);
}

HRESULT binary_show_text(struct binary_cursor *cursor, BYTE record, WS_ERROR *error)
{
    WS_XML_READER *reader = cursor->reader;
    BYTE base = record & ~RECORD_WITH_END_ELEMENT;
    uint32_t length;
    HRESULT hr;

    if (has_length(base))
    {
        hr = read_length(cursor, base, &length, error);
        return hr == S_OK ? show_characters(cursor, record, length, error) : hr;
    }
    if (record == RECORD_START_LIST_TEXT)
        return binary_show_list(cursor, error);
    if (base == RECORD_QNAME_DICTIONARY_TEXT)
    {
        union xml_text text;

        if ((hr = binary_read_value(cursor, base, &text, error)) != S_OK ||
            (hr = resolve_text(cursor, &text, error)) != S_OK)
            return hr;
        reader->text = text;
    }
    else if ((hr = binary_read_value(cursor, base, &reader->text, error)) != S_OK)
        return hr;
    reader->node = &reader->text_node.node;
    reader->binary_state.place = binary_after(record);
    binary_advance(cursor);
    return S_OK;
}
