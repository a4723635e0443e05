/* SPDX-License-Identifier: MIT */
/* value.c - see value.h. */
#include "xml/value.h"

#include "values/base64.h"
#include "base/compiler.h"
#include "values/date.h"
#include "base/constants.h"
#include "base/error.h"
#include "values/number.h"
#include "base/text.h"

#include <string.h>

#define UNIQUE_ID_PREFIX "urn:uuid:"

/* --- Texts --- */

size_t xml_text_size(WS_XML_TEXT_TYPE type)
{
    switch (type)
    {
    case WS_XML_TEXT_TYPE_UTF8: return sizeof(WS_XML_UTF8_TEXT);
    case WS_XML_TEXT_TYPE_UTF16: return sizeof(WS_XML_UTF16_TEXT);
    case WS_XML_TEXT_TYPE_BASE64: return sizeof(WS_XML_BASE64_TEXT);
    case WS_XML_TEXT_TYPE_BOOL: return sizeof(WS_XML_BOOL_TEXT);
    case WS_XML_TEXT_TYPE_INT32: return sizeof(WS_XML_INT32_TEXT);
    case WS_XML_TEXT_TYPE_INT64: return sizeof(WS_XML_INT64_TEXT);
    case WS_XML_TEXT_TYPE_UINT64: return sizeof(WS_XML_UINT64_TEXT);
    case WS_XML_TEXT_TYPE_FLOAT: return sizeof(WS_XML_FLOAT_TEXT);
    case WS_XML_TEXT_TYPE_DOUBLE: return sizeof(WS_XML_DOUBLE_TEXT);
    case WS_XML_TEXT_TYPE_DECIMAL: return sizeof(WS_XML_DECIMAL_TEXT);
    case WS_XML_TEXT_TYPE_GUID: return sizeof(WS_XML_GUID_TEXT);
    case WS_XML_TEXT_TYPE_UNIQUE_ID: return sizeof(WS_XML_UNIQUE_ID_TEXT);
    case WS_XML_TEXT_TYPE_DATETIME: return sizeof(WS_XML_DATETIME_TEXT);
    case WS_XML_TEXT_TYPE_TIMESPAN: return sizeof(WS_XML_TIMESPAN_TEXT);
    case WS_XML_TEXT_TYPE_QNAME: return sizeof(WS_XML_QNAME_TEXT);
    case WS_XML_TEXT_TYPE_LIST: return sizeof(WS_XML_LIST_TEXT);
    default: return 0;
    }
}

/* --- Values --- */

struct value_type
{
    ULONG size;
    const char *name; /* for sentences */
};

static const struct value_type value_types[] = {
    [WS_BOOL_VALUE_TYPE] = {sizeof(BOOL), "a boolean"},
    [WS_INT8_VALUE_TYPE] = {sizeof(int8_t), "a signed 8-bit integer"},
    [WS_INT16_VALUE_TYPE] = {sizeof(int16_t), "a signed 16-bit integer"},
    [WS_INT32_VALUE_TYPE] = {sizeof(int32_t), "a signed 32-bit integer"},
    [WS_INT64_VALUE_TYPE] = {sizeof(int64_t), "a signed 64-bit integer"},
    [WS_UINT8_VALUE_TYPE] = {sizeof(uint8_t), "an unsigned 8-bit integer"},
    [WS_UINT16_VALUE_TYPE] = {sizeof(uint16_t), "an unsigned 16-bit integer"},
    [WS_UINT32_VALUE_TYPE] = {sizeof(uint32_t), "an unsigned 32-bit integer"},
    [WS_UINT64_VALUE_TYPE] = {sizeof(uint64_t), "an unsigned 64-bit integer"},
    [WS_FLOAT_VALUE_TYPE] = {sizeof(float), "a float"},
    [WS_DOUBLE_VALUE_TYPE] = {sizeof(double), "a double"},
    [WS_DECIMAL_VALUE_TYPE] = {sizeof(DECIMAL), "a decimal"},
    [WS_DATETIME_VALUE_TYPE] = {sizeof(WS_DATETIME), "a date and time"},
    [WS_TIMESPAN_VALUE_TYPE] = {sizeof(WS_TIMESPAN), "a time span"},
    [WS_GUID_VALUE_TYPE] = {sizeof(GUID), "a GUID"},
    [WS_DURATION_VALUE_TYPE] = {sizeof(WS_DURATION), "a duration"},
};

