/* SPDX-License-Identifier: MIT */
/*
 * WsDateTimeToFileTime and WsFileTimeToDateTime: what their pages document, and has been observed on Windows.
 *
 * Source: the pages of the functions.
 */
#include "support/errors.h"

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

/* Observed on Windows: there is no upper limit. That no format is looked at follows from that, and is our choice. */
TEST(dates_become_filetimes)
{
    static const uint64_t ticks[] = {0,
                                     1,
                                     0xffffffff,
                                     0x100000000,
                                     128390196000000000,
                                     TICKS_OF_10000 - TICKS_OF_1601 - 1,
                                     TICKS_OF_10000 - TICKS_OF_1601,
                                     UINT64_MAX - TICKS_OF_1601 - 1,
                                     UINT64_MAX - TICKS_OF_1601};
    size_t i;
    int format;

    for (i = 0; i < sizeof(ticks) / sizeof(ticks[0]); i++)
        for (format = WS_DATETIME_FORMAT_UTC - 1; format <= WS_DATETIME_FORMAT_NONE + 1; format++)
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

/* Observed on Windows. */
TEST(dates_that_no_filetime_can_hold)
{
    static const uint64_t wrong[] = {0, 1, TICKS_OF_1601 - 1};
    FILETIME value = filetime(77);
    WS_ERROR *error = create_error();
    size_t i;

    for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
    {
        WS_DATETIME date = {wrong[i], WS_DATETIME_FORMAT_UTC};

        expect_hr(WS_E_INVALID_FORMAT, WsDateTimeToFileTime(&date, &value, NULL));
        expect_hr(WS_E_INVALID_FORMAT, WsDateTimeToFileTime(&date, &value, error));
        expect_size(i + 1, sentence_count(error));
    }
    expect(says_exactly(
        error, "A FILETIME cannot hold a date before 1601: the date has 504911231999999999 ticks, and 1601 begins "
               "at 504911232000000000."));
    expect(value_of(&value) == 77);
    WsFreeError(error);
}

/* Observed on Windows: the year 10000 is no date, until the sum of the ticks does not fit into 64 bits. */
TEST(filetimes_that_no_date_can_hold)
{
    static const uint64_t wrong[] = {UINT64_MAX - TICKS_OF_1601 + 1, UINT64_MAX, TICKS_OF_10000 - TICKS_OF_1601,
                                     TICKS_OF_10000, UINT64_MAX - TICKS_OF_1601};
    WS_DATETIME date = {77, WS_DATETIME_FORMAT_NONE};
    WS_ERROR *error = create_error();
    size_t i;

    for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
    {
        FILETIME value = filetime(wrong[i]);
        HRESULT wanted = i < 2 ? WS_E_NUMERIC_OVERFLOW : WS_E_INVALID_FORMAT;

        expect_hr(wanted, WsFileTimeToDateTime(&value, &date, NULL));
        expect_hr(wanted, WsFileTimeToDateTime(&value, &date, error));
        expect_size(i + 1, sentence_count(error));
        if (i == 1)
            expect(says_exactly(
                error, "The FILETIME 18446744073709551615 is too large: with the 504911232000000000 ticks before "
                       "1601 it exceeds 64 bits."));
    }
    expect(says_exactly(
        error, "A WS_DATETIME cannot hold a date after the year 9999: the FILETIME is 17941832841709551615, and "
               "the year 10000 begins at 2650467744000000000."));
    expect(date.ticks == 77 && date.format == WS_DATETIME_FORMAT_NONE);
    WsFreeError(error);
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
    expect_size(6, sentence_count(error));
    date.ticks = 0; /* pointers come first, and then what is there */
    expect_hr(E_INVALIDARG, WsDateTimeToFileTime(&date, NULL, NULL));
    date.ticks = TICKS_OF_1601;
    expect_hr(E_INVALIDARG, WsDateTimeToFileTime(NULL, &value, NULL));
    expect_hr(E_INVALIDARG, WsFileTimeToDateTime(NULL, &date, NULL));
    expect(value_of(&value) == 77 && date.ticks == TICKS_OF_1601);
    WsFreeError(error);
}
