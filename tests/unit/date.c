/* SPDX-License-Identifier: MIT */
/* Dates, time spans, durations and GUIDs as text. */
#ifndef _WIN32
#define _DEFAULT_SOURCE
#endif
#include "support/number.h"

#include "values/date.h"
#include "base/platform.h"

#include <time.h>

#define SECOND ((uint64_t)TICKS_PER_SECOND)
#define DAY    ((uint64_t)TICKS_PER_DAY)

#define PARSER(name, type) \
    static HRESULT parse_##name(const char *text, type *value) \
    { \
        size_t length = strlen(text); \
        BYTE *copy = exactly(text, length); \
        HRESULT hr = date_parse_##name(copy, length, value); \
        free(copy); \
        return hr; \
    }

PARSER(datetime, WS_DATETIME)
PARSER(timespan, WS_TIMESPAN)
PARSER(duration, WS_DURATION)
PARSER(guid, GUID)

static const char *of_datetime(uint64_t ticks, WS_DATETIME_FORMAT format)
{
    static char text[DATE_DATETIME_ROOM + 1];
    WS_DATETIME value = {ticks, format};
    size_t length = 0;

    expect_hr(S_OK, date_write_datetime(&value, (BYTE *)text, &length, NULL));
    expect(length < DATE_DATETIME_ROOM);
    text[length] = 0;
    return text;
}

static const char *of_timespan(int64_t ticks)
{
    static char text[DATE_TIMESPAN_ROOM + 1];
    WS_TIMESPAN value = {ticks};

    text[date_write_timespan(&value, (BYTE *)text)] = 0;
    return text;
}

static const char *of_duration(const WS_DURATION *value)
{
    static char text[DATE_DURATION_ROOM + 1];
    size_t length = 0;

    expect_hr(S_OK, date_write_duration(value, (BYTE *)text, &length, NULL));
    text[length] = 0;
    return text;
}

/* What dates are read as and written, if that is something else. */
static const struct
{
    const char *text;
    uint64_t ticks;
    WS_DATETIME_FORMAT format;
    const char *written;
} dates[] = {
    {"0001-01-01T00:00:00Z", 0, WS_DATETIME_FORMAT_UTC, NULL},
    {"0001-01-01T00:00:00", 0, WS_DATETIME_FORMAT_NONE, NULL},
    {"0001-01-01T00:00:00.0000001Z", 1, WS_DATETIME_FORMAT_UTC, NULL},
    {"9999-12-31T23:59:59.9999999Z", DATE_MAX_TICKS - 1, WS_DATETIME_FORMAT_UTC, NULL},
    {"9999-12-31T23:59:59.9999999", DATE_MAX_TICKS - 1, WS_DATETIME_FORMAT_NONE, NULL},
    {"1601-01-01T00:00:00Z", TICKS_OF_FILETIME, WS_DATETIME_FORMAT_UTC, NULL},
    {"1970-01-01T00:00:00Z", 621355968000000000, WS_DATETIME_FORMAT_UTC, NULL},
    {"2007-09-25T01:30:00Z", 633262806000000000, WS_DATETIME_FORMAT_UTC, NULL}, /* WS_DATETIME_FORMAT's page */
    {"2007-09-27T10:30:00", 633264858000000000, WS_DATETIME_FORMAT_NONE, NULL},
    {"2000-02-29T12:00:00.5Z", 630874224005000000, WS_DATETIME_FORMAT_UTC, NULL},
    {"2000-02-29T12:00:00.50Z", 630874224005000000, WS_DATETIME_FORMAT_UTC, "2000-02-29T12:00:00.5Z"},
    {"2000-02-29T12:00:00.5000000Z", 630874224005000000, WS_DATETIME_FORMAT_UTC, "2000-02-29T12:00:00.5Z"},
    {"2000-02-29T12:00:00.0Z", 630874224000000000, WS_DATETIME_FORMAT_UTC, "2000-02-29T12:00:00Z"},
    {"2000-02-29T12:00:00.9999999", 630874224009999999, WS_DATETIME_FORMAT_NONE, NULL},
    {"2000-12-31T24:00:00Z", 631139040000000000, WS_DATETIME_FORMAT_UTC, "2001-01-01T00:00:00Z"},
    {"2000-12-31T24:00:00.000", 631139040000000000, WS_DATETIME_FORMAT_NONE, "2001-01-01T00:00:00"},
    {"2004-02-28T24:00:00Z", 632136096000000000, WS_DATETIME_FORMAT_UTC, "2004-02-29T00:00:00Z"},
};

