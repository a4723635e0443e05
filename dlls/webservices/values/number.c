/* SPDX-License-Identifier: MIT */
/* number.c - integers, decimals and booleans; see number.h. Floating point is in double.c. */
#include "values/number.h"

#include "values/digits.h"
#include "base/error.h"

#include <stdbool.h>
#include <string.h>

/* --- Integers --- */

size_t number_write_uint64(uint64_t value, BYTE *text)
{
    BYTE digits[NUMBER_INT64_ROOM], *first = digits + sizeof(digits);
    size_t length;

    /* 64-bit divisions are slow on 32-bit machines. */
    while (value > UINT32_MAX)
    {
        first -= 9;
        put_digits(first, (uint32_t)(value % 1000000000), 9);
        value /= 1000000000;
    }
    for (uint32_t rest = (uint32_t)value; rest; rest /= 10)
        *--first = (BYTE)('0' + rest % 10);
    if (first == digits + sizeof(digits))
        *--first = '0';
    length = (size_t)(digits + sizeof(digits) - first);
    memcpy(text, first, length);
    return length;
}

size_t number_write_int64(int64_t value, BYTE *text)
{
    if (value >= 0)
        return number_write_uint64((uint64_t)value, text);
    *text = '-';
    return 1 + number_write_uint64(0 - (uint64_t)value, text + 1);
}

/* One digit or more, and nothing else, of a number that 64 bits hold. */
static bool parse_digits(const BYTE *text, const BYTE *end, uint64_t *value)
{
    uint64_t parsed = 0;

    if (text == end)
        return false;
    for (; text < end; text++)
    {
        BYTE digit = (BYTE)(*text - '0');

        if (digit > 9 || parsed > UINT64_MAX / 10)
            return false;
        parsed = parsed * 10 + digit;
        if (parsed < digit)
            return false;
    }
    *value = parsed;
    return true;
}

HRESULT number_parse_int64(const BYTE *text, size_t length, int64_t min, int64_t max, int64_t *value)
{
    uint64_t widest = max <= INT32_MAX ? INT32_MAX : INT64_MAX, magnitude;
    const BYTE *end = text + length;
    bool negative = length && *text == '-';
    int64_t parsed;

    if (negative || (min < 0 && length && *text == '+'))
        text++;
    if (!parse_digits(text, end, &magnitude) || magnitude > widest + negative)
        return WS_E_INVALID_FORMAT;
    parsed = negative ? (int64_t)(0 - magnitude) : (int64_t)magnitude;
    if (parsed < min || parsed > max)
        return WS_E_NUMERIC_OVERFLOW;
    *value = parsed;
    return S_OK;
}

HRESULT number_parse_uint64(const BYTE *text, size_t length, uint64_t max, uint64_t *value)
{
    uint64_t parsed;

    if (!parse_digits(text, text + length, &parsed))
        return WS_E_INVALID_FORMAT;
    if (parsed > max)
        return WS_E_NUMERIC_OVERFLOW;
    *value = parsed;
    return S_OK;
}

HRESULT number_parse_bool(const BYTE *text, size_t length, BOOL *value)
{
    if ((length == 4 && !memcmp(text, "true", 4)) || (length == 1 && *text == '1'))
        *value = TRUE;
    else if ((length == 5 && !memcmp(text, "false", 5)) || (length == 1 && *text == '0'))
        *value = FALSE;
    else
        return WS_E_INVALID_FORMAT;
    return S_OK;
}

/* --- Decimals: 96 bits and a scale of 0 to 28 --- */

#define LARGEST_SCALE 28

struct bits96
{
    uint32_t limbs[3]; /* lowest first */
};

static bool is_zero(const struct bits96 *bits)
{
    return !(bits->limbs[0] | bits->limbs[1] | bits->limbs[2]);
}