static const struct value_type *find_type(WS_VALUE_TYPE type)
{
    return (size_t)type < sizeof(value_types) / sizeof(value_types[0]) ? &value_types[type] : NULL;
}

static HRESULT unknown_type(WS_VALUE_TYPE type, WS_ERROR *error)
{
    return error_report(error, E_INVALIDARG, "There is no %s.",
                        constant_name(CONSTANT_VALUE_TYPE, (uint32_t)type).text);
}

ULONG value_size(WS_VALUE_TYPE type)
{
    const struct value_type *found = find_type(type);

    return found ? found->size : 0;
}

/* What a signed or unsigned integer of some size holds; read and written with memcpy, as the caller aligns it. */
static int64_t load_signed(const void *value, ULONG size)
{
    uint64_t bits = 0;
    unsigned unused = 64 - 8 * size;

    /* Every system this runs on is little-endian, as Windows is. */
    memcpy(&bits, value, size);
    return (int64_t)(bits << unused) >> unused;
}

static uint64_t load_unsigned(const void *value, ULONG size)
{
    uint64_t bits = 0;

    memcpy(&bits, value, size);
    return bits;
}

static size_t write_bool(bool value, BYTE *text)
{
    size_t length = value ? 4 : 5;

    memcpy(text, value ? "true" : "false", length);
    return length;
}

HRESULT value_write(WS_VALUE_TYPE type, const void *value, BYTE *text, size_t *length, WS_ERROR *error)
{
    switch (type)
    {
    case WS_BOOL_VALUE_TYPE: *length = write_bool(*(const BOOL *)value, text); break;
    case WS_INT8_VALUE_TYPE:
    case WS_INT16_VALUE_TYPE:
    case WS_INT32_VALUE_TYPE:
    case WS_INT64_VALUE_TYPE: *length = number_write_int64(load_signed(value, value_size(type)), text); break;
    case WS_UINT8_VALUE_TYPE:
    case WS_UINT16_VALUE_TYPE:
    case WS_UINT32_VALUE_TYPE:
    case WS_UINT64_VALUE_TYPE: *length = number_write_uint64(load_unsigned(value, value_size(type)), text); break;
    case WS_FLOAT_VALUE_TYPE: *length = number_write_float(*(const float *)value, text); break;
    case WS_DOUBLE_VALUE_TYPE: *length = number_write_double(*(const double *)value, text); break;
    case WS_DECIMAL_VALUE_TYPE: return number_write_decimal(value, text, length, error);
    case WS_DATETIME_VALUE_TYPE: return date_write_datetime(value, text, length, error);
    case WS_TIMESPAN_VALUE_TYPE: *length = date_write_timespan(value, text); break;
    case WS_GUID_VALUE_TYPE: *length = date_write_guid(value, text); break;
    case WS_DURATION_VALUE_TYPE: return date_write_duration(value, text, length, error);
    default: return unknown_type(type, error);
    }
    return S_OK;
}

static HRESULT parse_signed(const BYTE *text, size_t length, ULONG size, void *value)
{
    int64_t max = INT64_MAX >> (64 - 8 * size), parsed;
    HRESULT hr = number_parse_int64(text, length, -max - 1, max, &parsed);

    if (hr == S_OK)
        memcpy(value, &parsed, size);
    return hr;
}

/* Of 8 and 16 bits: there "-200" is a number, which is out of range. */
static HRESULT parse_small_unsigned(const BYTE *text, size_t length, ULONG size, void *value)
{
    int64_t parsed;
    HRESULT hr = number_parse_int64(text, length, 0, UINT16_MAX >> (16 - 8 * size), &parsed);

    if (hr == S_OK)
        memcpy(value, &parsed, size);
    return hr;
}

static HRESULT parse_unsigned(const BYTE *text, size_t length, ULONG size, void *value)
{
    uint64_t parsed;
    HRESULT hr = number_parse_uint64(text, length, UINT64_MAX >> (64 - 8 * size), &parsed);

    if (hr == S_OK)
        memcpy(value, &parsed, size);
    return hr;
}

static HRESULT outside(WS_VALUE_TYPE type, const BYTE *text, size_t length, WS_ERROR *error)
{
    char excerpt[TEXT_EXCERPT_ROOM];

    return error_report(error, WS_E_NUMERIC_OVERFLOW, "\"%s\" is outside the range of %s.",
                        text_excerpt(text, length, excerpt), value_types[type].name);
}