TEST(dates_read_and_written)
{
    size_t i;

    for (i = 0; i < sizeof(dates) / sizeof(dates[0]); i++)
    {
        WS_DATETIME value = {77, WS_DATETIME_FORMAT_LOCAL};
        const char *written = dates[i].written ? dates[i].written : dates[i].text;

        expect_hr(S_OK, parse_datetime(dates[i].text, &value));
        if (value.ticks != dates[i].ticks || value.format != dates[i].format)
            test_fail(__FILE__, __LINE__, "%s is %llu", dates[i].text, (unsigned long long)value.ticks);
        if (strcmp(of_datetime(value.ticks, value.format), written))
            test_fail(__FILE__, __LINE__, "%s", of_datetime(value.ticks, value.format));
    }
}

/* The ticks are those of UTC. */
TEST(dates_with_an_offset)
{
    static const struct
    {
        const char *text, *utc;
    } cases[] = {
        {"2007-09-27T10:30:00-07:00", "2007-09-27T17:30:00Z"},
        {"2007-09-27T10:30:00+05:30", "2007-09-27T05:00:00Z"},
        {"2007-09-27T10:30:00+00:00", "2007-09-27T10:30:00Z"},
        {"2007-09-27T10:30:00-00:00", "2007-09-27T10:30:00Z"},
        {"2007-01-01T10:30:00.25+14:00", "2006-12-31T20:30:00.25Z"},
        {"2007-01-01T10:30:00+13:59", "2006-12-31T20:31:00Z"},
        {"2007-01-01T10:30:00-13:59", "2007-01-02T00:29:00Z"},
        {"2007-12-31T24:00:00-14:00", "2008-01-01T14:00:00Z"},
        {"0001-01-01T14:00:00+14:00", "0001-01-01T00:00:00Z"},
        {"9999-12-31T09:59:59-14:00", "9999-12-31T23:59:59Z"},
        {"9999-12-31T24:00:00+00:05", "9999-12-31T23:55:00Z"},
    };
    WS_DATETIME value;
    size_t i;

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
    {
        expect_hr(S_OK, parse_datetime(cases[i].text, &value));
        expect(value.format == WS_DATETIME_FORMAT_LOCAL);
        expect(!strcmp(of_datetime(value.ticks, WS_DATETIME_FORMAT_UTC), cases[i].utc));
    }
}

