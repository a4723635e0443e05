/* SPDX-License-Identifier: MIT */
/*
 * encode_binary.c - the encoder of the binary encoding; see binary_records.h. Which strings have ids is in
 * encode_binary_strings.c.
 *
 * Each value is written in the shortest record that reads back as the same value: integers of any type in as few bytes
 * as hold them, a double as an integer or a float if that is shorter and exact, also as text. (.NET goes further: it
 * loses the sign of minus zero, and digits of doubles that happen to be floats.) Characters stay characters, even "0"
 * and "1".
 *
 * A text that turns out to be the last thing in its element becomes ...WithEndElement by a change of its first byte,
 * unless the bytes have been flushed or returned meanwhile.
 *
 * There are no CDATA sections in this encoding: their texts are written as such.
 */
#include "xml/writer/encode_binary.h"

#include "base/constants.h"
#include "base/error.h"
#include "base/text.h"
#include "values/number.h"
#include "xml/block.h"
#include "xml/writer/check.h"
#include "xml/writer/encoder.h"
#include "xml/writer/output.h"
#include "xml/writer/writer_object.h"

/* The room for anything of a fixed size: the longest is a record with a GUID. */
#define SMALL_ROOM 24u

/* --- Records --- */

/* Writes the first `count` of SMALL_ROOM bytes. */
static inline HRESULT put_small(WS_XML_WRITER *writer, const BYTE *bytes, size_t count, WS_ERROR *error)
{
    struct writer_output *output = &writer->output;

    if (UNLIKELY((size_t)(output->end - output->pos) < SMALL_ROOM))
        return writer_put_slow(writer, bytes, count, error);
    memcpy(output->pos, bytes, SMALL_ROOM); /* a constant size, which takes no loop */
    output->pos += count;
    return S_OK;
}

static inline HRESULT put_record(WS_XML_WRITER *writer, unsigned record, WS_ERROR *error)
{
    struct writer_output *output = &writer->output;
    BYTE byte = (BYTE)record;

    if (UNLIKELY(output->pos == output->end))
        return writer_put_slow(writer, &byte, 1, error);
    *output->pos++ = byte;
    return S_OK;
}

static COLD HRESULT too_long(size_t length, const char *what, WS_ERROR *error)
{
    return error_report(error, WS_E_INVALID_FORMAT,
                        "%s of %zu bytes is too long for the binary encoding, which allows %u.", what, length,
                        BINARY_MAX_INT31);
}

/* A record whose string is given by its length and bytes. */
static inline HRESULT put_string(WS_XML_WRITER *writer, unsigned record, const WS_XML_STRING *string, WS_ERROR *error)
{
    struct writer_output *output = &writer->output;
    BYTE header[SMALL_ROOM] = {0}, *end;
    HRESULT hr;

    if (LIKELY(string->length < 0x80 && (size_t)(output->end - output->pos) >= 2 + (size_t)string->length))
    {
        output->pos[0] = (BYTE)record;
        output->pos[1] = (BYTE)string->length;
        output->pos = block_copy(output->pos + 2, string->bytes, string->length);
        return S_OK;
    }
    if (string->length > BINARY_MAX_INT31)
        return too_long(string->length, "A string", error);
    header[0] = (BYTE)record;
    end = binary_put_int31(header + 1, string->length);
    hr = put_small(writer, header, (size_t)(end - header), error);
    return hr == S_OK ? writer_put(writer, string->bytes, string->length, error) : hr;
}

/* A string without a record. */
static HRESULT put_bare_string(WS_XML_WRITER *writer, const WS_XML_STRING *string, WS_ERROR *error)
{
    BYTE header[SMALL_ROOM] = {0}, *end;
    HRESULT hr;

    if (string->length > BINARY_MAX_INT31)
        return too_long(string->length, "A string", error);
    end = binary_put_int31(header, string->length);
    hr = put_small(writer, header, (size_t)(end - header), error);
    return hr == S_OK ? writer_put(writer, string->bytes, string->length, error) : hr;
}

static HRESULT put_id(WS_XML_WRITER *writer, uint32_t id, WS_ERROR *error)
{
    BYTE bytes[SMALL_ROOM] = {0};

    return put_small(writer, bytes, (size_t)(binary_put_int31(bytes, id) - bytes), error);
}

