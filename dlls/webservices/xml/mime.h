/* SPDX-License-Identifier: MIT */
/*
 * mime.h - what MTOM needs of MIME (RFC 2045, 2046 and 2387): header fields, boundaries and transfer encodings.
 *
 * Nothing here keeps memory or knows where bytes come from. Lines end with CR LF, as the RFCs say; a CR or LF alone in
 * a header is an error.
 */
#ifndef WS_XML_MIME_H
#define WS_XML_MIME_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "webservices.h"

/* The most characters of a boundary (RFC 2046, 5.1.1). */
#define MIME_BOUNDARY_MAX 70u

/* Some bytes; NULL: absent. */
struct mime_text
{
    const BYTE *bytes;
    size_t length;
};

/* Whether bytes are those of a literal; letters in either case. */
bool mime_is(struct mime_text text, const char *literal);
bool mime_same(struct mime_text a, struct mime_text b);

/* Copies bytes into an arena; false: there is no memory. */
bool mime_copy(struct arena *arena, struct mime_text text, struct mime_text *copy);

/* --- Header fields --- */

/* The fields that matter, as they are written. */
struct mime_headers
{
    struct mime_text version, content_type, content_id, transfer_encoding;
};

/*
 * Looks for the empty line that ends a group of header fields at `p`: returns what is after it, NULL if it has not
 * come yet. *searched is how much need not be searched again.
 */
const BYTE *mime_find_headers_end(const BYTE *p, const BYTE *end, size_t *searched);

/* Whether a line ends in LF alone. */
bool mime_has_bare_lf(const BYTE *p, const BYTE *end);

/* Reads the fields of a group. WS_E_INVALID_FORMAT: a line is not a field, or a field that matters is repeated. */
HRESULT mime_read_headers(const BYTE *p, const BYTE *end, struct mime_headers *headers, WS_ERROR *error);

/* A Content-Type, with the parameters that matter; their values are without quotes. */
struct mime_content_type
{
    struct mime_text type, subtype;
    struct mime_text boundary, start, start_info, root_type, charset;
};

/* Strings are taken from the arena. WS_E_INVALID_FORMAT, E_OUTOFMEMORY. */
HRESULT mime_read_content_type(struct mime_text value, struct arena *arena, struct mime_content_type *type,
                               WS_ERROR *error);

/* What is between the angle brackets of a Content-ID. */
HRESULT mime_read_content_id(struct mime_text value, struct mime_text *id, WS_ERROR *error);

/* "1.0", which is all there is. */
HRESULT mime_read_version(struct mime_text value, WS_ERROR *error);

/* --- Boundaries --- */

/* CR LF "--" boundary */
struct mime_boundary
{
    BYTE bytes[4 + MIME_BOUNDARY_MAX];
    size_t length;
};

/* False: it is too long, empty, ends with a space, or has characters that a boundary cannot have. */
bool mime_set_boundary(struct mime_boundary *boundary, struct mime_text text);

/*
 * Looks for the boundary. Returns where it begins (*found), or else the first byte that could be the beginning of one
 * that is cut off by `end`, or `end`. Linear: a boundary has only one CR, so beginnings of it do not overlap.
 * A line that only begins with the boundary counts, too: RFC 2046, 5.1.1.
 */
const BYTE *mime_find_boundary(const struct mime_boundary *boundary, const BYTE *p, const BYTE *end, bool *found);

/* The same for what comes in pieces: *matched, 0 at first, is how much of a boundary the pieces before ended with. */
bool mime_has_boundary(const struct mime_boundary *boundary, size_t *matched, const BYTE *p, size_t count);

/* --- Transfer encodings --- */

enum mime_encoding
{
    MIME_AS_IS, /* 7bit, 8bit and binary: nothing is checked, since the bytes are what they are */
    MIME_BASE64,
    MIME_QUOTED_PRINTABLE
};

/* Without the field it is 7bit. */
HRESULT mime_read_encoding(struct mime_text value, enum mime_encoding *encoding, WS_ERROR *error);

/* How much more than its input one call of mime_decode() may write. */
#define MIME_DECODED_MORE 80u

/* At the beginning all is zero, but for the encoding. */
struct mime_decoder
{
    enum mime_encoding encoding;
    BYTE held[MIME_DECODED_MORE]; /* characters of base64; white space that may be at the end of a line */
    unsigned held_count;
    unsigned escape; /* of quoted-printable: what of "=XX" or "=" CR LF has been seen */
    bool padded;     /* base64 is at its end */
};

/*
 * Decodes a piece, all of it. `to` has room for count + MIME_DECODED_MORE bytes, and may be where `from` is if all
 * pieces before were decoded in the same place. False: it is not in the encoding.
 */
bool mime_decode(struct mime_decoder *decoder, const BYTE *from, size_t count, BYTE *to, size_t *written);

/* Whether what has been decoded may end here. */
bool mime_decode_end(const struct mime_decoder *decoder);

#endif