TEST(dates_refused)
{
    static const char *const wrong[] = {"",
                                        "2007",
                                        "2007-09-25",
                                        "2007-09-25T",
                                        "2007-09-25T01:30Z",
                                        "2007-09-25T01:30:00z",
                                        "2007-09-25 01:30:00Z",
                                        "2007-9-25T01:30:00Z",
                                        "2007-09-5T01:30:00Z",
                                        "07-09-25T01:30:00Z",
                                        "207-09-25T01:30:00Z",
                                        "+2007-09-25T01:30:00Z",
                                        "02007-09-25T01:30:00Z",
                                        "0000-01-01T00:00:00Z",
                                        "2007-00-25T01:30:00Z",
                                        "2007-13-25T01:30:00Z",
                                        "2007-09-00T01:30:00Z",
                                        "2007-09-31T01:30:00Z",
                                        "2007-02-29T01:30:00Z",
                                        "1900-02-29T01:30:00Z",
                                        "2000-02-30T01:30:00Z",
                                        "2007-09-25T25:00:00Z",
                                        "2007-09-25T24:00:01Z",
                                        "2007-09-25T24:01:00Z",
                                        "2007-09-25T24:00:00.1Z",
                                        "2007-09-25T24:00:00.0000001Z",
                                        "2007-09-25T01:60:00Z",
                                        "2007-09-25T01:30:60Z",
                                        "2007-09-25T01:30:00.Z",
                                        "2007-09-25T01:30:00.",
                                        "2007-09-25T01:30:00.00000000Z",
                                        "2007-09-25T01:30:00,5Z",
                                        "2007-09-25T01:30:00Zx",
                                        "2007-09-25T01:30:00ZZ",
                                        "2007-09-25T01:30:00+1:00",
                                        "2007-09-25T01:30:00+01",
                                        "2007-09-25T01:30:00+0100",
                                        "2007-09-25T01:30:00+01:0",
                                        "2007-09-25T01:30:00+14:01",
                                        "2007-09-25T01:30:00-14:01",
                                        "2007-09-25T01:30:00-15:00",
                                        "2007-09-25T01:30:00+13:60",
                                        "2007-09-25T01:30:00+01:60",
                                        "2007-09-25T01:30:00+01:00Z",
                                        "2007-09-25T1:30:00Z",
                                        "-",
                                        "T",
                                        "2007-09-25T-1:30:00Z",
                                        " 2007-09-25T01:30:00Z",
                                        "2007-09-25T01:30:00Z ",
                                        "2007/09/25T01:30:00Z",
                                        "9999-12-32T00:00:00Z",
                                        "12007-02-30T00:00:00Z",
                                        "-0000-01-01T00:00:00Z",
                                        "10000-01-01T00:00:00Z",
                                        "12345-02-28T00:00:00",
                                        "999999999999999999999-01-01T00:00:00Z",
                                        "-0044-03-15T12:00:00Z",
                                        "-2007-09-25T01:30:00Z",
                                        "9999-12-31T24:00:00Z",
                                        "9999-12-31T24:00:00",
                                        "0001-01-01T00:00:00+00:01",
                                        "0001-01-01T13:59:59.9999999+14:00",
                                        "9999-12-31T23:59:59-00:01",
                                        "9999-12-31T10:00:00-14:00"};
    WS_DATETIME value = {77, WS_DATETIME_FORMAT_NONE};
    size_t i;

    for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        if (parse_datetime(wrong[i], &value) != WS_E_INVALID_FORMAT)
            test_fail(__FILE__, __LINE__, "'%s'", wrong[i]);
    expect(value.ticks == 77 && value.format == WS_DATETIME_FORMAT_NONE);
}

TEST(dates_that_cannot_be_written)
{
    static const WS_DATETIME wrong[] = {{DATE_MAX_TICKS, WS_DATETIME_FORMAT_UTC},
                                        {DATE_MAX_TICKS, WS_DATETIME_FORMAT_LOCAL},
                                        {UINT64_MAX, WS_DATETIME_FORMAT_NONE},
                                        {0, (WS_DATETIME_FORMAT)3},
                                        {0, (WS_DATETIME_FORMAT)-1}};
    BYTE text[DATE_DATETIME_ROOM];
    size_t i, length = 77;

    for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        expect_hr(WS_E_INVALID_FORMAT, date_write_datetime(&wrong[i], text, &length, NULL));
    expect_size(77, length);
}

/* Every day of 10000 years, against a calendar that is kept by counting. */
TEST(every_day)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year, month, day, length;
    uint64_t days = 0;
    char wanted[32];
    WS_DATETIME value;

    for (year = 1; year <= 9999; year++)
        for (month = 1; month <= 12; month++)
        {
            length = lengths[month - 1] + (month == 2 && (year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)));
            for (day = 1; day <= length; day++, days++)
            {
                const char *text = of_datetime(days * DAY + 3723 * SECOND, WS_DATETIME_FORMAT_UTC);

                snprintf(wanted, sizeof(wanted), "%04d-%02d-%02dT01:02:03Z", year, month, day);
                if (strcmp(text, wanted))
                    test_fail(__FILE__, __LINE__, "%s, not %s", text, wanted);
                expect(date_parse_datetime((const BYTE *)text, 20, &value) == S_OK);
                expect(value.ticks == days * DAY + 3723 * SECOND);
            }
        }
    expect(days * DAY == DATE_MAX_TICKS);
}