/* A string after a record: its id, if it has one, or else its bytes. */
static HRESULT put_found(WS_XML_WRITER *writer, const WS_XML_STRING *string, HRESULT found, uint32_t id,
                         WS_ERROR *error)
{
    return found == S_OK ? put_id(writer, id, error) : put_bare_string(writer, string, error);
}

const struct binary_name_records binary_element_names = {
    RECORD_SHORT_ELEMENT,      RECORD_ELEMENT,          RECORD_SHORT_DICTIONARY_ELEMENT,
    RECORD_DICTIONARY_ELEMENT, RECORD_PREFIX_ELEMENT_A, RECORD_PREFIX_DICTIONARY_ELEMENT_A};

const struct binary_name_records binary_attribute_names = {
    RECORD_SHORT_ATTRIBUTE,      RECORD_ATTRIBUTE,          RECORD_SHORT_DICTIONARY_ATTRIBUTE,
    RECORD_DICTIONARY_ATTRIBUTE, RECORD_PREFIX_ATTRIBUTE_A, RECORD_PREFIX_DICTIONARY_ATTRIBUTE_A};

static inline HRESULT put_name(WS_XML_WRITER *writer, const struct binary_name_records *records,
                               const WS_XML_STRING *prefix, const WS_XML_STRING *local, WS_ERROR *error)
{
    uint32_t id = 0;
    HRESULT hr, found = writer_binary_find(writer, local, &id, error);
    unsigned record;

    if (UNLIKELY(FAILED(found)))
        return found;
    if (prefix->length && !binary_is_letter(prefix))
    {
        record = found == S_OK ? records->full_dictionary : records->full;
        hr = put_string(writer, record, prefix, error);
        return hr == S_OK ? put_found(writer, local, found, id, error) : hr;
    }
    if (prefix->length)
        record = (found == S_OK ? records->letter_dictionary : records->letter) + (unsigned)(prefix->bytes[0] - 'a');
    else
        record = found == S_OK ? records->brief_dictionary : records->brief;
    if (found != S_OK)
        return put_string(writer, record, local, error);
    hr = put_record(writer, record, error);
    return hr == S_OK ? put_id(writer, id, error) : hr;
}

static HRESULT put_declaration(WS_XML_WRITER *writer, const WS_XML_ATTRIBUTE *attribute, WS_ERROR *error)
{
    uint32_t id = 0;
    HRESULT hr, found = writer_binary_find(writer, attribute->ns, &id, error);
    bool is_found = found == S_OK;

    if (FAILED(found))
        return found;
    if (attribute->prefix->length)
        hr = put_string(writer, is_found ? RECORD_DICTIONARY_XMLNS_ATTRIBUTE : RECORD_XMLNS_ATTRIBUTE,
                        attribute->prefix, error);
    else
        hr = put_record(writer, is_found ? RECORD_SHORT_DICTIONARY_XMLNS_ATTRIBUTE : RECORD_SHORT_XMLNS_ATTRIBUTE,
                        error);
    return hr == S_OK ? put_found(writer, attribute->ns, found, id, error) : hr;
}

/* --- Numbers and other values of a fixed size --- */

static HRESULT put_fixed(WS_XML_WRITER *writer, unsigned record, uint64_t value, size_t size, WS_ERROR *error)
{
    BYTE bytes[SMALL_ROOM] = {0};

    bytes[0] = (BYTE)record;
    binary_put64(bytes + 1, value);
    return put_small(writer, bytes, 1 + size, error);
}

static HRESULT put_int64(WS_XML_WRITER *writer, int64_t value, WS_ERROR *error)
{
    if (value == 0 || value == 1)
        return put_record(writer, value ? RECORD_ONE_TEXT : RECORD_ZERO_TEXT, error);
    if (value >= INT8_MIN && value <= INT8_MAX)
        return put_fixed(writer, RECORD_INT8_TEXT, (uint64_t)value, 1, error);
    if (value >= INT16_MIN && value <= INT16_MAX)
        return put_fixed(writer, RECORD_INT16_TEXT, (uint64_t)value, 2, error);
    if (value >= INT32_MIN && value <= INT32_MAX)
        return put_fixed(writer, RECORD_INT32_TEXT, (uint64_t)value, 4, error);
    return put_fixed(writer, RECORD_INT64_TEXT, (uint64_t)value, 8, error);
}

