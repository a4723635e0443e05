/* SPDX-License-Identifier: MIT */
/*
 * typed_limits.c - which values a type's description allows; see types.h.
 *
 * Descriptions limit what is read, not what is written: so say the pages of WS_STRING_DESCRIPTION and its like.
 */
#include "base/error.h"
#include "base/text.h"
#include "xml/typed/types.h"
#include "xml/value.h"

#include <stdio.h>
#include <string.h>

/* A DECIMAL without its sign, times 10 to the power of 28 less its scale: at most 2^96 * 10^28, so below 2^192. */
static void scale_up(const DECIMAL *decimal, uint32_t digits[6])
{
    unsigned scale, i;
    uint64_t carry;

    memset(digits, 0, 6 * sizeof(*digits));
    digits[0] = (uint32_t)decimal->Lo64;
    digits[1] = (uint32_t)(decimal->Lo64 >> 32);
    digits[2] = decimal->Hi32;
    for (scale = decimal->scale; scale < 28; scale++)
        for (i = 0, carry = 0; i < 6; i++, carry >>= 32)
        {
            carry += (uint64_t)digits[i] * 10;
            digits[i] = (uint32_t)carry;
        }
}

/* -1, 0 or 1. There is no difference between 0 and -0. */
static int compare_decimals(const DECIMAL *a, const DECIMAL *b)
{
    uint32_t x[6], y[6];
    bool negative_a, negative_b;
    int i;

    scale_up(a, x);
    scale_up(b, y);
    negative_a = (a->sign & DECIMAL_NEG) && (a->Lo64 || a->Hi32);
    negative_b = (b->sign & DECIMAL_NEG) && (b->Lo64 || b->Hi32);
    if (negative_a != negative_b)
        return negative_a ? -1 : 1;
    for (i = 5; i >= 0; i--)
        if (x[i] != y[i])
            return (x[i] < y[i]) != negative_a ? -1 : 1;
    return 0;
}

static int compare_numbers(uint64_t a, uint64_t b)
{
    return a < b ? -1 : a > b;
}

/* All of a duration but its years and months, which have no length in seconds. */
static uint64_t seconds_of(const WS_DURATION *value, uint64_t *ticks)
{
    uint64_t rest = (uint64_t)value->milliseconds * 10000 + value->ticks;

    *ticks = rest % 10000000;
    return (((uint64_t)value->days * 24 + value->hours) * 60 + value->minutes) * 60 + value->seconds + rest / 10000000;
}

/*
 * What compares if the description has no function for it; see the page of WS_DURATION_DESCRIPTION. Durations of years
 * and months have an order, and so have those without them.
 */
static HRESULT compare_durations(const WS_DURATION *a, const WS_DURATION *b, int *result, WS_ERROR *error)
{
    uint64_t months_a = (uint64_t)a->years * 12 + a->months, months_b = (uint64_t)b->years * 12 + b->months;
    uint64_t ticks_a, ticks_b, seconds_a = seconds_of(a, &ticks_a), seconds_b = seconds_of(b, &ticks_b);
    bool negative_a = a->negative && (months_a || seconds_a || ticks_a);
    bool negative_b = b->negative && (months_b || seconds_b || ticks_b);
    int order;

    if ((months_a || months_b) && (seconds_a || ticks_a || seconds_b || ticks_b))
        return error_report(error, WS_E_INVALID_FORMAT,
                            "The duration cannot be compared with its limits, since years and months have no length in "
                            "days, hours, minutes and seconds.");
    if (!(order = compare_numbers(months_a, months_b)) && !(order = compare_numbers(seconds_a, seconds_b)))
        order = compare_numbers(ticks_a, ticks_b);
    *result = negative_a != negative_b ? (negative_a ? -1 : 1) : negative_a ? -order : order;
    return S_OK;
}

