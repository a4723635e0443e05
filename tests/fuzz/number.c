/* SPDX-License-Identifier: MIT */
/*
 * A fuzzer of numbers, dates and base64: the first byte says what the rest of the input is, as text to be parsed or as
 * bits to be written. What can be parsed is written, parsed again, and must then be the same; the C library must agree
 * about floating point, and a model in 128 bits about integers. Run by `make fuzz-check`, under AddressSanitizer and
 * UBSan.
 */
#include "fuzz.h"

#include "values/base64.h"
#include "values/date.h"
#include "base/memory.h"
#include "values/number.h"
#include "base/text.h"
#include "xml/value.h"

#include <math.h>

union value
{
    BYTE bytes[64];
    double number;
    float small;
    WS_DATETIME date;
};

/* Whether two values are the same where the type has bits of its own: a WS_DATETIME has padding. */
static bool same(WS_VALUE_TYPE type, const union value *a, const union value *b)
{
    if (type == WS_DATETIME_VALUE_TYPE)
        return a->date.ticks == b->date.ticks && a->date.format == b->date.format;
    return !memcmp(a, b, value_size(type));
}

/* Whether the C library takes the whole of a text, in no form but those of XML Schema; or it is a zero without digits.
 */
static bool is_number(const char *text, size_t length)
{
    size_t sign = *text == '+' || *text == '-';
    char *end;

    if (length && (!text[sign] || !strcmp(text + sign, ".")))
        return true;
    strtod(text, &end);
    return length && end == text + length && strspn(text, "0123456789+-.eE") == length;
}

static void check_number(WS_VALUE_TYPE type, const union value *value, HRESULT hr, const BYTE *text, size_t length)
{
    char copy[2048];

    if (length >= sizeof(copy) || memchr(text, 0, length) || memchr(text, 'N', length))
        return; /* INF, NaN */
    memcpy(copy, text, length);
    copy[length] = 0;
    check(hr == (is_number(copy, length) ? S_OK : WS_E_INVALID_FORMAT));
    if (hr != S_OK)
        return;
    if (type == WS_DOUBLE_VALUE_TYPE)
    {
        double wanted = strtod(copy, NULL);

        check(!memcmp(&wanted, &value->number, sizeof(wanted)));
    }
    else
    {
        float wanted = strtof(copy, NULL);

        check(!memcmp(&wanted, &value->small, sizeof(wanted)));
    }
}

/* An integer is read as a wider one, which it must be, and then must fit; see number.h. */
static void check_integer(WS_VALUE_TYPE type, const union value *value, HRESULT hr, const BYTE *text, size_t length)
{
    __extension__ typedef unsigned __int128 uint128;
    bool is_signed = type <= WS_INT64_VALUE_TYPE, negative = length && *text == '-';
    unsigned bits = 8 * value_size(type), wide = bits < 32 || type == WS_INT32_VALUE_TYPE ? 32 : 64;
    bool wide_is_signed = is_signed || bits < 32;
    size_t i = length && ((negative && wide_is_signed) || (*text == '+' && is_signed)), digits = length - i;
    uint128 limit = (uint128)1 << (wide - wide_is_signed), bound = (uint128)1 << (bits - is_signed), number = 0;
    HRESULT wanted = S_OK;
    uint64_t kept;

    for (; i < length && text[i] >= '0' && text[i] <= '9'; i++)
        if (number <= limit)
            number = number * 10 + (text[i] - '0');
    if (!digits || i < length || number >= limit + negative)
        wanted = WS_E_INVALID_FORMAT;
    else if (negative ? number > (is_signed ? bound : 0) : number >= bound)
        wanted = WS_E_NUMERIC_OVERFLOW;
    check(hr == wanted);
    kept = negative ? 0 - (uint64_t)number : (uint64_t)number;
    if (hr == S_OK)
        check(!memcmp(value, &kept, value_size(type)));
}

static void parse(WS_VALUE_TYPE type, const BYTE *text, size_t length)
{
    union value value, again;
    BYTE written[VALUE_ROOM];
    size_t written_length;
    HRESULT hr;

    memset(&value, 0x5a, sizeof(value));
    again = value;
    hr = value_parse(type, text, length, &value, NULL);
    check(hr == S_OK || hr == WS_E_INVALID_FORMAT || (hr == WS_E_NUMERIC_OVERFLOW && type != WS_DATETIME_VALUE_TYPE));
    if (hr != S_OK)
        check(!memcmp(&value, &again, sizeof(value)));
    text_trim(&text, &length);
    if (type == WS_DOUBLE_VALUE_TYPE || type == WS_FLOAT_VALUE_TYPE)
        check_number(type, &value, hr, text, length);
    if (type >= WS_INT8_VALUE_TYPE && type <= WS_UINT64_VALUE_TYPE)
        check_integer(type, &value, hr, text, length);
    if (hr != S_OK)
        return;
    check(value_write(type, &value, written, &written_length, NULL) == S_OK && written_length <= VALUE_ROOM);
    check(value_parse(type, written, written_length, &again, NULL) == S_OK);
    check(same(type, &value, &again));
}

