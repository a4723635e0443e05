/* SPDX-License-Identifier: MIT */
/*
 * double.c - floating point numbers; see number.h.
 *
 * Writing is Schubfach (Raffaello Giulietti, "The Schubfach way to render doubles", 2021): the number and the limits
 * of the interval that is rounded to it are each multiplied by a power of ten, in integers, such that there is at
 * least one whole number in that interval and at most one multiple of ten. Rounding the products to odd loses nothing
 * that a comparison could see.
 *
 * Parsing multiplies the first 19 digits by the same powers of ten, as Eisel and Lemire do (Daniel Lemire, "Number
 * parsing at a gigabyte per second", 2021), but keeps both limits of what the exact product can be. When those are on
 * two sides of a number that lies between two doubles, or is one, integers of any length decide.
 *
 * Nothing here is computed in floating point: neither the rounding mode nor the precision of the x87 unit matters.
 */
#include "values/number.h"

#include "base/compiler.h"
#include "values/digits.h"
#include "values/number_tables.h"

#include <stdbool.h>
#include <string.h>

/* A binary format: how many bits a number has with its hidden one, and the exponent of the least normal number. */
struct format
{
    int precision;
    int min_exponent;
    uint64_t infinity; /* as bits */
};

static const struct format format_double = {53, -1022, (uint64_t)0x7ff << 52};
static const struct format format_float = {24, -126, (uint64_t)0xff << 23};

/* How far to the right of the first digit the decimal point may be without an exponent. */
#define PLAIN_DIGITS 15

struct product
{
    uint64_t high, middle, low;
};

/* 64 times 64 bits. */
static inline uint64_t multiply(uint64_t a, uint64_t b, uint64_t *low)
{
#ifdef __SIZEOF_INT128__
    __extension__ typedef unsigned __int128 uint128;
    uint128 product = (uint128)a * b;

    *low = (uint64_t)product;
    return (uint64_t)(product >> 64);
#else
    uint64_t ah = a >> 32, al = (uint32_t)a, bh = b >> 32, bl = (uint32_t)b;
    uint64_t ll = al * bl, middle = ah * bl + (ll >> 32), other = al * bh + (uint32_t)middle;

    *low = other << 32 | (uint32_t)ll;
    return ah * bh + (middle >> 32) + (other >> 32);
#endif
}

/* 64 times 128 bits. */
static inline struct product multiply_power(uint64_t a, const uint64_t power[2])
{
    struct product product;
    uint64_t carry = multiply(a, power[1], &product.low);

    product.high = multiply(a, power[0], &product.middle);
    product.middle += carry;
    product.high += product.middle < carry;
    return product;
}

/* The whole part of a logarithm, for exponents as small as ours. Right shifts of negative numbers round down. */
static inline int log2_of_power_of_10(int exponent)
{
    return exponent * 1741647 >> 19;
}

static inline const uint64_t *power_of_ten(int exponent)
{
    return powers_of_ten[exponent - POWER_FIRST];
}

/* --- Writing --- */

/* The whole part of factor / 2^128 * power, with its last bit set if anything was cut off. */
static inline uint64_t round_to_odd(const uint64_t power[2], uint64_t factor)
{
    struct product product = multiply_power(factor, power);

    /* The power is rounded up, so that a fraction this small counts as 0: see the paper. */
    return product.high | (product.middle > 1);
}

/*
 * The shortest decimal, digits * 10^exponent, that is rounded to significand * 2^binary_exponent, and the nearest of
 * those. `power_of_two`: the number below is half as far away as the one above.
 */
static uint64_t shortest(uint64_t significand, int binary_exponent, bool power_of_two, int *exponent)
{
    bool odd = significand & 1, below_fits, above_fits;
    /* The largest power of ten that is not longer than the interval. */
    int k = (binary_exponent * 1262611 - (power_of_two ? 524031 : 0)) >> 22;
    int shift = binary_exponent + log2_of_power_of_10(-k) + 1;
    const uint64_t *power = power_of_ten(-k);
    /* In quarters of 10^k. */
    uint64_t value = round_to_odd(power, 4 * significand << shift);
    uint64_t low = round_to_odd(power, (4 * significand - 2 + power_of_two) << shift) + odd;
    uint64_t high = round_to_odd(power, (4 * significand + 2) << shift) - odd;
    uint64_t digits = value / 4;

    if (digits >= 10)
    {
        uint64_t tens = digits / 10;

        below_fits = low <= 40 * tens;
        above_fits = 40 * tens + 40 <= high;
        if (below_fits != above_fits)
        {
            *exponent = k + 1;
            return tens + above_fits;
        }
    }
    *exponent = k;
    below_fits = low <= 4 * digits;
    above_fits = 4 * digits + 4 <= high;
    if (below_fits != above_fits)
        return digits + above_fits;
    value -= 4 * digits;
    return digits + (value > 2 || (value == 2 && (digits & 1)));
}