/* The description's own function is not given the reader, and is not to use it. */
static HRESULT call_comparer(WS_XML_READER *reader, WS_DURATION_COMPARISON_CALLBACK comparer, const WS_DURATION *a,
                             const WS_DURATION *b, int *result, WS_ERROR *error)
{
    ULONG mark = error_mark(error);
    enum reader_state before = reader_enter_callback(reader);

    return reader_leave_callback(reader, before, comparer(a, b, result, error), "callback that compares durations",
                                 mark, error);
}

static HRESULT check_duration(WS_XML_READER *reader, const WS_DURATION_DESCRIPTION *limits, const WS_DURATION *value,
                              bool *allowed, WS_ERROR *error)
{
    const WS_DURATION *const both[] = {&limits->minValue, &limits->maxValue};
    int results[2] = {0, 0}, i;
    HRESULT hr;

    for (i = 0; i < 2; i++)
    {
        hr = limits->comparer ? call_comparer(reader, limits->comparer, value, both[i], &results[i], error)
                              : compare_durations(value, both[i], &results[i], error);
        if (hr != S_OK)
            return hr;
    }
    *allowed = results[0] >= 0 && results[1] <= 0;
    return S_OK;
}

/* Values between two limits, which the description of the type holds in this order. */
#define WITHIN(c_type, description_type) \
    do \
    { \
        const description_type *limits = description; \
        c_type given; \
        memcpy(&given, value, sizeof(given)); \
        allowed = given >= limits->minValue && given <= limits->maxValue; \
    } while (0)

/* A value as XML has it, for a sentence. */
static const char *show_value(WS_VALUE_TYPE type, const void *value, char shown[TEXT_EXCERPT_ROOM])
{
    BYTE text[VALUE_ROOM];
    size_t length = 0;

    if (value_write(type, value, text, &length, NULL) != S_OK)
        length = 0;
    return text_excerpt(text, length, shown);
}

/* Descriptions have one value, or the smallest and then the largest one. */
static COLD HRESULT not_allowed(WS_VALUE_TYPE type, const void *description, const void *value, WS_ERROR *error)
{
    const BYTE *limits = description;
    char given[TEXT_EXCERPT_ROOM], low[TEXT_EXCERPT_ROOM], high[TEXT_EXCERPT_ROOM];

    show_value(type, value, given);
    show_value(type, limits, low);
    if (type == WS_BOOL_VALUE_TYPE || type == WS_GUID_VALUE_TYPE)
        return error_report(error, WS_E_INVALID_FORMAT, "The value is %s; its description allows only %s.", given, low);
    return error_report(error, WS_E_INVALID_FORMAT, "The value is %s; its description allows %s to %s.", given, low,
                        show_value(type, limits + value_size(type), high));
}