/* Bits of any kind: written or refused, and what was written can be parsed. */
static void write(WS_VALUE_TYPE type, const BYTE *bits, size_t length)
{
    union value value, again;
    BYTE written[VALUE_ROOM];
    size_t written_length;

    memset(&value, 0, sizeof(value));
    memcpy(&value, bits, length < value_size(type) ? length : value_size(type));
    if (type == WS_DECIMAL_VALUE_TYPE)
        value.bytes[0] = value.bytes[1] = 0; /* reserved, and not kept */
    if (value_write(type, &value, written, &written_length, NULL) != S_OK)
        return;
    check(written_length <= VALUE_ROOM);
    memset(&again, 0, sizeof(again));
    check(value_parse(type, written, written_length, &again, NULL) == S_OK);
    switch (type)
    {
    case WS_BOOL_VALUE_TYPE: return; /* any value but 0 is true */
    case WS_DECIMAL_VALUE_TYPE:      /* there is no minus zero */
        if (written[0] != '-')
            value.bytes[3] = 0;
        break;
    case WS_DOUBLE_VALUE_TYPE:
        if (isnan(value.number))
            return;
        break;
    case WS_FLOAT_VALUE_TYPE:
        if (isnan(value.small))
            return;
        break;
    case WS_DURATION_VALUE_TYPE: /* negative is any value but 0 */
        memset(value.bytes, 0, 4);
        value.bytes[0] = written[0] == '-';
        break;
    default: break;
    }
    check(same(type, &value, &again));
}

static void base64(const BYTE *input, size_t length)
{
    BYTE *text = malloc(BASE64_LENGTH(length) + 1), *bytes = malloc(BASE64_LENGTH(length) / 4 * 3 + 1);
    size_t count;

    check(text && bytes);
    base64_encode(input, length, text);
    check(base64_decode(text, BASE64_LENGTH(length), bytes, &count) == S_OK);
    check(count == length && !memcmp(bytes, input, length));
    /* What can be decoded is what encoding gives, and nothing else. */
    if (base64_decode(input, length, bytes, &count) == S_OK)
    {
        check(BASE64_LENGTH(count) == length);
        base64_encode(bytes, count, text);
        check(!memcmp(text, input, length));
    }
    free(text);
    free(bytes);
}

static void convert(const BYTE *input, size_t length)
{
    const BYTE *invalid = utf8_find_invalid(input, input + length);
    size_t units, size;
    WCHAR *chars;
    BYTE *bytes;

    if (!utf8_to_utf16_length(input, length, &units))
    {
        check(invalid < input + length);
        length = (size_t)(invalid - input);
        check(utf8_to_utf16_length(input, length, &units));
    }
    else
        check(invalid == input + length);
    chars = malloc(units * sizeof(WCHAR) + 1);
    bytes = malloc(length + 1);
    check(chars && bytes);
    utf8_to_utf16(input, length, chars);
    check(utf16_to_utf8_length(chars, units, &size) && size == length);
    utf16_to_utf8(chars, units, bytes);
    check(!memcmp(bytes, input, length));
    free(chars);
    free(bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    BYTE *copy;

    if (!size)
        return 0;
    /* A block of its own, so that what is read after the text is seen. */
    copy = malloc(size);
    check(copy != NULL);
    memcpy(copy, data + 1, size - 1);
    copy = realloc(copy, size - 1 ? size - 1 : 1);
    check(copy != NULL);
    if (data[0] % 64 < 16)
        parse((WS_VALUE_TYPE)(data[0] % 16), copy, size - 1);
    else if (data[0] % 64 < 32)
        write((WS_VALUE_TYPE)(data[0] % 16), copy, size - 1);
    else if (data[0] % 64 < 40)
        base64(copy, size - 1);
    else if (data[0] % 64 < 48)
        convert(copy, size - 1);
    else
        parse(WS_DOUBLE_VALUE_TYPE, copy, size - 1);
    free(copy);
    return 0;
}