HRESULT value_parse(WS_VALUE_TYPE type, const BYTE *text, size_t length, void *value, WS_ERROR *error)
{
    const struct value_type *found = find_type(type);
    char excerpt[TEXT_EXCERPT_ROOM];
    HRESULT hr;

    if (!found)
        return unknown_type(type, error);
    text_trim(&text, &length);
    switch (type)
    {
    case WS_BOOL_VALUE_TYPE: hr = number_parse_bool(text, length, value); break;
    case WS_INT8_VALUE_TYPE:
    case WS_INT16_VALUE_TYPE:
    case WS_INT32_VALUE_TYPE:
    case WS_INT64_VALUE_TYPE: hr = parse_signed(text, length, found->size, value); break;
    case WS_UINT8_VALUE_TYPE:
    case WS_UINT16_VALUE_TYPE: hr = parse_small_unsigned(text, length, found->size, value); break;
    case WS_UINT32_VALUE_TYPE:
    case WS_UINT64_VALUE_TYPE: hr = parse_unsigned(text, length, found->size, value); break;
    case WS_FLOAT_VALUE_TYPE: hr = number_parse_float(text, length, value); break;
    case WS_DOUBLE_VALUE_TYPE: hr = number_parse_double(text, length, value); break;
    case WS_DECIMAL_VALUE_TYPE: hr = number_parse_decimal(text, length, value); break;
    case WS_DATETIME_VALUE_TYPE: hr = date_parse_datetime(text, length, value); break;
    case WS_TIMESPAN_VALUE_TYPE: hr = date_parse_timespan(text, length, value); break;
    case WS_GUID_VALUE_TYPE: hr = date_parse_guid(text, length, value); break;
    case WS_DURATION_VALUE_TYPE: hr = date_parse_duration(text, length, value); break;
    default: return unknown_type(type, error);
    }
    if (hr == S_OK)
        return S_OK;
    if (hr == WS_E_NUMERIC_OVERFLOW)
        return outside(type, text, length, error);
    text_excerpt(text, length, excerpt);
    return error_report(error, hr, length ? "\"%s\" is not %s." : "The text is empty%s; %s is expected.", excerpt,
                        found->name);
}

/* --- Texts --- */

/* The value of a text whose type is that of a value; *value points into the text. */
static bool text_value(const WS_XML_TEXT *text, WS_VALUE_TYPE *type, const void **value)
{
    switch (text->textType)
    {
#define VALUE(name, value_type, structure) \
    case name: \
        *type = value_type; \
        *value = &((const structure *)text)->value; \
        return true;
        VALUE(WS_XML_TEXT_TYPE_BOOL, WS_BOOL_VALUE_TYPE, WS_XML_BOOL_TEXT)
        VALUE(WS_XML_TEXT_TYPE_INT32, WS_INT32_VALUE_TYPE, WS_XML_INT32_TEXT)
        VALUE(WS_XML_TEXT_TYPE_INT64, WS_INT64_VALUE_TYPE, WS_XML_INT64_TEXT)
        VALUE(WS_XML_TEXT_TYPE_UINT64, WS_UINT64_VALUE_TYPE, WS_XML_UINT64_TEXT)
        VALUE(WS_XML_TEXT_TYPE_FLOAT, WS_FLOAT_VALUE_TYPE, WS_XML_FLOAT_TEXT)
        VALUE(WS_XML_TEXT_TYPE_DOUBLE, WS_DOUBLE_VALUE_TYPE, WS_XML_DOUBLE_TEXT)
        VALUE(WS_XML_TEXT_TYPE_DECIMAL, WS_DECIMAL_VALUE_TYPE, WS_XML_DECIMAL_TEXT)
        VALUE(WS_XML_TEXT_TYPE_GUID, WS_GUID_VALUE_TYPE, WS_XML_GUID_TEXT)
        VALUE(WS_XML_TEXT_TYPE_DATETIME, WS_DATETIME_VALUE_TYPE, WS_XML_DATETIME_TEXT)
        VALUE(WS_XML_TEXT_TYPE_TIMESPAN, WS_TIMESPAN_VALUE_TYPE, WS_XML_TIMESPAN_TEXT)
#undef VALUE
    default: return false;
    }
}