/* Whether a number is an integer within a range of int32_t; minus zero is not. */
static bool is_integer(double value, double min, double max, int64_t *integer)
{
    if (!(value >= min && value <= max))
        return false;
    *integer = (int64_t)value;
    return (double)*integer == value && (*integer || !__builtin_signbit(value));
}

/* A larger integer would take no less than a float does. */
static HRESULT put_float(WS_XML_WRITER *writer, float value, WS_ERROR *error)
{
    uint32_t bits;
    int64_t integer;

    if (is_integer((double)value, INT16_MIN, INT16_MAX, &integer))
        return put_int64(writer, integer, error);
    memcpy(&bits, &value, sizeof(bits));
    return put_fixed(writer, RECORD_FLOAT_TEXT, bits, 4, error);
}

/*
 * Whether a double is a float with the same text: (double)0.1f is a float, but the text of that is "0.1", which is
 * another double. So a document does not change when it is converted to text.
 */
static bool is_float(double value)
{
    const double limit = 3.40282346638528859812e38; /* the largest float */
    BYTE text[NUMBER_DOUBLE_ROOM], float_text[NUMBER_DOUBLE_ROOM];
    size_t length;

    /* Infinities are doubles, as observed on Windows, and so is NaN, since a float does not have all of its bits. */
    if (!(value >= -limit && value <= limit && (double)(float)value == value))
        return false;
    length = number_write_double(value, text);
    return number_write_float((float)value, float_text) == length && !memcmp(text, float_text, length);
}

static HRESULT put_double(WS_XML_WRITER *writer, double value, WS_ERROR *error)
{
    uint64_t bits;
    int64_t integer;

    if (is_integer(value, INT32_MIN, INT32_MAX, &integer))
        return put_int64(writer, integer, error);
    if (is_float(value))
        return put_float(writer, (float)value, error);
    memcpy(&bits, &value, sizeof(bits));
    return put_fixed(writer, RECORD_DOUBLE_TEXT, bits, 8, error);
}

static HRESULT put_datetime(WS_XML_WRITER *writer, const WS_DATETIME *value, WS_ERROR *error)
{
    uint64_t bits = 0;
    HRESULT hr = binary_encode_datetime(value, &bits, error);

    return hr == S_OK ? put_fixed(writer, RECORD_DATETIME_TEXT, bits, 8, error) : hr;
}

static HRESULT put_decimal(WS_XML_WRITER *writer, const DECIMAL *value, WS_ERROR *error)
{
    BYTE bytes[SMALL_ROOM] = {RECORD_DECIMAL_TEXT};
    HRESULT hr = binary_encode_decimal(value, bytes + 1, error);

    return hr == S_OK ? put_small(writer, bytes, 17, error) : hr;
}

static HRESULT put_guid(WS_XML_WRITER *writer, unsigned record, const GUID *value, WS_ERROR *error)
{
    BYTE bytes[SMALL_ROOM] = {(BYTE)record};

    binary_encode_guid(value, bytes + 1);
    return put_small(writer, bytes, 17, error);
}

/* --- Characters and bytes --- */

/* The record for a length, of three that have 8, 16 and 32 bits for it. */
static HRESULT put_length(WS_XML_WRITER *writer, unsigned record, size_t length, WS_ERROR *error)
{
    if (length <= 0xff)
        return put_fixed(writer, record, length, 1, error);
    if (length <= 0xffff)
        return put_fixed(writer, record + 2, length, 2, error);
    if (length <= BINARY_MAX_INT31)
        return put_fixed(writer, record + 4, length, 4, error);
    return too_long(length, "A text", error);
}

static inline HRESULT put_counted(WS_XML_WRITER *writer, unsigned record, const BYTE *bytes, size_t length,
                                  WS_ERROR *error)
{
    struct writer_output *output = &writer->output;
    HRESULT hr;

    if (LIKELY(length <= 0xff && (size_t)(output->end - output->pos) >= 2 + length))
    {
        output->pos[0] = (BYTE)record;
        output->pos[1] = (BYTE)length;
        output->pos = block_copy(output->pos + 2, bytes, length);
        return S_OK;
    }
    hr = put_length(writer, record, length, error);
    return hr == S_OK ? writer_put(writer, bytes, length, error) : hr;
}

