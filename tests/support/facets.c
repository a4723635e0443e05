/* SPDX-License-Identifier: MIT */
/* facets.c - limits that leave values out, and values within limits; see descriptions.h. */
#include "support/descriptions.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- Limits --- */

static uint64_t sign_extend(uint64_t number, size_t size)
{
    unsigned unused = (unsigned)(64 - 8 * size);

    return (uint64_t)((int64_t)(number << unused) >> unused);
}

static bool is_signed(WS_TYPE type)
{
    return type >= WS_INT8_TYPE && type <= WS_INT64_TYPE;
}

static bool is_less(WS_TYPE type, uint64_t a, uint64_t b)
{
    return is_signed(type) || type == WS_TIMESPAN_TYPE ? (int64_t)a < (int64_t)b : a < b;
}

/* An integer of `size` bytes, of which a description has two in a row, or a value is one. */
static uint64_t load(WS_TYPE type, const void *from, size_t size)
{
    uint64_t number = 0;

    memcpy(&number, from, size);
    return is_signed(type) ? sign_extend(number, size) : number;
}

static void *make_integer_range(struct maker *maker, WS_TYPE type)
{
    size_t size = described_size(type, NULL);
    BYTE *limits = take(maker, 2 * size);
    uint64_t a = choose_number(maker), b = choose_number(maker), numbers[2];

    numbers[0] = load(type, &a, size);
    numbers[1] = load(type, &b, size);
    if (choose(maker, 4) == 0)
        numbers[1] = load(type, (uint64_t[]){numbers[0] + choose(maker, 3)}, size);
    if (is_less(type, numbers[1], numbers[0]))
    {
        a = numbers[0];
        numbers[0] = numbers[1];
        numbers[1] = a;
    }
    memcpy(limits, &numbers[0], size);
    memcpy(limits + size, &numbers[1], size);
    return limits;
}

static void *make_float_range(struct maker *maker, bool is_double)
{
    static const double bounds[] = {-1e10, -1000.5, -1, -0.25, 0, 0.001, 1, 3.5, 1000, 1e10};
    unsigned low = choose(maker, 10), high = low + choose(maker, 10 - low);
    WS_DOUBLE_DESCRIPTION *doubles = take(maker, sizeof(*doubles));
    WS_FLOAT_DESCRIPTION *floats = take(maker, sizeof(*floats));

    doubles->minValue = bounds[low];
    doubles->maxValue = bounds[high];
    floats->minValue = (float)bounds[low];
    floats->maxValue = (float)bounds[high];
    return is_double ? (void *)doubles : floats;
}

/* Of a few digits, so that a double can tell which of two is larger. */
static void make_small_decimal(struct maker *maker, DECIMAL *decimal)
{
    decimal->Lo64 = choose(maker, 100000);
    decimal->scale = (BYTE)choose(maker, 4);
    decimal->sign = decimal->Lo64 && choose(maker, 2) ? DECIMAL_NEG : 0;
}

static double decimal_to_double(const DECIMAL *decimal)
{
    double value = (decimal->Hi32 * 18446744073709551616.0 + (double)decimal->Lo64) * pow(10, -(double)decimal->scale);

    return decimal->sign ? -value : value;
}

static void *make_decimal_range(struct maker *maker)
{
    WS_DECIMAL_DESCRIPTION *limits = take(maker, sizeof(*limits));
    DECIMAL swapped;

    make_small_decimal(maker, &limits->minValue);
    make_small_decimal(maker, &limits->maxValue);
    if (decimal_to_double(&limits->minValue) > decimal_to_double(&limits->maxValue))
    {
        swapped = limits->minValue;
        limits->minValue = limits->maxValue;
        limits->maxValue = swapped;
    }
    return limits;
}

static void *make_date_range(struct maker *maker)
{
    WS_DATETIME_DESCRIPTION *limits = take(maker, sizeof(*limits));
    const uint64_t end = 3155378976000000000u;

    limits->minValue.ticks = choose_number(maker) % end;
    limits->maxValue.ticks = limits->minValue.ticks + choose_number(maker) % (end - limits->minValue.ticks);
    return limits;
}

/* In months, or in days and seconds: only such durations have an order. */
static int64_t duration_length(const WS_DURATION *value, bool in_months)
{
    int64_t length = in_months
                         ? (int64_t)value->years * 12 + value->months
                         : (((int64_t)value->days * 24 + value->hours) * 60 + value->minutes) * 60 + value->seconds;

    return value->negative ? -length : length;
}