static size_t put(BYTE *text, const char *word)
{
    size_t length = strlen(word);

    memcpy(text, word, length);
    return length;
}

/* The decimal as text; it is not zero. */
static size_t write_decimal(uint64_t decimal, int exponent, BYTE *text)
{
    BYTE digits[NUMBER_INT64_ROOM], *out = text;
    int count, point;

    while (decimal % 10 == 0)
    {
        decimal /= 10;
        exponent++;
    }
    count = (int)number_write_uint64(decimal, digits);
    point = count + exponent; /* where the decimal point is, counted from the first digit */

    if (point == 0)
    {
        out += put(out, "0.");
        memcpy(out, digits, (size_t)count);
        return (size_t)(out + count - text);
    }
    if (point > 0 && point <= PLAIN_DIGITS)
    {
        int whole = point < count ? point : count;

        memcpy(out, digits, (size_t)whole);
        out += whole;
        memset(out, '0', (size_t)(point - whole));
        out += point - whole;
        if (count == whole)
            return (size_t)(out - text);
        *out++ = '.';
        memcpy(out, digits + whole, (size_t)(count - whole));
        return (size_t)(out + count - whole - text);
    }
    *out++ = digits[0];
    if (count > 1)
    {
        *out++ = '.';
        memcpy(out, digits + 1, (size_t)(count - 1));
        out += count - 1;
    }
    *out++ = 'E';
    if (point > 0)
        *out++ = '+';
    return (size_t)(out - text) + number_write_int64(point - 1, out);
}

static size_t write_binary(const struct format *format, uint64_t bits, BYTE *text)
{
    uint64_t sign = (uint64_t)1 << (format == &format_double ? 63 : 31);
    uint64_t hidden = (uint64_t)1 << (format->precision - 1);
    uint64_t significand = bits & (hidden - 1), decimal;
    size_t length = 0;
    int exponent;

    if ((bits & ~sign) > format->infinity)
        return put(text, "NaN");
    if (bits & sign)
        text[length++] = '-';
    bits &= ~sign;
    if (bits == format->infinity)
        return length + put(text + length, "INF");
    if (!bits)
        return length + put(text + length, "0");

    exponent = (int)(bits >> (format->precision - 1));
    if (exponent)
    {
        int binary = exponent - 1 + format->min_exponent - (format->precision - 1);

        /* Whole numbers of few enough bits are exact: their shortest decimal is the number itself. */
        if (binary <= 0 && -binary < format->precision)
        {
            uint64_t whole = (significand | hidden) >> -binary;

            if (whole << -binary == (significand | hidden) && whole < 1000000)
                return length + number_write_uint64(whole, text + length);
        }
        decimal = shortest(significand | hidden, binary, !significand && exponent > 1, &exponent);
    }
    else
        decimal = shortest(significand, format->min_exponent - (format->precision - 1), false, &exponent);
    return length + write_decimal(decimal, exponent, text + length);
}

size_t number_write_double(double value, BYTE *text)
{
    uint64_t bits;

    memcpy(&bits, &value, sizeof(bits));
    return write_binary(&format_double, bits, text);
}

size_t number_write_float(float value, BYTE *text)
{
    uint32_t bits;

    memcpy(&bits, &value, sizeof(bits));
    return write_binary(&format_float, bits, text);
}

/* --- Integers of any length, for what 128 bits do not decide --- */

/*
 * No more digits than these make a difference: a number halfway between two doubles has 767 at most. A digit 1 after
 * them stands for all the others.
 */
#define MOST_DIGITS 768

/* 10^769 < 2^2555, and 5^1093 * 2^54, the most that a number halfway is multiplied to, has fewer than 2600 bits. */
#define MOST_LIMBS 96

struct big
{
    uint32_t count;
    uint32_t limbs[MOST_LIMBS]; /* lowest first; the highest is not 0 */
};