TEST(every_second_of_a_day)
{
    WS_DATETIME value;
    uint64_t second;
    char wanted[32];

    for (second = 0; second < 86400; second++)
    {
        uint64_t ticks = 700000 * DAY + second * SECOND + second * 115 % SECOND;
        const char *text = of_datetime(ticks, WS_DATETIME_FORMAT_NONE);

        snprintf(wanted, sizeof(wanted), "T%02d:%02d:%02d", (int)(second / 3600), (int)(second / 60 % 60),
                 (int)(second % 60));
        expect(!strncmp(text + 10, wanted, 9));
        expect(text[19] != '.' || text[strlen(text) - 1] != '0');
        expect_hr(S_OK, parse_datetime(text, &value));
        expect(value.ticks == ticks);
    }
}

/* --- The local time --- */

#ifndef _WIN32

static void set_zone(const char *zone)
{
    setenv("TZ", zone, 1);
    tzset();
}

TEST(local_times_have_the_offset_of_their_day)
{
    uint64_t winter = 633032136000000000 /* 2007-01-01T02:00:00Z */, summer = 633264858000000000, minute = 60 * SECOND;

    set_zone("PST8PDT,M3.2.0,M11.1.0");
    /* The example of WS_DATETIME_FORMAT's page. */
    expect(!strcmp(of_datetime(summer + 7 * 60 * minute, WS_DATETIME_FORMAT_LOCAL), "2007-09-27T10:30:00-07:00"));
    expect(!strcmp(of_datetime(winter, WS_DATETIME_FORMAT_LOCAL), "2006-12-31T18:00:00-08:00"));
    expect(!strcmp(of_datetime(winter + 1, WS_DATETIME_FORMAT_LOCAL), "2006-12-31T18:00:00.0000001-08:00"));
    set_zone("<+0545>-5:45");
    expect(!strcmp(of_datetime(winter, WS_DATETIME_FORMAT_LOCAL), "2007-01-01T07:45:00+05:45"));
    set_zone("<-0330>3:30");
    expect(!strcmp(of_datetime(winter, WS_DATETIME_FORMAT_LOCAL), "2006-12-31T22:30:00-03:30"));
    set_zone("UTC0");
    expect(!strcmp(of_datetime(winter, WS_DATETIME_FORMAT_LOCAL), "2007-01-01T02:00:00+00:00"));
    /* No other format knows of it. */
    set_zone("<+14>-14");
    expect(!strcmp(of_datetime(winter, WS_DATETIME_FORMAT_UTC), "2007-01-01T02:00:00Z"));
    expect(!strcmp(of_datetime(winter, WS_DATETIME_FORMAT_NONE), "2007-01-01T02:00:00"));
}

