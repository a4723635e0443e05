/* SPDX-License-Identifier: MIT */
/* filetime.c - WsDateTimeToFileTime, WsFileTimeToDateTime. */
#include "values/date.h"
#include "base/error.h"
#include "base/trace.h"

static HRESULT to_filetime(const WS_DATETIME *date, FILETIME *filetime, WS_ERROR *error)
{
    uint64_t ticks;

    if (!date || !filetime)
        return error_report(error, E_INVALIDARG, "A pointer is NULL: dateTime is %p and fileTime %p.",
                            (const void *)date, (void *)filetime);
    if (date->ticks < TICKS_OF_FILETIME)
        return error_report(error, WS_E_INVALID_FORMAT,
                            "A FILETIME cannot hold a date before 1601: the date has %llu ticks, and 1601 begins at "
                            "%llu.",
                            (unsigned long long)date->ticks, TICKS_OF_FILETIME);
    ticks = date->ticks - TICKS_OF_FILETIME;
    filetime->dwLowDateTime = (DWORD)ticks;
    filetime->dwHighDateTime = (DWORD)(ticks >> 32);
    return S_OK;
}

static HRESULT from_filetime(const FILETIME *filetime, WS_DATETIME *date, WS_ERROR *error)
{
    uint64_t ticks;

    if (!filetime || !date)
        return error_report(error, E_INVALIDARG, "A pointer is NULL: fileTime is %p and dateTime %p.",
                            (const void *)filetime, (void *)date);
    ticks = (uint64_t)filetime->dwHighDateTime << 32 | filetime->dwLowDateTime;
    if (ticks > UINT64_MAX - TICKS_OF_FILETIME)
        return error_report(error, WS_E_NUMERIC_OVERFLOW,
                            "The FILETIME %llu is too large: with the %llu ticks before 1601 it exceeds 64 bits.",
                            (unsigned long long)ticks, TICKS_OF_FILETIME);
    if (ticks >= DATE_MAX_TICKS - TICKS_OF_FILETIME)
        return error_report(error, WS_E_INVALID_FORMAT,
                            "A WS_DATETIME cannot hold a date after the year 9999: the FILETIME is %llu, and the year "
                            "10000 begins at %llu.",
                            (unsigned long long)ticks, DATE_MAX_TICKS - TICKS_OF_FILETIME);
    date->ticks = ticks + TICKS_OF_FILETIME;
    date->format = WS_DATETIME_FORMAT_UTC;
    return S_OK;
}

/*
 * Turns a date into a FILETIME. Both count the same units; neither has a time zone, so that the date's format does not
 * matter, and is not looked at.
 *
 * dateTime: from 1601 on; ticks beyond the year 9999, which no WS_DATETIME should have, are accepted.
 * fileTime: untouched on failure.
 * Returns E_INVALIDARG (a pointer is NULL), WS_E_INVALID_FORMAT (the date is before 1601).
 * Source: the page of WsDateTimeToFileTime; that there is no upper limit has been observed on Windows.
 */
HRESULT WINAPI WsDateTimeToFileTime(const WS_DATETIME *dateTime, FILETIME *fileTime, WS_ERROR *error)
{
    HRESULT hr = to_filetime(dateTime, fileTime, error);

    TRACE_RESULT(hr, error, "WsDateTimeToFileTime(dateTime=%p, fileTime=%p, error=%p) = 0x%08x", (const void *)dateTime,
                 (void *)fileTime, (void *)error, (unsigned)hr);
    return hr;
}

/*
 * Turns a FILETIME into a date, in the format WS_DATETIME_FORMAT_UTC.
 *
 * dateTime: untouched on failure.
 * Returns E_INVALIDARG (a pointer is NULL), WS_E_INVALID_FORMAT (it is in the year 10000 or later),
 * WS_E_NUMERIC_OVERFLOW (its ticks would not fit into 64 bits).
 * Source: the page of WsFileTimeToDateTime; the last code has been observed on Windows.
 */
HRESULT WINAPI WsFileTimeToDateTime(const FILETIME *fileTime, WS_DATETIME *dateTime, WS_ERROR *error)
{
    HRESULT hr = from_filetime(fileTime, dateTime, error);

    TRACE_RESULT(hr, error, "WsFileTimeToDateTime(fileTime=%p, dateTime=%p, error=%p) = 0x%08x", (const void *)fileTime,
                 (void *)dateTime, (void *)error, (unsigned)hr);
    return hr;
}