static HRESULT put_utf8(WS_XML_WRITER *writer, const WS_XML_STRING *value, WS_ERROR *error)
{
    uint32_t id = 0;
    HRESULT hr;

    /* Only strings that came out of a dictionary are looked up: texts differ too much. */
    if (UNLIKELY(value->dictionary != NULL) && value->length)
    {
        if (FAILED(hr = writer_binary_find(writer, value, &id, error)))
            return hr;
        if (hr == S_OK)
        {
            hr = put_record(writer, RECORD_DICTIONARY_TEXT, error);
            return hr == S_OK ? put_id(writer, id, error) : hr;
        }
    }
    return put_counted(writer, RECORD_CHARS8_TEXT, value->bytes, value->length, error);
}

/* How many of the code units at `bytes` (2 bytes each, not aligned) are converted at once; a pair is not parted. */
#define UNITS 256u

static size_t next_units(const BYTE *bytes, size_t left, WCHAR units[UNITS])
{
    size_t count = left / 2 < UNITS ? left / 2 : UNITS;

    memcpy(units, bytes, count * 2);
    if (count * 2 < left && count > 1 && units[count - 1] >= 0xd800 && units[count - 1] <= 0xdbff)
        count--;
    return count;
}

/* UTF-16 is written as UTF-8 unless that is longer. */
static HRESULT put_utf16(WS_XML_WRITER *writer, const BYTE *bytes, size_t size, WS_ERROR *error)
{
    const BYTE *p, *end = bytes + (size & ~(size_t)1);
    uint64_t length = 0;
    size_t count, part;
    WCHAR units[UNITS];
    BYTE utf8[UNITS * 3];
    HRESULT hr;

    for (p = bytes; p < end; p += count * 2)
    {
        count = next_units(p, (size_t)(end - p), units);
        if (!utf16_to_utf8_length(units, count, &part))
            return error_report(error, WS_E_INVALID_FORMAT,
                                "The text is not valid UTF-16: one half of a surrogate pair is missing.");
        length += part;
    }
    if (length > (size_t)(end - bytes))
        return put_counted(writer, RECORD_UNICODE_CHARS8_TEXT, bytes, (size_t)(end - bytes), error);
    if ((hr = put_length(writer, RECORD_CHARS8_TEXT, (size_t)length, error)) != S_OK)
        return hr;
    for (p = bytes; p < end; p += count * 2)
    {
        count = next_units(p, (size_t)(end - p), units);
        utf16_to_utf8_length(units, count, &part);
        utf16_to_utf8(units, count, utf8);
        if ((hr = writer_put(writer, utf8, part, error)) != S_OK)
            return hr;
    }
    return S_OK;
}

/* A QName has a record only with a prefix of one letter and a name that has an id. */
static HRESULT put_qname(WS_XML_WRITER *writer, const WS_XML_QNAME_TEXT *qname, WS_ERROR *error)
{
    const WS_XML_STRING *prefix = qname->prefix ? qname->prefix : &xml_empty, *local = qname->localName;
    uint32_t id = 0;
    uint64_t length = (uint64_t)prefix->length + (prefix->length ? 1 : 0) + local->length;
    BYTE record[SMALL_ROOM] = {0};
    HRESULT hr = S_FALSE;

    if (binary_is_letter(prefix) && FAILED(hr = writer_binary_find(writer, local, &id, error)))
        return hr;
    if (hr == S_OK)
    {
        record[0] = RECORD_QNAME_DICTIONARY_TEXT;
        record[1] = (BYTE)(prefix->bytes[0] - 'a');
        return put_small(writer, record, (size_t)(binary_put_int31(record + 2, id) - record), error);
    }
    if (!prefix->length)
        return put_utf8(writer, local, error);
    if (length > BINARY_MAX_INT31)
        return too_long((size_t)length, "A QName", error);
    if ((hr = put_length(writer, RECORD_CHARS8_TEXT, (size_t)length, error)) != S_OK ||
        (hr = writer_put(writer, prefix->bytes, prefix->length, error)) != S_OK ||
        (hr = put_record(writer, ':', error)) != S_OK)
        return hr;
    return writer_put(writer, local->bytes, local->length, error);
}

