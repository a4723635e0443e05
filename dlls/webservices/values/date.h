/* SPDX-License-Identifier: MIT */
/*
 * date.h - WS_DATETIME, WS_TIMESPAN, WS_DURATION and GUIDs as text. Conventions are those of number.h.
 */
#ifndef WS_VALUES_DATE_H
#define WS_VALUES_DATE_H

#include <stddef.h>

#include "base/ticks.h"
#include "webservices.h"

#define DATE_DATETIME_ROOM 40
#define DATE_TIMESPAN_ROOM 40
#define DATE_DURATION_ROOM 96
#define DATE_GUID_ROOM     36

/* Ticks of the first moment after what a WS_DATETIME can hold: 1 January of the year 10000. */
#define DATE_MAX_TICKS 3155378976000000000ull

/* WS_E_INVALID_FORMAT, with a sentence, if the ticks or the format are out of range. */
HRESULT date_check(const WS_DATETIME *value, WS_ERROR *error);

/*
 * xsd:dateTime: "2007-09-25T01:30:00Z" (WS_DATETIME_FORMAT_UTC), "2007-09-25T01:30:00" (_NONE), and for _LOCAL the
 * time that clocks here showed then, with its offset: "2007-09-24T18:30:00-07:00". Where the system does not know that
 * offset, or the local time would be before 1601 or after 9999, the time of UTC is written with "+00:00", as observed
 * on Windows (the page of WS_DATETIME_FORMAT says: as UTC). A fraction has up to 7 digits, the last of which is not 0.
 *
 * WS_E_INVALID_FORMAT as date_check() says.
 */
HRESULT date_write_datetime(const WS_DATETIME *value, BYTE *text, size_t *length, WS_ERROR *error);

/*
 * xsd:duration; parts that are 0 are left out. WS_E_INVALID_FORMAT, with a sentence, if the milliseconds or ticks are
 * out of range.
 */
HRESULT date_write_duration(const WS_DURATION *value, BYTE *text, size_t *length, WS_ERROR *error);

/* Not xsd:duration but [-][d.]hh:mm:ss[.fffffff], as WS_XML_TIMESPAN_TEXT and [MC-NBFX] 2.2.3.23 document it. */
size_t date_write_timespan(const WS_TIMESPAN *value, BYTE *text);

size_t date_write_guid(const GUID *value, BYTE *text); /* lower case, without braces */

/*
 * With "Z" the format is _UTC, without a zone _NONE; with an offset it is _LOCAL, and the ticks are those of UTC.
 * 24:00:00 is the midnight after the day. Years have four digits, fractions up to seven, and offsets are at most 14:00.
 *
 * Every refusal is WS_E_INVALID_FORMAT, also of a date that its offset moves before the year 1 or after 9999: observed
 * on Windows (of WsReadType).
 */
HRESULT date_parse_datetime(const BYTE *text, size_t length, WS_DATETIME *value);

/* Digits of a fraction beyond the seventh are cut off. */
HRESULT date_parse_duration(const BYTE *text, size_t length, WS_DURATION *value);

HRESULT date_parse_timespan(const BYTE *text, size_t length, WS_TIMESPAN *value);
HRESULT date_parse_guid(const BYTE *text, size_t length, GUID *value);

#endif