HRESULT value_write_text(const WS_XML_TEXT *text, BYTE *written, size_t *length, WS_ERROR *error)
{
    WS_VALUE_TYPE type;
    const void *value;

    return text_value(text, &type, &value) ? value_write(type, value, written, length, error) : S_FALSE;
}

static HRESULT take_memory(struct arena *arena, uint64_t wanted, BYTE **memory, WS_ERROR *error)
{
    /* A size that is no size_t is more than any arena has. */
    size_t size = wanted > SIZE_MAX ? SIZE_MAX : (size_t)wanted;

    if ((*memory = arena_alloc(arena, size)))
        return S_OK;
    if (size > arena->quota_left)
        return error_report(error, WS_E_QUOTA_EXCEEDED, "A text of %zu bytes does not fit: %zu of %zu are in use.",
                            size, arena_requested(arena), arena->quota);
    return error_report(error, E_OUTOFMEMORY, "There is no memory for a text of %zu bytes.", size);
}

static HRESULT null_pointer(const char *what, WS_ERROR *error)
{
    return error_report(error, E_INVALIDARG, "The %s of a text are NULL.", what);
}

static HRESULT utf16_text(const WS_XML_UTF16_TEXT *text, struct arena *arena, const BYTE **bytes, size_t *length,
                          WS_ERROR *error)
{
    const WCHAR *chars = (const WCHAR *)(const void *)text->bytes;
    size_t count = text->byteCount / sizeof(WCHAR), needed;
    BYTE *memory;
    HRESULT hr;

    if (text->byteCount && !text->bytes)
        return null_pointer("bytes", error);
    if (text->byteCount % sizeof(WCHAR))
        return error_report(error, WS_E_INVALID_FORMAT, "A text in UTF-16 has an odd number of bytes: %u.",
                            (unsigned)text->byteCount);
    if ((uintptr_t)chars % sizeof(WCHAR))
    {
        if ((hr = take_memory(arena, text->byteCount, &memory, error)) != S_OK)
            return hr;
        memcpy(memory, text->bytes, text->byteCount);
        chars = (const WCHAR *)(const void *)memory;
    }
    if (!utf16_to_utf8_length(chars, count, &needed))
        return error_report(error, WS_E_INVALID_FORMAT,
                            "A text of %zu characters is not valid UTF-16: one half of a "
                            "surrogate pair is missing.",
                            count);
    if ((hr = take_memory(arena, needed, &memory, error)) != S_OK)
        return hr;
    utf16_to_utf8(chars, count, memory);
    *bytes = memory;
    *length = needed;
    return S_OK;
}

static HRESULT base64_text(const WS_XML_BASE64_TEXT *text, struct arena *arena, const BYTE **bytes, size_t *length,
                           WS_ERROR *error)
{
    uint64_t needed = ((uint64_t)text->length + 2) / 3 * 4;
    BYTE *memory;
    HRESULT hr;

    if (text->length && !text->bytes)
        return null_pointer("bytes", error);
    if ((hr = take_memory(arena, needed, &memory, error)) != S_OK)
        return hr;
    base64_encode(text->bytes, text->length, memory);
    *bytes = memory;
    *length = (size_t)needed;
    return S_OK;
}

static HRESULT unique_id_text(const WS_XML_UNIQUE_ID_TEXT *text, struct arena *arena, const BYTE **bytes,
                              size_t *length, WS_ERROR *error)
{
    const size_t prefix = sizeof(UNIQUE_ID_PREFIX) - 1;
    BYTE *memory;
    HRESULT hr;

    if ((hr = take_memory(arena, prefix + DATE_GUID_ROOM, &memory, error)) != S_OK)
        return hr;
    memcpy(memory, UNIQUE_ID_PREFIX, prefix);
    *length = prefix + date_write_guid(&text->value, memory + prefix);
    *bytes = memory;
    return S_OK;
}

static HRESULT check_utf8(const BYTE *bytes, size_t length, WS_ERROR *error)
{
    if (LIKELY(!length) || LIKELY(utf8_find_invalid(bytes, bytes + length) == bytes + length))
        return S_OK;
    return error_report(error, WS_E_INVALID_FORMAT, "A text of %zu bytes is not valid UTF-8: the byte %zu is wrong.",
                        length, (size_t)(utf8_find_invalid(bytes, bytes + length) - bytes));
}