/* Multiplies and adds; false, with the bits untouched, if that takes more than 96 bits. */
static bool multiply_add(struct bits96 *bits, uint32_t factor, uint32_t summand)
{
    struct bits96 result;
    uint64_t carry = summand;
    int i;

    for (i = 0; i < 3; i++)
    {
        carry += (uint64_t)bits->limbs[i] * factor;
        result.limbs[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry)
        return false;
    *bits = result;
    return true;
}

/* Divides; returns the remainder. */
static uint32_t divide(struct bits96 *bits, uint32_t divisor)
{
    uint64_t rest = 0;
    int i;

    for (i = 2; i >= 0; i--)
    {
        rest = rest << 32 | bits->limbs[i];
        bits->limbs[i] = (uint32_t)(rest / divisor);
        rest %= divisor;
    }
    return (uint32_t)rest;
}

HRESULT number_check_decimal(const DECIMAL *value, WS_ERROR *error)
{
    if (value->scale > LARGEST_SCALE || (value->sign & ~DECIMAL_NEG))
        return error_report(
            error, WS_E_INVALID_FORMAT,
            "A decimal of scale %u and sign 0x%02x is not valid: a scale is at most 28, and a sign is 0 "
            "or 0x80.",
            (unsigned)value->scale, (unsigned)value->sign);
    return S_OK;
}

HRESULT number_write_decimal(const DECIMAL *value, BYTE *text, size_t *length, WS_ERROR *error)
{
    struct bits96 bits = {{value->Lo32, value->Mid32, value->Hi32}};
    BYTE digits[4 * 9], *first = digits + sizeof(digits), *out = text;
    const BYTE *end = first, *point;
    HRESULT hr;

    if ((hr = number_check_decimal(value, error)) != S_OK)
        return hr;
    point = end - value->scale;
    if (value->sign && !is_zero(&bits))
        *out++ = '-';
    while (!is_zero(&bits))
    {
        first -= 9;
        put_digits(first, divide(&bits, 1000000000), 9);
    }
    while (first < end && *first == '0')
        first++;
    /* At least one digit before the point. */
    while (first >= point)
        *--first = '0';
    memcpy(out, first, (size_t)(point - first));
    out += point - first;
    if (point < end)
    {
        *out++ = '.';
        memcpy(out, point, (size_t)(end - point));
        out += end - point;
    }
    *length = (size_t)(out - text);
    return S_OK;
}

HRESULT number_parse_decimal(const BYTE *text, size_t length, DECIMAL *value)
{
    const BYTE *end = text + length;
    bool negative = false, any_digit = false, point = false, full = false, overflow = false, dropped = false;
    struct bits96 bits = {{0, 0, 0}};
    unsigned scale = 0, first_dropped = 0;

    if (text < end && (*text == '-' || *text == '+'))
        negative = *text++ == '-';
    for (; text < end; text++)
    {
        BYTE digit = (BYTE)(*text - '0');

        if (*text == '.' && !point)
        {
            point = true;
            continue;
        }
        if (digit > 9)
            return WS_E_INVALID_FORMAT;
        any_digit = true;
        if (full)
            dropped |= digit != 0;
        else if ((!point || scale < LARGEST_SCALE) && multiply_add(&bits, 10, digit))
            scale += point;
        else
        {
            full = true;
            first_dropped = digit;
        }
        overflow |= full && !point;
    }
    if (!any_digit)
        return WS_E_INVALID_FORMAT;
    if (overflow)
        return WS_E_NUMERIC_OVERFLOW;

    /* To nearest, or else to even. */
    if (first_dropped > 5 || (first_dropped == 5 && (dropped || bits.limbs[0] & 1)))
        if (!multiply_add(&bits, 1, 1))
        {
            /* All 96 bits were set: 79228162514264337593543950336 has one digit too many, which is rounded up too. */
            if (!scale)
                return WS_E_NUMERIC_OVERFLOW;
            scale--;
            divide(&bits, 10);
            multiply_add(&bits, 1, 1);
        }

    memset(value, 0, sizeof(*value));
    value->scale = (BYTE)scale;
    value->sign = negative && !is_zero(&bits) ? DECIMAL_NEG : 0;
    value->Lo32 = bits.limbs[0];
    value->Mid32 = bits.limbs[1];
    value->Hi32 = bits.limbs[2];
    return S_OK;
}
