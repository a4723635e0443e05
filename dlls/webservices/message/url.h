/* SPDX-License-Identifier: MIT */
/*
 * url.h - URLs: taken apart, put together, and resolved against one another.
 *
 * The grammar is that of RFC 3986, with what the page of WsDecodeUrl says of it: the schemes are those of
 * WS_URL_SCHEME_TYPE, the host is not empty (but for what WsEncodeUrl makes), there is no userinfo, and what stands
 * between "[" and "]" need not be an IPv6 address. All of it takes time linear in what is passed.
 *
 * url_parse.c splits a URL, or a relative reference, into its parts as they stand, and checks every character of them;
 * url.c has the exported functions.
 */
#ifndef WS_MESSAGE_URL_H
#define WS_MESSAGE_URL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/heap.h"

/* Where in a URL a character may stand as it is; any other one is escaped there. */
#define URL_IN_HOST    0x01 /* unreserved and sub-delims */
#define URL_IN_LITERAL 0x02 /* between brackets: also ":" and "%" */
#define URL_IN_PATH    0x04 /* pchar and "/" */
#define URL_IN_QUERY   0x08 /* also "?"; the same for the fragment */

struct url_scheme
{
    const char *name; /* in lower case */
    USHORT default_port;
};

/* Indexed by WS_URL_SCHEME_TYPE. */
#define URL_SCHEMES 5u
extern const struct url_scheme url_schemes[URL_SCHEMES];

/* A part of a URL, as it stands there. */
struct url_text
{
    const WCHAR *chars;
    size_t length;
};

struct url_parts
{
    bool has_scheme, has_authority, has_query, has_fragment;
    WS_URL_SCHEME_TYPE type;   /* if there is a scheme */
    struct url_text scheme;    /* without the colon */
    struct url_text authority; /* host and port */
    struct url_text host;      /* with its brackets, if it has */
    struct url_text port;      /* the digits; empty if there are none */
    struct url_text path, query, fragment;
    USHORT port_number; /* if there are digits */
};

/* Whether an ASCII character may stand as it is in some part: an URL_IN_ flag. */
bool url_is_plain(uint32_t c, unsigned part);

/* What a URL is parsed for. RFC 3986 allows escapes of any bytes; they stand for characters only if those are UTF-8. */
enum url_use
{
    URL_TO_DECODE,   /* absolute, and what is escaped is UTF-8: fit for url_unescape() */
    URL_AS_BASE,     /* absolute */
    URL_AS_REFERENCE /* absolute, or without a scheme, or without an authority too */
};

/*
 * Splits a URL and checks every character of it. Of the flags, WS_URL_FLAGS_ALLOW_HOST_WILDCARDS matters. `what` begins
 * the sentence that says what is wrong: "The base URL".
 *
 * WS_E_INVALID_FORMAT: *parts is undefined.
 */
HRESULT url_parse(const WS_STRING *url, enum url_use use, ULONG flags, const char *what, struct url_parts *parts,
                  WS_ERROR *error);

/* Parses 0 to 65535, with leading zeros or without; false if the text is something else. */
bool url_parse_port(const WCHAR *chars, size_t length, USHORT *port);

/*
 * Replaces the escapes of a part of a URL_TO_DECODE by what they stand for. Returns how many characters that gives:
 * never more than the part has. `chars` may be NULL, to count only.
 */
size_t url_unescape(const struct url_text *text, WCHAR *chars);

/*
 * Removes the segments "." and "..", as RFC 3986 section 5.2.4 says, from a path that is empty or begins with a slash.
 * Returns its new length.
 */
size_t url_collapse_path(WCHAR *path, size_t length);

/* What the exported functions of these names do, for a live heap. */
HRESULT url_decode(const WS_STRING *url, ULONG flags, WS_HEAP *heap, WS_URL **ret, WS_ERROR *error);
HRESULT url_encode(const WS_URL *url, ULONG flags, WS_HEAP *heap, WS_STRING *ret, WS_ERROR *error);
HRESULT url_combine(const WS_STRING *base, const WS_STRING *reference, ULONG flags, WS_HEAP *heap, WS_STRING *ret,
                    WS_ERROR *error);

#endif