/* prefix:localName, or the local name alone if the prefix is empty. */
static HRESULT qname_text(const WS_XML_QNAME_TEXT *text, struct arena *arena, const BYTE **bytes, size_t *length,
                          WS_ERROR *error)
{
    ULONG prefix = text->prefix ? text->prefix->length : 0, name;
    BYTE *memory;
    HRESULT hr;

    if (!text->localName || (text->localName->length && !text->localName->bytes) || (prefix && !text->prefix->bytes))
        return null_pointer("name's characters", error);
    name = text->localName->length;
    if (!prefix)
    {
        *bytes = text->localName->bytes;
        *length = name;
        return check_utf8(*bytes, *length, error);
    }
    if ((hr = take_memory(arena, (uint64_t)prefix + 1 + name, &memory, error)) != S_OK)
        return hr;
    memcpy(memory, text->prefix->bytes, prefix);
    memory[prefix] = ':';
    if (name)
        memcpy(memory + prefix + 1, text->localName->bytes, name);
    *bytes = memory;
    *length = (size_t)prefix + 1 + name;
    return check_utf8(*bytes, *length, error);
}

static HRESULT value_text(WS_VALUE_TYPE type, const void *value, struct arena *arena, const BYTE **bytes,
                          size_t *length, WS_ERROR *error)
{
    BYTE text[VALUE_ROOM], *memory;
    size_t needed;
    HRESULT hr;

    if ((hr = value_write(type, value, text, &needed, error)) != S_OK ||
        (hr = take_memory(arena, needed, &memory, error)) != S_OK)
        return hr;
    memcpy(memory, text, needed);
    *bytes = memory;
    *length = needed;
    return S_OK;
}

/* A text of any type but a list. */
static HRESULT item_text(const WS_XML_TEXT *text, struct arena *arena, const BYTE **bytes, size_t *length,
                         WS_ERROR *error)
{
    WS_VALUE_TYPE type;
    const void *value;

    if (!text)
        return null_pointer("items", error);
    if (text_value(text, &type, &value))
        return value_text(type, value, arena, bytes, length, error);
    switch (text->textType)
    {
    case WS_XML_TEXT_TYPE_UTF8:
        *bytes = ((const WS_XML_UTF8_TEXT *)text)->value.bytes;
        *length = ((const WS_XML_UTF8_TEXT *)text)->value.length;
        if (*length && !*bytes)
            return null_pointer("bytes", error);
        return check_utf8(*bytes, *length, error);
    case WS_XML_TEXT_TYPE_UTF16: return utf16_text((const WS_XML_UTF16_TEXT *)text, arena, bytes, length, error);
    case WS_XML_TEXT_TYPE_BASE64: return base64_text((const WS_XML_BASE64_TEXT *)text, arena, bytes, length, error);
    case WS_XML_TEXT_TYPE_UNIQUE_ID:
        return unique_id_text((const WS_XML_UNIQUE_ID_TEXT *)text, arena, bytes, length, error);
    case WS_XML_TEXT_TYPE_QNAME: return qname_text((const WS_XML_QNAME_TEXT *)text, arena, bytes, length, error);
    case WS_XML_TEXT_TYPE_LIST: return error_report(error, E_INVALIDARG, "A list of texts contains another list.");
    default:
        return error_report(error, E_INVALIDARG, "There is no %s.",
                            constant_name(CONSTANT_TEXT_TYPE, (uint32_t)text->textType).text);
    }
}

struct piece
{
    const BYTE *bytes;
    size_t length;
};

/* The texts of the items with a space between each two. */
static HRESULT list_text(const WS_XML_LIST_TEXT *list, struct arena *arena, const BYTE **bytes, size_t *length,
                         WS_ERROR *error)
{
    uint64_t total = list->itemCount, needed;
    struct piece *pieces;
    BYTE *memory, *out;
    HRESULT hr;
    ULONG i;

    if (list->itemCount && !list->items)
        return null_pointer("items", error);
    needed = (uint64_t)list->itemCount * sizeof(*pieces);
    if ((hr = take_memory(arena, needed, &memory, error)) != S_OK)
        return hr;
    pieces = (struct piece *)(void *)memory;
    for (i = 0; i < list->itemCount; i++)
    {
        if ((hr = item_text(list->items[i], arena, &pieces[i].bytes, &pieces[i].length, error)) != S_OK)
            return hr;
        total += pieces[i].length;
    }
    if ((hr = take_memory(arena, total, &memory, error)) != S_OK)
        return hr;
    for (i = 0, out = memory; i < list->itemCount; i++)
    {
        if (pieces[i].length)
            memcpy(out, pieces[i].bytes, pieces[i].length);
        out += pieces[i].length;
        *out++ = ' ';
    }
    *bytes = memory;
    *length = list->itemCount ? (size_t)total - 1 : 0;
    return S_OK;
}

