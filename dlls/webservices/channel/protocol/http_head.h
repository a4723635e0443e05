/* SPDX-License-Identifier: MIT */
/*
 * http_head.h - heads of HTTP requests and responses (RFC 9110, RFC 9112), as they are received.
 *
 * Nothing here does I/O or takes memory. A head is received into a buffer of the caller's; after each piece
 * http_head_find_end() looks at what is new, and enforces the limits before a head is complete. Then it is parsed in
 * one go; what that gives points into the buffer.
 *
 * What is refused, beside what the grammar does not allow:
 *
 *   - a line that ends in LF alone, in a request: two servers may disagree on where it ends. In a response it is
 *     accepted, as RFC 9112, 2.2 allows;
 *   - CR that no LF follows, NUL and other control characters, white space before a colon or the first field;
 *   - Content-Length together with Transfer-Encoding, or with two values, or more than once unless the values are the
 *     same; Transfer-Encoding in HTTP/1.0, and any other than chunked;
 *   - a request of HTTP/1.1 without Host, or with two.
 *
 * A field that goes on in the next line (obs-fold) is refused in a request; in a response the line end becomes spaces.
 */
#ifndef WS_CHANNEL_PROTOCOL_HTTP_HEAD_H
#define WS_CHANNEL_PROTOCOL_HTTP_HEAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "webservices.h"
#include "xml/mime.h"

/* Limits of a head, in bytes; line ends count. */
struct http_limits
{
    size_t line;  /* of one line */
    size_t count; /* fields */
    size_t size;  /* of the whole head */
};

/* What is read unless told otherwise: 16 KB a line, 256 fields, 64 KB. */
extern const struct http_limits http_default_limits;

/* Progress of the search for the end of a head; all zero at first. */
struct http_search
{
    size_t searched, line_start, lines;
};

/*
 * Looks for the empty line that ends a head in the `length` bytes that have been received so far, which are those of
 * the calls before and perhaps more. Empty lines before the head belong to it.
 *
 * *size: its length, with that line; 0: it has not come yet.
 * WS_E_QUOTA_EXCEEDED: it exceeds a limit, which the sentence names. WS_E_INVALID_FORMAT: it is not the head of HTTP:
 *      the first bytes are no text. *status, unless NULL: what a server answers with: 400, 414 or 431.
 */
HRESULT http_head_find_end(struct http_search *search, const BYTE *bytes, size_t length,
                           const struct http_limits *limits, size_t *size, ULONG *status, WS_ERROR *error);

/* How the length of a body is told. */
enum http_framing
{
    HTTP_BODY_NONE,       /* there is none */
    HTTP_BODY_LENGTH,     /* Content-Length, which may be 0 */
    HTTP_BODY_CHUNKED,    /* Transfer-Encoding: chunked */
    HTTP_BODY_UNTIL_CLOSE /* until the peer closes the connection; only of responses */
};

struct http_head
{
    /* Of requests: as they are written. The target is not empty, and has only visible ASCII characters. */
    struct mime_text method, target;
    /* Of responses: 100 to 999; the reason may be empty. */
    ULONG status;
    struct mime_text reason;

    BYTE minor;                /* HTTP/1.minor; more than 1 is 1 */
    enum http_framing framing; /* of the body */
    uint64_t length;           /* with HTTP_BODY_LENGTH */
    bool keeps_alive;          /* the connection can be used again, after the body */
    bool expects_continue;     /* Expect: 100-continue, of HTTP/1.1 */

    /* Fields that matter, without white space around them; bytes NULL: it is not there. The first of several. */
    struct mime_text host, content_type, soap_action, location;

    /* All of them: http_next_field(). */
    const BYTE *fields, *end;
};

/*
 * Parses a whole head, which http_head_find_end() has found. Line ends within fields of responses become spaces in the
 * buffer; everything else stays.
 *
 * no_body: whether the response is to a request whose responses have no body, which is HEAD.
 * WS_E_INVALID_FORMAT: see above. *status, unless NULL: what a server answers with: 400, 417 (another Expect), 501
 *      (another transfer coding) or 505. After that, the connection cannot be used.
 */
HRESULT http_parse_request(BYTE *bytes, size_t size, struct http_head *head, ULONG *status, WS_ERROR *error);
HRESULT http_parse_response(BYTE *bytes, size_t size, bool no_body, struct http_head *head, WS_ERROR *error);

/*
 * The next field of a head that has been parsed, in their order; *place is NULL at first. False: there is no other. The
 * value is without white space around it.
 */
bool http_next_field(const struct http_head *head, const BYTE **place, struct mime_text *name, struct mime_text *value);

/* The first field of a name in either case; false: there is none. */
bool http_find_field(const struct http_head *head, const char *name, struct mime_text *value);

/*
 * The next element of a list that is separated by commas, without white space around it; empty ones are left out.
 * *list becomes what is after it. Commas in quoted strings do not separate.
 */
bool http_next_element(struct mime_text *list, struct mime_text *element);

/* Whether text is a token (RFC 9110, 5.6.2), and so the name of a field or a method. */
bool http_is_token(struct mime_text text);

/* Whether text can be the value of a field: no control characters but tabs, so that no line can be smuggled in. */
bool http_is_field_value(struct mime_text text);

#endif
