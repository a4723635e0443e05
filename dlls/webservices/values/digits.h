/* SPDX-License-Identifier: MIT */
/* digits.h - decimal digits in ASCII, for number.c, double.c and date.c. */
#ifndef WS_VALUES_DIGITS_H
#define WS_VALUES_DIGITS_H

#include <stdbool.h>
#include <stdint.h>

#include "webservices.h"

static inline bool is_digit(BYTE byte)
{
    return (BYTE)(byte - '0') < 10;
}

/* Writes exactly `count` digits. */
static inline void put_digits(BYTE *text, uint32_t value, unsigned count)
{
    while (count--)
    {
        text[count] = (BYTE)('0' + value % 10);
        value /= 10;
    }
}

#endif