HRESULT text_to_utf8(const WS_XML_TEXT *text, struct arena *arena, const BYTE **bytes, size_t *length, WS_ERROR *error)
{
    const BYTE *found;
    size_t found_length;
    HRESULT hr;

    if (text && text->textType == WS_XML_TEXT_TYPE_LIST)
        hr = list_text((const WS_XML_LIST_TEXT *)text, arena, &found, &found_length, error);
    else
        hr = item_text(text, arena, &found, &found_length, error);
    if (hr != S_OK)
        return hr;
    *bytes = found;
    *length = found_length;
    return S_OK;
}

/* Copies a value, if it is valid: not every date is in range, nor every decimal. A boolean becomes TRUE or FALSE. */
static HRESULT copy_value(WS_VALUE_TYPE type, const void *held, void *value, WS_ERROR *error)
{
    BYTE text[VALUE_ROOM];
    size_t length;
    HRESULT hr;

    if ((type == WS_DATETIME_VALUE_TYPE || type == WS_DECIMAL_VALUE_TYPE) &&
        (hr = value_write(type, held, text, &length, error)) != S_OK)
        return hr;
    if (type == WS_BOOL_VALUE_TYPE)
        *(BOOL *)value = *(const BOOL *)held ? TRUE : FALSE;
    else
        memcpy(value, held, value_size(type));
    return S_OK;
}

static bool is_signed(WS_VALUE_TYPE type)
{
    return type >= WS_INT8_VALUE_TYPE && type <= WS_INT64_VALUE_TYPE;
}

static bool is_integer(WS_VALUE_TYPE type)
{
    return type >= WS_INT8_VALUE_TYPE && type <= WS_UINT64_VALUE_TYPE;
}

/*
 * An integer as one of another type. Observed on Windows: what does not fit is an overflow, where the same number as
 * characters can be none at all.
 */
static HRESULT convert_integer(WS_VALUE_TYPE from, const void *held, WS_VALUE_TYPE type, void *value, WS_ERROR *error)
{
    ULONG size = value_size(type);
    uint64_t max = UINT64_MAX >> (64 - 8 * size) >> is_signed(type), bits;
    BYTE text[VALUE_ROOM];
    size_t length = 0;
    bool negative;

    bits = is_signed(from) ? (uint64_t)load_signed(held, value_size(from)) : load_unsigned(held, value_size(from));
    negative = is_signed(from) && (int64_t)bits < 0;
    if (negative ? is_signed(type) && ~bits <= max : bits <= max)
    {
        memcpy(value, &bits, size);
        return S_OK;
    }
    value_write(from, held, text, &length, NULL);
    return outside(type, text, length, error);
}

HRESULT value_of_text(const WS_XML_TEXT *text, WS_VALUE_TYPE type, void *value, WS_ERROR *error)
{
    BYTE written[VALUE_ROOM];
    WS_VALUE_TYPE text_type;
    const void *held;
    size_t length;
    HRESULT hr;

    if (!text_value(text, &text_type, &held))
        return S_FALSE;
    if (text_type == type)
        return copy_value(type, held, value, error);
    if (is_integer(text_type) && is_integer(type))
        return convert_integer(text_type, held, type, value, error);
    hr = value_write(text_type, held, written, &length, error);
    return hr == S_OK ? value_parse(type, written, length, value, error) : hr;
}

HRESULT text_to_value(const WS_XML_TEXT *text, struct arena *arena, WS_VALUE_TYPE type, void *value, WS_ERROR *error)
{
    const BYTE *bytes;
    size_t length;
    HRESULT hr;

    if (text && (hr = value_of_text(text, type, value, error)) != S_FALSE)
        return hr;
    hr = text_to_utf8(text, arena, &bytes, &length, error);
    return hr == S_OK ? value_parse(type, bytes, length, value, error) : hr;
}