/* --- Texts --- */

/*
 * Any text but a list, as one record. One without characters, or bytes, has a length of 0, as observed on Windows of
 * attributes; EmptyText is not written.
 */
HRESULT writer_binary_put_value(WS_XML_WRITER *writer, const WS_XML_TEXT *text, WS_ERROR *error)
{
    switch (text->textType)
    {
    case WS_XML_TEXT_TYPE_UTF8: return put_utf8(writer, &((const WS_XML_UTF8_TEXT *)text)->value, error);
    case WS_XML_TEXT_TYPE_UTF16:
        return put_utf16(writer, ((const WS_XML_UTF16_TEXT *)text)->bytes, ((const WS_XML_UTF16_TEXT *)text)->byteCount,
                         error);
    case WS_XML_TEXT_TYPE_BASE64:
        return put_counted(writer, RECORD_BYTES8_TEXT, ((const WS_XML_BASE64_TEXT *)text)->bytes,
                           ((const WS_XML_BASE64_TEXT *)text)->length, error);
    case WS_XML_TEXT_TYPE_BOOL:
        return put_record(writer, ((const WS_XML_BOOL_TEXT *)text)->value ? RECORD_TRUE_TEXT : RECORD_FALSE_TEXT,
                          error);
    case WS_XML_TEXT_TYPE_INT32: return put_int64(writer, ((const WS_XML_INT32_TEXT *)text)->value, error);
    case WS_XML_TEXT_TYPE_INT64: return put_int64(writer, ((const WS_XML_INT64_TEXT *)text)->value, error);
    case WS_XML_TEXT_TYPE_UINT64:
        if (((const WS_XML_UINT64_TEXT *)text)->value <= INT64_MAX)
            return put_int64(writer, (int64_t)((const WS_XML_UINT64_TEXT *)text)->value, error);
        return put_fixed(writer, RECORD_UINT64_TEXT, ((const WS_XML_UINT64_TEXT *)text)->value, 8, error);
    case WS_XML_TEXT_TYPE_FLOAT: return put_float(writer, ((const WS_XML_FLOAT_TEXT *)text)->value, error);
    case WS_XML_TEXT_TYPE_DOUBLE: return put_double(writer, ((const WS_XML_DOUBLE_TEXT *)text)->value, error);
    case WS_XML_TEXT_TYPE_DECIMAL: return put_decimal(writer, &((const WS_XML_DECIMAL_TEXT *)text)->value, error);
    case WS_XML_TEXT_TYPE_GUID:
        return put_guid(writer, RECORD_UUID_TEXT, &((const WS_XML_GUID_TEXT *)text)->value, error);
    case WS_XML_TEXT_TYPE_UNIQUE_ID:
        return put_guid(writer, RECORD_UNIQUE_ID_TEXT, &((const WS_XML_UNIQUE_ID_TEXT *)text)->value, error);
    case WS_XML_TEXT_TYPE_DATETIME: return put_datetime(writer, &((const WS_XML_DATETIME_TEXT *)text)->value, error);
    case WS_XML_TEXT_TYPE_TIMESPAN:
        return put_fixed(writer, RECORD_TIMESPAN_TEXT, (uint64_t)((const WS_XML_TIMESPAN_TEXT *)text)->value.ticks, 8,
                         error);
    case WS_XML_TEXT_TYPE_QNAME: return put_qname(writer, (const WS_XML_QNAME_TEXT *)text, error);
    default:
        return error_report(error, WS_E_INVALID_FORMAT, "A text of %s cannot be written in binary in this place.",
                            constant_name(CONSTANT_TEXT_TYPE, (uint32_t)text->textType).text);
    }
}

static HRESULT put_list(WS_XML_WRITER *writer, const WS_XML_LIST_TEXT *list, WS_ERROR *error)
{
    HRESULT hr = put_record(writer, RECORD_START_LIST_TEXT, error);
    ULONG i;

    for (i = 0; i < list->itemCount && hr == S_OK; i++)
        if ((hr = writer_check_text(writer, list->items[i], error)) == S_OK)
            hr = writer_binary_put_value(writer, list->items[i], error);
    /* .NET does not know a record that ends a list and the element, so the end of a list does not become one. */
    return hr == S_OK ? put_record(writer, RECORD_END_LIST_TEXT, error) : hr;
}