static void make_short_duration(struct maker *maker, WS_DURATION *value, bool in_months)
{
    if (in_months)
    {
        value->years = choose(maker, 50);
        value->months = choose(maker, 30);
        return;
    }
    value->days = choose(maker, 50);
    value->hours = choose(maker, 30);
    value->seconds = choose(maker, 90);
}

static void *make_duration_range(struct maker *maker)
{
    WS_DURATION_DESCRIPTION *limits = take(maker, sizeof(*limits));
    bool in_months = choose(maker, 2);
    WS_DURATION swapped;

    make_short_duration(maker, &limits->minValue, in_months);
    make_short_duration(maker, &limits->maxValue, in_months);
    if (duration_length(&limits->minValue, in_months) > duration_length(&limits->maxValue, in_months))
    {
        swapped = limits->minValue;
        limits->minValue = limits->maxValue;
        limits->maxValue = swapped;
    }
    if (!duration_length(&limits->maxValue, in_months))
        limits->maxValue = (WS_DURATION){.years = in_months, .days = !in_months};
    return limits;
}

static void *make_length_range(struct maker *maker)
{
    ULONG *limits = take(maker, 2 * sizeof(*limits));

    limits[0] = choose(maker, 4);
    limits[1] = choose(maker, 6) ? limits[0] + choose(maker, 6) : UINT32_MAX;
    return limits;
}

void *make_facets(struct maker *maker, WS_TYPE type)
{
    switch (type)
    {
    case WS_INT8_TYPE:
    case WS_INT16_TYPE:
    case WS_INT32_TYPE:
    case WS_INT64_TYPE:
    case WS_UINT8_TYPE:
    case WS_UINT16_TYPE:
    case WS_UINT32_TYPE:
    case WS_UINT64_TYPE: return make_integer_range(maker, type);
    case WS_FLOAT_TYPE:
    case WS_DOUBLE_TYPE: return make_float_range(maker, type == WS_DOUBLE_TYPE);
    case WS_DECIMAL_TYPE: return make_decimal_range(maker);
    case WS_DATETIME_TYPE: return make_date_range(maker);
    case WS_DURATION_TYPE: return make_duration_range(maker);
    case WS_STRING_TYPE:
    case WS_WSZ_TYPE:
    case WS_BYTES_TYPE:
    case WS_XML_STRING_TYPE:
    case WS_CHAR_ARRAY_TYPE:
    case WS_UTF8_ARRAY_TYPE:
    case WS_BYTE_ARRAY_TYPE: return make_length_range(maker);
    default: return NULL;
    }
}

/* --- Values --- */

static void fit_integer(struct maker *maker, WS_TYPE type, const void *description, void *value)
{
    size_t size = type == WS_DATETIME_TYPE ? sizeof(uint64_t) : described_size(type, NULL);
    size_t distance = type == WS_DATETIME_TYPE ? sizeof(WS_DATETIME) : size;
    uint64_t low = load(type, description, size), high = load(type, (const BYTE *)description + distance, size);
    uint64_t number = load(type, value, size);

    if (!is_less(type, number, low) && !is_less(type, high, number))
        return;
    switch (choose(maker, 3))
    {
    case 0: number = low; break;
    case 1: number = high; break;
    default: number = high - low == UINT64_MAX ? number : low + choose_number(maker) % (high - low + 1);
    }
    memcpy(value, &number, size);
}

static double fit_double(struct maker *maker, double low, double high, double value)
{
    if (value >= low && value <= high)
        return value;
    switch (choose(maker, 3))
    {
    case 0: return low;
    case 1: return high;
    default: return isinf(low) || isinf(high) ? 0 : (low + high) / 2;
    }
}

static void fit_decimal(struct maker *maker, const WS_DECIMAL_DESCRIPTION *limits, DECIMAL *value)
{
    double given = decimal_to_double(value);

    /* Where digits beyond those of a double could matter, it is replaced, too. */
    if (given <= decimal_to_double(&limits->minValue) || given >= decimal_to_double(&limits->maxValue))
        *value = choose(maker, 2) ? limits->minValue : limits->maxValue;
}

