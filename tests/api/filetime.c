/* SPDX-License-Identifier: MIT */
/* WsDateTimeToFileTime and WsFileTimeToDateTime: what their pages document. */
#include "errors.h"

#define TICKS_OF_1601  504911232000000000ull
#define TICKS_OF_10000 3155378976000000000ull

static FILETIME filetime(uint64_t ticks)
{
    FILETIME value = {(DWORD)ticks, (DWORD)(ticks >> 32)};

    return value;
}

static uint64_t value_of(const FILETIME *value)
{
    return (uint64_t)value->dwHighDateTime << 32 | value->dwLowDateTime;
}

TEST(dates_become_filetimes)
{
    static const uint64_t ticks[] = {
        0, 1, 0xffffffff, 0x100000000, 128390196000000000, TICKS_OF_10000 - TICKS_OF_1601 - 1};
    size_t i;
    int format;

    for (i = 0; i < sizeof(ticks) / sizeof(ticks[0]); i++)
        for (format = WS_DATETIME_FORMAT_UTC; format <= WS_DATETIME_FORMAT_NONE; format++)
        {
            WS_DATETIME date = {ticks[i] + TICKS_OF_1601, (WS_DATETIME_FORMAT)format};
            FILETIME value = filetime(77);

            expect_hr(S_OK, WsDateTimeToFileTime(&date, &value, NULL));
            expect(value_of(&value) == ticks[i]);
        }
}

TEST(filetimes_become_dates)
{
    static const uint64_t ticks[] = {
        0, 1, 0xffffffff, 0x100000000, 128390196000000000, TICKS_OF_10000 - TICKS_OF_1601 - 1};
    size_t i;

    for (i = 0; i < sizeof(ticks) / sizeof(ticks[0]); i++)
    {
        FILETIME value = filetime(ticks[i]);
        WS_DATETIME date = {77, WS_DATETIME_FORMAT_NONE};

        expect_hr(S_OK, WsFileTimeToDateTime(&value, &date, NULL));
        expect(date.ticks == ticks[i] + TICKS_OF_1601);
        expect(date.format == WS_DATETIME_FORMAT_UTC);
    }
}

TEST(dates_that_no_filetime_can_hold)
{
    static const uint64_t wrong[] = {0, 1, TICKS_OF_1601 - 1, TICKS_OF_10000, TICKS_OF_10000 + 1, UINT64_MAX};
    FILETIME value = filetime(77);
    WS_ERROR *error = create_error();
    size_t i;

    for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
    {
        WS_DATETIME date = {wrong[i], WS_DATETIME_FORMAT_UTC};

        expect_hr(WS_E_INVALID_FORMAT, WsDateTimeToFileTime(&date, &value, NULL));
        expect_hr(WS_E_INVALID_FORMAT, WsDateTimeToFileTime(&date, &value, error));
        expect_size(i + 1, count(error));
    }
    expect(says(error, "A date of 18446744073709551615 ticks in format 0 is not valid: ticks are less than "
                       "3155378976000000000, and formats at most 2."));
    expect(value_of(&value) == 77);
    WsFreeError(error);
}

TEST(filetimes_that_no_date_can_hold)
{
    static const uint64_t wrong[] = {TICKS_OF_10000 - TICKS_OF_1601, TICKS_OF_10000, UINT64_MAX - TICKS_OF_1601 + 1,
                                     UINT64_MAX};
    WS_DATETIME date = {77, WS_DATETIME_FORMAT_NONE};
    WS_ERROR *error = create_error();
    size_t i;

    for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
    {
        FILETIME value = filetime(wrong[i]);

        expect_hr(WS_E_INVALID_FORMAT, WsFileTimeToDateTime(&value, &date, NULL));
        expect_hr(WS_E_INVALID_FORMAT, WsFileTimeToDateTime(&value, &date, error));
        expect_size(i + 1, count(error));
    }
    expect(says(error,
                "A WS_DATETIME cannot hold a date after the year 9999: the FILETIME is 18446744073709551615, and "
                "the year 10000 begins at 2650467744000000000."));
    expect(date.ticks == 77 && date.format == WS_DATETIME_FORMAT_NONE);
    WsFreeError(error);
}

/* A choice: the page does not say which code. */
TEST(a_format_that_does_not_exist)
{
    WS_DATETIME date = {TICKS_OF_1601, (WS_DATETIME_FORMAT)3};
    FILETIME value = filetime(77);

    expect_hr(WS_E_INVALID_FORMAT, WsDateTimeToFileTime(&date, &value, NULL));
    date.format = (WS_DATETIME_FORMAT)-1;
    expect_hr(WS_E_INVALID_FORMAT, WsDateTimeToFileTime(&date, &value, NULL));
    expect(value_of(&value) == 77);
}

TEST(null_pointers)
{
    WS_DATETIME date = {TICKS_OF_1601, WS_DATETIME_FORMAT_UTC};
    FILETIME value = filetime(77);
    WS_ERROR *error = create_error();

    expect_hr(E_INVALIDARG, WsDateTimeToFileTime(NULL, &value, error));
    expect_hr(E_INVALIDARG, WsDateTimeToFileTime(&date, NULL, error));
    expect_hr(E_INVALIDARG, WsDateTimeToFileTime(NULL, NULL, error));
    expect_hr(E_INVALIDARG, WsFileTimeToDateTime(NULL, &date, error));
    expect_hr(E_INVALIDARG, WsFileTimeToDateTime(&value, NULL, error));
    expect_hr(E_INVALIDARG, WsFileTimeToDateTime(NULL, NULL, error));
    expect_size(6, count(error));
    expect_hr(E_INVALIDARG, WsDateTimeToFileTime(NULL, &value, NULL));
    expect_hr(E_INVALIDARG, WsFileTimeToDateTime(NULL, &date, NULL));
    expect(value_of(&value) == 77 && date.ticks == TICKS_OF_1601);
    WsFreeError(error);
}