/* Observed on Windows, 8 hours behind UTC: the time is that of UTC, and the offset +00:00, not Z. */
TEST(times_without_a_local_time_have_no_offset)
{
    uint64_t second = SECOND, hour = 3600ull * SECOND;

    set_zone("PST8");
    expect(!strcmp(of_datetime(0, WS_DATETIME_FORMAT_LOCAL), "0001-01-01T00:00:00+00:00"));
    expect(!strcmp(of_datetime(TICKS_OF_FILETIME + 7 * hour, WS_DATETIME_FORMAT_LOCAL), "1601-01-01T07:00:00+00:00"));
    expect(!strcmp(of_datetime(TICKS_OF_FILETIME + 8 * hour, WS_DATETIME_FORMAT_LOCAL), "1601-01-01T00:00:00-08:00"));
    expect(!strcmp(of_datetime(DATE_MAX_TICKS - 1, WS_DATETIME_FORMAT_LOCAL), "9999-12-31T15:59:59.9999999-08:00"));
    set_zone("<+14>-14");
    expect(!strcmp(of_datetime(TICKS_OF_FILETIME - 1, WS_DATETIME_FORMAT_LOCAL), "1600-12-31T23:59:59.9999999+00:00"));
    expect(!strcmp(of_datetime(TICKS_OF_FILETIME, WS_DATETIME_FORMAT_LOCAL), "1601-01-01T14:00:00+14:00"));
    /* What follows from that. In the year 10000. */
    expect(!strcmp(of_datetime(DATE_MAX_TICKS - second, WS_DATETIME_FORMAT_LOCAL), "9999-12-31T23:59:59+00:00"));
    set_zone("<-12>12");
    expect(!strcmp(of_datetime(DATE_MAX_TICKS - second, WS_DATETIME_FORMAT_LOCAL), "9999-12-31T11:59:59-12:00"));
    /* Offsets that xsd:dateTime has no room for. */
    set_zone("<+15>-15");
    expect(!strcmp(of_datetime(TICKS_OF_FILETIME, WS_DATETIME_FORMAT_LOCAL), "1601-01-01T00:00:00+00:00"));
    set_zone("<odd>-1:00:30");
    expect(!strcmp(of_datetime(TICKS_OF_FILETIME, WS_DATETIME_FORMAT_LOCAL), "1601-01-01T00:00:00+00:00"));
    /* The other formats have theirs. */
    expect(!strcmp(of_datetime(0, WS_DATETIME_FORMAT_UTC), "0001-01-01T00:00:00Z"));
    expect(!strcmp(of_datetime(0, WS_DATETIME_FORMAT_NONE), "0001-01-01T00:00:00"));
}

#endif

/* In whatever zone this runs: what is written reads back as the same moment, and as local. */
TEST(local_times_survive)
{
    WS_DATETIME value;
    uint64_t ticks;

    for (ticks = 0; ticks < DATE_MAX_TICKS; ticks += 977 * DAY + 12345678901)
    {
        const char *text = of_datetime(ticks, WS_DATETIME_FORMAT_LOCAL);

        expect_hr(S_OK, parse_datetime(text, &value));
        expect(value.ticks == ticks);
        expect(value.format == WS_DATETIME_FORMAT_LOCAL);
    }
}

#ifdef _WIN32
TEST(the_offset_is_the_systems)
{
    SYSTEMTIME utc = {2007, 9, 4, 27, 17, 30, 0, 0}, local;
    char wanted[32];

    expect(SystemTimeToTzSpecificLocalTime(NULL, &utc, &local));
    snprintf(wanted, sizeof(wanted), "%04d-%02d-%02dT%02d:%02d:00", local.wYear, local.wMonth, local.wDay, local.wHour,
             local.wMinute);
    expect(!strncmp(of_datetime(633265110000000000, WS_DATETIME_FORMAT_LOCAL), wanted, strlen(wanted)));
}
#endif

/* --- Time spans --- */

TEST(time_spans_read_and_written)
{
    static const struct
    {
        const char *text;
        int64_t ticks;
        const char *written;
    } cases[] = {
        {"00:00:00", 0, NULL},
        {"+00:00:00", 0, "00:00:00"},
        {"-00:00:00", 0, "00:00:00"},
        {"00:00:00.0000001", 1, NULL},
        {"-00:00:00.0000001", -1, NULL},
        {"00:00:01", 10000000, NULL},
        {"00:00:01.5", 15000000, NULL},
        {"00:00:01.5000000", 15000000, "00:00:01.5"},
        {"00:00:01.0", 10000000, "00:00:01"},
        {"23:59:59.9999999", 863999999999, NULL},
        {"1.00:00:00", 864000000000, NULL},
        {"-1.00:00:00", -864000000000, NULL},
        {"+0001.00:00:00", 864000000000, "1.00:00:00"},
        {"0.01:00:00", 36000000000, "01:00:00"},
        {"10675199.02:48:05.4775807", INT64_MAX, NULL},
        {"-10675199.02:48:05.4775808", INT64_MIN, NULL},
    };
    WS_TIMESPAN value;
    size_t i;

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
    {
        expect_hr(S_OK, parse_timespan(cases[i].text, &value));
        if (value.ticks != cases[i].ticks)
            test_fail(__FILE__, __LINE__, "%s is %lld", cases[i].text, (long long)value.ticks);
        expect(!strcmp(of_timespan(value.ticks), cases[i].written ? cases[i].written : cases[i].text));
    }
}