static void fit_duration(struct maker *maker, const WS_DURATION_DESCRIPTION *limits, WS_DURATION *value)
{
    bool in_months = duration_length(&limits->maxValue, true) != 0;
    WS_DURATION fit;

    /* The limits of a callback are those of all values. */
    if (limits->comparer)
        return;
    memset(&fit, 0, sizeof(fit));
    make_short_duration(maker, &fit, in_months);
    fit.ticks = in_months ? 0 : choose(maker, 10000);
    fit.negative = limits->minValue.negative && choose(maker, 2);
    if (duration_length(&fit, in_months) <= duration_length(&limits->minValue, in_months) ||
        duration_length(&fit, in_months) >= duration_length(&limits->maxValue, in_months))
        fit = choose(maker, 2) ? limits->minValue : limits->maxValue;
    *value = fit;
}

/* Units of a text, which are characters of ASCII then: what is counted is not the same everywhere else. */
#define FIT_LENGTH(maker, limits, units, count, c_type) \
    do \
    { \
        ULONG length_ = (count) < (limits)[0] ? (limits)[0] : (count) > (limits)[1] ? (limits)[1] : (count), i_; \
        c_type *fit_ = take(maker, (length_ + 1) * sizeof(c_type)); \
        for (i_ = 0; i_ < length_; i_++) \
            fit_[i_] = i_ < (count) && (units)[i_] < 0x80 ? (units)[i_] : 'y'; \
        (units) = fit_; \
        (count) = length_; \
    } while (0)

static void fit_length(struct maker *maker, WS_TYPE type, const ULONG *limits, void *value)
{
    WS_STRING *chars = value;
    WS_BYTES *bytes = value; /* which WS_XML_STRING begins as */
    WCHAR **wsz = value;
    ULONG count = 0;

    if (limits[0] == 0 && limits[1] == UINT32_MAX)
        return;
    switch (type)
    {
    case WS_STRING_TYPE:
    case WS_CHAR_ARRAY_TYPE: FIT_LENGTH(maker, limits, chars->chars, chars->length, WCHAR); break;
    case WS_WSZ_TYPE:
        while ((*wsz)[count])
            count++;
        FIT_LENGTH(maker, limits, *wsz, count, WCHAR);
        break;
    default: FIT_LENGTH(maker, limits, bytes->bytes, bytes->length, BYTE); break;
    }
}

void fit_value(struct maker *maker, WS_TYPE type, const void *description, void *value)
{
    const WS_FLOAT_DESCRIPTION *floats = description;
    const WS_DOUBLE_DESCRIPTION *doubles = description;
    float f;
    double d;

    switch (type)
    {
    case WS_INT8_TYPE:
    case WS_INT16_TYPE:
    case WS_INT32_TYPE:
    case WS_INT64_TYPE:
    case WS_UINT8_TYPE:
    case WS_UINT16_TYPE:
    case WS_UINT32_TYPE:
    case WS_UINT64_TYPE:
    case WS_TIMESPAN_TYPE: fit_integer(maker, type, description, value); break;
    case WS_DATETIME_TYPE:
        fit_integer(maker, type, description, value);
        /* XML Schema has no order between a date with a zone, as limits are, and one without. */
        if (((WS_DATETIME *)value)->format == WS_DATETIME_FORMAT_NONE)
            ((WS_DATETIME *)value)->format = WS_DATETIME_FORMAT_UTC;
        break;
    case WS_FLOAT_TYPE:
        memcpy(&f, value, sizeof(f));
        f = (float)fit_double(maker, floats->minValue, floats->maxValue, f);
        memcpy(value, &f, sizeof(f));
        break;
    case WS_DOUBLE_TYPE:
        memcpy(&d, value, sizeof(d));
        d = fit_double(maker, doubles->minValue, doubles->maxValue, d);
        memcpy(value, &d, sizeof(d));
        break;
    case WS_DECIMAL_TYPE: fit_decimal(maker, description, value); break;
    case WS_DURATION_TYPE: fit_duration(maker, description, value); break;
    case WS_STRING_TYPE:
    case WS_WSZ_TYPE:
    case WS_BYTES_TYPE:
    case WS_XML_STRING_TYPE:
    case WS_CHAR_ARRAY_TYPE:
    case WS_UTF8_ARRAY_TYPE:
    case WS_BYTE_ARRAY_TYPE: fit_length(maker, type, description, value); break;
    default: break;
    }
}
