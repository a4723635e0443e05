/* SPDX-License-Identifier: MIT */
/* base64.h - base64 (RFC 4648, with padding and without line ends). */
#ifndef WS_VALUES_BASE64_H
#define WS_VALUES_BASE64_H

#include <stddef.h>

#include "webservices.h"

/* How many characters `count` bytes take. */
#define BASE64_LENGTH(count) (((size_t)(count) + 2) / 3 * 4)

void base64_encode(const BYTE *bytes, size_t count, BYTE *text);

/*
 * Decodes a whole text, from which the caller has removed white space. WS_E_INVALID_FORMAT if it is not base64: its
 * length is not a multiple of 4, a character or the padding is wrong, or the unused bits of the last character are not
 * 0 (xsd:base64Binary requires that, so that bytes have only one text). Otherwise *count receives how many
 * bytes there are, at most length / 4 * 3, which is the room that `bytes` must have. `text` and `bytes` may begin at
 * the same place.
 */
HRESULT base64_decode(const BYTE *text, size_t length, BYTE *bytes, size_t *count);

#endif