/* Where the next record will begin, so that the end of the element can be added to it. */
static inline HRESULT text_place(WS_XML_WRITER *writer, BYTE **place, WS_ERROR *error)
{
    HRESULT hr;

    if (UNLIKELY(writer->output.pos == writer->output.end) && (hr = writer_more_room(writer, error)) != S_OK)
        return hr;
    *place = writer->output.pos;
    return S_OK;
}

static inline void end_text(WS_XML_WRITER *writer, BYTE *place)
{
    writer->binary->last_text = place;
    writer->binary->text_end = writer->output.pos;
}

/*
 * Bytes in content. Observed on Windows: a multiple of 3, whose base64 can be joined to that of others, and the rest in
 * a record of its own.
 */
static HRESULT put_bytes(WS_XML_WRITER *writer, const BYTE *bytes, size_t length, WS_ERROR *error)
{
    size_t rest = length > 3 ? length % 3 : 0;
    BYTE *place;
    HRESULT hr;

    if (rest)
    {
        if ((hr = put_counted(writer, RECORD_BYTES8_TEXT, bytes, length - rest, error)) != S_OK)
            return hr;
        bytes += length - rest;
        length = rest;
    }
    if ((hr = text_place(writer, &place, error)) == S_OK &&
        (hr = put_counted(writer, RECORD_BYTES8_TEXT, bytes, length, error)) == S_OK)
        end_text(writer, place);
    return hr;
}

static HRESULT binary_text(WS_XML_WRITER *writer, const WS_XML_TEXT *text, WS_ERROR *error)
{
    BYTE *place;
    HRESULT hr;

    if (text->textType == WS_XML_TEXT_TYPE_LIST)
    {
        writer->binary->last_text = NULL;
        return put_list(writer, (const WS_XML_LIST_TEXT *)text, error);
    }
    if (text->textType == WS_XML_TEXT_TYPE_BASE64)
        return put_bytes(writer, ((const WS_XML_BASE64_TEXT *)text)->bytes, ((const WS_XML_BASE64_TEXT *)text)->length,
                         error);
    if ((hr = writer_check_text(writer, text, error)) != S_OK)
        return hr;
    if ((hr = text_place(writer, &place, error)) == S_OK && (hr = writer_binary_put_value(writer, text, error)) == S_OK)
        end_text(writer, place);
    return hr;
}

/* --- Elements --- */

static HRESULT binary_element_start(WS_XML_WRITER *writer, const WS_XML_ELEMENT_NODE *element, WS_ERROR *error)
{
    const WS_XML_ATTRIBUTE *attribute;
    HRESULT hr;
    ULONG i;

    writer->binary->last_text = NULL;
    hr = put_name(writer, &binary_element_names, element->prefix, element->localName, error);
    for (i = 0; i < element->attributeCount && hr == S_OK; i++)
    {
        attribute = element->attributes[i];
        if (attribute->isXmlNs)
            hr = put_declaration(writer, attribute, error);
        else if ((hr = put_name(writer, &binary_attribute_names, attribute->prefix, attribute->localName, error)) ==
                 S_OK)
            hr = writer_binary_put_value(writer, attribute->value, error);
    }
    return hr;
}

static HRESULT binary_element_end(WS_XML_WRITER *writer, bool is_empty, WS_ERROR *error)
{
    struct writer_binary *binary = writer->binary;
    BYTE *text = binary->last_text;

    (void)is_empty;
    binary->last_text = NULL;
    /* When the output has been flushed, or joined into one piece, it does not end there any more. */
    if (text && binary->text_end == writer->output.pos)
    {
        *text |= RECORD_WITH_END_ELEMENT;
        return S_OK;
    }
    return put_record(writer, RECORD_END_ELEMENT, error);
}

static HRESULT binary_comment(WS_XML_WRITER *writer, const WS_XML_STRING *value, WS_ERROR *error)
{
    writer->binary->last_text = NULL;
    return put_string(writer, RECORD_COMMENT, value, error);
}