TEST(time_spans_refused)
{
    static const char *const wrong[] = {"",
                                        "+",
                                        "-",
                                        "1",
                                        "1.",
                                        "00:00",
                                        "0:00:00",
                                        "000:00:00",
                                        "24:00:00",
                                        "1.24:00:00",
                                        "00:60:00",
                                        "00:00:60",
                                        "00:00:00.",
                                        "00:00:00.00000001",
                                        ".00:00:00",
                                        "1.1.00:00:00",
                                        "00:00:00Z",
                                        "--00:00:00",
                                        "1 00:00:00",
                                        "1d00:00:00",
                                        "PT1S",
                                        "00:00:00 ",
                                        "99999999999999999999999.x"};
    static const char *const outside[] = {"10675199.02:48:05.4775808", "-10675199.02:48:05.4775809",
                                          "10675200.00:00:00", "99999999999999999999999.00:00:00"};
    WS_TIMESPAN value = {77};
    size_t i;

    for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        if (parse_timespan(wrong[i], &value) != WS_E_INVALID_FORMAT)
            test_fail(__FILE__, __LINE__, "'%s'", wrong[i]);
    for (i = 0; i < sizeof(outside) / sizeof(outside[0]); i++)
        expect_hr(WS_E_NUMERIC_OVERFLOW, parse_timespan(outside[i], &value));
    expect(value.ticks == 77);
}

/* --- Durations --- */

TEST(durations_read_and_written)
{
    static const struct
    {
        const char *text;
        WS_DURATION value;
        const char *written;
    } cases[] = {
        {"PT0S", {0, 0, 0, 0, 0, 0, 0, 0, 0}, NULL},
        {"P0Y", {0, 0, 0, 0, 0, 0, 0, 0, 0}, "PT0S"},
        {"-PT0S", {1, 0, 0, 0, 0, 0, 0, 0, 0}, NULL},
        {"P1Y", {0, 1, 0, 0, 0, 0, 0, 0, 0}, NULL},
        {"+P1Y", {0, 1, 0, 0, 0, 0, 0, 0, 0}, "P1Y"},
        {"P1M", {0, 0, 1, 0, 0, 0, 0, 0, 0}, NULL},
        {"PT1M", {0, 0, 0, 0, 0, 1, 0, 0, 0}, NULL},
        {"P1Y2M3DT4H5M6S", {0, 1, 2, 3, 4, 5, 6, 0, 0}, NULL},
        {"-P120D", {1, 0, 0, 120, 0, 0, 0, 0, 0}, NULL},
        {"P3DT1H", {0, 0, 0, 3, 1, 0, 0, 0, 0}, NULL},
        {"PT1.5S", {0, 0, 0, 0, 0, 0, 1, 500, 0}, NULL},
        {"PT0.0000001S", {0, 0, 0, 0, 0, 0, 0, 0, 1}, NULL},
        {"PT0.12345678999S", {0, 0, 0, 0, 0, 0, 0, 123, 4567}, "PT0.1234567S"},
        {"P007Y0MT00H1M", {0, 7, 0, 0, 0, 1, 0, 0, 0}, "P7YT1M"},
        {"-P4294967295Y4294967295M4294967295DT4294967295H4294967295M4294967295.9999999S",
         {1, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 999, 9999},
         NULL},
    };
    WS_DURATION value;
    size_t i;

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
    {
        expect_hr(S_OK, parse_duration(cases[i].text, &value));
        if (memcmp(&value, &cases[i].value, sizeof(value)))
            test_fail(__FILE__, __LINE__, "%s", cases[i].text);
        if (strcmp(of_duration(&value), cases[i].written ? cases[i].written : cases[i].text))
            test_fail(__FILE__, __LINE__, "%s", of_duration(&value));
    }
}

