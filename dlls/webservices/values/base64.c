/* SPDX-License-Identifier: MIT */
/* base64.c - see base64.h. */
#include "values/base64.h"

#include "base/compiler.h"

#include <stdint.h>

/* clang-format off */
static const char characters[64] = {
    'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O', 'P', 'Q', 'R', 'S', 'T', 'U', 'V',
    'W', 'X', 'Y', 'Z', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r',
    's', 't', 'u', 'v', 'w', 'x', 'y', 'z', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '+', '/'};

/* The value of each character of base64; all others have the high bits set. */
#define X_ 0xff
static const BYTE values[256] = {
    X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_,
    X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_,
    X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, 62, X_, X_, X_, 63,
    52, 53, 54, 55, 56, 57, 58, 59, 60, 61, X_, X_, X_, X_, X_, X_,
    X_,  0,  1,  2,  3,  4,  5,  6,  7,  8,  9, 10, 11, 12, 13, 14,
    15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, X_, X_, X_, X_, X_,
    X_, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40,
    41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, X_, X_, X_, X_, X_,
    X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_,
    X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_,
    X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_,
    X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_,
    X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_,
    X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_,
    X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_,
    X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_, X_,
};
#undef X_
/* clang-format on */

void base64_encode(const BYTE *bytes, size_t count, BYTE *text)
{
    for (; count >= 3; count -= 3, bytes += 3, text += 4)
    {
        uint32_t bits = (uint32_t)bytes[0] << 16 | (uint32_t)bytes[1] << 8 | bytes[2];

        text[0] = (BYTE)characters[bits >> 18];
        text[1] = (BYTE)characters[bits >> 12 & 63];
        text[2] = (BYTE)characters[bits >> 6 & 63];
        text[3] = (BYTE)characters[bits & 63];
    }
    if (count)
    {
        uint32_t bits = (uint32_t)bytes[0] << 8 | (count > 1 ? bytes[1] : 0);

        text[0] = (BYTE)characters[bits >> 10];
        text[1] = (BYTE)characters[bits >> 4 & 63];
        text[2] = count > 1 ? (BYTE)characters[bits << 2 & 63] : '=';
        text[3] = '=';
    }
}

HRESULT base64_decode(const BYTE *text, size_t length, BYTE *bytes, size_t *count)
{
    const BYTE *last, *start = bytes;
    uint32_t a, b, c, d, bits;

    if (length % 4)
        return WS_E_INVALID_FORMAT;
    if (!length)
    {
        *count = 0;
        return S_OK;
    }
    for (last = text + length - 4; text < last; text += 4, bytes += 3)
    {
        a = values[text[0]];
        b = values[text[1]];
        c = values[text[2]];
        d = values[text[3]];
        if (UNLIKELY((a | b | c | d) > 63))
            return WS_E_INVALID_FORMAT;
        bits = a << 18 | b << 12 | c << 6 | d;
        bytes[0] = (BYTE)(bits >> 16);
        bytes[1] = (BYTE)(bits >> 8);
        bytes[2] = (BYTE)bits;
    }

    /* The last four may end in padding. */
    a = values[text[0]];
    b = values[text[1]];
    c = text[2] == '=' && text[3] == '=' ? 0 : values[text[2]];
    d = text[3] == '=' ? 0 : values[text[3]];
    if ((a | b | c | d) > 63)
        return WS_E_INVALID_FORMAT;
    bits = a << 18 | b << 12 | c << 6 | d;
    if (text[3] != '=')
    {
        bytes[0] = (BYTE)(bits >> 16);
        bytes[1] = (BYTE)(bits >> 8);
        bytes[2] = (BYTE)bits;
        bytes += 3;
    }
    else if (text[2] != '=')
    {
        if (bits & 0xff)
            return WS_E_INVALID_FORMAT;
        bytes[0] = (BYTE)(bits >> 16);
        bytes[1] = (BYTE)(bits >> 8);
        bytes += 2;
    }
    else
    {
        if (bits & 0xffff)
            return WS_E_INVALID_FORMAT;
        *bytes++ = (BYTE)(bits >> 16);
    }
    *count = (size_t)(bytes - start);
    return S_OK;
}
