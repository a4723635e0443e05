/* SPDX-License-Identifier: MIT */
/*
 * number.h - numbers as XML Schema writes them. The locale does not matter.
 *
 * Writers return how many bytes of ASCII they wrote, without a terminating zero; the room that each may need is
 * given. Parsers take the whole text, without the white space around it, and refuse a text that is not a number
 * (WS_E_INVALID_FORMAT) or whose number the type cannot hold (WS_E_NUMERIC_OVERFLOW); *value is untouched then.
 */
#ifndef WS_VALUES_NUMBER_H
#define WS_VALUES_NUMBER_H

#include <stddef.h>
#include <stdint.h>

#include "webservices.h"

#define NUMBER_INT64_ROOM   20
#define NUMBER_DOUBLE_ROOM  32
#define NUMBER_DECIMAL_ROOM 32

size_t number_write_int64(int64_t value, BYTE *text);
size_t number_write_uint64(uint64_t value, BYTE *text);

/*
 * The fewest digits that read back as the same bits: "0.1", "-1.5", "12345", "-0"; "INF", "-INF", "NaN". Below
 * 0.1, and from 1E15 on, there is an exponent: "1E-2", "1.5E-7", "1E+22".
 *
 * Source: [MC-NBFX] 2.2.3.9 and 2.2.3.10; where the exponent begins, and what it looks like, was observed on Windows at
 * 0.1 and 0.01, 1E14 and 1E15. That floats are written by the same rule is our choice.
 */
size_t number_write_double(double value, BYTE *text);
size_t number_write_float(float value, BYTE *text);

/* WS_E_INVALID_FORMAT, with a sentence, for a scale above 28 and a sign that is neither 0 nor DECIMAL_NEG. */
HRESULT number_check_decimal(const DECIMAL *value, WS_ERROR *error);

/*
 * All digits of a DECIMAL, its scale kept, as .NET does it: 1.50 is "1.50" ([MC-NBFX] 2.2.3.11 has no zeros after the
 * last digit). There is no minus zero. WS_E_INVALID_FORMAT as number_check_decimal() says.
 */
HRESULT number_write_decimal(const DECIMAL *value, BYTE *text, size_t *length, WS_ERROR *error);

/*
 * An integer in [min, max]. A text is first read as a wider integer, and is WS_E_INVALID_FORMAT if it is none of those:
 * that of number_parse_int64() has 32 bits if they hold `max`, else 64, and a "-"; a "+" only if `min` is negative.
 * That of number_parse_uint64() has 64 bits and no sign.
 *
 * Source: observed on Windows (of WsReadType) are one below each signed type, one above each unsigned one, and "-200"
 * and
 * "+7" as UINT8; the other signs are those of the page of WsReadValue. The rest is our choice: that signed types are
 * the same at both ends, and that UINT16 is read as UINT8 is, both in 32 bits.
 */
HRESULT number_parse_int64(const BYTE *text, size_t length, int64_t min, int64_t max, int64_t *value);
HRESULT number_parse_uint64(const BYTE *text, size_t length, uint64_t max, uint64_t *value);

/*
 * The nearest double or float, the even one of two; infinity if the number is too large, zero if it is too small. A
 * text without digits, of a sign, a point or both, is zero without sign. NaN has its sign bit set; "INF" may have a
 * "-", but no "+".
 *
 * Source: observed on Windows (of WsReadType).
 */
HRESULT number_parse_double(const BYTE *text, size_t length, double *value);
HRESULT number_parse_float(const BYTE *text, size_t length, float *value);

/* Digits that a DECIMAL cannot hold are rounded off after the decimal point, and an overflow before it. */
HRESULT number_parse_decimal(const BYTE *text, size_t length, DECIMAL *value);

/* "true", "1", "false", "0". */
HRESULT number_parse_bool(const BYTE *text, size_t length, BOOL *value);

#endif