static void big_multiply_add(struct big *big, uint32_t factor, uint32_t summand)
{
    uint64_t carry = summand;
    uint32_t i;

    for (i = 0; i < big->count; i++)
    {
        carry += (uint64_t)big->limbs[i] * factor;
        big->limbs[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry)
        big->limbs[big->count++] = (uint32_t)carry;
}

static void big_multiply_power_of_5(struct big *big, unsigned exponent)
{
    for (; exponent >= 13; exponent -= 13)
        big_multiply_add(big, 1220703125, 0);
    while (exponent--)
        big_multiply_add(big, 5, 0);
}

static void big_shift_left(struct big *big, unsigned count)
{
    unsigned limbs = count / 32;

    big_multiply_add(big, (uint32_t)1 << count % 32, 0);
    memmove(big->limbs + limbs, big->limbs, big->count * sizeof(big->limbs[0]));
    memset(big->limbs, 0, limbs * sizeof(big->limbs[0]));
    big->count += limbs;
}

static int big_compare(const struct big *a, const struct big *b)
{
    uint32_t i;

    if (a->count != b->count)
        return a->count < b->count ? -1 : 1;
    for (i = a->count; i--;)
        if (a->limbs[i] != b->limbs[i])
            return a->limbs[i] < b->limbs[i] ? -1 : 1;
    return 0;
}

/* --- Parsing --- */

/* A number as text: d.ddd * 10^exponent. */
struct decimal
{
    const BYTE *first, *end; /* from the first digit that is not 0 to the last one; there may be a point between */
    int64_t exponent;        /* of the first digit */
    uint64_t digits;         /* the first 19 */
    int digit_count;
    bool more; /* there are others, not all 0 */
};

/* The digits between the sign and the exponent, and the exponent. A decimal without first digit is zero. */
static bool scan_decimal(const BYTE *text, const BYTE *end, struct decimal *decimal)
{
    const BYTE *start = text, *point = NULL;

    decimal->first = decimal->end = NULL;
    decimal->digits = 0;
    decimal->digit_count = 0;
    decimal->more = false;
    for (; text < end; text++)
    {
        BYTE digit = (BYTE)(*text - '0');

        if (digit > 9)
        {
            if (*text != '.' || point)
                break;
            point = text;
            continue;
        }
        if (digit)
        {
            if (!decimal->first)
                decimal->first = text;
            decimal->end = text + 1;
        }
        else if (!decimal->first)
            continue;
        if (decimal->digit_count < 19)
        {
            decimal->digits = decimal->digits * 10 + digit;
            decimal->digit_count++;
        }
        else
            decimal->more |= digit != 0;
    }
    if (text - start <= (point != NULL)) /* no digit at all */
        return false;
    if (!point)
        point = text;
    if (decimal->first)
        decimal->exponent = point > decimal->first ? point - decimal->first - 1 : point - decimal->first;

    if (text < end && (*text | 0x20) == 'e')
    {
        bool negative = false;
        int64_t exponent = 0;

        if (++text < end && (*text == '+' || *text == '-'))
            negative = *text++ == '-';
        if (text == end)
            return false;
        /* A larger exponent changes nothing: no text has that many digits. */
        for (; text < end && is_digit(*text); text++)
            if (exponent < INT64_MAX / 20)
                exponent = exponent * 10 + (*text - '0');
        if (decimal->first)
            decimal->exponent += negative ? -exponent : exponent;
    }
    return text == end;
}

/* Whether a decimal is less than, equal to or greater than half * 2^half_exponent. */
static NOINLINE int compare(const struct decimal *decimal, uint64_t half, int half_exponent)
{
    struct big left = {0}, right = {0};
    const BYTE *text;
    int count = 0, exponent;
    uint32_t digits = 0, power = 1;

    for (text = decimal->first; text < decimal->end && count < MOST_DIGITS; text++)
    {
        if (*text == '.')
            continue;
        digits = digits * 10 + (*text - '0');
        power *= 10;
        count++;
        if (power == 1000000000)
        {
            big_multiply_add(&left, power, digits);
            digits = 0;
            power = 1;
        }
    }
    big_multiply_add(&left, power, digits);
    if (text < decimal->end)
    {
        big_multiply_add(&left, 10, 1);
        count++;
    }
    right.limbs[0] = (uint32_t)half;
    right.limbs[1] = (uint32_t)(half >> 32);
    right.count = right.limbs[1] ? 2 : 1;

    /* digits * 10^exponent against half * 2^half_exponent, both multiplied so that they are whole numbers */
    exponent = (int)decimal->exponent - (count - 1);
    if (exponent >= 0)
        big_multiply_power_of_5(&left, (unsigned)exponent);
    else
        big_multiply_power_of_5(&right, (unsigned)-exponent);
    if (exponent > half_exponent)
        big_shift_left(&left, (unsigned)(exponent - half_exponent));
    else
        big_shift_left(&right, (unsigned)(half_exponent - exponent));
    return big_compare(&left, &right);
}

/* The bits of the number that is nearest to a decimal, which is not zero and less than 10^309. */
static uint64_t nearest(const struct decimal *decimal, const struct format *format)
{
    int exponent = (int)decimal->exponent - (decimal->digit_count - 1);
    int zeros = __builtin_clzll(decimal->digits), top, half_exponent, shift, order;
    bool exact_power = exponent >= 0 && exponent <= 55;
    uint64_t digits = decimal->digits << zeros, base, halves, mask, below, error;
    struct product product;

    if (exponent < POWER_FIRST)
        return 0;
    /* The exponent of the first bit of the product; what the digits beyond the 19th add to its high part. */
    top = log2_of_power_of_10(exponent) + 64 - zeros;
    product = multiply_power(digits, power_of_ten(exponent));
    error = decimal->more ? ((uint64_t)1 << zeros) + 1 : 0;

    /* Count in halves of the last bit that the result has: in units of 2^half_exponent. */
    half_exponent = top - !(product.high >> 63);
    if (half_exponent < format->min_exponent)
        half_exponent = format->min_exponent;
    /* The exponent field, less one if there is a hidden bit: that bit then adds the one, and so does a carry. */
    base = (uint64_t)(half_exponent - format->min_exponent) << (format->precision - 1);
    half_exponent -= format->precision;
    shift = half_exponent - (top - 63);
    if (shift > 64)
        return 0;
    halves = shift < 64 ? product.high >> shift : 0;
    mask = shift < 64 ? ((uint64_t)1 << shift) - 1 : UINT64_MAX;
    below = product.high & mask;

    /*
     * The number is above `halves`, and below the next one, unless it equals it or the product is too inexact to tell.
     * A power that is rounded up has made the product too large by less than `digits`.
     */
    order = 1;
    if (exact_power && !decimal->more)
        order = below | product.middle | product.low ? 1 : 0;
    else if (!exact_power && !below && !product.middle && product.low < digits)
        order = compare(decimal, halves, half_exponent);
    else if (error && below > mask - error)
        order = compare(decimal, ++halves, half_exponent);
    if (order)
        return base + ((halves + (order > 0)) >> 1);
    /* Exactly on it: itself, or the even one of its neighbours. */
    return base + (halves >> 1) + (halves & halves >> 1 & 1);
}

/* Texts that are no decimal; `text` is what comes after the sign, if there is one. */
static NOINLINE HRESULT parse_word(const struct format *format, const BYTE *start, const BYTE *text, const BYTE *end,
                                   uint64_t *bits)
{
    uint64_t sign = (uint64_t)1 << (format == &format_double ? 63 : 31);

    if (end - text == 3 && !memcmp(text, "INF", 3) && (text == start || *start == '-'))
        *bits = format->infinity | (text == start ? 0 : sign);
    else if (end - start == 3 && !memcmp(start, "NaN", 3))
        *bits = format->infinity | (uint64_t)1 << (format->precision - 2) | sign;
    else if (start < end && (text == end || (end - text == 1 && *text == '.')))
        *bits = 0;
    else
        return WS_E_INVALID_FORMAT;
    return S_OK;
}

static HRESULT parse_binary(const struct format *format, const BYTE *text, size_t length, uint64_t *bits)
{
    const BYTE *start = text, *end = text + length;
    struct decimal decimal;
    bool negative = false;
    uint64_t parsed = 0;

    if (text < end && (*text == '-' || *text == '+'))
        negative = *text++ == '-';
    if (!scan_decimal(text, end, &decimal))
        return parse_word(format, start, text, end, bits);
    if (decimal.first && decimal.exponent > -400)
        if (decimal.exponent > 308 || (parsed = nearest(&decimal, format)) > format->infinity)
            parsed = format->infinity;
    *bits = parsed | (uint64_t)negative << (format == &format_double ? 63 : 31);
    return S_OK;
}

HRESULT number_parse_double(const BYTE *text, size_t length, double *value)
{
    uint64_t bits;
    HRESULT hr = parse_binary(&format_double, text, length, &bits);

    if (hr == S_OK)
        memcpy(value, &bits, sizeof(bits));
    return hr;
}

HRESULT number_parse_float(const BYTE *text, size_t length, float *value)
{
    uint64_t bits;
    HRESULT hr = parse_binary(&format_float, text, length, &bits);
    uint32_t low;

    if (hr == S_OK)
    {
        low = (uint32_t)bits;
        memcpy(value, &low, sizeof(low));
    }
    return hr;
}