/* --- Bytes in pieces --- */

/*
 * They are held back until there are enough to be worth a record. All records but the last have a multiple of 3 bytes,
 * so that their base64 can be joined.
 */
static HRESULT binary_bytes(WS_XML_WRITER *writer, const BYTE *bytes, size_t count, WS_ERROR *error)
{
    struct writer_binary *binary = writer->binary;
    size_t whole;
    BYTE *place;
    HRESULT hr;

    while (count > sizeof(binary->held) - binary->held_count)
    {
        whole = count <= BINARY_MAX_INT31 - binary->held_count ? binary->held_count + count : BINARY_MAX_INT31;
        whole -= whole % 3;
        if ((hr = text_place(writer, &place, error)) != S_OK ||
            (hr = put_length(writer, RECORD_BYTES8_TEXT, whole, error)) != S_OK ||
            (hr = writer_put(writer, binary->held, binary->held_count, error)) != S_OK)
            return hr;
        whole -= binary->held_count;
        binary->held_count = 0;
        if ((hr = writer_put(writer, bytes, whole, error)) != S_OK)
            return hr;
        end_text(writer, place);
        bytes += whole;
        count -= whole;
    }
    block_copy(binary->held + binary->held_count, bytes, count);
    binary->held_count += (unsigned)count;
    return S_OK;
}

static HRESULT binary_bytes_end(WS_XML_WRITER *writer, WS_ERROR *error)
{
    struct writer_binary *binary = writer->binary;
    unsigned count = binary->held_count;

    binary->held_count = 0;
    return count ? put_bytes(writer, binary->held, count, error) : S_OK;
}

/* --- Arrays --- */

static HRESULT binary_array(WS_XML_WRITER *writer, const WS_XML_ELEMENT_NODE *element, WS_VALUE_TYPE type,
                            const BYTE *items, size_t size, ULONG count, WS_ERROR *error)
{
    unsigned record = binary_array_record(type);
    BYTE bytes[SMALL_ROOM] = {0};
    HRESULT hr;
    ULONG i;

    /* A single element is shorter without an array. */
    if (!record || count < 2 || count > BINARY_MAX_INT31)
        return S_FALSE;
    if ((hr = put_record(writer, RECORD_ARRAY, error)) != S_OK ||
        (hr = binary_element_start(writer, element, error)) != S_OK ||
        (hr = put_record(writer, RECORD_END_ELEMENT, error)) != S_OK)
        return hr;
    record |= RECORD_WITH_END_ELEMENT;
    if ((hr = put_record(writer, record, error)) != S_OK || (hr = put_id(writer, count, error)) != S_OK)
        return hr;
    record &= ~(unsigned)RECORD_WITH_END_ELEMENT;
    for (i = 0; i < count && hr == S_OK; i++, items += size)
        if ((hr = binary_encode_item(record, items, bytes, error)) == S_OK)
            hr = put_small(writer, bytes, binary_array_item_size(record | RECORD_WITH_END_ELEMENT), error);
    return hr;
}

/* --- The encoder --- */

static HRESULT binary_cdata(WS_XML_WRITER *writer, WS_ERROR *error)
{
    (void)writer, (void)error;
    return S_OK;
}

static size_t binary_bytes_to_close(const WS_XML_WRITER *writer)
{
    const struct writer_binary *binary = writer->binary;

    /* The bytes held back make up to two records. */
    return writer->depth + (binary->held_count ? 4 + (size_t)binary->held_count : 0);
}

static enum writer_direct binary_fast(const WS_XML_WRITER *writer)
{
    return writer->binary->callback ? DIRECT_NONE : DIRECT_BINARY;
}

const struct writer_encoder writer_binary_encoder = {
    .name = "binary",
    .fast = binary_fast,
    .element_start = binary_element_start,
    .element_end = binary_element_end,
    .text = binary_text,
    .bytes = binary_bytes,
    .bytes_end = binary_bytes_end,
    .array = binary_array,
    .comment = binary_comment,
    .cdata_start = binary_cdata,
    .cdata_end = binary_cdata,
    .bytes_to_close = binary_bytes_to_close,
};