TEST(durations_refused)
{
    static const char *const wrong[] = {"",
                                        "P",
                                        "-P",
                                        "PT",
                                        "P1YT",
                                        "1Y",
                                        "P1",
                                        "P1S",
                                        "P1H",
                                        "PT1Y",
                                        "PT1D",
                                        "P1M1Y",
                                        "P1Y1Y",
                                        "P1D1M",
                                        "PT1S1M",
                                        "P1.5Y",
                                        "PT1.5M",
                                        "PT1.S",
                                        "PT.5S",
                                        "P-1Y",
                                        "+-P1Y",
                                        "-+P1Y",
                                        "+",
                                        "+P",
                                        "P1YT1H1",
                                        "PY",
                                        "P 1Y",
                                        "P1Y ",
                                        "PT1HT1M",
                                        "p1y",
                                        "P1Y2M3DT4H5M6S7",
                                        "PT99999999999X",
                                        "PTS",
                                        "P1W"};
    static const char *const outside[] = {"P4294967296Y", "PT99999999999999999999999999S", "P1Y4294967296M"};
    WS_DURATION value = {77, 77, 77, 77, 77, 77, 77, 77, 77}, before = value;
    BYTE text[DATE_DURATION_ROOM];
    size_t i, length = 77;

    for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        if (parse_duration(wrong[i], &value) != WS_E_INVALID_FORMAT)
            test_fail(__FILE__, __LINE__, "'%s'", wrong[i]);
    for (i = 0; i < sizeof(outside) / sizeof(outside[0]); i++)
        expect_hr(WS_E_NUMERIC_OVERFLOW, parse_duration(outside[i], &value));
    expect(!memcmp(&value, &before, sizeof(value)));

    value.milliseconds = 1000;
    expect_hr(WS_E_INVALID_FORMAT, date_write_duration(&value, text, &length, NULL));
    value.milliseconds = 999;
    value.ticks = 10000;
    expect_hr(WS_E_INVALID_FORMAT, date_write_duration(&value, text, &length, NULL));
    expect_size(77, length);
}

/* --- GUIDs --- */

TEST(guids)
{
    /* The example of [MC-NBFX] 2.2.3.22. */
    static const GUID example = {0x33221100, 0x5544, 0x7766, {0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff}};
    static const char *const wrong[] = {"",
                                        "33221100-5544-7766-8899-aabbccddeef",
                                        "33221100-5544-7766-8899-aabbccddeeff0",
                                        "{33221100-5544-7766-8899-aabbccddeeff}",
                                        "33221100554477668899aabbccddeeff",
                                        "33221100-5544-7766-8899-aabbccddeefg",
                                        "33221100-5544-7766-8899+aabbccddeeff",
                                        "3322110-05544-7766-8899-aabbccddeeff",
                                        "33221100-5544-7766-8899-aabbccddee f",
                                        ("33221100-5544-7766-8899-aabbccddee\x10"
                                         "f"),
                                        "@3221100-5544-7766-8899-aabbccddeeff",
                                        "G3221100-5544-7766-8899-aabbccddeeff",
                                        "`3221100-5544-7766-8899-aabbccddeeff"};
    BYTE text[DATE_GUID_ROOM];
    GUID value, before;
    size_t i;

    expect_size(DATE_GUID_ROOM, date_write_guid(&example, text));
    expect(!memcmp(text, "33221100-5544-7766-8899-aabbccddeeff", DATE_GUID_ROOM));
    expect_hr(S_OK, parse_guid("33221100-5544-7766-8899-aabbccddeeff", &value));
    expect(!memcmp(&value, &example, sizeof(value)));
    expect_hr(S_OK, parse_guid("33221100-5544-7766-8899-AABBCCDDEEFF", &value));
    expect(!memcmp(&value, &example, sizeof(value)));
    before = value;
    for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        if (parse_guid(wrong[i], &value) != WS_E_INVALID_FORMAT)
            test_fail(__FILE__, __LINE__, "'%s'", wrong[i]);
    expect(!memcmp(&value, &before, sizeof(value)));
}
