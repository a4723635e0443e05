/* SPDX-License-Identifier: MIT */
/* date.c - see date.h. The calendar is the Gregorian one, in the years before 1582 too. */
#include "values/date.h"

#include "values/digits.h"
#include "base/error.h"
#include "values/number.h"
#include "base/platform.h"

#include <string.h>

/* --- Days and their dates --- */

static bool is_leap(uint32_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* The days of a year before a month, and before the next year. */
static uint32_t days_before_month(uint32_t year, uint32_t month)
{
    static const uint16_t days[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};

    return days[month - 1] + (month > 2 && is_leap(year));
}

static uint32_t days_before_year(uint32_t year)
{
    year--;
    return year * 365 + year / 4 - year / 100 + year / 400;
}

struct date
{
    uint32_t year, month, day;
};

static struct date date_of_day(uint32_t day)
{
    struct date date;

    /* Dividing by 366 and 32 never gives too much: the little that is missing is counted. */
    date.year = day / 366 + 1;
    date.year += (day - days_before_year(date.year)) / 366;
    while (days_before_year(date.year + 1) <= day)
        date.year++;
    day -= days_before_year(date.year);
    date.month = day / 32 + 1;
    if (days_before_month(date.year, date.month + 1) <= day)
        date.month++;
    date.day = day - days_before_month(date.year, date.month) + 1;
    return date;
}

/* --- WS_DATETIME --- */

HRESULT date_check(const WS_DATETIME *value, WS_ERROR *error)
{
    if (value->ticks >= DATE_MAX_TICKS || (unsigned)value->format > WS_DATETIME_FORMAT_NONE)
        return error_report(error, WS_E_INVALID_FORMAT,
                            "A date of %llu ticks in format %u is not valid: ticks are less than %llu, and formats at "
                            "most %u.",
                            (unsigned long long)value->ticks, (unsigned)value->format, DATE_MAX_TICKS,
                            (unsigned)WS_DATETIME_FORMAT_NONE);
    return S_OK;
}

/* A point and the digits of a fraction of a second, the last of which is not 0; nothing for 0. */
static BYTE *put_fraction(BYTE *text, uint32_t ticks)
{
    if (!ticks)
        return text;
    *text = '.';
    put_digits(text + 1, ticks, 7);
    for (text += 8; text[-1] == '0';)
        text--;
    return text;
}

/* hh:mm:ss and the fraction. */
static BYTE *put_time(BYTE *text, uint64_t ticks_of_day)
{
    uint32_t seconds = (uint32_t)(ticks_of_day / TICKS_PER_SECOND);

    put_digits(text, seconds / 3600, 2);
    text[2] = ':';
    put_digits(text + 3, seconds / 60 % 60, 2);
    text[5] = ':';
    put_digits(text + 6, seconds % 60, 2);
    return put_fraction(text + 8, (uint32_t)(ticks_of_day % TICKS_PER_SECOND));
}

/* Adds the offset of local time, and returns it in minutes. If it is not known: 0, and the ticks stay. */
static int make_local(uint64_t *ticks)
{
    uint64_t local;
    int offset;

    if (!platform_local_offset(*ticks, &offset))
        return 0;
    local = *ticks + (uint64_t)(offset * TICKS_PER_MINUTE);
    if (local < TICKS_OF_FILETIME || local >= DATE_MAX_TICKS)
        return 0;
    *ticks = local;
    return offset;
}

HRESULT date_write_datetime(const WS_DATETIME *value, BYTE *text, size_t *length, WS_ERROR *error)
{
    WS_DATETIME_FORMAT format = value->format;
    uint64_t ticks = value->ticks;
    BYTE *out = text;
    struct date date;
    int offset = 0;
    HRESULT hr;

    if ((hr = date_check(value, error)) != S_OK)
        return hr;
    if (format == WS_DATETIME_FORMAT_LOCAL)
        offset = make_local(&ticks);
    date = date_of_day((uint32_t)(ticks / TICKS_PER_DAY));
    put_digits(out, date.year, 4);
    out[4] = '-';
    put_digits(out + 5, date.month, 2);
    out[7] = '-';
    put_digits(out + 8, date.day, 2);
    out[10] = 'T';
    out = put_time(out + 11, ticks % TICKS_PER_DAY);
    if (format == WS_DATETIME_FORMAT_UTC)
        *out++ = 'Z';
    else if (format == WS_DATETIME_FORMAT_LOCAL)
    {
        *out++ = offset < 0 ? '-' : '+';
        if (offset < 0)
            offset = -offset;
        put_digits(out, (uint32_t)offset / 60, 2);
        out[2] = ':';
        put_digits(out + 3, (uint32_t)offset % 60, 2);
        out += 5;
    }
    *length = (size_t)(out - text);
    return S_OK;
}

/* Parsing is by a cursor; each function steps over what it takes, and says whether that was there. */
struct cursor
{
    const BYTE *text, *end;
};

static bool take(struct cursor *cursor, BYTE byte)
{
    if (cursor->text == cursor->end || *cursor->text != byte)
        return false;
    cursor->text++;
    return true;
}

/* Exactly `count` digits. */
static bool take_digits(struct cursor *cursor, unsigned count, uint32_t *value)
{
    *value = 0;
    while (count--)
    {
        if (cursor->text == cursor->end || !is_digit(*cursor->text))
            return false;
        *value = *value * 10 + (*cursor->text++ - '0');
    }
    return true;
}

/* One digit or more; *value is `largest` + 1 if the number is larger. */
static bool take_number(struct cursor *cursor, uint64_t largest, uint64_t *value)
{
    const BYTE *start = cursor->text;

    *value = 0;
    for (; cursor->text < cursor->end && is_digit(*cursor->text); cursor->text++)
        if (*value <= largest)
        {
            BYTE digit = (BYTE)(*cursor->text - '0');

            *value = *value > (largest - digit) / 10 ? largest + 1 : *value * 10 + digit;
        }
    return cursor->text > start;
}

/* The digits after a point, as ticks, which the seventh is one of; `most` is how many there may be. */
static bool take_fraction(struct cursor *cursor, size_t most, uint32_t *ticks)
{
    const BYTE *start = cursor->text;
    uint32_t unit = TICKS_PER_SECOND;

    for (*ticks = 0; cursor->text < cursor->end && is_digit(*cursor->text); cursor->text++)
    {
        unit /= 10;
        *ticks += unit * (uint32_t)(*cursor->text - '0');
    }
    return cursor->text > start && (size_t)(cursor->text - start) <= most;
}

static bool take_date(struct cursor *cursor, struct date *date)
{
    if (!take_digits(cursor, 4, &date->year) || !take(cursor, '-') || !take_digits(cursor, 2, &date->month) ||
        !take(cursor, '-') || !take_digits(cursor, 2, &date->day))
        return false;
    return date->year && date->month >= 1 && date->month <= 12 && date->day >= 1 &&
           date->day <= days_before_month(date->year, date->month + 1) - days_before_month(date->year, date->month);
}

/* hh:mm:ss; whether 24:00:00 is valid depends on the fraction. */
static bool take_time(struct cursor *cursor, uint32_t *seconds)
{
    uint32_t hour, minute, second;

    if (!take_digits(cursor, 2, &hour) || !take(cursor, ':') || !take_digits(cursor, 2, &minute) ||
        !take(cursor, ':') || !take_digits(cursor, 2, &second))
        return false;
    *seconds = (hour * 60 + minute) * 60 + second;
    return hour <= 24 && minute < 60 && second < 60 && *seconds <= 24 * 3600;
}

/*
 * "Z", an offset, or nothing. Observed on Windows (of WsReadType): 13:59 is taken, 14:01 is not. That 14:00 is taken is
 * our choice: XML Schema has it. The page of WsReadValue allows less than a day.
 */
static bool take_zone(struct cursor *cursor, WS_DATETIME_FORMAT *format, int *offset)
{
    uint32_t hours, minutes;
    bool negative;

    *offset = 0;
    *format = WS_DATETIME_FORMAT_NONE;
    if (cursor->text == cursor->end)
        return true;
    *format = WS_DATETIME_FORMAT_UTC;
    if (take(cursor, 'Z'))
        return true;
    *format = WS_DATETIME_FORMAT_LOCAL;
    negative = take(cursor, '-');
    if ((!negative && !take(cursor, '+')) || !take_digits(cursor, 2, &hours) || !take(cursor, ':') ||
        !take_digits(cursor, 2, &minutes) || minutes > 59)
        return false;
    *offset = (int)(hours * 60 + minutes);
    if (*offset > 14 * 60)
        return false;
    if (negative)
        *offset = -*offset;
    return true;
}

HRESULT date_parse_datetime(const BYTE *text, size_t length, WS_DATETIME *value)
{
    struct cursor cursor = {text, text + length};
    WS_DATETIME_FORMAT format;
    uint32_t seconds, fraction = 0;
    struct date date;
    uint64_t ticks;
    int offset;

    if (!take_date(&cursor, &date) || !take(&cursor, 'T') || !take_time(&cursor, &seconds))
        return WS_E_INVALID_FORMAT;
    if (take(&cursor, '.') && !take_fraction(&cursor, 7, &fraction))
        return WS_E_INVALID_FORMAT;
    if ((seconds == 24 * 3600 && fraction) || !take_zone(&cursor, &format, &offset) || cursor.text < cursor.end)
        return WS_E_INVALID_FORMAT;

    ticks = (uint64_t)(days_before_year(date.year) + days_before_month(date.year, date.month) + date.day - 1) *
                TICKS_PER_DAY +
            (uint64_t)seconds * TICKS_PER_SECOND + fraction - (uint64_t)(offset * TICKS_PER_MINUTE);
    /* Before the year 1 it has wrapped. */
    if (ticks >= DATE_MAX_TICKS)
        return WS_E_INVALID_FORMAT;
    value->ticks = ticks;
    value->format = format;
    return S_OK;
}

/* --- WS_TIMESPAN --- */

size_t date_write_timespan(const WS_TIMESPAN *value, BYTE *text)
{
    uint64_t ticks = (uint64_t)value->ticks;
    BYTE *out = text;

    if (value->ticks < 0)
    {
        *out++ = '-';
        ticks = 0 - ticks;
    }
    if (ticks >= TICKS_PER_DAY)
    {
        out += number_write_uint64(ticks / TICKS_PER_DAY, out);
        *out++ = '.';
    }
    return (size_t)(put_time(out, ticks % TICKS_PER_DAY) - text);
}

HRESULT date_parse_timespan(const BYTE *text, size_t length, WS_TIMESPAN *value)
{
    const uint64_t most_days = INT64_MAX / TICKS_PER_DAY;
    struct cursor cursor = {text, text + length}, start;
    uint32_t seconds, fraction = 0;
    uint64_t days, ticks;
    bool negative;

    negative = take(&cursor, '-');
    if (!negative)
        take(&cursor, '+');
    /* Days, if a point comes after them. */
    start = cursor;
    if (!take_number(&cursor, most_days, &days))
        return WS_E_INVALID_FORMAT;
    if (!take(&cursor, '.'))
    {
        cursor = start;
        days = 0;
    }
    if (!take_time(&cursor, &seconds) || seconds == 24 * 3600)
        return WS_E_INVALID_FORMAT;
    if (take(&cursor, '.') && !take_fraction(&cursor, 7, &fraction))
        return WS_E_INVALID_FORMAT;
    if (cursor.text < cursor.end)
        return WS_E_INVALID_FORMAT;
    /* With one day too many this is still far from 2^64. */
    ticks = days * TICKS_PER_DAY + (uint64_t)seconds * TICKS_PER_SECOND + fraction;
    if (ticks > (uint64_t)INT64_MAX + negative)
        return WS_E_NUMERIC_OVERFLOW;
    value->ticks = negative ? (INT64)(0 - ticks) : (INT64)ticks;
    return S_OK;
}

/* --- WS_DURATION --- */

static BYTE *put_part(BYTE *text, ULONG value, BYTE letter)
{
    if (!value)
        return text;
    text += number_write_uint64(value, text);
    *text++ = letter;
    return text;
}

HRESULT date_write_duration(const WS_DURATION *value, BYTE *text, size_t *length, WS_ERROR *error)
{
    BYTE *out = text, *date, *time;

    if (value->milliseconds > 999 || value->ticks > 9999)
        return error_report(error, WS_E_INVALID_FORMAT,
                            "A duration of %u milliseconds and %u ticks is not valid: they are less than 1000 and "
                            "10000.",
                            (unsigned)value->milliseconds, (unsigned)value->ticks);
    if (value->negative)
        *out++ = '-';
    *out++ = 'P';
    date = out;
    out = put_part(out, value->years, 'Y');
    out = put_part(out, value->months, 'M');
    out = put_part(out, value->days, 'D');
    *out = 'T';
    time = out + 1;
    time = put_part(time, value->hours, 'H');
    time = put_part(time, value->minutes, 'M');
    /* There must be one part at least. */
    if (value->seconds || value->milliseconds || value->ticks || (out == date && time == out + 1))
    {
        time += number_write_uint64(value->seconds, time);
        time = put_fraction(time, value->milliseconds * 10000 + value->ticks);
        *time++ = 'S';
    }
    *length = (size_t)((time > out + 1 ? time : out) - text);
    return S_OK;
}

HRESULT date_parse_duration(const BYTE *text, size_t length, WS_DURATION *value)
{
    static const char letters[] = "YMDHMS";
    struct cursor cursor = {text, text + length};
    ULONG parts[6] = {0};
    bool time = false, overflow = false;
    uint32_t fraction = 0;
    size_t part = 0;
    WS_DURATION parsed = {0};

    /* XML Schema has no +, but the page of WsReadValue does. */
    if (!(parsed.negative = take(&cursor, '-')))
        take(&cursor, '+');
    if (!take(&cursor, 'P') || cursor.text == cursor.end)
        return WS_E_INVALID_FORMAT;
    while (cursor.text < cursor.end)
    {
        size_t parts_end;
        uint64_t number;
        bool seconds;

        if (!time && take(&cursor, 'T'))
        {
            time = true;
            part = 3;
        }
        if (!take_number(&cursor, UINT32_MAX, &number))
            return WS_E_INVALID_FORMAT;
        seconds = take(&cursor, '.');
        if (seconds && !take_fraction(&cursor, SIZE_MAX, &fraction))
            return WS_E_INVALID_FORMAT;
        /* Parts come in their order. */
        for (parts_end = time ? 6 : 3; part < parts_end && !take(&cursor, (BYTE)letters[part]);)
            part++;
        if (part == parts_end || (seconds && part != 5))
            return WS_E_INVALID_FORMAT;
        overflow |= number > UINT32_MAX;
        parts[part++] = (ULONG)number;
    }
    if (overflow)
        return WS_E_NUMERIC_OVERFLOW;
    parsed.years = parts[0];
    parsed.months = parts[1];
    parsed.days = parts[2];
    parsed.hours = parts[3];
    parsed.minutes = parts[4];
    parsed.seconds = parts[5];
    parsed.milliseconds = fraction / 10000;
    parsed.ticks = fraction % 10000;
    *value = parsed;
    return S_OK;
}

/* --- GUIDs --- */

/* Where the bytes of a GUID are in its text, in the order of its value as a number. */
static const BYTE guid_places[16] = {0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34};

size_t date_write_guid(const GUID *value, BYTE *text)
{
    static const char hex[] = "0123456789abcdef";
    BYTE bytes[16] = {(BYTE)(value->Data1 >> 24), (BYTE)(value->Data1 >> 16), (BYTE)(value->Data1 >> 8),
                      (BYTE)value->Data1,         (BYTE)(value->Data2 >> 8),  (BYTE)value->Data2,
                      (BYTE)(value->Data3 >> 8),  (BYTE)value->Data3};
    int i;

    memcpy(bytes + 8, value->Data4, 8);
    text[8] = text[13] = text[18] = text[23] = '-';
    for (i = 0; i < 16; i++)
    {
        text[guid_places[i]] = (BYTE)hex[bytes[i] >> 4];
        text[guid_places[i] + 1] = (BYTE)hex[bytes[i] & 15];
    }
    return DATE_GUID_ROOM;
}

/* The value of a hexadecimal digit; above 15 for any other character. */
static unsigned hex_value(BYTE byte)
{
    if (is_digit(byte))
        return byte - '0';
    byte |= 0x20;
    return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10u : 16;
}

HRESULT date_parse_guid(const BYTE *text, size_t length, GUID *value)
{
    BYTE bytes[16];
    int i;

    if (length != DATE_GUID_ROOM || text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-')
        return WS_E_INVALID_FORMAT;
    for (i = 0; i < 16; i++)
    {
        unsigned high = hex_value(text[guid_places[i]]), low = hex_value(text[guid_places[i] + 1]);

        if ((high | low) > 15)
            return WS_E_INVALID_FORMAT;
        bytes[i] = (BYTE)(high << 4 | low);
    }
    value->Data1 = (ULONG)bytes[0] << 24 | (ULONG)bytes[1] << 16 | (ULONG)bytes[2] << 8 | bytes[3];
    value->Data2 = (USHORT)(bytes[4] << 8 | bytes[5]);
    value->Data3 = (USHORT)(bytes[6] << 8 | bytes[7]);
    memcpy(value->Data4, bytes + 8, 8);
    return S_OK;
}