HRESULT typed_check_value(const struct typed_reader *typed, WS_VALUE_TYPE type, const void *description,
                          const void *value, WS_ERROR *error)
{
    const WS_DECIMAL_DESCRIPTION *decimals = description;
    const WS_DATETIME_DESCRIPTION *dates = description;
    const WS_TIMESPAN_DESCRIPTION *spans = description;
    bool allowed = true;
    HRESULT hr = S_OK;

    if (!description)
        return S_OK;
    switch (type)
    {
    case WS_BOOL_VALUE_TYPE:
        allowed = !*(const BOOL *)value == !((const WS_BOOL_DESCRIPTION *)description)->value;
        break;
    case WS_INT8_VALUE_TYPE:
    {
        /* CHAR is signed with some compilers only. */
        const WS_INT8_DESCRIPTION *limits = description;
        int8_t given = *(const int8_t *)value;

        allowed = given >= (int8_t)limits->minValue && given <= (int8_t)limits->maxValue;
        break;
    }
    case WS_INT16_VALUE_TYPE: WITHIN(int16_t, WS_INT16_DESCRIPTION); break;
    case WS_INT32_VALUE_TYPE: WITHIN(int32_t, WS_INT32_DESCRIPTION); break;
    case WS_INT64_VALUE_TYPE: WITHIN(int64_t, WS_INT64_DESCRIPTION); break;
    case WS_UINT8_VALUE_TYPE: WITHIN(uint8_t, WS_UINT8_DESCRIPTION); break;
    case WS_UINT16_VALUE_TYPE: WITHIN(uint16_t, WS_UINT16_DESCRIPTION); break;
    case WS_UINT32_VALUE_TYPE: WITHIN(uint32_t, WS_UINT32_DESCRIPTION); break;
    case WS_UINT64_VALUE_TYPE: WITHIN(uint64_t, WS_UINT64_DESCRIPTION); break;
    case WS_FLOAT_VALUE_TYPE: WITHIN(float, WS_FLOAT_DESCRIPTION); break;
    case WS_DOUBLE_VALUE_TYPE: WITHIN(double, WS_DOUBLE_DESCRIPTION); break;
    case WS_DECIMAL_VALUE_TYPE:
        allowed =
            compare_decimals(value, &decimals->minValue) >= 0 && compare_decimals(value, &decimals->maxValue) <= 0;
        break;
    case WS_DATETIME_VALUE_TYPE:
        allowed = ((const WS_DATETIME *)value)->ticks >= dates->minValue.ticks &&
                  ((const WS_DATETIME *)value)->ticks <= dates->maxValue.ticks;
        break;
    case WS_TIMESPAN_VALUE_TYPE:
        allowed = ((const WS_TIMESPAN *)value)->ticks >= spans->minValue.ticks &&
                  ((const WS_TIMESPAN *)value)->ticks <= spans->maxValue.ticks;
        break;
    case WS_GUID_VALUE_TYPE:
        allowed = !memcmp(value, &((const WS_GUID_DESCRIPTION *)description)->value, sizeof(GUID));
        break;
    case WS_DURATION_VALUE_TYPE: hr = check_duration(typed->reader, description, value, &allowed, error); break;
    default: break;
    }
    return hr == S_OK && !allowed ? not_allowed(type, description, value, error) : hr;
}

HRESULT typed_check_length(const ULONG *limits, ULONG length, const char *what, WS_ERROR *error)
{
    if (!limits || (length >= limits[0] && length <= limits[1]))
        return S_OK;
    return error_report(error, WS_E_INVALID_FORMAT, "The length of %s is %u; its description allows %u to %u.", what,
                        (unsigned)length, (unsigned)limits[0], (unsigned)limits[1]);
}

HRESULT typed_check_text_length(const ULONG *limits, ULONG count, const char *unit, const BYTE *text, size_t length,
                                WS_ERROR *error)
{
    char excerpt[TEXT_EXCERPT_ROOM], what[TEXT_EXCERPT_ROOM + 20];

    if (!limits || (count >= limits[0] && count <= limits[1]))
        return S_OK;
    snprintf(what, sizeof(what), "\"%s\" in %s", text_excerpt(text, length, excerpt), unit);
    return typed_check_length(limits, count, what, error);
}

/* What name_list_show() adds. */
#define MORE_ROOM sizeof(" and 4294967295 more")

void name_list_add(struct name_list *list, const WS_XML_STRING *name)
{
    size_t room = sizeof(list->text) - list->length - MORE_ROOM;
    char excerpt[TEXT_EXCERPT_ROOM];
    int length = 0;

    if (!list->left_out)
        length = snprintf(list->text + list->length, room, name ? "%s\"%s\"" : "%sany", list->length ? ", " : "",
                          name ? text_excerpt(name->bytes, name->length, excerpt) : "");
    if (list->left_out || length < 0 || (size_t)length >= room)
        list->left_out++;
    else
        list->length += (size_t)length;
    list->text[list->length] = 0;
}

const char *name_list_show(struct name_list *list)
{
    if (list->left_out)
        snprintf(list->text + list->length, MORE_ROOM, " and %u more", (unsigned)list->left_out);
    return list->text;
}

HRESULT typed_too_deep(WS_ERROR *error)
{
    return error_report(error, WS_E_QUOTA_EXCEEDED,
                        "Values are in one another deeper than %u levels: so many can be neither read nor written.",
                        TYPED_LARGEST_DEPTH);
}
